//! Own lines of production: counts, starts, pauses, completions and their counter-entries. They are
//! read in the order written: a clock that was set back reorders nothing.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use takt_domain::{EventId, OperationId, ProductionEvent, UserId};
use takt_wire::payload::{ProductionLogged, stream};

use crate::cell::{Json, event, instant, json, user_or_none};
use crate::column::{At, Id};
use crate::{Reading, StoreError, Writing, fact::Fact};

/// One line that was recorded on this terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductionLine {
    /// The event it travels as.
    pub event_id: EventId,
    /// The first event of what was saved together.
    pub booking: EventId,
    /// When, by the corrected clock.
    pub at: DateTime<Utc>,
    /// When its pieces were made: of a counter-entry when the line it corrects was written, so that
    /// what is taken back is taken from the shift that booked it.
    pub counted_at: DateTime<Utc>,
    /// Who.
    pub actor: Option<UserId>,
    /// What it says.
    pub logged: ProductionLogged,
    /// Its position in the outbox; 0 once the outbox has let it go.
    pub position: i64,
}

const SELECT: &str = "select l.event_id, l.booking, l.at, coalesce(c.at, l.at), l.actor, l.logged, \
     coalesce(o.position, 0) from production_lines l \
     left join production_lines c on c.event_id = l.corrects \
     left join outbox o on o.event_id = l.event_id";

fn line_of(row: &Row<'_>) -> rusqlite::Result<ProductionLine> {
    Ok(ProductionLine {
        event_id: event(row, 0)?,
        booking: event(row, 1)?,
        at: instant(row, 2)?,
        counted_at: instant(row, 3)?,
        actor: user_or_none(row, 4)?,
        logged: json(row, 5)?,
        position: row.get(6)?,
    })
}

impl Reading<'_> {
    /// Every own line of an operation, first written first.
    pub fn lines_of_operation(&self, operation: OperationId) -> Result<Vec<ProductionLine>, StoreError> {
        self.lines("where l.operation_id = ?1 order by l.rowid", params![operation.0])
    }

    /// The last own count, of any operation.
    pub fn last_output(&self) -> Result<Option<ProductionLine>, StoreError> {
        let output = Json(ProductionEvent::Output);
        let condition = "where l.logged -> '$.event_type' = ?1 order by l.rowid desc limit 1";
        Ok(self.lines(condition, params![output])?.pop())
    }

    /// Every own line of a booking, as saved.
    pub fn lines_of_booking(&self, booking: EventId) -> Result<Vec<ProductionLine>, StoreError> {
        self.lines("where l.booking = ?1 order by l.rowid", params![Id(booking.0)])
    }

    /// The counter-entries of an own line.
    pub fn corrections_of(&self, line: EventId) -> Result<Vec<ProductionLine>, StoreError> {
        self.lines("where l.corrects = ?1 order by l.rowid", params![Id(line.0)])
    }

    /// Own lines that count in a window, half-open, first written first: those written in it, and the
    /// counter-entries of those.
    pub fn lines_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<ProductionLine>, StoreError> {
        let condition = "where (l.corrects is null and l.at >= ?1 and l.at < ?2) \
             or l.corrects in (select event_id from production_lines where at >= ?1 and at < ?2) \
             order by l.rowid";
        self.lines(condition, params![At(from), At(to)])
    }

    fn lines(
        &self,
        condition: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<ProductionLine>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!("{SELECT} {condition}"))?;
        Ok(statement.query_map(values, line_of)?.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// Stores and queues a line; `booking` is the first event of what is saved together.
    pub fn log_production(
        &mut self,
        fact: &Fact,
        booking: EventId,
        logged: &ProductionLogged,
    ) -> Result<(), StoreError> {
        self.queue_work(fact, stream::operation(logged.operation_id), logged)?;
        self.conn
            .prepare_cached(
                "insert into production_lines (event_id, booking, operation_id, at, actor, corrects, logged) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                Id(fact.event_id.0),
                Id(booking.0),
                logged.operation_id.0,
                At(fact.at),
                fact.actor.map(|user| user.0),
                logged.corrects.map(|line| Id(line.0)),
                Json(logged),
            ])?;
        Ok(())
    }
}
