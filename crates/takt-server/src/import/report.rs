//! What became of every row: for people, and one JSON line per row for machines.

use std::io::{self, Write};

use serde_json::json;

use super::kind::Kind;
use super::table::Unreadable;

/// Rows of one outcome that are printed per sheet.
const PRINTED_MAX: usize = 100;

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Style {
    /// For people: what changes and what is refused, and a summary.
    #[default]
    Text,
    /// For machines: one JSON object per row and line.
    Json,
}

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything is written.
    Written,
    /// Everything would be.
    DryRun,
    /// Something was refused: nothing is written.
    Refused,
}

/// Everything that an import has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// What could not be read at all.
    pub unreadable: Vec<Unreadable>,
    /// The rest, in the order of the kinds.
    pub sheets: Vec<SheetReport>,
}

/// One sheet.
#[derive(Debug)]
pub struct SheetReport {
    /// Where it is.
    pub place: String,
    /// Name of its kind.
    pub kind: &'static str,
    /// What the reader had to decide.
    pub notices: Vec<String>,
    /// Its rows.
    pub rows: Vec<RowReport>,
}

/// One row.
#[derive(Debug)]
pub struct RowReport {
    /// Its line.
    pub line: u32,
    /// What says which row it is, as written.
    pub key: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a row.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Created,
    /// These columns of it.
    Changed(Vec<&'static str>),
    /// It was like that.
    Unchanged,
    /// It is not taken.
    Refused(Vec<Reason>),
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed(_) => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused(_) => "refused",
        }
    }
}

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In which column, if in one.
    pub column: Option<&'static str>,
    /// What is wrong and what to do.
    pub says: String,
}

impl Reason {
    /// Of the row.
    pub fn row(says: impl Into<String>) -> Self {
        Self { column: None, says: says.into() }
    }

    /// Of a column.
    pub fn column(column: &'static str, says: impl Into<String>) -> Self {
        Self { column: Some(column), says: says.into() }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column {
            Some(column) => write!(f, "{column}: {}", self.says),
            None => f.write_str(&self.says),
        }
    }
}

impl SheetReport {
    /// Of a sheet without rows yet.
    pub fn of(place: &str, kind: &Kind, notices: Vec<String>) -> Self {
        Self { place: place.to_owned(), kind: kind.name, notices, rows: Vec::new() }
    }

    /// Created, changed, unchanged, refused.
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for row in &self.rows {
            counts[match row.outcome {
                Outcome::Created => 0,
                Outcome::Changed(_) => 1,
                Outcome::Unchanged => 2,
                Outcome::Refused(_) => 3,
            }] += 1;
        }
        counts
    }
}

impl Report {
    /// What is refused.
    pub fn refused(&self) -> usize {
        self.unreadable.len() + self.sheets.iter().map(|sheet| sheet.counts()[3]).sum::<usize>()
    }

    /// Writes it.
    pub fn write(&self, style: Style, ending: Ending, out: &mut impl Write) -> io::Result<()> {
        match style {
            Style::Text => self.write_text(ending, out),
            Style::Json => self.write_json(ending, out),
        }
    }

    fn write_text(&self, ending: Ending, out: &mut impl Write) -> io::Result<()> {
        for file in &self.unreadable {
            writeln!(out, "{}", file.place)?;
            let line = file.line.map(|line| format!("line {line}  ")).unwrap_or_default();
            let column = file.column.as_ref().map(|column| format!("{column}: ")).unwrap_or_default();
            writeln!(out, "  {line}refused: {column}{}\n", file.says)?;
        }
        for sheet in &self.sheets {
            sheet.write_rows(out)?;
        }
        let width = self.sheets.iter().map(|sheet| sheet.place.chars().count()).max().unwrap_or(0).max(4);
        writeln!(
            out,
            "{:width$} {:>9} {:>9} {:>9} {:>9}",
            "file", "created", "changed", "unchanged", "refused"
        )?;
        let mut sums = [0; 4];
        for sheet in &self.sheets {
            let counts = sheet.counts();
            counted(out, width, &sheet.place, counts)?;
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        counted(out, width, "all", sums)?;
        writeln!(out, "{}", self.ends(ending))
    }

    fn ends(&self, ending: Ending) -> String {
        match ending {
            Ending::Written => "written".to_owned(),
            Ending::DryRun => "dry run: nothing was written, and nothing stands in the way".to_owned(),
            Ending::Refused => format!("nothing was written: {} refused", self.refused()),
        }
    }

    fn write_json(&self, ending: Ending, out: &mut impl Write) -> io::Result<()> {
        for file in &self.unreadable {
            let reasons = [json!({"column": file.column, "says": file.says})];
            let line =
                json!({"file": file.place, "line": file.line, "outcome": "refused", "reasons": reasons});
            writeln!(out, "{line}")?;
        }
        for sheet in &self.sheets {
            for row in &sheet.rows {
                let mut line = json!({"file": sheet.place, "line": row.line, "kind": sheet.kind, "row": row.key.join(" ")});
                line["outcome"] = json!(row.outcome.word());
                match &row.outcome {
                    Outcome::Created | Outcome::Unchanged => {}
                    Outcome::Changed(columns) => line["columns"] = json!(columns),
                    Outcome::Refused(reasons) => {
                        let one = |reason: &Reason| json!({"column": reason.column, "says": reason.says});
                        line["reasons"] = reasons.iter().map(one).collect();
                    }
                }
                writeln!(out, "{line}")?;
            }
        }
        writeln!(out, "{}", json!({"written": ending == Ending::Written, "refused": self.refused()}))
    }
}

impl SheetReport {
    fn write_rows(&self, out: &mut impl Write) -> io::Result<()> {
        let told = self.rows.iter().any(|row| row.outcome != Outcome::Unchanged);
        if told || !self.notices.is_empty() {
            writeln!(out, "{}", self.place)?;
        }
        for notice in &self.notices {
            writeln!(out, "  note: {notice}")?;
        }
        for word in ["created", "changed", "refused"] {
            let mut rows = self.rows.iter().filter(|row| row.outcome.word() == word);
            for row in rows.by_ref().take(PRINTED_MAX) {
                row.write_text(out)?;
            }
            match rows.count() {
                0 => {}
                more => writeln!(out, "  and {more} more {word} (all of them: --report json)")?,
            }
        }
        if told { writeln!(out) } else { Ok(()) }
    }
}

impl RowReport {
    fn write_text(&self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "  line {}  {}  ", self.line, self.key.join(" "))?;
        match &self.outcome {
            Outcome::Created => writeln!(out, "created"),
            Outcome::Changed(columns) => writeln!(out, "changed: {}", columns.join(", ")),
            Outcome::Unchanged => writeln!(out, "unchanged"),
            Outcome::Refused(reasons) => {
                let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                writeln!(out, "refused: {}", reasons.join("; "))
            }
        }
    }
}

fn counted(out: &mut impl Write, width: usize, name: &str, counts: [usize; 4]) -> io::Result<()> {
    let [created, changed, unchanged, refused] = counts;
    writeln!(out, "{name:width$} {created:>9} {changed:>9} {unchanged:>9} {refused:>9}")
}
