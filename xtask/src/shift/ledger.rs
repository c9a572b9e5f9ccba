//! What the script did, in numbers: the other side of every comparison. Steps write it, by hand, beside each act;
//! but for the size of a pack, nothing in it is read from the terminal or the plant.
use std::collections::BTreeMap;

use takt_testkit::percentile::Sample;

/// Kinds of events and the table each becomes a row of; none = it changes a row that is there.
pub const KINDS: [(&str, Option<&str>); 10] = [
    ("production_log", Some("production_logs")),
    ("machine_status", Some("machine_status_history")),
    ("stop_explanation", None),
    ("inspection", Some("inspection_logs")),
    ("ncr", Some("ncrs")),
    ("ncr_detail", None),
    ("handover", Some("shift_handovers")),
    ("handover_acknowledgement", None),
    ("scan", Some("qr_code_scans")),
    ("sign_in", Some("audit_logs")),
];

/// Where readings of inspections go.
pub const READINGS: &str = "inspection_measurements";

/// Everything the script did that must be at the plant in the end, once.
#[derive(Debug, Default)]
pub struct Ledger {
    events: BTreeMap<&'static str, usize>,
    /// Readings of all inspections.
    pub readings: usize,
    /// Good pieces, counter-entries subtracted.
    pub good: i64,
    /// Scrapped pieces, the same.
    pub scrap: i64,
    /// What the inspector made of the NCR.
    pub ncr_severity: &'static str,
    /// From a key or tap to its echo.
    pub waits: Sample,
}

impl Ledger {
    /// So many more events of a kind.
    pub fn did(&mut self, kind: &'static str, count: usize) {
        *self.events.entry(kind).or_default() += count;
    }

    /// How many there must be.
    pub fn expected(&self, kind: &str) -> usize {
        self.events.get(kind).copied().unwrap_or(0)
    }
}
