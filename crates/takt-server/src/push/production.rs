//! What production does to orders and operations: a pure fold over the entries of a batch, so that
//! each state is read once and written once. The rules are takt_domain's; here they are asked after
//! the fact, and flag.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use takt_domain::operation::{self, OperationFacts};
use takt_domain::{
    InspectionResult, OperationStatus, OrderStatus, ProductionEvent, Progress, Quantity, SchedulingMode,
};
use takt_wire::payload::{InspectionRecorded, ProductionLogged};

/// An order as it stands.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Order {
    pub id: i32,
    pub status: OrderStatus,
    pub planned: Quantity,
    pub completed: Decimal,
    pub scrapped: Decimal,
    pub rework: Decimal,
    pub actual_start: Option<DateTime<Utc>>,
    pub actual_end: Option<DateTime<Utc>>,
}

/// A routing step as it stands.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Operation {
    pub id: i32,
    pub order_id: i32,
    pub number: i32,
    pub status: OperationStatus,
    pub mode: SchedulingMode,
    pub overlap_start_ratio: Decimal,
    pub requires_inspection: bool,
    pub inspected: bool,
    pub predecessor: Option<i32>,
    pub completed: Decimal,
    pub scrapped: Decimal,
    pub rework: Decimal,
    pub actual_start: Option<DateTime<Utc>>,
    pub actual_end: Option<DateTime<Utc>>,
}

/// Everything a batch's production touches, by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// Orders.
    pub orders: BTreeMap<i32, Order>,
    /// All their operations.
    pub operations: BTreeMap<i32, Operation>,
}

impl States {
    /// Books an entry; answers what is odd about it.
    pub fn book(&mut self, entry: &ProductionLogged, at: DateTime<Utc>) -> Vec<&'static str> {
        let (order_id, operation_id) = (entry.work_order_id.0, entry.operation_id.0);
        self.count(entry);
        let Some(facts) = self.facts(operation_id) else { return Vec::new() };
        let predecessor = self.operations.get(&operation_id).and_then(|it| it.predecessor);
        let predecessor = predecessor.and_then(|id| self.facts(id));
        let flags = operation::flags(&facts, predecessor.as_ref(), entry.event_type);
        if !facts.order.is_final() {
            self.move_on(order_id, operation_id, entry.event_type, at);
        }
        flags.into_iter().map(operation::Flag::as_str).collect()
    }

    /// An inspection of the batch counts for the completions after it.
    pub fn inspected(&mut self, log: &InspectionRecorded) {
        if let Some(operation) = self.operations.get_mut(&log.operation_id.0) {
            operation.inspected = log.result != InspectionResult::Fail;
        }
    }

    /// Good of the order is good of its last operation; scrap and rework add up over all.
    fn count(&mut self, entry: &ProductionLogged) {
        let (good, scrapped, rework) = (
            entry.quantity_good.decimal(),
            entry.quantity_scrapped.decimal(),
            entry.quantity_rework.decimal(),
        );
        let id = entry.operation_id.0;
        if let Some(operation) = self.operations.get_mut(&id) {
            operation.completed += good;
            operation.scrapped += scrapped;
            operation.rework += rework;
        }
        let is_last = self.last_of(entry.work_order_id.0) == Some(id);
        if let Some(order) = self.orders.get_mut(&entry.work_order_id.0) {
            order.completed += if is_last { good } else { Decimal::ZERO };
            order.scrapped += scrapped;
            order.rework += rework;
        }
    }

    fn move_on(&mut self, order_id: i32, operation_id: i32, event: ProductionEvent, at: DateTime<Utc>) {
        if let Some(operation) = self.operations.get_mut(&operation_id) {
            let was = operation.status;
            operation.status = was.after(event);
            if operation.status != OperationStatus::Pending {
                operation.actual_start = Some(earlier(operation.actual_start, at));
            }
            if operation.status == OperationStatus::Completed && was != OperationStatus::Completed {
                operation.actual_end = Some(later(operation.actual_start, at));
            }
        }
        let all_done =
            self.operations.values().filter(|it| it.order_id == order_id).all(|it| it.status.is_finished());
        let Some(order) = self.orders.get_mut(&order_id) else { return };
        order.status = order.status.after(event);
        let moved = matches!(order.status, OrderStatus::InProgress | OrderStatus::Paused);
        if moved {
            order.actual_start = Some(earlier(order.actual_start, at));
        }
        if moved && event == ProductionEvent::Complete && all_done {
            order.status = OrderStatus::Completed;
            order.actual_end = Some(later(order.actual_start, at));
        }
    }

    fn facts(&self, operation_id: i32) -> Option<OperationFacts> {
        let operation = self.operations.get(&operation_id)?;
        let order = self.orders.get(&operation.order_id)?;
        let counted = |sum: Decimal| Quantity::new(sum).unwrap_or_default();
        Some(OperationFacts {
            order: order.status,
            status: operation.status,
            mode: operation.mode,
            overlap_start_ratio: Some(operation.overlap_start_ratio),
            progress: Progress {
                planned: order.planned,
                good: counted(operation.completed),
                scrapped: counted(operation.scrapped),
                rework: counted(operation.rework),
            },
            requires_inspection: operation.requires_inspection,
            inspected: operation.inspected,
        })
    }

    fn last_of(&self, order_id: i32) -> Option<i32> {
        let steps = self.operations.values().filter(|it| it.order_id == order_id);
        steps.max_by_key(|it| it.number).map(|it| it.id)
    }
}

