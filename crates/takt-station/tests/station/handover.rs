//! Handing a shift over: one lead writes, another reads and scans the badge.

use takt_domain::{BootId, Quantity};
use takt_station::view::ReasonCount;
use takt_station::view::handover::Stage;
use takt_station::view::report::PadInput;
use takt_station::view::scan::{Screen, Tone};
use takt_store::sync_state::ClockMeasured;
use takt_wire::payload::{HandoverAcknowledged, HandoverItemKind, HandoverSubmitted};
use uuid::Uuid;

use super::floor::{Floor, pad};
use super::plant::*;

/// A shift with a count, a stop without a reason and a running job; the lead stands there.
pub fn worked() -> Floor {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.scan(&order_label("WO-24817"));
    floor.minutes(5);
    let scrap = vec![ReasonCount { reason: SURFACE, quantity: Quantity::from(2) }];
    floor.station.book(BRACKET, &PadInput { scrap, ..pad("24") }).unwrap();
    floor.station.machine_down(MILL, None).unwrap();
    floor.minutes(6);
    floor.station.machine_up(MILL, None).unwrap();
    floor.scan(BADGE_RUTH);
    floor
}

#[test]
fn the_numbers_write_themselves() {
    let floor = worked();
    let view = floor.station.handover().unwrap();
    assert_eq!((view.stage, view.shift.as_str(), view.next_shift.as_str()), (Stage::Draft, "Early", "Late"));
    assert_eq!((view.good, view.scrap, view.target), (24.into(), 2.into(), 960.into()));
    assert_eq!((view.down_seconds, view.stops), (360, 1));
    assert_eq!(view.down_by_reason[0].reason, None);
    assert_eq!(view.down_by_reason[0].stops, 1);
    assert_eq!(view.scrap_by_reason[0].reason, "Surface (de)");
    assert_eq!((view.hours.len(), view.hours[0].good), (8, 24.into()));
    assert_eq!((view.hours[0].mood.as_str(), view.hours[7].mood.as_str()), ("down", "future"));
    let kinds: Vec<_> = view.items.iter().map(|item| (item.kind, item.red)).collect();
    assert_eq!(
        kinds,
        [
            (HandoverItemKind::UnexplainedStops, true),
            (HandoverItemKind::OpenJob, false),
            (HandoverItemKind::Unsynced, false),
        ]
    );
    let oee = view.oee;
    assert_eq!(oee.quality_ratio, Some(24.0 / 26.0));
    assert!(view.refused.is_none() && view.records > 0);
}

#[test]
fn records_are_those_of_the_top_bar_and_of_this_shift_alone() {
    let floor = Floor::new();
    let measured = ClockMeasured {
        offset_ms: 3_600_000,
        round_trip_ms: 10,
        device_time: super::floor::start(),
        monotonic_ms: 0,
        boot_id: BootId(Uuid::from_u128(1)),
    };
    // The terminal's own clock is an hour ahead: what it calls six is five.
    floor.store.write(|w| w.set_clock(&measured)).unwrap();
    floor.minutes(60);
    floor.sign_in(BADGE_RUTH);
    let records = floor.station.handover().unwrap().records;
    assert_eq!((records, floor.frame().sync.on_terminal), (2, 2), "a sign-in and its scan");
    floor.pass(8 * 3_600);
    floor.sign_in(BADGE_RUTH);
    let view = floor.station.handover().unwrap();
    assert_eq!((view.shift.as_str(), floor.frame().shift.unwrap().name.as_str()), ("Late", "Late"));
    assert_eq!((view.records, floor.frame().sync.on_terminal), (3, 3), "also the sign-out that it ends with");
}

