//! What a bench has to say: a line of one table, ours beside the floor of the same run and what was promised.
use std::fmt::{self, Display, Formatter};
use std::process::ExitCode;

use anyhow::Result;

/// One measure. Written as a row that people read and `cargo xtask bench` collects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was measured, at which percentile.
    pub measure: String,
    /// Ours, with its unit.
    pub ours: String,
    /// The floor's.
    pub floor: String,
    /// Ours in terms of the floor's.
    pub ratio: String,
    /// What was promised; empty where nothing was.
    pub goal: String,
    /// Whether the promise was kept.
    pub is_kept: bool,
}

impl Line {
    /// Reads what was written; nothing if `text` is something else.
    pub fn read(text: &str) -> Option<Self> {
        let cells = text.trim().strip_prefix('|')?.strip_suffix('|')?;
        let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
        let [measure, ours, floor, ratio, goal, kept] = cells[..] else { return None };
        let is_kept = match kept {
            KEPT => true,
            MISSED => false,
            _ => return None,
        };
        let [measure, ours, floor, ratio, goal] = [measure, ours, floor, ratio, goal].map(str::to_owned);
        Some(Self { measure, ours, floor, ratio, goal, is_kept })
    }

    fn cells(&self) -> [&str; 6] {
        let kept = if self.is_kept { KEPT } else { MISSED };
        [&self.measure, &self.ours, &self.floor, &self.ratio, &self.goal, kept]
    }
}

impl Display for Line {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "| {} |", self.cells().join(" | "))
    }
}

const KEPT: &str = "kept";
const MISSED: &str = "missed";
const HEADS: [&str; 6] = ["measure", "ours", "floor", "ratio", "goal", ""];

/// All of them below one head, in columns.
pub fn table(lines: &[Line]) -> String {
    let rows: Vec<[&str; 6]> = std::iter::once(HEADS).chain(lines.iter().map(Line::cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; 6] = std::array::from_fn(width);
    let line = |row: &[&str; 6]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Prints what a bench measured; a promise that was not kept is a failure.
pub fn conclude(bench: &str, measured: Result<Vec<Line>>) -> ExitCode {
    match measured {
        Ok(lines) => {
            for line in &lines {
                println!("{line}");
            }
            if lines.iter().all(|line| line.is_kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            println!("{bench}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(measure: &str) -> Line {
        let [ours, floor, ratio] = ["2 ms", "1 ms", "2.0"].map(str::to_owned);
        Line {
            measure: measure.to_owned(),
            ours,
            floor,
            ratio,
            goal: "at most 2, < 25 ms".into(),
            is_kept: true,
        }
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let missed = Line { is_kept: false, goal: String::new(), ..line("push") };
        for line in [line("scan"), missed] {
            assert_eq!(Line::read(&line.to_string()), Some(line));
        }
        assert_eq!(Line::read("running 3 benches"), None);
        assert_eq!(Line::read("| a | b |"), None);
    }

    #[test]
    fn a_table_stands_in_columns() {
        let table = table(&[line("push"), line("a longer measure")]);
        let places: Vec<_> = table.lines().map(|row| row.find("ours").or_else(|| row.find("2 ms"))).collect();
        assert_eq!(places, [Some(18); 3]);
    }
}
