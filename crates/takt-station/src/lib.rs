//! The terminal without its window: use cases, the sync runner, devices. Everything but pixels
//! runs here, on a machine without WebKit too.
//!
//! Begin with [`view`] (what every screen shows: the contract with the UI).

pub mod view;
