//! When a check of an operation is due, by the frequency of its checkpoint.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{InspectionResult, Quantity};

words! {
    /// How often a checkpoint is looked at (`inspection_points.frequency_type`).
    Frequency {
        /// Once, before the run goes on.
        FirstPiece = "FIRST_PIECE",
        /// Each one.
        EveryUnit = "EVERY_UNIT",
        /// After so many units.
        PeriodicUnits = "PERIODIC_UNITS",
        /// After so many minutes.
        PeriodicMinutes = "PERIODIC_MINUTES",
        /// Once per lot.
        PerLot = "PER_LOT",
        /// Once per shift.
        PerShift = "PER_SHIFT",
        /// One sample per lot, by a sampling plan.
        Sampling = "SAMPLING",
        /// When all is made.
        Final = "FINAL",
        /// When somebody wants it.
        OnDemand = "ON_DEMAND",
    }
}

/// When the next check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "due", rename_all = "snake_case")]
pub enum Due {
    /// Now, or late by that much.
    Now {
        /// Units made beyond the interval; zero where it does not go by units.
        late_units: Quantity,
    },
    /// After so many more units.
    In {
        /// In the order's unit.
        units: Quantity,
    },
    /// After so many more minutes.
    InMinutes {
        /// Whole minutes.
        #[ts(type = "number")]
        minutes: i64,
    },
    /// Nothing makes it due.
    NotDue,
    /// Done for this order, or this shift.
    Done,
}

impl Due {
    const NOW: Self = Self::Now { late_units: Quantity::ZERO };

    /// Whether it is due.
    pub fn is_now(self) -> bool {
        matches!(self, Self::Now { .. })
    }
}

/// The last look at this checkpoint of this operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SinceLast {
    /// How it ended.
    pub result: InspectionResult,
    /// Made since, in the order's unit.
    pub made: Quantity,
    /// Minutes since.
    pub minutes: i64,
    /// Whether it was in the present shift.
    pub this_shift: bool,
}

/// What has happened on the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueFacts {
    /// Whether work on it has begun.
    pub started: bool,
    /// Made since it began, in the order's unit.
    pub made: Quantity,
    /// Minutes since it began.
    pub minutes: i64,
    /// What remains to be made.
    pub remaining: Quantity,
    /// The last look; none where there was none.
    pub last: Option<SinceLast>,
}

/// When a check is due. `value` is the interval of the periodic ones, in units or minutes; an
/// interval counts from the last look, or from the start. A failed check is due again at once:
/// the next attempt decides. Nothing is due before the operation has started.
pub fn due(frequency: Frequency, value: Option<i32>, facts: &DueFacts) -> Due {
    if frequency == Frequency::OnDemand || !facts.started {
        return Due::NotDue;
    }
    if facts.last.is_some_and(|last| !last.result.releases()) {
        return Due::NOW;
    }
    let once = if facts.last.is_some() { Due::Done } else { Due::NOW };
    match frequency {
        Frequency::FirstPiece | Frequency::PerLot | Frequency::Sampling => once,
        Frequency::PerShift if facts.last.is_some_and(|last| !last.this_shift) => Due::NOW,
        Frequency::PerShift => once,
        Frequency::Final if facts.remaining > Quantity::ZERO => Due::In { units: facts.remaining },
        Frequency::Final => once,
        Frequency::EveryUnit => after_units(1, facts),
        Frequency::PeriodicUnits => value.map_or(Due::NotDue, |units| after_units(units, facts)),
        Frequency::PeriodicMinutes => value.map_or(Due::NotDue, |minutes| after_minutes(minutes, facts)),
        Frequency::OnDemand => Due::NotDue,
    }
}

fn after_units(units: i32, facts: &DueFacts) -> Due {
    let made = facts.last.map_or(facts.made, |last| last.made);
    let left = Quantity::from(units) - made;
    if left.decimal() > Decimal::ZERO { Due::In { units: left } } else { Due::Now { late_units: -left } }
}

fn after_minutes(minutes: i32, facts: &DueFacts) -> Due {
    let left = i64::from(minutes) - facts.last.map_or(facts.minutes, |last| last.minutes);
    if left > 0 { Due::InMinutes { minutes: left } } else { Due::NOW }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn fresh(made: i32, minutes: i64) -> DueFacts {
        DueFacts { started: true, made: made.into(), minutes, remaining: (100 - made).into(), last: None }
    }

    fn passed(made: i32, minutes: i64, this_shift: bool) -> DueFacts {
        let result = InspectionResult::Pass;
        let last = SinceLast { result, made: made.into(), minutes, this_shift };
        DueFacts { last: Some(last), ..fresh(60, 600) }
    }

    fn now(late: i32) -> Due {
        Due::Now { late_units: late.into() }
    }
    fn units(units: i32) -> Due {
        Due::In { units: units.into() }
    }

    #[rstest]
    #[case("FIRST_PIECE", None, fresh(0, 0), now(0))]
    #[case("FIRST_PIECE", None, passed(9, 9, true), Due::Done)]
    #[case("EVERY_UNIT", None, fresh(0, 0), units(1))]
    #[case("EVERY_UNIT", None, passed(1, 9, true), now(0))]
    #[case("PERIODIC_UNITS", Some(50), fresh(41, 0), units(9))]
    #[case("PERIODIC_UNITS", Some(50), passed(49, 0, true), units(1))]
    #[case("PERIODIC_UNITS", Some(50), passed(50, 0, true), now(0))]
    #[case("PERIODIC_UNITS", Some(50), passed(64, 0, true), now(14))]
    #[case("PERIODIC_UNITS", None, fresh(50, 0), Due::NotDue)]
    #[case("PERIODIC_MINUTES", Some(60), fresh(0, 59), Due::InMinutes { minutes: 1 })]
    #[case("PERIODIC_MINUTES", Some(60), passed(0, 60, true), now(0))]
    #[case("PER_LOT", None, fresh(0, 0), now(0))]
    #[case("PER_LOT", None, passed(90, 900, false), Due::Done)]
    #[case("PER_SHIFT", None, fresh(0, 0), now(0))]
    #[case("PER_SHIFT", None, passed(9, 9, true), Due::Done)]
    #[case("PER_SHIFT", None, passed(9, 9, false), now(0))]
    #[case("SAMPLING", None, fresh(0, 0), now(0))]
    #[case("FINAL", None, fresh(60, 0), units(40))]
    #[case("FINAL", None, fresh(100, 0), now(0))]
    #[case("ON_DEMAND", None, fresh(99, 999), Due::NotDue)]
    fn a_check_is_due_by_its_frequency(
        #[case] frequency: &str,
        #[case] value: Option<i32>,
        #[case] facts: DueFacts,
        #[case] expected: Due,
    ) {
        assert_eq!(due(frequency.parse().unwrap(), value, &facts), expected);
    }

    #[test]
    fn a_final_check_is_done_once_it_passed() {
        let facts = DueFacts { remaining: Quantity::ZERO, ..passed(0, 0, true) };
        assert_eq!(due(Frequency::Final, None, &facts), Due::Done);
    }

    #[test]
    fn nothing_is_due_before_the_start_and_a_failure_is_due_again() {
        for frequency in Frequency::ALL {
            let idle = DueFacts { started: false, ..fresh(0, 0) };
            assert_eq!(due(*frequency, Some(1), &idle), Due::NotDue);
            let mut failed = passed(0, 0, true);
            failed.last = failed.last.map(|last| SinceLast { result: InspectionResult::Fail, ..last });
            assert_eq!(due(*frequency, Some(50), &failed).is_now(), *frequency != Frequency::OnDemand);
        }
    }
}
