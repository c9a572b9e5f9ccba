//! A disk that was cloned or rolled back takes a new install id; the server hears of it before
//! anything is asked under it, also when the process dies in between.

use takt_domain::EventId;
use takt_store::RecordsWanted;

use crate::{killed::run_and_kill, plant::Plant, restored::copy_of, terminal::Terminal, wire::Passed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_install_id_is_told_before_anything_is_asked_under_it() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    terminal.book(2);
    terminal.everything_is_at_the_plant().await;
    terminal.network.cut();
    terminal.line_is(|line| line.failures > 0).await;
    // As far as a fork comes when nothing but the new id was stored of it.
    let install = terminal.store.write(|w| w.renew_install("fork")).unwrap();
    let before = plant.wire.passed().len();
    let events = terminal.book(1);
    terminal.network.mend();
    terminal.everything_is_at_the_plant().await;
    let passed = plant.wire.passed().split_off(before);
    assert_eq!(passed.first(), Some(&Passed::Hello(install)), "{passed:?}");
    assert_eq!(plant.lines_of(&events).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killing_a_forked_terminal_loses_and_doubles_nothing() {
    let plant = Plant::open().await;
    let mut terminal = Terminal::at(&plant).await;
    terminal.stop();
    let copy = copy_of(&terminal);
    let first: Vec<EventId> = terminal.book(4);
    terminal.start();
    terminal.everything_is_at_the_plant().await;
    terminal.stop();
    let install = terminal.store.read(|r| r.install_id()).unwrap();
    drop(terminal);

    let rolled_back = Terminal::over(copy);
    rolled_back.book(6);
    let Terminal { folder, store, .. } = rolled_back;
    drop(store);
    for bookings in [1, 2, 5, 15, 40] {
        let home = folder.path().to_path_buf();
        tokio::task::spawn_blocking(move || run_and_kill(&home, bookings)).await.unwrap();
    }
    let mut terminal = Terminal::over(folder);
    terminal.start();
    terminal.everything_is_at_the_plant().await;
    let renewed = terminal.store.read(|r| r.install_id()).unwrap();
    assert_ne!(renewed, install);
    let greeted = plant.wire.passed().into_iter().rev().find(|it| matches!(it, Passed::Hello(_)));
    assert_eq!(greeted, Some(Passed::Hello(renewed)));
    let rows = terminal.store.read(|r| r.records(RecordsWanted::All, None, 100_000)).unwrap();
    let events: Vec<EventId> = rows.iter().map(|row| row.event.event_id).chain(first).collect();
    assert_eq!(plant.lines_of(&events).await, i64::try_from(events.len()).unwrap());
    let distinct = plant.count("select count(distinct event_id) from sync_receipts").await;
    assert_eq!(distinct, plant.count("select count(*) from sync_receipts").await);
}
