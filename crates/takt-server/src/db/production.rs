//! The lines of production, in one statement a batch; the shift is stamped by the time. A counter-entry
//! belongs to the shift of the line it corrects: what is taken back is taken from who booked it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use takt_wire::payload::ProductionLogged;
use uuid::Uuid;

use super::TenantTx;
use crate::push::entry::Entry;

/// Inserts lines; `times` tells when a corrected entry happened.
pub async fn insert(
    tx: &mut TenantTx,
    entries: &[Entry<'_, ProductionLogged>],
    times: &HashMap<Uuid, DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    let corrects = |it: &Entry<'_, ProductionLogged>| it.fact.corrects.map(|uid| uid.0);
    let corrects_at =
        |it: &Entry<'_, ProductionLogged>| corrects(it).and_then(|uid| times.get(&uid).copied());
    sqlx::query(
        "insert into production_logs (organization_id, plant_id, device_id, logged_at, event_type, work_order_id,
           operation_id, machine_id, operator_id, quantity_good, quantity_scrapped, quantity_rework, unit_id,
           scrap_reason_id, rework_reason_id, pause_reason_id, corrects_uid, corrects_at, notes, uid, device_seq,
           device_time, time_quality, shift_id, shift_date)
         select app.org(), app.plant(), app.device(), e.*, s.shift_id, s.business_date
         from unnest($1::timestamptz[], $2::text[], $3::int[], $4::int[], $5::int[], $6::int[], $7::numeric[],
           $8::numeric[], $9::numeric[], $10::int[], $11::int[], $12::int[], $13::int[], $14::uuid[],
           $15::timestamptz[], $16::text[], $17::uuid[], $18::bigint[], $19::timestamptz[], $20::text[]) as e (
             at, event_type, work_order_id, operation_id, machine_id, operator_id, good, scrapped, rework, unit_id, scrap_reason_id,
             rework_reason_id, pause_reason_id, corrects_uid, corrects_at, notes, uid, device_seq, device_time, time_quality)
         left join shift_occurrences s on s.organization_id = app.org() and s.plant_id = app.plant() and s.is_worked
           and s.starts_at <= coalesce(e.corrects_at, e.at) and s.ends_at > coalesce(e.corrects_at, e.at)",
    )
    .bind(entries.iter().map(|it| it.stamp.at).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.event_type.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.work_order_id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.operation_id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.machine_id.map(|id| id.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.stamp.actor).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.quantity_good.decimal()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.quantity_scrapped.decimal()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.quantity_rework.decimal()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.unit_id.0).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.scrap_reason_id.map(|id| id.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.rework_reason_id.map(|id| id.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.pause_reason_id.map(|id| id.0)).collect::<Vec<_>>())
    .bind(entries.iter().map(corrects).collect::<Vec<_>>())
    .bind(entries.iter().map(corrects_at).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.fact.notes.as_deref()).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.stamp.uid).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.stamp.device_seq).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.stamp.device_time).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.stamp.time_quality).collect::<Vec<_>>())
    .execute(tx.connection())
    .await?;
    Ok(())
}
