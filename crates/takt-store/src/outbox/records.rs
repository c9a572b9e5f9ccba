//! What people see of the outbox: every record with its ticks, and figures about all of them.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, ToSql, params};
use takt_domain::EventId;
use takt_wire::{payload::Payload, push::Verdict};

use super::{
    Ack, OutboxCounts, OutboxRow, Problem, RecordsWanted,
    batch::{EVENT_COLUMNS, event},
};
use crate::{
    column::{At, Id},
    error::StoreError,
    reading::Reading,
};

impl Reading<'_> {
    /// The outbox in figures.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let sql = "select (select count(*) from outbox where acked_at is null),
                          (select count(*) from outbox_problem)";
        let (unsent, problems) =
            self.conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(OutboxCounts { unsent, oldest_unsent_at: self.oldest_unsent_at()?, problems })
    }

    /// Records that happened in a window, half-open, by the terminal's clock, and how many are at the
    /// plant.
    pub fn made_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Ack, StoreError> {
        let sql = "select count(*), count(acked_at) from outbox where device_time >= ?1 and device_time < ?2";
        Ok(self.conn.prepare_cached(sql)?.query_row(params![At(from), At(to)], |row| {
            Ok(Ack { on_terminal: row.get(0)?, at_plant: row.get(1)? })
        })?)
    }

    /// Records, newest first: at most `limit`, older than `before`.
    pub fn records(
        &self,
        wanted: RecordsWanted,
        before: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let condition = match wanted {
            RecordsWanted::All => "true",
            RecordsWanted::Unsent => "o.acked_at is null",
            RecordsWanted::Problems => "p.event_id is not null",
        };
        let before = before.map(|id| Id(id.0));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.outbox_rows(
            &format!(
                "{condition} and (?1 is null or o.position < (select position from outbox where event_id = ?1))
                 order by o.position desc limit ?2"
            ),
            params![before, limit],
        )
    }

    /// One record.
    pub fn record(&self, id: EventId) -> Result<Option<OutboxRow>, StoreError> {
        Ok(self.outbox_rows("o.event_id = ?1", params![Id(id.0)])?.pop())
    }

    /// Where an event stands in the order of all events here; none once it was pruned.
    pub fn position(&self, id: EventId) -> Result<Option<i64>, StoreError> {
        let sql = "select position from outbox where event_id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([Id(id.0)], |row| row.get(0)).optional()?)
    }

    /// Own events of one kind after a position, oldest first: what a mirrored row whose
    /// `own_through` is that position does not contain yet.
    pub fn own_since<P: Payload>(&self, position: i64) -> Result<Vec<(OutboxRow, P)>, StoreError> {
        let rows = self
            .outbox_rows("o.position > ?1 and o.kind = ?2 order by o.position", params![position, P::KIND])?;
        rows.into_iter()
            .map(|row| match serde_json::from_value(row.event.payload.clone()) {
                Ok(payload) => Ok((row, payload)),
                Err(bad) => Err(StoreError::Unreadable { what: "a queued payload", detail: bad.to_string() }),
            })
            .collect()
    }

    fn outbox_rows(&self, condition: &str, params: &[&dyn ToSql]) -> Result<Vec<OutboxRow>, StoreError> {
        let sql = format!(
            "select {EVENT_COLUMNS}, o.position, o.acked_at, p.verdict, p.code, p.detail, p.noted_at
             from outbox o left join outbox_problem p on p.event_id = o.event_id where {condition}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(OutboxRow {
                event: event(row)?,
                position: row.get(13)?,
                acked_at: row.get::<_, Option<At>>(14)?.map(|at| at.0),
                problem: problem(row)?,
            });
        }
        Ok(found)
    }
}

fn problem(row: &Row<'_>) -> Result<Option<Problem>, StoreError> {
    let Some(name) = row.get::<_, Option<String>>(15)? else { return Ok(None) };
    let verdict: Verdict = serde_json::from_value(serde_json::Value::String(name))
        .map_err(|bad| StoreError::Unreadable { what: "a verdict", detail: bad.to_string() })?;
    let noted_at = row.get::<_, At>(18)?.0;
    Ok(Some(Problem { verdict, code: row.get(16)?, detail: row.get(17)?, noted_at }))
}
