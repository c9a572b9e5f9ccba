//! What a terminal mirrors: one struct per pulled table, the columns it needs and no more.
//! The server makes them, the terminal reads them; unknown fields are kept by neither, missing
//! optional ones default, so that either side may be a release behind.

mod handover;
mod inspection;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use takt_domain::{
    EventId, MachineId, MaterialId, OperationId, PlantId, Quantity, ReasonId, ShiftId, UnitId, UserId,
    WorkCenterId, WorkOrderId,
};

use crate::payload::{MachineStatus, Severity};

pub use handover::{Addendum, HandedOver, Handover};
pub use inspection::{Characteristic, InspectionPlan, InspectionPoint, LastCheck};

/// A mirrored table.
pub trait Row: Serialize + DeserializeOwned {
    /// Its name on the wire: the table's.
    const TABLE: &'static str;
}

macro_rules! rows {
    ($($type:ident = $table:literal),* $(,)?) => {
        $(impl Row for $type { const TABLE: &'static str = $table; })*
        /// Every mirrored table, in the order of a first sync's urgency.
        pub const TABLES: &[&str] = &[$($table),*];

        /// Whether this build can read a row of that table.
        pub fn check(table: &str, body: &serde_json::Value) -> Result<(), RowRefused> {
            match table {
                $($table => $type::deserialize(body).map(|_| ()).map_err(RowRefused::Body),)*
                unknown => Err(RowRefused::Table(unknown.to_owned())),
            }
        }
    };
}

/// Why a row cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RowRefused {
    /// A later release mirrors this table.
    #[error("no such table is mirrored: {0}")]
    Table(String),
    /// The columns are not the expected ones.
    #[error("{0}")]
    Body(serde_json::Error),
}

rows! {
    Plant = "plants",
    WorkCenter = "work_centers",
    User = "users",
    Machine = "machines",
    WorkOrder = "work_orders",
    Operation = "work_order_operations",
    Material = "materials",
    Unit = "units_of_measure",
    Reason = "type_list_values",
    Shift = "shifts",
    ShiftOccurrence = "shift_occurrences",
    InspectionPlan = "inspection_plans",
    InspectionPoint = "inspection_points",
    Characteristic = "inspection_characteristics",
    Setting = "system_settings",
    Ncr = "ncrs",
    Handover = "shift_handovers",
}

/// Words people read, by locale, beside the default.
pub type Labels = BTreeMap<String, String>;

/// A site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Plant {
    pub id: PlantId,
    pub plant_code: String,
    pub plant_name: String,
    /// IANA name.
    pub timezone: String,
}

/// An area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct WorkCenter {
    pub id: WorkCenterId,
    pub plant_id: PlantId,
    pub work_center_code: String,
    pub work_center_name: String,
    pub work_center_type: String,
    pub is_active: bool,
}

/// A person who may act here. Holds no badge content and no PIN, only what checks them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct User {
    pub id: UserId,
    pub full_name: String,
    pub locale: String,
    /// INVITED, ACTIVE, SUSPENDED or DISABLED.
    pub status: String,
    /// [`takt_domain::badge_hash`] of the badge.
    #[serde(default)]
    pub badge_hash: Option<String>,
    /// See [`PinVerifier`]; none = the badge alone signs in.
    #[serde(default)]
    pub pin: Option<PinVerifier>,
    /// Codes of the roles that were live at this plant when this was told, e.g. SHIFT_LEAD.
    pub roles: Vec<String>,
    /// The same roles and those to come, each with its time; none from a server that does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grants: Option<Vec<Grant>>,
    /// READ, OPERATE, WRITE or ADMIN at this plant.
    pub access_level: String,
    /// Until when that access holds.
    #[serde(default)]
    pub access_until: Option<DateTime<Utc>>,
}

/// A role and when somebody has it; half-open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its code.
    pub role: String,
    /// From when on.
    pub from: DateTime<Utc>,
    /// Until when; none = open.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

/// Checks a PIN offline: `HMAC-SHA256(pepper, argon2id(pin, salt, params))` equals `verifier`.
/// The pepper is the device's own and is not in its database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinVerifier {
    /// PHC string of the argon2id parameters and salt, without the hash.
    pub params: String,
    /// Hex.
    pub verifier: String,
}

