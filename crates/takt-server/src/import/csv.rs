//! CSV files: which bytes are letters, which letter divides cells, and the lines that come of it.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::kind::Kind;
use super::number::DecimalSign;
use super::table::{CELL_BYTES_MAX, COLUMNS_MAX, Cell, Line, ROWS_MAX, Sheet, Unreadable, sheet};

/// Reads a file of a kind; none where it is empty.
pub fn read(place: &str, kind: &'static Kind, bytes: &[u8]) -> Result<Option<Sheet>, Unreadable> {
    let (text, notice) = decoded(place, bytes)?;
    let (delimiter, text, skipped) = delimiter(&text);
    let lines = lines(place, text, delimiter, skipped)?;
    // Where commas divide cells, a point is the decimal sign.
    let sign = if delimiter == b',' { DecimalSign::Point } else { DecimalSign::Unsettled };
    let mut found = sheet(place, kind, lines, sign);
    if let Some(sheet) = &mut found {
        sheet.notices.extend(notice);
    }
    Ok(found)
}

fn decoded<'a>(place: &str, bytes: &'a [u8]) -> Result<(Cow<'a, str>, Option<String>), Unreadable> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = bytes.get(mark..).unwrap_or_default();
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(body) {
        return Ok((text, None));
    }
    if mark > 0 || body.contains(&0) {
        let says = format!("it is not readable as {}: save it as CSV UTF-8", encoding.name());
        return Err(Unreadable::whole(place, says));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(body);
    let notice = "it is not UTF-8 and was read as Windows-1252: look at its umlauts, or save it as CSV UTF-8";
    Ok((text, Some(notice.to_owned())))
}

/// What divides cells, the text from its header on, and how many lines were skipped before that.
fn delimiter(text: &str) -> (u8, &str, u32) {
    // Excel's own way to say it: a first line `sep=;`.
    if let Some(rest) = text.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")).and(text.get(4..))
        && let (Some(first), Some(end)) = (rest.bytes().next().filter(u8::is_ascii), rest.find('\n'))
    {
        return (first, rest.get(end + 1..).unwrap_or_default(), 1);
    }
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        for (_, count) in counts.iter_mut().filter(|(delimiter, _)| !quoted && *delimiter == byte) {
            *count += 1;
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0);
    (most.map_or(b',', |(delimiter, _)| *delimiter), text, 0)
}

fn lines(place: &str, text: &str, delimiter: u8, skipped: u32) -> Result<Vec<Line>, Unreadable> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut record = ByteRecord::new();
    let (mut number, mut counted) = (skipped.saturating_add(1), 0);
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(lines),
            Err(error) => {
                return Err(Unreadable::whole(place, format!("it is not readable as CSV: {error}")));
            }
        }
        let at = record.position().and_then(|it| usize::try_from(it.byte()).ok()).unwrap_or(counted);
        let begins = begin(text, at);
        number = number.saturating_add(line_ends(text.get(counted..begins).unwrap_or_default()));
        counted = begins;
        if lines.len() > ROWS_MAX {
            return Err(Unreadable::at(place, number, format!("more than {ROWS_MAX} rows: split the file")));
        }
        lines.push(Line { number, cells: cells(place, number, &record)? });
    }
}

/// Where a record begins: its reader counts the empty lines before it to it.
fn begin(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(['\r', '\n']).len())
}

fn line_ends(text: &str) -> u32 {
    let ends = text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

fn cells(place: &str, number: u32, record: &ByteRecord) -> Result<Vec<Cell>, Unreadable> {
    if record.len() > COLUMNS_MAX {
        return Err(Unreadable::at(place, number, format!("more than {COLUMNS_MAX} columns")));
    }
    let cell = |bytes: &[u8]| {
        if bytes.len() > CELL_BYTES_MAX {
            let says =
                format!("a cell of more than {CELL_BYTES_MAX} bytes: is a quotation mark never closed?");
            return Err(Unreadable::at(place, number, says));
        }
        Ok(Cell::text(&String::from_utf8_lossy(bytes)))
    };
    record.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::kinds;
    use super::*;

    fn kind() -> &'static Kind {
        kinds::named("plants").unwrap()
    }

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = read("plants.csv", kind(), bytes).unwrap().unwrap();
        let text = |cells: &[Cell]| cells.iter().map(|cell| cell.text.clone()).collect();
        let lines = sheet.lines.iter().map(|line| text(&line.cells));
        std::iter::once(text(&sheet.header)).chain(lines).collect()
    }

    #[test]
    fn every_usual_way_to_save_a_csv_is_read_alike() {
        let wanted = vec![vec!["code", "name"], vec!["B", "Werk, Köln; Süd"]];
        for bytes in [
            "code,name\nB,\"Werk, Köln; Süd\"\n".as_bytes().to_vec(),
            "\u{feff}code;name\r\nB;\"Werk, Köln; Süd\"\r\n".as_bytes().to_vec(),
            "code\tname\nB\tWerk, Köln; Süd".as_bytes().to_vec(),
            "sep=;\r\ncode;name\r\n\r\n B ;\"Werk, Köln; Süd\"".as_bytes().to_vec(),
            "\u{feff}code\tname\r\nB\tWerk, Köln; Süd".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            b"code;name\nB;\"Werk, K\xf6ln; S\xfcd\"".to_vec(),
        ] {
            assert_eq!(texts(&bytes), wanted, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn lines_are_numbered_as_an_editor_shows_them() {
        let text = "sep=,\ncode,name\n\nA,\"two\nlines\"\nB,x\n";
        let sheet = read("plants.csv", kind(), text.as_bytes()).unwrap().unwrap();
        assert_eq!(sheet.header_line, 2);
        assert_eq!(sheet.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [4, 6]);
    }

    #[test]
    fn a_guessed_encoding_is_told_and_a_wrong_one_refused() {
        let sheet = read("plants.csv", kind(), b"code\nK\xf6ln").unwrap().unwrap();
        assert!(sheet.notices[0].contains("Windows-1252"), "{:?}", sheet.notices);
        let refused = read("plants.csv", kind(), b"\xff\xfec\0o\0\x00\xd8").err().unwrap();
        assert!(refused.says.contains("UTF-16LE"), "{}", refused.says);
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_found() {
        let text = format!("code,name\nA,\"open\n{}", "B,x\n".repeat(20_000));
        let refused = read("plants.csv", kind(), text.as_bytes()).err().unwrap();
        assert_eq!(refused.line, Some(2));
        assert!(refused.says.contains("quotation mark"), "{}", refused.says);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read("plants.csv", kind(), &bytes);
        }

        #[test]
        fn no_text_makes_it_panic(text in "(sep=)?[\"',;\t\r\na-zÄ€ 0-9.]{0,200}") {
            let _ = read("plants.csv", kind(), text.as_bytes());
        }
    }
}
