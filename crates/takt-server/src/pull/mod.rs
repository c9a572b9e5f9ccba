//! The way down: a first sync by table and primary key, then differences of snapshots.

mod cursor;
mod pin;
mod waker;

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use takt_domain::Epoch;
use takt_wire::pull::{OWN_KEPT_MAX, PullPage, RowChange};
use takt_wire::row::TABLES;
use tokio::time::Instant;

pub use waker::Waker;

use crate::db::TenantTx;
use crate::db::device::Device;
use crate::db::feed::{self, Key, Window};
use crate::db::mirror::{self, Mirrored, Which};
use crate::http::App;
use cursor::{Cursor, Position};

/// Without an announcement, a waiting terminal looks again after so long.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// What a terminal asks for.
pub struct Wanted {
    /// Where it stands; none = the first sync.
    pub cursor: Option<String>,
    /// Rows at most.
    pub rows: usize,
    /// How long it waits for a change.
    pub wait_seconds: u64,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The cursor cannot be gone on from: start over.
    #[error("{0}")]
    Cursor(&'static str),
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The next page; an empty one only after waiting in vain.
pub async fn next_page(app: &App, device: &Device, wanted: Wanted) -> Result<PullPage, Refused> {
    let until = Instant::now() + Duration::from_secs(wanted.wait_seconds);
    let mut changes = app.waker.subscribe();
    loop {
        let page = read(app, device, &wanted, Utc::now()).await?;
        let idle = page.rows.is_empty() && !page.more && !page.snapshot_done;
        let left = until.saturating_duration_since(Instant::now());
        if !idle || left.is_zero() {
            return Ok(page);
        }
        changes.changed(device, left.min(LOOK_AGAIN)).await;
    }
}

async fn read(app: &App, device: &Device, wanted: &Wanted, now: DateTime<Utc>) -> Result<PullPage, Refused> {
    let mut tx = app.db.device_snapshot(device).await?;
    let cursor = match &wanted.cursor {
        None => Cursor::first(device, tx.epoch(), feed::snapshot(&mut tx).await?, now),
        Some(text) => Cursor::read(&app.keys, text, device, tx.epoch(), now).map_err(Refused::Cursor)?,
    };
    let own_through = feed::own_through(&mut tx, device.id).await?;
    let own_kept = feed::own_kept(&mut tx, device.id, OWN_KEPT_MAX).await?;
    let found = match &cursor.position {
        Position::First { table, after, .. } => first(&mut tx, &cursor, *table, *after, wanted.rows).await?,
        Position::Delta { prev, cur, after } => {
            let now = feed::snapshot(&mut tx).await?;
            let cur = cur.as_deref().unwrap_or(&now);
            delta(&mut tx, &Window { prev, cur, after }, wanted.rows).await?
        }
    };
    let (epoch, pepper) = (Epoch(tx.epoch()), app.keys.pin_pepper(device.id));
    tx.commit().await?;
    let next = cursor.at(found.position, now);
    Ok(PullPage {
        epoch,
        server_time: Utc::now(),
        cursor: next.seal(&app.keys),
        more: found.more,
        generation: cursor.generation(),
        snapshot_done: found.snapshot_done,
        own_through,
        own_kept,
        rows: found.rows.into_iter().map(|row| row.told(&pepper)).collect(),
    })
}

/// What a page holds, before it is put into words.
struct Found {
    rows: Vec<Changed>,
    position: Position,
    more: bool,
    snapshot_done: bool,
}

/// A row as it is, or that it is gone.
struct Changed {
    key: Key,
    row: Option<Mirrored>,
}

impl Changed {
    fn told(self, pepper: &[u8; 32]) -> RowChange {
        let body = self.row.map(|row| pin::with_verifier(row, pepper));
        RowChange { tbl: self.key.tbl, id: self.key.row_id, body }
    }
}

/// Table after table by primary key, then on as a difference from the snapshot taken at the start.
async fn first(
    tx: &mut TenantTx,
    cursor: &Cursor,
    mut table: usize,
    mut after: i64,
    limit: usize,
) -> Result<Found, sqlx::Error> {
    let mut rows: Vec<Changed> = Vec::new();
    while let Some(name) = TABLES.get(table) {
        let room = limit - rows.len();
        let found = mirror::rows(tx, name, Which::After(after), room).await?;
        let full = found.len() == room;
        after = found.last().map_or(after, |row| row.id);
        rows.extend(
            found
                .into_iter()
                .map(|row| Changed { key: Key { tbl: (*name).to_owned(), row_id: row.id }, row: Some(row) }),
        );
        if full {
            let position = cursor.position.first_from(table, after);
            return Ok(Found { rows, position, more: true, snapshot_done: false });
        }
        (table, after) = (table + 1, i64::MIN);
    }
    let position = cursor.position.then_delta();
    Ok(Found { rows, position, more: false, snapshot_done: true })
}

/// What changed since the last window, a page of it.
async fn delta(tx: &mut TenantTx, window: &Window<'_>, limit: usize) -> Result<Found, sqlx::Error> {
    let mut keys = feed::changed(tx, window, TABLES, limit + 1).await?;
    let more = keys.len() > limit;
    keys.truncate(limit);
    let position = match keys.last() {
        Some(last) if more => Position::within(window, last.clone()),
        _ => Position::since(window.cur.to_owned()),
    };
    let keys = feed::people_of(tx, keys).await?;
    let rows = bodies(tx, keys).await?;
    Ok(Found { rows, position, more, snapshot_done: false })
}

/// The live rows of changed keys; what is not there for this device is gone for it.
async fn bodies(tx: &mut TenantTx, keys: Vec<Key>) -> Result<Vec<Changed>, sqlx::Error> {
    let mut by_table: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for key in &keys {
        by_table.entry(&key.tbl).or_default().push(key.row_id);
    }
    let mut live: BTreeMap<(String, i64), Mirrored> = BTreeMap::new();
    for (table, ids) in by_table {
        for row in mirror::rows(tx, table, Which::These(&ids), ids.len()).await? {
            live.insert((table.to_owned(), row.id), row);
        }
    }
    let row_of = |key: Key| Changed { row: live.remove(&(key.tbl.clone(), key.row_id)), key };
    Ok(keys.into_iter().map(row_of).collect())
}
