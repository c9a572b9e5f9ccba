//! Whether the process can hold the tolerance.

use serde::{Deserialize, Serialize};

/// Capability by the spread within (Cp, Cpk) and overall (Pp, Ppk). An index is none where its
/// limits or its σ are missing; a one-sided tolerance has Cpk and Ppk only, of its one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Capability {
    /// (USL − LSL) / 6σ within.
    pub cp: Option<f64>,
    /// min((USL − x̄), (x̄ − LSL)) / 3σ within.
    pub cpk: Option<f64>,
    /// (USL − LSL) / 6s.
    pub pp: Option<f64>,
    /// min((USL − x̄), (x̄ − LSL)) / 3s.
    pub ppk: Option<f64>,
}

/// The indices of a process with that mean, σ within (MR̄/d2 or R̄/d2) and overall standard
/// deviation s, against the limits of the tolerance; all in the characteristic's unit.
pub fn capability(
    mean: f64,
    sigma_within: Option<f64>,
    sd_overall: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
) -> Capability {
    let (cp, cpk) = indices(mean, sigma_within, lower, upper);
    let (pp, ppk) = indices(mean, sd_overall, lower, upper);
    Capability { cp, cpk, pp, ppk }
}

fn indices(
    mean: f64,
    sigma: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
) -> (Option<f64>, Option<f64>) {
    let Some(sigma) = sigma.filter(|sigma| *sigma > 0.0) else { return (None, None) };
    let both = lower.zip(upper).map(|(lower, upper)| (upper - lower) / (6.0 * sigma));
    let below = lower.map(|lower| (mean - lower) / (3.0 * sigma));
    let above = upper.map(|upper| (upper - mean) / (3.0 * sigma));
    let worse = [below, above].into_iter().flatten().reduce(f64::min);
    (both, worse)
}
