//! Inspections: drafts, verdicts, the chart, the NCR.

use std::path::PathBuf;

use takt_domain::{EventId, InspectionPointId, InspectionResult, OperationId, Severity};
use takt_station::view::inspection::{InspectionView, NcrInput, ReadingInput};
use takt_station::view::scan::Screen;
use takt_wire::payload::{InspectionRecorded, NcrDetailed, NcrRaised, ProductionEvent, ProductionLogged};

use super::floor::Floor;
use super::plant::*;

/// An inspector at the running bracket, 50 pieces in.
pub fn inspector() -> Floor {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.scan(&order_label("WO-24817"));
    floor.book(BRACKET, "50").unwrap();
    floor.scan(BADGE_QUINN);
    floor.station.enter_pin("2468").unwrap();
    floor
}

fn value(draft: EventId, sample_no: i32, typed: &str) -> ReadingInput {
    let value = Some(typed.to_owned());
    ReadingInput { draft, characteristic: BORE, sample_no, value, text: None, gauge: None }
}

fn judgement(draft: EventId, sample_no: i32, text: &str) -> ReadingInput {
    let text = Some(text.to_owned());
    ReadingInput { draft, characteristic: BURR, sample_no, value: None, text, gauge: None }
}

/// Fills the sheet; the second bore is as typed.
pub fn fill(floor: &Floor, second_bore: &str) -> InspectionView {
    let draft = floor.station.inspection(BRACKET, None).unwrap().draft;
    floor.pass(1);
    floor.station.take_reading(&value(draft, 1, "25,004")).unwrap();
    floor.station.take_reading(&value(draft, 2, second_bore)).unwrap();
    floor.station.take_reading(&judgement(draft, 1, "none")).unwrap();
    floor.station.take_reading(&judgement(draft, 2, "none")).unwrap()
}

#[test]
fn two_equal_gauge_readings_are_two_readings() {
    let floor = inspector();
    let screen = Screen::Inspection { operation: BRACKET, point: None };
    floor.station.inspection(BRACKET, None).unwrap();
    for _ in 0..2 {
        floor.pass(1);
        assert_eq!(floor.station.scan_text("25.000", "typed", &screen).unwrap().echo.code, "reading_taken");
    }
    let view = floor.station.inspection(BRACKET, None).unwrap();
    assert_eq!(view.characteristics[0].readings.iter().flatten().count(), 2);
}

#[test]
fn a_check_falls_due_by_pieces_and_passes() {
    let floor = inspector();
    let job = floor.station.home().unwrap().job.unwrap();
    assert_eq!(job.check.unwrap().due, "now");
    let view = floor.station.inspection(BRACKET, None).unwrap();
    assert_eq!((view.point, view.sample_size, view.attempt_no), (POINT, 2, 1));
    assert_eq!(view.next.as_ref().map(|next| (next.characteristic, next.sample_no)), Some((BORE, 1)));
    let full = fill(&floor, "25.030");
    assert_eq!((full.result, full.next), (Some(InspectionResult::Pass), None));
    let recorded = floor.station.record_inspection(full.draft, None).unwrap();
    assert_eq!((recorded.result, recorded.ncr), (InspectionResult::Pass, None));
    let said: InspectionRecorded = floor.said().remove(0);
    assert_eq!((said.readings.len(), said.attempt_no), (4, 1));
    assert_eq!(said.readings[0].value.unwrap().to_string(), "25.004");
    let check = floor.station.home().unwrap().job.unwrap().check.unwrap();
    assert_eq!((check.due.as_str(), check.amount.unwrap().to_string()), ("in_units", "50".to_owned()));
}

