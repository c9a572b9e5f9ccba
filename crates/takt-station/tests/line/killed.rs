//! The terminal's process is killed while it books and sends, again and again.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    sync::Arc,
};

use takt_domain::EventId;
use takt_station::{
    clock::SystemTime,
    identity::Identity,
    link::Network,
    runner::{Runner, RunnerSetup},
};
use takt_store::RecordsWanted;

use crate::{
    plant::Plant,
    terminal::{Terminal, book, open},
};

/// Set in the child only.
const HOME_VARIABLE: &str = "TAKT_LINE_KILLED";

/// The child: does nothing unless it was started by the test below.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_until_it_is_killed() {
    let Some(home) = std::env::var_os(HOME_VARIABLE).map(std::path::PathBuf::from) else { return };
    let store = open(&home);
    let identity = Identity::open(&home, rand::random).unwrap();
    let rim = Arc::new(SystemTime::new());
    let _runner =
        Runner::start(RunnerSetup { store: store.clone(), identity, rim, network: Network::default() });
    loop {
        println!("booked {}", book(&store).unwrap());
        std::io::stdout().flush().unwrap();
        // As a person would leave the sync loops some room.
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killing_the_terminal_loses_and_doubles_nothing() {
    let plant = Plant::open().await;
    let mut terminal = Terminal::at(&plant).await;
    terminal.stop();
    let Terminal { folder, store, .. } = terminal;
    drop(store);
    let mut confirmed = 0;
    for round in 1..=4 {
        let home = folder.path().to_path_buf();
        confirmed += tokio::task::spawn_blocking(move || run_and_kill(&home, 60 * round)).await.unwrap();
    }
    let mut terminal = Terminal::over(folder);
    terminal.start();
    terminal.everything_is_at_the_plant().await;
    let rows = terminal.store.read(|r| r.records(RecordsWanted::All, None, 100_000)).unwrap();
    assert!(rows.len() >= confirmed, "{} rows, {confirmed} were confirmed", rows.len());
    let events: Vec<EventId> = rows.iter().map(|row| row.event.event_id).collect();
    assert_eq!(plant.lines_of(&events).await, i64::try_from(rows.len()).unwrap());
    let distinct = plant.count("select count(distinct event_id) from sync_receipts").await;
    assert_eq!(distinct, plant.count("select count(*) from sync_receipts").await);
}

/// Starts the child, lets it book so often, kills it; returns how often it said it had.
pub fn run_and_kill(home: &std::path::Path, bookings: usize) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::books_until_it_is_killed", "--exact", "--nocapture"])
        .env(HOME_VARIABLE, home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut booked = told.filter(|line| line.contains("booked "));
    let first = booked.by_ref().take(bookings).count();
    child.kill().unwrap();
    let rest = booked.count();
    child.wait().unwrap();
    first + rest
}
