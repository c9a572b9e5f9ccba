//! Events that are not applied, kept whole; and the streams they hold.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use takt_domain::DeviceId;
use uuid::Uuid;

use super::TenantTx;

/// An event to be kept.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Kept {
    pub install_id: Uuid,
    pub lane: i16,
    pub seq: i64,
    pub event_id: Uuid,
    pub event_type: String,
    pub event_version: i32,
    pub stream_key: Option<String>,
    pub verdict: &'static str,
    pub code: String,
    pub detail: Option<String>,
    pub sqlstate: Option<String>,
    pub waits_for: Option<Uuid>,
    /// The event as JSON text.
    pub raw: String,
    pub actor: Option<i32>,
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Keeps an event; a second time the same one is kept once.
pub async fn keep(tx: &mut TenantTx, device: DeviceId, kept: &Kept) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into sync_quarantine (organization_id, plant_id, device_id, install_id, lane, seq, event_id, event_type,
           event_version, stream_key, verdict, code, detail, sqlstate, waits_for, raw, actor_user_id, occurred_at)
         values (app.org(), app.plant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::json, $15, $16)
         on conflict on constraint sync_quarantine_event_key do nothing",
    )
    .bind(device.0)
    .bind(kept.install_id)
    .bind(kept.lane)
    .bind(kept.seq)
    .bind(kept.event_id)
    .bind(&kept.event_type)
    .bind(kept.event_version)
    .bind(&kept.stream_key)
    .bind(kept.verdict)
    .bind(&kept.code)
    .bind(&kept.detail)
    .bind(&kept.sqlstate)
    .bind(kept.waits_for)
    .bind(&kept.raw)
    .bind(kept.actor)
    .bind(kept.occurred_at)
    .execute(tx.connection())
    .await?;
    if let (Some(stream), "QUARANTINED" | "HELD") = (&kept.stream_key, kept.verdict) {
        sqlx::query(
            "insert into sync_stream_holds (organization_id, stream_key, device_id, event_id, code)
             values (app.org(), $1, $2, $3, $4) on conflict do nothing",
        )
        .bind(stream)
        .bind(device.0)
        .bind(kept.event_id)
        .bind(&kept.code)
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// The first event that waits in a stream, by the database that queued it.
#[derive(Clone, Debug, FromRow)]
pub struct Waiting {
    /// The stream.
    pub stream_key: String,
    /// The local database that queued it.
    pub install_id: Uuid,
    /// Its lane.
    pub lane: i16,
    /// Its number.
    pub seq: i64,
}

impl Waiting {
    /// Whether an event of the same stream has to wait behind it. What the same database queued
    /// before it comes before it, however late it arrives.
    pub fn is_before(&self, install: Uuid, lane: i16, seq: i64) -> bool {
        (self.install_id, self.lane) != (install, lane) || self.seq < seq
    }
}

/// What waits in these streams.
pub async fn waiting(tx: &mut TenantTx, streams: &[&str]) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as(
        "select stream_key, install_id, lane, min(seq) as seq from sync_quarantine
         where organization_id = app.org() and status = 'OPEN' and verdict in ('HELD', 'QUARANTINED')
           and stream_key = any ($1)
         group by stream_key, install_id, lane",
    )
    .bind(streams)
    .fetch_all(tx.connection())
    .await
}

/// An event that waits no longer.
#[derive(Clone, Debug, FromRow)]
pub struct Ready {
    /// Its row.
    pub id: i64,
    /// The device that sent it.
    pub device_id: i32,
    /// The local database that queued it.
    pub install_id: Uuid,
    /// The event as JSON text.
    pub raw: String,
    /// When it happened.
    pub occurred_at: Option<DateTime<Utc>>,
    /// What that rests on.
    pub time_quality: Option<String>,
}

/// Held events, the first of their streams, whose reference has been applied or never will be, or
/// who waited only for their turn; of this device's plant, oldest first.
pub async fn ready(tx: &mut TenantTx) -> Result<Vec<Ready>, sqlx::Error> {
    sqlx::query_as(
        "select q.id, q.device_id, q.install_id, q.raw::text as raw, q.occurred_at,
           (select substr(f, 6) from sync_receipts r, unnest(r.flags) as f
            where r.organization_id = q.organization_id and r.event_id = q.event_id and f like 'TIME\\_%' limit 1) as time_quality
         from sync_quarantine q
         where q.organization_id = app.org() and q.plant_id = app.plant() and q.status = 'OPEN' and q.verdict = 'HELD'
           and (q.waits_for is null or exists (
             select from sync_receipts r where r.organization_id = q.organization_id and r.event_id = q.waits_for
               and r.verdict in ('APPLIED', 'APPLIED_FLAGGED', 'REJECTED'))
             or exists (
               select from sync_quarantine g where g.organization_id = q.organization_id and g.event_id = q.waits_for
                 and g.status in ('DISCARDED', 'REPAIRED')))
           and not exists (
             select from sync_quarantine p where p.organization_id = q.organization_id and p.stream_key = q.stream_key
               and p.status = 'OPEN' and p.verdict in ('HELD', 'QUARANTINED')
               and case when (p.install_id, p.lane) = (q.install_id, q.lane) then p.seq < q.seq else p.id < q.id end)
         order by q.id limit 100",
    )
    .fetch_all(tx.connection())
    .await
}

/// Which of these events a person gave up: discarded, or replaced by another.
pub async fn given_up(tx: &mut TenantTx, events: &[Uuid]) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "select event_id from sync_quarantine
         where organization_id = app.org() and event_id = any ($1) and status in ('DISCARDED', 'REPAIRED')",
    )
    .bind(events)
    .fetch_all(tx.connection())
    .await
}

/// Takes a waiting event for this transaction; false = another session has it or is done with it.
pub async fn claim(tx: &mut TenantTx, id: i64) -> Result<bool, sqlx::Error> {
    let claimed: Option<i64> = sqlx::query_scalar(
        "select id from sync_quarantine where organization_id = app.org() and id = $1 and status = 'OPEN'
         for update skip locked",
    )
    .bind(id)
    .fetch_optional(tx.connection())
    .await?;
    Ok(claimed.is_some())
}

/// A waiting event was applied; its stream goes on when nothing else of it waits.
pub async fn replayed(tx: &mut TenantTx, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update sync_quarantine set status = 'REPLAYED', resolved_at = now()
         where organization_id = app.org() and id = $1",
    )
    .bind(id)
    .execute(tx.connection())
    .await?;
    sqlx::query(
        "delete from sync_stream_holds h using sync_quarantine q
         where q.organization_id = app.org() and q.id = $1 and h.organization_id = q.organization_id
           and h.stream_key = q.stream_key and not exists (
             select from sync_quarantine p where p.organization_id = q.organization_id and p.stream_key = q.stream_key
               and p.status = 'OPEN' and p.verdict in ('HELD', 'QUARANTINED'))",
    )
    .bind(id)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A waiting event goes on waiting, for another reason.
pub async fn reasoned(tx: &mut TenantTx, id: i64, kept: &Kept) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update sync_quarantine set verdict = $2, code = $3, detail = $4, sqlstate = $5, waits_for = $6
         where organization_id = app.org() and id = $1",
    )
    .bind(id)
    .bind(kept.verdict)
    .bind(&kept.code)
    .bind(&kept.detail)
    .bind(&kept.sqlstate)
    .bind(kept.waits_for)
    .execute(tx.connection())
    .await?;
    Ok(())
}
