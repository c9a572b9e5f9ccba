//! Own periods of machines: what a machine did since when, and why it stood.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use takt_domain::{EventId, MachineId, ReasonId, UserId, WorkOrderId};
use takt_wire::payload::{MachineStatus, MachineStatusChanged, StopExplained, stream};

use crate::cell::{Json, event, instant, instant_or_none, json, user_or_none};
use crate::column::{At, Id};
use crate::{Reading, StoreError, Writing, fact::Fact};

/// A state a machine was in, as recorded on this terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct MachinePeriod {
    /// The event that began it.
    pub event_id: EventId,
    /// Which machine.
    pub machine_id: MachineId,
    /// The state.
    pub status: MachineStatus,
    /// When it began, by the corrected clock.
    pub started_at: DateTime<Utc>,
    /// When the next began; none = it lasts.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why, where known by now.
    pub reason_id: Option<ReasonId>,
    /// The order it worked on.
    pub work_order_id: Option<WorkOrderId>,
    /// Who.
    pub actor: Option<UserId>,
}

const SELECT: &str = "select event_id, machine_id, status, started_at, ended_at, reason_id, work_order_id, actor \
     from machine_periods";

fn period_of(row: &Row<'_>) -> rusqlite::Result<MachinePeriod> {
    Ok(MachinePeriod {
        event_id: event(row, 0)?,
        machine_id: MachineId(row.get(1)?),
        status: json(row, 2)?,
        started_at: instant(row, 3)?,
        ended_at: instant_or_none(row, 4)?,
        reason_id: row.get::<_, Option<i32>>(5)?.map(ReasonId),
        work_order_id: row.get::<_, Option<i32>>(6)?.map(WorkOrderId),
        actor: user_or_none(row, 7)?,
    })
}

impl Reading<'_> {
    /// The period that lasts; none = nothing recorded here yet.
    pub fn open_period(&self, machine: MachineId) -> Result<Option<MachinePeriod>, StoreError> {
        let sql = format!("{SELECT} where machine_id = ?1 and ended_at is null");
        Ok(self.conn.prepare_cached(&sql)?.query_row(params![machine.0], period_of).optional()?)
    }

    /// A period by the event that began it.
    pub fn machine_period(&self, event_id: EventId) -> Result<Option<MachinePeriod>, StoreError> {
        let sql = format!("{SELECT} where event_id = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params![Id(event_id.0)], period_of).optional()?)
    }

    /// Periods of a machine that touch a window, oldest first.
    pub fn periods_between(
        &self,
        machine: MachineId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<MachinePeriod>, StoreError> {
        let sql = format!(
            "{SELECT} where machine_id = ?1 and started_at < ?3 and (ended_at is null or ended_at > ?2) \
             order by started_at, rowid"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![machine.0, At(from), At(to)], period_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Stops of a machine that began at or after `since` and have no reason, oldest first.
    pub fn unexplained_stops(
        &self,
        machine: MachineId,
        since: DateTime<Utc>,
    ) -> Result<Vec<MachinePeriod>, StoreError> {
        let sql = format!(
            "{SELECT} where machine_id = ?1 and status = ?3 and reason_id is null and started_at >= ?2 \
             order by started_at, rowid"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params![machine.0, At(since), Json(MachineStatus::Down)], period_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// Stores and queues that a machine entered a state; the period before ends there.
    pub fn change_machine(&mut self, fact: &Fact, changed: &MachineStatusChanged) -> Result<(), StoreError> {
        self.queue_work(fact, stream::machine(changed.machine_id), changed)?;
        let began = self.end_open_period(changed.machine_id, fact.at)?;
        self.conn
            .prepare_cached(
                "insert into machine_periods \
                 (event_id, machine_id, status, started_at, reason_id, work_order_id, actor) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                Id(fact.event_id.0),
                changed.machine_id.0,
                Json(&changed.status),
                began,
                changed.reason_id.map(|reason| reason.0),
                changed.work_order_id.map(|order| order.0),
                fact.actor.map(|user| user.0),
            ])?;
        Ok(())
    }

    /// A clock that was set back must not make a period end before it began.
    fn end_open_period(&mut self, machine: MachineId, at: DateTime<Utc>) -> Result<At, StoreError> {
        let ended = self
            .conn
            .prepare_cached(
                "update machine_periods set ended_at = max(started_at, ?2) \
                 where machine_id = ?1 and ended_at is null returning ended_at",
            )?
            .query_row(params![machine.0, At(at)], |row| row.get(0))
            .optional()?;
        Ok(ended.unwrap_or(At(at)))
    }

    /// Stores and queues why a machine stood.
    pub fn explain_stop(&mut self, fact: &Fact, explained: &StopExplained) -> Result<(), StoreError> {
        self.queue_work(fact, stream::machine(explained.machine_id), explained)?;
        self.conn
            .prepare_cached("update machine_periods set reason_id = ?2 where event_id = ?1")?
            .execute(params![Id(explained.status_uid.0), explained.reason_id.0])?;
        Ok(())
    }
}
