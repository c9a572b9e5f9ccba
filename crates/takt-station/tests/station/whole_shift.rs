//! A whole shift without a network: what people see, and what waits for the plant.

use takt_station::view::frame::{Link, Phase};
use takt_station::view::handover::Stage;
use takt_station::view::records::RecordFilter;
use takt_station::view::scan::Screen;
use takt_wire::payload::Payload;

use super::inspection::{fill, inspector};
use super::plant::*;

#[test]
fn one_shift_offline_is_kept_whole_and_in_order() {
    let floor = inspector();
    let full = fill(&floor, "25.040");
    floor.station.record_inspection(full.draft, None).unwrap();
    floor.scan(BADGE_ANNA);
    floor.scan(&order_label("WO-24817"));
    floor.minutes(30);
    assert_eq!(floor.station.machine_down(MILL, Some(JAM)).unwrap_err().code, "not_signed_in");
    floor.scan(BADGE_ANNA);
    floor.station.machine_down(MILL, Some(JAM)).unwrap();
    let floor = floor.restart();
    floor.minutes(4);
    floor.station.machine_up(MILL, None).unwrap();
    floor.scan("CMD:GOOD:24");
    let undo = floor.frame().undo.unwrap();
    let floor = floor.restart();
    assert_eq!(floor.frame().undo.unwrap(), undo, "an undo survives a restart");
    floor.station.undo(undo.booking).unwrap();
    floor.scan("CMD:GOOD:24");
    floor.scan("CMD:PAUSE");
    floor.scan(BADGE_RUTH);
    let draft = floor.station.handover().unwrap();
    assert_eq!((draft.stage, draft.good), (Stage::Draft, 74.into()));
    floor.station.submit_handover().unwrap();
    let view = floor.station.handover().unwrap();
    floor.scan_at(BADGE_LARS, &Screen::Handover);
    floor.station.enter_pin("1357").unwrap();
    for item in view.items.iter().filter(|item| item.red) {
        floor.station.acknowledge_item(view.uid.unwrap(), item.uid).unwrap();
    }
    floor.scan_at(BADGE_LARS, &Screen::Handover);
    assert_eq!(floor.station.handover().unwrap().stage, Stage::Acknowledged);

    let frame = floor.frame();
    let events = floor.events();
    assert_eq!(frame.sync.unsent as usize, events.len());
    assert_eq!((frame.sync.on_terminal as usize, frame.sync.at_plant), (events.len(), 0));
    assert_eq!((frame.sync.link, frame.phase), (Link::Offline, Phase::Open));
    for lane in [1_u8, 2] {
        let seqs: Vec<i64> =
            events.iter().filter(|event| u8::from(event.lane) == lane).map(|event| event.seq).collect();
        assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>(), "lane {lane} is dense");
    }
    for event in &events {
        assert_eq!(event.stream_key.is_none(), u8::from(event.lane) == 2, "{}", event.kind);
    }

    floor.all_acked();
    let sync = floor.frame().sync;
    assert_eq!((sync.unsent, sync.at_plant), (0, sync.on_terminal));
}

#[test]
fn every_record_has_its_ticks_and_words() {
    let floor = inspector();
    let full = fill(&floor, "25.040");
    floor.station.record_inspection(full.draft, None).unwrap();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = floor.station.records(RecordFilter::Unsent, before).unwrap();
        seen.extend(page.records);
        before = page.before;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), floor.events().len());
    let of = |kind: &str| seen.iter().find(|record| record.kind == kind).unwrap();
    let booked = seen.iter().find(|record| record.params.get("event").is_some_and(|event| event == "OUTPUT"));
    let booked = booked.unwrap();
    assert_eq!((booked.params["order"].as_str(), booked.params["good"].as_str()), ("WO-24817", "50"));
    assert_eq!((booked.by.as_deref(), booked.at_plant, booked.in_erp), (Some("Anna Meyer"), false, None));
    assert_eq!(of("machine_status").params["machine"], "MILL-3");
    assert_eq!(of("inspection").params["result"], "FAIL");
    assert_eq!(of("ncr").params["order"], "WO-24817");
    assert_eq!(of("sign_in").params["name"], "Quinn Quality");
    assert!(!of("scan").params.contains_key("value"), "a badge's hash is not shown");
    assert!(floor.station.records(RecordFilter::Problems, None).unwrap().records.is_empty());
    assert_eq!(takt_wire::payload::SignIn::KIND, "sign_in");
}

#[test]
fn the_frame_says_where_when_and_how_far() {
    let floor = inspector();
    floor.minutes(235);
    let frame = floor.frame();
    let place = frame.place.unwrap();
    assert_eq!((place.work_center_name.as_str(), place.zone.as_str()), ("Milling 3", "Europe/Paris"));
    let shift = frame.shift.unwrap();
    assert_eq!((shift.name.as_str(), shift.good, shift.target), ("Early", 50.into(), 960.into()));
    assert!((shift.elapsed_ratio - 0.49).abs() < 0.01);
    assert!((shift.attained_ratio.unwrap() - 50.0 / 960.0).abs() < 1e-12);
    let revision = floor.frame().revision;
    floor.scan(BADGE_ANNA);
    assert!(floor.frame().revision > revision);
}
