//! Key figures of a shift, by ISO 22400-2, from sums that can be added.
//!
//! A figure is asked of [`Components`] and divided last: over machines, shifts and days the
//! components are added, ratios never averaged. A zero denominator has no value but a reason; a
//! ratio outside 0–1 where none can be is shown as a data error, never capped. Nothing is rounded.

pub mod ratio;

pub use ratio::{NoValue, Ratio};

use rust_decimal::Decimal;

use crate::Quantity;
use crate::availability::TimeElements;

/// A result with more UNKNOWN time than this part of PBT is incomplete.
pub const UNKNOWN_RATIO_MAX: f64 = 0.02;

/// What the figures of a window are made of. Add components of several windows with `+`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Components {
    /// Time, in seconds.
    pub time: TimeElements,
    /// Σ PRI·PQ in seconds; none where the PRI of something made is not planned.
    pub ideal_made: Option<Decimal>,
    /// Σ PRI·GQ in seconds; none likewise.
    pub ideal_good: Option<Decimal>,
    /// GQ.
    pub good: Quantity,
    /// SQ.
    pub scrapped: Quantity,
    /// RQ.
    pub rework: Quantity,
    /// Target of the window; zero = none set.
    pub target: Quantity,
    /// IP, pieces inspected at their first attempt.
    pub first_inspected: Quantity,
    /// GP, those of them that passed.
    pub first_passed: Quantity,
}

impl Default for Components {
    fn default() -> Self {
        let (none, zero) = (Quantity::ZERO, Some(Decimal::ZERO));
        Self {
            time: TimeElements::default(),
            ideal_made: zero,
            ideal_good: zero,
            good: none,
            scrapped: none,
            rework: none,
            target: none,
            first_inspected: none,
            first_passed: none,
        }
    }
}

impl Components {
    /// Adds what was made of one operation with its planned run time per item, in seconds.
    pub fn make(&mut self, good: Quantity, scrapped: Quantity, rework: Quantity, pri: Option<Decimal>) {
        let made = good + scrapped + rework;
        let ideal = |of: Quantity| pri.and_then(|pri| pri.checked_mul(of.decimal()));
        self.ideal_made =
            sum(self.ideal_made, if made.is_zero() { Some(Decimal::ZERO) } else { ideal(made) });
        self.ideal_good =
            sum(self.ideal_good, if good.is_zero() { Some(Decimal::ZERO) } else { ideal(good) });
        self.good += good;
        self.scrapped += scrapped;
        self.rework += rework;
    }

    /// PQ, produced quantity: GQ + SQ + RQ.
    pub fn produced(&self) -> Quantity {
        self.good + self.scrapped + self.rework
    }

    /// APT / PBT.
    pub fn availability(&self) -> Ratio {
        seconds(self.time.apt, self.time.pbt, NoValue::NoPlannedTime)
    }

    /// Σ PRI·PQ / APT. Above 1 the planned run time is wrong: a data error.
    pub fn effectiveness(&self) -> Ratio {
        let apt = Decimal::from(self.time.apt);
        let reason = NoValue::IdealTimeUnknown;
        self.ideal_made
            .map_or(Ratio::None { reason }, |ideal| Ratio::of(ideal, apt, NoValue::NoProductionTime))
    }

    /// GQ / PQ.
    pub fn quality_ratio(&self) -> Ratio {
        self.per_produced(self.good)
    }

    /// Σ PRI·GQ / PBT, which is A × E × Q where there is one PRI.
    pub fn oee(&self) -> Ratio {
        let pbt = Decimal::from(self.time.pbt);
        let reason = NoValue::IdealTimeUnknown;
        self.ideal_good.map_or(Ratio::None { reason }, |ideal| Ratio::of(ideal, pbt, NoValue::NoPlannedTime))
    }

