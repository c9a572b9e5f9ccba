//! What a shift hands over: the numbers wrote themselves, and each thing to take over is an item.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::availability::Stops;
use crate::booking::Line;
use crate::words::words;
use crate::{Quantity, ReasonId, Severity, UserId};

/// Non-conformances that are told one by one: a handover travels as one event, which has its limit, and
/// nobody reads more.
pub const NCRS_MAX: usize = 30;
/// The longest text of an item, in characters.
pub const TEXT_CHARACTERS_MAX: usize = 200;

words! {
    /// What a handover item is about; spelled as on the wire.
    ItemKind {
        /// An open non-conformance.
        OpenNcr = "open_ncr",
        /// Stops without a reason.
        UnexplainedStops = "unexplained_stops",
        /// The machine is down now.
        MachineDown = "machine_down",
        /// A check is due or late.
        CheckDue = "check_due",
        /// Records not yet at the plant.
        Unsynced = "unsynced",
        /// A job that is running or paused.
        OpenJob = "open_job",
        /// A safety incident.
        Safety = "safety",
        /// Free words carried over.
        Note = "note",
    }
}

/// One thing to take over. The station gives it its uid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is about.
    pub kind: ItemKind,
    /// Whether the incoming lead must acknowledge it.
    pub red: bool,
    /// Number or code of what it is about.
    pub reference: Option<String>,
    /// Figures for the words around it, by name: `count`, `minutes`, `severity` …; quantities as
    /// strings.
    pub figures: Map<String, Value>,
    /// Free words, where a person wrote some.
    pub text: Option<String>,
}

/// An open non-conformance of the area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNcr {
    /// Its number, or what stands for it until the plant has given one.
    pub reference: String,
    /// How bad.
    pub severity: Severity,
    /// Pieces.
    pub quantity: Quantity,
    /// What was found.
    pub text: String,
}

/// A machine of the area and its stops in the shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineFacts {
    /// Its code.
    pub reference: String,
    /// Its stops.
    pub stops: Stops,
    /// Seconds since it went down, where it is down now.
    pub down_for_seconds: i64,
}

/// A check that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckDue {
    /// Where, or of what.
    pub reference: String,
    /// Pieces it is late by.
    pub late_units: Quantity,
}

/// A job that goes over to the next shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenJob {
    /// Order and operation.
    pub reference: String,
    /// What remains of it.
    pub remaining: Quantity,
}

/// What is known of the shift that ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShiftFacts {
    /// Every line booked in it, counter-entries too.
    pub lines: Vec<Line>,
    /// What was to be made.
    pub target: Quantity,
    /// The machines of the area.
    pub machines: Vec<MachineFacts>,
    /// Open non-conformances.
    pub ncrs: Vec<OpenNcr>,
    /// Checks due.
    pub checks: Vec<CheckDue>,
    /// Jobs running or paused.
    pub jobs: Vec<OpenJob>,
    /// Safety incidents, in words.
    pub safety: Vec<String>,
    /// Notes carried over from the handover before, in words.
    pub carried: Vec<String>,
    /// Records of this terminal that are not at the plant.
    pub unsynced: i64,
    /// Records all this was written from.
    pub records: i64,
}

/// The numbers of the shift, in pieces and seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// GQ.
    pub good: Quantity,
    /// SQ.
    pub scrapped: Quantity,
    /// RQ.
    pub rework: Quantity,
    /// Target of the shift.
    pub target: Quantity,
    /// Stops of the area's machines together.
    pub stops: Stops,
    /// Scrap by reason, most first; reasons that came back to zero are left out.
    pub scrap_by_reason: Vec<(ReasonId, Quantity)>,
    /// Records all this was written from.
    pub records: i64,
}

/// The figures of the shift.
pub fn figures(facts: &ShiftFacts) -> Figures {
    let mut figures = Figures { target: facts.target, records: facts.records, ..Figures::default() };
    for line in &facts.lines {
        figures.good += line.good;
        figures.scrapped += line.scrapped();
        figures.rework += line.reworked();
        if let Some((reason, quantity)) = line.scrap {
            match figures.scrap_by_reason.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, sum)) => *sum += quantity,
                None => figures.scrap_by_reason.push((reason, quantity)),
            }
        }
    }
    figures.scrap_by_reason.retain(|(_, quantity)| !quantity.is_zero());
    figures.scrap_by_reason.sort_by_key(|(reason, quantity)| (std::cmp::Reverse(*quantity), *reason));
    figures.stops = facts.machines.iter().fold(Stops::default(), |sum, machine| sum.with(&machine.stops));
    figures
}