fn earlier(known: Option<DateTime<Utc>>, at: DateTime<Utc>) -> DateTime<Utc> {
    known.map_or(at, |known| known.min(at))
}
fn later(start: Option<DateTime<Utc>>, at: DateTime<Utc>) -> DateTime<Utc> {
    start.map_or(at, |start| start.max(at))
}

#[cfg(test)]
mod tests {
    use takt_domain::{OperationId, UnitId, WorkOrderId};

    use super::*;

    fn step(id: i32, number: i32, predecessor: Option<i32>) -> Operation {
        Operation {
            id,
            order_id: 1,
            number,
            status: OperationStatus::Pending,
            mode: SchedulingMode::Sequential,
            overlap_start_ratio: Decimal::ONE,
            requires_inspection: false,
            inspected: false,
            predecessor,
            completed: Decimal::ZERO,
            scrapped: Decimal::ZERO,
            rework: Decimal::ZERO,
            actual_start: None,
            actual_end: None,
        }
    }

    fn states(status: OrderStatus) -> States {
        let order = Order {
            id: 1,
            status,
            planned: Quantity::from(10),
            completed: Decimal::ZERO,
            scrapped: Decimal::ZERO,
            rework: Decimal::ZERO,
            actual_start: None,
            actual_end: None,
        };
        let steps = [step(11, 10, None), step(12, 20, Some(11))];
        States {
            orders: BTreeMap::from([(1, order)]),
            operations: steps.into_iter().map(|step| (step.id, step)).collect(),
        }
    }

    fn entry(event_type: ProductionEvent, operation: i32, good: i32) -> ProductionLogged {
        ProductionLogged {
            event_type,
            work_order_id: WorkOrderId(1),
            operation_id: OperationId(operation),
            machine_id: None,
            quantity_good: Quantity::from(good),
            quantity_scrapped: Quantity::ZERO,
            quantity_rework: Quantity::ZERO,
            unit_id: UnitId(1),
            scrap_reason_id: None,
            rework_reason_id: None,
            pause_reason_id: None,
            corrects: None,
            notes: None,
        }
    }

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
    }

    #[test]
    fn an_order_lives_from_its_first_start_to_its_last_completion() {
        use ProductionEvent as E;
        let mut states = states(OrderStatus::Released);
        assert!(states.book(&entry(E::Start, 11, 0), at(0)).is_empty());
        assert_eq!(states.orders[&1].status, OrderStatus::InProgress);
        states.book(&entry(E::Pause, 11, 0), at(1));
        assert_eq!(states.operations[&11].status, OperationStatus::Paused);
        states.book(&entry(E::Output, 11, 10), at(2));
        assert_eq!(states.operations[&11].status, OperationStatus::InProgress);
        assert!(states.book(&entry(E::Complete, 11, 0), at(3)).is_empty());
        assert_eq!(
            states.orders[&1].completed,
            Decimal::ZERO,
            "only the last operation's good is the order's"
        );
        states.book(&entry(E::Start, 12, 0), at(4));
        states.book(&entry(E::Complete, 12, 10), at(5));
        let order = &states.orders[&1];
        assert_eq!((order.status, order.completed), (OrderStatus::Completed, Decimal::from(10)));
        assert_eq!((order.actual_start, order.actual_end), (Some(at(0)), Some(at(5))));
    }

    #[test]
    fn a_closed_order_counts_and_flags_and_stays_closed() {
        let mut states = states(OrderStatus::Cancelled);
        let flags = states.book(&entry(ProductionEvent::Output, 12, 3), at(0));
        assert!(flags.contains(&"ON_CLOSED_ORDER"));
        assert_eq!(states.orders[&1].completed, Decimal::from(3));
        assert_eq!(states.orders[&1].status, OrderStatus::Cancelled);
        assert_eq!(states.operations[&12].status, OperationStatus::Pending);
    }

    #[test]
    fn a_late_start_comes_first() {
        let mut states = states(OrderStatus::Released);
        states.book(&entry(ProductionEvent::Output, 11, 1), at(9));
        states.book(&entry(ProductionEvent::Start, 11, 0), at(2));
        assert_eq!(states.orders[&1].actual_start, Some(at(2)));
    }
}
