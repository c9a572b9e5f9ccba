//! `takt-server import --template`: empty files to fill, and what goes into them.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use rust_xlsxwriter::{DataValidation, Format, Workbook, Worksheet, XlsxError};

use super::kind::{Column, Kind, Need, Type};
use super::kinds::KINDS;
use super::value;
use super::xlsx::NOTES;

/// Name of the workbook.
pub const WORKBOOK: &str = "takt-import.xlsx";
/// Rows of a sheet that are prepared for typing.
const PREPARED_ROWS: u32 = 10_000;

/// Writes them into a folder; files that are there stay, and are an error.
pub fn write(folder: &Path) -> anyhow::Result<Vec<String>> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut files: Vec<(String, Vec<u8>)> =
        KINDS.iter().map(|kind| (format!("{}.csv", kind.name), csv(kind, &[]).into_bytes())).collect();
    files.push((WORKBOOK.to_owned(), workbook(&[])?));
    for (name, _) in &files {
        anyhow::ensure!(
            !folder.join(name).exists(),
            "{} is there already: name another folder",
            folder.join(name).display()
        );
    }
    for (name, bytes) in &files {
        let file = OpenOptions::new().write(true).create_new(true).open(folder.join(name));
        file.and_then(|mut file| file.write_all(bytes)).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// The examples of a kind, as rows.
pub fn examples(kind: &Kind) -> Vec<Vec<String>> {
    let first: Vec<String> = kind.columns.iter().map(|column| column.example.to_owned()).collect();
    if kind.second_example.is_empty() {
        return vec![first];
    }
    let other = |column: &Column| kind.second_example.iter().find(|(name, _)| *name == column.name);
    let second =
        kind.columns.iter().map(|column| other(column).map_or(column.example, |(_, cell)| cell).to_owned());
    vec![first, second.collect()]
}

/// A CSV file of a kind with these rows, marked as UTF-8 for Excel.
pub fn csv(kind: &Kind, rows: &[Vec<String>]) -> String {
    let header: Vec<String> = kind.columns.iter().map(|column| column.name.to_owned()).collect();
    let line = |cells: &Vec<String>| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = std::iter::once(&header).chain(rows).map(line).collect();
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r', ';', '\t']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

/// The workbook with all sheets, these rows in them, and the notes.
pub fn workbook(rows: &[(&str, Vec<Vec<String>>)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    notes(book.add_worksheet())?;
    for kind in KINDS {
        let rows = rows.iter().find(|(name, _)| *name == kind.name).map_or(&[][..], |(_, rows)| rows);
        sheet(book.add_worksheet(), kind, rows)?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, kind: &Kind, rows: &[Vec<String>]) -> Result<(), XlsxError> {
    sheet.set_name(kind.name)?.set_freeze_panes(1, 0)?;
    let (text, head) = (Format::new().set_num_format("@"), Format::new().set_bold());
    for (at, column) in (0_u16..).zip(kind.columns) {
        sheet.set_column_width(at, 18)?;
        if is_text(column) {
            sheet.set_column_format(at, &text)?;
        }
        sheet.write_string_with_format(0, at, column.name, &head)?;
        if let Some(words) = choice(column) {
            sheet.add_data_validation(
                1,
                at,
                PREPARED_ROWS,
                at,
                &DataValidation::new().allow_list_strings(words)?,
            )?;
        }
    }
    for (line, cells) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(line, at, cell, &text)?;
        }
    }
    Ok(())
}

/// Whether Excel shall leave a cell as it is typed: it makes numbers of codes, and dates of some. Numbers
/// and dates it shall understand: then no sign is ambiguous.
fn is_text(column: &Column) -> bool {
    !matches!(
        column.of,
        Type::Integer(..) | Type::Decimal(_) | Type::Date | Type::Time | Type::Moment { .. } | Type::YesNo
    )
}

/// What Excel offers to choose from; it takes lists of at most 255 characters.
fn choice(column: &Column) -> Option<&'static [&'static str]> {
    match column.of {
        Type::YesNo => Some(&["yes", "no"]),
        Type::Choice(words) if words.iter().map(|word| word.len() + 1).sum::<usize>() <= 255 => Some(words),
        _ => None,
    }
}

fn notes(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(NOTES)?.set_freeze_panes(1, 0)?;
    let (head, wrap) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let header = ["sheet", "column", "meaning", "type", "required", "if empty", "example"];
    for ((at, name), width) in (0_u16..).zip(header).zip([26, 22, 60, 60, 10, 22, 30]) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, name, &head)?;
    }
    let mut line = 1;
    for kind in KINDS {
        sheet.write_string_with_format(line, 0, kind.name, &head)?;
        sheet.write_string_with_format(line, 2, kind.meaning, &wrap)?;
        line += 1;
        for column in kind.columns {
            for (at, cell) in (0_u16..).zip(note(kind, column)) {
                sheet.write_string_with_format(line, at, cell, &wrap)?;
            }
            line += 1;
        }
    }
    Ok(())
}

fn note(kind: &Kind, column: &Column) -> [String; 7] {
    let required = match column.need {
        Need::Key | Need::Required => "yes",
        Need::Optional => "no",
    };
    let empty = match column.default {
        _ if column.empty_keeps => "stays as it is",
        Some(default) => default,
        None if column.need == Need::Optional => "nothing",
        None => "refused",
    };
    [kind.name, column.name, column.meaning, &value::expected(&column.of), required, empty, column.example]
        .map(str::to_owned)
}
