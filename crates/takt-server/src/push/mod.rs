//! The way up. A batch is taken in one transaction: receipts and effects commit together. What the
//! database refuses is found by halving and kept for a person; what waits is released when what it
//! waits for has come.
//!
//! Order of thought: [`clock`] (when), [`fact`] (what), [`refers`] (to what), `judge` (what becomes
//! of it), `batch` (one transaction), `settle` (halving), `release` (what waited).

pub mod clock;
pub mod entry;
pub mod fact;
pub mod periods;
pub mod production;
pub mod refers;
pub mod verdict;

mod batch;
mod carry;
mod judge;
mod kept;
mod release;
mod settle;
mod sort;
mod watermark;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use takt_domain::Epoch;
use takt_wire::envelope::{Event, Lane};
use takt_wire::push::{EventVerdict, PushRequest, Rewind};
use uuid::Uuid;

use crate::db::Db;
use crate::db::device::{self, Contact, Device};
use crate::db::receipt;
use clock::{ClockRefused, Occurred, Sending};

/// Why a batch was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Another life of the database: send again from there.
    #[error("the epoch changed")]
    EpochChanged(Rewind),
    /// The database; nothing of what was not committed counts.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What became of a batch.
pub struct Taken {
    /// The database's lifetime that took it.
    pub epoch: Epoch,
    /// Per lane, up to which seq everything has arrived.
    pub acked: BTreeMap<u8, i64>,
    /// Everything that was not plainly applied.
    pub verdicts: Vec<EventVerdict>,
}

/// An event, where it came from, and when it happened.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The event.
    pub event: Event,
    /// The local database that queued it.
    pub install_id: Uuid,
    /// When it happened, or why that cannot be told.
    pub when: Result<Occurred, ClockRefused>,
    /// The row in quarantine, when it waited there.
    pub waited: Option<i64>,
}

/// Takes a batch of a device.
pub async fn take(
    db: &Db,
    device: &Device,
    request: PushRequest,
    received_at: DateTime<Utc>,
) -> Result<Taken, Refused> {
    let install = request.install_id.0;
    let mut tx = db.device(device).await?;
    if request.epoch.is_some_and(|known| known.0 != tx.epoch()) {
        let epoch = Epoch(tx.epoch());
        let lanes = receipt::contiguous(&mut tx, install).await?;
        let all = Lane::ALL.iter().map(|lane| (u8::from(*lane), 0));
        return Err(Refused::EpochChanged(Rewind { epoch, rewind: all.chain(lanes).collect() }));
    }
    let sending = Sending::of(&request, received_at, device.enrolled_at);
    device::contact(&mut tx, device.id, &contact(&request, &sending)).await?;
    tx.commit().await?;

    let mut events = request.events;
    events.sort_by_key(|event| (event.lane, event.seq));
    let when = |event: &Event| sending.occurred(event);
    let items: Vec<Incoming> = events
        .into_iter()
        .map(|event| Incoming { when: when(&event), event, install_id: install, waited: None })
        .collect();
    let verdicts = settle::settle(db, device, items).await?;
    release::release(db, device).await?;

    let mut tx = db.device(device).await?;
    let acked = receipt::contiguous(&mut tx, install).await?;
    let epoch = Epoch(tx.epoch());
    tx.commit().await?;
    Ok(Taken { epoch, acked, verdicts })
}

fn contact<'a>(request: &'a PushRequest, sending: &Sending) -> Contact<'a> {
    let depth = request.depth.values().try_fold(0_i64, |sum, depth| sum.checked_add(*depth));
    Contact {
        install_id: request.install_id.0,
        app_version: &request.app_version,
        clock_offset_ms: i32::try_from(sending.offset_ms()).ok(),
        outbox_depth: depth.and_then(|depth| i32::try_from(depth).ok()).filter(|depth| *depth >= 0),
        oldest_pending_at: request.oldest_unsent_at.and_then(clock::storable),
    }
}
