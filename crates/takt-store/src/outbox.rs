//! What happened here and has to reach the plant: queued in the transaction that stored it, kept
//! unchanged, and still there for 30 days after the plant has it (a server restored from a backup
//! asks for it again).

mod batch;
mod custody;
mod queue;
mod records;

use chrono::{DateTime, Utc};
use takt_domain::{BootId, EventId, UserId};
use takt_wire::{
    envelope::{Event, Lane},
    push::Verdict,
};

pub use custody::{ACKED_EVENTS_MAX, ACKED_KEPT_DAYS};

/// When something happened, as well as the terminal knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// The terminal's own clock, uncorrected.
    pub device_time: DateTime<Utc>,
    /// Milliseconds since the machine booted.
    pub monotonic_ms: i64,
    /// Which boot that was.
    pub boot_id: BootId,
    /// Device clock minus server clock at the last measurement, in ms.
    pub clock_offset_ms: Option<i64>,
    /// How old that measurement is, in ms.
    pub clock_offset_age_ms: Option<i64>,
}

/// The envelope of an event to be queued; its number is given by the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it queues.
    pub lane: Lane,
    /// What it belongs to, see [`takt_wire::payload::stream`]; none only on the audit lane.
    pub stream_key: Option<String>,
    /// Who did it; none before anybody signed in.
    pub actor: Option<UserId>,
    /// When it happened.
    pub stamp: Stamp,
    /// Its identity: a fresh UUIDv7.
    pub event_id: EventId,
}

/// An event as it lies here, with its ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRow {
    /// Orders all events of this database for good; compare it with a mirrored row's `own_through`.
    pub position: i64,
    /// The event as it travels.
    pub event: Event,
    /// Since when it is in the plant's custody; none = only on this terminal.
    pub acked_at: Option<DateTime<Utc>>,
    /// Why a person should look at it.
    pub problem: Option<Problem>,
}

/// Why the plant kept an event otherwise than intended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What became of it.
    pub verdict: Verdict,
    /// Why, by code.
    pub code: String,
    /// What a person may want to know.
    pub detail: Option<String>,
    /// When that was heard.
    pub noted_at: DateTime<Utc>,
}

/// Which records to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordsWanted {
    /// Everything.
    All,
    /// Not yet at the plant.
    Unsent,
    /// A person should look.
    Problems,
}

/// The outbox in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Not yet at the plant.
    pub unsent: u32,
    /// When the oldest of those happened.
    pub oldest_unsent_at: Option<DateTime<Utc>>,
    /// A person should look.
    pub problems: u32,
}

/// A lane in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneDepth {
    /// Which.
    pub lane: Lane,
    /// Events not yet at the plant.
    pub unsent: i64,
    /// Up to where the plant has everything.
    pub acked: i64,
}

/// Records made in a window, and how many of them are at the plant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ack {
    /// Durable on this disk.
    pub on_terminal: u32,
    /// Of those, in the plant's custody.
    pub at_plant: u32,
}
