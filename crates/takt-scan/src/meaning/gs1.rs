//! GS1 element strings: application identifiers and their values (GS1 General Specifications, section 3).
//!
//! The identifiers a shop floor scans; the others are refused by name until the dictionary is whole.

use thiserror::Error;

/// What stands between an element of variable length and the next one: FNC1 as ASCII group separator.
pub const SEPARATOR: char = '\u{1d}';

/// One element: an application identifier with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The application identifier, two to four digits.
    pub ai: &'static str,
    /// Its value, checked for length, characters, check digit and calendar.
    pub value: String,
}

/// What is wrong with an element string.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Gs1Error {
    /// Nothing but separators.
    #[error("the element string is empty")]
    NoElements,
    /// It goes on with an identifier that does not exist or is not known here.
    #[error("no known application identifier at {at:?}")]
    UnknownIdentifier {
        /// The four characters, or fewer, where one was expected.
        at: String,
    },
    /// A value is too short, too long or empty.
    #[error("the value of ({ai}) has the wrong length")]
    Length {
        /// The identifier.
        ai: &'static str,
    },
    /// A value has a character it must not have.
    #[error("the value of ({ai}) has a forbidden character")]
    Character {
        /// The identifier.
        ai: &'static str,
    },
    /// The last digit does not follow from the others.
    #[error("the check digit of ({ai}) is wrong")]
    CheckDigit {
        /// The identifier.
        ai: &'static str,
    },
    /// No such month or day.
    #[error("({ai}) is no date")]
    Date {
        /// The identifier.
        ai: &'static str,
    },
    /// The same identifier twice, with different values.
    #[error("({ai}) is there twice with different values")]
    Contradiction {
        /// The identifier.
        ai: &'static str,
    },
}

#[derive(Clone, Copy)]
enum Form {
    /// So many digits of which the last is a GS1 check digit.
    Key(usize),
    /// Six digits YYMMDD; day 00 means the month.
    Date,
    /// Two digits.
    Variant,
    /// Up to so many characters of GS1's set 82.
    Text(usize),
    /// Up to so many digits.
    Number(usize),
}

const IDENTIFIERS: [(&str, Form); 24] = [
    ("00", Form::Key(18)),
    ("01", Form::Key(14)),
    ("02", Form::Key(14)),
    ("10", Form::Text(20)),
    ("11", Form::Date),
    ("13", Form::Date),
    ("15", Form::Date),
    ("17", Form::Date),
    ("20", Form::Variant),
    ("21", Form::Text(20)),
    ("30", Form::Number(8)),
    ("37", Form::Number(8)),
    ("240", Form::Text(30)),
    ("241", Form::Text(30)),
    ("400", Form::Text(30)),
    ("410", Form::Key(13)),
    ("411", Form::Key(13)),
    ("412", Form::Key(13)),
    ("413", Form::Key(13)),
    ("414", Form::Key(13)),
    ("415", Form::Key(13)),
    ("416", Form::Key(13)),
    ("417", Form::Key(13)),
    ("420", Form::Text(20)),
];

/// Whether a text without symbology identifier is meant as an element string: digits first, and a separator.
pub(super) fn looks_like_elements(text: &str) -> bool {
    let after_fnc1 = text.trim_start_matches(SEPARATOR);
    text.contains(SEPARATOR) && after_fnc1.starts_with(|first: char| first.is_ascii_digit())
}

/// The elements of a string as scanners send it, without its symbology identifier, in their order.
///
/// A separator is needed after an element of variable length only; one more is forgiven anywhere.
///
/// # Errors
/// The first fault found, by its identifier.
pub fn elements_of(text: &str) -> Result<Vec<Element>, Gs1Error> {
    let mut elements: Vec<Element> = Vec::new();
    let mut rest = text.trim_start_matches(SEPARATOR);
    while !rest.is_empty() {
        let (element, after) = first_element(rest)?;
        rest = after.trim_start_matches(SEPARATOR);
        match elements.iter().find(|earlier| earlier.ai == element.ai) {
            None => elements.push(element),
            Some(earlier) if earlier.value == element.value => {}
            Some(_) => return Err(Gs1Error::Contradiction { ai: element.ai }),
        }
    }
    if elements.is_empty() { Err(Gs1Error::NoElements) } else { Ok(elements) }
}

fn first_element(text: &str) -> Result<(Element, &str), Gs1Error> {
    let known = IDENTIFIERS.iter().find_map(|&(ai, form)| Some((ai, form, text.strip_prefix(ai)?)));
    let Some((ai, form, rest)) = known else {
        return Err(Gs1Error::UnknownIdentifier { at: text.chars().take(4).collect() });
    };
    let (value, rest) = match form {
        Form::Key(length) => rest.split_at_checked(length).ok_or(Gs1Error::Length { ai })?,
        Form::Date => rest.split_at_checked(6).ok_or(Gs1Error::Length { ai })?,
        Form::Variant => rest.split_at_checked(2).ok_or(Gs1Error::Length { ai })?,
        Form::Text(_) | Form::Number(_) => rest.split_once(SEPARATOR).unwrap_or((rest, "")),
    };
    check(ai, form, value)?;
    Ok((Element { ai, value: value.to_owned() }, rest))
}

fn check(ai: &'static str, form: Form, value: &str) -> Result<(), Gs1Error> {
    let digits_only = value.bytes().all(|digit| digit.is_ascii_digit());
    match form {
        Form::Text(longest) | Form::Number(longest) if value.is_empty() || value.len() > longest => {
            Err(Gs1Error::Length { ai })
        }
        Form::Text(_) if value.bytes().all(is_in_set_82) => Ok(()),
        Form::Text(_) => Err(Gs1Error::Character { ai }),
        // A separator inside means the value ended too early.
        _ if value.contains(SEPARATOR) => Err(Gs1Error::Length { ai }),
        _ if !digits_only => Err(Gs1Error::Character { ai }),
        Form::Key(_) if !has_check_digit(value) => Err(Gs1Error::CheckDigit { ai }),
        Form::Date if !is_date(value) => Err(Gs1Error::Date { ai }),
        _ => Ok(()),
    }
}

/// The characters of ISO/IEC 646 that GS1 allows in numbers of lots and serials (figure 7.11-1).
fn is_in_set_82(character: u8) -> bool {
    character.is_ascii_alphanumeric() || b"!\"%&'()*+,-./_:;<=>?".contains(&character)
}

/// Weights 3 and 1 from the right; the sum with the check digit is a multiple of ten (section 7.9).
fn has_check_digit(digits: &str) -> bool {
    let weighted = |(n, digit): (usize, u8)| u32::from(digit - b'0') * if n % 2 == 0 { 1 } else { 3 };
    digits.bytes().rev().enumerate().map(weighted).sum::<u32>().is_multiple_of(10)
}

/// Years are two digits of a moving century: 29 February is allowed every fourth of them.
fn is_date(digits: &str) -> bool {
    let part = |at: usize| digits.get(at..at + 2).and_then(|part| part.parse::<u32>().ok()).unwrap_or(99);
    let (year, month, day) = (part(0), part(2), part(4));
    let days = match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    day <= days
}
