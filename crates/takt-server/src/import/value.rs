//! What a cell means: text to the value that the database gets, or what was expected instead.

use argon2::password_hash::phc::PasswordHash;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use takt_scan::meaning::{Meaning, meaning_of};

use super::kind::{Least, Numeric, Type};
use super::number::{self, DecimalSign, Refused};
use super::table::{Cell, Native};

/// Characters of a cell that a message repeats.
const SHOWN_MAX: usize = 40;
/// Characters of a code at most.
const CODE_MAX: usize = 50;

/// The value of a cell that is not empty. Codes of other rows stay codes, moments without an offset
/// stay local, a badge and a PIN stay what they are: [`super::resolve`] goes on with them.
pub fn read(cell: &Cell, of: &Type, sign: DecimalSign) -> Result<Value, String> {
    let text = cell.text.as_str();
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err("it holds a control character".to_owned());
    }
    if cell.native == Native::Date && !matches!(of, Type::Date | Type::Time | Type::Moment { .. }) {
        return Err(format!(
            "Excel has made a date of it ({text}): set the column to Text and type it again; expected {}",
            expected(of)
        ));
    }
    let sign = if cell.native == Native::Number { DecimalSign::Point } else { sign };
    let unexpected = || format!("{} is not {}", shown(text), expected(of));
    match of {
        Type::Code | Type::Refers(_) if !is_reference(text, of) => Err(unexpected()),
        Type::Code | Type::Refers(_) => Ok(json!(text)),
        Type::Text(most) => within(text, *most),
        Type::Integer(least, most) => {
            let number = text.parse::<i64>().ok().filter(|number| (*least..=*most).contains(number));
            number.map(|number| json!(number)).ok_or_else(unexpected)
        }
        Type::Decimal(numeric) => decimal(text, numeric, sign),
        Type::Date => date(text).map(|date| json!(date)).ok_or_else(unexpected),
        Type::Time => time(text).map(|time| json!(time)).ok_or_else(unexpected),
        Type::Moment { ends } => moment(text, *ends).map(|at| json!(at)).ok_or_else(unexpected),
        Type::YesNo => yes_no(text).map(|yes| json!(yes)).ok_or_else(unexpected),
        Type::Choice(words) if words.contains(&text) => Ok(json!(text)),
        Type::Zone if text.parse::<chrono_tz::Tz>().is_ok() => Ok(json!(text)),
        Type::Locale if is_locale(text) => Ok(json!(text)),
        Type::Gtin if matches!(text.len(), 8 | 12..=14) && digits(text) => Ok(json!(text)),
        Type::Choice(_) | Type::Zone | Type::Locale | Type::Gtin => Err(unexpected()),
        Type::Days => days(text).map(|days| json!(days)).ok_or_else(unexpected),
        Type::Breaks => breaks(text).ok_or_else(unexpected),
        Type::Words(most) => words(text, *most),
        Type::Badge => {
            badge(text).map(|badge| json!(badge)).ok_or_else(|| format!("it is not {}", expected(of)))
        }
        Type::Pin => {
            let taken = is_pin(text) || is_pin_hash(text);
            taken.then(|| json!(text)).ok_or_else(|| format!("it is not {}", expected(of)))
        }
        Type::ReferAll(_) => {
            let codes: Vec<&str> =
                text.split([' ', ',', ';', '|', '\n']).filter(|code| !code.is_empty()).collect();
            let wrong = codes.iter().find(|code| !is_code(code));
            wrong.map_or(Ok(json!(codes)), |code| {
                Err(format!("{} is not {}", shown(code), expected(&Type::Code)))
            })
        }
    }
}

