//! What remains of an operation, and when it will be done. Remaining is computed from what was
//! booked, never typed; a shortfall never becomes scrap.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::Quantity;
use crate::booking::Line;

/// The counts of one operation, in the order's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Progress {
    /// To be made good.
    pub planned: Quantity,
    /// Good so far.
    pub good: Quantity,
    /// Scrapped so far; does not reduce what remains.
    pub scrapped: Quantity,
    /// Sent to rework so far; does not reduce what remains.
    pub rework: Quantity,
}

impl Progress {
    /// Nothing made of `planned` yet.
    pub fn of(planned: Quantity) -> Self {
        Self { planned, ..Self::default() }
    }

    /// planned − good, never below zero.
    pub fn remaining(self) -> Quantity {
        (self.planned - self.good).max(Quantity::ZERO)
    }

    /// good − planned, never below zero.
    pub fn overdelivered(self) -> Quantity {
        (self.good - self.planned).max(Quantity::ZERO)
    }

    /// PQ, all that was made: good + scrapped + rework.
    pub fn made(self) -> Quantity {
        self.good + self.scrapped + self.rework
    }

    /// good ÷ planned for a bar, 0–1; 1 where nothing was planned.
    pub fn ratio(self) -> f64 {
        if self.planned <= Quantity::ZERO {
            return 1.0;
        }
        (self.good.decimal() / self.planned.decimal()).to_f64().unwrap_or(0.0).clamp(0.0, 1.0)
    }

    /// With a line booked, or taken back where the line is a counter-entry.
    #[must_use]
    pub fn with(self, line: &Line) -> Self {
        Self {
            planned: self.planned,
            good: self.good + line.good,
            scrapped: self.scrapped + line.scrapped(),
            rework: self.rework + line.reworked(),
        }
    }
}

/// How fast an operation goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Seconds in which its machine, or it, has been running.
    pub running_seconds: i64,
    /// All made in them.
    pub made: Quantity,
    /// PRI, planned run time per item in seconds; none where not planned.
    pub run_seconds_per_unit: Option<Decimal>,
}

impl Pace {
    /// Pieces after which what was measured says more than what was planned.
    pub const MADE_MIN: i32 = 3;

    /// Seconds for one piece: measured once [`Pace::MADE_MIN`] are made, planned before.
    pub fn seconds_per_unit(self) -> Option<Decimal> {
        if self.made >= Quantity::from(Self::MADE_MIN) && self.running_seconds > 0 {
            return Decimal::from(self.running_seconds).checked_div(self.made.decimal());
        }
        self.run_seconds_per_unit.filter(|seconds| *seconds > Decimal::ZERO)
    }

    /// When `remaining` is made if it goes on like this without a stop; `None` where nothing
    /// tells the pace, or the day is beyond the calendar.
    pub fn done_at(self, now: DateTime<Utc>, remaining: Quantity) -> Option<DateTime<Utc>> {
        let seconds = self.seconds_per_unit()?.checked_mul(remaining.decimal())?.ceil().to_i64()?;
        now.checked_add_signed(TimeDelta::try_seconds(seconds.max(0))?)
    }
}

