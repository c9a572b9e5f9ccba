//! Roles, plants and secrets of people.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::FromRow;

use super::TenantTx;

/// What a person may do now.
#[derive(Clone, Debug, Default, FromRow)]
pub struct Rights {
    /// Who.
    pub id: i32,
    /// Roles in all plants.
    pub roles: Vec<i32>,
    /// Plants.
    pub plants: Vec<i32>,
    /// How far access goes there, in the same order.
    pub levels: Vec<String>,
}

/// What these people may do.
pub async fn rights(tx: &mut TenantTx, ids: &[i32]) -> Result<HashMap<i32, Rights>, sqlx::Error> {
    let rights: Vec<Rights> = sqlx::query_as(
        "select u.id,
           array(select r.role_id from user_roles r
             where r.organization_id = u.organization_id and r.user_id = u.id and r.revoked_at is null
               and r.plant_id is null and r.department_id is null) as roles,
           coalesce(a.plants, '{}') as plants, coalesce(a.levels, '{}') as levels
         from users u
         cross join lateral (
           select array_agg(a.plant_id order by a.plant_id) as plants, array_agg(a.access_level order by a.plant_id) as levels
           from user_plant_access a
           where a.organization_id = u.organization_id and a.user_id = u.id and a.revoked_at is null) as a
         where u.organization_id = app.org() and u.id = any ($1)",
    )
    .bind(ids)
    .fetch_all(tx.connection())
    .await?;
    Ok(rights.into_iter().map(|it| (it.id, it)).collect())
}

/// Gives and takes what `roles`, `plants` and `level` say; what a row does not say stays.
pub async fn grant(tx: &mut TenantTx, rows: &[Value]) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    let rows = Value::from(rows);
    for statement in [
        "update user_roles r set revoked_at = now()
         from jsonb_to_recordset($1) as e (id int, roles int[])
         where r.organization_id = app.org() and r.user_id = e.id and r.revoked_at is null and r.plant_id is null
           and r.department_id is null and e.roles is not null and r.role_id <> all (e.roles)",
        "insert into user_roles (organization_id, user_id, role_id)
         select app.org(), e.id, role_id from jsonb_to_recordset($1) as e (id int, roles int[])
         cross join lateral unnest(e.roles) as role_id
         where not exists (select from user_roles r where r.organization_id = app.org() and r.user_id = e.id
           and r.role_id = role_id and r.revoked_at is null and r.plant_id is null and r.department_id is null)",
        "update user_plant_access a set revoked_at = now()
         from jsonb_to_recordset($1) as e (id int, plants int[])
         where a.organization_id = app.org() and a.user_id = e.id and a.revoked_at is null
           and e.plants is not null and a.plant_id <> all (e.plants)",
        "update user_plant_access a set access_level = e.level
         from jsonb_to_recordset($1) as e (id int, level text)
         where a.organization_id = app.org() and a.user_id = e.id and a.revoked_at is null
           and a.access_level <> e.level",
        "insert into user_plant_access (organization_id, user_id, plant_id, access_level)
         select app.org(), e.id, plant, coalesce(e.level, 'OPERATE')
         from jsonb_to_recordset($1) as e (id int, plants int[], level text)
         cross join lateral unnest(e.plants) as plant
         where not exists (select from user_plant_access a where a.organization_id = app.org() and a.user_id = e.id
           and a.plant_id = plant and a.revoked_at is null)",
        "update users u set credentials_changed_at = now()
         from jsonb_to_recordset($1) as e (id int, secret boolean)
         where u.organization_id = app.org() and u.id = e.id and e.secret",
    ] {
        sqlx::query(statement).bind(&rows).execute(tx.connection()).await?;
    }
    sqlx::query_as("select e.n, e.id from jsonb_to_recordset($1) as e (n int, id int)")
        .bind(&rows)
        .fetch_all(tx.connection())
        .await
}

/// The hashes of the PINs of these people, by employee number.
pub async fn pin_hashes(
    tx: &mut TenantTx,
    numbers: &[String],
) -> Result<HashMap<String, String>, sqlx::Error> {
    let hashes: Vec<(String, String)> = sqlx::query_as(
        "select employee_number, pin_hash from users
         where organization_id = app.org() and employee_number = any ($1) and pin_hash is not null",
    )
    .bind(numbers)
    .fetch_all(tx.connection())
    .await?;
    Ok(hashes.into_iter().collect())
}