#[test]
fn what_is_undone_after_the_shift_change_is_taken_from_the_shift_that_booked_it() {
    let floor = Floor::new();
    floor.sign_in(BADGE_RUTH);
    floor.scan(&order_label("WO-24817"));
    floor.book(BRACKET, "6").unwrap();
    floor.pass(8 * 3_600 - 30);
    floor.sign_in(BADGE_RUTH);
    floor.book(BRACKET, "24").unwrap();
    floor.pass(30);
    floor.station.undo(floor.frame().undo.unwrap().booking).unwrap();
    let shift = floor.frame().shift.unwrap();
    assert_eq!((shift.name.as_str(), shift.good), ("Late", 0.into()));
    let early = floor.station.handover().unwrap();
    assert_eq!((early.shift.as_str(), early.good), ("Early", 6.into()));
    let hours: Vec<_> = early.hours.iter().map(|hour| hour.good).collect();
    assert_eq!((hours[0], hours[7]), (6.into(), 0.into()));
}

#[test]
fn a_lead_submits_and_another_takes_over_with_the_badge() {
    let floor = worked();
    floor.station.write_notes("Insert changed at 10:45").unwrap();
    let floor = floor.restart();
    assert_eq!(floor.station.handover().unwrap().notes, "Insert changed at 10:45");
    floor.station.submit_handover().unwrap();
    let submitted: HandoverSubmitted = floor.said().remove(0);
    assert_eq!((submitted.notes.as_str(), submitted.items.len()), ("Insert changed at 10:45", 3));
    assert_eq!(submitted.figures.down_by_reason, [(None, 360)]);
    let view = floor.station.handover().unwrap();
    let uid = view.uid.unwrap();
    assert_eq!((view.stage, view.refused.unwrap().code.as_str()), (Stage::Submitted, "same_person"));
    assert_eq!(floor.station.home().unwrap().handover_waiting.unwrap().red, 1);

    assert_eq!(floor.scan_at(BADGE_ANNA, &Screen::Handover).echo.code, "not_a_lead");
    let red = view.items.iter().find(|item| item.red).unwrap().uid;
    assert_eq!(floor.station.acknowledge_item(uid, red).unwrap_err().code, "same_person");
    assert_eq!(floor.scan_at(BADGE_RUTH, &Screen::Handover).echo.code, "same_person");

    assert_eq!(floor.scan_at(BADGE_LARS, &Screen::Handover).echo.code, "pin_wanted");
    floor.station.enter_pin("1357").unwrap();
    let echo = floor.frame().echo.unwrap();
    assert_eq!((floor.who(), echo.code.as_str(), echo.tone), (Some(LARS), "items_unread", Tone::Note));
    assert_eq!(echo.params["count"], "1");
    assert_eq!(floor.scan_at(BADGE_LARS, &Screen::Handover).echo.code, "items_unread");
    assert_eq!(floor.station.handover().unwrap().refused.unwrap().code, "items_unread");
    floor.station.acknowledge_item(uid, red).unwrap();
    let floor = floor.restart();
    let view = floor.station.handover().unwrap();
    assert!(view.items[0].acknowledged && view.refused.is_none(), "what was read stays read");
    let at_once = floor.station.scan_text(BADGE_LARS, "typed", &Screen::Handover).unwrap();
    assert_eq!((at_once.echo.code.as_str(), at_once.go), ("handover_acknowledged", None));
    assert_eq!(floor.who(), Some(LARS));
    let taken: HandoverAcknowledged = floor.said().remove(0);
    assert_eq!((taken.handover_uid, taken.items), (uid, vec![red]));
    let event = floor.events().into_iter().find(|event| event.kind == "handover_acknowledgement").unwrap();
    assert_eq!((event.actor, event.stream_key), (Some(LARS), Some(format!("handover:{uid}"))));
    let view = floor.station.handover().unwrap();
    assert_eq!((view.stage, view.taken_by.as_deref()), (Stage::Acknowledged, Some("Lars Keller")));
    assert_eq!(floor.station.submit_handover().unwrap_err().code, "handover_exists");
}

