//! Whether what events name is there, for this device: row security hides other plants and tenants,
//! so that unknown and forbidden look the same.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::TenantTx;
use crate::push::refers::{Known, Master};

#[derive(FromRow)]
struct Found {
    kind: String,
    id: i32,
    above: Option<i32>,
    list: Option<String>,
}

/// Looks all of them up in one statement.
pub async fn known(tx: &mut TenantTx, wanted: &HashMap<Master, Vec<i32>>) -> Result<Known, sqlx::Error> {
    let ids = |master: Master| wanted.get(&master).cloned().unwrap_or_default();
    let found: Vec<Found> = sqlx::query_as(
        "select 'WorkOrder' as kind, id, null::int as above, null::text as list
           from work_orders where organization_id = app.org() and plant_id = app.plant() and id = any ($1)
         union all select 'Operation', id, work_order_id, null
           from work_order_operations where organization_id = app.org() and plant_id = app.plant() and id = any ($2)
         union all select 'Machine', id, null, null
           from machines where organization_id = app.org() and plant_id = app.plant() and id = any ($3)
         union all select 'Unit', id, null, null
           from units_of_measure where organization_id = app.org() and id = any ($4)
         union all select 'Reason', v.id, null, l.list_code from type_list_values v
           join type_lists l on l.organization_id = v.organization_id and l.id = v.type_list_id
           where v.organization_id = app.org() and v.id = any ($5)
         union all select 'WorkCenter', id, null, null
           from work_centers where organization_id = app.org() and plant_id = app.plant() and id = any ($6)
         union all select 'Shift', id, null, null
           from shifts where organization_id = app.org() and plant_id = app.plant() and id = any ($7)
         union all select 'Plan', id, null, null
           from inspection_plans where organization_id = app.org() and status <> 'DRAFT' and id = any ($8)
         union all select 'Point', id, inspection_plan_id, null
           from inspection_points where organization_id = app.org() and id = any ($9)
         union all select 'Characteristic', id, inspection_point_id, null
           from inspection_characteristics where organization_id = app.org() and id = any ($10)
         union all select 'Material', id, null, null
           from materials where organization_id = app.org() and id = any ($11)",
    )
    .bind(ids(Master::WorkOrder))
    .bind(ids(Master::Operation))
    .bind(ids(Master::Machine))
    .bind(ids(Master::Unit))
    .bind(ids(Master::Reason))
    .bind(ids(Master::WorkCenter))
    .bind(ids(Master::Shift))
    .bind(ids(Master::Plan))
    .bind(ids(Master::Point))
    .bind(ids(Master::Characteristic))
    .bind(ids(Master::Material))
    .fetch_all(tx.connection())
    .await?;
    let keyed = |row: Found| Some(((master(&row.kind)?, row.id), (row.above, row.list)));
    Ok(found.into_iter().filter_map(keyed).collect())
}

fn master(kind: &str) -> Option<Master> {
    Some(match kind {
        "WorkOrder" => Master::WorkOrder,
        "Operation" => Master::Operation,
        "Machine" => Master::Machine,
        "Unit" => Master::Unit,
        "Reason" => Master::Reason,
        "WorkCenter" => Master::WorkCenter,
        "Shift" => Master::Shift,
        "Plan" => Master::Plan,
        "Point" => Master::Point,
        "Characteristic" => Master::Characteristic,
        "Material" => Master::Material,
        _ => return None,
    })
}

/// A person as far as their right to act here is concerned.
#[derive(Clone, Debug, FromRow)]
pub struct Actor {
    /// Who.
    pub id: i32,
    /// Whether they may sign in at all.
    pub is_active: bool,
    /// READ, OPERATE, WRITE or ADMIN, now.
    pub access_level: String,
    /// Since when that holds, at the latest.
    pub access_since: DateTime<Utc>,
    /// Whether they may have had more than READ here before.
    pub more_before: bool,
    /// Until when; none = open.
    pub access_until: Option<DateTime<Utc>>,
    /// Whether it was taken away.
    pub is_revoked: bool,
    /// The roles they have here.
    pub roles: Vec<String>,
    /// Those they ever had here.
    pub roles_ever: Vec<String>,
}

/// Those of `ids` who have or had access to this plant.
pub async fn actors(tx: &mut TenantTx, ids: &[i32]) -> Result<HashMap<i32, Actor>, sqlx::Error> {
    let actors: Vec<Actor> = sqlx::query_as(
        "select distinct on (u.id) u.id, u.status = 'ACTIVE' as is_active, a.access_level,
           case when a.row_version > 1 then a.updated_at else a.created_at end as access_since,
           a.row_version > 1 or exists (
             select from user_plant_access b where b.organization_id = a.organization_id and b.user_id = a.user_id
               and b.plant_id = a.plant_id and b.access_level <> 'READ') as more_before,
           a.valid_until as access_until, a.revoked_at is not null as is_revoked,
           array(select r.role_code from user_roles ur
             join roles r on r.organization_id = ur.organization_id and r.id = ur.role_id and r.is_active
             where ur.organization_id = u.organization_id and ur.user_id = u.id and ur.revoked_at is null
               and ur.valid_from <= now() and coalesce(ur.valid_until > now(), true)
               and coalesce(ur.plant_id = app.plant(), true)) as roles,
           array(select r.role_code from user_roles ur
             join roles r on r.organization_id = ur.organization_id and r.id = ur.role_id
             where ur.organization_id = u.organization_id and ur.user_id = u.id and ur.valid_from <= now()
               and coalesce(ur.plant_id = app.plant(), true)) as roles_ever
         from users u
         join user_plant_access a on a.organization_id = u.organization_id and a.user_id = u.id
           and a.plant_id = app.plant()
         where u.organization_id = app.org() and u.id = any ($1)
         order by u.id, a.revoked_at nulls first, a.id desc",
    )
    .bind(ids)
    .fetch_all(tx.connection())
    .await?;
    Ok(actors.into_iter().map(|actor| (actor.id, actor)).collect())
}
