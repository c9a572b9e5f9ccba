//! One pad, one Save: what a person keyed in becomes lines of production, one per reason.

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Quantity, ReasonId};

/// How long the undo stands beside a booking; later it is corrected from the records screen.
pub const UNDO_WINDOW_SECONDS: i64 = 60;
/// More than this many of the largest pack at once asks for a different gesture.
pub const PACKS_AT_ONCE_MAX: i32 = 10;

words! {
    /// What an operator reports (`production_logs.event_type`).
    ProductionEvent {
        /// Work on the operation begins.
        Start = "START",
        /// Work stops for now.
        Pause = "PAUSE",
        /// Work goes on.
        Resume = "RESUME",
        /// Something was made.
        Output = "OUTPUT",
        /// The operation is done.
        Complete = "COMPLETE",
        /// A counter-entry.
        Correction = "CORRECTION",
    }
}

/// What stands on the pad when Save is pressed, in the order's unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Pad {
    /// Good pieces; zero is allowed.
    pub good: Quantity,
    /// Scrap by reason.
    #[serde(default)]
    pub scrap: Vec<(ReasonId, Quantity)>,
    /// Rework by reason.
    #[serde(default)]
    pub rework: Vec<(ReasonId, Quantity)>,
}

/// One line of production to record; negative in a counter-entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Good pieces.
    pub good: Quantity,
    /// Scrapped pieces and why.
    pub scrap: Option<(ReasonId, Quantity)>,
    /// Pieces to rework and why.
    pub rework: Option<(ReasonId, Quantity)>,
}

impl Line {
    /// Scrapped pieces.
    pub fn scrapped(&self) -> Quantity {
        self.scrap.map_or(Quantity::ZERO, |(_, quantity)| quantity)
    }

    /// Pieces to rework.
    pub fn reworked(&self) -> Quantity {
        self.rework.map_or(Quantity::ZERO, |(_, quantity)| quantity)
    }
}

/// Why a pad may not be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PadRefused {
    /// Nothing was keyed in.
    #[error("all quantities are zero")]
    NothingToBook,
    /// A booking is never negative; a mistake is undone or corrected.
    #[error("{0} is negative")]
    Negative(Quantity),
    /// The unit does not come in such fractions.
    #[error("{0} has more than {1} decimal places")]
    TooFine(Quantity, u32),
    /// The sum would not fit its column.
    #[error("the quantities are too large")]
    TooLarge,
}

impl PadRefused {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingToBook => "nothing_to_book",
            Self::Negative(_) => "negative_quantity",
            Self::TooFine(..) => "too_many_decimals",
            Self::TooLarge => "quantity_too_large",
        }
    }
}

impl Pad {
    /// The lines to record: one per reason, the first with the good pieces. Repeated reasons are
    /// added up, zeros left out. `decimals` are the unit's (0 = only whole pieces).
    pub fn lines(&self, decimals: u32) -> Result<Vec<Line>, PadRefused> {
        self.check(decimals)?;
        let scrap = by_reason(&self.scrap).into_iter();
        let rework = by_reason(&self.rework).into_iter();
        let mut lines: Vec<Line> = scrap
            .map(|scrap| Line { scrap: Some(scrap), ..Line::default() })
            .chain(rework.map(|rework| Line { rework: Some(rework), ..Line::default() }))
            .collect();
        match lines.first_mut() {
            Some(first) => first.good = self.good,
            None if self.good.is_zero() => return Err(PadRefused::NothingToBook),
            None => lines.push(Line { good: self.good, ..Line::default() }),
        }
        Ok(lines)
    }

    fn check(&self, decimals: u32) -> Result<(), PadRefused> {
        let parts = self.scrap.iter().chain(&self.rework).map(|(_, quantity)| *quantity);
        for quantity in parts.chain([self.good]) {
            if quantity.is_negative() {
                return Err(PadRefused::Negative(quantity));
            }
            if quantity.decimal().normalize().scale() > decimals {
                return Err(PadRefused::TooFine(quantity, decimals));
            }
        }
        Quantity::new(self.made().decimal()).map(|_| ()).map_err(|_| PadRefused::TooLarge)
    }

    /// Everything on the pad together.
    pub fn made(&self) -> Quantity {
        self.good + self.rejected()
    }

    fn rejected(&self) -> Quantity {
        self.scrap.iter().chain(&self.rework).map(|(_, quantity)| *quantity).sum()
    }

    /// Whether so much at once asks for a different gesture: more good, or more rejected, than
    /// remains, or more than [`PACKS_AT_ONCE_MAX`] of the largest pack.
    pub fn is_large(&self, remaining: Quantity, pack_sizes: &[i32]) -> bool {
        let packs = pack_sizes.iter().max().filter(|size| **size > 0);
        let packs = packs.map(|size| Quantity::from(size.saturating_mul(PACKS_AT_ONCE_MAX)));
        self.good > remaining || self.rejected() > remaining || packs.is_some_and(|max| self.made() > max)
    }
}

fn by_reason(parts: &[(ReasonId, Quantity)]) -> Vec<(ReasonId, Quantity)> {
    let mut sums: Vec<(ReasonId, Quantity)> = Vec::new();
    for (reason, quantity) in parts.iter().filter(|(_, quantity)| !quantity.is_zero()) {
        match sums.iter_mut().find(|(known, _)| known == reason) {
            Some((_, sum)) => *sum += *quantity,
            None => sums.push((*reason, *quantity)),
        }
    }
    sums
}

/// The counter-entry of a line: the same reasons, so that sums by reason come back too.
pub fn correction_of(line: &Line) -> Line {
    let negated = |(reason, quantity): (ReasonId, Quantity)| (reason, -quantity);
    Line { good: -line.good, scrap: line.scrap.map(negated), rework: line.rework.map(negated) }
}
