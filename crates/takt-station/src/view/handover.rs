//! Handing a shift over: the numbers wrote themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{EventId, Quantity};
use takt_wire::payload::HandoverItemKind;
use ts_rs::TS;
use uuid::Uuid;

use super::{ReasonView, Refusal, home::Stop};

/// The handover screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HandoverView {
    /// What it is at.
    pub stage: Stage,
    /// The handover once submitted.
    pub uid: Option<EventId>,
    /// Name of the shift handed over.
    pub shift: String,
    /// Its business date.
    pub date: NaiveDate,
    /// Name of the shift that takes over.
    pub next_shift: String,
    /// When the next shift begins.
    pub next_starts_at: DateTime<Utc>,
    /// The area.
    pub area: String,
    /// Good pieces.
    pub good: Quantity,
    /// Zero = no target.
    pub target: Quantity,
    /// Scrapped pieces.
    pub scrap: Quantity,
    /// 0..1 of everything made; none when nothing was.
    pub scrap_ratio: Option<f64>,
    /// Pieces to rework.
    pub rework: Quantity,
    /// Seconds down.
    #[ts(type = "number")]
    pub down_seconds: i64,
    /// Number of stops.
    pub stops: u32,
    /// Downtime by reason, longest first; no reason = unexplained.
    pub down_by_reason: Vec<DownPart>,
    /// Scrap by reason, most first.
    pub scrap_by_reason: Vec<ScrapPart>,
    /// Good pieces per hour of the shift.
    pub hours: Vec<HourPart>,
    /// Records it was written from.
    pub records: u32,
    /// OEE of the machine in the shift, with its parts; or why there is none.
    pub oee: OeeView,
    /// What is to be taken over, red first.
    pub items: Vec<ItemView>,
    /// Stops that still want a reason: can be explained right here.
    pub unexplained: Vec<Stop>,
    /// Downtime reasons.
    pub down_reasons: Vec<ReasonView>,
    /// Free words, kept as a draft while typed; once submitted, those of the addenda included.
    pub notes: String,
    /// What was added after it was submitted, oldest first.
    pub added: Vec<AddedView>,
    /// What would be added to it now; none before it is submitted and for who may not.
    pub addendum: Option<AddendumView>,
    /// Who handed over.
    pub by: Option<String>,
    /// When.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Who took over.
    pub taken_by: Option<String>,
    /// When.
    pub taken_at: Option<DateTime<Utc>>,
    /// Why this person cannot submit or take over (`not_a_lead`, `same_person`, `no_shift`, …).
    pub refused: Option<Refusal>,
}

/// What a handover is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No shift is planned now and none ended: nothing to hand over.
    None,
    /// The outgoing lead writes.
    Draft,
    /// Submitted; waits for the incoming lead.
    Submitted,
    /// Taken over.
    Acknowledged,
}

/// Downtime for a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct DownPart {
    pub reason: Option<String>,
    #[ts(type = "number")]
    pub seconds: i64,
    pub stops: u32,
}

/// Scrap for a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ScrapPart {
    pub reason: String,
    pub quantity: Quantity,
}

/// An hour of the shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct HourPart {
    pub from: DateTime<Utc>,
    pub good: Quantity,
    /// 0..1 of the best hour or the target's hour, for the bar.
    pub ratio: f64,
    /// What mostly happened: `run`, `setup`, `down`, `idle`, `unknown`, `future`.
    pub mood: String,
}

/// Overall equipment effectiveness with its parts (ISO 22400-2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct OeeView {
    pub oee: Option<f64>,
    pub availability: Option<f64>,
    pub effectiveness: Option<f64>,
    pub quality_ratio: Option<f64>,
    /// Why there is none, or why it is incomplete: `no_machine`, `unknown_time`, `no_ideal_time`, `nothing_made`, `above_one`.
    pub reason: Option<String>,
}

/// Something was added to a submitted handover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct AddedView {
    pub by: String,
    pub at: DateTime<Utc>,
}

/// What would be added to a submitted handover: its words as typed so far, and what came up since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct AddendumView {
    pub notes: String,
    pub items: Vec<ItemView>,
}

/// One thing to take over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ItemView {
    pub uid: Uuid,
    pub kind: HandoverItemKind,
    pub red: bool,
    pub reference: Option<String>,
    /// Fill the words `handover.item.<kind>`.
    pub figures: BTreeMap<String, String>,
    pub text: Option<String>,
    /// From an earlier handover, where nobody acknowledged it.
    pub carried: bool,
    pub acknowledged: bool,
}
