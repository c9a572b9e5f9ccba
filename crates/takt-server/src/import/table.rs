//! What a file holds before anything is understood: sheets of lines of cells.

use super::kind::Kind;
use super::number::DecimalSign;

/// Bytes of a file at most.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Rows of a sheet at most.
pub const ROWS_MAX: usize = 200_000;
/// Columns of a sheet at most.
pub const COLUMNS_MAX: usize = 200;
/// Bytes of a cell at most; the longest column takes 8,000 characters.
pub const CELL_BYTES_MAX: usize = 40_000;

/// One sheet, or one CSV file.
pub struct Sheet {
    /// Where it is, for messages.
    pub place: String,
    /// What its rows are.
    pub kind: &'static Kind,
    /// Line of the header.
    pub header_line: u32,
    /// The header.
    pub header: Vec<Cell>,
    /// The rows below it that are not empty.
    pub lines: Vec<Line>,
    /// What its decimal sign is where its numbers do not settle it.
    pub sign: DecimalSign,
    /// What the reader had to decide.
    pub notices: Vec<String>,
}

/// One row of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number, as an editor or Excel shows it.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// One cell, without white space around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What Excel took it for.
    pub native: Native,
}

/// What a cell is to Excel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Native {
    /// Text, as every cell of a CSV.
    #[default]
    Text,
    /// A number, in the notation of programs.
    Number,
    /// A date or time.
    Date,
}

impl Cell {
    /// A cell of text.
    pub fn text(text: &str) -> Self {
        Self { text: trimmed(text), native: Native::Text }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Without white space around it, of which Excel has several kinds.
fn trimmed(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}').to_owned()
}

/// Why a whole file or sheet is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub place: String,
    /// At which line, if at one.
    pub line: Option<u32>,
    /// In which column, if in one.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub says: String,
}

impl Unreadable {
    /// A file as a whole.
    pub fn whole(place: &str, says: impl Into<String>) -> Self {
        Self { place: place.to_owned(), line: None, column: None, says: says.into() }
    }

    /// At a line.
    pub fn at(place: &str, line: u32, says: impl Into<String>) -> Self {
        Self { place: place.to_owned(), line: Some(line), column: None, says: says.into() }
    }
}

/// Splits lines into header and rows; none where there is no header.
pub fn sheet(place: &str, kind: &'static Kind, lines: Vec<Line>, sign: DecimalSign) -> Option<Sheet> {
    let mut lines = lines.into_iter().filter(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    let header = lines.next()?;
    Some(Sheet {
        place: place.to_owned(),
        kind,
        header_line: header.number,
        header: header.cells,
        lines: lines.collect(),
        sign,
        notices: Vec::new(),
    })
}
