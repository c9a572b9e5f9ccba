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
