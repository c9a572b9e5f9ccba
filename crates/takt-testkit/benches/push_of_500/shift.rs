//! One operator at milling 3, booking one good piece after the other.
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use takt_domain::{
    BootId, EventId, MachineId, OperationId, ProductionEvent, Quantity, UnitId, UserId, WorkOrderId,
};
use takt_wire::PROTOCOL;
use takt_wire::envelope::{Event, Lane};
use takt_wire::payload::{Payload, ProductionLogged, stream};
use takt_wire::push::PushRequest;
use uuid::Uuid;

use crate::terminal::Terminal;

/// The demo plant's WO-24821, operation 10, on MILL-3, by Jonas Brandt.
const PLACE: &str = "select w.id, o.id, m.id, u.id, p.id
    from work_orders w
    join work_order_operations o on o.work_order_id = w.id and operation_number = 10
    join machines m on m.organization_id = w.organization_id and machine_code = 'MILL-3'
    join units_of_measure u on u.organization_id = w.organization_id and unit_code = 'PCS'
    join users p on p.organization_id = w.organization_id and p.employee_number = '1003'
    where work_order_number = 'WO-24821'";

/// What is booked and by whom.
pub struct Shift {
    /// One piece.
    pub line: ProductionLogged,
    /// The operator.
    pub actor: UserId,
    boot: BootId,
    started: DateTime<Utc>,
}

impl Shift {
    /// Looks the demo plant's ids up.
    pub async fn of(sql: &mut PgConnection) -> Result<Self> {
        let (order, operation, machine, unit, operator): (i32, i32, i32, i32, i32) =
            sqlx::query_as(PLACE).fetch_one(sql).await.context("the demo plant has no WO-24821")?;
        let line = ProductionLogged {
            event_type: ProductionEvent::Output,
            work_order_id: WorkOrderId(order),
            operation_id: OperationId(operation),
            machine_id: Some(MachineId(machine)),
            quantity_good: Quantity::from(1),
            quantity_scrapped: Quantity::ZERO,
            quantity_rework: Quantity::ZERO,
            unit_id: UnitId(unit),
            scrap_reason_id: None,
            rework_reason_id: None,
            pause_reason_id: None,
            corrects: None,
            notes: None,
        };
        let started = Utc::now() - TimeDelta::days(1);
        Ok(Self { line, actor: UserId(operator), boot: BootId(Uuid::new_v4()), started })
    }

    /// What belongs together on the shop floor.
    pub fn stream(&self) -> String {
        stream::operation(self.line.operation_id)
    }

    /// Events of now with these numbers.
    pub fn events(&self, numbers: RangeInclusive<i64>) -> Result<Vec<Event>> {
        let payload = serde_json::to_value(&self.line)?;
        let event = |seq| {
            let now = Utc::now();
            Event {
                lane: Lane::Work,
                seq,
                event_id: EventId(Uuid::now_v7()),
                stream_key: Some(self.stream()),
                kind: ProductionLogged::KIND.to_owned(),
                version: 1,
                device_time: now,
                monotonic_ms: (now - self.started).num_milliseconds(),
                boot_id: self.boot,
                clock_offset_ms: Some(0),
                clock_offset_age_ms: Some(1_000),
                actor: Some(self.actor),
                payload: payload.clone(),
            }
        };
        Ok(numbers.map(event).collect())
    }

    /// The same as a terminal sends them.
    pub fn batch(&self, terminal: &Terminal, numbers: RangeInclusive<i64>) -> Result<PushRequest> {
        let events = self.events(numbers)?;
        let now = Utc::now();
        Ok(PushRequest {
            protocol: PROTOCOL,
            install_id: terminal.install,
            epoch: Some(terminal.place.epoch),
            sent_at: now,
            monotonic_ms: (now - self.started).num_milliseconds(),
            boot_id: self.boot,
            app_version: "0.1.0".to_owned(),
            depth: BTreeMap::new(),
            oldest_unsent_at: None,
            events,
        })
    }
}
