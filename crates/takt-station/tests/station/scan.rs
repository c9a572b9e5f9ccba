//! The scan bus: what a code means by its kind and the screen.

use takt_station::view::scan::{Screen, Stroke, Tone};
use takt_wire::payload::{CodeScanned, MachineStatusChanged, ProductionLogged, ScanResolution};

use super::floor::Floor;
use super::plant::*;
use super::sheet::sheet;

fn signed_in() -> Floor {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor
}

fn last_scan(floor: &Floor) -> CodeScanned {
    floor.said::<CodeScanned>().pop().unwrap()
}

#[test]
fn one_scan_starts_the_order_and_the_next_opens_its_report() {
    let floor = signed_in();
    let answer = floor.scan(&order_label("WO-24817"));
    assert_eq!((answer.echo.code.as_str(), answer.go), ("order_started", None));
    let scan = last_scan(&floor);
    assert_eq!((scan.purpose.as_str(), scan.resolution), ("PRODUCTION", ScanResolution::Resolved));
    assert_eq!((scan.entity_type.as_deref(), scan.entity_id), (Some("work_order"), Some(1)));
    let answer = floor.scan(&order_label("WO-24817"));
    assert_eq!(answer.echo.code, "order_opened");
    assert_eq!(answer.go, Some(Screen::Report { operation: BRACKET }));
}

#[test]
fn what_blocks_an_order_is_said() {
    let floor = signed_in();
    for (label, code) in [
        (order_label("WO-24830"), "predecessor_open"),
        (order_label("WO-24840"), "order_planned"),
        (order_label("WO-24850"), "other_work_center"),
        (order_label("WO-24860"), "order_closed"),
        (operation_label("WO-24830", 10), "other_work_center"),
        (operation_label("WO-24817", 99), "unknown_code"),
        (order_label("WO-99999"), "unknown_code"),
        ("4006381333931".to_owned(), "unknown_code"),
    ] {
        let echo = floor.echo(&label);
        assert_eq!((echo.code.as_str(), echo.tone), (code, Tone::Bad), "{label}");
        assert_eq!(last_scan(&floor).error.as_deref(), Some(code));
    }
    assert!(floor.said::<ProductionLogged>().is_empty());
    assert_eq!(floor.echo(&order_label("WO-24830")).params["expected"], "10 Step 10");
    assert_eq!(floor.echo(&order_label("WO-24850")).params["work_center"], "Wash 1");
}

#[test]
fn a_repeated_scan_is_one_scan() {
    let floor = signed_in();
    floor.scan(&order_label("WO-24817"));
    floor.scan("CMD:GOOD:24");
    floor.pass(2);
    let again = floor.station.scan_text("CMD:GOOD:24", "typed", &Screen::Home).unwrap();
    assert_eq!((again.echo.code.as_str(), again.echo.tone), ("repeated_scan", Tone::Note));
    assert_eq!(last_scan(&floor).resolution, ScanResolution::Duplicate);
    assert_eq!(floor.said::<ProductionLogged>().len(), 2);
    floor.scan("CMD:GOOD:24");
    assert_eq!(floor.said::<ProductionLogged>().len(), 3);
}

#[test]
fn a_repetition_does_not_put_off_the_next_scan() {
    let floor = signed_in();
    floor.scan(&order_label("WO-24817"));
    let codes = (0..4).map(|_| {
        floor.pass(2);
        floor.station.scan_text("CMD:GOOD:24", "typed", &Screen::Home).unwrap().echo.code
    });
    assert_eq!(codes.collect::<Vec<_>>(), ["good_booked", "repeated_scan", "good_booked", "repeated_scan"]);
}

#[test]
fn a_refused_scan_may_be_tried_again_at_once() {
    let floor = Floor::new();
    assert_eq!(floor.echo(&order_label("WO-24817")).code, "not_signed_in");
    let at_once = floor.station.scan_text(&order_label("WO-24817"), "typed", &Screen::Home).unwrap();
    assert_eq!(at_once.echo.code, "not_signed_in");
    assert_eq!(last_scan(&floor).resolution, ScanResolution::Error);
}

#[test]
fn command_cards_do_what_buttons_do() {
    let floor = signed_in();
    assert_eq!(floor.echo("CMD:GOOD:24").code, "no_job_here");
    floor.scan(&order_label("WO-24817"));
    for (card, code) in [
        ("CMD:GOOD:24", "good_booked"),
        ("CMD:UNDO", "booking_undone"),
        ("CMD:UNDO", "nothing_to_undo"),
        ("CMD:DOWN", "machine_down"),
        ("CMD:UP", "machine_up"),
        ("CMD:PAUSE", "order_paused"),
        ("CMD:PAUSE", "not_running"),
        ("CMD:GOOD:99999", "large_unconfirmed"),
        ("CMD:FINISH", "order_finished"),
        ("CMD:DANCE", "command_unknown"),
    ] {
        assert_eq!(floor.echo(card).code, code, "{card}");
    }
    assert_eq!(floor.said::<MachineStatusChanged>().len(), 5);
    assert_eq!(floor.scan("CMD:RECORDS").go, Some(Screen::Records));
    assert_eq!(floor.scan("CMD:HANDOVER").go, Some(Screen::Handover));
    assert_eq!(floor.echo("CMD:LOCK").code, "signed_out");
    assert!(floor.who().is_none());
}

