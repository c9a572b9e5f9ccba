//! The last scans, by the hash of their content: what a repeated scan is recognised by. The whole
//! ledger is the outbox's scan events.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use takt_wire::payload::CodeScanned;

use crate::cell::instant;
use crate::column::{At, Id};
use crate::{Reading, StoreError, Writing, fact::Fact};

/// How many scans are remembered.
const SCANS_KEPT: i64 = 200;

/// A scan that was made here.
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
    /// The scan before this one.
    pub fn last_scan(&self) -> Result<Option<SeenScan>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select at, value_hash, code from scans order by at desc, event_id desc limit 1",
        )?;
        let seen = statement.query_row([], |row| {
            Ok(SeenScan { at: instant(row, 0)?, value_hash: row.get(1)?, code: row.get(2)? })
        });
        Ok(seen.optional()?)
    }
}

impl Writing<'_> {
    /// Stores and queues a scan, and forgets the oldest.
    pub fn note_scan(
        &mut self,
        fact: &Fact,
        scanned: &CodeScanned,
        value_hash: &str,
        code: &str,
    ) -> Result<(), StoreError> {
        self.queue_audit(fact, scanned)?;
        self.conn
            .prepare_cached("insert into scans (event_id, at, value_hash, code) values (?1, ?2, ?3, ?4)")?
            .execute(params![Id(fact.event_id.0), At(fact.at), value_hash, code])?;
        self.conn
            .prepare_cached(
                "delete from scans where event_id in (select event_id from scans \
                 order by at desc, event_id desc limit -1 offset ?1)",
            )?
            .execute(params![SCANS_KEPT])?;
        Ok(())
    }
}
