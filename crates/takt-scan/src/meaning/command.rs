//! Command cards: a laminated code that does what a button does.

use super::Refusal;
use rust_decimal::Decimal;
use std::fmt;

/// Decimal places of a quantity, as the database keeps it.
const QUANTITY_SCALE_MAX: u32 = 4;
/// Digits before the decimal point of a quantity, as the database keeps it.
const QUANTITY_DIGITS_MAX: usize = 14;

/// What a command card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `GOOD:<quantity>`: report so many good pieces of the running operation.
    Good {
        /// Above 0, at most four decimals, in the order's unit.
        quantity: Decimal,
    },
    /// `PAUSE` the running operation.
    Pause,
    /// `FINISH` the running operation.
    Finish,
    /// `DOWN`: the machine stands still.
    Down,
    /// `UP`: the machine runs again.
    Up,
    /// `INSPECT`: open the inspection that is due.
    Inspect,
    /// `HANDOVER`: open the shift handover.
    Handover,
    /// `RECORDS`: open the list of records and their sync state.
    Records,
    /// `LOCK` the station.
    Lock,
    /// `UNDO` the last report while that is possible.
    Undo,
}

impl Command {
    /// All commands without an argument.
    pub const PLAIN: [Self; 9] = [
        Self::Pause,
        Self::Finish,
        Self::Down,
        Self::Up,
        Self::Inspect,
        Self::Handover,
        Self::Records,
        Self::Lock,
        Self::Undo,
    ];

    /// The verb on the card.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Good { .. } => "GOOD",
            Self::Pause => "PAUSE",
            Self::Finish => "FINISH",
            Self::Down => "DOWN",
            Self::Up => "UP",
            Self::Inspect => "INSPECT",
            Self::Handover => "HANDOVER",
            Self::Records => "RECORDS",
            Self::Lock => "LOCK",
            Self::Undo => "UNDO",
        }
    }

    /// Reads what follows `CMD:`.
    pub(super) fn parse(rest: &str) -> Result<Self, Refusal> {
        let (verb, argument) = rest.split_once(':').unwrap_or((rest, ""));
        let wrong_argument =
            || Refusal::CommandArgument { verb: verb.to_owned(), argument: argument.to_owned() };
        if verb == "GOOD" {
            let quantity = quantity_of(argument).ok_or_else(wrong_argument)?;
            return Ok(Self::Good { quantity });
        }
        match Self::PLAIN.into_iter().find(|command| command.verb() == verb) {
            None => Err(Refusal::UnknownCommand { verb: verb.to_owned() }),
            Some(_) if rest.contains(':') => Err(wrong_argument()),
            Some(command) => Ok(command),
        }
    }
}

/// The text of the card.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CMD:{}", self.verb())?;
        match self {
            Self::Good { quantity } => write!(f, ":{quantity}"),
            _ => Ok(()),
        }
    }
}

/// Digits with at most one point between them; no sign, no exponent, no thousands.
fn quantity_of(argument: &str) -> Option<Decimal> {
    let (whole, fraction) = argument.split_once('.').unwrap_or((argument, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    let fits = whole.len() <= QUANTITY_DIGITS_MAX && fraction.len() <= QUANTITY_SCALE_MAX as usize;
    if !(digits(whole) && digits(fraction) && fits) {
        return None;
    }
    argument.parse().ok().filter(|quantity: &Decimal| !quantity.is_zero())
}
