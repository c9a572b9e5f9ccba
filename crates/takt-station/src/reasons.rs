//! Reason lists in the language of the badge, in the order this station uses them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::ReasonId;
use takt_store::Reading;
use takt_wire::row::Reason;

use crate::refused::Refused;
use crate::view::{ReasonView, Refusal};

/// Uses count for so long.
const LEARNED_DAYS: i64 = 14;

/// The reason lists of the plant.
pub(crate) struct Reasons {
    rows: Vec<Reason>,
    uses: BTreeMap<ReasonId, u32>,
    locale: String,
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Scrap,
    Rework,
    Down,
    Defect,
}

impl List {
    fn code(self) -> &'static str {
        match self {
            Self::Scrap => "SCRAP_REASON",
            Self::Rework => "REWORK_REASON",
            Self::Down => "DOWNTIME_REASON",
            Self::Defect => "DEFECT_TYPE",
        }
    }
}

impl Reasons {
    pub(crate) fn read(r: &Reading<'_>, locale: &str, now: DateTime<Utc>) -> Result<Self, Refused> {
        let uses = r.reason_uses(now - TimeDelta::days(LEARNED_DAYS))?;
        Ok(Self { rows: r.mirror()?, uses, locale: locale.to_owned() })
    }

    /// What a person can pick: groups are not reasons. Most used first, then as the plant orders.
    pub(crate) fn list(&self, list: List) -> Vec<ReasonView> {
        let is_group = |row: &Reason| self.rows.iter().any(|child| child.parent_value_id == Some(row.id));
        let in_list = |row: &&Reason| row.list_code == list.code() && row.is_active && !is_group(row);
        let mut found: Vec<(&Reason, u32)> =
            self.rows.iter().filter(in_list).map(|row| (row, self.used(row.id))).collect();
        found.sort_by_key(|(row, used)| (std::cmp::Reverse(*used), row.display_order, row.id));
        found.into_iter().map(|(row, used)| self.view(row, used)).collect()
    }

    /// The words of a reason; its number where the mirror has lost it.
    pub(crate) fn label(&self, id: ReasonId) -> String {
        self.row(id).map_or_else(|| id.to_string(), |row| self.words(row))
    }

    /// What a downtime reason counts as.
    pub(crate) fn class(&self, id: ReasonId) -> Option<takt_domain::availability::ReasonClass> {
        self.row(id)?.oee_class.as_deref()?.parse().ok()
    }

    /// Refuses a reason that is not on the list.
    pub(crate) fn check(&self, list: List, id: ReasonId) -> Result<(), Refused> {
        match self.row(id) {
            Some(row) if row.list_code == list.code() => Ok(()),
            _ => Err(Refusal::new("not_found").with("reason", id).into()),
        }
    }

    fn row(&self, id: ReasonId) -> Option<&Reason> {
        self.rows.iter().find(|row| row.id == id)
    }

    fn used(&self, id: ReasonId) -> u32 {
        self.uses.get(&id).copied().unwrap_or(0)
    }

    fn words(&self, row: &Reason) -> String {
        row.labels.get(&self.locale).unwrap_or(&row.value_label).clone()
    }

    fn view(&self, row: &Reason, used: u32) -> ReasonView {
        ReasonView {
            id: row.id,
            code: row.value_code.clone(),
            label: self.words(row),
            group: row.parent_value_id.and_then(|group| self.row(group)).map(|group| self.words(group)),
            used,
        }
    }
}
