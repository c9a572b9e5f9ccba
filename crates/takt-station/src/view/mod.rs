//! What the screens show and what they send: the contract between the station and the UI.
//! TypeScript is generated from these types. Numbers travel as exact decimal strings, instants
//! as UTC; words are codes that the UI translates, except names and labels that are data.

pub mod bindings;
pub mod frame;
pub mod handover;
pub mod home;
pub mod inspection;
pub mod records;
pub mod report;
pub mod scan;

use serde::{Deserialize, Serialize};
use takt_domain::{Quantity, ReasonId};
use ts_rs::TS;

/// A reason a person can pick, in the language of the badge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReasonView {
    /// The reason.
    pub id: ReasonId,
    /// Its code, e.g. `TOOL_WEAR`.
    pub code: String,
    /// Its words.
    pub label: String,
    /// The group it belongs to (downtime reasons have two levels).
    pub group: Option<String>,
    /// How often it was used here lately: the learned order of the tiles.
    pub used: u32,
}

/// How many for which reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReasonCount {
    /// The reason.
    pub reason: ReasonId,
    /// How many.
    pub quantity: Quantity,
}

/// A refusal the UI shows: `code` picks the words (`error.<code>`), `params` fill them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// Stable code, snake_case.
    pub code: String,
    /// What fills the words.
    pub params: std::collections::BTreeMap<String, String>,
}
