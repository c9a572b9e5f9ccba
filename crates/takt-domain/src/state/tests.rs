//! Every pair of states, as section 6 of the data dictionary lists them, and the guards.

use proptest::prelude::*;
use rstest::rstest;
use rust_decimal::Decimal;

use super::machine::MachineStatus;
use super::operation::*;
use super::order::OrderStatus;
use super::{Refusal, handover, ncr};
use crate::{ProductionEvent, Progress, Quantity};

/// The table's own notation: `FROM→TO, TO; FROM→TO`.
macro_rules! follows_the_dictionary {
    ($test:ident, $states:ty, $table:literal) => {
        #[test]
        fn $test() {
            let rows = $table.split("; ").map(|row| row.split_once('→').unwrap());
            let allowed: Vec<(&str, &str)> =
                rows.flat_map(|(from, nexts)| nexts.split(", ").map(move |next| (from, next))).collect();
            for from in <$states>::ALL {
                for next in <$states>::ALL {
                    let listed = allowed.contains(&(from.as_str(), next.as_str()));
                    assert_eq!(from.may_become(*next).is_ok(), listed, "{from} → {next}");
                }
            }
        }
    };
}

follows_the_dictionary!(
    orders_follow_the_dictionary,
    OrderStatus,
    "PLANNED→RELEASED, CANCELLED; RELEASED→IN_PROGRESS, PLANNED, CANCELLED; \
     IN_PROGRESS→PAUSED, COMPLETED, CANCELLED; PAUSED→IN_PROGRESS, COMPLETED, CANCELLED"
);
follows_the_dictionary!(
    operations_follow_the_dictionary,
    OperationStatus,
    "PENDING→IN_PROGRESS, SKIPPED; IN_PROGRESS→PAUSED, COMPLETED; PAUSED→IN_PROGRESS, COMPLETED"
);
follows_the_dictionary!(
    machines_follow_the_dictionary,
    MachineStatus,
    "AVAILABLE→RUNNING, SETUP, DOWN, MAINTENANCE, DECOMMISSIONED; RUNNING→IDLE, SETUP, DOWN, AVAILABLE; \
     IDLE→RUNNING, SETUP, DOWN, AVAILABLE; SETUP→RUNNING, IDLE, DOWN, AVAILABLE; \
     DOWN→RUNNING, MAINTENANCE, AVAILABLE; MAINTENANCE→AVAILABLE, DOWN, DECOMMISSIONED"
);
follows_the_dictionary!(
    non_conformances_follow_the_dictionary,
    ncr::NcrStatus,
    "OPEN→IN_REVIEW, CANCELLED; IN_REVIEW→RESOLVED, OPEN, CANCELLED; RESOLVED→CLOSED, IN_REVIEW"
);
follows_the_dictionary!(
    handovers_follow_the_dictionary,
    handover::HandoverStatus,
    "DRAFT→SUBMITTED; SUBMITTED→ACKNOWLEDGED, DISPUTED; DISPUTED→SUBMITTED"
);

#[rstest]
#[case(MachineStatus::Down, MachineStatus::Down, "already_there")]
#[case(MachineStatus::Down, MachineStatus::Idle, "not_from_here")]
#[case(MachineStatus::Decommissioned, MachineStatus::Running, "final_state")]
fn a_refused_state_says_why(#[case] from: MachineStatus, #[case] next: MachineStatus, #[case] code: &str) {
    assert_eq!(from.may_become(next).map_err(Refusal::code), Err(code));
}

#[rstest]
#[case("AVAILABLE", "START", Some("RUNNING"))]
#[case("RUNNING", "START", None)]
#[case("RUNNING", "PAUSE", Some("IDLE"))]
#[case("AVAILABLE", "PAUSE", None)]
#[case("IDLE", "RESUME", Some("RUNNING"))]
#[case("DOWN", "START", None)]
#[case("DOWN", "RESUME", None)]
#[case("DOWN", "OUTPUT", None)]
#[case("DOWN", "PAUSE", None)]
#[case("DOWN", "COMPLETE", None)]
#[case("RUNNING", "COMPLETE", Some("AVAILABLE"))]
#[case("MAINTENANCE", "START", None)]
#[case("MAINTENANCE", "COMPLETE", None)]
#[case("RUNNING", "CORRECTION", None)]
fn production_moves_the_machine(#[case] machine: &str, #[case] event: &str, #[case] next: Option<&str>) {
    let machine: MachineStatus = machine.parse().unwrap();
    assert_eq!(machine.after(event.parse().unwrap()).map(MachineStatus::as_str), next);
}

