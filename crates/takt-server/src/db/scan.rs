//! Every scan, also the refused ones.

use serde_json::{Value, json};
use takt_wire::payload::CodeScanned;

use super::TenantTx;
use crate::push::entry::Entry;

/// Symbologies the column names; any other is OTHER.
const SYMBOLOGIES: [&str; 6] = ["CODE128", "CODE39", "EAN13", "UPC_A", "QR_CODE", "DATA_MATRIX"];

/// Inserts scans.
pub async fn insert(tx: &mut TenantTx, entries: &[Entry<'_, CodeScanned>]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into qr_code_scans (organization_id, plant_id, device_id, scanned_at, scanned_value, symbology,
           resolution, entity_type, entity_id, purpose, scanned_by, work_order_id, work_center_id, input, decode_ms,
           error_message, uid, device_seq, device_time, time_quality)
         select app.org(), app.plant(), app.device(), e.at, e.scanned_value, e.symbology, e.resolution, e.entity_type,
           e.entity_id, e.purpose, e.actor, e.work_order_id, e.work_center_id, e.input, e.decode_ms, e.error, e.uid,
           e.device_seq, e.device_time, e.time_quality
         from jsonb_to_recordset($1) as e (at timestamptz, scanned_value text, symbology text, resolution text,
           entity_type text, entity_id bigint, purpose text, actor int, work_order_id int, work_center_id int,
           input text, decode_ms int, error text, uid uuid, device_seq bigint, device_time timestamptz,
           time_quality text)",
    )
    .bind(Value::Array(entries.iter().map(row).collect()))
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn row(entry: &Entry<'_, CodeScanned>) -> Value {
    let (stamp, fact) = (&entry.stamp, entry.fact);
    let named = |symbology: &str| {
        if SYMBOLOGIES.contains(&symbology) { symbology.to_owned() } else { "OTHER".to_owned() }
    };
    json!({
        "at": stamp.at, "scanned_value": fact.scanned_value, "symbology": fact.symbology.as_deref().map(named),
        "resolution": fact.resolution, "entity_type": fact.entity_type, "entity_id": fact.entity_id,
        "purpose": fact.purpose, "actor": stamp.actor, "work_order_id": fact.work_order_id,
        "work_center_id": fact.work_center_id, "input": fact.input, "decode_ms": fact.decode_ms.map(|ms| ms.max(0)),
        "error": fact.error, "uid": stamp.uid, "device_seq": stamp.device_seq, "device_time": stamp.device_time,
        "time_quality": stamp.time_quality,
    })
}
