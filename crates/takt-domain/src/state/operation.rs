//! The operation: one routing step of an order, and the guards asked before a person acts on it.

use rust_decimal::Decimal;

use crate::state::order::OrderStatus;
use crate::state::transitions;
use crate::words::words;
use crate::{ProductionEvent, Progress, Quantity};

words! {
    /// States of a routing step (`work_order_operations.status`).
    OperationStatus {
        /// Not started.
        Pending = "PENDING",
        /// Running.
        InProgress = "IN_PROGRESS",
        /// Started, nothing runs for now.
        Paused = "PAUSED",
        /// Done.
        Completed = "COMPLETED",
        /// Left out.
        Skipped = "SKIPPED",
    }

    /// How an operation waits for the one before it (`scheduling_mode`).
    SchedulingMode {
        /// The one before is finished.
        Sequential = "SEQUENTIAL",
        /// The one before has come far enough.
        Overlap = "OVERLAP",
        /// Does not wait.
        Parallel = "PARALLEL",
    }

    /// What the ingest marks on an event that a guard would have refused.
    Flag {
        /// The order is completed or cancelled.
        OnClosedOrder = "ON_CLOSED_ORDER",
        /// The order is not released.
        OnUnreleasedOrder = "ON_UNRELEASED_ORDER",
        /// The operation is completed or skipped.
        OnClosedOperation = "ON_CLOSED_OPERATION",
        /// Started before the operation it waits for allowed it.
        BeforePredecessor = "BEFORE_PREDECESSOR",
        /// Completed without a PASS or CONDITIONAL inspection.
        CompletedWithoutInspection = "COMPLETED_WITHOUT_INSPECTION",
        /// Completed with less good than planned.
        CompletedShort = "COMPLETED_SHORT",
    }
}

transitions!(OperationStatus {
    Pending => [InProgress, Skipped],
    InProgress => [Paused, Completed],
    Paused => [InProgress, Completed],
    Completed => [],
    Skipped => [],
});

impl OperationStatus {
    /// Whether it is done with: completed or skipped.
    pub fn is_finished(self) -> bool {
        self.is_final()
    }

    /// The state after something happened on it. A count on a paused or pending operation is
    /// work on it; nothing reopens a finished one, and a counter-entry changes no state.
    pub fn after(self, event: ProductionEvent) -> Self {
        use ProductionEvent as E;
        match (self, event) {
            (Self::Completed | Self::Skipped, _) | (_, E::Correction) => self,
            (_, E::Start | E::Resume | E::Output) => Self::InProgress,
            (Self::InProgress, E::Pause) => Self::Paused,
            (_, E::Pause) => self,
            (_, E::Complete) => Self::Completed,
        }
    }
}

/// What the guards need to know of an operation, its own entries on this terminal included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OperationFacts {
    /// State of its order.
    pub order: OrderStatus,
    /// Its own state.
    pub status: OperationStatus,
    /// How it waits for the one before it.
    pub mode: SchedulingMode,
    /// Of the one before, the part (0–1) of its planned quantity that must be good before this
    /// one may start under OVERLAP; none where unknown: then any good piece will do.
    pub overlap_start_ratio: Option<Decimal>,
    /// Its counts.
    pub progress: Progress,
    /// Whether it needs an inspection before it is completed.
    pub requires_inspection: bool,
    /// Whether its last inspection that counts is PASS or CONDITIONAL.
    pub inspected: bool,
}

/// Why an operation may not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartRefused {
    /// The order is still being planned.
    #[error("the order is not released")]
    OrderNotReleased,
    /// The order is finished.
    #[error("the order is completed")]
    OrderCompleted,
    /// The order is cancelled.
    #[error("the order is cancelled")]
    OrderCancelled,
    /// It runs already.
    #[error("the operation is in progress")]
    AlreadyRunning,
    /// It is finished.
    #[error("the operation is completed")]
    AlreadyCompleted,
    /// It is left out.
    #[error("the operation is skipped")]
    Skipped,
    /// SEQUENTIAL: the one before is not finished.
    #[error("the operation before is not finished")]
    PredecessorNotFinished,
    /// OVERLAP: the one before has not made enough.
    #[error("the operation before has made {good}, {needed} are needed")]
    PredecessorNotFarEnough {
        /// Good so far, in the order's unit.
        good: Quantity,
        /// Good needed.
        needed: Quantity,
    },
}

impl StartRefused {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::OrderNotReleased => "order_not_released",
            Self::OrderCompleted => "order_completed",
            Self::OrderCancelled => "order_cancelled",
            Self::AlreadyRunning => "already_running",
            Self::AlreadyCompleted => "already_completed",
            Self::Skipped => "operation_skipped",
            Self::PredecessorNotFinished => "predecessor_not_finished",
            Self::PredecessorNotFarEnough { .. } => "predecessor_not_far_enough",
        }
    }
}

