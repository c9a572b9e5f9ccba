//! The sync's own memory: what a terminal may still need is never forgotten.

use chrono::Utc;
use takt_domain::{ProductionEvent, Quantity};
use takt_server::jobs::{self, Job};
use takt_wire::push::Verdict;

use crate::day::application;
use crate::support::{Centre, Floor, Terminal};

#[tokio::test]
async fn receipts_go_after_180_days_but_not_above_a_gap_nor_while_their_event_waits() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = floor.line(ProductionEvent::Output, 1);
    let mut events: Vec<_> = (0..6).map(|_| terminal.event(floor.operator, &floor.stream(), &line)).collect();
    let mut correction = floor.line(ProductionEvent::Correction, 0);
    correction.quantity_good = -Quantity::from(1);
    correction.corrects = Some(takt_domain::EventId(uuid::Uuid::now_v7()));
    // Number 3 waits for what never came; number 6 lies above a gap at 5.
    events[2] = takt_wire::envelope::Event {
        seq: 3,
        ..terminal.event(floor.operator, "operation:elsewhere", &correction)
    };
    events.remove(4);
    let answer = terminal.push(&centre, events).await;
    assert_eq!(answer.verdicts.iter().map(|it| it.verdict).collect::<Vec<_>>(), [Verdict::Held]);
    let left = "select string_agg(seq::text, ' ' order by seq) from sync_receipts";

    centre.run("update sync_receipts set received_at = now() - interval '180 days'").await;
    centre.run("update sync_row set deleted = true, changed_at = now() - interval '180 days' where tbl = 'plants'").await;
    prune(&centre).await;
    assert_eq!(centre.text(left).await, "1 2 3 4 6");
    assert_ne!(centre.count("select count(*) from sync_row where deleted").await, 0);

    centre.run("update sync_receipts set received_at = now() - interval '182 days'").await;
    centre.run("update sync_row set changed_at = now() - interval '182 days'").await;
    let rows = centre.count("select count(*) from sync_row where not deleted").await;
    prune(&centre).await;
    assert_eq!(centre.text(left).await, "3 6");
    assert_eq!(centre.count("select count(*) from sync_row where deleted").await, 0);
    assert_eq!(centre.count("select count(*) from sync_row").await, rows, "what is there stays, however old");
}

async fn prune(centre: &Centre) {
    jobs::run(&application(centre).await, Job::Retention, false, Utc::now()).await.unwrap();
}
