//! Which check of a job is due, by its plans and what was inspected here and elsewhere.

use chrono::{DateTime, NaiveDate, Utc};
use takt_domain::inspection::{Due, DueFacts, Frequency, SinceLast, due};
use takt_domain::{InspectionPointId, InspectionResult, OperationStatus, Quantity};
use takt_store::Reading;
use takt_store::inspection::Inspection;
use takt_wire::row::{InspectionPlan, InspectionPoint, LastCheck};

use crate::here::{Here, Shift, Shifts};
use crate::job::{Job, made};
use crate::refused::Refused;
use crate::view::home::Check;

/// A checkpoint of a job and when it is due.
#[derive(Clone, Debug)]
pub(crate) struct DueCheck {
    pub plan: InspectionPlan,
    pub point: InspectionPoint,
    pub due: Due,
    /// A reading was already taken.
    pub draft: bool,
}

impl DueCheck {
    /// How pressing it is: lower is sooner.
    fn rank(&self) -> (u8, Quantity, i64, i32) {
        let (class, units, minutes) = match self.due {
            Due::Now { late_units } => (0, -late_units, 0),
            Due::In { units } => (1, units, 0),
            Due::InMinutes { minutes } => (1, Quantity::ZERO, minutes),
            Due::NotDue => (3, Quantity::ZERO, 0),
            Due::Done => (2, Quantity::ZERO, 0),
        };
        (class, units, minutes, self.point.sequence)
    }

    /// What the screens show of it.
    pub(crate) fn view(&self) -> Check {
        let (due, amount) = match self.due {
            Due::Now { late_units } if late_units.is_zero() => ("now", None),
            Due::Now { late_units } => ("late", Some(late_units)),
            Due::In { units } => ("in_units", Some(units)),
            Due::InMinutes { minutes } => ("in_minutes", i32::try_from(minutes).ok().map(Quantity::from)),
            Due::NotDue | Due::Done => ("done", None),
        };
        Check {
            point: self.point.id,
            name: self.point.point_name.clone(),
            due: due.to_owned(),
            amount,
            draft: self.draft,
        }
    }
}

/// The check that presses most; none where nothing is planned or nothing makes one due.
pub(crate) fn most_urgent(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    job: &Job,
    now: DateTime<Utc>,
) -> Result<Option<DueCheck>, Refused> {
    let all = all(r, here, shifts, job, now)?;
    Ok(all.into_iter().filter(|check| check.due != Due::NotDue).min_by_key(DueCheck::rank))
}

/// The check of a point; without one the draft that is under way, else the one that presses most; any
/// of the plan where none does.
pub(crate) fn find(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    job: &Job,
    point: Option<InspectionPointId>,
    now: DateTime<Utc>,
) -> Result<Option<DueCheck>, Refused> {
    let mut all = all(r, here, shifts, job, now)?;
    all.sort_by_key(|check| (!check.draft, check.rank()));
    Ok(all.into_iter().find(|check| point.is_none_or(|point| check.point.id == point)))
}

/// Every check planned for a job.
pub(crate) fn all(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    job: &Job,
    now: DateTime<Utc>,
) -> Result<Vec<DueCheck>, Refused> {
    let plans: Vec<InspectionPlan> = r.mirror()?;
    let plans: Vec<InspectionPlan> =
        plans.into_iter().filter(|plan| covers(plan, job, here.date(now))).collect();
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let shift = shifts.running(now);
    let mut checks = Vec::new();
    for point in r.mirror::<InspectionPoint>()? {
        let Some(plan) = plans.iter().find(|plan| plan.id == point.inspection_plan_id) else { continue };
        let frequency = point.frequency_type.parse().unwrap_or(Frequency::OnDemand);
        let facts = facts(job, point.id, shift.as_ref(), now);
        let due = due(frequency, point.frequency_value, &facts);
        let draft = match draft_of(job, point.id) {
            Some(draft) => !r.readings_of(draft.uid)?.is_empty(),
            None => false,
        };
        checks.push(DueCheck { plan: plan.clone(), point, due, draft });
    }
    Ok(checks)
}

/// What is named must fit; a plan that names nothing covers nothing.
fn covers(plan: &InspectionPlan, job: &Job, date: NaiveDate) -> bool {
    let material = plan.material_id.map(|id| id == job.order.material_id);
    let center = plan.work_center_id.map(|id| id == job.operation.work_center_id);
    let number = plan.operation_number.map(|number| number == job.operation.operation_number);
    let named = material.is_some() || center.is_some();
    let fits = [material, center, number].into_iter().flatten().all(|fits| fits);
    let in_force = plan.effective_from <= date && plan.effective_to.is_none_or(|to| date <= to);
    named && fits && in_force
}

/// The draft of a point that is under way.
pub(crate) fn draft_of(job: &Job, point: InspectionPointId) -> Option<&Inspection> {
    job.inspections.iter().find(|it| it.point == point && it.recorded_at.is_none())
}

/// The last look at a checkpoint, here or at another terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LastLook {
    pub at: DateTime<Utc>,
    pub result: InspectionResult,
    pub attempt_no: i16,
    /// Made since.
    pub made_since: Quantity,
}

/// The last look at a point. What the centre knows wins over the same one as it was recorded here:
/// its counters also hold what other stations had made by then.
pub(crate) fn last_of(job: &Job, point: InspectionPointId) -> Option<LastLook> {
    let own = job.inspections.iter().filter(|it| it.point == point && it.recorded_at.is_some());
    let own = own.max_by_key(|it| it.recorded_at);
    let central = job.operation.checks.iter().find(|check| check.point_id == point);
    match (own, central) {
        (Some(own), Some(central)) if own.uid != central.uid && own.recorded_at > Some(central.at) => {
            recorded_here(job, own)
        }
        (_, Some(central)) => Some(known_centrally(job, central)),
        (own, None) => recorded_here(job, own?),
    }
}

fn recorded_here(job: &Job, own: &Inspection) -> Option<LastLook> {
    Some(LastLook {
        at: own.recorded_at?,
        result: own.result?,
        attempt_no: own.attempt_no,
        made_since: job.progress.made() - own.made.unwrap_or(Quantity::ZERO),
    })
}

/// Made since: what the row had counted after it, and own lines after it that the row does not
/// contain yet. None is counted twice.
fn known_centrally(job: &Job, central: &LastCheck) -> LastLook {
    let row = &job.operation;
    let counted = row.completed_quantity + row.scrapped_quantity + row.rework_quantity;
    let later = job.later_lines().filter(|line| line.at > central.at);
    let later: Quantity = later.map(|line| made(&line.logged)).sum();
    LastLook {
        at: central.at,
        result: central.result,
        attempt_no: central.attempt_no,
        made_since: counted - central.made + later,
    }
}

fn facts(job: &Job, point: InspectionPointId, shift: Option<&Shift>, now: DateTime<Utc>) -> DueFacts {
    let minutes_since = |at: DateTime<Utc>| (now - at).num_minutes();
    let last = last_of(job, point).map(|last| SinceLast {
        result: last.result,
        made: last.made_since,
        minutes: minutes_since(last.at),
        this_shift: shift.is_none_or(|shift| shift.window.contains(last.at)),
    });
    DueFacts {
        started: job.status != OperationStatus::Pending,
        made: job.progress.made(),
        minutes: job.started_at().map_or(0, minutes_since),
        remaining: job.progress.remaining(),
        last,
    }
}
