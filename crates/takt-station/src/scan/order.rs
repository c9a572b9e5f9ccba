//! An order's label: one scan starts the job that is to be done here.

use takt_domain::OperationId;
use takt_store::{Reading, Writing};
use takt_wire::row::{Operation, WorkOrder};

use super::understand::{Done, Trace};
use crate::act::Act;
use crate::job::Job;
use crate::production;
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::view::Refusal;
use crate::view::home::JobState;
use crate::view::scan::Screen;

/// An order by its number.
pub(crate) fn by_number(r: &Reading<'_>, number: &str) -> Result<Option<WorkOrder>, Refused> {
    let orders: Vec<WorkOrder> = r.mirror()?;
    Ok(orders.into_iter().find(|order| order.work_order_number == number))
}

/// An order, or one of its operations, was scanned.
pub(crate) fn scanned(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    trace: &mut Trace,
    number: &str,
    operation_number: Option<i32>,
    screen: &Screen,
) -> Result<Done, Refused> {
    trace.purpose = Some("PRODUCTION");
    let Some(order) = by_number(w, number)? else {
        return Err(Refusal::new("unknown_code").with("order", number).into());
    };
    trace.found("work_order", order.id.0, "PRODUCTION");
    trace.work_order = Some(order.id);
    let jobs = jobs_of(w, &order)?;
    let job = match operation_number {
        Some(wanted) => jobs.into_iter().find(|job| job.operation.operation_number == wanted),
        None => to_do_here(w, act, jobs)?,
    };
    let Some(job) = job else { return refuse("unknown_code") };
    if operation_number.is_some() {
        trace.found("work_order_operation", job.id().0, "PRODUCTION");
    }
    if !job.is_here(&act.here) {
        return Err(production::elsewhere(w, &job)?.into());
    }
    match job.state() {
        JobState::Running => {
            let said = job.said(Said::note("order_opened"));
            Ok(Done::go(said, Screen::Report { operation: job.id() }))
        }
        _ => start(w, act, job.id(), screen),
    }
}

fn start(w: &mut Writing<'_>, act: &Act<'_>, id: OperationId, screen: &Screen) -> Result<Done, Refused> {
    let said = production::start(w, act, id)?;
    let stays =
        matches!(screen, Screen::Home) || matches!(screen, Screen::Report { operation } if *operation == id);
    Ok(if stays { Done::stay(said) } else { Done::go(said, Screen::Home) })
}

fn jobs_of(r: &Reading<'_>, order: &WorkOrder) -> Result<Vec<Job>, Refused> {
    let mut jobs = Vec::new();
    for (row, through) in r.mirror_with_through::<Operation>()? {
        if row.work_order_id == order.id {
            jobs.extend(Job::of(r, row, through)?);
        }
    }
    jobs.sort_by_key(|job| job.operation.operation_number);
    Ok(jobs)
}

/// Of an order's jobs the one this station would work on: running, then paused, then what may
/// start, then what is open; else one that says why not.
fn to_do_here(r: &Reading<'_>, act: &Act<'_>, jobs: Vec<Job>) -> Result<Option<Job>, Refused> {
    let mut ranked = Vec::new();
    for job in jobs {
        let startable = job.start_refused(r)?.is_none();
        let rank = match (job.is_here(&act.here), job.state()) {
            (true, JobState::Running) => 0,
            (true, JobState::Paused) => 1,
            (true, JobState::Ready) if startable => 2,
            (true, JobState::Ready) => 3,
            (false, JobState::Ready | JobState::Running | JobState::Paused) if startable => 4,
            (true, JobState::Finished) => 5,
            (false, _) => 6,
        };
        ranked.push((rank, job));
    }
    Ok(ranked.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, job)| job))
}