/// What a cell is expected to hold, for templates and messages.
pub fn expected(of: &Type) -> String {
    match of {
        Type::Code => "a code: 1 to 50 of A-Z, 0-9 and . _ / -, starting with a letter or digit".to_owned(),
        Type::Text(most) => format!("text of at most {most} characters"),
        Type::Integer(least, most) => format!("a whole number from {least} to {most}"),
        Type::Decimal(numeric) => expected_number(numeric),
        Type::Date => "a date as year-month-day, e.g. 2026-11-30".to_owned(),
        Type::Time => "a time as hours:minutes, e.g. 06:00".to_owned(),
        Type::Moment { ends } => format!(
            "a date and time in the plant's zone, e.g. 2026-11-30T06:00, or with an offset, e.g. \
             2026-11-30T06:00+01:00; a date alone is {}",
            if *ends { "its end" } else { "its beginning" }
        ),
        Type::YesNo => "yes or no".to_owned(),
        Type::Choice(words) => format!("one of {}", words.join(", ")),
        Type::Zone => "an IANA time zone, e.g. Europe/Berlin".to_owned(),
        Type::Locale => "a language, e.g. en, de or pt-BR".to_owned(),
        Type::Gtin => "a GTIN of 8, 12, 13 or 14 digits".to_owned(),
        Type::Days => "days as digits, 1 = Monday … 7 = Sunday, e.g. 12345".to_owned(),
        Type::Breaks => "breaks as start-end, divided by blanks, e.g. 09:00-09:15 12:00-12:30".to_owned(),
        Type::Words(most) => format!("words of at most {most} characters, divided by |"),
        Type::Badge => "the content of a badge: BG: and at most 100 characters".to_owned(),
        Type::Pin => "a PIN of 4 to 6 digits, or its argon2id hash ($argon2id$…)".to_owned(),
        Type::Refers(to) if to.is_number => format!("the number of {}", article(to.one)),
        Type::Refers(to) if to.table == "units_of_measure" => {
            "the code of a unit, e.g. PCS, kg or mm".to_owned()
        }
        Type::Refers(to) if to.table == "users" => "the employee number of a person".to_owned(),
        Type::Refers(to) => format!("the code of {}", article(to.one)),
        Type::ReferAll(to) => format!("codes, each of {}, divided by blanks", article(to.one)),
    }
}

/// `a plant`, `an operation`.
pub fn article(one: &str) -> String {
    format!("{} {one}", if one.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" })
}

/// A text as a message repeats it.
pub fn shown(text: &str) -> String {
    let short: String = text.chars().take(SHOWN_MAX).collect();
    if short.len() < text.len() { format!("{short:?}…") } else { format!("{short:?}") }
}

fn expected_number(numeric: &Numeric) -> String {
    let range = match (numeric.least, numeric.most) {
        (Least::Any, _) => String::new(),
        (Least::Zero, None) => ", not below 0".to_owned(),
        (Least::AboveZero, None) => ", above 0".to_owned(),
        (Least::One, None) => ", not below 1".to_owned(),
        (least, Some(most)) => format!(", from {} to {most}", i32::from(least == Least::One)),
    };
    format!("a number like 1234.5 with at most {} digits after the point{range}", numeric.scale)
}

fn decimal(text: &str, numeric: &Numeric, sign: DecimalSign) -> Result<Value, String> {
    let unexpected = || format!("{} is not {}", shown(text), expected_number(numeric));
    let number = number::read(text, sign).map_err(|refused| match refused {
        Refused::NotANumber => unexpected(),
        Refused::Ambiguous(one, other) => {
            format!(
                "{} may be {one} or {other}: expected one of these, as nothing in the sheet settles it",
                shown(text)
            )
        }
    })?;
    let number = number.normalize();
    let low = match numeric.least {
        Least::Any => false,
        Least::Zero => number < Decimal::ZERO,
        Least::AboveZero => number <= Decimal::ZERO,
        Least::One => number < Decimal::ONE,
    };
    let high = numeric.most.is_some_and(|most| number > Decimal::from(most))
        || number.abs() >= Decimal::from(10_u64.pow(numeric.whole));
    if low || high || number.scale() > numeric.scale {
        return Err(unexpected());
    }
    Ok(json!(number.to_string()))
}

fn within(text: &str, most: usize) -> Result<Value, String> {
    match text.chars().count() {
        count if count > most => Err(format!("it has {count} characters, at most {most} are kept")),
        _ => Ok(json!(text)),
    }
}

fn is_code(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "._/-".contains(c);
    text.len() <= CODE_MAX
        && text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
        && text.chars().all(allowed)
}

/// Units and employee numbers are no business codes; operations are numbers.
fn is_reference(text: &str, of: &Type) -> bool {
    match of {
        Type::Refers(to) if to.is_number => text.parse::<i32>().is_ok_and(|number| number > 0),
        Type::Refers(to) if matches!(to.table, "units_of_measure" | "users") => {
            text.chars().count() <= CODE_MAX
        }
        _ => is_code(text),
    }
}

fn date(text: &str) -> Option<String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let same = date.format("%Y-%m-%d").to_string();
    (same == text).then_some(same)
}

