//! Clocks that are wrong by anything.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use takt_domain::{BootId, MachineStatus, ProductionEvent};
use takt_wire::envelope::{Event, Lane};
use takt_wire::payload::{CodeScanned, Payload, SignIn};
use takt_wire::push::Verdict;
use uuid::Uuid;

use crate::support::{Centre, Floor, Terminal};

#[tokio::test]
async fn the_future_is_clamped_and_flagged() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut event = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 1));
    event.boot_id = BootId(Uuid::new_v4());
    event.device_time += TimeDelta::days(400);
    let answer = terminal.push(&centre, vec![event]).await;
    let told = &answer.verdicts[0];
    assert_eq!((told.verdict, told.code.as_deref()), (Verdict::AppliedFlagged, Some("CLOCK_CLAMPED")));
    let clamped = "select count(*) from production_logs where time_quality = 'CLAMPED'
                   and logged_at between now() and now() + interval '6 minutes' and device_time > now() + interval '399 days'";
    assert_eq!(centre.count(clamped).await, 1);
}

#[tokio::test]
async fn absurd_clocks_make_no_chunks() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let before = centre
        .count(
            "select count(*) from timescaledb_information.chunks where hypertable_name = 'production_logs'",
        )
        .await;
    let mut events = Vec::new();
    for n in 0..120_i64 {
        let mut event =
            terminal.event(floor.operator, &format!("s{n}"), &floor.line(ProductionEvent::Output, 1));
        event.device_time = DateTime::from_timestamp(n * 14_000_000, 0).unwrap();
        if n % 2 == 0 {
            event.boot_id = BootId(Uuid::new_v4());
        }
        events.push(event);
    }
    let answer = terminal.push(&centre, events).await;
    let skewed = answer.verdicts.iter().filter(|told| told.code.as_deref() == Some("CLOCK_SKEW")).count();
    assert!(skewed > 50, "{skewed}");
    assert_eq!(answer.acked[&1], 120);
    let after = centre
        .count(
            "select count(*) from timescaledb_information.chunks where hypertable_name = 'production_logs'",
        )
        .await;
    assert!(after <= before + 1, "{before} to {after}");
    assert!(
        centre.count("select count(*) from production_logs where time_quality = 'MONOTONIC'").await >= 60
    );
}

#[tokio::test]
async fn no_clock_makes_a_chunk_outside_the_window() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    // Chunks wholly older than what may arrive late, or wholly later than what is clamped.
    let outside = "select count(*) from timescaledb_information.chunks
                   where range_end < now() - interval '90 days' or range_start > now() + interval '10 minutes'";
    let before = centre.count(outside).await;
    let clocks = ["1970-01-01", "1999-12-31", "2008-02-29", "2038-01-19", "2099-06-01", "9999-12-31"];
    for clock in clocks {
        let at: DateTime<Utc> = format!("{clock}T12:00:00Z").parse().unwrap();
        // The readings' clock alone lies; then that of every event, with and without monotonic proof.
        let honest = of_every_table(&centre, &floor, &mut terminal, at).await;
        let mut lying = of_every_table(&centre, &floor, &mut terminal, at).await;
        for (n, event) in lying.iter_mut().enumerate() {
            event.device_time = at;
            if n % 2 == 0 {
                event.boot_id = BootId(Uuid::new_v4());
            }
        }
        terminal.push(&centre, [honest, lying].concat()).await;
    }
    assert_eq!(centre.count(outside).await, before);
    let kept =
        "select (select count(*) from inspection_measurements where measured_at > now() - interval '91 days')
                     + (select count(*) from qr_code_scans where scanned_at > now() - interval '91 days')";
    assert!(centre.count(kept).await >= 12, "nothing was recorded: the test proves nothing");
}

/// An event for each hypertable that terminals fill; the reading's own time is `at`.
async fn of_every_table(
    centre: &Centre,
    floor: &Floor,
    terminal: &mut Terminal,
    at: DateTime<Utc>,
) -> Vec<Event> {
    let mut inspection = floor.inspection(centre, &["25.00"]).await;
    inspection.readings[0].device_time = at;
    let scan = json!({"scanned_value": "4006381333931", "resolution": "NOT_FOUND", "purpose": "LOOKUP", "input": "MANUAL"});
    let login = json!({"action": "LOGIN", "user_id": floor.operator});
    let stream = Uuid::new_v4().to_string();
    vec![
        terminal.event(floor.operator, &stream, &floor.line(ProductionEvent::Output, 1)),
        terminal.event(floor.inspector, &stream, &inspection),
        terminal.queue(Lane::Audit, CodeScanned::KIND, floor.operator, "", scan),
        terminal.queue(Lane::Audit, SignIn::KIND, floor.operator, "", login),
    ]
}

#[tokio::test]
async fn a_clock_an_hour_off_is_corrected_by_its_offset() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut event = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 1));
    event.boot_id = BootId(Uuid::new_v4());
    event.device_time -= TimeDelta::hours(1);
    event.clock_offset_ms = Some(-3_600_000);
    assert!(terminal.push(&centre, vec![event]).await.verdicts.is_empty());
    let at: DateTime<Utc> =
        sqlx::query_scalar("select logged_at from production_logs where time_quality = 'OFFSET'")
            .fetch_one(&centre.sql)
            .await
            .unwrap();
    assert!((Utc::now() - at).abs() < TimeDelta::seconds(30));
}

#[tokio::test]
async fn a_batch_that_waits_its_turn_is_not_dated_later() {
    let centre = Centre::open().await;
    let floor = Floor::of(&centre).await;
    let (mut busy, mut late) = (Terminal::enrol(&centre).await, Terminal::enrol(&centre).await);
    let mut office = centre.sql.begin().await.unwrap();
    sqlx::query("select from work_orders where id = $1 for update")
        .bind(floor.order)
        .execute(&mut *office)
        .await
        .unwrap();
    let line = busy.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 1));
    let batch = busy.batch(vec![line]);
    let send = || busy.send(&centre, &batch);
    let waiting = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let state = late.event(floor.operator, &floor.machine_stream(), &floor.state(MachineStatus::Running));
        late.push(&centre, vec![state]).await
    };
    let freeing = async {
        tokio::time::sleep(Duration::from_secs(4)).await;
        office.rollback().await.unwrap();
    };
    tokio::join!(send(), send(), send(), send(), send(), send(), send(), send(), waiting, freeing);
    let dated = "select concat_ws(' ', time_quality, started_at - device_time < interval '2 s')
                 from machine_status_history where device_id is not null";
    assert_eq!(centre.text(dated).await, "SYNCED t");
}
