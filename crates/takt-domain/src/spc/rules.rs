//! The Western Electric run rules (Statistical Quality Control Handbook, 1956).

use crate::words::words;

words! {
    /// A run rule.
    Rule {
        /// One point beyond 3σ.
        BeyondLimits = "WE1",
        /// Two of three in a row beyond 2σ on the same side.
        TwoOfThree = "WE2",
        /// Four of five in a row beyond 1σ on the same side.
        FourOfFive = "WE3",
        /// Eight in a row on the same side of the centre.
        EightOnOneSide = "WE4",
    }
}

impl Rule {
    /// How many of how many in a row lie beyond how many σ.
    fn pattern(self) -> (usize, usize, f64) {
        match self {
            Self::BeyondLimits => (1, 1, 3.0),
            Self::TwoOfThree => (2, 3, 2.0),
            Self::FourOfFive => (4, 5, 1.0),
            Self::EightOnOneSide => (8, 8, 0.0),
        }
    }
}

/// A rule broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// Index, from 0, of the last point of the pattern.
    pub index: usize,
}

/// Every rule broken in a series, in the order of the points. Beyond means strictly beyond: a
/// point on a line is not; the point a pattern is reported at is itself beyond.
pub fn violations(series: &[f64], center: f64, sigma: f64) -> Vec<Violation> {
    let at = |index: usize| Rule::ALL.iter().map(move |rule| Violation { rule: *rule, index });
    let broken = |found: &Violation| breaks(found.rule, &series[..=found.index], center, sigma);
    (0..series.len()).flat_map(at).filter(broken).collect()
}

/// Whether the last point of a series, itself beyond, completes a rule's pattern.
fn breaks(rule: Rule, series: &[f64], center: f64, sigma: f64) -> bool {
    let (needed, of, sigmas) = rule.pattern();
    let Some(start) = series.len().checked_sub(of) else { return false };
    let (upper, lower) = (center + sigmas * sigma, center - sigmas * sigma);
    let side = |value: &f64| i8::from(*value > upper) - i8::from(*value < lower);
    let last = series.last().map_or(0, side);
    last != 0 && series[start..].iter().filter(|value| side(value) == last).count() >= needed
}
