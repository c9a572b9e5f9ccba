//! What shift patterns mean day by day.

use serde_json::Value;

use super::TenantTx;

/// Patterns that change make room first, so that two may change places.
pub async fn stand_aside(tx: &mut TenantTx, rows: &[Value]) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    sqlx::query_as(
        "update shifts s set is_active = false
         from jsonb_to_recordset($1) as e (n int, id int)
         where s.organization_id = app.org() and s.id = e.id and s.is_active returning e.n, s.id",
    )
    .bind(Value::from(rows))
    .fetch_all(tx.connection())
    .await
}

/// Makes the occurrences of changed patterns anew from tomorrow on, as the plant counts days, and those
/// of all of the plant's patterns as far as they are missing. What has begun or was reported on stays.
pub async fn occur(tx: &mut TenantTx, rows: &[Value]) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    let rows = Value::from(rows);
    sqlx::query(
        "delete from shift_occurrences o
         using jsonb_to_recordset($1) as e (id int, fresh boolean), shifts s, plants p
         where s.organization_id = app.org() and s.id = e.id and not e.fresh
           and p.organization_id = app.org() and p.id = s.plant_id
           and o.organization_id = app.org() and o.plant_id = s.plant_id and o.shift_id = s.id
           and o.business_date > (now() at time zone p.timezone)::date
           and not exists (select from shift_performances f where f.organization_id = o.organization_id
             and f.shift_id = o.shift_id and f.shift_date = o.business_date)",
    )
    .bind(&rows)
    .execute(tx.connection())
    .await?;
    sqlx::query(
        "select app.make_shift_occurrences(p.id, (now() at time zone p.timezone)::date,
           (now() at time zone p.timezone)::date + 60)
         from plants p where p.organization_id = app.org() and p.id in (
           select s.plant_id from jsonb_to_recordset($1) as e (id int)
           join shifts s on s.organization_id = app.org() and s.id = e.id)",
    )
    .bind(&rows)
    .execute(tx.connection())
    .await?;
    sqlx::query_as("select e.n, e.id from jsonb_to_recordset($1) as e (n int, id int)")
        .bind(&rows)
        .fetch_all(tx.connection())
        .await
}
