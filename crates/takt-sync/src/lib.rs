//! Decides what to send and what to accept next: no clock, no socket, no disk.
//!
//! Two independent state machines: [`push::PushLoop`] and [`pull::PullLoop`]. Whoever runs them
//! asks for the next [`push::Step`], does it, and reports how it went; the machine answers with
//! the effects to store. Time and randomness come in as values ([`Now`], a jitter from 0 to 1), so
//! that losing, repeating and reordering messages is a unit test.

pub mod backoff;
mod failure;
pub mod pull;
pub mod push;
mod standing;

pub use failure::Failure;
pub use standing::{Line, Standing};

/// Milliseconds on a clock that never goes back; where it starts does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now(pub u64);

impl Now {
    /// Later by so many milliseconds.
    #[must_use]
    pub fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}