#[rstest]
#[case("PENDING", "OUTPUT", "IN_PROGRESS")]
#[case("PENDING", "PAUSE", "PENDING")]
#[case("IN_PROGRESS", "PAUSE", "PAUSED")]
#[case("PAUSED", "OUTPUT", "IN_PROGRESS")]
#[case("PAUSED", "CORRECTION", "PAUSED")]
#[case("PAUSED", "COMPLETE", "COMPLETED")]
#[case("COMPLETED", "OUTPUT", "COMPLETED")]
fn production_moves_the_operation(#[case] operation: &str, #[case] event: &str, #[case] next: &str) {
    let operation: OperationStatus = operation.parse().unwrap();
    assert_eq!(operation.after(event.parse().unwrap()).as_str(), next);
}

#[rstest]
#[case("RELEASED", "START", "IN_PROGRESS")]
#[case("PAUSED", "OUTPUT", "IN_PROGRESS")]
#[case("IN_PROGRESS", "PAUSE", "IN_PROGRESS")]
#[case("CANCELLED", "OUTPUT", "CANCELLED")]
#[case("PLANNED", "OUTPUT", "PLANNED")]
fn production_moves_the_order(#[case] order: &str, #[case] event: &str, #[case] next: &str) {
    let order: OrderStatus = order.parse().unwrap();
    assert_eq!(order.after(event.parse().unwrap()).as_str(), next);
}

fn op() -> OperationFacts {
    OperationFacts {
        order: OrderStatus::InProgress,
        status: OperationStatus::Pending,
        mode: SchedulingMode::Sequential,
        overlap_start_ratio: None,
        progress: Progress::of(Quantity::from(100)),
        requires_inspection: false,
        inspected: false,
    }
}

fn made(good: i32) -> OperationFacts {
    let progress = Progress { good: Quantity::from(good), ..op().progress };
    OperationFacts { status: OperationStatus::InProgress, progress, ..op() }
}

#[rstest]
#[case(OrderStatus::Planned, OperationStatus::Pending, Err("order_not_released"))]
#[case(OrderStatus::Released, OperationStatus::Pending, Ok(()))]
#[case(OrderStatus::Completed, OperationStatus::Pending, Err("order_completed"))]
#[case(OrderStatus::Cancelled, OperationStatus::Paused, Err("order_cancelled"))]
#[case(OrderStatus::Paused, OperationStatus::Paused, Ok(()))]
#[case(OrderStatus::InProgress, OperationStatus::InProgress, Err("already_running"))]
#[case(OrderStatus::InProgress, OperationStatus::Completed, Err("already_completed"))]
#[case(OrderStatus::InProgress, OperationStatus::Skipped, Err("operation_skipped"))]
fn starting_asks_the_order_and_the_operation(
    #[case] order: OrderStatus,
    #[case] status: OperationStatus,
    #[case] answer: Result<(), &str>,
) {
    let facts = OperationFacts { order, status, ..op() };
    assert_eq!(may_start(&facts, None).map_err(StartRefused::code), answer);
}

