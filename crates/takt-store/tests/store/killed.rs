//! The process dies in the middle of writing, again and again: what was confirmed is there, what
//! was not is there whole or not at all.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use takt_store::{RecordsWanted, Store, StoreOptions};
use takt_wire::envelope::Lane;

use crate::bench_plant::{entry, one_good};

/// Set in the child only.
const PATH_VARIABLE: &str = "TAKT_STORE_KILLED";
/// Events per transaction.
const TOGETHER: usize = 3;

/// The child: does nothing unless it was started by the test below.
#[test]
fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(PATH_VARIABLE) else { return };
    let store = Store::open(path, StoreOptions::default()).unwrap();
    loop {
        store
            .write(|w| (0..TOGETHER).try_for_each(|_| w.queue(entry(Lane::Work), &one_good()).map(|_| ())))
            .unwrap();
        println!("confirmed {}", store.read(|r| r.outbox_counts()).unwrap().unsent);
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn nothing_confirmed_is_lost_and_nothing_is_half_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("takt.db");
    for round in 0..12 {
        let confirmed = run_and_kill(&path, 1 + round * 3);
        let store = Store::open(&path, StoreOptions::default()).unwrap();
        store.verify().unwrap();
        let rows = store.read(|r| r.records(RecordsWanted::All, None, 100_000)).unwrap();
        assert!(rows.len() >= confirmed, "{} rows, {confirmed} were confirmed", rows.len());
        assert_eq!(rows.len() % TOGETHER, 0);
        let seqs: Vec<i64> = rows.iter().rev().map(|row| row.event.seq).collect();
        assert!(seqs.iter().copied().eq(1..=rows.len() as i64), "not dense after round {round}");
    }
}

/// Starts the child, lets it confirm so many transactions, kills it; returns what it confirmed.
fn run_and_kill(path: &std::path::Path, transactions: usize) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::writes_until_it_is_killed", "--exact", "--nocapture"])
        .env(PATH_VARIABLE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // The harness may write its own words before the first.
    let mut confirmed = told.filter_map(|line| line.rsplit_once("confirmed ")?.1.parse::<usize>().ok());
    let first = confirmed.by_ref().take(transactions).last().unwrap();
    child.kill().unwrap();
    let last = confirmed.last().unwrap_or(first);
    child.wait().unwrap();
    last
}
