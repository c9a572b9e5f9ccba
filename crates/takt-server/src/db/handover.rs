//! Shift handovers: one per occurrence and area. A second submission is an addendum to the first;
//! its event still finds the handover, through its receipt.

use serde_json::{Value, json};
use takt_wire::payload::{HandoverAcknowledged, HandoverSubmitted};
use uuid::Uuid;

use super::{TenantTx, receipt};
use crate::push::entry::Entry;

/// Submits handovers, in order.
pub async fn submit(tx: &mut TenantTx, entries: &[Entry<'_, HandoverSubmitted>]) -> Result<(), sqlx::Error> {
    for entry in entries {
        let id = submit_one(tx, entry).await?;
        receipt::point_to(tx, entry.stamp.uid, id).await?;
    }
    Ok(())
}

async fn submit_one(tx: &mut TenantTx, entry: &Entry<'_, HandoverSubmitted>) -> Result<i64, sqlx::Error> {
    let (stamp, fact) = (&entry.stamp, entry.fact);
    let items = serde_json::to_value(&fact.items).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    let figures =
        serde_json::to_value(&fact.figures).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    let addendum = json!([{
        "event_id": stamp.uid, "by": stamp.actor, "at": stamp.at, "text": fact.notes, "items": items,
    }]);
    sqlx::query_scalar(
        "insert into shift_handovers as h (organization_id, plant_id, device_id, handed_over_at, from_shift_id,
           from_shift_date, to_shift_id, to_shift_date, work_center_id, production_summary, items, figures,
           handed_over_by, uid, device_seq, device_time, time_quality, created_by, updated_by)
         values (app.org(), app.plant(), app.device(), $1, $2, $3, $4, $5, $6, nullif(left($7, 5000), ''), $8, $9,
           $10, $11, $12, $13, $14, $10, $10)
         on conflict on constraint shift_handovers_from_shift_from_shift_date_work_center_key do update
         set addenda = h.addenda || $15,
             production_summary = nullif(left(concat_ws(E'\\n\\n', h.production_summary, excluded.production_summary), 5000), ''),
             items = h.items || (
               select coalesce(jsonb_agg(i), '[]') from jsonb_array_elements(excluded.items) as i
               where not exists (select from jsonb_array_elements(h.items) as o
                 where o ->> 'uid' = i ->> 'uid'
                   or (o -> 'kind', o -> 'reference', o -> 'text') is not distinct from (i -> 'kind', i -> 'reference', i -> 'text'))),
             updated_by = excluded.updated_by
         returning id::bigint",
    )
    .bind(stamp.at)
    .bind(fact.from_shift_id.0)
    .bind(fact.from_shift_date)
    .bind(fact.to_shift_id.0)
    .bind(fact.to_shift_date)
    .bind(fact.work_center_id.0)
    .bind(fact.notes.trim())
    .bind(items)
    .bind(figures)
    .bind(stamp.actor)
    .bind(stamp.uid)
    .bind(stamp.device_seq)
    .bind(stamp.device_time)
    .bind(stamp.time_quality)
    .bind(addendum)
    .fetch_one(tx.connection())
    .await
}

/// Takes handovers over: their items, and the whole once.
pub async fn acknowledge(
    tx: &mut TenantTx,
    entries: &[Entry<'_, HandoverAcknowledged>],
) -> Result<(), sqlx::Error> {
    for Entry { stamp, fact } in entries {
        let seen: Vec<String> = fact.items.iter().map(Uuid::to_string).collect();
        let mark: Value = json!({"acknowledged_by": stamp.actor, "acknowledged_at": stamp.at});
        sqlx::query(
            "update shift_handovers h
             set items = (select coalesce(jsonb_agg(case when i ->> 'uid' = any ($2) then $3 || i else i end order by n), '[]')
                   from jsonb_array_elements(h.items) with ordinality as e (i, n)),
                 status = 'ACKNOWLEDGED', acknowledged_by = coalesce(h.acknowledged_by, $4),
                 acknowledged_at = coalesce(h.acknowledged_at, greatest($5, h.handed_over_at)),
                 acknowledgement_note = coalesce(h.acknowledgement_note, left($6, 2000)),
                 ack_uid = coalesce(h.ack_uid, $7), updated_by = $4
             from sync_receipts r
             where h.organization_id = app.org() and r.organization_id = app.org() and r.event_id = $1
               and h.id = r.target_id",
        )
        .bind(fact.handover_uid.0)
        .bind(seen)
        .bind(mark)
        .bind(stamp.actor)
        .bind(stamp.at)
        .bind(fact.note.as_deref())
        .bind(stamp.uid)
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}
