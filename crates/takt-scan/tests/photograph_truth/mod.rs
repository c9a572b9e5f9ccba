//! What is in the label photographs, and when a reading counts as it: presentation taken away, not content.
//!
//! The same rules as the reference scripts of the measurements: zero-padding of EAN/UPC, expansion of UPC-E,
//! start and stop letters of Codabar, brackets and separators of GS1, Code 39 pairs, line endings.

use std::collections::HashMap;
use takt_scan::Symbology;

/// One line of the manifest.
pub struct Photograph {
    pub file: String,
    pub symbology: String,
    pub expected: String,
    /// Other codes really in the picture: reading only these is a miss, not a misread.
    pub also: Vec<String>,
}

/// The manifest's lines.
pub fn manifest(text: &str) -> Vec<Photograph> {
    let mut records = csv_records(text).into_iter();
    let header = records.next().unwrap_or_default();
    let line = |record: Vec<String>| {
        let mut cells: HashMap<&str, String> = header.iter().map(String::as_str).zip(record).collect();
        let mut cell = |name| cells.remove(name).unwrap_or_default();
        let also = cell("also");
        Photograph {
            file: cell("file"),
            symbology: cell("symbology"),
            expected: cell("expected"),
            also: also.split('|').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        }
    };
    records.map(line).collect()
}

/// RFC 4180: quoted cells may hold commas, line ends and doubled quotes.
fn csv_records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) = (vec![], vec![], String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quoted) {
            ('"', true) if characters.next_if_eq(&'"').is_some() => cell.push('"'),
            ('"', _) => quoted = !quoted,
            (',', false) => record.push(std::mem::take(&mut cell)),
            ('\r', false) => {}
            ('\n', false) => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            _ => cell.push(character),
        }
    }
    records
}

/// Whether a reading is the truth.
pub fn same(symbology: &str, truth: &str, format: Option<Symbology>, text: &str) -> bool {
    let (a, b) = (canonical(symbology, truth, None), canonical(symbology, text, format));
    let code39 = symbology == "code39"
        && (a == code39_full(&b)
            || code39_full(&a) == b
            || (a.chars().count() == 17 && b == format!("I{a}")));
    a == b || code39
}

/// Right but for a guessed character set: neither correct nor misread.
pub fn same_but_charset(truth: &str, text: &str) -> bool {
    let key = |text: &str| text.chars().filter(|it| it.is_ascii() && !it.is_whitespace()).collect::<String>();
    !truth.is_ascii() && !key(truth).is_empty() && key(truth) == key(text)
}

fn canonical(symbology: &str, text: &str, format: Option<Symbology>) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{1d}', "");
    let text = text.trim_end();
    match symbology {
        "ean13" | "ean8" | "upca" | "upce" => retail_number(symbology, text, format),
        "databar_expanded" => text.replace(|it| "()[]{}".contains(it), ""),
        "databar" => {
            let text = text.replace(['(', ')'], "");
            text.strip_prefix("01").filter(|_| text.len() == 16).unwrap_or(&text).to_owned()
        }
        "codabar" => {
            let text = text.to_uppercase();
            let text = text.strip_prefix(|it| "ABCDTNE*".contains(it)).unwrap_or(&text);
            text.strip_suffix(|it| "ABCDTNE*".contains(it)).unwrap_or(text).to_owned()
        }
        "code39" => text.trim_matches('*').to_owned(),
        _ => text.to_owned(),
    }
}

fn retail_number(symbology: &str, text: &str, format: Option<Symbology>) -> String {
    let digits = text.replace(['-', ' '], "");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return text.to_owned();
    }
    let is_upce = symbology == "upce" && matches!(format, None | Some(Symbology::UpcE)) && digits.len() <= 8;
    let digits = if is_upce { upca_of_upce(&digits) } else { digits };
    match symbology {
        "ean8" => format!("{:0>8}", digits.trim_start_matches('0')),
        _ => format!("{digits:0>13}"),
    }
}

/// 6, 7 or 8 digits of UPC-E as the 12 of UPC-A.
fn upca_of_upce(digits: &str) -> String {
    let zero_or_one = digits.starts_with(['0', '1']);
    let whole = match digits.len() {
        6 => format!("0{digits}?"),
        7 if zero_or_one => format!("{digits}?"),
        7 => format!("0{digits}"),
        _ => digits.to_owned(),
    };
    if whole.len() != 8 || !whole.starts_with(['0', '1']) {
        return whole;
    }
    let (number, body, check) = (&whole[..1], &whole[1..7], &whole[7..]);
    let last = &body[5..];
    let payload = match last {
        "0" | "1" | "2" => format!("{number}{}{last}0000{}", &body[..2], &body[2..5]),
        "3" => format!("{number}{}00000{}", &body[..3], &body[3..5]),
        "4" => format!("{number}{}00000{}", &body[..4], &body[4..5]),
        _ => format!("{number}{}0000{last}", &body[..5]),
    };
    if check != "?" {
        return format!("{payload}{check}");
    }
    let weighted = |(n, digit): (usize, u8)| u32::from(digit - b'0') * if n % 2 == 0 { 3 } else { 1 };
    let sum: u32 = payload.bytes().enumerate().map(weighted).sum();
    format!("{payload}{}", (10 - sum % 10) % 10)
}

/// Pairs of Code 39 full ASCII as the characters they stand for.
fn code39_full(text: &str) -> String {
    let mut full = String::new();
    let mut characters = text.chars().peekable();
    while let Some(shift) = characters.next() {
        match characters.peek().and_then(|&letter| pair(shift, letter)) {
            Some(character) => {
                full.push(character);
                characters.next();
            }
            None => full.push(shift),
        }
    }
    full
}

fn pair(shift: char, letter: char) -> Option<char> {
    let at = u8::try_from(letter).ok()?.checked_sub(b'A').filter(|at| *at < 26)?;
    match (shift, at) {
        ('/', 0..=11) => Some(char::from(33 + at)),
        ('/', 14) => Some('/'),
        ('/', 25) => Some(':'),
        ('+', _) => Some(char::from(b'a' + at)),
        ('$', _) => Some(char::from(1 + at)),
        ('%', 0..=4) => Some(char::from(27 + at)),
        ('%', 5..=19) => ";<=>?[\\]^_{|}~\u{7f}".chars().nth(usize::from(at) - 5),
        ('%', 20) => Some('\0'),
        ('%', 21) => Some('@'),
        ('%', 22) => Some('`'),
        _ => None,
    }
}
