//! The table that is printed in the end.
use std::fmt::Write;

use super::album::Album;
use super::compare::Findings;
use super::ledger::{KINDS, Ledger, READINGS};
use super::network::Sent;

const NAME_WIDTH: usize = 34;

/// Everything a reader wants to know, in lines.
pub fn table(findings: &Findings, ledger: &Ledger, sent: &Sent, album: &Album) -> String {
    let mut lines = Lines::default();
    let scans = findings.events.get("scan").copied().unwrap_or(0);
    lines.head("The shift on the terminal");
    lines.number("scans", scans);
    for (kind, _) in KINDS {
        lines.compared(&format!("events: {kind}"), findings.events.get(kind), ledger.expected(kind));
    }
    lines.number("events in all", findings.events.values().sum());
    lines.head("On the way");
    lines.number("batches sent", sent.batches);
    lines.number("answers lost after the commit", sent.lost);
    lines.number("events sent", sent.events());
    lines.number("sent again", sent.again());
    lines.head("At the plant");
    for (verdict, count) in &findings.verdicts {
        lines.number(verdict, *count);
    }
    lines.number("duplicates recognised", sent.again());
    lines.number("rows doubled", findings.doubled);
    for (table, count) in &findings.rows {
        let expected = if *table == READINGS { ledger.readings } else { of_table(ledger, table) };
        lines.compared(&format!("rows: {table}"), Some(count), expected);
    }
    lines.head("From key or tap to its echo");
    lines.text("saved after", &ledger.waits.summary());
    lines.head("Screenshots");
    for picture in album.pictures() {
        let _ = writeln!(lines.0, "  {}", picture.display());
    }
    lines.head("Verdict");
    if findings.faults.is_empty() {
        let _ = writeln!(lines.0, "  everything is at the plant, once");
    }
    for fault in &findings.faults {
        let _ = writeln!(lines.0, "  WRONG  {fault}");
    }
    lines.0
}

fn of_table(ledger: &Ledger, table: &str) -> usize {
    KINDS.iter().filter(|(_, of)| *of == Some(table)).map(|(kind, _)| ledger.expected(kind)).sum()
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn head(&mut self, words: &str) {
        let _ = writeln!(self.0, "\n{words}");
    }

    fn number(&mut self, name: &str, count: usize) {
        self.text(name, &format!("{count:>6}"));
    }

    fn text(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.0, "  {name:<NAME_WIDTH$} {value}");
    }

    /// With what was expected beside it where that differs.
    fn compared(&mut self, name: &str, found: Option<&usize>, expected: usize) {
        let found = found.copied().unwrap_or(0);
        let remark = if found == expected { String::new() } else { format!("   expected {expected}") };
        self.text(name, &format!("{found:>6}{remark}"));
    }
}
