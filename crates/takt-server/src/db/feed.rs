//! What changed for a plant: the difference of two snapshots over `sync_row`.

use std::collections::BTreeMap;

use sqlx::FromRow;
use takt_domain::{DeviceId, EventId};
use takt_wire::pull::KeptEvent;
use takt_wire::push::Verdict;
use uuid::Uuid;

use super::TenantTx;

/// Grants and roles are told as a change of the people they are about; access and deleted grants
/// are, by the schema itself.
const GRANTS: [&str; 2] = ["user_roles", "roles"];

/// A changed row's key.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Key {
    /// The table.
    pub tbl: String,
    /// The row.
    pub row_id: i64,
}

/// Between two snapshots, after a key.
pub struct Window<'a> {
    /// What is known.
    pub prev: &'a str,
    /// What is to be known.
    pub cur: &'a str,
    /// Where the last page ended.
    pub after: &'a Key,
}

/// The snapshot this transaction reads under.
pub async fn snapshot(tx: &mut TenantTx) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("select pg_current_snapshot()::text").fetch_one(tx.connection()).await
}

/// Keys of `tables` that changed within the window, in key order.
pub async fn changed(
    tx: &mut TenantTx,
    window: &Window<'_>,
    tables: &[&str],
    limit: usize,
) -> Result<Vec<Key>, sqlx::Error> {
    let tables: Vec<&str> = tables.iter().copied().chain(GRANTS).collect();
    sqlx::query_as(
        "select tbl, row_id from sync_row
         where organization_id = app.org() and scope in (0, app.plant())
           and (xid >= pg_snapshot_xmax($1::text::pg_snapshot)
             or xid = any (array(select pg_snapshot_xip($1::text::pg_snapshot))))
           and pg_visible_in_snapshot(xid, $2::text::pg_snapshot)
           and tbl = any ($3) and (tbl, row_id) > ($4, $5)
         group by tbl, row_id order by tbl, row_id limit $6",
    )
    .bind(window.prev)
    .bind(window.cur)
    .bind(tables)
    .bind(&window.after.tbl)
    .bind(window.after.row_id)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(tx.connection())
    .await
}

/// Replaces grants and roles by the people they are about, as far as they may act at this plant.
pub async fn people_of(tx: &mut TenantTx, keys: Vec<Key>) -> Result<Vec<Key>, sqlx::Error> {
    let (grants, mut others): (Vec<Key>, Vec<Key>) =
        keys.into_iter().partition(|key| GRANTS.contains(&key.tbl.as_str()));
    if grants.is_empty() {
        return Ok(others);
    }
    let of = |tbl: &str| grants.iter().filter(|key| key.tbl == tbl).map(|key| key.row_id).collect::<Vec<_>>();
    let people: Vec<i64> = sqlx::query_scalar(
        "select distinct g.user_id::bigint from user_roles g
         join user_plant_access a on a.organization_id = g.organization_id and a.user_id = g.user_id
           and a.plant_id = app.plant()
         where g.organization_id = app.org() and (g.id = any ($1) or g.role_id = any ($2))",
    )
    .bind(of(GRANTS[0]))
    .bind(of(GRANTS[1]))
    .fetch_all(tx.connection())
    .await?;
    for row_id in people {
        let key = Key { tbl: "users".to_owned(), row_id };
        if !others.contains(&key) {
            others.push(key);
        }
    }
    Ok(others)
}

/// Per lane, up to which seq the rows of this snapshot contain the events of the device's database.
pub async fn own_through(tx: &mut TenantTx, device: DeviceId) -> Result<BTreeMap<u8, i64>, sqlx::Error> {
    let lanes: Vec<(i16, i64)> = sqlx::query_as(
        "select w.lane, w.contiguous_seq from sync_watermarks w
         join devices d on d.organization_id = w.organization_id and d.id = $1 and d.install_id = w.install_id
         where w.organization_id = app.org()",
    )
    .bind(device.0)
    .fetch_all(tx.connection())
    .await?;
    Ok(lanes.into_iter().filter_map(|(lane, seq)| Some((u8::try_from(lane).ok()?, seq))).collect())
}

/// The device's events that are kept without having been applied; none where there are more than so
/// many.
pub async fn own_kept(
    tx: &mut TenantTx,
    device: DeviceId,
    most: usize,
) -> Result<Option<Vec<KeptEvent>>, sqlx::Error> {
    let kept: Vec<(Uuid, String)> = sqlx::query_as(
        "select event_id, max(verdict) from sync_quarantine
         where organization_id = app.org() and plant_id = app.plant() and device_id = $1 and status = 'OPEN'
           and verdict in ('HELD', 'QUARANTINED', 'REJECTED')
         group by event_id limit $2",
    )
    .bind(device.0)
    .bind(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1))
    .fetch_all(tx.connection())
    .await?;
    let told = |(event, verdict): (Uuid, String)| KeptEvent {
        event_id: EventId(event),
        verdict: match verdict.as_str() {
            "HELD" => Verdict::Held,
            "QUARANTINED" => Verdict::Quarantined,
            _ => Verdict::Rejected,
        },
    };
    Ok((kept.len() <= most).then(|| kept.into_iter().map(told).collect()))
}
