//! Non-conformance reports from the floor.

use serde_json::{Value, json};
use takt_wire::payload::{NcrDetailed, NcrRaised};
use uuid::Uuid;

use super::{TenantTx, number};
use crate::push::entry::Entry;

/// Raises reports, each with the next number.
pub async fn raise(tx: &mut TenantTx, entries: &[Entry<'_, NcrRaised>]) -> Result<(), sqlx::Error> {
    let numbers = number::take(tx, "NCR", entries.len()).await?;
    let rows = entries.iter().enumerate().map(|(n, entry)| row(entry, numbers.get(n)));
    sqlx::query(
        "insert into ncrs (organization_id, plant_id, device_id, detected_at, ncr_number, ncr_type, severity,
           defect_type_id, description, material_id, work_order_id, operation_id, inspection_log_id,
           quantity_defective, unit_id, detected_by, uid, device_seq, device_time, time_quality, created_by, updated_by)
         select app.org(), app.plant(), app.device(), e.at, e.ncr_number, e.ncr_type, e.severity, e.defect_type_id,
           e.description, e.material_id, e.work_order_id, e.operation_id, l.id, e.quantity_defective, e.unit_id,
           e.actor, e.uid, e.device_seq, e.device_time, e.time_quality, e.actor, e.actor
         from jsonb_to_recordset($1) as e (at timestamptz, ncr_number text, ncr_type text, severity text,
           defect_type_id int, description text, material_id int, work_order_id int, operation_id int,
           inspection_uid uuid, quantity_defective numeric, unit_id int, actor int, uid uuid, device_seq bigint,
           device_time timestamptz, time_quality text)
         left join inspection_logs l on l.organization_id = app.org() and l.uid = e.inspection_uid",
    )
    .bind(Value::Array(rows.collect()))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A tenant without a series still gets its reports, numbered by their own id.
fn row(entry: &Entry<'_, NcrRaised>, number: Option<&String>) -> Value {
    let (stamp, fact) = (&entry.stamp, entry.fact);
    let own = || format!("NCR-{}", stamp.uid.simple()).to_uppercase();
    json!({
        "at": stamp.at, "ncr_number": number.cloned().unwrap_or_else(own), "ncr_type": fact.ncr_type,
        "severity": fact.severity, "defect_type_id": fact.defect_type_id, "description": fact.description,
        "material_id": fact.material_id, "work_order_id": fact.work_order_id, "operation_id": fact.operation_id,
        "inspection_uid": fact.inspection_uid, "quantity_defective": fact.quantity_defective,
        "unit_id": fact.unit_id, "actor": stamp.actor, "uid": stamp.uid, "device_seq": stamp.device_seq,
        "device_time": stamp.device_time, "time_quality": stamp.time_quality,
    })
}

/// Those of these reports that can be completed: nobody has decided on them. None changes until the
/// transaction ends.
pub async fn open(tx: &mut TenantTx, uids: &[Uuid]) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "select uid from (select uid, status from ncrs where organization_id = app.org() and uid = any ($1)
           order by id for no key update) as named
         where status in ('OPEN', 'IN_REVIEW')",
    )
    .bind(uids)
    .fetch_all(tx.connection())
    .await
}

/// Completes prefilled reports, each of them [`open`].
pub async fn detail(tx: &mut TenantTx, entries: &[Entry<'_, NcrDetailed>]) -> Result<(), sqlx::Error> {
    for Entry { stamp, fact } in entries {
        let completed = sqlx::query(
            "update ncrs set severity = $2, defect_type_id = $3, description = $4, quantity_defective = $5,
               updated_by = $6
             where organization_id = app.org() and uid = $1 and status in ('OPEN', 'IN_REVIEW')",
        )
        .bind(fact.ncr_uid.0)
        .bind(fact.severity.as_str())
        .bind(fact.defect_type_id.0)
        .bind(&fact.description)
        .bind(fact.quantity_defective.decimal())
        .bind(stamp.actor)
        .execute(tx.connection())
        .await?;
        if completed.rows_affected() == 0 {
            return Err(sqlx::Error::RowNotFound);
        }
    }
    Ok(())
}
