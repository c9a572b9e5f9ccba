//! Own inspections: drafts whose readings are durable one by one, and what was recorded.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use takt_domain::{CharacteristicId, EventId, InspectionPointId, OperationId, Quantity};
use takt_wire::payload::{InspectionRecorded, InspectionResult, Reading, stream};

use crate::cell::{Json, event, instant, instant_or_none, json, json_or_none};
use crate::column::{At, Id};
use crate::{StoreError, Writing, fact::Fact};

/// An inspection begun on this terminal: a draft until it is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The draft's identity; the event's once recorded.
    pub uid: EventId,
    /// Of which routing step.
    pub operation: OperationId,
    /// At which checkpoint.
    pub point: InspectionPointId,
    /// 1 = first pass.
    pub attempt_no: i16,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was recorded; none = a draft.
    pub recorded_at: Option<DateTime<Utc>>,
    /// Pieces made on the operation when it was recorded.
    pub made: Option<Quantity>,
    /// The verdict, once recorded.
    pub result: Option<InspectionResult>,
}

const SELECT: &str = "select uid, operation_id, point_id, attempt_no, begun_at, recorded_at, made, result \
     from inspections";

fn inspection_of(row: &Row<'_>) -> rusqlite::Result<Inspection> {
    Ok(Inspection {
        uid: event(row, 0)?,
        operation: OperationId(row.get(1)?),
        point: InspectionPointId(row.get(2)?),
        attempt_no: row.get(3)?,
        begun_at: instant(row, 4)?,
        recorded_at: instant_or_none(row, 5)?,
        made: json_or_none(row, 6)?,
        result: json_or_none(row, 7)?,
    })
}

impl crate::Reading<'_> {
    /// An inspection by its identity.
    pub fn inspection(&self, uid: EventId) -> Result<Option<Inspection>, StoreError> {
        let sql = format!("{SELECT} where uid = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params![Id(uid.0)], inspection_of).optional()?)
    }

    /// Every inspection of an operation, in the order begun.
    pub fn inspections_of(&self, operation: OperationId) -> Result<Vec<Inspection>, StoreError> {
        let sql = format!("{SELECT} where operation_id = ?1 order by begun_at, uid");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![operation.0], inspection_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The readings of an inspection, in the order taken.
    pub fn readings_of(&self, inspection: EventId) -> Result<Vec<Reading>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select reading from readings where inspection = ?1 order by at, uid")?;
        let rows = statement.query_map(params![Id(inspection.0)], |row| json(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Readings of a characteristic from recorded inspections, oldest first.
    pub fn recorded_readings(&self, characteristic: CharacteristicId) -> Result<Vec<Reading>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select r.reading from readings r join inspections i on i.uid = r.inspection \
             where r.characteristic_id = ?1 and i.recorded_at is not null order by r.at, r.uid",
        )?;
        let rows = statement.query_map(params![characteristic.0], |row| json(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// Begins a draft. This terminal's alone until it is recorded.
    pub fn begin_inspection(&mut self, draft: &Inspection) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into inspections (uid, operation_id, point_id, attempt_no, begun_at) \
                 values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                Id(draft.uid.0),
                draft.operation.0,
                draft.point.0,
                draft.attempt_no,
                At(draft.begun_at)
            ])?;
        Ok(())
    }

    /// Takes a reading into a draft, replacing the one in its place.
    pub fn put_reading(&mut self, draft: EventId, reading: &Reading) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into readings (uid, inspection, characteristic_id, sample_no, at, reading) \
                 select ?1, uid, ?3, ?4, ?5, ?6 from inspections where uid = ?2 and recorded_at is null \
                 on conflict (inspection, characteristic_id, sample_no) \
                 do update set uid = excluded.uid, at = excluded.at, reading = excluded.reading",
            )?
            .execute(params![
                Id(reading.uid),
                Id(draft.0),
                reading.characteristic_id.0,
                reading.sample_no,
                At(reading.device_time),
                Json(reading),
            ])?;
        Ok(())
    }

    /// Empties a place of a draft.
    pub fn clear_reading(
        &mut self,
        draft: EventId,
        characteristic: CharacteristicId,
        sample_no: i32,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "delete from readings where inspection = ?1 and characteristic_id = ?2 and sample_no = ?3 \
                 and exists (select 1 from inspections where uid = ?1 and recorded_at is null)",
            )?
            .execute(params![Id(draft.0), characteristic.0, sample_no])?;
        Ok(())
    }

    /// Stores and queues an inspection: its draft, whose identity is the fact's, is closed.
    /// `made` = pieces made on the operation until now.
    pub fn record_inspection(
        &mut self,
        fact: &Fact,
        made: Quantity,
        recorded: &InspectionRecorded,
    ) -> Result<(), StoreError> {
        self.queue_work(fact, stream::inspection(fact.event_id), recorded)?;
        self.conn
            .prepare_cached(
                "update inspections set recorded_at = ?2, made = ?3, result = ?4 \
                 where uid = ?1 and recorded_at is null",
            )?
            .execute(params![Id(fact.event_id.0), At(fact.at), Json(made), Json(recorded.result)])?;
        Ok(())
    }
}
