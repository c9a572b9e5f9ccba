//! What each kind of event says, version 1. Masters are named by the centre's id, what a
//! terminal made by its uid. When it happened and who did it stand in the envelope.

pub mod stream;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use takt_domain::{
    CharacteristicId, EventId, InspectionPlanId, InspectionPointId, MachineId, MaterialId, Measure,
    OperationId, Quantity, ReasonId, ShiftId, UnitId, UserId, WorkCenterId, WorkOrderId,
};
use ts_rs::TS;
use uuid::Uuid;

pub use takt_domain::{InspectionResult, MachineStatus, ProductionEvent, Severity};

/// A payload kind: its name on the wire and its version.
pub trait Payload: Serialize + DeserializeOwned {
    /// The `type` of the envelope.
    const KIND: &'static str;
    /// The `version` this build writes.
    const VERSION: u16 = 1;
}

macro_rules! payloads {
    ($($type:ident = $kind:literal),* $(,)?) => {
        $(impl Payload for $type { const KIND: &'static str = $kind; })*
        /// Every kind this build can read.
        pub const KINDS: &[&str] = &[$($kind),*];
    };
}

payloads! {
    ProductionLogged = "production_log",
    MachineStatusChanged = "machine_status",
    StopExplained = "stop_explanation",
    InspectionRecorded = "inspection",
    NcrRaised = "ncr",
    NcrDetailed = "ncr_detail",
    HandoverSubmitted = "handover",
    HandoverAcknowledged = "handover_acknowledgement",
    CodeScanned = "scan",
    SignIn = "sign_in",
}

/// One line of production: a start, a pause, a count, a completion or a counter-entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductionLogged {
    /// What happened.
    pub event_type: ProductionEvent,
    /// Of which order.
    pub work_order_id: WorkOrderId,
    /// In which routing step.
    pub operation_id: OperationId,
    /// On which machine, where the station has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_id: Option<MachineId>,
    /// Good pieces; negative only in a correction. Like the next two in `unit_id`.
    #[serde(default)]
    pub quantity_good: Quantity,
    /// Scrapped pieces.
    #[serde(default)]
    pub quantity_scrapped: Quantity,
    /// Pieces to rework.
    #[serde(default)]
    pub quantity_rework: Quantity,
    /// The order's unit.
    pub unit_id: UnitId,
    /// Why scrapped; one reason per line, several reasons are several lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrap_reason_id: Option<ReasonId>,
    /// Why to rework.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rework_reason_id: Option<ReasonId>,
    /// Why paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_reason_id: Option<ReasonId>,
    /// The entry that a correction reverses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<EventId>,
    /// Free words, at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A machine entered a state; its period before ends at the same instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MachineStatusChanged {
    /// Which machine.
    pub machine_id: MachineId,
    /// The state that begins.
    pub status: MachineStatus,
    /// Why, where known; a stop may be explained later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_id: Option<ReasonId>,
    /// The order it works on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_order_id: Option<WorkOrderId>,
    /// What was done to bring it up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair_notes: Option<String>,
}

/// A stop recorded without a reason gets one. Its stream is the machine's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StopExplained {
    /// Which machine.
    pub machine_id: MachineId,
    /// The event that began the stop.
    pub status_uid: EventId,
    /// Why it stood.
    pub reason_id: ReasonId,
    /// Free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// Readings of one inspection at most: with their limits they fit into one event.
pub const READINGS_MAX: usize = 200;

/// One carried-out inspection with all its readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InspectionRecorded {
    /// The plan revision judged by.
    pub plan_id: InspectionPlanId,
    /// The checkpoint of the plan.
    pub point_id: InspectionPointId,
    /// As `inspection_plans.plan_type`.
    pub inspection_type: String,
    /// Of which order.
    pub work_order_id: WorkOrderId,
    /// In which routing step.
    pub operation_id: OperationId,
    /// On which machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_id: Option<MachineId>,
    /// 1 = first pass.
    pub attempt_no: i16,
    /// Pieces looked at; passed + failed.
    pub inspected_quantity: Quantity,
    /// Pieces within all limits.
    pub passed_quantity: Quantity,
    /// Pieces with any reading outside.
    pub failed_quantity: Quantity,
    /// The order's unit.
    pub unit_id: UnitId,
    /// The verdict.
    pub result: InspectionResult,
    /// Free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Every reading, in the order taken.
    pub readings: Vec<Reading>,
}

/// One reading of one characteristic on one piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The row's identity.
    pub uid: Uuid,
    /// What was measured or judged.
    pub characteristic_id: CharacteristicId,
    /// Which piece of the sample, from 1.
    pub sample_no: i32,
    /// A measured value, in the characteristic's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Measure>,
    /// Or a judgement in words from the allowed values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it is within the limits that follow.
    pub conforming: bool,
    /// Lower limit in force when judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_spec: Option<Measure>,
    /// Upper limit in force when judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper_spec: Option<Measure>,
    /// The gauge used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge_code: Option<String>,
    /// When, by the terminal's own clock.
    pub device_time: DateTime<Utc>,
}

