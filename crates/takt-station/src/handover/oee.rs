//! OEE of the station's machine in a shift, with its parts; or why there is none.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use takt_domain::OperationId;
use takt_domain::availability::time_elements;
use takt_domain::kpi::{Components, NoValue, Ratio};
use takt_domain::progress::Progress;
use takt_store::Reading;
use takt_wire::row::{Machine, Operation};

use super::shift_facts::periods;
use crate::here::{Here, Shift};
use crate::job::{counted, run_seconds};
use crate::reasons::Reasons;
use crate::refused::Refused;
use crate::view::handover::OeeView;

/// The key figures of a shift until now.
pub(crate) fn oee(
    r: &Reading<'_>,
    here: &Here,
    shift: &Shift,
    reasons: &Reasons,
    now: DateTime<Utc>,
) -> Result<OeeView, Refused> {
    let none = |reason: &str| OeeView {
        oee: None,
        availability: None,
        effectiveness: None,
        quality_ratio: None,
        reason: Some(reason.to_owned()),
    };
    let Some(id) = here.enrolment.machine_id else { return Ok(none("no_machine")) };
    let Some(machine) = r.mirror_one::<Machine>(i64::from(id.0))? else { return Ok(none("no_machine")) };
    let mut components = made(r, shift, &machine)?;
    let time = time_elements(&shift.window, now, &periods(r, id, shift, reasons)?, &[]);
    components.time = time.less_break(break_seconds(shift, now));
    components.target = shift.row.production_target;
    let (oee, effectiveness) = (components.oee(), components.effectiveness());
    let reason = match oee {
        Ratio::None { reason } => Some(no_value(reason)),
        Ratio::Value { .. } if oee.is_data_error() || effectiveness.is_data_error() => Some("above_one"),
        Ratio::Value { .. } if components.is_incomplete() => Some("unknown_time"),
        Ratio::Value { .. } if components.produced().is_zero() => Some("nothing_made"),
        Ratio::Value { .. } => None,
    };
    Ok(OeeView {
        oee: oee.value(),
        availability: components.availability().value(),
        effectiveness: effectiveness.value(),
        quality_ratio: components.quality_ratio().value(),
        reason: reason.map(str::to_owned),
    })
}

/// What was made in the shift, each operation with its own planned run time.
fn made(r: &Reading<'_>, shift: &Shift, machine: &Machine) -> Result<Components, Refused> {
    let mut sums: BTreeMap<OperationId, Progress> = BTreeMap::new();
    for line in r.lines_between(shift.window.starts_at, shift.window.ends_at)? {
        let sum = sums.entry(line.logged.operation_id).or_default();
        *sum = sum.with(&counted(&line.logged));
    }
    let mut components = Components::default();
    for (id, sum) in sums {
        let row: Option<Operation> = r.mirror_one(i64::from(id.0))?;
        let ideal = row.as_ref().and_then(run_seconds).or_else(|| ideal_cycle(machine));
        components.make(sum.good, sum.scrapped, sum.rework, ideal);
    }
    Ok(components)
}

fn ideal_cycle(machine: &Machine) -> Option<Decimal> {
    machine.ideal_cycle_seconds.as_deref()?.parse().ok().filter(|seconds: &Decimal| *seconds > Decimal::ZERO)
}

/// The part of the break that falls to the time elapsed.
fn break_seconds(shift: &Shift, now: DateTime<Utc>) -> i64 {
    let whole = shift.window.seconds().max(1);
    let elapsed = shift.window.until(now).seconds();
    i64::from(shift.row.break_minutes) * 60 * elapsed / whole
}

fn no_value(reason: NoValue) -> &'static str {
    match reason {
        NoValue::IdealTimeUnknown => "no_ideal_time",
        NoValue::NothingProduced => "nothing_made",
        NoValue::NoPlannedTime => "no_planned_time",
        _ => "unknown_time",
    }
}
