//! What the tests build: a store in a folder of its own, entries and payloads.

use chrono::{DateTime, TimeZone, Utc};
use takt_domain::{BootId, EventId, OperationId, Quantity, UnitId, UserId, WorkOrderId};
use takt_store::{Entry, Stamp, Store, StoreError, StoreOptions};
use takt_wire::{
    envelope::Lane,
    payload::{ProductionEvent, ProductionLogged, stream},
};
use tempfile::TempDir;
use uuid::Uuid;

/// A store and the folder it lives in.
pub struct Fixture {
    pub folder: TempDir,
    pub store: Store,
}

impl Fixture {
    pub fn new() -> Self {
        Self::with(StoreOptions::default())
    }

    pub fn with(options: StoreOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("takt.db"), options).unwrap();
        Self { folder, store }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("takt.db")
    }

    /// Queues one good piece.
    pub fn book(&self, lane: Lane) -> Result<EventId, StoreError> {
        self.store.write(|w| w.queue(entry(lane), &one_good()))
    }
}

pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

pub fn entry(lane: Lane) -> Entry {
    Entry {
        lane,
        stream_key: Some(stream::operation(OperationId(7))),
        actor: Some(UserId(3)),
        stamp: Stamp {
            device_time: noon(),
            monotonic_ms: 1_000,
            boot_id: BootId(Uuid::from_u128(1)),
            clock_offset_ms: Some(-40),
            clock_offset_age_ms: Some(9_000),
        },
        event_id: EventId(Uuid::now_v7()),
    }
}

pub fn one_good() -> ProductionLogged {
    ProductionLogged {
        event_type: ProductionEvent::Output,
        work_order_id: WorkOrderId(5),
        operation_id: OperationId(7),
        machine_id: None,
        quantity_good: Quantity::from(1),
        quantity_scrapped: Quantity::ZERO,
        quantity_rework: Quantity::ZERO,
        unit_id: UnitId(1),
        scrap_reason_id: None,
        rework_reason_id: None,
        pause_reason_id: None,
        corrects: None,
        notes: None,
    }
}
