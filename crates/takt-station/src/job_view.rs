//! A job as the screens show it.

use chrono::{DateTime, Utc};
use rust_decimal::prelude::ToPrimitive;
use takt_domain::Quantity;
use takt_store::Reading;

use crate::checks;
use crate::here::{Here, Shifts};
use crate::job::Job;
use crate::refused::Refused;
use crate::view::home;

/// What a screen shows of a job.
pub(crate) fn view(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    job: &Job,
    now: DateTime<Utc>,
) -> Result<home::Job, Refused> {
    let material = job.material(r)?;
    let (unit, decimals) = job.unit(r)?;
    let progress = job.progress;
    let check = checks::most_urgent(r, here, shifts, job, now)?.map(|check| check.view());
    let (number, name, drawing) = match material {
        Some(m) => (m.material_number, m.material_name, m.drawing_number),
        None => (String::new(), String::new(), None),
    };
    Ok(home::Job {
        operation: job.id(),
        order: job.order.work_order_number.clone(),
        operation_number: job.operation.operation_number,
        operation_name: job.operation.operation_name.clone(),
        material_number: number,
        material_name: name,
        drawing,
        instructions: job.operation.instructions.clone(),
        state: job.state(),
        unit,
        decimals,
        planned: progress.planned,
        good: progress.good,
        scrap: progress.scrapped,
        rework: progress.rework,
        remaining: progress.remaining(),
        over: progress.overdelivered(),
        good_ratio: progress.ratio(),
        scrap_ratio: ratio(progress.scrapped, progress.planned),
        done_at: done_at(job, now),
        pack: pack(job),
        check,
        due_at: job.order.planned_end,
    })
}

/// Only a running job has a pace to be done at.
fn done_at(job: &Job, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let remaining = job.progress.remaining();
    if !job.is_running() || remaining.is_zero() {
        return None;
    }
    job.pace(now).done_at(now, remaining)
}

/// One tap never books more than remains, unless nothing does.
fn pack(job: &Job) -> Option<Quantity> {
    let remaining = job.progress.remaining();
    job.pack().map(|pack| if remaining.is_zero() { pack } else { pack.min(remaining) })
}

/// A part of a whole for a bar, 0–1; 0 where there is no whole.
pub(crate) fn ratio(part: Quantity, whole: Quantity) -> f64 {
    if whole <= Quantity::ZERO {
        return 0.0;
    }
    (part.decimal() / whole.decimal()).to_f64().unwrap_or(0.0).clamp(0.0, 1.0)
}
