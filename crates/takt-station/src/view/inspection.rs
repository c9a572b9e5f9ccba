//! An inspection: characteristic by characteristic, with its running chart; and its NCR.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{CharacteristicId, EventId, InspectionPointId, Measure, OperationId, Quantity, ReasonId};
use takt_wire::payload::{InspectionResult, Severity};
use ts_rs::TS;

use super::{ReasonView, home::Job};

/// The inspection screen. Readings are durable as soon as they are taken: a draft survives a
/// power cut and a change of person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct InspectionView {
    /// Identity of the draft; the inspection's uid once recorded.
    pub draft: EventId,
    /// The job inspected.
    pub job: Job,
    /// Which checkpoint.
    pub point: InspectionPointId,
    /// Its name.
    pub point_name: String,
    /// e.g. `PERIODIC_UNITS`.
    pub frequency_type: String,
    /// e.g. 50.
    pub frequency_value: Option<i32>,
    /// The plan's code and revision.
    pub plan: String,
    /// What to do.
    pub instructions: Option<String>,
    /// Pieces per sample.
    pub sample_size: i32,
    /// 1 = first pass.
    pub attempt_no: i16,
    /// Every characteristic, in order.
    pub characteristics: Vec<CharacteristicView>,
    /// The next empty place: characteristic and sample; none = complete.
    pub next: Option<NextReading>,
    /// The verdict as it stands; none while a reading is missing and none failed yet.
    pub result: Option<InspectionResult>,
    /// Failed pieces so far.
    pub failed: u32,
    /// Whether this person may record it.
    pub may_record: bool,
}

/// Where the next reading goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct NextReading {
    pub characteristic: CharacteristicId,
    pub sample_no: i32,
}

/// One feature and its readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct CharacteristicView {
    pub id: CharacteristicId,
    pub code: String,
    pub name: String,
    /// A measured value, else a judgement.
    pub variable: bool,
    pub unit: Option<String>,
    pub decimals: u8,
    pub nominal: Option<Measure>,
    pub lower_spec: Option<Measure>,
    pub upper_spec: Option<Measure>,
    pub method: Option<String>,
    pub critical: bool,
    pub allowed: Vec<String>,
    /// One place per sample, in order.
    pub readings: Vec<Option<ReadingView>>,
    pub chart: Option<ChartView>,
}

/// A reading taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ReadingView {
    pub value: Option<Measure>,
    pub text: Option<String>,
    pub conforming: bool,
}

/// The running chart of a characteristic: earlier readings and this draft's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChartView {
    /// Oldest first, at most 60.
    pub points: Vec<ChartPoint>,
    /// Readings behind the figures below.
    pub n: u32,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Sample standard deviation, n − 1.
    pub sd: Option<f64>,
    /// Control limits: given by the plan, or from 30 readings on computed (I-MR).
    pub ucl: Option<f64>,
    /// See `ucl`.
    pub lcl: Option<f64>,
    /// Centre line of the control limits.
    pub centre: Option<f64>,
    /// Specification limits.
    pub usl: Option<f64>,
    /// See `usl`.
    pub lsl: Option<f64>,
    /// The newest run rule that fired: `beyond_3_sigma`, `two_of_three`, `four_of_five`, `eight_on_one_side`.
    pub signal: Option<ChartSignal>,
}

/// A point of the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ChartPoint {
    pub value: f64,
    pub at: DateTime<Utc>,
    pub conforming: bool,
    /// A run rule ends here.
    pub signal: bool,
    /// Belongs to the draft on screen.
    pub draft: bool,
}

/// A run rule that fired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ChartSignal {
    pub rule: String,
    pub at: DateTime<Utc>,
}

/// What the pad sends: one reading, value as typed or a judgement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ReadingInput {
    pub draft: EventId,
    pub characteristic: CharacteristicId,
    pub sample_no: i32,
    pub value: Option<String>,
    pub text: Option<String>,
    pub gauge: Option<String>,
}

/// What became of an inspection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct Recorded {
    pub result: InspectionResult,
    /// The NCR a failure raised, to be completed.
    pub ncr: Option<EventId>,
}

/// An NCR, prefilled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct NcrView {
    pub uid: EventId,
    /// Given by the server on receipt; none until then.
    pub number: Option<String>,
    pub operation: OperationId,
    pub order: String,
    pub material_name: String,
    pub severity: Severity,
    pub defect_type: ReasonId,
    pub defect_types: Vec<ReasonView>,
    pub description: String,
    pub quantity: Quantity,
    pub unit: String,
    /// The failing readings, as facts.
    pub findings: Vec<Finding>,
    /// The inspector has completed it.
    pub completed: bool,
    pub detected_at: DateTime<Utc>,
    pub detected_by: String,
}

/// A failing reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct Finding {
    pub characteristic: String,
    pub sample_no: i32,
    pub read: String,
    pub lower: Option<Measure>,
    pub upper: Option<Measure>,
    pub unit: Option<String>,
}

/// What the inspector completes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct NcrInput {
    pub uid: EventId,
    pub severity: Severity,
    pub defect_type: ReasonId,
    pub description: String,
    pub quantity: String,
}
