//! One-time codes: made by an administrator, redeemed by a terminal.

use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, TenantTx};

/// What a terminal shows to be enrolled.
pub struct Redemption {
    /// The code's plain bytes, normalised.
    pub code: Vec<u8>,
    /// Its Ed25519 public key.
    pub public_key: Vec<u8>,
    /// Its local database.
    pub install_id: Uuid,
    /// Host name or the like.
    pub device_name: Option<String>,
    /// Its version.
    pub app_version: Option<String>,
    /// Its operating system.
    pub os_version: Option<String>,
}

/// What became of a code.
pub enum Redeemed {
    /// A device.
    Place(Place),
    /// No such code.
    Unknown,
    /// Used by another terminal.
    Used,
    /// Too old, withdrawn, or tried too often.
    Expired,
}

/// Where the new device stands.
#[derive(FromRow)]
#[allow(missing_docs)]
pub struct Place {
    pub device_id: i32,
    pub device_code: String,
    pub organization_id: i32,
    pub org_code: String,
    pub organization_name: String,
    pub plant_id: i32,
    pub work_center_id: i32,
    pub machine_id: Option<i32>,
    pub epoch: Uuid,
}

#[derive(FromRow)]
struct Outcome {
    outcome: String,
    organization_id: Option<i32>,
    device_id: Option<i32>,
}

/// Redeems a code, exactly once; a refusal counts against the code, so this commits either way.
pub async fn redeem(db: &Db, redemption: &Redemption) -> Result<Redeemed, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let outcome: Outcome = sqlx::query_as(
        "select outcome, organization_id, device_id
         from app.redeem_enrolment_code($1, $2, $3, $4, $5, $6)",
    )
    .bind(&redemption.code)
    .bind(&redemption.public_key)
    .bind(redemption.install_id)
    .bind(&redemption.device_name)
    .bind(&redemption.app_version)
    .bind(&redemption.os_version)
    .fetch_one(tx.connection())
    .await?;
    let redeemed = match (outcome.outcome.as_str(), outcome.organization_id, outcome.device_id) {
        ("REDEEMED", Some(organization), Some(device)) => {
            tx.enter(organization).await?;
            Redeemed::Place(place(&mut tx, device).await?)
        }
        ("USED", ..) => Redeemed::Used,
        ("EXPIRED" | "REVOKED" | "LOCKED", ..) => Redeemed::Expired,
        _ => Redeemed::Unknown,
    };
    tx.commit().await?;
    Ok(redeemed)
}

async fn place(tx: &mut TenantTx, device: i32) -> Result<Place, sqlx::Error> {
    sqlx::query_as(
        "select d.id as device_id, d.device_code, d.organization_id, o.org_code, o.org_name as organization_name,
           d.plant_id, d.work_center_id, d.machine_id, app.ensure_server_epoch() as epoch
         from devices d join organizations o on o.id = d.organization_id
         where d.organization_id = app.org() and d.id = $1",
    )
    .bind(device)
    .fetch_one(tx.connection())
    .await
}

/// Where a new terminal shall stand, by code.
pub struct Wanted<'a> {
    /// The site.
    pub plant: &'a str,
    /// The area.
    pub work_center: &'a str,
    /// The machine.
    pub machine: Option<&'a str>,
}

/// The place a code is made for.
#[derive(FromRow)]
#[allow(missing_docs)]
pub struct Standing {
    pub plant_id: i32,
    pub work_center_id: i32,
    pub machine_id: Option<i32>,
}

/// Looks the place up; `None` = plant, area or machine is not there or not so.
pub async fn standing(tx: &mut TenantTx, wanted: &Wanted<'_>) -> Result<Option<Standing>, sqlx::Error> {
    sqlx::query_as(
        "select p.id as plant_id, w.id as work_center_id, m.id as machine_id
         from plants p
         join work_centers w on w.organization_id = p.organization_id and w.plant_id = p.id and w.work_center_code = $2
         left join machines m on m.organization_id = w.organization_id and m.work_center_id = w.id
           and m.machine_code = $3
         where p.organization_id = app.org() and p.plant_code = $1 and ($3 is null or m.id is not null)",
    )
    .bind(wanted.plant)
    .bind(wanted.work_center)
    .bind(wanted.machine)
    .fetch_optional(tx.connection())
    .await
}

/// A device that waits for its terminal, and the code for it. Answers the device's code.
pub async fn create(
    tx: &mut TenantTx,
    standing: &Standing,
    code_hash: &[u8],
    minutes: i64,
) -> Result<String, sqlx::Error> {
    let (device, device_code): (i32, String) = sqlx::query_as(
        "insert into devices (organization_id, plant_id, device_code, device_name, work_center_id, machine_id)
         select app.org(), $1, 'TERM-' || lpad(n::text, 4, '0'), 'Terminal ' || n, $2, $3
         from (select coalesce(max(substring(device_code from '^TERM-([0-9]{1,9})$')::int), 0) + 1 as n
               from devices where organization_id = app.org()) as next
         returning id, device_code",
    )
    .bind(standing.plant_id)
    .bind(standing.work_center_id)
    .bind(standing.machine_id)
    .fetch_one(tx.connection())
    .await?;
    sqlx::query(
        "insert into device_enrollment_codes
           (organization_id, plant_id, code_hash, device_id, work_center_id, expires_at)
         values (app.org(), $1, $2, $3, $4, now() + make_interval(mins => $5::int))",
    )
    .bind(standing.plant_id)
    .bind(code_hash)
    .bind(device)
    .bind(standing.work_center_id)
    .bind(minutes)
    .execute(tx.connection())
    .await?;
    Ok(device_code)
}
