//! Station home: the scan loop.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{EventId, InspectionPointId, MachineId, OperationId, Quantity, ReasonId};
use takt_wire::payload::MachineStatus;
use ts_rs::TS;

use super::{ReasonView, Refusal};

/// The home screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HomeView {
    /// The job in work here, or the one that was paused last.
    pub job: Option<Job>,
    /// The machine, where the station has one.
    pub machine: Option<MachineState>,
    /// What comes next at this work center.
    pub queue: Vec<QueueItem>,
    /// Stops that wait for a reason, oldest first.
    pub unexplained: Vec<Stop>,
    /// A handover waits to be taken over.
    pub handover_waiting: Option<HandoverWaiting>,
    /// NCRs raised here that the inspector has not completed.
    pub ncrs_to_complete: Vec<NcrToComplete>,
    /// The machine's states in this shift, in order, without overlaps.
    pub timeline: Vec<Segment>,
    /// Downtime reasons, learned order first.
    pub down_reasons: Vec<ReasonView>,
}

/// State of a routing step, as seen here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum JobState {
    Ready,
    Running,
    Paused,
    Finished,
}

/// A job: an order's routing step at this station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct Job {
    pub operation: OperationId,
    pub order: String,
    pub operation_number: i32,
    pub operation_name: String,
    pub material_number: String,
    pub material_name: String,
    pub drawing: Option<String>,
    pub instructions: Option<String>,
    pub state: JobState,
    pub unit: String,
    /// Decimal places the unit takes.
    pub decimals: u8,
    pub planned: Quantity,
    pub good: Quantity,
    pub scrap: Quantity,
    pub rework: Quantity,
    /// planned − good, never below zero.
    pub remaining: Quantity,
    /// good − planned, where more was made.
    pub over: Quantity,
    /// 0..1 of planned.
    pub good_ratio: f64,
    /// 0..1 of planned.
    pub scrap_ratio: f64,
    /// When it is done at the pace of this run; none = too early to say.
    pub done_at: Option<DateTime<Utc>>,
    /// The pack tile: how many one tap books; none = no pack known.
    pub pack: Option<Quantity>,
    /// The check of this operation.
    pub check: Option<Check>,
    pub due_at: Option<DateTime<Utc>>,
}

/// Whether a check is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Check {
    /// Which checkpoint.
    pub point: InspectionPointId,
    /// Its name.
    pub name: String,
    /// `now`, `late`, `in_units`, `in_minutes`, `done`.
    pub due: String,
    /// Units or minutes, with `in_*`; units overdue, with `late`.
    pub amount: Option<Quantity>,
    /// A draft was begun.
    pub draft: bool,
}

/// The machine now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct MachineState {
    pub id: MachineId,
    pub code: String,
    pub name: String,
    /// None = unknown: nothing recorded yet.
    pub status: Option<MachineStatus>,
    pub since: Option<DateTime<Utc>>,
    pub reason: Option<String>,
}

/// A job in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct QueueItem {
    pub operation: OperationId,
    pub order: String,
    pub operation_number: i32,
    pub operation_name: String,
    pub material_name: String,
    pub planned: Quantity,
    pub good: Quantity,
    pub unit: String,
    pub due_at: Option<DateTime<Utc>>,
    pub state: JobState,
    /// Why it cannot be started now (`predecessor_open`, `order_planned`, …); none = ready.
    pub blocked: Option<Refusal>,
}

/// A stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct Stop {
    pub uid: EventId,
    pub machine: MachineId,
    pub from: DateTime<Utc>,
    /// None = it still stands.
    pub to: Option<DateTime<Utc>>,
    #[ts(type = "number")]
    pub seconds: i64,
    pub reason: Option<ReasonId>,
}

/// A piece of the machine's time in this shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Segment {
    /// From 0 (shift start) to 1 (shift end).
    pub from_ratio: f64,
    /// From 0 (shift start) to 1 (shift end).
    pub to_ratio: f64,
    /// None = unknown: drawn hatched.
    pub status: Option<MachineStatus>,
    /// The reason's words, of a stop.
    pub reason: Option<String>,
    /// A stop without a reason.
    pub unexplained: bool,
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended, or now.
    pub to: DateTime<Utc>,
}

/// A handover waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct HandoverWaiting {
    pub uid: EventId,
    pub from_shift: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub red: u32,
}

/// An NCR that raised itself and wants an inspector's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct NcrToComplete {
    pub uid: EventId,
    pub order: String,
    pub what: String,
}
