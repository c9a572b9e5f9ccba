//! Handovers written here, what was read of them and of mirrored ones, and who took them over.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, params};
use takt_domain::{EventId, ShiftId, UserId};
use takt_wire::payload::{HandoverAcknowledged, HandoverSubmitted, stream};
use uuid::Uuid;

use crate::cell::{Json, event, instant, json, user_or_none};
use crate::column::{At, Id};
use crate::{Reading, StoreError, Writing, fact::Fact};

/// A handover that was submitted on this terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnHandover {
    /// Its identity.
    pub uid: EventId,
    /// What was handed over.
    pub submitted: HandoverSubmitted,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: Option<UserId>,
}

/// Who took a handover over on this terminal, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

fn handover_of(row: &Row<'_>) -> rusqlite::Result<OwnHandover> {
    Ok(OwnHandover {
        uid: event(row, 0)?,
        submitted: json(row, 1)?,
        at: instant(row, 2)?,
        actor: user_or_none(row, 3)?,
    })
}

impl Reading<'_> {
    /// Own handovers since then, newest first.
    pub fn own_handovers_since(&self, since: DateTime<Utc>) -> Result<Vec<OwnHandover>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select uid, submitted, at, actor from handovers where at >= ?1 order by at desc, uid desc",
        )?;
        Ok(statement.query_map(params![At(since)], handover_of)?.collect::<Result<_, _>>()?)
    }

    /// The items of a handover that somebody read here.
    pub fn items_read(&self, handover: EventId, by: UserId) -> Result<BTreeSet<Uuid>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select item from handover_items_read where handover = ?1 and actor = ?2")?;
        let rows =
            statement.query_map(params![Id(handover.0), by.0], |row| row.get::<_, Id>(0).map(|id| id.0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who took a handover over here.
    pub fn handover_taken(&self, handover: EventId) -> Result<Option<Taken>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select actor, at from handovers_taken where handover = ?1")?;
        let taken = statement.query_row(params![Id(handover.0)], |row| {
            Ok(Taken { by: UserId(row.get(0)?), at: instant(row, 1)? })
        });
        Ok(taken.optional()?)
    }

    /// The notes typed so far for a shift's handover.
    pub fn handover_notes(&self, shift: ShiftId, date: NaiveDate) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select notes from handover_notes where shift_id = ?1 and business_date = ?2")?;
        Ok(statement.query_row(params![shift.0, date.to_string()], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
    /// Keeps the notes as typed. This terminal's alone until the handover is submitted.
    pub fn write_handover_notes(
        &mut self,
        shift: ShiftId,
        date: NaiveDate,
        notes: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert or replace into handover_notes (shift_id, business_date, notes) values (?1, ?2, ?3)",
            )?
            .execute(params![shift.0, date.to_string(), notes])?;
        Ok(())
    }

    /// Marks an item as read by somebody. It travels with their takeover.
    pub fn read_handover_item(
        &mut self,
        handover: EventId,
        item: Uuid,
        at: DateTime<Utc>,
        by: UserId,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert or ignore into handover_items_read (handover, item, at, actor) values (?1, ?2, ?3, ?4)",
            )?
            .execute(params![Id(handover.0), Id(item), At(at), by.0])?;
        Ok(())
    }

    /// Stores and queues a handover; the fact's identity is the handover's.
    pub fn submit_handover(&mut self, fact: &Fact, submitted: &HandoverSubmitted) -> Result<(), StoreError> {
        self.add_to_handover(fact, fact.event_id, submitted)
    }

    /// Stores and queues what is added to a handover, in its stream: it must not come first.
    pub fn add_to_handover(
        &mut self,
        fact: &Fact,
        to: EventId,
        submitted: &HandoverSubmitted,
    ) -> Result<(), StoreError> {
        self.queue_work(fact, stream::handover(to), submitted)?;
        self.conn
            .prepare_cached("insert into handovers (uid, submitted, at, actor) values (?1, ?2, ?3, ?4)")?
            .execute(params![
                Id(fact.event_id.0),
                Json(submitted),
                At(fact.at),
                fact.actor.map(|user| user.0)
            ])?;
        Ok(())
    }

    /// Stores and queues that `by`, the fact's actor, took a handover over.
    pub fn take_handover(
        &mut self,
        fact: &Fact,
        by: UserId,
        acknowledged: &HandoverAcknowledged,
    ) -> Result<(), StoreError> {
        self.queue_work(fact, stream::handover(acknowledged.handover_uid), acknowledged)?;
        self.conn
            .prepare_cached("insert into handovers_taken (handover, at, actor) values (?1, ?2, ?3)")?
            .execute(params![Id(acknowledged.handover_uid.0), At(fact.at), by.0])?;
        Ok(())
    }
}
