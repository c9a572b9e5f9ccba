//! The report pad of a job.

use serde::{Deserialize, Serialize};
use takt_domain::{EventId, Quantity};
use ts_rs::TS;

use super::{
    ReasonCount, ReasonView, Refusal,
    home::{Job, MachineState},
};

/// The pad.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReportView {
    /// The job.
    pub job: Job,
    /// The machine, where the station has one.
    pub machine: Option<MachineState>,
    /// Tiles for good pieces: 1, packs, rest.
    pub packs: Vec<Quantity>,
    /// Scrap reasons, learned order first.
    pub scrap_reasons: Vec<ReasonView>,
    /// Rework reasons, learned order first.
    pub rework_reasons: Vec<ReasonView>,
    /// Reasons for a pause or a stop.
    pub down_reasons: Vec<ReasonView>,
    /// Why it cannot be started (`predecessor_open`, `other_work_center`, …).
    pub start_refused: Option<Refusal>,
    /// Why it cannot be finished (`inspection_missing`); short is not a refusal.
    pub finish_refused: Option<Refusal>,
    /// What was booked on it here lately, newest first.
    pub bookings: Vec<BookingView>,
}

/// What a person entered; quantities as typed, `,` or `.`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PadInput {
    /// Good pieces.
    pub good: String,
    /// Scrap by reason.
    pub scrap: Vec<ReasonCount>,
    /// Rework by reason.
    pub rework: Vec<ReasonCount>,
    /// A large amount was confirmed by holding.
    pub large_confirmed: bool,
}

/// A booking in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct BookingView {
    pub booking: EventId,
    pub at: chrono::DateTime<chrono::Utc>,
    pub by: String,
    pub good: Quantity,
    pub scrap: Quantity,
    pub rework: Quantity,
    /// It was taken back by a counter-entry.
    pub undone: bool,
}
