//! Rows as their kind understands them, before the database is asked anything.

use std::collections::HashMap;

use serde_json::Value;

use super::kind::{Column, Kind, Need, Type};
use super::number::{self, DecimalSign};
use super::report::{Outcome, Reason, RowReport, SheetReport};
use super::table::{Cell, Line, Native, Sheet, Unreadable};
use super::value;

/// A row that is understood.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its place in the report of its sheet.
    pub row: usize,
    /// What says which row it is, as written.
    pub key: Vec<String>,
    /// One per column of the kind: none where the sheet has no such column, null where the cell is empty.
    pub values: Vec<Option<Value>>,
}

/// Where rows were seen, by table and key.
pub type Seen = HashMap<(&'static str, Vec<String>), String>;

/// Reads a sheet: what of it is understood, and what becomes of the rest.
pub fn read(sheet: &Sheet, seen: &mut Seen) -> Result<(SheetReport, Vec<Record>), Unreadable> {
    let kind = sheet.kind;
    let columns = header(sheet)?;
    let sign = settle(sheet, &columns);
    let mut report = SheetReport::of(&sheet.place, kind, sheet.notices.clone());
    let mut records = Vec::new();
    for line in &sheet.lines {
        let (values, mut reasons) = values(kind, line, &columns, sign);
        let key: Vec<String> = kind.key_columns().map(|(at, _)| text(values[at].as_ref())).collect();
        let here = format!("{} line {}", sheet.place, line.number);
        if reasons.is_empty()
            && let Some(there) = seen.insert((kind.table, key.clone()), here)
        {
            let named = kind.key_columns().map(|(_, column)| column.name).collect::<Vec<_>>().join(", ");
            reasons.push(Reason::row(format!(
                "the same {named} as in {there}: expected each {} once",
                kind.one
            )));
        }
        let row = report.rows.len();
        let refused = !reasons.is_empty();
        let outcome = if refused { Outcome::Refused(reasons) } else { Outcome::Unchanged };
        if !refused {
            records.push(Record { row, key: key.clone(), values });
        }
        report.rows.push(RowReport { line: line.number, key, outcome });
    }
    Ok((report, records))
}

/// Per column of the kind: the cell of a line that holds it.
fn header(sheet: &Sheet) -> Result<Vec<Option<usize>>, Unreadable> {
    let kind = sheet.kind;
    let refused = |column: &str, says: String| Unreadable {
        place: sheet.place.clone(),
        line: Some(sheet.header_line),
        column: Some(column.to_owned()),
        says,
    };
    let mut at = vec![None; kind.columns.len()];
    for (cell, name) in sheet.header.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let plain = name.text.to_lowercase().replace([' ', '-'], "_");
        let Some(column) = kind.columns.iter().position(|column| column.name == plain) else {
            let known = kind.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
            let says = format!("{} has no such column; expected of {known}", kind.name);
            return Err(refused(&value::shown(&name.text), says));
        };
        if at[column].replace(cell).is_some() {
            return Err(refused(&plain, "the column is there twice".to_owned()));
        }
    }
    let missing =
        kind.columns.iter().zip(&at).find(|(column, cell)| {
            cell.is_none() && column.need != Need::Optional && column.default.is_none()
        });
    match missing {
        Some((column, _)) => Err(refused(column.name, format!("the column is missing: {}", column.meaning))),
        None => Ok(at),
    }
}

/// The decimal sign that the numbers of a sheet agree on.
fn settle(sheet: &Sheet, columns: &[Option<usize>]) -> DecimalSign {
    let numbers = sheet.kind.columns.iter().zip(columns);
    let cells: Vec<usize> = numbers
        .filter(|(column, _)| matches!(column.of, Type::Decimal(_)))
        .filter_map(|(_, cell)| *cell)
        .collect();
    let written = sheet.lines.iter().flat_map(|line| cells.iter().filter_map(|cell| line.cells.get(*cell)));
    let texts = written.filter(|cell| cell.native == Native::Text).map(|cell| cell.text.as_str());
    match number::settle(texts) {
        DecimalSign::Unsettled => sheet.sign,
        settled => settled,
    }
}

fn values(
    kind: &'static Kind,
    line: &Line,
    columns: &[Option<usize>],
    sign: DecimalSign,
) -> (Vec<Option<Value>>, Vec<Reason>) {
    let mut reasons = Vec::new();
    let nothing = Cell::default();
    let mut values = Vec::with_capacity(kind.columns.len());
    for (column, at) in kind.columns.iter().zip(columns) {
        let cell = at.map(|at| line.cells.get(at).unwrap_or(&nothing));
        match one(column, cell, sign) {
            Ok(value) => values.push(value),
            Err(says) => {
                values.push(None);
                reasons.push(Reason::column(column.name, says));
            }
        }
    }
    let beyond =
        line.cells.iter().enumerate().find(|(at, cell)| !cell.is_empty() && !columns.contains(&Some(*at)));
    if let Some((_, cell)) = beyond {
        let says = format!("{} stands in a column without a name", value::shown(&cell.text));
        reasons.push(Reason::row(says));
    }
    (values, reasons)
}

fn one(column: &Column, cell: Option<&Cell>, sign: DecimalSign) -> Result<Option<Value>, String> {
    match cell {
        Some(cell) if !cell.is_empty() => value::read(cell, &column.of, sign).map(Some),
        Some(_) | None if column.need != Need::Optional && column.default.is_none() => {
            Err(format!("it is empty; expected {}", value::expected(&column.of)))
        }
        Some(_) => Ok(Some(default(column))),
        None if column.need == Need::Key || column.always => Ok(Some(default(column))),
        None => Ok(None),
    }
}

/// What nothing in a column means.
pub fn default(column: &Column) -> Value {
    match column.default {
        _ if column.empty_keeps => Value::Null,
        // A default that is none is found by the tests of [`super::kinds`].
        Some(text) => value::read(&Cell::text(text), &column.of, DecimalSign::Point).unwrap_or(Value::Null),
        None => Value::Null,
    }
}

/// A value as written.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(value) => value.to_string(),
    }
}
