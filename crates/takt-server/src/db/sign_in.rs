//! Sign-ins, sign-outs and failed tries, into the trail.

use serde_json::{Value, json};
use takt_wire::payload::{SignIn, SignInAction};

use super::TenantTx;
use crate::push::entry::Entry;

/// Inserts them.
pub async fn insert(tx: &mut TenantTx, entries: &[Entry<'_, SignIn>]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into audit_logs (organization_id, plant_id, device_id, occurred_at, uid, action, table_name, row_id,
           user_id, severity, success, error_message)
         select app.org(), app.plant(), app.device(), e.at, e.uid, e.action, 'users', e.user_id, e.user_id,
           case when e.success then 'INFO' else 'WARNING' end, e.success, e.error
         from jsonb_to_recordset($1) as e (at timestamptz, uid uuid, action text, user_id int, success boolean, error text)",
    )
    .bind(Value::Array(entries.iter().map(row).collect()))
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn row(entry: &Entry<'_, SignIn>) -> Value {
    let (stamp, fact) = (&entry.stamp, entry.fact);
    json!({
        "at": stamp.at, "uid": stamp.uid, "action": fact.action, "user_id": fact.user_id.map(|id| id.0).or(stamp.actor),
        "success": fact.action != SignInAction::LoginFailed, "error": fact.error,
    })
}
