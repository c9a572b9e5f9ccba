//! Nobody sees or touches what is another tenant's, or another plant's.

use takt_domain::{MachineId, MachineStatus, OperationId, ProductionEvent, WorkOrderId};
use takt_wire::payload::{MachineStatusChanged, ProductionLogged};
use takt_wire::push::Verdict;

use crate::support::{Centre, Floor, Terminal};

#[tokio::test]
async fn a_terminal_pulls_only_its_own_plant() {
    let centre = Centre::open().await;
    let rival = Terminal::redeem(&centre, &centre.code_for("RIVALE", "HAUPT", "FRAESEN", None).await).await;
    let (rows, _) = rival.pull(&centre, None, 500).await;
    let orders: Vec<_> = rows.iter().filter(|row| row.tbl == "work_orders").collect();
    assert_eq!(orders.len(), 1);
    let text = serde_json::to_string(&rows).unwrap();
    for word in ["NORDWERK", "Nordwerk", "Camille", "BRK-2040", "demo.codes"] {
        assert!(!text.contains(word), "{word} was shown to a rival");
    }
    let mty =
        Terminal::redeem(&centre, &centre.code_for("NORDWERK", "MTY", "CNC-CELL", Some("CNC-1")).await).await;
    let (rows, _) = mty.pull(&centre, None, 500).await;
    let text = serde_json::to_string(&rows).unwrap();
    assert!(text.contains("WO-30110") && text.contains("Diego"));
    for word in ["WO-24825", "Jonas", "TURN-1", "Ralf"] {
        assert!(!text.contains(word), "{word} was shown to another plant");
    }
}

#[tokio::test]
async fn a_terminal_cannot_book_on_another_plant_or_tenant() {
    let centre = Centre::open().await;
    let floor = Floor::of(&centre).await;
    let mut mty =
        Terminal::redeem(&centre, &centre.code_for("NORDWERK", "MTY", "CNC-CELL", None).await).await;
    let mut rival =
        Terminal::redeem(&centre, &centre.code_for("RIVALE", "HAUPT", "FRAESEN", None).await).await;
    let (sofia, ralf) = (
        centre.id("select id from users where employee_number = '2002'").await,
        centre.id("select id from users where employee_number = '1'").await,
    );
    let state = floor.state(MachineStatus::Down);
    let line = floor.line(ProductionEvent::Output, 1);
    for (terminal, actor) in [(&mut mty, sofia), (&mut rival, ralf)] {
        let events = vec![terminal.event(actor, "m", &state), terminal.event(actor, "o", &line)];
        let answer = terminal.push(&centre, events).await;
        assert_eq!(answer.verdicts.len(), 2);
        for told in &answer.verdicts {
            assert_eq!(
                (told.verdict, told.code.as_deref()),
                (Verdict::Quarantined, Some("UNKNOWN_REFERENCE"))
            );
        }
    }
    assert_eq!(centre.count("select count(*) from production_logs where device_id is not null").await, 0);
    assert_eq!(
        centre.count("select count(*) from machine_status_history where device_id is not null").await,
        0
    );
    let order = centre.id("select id from work_orders where work_order_number = 'WO-30110'").await;
    let step = centre.id("select o.id from work_order_operations o join work_orders w on w.id = o.work_order_id where work_order_number = 'WO-30110' and operation_number = 10").await;
    let cnc = centre.id("select id from machines where machine_code = 'CNC-1'").await;
    let own = ProductionLogged {
        work_order_id: WorkOrderId(order),
        operation_id: OperationId(step),
        machine_id: Some(MachineId(cnc)),
        ..line
    };
    let own_state = MachineStatusChanged { machine_id: MachineId(cnc), ..state };
    let events = vec![mty.event(sofia, "own", &own), mty.event(sofia, "own-m", &own_state)];
    assert!(mty.push(&centre, events).await.verdicts.is_empty());
}

#[tokio::test]
async fn the_application_role_sees_nothing_without_a_tenant() {
    let centre = Centre::open().await;
    let db = takt_server::db::Db::connect(&centre.app_url(), 2).await.unwrap();
    let tx = db.anonymous().await.unwrap();
    tx.rollback().await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from work_orders")
        .fetch_one(&sqlx::PgPool::connect(&centre.app_url()).await.unwrap())
        .await
        .unwrap();
    assert_eq!(seen, 0);
}
