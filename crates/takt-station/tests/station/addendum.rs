//! What is handed over twice is added, and what nobody acknowledged is carried on.

use serde_json::json;
use takt_domain::EventId;
use takt_station::view::handover::{HandoverView, Stage};
use takt_station::view::scan::Screen;
use takt_wire::payload::{HandoverAcknowledged, HandoverItemKind as Kind, HandoverSubmitted};

use super::floor::{Floor, start};
use super::handover::worked;
use super::plant::*;

fn view(floor: &Floor) -> HandoverView {
    floor.station.handover().unwrap()
}

/// The items on the screen: kind, red, carried.
fn items(floor: &Floor) -> Vec<(Kind, bool, bool)> {
    view(floor).items.iter().map(|item| (item.kind, item.red, item.carried)).collect()
}

/// Lars reads every red item and takes over.
fn taken_by_lars(floor: &Floor) {
    floor.scan_at(BADGE_LARS, &Screen::Handover);
    floor.station.enter_pin("1357").unwrap();
    let it = view(floor);
    for item in it.items.iter().filter(|item| item.red) {
        floor.station.acknowledge_item(it.uid.unwrap(), item.uid).unwrap();
    }
    assert_eq!(floor.scan_at(BADGE_LARS, &Screen::Handover).echo.code, "handover_acknowledged");
}

#[test]
fn a_second_submission_of_a_shift_is_added_to_the_first() {
    let floor = worked();
    floor.station.write_notes("Use L-0934").unwrap();
    floor.station.submit_handover().unwrap();
    let addendum = view(&floor).addendum.unwrap();
    assert_eq!((addendum.notes.as_str(), addendum.items.len()), ("", 0), "nothing is said twice");
    assert_eq!(floor.station.submit_handover().unwrap_err().code, "handover_exists", "the same tap again");

    floor.station.machine_down(MILL, None).unwrap();
    floor.pass(60);
    floor.station.write_notes("And the caliper is gone").unwrap();
    let floor = floor.restart();
    let addendum = view(&floor).addendum.unwrap();
    assert_eq!((addendum.notes.as_str(), addendum.items.len()), ("And the caliper is gone", 1));
    assert_eq!(addendum.items[0].kind, Kind::MachineDown);
    floor.station.submit_handover().unwrap();
    assert_eq!(floor.frame().echo.unwrap().code, "handover_added");

    let said: Vec<HandoverSubmitted> = floor.said();
    assert_eq!((said.len(), said[1].items.len(), said[1].notes.as_str()), (2, 1, "And the caliper is gone"));
    assert_eq!(
        (said[1].from_shift_id, said[1].from_shift_date, said[1].to_shift_id),
        (said[0].from_shift_id, said[0].from_shift_date, said[0].to_shift_id)
    );
    let uid = view(&floor).uid.unwrap();
    let events = floor.events().into_iter().filter(|event| event.kind == "handover");
    let streams: Vec<_> = events.map(|event| event.stream_key.unwrap()).collect();
    assert_eq!(streams, [format!("handover:{uid}"), format!("handover:{uid}")], "it cannot come first");
    let it = view(&floor);
    assert_eq!((it.stage, it.added.len(), it.added[0].by.as_str()), (Stage::Submitted, 1, "Ruth Braun"));
    assert_eq!(it.notes, "Use L-0934\n\nAnd the caliper is gone");
    assert_eq!(items(&floor).iter().filter(|(_, red, _)| *red).count(), 2);
    taken_by_lars(&floor);
    let taken: HandoverAcknowledged = floor.said().remove(0);
    assert_eq!((taken.handover_uid, taken.items.len()), (uid, 2));
}

#[test]
fn only_a_lead_may_add() {
    let floor = worked();
    floor.station.submit_handover().unwrap();
    floor.scan(BADGE_ANNA);
    assert_eq!(view(&floor).addendum, None);
    floor.station.write_notes("me too").unwrap();
    assert_eq!(floor.station.submit_handover().unwrap_err().code, "not_a_lead");
}

