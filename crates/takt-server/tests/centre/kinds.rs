//! Each kind of event becomes the rows it stands for.

use serde_json::json;
use takt_domain::Severity;
use takt_domain::{EventId, MachineId, MachineStatus, ProductionEvent, Quantity};
use takt_wire::envelope::Lane;
use takt_wire::payload::{
    CodeScanned, HandoverAcknowledged, NcrDetailed, Payload, ProductionLogged, SignIn, StopExplained, stream,
};

use crate::support::{Centre, Floor, Terminal, red_item};

#[tokio::test]
async fn production_moves_orders_and_counts() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let reason = floor.reason(&centre, "DIMENSION").await;
    let output = floor.line(ProductionEvent::Output, 24);
    let scrap = ProductionLogged {
        quantity_scrapped: Quantity::from(2),
        scrap_reason_id: Some(reason),
        ..floor.line(ProductionEvent::Output, 0)
    };
    let stream = floor.stream();
    let start = terminal.event(floor.operator, &stream, &floor.line(ProductionEvent::Start, 0));
    let good = terminal.event(floor.operator, &stream, &output);
    let undo = ProductionLogged {
        quantity_good: -Quantity::from(24),
        corrects: Some(good.event_id),
        ..floor.line(ProductionEvent::Correction, 0)
    };
    let events = vec![
        start,
        good,
        terminal.event(floor.operator, &stream, &scrap),
        terminal.event(floor.operator, &stream, &undo),
        terminal.event(floor.operator, &stream, &floor.line(ProductionEvent::Pause, 0)),
        terminal.event(floor.operator, &stream, &floor.line(ProductionEvent::Output, 10)),
    ];
    let answer = terminal.push(&centre, events).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let state = centre
        .text("select concat_ws(' ', w.status, o.status, o.completed_quantity::real, o.scrapped_quantity::real, w.completed_quantity::real,
                 w.scrapped_quantity::real, w.actual_start is not null)
               from work_order_operations o join work_orders w on w.id = o.work_order_id
               where work_order_number = 'WO-24821' and operation_number = 10")
        .await;
    assert_eq!(state, "IN_PROGRESS IN_PROGRESS 10 2 0 2 t");
    let corrected = "select count(*) from production_logs c join production_logs o on o.uid = c.corrects_uid
                     and o.logged_at = c.corrects_at where c.event_type = 'CORRECTION'";
    assert_eq!(centre.count(corrected).await, 1);
    let stamped = "select count(*) from production_logs l join shift_occurrences s on s.shift_id = l.shift_id
                   and s.business_date = l.shift_date and l.logged_at >= s.starts_at and l.logged_at < s.ends_at
                   where l.device_id is not null and l.time_quality = 'SYNCED' and l.device_time is not null";
    assert_eq!(centre.count(stamped).await, 6);
}

#[tokio::test]
async fn a_counter_entry_belongs_to_the_shift_of_what_it_corrects() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut good = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 24));
    good.device_time -= chrono::TimeDelta::minutes(510);
    good.monotonic_ms -= 510 * 60_000;
    let undo =
        ProductionLogged { corrects: Some(good.event_id), ..floor.line(ProductionEvent::Correction, -24) };
    let undo = terminal.event(floor.operator, &floor.stream(), &undo);
    assert!(terminal.push(&centre, vec![good, undo]).await.verdicts.is_empty());
    let same = "select count(*) from production_logs c join production_logs o on o.uid = c.corrects_uid
                where c.logged_at - o.logged_at > interval '8 hours'
                  and (c.shift_id, c.shift_date) is not distinct from (o.shift_id, o.shift_date)";
    assert_eq!(centre.count(same).await, 1);
}

#[tokio::test]
async fn machine_periods_follow_each_other_and_late_ones_are_fitted_in() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let stream = floor.machine_stream();
    let mut down = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Down));
    let mut up = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Running));
    for (event, minutes) in [(&mut down, 200), (&mut up, 190)] {
        event.device_time -= chrono::TimeDelta::minutes(minutes);
        event.monotonic_ms -= minutes * 60_000;
    }
    let mut same = up.clone();
    same.event_id = EventId(uuid::Uuid::now_v7());
    same.seq = 3;
    same.payload["status"] = json!("IDLE");
    let explain = StopExplained {
        machine_id: MachineId(floor.machine),
        status_uid: down.event_id,
        reason_id: floor.reason(&centre, "TOOLING").await,
        notes: Some("insert broke".to_owned()),
    };
    terminal.event(0, &stream, &explain);
    let explained = terminal.event(floor.operator, &stream, &explain);
    let now = terminal.event(floor.operator, &stream, &floor.state(MachineStatus::Setup));
    let answer = terminal.push(&centre, vec![down, up, same, explained, now]).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);

    let overlaps = "select count(*) from machine_status_history a join machine_status_history b
                    on a.machine_id = b.machine_id and a.id < b.id and a.period && b.period";
    assert_eq!(centre.count(overlaps).await, 0);
    let open = "select count(*) from machine_status_history h join machines m on m.id = h.machine_id
                where h.ended_at is null and m.machine_code = 'MILL-3' and h.status = 'SETUP' and m.status = 'SETUP'";
    assert_eq!(centre.count(open).await, 1);
    let stop = "select count(*) from machine_status_history where status = 'DOWN' and explained_by is not null
                and reason_id is not null and notes = 'insert broke' and ended_at - started_at between interval '599 s' and interval '601 s'";
    assert_eq!(centre.count(stop).await, 1);
    assert_eq!(centre.count("select count(*) from machine_status_history where isempty(period)").await, 0);
}