#[test]
fn machines_lots_and_bare_numbers() {
    let floor = signed_in();
    assert_eq!(floor.echo(&machine_label("MILL-3")).code, "machine_here");
    assert_eq!(floor.echo(&machine_label("WASH-1")).code, "machine_elsewhere");
    assert_eq!(floor.echo("wash-1").code, "machine_elsewhere");
    let lot = takt_scan::encode(takt_scan::LabelKind::Lot, "L-0931", ORG);
    assert_eq!(floor.echo(&lot).params["lot"], "L-0931");
    assert_eq!(last_scan(&floor).resolution, ScanResolution::Partial);
    assert_eq!(floor.echo("wo-24817").code, "order_started");
}

#[test]
fn a_wedge_burst_needs_no_focus_and_two_in_a_row_are_two() {
    let floor = Floor::new();
    let mut strokes = Vec::new();
    for text in [BADGE_ANNA.to_owned(), order_label("WO-24817")] {
        for key in text.chars().map(String::from).chain(["Enter".to_owned()]) {
            let t_ms = strokes.len() as f64 * 5.0;
            let stroke = Stroke {
                key,
                code: String::new(),
                t_ms,
                shift: false,
                ctrl: false,
                alt: false,
                altgr: false,
            };
            strokes.push(stroke);
        }
    }
    let answers = floor.station.scan_burst(&strokes, &Screen::Home).unwrap();
    let codes: Vec<&str> = answers.iter().map(|answer| answer.echo.code.as_str()).collect();
    assert_eq!(codes, ["signed_in", "order_started"]);
    assert_eq!(last_scan(&floor).input, "WEDGE");
    assert_eq!(answers[1].echo.raw.as_deref(), Some(order_label("WO-24817").as_str()));
}

#[test]
fn a_picture_of_a_label_is_read() {
    let floor = signed_in();
    let picture = takt_scan::qr_png(&order_label("WO-24817"), 6).unwrap();
    let answers = floor.station.scan_image(&picture, &Screen::Home).unwrap();
    assert_eq!(answers[0].echo.code, "order_started");
    assert_eq!(answers[0].echo.symbology.as_deref(), Some("QR Code"));
    let scan = last_scan(&floor);
    assert_eq!((scan.input.as_str(), scan.symbology.as_deref()), ("CAMERA", Some("QR_CODE")));
    assert!(scan.decode_ms.is_some());
}

#[test]
fn a_picture_without_a_code_is_kept_as_well() {
    let floor = signed_in();
    let blank = sheet(&[]);
    for (bytes, code, resolution) in [
        (b"not a picture".as_slice(), "unreadable_image", ScanResolution::Error),
        (blank.as_slice(), "no_code_in_image", ScanResolution::NotFound),
    ] {
        let before = floor.said::<CodeScanned>().len();
        let answers = floor.station.scan_image(bytes, &Screen::Home).unwrap();
        assert_eq!((answers.len(), answers[0].echo.code.as_str()), (1, code));
        assert_eq!(answers[0].echo.raw, None);
        let scan = last_scan(&floor);
        assert_eq!(floor.said::<CodeScanned>().len(), before + 1);
        assert_eq!((scan.resolution, scan.error.as_deref()), (resolution, Some(code)));
        assert_eq!((scan.input.as_str(), scan.scanned_value.len()), ("CAMERA", "picture:".len() + 64));
    }
}

#[test]
fn codes_beyond_the_sixteenth_of_a_picture_are_not_dropped_silently() {
    let floor = signed_in();
    let texts: Vec<String> = (0..18).map(|n| format!("PART-{n}")).collect();
    let answers = floor.station.scan_image(&sheet(&texts), &Screen::Home).unwrap();
    let last = &answers.last().unwrap().echo;
    assert_eq!((answers.len(), last.code.as_str(), last.tone), (17, "codes_left_out", Tone::Bad));
    assert_eq!((last.params["taken"].as_str(), last.params["left"].as_str()), ("16", "2"));
    let scan = last_scan(&floor);
    assert_eq!((scan.resolution, scan.error.as_deref()), (ScanResolution::Partial, Some("codes_left_out")));
}

#[test]
fn a_read_echo_goes_and_another_stays() {
    let floor = signed_in();
    let echo = floor.echo("4006381333931");
    floor.station.read_echo(echo.no + 1).unwrap();
    assert!(floor.frame().echo.is_some());
    floor.station.read_echo(echo.no).unwrap();
    assert!(floor.frame().echo.is_none());
}

#[test]
fn the_demo_tray_is_drawn_from_the_plants_setting() {
    let floor = Floor::new();
    assert!(!floor.frame().demo && floor.station.tray().unwrap().is_empty());
    let codes = serde_json::json!([{"kind": "work_order", "label": "WO-24817", "code": order_label("WO-24817")},
                                   {"kind": "unknown", "label": "A pencil", "code": "4006381333931"}]);
    let setting = serde_json::json!({"id": 1, "setting_key": "demo.codes", "plant_id": 1, "value": codes});
    put(&floor.store, "system_settings", setting, 0);
    let tray = floor.station.tray().unwrap();
    assert!(floor.frame().demo && tray[0].svg.starts_with("<svg"));
    assert_eq!((tray[0].kind.as_str(), tray[1].kind.as_str()), ("order", "wrong"));
}