#[rstest]
#[case(SchedulingMode::Sequential, None, 99, Err("predecessor_not_finished"))]
#[case(SchedulingMode::Parallel, None, 0, Ok(()))]
#[case(SchedulingMode::Overlap, None, 0, Err("predecessor_not_far_enough"))]
#[case(SchedulingMode::Overlap, None, 1, Ok(()))]
#[case(SchedulingMode::Overlap, Some(50), 49, Err("predecessor_not_far_enough"))]
#[case(SchedulingMode::Overlap, Some(50), 50, Ok(()))]
#[case(SchedulingMode::Overlap, Some(0), 0, Err("predecessor_not_far_enough"))]
fn starting_waits_for_the_operation_before(
    #[case] mode: SchedulingMode,
    #[case] percent: Option<i64>,
    #[case] good: i32,
    #[case] answer: Result<(), &str>,
) {
    let overlap_start_ratio = percent.map(|percent| Decimal::new(percent, 2));
    let facts = OperationFacts { mode, overlap_start_ratio, ..op() };
    assert_eq!(may_start(&facts, Some(&made(good))).map_err(StartRefused::code), answer);
    for status in [OperationStatus::Completed, OperationStatus::Skipped] {
        let finished = OperationFacts { status, ..made(good) };
        assert_eq!(may_start(&facts, Some(&finished)), Ok(()));
    }
    let paused = OperationFacts { status: OperationStatus::Paused, ..facts };
    assert_eq!(may_start(&paused, Some(&made(good))), Ok(()), "what has begun may go on");
}

#[test]
fn completing_needs_the_inspection_and_says_what_is_short() {
    let unlooked = OperationFacts { requires_inspection: true, ..made(100) };
    assert_eq!(may_complete(&unlooked), Err(CompleteRefused::InspectionMissing));
    assert_eq!(may_complete(&OperationFacts { inspected: true, ..unlooked }), Ok(Completion::Full));
    let short = Completion::Short { remaining: Quantity::from(10) };
    assert_eq!(may_complete(&made(90)), Ok(short));
    assert_eq!(may_complete(&made(101)), Ok(Completion::Full));
    assert_eq!(may_complete(&op()), Err(CompleteRefused::NotStarted));
}

#[rstest]
#[case(OperationFacts { order: OrderStatus::Cancelled, ..made(1) }, "OUTPUT", "ON_CLOSED_ORDER")]
#[case(OperationFacts { order: OrderStatus::Planned, ..made(1) }, "OUTPUT", "ON_UNRELEASED_ORDER")]
#[case(OperationFacts { status: OperationStatus::Skipped, ..made(1) }, "START", "ON_CLOSED_OPERATION")]
#[case(op(), "OUTPUT", "BEFORE_PREDECESSOR")]
#[case(OperationFacts { requires_inspection: true, ..made(100) }, "COMPLETE", "COMPLETED_WITHOUT_INSPECTION")]
#[case(made(99), "COMPLETE", "COMPLETED_SHORT")]
fn what_was_done_anyway_is_flagged(#[case] facts: OperationFacts, #[case] event: &str, #[case] flag: &str) {
    let marked = flags(&facts, Some(&made(50)), event.parse().unwrap());
    assert_eq!(marked.iter().map(|flag| flag.as_str()).collect::<Vec<_>>(), [flag]);
}

fn facts() -> impl Strategy<Value = OperationFacts> {
    let order = prop::sample::select(OrderStatus::ALL);
    let status = prop::sample::select(OperationStatus::ALL);
    let mode = prop::sample::select(SchedulingMode::ALL);
    (order, status, mode, 0..200_i32, any::<bool>(), any::<bool>()).prop_map(
        |(order, status, mode, good, requires_inspection, inspected)| OperationFacts {
            order,
            status,
            mode,
            requires_inspection,
            inspected,
            ..made(good)
        },
    )
}

proptest! {
    #[test]
    fn what_the_terminal_allows_the_ingest_does_not_flag(op in facts(), before in facts()) {
        if may_start(&op, Some(&before)).is_ok() {
            prop_assert_eq!(flags(&op, Some(&before), ProductionEvent::Start), vec![]);
        }
        if op.order == OrderStatus::InProgress && may_complete(&op) == Ok(Completion::Full) {
            prop_assert_eq!(flags(&op, Some(&before), ProductionEvent::Complete), vec![]);
        }
    }

    #[test]
    fn production_moves_a_machine_only_along_its_transitions(
        machine in prop::sample::select(MachineStatus::ALL),
        event in prop::sample::select(ProductionEvent::ALL),
    ) {
        if let Some(next) = machine.after(event) {
            prop_assert!(machine.may_become(next).is_ok());
        }
    }
}
