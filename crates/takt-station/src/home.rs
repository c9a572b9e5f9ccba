//! Station home: what runs, what comes next, what waits for somebody.

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::{MachineId, MachineStatus};
use takt_store::Reading;

use crate::handover;
use crate::here::{Here, Shift, Shifts};
use crate::job::{self, Job};
use crate::job_view;
use crate::machine::{self, MachineNow};
use crate::ncr;
use crate::reasons::{List, Reasons};
use crate::refused::Refused;
use crate::view::home::{HomeView, JobState, QueueItem, Segment};

/// Jobs shown in the queue.
const QUEUE_MAX: usize = 50;

/// The home screen.
pub(crate) fn home(
    r: &Reading<'_>,
    here: &Here,
    locale: &str,
    now: DateTime<Utc>,
) -> Result<HomeView, Refused> {
    let shifts = Shifts::read(r)?;
    let reasons = Reasons::read(r, locale, now)?;
    let jobs = job::open_jobs(r, here)?;
    let current = job::current(&jobs, here);
    let current_id = current.map(Job::id);
    let machine = match here.enrolment.machine_id {
        Some(id) => MachineNow::find(r, id)?,
        None => None,
    };
    let timeline = match (&machine, shifts.running(now)) {
        (Some(machine), Some(shift)) => timeline(r, machine, &shift, &reasons, now)?,
        _ => Vec::new(),
    };
    Ok(HomeView {
        job: current.map(|job| job_view::view(r, here, &shifts, job, now)).transpose()?,
        machine: machine.as_ref().map(|machine| machine.view(&reasons)),
        queue: queue(r, here, jobs.iter().filter(|job| Some(job.id()) != current_id))?,
        unexplained: machine::unexplained(r, here.enrolment.machine_id, now)?,
        handover_waiting: handover::waiting(r, here, &shifts, now)?,
        ncrs_to_complete: ncr::to_complete(r, now)?,
        timeline,
        down_reasons: reasons.list(List::Down),
    })
}

/// Startable first, then by the plant's priority and date.
fn queue<'a>(
    r: &Reading<'_>,
    here: &Here,
    jobs: impl Iterator<Item = &'a Job>,
) -> Result<Vec<QueueItem>, Refused> {
    let mut items = Vec::new();
    for job in jobs.filter(|job| may_be_next(job, here)) {
        let blocked = if job.is_running() { None } else { job.start_refused(r)? };
        let due = job.order.planned_end;
        let order = (blocked.is_some(), job.order.priority, due.is_none(), due, job.id());
        items.push((order, item(r, job, blocked)?));
    }
    items.sort_by_key(|(order, _)| *order);
    Ok(items.into_iter().map(|(_, item)| item).take(QUEUE_MAX).collect())
}

/// Orders that are over are no work, whatever their steps say; another machine's work is not ours.
fn may_be_next(job: &Job, here: &Here) -> bool {
    let over = matches!(job.order.status.as_str(), "COMPLETED" | "CANCELLED");
    let machine = here.enrolment.machine_id;
    let elsewhere = machine.is_some() && job.operation.machine_id.is_some_and(|id| Some(id) != machine);
    !over && (!elsewhere || job.state() != JobState::Ready)
}

fn item(r: &Reading<'_>, job: &Job, blocked: Option<crate::view::Refusal>) -> Result<QueueItem, Refused> {
    let material = job.material(r)?;
    Ok(QueueItem {
        operation: job.id(),
        order: job.order.work_order_number.clone(),
        operation_number: job.operation.operation_number,
        operation_name: job.operation.operation_name.clone(),
        material_name: material.map(|material| material.material_name).unwrap_or_default(),
        planned: job.progress.planned,
        good: job.progress.good,
        unit: job.unit(r)?.0,
        due_at: job.order.planned_end,
        state: job.state(),
        blocked,
    })
}

/// A stretch of the machine's time; no status = nothing is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub status: Option<MachineStatus>,
    pub reason: Option<takt_domain::ReasonId>,
}

/// What a machine did from a shift's start until now, in order, gaps included as unknown. What
/// was recorded here comes first; before it the centre's word holds from when it was given.
pub(crate) fn stretches(
    r: &Reading<'_>,
    machine: MachineId,
    shift: &Shift,
    now: DateTime<Utc>,
) -> Result<Vec<Stretch>, Refused> {
    let (start, end) = (shift.window.starts_at, now.min(shift.window.ends_at));
    let mut stretches = Vec::new();
    let mut known_to = start;
    let own = r.periods_between(machine, start, end)?;
    let until = own.first().map_or(end, |first| first.started_at);
    let row = r.mirror_one::<takt_wire::row::Machine>(i64::from(machine.0))?;
    if let Some(row) = row.filter(|row| row.status_since < until) {
        // The centre's word holds from when it was entered until the first own period.
        let (from, to) = (row.status_since.max(start), until.min(end));
        push(&mut stretches, &mut known_to, from, to, Some(row.status), None);
    }
    for period in own {
        let to = period.ended_at.unwrap_or(end).min(end);
        let from = period.started_at.max(start);
        push(&mut stretches, &mut known_to, from, to, Some(period.status), period.reason_id);
    }
    push(&mut stretches, &mut known_to, end, end, None, None);
    Ok(stretches)
}

fn push(
    stretches: &mut Vec<Stretch>,
    known_to: &mut DateTime<Utc>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    status: Option<MachineStatus>,
    reason: Option<takt_domain::ReasonId>,
) {
    let from = from.max(*known_to);
    if from > *known_to {
        stretches.push(Stretch { from: *known_to, to: from, status: None, reason: None });
        *known_to = from;
    }
    if to > from {
        stretches.push(Stretch { from, to, status, reason });
        *known_to = to;
    }
}

fn timeline(
    r: &Reading<'_>,
    machine: &MachineNow,
    shift: &Shift,
    reasons: &Reasons,
    now: DateTime<Utc>,
) -> Result<Vec<Segment>, Refused> {
    let whole = (shift.window.ends_at - shift.window.starts_at).max(TimeDelta::seconds(1));
    let ratio = |at: DateTime<Utc>| {
        (at - shift.window.starts_at).num_milliseconds() as f64 / whole.num_milliseconds() as f64
    };
    let stretches = stretches(r, machine.row.id, shift, now)?;
    let segment = |stretch: Stretch| Segment {
        from_ratio: ratio(stretch.from),
        to_ratio: ratio(stretch.to),
        status: stretch.status,
        reason: stretch.reason.map(|reason| reasons.label(reason)),
        unexplained: stretch.status == Some(MachineStatus::Down) && stretch.reason.is_none(),
        from: stretch.from,
        to: stretch.to,
    };
    Ok(stretches.into_iter().map(segment).collect())
}
