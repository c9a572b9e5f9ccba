//! Excel workbooks: a sheet per kind. What they inflate to is bounded before they are parsed, and
//! cells are taken one by one: a cell far out in an empty sheet costs nothing.

use std::io::{Cursor, Read};
use std::panic::catch_unwind;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::kinds;
use super::number::DecimalSign;
use super::table::{CELL_BYTES_MAX, COLUMNS_MAX, Cell, Line, Native, ROWS_MAX, Sheet, Unreadable, sheet};

/// What a workbook may inflate to.
const INFLATED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// The sheet with explanations; it is not read.
pub const NOTES: &str = "notes";

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads every sheet of a workbook. The arithmetic of the parser stops on row numbers beyond Excel's:
/// that is the file's fault and nobody else's.
pub fn read(place: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    catch_unwind(|| parsed(place, bytes))
        .unwrap_or_else(|_| Err(Unreadable::whole(place, "it is damaged: save it anew with Excel")))
}

fn parsed(place: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Unreadable::whole(place, format!("it is not readable as an Excel workbook (.xlsx): {error}"))
    };
    let inflated = inflated(bytes).map_err(|error| unreadable(&error))?;
    if inflated > INFLATED_BYTES_MAX {
        return Err(Unreadable::whole(place, "it inflates to more than 512 MiB: split it"));
    }
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        if name.trim().eq_ignore_ascii_case(NOTES) {
            continue;
        }
        let place = format!("{place}, sheet {name}");
        let lines = lines(&mut book, &place, &name)?;
        if lines.iter().all(|line| line.cells.iter().all(Cell::is_empty)) {
            continue;
        }
        let Some(kind) = kinds::named(&name) else {
            let says = format!("there is no kind of that name; expected one of {}, or notes", kinds::names());
            return Err(Unreadable::whole(&place, says));
        };
        sheets.extend(sheet(&place, kind, lines, DecimalSign::Unsettled));
    }
    Ok(sheets)
}

/// What the archive really holds, whatever it says of itself.
fn inflated(bytes: &[u8]) -> Result<u64, zip::result::ZipError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut total = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?.take(INFLATED_BYTES_MAX + 1 - total);
        total += std::io::copy(&mut entry, &mut std::io::sink())?;
        if total > INFLATED_BYTES_MAX {
            break;
        }
    }
    Ok(total)
}

fn lines(book: &mut Book<'_>, place: &str, name: &str) -> Result<Vec<Line>, Unreadable> {
    let unreadable = |error| Unreadable::whole(place, format!("it is not readable: {error}"));
    let mut reader = book.worksheet_cells_reader(name).map_err(unreadable)?;
    let mut lines: Vec<Line> = Vec::new();
    while let Some(found) = reader.next_cell().map_err(unreadable)? {
        let (row, column) = found.get_position();
        let number = row.saturating_add(1);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let cell = cell(place, number, found.get_value())?;
        if cell.is_empty() {
            continue;
        }
        if column >= COLUMNS_MAX {
            return Err(Unreadable::at(place, number, format!("more than {COLUMNS_MAX} columns")));
        }
        if lines.last().is_none_or(|line| line.number != number) {
            if lines.len() > ROWS_MAX {
                return Err(Unreadable::at(place, number, format!("more than {ROWS_MAX} rows: split it")));
            }
            if lines.last().is_some_and(|line| line.number > number) {
                return Err(Unreadable::at(
                    place,
                    number,
                    "its rows are not in order: save it anew with Excel",
                ));
            }
            lines.push(Line { number, cells: Vec::new() });
        }
        if let Some(line) = lines.last_mut() {
            if line.cells.len() <= column {
                line.cells.resize(column + 1, Cell::default());
            }
            line.cells[column] = cell;
        }
    }
    Ok(lines)
}

fn cell(place: &str, number: u32, value: &DataRef<'_>) -> Result<Cell, Unreadable> {
    let says = |says: String| Unreadable::at(place, number, says);
    let text = match value {
        DataRef::Empty => return Ok(Cell::default()),
        DataRef::Int(number) => return Ok(Cell { text: number.to_string(), native: Native::Number }),
        DataRef::Float(float) => return Ok(Cell { text: plain(*float), native: Native::Number }),
        DataRef::Bool(true) => "yes",
        DataRef::Bool(false) => "no",
        DataRef::DateTime(moment) => return Ok(Cell { text: date(moment), native: Native::Date }),
        DataRef::Error(error) => return Err(says(format!("a cell holds the error {error}"))),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        DataRef::SharedString(text) => text,
    };
    if text.len() > CELL_BYTES_MAX {
        return Err(says(format!("a cell of more than {CELL_BYTES_MAX} bytes")));
    }
    Ok(Cell::text(text))
}

/// With the 15 digits that Excel shows: what is behind them are errors of binary arithmetic.
fn plain(float: f64) -> String {
    Decimal::from_f64(float).map_or_else(|| float.to_string(), |number| number.normalize().to_string())
}

