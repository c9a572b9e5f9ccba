//! Mean and standard deviation of exact readings.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::Measure;

/// Mean and spread of a series, in the characteristic's unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Moments {
    /// How many readings.
    pub n: usize,
    /// Arithmetic mean x̄.
    pub mean: f64,
    /// Sample standard deviation s = √(Σ(x − x̄)² / (n − 1)); none for a single reading.
    pub sd: Option<f64>,
    /// Smallest reading.
    pub min: f64,
    /// Largest reading.
    pub max: f64,
}

/// The moments of a series; `None` where there is no reading.
///
/// Deviations from the mean are exact decimals, so that 10000000.2 ± 0.1 has all its digits; what
/// the mean itself was rounded by is taken off again (the corrected two-pass algorithm of Chan,
/// Golub and LeVeque).
pub fn moments(values: &[Measure]) -> Option<Moments> {
    let (min, max) = (values.iter().min()?, values.iter().max()?);
    let centre = exact_mean(values)?;
    let deviation = |value: &Measure| float(value.decimal() - centre);
    let squares = compensated(values.iter().map(|value| deviation(value).powi(2)));
    let rest = compensated(values.iter().map(deviation));
    let n = values.len();
    let sum = (squares - rest * rest / n as f64).max(0.0);
    let sd = (n > 1).then(|| (sum / (n - 1) as f64).sqrt());
    Some(Moments { n, mean: float(centre), sd, min: float(min.decimal()), max: float(max.decimal()) })
}

/// The arithmetic mean; `None` where there is no reading.
pub fn mean(values: &[Measure]) -> Option<f64> {
    exact_mean(values).map(float)
}

/// The mean to the 28 digits a decimal holds. A reading has 18 at most, so the sum of ten
/// thousand million of them is exact.
pub(super) fn exact_mean(values: &[Measure]) -> Option<Decimal> {
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value.decimal()))?;
    sum.checked_div(Decimal::from(values.len()))
}

/// A sum that carries what each addition rounded off (Kahan, Neumaier).
fn compensated(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    sum + lost
}

/// The nearest binary float.
pub(super) fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}
