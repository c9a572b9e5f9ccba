//! Shifts as true instants, made some days ahead: what production, stops and handovers are clipped to.

use super::TenantTx;

/// Makes what is missing from yesterday on, for every plant of the organization; answers how many are
/// new, by plant.
pub async fn make_occurrences(tx: &mut TenantTx, ahead_days: i32) -> Result<Vec<(String, i32)>, sqlx::Error> {
    sqlx::query_as(
        "select p.plant_code, app.make_shift_occurrences(p.id, current_date - 1, current_date + $1)
         from plants p where p.organization_id = app.org() and p.is_active order by p.plant_code",
    )
    .bind(ahead_days)
    .fetch_all(tx.connection())
    .await
}
