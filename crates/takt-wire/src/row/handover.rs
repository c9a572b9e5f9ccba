//! Handovers as terminals mirror them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{EventId, ShiftId, UserId, WorkCenterId};

use crate::payload::{HandoverItem, ShiftFigures};

/// A recent handover, also of another terminal of the area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Handover {
    pub id: i64,
    pub uid: EventId,
    pub from_shift_id: ShiftId,
    pub from_shift_date: NaiveDate,
    pub to_shift_id: ShiftId,
    pub to_shift_date: NaiveDate,
    #[serde(default)]
    pub work_center_id: Option<WorkCenterId>,
    pub status: String,
    pub handed_over_by: UserId,
    pub handed_over_at: DateTime<Utc>,
    #[serde(default)]
    pub acknowledged_by: Option<UserId>,
    #[serde(default)]
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub items: Vec<HandedOver>,
    #[serde(default)]
    pub figures: ShiftFigures,
    /// Those of the addenda included.
    pub notes: String,
    /// What was submitted of the same shift after it, oldest first.
    #[serde(default)]
    pub addenda: Vec<Addendum>,
}

/// An item of a handover, and who acknowledged it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct HandedOver {
    #[serde(flatten)]
    pub item: HandoverItem,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_by: Option<UserId>,
}

/// What somebody added to a handover; its items are among the handover's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Addendum {
    /// The event that brought it.
    pub event_id: EventId,
    #[serde(default)]
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
    pub text: String,
}
