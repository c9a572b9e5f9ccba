//! What a file must be to be opened, and what is left alone.

use std::io::{Seek, SeekFrom, Write};

use rusqlite::Connection;
use takt_store::{Store, StoreError, StoreOptions};
use takt_wire::envelope::Lane;

use crate::bench_plant::Fixture;

fn open(fixture: &Fixture) -> Result<Store, StoreError> {
    Store::open(fixture.path(), StoreOptions::default())
}

#[test]
fn a_store_survives_being_closed() {
    let fixture = Fixture::new();
    let install = fixture.store.read(|r| r.install_id()).unwrap();
    fixture.book(Lane::Work).unwrap();
    let again = open(&fixture).unwrap();
    assert_eq!(again.read(|r| r.install_id()).unwrap(), install);
    assert_eq!(again.read(|r| r.outbox_counts()).unwrap().unsent, 1);
    again.verify().unwrap();
}

#[test]
fn two_fresh_stores_are_two_installs() {
    let (one, other) = (Fixture::new(), Fixture::new());
    let id = |fixture: &Fixture| fixture.store.read(|r| r.install_id()).unwrap();
    assert_ne!(id(&one), id(&other));
}

#[test]
fn every_commit_reaches_the_disk() {
    let fixture = Fixture::new();
    fixture.book(Lane::Work).unwrap();
    let file = Connection::open(fixture.path()).unwrap();
    let pragma = |name| file.pragma_query_value(None, name, |row| row.get::<_, String>(0)).unwrap();
    let number = |name| file.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(number("auto_vacuum"), 2);
}

#[test]
fn a_newer_database_is_refused_untouched() {
    let Fixture { folder, store } = Fixture::new();
    drop(store);
    let path = folder.path().join("takt.db");
    let file = Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", 900).unwrap();
    drop(file);
    let before = std::fs::read(&path).unwrap();
    let refused = Store::open(&path, StoreOptions::default()).err().unwrap();
    assert!(matches!(refused, StoreError::Newer { found: 900, .. }), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_no_database_is_corrupt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("takt.db");
    std::fs::write(&path, vec![b'x'; 8_192]).unwrap();
    let refused = Store::open(&path, StoreOptions::default()).err().unwrap();
    assert!(matches!(refused, StoreError::Corrupt(_)), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), vec![b'x'; 8_192]);
}

#[test]
fn a_database_of_another_application_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("takt.db");
    Connection::open(&path).unwrap().execute_batch("create table notes (text)").unwrap();
    let refused = Store::open(&path, StoreOptions::default()).err().unwrap();
    assert!(matches!(refused, StoreError::Corrupt(_)), "{refused}");
}

#[test]
fn damage_inside_is_found_and_said() {
    let fixture = Fixture::new();
    for _ in 0..200 {
        fixture.book(Lane::Work).unwrap();
    }
    let Fixture { folder, store } = fixture;
    drop(store);
    let path = folder.path().join("takt.db");
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    let pages = file.metadata().unwrap().len() / 4_096;
    for page in pages / 2..pages {
        file.seek(SeekFrom::Start(page * 4_096)).unwrap();
        file.write_all(&[0xff; 512]).unwrap();
    }
    drop(file);
    let said = Store::open(&path, StoreOptions::default()).and_then(|store| store.verify());
    assert!(matches!(said, Err(StoreError::Corrupt(_))), "{said:?}");
}
