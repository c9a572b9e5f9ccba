//! Records and sync: every record with its ticks, every problem with what to do.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::EventId;
use ts_rs::TS;

use super::frame::SyncState;

/// Which records to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordFilter {
    /// Everything.
    All,
    /// Not yet at the plant.
    Unsent,
    /// A person should look.
    Problems,
}

/// A page of records, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordsView {
    /// The state above the list.
    pub sync: SyncState,
    /// Which.
    pub filter: RecordFilter,
    /// At most 50.
    pub records: Vec<RecordView>,
    /// Pass as `before` for the next page; none = the end.
    pub before: Option<EventId>,
    /// When the next attempt is due, while offline.
    pub next_try_at: Option<DateTime<Utc>>,
    /// How often the last send failed in a row.
    pub failures: u32,
    /// Why the last send failed, by code.
    pub last_error: Option<String>,
}

/// A record with its ticks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordView {
    /// The event.
    pub event: EventId,
    /// Its kind on the wire (`production_log`, …): picks icon and words.
    pub kind: String,
    /// Fill the words `record.<kind>`: order, good, scrap, machine, …
    pub params: std::collections::BTreeMap<String, String>,
    /// Who.
    pub by: Option<String>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// First tick: always true, it is on this disk.
    pub on_terminal: bool,
    /// Second tick.
    pub at_plant: bool,
    /// Third tick; none = no ERP connected.
    pub in_erp: Option<bool>,
    /// A problem: `rejected`, `quarantined`, `held`, `fork`.
    pub problem: Option<ProblemView>,
}

/// Why a record needs a person, and what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ProblemView {
    pub verdict: String,
    /// Picks `problem.<code>` and `problem.<code>.todo`.
    pub code: String,
    pub detail: Option<String>,
}