#[test]
fn nobody_reads_the_red_items_for_another() {
    let floor = worked();
    floor.station.submit_handover().unwrap();
    let view = floor.station.handover().unwrap();
    let (uid, red) = (view.uid.unwrap(), view.items[0].uid);
    floor.scan(BADGE_ANNA);
    assert_eq!(floor.station.acknowledge_item(uid, red).unwrap_err().code, "not_a_lead");
    let mut third = person(8, "Tina Third", "third", &["SUPERVISOR"], None);
    third["locale"] = serde_json::json!("en");
    put(&floor.store, "users", third, 0);
    assert_eq!(floor.scan_at("BG:third", &Screen::Handover).echo.code, "items_unread");
    floor.station.acknowledge_item(uid, red).unwrap();
    assert!(floor.station.handover().unwrap().items[0].acknowledged);
    floor.scan_at(BADGE_LARS, &Screen::Handover);
    floor.station.enter_pin("1357").unwrap();
    assert_eq!(floor.frame().echo.unwrap().code, "items_unread", "another lead's reading does not count");
    assert!(!floor.station.handover().unwrap().items[0].acknowledged);
    assert_eq!(floor.scan_at("BG:third", &Screen::Handover).echo.code, "handover_acknowledged");
    assert_eq!(floor.said::<HandoverAcknowledged>()[0].items, [red]);
}

#[test]
fn without_bad_news_the_first_badge_takes_over() {
    let floor = worked();
    let stop = floor.station.handover().unwrap().unexplained[0].uid;
    floor.station.explain_stop(stop, JAM).unwrap();
    floor.station.submit_handover().unwrap();
    assert_eq!(floor.scan_at(BADGE_LARS, &Screen::Handover).echo.code, "pin_wanted");
    floor.station.enter_pin("1357").unwrap();
    assert_eq!(floor.frame().echo.unwrap().code, "handover_acknowledged");
}

#[test]
fn only_a_lead_hands_over_and_a_stop_can_be_explained_right_there() {
    let floor = worked();
    floor.scan(BADGE_ANNA);
    assert_eq!(floor.station.handover().unwrap().refused.unwrap().code, "not_a_lead");
    assert_eq!(floor.station.submit_handover().unwrap_err().code, "not_a_lead");
    let stop = floor.station.handover().unwrap().unexplained[0].uid;
    floor.station.explain_stop(stop, JAM).unwrap();
    let view = floor.station.handover().unwrap();
    assert_eq!(view.down_by_reason[0].reason.as_deref(), Some("Jam (de)"));
    assert!(view.items.iter().all(|item| !item.red));
}

#[test]
fn a_locked_station_opens_first() {
    let floor = worked();
    floor.station.submit_handover().unwrap();
    floor.station.lock().unwrap();
    assert_eq!(floor.scan_at(BADGE_ANNA, &Screen::Handover).echo.code, "signed_in");
    assert_eq!(floor.who(), Some(ANNA));
}

#[test]
fn a_handover_of_another_terminal_can_be_taken_over_here() {
    let floor = Floor::new();
    let uid = uuid::Uuid::now_v7();
    let row = serde_json::json!({
        "id": 1, "uid": uid, "from_shift_id": 1, "from_shift_date": "2026-03-02", "to_shift_id": 2,
        "to_shift_date": "2026-03-02", "work_center_id": 3, "status": "SUBMITTED", "handed_over_by": 4,
        "handed_over_at": super::floor::start(), "items": [], "notes": "from the other door"});
    put(&floor.store, "shift_handovers", row, 0);
    let waiting = floor.station.home().unwrap().handover_waiting.unwrap();
    assert_eq!((waiting.by.as_str(), waiting.from_shift.as_str()), ("Lars Keller", "Early"));
    assert_eq!(floor.scan_at(BADGE_RUTH, &Screen::Handover).echo.code, "handover_acknowledged");
    assert_eq!(floor.said::<HandoverAcknowledged>()[0].handover_uid.0, uid);
}

