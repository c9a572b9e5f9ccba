//! Queueing: dense numbers, nothing without its transaction, limits, and word of every change.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use takt_store::{RecordsWanted, StoreError, StoreOptions};
use takt_wire::{
    envelope::Lane,
    payload::{CodeScanned, ScanResolution},
};

use crate::bench_plant::{Fixture, entry, one_good};

fn seqs(fixture: &Fixture, lane: Lane) -> Vec<i64> {
    let events = fixture.store.read(|r| r.unsent(&[lane], 500, usize::MAX)).unwrap();
    events.iter().map(|event| event.seq).collect()
}

#[test]
fn numbers_are_dense_per_lane() {
    let fixture = Fixture::new();
    for lane in [Lane::Work, Lane::Audit, Lane::Work, Lane::Urgent, Lane::Work] {
        fixture.book(lane).unwrap();
    }
    assert_eq!(seqs(&fixture, Lane::Work), [1, 2, 3]);
    assert_eq!(seqs(&fixture, Lane::Audit), [1]);
    assert_eq!(seqs(&fixture, Lane::Urgent), [1]);
}

#[test]
fn what_was_rolled_back_left_no_gap_and_is_not_announced() {
    let fixture = Fixture::new();
    let heard = Arc::new(AtomicU64::new(0));
    let ear = Arc::clone(&heard);
    fixture.store.on_change(move |revision| ear.store(revision, Ordering::SeqCst));
    fixture.book(Lane::Work).unwrap();
    let failed: Result<(), StoreError> = fixture.store.write(|w| {
        w.queue(entry(Lane::Work), &one_good())?;
        Err(StoreError::StorageFull)
    });
    assert!(failed.is_err());
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    fixture.book(Lane::Work).unwrap();
    assert_eq!(seqs(&fixture, Lane::Work), [1, 2]);
    assert_eq!(heard.load(Ordering::SeqCst), 2);
}

#[test]
fn an_event_is_read_back_as_it_was_queued() {
    let fixture = Fixture::new();
    let put = entry(Lane::Work);
    fixture.store.write(|w| w.queue(put.clone(), &one_good())).unwrap();
    let rows = fixture.store.read(|r| r.records(RecordsWanted::All, None, 10)).unwrap();
    let event = &rows[0].event;
    assert_eq!(event.event_id, put.event_id);
    assert_eq!(event.device_time, put.stamp.device_time);
    assert_eq!(event.clock_offset_ms, Some(-40));
    assert_eq!(event.actor, put.actor);
    assert_eq!(event.payload, serde_json::to_value(one_good()).unwrap());
    assert!(rows[0].acked_at.is_none() && rows[0].problem.is_none());
}

#[test]
fn an_event_over_64_kib_is_refused_and_one_below_fits() {
    let fixture = Fixture::new();
    let scan = |length| CodeScanned {
        scanned_value: "x".repeat(length),
        symbology: None,
        resolution: ScanResolution::NotFound,
        entity_type: None,
        entity_id: None,
        purpose: "LOOKUP".into(),
        work_order_id: None,
        work_center_id: None,
        input: "MANUAL".into(),
        decode_ms: None,
        error: None,
    };
    let queue = |length| fixture.store.write(|w| w.queue(entry(Lane::Audit), &scan(length)));
    assert!(queue(64_000).is_ok());
    let refused = queue(66_000).unwrap_err();
    assert!(matches!(refused, StoreError::EventTooLarge { .. }), "{refused}");
    let biggest = fixture.store.read(|r| r.unsent(&[Lane::Audit], 1, usize::MAX)).unwrap();
    assert!(serde_json::to_vec(&biggest[0]).unwrap().len() <= takt_wire::envelope::EVENT_BYTES_MAX);
}

#[test]
fn only_the_audit_lane_goes_without_a_stream() {
    let fixture = Fixture::new();
    let homeless = |lane| takt_store::Entry { stream_key: None, ..entry(lane) };
    assert!(fixture.store.write(|w| w.queue(homeless(Lane::Audit), &one_good())).is_ok());
    let refused = fixture.store.write(|w| w.queue(homeless(Lane::Work), &one_good())).unwrap_err();
    assert!(matches!(refused, StoreError::StreamMissing("production_log")));
}

#[test]
fn at_the_quota_work_is_refused_and_sync_goes_on() {
    let fixture = Fixture::with(StoreOptions { quota_bytes: 1_200_000, ..StoreOptions::default() });
    let mut booked = Vec::new();
    let refused = loop {
        match fixture.book(Lane::Work) {
            Ok(id) => booked.push(id),
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, StoreError::StorageFull), "{refused}");
    assert!(booked.len() > 100);
    assert_eq!(fixture.store.storage().unwrap().level(), takt_store::Level::Full);
    let unsent = fixture.store.read(|r| r.outbox_counts()).unwrap().unsent;
    assert_eq!(unsent as usize, booked.len());
    let now = crate::bench_plant::noon();
    let later = now + chrono::TimeDelta::days(40);
    fixture.store.write(|w| w.acked(&booked, now)).unwrap();
    assert_eq!(fixture.store.write(|w| w.prune(Some(later))).unwrap(), booked.len());
    assert_eq!(
        fixture.store.storage().unwrap().level(),
        takt_store::Level::Ok,
        "{:?}",
        fixture.store.storage()
    );
    fixture.book(Lane::Work).unwrap();
}

#[test]
fn a_full_disk_refuses_the_event_and_keeps_the_rest() {
    let fixture = Fixture::with(StoreOptions { page_count_max: Some(60), ..StoreOptions::default() });
    let mut booked = 0;
    let refused = loop {
        match fixture.book(Lane::Work) {
            Ok(_) => booked += 1,
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, StoreError::StorageFull), "{refused}");
    assert_eq!(seqs(&fixture, Lane::Work), (1..=booked.min(500)).collect::<Vec<_>>());
    fixture.store.verify().unwrap();
}