/// What is to be taken over, red items first. Red: a non-conformance that is MAJOR or CRITICAL,
/// stops without a reason, a machine that is down now, a safety incident. Beyond [`NCRS_MAX`]
/// non-conformances, worst first, one item says how many more there are.
pub fn items(facts: &ShiftFacts) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(facts.safety.iter().map(|text| Item::of(ItemKind::Safety, true).text(text)));
    items.extend(facts.machines.iter().flat_map(of_machine));
    items.extend(of_ncrs(&facts.ncrs));
    for check in &facts.checks {
        let item = Item::of(ItemKind::CheckDue, false).about(&check.reference);
        items.push(item.figure("late_units", check.late_units.to_string()));
    }
    for job in &facts.jobs {
        let item = Item::of(ItemKind::OpenJob, false).about(&job.reference);
        items.push(item.figure("remaining", job.remaining.to_string()));
    }
    if facts.unsynced > 0 {
        items.push(Item::of(ItemKind::Unsynced, false).figure("count", facts.unsynced));
    }
    items.extend(facts.carried.iter().map(|text| Item::of(ItemKind::Note, false).text(text)));
    items.sort_by_key(|item| !item.red);
    items
}

fn of_ncrs(ncrs: &[OpenNcr]) -> Vec<Item> {
    let mut worst_first: Vec<&OpenNcr> = ncrs.iter().collect();
    worst_first.sort_by_key(|ncr| match ncr.severity {
        Severity::Critical => 0,
        Severity::Major => 1,
        Severity::Minor => 2,
    });
    let is_red = |ncr: &OpenNcr| ncr.severity != Severity::Minor;
    let item = |ncr: &&OpenNcr| {
        let item = Item::of(ItemKind::OpenNcr, is_red(ncr)).about(&ncr.reference);
        let item = item.figure("quantity", ncr.quantity.to_string());
        item.figure("severity", ncr.severity.as_str()).text(&shortened(&ncr.text))
    };
    let (told, more) = worst_first.split_at(worst_first.len().min(NCRS_MAX));
    let mut items: Vec<Item> = told.iter().map(item).collect();
    if !more.is_empty() {
        let red = more.iter().any(|ncr| is_red(ncr));
        items.push(Item::of(ItemKind::OpenNcr, red).figure("more", more.len()));
    }
    items
}

/// The beginning of a long text; the whole stands where it was written.
pub fn shortened(text: &str) -> String {
    if text.chars().count() <= TEXT_CHARACTERS_MAX {
        return text.to_owned();
    }
    let cut: String = text.chars().take(TEXT_CHARACTERS_MAX - 1).collect();
    cut.trim_end().to_owned() + "…"
}

fn of_machine(machine: &MachineFacts) -> Vec<Item> {
    let mut items = Vec::new();
    if machine.stops.down_now {
        let item = Item::of(ItemKind::MachineDown, true).about(&machine.reference);
        items.push(item.figure("minutes", machine.down_for_seconds / 60));
    }
    if machine.stops.unexplained > 0 {
        let item = Item::of(ItemKind::UnexplainedStops, true).about(&machine.reference);
        let item = item.figure("count", machine.stops.unexplained);
        items.push(item.figure("minutes", machine.stops.unexplained_seconds / 60));
    }
    items
}

impl Item {
    fn of(kind: ItemKind, red: bool) -> Self {
        Self { kind, red, reference: None, figures: Map::new(), text: None }
    }

    fn about(self, reference: &str) -> Self {
        Self { reference: Some(reference.to_owned()), ..self }
    }

    fn text(self, text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..self }
    }

    fn figure(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.figures.insert(name.to_owned(), value.into());
        self
    }
}

/// Why a handover may not be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AcknowledgeRefused {
    /// Who hands over cannot take over.
    #[error("handed over by the same person")]
    SamePerson,
    /// Red items are not acknowledged yet.
    #[error("{0} red items are not acknowledged")]
    RedItemsOpen(usize),
}

impl AcknowledgeRefused {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::SamePerson => "same_person",
            Self::RedItemsOpen(_) => "red_items_open",
        }
    }
}

/// Whether `by` may take over: someone else, with every red item acknowledged. Items are named
/// by whatever identifies them.
pub fn may_acknowledge<Id: PartialEq>(
    by: UserId,
    handed_over_by: UserId,
    red_items: &[Id],
    acknowledged: &[Id],
) -> Result<(), AcknowledgeRefused> {
    if by == handed_over_by {
        return Err(AcknowledgeRefused::SamePerson);
    }
    match red_items.iter().filter(|item| !acknowledged.contains(item)).count() {
        0 => Ok(()),
        open => Err(AcknowledgeRefused::RedItemsOpen(open)),
    }
}

#[cfg(test)]
mod tests;
