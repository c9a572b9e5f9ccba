//! `POST /sync/v1/push`: events go up, verdicts come back, per event.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{BootId, Epoch, EventId, InstallId};

use crate::envelope::{Event, Lane};

/// Events in one batch at most.
pub const BATCH_EVENTS_MAX: usize = 500;
/// Compressed bytes of one batch at most.
pub const BATCH_BYTES_MAX: usize = 1024 * 1024;
/// Bytes a batch may inflate to.
pub const BATCH_INFLATED_MAX: usize = 8 * 1024 * 1024;

/// A batch of events of one lane or several, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushRequest {
    /// [`crate::PROTOCOL`] of the sender.
    pub protocol: u16,
    /// The sending database.
    pub install_id: InstallId,
    /// The server epoch the sender knows; none before the first contact.
    pub epoch: Option<Epoch>,
    /// The terminal's clock when sending.
    pub sent_at: DateTime<Utc>,
    /// Milliseconds since boot when sending.
    pub monotonic_ms: i64,
    /// Which boot.
    pub boot_id: BootId,
    /// Version of the terminal.
    pub app_version: String,
    /// Unsent events per lane.
    pub depth: BTreeMap<u8, i64>,
    /// When the oldest unsent event was queued, by the terminal's clock.
    pub oldest_unsent_at: Option<DateTime<Utc>>,
    /// The events, by lane and seq ascending.
    pub events: Vec<Event>,
}

/// What became of an event. The server keeps each of them durably.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Effect and receipt are committed.
    Applied,
    /// The same, with something a person should see (clock clamped, order closed, …).
    AppliedFlagged,
    /// Known already; the first verdict stands beside it.
    Duplicate,
    /// Malformed, or the actor may not: kept raw, shown as a problem.
    Rejected,
    /// A reference is unknown or forbidden: kept whole for a person.
    Quarantined,
    /// An earlier event of its stream is quarantined, or what it refers to has not arrived.
    Held,
    /// The same number, another event: a cloned or rolled-back disk.
    Fork,
}

impl Verdict {
    /// Whether the terminal may consider the event handed over.
    pub fn is_custody(self) -> bool {
        self != Self::Fork
    }
    /// Whether the server keeps it and may still apply it.
    pub fn may_be_applied(self) -> bool {
        matches!(self, Self::Quarantined | Self::Held)
    }
    /// Whether a person should be shown it.
    pub fn is_problem(self) -> bool {
        matches!(self, Self::Rejected | Self::Quarantined | Self::Held | Self::Fork)
    }
}

/// An exceptional verdict; plain `applied` is not listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventVerdict {
    /// Which lane.
    pub lane: Lane,
    /// Which seq.
    pub seq: i64,
    /// Which event.
    pub event_id: EventId,
    /// What became of it.
    pub verdict: Verdict,
    /// For a duplicate: what became of it the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Verdict>,
    /// Why, by code (`UNKNOWN_REFERENCE`, `FORBIDDEN`, `SCHEMA`, `CLOCK_SKEW`, `ON_CLOSED_ORDER`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What a person may want to know; for the log and the problem list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What the server bears at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Events per batch.
    pub batch_events_max: usize,
    /// Milliseconds to wait between batches while draining a backlog.
    pub pause_ms: u64,
}

/// The answer to a push.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// The server's epoch.
    pub epoch: Epoch,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
    /// Highest seq up to which everything has arrived, per lane.
    pub acked: BTreeMap<u8, i64>,
    /// Everything that was not plainly applied.
    pub verdicts: Vec<EventVerdict>,
    /// What the server bears.
    pub limits: Limits,
}

/// 409: the terminal must send again from its store, or learn the new epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rewind {
    /// The server's epoch now.
    pub epoch: Epoch,
    /// The seq to go on after, per lane.
    pub rewind: BTreeMap<u8, i64>,
}