/// The quantities worth a tile: one piece, each pack that still fits, and all that remains, in
/// rising order. Empty when nothing remains. The last is always what remains.
pub fn pack_tiles(remaining: Quantity, pack_sizes: &[i32]) -> Vec<Quantity> {
    let mut tiles: Vec<Quantity> = std::iter::once(1)
        .chain(pack_sizes.iter().copied().filter(|size| *size > 0))
        .map(Quantity::from)
        .filter(|size| *size <= remaining)
        .chain((remaining > Quantity::ZERO).then_some(remaining))
        .collect();
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::typed(text).unwrap()
    }

    #[rstest]
    #[case("164", &[6, 24], &["1", "6", "24", "164"])]
    #[case("24", &[6, 24], &["1", "6", "24"])]
    #[case("20", &[24, 6], &["1", "6", "20"])]
    #[case("1", &[6], &["1"])]
    #[case("0.5", &[6], &["0.5"])]
    #[case("0", &[6], &[])]
    #[case("7", &[0, -4, 6, 6], &["1", "6", "7"])]
    fn tiles_are_packs_that_fit_and_the_rest(
        #[case] remaining: &str,
        #[case] packs: &[i32],
        #[case] tiles: &[&str],
    ) {
        assert_eq!(pack_tiles(q(remaining), packs), tiles.iter().map(|tile| q(tile)).collect::<Vec<_>>());
    }

    #[rstest]
    #[case(0, 0, Some(30), Some(4920))]
    #[case(600, 2, Some(30), Some(4920))]
    #[case(600, 10, Some(30), Some(9840))]
    #[case(600, 10, None, Some(9840))]
    #[case(0, 0, None, None)]
    #[case(0, 0, Some(0), None)]
    #[case(0, 0, Some(i64::MAX), None)]
    fn the_pace_is_planned_until_it_is_measured(
        #[case] running_seconds: i64,
        #[case] made: i32,
        #[case] planned: Option<i64>,
        #[case] seconds: Option<i64>,
    ) {
        let run_seconds_per_unit = planned.map(Decimal::from);
        let pace = Pace { running_seconds, made: Quantity::from(made), run_seconds_per_unit };
        let done = seconds.map(|seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
        assert_eq!(pace.done_at(DateTime::UNIX_EPOCH, q("164")), done);
    }

    fn quantity(range: std::ops::Range<i64>) -> impl Strategy<Value = Quantity> {
        range.prop_map(|units| Quantity::new(Decimal::new(units, 2)).unwrap())
    }

    fn line() -> impl Strategy<Value = Line> {
        let reason = || (1..5_i32).prop_map(crate::ReasonId);
        let part = move || prop::option::of((reason(), quantity(0..10_000)));
        (quantity(0..10_000), part(), part()).prop_map(|(good, scrap, rework)| Line { good, scrap, rework })
    }

    proptest! {
        #[test]
        fn remaining_and_good_are_the_plan(planned in quantity(0..100_000), lines in prop::collection::vec(line(), 0..20)) {
            let progress = lines.iter().fold(Progress::of(planned), |sum, line| sum.with(line));
            if progress.good <= planned {
                prop_assert_eq!(progress.remaining() + progress.good, planned);
                prop_assert_eq!(progress.overdelivered(), Quantity::ZERO);
            } else {
                prop_assert_eq!(progress.good - progress.overdelivered(), planned);
                prop_assert_eq!(progress.remaining(), Quantity::ZERO);
            }
            prop_assert!((0.0..=1.0).contains(&progress.ratio()));
        }

        #[test]
        fn counter_entries_bring_every_sum_back(
            planned in quantity(0..100_000),
            kept in prop::collection::vec(line(), 0..10),
            undone in prop::collection::vec(line(), 0..10),
        ) {
            let before = kept.iter().fold(Progress::of(planned), |sum, line| sum.with(line));
            let after = undone.iter().fold(before, |sum, line| sum.with(line));
            let back = undone.iter().fold(after, |sum, line| sum.with(&crate::booking::correction_of(line)));
            prop_assert_eq!(before, back);
        }

        #[test]
        fn only_good_pieces_reduce_what_remains(planned in quantity(0..100_000), line in line()) {
            let rejected = Line { good: Quantity::ZERO, ..line };
            prop_assert_eq!(Progress::of(planned).with(&rejected).remaining(), planned);
        }

        #[test]
        fn tiles_rise_to_what_remains(remaining in quantity(1..100_000), packs in prop::collection::vec(-5..500_i32, 0..5)) {
            let tiles = pack_tiles(remaining, &packs);
            prop_assert_eq!(tiles.last(), Some(&remaining));
            prop_assert!(tiles.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
