//! A job: an order's routing step, as the mirror has it with everything done here since.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use takt_domain::booking::Line;
use takt_domain::operation::{self, CompleteRefused, OperationFacts, StartRefused};
use takt_domain::progress::Pace;
use takt_domain::{
    OperationId, OperationStatus, OrderStatus, ProductionEvent, Progress, Quantity, SchedulingMode,
};
use takt_store::production_line::ProductionLine;
use takt_store::{Reading, inspection::Inspection};
use takt_wire::payload::ProductionLogged;
use takt_wire::row::{Material, Operation, Unit, WorkOrder};

use crate::here::Here;
use crate::refused::Refused;
use crate::view::Refusal;
use crate::view::home::JobState;

/// A job with its order and everything recorded on it here.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub operation: Operation,
    pub order: WorkOrder,
    /// Its own lines, first written first.
    pub lines: Vec<ProductionLine>,
    /// Its own inspections, oldest first.
    pub inspections: Vec<Inspection>,
    /// The row contains own events up to this outbox position.
    pub through: i64,
    /// The row's state with what was done here since.
    pub status: OperationStatus,
    /// The row's counts with what was booked here since.
    pub progress: Progress,
}

/// A line of production as the domain counts it.
pub(crate) fn counted(logged: &ProductionLogged) -> Line {
    Line {
        good: logged.quantity_good,
        scrap: logged.scrap_reason_id.map(|reason| (reason, logged.quantity_scrapped)),
        rework: logged.rework_reason_id.map(|reason| (reason, logged.quantity_rework)),
    }
}

impl Job {
    /// A job by its routing step; none where the mirror does not know it or its order.
    pub(crate) fn find(r: &Reading<'_>, id: OperationId) -> Result<Option<Self>, Refused> {
        match r.mirror_one_with_through::<Operation>(i64::from(id.0))? {
            None => Ok(None),
            Some((row, through)) => Self::of(r, row, through),
        }
    }

    /// A job by its routing step, refused where there is none.
    pub(crate) fn get(r: &Reading<'_>, id: OperationId) -> Result<Self, Refused> {
        Self::find(r, id)?.ok_or_else(|| Refusal::new("no_job_here").into())
    }

    /// A job from its row, which contains own events up to an outbox position.
    pub(crate) fn of(r: &Reading<'_>, row: Operation, through: i64) -> Result<Option<Self>, Refused> {
        let Some(order) = r.mirror_one::<WorkOrder>(i64::from(row.work_order_id.0))? else {
            return Ok(None);
        };
        let lines = r.lines_of_operation(row.id)?;
        let inspections = r.inspections_of(row.id)?;
        let mut status = row.status.parse().unwrap_or(OperationStatus::Pending);
        let mut progress = Progress {
            planned: order.planned_quantity,
            good: row.completed_quantity,
            scrapped: row.scrapped_quantity,
            rework: row.rework_quantity,
        };
        for line in lines.iter().filter(|line| line.position > through) {
            status = status.after(line.logged.event_type);
            progress = progress.with(&counted(&line.logged));
        }
        Ok(Some(Self { operation: row, order, lines, inspections, through, status, progress }))
    }

    /// Its own lines that the row does not contain yet.
    pub(crate) fn later_lines(&self) -> impl Iterator<Item = &ProductionLine> {
        self.lines.iter().filter(|line| line.position > self.through)
    }

    /// Its routing step's id.
    pub(crate) fn id(&self) -> OperationId {
        self.operation.id
    }

    /// Whether it is to be done at this station.
    pub(crate) fn is_here(&self, here: &Here) -> bool {
        self.operation.work_center_id == here.work_center_id()
    }

    /// Whether it is this station's work: done here before, or planned on its machine.
    pub(crate) fn is_ours(&self, here: &Here) -> bool {
        let machine = here.enrolment.machine_id;
        !self.lines.is_empty() || (machine.is_some() && self.operation.machine_id == machine)
    }

    /// Whether it runs.
    pub(crate) fn is_running(&self) -> bool {
        self.status == OperationStatus::InProgress
    }

