//! What is inspected, by which limits, and when it was looked at last.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{
    CharacteristicId, EventId, InspectionPlanId, InspectionPointId, MaterialId, Measure, Quantity, UnitId,
    WorkCenterId,
};

use crate::payload::InspectionResult;

/// An approved plan revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct InspectionPlan {
    pub id: InspectionPlanId,
    pub plan_code: String,
    pub revision: i32,
    pub plan_name: String,
    pub plan_type: String,
    #[serde(default)]
    pub material_id: Option<MaterialId>,
    #[serde(default)]
    pub work_center_id: Option<WorkCenterId>,
    #[serde(default)]
    pub operation_number: Option<i32>,
    pub effective_from: NaiveDate,
    #[serde(default)]
    pub effective_to: Option<NaiveDate>,
}

/// A checkpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct InspectionPoint {
    pub id: InspectionPointId,
    pub inspection_plan_id: InspectionPlanId,
    pub point_code: String,
    pub point_name: String,
    pub sequence: i32,
    /// FIRST_PIECE, EVERY_UNIT, PERIODIC_UNITS, PERIODIC_MINUTES, PER_LOT, PER_SHIFT, SAMPLING, FINAL or ON_DEMAND.
    pub frequency_type: String,
    #[serde(default)]
    pub frequency_value: Option<i32>,
    pub sample_size: i32,
    pub is_mandatory: bool,
    pub is_critical: bool,
    #[serde(default)]
    pub instructions: Option<String>,
}

/// A feature with its limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Characteristic {
    pub id: CharacteristicId,
    pub inspection_point_id: InspectionPointId,
    pub characteristic_code: String,
    pub characteristic_name: String,
    pub sequence: i32,
    /// VARIABLE or ATTRIBUTE.
    pub characteristic_type: String,
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    #[serde(default)]
    pub nominal: Option<Measure>,
    #[serde(default)]
    pub lower_spec: Option<Measure>,
    #[serde(default)]
    pub upper_spec: Option<Measure>,
    #[serde(default)]
    pub lower_control: Option<Measure>,
    #[serde(default)]
    pub upper_control: Option<Measure>,
    pub decimals: i16,
    #[serde(default)]
    pub allowed_values: Vec<String>,
    #[serde(default)]
    pub accepted_values: Vec<String>,
    #[serde(default)]
    pub measurement_method: Option<String>,
    pub is_critical: bool,
}

/// The last inspection of a checkpoint on a routing step that was not declared void.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastCheck {
    /// Which checkpoint.
    pub point_id: InspectionPointId,
    /// The event that recorded it: a terminal knows its own again.
    pub uid: EventId,
    /// When.
    pub at: DateTime<Utc>,
    /// How it ended.
    pub result: InspectionResult,
    /// 1 = first pass.
    pub attempt_no: i16,
    /// Made on the step until then: what its counters beside this hold, less what was made later.
    pub made: Quantity,
}
