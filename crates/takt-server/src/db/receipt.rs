//! Receipts: one per event ever received, which is what makes an event apply exactly once; and the
//! watermarks over them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use takt_domain::DeviceId;
use takt_wire::push::Verdict;
use uuid::Uuid;

use super::TenantTx;
use crate::push::verdict::from_column;

/// What is known of an event that came before.
#[derive(Clone, Debug, FromRow)]
pub struct Receipt {
    /// The local database that queued it.
    pub install_id: Uuid,
    /// Its lane.
    pub lane: i16,
    /// Its number.
    pub seq: i64,
    /// Itself.
    pub event_id: Uuid,
    /// Its kind.
    pub event_type: String,
    /// What became of it.
    pub verdict: String,
    /// Why, by code.
    pub code: Option<String>,
    /// When it happened.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The row it became, where that has another identity.
    pub target_id: Option<i64>,
}

impl Receipt {
    /// What became of it.
    pub fn verdict(&self) -> Verdict {
        from_column(&self.verdict)
    }
}

/// A receipt to be written.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewReceipt {
    pub install_id: Uuid,
    pub lane: i16,
    pub seq: i64,
    pub event_id: Uuid,
    pub event_type: String,
    pub stream_key: Option<String>,
    pub verdict: &'static str,
    pub code: Option<String>,
    pub flags: String,
    pub target_table: Option<&'static str>,
    pub occurred_at: Option<DateTime<Utc>>,
}

/// One batch of an install at a time.
pub async fn lock_install(tx: &mut TenantTx, install: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('takt install ' || $1, 0))")
        .bind(install.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Receipts of these events, or at these numbers of this install. One index look-up each, by lateral
/// joins: a plain join reads every receipt as long as the table has no statistics.
pub async fn known(
    tx: &mut TenantTx,
    install: Uuid,
    numbers: &[(i16, i64)],
    events: &[Uuid],
) -> Result<Vec<Receipt>, sqlx::Error> {
    let (lanes, seqs): (Vec<i16>, Vec<i64>) = numbers.iter().copied().unzip();
    sqlx::query_as(
        "select k.* from unnest($4::uuid[]) as e (event_id)
         cross join lateral (
           select r.install_id, r.lane, r.seq, r.event_id, r.event_type, r.verdict, r.code, r.occurred_at, r.target_id
           from sync_receipts r where r.organization_id = (select app.org()) and r.event_id = e.event_id limit 1) k
         union
         select k.* from unnest($2::smallint[], $3::bigint[]) as n (lane, seq)
         cross join lateral (
           select r.install_id, r.lane, r.seq, r.event_id, r.event_type, r.verdict, r.code, r.occurred_at, r.target_id
           from sync_receipts r
           where r.organization_id = (select app.org()) and r.install_id = $1 and r.lane = n.lane and r.seq = n.seq
           limit 1) k",
    )
    .bind(install)
    .bind(lanes)
    .bind(seqs)
    .bind(events)
    .fetch_all(tx.connection())
    .await
}

/// Writes receipts; answers how many are new. Fewer than given = another session was quicker.
pub async fn insert(
    tx: &mut TenantTx,
    device: DeviceId,
    receipts: &[NewReceipt],
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query(
        "insert into sync_receipts (organization_id, install_id, lane, seq, event_id, device_id, event_type, stream_key,
           verdict, code, flags, target_table, target_at, occurred_at)
         select app.org(), e.install_id, e.lane, e.seq, e.event_id, $1, e.event_type, e.stream_key,
           e.verdict, e.code, array_remove(string_to_array(e.flags, ' '), ''), e.target_table,
           case when e.target_table is not null then e.occurred_at end, e.occurred_at
         from unnest($2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[],
           $10::text[], $11::text[], $12::timestamptz[])
           as e (install_id, lane, seq, event_id, event_type, stream_key, verdict, code, flags, target_table, occurred_at)
         order by e.event_id
         on conflict do nothing",
    )
    .bind(device.0)
    .bind(receipts.iter().map(|it| it.install_id).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.lane).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.seq).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.event_id).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.event_type.as_str()).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.stream_key.as_deref()).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.verdict).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.code.as_deref()).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.flags.as_str()).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.target_table).collect::<Vec<_>>())
    .bind(receipts.iter().map(|it| it.occurred_at).collect::<Vec<_>>())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected())
}

