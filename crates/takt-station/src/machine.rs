//! The machine this station stands at: up, down, setup, and why it stood.

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::{EventId, MachineId, MachineStatus, ReasonId, WorkOrderId};
use takt_store::machine_period::MachinePeriod;
use takt_store::{Reading, Writing};
use takt_wire::payload::{MachineStatusChanged, StopExplained};
use takt_wire::row::Machine;

use crate::act::Act;
use crate::job;
use crate::reasons::{List, Reasons};
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::view::Refusal;
use crate::view::home::{MachineState, Stop};

/// Stops older than this no longer ask for their reason here.
const UNEXPLAINED_DAYS_MAX: i64 = 3;
/// The longest note, in characters; see `MachineStatusChanged`.
const NOTES_CHARACTERS_MAX: usize = 2_000;

/// A machine and what it does now.
#[derive(Clone, Debug)]
pub(crate) struct MachineNow {
    pub row: Machine,
    pub status: MachineStatus,
    pub since: DateTime<Utc>,
    pub reason: Option<ReasonId>,
    pub work_order: Option<WorkOrderId>,
}

impl MachineNow {
    /// By what was recorded here, unless the centre has heard something newer.
    pub(crate) fn find(r: &Reading<'_>, id: MachineId) -> Result<Option<Self>, Refused> {
        let Some(row) = r.mirror_one::<Machine>(i64::from(id.0))? else { return Ok(None) };
        let own = r.open_period(id)?;
        let newer = |own: &MachinePeriod| row.status == own.status || row.status_since <= own.started_at;
        Ok(Some(match own.filter(newer) {
            Some(own) => Self {
                status: own.status,
                since: own.started_at,
                reason: own.reason_id,
                work_order: own.work_order_id,
                row,
            },
            None => Self {
                status: row.status,
                since: row.status_since,
                reason: row.status_reason_id,
                work_order: None,
                row,
            },
        }))
    }

    /// What the screens show of it.
    pub(crate) fn view(&self, reasons: &Reasons) -> MachineState {
        MachineState {
            id: self.row.id,
            code: self.row.machine_code.clone(),
            name: self.row.machine_name.clone(),
            status: Some(self.status),
            since: Some(self.since),
            reason: self.reason.map(|reason| reasons.label(reason)),
        }
    }
}

/// The machine of this station; refused for any other.
fn own(r: &Reading<'_>, act: &Act<'_>, id: MachineId) -> Result<MachineNow, Refused> {
    let found = MachineNow::find(r, id)?;
    match found {
        Some(machine) if act.machine() == Some(id) => Ok(machine),
        Some(machine) => Err(elsewhere(r, &machine.row)?.into()),
        None => refuse("machine_elsewhere"),
    }
}

/// Says where a machine stands.
pub(crate) fn elsewhere(r: &Reading<'_>, machine: &Machine) -> Result<Refusal, Refused> {
    let center: Option<takt_wire::row::WorkCenter> = r.mirror_one(i64::from(machine.work_center_id.0))?;
    let place = center.map(|center| center.work_center_name).unwrap_or_default();
    Ok(Refusal::new("machine_elsewhere").with("machine", &machine.machine_name).with("work_center", place))
}

/// Records that a machine entered a state.
pub(crate) fn enter(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    machine_id: MachineId,
    status: MachineStatus,
    reason_id: Option<ReasonId>,
    work_order_id: Option<WorkOrderId>,
    notes: Option<String>,
) -> Result<(), Refused> {
    let repair_notes = notes.map(|notes| notes.trim().chars().take(NOTES_CHARACTERS_MAX).collect::<String>());
    let repair_notes = repair_notes.filter(|notes| !notes.is_empty());
    let changed = MachineStatusChanged { machine_id, status, reason_id, work_order_id, repair_notes };
    Ok(w.change_machine(&act.fact(), &changed)?)
}

