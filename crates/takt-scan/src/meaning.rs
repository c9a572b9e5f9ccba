//! What a scanned text is, before anything is looked up.
//!
//! The grammar of Takt's own labels:
//!
//! | text | is |
//! |---|---|
//! | `BG:<secret>` | a badge |
//! | `WO:<order number>*<check>` | a work order |
//! | `OP:<order number>/<operation number>*<check>` | an operation of it |
//! | `MC:<machine code>*<check>` | a machine |
//! | `LT:<lot number>*<check>`, `SN:<serial number>*<check>` | a lot, a serial |
//! | `CMD:<verb>[:<argument>]` | a command card |
//! | `takt+enrol:<server url>\|<code>[\|<certificate fingerprint>]` | a station's enrolment |
//!
//! The check part is what an organization's own labels share and another's do not: see [`encode`].
//! GS1 element strings are understood with their symbology identifier or by their separators. Anything else
//! is bare text, which the station looks up as order number, machine code or lot.

mod command;
mod enrolment;
mod grammar;
pub mod gs1;
mod refusal;

pub use command::Command;
pub use enrolment::Enrolment;
pub use grammar::{LABEL_VALUE_CHARACTERS_MAX, LabelKind, encode, operation_value};
pub use gs1::Gs1Error;
pub use refusal::Refusal;

use crate::wedge::Burst;
use std::fmt;

/// The longest text looked at, in characters; also what `qr_code_scans.scanned_value` holds.
pub const TEXT_CHARACTERS_MAX: usize = 2000;

/// What a text says it is. Nothing has been looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A person's badge.
    Badge(BadgeContent),
    /// A work order's label.
    WorkOrder {
        /// `work_orders.work_order_number`.
        order_number: String,
    },
    /// An operation's label.
    Operation {
        /// `work_orders.work_order_number`.
        order_number: String,
        /// `work_order_operations.operation_number`, above 0.
        operation_number: i32,
    },
    /// A machine's label.
    Machine {
        /// `machines.machine_code`.
        machine_code: String,
    },
    /// A lot's label.
    Lot {
        /// `lot_batches.lot_number`.
        lot_number: String,
    },
    /// A serial's label.
    Serial {
        /// `serial_numbers.serial_number`.
        serial_number: String,
    },
    /// A command card.
    Command(Command),
    /// Where and with which code this station joins a plant.
    Enrolment(Enrolment),
    /// A GS1 element string; of its elements those the floor looks things up by.
    Gs1 {
        /// AI 01, else 02; 14 digits, check digit verified.
        gtin: Option<String>,
        /// AI 10.
        lot: Option<String>,
        /// AI 21.
        serial: Option<String>,
    },
    /// Text without a grammar: an order number, machine code or lot, perhaps.
    Bare(String),
}

/// The secret of a badge, without its prefix. It is hashed before it is stored and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct BadgeContent(String);

impl BadgeContent {
    /// The secret itself, for hashing it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for BadgeContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BadgeContent(…)")
    }
}

/// What a text is, in the plant of the organization with this code.
///
/// White space around the text is nobody's meaning and is dropped, as is a symbology identifier before it.
///
/// # Errors
/// [`Refusal`] names what is wrong. Never panics, whatever the text.
pub fn meaning_of(text: &str, org_code: &str) -> Result<Meaning, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.chars().nth(TEXT_CHARACTERS_MAX).is_some() {
        return Err(Refusal::TooLong { len: text.chars().count() });
    }
    let (identifier, text) = split_identifier(text);
    if is_gs1_identifier(identifier) || gs1::looks_like_elements(text) {
        let elements = gs1::elements_of(text)?;
        let value = |ai: &str| elements.iter().find(|it| it.ai == ai).map(|it| it.value.clone());
        return Ok(Meaning::Gs1 { gtin: value("01").or(value("02")), lot: value("10"), serial: value("21") });
    }
    if let Some((at, control)) = text.chars().enumerate().find(|(_, character)| character.is_control()) {
        return Err(Refusal::ControlCharacter { code: u32::from(control), at });
    }
    if let Some(secret) = text.strip_prefix("BG:") {
        return badge_of(secret);
    }
    if let Some(rest) = text.strip_prefix("CMD:") {
        return Command::parse(rest).map(Meaning::Command);
    }
    if let Some(rest) = text.strip_prefix(enrolment::PREFIX) {
        return Enrolment::parse(rest).map(Meaning::Enrolment);
    }
    match grammar::label_of(text, org_code) {
        Some(label) => label,
        None if text.is_empty() => Err(Refusal::Empty),
        None => Ok(Meaning::Bare(text.to_owned())),
    }
}

/// What a burst is: as the host's layout reads it, or by key positions where only that reading is one of
/// Takt's labels or an element string. Also says which text was believed.
pub fn meaning_of_burst<'a>(burst: &'a Burst, org_code: &str) -> (&'a str, Result<Meaning, Refusal>) {
    let by_key = meaning_of(&burst.text, org_code);
    if let (Ok(Meaning::Bare(_)) | Err(_), Some(text)) = (&by_key, &burst.by_position) {
        let by_position = meaning_of(text, org_code);
        if !matches!(by_position, Ok(Meaning::Bare(_)) | Err(_)) {
            return (text, by_position);
        }
    }
    (&burst.text, by_key)
}

/// Whether an AIM symbology identifier (`]C1`, `]d2`, `]Q3`, `]e0`, `]J1`) announces GS1 element strings.
pub fn is_gs1_identifier(identifier: &str) -> bool {
    ["]C1", "]d2", "]Q3", "]e0", "]J1"].contains(&identifier)
}

fn badge_of(secret: &str) -> Result<Meaning, Refusal> {
    if secret.is_empty() || secret.chars().nth(LABEL_VALUE_CHARACTERS_MAX).is_some() {
        return Err(Refusal::DamagedBadge);
    }
    Ok(Meaning::Badge(BadgeContent(secret.to_owned())))
}

/// The AIM identifier some scanners send first: `]`, a letter, a digit or letter.
fn split_identifier(text: &str) -> (&str, &str) {
    match text.as_bytes() {
        [b']', symbology, modifier, ..]
            if symbology.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
        {
            text.split_at(3)
        }
        _ => ("", text),
    }
}
