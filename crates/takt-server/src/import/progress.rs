//! How far a long import is, for who waits for it.

use std::time::{Duration, Instant};

/// How often it is said.
const EVERY: Duration = Duration::from_secs(2);

/// Says it on the error channel, so that reports stay clean.
pub struct Progress {
    said: Instant,
    is_silent: bool,
}

impl Progress {
    /// Says something every two seconds.
    pub fn told() -> Self {
        Self { said: Instant::now(), is_silent: false }
    }

    /// Says nothing.
    pub fn silent() -> Self {
        Self { said: Instant::now(), is_silent: true }
    }

    /// So far it is.
    pub fn at(&mut self, what: &str) {
        if !self.is_silent && self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            eprintln!("… {what}");
        }
    }
}
