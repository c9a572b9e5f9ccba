//! Devices: who they are before a tenant is known, and what they say of themselves.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use takt_domain::{DeviceId, Epoch, OrganizationId, PlantId};
use uuid::Uuid;

use super::{Db, TenantTx};

/// What a device may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceStatus {
    /// Everything.
    Active,
    /// Push only.
    Draining,
    /// Nothing: not enrolled, suspended, revoked, or of a closed tenant.
    Other,
}

/// A device as far as its requests need it.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Its tenant.
    pub organization_id: OrganizationId,
    /// Its site.
    pub plant_id: PlantId,
    /// What it may do.
    pub status: DeviceStatus,
    /// Its Ed25519 public key.
    pub public_key: Option<Vec<u8>>,
    /// Raised when what it may see changes.
    pub scope_version: i32,
    /// When it enrolled.
    pub enrolled_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct Row {
    organization_id: i32,
    plant_id: i32,
    status: String,
    public_key: Option<Vec<u8>>,
    scope_version: i32,
    enrolled_at: Option<DateTime<Utc>>,
    organization_status: String,
}

/// The device, through the door for requests whose tenant is not yet known.
pub async fn find(db: &Db, id: DeviceId) -> Result<Option<Device>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let row: Option<Row> = sqlx::query_as(
        "select organization_id, plant_id, status, public_key, scope_version, enrolled_at, organization_status
         from app.device_for_auth($1)",
    )
    .bind(id.0)
    .fetch_optional(tx.connection())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| Device {
        id,
        organization_id: OrganizationId(row.organization_id),
        plant_id: PlantId(row.plant_id),
        status: status(&row.status, &row.organization_status),
        public_key: row.public_key,
        scope_version: row.scope_version,
        enrolled_at: row.enrolled_at,
    }))
}

fn status(device: &str, organization: &str) -> DeviceStatus {
    match (device, organization) {
        ("ACTIVE", "TRIAL" | "ACTIVE") => DeviceStatus::Active,
        ("DRAINING", "TRIAL" | "ACTIVE") => DeviceStatus::Draining,
        _ => DeviceStatus::Other,
    }
}

/// What a device says of itself with a batch.
pub struct Contact<'a> {
    /// Its local database.
    pub install_id: Uuid,
    /// Its version.
    pub app_version: &'a str,
    /// Its clock minus ours, in ms, where measured.
    pub clock_offset_ms: Option<i32>,
    /// Unsent events.
    pub outbox_depth: Option<i32>,
    /// When the oldest of them was queued.
    pub oldest_pending_at: Option<DateTime<Utc>>,
}

/// Remembers a contact; quiet columns, so that nothing is audited or sent to terminals.
pub async fn contact(tx: &mut TenantTx, device: DeviceId, contact: &Contact<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update devices set last_seen_at = now(), install_id = $2, app_version = nullif(left($3, 50), ''),
           clock_offset_ms = coalesce($4, clock_offset_ms), outbox_depth = coalesce($5, outbox_depth),
           oldest_pending_at = $6
         where organization_id = app.org() and id = $1",
    )
    .bind(device.0)
    .bind(contact.install_id)
    .bind(contact.app_version.replace('\0', ""))
    .bind(contact.clock_offset_ms)
    .bind(contact.outbox_depth)
    .bind(contact.oldest_pending_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Remembers a hello; answers the database's lifetime.
pub async fn seen(
    db: &Db,
    device: &Device,
    install_id: Uuid,
    app_version: &str,
) -> Result<Epoch, sqlx::Error> {
    let mut tx = db.device(device).await?;
    let said = Contact {
        install_id,
        app_version,
        clock_offset_ms: None,
        outbox_depth: None,
        oldest_pending_at: None,
    };
    contact(&mut tx, device.id, &said).await?;
    let epoch = Epoch(tx.epoch());
    tx.commit().await?;
    Ok(epoch)
}

/// A cloned or rolled-back disk was seen.
pub async fn fork_detected(tx: &mut TenantTx, device: DeviceId) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update devices set fork_detected_at = now()
         where organization_id = app.org() and id = $1 and fork_detected_at is null",
    )
    .bind(device.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}
