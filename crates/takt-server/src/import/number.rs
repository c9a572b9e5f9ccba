//! Decimal numbers as people write them. A point or a comma may be the decimal sign; where it may as
//! well group thousands and the sheet does not settle it, the number is refused rather than guessed.

use std::str::FromStr;

use rust_decimal::Decimal;

/// What a sheet uses as its decimal sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalSign {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
    /// Nothing in it says.
    #[default]
    Unsettled,
}

/// What a text is.
#[derive(Debug, PartialEq)]
enum Shape {
    /// A number, and the sign that it proves.
    Number(String, Option<DecimalSign>),
    /// One sign before three digits: 1.234 or 1234.
    Either(DecimalSign, String),
    /// No number.
    Other,
}

/// Why a number is not taken.
#[derive(Debug, PartialEq)]
pub enum Refused {
    /// It is none.
    NotANumber,
    /// It may be either of these.
    Ambiguous(String, String),
}

/// The sign that all these numbers agree on.
pub fn settle<'a>(texts: impl Iterator<Item = &'a str>) -> DecimalSign {
    let mut seen = texts.filter_map(|text| match shape(text) {
        Shape::Number(_, sign) => sign,
        _ => None,
    });
    let Some(first) = seen.next() else { return DecimalSign::Unsettled };
    if seen.all(|sign| sign == first) { first } else { DecimalSign::Unsettled }
}

/// Reads a number of a sheet with that decimal sign.
pub fn read(text: &str, sign: DecimalSign) -> Result<Decimal, Refused> {
    let plain = match shape(text) {
        Shape::Number(plain, _) => plain,
        Shape::Either(found, plain) if found == sign => plain,
        Shape::Either(found, plain) => {
            let shown = if found == DecimalSign::Comma { plain.replace('.', ",") } else { plain.clone() };
            return Err(Refused::Ambiguous(shortened(&shown), plain.replace('.', "")));
        }
        Shape::Other => return Err(Refused::NotANumber),
    };
    Decimal::from_str(&plain).map_err(|_| Refused::NotANumber)
}

/// The same number with another count of decimals, so that it cannot group thousands.
fn shortened(text: &str) -> String {
    match text.strip_suffix('0') {
        Some(shorter) => shorter.to_owned(),
        None => format!("{text}0"),
    }
}

fn shape(text: &str) -> Shape {
    let (minus, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let starts = digits.starts_with(|c: char| c.is_ascii_digit());
    let ends = digits.ends_with(|c: char| c.is_ascii_digit());
    if !starts || !ends || !digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return Shape::Other;
    }
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let number = |text: String, sign| Shape::Number(format!("{minus}{text}"), sign);
    match (points, commas) {
        (0, 0) => number(digits.to_owned(), None),
        (1, 0) => one_sign(digits, '.', DecimalSign::Point, minus),
        (0, 1) => one_sign(digits, ',', DecimalSign::Comma, minus),
        (_, 0) => grouped(digits, '.').map_or(Shape::Other, |it| number(it, Some(DecimalSign::Comma))),
        (0, _) => grouped(digits, ',').map_or(Shape::Other, |it| number(it, Some(DecimalSign::Point))),
        (_, 1) if digits.rfind(',') > digits.rfind('.') => mixed(digits, ',', '.', DecimalSign::Comma, minus),
        (1, _) if digits.rfind('.') > digits.rfind(',') => mixed(digits, '.', ',', DecimalSign::Point, minus),
        _ => Shape::Other,
    }
}

fn one_sign(digits: &str, sign: char, means: DecimalSign, minus: &str) -> Shape {
    let Some((whole, fraction)) = digits.split_once(sign) else { return Shape::Other };
    let plain = format!("{minus}{whole}.{fraction}");
    if fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
        return Shape::Either(means, plain);
    }
    Shape::Number(plain, Some(means))
}

fn mixed(digits: &str, sign: char, groups: char, means: DecimalSign, minus: &str) -> Shape {
    let parts = digits.split_once(sign);
    let read =
        parts.and_then(|(whole, fraction)| Some(format!("{minus}{}.{fraction}", grouped(whole, groups)?)));
    read.map_or(Shape::Other, |plain| Shape::Number(plain, Some(means)))
}

/// Thousands in groups of three, without their sign.
fn grouped(text: &str, sign: char) -> Option<String> {
    let mut groups = text.split(sign);
    let first = groups.next()?;
    let fits =
        (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    fits.then(|| text.replace(sign, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, sign: DecimalSign) -> String {
        read(text, sign).unwrap().to_string()
    }

    #[test]
    fn one_meaning_is_taken_in_either_notation() {
        for sign in [DecimalSign::Unsettled, DecimalSign::Point, DecimalSign::Comma] {
            for (text, number) in [
                ("480", "480"),
                ("25.03", "25.03"),
                ("25,03", "25.03"),
                ("0,085", "0.085"),
                ("0.085", "0.085"),
                ("-1,5", "-1.5"),
                ("1.234,56", "1234.56"),
                ("1,234.56", "1234.56"),
                ("1.234.567", "1234567"),
                ("1234.567", "1234.567"),
            ] {
                assert_eq!(taken(text, sign), number, "{text}");
            }
        }
    }

    #[test]
    fn two_meanings_are_taken_only_when_the_sheet_settles_them() {
        assert_eq!(taken("24.970", DecimalSign::Point), "24.970");
        assert_eq!(taken("24,970", DecimalSign::Comma), "24.970");
        let refused = |a: &str, b: &str| Err(Refused::Ambiguous(a.to_owned(), b.to_owned()));
        assert_eq!(read("24.970", DecimalSign::Unsettled), refused("24.97", "24970"));
        assert_eq!(read("1.234", DecimalSign::Comma), refused("1.2340", "1234"));
        assert_eq!(read("1,234", DecimalSign::Point), refused("1,2340", "1234"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", "-", "1.", ".5", "1 000", "1'000", "1e3", "1,2,3", "1.23.456", "12,34.5.6", "٣", "NaN"]
        {
            assert_eq!(read(text, DecimalSign::Point), Err(Refused::NotANumber), "{text:?}");
        }
        assert_eq!(read(&"9".repeat(40), DecimalSign::Point), Err(Refused::NotANumber));
    }

    #[test]
    fn a_sheet_settles_its_sign_only_without_contradiction() {
        let settled = |texts: &[&str]| settle(texts.iter().copied());
        assert_eq!(settled(&["1.234", "x", "7"]), DecimalSign::Unsettled);
        assert_eq!(settled(&["1.234", "0,5"]), DecimalSign::Comma);
        assert_eq!(settled(&["1,234.5", "0.5"]), DecimalSign::Point);
        assert_eq!(settled(&["0.5", "0,5"]), DecimalSign::Unsettled);
    }
}