/// A waiting event has its final verdict.
pub async fn settle(tx: &mut TenantTx, receipt: &NewReceipt) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update sync_receipts set verdict = $2, code = $3, flags = array_remove(string_to_array($4, ' '), ''),
           target_table = $5, target_at = case when $5::text is not null then $6 end, occurred_at = $6
         where organization_id = app.org() and event_id = $1",
    )
    .bind(receipt.event_id)
    .bind(receipt.verdict)
    .bind(receipt.code.as_deref())
    .bind(receipt.flags.as_str())
    .bind(receipt.target_table)
    .bind(receipt.occurred_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Which row an event became, where its own id does not find it.
pub async fn point_to(tx: &mut TenantTx, event: Uuid, target: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update sync_receipts set target_id = $2 where organization_id = app.org() and event_id = $1",
    )
    .bind(event)
    .bind(target)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A watermark.
#[derive(Clone, Copy, Debug, Default, FromRow)]
pub struct Watermark {
    /// Its lane.
    pub lane: i16,
    /// Everything up to here has arrived.
    pub contiguous_seq: i64,
    /// The highest number seen.
    pub max_seq: i64,
}

/// The watermarks of an install.
pub async fn watermarks(tx: &mut TenantTx, install: Uuid) -> Result<Vec<Watermark>, sqlx::Error> {
    sqlx::query_as(
        "select lane, contiguous_seq, max_seq from sync_watermarks
         where organization_id = app.org() and install_id = $1",
    )
    .bind(install)
    .fetch_all(tx.connection())
    .await
}

/// Per lane, up to which seq everything has arrived.
pub async fn contiguous(tx: &mut TenantTx, install: Uuid) -> Result<BTreeMap<u8, i64>, sqlx::Error> {
    let marks = watermarks(tx, install).await?;
    Ok(marks.iter().filter_map(|mark| Some((u8::try_from(mark.lane).ok()?, mark.contiguous_seq))).collect())
}

/// Numbers above `after` that arrived before the gap below them was closed.
pub async fn beyond(
    tx: &mut TenantTx,
    install: Uuid,
    lane: i16,
    after: i64,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "select seq from sync_receipts
         where organization_id = app.org() and install_id = $1 and lane = $2 and seq > $3 order by seq limit 100000",
    )
    .bind(install)
    .bind(lane)
    .bind(after)
    .fetch_all(tx.connection())
    .await
}

/// Moves watermarks; never back.
pub async fn move_watermarks(
    tx: &mut TenantTx,
    device: DeviceId,
    install: Uuid,
    marks: &[Watermark],
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into sync_watermarks as w (organization_id, install_id, lane, device_id, contiguous_seq, max_seq)
         select app.org(), $1, m.lane, $2, m.contiguous_seq, m.max_seq
         from unnest($3::smallint[], $4::bigint[], $5::bigint[]) as m (lane, contiguous_seq, max_seq)
         on conflict (organization_id, install_id, lane) do update
         set contiguous_seq = greatest(w.contiguous_seq, excluded.contiguous_seq),
             max_seq = greatest(w.max_seq, excluded.max_seq), updated_at = now()",
    )
    .bind(install)
    .bind(device.0)
    .bind(marks.iter().map(|mark| mark.lane).collect::<Vec<_>>())
    .bind(marks.iter().map(|mark| mark.contiguous_seq).collect::<Vec<_>>())
    .bind(marks.iter().map(|mark| mark.max_seq).collect::<Vec<_>>())
    .execute(tx.connection())
    .await?;
    Ok(())
}
