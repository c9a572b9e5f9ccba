//! Command cards: a laminated code that does what a button does, through the same rules.

use takt_scan::Command;
use takt_store::{Reading, Writing};

use super::understand::{Done, LockChange, Trace, operation_of};
use crate::act::Act;
use crate::booking;
use crate::checks;
use crate::here::Shifts;
use crate::job::{self, Job};
use crate::machine;
use crate::production;
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::session;
use crate::view::report::PadInput;
use crate::view::scan::Screen;

/// Does what the card says.
pub(crate) fn carry_out(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    trace: &mut Trace,
    card: &Command,
    screen: &Screen,
) -> Result<Done, Refused> {
    match card {
        Command::Good { .. } | Command::Pause | Command::Finish | Command::Inspect => {
            let job = job_meant(w, act, screen)?;
            trace.work_order = Some(job.order.id);
            let purpose = if *card == Command::Inspect { "INSPECTION" } else { "PRODUCTION" };
            trace.found("work_order_operation", job.id().0, purpose);
            if *card == Command::Inspect {
                return inspect(w, act, &job, screen);
            }
            on_job(w, act, card, &job)
        }
        Command::Down | Command::Up => {
            let Some(id) = act.machine() else { return refuse("machine_elsewhere") };
            trace.found("machine", id.0, "PRODUCTION");
            let said = match card {
                Command::Down => machine::down(w, act, id, None)?,
                _ => machine::up(w, act, id, None)?,
            };
            Ok(Done::stay(said))
        }
        Command::Undo => {
            let Some(last) = booking::undoable(w, act.now())? else { return refuse("nothing_to_undo") };
            let line = w.lines_of_booking(last.booking)?.into_iter().next();
            if let Some(line) = line {
                trace.found("work_order_operation", line.logged.operation_id.0, "PRODUCTION");
            }
            booking::undo(w, act, last.booking).map(Done::stay)
        }
        Command::Handover => {
            trace.found("work_center", act.here.work_center_id().0, "HANDOVER");
            Ok(Done::go(Said::note("handover_opened"), Screen::Handover))
        }
        Command::Records => {
            trace.found("device", act.here.enrolment.device_id.0, "LOOKUP");
            Ok(Done::go(Said::note("records_opened"), Screen::Records))
        }
        Command::Lock => {
            if let Some(person) = &act.person {
                trace.found("user", person.id.0, "LOGIN");
            }
            let name = session::close(w, act)?.unwrap_or_default();
            let said = Said::good("signed_out").with("name", name);
            Ok(Done { lock: Some(LockChange::Opened), ..Done::stay(said) })
        }
    }
}

fn on_job(w: &mut Writing<'_>, act: &Act<'_>, card: &Command, job: &Job) -> Result<Done, Refused> {
    let said = match card {
        Command::Good { quantity } => {
            let good = quantity.to_string();
            let pad = PadInput { good, scrap: Vec::new(), rework: Vec::new(), large_confirmed: false };
            booking::book(w, act, job.id(), &pad)?
        }
        Command::Pause => production::pause(w, act, job.id(), None)?,
        _ => production::finish(w, act, job.id())?,
    };
    Ok(Done::stay(said))
}

/// Opens the check that presses most; the one on screen stays, whatever presses more by now.
fn inspect(r: &Reading<'_>, act: &Act<'_>, job: &Job, screen: &Screen) -> Result<Done, Refused> {
    let on_screen = match screen {
        Screen::Inspection { operation, point } if *operation == job.id() => *point,
        _ => None,
    };
    let check = checks::most_urgent(r, &act.here, &Shifts::read(r)?, job, act.now())?;
    let point = on_screen.or(check.map(|check| check.point.id));
    let said = job.said(Said::note("inspection_opened"));
    Ok(Done::go(said, Screen::Inspection { operation: job.id(), point }))
}

/// The job on screen, else the one in work here.
fn job_meant(r: &Reading<'_>, act: &Act<'_>, screen: &Screen) -> Result<Job, Refused> {
    if let Some(id) = operation_of(screen) {
        return Job::get(r, id);
    }
    let jobs = job::open_jobs(r, &act.here)?;
    match job::current(&jobs, &act.here) {
        Some(job) => Ok(job.clone()),
        None => refuse("no_job_here"),
    }
}
