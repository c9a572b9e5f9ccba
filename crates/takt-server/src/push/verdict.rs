//! What becomes of an event, and how it is told.

use takt_wire::push::{EventVerdict, Verdict};
use uuid::Uuid;

use super::Incoming;

/// The reasons why an event is not plainly applied; stable, for programs.
pub mod code {
    /// What it names is unknown or forbidden at this plant.
    pub const UNKNOWN_REFERENCE: &str = "UNKNOWN_REFERENCE";
    /// The actor may not.
    pub const FORBIDDEN: &str = "FORBIDDEN";
    /// Somebody must have done it, and the event does not say who.
    pub const ACTOR_MISSING: &str = "ACTOR_MISSING";
    /// The actor is no longer active here.
    pub const ACTOR_INACTIVE: &str = "ACTOR_INACTIVE";
    /// The time cannot be believed.
    pub const CLOCK_SKEW: &str = "CLOCK_SKEW";
    /// The terminal's clock said the future.
    pub const CLOCK_CLAMPED: &str = "CLOCK_CLAMPED";
    /// Below the watermark, and never seen: an old disk.
    pub const TOO_OLD: &str = "TOO_OLD";
    /// A newer terminal wrote it.
    pub const NEWER_VERSION: &str = "NEWER_VERSION";
    /// It completes a report that the centre has decided on, or cannot see here.
    pub const ALREADY_DECIDED: &str = "ALREADY_DECIDED";
    /// An earlier event of its stream waits.
    pub const STREAM_HELD: &str = "STREAM_HELD";
    /// What it refers to has not arrived.
    pub const NOT_ARRIVED: &str = "NOT_ARRIVED";
    /// The database refused it.
    pub const CONSTRAINT: &str = "CONSTRAINT";
    /// The server failed on it.
    pub const INTERNAL: &str = "INTERNAL";
    /// The same number, another event.
    pub const FORKED: &str = "FORKED";
}

/// Why an event was not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// By code.
    pub code: &'static str,
    /// In our words: the terminal shows them.
    pub detail: String,
    /// By the database's code.
    pub sqlstate: Option<String>,
    /// As the database said it: for the quarantine and the log, never for the wire.
    pub database: Option<String>,
    /// What it waits for.
    pub waits_for: Option<Uuid>,
}

impl Reason {
    /// A code and its words.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), sqlstate: None, database: None, waits_for: None }
    }
}

/// How the column spells a verdict.
pub fn column(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Applied | Verdict::Duplicate => "APPLIED",
        Verdict::AppliedFlagged => "APPLIED_FLAGGED",
        Verdict::Rejected => "REJECTED",
        Verdict::Quarantined => "QUARANTINED",
        Verdict::Held => "HELD",
        Verdict::Fork => "FORK",
    }
}

/// The verdict a column spells.
pub fn from_column(word: &str) -> Verdict {
    match word {
        "APPLIED_FLAGGED" => Verdict::AppliedFlagged,
        "REJECTED" => Verdict::Rejected,
        "QUARANTINED" => Verdict::Quarantined,
        "HELD" => Verdict::Held,
        "FORK" => Verdict::Fork,
        _ => Verdict::Applied,
    }
}

/// A verdict in the words of the wire.
pub fn told(item: &Incoming, verdict: Verdict, code: Option<String>, detail: Option<String>) -> EventVerdict {
    let event = &item.event;
    EventVerdict {
        lane: event.lane,
        seq: event.seq,
        event_id: event.event_id,
        verdict,
        first: None,
        code,
        detail,
    }
}