fn time(text: &str) -> Option<String> {
    let time =
        NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    time.ok().map(|time| time.format("%H:%M:%S").to_string())
}

/// With an offset as an instant, without one as local time.
fn moment(text: &str, ends: bool) -> Option<String> {
    if let Ok(at) =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"))
    {
        return Some(at.to_rfc3339());
    }
    let local = |at: NaiveDateTime| Some(at.format("%Y-%m-%dT%H:%M:%S").to_string());
    if date(text).is_some() {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        let day = if ends { day.succ_opt()? } else { day };
        return local(day.and_time(NaiveTime::MIN));
    }
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    let at = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    date(text.get(..10)?).and_then(|_| local(at))
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "ja" | "y" | "x" => Some(true),
        "no" | "false" | "0" | "nein" | "n" => Some(false),
        _ => None,
    }
}

fn is_locale(text: &str) -> bool {
    let (language, region) = text.split_once('-').map_or((text, None), |(a, b)| (a, Some(b)));
    let lower = |text: &str| text.chars().all(|c| c.is_ascii_lowercase());
    (2..=3).contains(&language.len())
        && lower(language)
        && region.is_none_or(|it| it.len() == 2 && it.chars().all(|c| c.is_ascii_uppercase()))
}

fn days(text: &str) -> Option<Vec<u32>> {
    let mut days: Vec<u32> = Vec::new();
    for letter in text.chars().filter(|c| !matches!(c, ' ' | ',' | ';')) {
        days.push(letter.to_digit(10).filter(|day| (1..=7).contains(day))?);
    }
    let count = days.len();
    days.sort_unstable();
    days.dedup();
    (count > 0 && days.len() == count).then_some(days)
}

fn breaks(text: &str) -> Option<Value> {
    let one = |span: &str| {
        let (start, end) = span.split_once('-')?;
        let short = |text: &str| time(text).map(|time| time.get(..5).unwrap_or_default().to_owned());
        let (start, end) = (short(start)?, short(end)?);
        (start != end).then(|| json!({"start": start, "end": end}))
    };
    let spans = text.split([' ', ',', ';']).filter(|span| !span.is_empty());
    spans.map(one).collect::<Option<Vec<Value>>>().map(Value::Array)
}

fn words(text: &str, most: usize) -> Result<Value, String> {
    let words: Vec<&str> = text.split('|').map(str::trim).filter(|word| !word.is_empty()).collect();
    match words.iter().find(|word| word.chars().count() > most) {
        Some(word) => Err(format!("{} has more than {most} characters", shown(word))),
        None => Ok(json!(words)),
    }
}

/// What is hashed when the badge is scanned: the content without its prefix.
fn badge(text: &str) -> Option<String> {
    let content = text.strip_prefix("BG:").unwrap_or(text);
    match meaning_of(&format!("BG:{content}"), "") {
        Ok(Meaning::Badge(badge)) => Some(badge.expose().to_owned()),
        _ => None,
    }
}

fn is_pin(text: &str) -> bool {
    (4..=6).contains(&text.len()) && digits(text)
}

/// Whether it is a hash rather than a PIN, of a cost that a terminal can pay.
pub fn is_pin_hash(text: &str) -> bool {
    let Ok(hash) = PasswordHash::new(text) else { return false };
    let cost = |name| hash.params.get_decimal(name).unwrap_or(u32::MAX);
    hash.algorithm.as_str() == "argon2id"
        && hash.salt.is_some()
        && hash.hash.is_some()
        && cost("m") <= 65_536
        && cost("t") <= 10
        && cost("p") <= 4
        && text.len() <= 255
}

