//! The shift hour by hour: what was made, and what the machine mostly did.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::{MachineStatus, Quantity};
use takt_store::Reading;

use crate::here::{Here, Shift};
use crate::home::{Stretch, stretches};
use crate::job_view::ratio;
use crate::refused::Refused;
use crate::view::handover::HourPart;

/// The hours of a shift; the last may be shorter.
pub(crate) fn hours(
    r: &Reading<'_>,
    here: &Here,
    shift: &Shift,
    now: DateTime<Utc>,
) -> Result<Vec<HourPart>, Refused> {
    let window = shift.window;
    let lines = r.lines_between(window.starts_at, window.ends_at)?;
    let stretches = match here.enrolment.machine_id {
        Some(machine) => stretches(r, machine, shift, now)?,
        None => Vec::new(),
    };
    let mut parts = Vec::new();
    let mut from = window.starts_at;
    while from < window.ends_at {
        let to = (from + TimeDelta::hours(1)).min(window.ends_at);
        let in_it = lines.iter().filter(|line| from <= line.counted_at && line.counted_at < to);
        let good: Quantity = in_it.map(|line| line.logged.quantity_good).sum();
        let mood = if from >= now { "future" } else { mood(&stretches, from, to) };
        parts.push(HourPart { from, good, ratio: 0.0, mood: mood.to_owned() });
        from = to;
    }
    let best = parts.iter().map(|part| part.good).max().unwrap_or_default();
    let whole = best.max(hourly_target(shift, parts.len()));
    for part in &mut parts {
        part.ratio = ratio(part.good, whole);
    }
    Ok(parts)
}

fn hourly_target(shift: &Shift, hours: usize) -> Quantity {
    let hours = rust_decimal::Decimal::from(hours.max(1));
    Quantity::new((shift.row.production_target.decimal() / hours).round_dp(4)).unwrap_or_default()
}

/// What took most of an hour.
fn mood(stretches: &[Stretch], from: DateTime<Utc>, to: DateTime<Utc>) -> &'static str {
    let mut seconds: BTreeMap<&'static str, i64> = BTreeMap::new();
    for stretch in stretches {
        let part = (stretch.to.min(to) - stretch.from.max(from)).num_seconds();
        if part > 0 {
            *seconds.entry(word(stretch.status)).or_default() += part;
        }
    }
    seconds.into_iter().max_by_key(|(_, seconds)| *seconds).map_or("unknown", |(mood, _)| mood)
}

fn word(status: Option<MachineStatus>) -> &'static str {
    match status {
        None => "unknown",
        Some(MachineStatus::Running) => "run",
        Some(MachineStatus::Setup) => "setup",
        Some(MachineStatus::Down | MachineStatus::Maintenance | MachineStatus::Decommissioned) => "down",
        Some(MachineStatus::Available | MachineStatus::Idle) => "idle",
    }
}