/// A time, a day, or both: a day at midnight is a day.
fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let day = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let at = day.and_then(|day| day.and_hms_opt(hour.into(), minute.into(), second.into()));
    let round = TimeDelta::seconds(i64::from(milli >= 500));
    let Some(at) = at.and_then(|at: NaiveDateTime| at.checked_add_signed(round)) else {
        return moment.as_f64().to_string();
    };
    let time = if at.second() == 0 { at.format("%H:%M") } else { at.format("%H:%M:%S") };
    match (moment.as_f64() < 1.0, at.num_seconds_from_midnight()) {
        (true, _) => time.to_string(),
        (false, 0) => at.format("%Y-%m-%d").to_string(),
        (false, _) => format!("{}T{time}", at.format("%Y-%m-%d")),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;
    use proptest::prelude::*;
    use rust_xlsxwriter::{ExcelDateTime as Written, Format, Workbook};

    use super::*;

    fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(book.add_worksheet().set_name("plants").unwrap());
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn native_cells_become_the_notation_of_files() {
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let bytes = book(|sheet| {
            sheet.write(0, 0, "code").unwrap();
            sheet.write(2, 0, 4471).unwrap().write(2, 1, 24.97).unwrap().write(2, 2, true).unwrap();
            sheet.write(2, 3, 0.1 + 0.2).unwrap();
            let day = Written::from_ymd(2026, 11, 30).unwrap();
            sheet.write_with_format(2, 4, &day, &date).unwrap();
            sheet.write_with_format(2, 5, day.and_hms(14, 20, 0).unwrap(), &date).unwrap();
            sheet.write_with_format(2, 6, Written::from_hms(6, 0, 0).unwrap(), &date).unwrap();
        });
        let sheets = read("plant.xlsx", &bytes).unwrap();
        assert_eq!((sheets[0].place.as_str(), sheets[0].lines[0].number), ("plant.xlsx, sheet plants", 3));
        let texts: Vec<&str> = sheets[0].lines[0].cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["4471", "24.97", "yes", "0.3", "2026-11-30", "2026-11-30T14:20", "06:00"]);
    }

    #[test]
    fn every_minute_of_a_day_survives() {
        for minute in 0..1440 {
            let value = 46_000.0 + f64::from(minute) / 1440.0;
            let text = super::date(&ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false));
            let wanted = format!("T{:02}:{:02}", minute / 60, minute % 60);
            assert!(minute == 0 || text.ends_with(&wanted), "{minute}: {text}");
        }
    }

    #[test]
    fn a_sheet_of_no_kind_is_refused_unless_it_is_empty() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Tabelle1").unwrap();
        assert!(read("x.xlsx", &book.save_to_buffer().unwrap()).unwrap().is_empty());
        book.worksheet_from_index(0).unwrap().write(0, 0, "code").unwrap();
        let refused = read("x.xlsx", &book.save_to_buffer().unwrap()).err().unwrap();
        assert_eq!(refused.place, "x.xlsx, sheet Tabelle1");
        assert!(refused.says.contains("expected one of plants, "), "{}", refused.says);
    }

    /// The workbook with another content of its sheet.
    fn with_sheet(xml: &str) -> Vec<u8> {
        let bytes = book(|sheet| {
            sheet.write(0, 0, "code").unwrap();
        });
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            if name.ends_with("sheet1.xml") {
                std::io::Write::write_all(&mut writer, xml.as_bytes()).unwrap();
            } else {
                std::io::copy(&mut entry, &mut writer).unwrap();
            }
        }
        writer.finish().unwrap().into_inner()
    }

    /// What a sheet may be made of, in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("<dimension ref=\"A1:XFD1048576\"/>".to_owned()),
            "<row( r=\"[0-9]{1,12}\")?>",
            "<c( r=\"[A-Z]{0,4}[0-9]{0,12}\")?( s=\"[0-9]{1,9}\")?( t=\"(s|b|e|n|d|str|inlineStr|x)\")?>",
            "<v>(-?[0-9]{0,25}(\\.[0-9]{1,5})?(e[0-9]{1,4})?|[a-z]{0,4})</v>",
            Just("<is><t>text</t></is>".to_owned()),
            Just("<f t=\"shared\" si=\"99999999\">A1</f>".to_owned()),
            Just("</c>".to_owned()),
            Just("</row>".to_owned()),
            Just("</sheetData>".to_owned()),
            "[<>&\"'a-z]{0,5}",
        ];
        proptest::collection::vec(piece, 0..30)
            .prop_map(|pieces| format!("<worksheet><sheetData>{}", pieces.concat()))
    }

    #[test]
    fn a_cell_far_out_costs_nothing() {
        let far =
            "<worksheet><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData></worksheet>";
        assert!(read("x.xlsx", &with_sheet(far)).unwrap().is_empty());
        let far = far.replace("\"/></row>", "\"><v>1</v></c></row>");
        let refused = read("x.xlsx", &with_sheet(&far)).err().unwrap();
        assert_eq!((refused.line, refused.says.as_str()), (Some(1_048_576), "more than 200 columns"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(read("x.xlsx", &bytes).is_err());
        }

        #[test]
        fn no_sheet_makes_it_panic(xml in pieces()) {
            let _ = read("x.xlsx", &with_sheet(&xml));
        }

        #[test]
        fn no_damaged_workbook_makes_it_panic(at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<bool>()) {
            let mut bytes = book(|sheet| {
                sheet.write(0, 0, "code").unwrap();
                sheet.write(1, 0, 1.5).unwrap();
            });
            let at = at.index(bytes.len());
            bytes[at] = to;
            bytes.truncate(if cut { at } else { bytes.len() });
            let _ = read("x.xlsx", &bytes);
        }
    }
}
