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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::typed(text).unwrap()
    }

    fn parts(parts: &[(i32, &str)]) -> Vec<(ReasonId, Quantity)> {
        parts.iter().map(|(reason, quantity)| (ReasonId(*reason), q(quantity))).collect()
    }

    fn pad(good: &str, scrap: &[(i32, &str)], rework: &[(i32, &str)]) -> Pad {
        Pad { good: q(good), scrap: parts(scrap), rework: parts(rework) }
    }

    #[test]
    fn one_line_per_reason_and_the_first_has_the_good() {
        let lines = pad("24", &[(1, "2"), (2, "1"), (1, "1")], &[(7, "3")]).lines(0).unwrap();
        let line = |good, scrap: &[(i32, &str)], rework: &[(i32, &str)]| Line {
            good: q(good),
            scrap: parts(scrap).pop(),
            rework: parts(rework).pop(),
        };
        let expected =
            [line("24", &[(1, "3")], &[]), line("0", &[(2, "1")], &[]), line("0", &[], &[(7, "3")])];
        assert_eq!(lines, expected);
    }

    #[test]
    fn good_alone_is_one_line_and_scrap_needs_no_good() {
        assert_eq!(pad("24", &[], &[]).lines(0).unwrap().len(), 1);
        assert_eq!(pad("0", &[(1, "1")], &[]).lines(0).unwrap().len(), 1);
        assert_eq!(
            pad("24", &[(1, "0")], &[]).lines(0).unwrap(),
            [Line { good: q("24"), ..Line::default() }]
        );
    }

    #[rstest]
    #[case(pad("0", &[], &[]), 0, "nothing_to_book")]
    #[case(pad("0", &[(1, "0")], &[(2, "0")]), 0, "nothing_to_book")]
    #[case(pad("-1", &[], &[]), 0, "negative_quantity")]
    #[case(pad("5", &[(1, "-1")], &[]), 0, "negative_quantity")]
    #[case(pad("1.5", &[], &[]), 0, "too_many_decimals")]
    #[case(pad("1", &[], &[(1, "0.125")]), 2, "too_many_decimals")]
    #[case(pad("99999999999999", &[(1, "1")], &[]), 0, "quantity_too_large")]
    fn what_cannot_be_booked_says_why(#[case] pad: Pad, #[case] decimals: u32, #[case] code: &str) {
        assert_eq!(pad.lines(decimals).map_err(PadRefused::code), Err(code));
    }

    #[rstest]
    #[case("1.0", 0)]
    #[case("1.5", 1)]
    #[case("0.1250", 3)]
    fn trailing_zeros_are_no_decimals(#[case] good: &str, #[case] decimals: u32) {
        assert!(pad(good, &[], &[]).lines(decimals).is_ok());
    }

    #[rstest]
    #[case(pad("164", &[], &[]), "164", &[24], false)]
    #[case(pad("165", &[], &[]), "164", &[24], true)]
    #[case(pad("160", &[(1, "5")], &[]), "164", &[24], false)]
    #[case(pad("0", &[(1, "3")], &[(2, "2")]), "4", &[], true)]
    #[case(pad("240", &[], &[]), "1000", &[6, 24], false)]
    #[case(pad("241", &[], &[]), "1000", &[6, 24], true)]
    #[case(pad("900", &[], &[]), "1000", &[], false)]
    #[case(pad("900", &[], &[]), "1000", &[0], false)]
    fn much_at_once_asks_for_another_gesture(
        #[case] pad: Pad,
        #[case] remaining: &str,
        #[case] packs: &[i32],
        #[case] large: bool,
    ) {
        assert_eq!(pad.is_large(q(remaining), packs), large);
    }

    proptest! {
        #[test]
        fn lines_add_up_to_the_pad(
            good in 0..1000_i32,
            scrap in prop::collection::vec((1..4_i32, 0..50_i32), 0..6),
            rework in prop::collection::vec((1..4_i32, 0..50_i32), 0..6),
        ) {
            let parts = |of: &[(i32, i32)]| of.iter().map(|(r, n)| (ReasonId(*r), Quantity::from(*n))).collect();
            let pad = Pad { good: Quantity::from(good), scrap: parts(&scrap), rework: parts(&rework) };
            if let Ok(lines) = pad.lines(0) {
                let made = |line: &Line| line.good + line.scrapped() + line.reworked();
                prop_assert_eq!(lines.iter().map(made).sum::<Quantity>(), pad.made());
                prop_assert!(lines.iter().all(|line| !made(line).is_zero()));
                prop_assert!(lines.iter().all(|line| line.scrap.is_none() || line.rework.is_none()));
                let undone = lines.iter().map(correction_of).map(|line| made(&line)).sum::<Quantity>();
                prop_assert_eq!(undone, -pad.made());
            } else {
                prop_assert!(pad.made().is_zero());
            }
        }
    }
}