fn digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::kind::{QUANTITY, SHARE};
    use super::super::kinds::KINDS;
    use super::*;

    fn taken(of: Type, text: &str) -> Value {
        read(&Cell::text(text), &of, DecimalSign::Point).unwrap()
    }

    fn refused(of: Type, text: &str) -> String {
        read(&Cell::text(text), &of, DecimalSign::Point).unwrap_err()
    }

    #[test]
    fn a_refusal_says_what_was_expected() {
        assert_eq!(
            refused(Type::Code, "mill 3"),
            "\"mill 3\" is not a code: 1 to 50 of A-Z, 0-9 and . _ / -, starting with a letter or digit"
        );
        assert_eq!(
            refused(Type::Date, "30.11.2026"),
            "\"30.11.2026\" is not a date as year-month-day, e.g. 2026-11-30"
        );
        assert_eq!(refused(Type::Choice(&["A", "B"]), "C"), "\"C\" is not one of A, B");
        assert_eq!(
            refused(SHARE, "1.5"),
            "\"1.5\" is not a number like 1234.5 with at most 6 digits after the point, from 0 to 1"
        );
        assert_eq!(refused(Type::Text(3), "four"), "it has 4 characters, at most 3 are kept");
        assert_eq!(
            refused(Type::Zone, "Europe/Bonn"),
            "\"Europe/Bonn\" is not an IANA time zone, e.g. Europe/Berlin"
        );
        assert_eq!(
            refused(QUANTITY, "1,234"),
            "\"1,234\" may be 1,2340 or 1234: expected one of these, as nothing in the sheet settles it"
        );
    }

    #[test]
    fn secrets_are_never_repeated() {
        for (of, text) in [(Type::Pin, "12345678"), (Type::Pin, "secret"), (Type::Badge, "ä\u{7f}7K2Q")] {
            let says = refused(of, text);
            assert!(!says.contains(text), "{says}");
        }
        assert_eq!(taken(Type::Badge, "BG:7K2Q-9XMD"), taken(Type::Badge, "7K2Q-9XMD"));
    }

    #[test]
    fn days_dates_and_times_are_exact() {
        assert_eq!(taken(Type::Days, "5 4 3,2;1"), json!([1, 2, 3, 4, 5]));
        assert_eq!(
            taken(Type::Breaks, "09:00-09:15 12:00-12:30")[1],
            json!({"start": "12:00", "end": "12:30"})
        );
        assert_eq!(taken(Type::Moment { ends: false }, "2026-11-30"), json!("2026-11-30T00:00:00"));
        assert_eq!(taken(Type::Moment { ends: true }, "2026-11-30"), json!("2026-12-01T00:00:00"));
        assert_eq!(taken(Type::Moment { ends: true }, "2026-11-30 14:20"), json!("2026-11-30T14:20:00"));
        assert_eq!(
            taken(Type::Moment { ends: true }, "2026-11-30T06:00+01:00"),
            json!("2026-11-30T06:00:00+01:00")
        );
        for (of, text) in [
            (Type::Days, "8"),
            (Type::Days, "11"),
            (Type::Date, "2026-02-30"),
            (Type::Date, "2026-2-3"),
            (Type::Time, "24:00"),
            (Type::Moment { ends: false }, "30.11.2026 06:00"),
            (Type::Breaks, "09:00"),
        ] {
            refused(of, text);
        }
    }

    #[test]
    fn what_excel_made_a_date_of_is_not_taken_for_a_code() {
        let cell = Cell { text: "2026-02-01".to_owned(), native: Native::Date };
        assert!(
            read(&cell, &Type::Code, DecimalSign::Point)
                .unwrap_err()
                .starts_with("Excel has made a date of it")
        );
        assert!(read(&cell, &Type::Date, DecimalSign::Point).is_ok());
    }

    #[test]
    fn every_example_and_default_is_one() {
        for column in KINDS.iter().flat_map(|kind| kind.columns) {
            for text in [column.example, column.default.unwrap_or_default()] {
                if !text.is_empty() {
                    taken(column.of, text);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(text in "\\PC{0,60}") {
            for column in KINDS.iter().flat_map(|kind| kind.columns) {
                let _ = read(&Cell::text(&text), &column.of, DecimalSign::Unsettled);
            }
        }
    }
}