#[test]
fn what_is_added_after_the_takeover_goes_on_to_the_next_handover() {
    let floor = worked();
    floor.station.submit_handover().unwrap();
    taken_by_lars(&floor);
    floor.station.machine_down(MILL, Some(JAM)).unwrap();
    floor.pass(60);
    floor.station.write_notes("Spindle got hot").unwrap();
    let it = view(&floor);
    assert_eq!((it.stage, it.addendum.unwrap().items.len()), (Stage::Acknowledged, 1));
    floor.station.submit_handover().unwrap();
    let uid = view(&floor).uid;
    assert_eq!(view(&floor).stage, Stage::Acknowledged, "who took it over has taken it over");

    floor.minutes(8 * 60);
    floor.sign_in(BADGE_RUTH);
    let it = view(&floor);
    assert_eq!((it.stage, it.shift.as_str()), (Stage::Draft, "Late"));
    let carried = || {
        let all = items(&floor).into_iter().filter(|(_, _, carried)| *carried);
        all.map(|(kind, red, _)| (kind, red)).collect::<Vec<_>>()
    };
    assert_eq!(carried(), [(Kind::MachineDown, true), (Kind::Note, false)]);
    let downs = items(&floor).iter().filter(|(kind, ..)| *kind == Kind::MachineDown).count();
    assert_eq!(downs, 1, "it writes itself again and is the same");
    floor.station.machine_up(MILL, None).unwrap();
    assert_eq!(carried(), [(Kind::Note, false)], "what is over is not carried");
    floor.station.submit_handover().unwrap();
    let said: HandoverSubmitted = floor.said().pop().unwrap();
    let note = said.items.iter().find(|item| item.kind == Kind::Note).unwrap();
    assert_eq!((note.text.as_deref(), note.carried_from), (Some("Spindle got hot"), uid));
}

#[test]
fn a_handover_that_nobody_took_goes_on_whole_once_nobody_will() {
    let floor = worked();
    floor.station.write_notes("Watch the coolant").unwrap();
    floor.station.submit_handover().unwrap();
    let uid = view(&floor).uid;
    floor.minutes(9 * 60);
    floor.sign_in(BADGE_RUTH);
    assert_eq!(view(&floor).stage, Stage::Submitted, "the late lead may still come");
    floor.minutes(4 * 60);
    floor.sign_in(BADGE_RUTH);
    let it = view(&floor);
    assert_eq!((it.stage, it.shift.as_str()), (Stage::Draft, "Late"), "she leads on herself");
    let carried: Vec<_> = it.items.iter().filter(|item| item.carried).collect();
    let kinds: Vec<_> = carried.iter().map(|item| (item.kind, item.red)).collect();
    assert_eq!(kinds, [(Kind::UnexplainedStops, true), (Kind::Note, false)]);
    floor.station.explain_stop(it.unexplained[0].uid, JAM).unwrap();
    floor.station.submit_handover().unwrap();
    let said: HandoverSubmitted = floor.said().pop().unwrap();
    let carried: Vec<_> = said.items.iter().filter(|item| item.carried_from.is_some()).collect();
    assert_eq!(carried.len(), 1, "the stop has its reason now");
    assert_eq!((carried[0].text.as_deref(), carried[0].carried_from), (Some("Watch the coolant"), uid));
}

#[test]
fn an_addendum_to_another_terminals_handover_comes_back_once() {
    let floor = Floor::new();
    let theirs = EventId(uuid::Uuid::now_v7());
    let mut row = json!({
        "id": 1, "uid": theirs, "from_shift_id": 1, "from_shift_date": "2026-03-02", "to_shift_id": 2,
        "to_shift_date": "2026-03-02", "work_center_id": 3, "status": "SUBMITTED", "handed_over_by": 4,
        "handed_over_at": start(), "items": [], "notes": "from the other door"});
    put(&floor.store, "shift_handovers", row.clone(), 0);
    floor.sign_in(BADGE_RUTH);
    floor.station.write_notes("and from this one").unwrap();
    floor.station.submit_handover().unwrap();
    let own = floor.events().into_iter().find(|event| event.kind == "handover").unwrap();
    assert_eq!(own.stream_key, Some(format!("handover:{theirs}")));
    let both = "from the other door\n\nand from this one";
    assert_eq!((view(&floor).notes.as_str(), view(&floor).added.len()), (both, 1));
    row["notes"] = json!(both);
    row["addenda"] =
        json!([{"event_id": own.event_id, "by": 3, "at": floor.now(), "text": "and from this one"}]);
    put(&floor.store, "shift_handovers", row, 0);
    assert_eq!((view(&floor).notes.as_str(), view(&floor).added.len()), (both, 1));
    assert_eq!(floor.scan_at(BADGE_RUTH, &Screen::Handover).echo.code, "handover_acknowledged");
}
