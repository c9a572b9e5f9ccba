//! What this terminal knows of a shift, for the domain to write the handover from.

use chrono::{DateTime, Utc};
use takt_domain::availability::{Period, stops};
use takt_domain::handover::{CheckDue, Figures, Item, ItemKind, MachineFacts, OpenJob, ShiftFacts};
use takt_domain::inspection::Due;
use takt_domain::{MachineId, MachineStatus};
use takt_store::Reading;
use takt_wire::payload::{HandoverItem, HandoverItemKind, ShiftFigures};
use uuid::Uuid;

use crate::checks;
use crate::here::{Here, Shift, Shifts};
use crate::job::{self, Job, counted};
use crate::machine::MachineNow;
use crate::ncr;
use crate::reasons::Reasons;
use crate::records;
use crate::refused::Refused;

/// Everything known of a shift here.
pub(crate) fn read(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    shift: &Shift,
    reasons: &Reasons,
    now: DateTime<Utc>,
) -> Result<ShiftFacts, Refused> {
    let window = shift.window;
    let lines = r.lines_between(window.starts_at, window.ends_at)?;
    let jobs: Vec<Job> = job::open_jobs(r, here)?;
    let open: Vec<&Job> = jobs.iter().filter(|job| job.is_ours(here) && is_open(job)).collect();
    let counts = r.outbox_counts()?;
    Ok(ShiftFacts {
        lines: lines.iter().map(|line| counted(&line.logged)).collect(),
        target: shift.row.production_target,
        machines: machines(r, here, shift, reasons, now)?,
        ncrs: ncr::open(r, here, window.starts_at)?,
        checks: checks_due(r, here, shifts, &open, now)?,
        jobs: open.iter().map(|job| open_job(job)).collect(),
        safety: Vec::new(),
        carried: Vec::new(),
        unsynced: i64::from(counts.unsent),
        records: i64::from(records::made_in(r, &window)?.on_terminal),
    })
}

/// What a machine did around a shift: as recorded here, before that as the centre knew it.
pub(crate) fn periods(
    r: &Reading<'_>,
    machine: MachineId,
    shift: &Shift,
    reasons: &Reasons,
) -> Result<Vec<Period>, Refused> {
    let own = r.periods_between(machine, shift.window.starts_at, shift.window.ends_at)?;
    let first_own = own.first().map(|first| first.started_at);
    let mut periods: Vec<Period> = Vec::new();
    let row: Option<takt_wire::row::Machine> = r.mirror_one(i64::from(machine.0))?;
    let before_own = |row: &takt_wire::row::Machine| first_own.is_none_or(|first| row.status_since < first);
    periods.extend(row.filter(before_own).map(|row| Period {
        status: row.status,
        from: row.status_since,
        to: first_own,
        reason: row.status_reason_id,
        reason_class: row.status_reason_id.and_then(|reason| reasons.class(reason)),
        in_order: false,
    }));
    periods.extend(own.into_iter().map(|period| Period {
        status: period.status,
        from: period.started_at,
        to: period.ended_at,
        reason: period.reason_id,
        reason_class: period.reason_id.and_then(|reason| reasons.class(reason)),
        in_order: period.work_order_id.is_some(),
    }));
    Ok(periods)
}

/// The figures as they travel.
pub(crate) fn on_the_wire(figures: Figures) -> ShiftFigures {
    ShiftFigures {
        good: figures.good,
        scrapped: figures.scrapped,
        rework: figures.rework,
        target: figures.target,
        down_seconds: figures.stops.down_seconds,
        stops: figures.stops.count,
        down_by_reason: figures.stops.by_reason,
        scrap_by_reason: figures.scrap_by_reason,
        records: figures.records,
    }
}

/// The items as they travel; `uid` gives the nth its identity.
pub(crate) fn items_on_the_wire(items: Vec<Item>, uid: impl Fn(usize) -> Uuid) -> Vec<HandoverItem> {
    let item = |(nth, item): (usize, Item)| HandoverItem {
        uid: uid(nth),
        kind: kind(item.kind),
        red: item.red,
        reference: item.reference,
        figures: item.figures,
        text: item.text,
        carried_from: None,
    };
    items.into_iter().enumerate().map(item).collect()
}

fn kind(kind: ItemKind) -> HandoverItemKind {
    match kind {
        ItemKind::OpenNcr => HandoverItemKind::OpenNcr,
        ItemKind::UnexplainedStops => HandoverItemKind::UnexplainedStops,
        ItemKind::MachineDown => HandoverItemKind::MachineDown,
        ItemKind::CheckDue => HandoverItemKind::CheckDue,
        ItemKind::Unsynced => HandoverItemKind::Unsynced,
        ItemKind::OpenJob => HandoverItemKind::OpenJob,
        ItemKind::Safety => HandoverItemKind::Safety,
        ItemKind::Note => HandoverItemKind::Note,
    }
}

fn is_open(job: &Job) -> bool {
    use crate::view::home::JobState::{Paused, Running};
    matches!(job.state(), Running | Paused)
}

fn machines(
    r: &Reading<'_>,
    here: &Here,
    shift: &Shift,
    reasons: &Reasons,
    now: DateTime<Utc>,
) -> Result<Vec<MachineFacts>, Refused> {
    let Some(id) = here.enrolment.machine_id else { return Ok(Vec::new()) };
    let Some(machine) = MachineNow::find(r, id)? else { return Ok(Vec::new()) };
    let stops = stops(&shift.window, now, &periods(r, id, shift, reasons)?);
    let is_down = machine.status == MachineStatus::Down;
    let down_for_seconds = if is_down { (now - machine.since).num_seconds().max(0) } else { 0 };
    Ok(vec![MachineFacts { reference: machine.row.machine_name, stops, down_for_seconds }])
}

fn checks_due(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    jobs: &[&Job],
    now: DateTime<Utc>,
) -> Result<Vec<CheckDue>, Refused> {
    let mut due = Vec::new();
    for job in jobs {
        for check in checks::all(r, here, shifts, job, now)? {
            if let Due::Now { late_units } = check.due {
                let reference = format!("{} {}", job.order.work_order_number, check.point.point_name);
                due.push(CheckDue { reference, late_units });
            }
        }
    }
    Ok(due)
}

fn open_job(job: &Job) -> OpenJob {
    let reference = format!("{} / {}", job.order.work_order_number, job.operation.operation_number);
    OpenJob { reference, remaining: job.progress.remaining() }
}