    /// Its state for the screens.
    pub(crate) fn state(&self) -> JobState {
        match self.status {
            OperationStatus::Pending => JobState::Ready,
            OperationStatus::InProgress => JobState::Running,
            OperationStatus::Paused => JobState::Paused,
            OperationStatus::Completed | OperationStatus::Skipped => JobState::Finished,
        }
    }

    /// What was last done on it here: its place among all that was done, and when.
    fn last_act(&self) -> Option<(i64, DateTime<Utc>)> {
        self.lines.last().map(|line| (line.position, line.at))
    }

    /// When work on it began here.
    pub(crate) fn started_at(&self) -> Option<DateTime<Utc>> {
        self.lines.first().map(|line| line.at)
    }

    /// How fast it goes, by what was done here.
    pub(crate) fn pace(&self, now: DateTime<Utc>) -> Pace {
        Pace {
            running_seconds: running_seconds(&self.lines, now),
            made: self.lines.iter().map(|line| made(&line.logged)).sum(),
            run_seconds_per_unit: run_seconds(&self.operation),
        }
    }

    /// What the guards want to know of it.
    pub(crate) fn facts(&self) -> OperationFacts {
        let own = self.inspections.iter().filter_map(|it| Some((it.recorded_at?, it.result?)));
        let central = self.operation.checks.iter().map(|check| (check.at, check.result));
        let last = own.chain(central).max_by_key(|(at, _)| *at);
        OperationFacts {
            order: self.order.status.parse().unwrap_or(OrderStatus::Planned),
            status: self.status,
            mode: self.operation.scheduling_mode.parse().unwrap_or(SchedulingMode::Sequential),
            overlap_start_ratio: self.operation.overlap_start_ratio.as_deref().and_then(|it| it.parse().ok()),
            progress: self.progress,
            requires_inspection: self.operation.requires_inspection,
            inspected: last.is_some_and(|(_, result)| result.releases()),
        }
    }

    /// Why it cannot be started or resumed now. How far a step is that another station works on
    /// comes down late, since counters do not travel with every count: then who stands there sees
    /// the pieces, and the centre flags a start that was too early.
    pub(crate) fn start_refused(&self, r: &Reading<'_>) -> Result<Option<Refusal>, Refused> {
        let before = match self.operation.predecessor_operation_id {
            Some(before) => Self::find(r, before)?,
            None => None,
        };
        let facts = before.as_ref().map(Self::facts);
        let verdict = operation::may_start(&self.facts(), facts.as_ref());
        let elsewhere = |before: &Self| before.lines.is_empty() && before.status != OperationStatus::Pending;
        Ok(match verdict {
            Ok(()) => None,
            Err(StartRefused::PredecessorNotFarEnough { .. }) if before.as_ref().is_some_and(elsewhere) => {
                None
            }
            Err(why) => Some(self.start_refusal(why, before.as_ref())),
        })
    }

    fn start_refusal(&self, why: StartRefused, before: Option<&Self>) -> Refusal {
        let step = before.map(|before| {
            format!("{} {}", before.operation.operation_number, before.operation.operation_name)
        });
        let waits = |code: &str| {
            let refusal = self.about(Refusal::new(code));
            step.iter().fold(refusal, |refusal, step| refusal.with("expected", step))
        };
        match why {
            StartRefused::OrderNotReleased => self.about(Refusal::new("order_planned")),
            StartRefused::AlreadyRunning => self.about(Refusal::new("already_running")),
            StartRefused::PredecessorNotFinished => waits("predecessor_open"),
            StartRefused::PredecessorNotFarEnough { good, needed } => {
                waits("predecessor_short").with("good", good).with("needed", needed)
            }
            StartRefused::OrderCompleted
            | StartRefused::OrderCancelled
            | StartRefused::AlreadyCompleted
            | StartRefused::Skipped => self.about(Refusal::new("order_closed")),
        }
    }

    /// Why nothing can be booked on it now.
    pub(crate) fn report_refused(&self) -> Option<Refusal> {
        operation::may_report(&self.facts()).err().map(|why| self.complete_refusal(why))
    }