/// A non-conformance report is raised; the event's id is the NCR's uid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NcrRaised {
    /// As `ncrs.ncr_type`.
    pub ncr_type: String,
    /// How bad.
    pub severity: Severity,
    /// Of the list DEFECT_TYPE.
    pub defect_type_id: ReasonId,
    /// What was found.
    pub description: String,
    /// What is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material_id: Option<MaterialId>,
    /// Of which order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_order_id: Option<WorkOrderId>,
    /// In which step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<OperationId>,
    /// The inspection that found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection_uid: Option<EventId>,
    /// How many pieces.
    pub quantity_defective: Quantity,
    /// In which unit.
    pub unit_id: UnitId,
}

/// The inspector completes a prefilled NCR. Its stream is the inspection's or the NCR's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NcrDetailed {
    /// Which NCR.
    pub ncr_uid: EventId,
    /// How bad.
    pub severity: Severity,
    /// Of the list DEFECT_TYPE.
    pub defect_type_id: ReasonId,
    /// What was found.
    pub description: String,
    /// How many pieces.
    pub quantity_defective: Quantity,
}

/// What a handover line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoverItemKind {
    /// An open non-conformance.
    OpenNcr,
    /// Stops without a reason.
    UnexplainedStops,
    /// The machine is down now.
    MachineDown,
    /// A check is due or late.
    CheckDue,
    /// Records not yet at the plant.
    Unsynced,
    /// A job that is running or paused.
    OpenJob,
    /// A safety incident.
    Safety,
    /// Free words carried over.
    Note,
}

/// One thing to take over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandoverItem {
    /// Its identity, for the acknowledgement.
    pub uid: Uuid,
    /// What it is about.
    pub kind: HandoverItemKind,
    /// Whether the incoming lead must acknowledge it.
    pub red: bool,
    /// Number or code of what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Figures for the words around it, e.g. `{"count": 2, "minutes": 11}`.
    #[serde(default)]
    pub figures: serde_json::Map<String, serde_json::Value>,
    /// Free words, where a person wrote some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The handover it was first in, where nobody acknowledged it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<EventId>,
}

/// The numbers that wrote themselves, as reported at handover.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ShiftFigures {
    /// Good pieces of the area in the shift.
    pub good: Quantity,
    /// Scrapped pieces.
    pub scrapped: Quantity,
    /// Pieces to rework.
    pub rework: Quantity,
    /// Target of the shift.
    pub target: Quantity,
    /// Seconds down, clipped to the shift.
    pub down_seconds: i64,
    /// Number of stops.
    pub stops: i32,
    /// Seconds down by reason; the empty key is "no reason yet".
    pub down_by_reason: Vec<(Option<ReasonId>, i64)>,
    /// Scrap by reason.
    pub scrap_by_reason: Vec<(ReasonId, Quantity)>,
    /// Records this was written from.
    pub records: i64,
}

/// An outgoing shift lead hands over; the event's id is the handover's uid. Another one of the same
/// occurrence and area is an addendum: its items and notes are added, nothing is replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandoverSubmitted {
    /// The shift that ends.
    pub from_shift_id: ShiftId,
    /// Local date on which it began.
    pub from_shift_date: NaiveDate,
    /// The shift that begins.
    pub to_shift_id: ShiftId,
    /// Local date on which it begins.
    pub to_shift_date: NaiveDate,
    /// The area.
    pub work_center_id: WorkCenterId,
    /// The numbers.
    pub figures: ShiftFigures,
    /// What is to be taken over.
    pub items: Vec<HandoverItem>,
    /// Free words, at most 5,000 characters.
    pub notes: String,
}

/// The incoming lead takes over; the actor of the envelope acknowledges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandoverAcknowledged {
    /// Which handover.
    pub handover_uid: EventId,
    /// Every item acknowledged, red ones all.
    pub items: Vec<Uuid>,
    /// Free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a scan resolved (`qr_code_scans.resolution`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum ScanResolution {
    Resolved,
    Partial,
    NotFound,
    Ambiguous,
    Duplicate,
    Error,
}

/// One scan, also a refused one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeScanned {
    /// The content as read, at most 2,000 characters; the hash where it is a badge.
    pub scanned_value: String,
    /// As `qr_code_scans.symbology`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbology: Option<String>,
    /// How it resolved.
    pub resolution: ScanResolution,
    /// Kind of what it resolved to (the dictionary's `etype`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_type: Option<String>,
    /// Which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<i64>,
    /// As `qr_code_scans.purpose`.
    pub purpose: String,
    /// The order in work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_order_id: Option<WorkOrderId>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_center_id: Option<WorkCenterId>,
    /// CAMERA, WEDGE or MANUAL.
    pub input: String,
    /// Milliseconds to decode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decode_ms: Option<i32>,
    /// Why it was refused, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What a security event was (`audit_logs.action`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum SignInAction {
    Login,
    Logout,
    LoginFailed,
}

/// Somebody signed in or out, or failed to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignIn {
    /// What happened.
    pub action: SignInAction,
    /// Who, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// Why it failed, by code (`unknown_badge`, `wrong_pin`, `locked_out`, `no_access`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
