//! Schema steps of the tables the screens show.

/// Oldest first; each becomes one schema step after the core's.
pub(super) const STEPS: &[&str] = &[];
