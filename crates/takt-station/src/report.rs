//! The report pad of a job.

use chrono::{DateTime, Utc};
use takt_domain::OperationId;
use takt_domain::progress::pack_tiles;
use takt_store::Reading;

use crate::booking;
use crate::here::{Here, Shifts};
use crate::job::Job;
use crate::job_view;
use crate::machine::MachineNow;
use crate::reasons::{List, Reasons};
use crate::refused::Refused;
use crate::view::Refusal;
use crate::view::report::ReportView;

/// Bookings shown.
const BOOKINGS_MAX: usize = 20;

/// The pad.
pub(crate) fn report(
    r: &Reading<'_>,
    here: &Here,
    locale: &str,
    id: OperationId,
    now: DateTime<Utc>,
) -> Result<ReportView, Refused> {
    let job = Job::get(r, id)?;
    let shifts = Shifts::read(r)?;
    let reasons = Reasons::read(r, locale, now)?;
    let machine = match here.enrolment.machine_id {
        Some(id) => MachineNow::find(r, id)?,
        None => None,
    };
    Ok(ReportView {
        job: job_view::view(r, here, &shifts, &job, now)?,
        machine: machine.as_ref().map(|machine| machine.view(&reasons)),
        packs: pack_tiles(job.progress.remaining(), &job.order.pack_sizes),
        scrap_reasons: reasons.list(List::Scrap),
        rework_reasons: reasons.list(List::Rework),
        down_reasons: reasons.list(List::Down),
        start_refused: start_refused(r, here, &job)?,
        finish_refused: job.finish_refused(),
        bookings: booking::history(r, &job, BOOKINGS_MAX)?,
    })
}

fn start_refused(r: &Reading<'_>, here: &Here, job: &Job) -> Result<Option<Refusal>, Refused> {
    if job.is_here(here) {
        return job.start_refused(r);
    }
    crate::production::elsewhere(r, job).map(Some)
}
