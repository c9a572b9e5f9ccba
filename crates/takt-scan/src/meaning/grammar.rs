//! Takt's own labels with a check part: written and read here.

use super::{Meaning, Refusal};
use sha2::{Digest, Sha256};

/// The longest value on a label, in characters (lot and serial numbers; codes have at most 50).
pub const LABEL_VALUE_CHARACTERS_MAX: usize = 100;

const CHECK_LENGTH: usize = 4;
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a label with a check part can be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LabelKind {
    /// `WO`, value: order number.
    WorkOrder,
    /// `OP`, value: see [`operation_value`].
    Operation,
    /// `MC`, value: machine code.
    Machine,
    /// `LT`, value: lot number.
    Lot,
    /// `SN`, value: serial number.
    Serial,
}

impl LabelKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::WorkOrder, Self::Operation, Self::Machine, Self::Lot, Self::Serial];

    /// The prefix on the label, without its colon.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::WorkOrder => "WO",
            Self::Operation => "OP",
            Self::Machine => "MC",
            Self::Lot => "LT",
            Self::Serial => "SN",
        }
    }
}

/// The text of a label: `<KIND>:<value>*<check>`.
///
/// The check part is the first 20 bits of SHA-256 of `<org_code>\n<KIND>:<value>` as four characters of
/// Crockford's base32. It is no secret and no signature: it tells another organization's label and a wrongly
/// read one from ours, with one in a million slipping through.
///
/// [`super::meaning_of`] gives the value back if it is printable, has 1 to [`LABEL_VALUE_CHARACTERS_MAX`]
/// characters and, for an operation, came from [`operation_value`].
pub fn encode(kind: LabelKind, value: &str, org_code: &str) -> String {
    let prefix = kind.prefix();
    format!("{prefix}:{value}*{}", check_of(kind, value, org_code))
}

/// The value of an operation's label.
pub fn operation_value(order_number: &str, operation_number: i32) -> String {
    format!("{order_number}/{operation_number}")
}

/// What a label is; `None` if the text has no label's prefix.
pub(super) fn label_of(text: &str, org_code: &str) -> Option<Result<Meaning, Refusal>> {
    let (prefix, rest) = text.split_once(':')?;
    let kind = LabelKind::ALL.into_iter().find(|kind| kind.prefix() == prefix)?;
    Some(checked_value(kind, rest, org_code).and_then(|value| meaning_of_value(kind, value)))
}

fn checked_value<'a>(kind: LabelKind, rest: &'a str, org_code: &str) -> Result<&'a str, Refusal> {
    let damaged = || Refusal::DamagedLabel { kind };
    let (value, check) = rest.rsplit_once('*').ok_or_else(damaged)?;
    let check: Vec<char> = check.chars().map(crockford_read).collect::<Option<_>>().ok_or_else(damaged)?;
    let length = value.chars().take(LABEL_VALUE_CHARACTERS_MAX + 1).count();
    if check.len() != CHECK_LENGTH || length == 0 || length > LABEL_VALUE_CHARACTERS_MAX {
        return Err(damaged());
    }
    if check_of(kind, value, org_code).chars().ne(check) {
        return Err(Refusal::ForeignLabel { kind });
    }
    Ok(value)
}

fn meaning_of_value(kind: LabelKind, value: &str) -> Result<Meaning, Refusal> {
    let value = value.to_owned();
    Ok(match kind {
        LabelKind::WorkOrder => Meaning::WorkOrder { order_number: value },
        LabelKind::Machine => Meaning::Machine { machine_code: value },
        LabelKind::Lot => Meaning::Lot { lot_number: value },
        LabelKind::Serial => Meaning::Serial { serial_number: value },
        LabelKind::Operation => operation_of(&value).ok_or(Refusal::DamagedLabel { kind })?,
    })
}

/// An order number may itself hold a slash; an operation number is digits without a leading zero.
fn operation_of(value: &str) -> Option<Meaning> {
    let (order_number, digits) = value.rsplit_once('/')?;
    let written_plainly = digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0');
    let operation_number = digits.parse().ok().filter(|_| written_plainly && !order_number.is_empty())?;
    Some(Meaning::Operation { order_number: order_number.to_owned(), operation_number })
}

fn check_of(kind: LabelKind, value: &str, org_code: &str) -> String {
    let hash = Sha256::digest(format!("{org_code}\n{}:{value}", kind.prefix()));
    let bits = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
    (0..CHECK_LENGTH).map(|n| char::from(CROCKFORD[(bits >> (27 - 5 * n)) as usize & 31])).collect()
}

/// A character as Crockford reads it from a person's hand: case does not count, O is 0, I and L are 1.
fn crockford_read(character: char) -> Option<char> {
    match character.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => CROCKFORD.contains(&u8::try_from(other).ok()?).then_some(other),
    }
}
