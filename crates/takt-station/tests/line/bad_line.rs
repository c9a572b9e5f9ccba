//! Requests lost, answers lost, everything twice, the plug pulled.

use std::collections::BTreeMap;

use takt_station::view::frame::Link;

use crate::{plant::Plant, terminal::Terminal, wire::Fault};

const RECEIPTS: &str = "select count(*) from sync_receipts";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_lost_after_the_commit_loses_and_doubles_nothing() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    let before = plant.count(RECEIPTS).await;
    plant.wire.fault(Fault::AnswerLost);
    plant.wire.fault(Fault::RequestLost);
    plant.wire.fault(Fault::AnswerLost);
    let events = terminal.book(30);
    terminal.everything_is_at_the_plant().await;
    assert_eq!(plant.wire.faults_left(), 0);
    assert_eq!(plant.lines_of(&events).await, 30);
    assert_eq!(plant.count(RECEIPTS).await - before, 30);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_arrives_twice_counts_once() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    for _ in 0..5 {
        plant.wire.fault(Fault::Twice);
        let events = terminal.book(7);
        terminal.everything_is_at_the_plant().await;
        assert_eq!(plant.lines_of(&events).await, 7);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_backlog_sent_twice_counts_once() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    terminal.network.cut();
    let events = terminal.book(600);
    terminal.network.mend();
    terminal.everything_is_at_the_plant().await;
    let receipts = plant.count(RECEIPTS).await;
    let all = BTreeMap::from([(0, 0), (1, 0), (2, 0), (3, 0)]);
    assert_eq!(terminal.store.write(|w| w.resend_after(&all)).unwrap(), 600);
    terminal.everything_is_at_the_plant().await;
    assert_eq!(plant.lines_of(&events).await, 600);
    assert_eq!(plant.count(RECEIPTS).await, receipts);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_plug_pulled_work_goes_on_and_arrives_later() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    terminal.network.cut();
    let events = terminal.book(25);
    let line = terminal.line_is(|line| line.link == Link::Offline && line.failures > 0).await;
    assert_eq!(line.last_error.as_deref(), Some("no_network"));
    assert!(line.next_try_at.is_some());
    assert_eq!((terminal.unsent(), plant.lines_of(&events).await), (25, 0));
    terminal.network.mend();
    terminal.everything_is_at_the_plant().await;
    assert_eq!(plant.lines_of(&events).await, 25);
    terminal.line_is(|line| line.link == Link::Online && line.failures == 0).await;
}