/// Whether a person may start or resume `op`; `predecessor` is the operation it waits for.
pub fn may_start(op: &OperationFacts, predecessor: Option<&OperationFacts>) -> Result<(), StartRefused> {
    match op.order {
        OrderStatus::Planned => return Err(StartRefused::OrderNotReleased),
        OrderStatus::Completed => return Err(StartRefused::OrderCompleted),
        OrderStatus::Cancelled => return Err(StartRefused::OrderCancelled),
        OrderStatus::Released | OrderStatus::InProgress | OrderStatus::Paused => {}
    }
    match op.status {
        OperationStatus::InProgress => Err(StartRefused::AlreadyRunning),
        OperationStatus::Completed => Err(StartRefused::AlreadyCompleted),
        OperationStatus::Skipped => Err(StartRefused::Skipped),
        OperationStatus::Paused => Ok(()),
        OperationStatus::Pending => predecessor.map_or(Ok(()), |before| waits_for(op, before)),
    }
}

fn waits_for(op: &OperationFacts, before: &OperationFacts) -> Result<(), StartRefused> {
    if before.status.is_finished() {
        return Ok(());
    }
    match op.mode {
        SchedulingMode::Parallel => Ok(()),
        SchedulingMode::Sequential => Err(StartRefused::PredecessorNotFinished),
        SchedulingMode::Overlap => {
            let good = before.progress.good;
            let ratio = op.overlap_start_ratio.unwrap_or(Decimal::ZERO);
            let needed = before.progress.planned.decimal() * ratio;
            if good > Quantity::ZERO && good.decimal() >= needed {
                return Ok(());
            }
            let needed = Quantity::new(needed.round_dp(4)).unwrap_or(before.progress.planned);
            Err(StartRefused::PredecessorNotFarEnough { good, needed })
        }
    }
}

/// Why a person may not report on an operation or complete it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompleteRefused {
    /// It was never started.
    #[error("the operation is not started")]
    NotStarted,
    /// It is finished.
    #[error("the operation is completed")]
    AlreadyCompleted,
    /// It is left out.
    #[error("the operation is skipped")]
    Skipped,
    /// It needs an inspection that passed or passed with conditions.
    #[error("the required inspection is missing")]
    InspectionMissing,
}

impl CompleteRefused {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::AlreadyCompleted => "already_completed",
            Self::Skipped => "operation_skipped",
            Self::InspectionMissing => "inspection_missing",
        }
    }
}

/// How an operation would be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// All that was planned is good.
    Full,
    /// Less than planned; allowed, flagged, and never booked as scrap.
    Short {
        /// What is missing, in the order's unit.
        remaining: Quantity,
    },
}

/// Whether a person may report a count on `op`.
pub fn may_report(op: &OperationFacts) -> Result<(), CompleteRefused> {
    match op.status {
        OperationStatus::Pending => Err(CompleteRefused::NotStarted),
        OperationStatus::Completed => Err(CompleteRefused::AlreadyCompleted),
        OperationStatus::Skipped => Err(CompleteRefused::Skipped),
        OperationStatus::InProgress | OperationStatus::Paused => Ok(()),
    }
}

/// Whether a person may complete `op`, and whether short of the plan.
pub fn may_complete(op: &OperationFacts) -> Result<Completion, CompleteRefused> {
    may_report(op)?;
    if op.requires_inspection && !op.inspected {
        return Err(CompleteRefused::InspectionMissing);
    }
    let remaining = op.progress.remaining();
    Ok(if remaining.is_zero() { Completion::Full } else { Completion::Short { remaining } })
}

/// What the ingest marks on `event`, which has happened: the same guards, asked afterwards.
/// `op` is the state before the event, its counts those after it.
pub fn flags(op: &OperationFacts, predecessor: Option<&OperationFacts>, event: ProductionEvent) -> Vec<Flag> {
    use ProductionEvent as E;
    let mut flags = Vec::new();
    let completes = event == E::Complete;
    let mut mark = |wrong: bool, flag: Flag| {
        if wrong {
            flags.push(flag);
        }
    };
    mark(op.order.is_final(), Flag::OnClosedOrder);
    mark(op.order == OrderStatus::Planned, Flag::OnUnreleasedOrder);
    mark(op.status.is_finished() && event != E::Correction, Flag::OnClosedOperation);
    let starts = op.status == OperationStatus::Pending && !matches!(event, E::Correction | E::Pause);
    mark(starts && predecessor.is_some_and(|p| waits_for(op, p).is_err()), Flag::BeforePredecessor);
    mark(completes && op.requires_inspection && !op.inspected, Flag::CompletedWithoutInspection);
    mark(completes && !op.progress.remaining().is_zero(), Flag::CompletedShort);
    flags
}