#[test]
fn a_failure_raises_its_ncr_and_a_critical_point_pauses_the_job() {
    let floor = inspector();
    let full = fill(&floor, "25.031");
    assert_eq!((full.result, full.failed), (Some(InspectionResult::Fail), 1));
    let recorded = floor.station.record_inspection(full.draft, Some("again".to_owned())).unwrap();
    assert_eq!(recorded.result, InspectionResult::Fail);
    let uid = recorded.ncr.unwrap();
    let raised: NcrRaised = floor.said().remove(0);
    assert_eq!((raised.severity, raised.defect_type_id), (Severity::Critical, DIMENSION));
    assert_eq!(raised.description, "Bore diameter #2: 25.031 mm (24.97 … 25.03)");
    assert_eq!(raised.inspection_uid, Some(full.draft));
    let streams: Vec<_> = floor.events().into_iter().filter_map(|event| event.stream_key).collect();
    assert!(streams.iter().filter(|stream| **stream == format!("inspection:{}", full.draft)).count() == 2);
    let last: ProductionLogged = floor.said().pop().unwrap();
    assert_eq!(last.event_type, ProductionEvent::Pause);

    let waiting = floor.station.home().unwrap().ncrs_to_complete;
    assert_eq!((waiting[0].uid, waiting[0].order.as_str()), (uid, "WO-24817"));
    let view = floor.station.ncr(uid).unwrap();
    assert_eq!((view.findings.len(), view.findings[0].read.as_str()), (1, "25.031"));
    let input = NcrInput {
        uid,
        severity: Severity::Major,
        defect_type: DIMENSION,
        description: "Insert worn".to_owned(),
        quantity: "1".to_owned(),
    };
    floor.station.complete_ncr(&input).unwrap();
    assert_eq!(floor.said::<NcrDetailed>()[0].description, "Insert worn");
    assert!(floor.station.home().unwrap().ncrs_to_complete.is_empty());
    assert!(floor.station.ncr(uid).unwrap().completed);

    let again = floor.station.inspection(BRACKET, None).unwrap();
    assert_eq!(again.attempt_no, 2, "the next look is another attempt");
}

#[test]
fn readings_survive_a_power_cut_and_a_change_of_person() {
    let floor = inspector();
    let draft = floor.station.inspection(BRACKET, None).unwrap().draft;
    floor.station.take_reading(&value(draft, 1, "25.001")).unwrap();
    let floor = floor.restart();
    floor.scan(BADGE_ANNA);
    let view = floor.station.inspection(BRACKET, Some(POINT)).unwrap();
    assert_eq!(view.draft, draft);
    assert_eq!(view.characteristics[0].readings[0].as_ref().unwrap().value.unwrap().to_string(), "25.001");
    assert!(!view.may_record);
    assert!(floor.station.home().unwrap().job.unwrap().check.unwrap().draft);
    let cleared = floor.station.clear_reading(draft, BORE, 1).unwrap();
    assert!(cleared.characteristics[0].readings[0].is_none());
}

#[test]
fn what_cannot_be_a_reading_is_refused() {
    let floor = inspector();
    let draft = floor.station.inspection(BRACKET, None).unwrap().draft;
    let refused = |input: ReadingInput| floor.station.take_reading(&input).unwrap_err().code;
    assert_eq!(refused(value(draft, 1, "")), "number_refused");
    assert_eq!(refused(value(draft, 1, "25.0001")), "number_refused");
    assert_eq!(refused(value(draft, 3, "25.0")), "not_found");
    assert_eq!(refused(judgement(draft, 1, "plenty")), "not_found");
    assert_eq!(floor.station.record_inspection(draft, None).unwrap_err().code, "reading_missing");
    floor.scan(BADGE_ANNA);
    fill(&floor, "25.0");
    assert_eq!(floor.station.record_inspection(draft, None).unwrap_err().code, "not_an_inspector");
    assert!(floor.said::<InspectionRecorded>().is_empty());
}

#[test]
fn a_gauges_data_key_fills_the_next_place() {
    let floor = inspector();
    let screen = Screen::Inspection { operation: BRACKET, point: None };
    for typed in ["24.983", "25.002"] {
        assert_eq!(floor.scan_at(typed, &screen).echo.code, "reading_taken");
    }
    let view = floor.station.inspection(BRACKET, None).unwrap();
    assert_eq!(view.next.unwrap().characteristic, BURR);
    let chart = view.characteristics[0].chart.as_ref().unwrap();
    assert_eq!((chart.n, chart.points.len(), chart.ucl), (2, 2, None));
    assert!(chart.points.iter().all(|point| point.draft));
}

