//! The terminal's own database cannot be read when sync begins.

use takt_station::view::frame::Link;

use crate::{plant::Plant, terminal::Terminal};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_be_read_at_the_start_is_read_again() {
    let plant = Plant::open().await;
    let mut terminal = Terminal::at(&plant).await;
    terminal.stop();
    let events = terminal.book(3);
    let Terminal { folder, store, .. } = terminal;
    drop(store);
    let mut terminal = Terminal::over(folder);
    // As when a disk goes away: what is open stays open, nothing else can be opened.
    let path = |name| terminal.folder.path().join(name);
    let (there, away) = (path("takt.db"), path("away.db"));
    std::fs::rename(&there, &away).unwrap();
    terminal.start();
    let line = terminal.line_is(|line| line.failures >= 2).await;
    assert_eq!((line.link, line.last_error.as_deref()), (Link::Offline, Some("internal")), "{line:?}");
    assert!(line.next_try_at.is_some(), "it says when it tries again");
    std::fs::rename(&away, &there).unwrap();
    terminal.everything_is_at_the_plant().await;
    assert_eq!(plant.lines_of(&events).await, 3);
    terminal.line_is(|line| line.link == Link::Online && line.failures == 0).await;
}
