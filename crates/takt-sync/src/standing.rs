//! How a loop gets on: the waiting and the word for it, shared by both.

use crate::{Failure, Now, backoff};

/// The line to the plant, as one loop sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// Nothing heard yet.
    #[default]
    Unknown,
    /// The last question was answered.
    Online,
    /// The last question was not answered; work goes on.
    Offline,
    /// The server refuses this device, this release, or this loop.
    Refused,
}

/// How a loop gets on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The line.
    pub line: Line,
    /// Failures in a row.
    pub failures: u32,
    /// Not before then; none = at once.
    pub next_at: Option<Now>,
    /// Code of the last failure; none after a success.
    pub last_error: Option<&'static str>,
}

impl Standing {
    /// The server answered as it should.
    pub(crate) fn succeeded(&mut self) {
        *self = Self { line: Line::Online, ..Self::default() };
    }

    /// It did not; wait as the failure demands.
    pub(crate) fn failed(&mut self, failure: &Failure, now: Now, jitter: f64) {
        self.failures = self.failures.saturating_add(1);
        self.last_error = Some(failure.code());
        let wait_ms = match failure {
            Failure::Busy { retry_after_ms: Some(asked) } => backoff::wait_ms_at_least(*asked, jitter),
            Failure::Revoked | Failure::ProtocolTooOld | Failure::Draining => {
                backoff::wait_ms_refused(jitter)
            }
            _ => backoff::wait_ms(self.failures, jitter),
        };
        self.line = match failure {
            Failure::Unreachable { .. } => Line::Offline,
            Failure::Revoked | Failure::ProtocolTooOld => Line::Refused,
            _ => Line::Online,
        };
        self.next_at = Some(now.plus(wait_ms));
    }

    /// Something can be mended at once, but only the first time in a row: then it is a failure.
    pub(crate) fn mended(&mut self, failure: &Failure, now: Now, jitter: f64) {
        let before = self.last_error.replace(failure.code());
        if before == Some(failure.code()) {
            self.failed(failure, now, jitter);
        } else {
            self.next_at = None;
        }
    }

    /// Whether it may go on now.
    pub(crate) fn is_due(&self, now: Now) -> bool {
        self.next_at.is_none_or(|at| at <= now)
    }
}
