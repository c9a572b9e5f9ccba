//! Control limits of individuals and moving ranges, and of means and ranges of subgroups.

use std::f64::consts::FRAC_2_SQRT_PI;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::moments::{exact_mean, float, mean};
use super::{MIN_POINTS, MIN_SUBGROUPS};
use crate::Measure;

/// Factors of a subgroup size (AIAG SPC, appendix E), here to 8 decimals instead of its 3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// Readings in a subgroup.
    pub n: usize,
    /// Mean range over σ.
    pub d2: f64,
    /// x̄ ± A2·R̄.
    pub a2: f64,
    /// Lower limit of R: D3·R̄.
    pub d3: f64,
    /// Upper limit of R: D4·R̄.
    pub d4: f64,
}

const CONSTANTS: [Constants; 9] = [
    Constants { n: 2, d2: FRAC_2_SQRT_PI, a2: 1.8799712059732503, d3: 0.0, d4: 3.2665319192886013 },
    Constants { n: 3, d2: 1.692_568_75, a2: 1.023_326_71, d3: 0.0, d4: 2.574_591_29 },
    Constants { n: 4, d2: 2.058_750_75, a2: 0.728_597_19, d3: 0.0, d4: 2.282_051_56 },
    Constants { n: 5, d2: 2.325_928_95, a2: 0.576_819_33, d3: 0.0, d4: 2.114_499_15 },
    Constants { n: 6, d2: 2.534_412_72, a2: 0.483_246_02, d3: 0.0, d4: 2.003_829_82 },
    Constants { n: 7, d2: 2.704_356_75, a2: 0.419_283_96, d3: 0.075_707_74, d4: 1.924_292_26 },
    Constants { n: 8, d2: 2.847_200_61, a2: 0.372_527_38, d3: 0.136_171, d4: 1.863_829 },
    Constants { n: 9, d2: 2.970_026_32, a2: 0.336_697_35, d3: 0.184_013_02, d4: 1.815_986_98 },
    Constants { n: 10, d2: 3.077_505_46, a2: 0.308_263_73, d3: 0.223_022_66, d4: 1.776_977_34 },
];

/// The factors for subgroups of `n` readings, 2 to 10.
pub fn constants(n: usize) -> Option<Constants> {
    CONSTANTS.iter().find(|row| row.n == n).copied()
}

/// Centre line and 3σ limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Limits {
    /// Lower control limit.
    pub lcl: f64,
    /// Centre line.
    pub center: f64,
    /// Upper control limit.
    pub ucl: f64,
}

/// Why there are no limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitsRefused {
    /// Too few points: limits would follow chance.
    #[error("{have} points, {need} are needed")]
    TooFew {
        /// Points, or subgroups, there are.
        have: usize,
        /// Points, or subgroups, needed.
        need: usize,
    },
    /// Subgroups differ in size, or have fewer than 2 or more than 10 readings.
    #[error("subgroups must all have the same 2 to 10 readings")]
    SubgroupSize,
}

impl LimitsRefused {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFew { .. } => "too_few_points",
            Self::SubgroupSize => "subgroup_size",
        }
    }
}

/// Chart of individuals and moving ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct XmrChart {
    /// Of the individuals.
    pub individuals: Limits,
    /// Of the moving ranges of two.
    pub moving_range: Limits,
    /// σ within: MR̄ / d2.
    pub sigma: f64,
}

/// x̄ ± 2.66·MR̄ for individuals, 0 … 3.267·MR̄ for their moving ranges of two. The factors are
/// 3/d2 and D4 of n = 2, not rounded. Refused below [`MIN_POINTS`].
pub fn individuals(values: &[Measure]) -> Result<XmrChart, LimitsRefused> {
    let too_few = LimitsRefused::TooFew { have: values.len(), need: MIN_POINTS };
    if values.len() < MIN_POINTS {
        return Err(too_few);
    }
    xmr(values).ok_or(too_few)
}

pub(super) fn xmr(values: &[Measure]) -> Option<XmrChart> {
    let Constants { d2, d4, .. } = CONSTANTS[0];
    let ranges = values.windows(2).map(|pair| (pair[1].decimal() - pair[0].decimal()).abs());
    let (center, mr) = (mean(values)?, average(ranges)?);
    let sigma = mr / d2;
    Some(XmrChart {
        individuals: Limits { lcl: center - 3.0 * sigma, center, ucl: center + 3.0 * sigma },
        moving_range: Limits { lcl: 0.0, center: mr, ucl: d4 * mr },
        sigma,
    })
}

/// Chart of means and ranges of subgroups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct SubgroupChart {
    /// Mean of each subgroup.
    pub means: Vec<f64>,
    /// Range of each subgroup.
    pub ranges: Vec<f64>,
    /// Of the means: x̿ ± A2·R̄.
    pub mean: Limits,
    /// Of the ranges: D3·R̄ … D4·R̄.
    pub range: Limits,
    /// σ within: R̄ / d2.
    pub sigma: f64,
}

/// X̄-R chart of subgroups of one size. Refused below [`MIN_SUBGROUPS`].
pub fn xbar_r(subgroups: &[Vec<Measure>]) -> Result<SubgroupChart, LimitsRefused> {
    if subgroups.len() < MIN_SUBGROUPS {
        return Err(LimitsRefused::TooFew { have: subgroups.len(), need: MIN_SUBGROUPS });
    }
    chart(subgroups).ok_or(LimitsRefused::SubgroupSize)
}

pub(super) fn chart(subgroups: &[Vec<Measure>]) -> Option<SubgroupChart> {
    let size = subgroups.first()?.len();
    let Constants { d2, a2, d3, d4, .. } = constants(size)?;
    if subgroups.iter().any(|subgroup| subgroup.len() != size) {
        return None;
    }
    let means: Vec<Decimal> = subgroups.iter().map(|subgroup| exact_mean(subgroup)).collect::<Option<_>>()?;
    let ranges: Vec<Decimal> = subgroups.iter().map(|subgroup| range(subgroup)).collect::<Option<_>>()?;
    let (center, r) = (average(means.iter().copied())?, average(ranges.iter().copied())?);
    Some(SubgroupChart {
        means: means.into_iter().map(float).collect(),
        ranges: ranges.into_iter().map(float).collect(),
        mean: Limits { lcl: center - a2 * r, center, ucl: center + a2 * r },
        range: Limits { lcl: d3 * r, center: r, ucl: d4 * r },
        sigma: r / d2,
    })
}

fn range(subgroup: &[Measure]) -> Option<Decimal> {
    Some(subgroup.iter().max()?.decimal() - subgroup.iter().min()?.decimal())
}

fn average(mut values: impl ExactSizeIterator<Item = Decimal>) -> Option<f64> {
    let n = Decimal::from(values.len());
    let sum = values.try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value))?;
    sum.checked_div(n).map(float)
}
