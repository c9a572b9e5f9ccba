//! Inspections and their readings.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use takt_wire::payload::{InspectionRecorded, Reading};

use super::TenantTx;
use crate::push::clock::storable;
use crate::push::entry::{Entry, Stamp};

/// An inspection is not longer than this: readings lie at most so far before it was recorded.
const DURATION_MAX: TimeDelta = TimeDelta::hours(24);

/// Inserts inspections, then all their readings.
pub async fn insert(tx: &mut TenantTx, entries: &[Entry<'_, InspectionRecorded>]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into inspection_logs (organization_id, plant_id, device_id, inspected_at, inspection_plan_id,
           inspection_point_id, inspection_type, work_order_id, operation_id, machine_id, shift_id, shift_date,
           inspector_id, attempt_no, inspected_quantity, passed_quantity, failed_quantity, unit_id, result, notes, uid,
           device_seq, device_time, time_quality)
         select app.org(), app.plant(), app.device(), e.at, e.plan_id, e.point_id, e.inspection_type, e.work_order_id,
           e.operation_id, e.machine_id, s.shift_id, s.business_date, e.actor, e.attempt_no, e.inspected_quantity,
           e.passed_quantity, e.failed_quantity, e.unit_id, e.result, e.notes, e.uid, e.device_seq, e.device_time,
           e.time_quality
         from jsonb_to_recordset($1) as e (at timestamptz, plan_id int, point_id int, inspection_type text,
           work_order_id int, operation_id int, machine_id int, actor int, attempt_no smallint,
           inspected_quantity numeric, passed_quantity numeric, failed_quantity numeric, unit_id int, result text,
           notes text, uid uuid, device_seq bigint, device_time timestamptz, time_quality text)
         left join shift_occurrences s on s.organization_id = app.org() and s.plant_id = app.plant() and s.is_worked
           and s.starts_at <= e.at and s.ends_at > e.at",
    )
    .bind(Value::Array(entries.iter().map(log).collect()))
    .execute(tx.connection())
    .await?;
    let readings =
        entries.iter().flat_map(|it| it.fact.readings.iter().map(|reading| measurement(&it.stamp, reading)));
    sqlx::query(
        "insert into inspection_measurements (organization_id, plant_id, device_id, measured_at, inspection_log_id,
           characteristic_id, sample_no, measured_value, measured_text, is_conforming, lower_spec, upper_spec,
           gauge_code, measured_by, uid, device_seq, device_time, time_quality)
         select app.org(), app.plant(), app.device(), e.at, l.id, e.characteristic_id, e.sample_no, e.value, e.text,
           e.conforming, e.lower_spec, e.upper_spec, e.gauge_code, e.actor, e.uid, e.device_seq, e.device_time,
           e.time_quality
         from jsonb_to_recordset($1) as e (log_uid uuid, at timestamptz, characteristic_id int, sample_no int,
           value numeric, text text, conforming boolean, lower_spec numeric, upper_spec numeric, gauge_code text,
           actor int, uid uuid, device_seq bigint, device_time timestamptz, time_quality text)
         join inspection_logs l on l.organization_id = app.org() and l.uid = e.log_uid",
    )
    .bind(Value::Array(readings.collect()))
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn log(entry: &Entry<'_, InspectionRecorded>) -> Value {
    let (stamp, fact) = (&entry.stamp, entry.fact);
    json!({
        "at": stamp.at, "plan_id": fact.plan_id, "point_id": fact.point_id, "inspection_type": fact.inspection_type,
        "work_order_id": fact.work_order_id, "operation_id": fact.operation_id, "machine_id": fact.machine_id,
        "actor": stamp.actor, "attempt_no": fact.attempt_no, "inspected_quantity": fact.inspected_quantity,
        "passed_quantity": fact.passed_quantity, "failed_quantity": fact.failed_quantity, "unit_id": fact.unit_id,
        "result": fact.result, "notes": fact.notes, "uid": stamp.uid, "device_seq": stamp.device_seq,
        "device_time": stamp.device_time, "time_quality": stamp.time_quality,
    })
}

fn measurement(stamp: &Stamp, reading: &Reading) -> Value {
    json!({
        "log_uid": stamp.uid, "at": measured_at(stamp, reading.device_time),
        "characteristic_id": reading.characteristic_id, "sample_no": reading.sample_no, "value": reading.value,
        "text": reading.text, "conforming": reading.conforming, "lower_spec": reading.lower_spec,
        "upper_spec": reading.upper_spec, "gauge_code": reading.gauge_code, "actor": stamp.actor, "uid": reading.uid,
        "device_seq": stamp.device_seq, "device_time": storable(reading.device_time),
        "time_quality": stamp.time_quality,
    })
}

/// As far before the inspection as the same clock says; an absurd distance is none.
fn measured_at(stamp: &Stamp, said: DateTime<Utc>) -> DateTime<Utc> {
    let before = stamp.device_time.map(|recorded| recorded - said);
    let believed = before.filter(|before| *before >= TimeDelta::zero() && *before <= DURATION_MAX);
    stamp.at - believed.unwrap_or_default()
}
