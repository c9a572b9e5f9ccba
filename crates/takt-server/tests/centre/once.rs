//! Every event exactly once, whatever happens to the messages.

use takt_domain::{EventId, ProductionEvent};
use takt_wire::enrol::{HelloAnswer, HelloRequest};
use takt_wire::path;
use takt_wire::push::Verdict;
use uuid::Uuid;

use crate::support::{Centre, Floor, Terminal};

async fn shift_work(terminal: &mut Terminal, floor: &Floor) -> Vec<takt_wire::envelope::Event> {
    let mut events =
        vec![terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Start, 0))];
    for _ in 0..20 {
        events.push(terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 3)));
    }
    events
}

async fn counted(centre: &Centre) -> (i64, i64) {
    let rows = centre.count("select count(*) from production_logs where device_id is not null").await;
    let pieces = centre
        .count("select o.completed_quantity::bigint from work_order_operations o join work_orders w on w.id = o.work_order_id
                where work_order_number = 'WO-24821' and operation_number = 10")
        .await;
    (rows, pieces)
}

#[tokio::test]
async fn a_batch_sent_twice_counts_once() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let events = shift_work(&mut terminal, &floor).await;
    let first = terminal.push(&centre, events.clone()).await;
    assert_eq!((first.verdicts.len(), first.acked[&1]), (0, 21), "{:?}", first.verdicts);
    let again = terminal.push(&centre, events).await;
    assert_eq!(again.verdicts.len(), 21);
    assert!(
        again
            .verdicts
            .iter()
            .all(|it| it.verdict == Verdict::Duplicate && it.first == Some(Verdict::Applied))
    );
    assert_eq!(again.acked[&1], 21);
    assert_eq!(counted(&centre).await, (21, 60));
}

#[tokio::test]
async fn a_full_batch_goes_in_at_once() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    for round in 1..=3 {
        let line = floor.line(ProductionEvent::Output, 1);
        let events: Vec<_> =
            (0..500).map(|_| terminal.event(floor.operator, &floor.stream(), &line)).collect();
        let began = std::time::Instant::now();
        let answer = terminal.push(&centre, events).await;
        println!("500 events in {:?}", began.elapsed());
        assert_eq!((answer.verdicts.len(), answer.acked[&1]), (0, 500 * round));
    }
    assert_eq!(counted(&centre).await, (1_500, 1_500));
}

#[tokio::test]
async fn a_lost_answer_and_two_senders_at_once_change_nothing() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let events = shift_work(&mut terminal, &floor).await;
    let (a, b, c) = tokio::join!(
        terminal.push(&centre, events.clone()),
        terminal.push(&centre, events.clone()),
        terminal.push(&centre, events.clone()),
    );
    assert!([a, b, c].iter().all(|answer| answer.acked[&1] == 21));
    assert_eq!(counted(&centre).await, (21, 60));
}

#[tokio::test]
async fn a_gap_is_not_acknowledged_until_it_closes() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let events = shift_work(&mut terminal, &floor).await;
    let late = terminal.push(&centre, events[10..].to_vec()).await;
    assert_eq!(late.acked[&1], 0);
    let answer = terminal.push(&centre, events[..5].iter().rev().cloned().collect()).await;
    assert_eq!(answer.acked[&1], 5);
    let answer = terminal.push(&centre, events[5..10].to_vec()).await;
    assert_eq!(answer.acked[&1], 21);
    assert_eq!(counted(&centre).await, (21, 60));
}

#[tokio::test]
async fn a_fresh_database_sends_old_events_under_new_numbers() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut events = shift_work(&mut terminal, &floor).await;
    terminal.push(&centre, events.clone()).await;
    terminal.reinstall();
    events.drain(..15);
    for (n, event) in events.iter_mut().enumerate() {
        event.seq = i64::try_from(n).unwrap() + 1;
    }
    let answer = terminal.push(&centre, events).await;
    assert_eq!((answer.verdicts.len(), answer.acked[&1]), (6, 6));
    assert!(answer.verdicts.iter().all(|it| it.verdict == Verdict::Duplicate));
    assert_eq!(counted(&centre).await, (21, 60));
}

#[tokio::test]
async fn the_same_number_with_another_event_is_a_fork() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let events = shift_work(&mut terminal, &floor).await;
    terminal.push(&centre, events.clone()).await;
    let mut clone = events[20].clone();
    clone.event_id = EventId(Uuid::now_v7());
    for _ in 0..2 {
        let answer = terminal.push(&centre, vec![clone.clone()]).await;
        assert_eq!(answer.verdicts[0].verdict, Verdict::Fork);
    }
    assert_eq!(counted(&centre).await, (21, 60));
    assert_eq!(centre.count("select count(*) from sync_quarantine where verdict = 'FORK'").await, 1);
    assert_eq!(centre.count("select count(*) from devices where fork_detected_at is not null").await, 1);
}

