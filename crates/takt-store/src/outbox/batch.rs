//! What is to be sent next.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use takt_domain::{BootId, EventId, UserId};
use takt_wire::envelope::{Event, Lane};

use super::LaneDepth;
use crate::{
    column::{At, Id},
    error::StoreError,
    reading::Reading,
};

/// The columns [`event`] reads, in its order.
pub(super) const EVENT_COLUMNS: &str = "o.lane, o.seq, o.event_id, o.stream_key, o.kind, o.version, \
     o.device_time, o.monotonic_ms, o.boot_id, o.clock_offset_ms, o.clock_offset_age_ms, o.actor, o.payload";

impl Reading<'_> {
    /// The next unsent events of these lanes, lane by lane in the order given, each by its seq: at
    /// most so many, and at most so many bytes (estimated upwards) but always one.
    pub fn unsent(
        &self,
        lanes: &[Lane],
        events_max: usize,
        bytes_max: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let sql = format!(
            "select {EVENT_COLUMNS}, o.size from outbox o
             where o.acked_at is null and o.lane = ?1 order by o.seq limit ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let (mut events, mut bytes) = (Vec::new(), 0_usize);
        for lane in lanes {
            let room = i64::try_from(events_max - events.len()).unwrap_or(i64::MAX);
            let mut rows = statement.query(params![u8::from(*lane), room])?;
            while let Some(row) = rows.next()? {
                bytes = bytes.saturating_add(usize::try_from(row.get::<_, i64>(13)?).unwrap_or(usize::MAX));
                if bytes > bytes_max && !events.is_empty() {
                    return Ok(events);
                }
                events.push(event(row)?);
            }
        }
        Ok(events)
    }

    /// How far each lane is.
    pub fn lane_depths(&self) -> Result<Vec<LaneDepth>, StoreError> {
        let sql = "select l.lane, l.acked,
                (select count(*) from outbox o where o.acked_at is null and o.lane = l.lane)
             from lane l order by l.lane";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, u8>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))?;
        rows.map(|row| {
            let (number, acked, unsent) = row?;
            Ok(LaneDepth { lane: lane(number)?, unsent, acked })
        })
        .collect()
    }

    /// When the oldest unsent event happened, by the terminal's clock.
    pub fn oldest_unsent_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "select min(device_time) from outbox where acked_at is null";
        let oldest: Option<At> = self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(oldest.map(|at| at.0))
    }
}

/// An event from [`EVENT_COLUMNS`].
pub(super) fn event(row: &Row<'_>) -> Result<Event, StoreError> {
    let payload: String = row.get(12)?;
    let payload = serde_json::from_str(&payload)
        .map_err(|bad| StoreError::Unreadable { what: "a queued payload", detail: bad.to_string() })?;
    Ok(Event {
        lane: lane(row.get(0)?)?,
        seq: row.get(1)?,
        event_id: EventId(row.get::<_, Id>(2)?.0),
        stream_key: row.get(3)?,
        kind: row.get(4)?,
        version: row.get(5)?,
        device_time: row.get::<_, At>(6)?.0,
        monotonic_ms: row.get(7)?,
        boot_id: BootId(row.get::<_, Id>(8)?.0),
        clock_offset_ms: row.get(9)?,
        clock_offset_age_ms: row.get(10)?,
        actor: row.get::<_, Option<i32>>(11)?.map(UserId),
        payload,
    })
}

fn lane(number: u8) -> Result<Lane, StoreError> {
    Lane::try_from(number).map_err(|bad| StoreError::Unreadable { what: "a lane", detail: bad.to_string() })
}
