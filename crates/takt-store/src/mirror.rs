//! The copy of what the centre says: people, machines, orders, plans. Rows are kept as they came,
//! checked once on arrival, and read back as the wire's types.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use takt_domain::OperationId;
use takt_wire::{
    envelope::Lane,
    payload::stream,
    pull::{PullPage, RowChange},
    row::{self, Operation, Row},
};

use crate::{
    column::{At, Id},
    error::StoreError,
    reading::Reading,
    writing::Writing,
};

/// What became of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageApplied {
    /// Rows new or changed.
    pub stored: usize,
    /// Rows gone, by word of the centre or swept after a snapshot.
    pub removed: usize,
    /// Rows this build cannot read; their last readable version stays.
    pub refused: usize,
}

impl Reading<'_> {
    /// Every row of a table, by id.
    pub fn mirror<T: Row>(&self) -> Result<Vec<T>, StoreError> {
        Ok(self.mirror_with_through::<T>()?.into_iter().map(|(row, _)| row).collect())
    }

    /// Every row of a table, by id, each with the outbox position up to which it contains what
    /// happened here: its counters plus the own events after that position are the truth.
    pub fn mirror_with_through<T: Row>(&self) -> Result<Vec<(T, i64)>, StoreError> {
        let sql = "select body, own_through from mirror where tbl = ?1 order by id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([T::TABLE])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((
                read_back(T::TABLE, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?,
                row.get(1)?,
            ));
        }
        Ok(found)
    }

    /// One row of a table.
    pub fn mirror_one<T: Row>(&self, id: i64) -> Result<Option<T>, StoreError> {
        Ok(self.mirror_one_with_through(id)?.map(|(row, _)| row))
    }

    /// One row of a table, see [`Self::mirror_with_through`].
    pub fn mirror_one_with_through<T: Row>(&self, id: i64) -> Result<Option<(T, i64)>, StoreError> {
        let sql = "select body, own_through from mirror where tbl = ?1 and id = ?2";
        let found: Option<(String, i64)> = self
            .conn
            .prepare_cached(sql)?
            .query_row(params![T::TABLE, id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(body, through)| Ok((read_back(T::TABLE, &body)?, through))).transpose()
    }

    /// Rows of all tables.
    pub fn mirror_count(&self) -> Result<u32, StoreError> {
        Ok(self.conn.prepare_cached("select count(*) from mirror")?.query_row([], |row| row.get(0))?)
    }

    /// By stream the first own event that the plant has and may still apply. No row contains it, nor
    /// what followed it in its stream, which the plant holds behind it.
    fn first_waiting(&self, page: &PullPage) -> Result<BTreeMap<String, i64>, StoreError> {
        let waiting: Vec<Id> = match &page.own_kept {
            Some(kept) => {
                kept.iter().filter(|it| it.verdict.may_be_applied()).map(|it| Id(it.event_id.0)).collect()
            }
            None => self.noted_waiting()?,
        };
        let sql = "select stream_key, position from outbox where event_id = ?1 and stream_key is not null";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut first: BTreeMap<String, i64> = BTreeMap::new();
        for event in waiting {
            let found: Option<(String, i64)> =
                statement.query_row(params![event], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            if let Some((stream, position)) = found {
                first.entry(stream).and_modify(|first| *first = position.min(*first)).or_insert(position);
            }
        }
        Ok(first)
    }

    /// The same as far as answers to pushes have said it.
    fn noted_waiting(&self) -> Result<Vec<Id>, StoreError> {
        let sql = "select event_id from outbox_problem where verdict in ('held', 'quarantined')";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Up to which outbox position a page contains our own work, from its numbers per lane. What
    /// was sent under an earlier install id is in it, or it would have been numbered anew.
    fn own_position(&self, own_through: &BTreeMap<u8, i64>) -> Result<i64, StoreError> {
        let lane = u8::from(Lane::Work);
        let seq = own_through.get(&lane).copied().unwrap_or(0);
        let sql = "select coalesce(max(position), 0) from outbox
                   where lane = ?1 and (install < (select max(ordinal) from install) or seq <= ?2)";
        Ok(self.conn.prepare_cached(sql)?.query_row(params![lane, seq], |row| row.get(0))?)
    }
}

impl Writing<'_> {
    /// Stores a page and the cursor that follows it. A row that cannot be read is noted, the page
    /// lands all the same.
    pub fn apply_page(&mut self, page: &PullPage, now: DateTime<Utc>) -> Result<PageApplied, StoreError> {
        let own_through = self.own_position(&page.own_through)?;
        let generation = if page.generation == 0 { self.sync_state()?.generation } else { page.generation };
        if let Some(kept) = &page.own_kept {
            self.clear_settled(kept, &page.own_through)?;
        }
        let first_waiting = self.first_waiting(page)?;
        let mut applied = PageApplied::default();
        for change in &page.rows {
            let waits_from = stream_of(change).and_then(|stream| first_waiting.get(&stream));
            let contained = waits_from.map_or(own_through, |from| own_through.min(from - 1));
            if let Some(reason) = self.mirror_put(change, contained, generation)? {
                self.note_pull_error(change, &reason, now)?;
                applied.refused += 1;
            } else if change.body.is_some() {
                applied.stored += 1;
            } else {
                applied.removed += 1;
            }
        }
        if page.snapshot_done {
            applied.removed += self.mirror_sweep(generation)?;
        }
        self.page_landed(&page.cursor, generation, page.snapshot_done, now)?;
        Ok(applied)
    }

    /// Stores or removes one row. Returns why, if this build cannot read it; then nothing changed.
    pub fn mirror_put(
        &mut self,
        change: &RowChange,
        own_through: i64,
        generation: i64,
    ) -> Result<Option<String>, StoreError> {
        let Some(body) = &change.body else {
            let sql = "delete from mirror where tbl = ?1 and id = ?2";
            self.conn.prepare_cached(sql)?.execute(params![change.tbl, change.id])?;
            return Ok(None);
        };
        if let Err(refused) = row::check(&change.tbl, body) {
            return Ok(Some(refused.to_string()));
        }
        self.conn
            .prepare_cached(
                "insert into mirror (tbl, id, body, generation, own_through) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (tbl, id) do update set body = excluded.body,
                     generation = excluded.generation, own_through = excluded.own_through",
            )?
            .execute(params![change.tbl, change.id, body.to_string(), generation, own_through])?;
        Ok(None)
    }

    /// Removes what a snapshot did not name. Returns how many rows went.
    pub fn mirror_sweep(&mut self, generation: i64) -> Result<usize, StoreError> {
        Ok(self.conn.execute("delete from mirror where generation <> ?1", [generation])?)
    }

    fn note_pull_error(
        &self,
        change: &RowChange,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        tracing::warn!(tbl = change.tbl, id = change.id, reason, "a pulled row cannot be read");
        self.conn.execute(
            "insert or replace into pull_error (tbl, id, reason, noted_at) values (?1, ?2, ?3, ?4)",
            params![change.tbl, change.id, reason, At(now)],
        )?;
        Ok(())
    }
}

/// The stream of own events that a row counts.
fn stream_of(change: &RowChange) -> Option<String> {
    let id = i32::try_from(change.id).ok().filter(|_| change.tbl == Operation::TABLE)?;
    Some(stream::operation(OperationId(id)))
}

fn read_back<T: Row>(table: &'static str, body: &str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|bad| StoreError::Unreadable { what: table, detail: bad.to_string() })
}
