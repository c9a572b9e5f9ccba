//! The terminal without its window: use cases, sync runner, devices
