//! The server comes back from a backup; the terminal's disk is rolled back.

use takt_domain::{Epoch, EventId};
use takt_wire::row::WorkOrder;

use crate::{plant::Plant, terminal::Terminal};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_server_gets_back_what_it_lost() {
    let mut plant = Plant::open().await;
    let terminal = Terminal::at(&plant).await;
    let before = terminal.book(10);
    terminal.everything_is_at_the_plant().await;
    let backup = plant.back_up().await;
    let lost = terminal.book(15);
    terminal.everything_is_at_the_plant().await;
    plant
        .run("update work_orders set work_order_number = 'WO-77777' where work_order_number = 'WO-24821'")
        .await;
    let sees = |number: &'static str| {
        move |t: &Terminal| {
            let orders: Vec<WorkOrder> = t.store.read(|r| r.mirror()).unwrap();
            orders.iter().any(|order| order.work_order_number == number)
        }
    };
    terminal.until("a change that will be lost is seen", sees("WO-77777")).await;
    let epoch = epoch_of(&terminal);
    let restored = plant.restore(&backup).await;
    assert_ne!(epoch, Some(Epoch(restored.epoch)));
    assert_eq!(plant.lines_of(&before).await, 10);
    assert_eq!(plant.lines_of(&lost).await, 0);
    let after = terminal.book(1);
    let know = |t: &Terminal| t.unsent() == 0 && epoch_of(t) == Some(Epoch(restored.epoch));
    terminal.until("the server has everything again", know).await;
    for (events, lines) in [(&before, 10), (&lost, 15), (&after, 1)] {
        assert_eq!(plant.lines_of(events).await, lines);
    }
    let distinct = plant.count("select count(distinct event_id) from sync_receipts").await;
    assert_eq!(distinct, plant.count("select count(*) from sync_receipts").await);
    assert_eq!(plant.count("select count(*) from sync_quarantine").await, 0);
    terminal.until("the order is the backup's again", sees("WO-24821")).await;
    assert!(!sees("WO-77777")(&terminal));
    let lost_id =
        "select count(*) from production_logs where device_id is not null and id <= 1000000 and uid = any (
        select event_id from sync_receipts where received_at > (select max(created_at) from sync_epoch))";
    assert_eq!(plant.count(lost_id).await, 0, "no number is given out twice");
}

fn epoch_of(terminal: &Terminal) -> Option<Epoch> {
    terminal.store.read(|r| r.sync_state()).unwrap().epoch
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_rolled_back_takes_a_new_install_and_loses_nothing() {
    let plant = Plant::open().await;
    let mut terminal = Terminal::at(&plant).await;
    terminal.stop();
    let copy = copy_of(&terminal);
    let mut first: Vec<EventId> = terminal.book(4);
    terminal.start();
    terminal.everything_is_at_the_plant().await;
    terminal.stop();
    let install = terminal.store.read(|r| r.install_id()).unwrap();
    drop(terminal);

    let mut rolled_back = Terminal::over(copy);
    assert_eq!(rolled_back.store.read(|r| r.install_id()).unwrap(), install);
    first.extend(rolled_back.book(6));
    rolled_back.start();
    rolled_back.everything_is_at_the_plant().await;
    assert_ne!(rolled_back.store.read(|r| r.install_id()).unwrap(), install);
    assert_eq!(plant.lines_of(&first).await, 10);
}

/// The terminal's folder as a clone of its disk would hold it.
pub fn copy_of(terminal: &Terminal) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(terminal.folder.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}