#[tokio::test]
async fn an_inspection_brings_its_readings_and_its_report() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let log = floor.inspection(&centre, &["25.004", "24.961", "24.998"]).await;
    let uid = EventId(uuid::Uuid::now_v7());
    let mut inspection = terminal.event(floor.inspector, &stream::inspection(uid), &log);
    inspection.event_id = uid;
    let ncr = terminal.event(floor.inspector, &stream::inspection(uid), &floor.ncr(&centre, Some(uid)).await);
    let detail = NcrDetailed {
        ncr_uid: ncr.event_id,
        severity: Severity::Critical,
        defect_type_id: floor.reason(&centre, "DIMENSIONAL").await,
        description: "Bore too small on piece 2".to_owned(),
        quantity_defective: Quantity::from(2),
    };
    let detailed = terminal.event(floor.inspector, &stream::inspection(uid), &detail);
    let answer = terminal.push(&centre, vec![inspection, ncr, detailed]).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let readings = "select count(*) from inspection_measurements m join inspection_logs l on l.id = m.inspection_log_id
                    where l.device_id is not null and l.result = 'FAIL' and m.measured_value between 24.96 and 25.005";
    assert_eq!(centre.count(readings).await, 3);
    let report = "select count(*) from ncrs n join inspection_logs l on l.id = n.inspection_log_id
                  where n.severity = 'CRITICAL' and n.quantity_defective = 2 and n.ncr_number ~ '^NCR-[0-9]{7}$'";
    assert_eq!(centre.count(report).await, 1);
}

#[tokio::test]
async fn a_handover_is_one_however_often_it_is_submitted() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let (first, second) = (red_item("NCR-2600001"), red_item("NCR-2600002"));
    let submit = floor.handover(&centre, vec![first.clone()], "Insert 4 changed").await;
    let add = floor.handover(&centre, vec![first.clone(), second.clone()], "And the caliper is gone").await;
    let stream_of = |uid| stream::handover(uid);
    let one = terminal.event(floor.leads[0], "handover:1", &submit);
    let two = terminal.event(floor.leads[0], "handover:2", &add);
    // The addendum's own id names the same handover.
    let seen = HandoverAcknowledged {
        handover_uid: two.event_id,
        items: vec![first.uid, second.uid],
        note: Some("seen".to_owned()),
    };
    let ack = terminal.event(floor.leads[1], &stream_of(two.event_id), &seen);
    let answer = terminal.push(&centre, vec![one, two, ack]).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let handover = "select concat_ws(' ', count(*), min(status), min(jsonb_array_length(items)), min(jsonb_array_length(addenda)),
                      bool_and(figures ->> 'records' = '7'), bool_and(production_summary like 'Insert 4%gone'),
                      min((select count(*) from jsonb_array_elements(items) i where i ? 'acknowledged_at')))
                    from shift_handovers";
    assert_eq!(centre.text(handover).await, "1 ACKNOWLEDGED 2 1 t t 2");
}

#[tokio::test]
async fn scans_and_sign_ins_are_kept() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let scan = json!({
        "scanned_value": "WO:WO-24821*BC7N", "symbology": "AZTEC", "resolution": "RESOLVED", "entity_type": "work_order",
        "entity_id": floor.order, "purpose": "PRODUCTION", "input": "WEDGE", "decode_ms": 4, "work_order_id": floor.order,
    });
    let odd = json!({"scanned_value": "4006381333931", "resolution": "RESOLVED", "purpose": "LOOKUP", "input": "MANUAL"});
    let mut login = terminal.queue(
        Lane::Audit,
        SignIn::KIND,
        floor.operator,
        "",
        json!({"action": "LOGIN", "user_id": floor.operator}),
    );
    let scans = [scan, odd]
        .map(|payload| terminal.queue(Lane::Audit, CodeScanned::KIND, floor.operator, "", payload));
    let mut failed = terminal.queue(
        Lane::Audit,
        SignIn::KIND,
        0,
        "",
        json!({"action": "LOGIN_FAILED", "error": "unknown_badge"}),
    );
    failed.actor = None;
    login.actor = None;
    let events = vec![login, scans[0].clone(), scans[1].clone(), failed];
    let answer = terminal.push(&centre, events).await;
    assert!(answer.verdicts.is_empty(), "{:?}", answer.verdicts);
    let scans = "select string_agg(concat_ws(' ', symbology, resolution, purpose, input), ', ' order by device_seq) from qr_code_scans";
    assert_eq!(centre.text(scans).await, "OTHER RESOLVED PRODUCTION WEDGE, PARTIAL LOOKUP MANUAL");
    let signs =
        "select string_agg(concat_ws(' ', action, severity, success, error_message), ', ' order by action)
                 from audit_logs where device_id is not null and table_name = 'users'";
    assert_eq!(centre.text(signs).await, "LOGIN INFO t, LOGIN_FAILED WARNING f unknown_badge");
}