#[test]
fn open_ncrs_are_the_areas_also_from_before_the_shift() {
    let floor = super::inspection::inspector();
    let full = super::inspection::fill(&floor, "25.040");
    floor.station.record_inspection(full.draft, None).unwrap();
    let own = floor.events().into_iter().find(|event| event.kind == "ncr").unwrap().event_id;
    let central = |id: i64, order: i64, status: &str, severity: &str| {
        serde_json::json!({"id": id, "uid": uuid::Uuid::now_v7(), "ncr_number": format!("NCR-{id}"),
            "severity": severity, "status": status, "work_order_id": order, "description": "Burr",
            "quantity_defective": "3", "detected_at": super::floor::start() - chrono::TimeDelta::days(3)})
    };
    for row in [
        central(1, 1, "OPEN", "MINOR"),
        central(2, 2, "IN_REVIEW", "MAJOR"),
        central(3, 1, "RESOLVED", "MAJOR"),
        central(4, 5, "OPEN", "CRITICAL"),
    ] {
        put(&floor.store, "ncrs", row, 0);
    }
    let listed = |floor: &Floor| -> Vec<(String, bool)> {
        let items = floor.station.handover().unwrap().items;
        let ncrs = items.into_iter().filter(|item| item.kind == HandoverItemKind::OpenNcr);
        let mut ncrs: Vec<_> = ncrs.map(|item| (item.reference.unwrap(), item.red)).collect();
        ncrs.sort();
        ncrs
    };
    let of_centre = [("NCR-1".to_owned(), false), ("NCR-2".to_owned(), true)];
    assert_eq!(listed(&floor).len(), 3, "the own one has no number yet");
    assert_eq!(listed(&floor)[1..], of_centre);
    floor.minutes(16 * 60);
    assert_eq!(listed(&floor).len(), 3, "not at the plant, so open whatever the shift");
    floor.all_acked();
    assert_eq!(listed(&floor), of_centre, "the centre has it and names it no more: it is closed");
    let mut numbered = central(9, 1, "OPEN", "CRITICAL");
    numbered["uid"] = serde_json::json!(own);
    put(&floor.store, "ncrs", numbered, 0);
    assert_eq!(listed(&floor).last().unwrap().0, "NCR-9");
}

#[test]
fn a_shift_with_very_many_open_ncrs_can_be_handed_over() {
    let floor = worked();
    for id in 1..=150 {
        let severity = if id == 150 { "CRITICAL" } else { "MINOR" };
        let row = serde_json::json!({"id": id, "uid": Uuid::now_v7(), "ncr_number": format!("NCR-{id}"),
            "severity": severity, "status": "OPEN", "work_order_id": 1, "description": "Grat ü ".repeat(700),
            "quantity_defective": "3", "detected_at": super::floor::start()});
        put(&floor.store, "ncrs", row, 0);
    }
    floor.station.submit_handover().unwrap();
    let submitted: HandoverSubmitted = floor.said().remove(0);
    let is_ncr = |item: &&takt_wire::payload::HandoverItem| item.kind == HandoverItemKind::OpenNcr;
    let ncrs: Vec<_> = submitted.items.iter().filter(is_ncr).collect();
    assert_eq!(ncrs.len(), 31);
    assert_eq!(ncrs[0].reference.as_deref(), Some("NCR-150"), "the worst comes first");
    assert_eq!(ncrs[30].figures["more"], 120);
    let view = floor.station.handover().unwrap();
    assert!(view.items.iter().any(|item| item.figures.get("more").is_some_and(|more| more == "120")));
}

#[test]
fn a_stop_the_centre_has_explained_is_not_unexplained() {
    let floor = Floor::new();
    floor.minutes(60);
    let mut mill = serde_json::json!({"id": 7, "plant_id": 1, "work_center_id": 3, "machine_code": "MILL-3",
        "machine_name": "MILL-3", "status": "DOWN", "status_since": super::floor::start(), "is_active": true});
    let unexplained = |floor: &Floor| {
        let items = floor.station.handover().unwrap().items;
        items.iter().any(|item| item.kind == HandoverItemKind::UnexplainedStops)
    };
    put(&floor.store, "machines", mill.clone(), 0);
    assert!(unexplained(&floor));
    mill["status_reason_id"] = serde_json::json!(JAM);
    put(&floor.store, "machines", mill, 0);
    assert!(!unexplained(&floor));
    let view = floor.station.handover().unwrap();
    assert_eq!(view.down_by_reason[0].reason.as_deref(), Some("Jam"));
}
