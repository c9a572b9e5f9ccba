//! Exact decimals. Quantities are summed and compared for equality, readings are judged against
//! limits: neither may ever be a binary float.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Why a typed or received number was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberRefused {
    /// Not a decimal number in either notation.
    #[error("{0:?} is not a decimal number")]
    NotANumber(String),
    /// More decimal places than the column holds.
    #[error("{0} has more than {1} decimal places")]
    TooFine(Decimal, u32),
    /// More digits before the point than the column holds.
    #[error("{0} is too large")]
    TooLarge(Decimal),
}

macro_rules! exact {
    ($(#[$doc:meta])* $name:ident, $scale:literal, $whole:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
        #[ts(type = "string")]
        pub struct $name(Decimal);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Takes a decimal that fits the column, refuses any other.
            pub fn new(value: Decimal) -> Result<Self, NumberRefused> {
                let value = value.normalize();
                if value.scale() > $scale {
                    return Err(NumberRefused::TooFine(value, $scale));
                }
                if value.abs() >= Decimal::from(10_u64.pow($whole)) {
                    return Err(NumberRefused::TooLarge(value));
                }
                Ok(Self(value))
            }

            /// Reads what a person typed: both decimal separators, no grouping.
            pub fn typed(text: &str) -> Result<Self, NumberRefused> {
                let refused = || NumberRefused::NotANumber(text.chars().take(40).collect());
                let plain = text.trim().replace(',', ".");
                let digits = plain.strip_prefix('-').unwrap_or(&plain);
                let allowed = |c: char| c.is_ascii_digit() || c == '.';
                if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.chars().all(allowed) {
                    return Err(refused());
                }
                Self::new(Decimal::from_str(plain.trim_end_matches('.')).map_err(|_| refused())?)
            }

            /// The number itself.
            pub fn decimal(self) -> Decimal { self.0 }
            /// Whether it is zero.
            pub fn is_zero(self) -> bool { self.0.is_zero() }
            /// Whether it is below zero.
            pub fn is_negative(self) -> bool { self.0 < Decimal::ZERO }
        }

        impl From<i32> for $name {
            fn from(value: i32) -> Self { Self(Decimal::from(value)) }
        }
        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self { Self((self.0 + other.0).normalize()) }
        }
        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self { Self((self.0 - other.0).normalize()) }
        }
        impl std::ops::Neg for $name {
            type Output = Self;
            fn neg(self) -> Self { Self(-self.0) }
        }
        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) { *self = *self + other; }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self { parts.fold(Self::ZERO, |a, b| a + b) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let decimal = rust_decimal::serde::str::deserialize(d)?;
                Self::new(decimal).map_err(serde::de::Error::custom)
            }
        }
    };
}

exact!(
    /// How many or how much: `numeric(18,4)`, in the unit named beside it.
    Quantity, 4, 14
);
exact!(
    /// A reading or a limit: `numeric(18,6)`, in the characteristic's unit.
    Measure, 6, 12
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_decimal_separators_are_read() {
        assert_eq!(Quantity::typed("1,5"), Quantity::typed("1.5"));
        assert_eq!(Quantity::typed(" 24 ").unwrap(), Quantity::from(24));
        assert_eq!(Quantity::typed("1.").unwrap(), Quantity::from(1));
        assert_eq!(Measure::typed("-0,25").unwrap().to_string(), "-0.25");
    }

    #[test]
    fn grouping_exponents_and_words_are_refused() {
        for text in ["", " ", "1.000,5", "1e3", "abc", "--1", "+1", ".5", "1 000", "∞"] {
            assert!(Quantity::typed(text).is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn what_the_column_cannot_hold_is_refused() {
        assert!(matches!(Quantity::typed("1.00001"), Err(NumberRefused::TooFine(..))));
        assert!(matches!(Quantity::typed("100000000000000"), Err(NumberRefused::TooLarge(_))));
        assert!(Measure::typed("1.000001").is_ok());
    }

    #[test]
    fn it_travels_as_a_string() {
        let json = serde_json::to_string(&Quantity::typed("1.50").unwrap()).unwrap();
        assert_eq!(json, "\"1.5\"");
        assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), Quantity::typed("1.5").unwrap());
    }
}