#[tokio::test]
async fn a_restored_centre_asks_for_what_it_lost() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let events = shift_work(&mut terminal, &floor).await;
    terminal.push(&centre, events.clone()).await;
    // As a backup of an hour ago would have it.
    centre
        .script(
            "set session_replication_role = replica; delete from sync_receipts where seq > 10;
             update sync_watermarks set contiguous_seq = 10, max_seq = 10;
             delete from production_logs where device_seq > 10; set session_replication_role = origin;
             select app.start_new_epoch('RESTORED')",
        )
        .await;

    let refused = terminal.send(&centre, &terminal.batch(Vec::new())).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "epoch_changed"));
    assert_eq!(refused.body["rewind"]["1"], 10);
    let mut batch = terminal.batch(events);
    batch.epoch = Some(serde_json::from_value(refused.body["epoch"].clone()).unwrap());
    let answer: takt_wire::push::PushAnswer = terminal.send(&centre, &batch).await.ok();
    assert_eq!(answer.acked[&1], 21);
    assert_eq!(Some(answer.epoch), batch.epoch, "told of the old life it would send again for ever");
    let hello = HelloRequest {
        protocols: (1, 1),
        app_version: "0.1.0".to_owned(),
        install_id: terminal.install,
        epoch: batch.epoch,
    };
    let body = serde_json::to_vec(&hello).unwrap();
    let greeted = centre.post_bytes(path::HELLO, Some(&terminal.token), body).await.ok::<HelloAnswer>();
    let enrolled = Terminal::enrol(&centre).await.epoch();
    assert_eq!((Some(greeted.epoch), Some(enrolled)), (batch.epoch, batch.epoch));
    assert_eq!(counted(&centre).await.0, 21);
}

#[tokio::test]
async fn numbers_acknowledged_before_are_not_taken_again_from_an_old_disk() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let events = shift_work(&mut terminal, &floor).await;
    terminal.push(&centre, events.clone()).await;
    centre.run("delete from sync_receipts where seq = 7").await;
    let mut old = events[6].clone();
    old.event_id = EventId(Uuid::now_v7());
    let answer = terminal.push(&centre, vec![old]).await;
    let told = &answer.verdicts[0];
    assert_eq!((told.verdict, told.code.as_deref()), (Verdict::Quarantined, Some("TOO_OLD")));
    assert_eq!(counted(&centre).await, (21, 60));
}

#[tokio::test]
async fn what_another_terminal_waited_with_stays_its_own() {
    let centre = Centre::open().await;
    let floor = Floor::of(&centre).await;
    let (mut first, mut second) = (Terminal::enrol(&centre).await, Terminal::enrol(&centre).await);
    let entry = first.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 5));
    let mut correction = floor.line(ProductionEvent::Correction, 0);
    correction.quantity_good = -takt_domain::Quantity::from(2);
    correction.corrects = Some(entry.event_id);
    let waiting = second.event(floor.operator, "elsewhere", &correction);
    let answer = second.push(&centre, vec![waiting.clone()]).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::Held);
    first.push(&centre, vec![entry]).await;
    assert_eq!(counted(&centre).await, (2, 3));
    let device: i32 = sqlx::query_scalar("select device_id from production_logs where uid = $1")
        .bind(waiting.event_id.0)
        .fetch_one(&centre.sql)
        .await
        .unwrap();
    assert_eq!(device, second.place.device_id.0);
}

#[tokio::test]
async fn an_event_that_only_waited_for_a_lock_is_not_kept_from_its_stream() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let event = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 1));
    let mut office = centre.sql.begin().await.unwrap();
    sqlx::query("select from work_orders where id = $1 for update")
        .bind(floor.order)
        .execute(&mut *office)
        .await
        .unwrap();
    let answer = terminal.send(&centre, &terminal.batch(vec![event.clone()])).await;
    assert_eq!(answer.code(), "busy", "{}", answer.body);
    office.rollback().await.unwrap();
    assert_eq!(centre.count("select count(*) from sync_quarantine").await, 0);
    assert!(terminal.push(&centre, vec![event]).await.verdicts.is_empty());
    assert_eq!(counted(&centre).await, (1, 1));
}
