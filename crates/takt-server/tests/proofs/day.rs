//! A day at milling 3: every kind of event, through the server, so that every proof has rows to look at.

use serde_json::{Value, json};
use takt_domain::{EventId, MachineId, MachineStatus, ProductionEvent, Quantity, Severity, ShiftId};
use takt_server::db::Db;
use takt_wire::envelope::{Event, Lane};
use takt_wire::payload::{
    CodeScanned, HandoverAcknowledged, HandoverSubmitted, NcrDetailed, Payload, ProductionLogged, SignIn,
    StopExplained, stream,
};
use uuid::Uuid;

use crate::support::{Centre, Floor, Terminal, red_item};

/// The demo plant after that day.
pub async fn a_day() -> Centre {
    let centre = Centre::open().await;
    let mut terminal = Terminal::enrol(&centre).await;
    work(&centre, &mut terminal).await;
    lot(&centre).await;
    centre
}

/// What the terminal sends of that day.
pub async fn work(centre: &Centre, terminal: &mut Terminal) {
    let floor = Floor::of(centre).await;
    let mut events = production(centre, &floor, terminal).await;
    events.extend(stops(centre, &floor, terminal).await);
    events.extend(quality(centre, &floor, terminal).await);
    events.extend(handovers(centre, &floor, terminal).await);
    events.extend(audit(&floor, terminal));
    let answer = terminal.push(centre, events).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
}

/// As the server connects.
pub async fn application(centre: &Centre) -> Db {
    Db::connect(&centre.app_url(), 2).await.unwrap()
}

async fn production(centre: &Centre, floor: &Floor, terminal: &mut Terminal) -> Vec<Event> {
    let stream = floor.stream();
    let scrap = ProductionLogged {
        quantity_scrapped: Quantity::from(2),
        scrap_reason_id: Some(floor.reason(centre, "DIMENSION").await),
        ..floor.line(ProductionEvent::Output, 0)
    };
    let good = terminal.event(floor.operator, &stream, &floor.line(ProductionEvent::Output, 24));
    let correction = ProductionLogged {
        quantity_good: -Quantity::from(4),
        corrects: Some(good.event_id),
        ..floor.line(ProductionEvent::Correction, 0)
    };
    vec![
        good,
        terminal.event(floor.operator, &stream, &scrap),
        terminal.event(floor.operator, &stream, &correction),
    ]
}

async fn stops(centre: &Centre, floor: &Floor, terminal: &mut Terminal) -> Vec<Event> {
    let stream = floor.machine_stream();
    let down = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Down));
    let explained = StopExplained {
        machine_id: MachineId(floor.machine),
        status_uid: down.event_id,
        reason_id: floor.reason(centre, "TOOLING").await,
        notes: None,
    };
    let explained = terminal.event(floor.operator, &stream, &explained);
    vec![down, explained, terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Running))]
}

async fn quality(centre: &Centre, floor: &Floor, terminal: &mut Terminal) -> Vec<Event> {
    let uid = EventId(Uuid::now_v7());
    let stream = stream::inspection(uid);
    let log = floor.inspection(centre, &["25.004", "24.961", "24.998"]).await;
    let inspection = Event { event_id: uid, ..terminal.event(floor.inspector, &stream, &log) };
    let ncr = terminal.event(floor.inspector, &stream, &floor.ncr(centre, Some(uid)).await);
    let detail = NcrDetailed {
        ncr_uid: ncr.event_id,
        severity: Severity::Critical,
        defect_type_id: floor.reason(centre, "DIMENSIONAL").await,
        description: "Bore too small on piece 2".to_owned(),
        quantity_defective: Quantity::from(1),
    };
    vec![inspection, ncr, terminal.event(floor.inspector, &stream, &detail)]
}

/// Three shifts that end one after the other, each handed to the next; one of them twice.
async fn handovers(centre: &Centre, floor: &Floor, terminal: &mut Terminal) -> Vec<Event> {
    let worked: Vec<(i32, chrono::NaiveDate)> = sqlx::query_as(
        "select shift_id, business_date from shift_occurrences o join plants p on p.id = o.plant_id
         where plant_code = 'LYON' and is_worked and starts_at < now() order by starts_at desc limit 4",
    )
    .fetch_all(&centre.sql)
    .await
    .unwrap();
    let mut events = Vec::new();
    let template = floor.handover(centre, vec![red_item("NCR-1")], "Insert 4 changed").await;
    for pair in worked.windows(2).rev() {
        let submitted = HandoverSubmitted {
            from_shift_id: ShiftId(pair[1].0),
            from_shift_date: pair[1].1,
            to_shift_id: ShiftId(pair[0].0),
            to_shift_date: pair[0].1,
            ..template.clone()
        };
        events.push(terminal.event(floor.leads[0], &format!("handover:{}", events.len()), &submitted));
        if events.len() == 1 {
            events.push(terminal.event(floor.leads[0], "handover:again", &submitted));
        }
    }
    let taken = HandoverAcknowledged { handover_uid: events[0].event_id, items: Vec::new(), note: None };
    events.push(terminal.event(floor.leads[1], "handover:0", &taken));
    events
}

fn audit(floor: &Floor, terminal: &mut Terminal) -> Vec<Event> {
    let scan = json!({
        "scanned_value": "WO:WO-24821*BC7N", "symbology": "QR_CODE", "resolution": "RESOLVED", "purpose": "PRODUCTION",
        "entity_type": "work_order", "entity_id": floor.order, "input": "WEDGE", "work_order_id": floor.order,
    });
    let mut queue =
        |kind: &str, payload: Value| terminal.queue(Lane::Audit, kind, floor.operator, "", payload);
    vec![
        queue(CodeScanned::KIND, scan),
        queue(SignIn::KIND, json!({"action": "LOGIN", "user_id": floor.operator})),
    ]
}

/// Stock that came and partly went.
async fn lot(centre: &Centre) {
    centre
        .script(
            "begin;
             insert into lot_batches (organization_id, plant_id, lot_number, material_id, source_type, initial_quantity,
               current_quantity, unit_id)
             select m.organization_id, p.id, 'LOT-77', m.id, 'PURCHASED', 100, 60, m.base_unit_id
             from materials m join plants p on p.organization_id = m.organization_id and p.plant_code = 'LYON'
             order by m.id limit 1;
             insert into genealogy_records (organization_id, occurred_at, lot_batch_id, operation_type, quantity_change)
             select organization_id, now(), id, 'RECEIVED', 100 from lot_batches
             union all select organization_id, now(), id, 'CONSUMED', -40 from lot_batches;
             commit",
        )
        .await;
}
