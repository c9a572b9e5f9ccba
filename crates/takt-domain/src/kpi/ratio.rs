//! A figure, or why there is none.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// Why a figure has no value.
    NoValue {
        /// PBT is zero.
        NoPlannedTime = "no_planned_time",
        /// APT is zero.
        NoProductionTime = "no_production_time",
        /// AUPT is zero.
        NoProcessingTime = "no_processing_time",
        /// AUBT is zero.
        NoBusyTime = "no_busy_time",
        /// PQ is zero.
        NothingProduced = "nothing_produced",
        /// No first pass was inspected.
        NothingInspected = "nothing_inspected",
        /// PRI of something made is not planned.
        IdealTimeUnknown = "ideal_time_unknown",
        /// No target is set.
        NoTarget = "no_target",
        /// Nobody was present.
        NoAttendance = "no_attendance",
        /// Nothing failed, or nothing was repaired.
        NoFailures = "no_failures",
    }
}

/// A figure, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ratio {
    /// A value, 1 = 100 %.
    Value {
        /// Not rounded, not capped.
        value: f64,
        /// Whether it cannot be: below 0, or above 1 where 1 is all there is.
        data_error: bool,
    },
    /// No value.
    None {
        /// Why.
        reason: NoValue,
    },
}

impl Ratio {
    pub(super) fn of(numerator: Decimal, denominator: Decimal, reason: NoValue) -> Self {
        Self::checked(numerator, denominator, reason, true)
    }

    pub(super) fn open(numerator: Decimal, denominator: Decimal, reason: NoValue) -> Self {
        Self::checked(numerator, denominator, reason, false)
    }

    /// Whether it is an error is decided exactly, before the division.
    fn checked(numerator: Decimal, denominator: Decimal, reason: NoValue, at_most_one: bool) -> Self {
        let (Some(over), Some(under)) = (numerator.to_f64(), denominator.to_f64()) else {
            return Self::None { reason };
        };
        if denominator.is_zero() {
            return Self::None { reason };
        }
        let negative = numerator < Decimal::ZERO || denominator < Decimal::ZERO;
        Self::Value { value: over / under, data_error: negative || (at_most_one && numerator > denominator) }
    }

    /// The value, where there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value { value, .. } => Some(value),
            Self::None { .. } => None,
        }
    }

    /// Whether it is a value that cannot be.
    pub fn is_data_error(self) -> bool {
        matches!(self, Self::Value { data_error: true, .. })
    }

    /// The product of both; without a value where either has none, an error where either is.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Value { value: a, data_error: x }, Self::Value { value: b, data_error: y }) => {
                Self::Value { value: a * b, data_error: x || y }
            }
            (none @ Self::None { .. }, _) | (_, none) => none,
        }
    }
}