#[test]
fn a_check_under_way_is_not_exchanged_for_one_that_presses_more() {
    let floor = inspector();
    let screen = floor.scan("CMD:INSPECT").go.unwrap();
    assert_eq!(screen, Screen::Inspection { operation: BRACKET, point: Some(POINT) });
    let draft = floor.station.inspection(BRACKET, None).unwrap().draft;
    floor.station.take_reading(&value(draft, 1, "25.001")).unwrap();
    // A plan comes down by which another checkpoint is late.
    let late = serde_json::json!({"id": 910, "inspection_plan_id": 90, "point_code": "P910", "point_name": "Point 910",
        "sequence": 2, "frequency_type": "PERIODIC_UNITS", "frequency_value": 10, "sample_size": 1,
        "is_mandatory": true, "is_critical": false});
    put(&floor.store, "inspection_points", late, 0);
    let late = InspectionPointId(910);
    let home = floor.station.home().unwrap().job.unwrap().check.unwrap();
    assert_eq!((home.point, home.due.as_str()), (late, "late"));
    assert_eq!(
        floor.station.inspection(BRACKET, None).unwrap().draft,
        draft,
        "without a point the draft goes on"
    );
    assert_eq!(
        floor.scan_at("CMD:INSPECT", &screen).go,
        Some(screen.clone()),
        "the card does not exchange it"
    );
    assert_eq!(floor.scan_at("25.002", &screen).echo.code, "reading_taken");
    let view = floor.station.inspection(BRACKET, Some(POINT)).unwrap();
    assert_eq!((view.draft, view.characteristics[0].readings.iter().flatten().count()), (draft, 2));
    assert_eq!(
        floor.scan("CMD:INSPECT").go,
        Some(Screen::Inspection { operation: BRACKET, point: Some(late) })
    );
}

#[test]
fn a_check_too_large_for_one_record_is_refused_before_its_first_reading() {
    let floor = inspector();
    let point = |sample: i32| {
        serde_json::json!({"id": POINT.0, "inspection_plan_id": 90, "point_code": "P900", "point_name": "Point 900",
            "sequence": 1, "frequency_type": "PERIODIC_UNITS", "frequency_value": 50, "sample_size": sample,
            "is_mandatory": true, "is_critical": true})
    };
    put(&floor.store, "inspection_points", point(101), 0);
    let refused = floor.station.inspection(BRACKET, Some(POINT)).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["readings"].as_str()), ("inspection_too_large", "202"));

    put(&floor.store, "inspection_points", point(100), 0);
    let draft = floor.station.inspection(BRACKET, Some(POINT)).unwrap().draft;
    for sample_no in 1..=100 {
        floor.station.take_reading(&value(draft, sample_no, "25.004")).unwrap();
        floor.station.take_reading(&judgement(draft, sample_no, "none")).unwrap();
    }
    floor.station.record_inspection(draft, Some("ü".repeat(2_000))).unwrap();
    assert_eq!(floor.said::<InspectionRecorded>()[0].readings.len(), 200);
}

#[test]
fn an_inspection_that_passed_opens_the_finish() {
    let floor = inspector();
    floor.scan(&order_label("WO-24822"));
    record_gear(&floor, FLANGE, "1.000");
    floor.station.finish(FLANGE).unwrap();
}

fn record_gear(floor: &Floor, operation: OperationId, typed: &str) {
    floor.pass(1);
    let draft = floor.station.inspection(operation, Some(FINAL_POINT)).unwrap().draft;
    let input = ReadingInput { characteristic: GEAR, ..value(draft, 1, typed) };
    floor.station.take_reading(&input).unwrap();
    floor.station.record_inspection(draft, None).unwrap();
}

#[test]
fn the_gear_diameters_of_nist_show_their_own_mean_and_deviation() {
    let shared = std::env::var_os("TAKT_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = shared.join("data/reference/demo/gear_diameter.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let typed: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(typed.len(), 100);
    let floor = inspector();
    floor.scan(&order_label("WO-24822"));
    for value in &typed[..99] {
        record_gear(&floor, FLANGE, value);
    }
    let draft = floor.station.inspection(FLANGE, Some(FINAL_POINT)).unwrap().draft;
    let input = ReadingInput { characteristic: GEAR, ..value(draft, 1, typed[99]) };
    let view = floor.station.take_reading(&input).unwrap();
    let chart = view.characteristics[0].chart.as_ref().unwrap();

    let values: Vec<f64> = typed.iter().map(|value| value.parse().unwrap()).collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    assert_eq!((chart.n, chart.points.len()), (100, 60));
    assert!((chart.mean.unwrap() - mean).abs() < 1e-9);
    assert!((chart.sd.unwrap() - sd).abs() < 1e-9);
    assert!(chart.ucl.unwrap() > chart.centre.unwrap() && chart.centre.unwrap() > chart.lcl.unwrap());
    assert!(chart.points.last().unwrap().draft && !chart.points[58].draft);
}
