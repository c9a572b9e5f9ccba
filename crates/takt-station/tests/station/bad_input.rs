//! What must not be believed, and what must not be lost.

use takt_station::view::frame::{Phase, StorageLevel};
use takt_station::view::records::RecordFilter;
use takt_station::view::scan::{Screen, Stroke, Tone};
use takt_store::StoreOptions;
use takt_wire::payload::{CodeScanned, ScanResolution};

use super::floor::Floor;
use super::plant::*;

#[test]
fn another_tenants_label_is_not_ours() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    let foreign = takt_scan::encode(takt_scan::LabelKind::WorkOrder, "WO-24817", "RIVALE");
    let echo = floor.echo(&foreign);
    assert_eq!((echo.code.as_str(), echo.tone), ("foreign_label", Tone::Bad));
    let scan: CodeScanned = floor.said().pop().unwrap();
    assert_eq!((scan.resolution, scan.error.as_deref()), (ScanResolution::Error, Some("foreign_label")));
    assert_eq!(floor.echo("WO:WO-24817").code, "damaged_label");
}

#[test]
fn ten_megabytes_of_barcode_are_refused_and_cut() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    for text in ["9".repeat(10_000_000), format!("BG:{}", "9".repeat(10_000_000))] {
        let echo = floor.echo(&text);
        assert_eq!(echo.code, "too_long");
        assert!(echo.raw.is_none_or(|raw| raw.len() == 80));
        let scan: CodeScanned = floor.said().pop().unwrap();
        assert!(scan.scanned_value.len() <= 2_000);
    }
}

fn keys(text: &str) -> Vec<Stroke> {
    let stroke = |(n, key): (usize, char)| Stroke {
        key: if key == '\n' { "Enter".to_owned() } else { key.to_string() },
        code: String::new(),
        t_ms: n as f64,
        shift: false,
        ctrl: false,
        alt: false,
        altgr: false,
    };
    text.chars().enumerate().map(stroke).collect()
}

#[test]
fn a_burst_no_scanner_sends_is_refused_whole_and_soon() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    let mut huge = keys("12345");
    huge[2].key = "k".repeat(10_000_000);
    huge[4].code = "c".repeat(10_000_000);
    let began = std::time::Instant::now();
    for (strokes, kept) in [
        (keys(&"9".repeat(500_000)), 2_000),
        (keys(&"9\n".repeat(250_000)), 1),
        (keys(&format!("BG:anna\n{}", "9\n".repeat(10_000))), 64),
        (huge, 2),
    ] {
        let before = floor.said::<CodeScanned>().len();
        let answers = floor.station.scan_burst(&strokes, &Screen::Home).unwrap();
        assert_eq!((answers.len(), answers[0].echo.code.as_str()), (1, "too_long"));
        let scans = floor.said::<CodeScanned>();
        let scan = scans.last().unwrap();
        assert_eq!((scans.len(), scan.scanned_value.chars().count()), (before + 1, kept));
        assert_eq!((scan.input.as_str(), scan.error.as_deref()), ("WEDGE", Some("too_long")));
    }
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}

#[test]
fn a_burst_of_many_codes_is_taken_so_far_and_the_rest_is_said() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    let text: String = (0..500).map(|n| format!("CODE{n}\n")).collect();
    let answers = floor.station.scan_burst(&keys(&text), &Screen::Home).unwrap();
    let last = &answers.last().unwrap().echo;
    assert_eq!(
        (answers.len(), last.code.as_str(), last.params["left"].as_str()),
        (17, "codes_left_out", "484")
    );
    assert_eq!(floor.said::<CodeScanned>().len(), 1 + 17);
}

#[test]
fn control_characters_emptiness_and_pictures_without_codes() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    assert_eq!(floor.echo("WO\u{0}1").code, "control_character");
    assert_eq!(floor.echo("  ").code, "empty");
    let none = floor.station.scan_image(b"not a picture", &Screen::Home).unwrap();
    assert_eq!(none[0].echo.code, "unreadable_image");
    assert!(floor.station.scan_burst(&[], &Screen::Home).unwrap().is_empty());
}

#[test]
fn before_enrolment_only_an_enrolment_code_means_anything() {
    let floor = Floor::empty(StoreOptions::default());
    assert!(matches!(floor.phase(), Phase::Enrol { busy: false, failed: None, .. }));
    assert_eq!(floor.echo(BADGE_ANNA).code, "not_enrolled");
    assert_eq!(floor.echo("takt+enrol:https://plant.example|ABCD-EFGH").code, "no_network");
    assert!(floor.events().is_empty());
    assert_eq!(floor.station.home().unwrap_err().code, "not_enrolled");
}

#[test]
fn a_full_disk_refuses_bookings_whole_and_keeps_what_is_there() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.scan(&order_label("WO-24817"));
    floor.book(BRACKET, "24").unwrap();
    let before = floor.events().len();
    let quota_bytes = floor.store.storage().unwrap().used;
    let floor = floor.restart_with(StoreOptions { quota_bytes, ..StoreOptions::default() });
    assert_eq!(floor.frame().sync.storage.level, StorageLevel::Full);
    assert_eq!(floor.book(BRACKET, "24").unwrap_err().code, "storage_full");
    assert_eq!(floor.echo("CMD:GOOD:24").code, "storage_full");
    assert_eq!(floor.station.machine_down(MILL, None).unwrap_err().code, "storage_full");
    assert_eq!(floor.station.home().unwrap().job.unwrap().good, 24.into());
    assert_eq!(floor.events().len(), before);
    let records = floor.station.records(RecordFilter::All, None).unwrap();
    assert_eq!(records.records.len(), before);
    let floor = floor.restart_with(StoreOptions::default());
    floor.book(BRACKET, "24").unwrap();
    assert_eq!(floor.station.home().unwrap().job.unwrap().good, 48.into());
}

#[test]
fn what_is_not_there_is_said_to_be_gone() {
    let floor = Floor::new();
    floor.sign_in(BADGE_RUTH);
    let nothing = takt_domain::EventId(uuid::Uuid::now_v7());
    assert_eq!(floor.station.ncr(nothing).unwrap_err().code, "not_found");
    assert_eq!(floor.station.undo(nothing).unwrap_err().code, "nothing_to_undo");
    assert_eq!(floor.station.explain_stop(nothing, JAM).unwrap_err().code, "not_found");
    assert_eq!(floor.station.acknowledge_item(nothing, nothing.0).unwrap_err().code, "not_found");
    assert_eq!(floor.station.start(takt_domain::OperationId(9_999)).unwrap_err().code, "no_job_here");
    assert_eq!(floor.station.enter_pin("1234").unwrap_err().code, "not_found");
}