    /// Why it cannot be finished now.
    pub(crate) fn finish_refused(&self) -> Option<Refusal> {
        operation::may_complete(&self.facts()).err().map(|why| self.complete_refusal(why))
    }

    fn complete_refusal(&self, why: CompleteRefused) -> Refusal {
        self.about(Refusal::new(match why {
            CompleteRefused::NotStarted => "not_running",
            CompleteRefused::AlreadyCompleted | CompleteRefused::Skipped => "order_closed",
            CompleteRefused::InspectionMissing => "inspection_missing",
        }))
    }

    /// Names the job in a refusal.
    pub(crate) fn about(&self, refusal: Refusal) -> Refusal {
        refusal
            .with("order", &self.order.work_order_number)
            .with("operation", self.operation.operation_number)
    }

    /// What it is made of.
    pub(crate) fn material(&self, r: &Reading<'_>) -> Result<Option<Material>, Refused> {
        Ok(r.mirror_one(i64::from(self.order.material_id.0))?)
    }

    /// What it is counted in: the unit's code and decimals.
    pub(crate) fn unit(&self, r: &Reading<'_>) -> Result<(String, u8), Refused> {
        let unit: Option<Unit> = r.mirror_one(i64::from(self.order.unit_id.0))?;
        let decimals = |unit: &Unit| u8::try_from(unit.decimals).unwrap_or(0);
        Ok(unit.map(|unit| (unit.unit_code.clone(), decimals(&unit))).unwrap_or_default())
    }

    /// The largest pack, where the material has any.
    pub(crate) fn pack(&self) -> Option<Quantity> {
        self.order.pack_sizes.iter().filter(|size| **size > 0).max().map(|size| Quantity::from(*size))
    }
}

/// All pieces of a line, negative in a counter-entry.
pub(crate) fn made(logged: &ProductionLogged) -> Quantity {
    logged.quantity_good + logged.quantity_scrapped + logged.quantity_rework
}

/// Planned run time per item in seconds; none where not planned.
pub(crate) fn run_seconds(operation: &Operation) -> Option<Decimal> {
    operation.run_seconds_per_unit.parse().ok().filter(|seconds: &Decimal| *seconds > Decimal::ZERO)
}

/// Seconds between starts and the pauses or completions that follow them.
fn running_seconds(lines: &[ProductionLine], now: DateTime<Utc>) -> i64 {
    let (mut seconds, mut since) = (0, None);
    for line in lines {
        match line.logged.event_type {
            ProductionEvent::Start | ProductionEvent::Resume | ProductionEvent::Output => {
                since = since.or(Some(line.at));
            }
            ProductionEvent::Pause | ProductionEvent::Complete => {
                seconds += since.take().map_or(0, |since| (line.at - since).num_seconds());
            }
            ProductionEvent::Correction => {}
        }
    }
    (seconds + since.map_or(0, |since| (now - since).num_seconds())).max(0)
}

/// Every job of this station that is not finished.
pub(crate) fn open_jobs(r: &Reading<'_>, here: &Here) -> Result<Vec<Job>, Refused> {
    let rows = r.mirror_with_through::<Operation>()?;
    let here_and_open = |row: &Operation| {
        row.work_center_id == here.work_center_id() && !matches!(row.status.as_str(), "COMPLETED" | "SKIPPED")
    };
    let mut jobs = Vec::new();
    for (row, through) in rows.into_iter().filter(|(row, _)| here_and_open(row)) {
        jobs.extend(Job::of(r, row, through)?.filter(|job| !job.status.is_finished()));
    }
    Ok(jobs)
}

/// The job in work: the running one something was last done on, else the one paused last.
pub(crate) fn current<'a>(jobs: &'a [Job], here: &Here) -> Option<&'a Job> {
    let in_state = |status| {
        let ours = jobs.iter().filter(move |job| job.status == status && job.is_ours(here));
        ours.max_by_key(|job| (job.last_act(), job.id()))
    };
    in_state(OperationStatus::InProgress).or_else(|| in_state(OperationStatus::Paused))
}
