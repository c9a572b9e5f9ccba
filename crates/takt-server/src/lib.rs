//! The sync API and the canonical schema behind it