    /// Net equipment effectiveness: AUPT / PBT × effectiveness × quality ratio.
    pub fn nee(&self) -> Ratio {
        seconds(self.time.aupt(), self.time.pbt, NoValue::NoPlannedTime)
            .times(self.effectiveness())
            .times(self.quality_ratio())
    }

    /// Utilization efficiency: APT / AUBT.
    pub fn utilization(&self) -> Ratio {
        seconds(self.time.apt, self.time.aubt(), NoValue::NoBusyTime)
    }

    /// Technical efficiency: APT / (APT + ADET).
    pub fn technical_efficiency(&self) -> Ratio {
        seconds(self.time.apt, self.time.apt + self.time.adet, NoValue::NoProductionTime)
    }

    /// Setup ratio: AUST / AUPT.
    pub fn setup_ratio(&self) -> Ratio {
        seconds(self.time.aust, self.time.aupt(), NoValue::NoProcessingTime)
    }

    /// Allocation efficiency: AUBT / PBT.
    pub fn allocation_efficiency(&self) -> Ratio {
        seconds(self.time.aubt(), self.time.pbt, NoValue::NoPlannedTime)
    }

    /// Scrap ratio: SQ / PQ.
    pub fn scrap_ratio(&self) -> Ratio {
        self.per_produced(self.scrapped)
    }

    /// Rework ratio: RQ / PQ.
    pub fn rework_ratio(&self) -> Ratio {
        self.per_produced(self.rework)
    }

    /// First pass yield: GP / IP.
    pub fn first_pass_yield(&self) -> Ratio {
        let (passed, inspected) = (self.first_passed.decimal(), self.first_inspected.decimal());
        Ratio::of(passed, inspected, NoValue::NothingInspected)
    }

    /// good / target; may exceed 1.
    pub fn attainment(&self) -> Ratio {
        Ratio::open(self.good.decimal(), self.target.decimal(), NoValue::NoTarget)
    }

    /// Whether too much of PBT is unknown for the figures to be taken at their word.
    pub fn is_incomplete(&self) -> bool {
        self.time.unknown as f64 > UNKNOWN_RATIO_MAX * self.time.pbt as f64
    }

    fn per_produced(&self, part: Quantity) -> Ratio {
        Ratio::of(part.decimal(), self.produced().decimal(), NoValue::NothingProduced)
    }
}

/// Worker efficiency: APWT / APAT, actual personnel work time over attendance time, in seconds.
pub fn worker_efficiency(apwt: i64, apat: i64) -> Ratio {
    seconds(apwt, apat, NoValue::NoAttendance)
}

/// Throughput rate: PQ / AOET, in pieces per second of order execution time.
pub fn throughput(produced: Quantity, aoet: i64) -> Ratio {
    Ratio::open(produced.decimal(), Decimal::from(aoet), NoValue::NoProductionTime)
}

/// MTBF: operating seconds per failure; or MTTR: repair seconds per repair. A failure is a stop
/// whose reason lies under EQUIPMENT: the report that shows it names that convention.
pub fn mean_time(seconds: i64, occasions: i64) -> Ratio {
    Ratio::open(Decimal::from(seconds), Decimal::from(occasions), NoValue::NoFailures)
}

fn seconds(numerator: i64, denominator: i64, reason: NoValue) -> Ratio {
    Ratio::of(Decimal::from(numerator), Decimal::from(denominator), reason)
}

fn sum(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    a?.checked_add(b?)
}

impl std::ops::Add for Components {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            time: self.time + other.time,
            ideal_made: sum(self.ideal_made, other.ideal_made),
            ideal_good: sum(self.ideal_good, other.ideal_good),
            good: self.good + other.good,
            scrapped: self.scrapped + other.scrapped,
            rework: self.rework + other.rework,
            target: self.target + other.target,
            first_inspected: self.first_inspected + other.first_inspected,
            first_passed: self.first_passed + other.first_passed,
        }
    }
}

impl std::iter::Sum for Components {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |a, b| a + b)
    }
}

#[cfg(test)]
mod tests;
