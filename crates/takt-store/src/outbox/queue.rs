//! Queueing: the next number of the lane, in the transaction that stores what happened.

use rusqlite::params;
use takt_domain::EventId;
use takt_wire::{
    envelope::{EVENT_BYTES_MAX, Lane},
    payload::Payload,
};

use super::Entry;
use crate::{
    column::{At, Id},
    error::StoreError,
    storage,
    writing::Writing,
};

/// Bytes of an envelope around its payload and stream key, at most.
const ENVELOPE_BYTES_MAX: usize = 512;

impl Writing<'_> {
    /// Queues what a person did or a machine said, under the next number of its lane.
    ///
    /// Refuses an event over 64 KiB and, when the quota or the disk is used up, any event: undo
    /// what you stored beside it by returning the error from [`crate::Store::write`].
    pub fn queue<P: Payload>(&mut self, entry: Entry, payload: &P) -> Result<EventId, StoreError> {
        if entry.stream_key.is_none() && entry.lane != Lane::Audit {
            return Err(StoreError::StreamMissing(P::KIND));
        }
        let json = serde_json::to_string(payload)?;
        let stream_bytes = entry.stream_key.as_ref().map_or(0, String::len);
        let bytes = json.len() + stream_bytes + ENVELOPE_BYTES_MAX;
        if bytes > EVENT_BYTES_MAX {
            return Err(StoreError::EventTooLarge { bytes, max: EVENT_BYTES_MAX });
        }
        if storage::used(self.conn)? >= self.quota_bytes {
            return Err(StoreError::StorageFull);
        }
        let seq = self.next_seq(entry.lane)?;
        self.conn
            .prepare_cached(
                "insert into outbox (install, lane, seq, event_id, stream_key, kind, version,
                     device_time, monotonic_ms, boot_id, clock_offset_ms, clock_offset_age_ms,
                     actor, payload, size)
                 values ((select max(ordinal) from install), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
                     ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                u8::from(entry.lane),
                seq,
                Id(entry.event_id.0),
                entry.stream_key,
                P::KIND,
                P::VERSION,
                At(entry.stamp.device_time),
                entry.stamp.monotonic_ms,
                Id(entry.stamp.boot_id.0),
                entry.stamp.clock_offset_ms,
                entry.stamp.clock_offset_age_ms,
                entry.actor.map(|user| user.0),
                json,
                i64::try_from(bytes).unwrap_or(i64::MAX),
            ])?;
        Ok(entry.event_id)
    }

    fn next_seq(&self, lane: Lane) -> Result<i64, StoreError> {
        let sql = "update lane set next_seq = next_seq + 1 where lane = ?1 returning next_seq - 1";
        Ok(self.conn.prepare_cached(sql)?.query_row([u8::from(lane)], |row| row.get(0))?)
    }
}
