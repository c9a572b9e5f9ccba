//! What the plant has taken, asks for again, or kept for a person; and what may go.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use takt_domain::EventId;
use takt_wire::{pull::KeptEvent, push::EventVerdict};

use crate::{
    column::{At, Id},
    error::StoreError,
    writing::Writing,
};

/// Days an event stays here after the plant has it.
pub const ACKED_KEPT_DAYS: i64 = 30;
/// Events that stay here after the plant has them, at most.
pub const ACKED_EVENTS_MAX: i64 = 200_000;
/// Free pages given back to the disk in one go.
const PAGES_FREED_MAX: i64 = 512;

impl Writing<'_> {
    /// The plant has these events.
    pub fn acked(&mut self, events: &[EventId], now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut ack = self
            .conn
            .prepare_cached("update outbox set acked_at = ?2 where event_id = ?1 and acked_at is null")?;
        // A verdict of before a resend no longer stands; the one of this answer follows.
        let mut clear = self.conn.prepare_cached("delete from outbox_problem where event_id = ?1")?;
        for event in events {
            ack.execute(params![Id(event.0), At(now)])?;
            clear.execute(params![Id(event.0)])?;
        }
        Ok(())
    }

    /// Up to where the plant has everything, per lane of the install in force.
    pub fn acked_through(&mut self, acked: &BTreeMap<u8, i64>) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached("update lane set acked = ?2 where lane = ?1")?;
        for (lane, seq) in acked {
            statement.execute(params![lane, seq])?;
        }
        Ok(())
    }

    /// A person should look at this event.
    pub fn note_problem(&mut self, verdict: &EventVerdict, now: DateTime<Utc>) -> Result<(), StoreError> {
        let name = serde_json::to_value(verdict.first.unwrap_or(verdict.verdict))?;
        self.conn
            .prepare_cached(
                "insert or replace into outbox_problem (event_id, verdict, code, detail, noted_at)
                 select event_id, ?2, ?3, ?4, ?5 from outbox where event_id = ?1",
            )?
            .execute(params![
                Id(verdict.event_id.0),
                name.as_str(),
                verdict.code.as_deref().unwrap_or("UNKNOWN"),
                verdict.detail,
                At(now),
            ])?;
        Ok(())
    }

    /// Of what the plant has and did not apply, it still keeps these: the rest has been settled. What
    /// came after `own_through` it had not seen when it said so.
    pub(crate) fn clear_settled(
        &mut self,
        kept: &[KeptEvent],
        own_through: &BTreeMap<u8, i64>,
    ) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select p.event_id, o.lane, iif(o.install < (select max(ordinal) from install), 0, o.seq)
             from outbox_problem p join outbox o on o.event_id = p.event_id where o.acked_at is not null",
        )?;
        let problems = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let problems: Vec<(Id, u8, i64)> = problems.collect::<Result<_, _>>()?;
        let mut clear = self.conn.prepare_cached("delete from outbox_problem where event_id = ?1")?;
        for (event, lane, seq) in problems {
            let seen = seq <= own_through.get(&lane).copied().unwrap_or(0);
            if seen && !kept.iter().any(|it| it.event_id.0 == event.0) {
                clear.execute(params![event])?;
            }
        }
        Ok(())
    }

    /// The plant lost what came after these numbers of these lanes: send it again as far as it is
    /// still here. Returns how many events that are.
    pub fn resend_after(&mut self, after: &BTreeMap<u8, i64>) -> Result<usize, StoreError> {
        let mut events = 0;
        for (lane, seq) in after {
            events += self.conn.execute(
                "update outbox set acked_at = null
                 where acked_at is not null and lane = ?1 and seq > ?2
                   and install = (select max(ordinal) from install)",
                params![lane, seq],
            )?;
            self.conn
                .execute("update lane set acked = min(acked, ?2) where lane = ?1", params![lane, seq])?;
        }
        Ok(events)
    }

    /// The same for what was sent under earlier install ids, of which a restored server may know
    /// nothing: it queues again at the end of its lanes. Returns how many events that are.
    pub fn resend_older_installs(&mut self) -> Result<usize, StoreError> {
        let events = self.conn.execute(
            "with again as (
                 select o.position, l.next_seq - 1 + row_number() over (partition by o.lane order by o.position) as seq
                 from outbox o join lane l using (lane)
                 where o.install < (select max(ordinal) from install))
             update outbox set install = (select max(ordinal) from install), acked_at = null, seq = again.seq
             from again where outbox.position = again.position",
            [],
        )?;
        self.numbers_follow()?;
        Ok(events)
    }

    /// Numbers everything unsent from 1 under the newest install.
    pub(crate) fn renumber_unsent(&mut self) -> Result<(), StoreError> {
        self.conn.execute(
            "with anew as (
                 select position, row_number() over (partition by lane order by position) as seq
                 from outbox where acked_at is null)
             update outbox set install = (select max(ordinal) from install), seq = anew.seq
             from anew where outbox.position = anew.position",
            [],
        )?;
        self.numbers_follow()
    }

    /// The next number of a lane follows the highest given.
    fn numbers_follow(&self) -> Result<(), StoreError> {
        self.conn.execute(
            "update lane set next_seq = max(next_seq, 1 + coalesce((
                 select max(o.seq) from outbox o
                 where o.lane = lane.lane and o.install = (select max(ordinal) from install)), 0))",
            [],
        )?;
        Ok(())
    }

    /// Forgets what the plant has had for long, and gives freed pages back to the disk. Without a
    /// time that can be relied on nothing is too old, only too many. Returns how many events went.
    pub fn prune(&mut self, now: Option<DateTime<Utc>>) -> Result<usize, StoreError> {
        let kept_since = now.map(|now| At(now - TimeDelta::days(ACKED_KEPT_DAYS)));
        let gone = self.conn.execute(
            "delete from outbox where acked_at is not null and (acked_at < ?1 or position <= (
                 select position from outbox where acked_at is not null
                 order by position desc limit 1 offset ?2))",
            params![kept_since, ACKED_EVENTS_MAX],
        )?;
        let mut vacuum = self.conn.prepare(&format!("pragma incremental_vacuum({PAGES_FREED_MAX})"))?;
        let mut steps = vacuum.query([])?;
        while steps.next()?.is_some() {}
        Ok(gone)
    }
}
