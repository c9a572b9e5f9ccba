//! How long what only grows is kept, and its end. Dropping a chunk and making one lock every parent of
//! its foreign keys until commit: each is a transaction of its own that gives up rather than make
//! terminals wait.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::postgres::types::PgInterval;

use super::{Db, TenantTx};

/// How long a change to chunks waits for its locks.
const LOCK_WAIT: &str = "3s";

/// A table whose rows end.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Kept {
    /// The hypertable.
    pub table_name: String,
    /// Days that the most patient organization keeps it.
    pub longest_days: i32,
}

/// Rows of one organization that were kept less long.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Deleted {
    /// The organization's code.
    pub org_code: String,
    /// Days that it keeps them.
    pub days: i32,
    /// How many rows went.
    pub deleted: i64,
}

/// What went of the sync's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Pruned {
    /// Receipts at or below their watermark.
    pub receipts: i64,
    /// Rows that were gone anyway.
    pub tombstones: i64,
}

/// The tables whose rows end; none while there is no organization.
pub async fn kept(db: &Db) -> Result<Vec<Kept>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    sqlx::query_as(
        "select table_name, max(days) as longest_days from app.retention() group by table_name order by table_name",
    )
    .fetch_all(tx.connection())
    .await
}

/// Chunks that no organization wants any more, as `name, from – until`.
pub async fn expired_chunks(db: &Db, kept: &Kept) -> Result<Vec<String>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    sqlx::query_scalar(
        "select format('%s, %s – %s', chunk_name, range_start::date, range_end::date)
         from timescaledb_information.chunks
         where hypertable_schema = 'public' and hypertable_name = $1
           and range_end <= now() - make_interval(days => $2)
         order by range_start",
    )
    .bind(&kept.table_name)
    .bind(kept.longest_days)
    .fetch_all(tx.connection())
    .await
}

/// Drops them; answers how many.
pub async fn drop_expired_chunks(db: &Db, kept: &Kept) -> Result<usize, sqlx::Error> {
    let mut tx = impatient(db).await?;
    let dropped: Vec<String> = sqlx::query_scalar("select app.drop_expired_chunks($1)")
        .bind(&kept.table_name)
        .fetch_all(tx.connection())
        .await?;
    tx.commit().await?;
    Ok(dropped.len())
}

/// Deletes what single organizations keep less long than the most patient one; a dry run takes it back.
pub async fn delete_expired_rows(db: &Db, kept: &Kept, is_dry: bool) -> Result<Vec<Deleted>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let deleted =
        sqlx::query_as("select org_code, days, deleted from app.delete_expired_rows($1) where deleted > 0")
            .bind(&kept.table_name)
            .fetch_all(tx.connection())
            .await?;
    end(tx, is_dry).await?;
    Ok(deleted)
}

/// Deletes receipts and tombstones that no terminal can need any more: a cursor is good for 180 days, and
/// a transaction may commit a while after the time it wrote. A dry run takes it back.
pub async fn prune_sync(db: &Db, is_dry: bool) -> Result<Pruned, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let pruned = sqlx::query_as("select receipts, tombstones from app.prune_sync(interval '181 days')")
        .fetch_one(tx.connection())
        .await?;
    end(tx, is_dry).await?;
    Ok(pruned)
}

/// The tables that have chunks.
pub async fn hypertables(db: &Db) -> Result<Vec<String>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    sqlx::query_scalar(
        "select hypertable_name::text from timescaledb_information.hypertables
         where hypertable_schema = 'public' order by 1",
    )
    .fetch_all(tx.connection())
    .await
}

/// Makes the chunks of a table that rows until `ahead_days` from now will need; answers how many. A dry
/// run takes it back.
pub async fn create_chunks_ahead(
    db: &Db,
    table: &str,
    ahead_days: i32,
    is_dry: bool,
) -> Result<i32, sqlx::Error> {
    let ahead = PgInterval { months: 0, days: ahead_days, microseconds: 0 };
    let mut tx = impatient(db).await?;
    let made = sqlx::query_scalar("select app.create_chunks_ahead($1, $2)")
        .bind(ahead)
        .bind(table)
        .fetch_one(tx.connection())
        .await?;
    end(tx, is_dry).await?;
    Ok(made)
}

/// Whether a lock was not to be had in time.
pub fn is_locked_out(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "55P03")
}

/// Since when this transaction's organization has every row of a table.
pub async fn rows_since(tx: &mut TenantTx, table: &str) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    sqlx::query_scalar(
        "select now() - make_interval(days => days - 1) from app.retention()
         where organization_id = app.org() and table_name = $1",
    )
    .bind(table)
    .fetch_optional(tx.connection())
    .await
}

async fn impatient(db: &Db) -> Result<TenantTx, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    sqlx::query("select set_config('lock_timeout', $1, true)")
        .bind(LOCK_WAIT)
        .execute(tx.connection())
        .await?;
    Ok(tx)
}

async fn end(tx: TenantTx, is_dry: bool) -> Result<(), sqlx::Error> {
    if is_dry { tx.rollback().await } else { tx.commit().await }
}