/// The machine stands; a stop that was not explained gets its reason.
pub(crate) fn down(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    id: MachineId,
    reason: Option<ReasonId>,
) -> Result<Said, Refused> {
    let machine = own(w, act, id)?;
    let locale = act.person.as_ref().map_or("", |person| person.locale.as_str());
    let reasons = Reasons::read(w, locale, act.now())?;
    let mut said = Said::good("machine_down").with("machine", &machine.row.machine_name);
    if let Some(reason) = reason {
        reasons.check(List::Down, reason)?;
        said = said.with("reason", reasons.label(reason));
    }
    if machine.status == MachineStatus::Down {
        let open = w.open_period(id)?.filter(|open| open.status == MachineStatus::Down);
        return match (open, reason) {
            (Some(open), Some(reason)) => explain(w, act, open.event_id, reason),
            _ => Err(Refusal::new("machine_is_down").with("machine", &machine.row.machine_name).into()),
        };
    }
    may_become(&machine, MachineStatus::Down)?;
    let order = running_order(w, act)?;
    enter(w, act, id, MachineStatus::Down, reason, order, None)?;
    Ok(said)
}

/// The machine can run again: it does where its job is running.
pub(crate) fn up(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    id: MachineId,
    notes: Option<String>,
) -> Result<Said, Refused> {
    let machine = own(w, act, id)?;
    let order = running_order(w, act)?;
    let next = MachineStatus::up(order.is_some());
    may_become(&machine, next)?;
    enter(w, act, id, next, None, order, notes)?;
    Ok(Said::good("machine_up").with("machine", &machine.row.machine_name))
}

/// The machine is being set up.
pub(crate) fn setup(w: &mut Writing<'_>, act: &Act<'_>, id: MachineId) -> Result<Said, Refused> {
    let machine = own(w, act, id)?;
    may_become(&machine, MachineStatus::Setup)?;
    let order = current_order(w, act)?;
    enter(w, act, id, MachineStatus::Setup, None, order, None)?;
    Ok(Said::good("machine_setup").with("machine", &machine.row.machine_name))
}

/// Says why a machine stood.
pub(crate) fn explain(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    stop: EventId,
    reason: ReasonId,
) -> Result<Said, Refused> {
    let Some(period) = w.machine_period(stop)?.filter(|it| it.status == MachineStatus::Down) else {
        return refuse("not_found");
    };
    let reasons = Reasons::read(w, "", act.now())?;
    reasons.check(List::Down, reason)?;
    let explained =
        StopExplained { machine_id: period.machine_id, status_uid: stop, reason_id: reason, notes: None };
    w.explain_stop(&act.fact(), &explained)?;
    Ok(Said::good("stop_explained").with("reason", reasons.label(reason)))
}

/// Stops of this station's machine that wait for a reason, oldest first.
pub(crate) fn unexplained(
    r: &Reading<'_>,
    machine: Option<MachineId>,
    now: DateTime<Utc>,
) -> Result<Vec<Stop>, Refused> {
    let Some(machine) = machine else { return Ok(Vec::new()) };
    let stops = r.unexplained_stops(machine, now - TimeDelta::days(UNEXPLAINED_DAYS_MAX))?;
    Ok(stops
        .into_iter()
        .map(|stop| Stop {
            uid: stop.event_id,
            machine: stop.machine_id,
            from: stop.started_at,
            to: stop.ended_at,
            seconds: (stop.ended_at.unwrap_or(now) - stop.started_at).num_seconds().max(0),
            reason: stop.reason_id,
        })
        .collect())
}

fn may_become(machine: &MachineNow, next: MachineStatus) -> Result<(), Refused> {
    if machine.status.may_become(next).is_ok() {
        return Ok(());
    }
    let code = match (machine.status, next) {
        (MachineStatus::Down, _) => "machine_is_down",
        (MachineStatus::Running, MachineStatus::Running) => "already_running",
        _ => "machine_state",
    };
    let refusal = Refusal::new(code).with("machine", &machine.row.machine_name);
    Err(refusal.with("status", machine.status).with("wanted", next).into())
}

/// The order of the job that runs here.
fn running_order(r: &Reading<'_>, act: &Act<'_>) -> Result<Option<WorkOrderId>, Refused> {
    let jobs = job::open_jobs(r, &act.here)?;
    Ok(job::current(&jobs, &act.here).filter(|job| job.is_running()).map(|job| job.order.id))
}

/// The order of the job in work here, running or paused.
fn current_order(r: &Reading<'_>, act: &Act<'_>) -> Result<Option<WorkOrderId>, Refused> {
    let jobs = job::open_jobs(r, &act.here)?;
    Ok(job::current(&jobs, &act.here).map(|job| job.order.id))
}
