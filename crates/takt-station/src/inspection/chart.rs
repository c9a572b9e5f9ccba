//! The running chart of a characteristic: every reading recorded here, then the draft's.

use rust_decimal::prelude::ToPrimitive;
use takt_domain::Measure;
use takt_domain::spc::{Rule, individuals, moments, violations};
use takt_store::Reading as Database;
use takt_wire::payload::Reading;
use takt_wire::row::Characteristic;

use crate::refused::Refused;
use crate::view::inspection::{ChartPoint, ChartSignal, ChartView};

/// Points drawn; the figures are of all readings.
const POINTS_MAX: usize = 60;

/// Limits of the process, not of the tolerance.
#[derive(Clone, Copy, Debug)]
struct Control {
    lcl: f64,
    centre: f64,
    ucl: f64,
    sigma: f64,
}

/// The chart of a measured characteristic.
pub(crate) fn chart(
    r: &Database<'_>,
    characteristic: &Characteristic,
    draft: &[Reading],
) -> Result<ChartView, Refused> {
    let recorded = r.recorded_readings(characteristic.id)?;
    let of_draft = draft.iter().filter(|reading| reading.characteristic_id == characteristic.id);
    let series: Vec<(&Reading, Measure, bool)> = recorded
        .iter()
        .map(|reading| (reading, false))
        .chain(of_draft.map(|reading| (reading, true)))
        .filter_map(|(reading, draft)| Some((reading, reading.value?, draft)))
        .collect();
    let values: Vec<Measure> = series.iter().map(|(_, value, _)| *value).collect();
    let floats: Vec<f64> = values.iter().map(|value| float(*value)).collect();
    let control = control(characteristic, &values);
    let broken = control.map(|limits| violations(&floats, limits.centre, limits.sigma)).unwrap_or_default();
    let moments = moments(&values);
    let from = series.len().saturating_sub(POINTS_MAX);
    let point = |(index, (reading, _, draft)): (usize, &(&Reading, Measure, bool))| ChartPoint {
        value: floats[index],
        at: reading.device_time,
        conforming: reading.conforming,
        signal: broken.iter().any(|violation| violation.index == index),
        draft: *draft,
    };
    let signal = broken.last().filter(|violation| violation.index >= from).and_then(|violation| {
        let at = series.get(violation.index)?.0.device_time;
        Some(ChartSignal { rule: rule(violation.rule).to_owned(), at })
    });
    Ok(ChartView {
        points: series.iter().enumerate().skip(from).map(point).collect(),
        n: u32::try_from(values.len()).unwrap_or(u32::MAX),
        mean: moments.as_ref().map(|moments| moments.mean),
        sd: moments.as_ref().and_then(|moments| moments.sd),
        ucl: control.map(|limits| limits.ucl),
        lcl: control.map(|limits| limits.lcl),
        centre: control.map(|limits| limits.centre),
        usl: characteristic.upper_spec.map(float),
        lsl: characteristic.lower_spec.map(float),
        signal,
    })
}

/// Given by the plan, else computed once there are enough readings.
fn control(characteristic: &Characteristic, values: &[Measure]) -> Option<Control> {
    if let (Some(lower), Some(upper)) = (characteristic.lower_control, characteristic.upper_control) {
        let (lcl, ucl) = (float(lower), float(upper));
        return Some(Control { lcl, centre: f64::midpoint(lcl, ucl), ucl, sigma: (ucl - lcl) / 6.0 });
    }
    let chart = individuals(values).ok()?;
    let limits = chart.individuals;
    Some(Control { lcl: limits.lcl, centre: limits.center, ucl: limits.ucl, sigma: chart.sigma })
}

fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::BeyondLimits => "beyond_3_sigma",
        Rule::TwoOfThree => "two_of_three",
        Rule::FourOfFive => "four_of_five",
        Rule::EightOnOneSide => "eight_on_one_side",
    }
}

fn float(value: Measure) -> f64 {
    value.decimal().to_f64().unwrap_or(f64::NAN)
}
