//! Statistical process control: is the process in control, and can it hold the tolerance?
//!
//! Formulas are those of the AIAG SPC reference manual (2nd edition). Readings are exact
//! decimals; sums of them, ranges and deviations are taken exactly, so that a gauge's digits far
//! from zero lose nothing, and only then turned into binary floats.

pub mod capability;
pub mod limits;
pub mod moments;
pub mod rules;

pub use capability::{Capability, capability};
pub use limits::{Limits, LimitsRefused, SubgroupChart, XmrChart, constants, individuals, xbar_r};
pub use moments::{Moments, mean, moments};
pub use rules::{Rule, Violation, violations};

/// Points (individuals, or readings in subgroups) before limits are computed: fewer tell chance.
pub const MIN_POINTS: usize = 30;
/// Subgroups before limits are computed.
pub const MIN_SUBGROUPS: usize = 25;

#[cfg(test)]
mod tests;
