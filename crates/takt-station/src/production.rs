//! Starting, pausing and finishing a job; the machine follows in the same transaction.

use takt_domain::{EventId, MachineId, MachineStatus, OperationId, ProductionEvent, Quantity, ReasonId};
use takt_store::{Reading, Writing};
use takt_wire::payload::ProductionLogged;

use crate::act::Act;
use crate::job::{self, Job};
use crate::machine::{self, MachineNow};
use crate::reasons::{List, Reasons};
use crate::refused::Refused;
use crate::said::Said;
use crate::view::Refusal;

/// Starts a job, or resumes it where it was paused.
pub(crate) fn start(w: &mut Writing<'_>, act: &Act<'_>, id: OperationId) -> Result<Said, Refused> {
    let job = Job::get(w, id)?;
    if !job.is_here(&act.here) {
        return Err(elsewhere(w, &job)?.into());
    }
    if let Some(refusal) = job.start_refused(w)? {
        return Err(refusal.into());
    }
    if let Some(down) = machine_down(w, act)? {
        return Err(down.into());
    }
    let resumes = job.state() == crate::view::home::JobState::Paused;
    go_on(w, act, &job, if resumes { ProductionEvent::Resume } else { ProductionEvent::Start })?;
    Ok(job.said(Said::good(if resumes { "order_resumed" } else { "order_started" })))
}

/// A job starts or resumes, by whatever door: it takes the machine from the one that ran on it.
pub(crate) fn go_on(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    job: &Job,
    event: ProductionEvent,
) -> Result<(), Refused> {
    yield_machine(w, act, job)?;
    record(w, act, job, event, None)?;
    Ok(())
}

/// Pauses a running job.
pub(crate) fn pause(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    id: OperationId,
    reason: Option<ReasonId>,
) -> Result<Said, Refused> {
    let job = Job::get(w, id)?;
    if !job.is_running() {
        return Err(job.about(Refusal::new("not_running")).into());
    }
    if let Some(reason) = reason {
        Reasons::read(w, "", act.now())?.check(List::Down, reason)?;
    }
    record(w, act, &job, ProductionEvent::Pause, reason)?;
    Ok(job.said(Said::good("order_paused")))
}

/// Finishes a job; short is allowed and shown, a missing inspection is not.
pub(crate) fn finish(w: &mut Writing<'_>, act: &Act<'_>, id: OperationId) -> Result<Said, Refused> {
    let job = Job::get(w, id)?;
    if let Some(refusal) = job.finish_refused() {
        return Err(refusal.into());
    }
    record(w, act, &job, ProductionEvent::Complete, None)?;
    let said = job.said(Said::good("order_finished"));
    Ok(said.with("good", job.progress.good).with("remaining", job.progress.remaining()))
}

/// A line about a job that counts nothing yet.
pub(crate) fn line(act: &Act<'_>, job: &Job, event_type: ProductionEvent) -> ProductionLogged {
    ProductionLogged {
        event_type,
        work_order_id: job.order.id,
        operation_id: job.id(),
        machine_id: act.machine(),
        quantity_good: Quantity::ZERO,
        quantity_scrapped: Quantity::ZERO,
        quantity_rework: Quantity::ZERO,
        unit_id: job.order.unit_id,
        scrap_reason_id: None,
        rework_reason_id: None,
        pause_reason_id: None,
        corrects: None,
        notes: None,
    }
}

/// Records that a job changed its state, and what the machine does then.
pub(crate) fn record(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    job: &Job,
    event: ProductionEvent,
    reason: Option<ReasonId>,
) -> Result<EventId, Refused> {
    let fact = act.fact();
    let logged = ProductionLogged { pause_reason_id: reason, ..line(act, job, event) };
    w.log_production(&fact, fact.event_id, &logged)?;
    if let Some(machine) = act.machine() {
        machine_follows(w, act, machine, job, event, reason)?;
    }
    Ok(fact.event_id)
}

fn machine_follows(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    id: MachineId,
    job: &Job,
    event: ProductionEvent,
    reason: Option<ReasonId>,
) -> Result<(), Refused> {
    let Some(machine) = MachineNow::find(w, id)? else { return Ok(()) };
    let starts = matches!(event, ProductionEvent::Start | ProductionEvent::Resume);
    let other_order = starts && machine.work_order != Some(job.order.id);
    let next = match machine.status.after(event) {
        Some(next) => next,
        // It runs already, for another order: that one's period ends here.
        None if other_order && machine.status == MachineStatus::Running => MachineStatus::Running,
        None => return Ok(()),
    };
    let order = (event != ProductionEvent::Complete).then_some(job.order.id);
    machine::enter(w, act, id, next, reason, order, None)
}

/// One machine works on one job: what ran on it is paused without the machine standing.
fn yield_machine(w: &mut Writing<'_>, act: &Act<'_>, next: &Job) -> Result<(), Refused> {
    if act.machine().is_none() {
        return Ok(());
    }
    for job in job::open_jobs(w, &act.here)? {
        let on_it = !job.lines.is_empty() || job.operation.machine_id == act.machine();
        if job.is_running() && on_it && job.id() != next.id() {
            let fact = act.fact();
            w.log_production(&fact, fact.event_id, &line(act, &job, ProductionEvent::Pause))?;
        }
    }
    Ok(())
}

/// Nothing starts on a machine that is down: a start never ends a stop nobody said was over.
fn machine_down(r: &Reading<'_>, act: &Act<'_>) -> Result<Option<Refusal>, Refused> {
    let Some(id) = act.machine() else { return Ok(None) };
    let down = MachineNow::find(r, id)?.filter(|machine| machine.status == MachineStatus::Down);
    Ok(down.map(|machine| Refusal::new("machine_is_down").with("machine", machine.row.machine_name)))
}

/// Says where a job is to be done.
pub(crate) fn elsewhere(r: &Reading<'_>, job: &Job) -> Result<Refusal, Refused> {
    let id = i64::from(job.operation.work_center_id.0);
    let center: Option<takt_wire::row::WorkCenter> = r.mirror_one(id)?;
    let place = center.map(|center| center.work_center_name).unwrap_or_default();
    Ok(job.about(Refusal::new("other_work_center")).with("work_center", place))
}

impl Job {
    /// Names the job in what is said.
    pub(crate) fn said(&self, said: Said) -> Said {
        said.with("order", &self.order.work_order_number)
            .with("operation", self.operation.operation_number)
            .with("operation_name", &self.operation.operation_name)
    }
}