/// Equipment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Machine {
    pub id: MachineId,
    pub plant_id: PlantId,
    pub work_center_id: WorkCenterId,
    pub machine_code: String,
    pub machine_name: String,
    pub status: MachineStatus,
    pub status_since: DateTime<Utc>,
    /// Why, where somebody said so.
    #[serde(default)]
    pub status_reason_id: Option<ReasonId>,
    #[serde(default)]
    pub ideal_cycle_seconds: Option<String>,
    pub is_active: bool,
}

/// An order. Counters hold what the centre had counted when the row was pulled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct WorkOrder {
    pub id: WorkOrderId,
    pub plant_id: PlantId,
    pub work_order_number: String,
    /// PLANNED, RELEASED, IN_PROGRESS, PAUSED, COMPLETED or CANCELLED.
    pub status: String,
    pub material_id: MaterialId,
    pub planned_quantity: Quantity,
    pub unit_id: UnitId,
    pub priority: i16,
    #[serde(default)]
    pub planned_end: Option<DateTime<Utc>>,
    /// Pieces per pack, largest last, for the pack tiles; from the material.
    #[serde(default)]
    pub pack_sizes: Vec<i32>,
}

/// A routing step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Operation {
    pub id: OperationId,
    pub work_order_id: WorkOrderId,
    pub operation_number: i32,
    pub operation_name: String,
    pub work_center_id: WorkCenterId,
    #[serde(default)]
    pub machine_id: Option<MachineId>,
    /// PENDING, IN_PROGRESS, PAUSED, COMPLETED or SKIPPED.
    pub status: String,
    /// Planned run time per item (PRI), seconds.
    pub run_seconds_per_unit: String,
    #[serde(default)]
    pub planned_start: Option<DateTime<Utc>>,
    #[serde(default)]
    pub predecessor_operation_id: Option<OperationId>,
    /// SEQUENTIAL, OVERLAP or PARALLEL.
    pub scheduling_mode: String,
    /// The part (0 to 1) of the predecessor's planned quantity that must be good before this step
    /// may start under OVERLAP.
    #[serde(default)]
    pub overlap_start_ratio: Option<String>,
    pub requires_inspection: bool,
    /// The last look at each of its checkpoints, whoever took it.
    #[serde(default)]
    pub checks: Vec<LastCheck>,
    #[serde(default)]
    pub instructions: Option<String>,
    pub completed_quantity: Quantity,
    pub scrapped_quantity: Quantity,
    pub rework_quantity: Quantity,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Material {
    pub id: MaterialId,
    pub material_number: String,
    pub material_name: String,
    /// NONE, LOT, SERIAL or LOT_AND_SERIAL.
    pub tracking_mode: String,
    #[serde(default)]
    pub drawing_number: Option<String>,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Unit {
    pub id: UnitId,
    pub unit_code: String,
    pub decimals: i16,
}

/// A value of a reason list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Reason {
    pub id: ReasonId,
    /// SCRAP_REASON, REWORK_REASON, DOWNTIME_REASON or DEFECT_TYPE.
    pub list_code: String,
    pub value_code: String,
    pub value_label: String,
    #[serde(default)]
    pub labels: Labels,
    #[serde(default)]
    pub parent_value_id: Option<ReasonId>,
    /// `availability_loss`, `planned_stop`, `performance_loss`; of downtime reasons.
    #[serde(default)]
    pub oee_class: Option<String>,
    pub display_order: i32,
    pub is_active: bool,
}

/// A shift pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Shift {
    pub id: ShiftId,
    pub shift_code: String,
    pub shift_name: String,
    pub production_target: Quantity,
    pub break_minutes: i32,
    pub is_active: bool,
}

/// One materialised shift: half-open, in UTC; its business date is the local date of its start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ShiftOccurrence {
    pub id: i64,
    pub shift_id: ShiftId,
    pub business_date: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// A setting; the plant's wins over the organization's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Setting {
    pub id: i64,
    pub setting_key: String,
    #[serde(default)]
    pub plant_id: Option<PlantId>,
    pub value: serde_json::Value,
}

/// A non-conformance report that is not closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Ncr {
    pub id: i64,
    pub uid: EventId,
    pub ncr_number: String,
    pub severity: Severity,
    pub status: String,
    #[serde(default)]
    pub work_order_id: Option<WorkOrderId>,
    pub description: String,
    pub quantity_defective: Quantity,
    pub detected_at: DateTime<Utc>,
}
