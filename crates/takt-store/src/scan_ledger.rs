//! The last scans that did something, by the hash of their content: what a repeated scan is
//! recognised by. The whole ledger is the outbox's scan events.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use takt_wire::payload::CodeScanned;

use crate::cell::instant;
use crate::column::{At, Id};
use crate::{Reading, StoreError, Writing, fact::Fact};

/// How many scans are remembered.
const SCANS_KEPT: i64 = 200;

/// A scan that did something here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenScan {
    /// When.
    pub at: DateTime<Utc>,
    /// Hash of its content.
    pub value_hash: String,
    /// What it was understood as.
    pub code: String,
}

impl Reading<'_> {
    /// The last scan that did something.
    pub fn last_scan(&self) -> Result<Option<SeenScan>, StoreError> {
        let sql = "select at, value_hash, code from scans order by rowid desc limit 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let seen = statement.query_row([], |row| {
            Ok(SeenScan { at: instant(row, 0)?, value_hash: row.get(1)?, code: row.get(2)? })
        });
        Ok(seen.optional()?)
    }
}

impl Writing<'_> {
    /// Queues a scan. With a `code`, what it was understood as, it did something: it is remembered
    /// and the oldest forgotten.
    pub fn note_scan(
        &mut self,
        fact: &Fact,
        scanned: &CodeScanned,
        value_hash: &str,
        code: Option<&str>,
    ) -> Result<(), StoreError> {
        self.queue_audit(fact, scanned)?;
        let Some(code) = code else { return Ok(()) };
        self.conn
            .prepare_cached("insert into scans (event_id, at, value_hash, code) values (?1, ?2, ?3, ?4)")?
            .execute(params![Id(fact.event_id.0), At(fact.at), value_hash, code])?;
        self.conn
            .prepare_cached(
                "delete from scans where rowid in (select rowid from scans \
                 order by rowid desc limit -1 offset ?1)",
            )?
            .execute(params![SCANS_KEPT])?;
        Ok(())
    }
}
