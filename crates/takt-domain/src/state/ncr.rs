//! The non-conformance report: something is not as it should be.

use crate::state::transitions;
use crate::words::words;

words! {
    /// How bad a non-conformance is.
    Severity {
        /// Usable, noted.
        Minor = "MINOR",
        /// Not usable as it is.
        Major = "MAJOR",
        /// Dangerous, or a critical characteristic.
        Critical = "CRITICAL",
    }

    /// States of a non-conformance report (`ncrs.status`).
    NcrStatus {
        /// Raised on the floor.
        Open = "OPEN",
        /// Somebody looks into it.
        InReview = "IN_REVIEW",
        /// Decided what happens with the pieces.
        Resolved = "RESOLVED",
        /// Done.
        Closed = "CLOSED",
        /// Was none.
        Cancelled = "CANCELLED",
    }
}

transitions!(NcrStatus {
    Open => [InReview, Cancelled],
    InReview => [Resolved, Open, Cancelled],
    Resolved => [Closed, InReview],
    Closed => [],
    Cancelled => [],
});

impl Severity {
    /// What a failing reading proposes: CRITICAL for a critical point or characteristic, else
    /// MAJOR. The inspector may change it.
    pub fn proposed(critical: bool) -> Self {
        if critical { Self::Critical } else { Self::Major }
    }
}

impl NcrStatus {
    /// Whether a shift has to hand it over: not yet decided.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::InReview)
    }
}
