//! On a good line: what is booked goes up, what changes at the centre comes down.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::BootId;
use takt_station::{clock::SystemTime, rim::Rim, view::frame::Link};
use takt_store::RecordsWanted;
use takt_wire::row::{TABLES, WorkOrder};

use uuid::Uuid;

use crate::{plant::Plant, terminal::Terminal};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_terminal_mirrors_its_plant_and_books_into_it() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    assert!(terminal.store.read(|r| r.mirror_count()).unwrap() > TABLES.len() as u32);
    let events = terminal.book(20);
    terminal.everything_is_at_the_plant().await;
    assert_eq!(plant.lines_of(&events).await, 20);
    let counts = terminal.store.read(|r| r.outbox_counts()).unwrap();
    assert_eq!(counts.problems, 0);
    terminal.line_is(|line| line.link == Link::Online).await;
    let clock = terminal.store.read(|r| r.sync_state()).unwrap().clock.unwrap();
    assert!(clock.offset_ms.abs() < 1_000, "{clock:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_at_the_centre_is_seen_without_asking() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    plant
        .run("update work_orders set work_order_number = 'WO-77777' where work_order_number = 'WO-24821'")
        .await;
    terminal
        .until("the change is seen", |t| {
            let orders: Vec<WorkOrder> = t.store.read(|r| r.mirror()).unwrap();
            orders.iter().any(|order| order.work_order_number == "WO-77777")
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_terminal_keeps_its_outbox() {
    let plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    plant.run("update devices set status = 'SUSPENDED'").await;
    let events = terminal.book(3);
    let line = terminal.line_is(|line| line.link == Link::Refused).await;
    assert_eq!(line.last_error.as_deref(), Some("device_revoked"));
    assert_eq!(terminal.unsent(), 3);
    assert_eq!(plant.lines_of(&events).await, 0);
}

/// A machine whose clock somebody has set.
struct Set(SystemTime, TimeDelta);

impl Rim for Set {
    fn device_time(&self) -> DateTime<Utc> {
        self.0.device_time() + self.1
    }
    fn monotonic_ms(&self) -> i64 {
        self.0.monotonic_ms()
    }
    fn boot_id(&self) -> BootId {
        self.0.boot_id()
    }
    fn fresh_id(&self) -> Uuid {
        self.0.fresh_id()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_plant_has_is_kept_by_its_time_however_wrong_the_clock() {
    let plant = Plant::open().await;
    let mut terminal = Terminal::at(&plant).await;
    terminal.stop();
    terminal.start_by(Arc::new(Set(SystemTime::new(), TimeDelta::days(-20_000))));
    terminal.book(1);
    terminal.everything_is_at_the_plant().await;
    let records = terminal.store.read(|r| r.records(RecordsWanted::All, None, 1)).unwrap();
    let age = Utc::now() - records[0].acked_at.unwrap();
    assert!(age.abs() < TimeDelta::minutes(1), "acknowledged {age} ago, to be pruned at once");
}
