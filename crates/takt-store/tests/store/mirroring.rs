//! The copy of what the centre says: pages, generations, rows that cannot be read, and up to where
//! a row contains our own work.

use std::collections::BTreeMap;

use serde_json::json;
use takt_domain::Epoch;
use takt_wire::{
    envelope::Lane,
    payload::ProductionLogged,
    pull::{PullPage, RowChange},
    row::{Plant, Unit},
};
use uuid::Uuid;

use crate::bench_plant::{Fixture, noon};

fn unit(id: i64, code: &str) -> RowChange {
    let body = json!({ "id": id, "unit_code": code, "decimals": 0, "added_next_year": true });
    RowChange { tbl: "units_of_measure".into(), id, body: Some(body) }
}

fn gone(id: i64) -> RowChange {
    RowChange { tbl: "units_of_measure".into(), id, body: None }
}

fn page(cursor: &str, rows: Vec<RowChange>) -> PullPage {
    PullPage {
        epoch: Epoch(Uuid::from_u128(1)),
        server_time: noon(),
        cursor: cursor.into(),
        more: false,
        generation: 0,
        snapshot_done: false,
        own_through: BTreeMap::new(),
        own_kept: None,
        rows,
    }
}

fn land(fixture: &Fixture, page: &PullPage) -> takt_store::mirror::PageApplied {
    fixture.store.write(|w| w.apply_page(page, noon())).unwrap()
}

fn codes(fixture: &Fixture) -> Vec<String> {
    let units: Vec<Unit> = fixture.store.read(|r| r.mirror()).unwrap();
    units.into_iter().map(|unit| unit.unit_code).collect()
}

#[test]
fn rows_come_change_and_go_with_their_cursor() {
    let fixture = Fixture::new();
    land(&fixture, &page("one", vec![unit(1, "PCS"), unit(2, "KG")]));
    assert_eq!(codes(&fixture), ["PCS", "KG"]);
    land(&fixture, &page("two", vec![unit(1, "EA"), gone(2), gone(77)]));
    assert_eq!(codes(&fixture), ["EA"]);
    let state = fixture.store.read(|r| r.sync_state()).unwrap();
    assert_eq!((state.cursor.as_deref(), state.last_contact_at), (Some("two"), Some(noon())));
    assert_eq!(fixture.store.read(|r| r.mirror_one::<Unit>(1)).unwrap().unwrap().unit_code, "EA");
    assert_eq!(fixture.store.read(|r| r.mirror_one::<Unit>(2)).unwrap(), None);
    assert_eq!(fixture.store.read(|r| r.mirror_count()).unwrap(), 1);
}

#[test]
fn a_row_that_cannot_be_read_is_noted_and_its_page_lands() {
    let fixture = Fixture::new();
    land(&fixture, &page("one", vec![unit(1, "PCS")]));
    let bad = RowChange { body: Some(json!({ "id": 1 })), ..unit(1, "") };
    let unknown = RowChange { tbl: "spaceships".into(), ..unit(9, "X") };
    let applied = land(&fixture, &page("two", vec![bad, unknown, unit(2, "KG")]));
    assert_eq!((applied.stored, applied.refused), (1, 2));
    assert_eq!(codes(&fixture), ["PCS", "KG"]);
    assert_eq!(fixture.store.read(|r| r.sync_state()).unwrap().cursor.as_deref(), Some("two"));
}

#[test]
fn a_snapshot_sweeps_what_it_did_not_name() {
    let fixture = Fixture::new();
    let snapshot = |cursor, generation, done, rows| PullPage {
        generation,
        snapshot_done: done,
        more: !done,
        ..page(cursor, rows)
    };
    land(&fixture, &snapshot("a", 1, false, vec![unit(1, "PCS"), unit(2, "KG")]));
    assert!(!fixture.store.read(|r| r.sync_state()).unwrap().mirror_complete);
    land(&fixture, &snapshot("b", 1, true, vec![unit(3, "M")]));
    assert!(fixture.store.read(|r| r.sync_state()).unwrap().mirror_complete);
    land(&fixture, &page("c", vec![unit(4, "L")]));
    assert_eq!(codes(&fixture), ["PCS", "KG", "M", "L"]);
    fixture.store.write(|w| w.drop_cursor()).unwrap();
    assert_eq!(codes(&fixture).len(), 4, "the mirror stays usable while it is fetched anew");
    land(&fixture, &snapshot("d", 2, false, vec![unit(2, "KG")]));
    land(&fixture, &snapshot("e", 2, true, vec![unit(4, "L")]));
    assert_eq!(codes(&fixture), ["KG", "L"]);
}

#[test]
fn a_page_that_cannot_land_leaves_the_old_cursor() {
    let fixture = Fixture::new();
    land(&fixture, &page("one", vec![unit(1, "PCS")]));
    let failed: Result<(), takt_store::StoreError> = fixture.store.write(|w| {
        w.apply_page(&page("two", vec![gone(1)]), noon())?;
        Err(takt_store::StoreError::StorageFull)
    });
    assert!(failed.is_err());
    assert_eq!(fixture.store.read(|r| r.sync_state()).unwrap().cursor.as_deref(), Some("one"));
    assert_eq!(codes(&fixture), ["PCS"]);
}

#[test]
fn counters_and_later_own_work_are_told_apart() {
    let fixture = Fixture::new();
    let events: Vec<_> = (0..4).map(|_| fixture.book(Lane::Work).unwrap()).collect();
    fixture.book(Lane::Audit).unwrap();
    let counted =
        PullPage { own_through: BTreeMap::from([(1, 3), (2, 9)]), ..page("one", vec![unit(1, "PCS")]) };
    land(&fixture, &counted);
    let own = |fixture: &Fixture| {
        fixture
            .store
            .read(|r| {
                let through = r.mirror_one_with_through::<Unit>(1)?.unwrap().1;
                let rows = r.own_since::<ProductionLogged>(through)?;
                Ok::<_, takt_store::StoreError>(rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>())
            })
            .unwrap()
    };
    let later: Vec<_> = own(&fixture)
        .iter()
        .filter(|row| row.event.lane == Lane::Work)
        .map(|row| row.event.event_id)
        .collect();
    assert_eq!(later, events[3..]);
    // A new install id numbers anew; what a row contains does not change by that.
    fixture.store.write(|w| w.acked(&events[..3], noon())).unwrap();
    fixture.store.write(|w| w.renew_install("fork")).unwrap();
    let later: Vec<_> = own(&fixture)
        .iter()
        .filter(|row| row.event.lane == Lane::Work)
        .map(|row| row.event.event_id)
        .collect();
    assert_eq!(later, events[3..]);
    land(&fixture, &page("two", vec![unit(1, "PCS")]));
    let later: Vec<_> = own(&fixture)
        .iter()
        .filter(|row| row.event.lane == Lane::Work)
        .map(|row| row.event.event_id)
        .collect();
    assert_eq!(later, events[3..]);
}

#[test]
fn an_unknown_table_is_empty() {
    let fixture = Fixture::new();
    assert!(fixture.store.read(|r| r.mirror::<Plant>()).unwrap().is_empty());
}
