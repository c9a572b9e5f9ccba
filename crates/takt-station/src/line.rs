//! The line to the plant, as the sync runner sees it.

use chrono::{DateTime, Utc};

use crate::view::frame::Link;

/// What is known of the line to the plant.
#[derive(Clone, Debug, PartialEq)]
pub struct LineState {
    /// How it is.
    pub link: Link,
    /// When the next attempt is due, while it is down.
    pub next_try_at: Option<DateTime<Utc>>,
    /// How often the last send failed in a row.
    pub failures: u32,
    /// Why, by code.
    pub last_error: Option<String>,
}

impl Default for LineState {
    /// Nothing has been heard yet.
    fn default() -> Self {
        Self { link: Link::Offline, next_try_at: None, failures: 0, last_error: None }
    }
}
