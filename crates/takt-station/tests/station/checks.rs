//! When a check is due, counted from the last look, also one that another terminal took.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use takt_domain::OperationId;
use takt_station::view::inspection::ReadingInput;
use uuid::Uuid;

use super::floor::{Floor, start};
use super::plant::*;

/// Further than any own event.
const ALL_OWN: i64 = 1_000_000;

fn look(point: i32, at: DateTime<Utc>, result: &str, attempt_no: i16, made: &str) -> Value {
    json!({"point_id": point, "uid": Uuid::now_v7(), "at": at, "result": result, "attempt_no": attempt_no,
           "made": made})
}

/// The bracket as the centre knows it, on this machine.
fn bracket(floor: &Floor, good: &str, own_through: i64, checks: &[Value]) {
    let mut row = operation(BRACKET.0, 1, 30, 3, "IN_PROGRESS", good);
    row["machine_id"] = json!(MILL);
    row["checks"] = json!(checks);
    put(&floor.store, "work_order_operations", row, own_through);
}

fn due(floor: &Floor) -> (String, Option<String>) {
    let check = floor.station.home().unwrap().job.unwrap().check.unwrap();
    (check.due, check.amount.map(|amount| amount.to_string()))
}

fn is(due: &str, amount: &str) -> (String, Option<String>) {
    (due.to_owned(), Some(amount.to_owned()))
}

#[test]
fn a_look_taken_elsewhere_counts_and_own_later_pieces_count_once() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.minutes(2);
    let at = start() + TimeDelta::minutes(1);
    bracket(&floor, "96", 0, &[look(900, at, "PASS", 1, "52")]);
    assert_eq!(due(&floor), is("in_units", "6"), "50 pieces from the 52nd, 96 are made");
    floor.book(BRACKET, "24").unwrap();
    assert_eq!(due(&floor), is("late", "18"));
    bracket(&floor, "120", ALL_OWN, &[look(900, at, "PASS", 1, "52")]);
    assert_eq!(due(&floor), is("late", "18"), "the row now holds what was booked here");
}

#[test]
fn own_pieces_from_before_a_look_elsewhere_are_not_since_it() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    bracket(&floor, "0", 0, &[]);
    floor.book(BRACKET, "45").unwrap();
    floor.minutes(2);
    // The centre has not got the 45 yet; they were made before its last look.
    bracket(&floor, "30", 0, &[look(900, floor.now(), "PASS", 1, "30")]);
    assert_eq!(due(&floor), is("in_units", "50"));
    floor.book(BRACKET, "8").unwrap();
    assert_eq!(due(&floor), is("in_units", "42"));
}

#[test]
fn the_later_of_two_looks_counts_wherever_it_was_taken() {
    let floor = super::inspection::inspector();
    let sheet = super::inspection::fill(&floor, "25.030");
    floor.station.record_inspection(sheet.draft, None).unwrap();
    assert_eq!(due(&floor), is("in_units", "50"));
    let earlier = look(900, start() - TimeDelta::hours(1), "FAIL", 1, "0");
    bracket(&floor, "50", ALL_OWN, &[earlier]);
    assert_eq!(due(&floor), is("in_units", "50"), "the own one is later");
    floor.minutes(1);
    bracket(&floor, "80", ALL_OWN, &[look(900, floor.now(), "PASS", 1, "60")]);
    assert_eq!(due(&floor), is("in_units", "30"));
    // The own look itself, by the centre's count: another station had made 20 by then.
    let mut own = look(900, floor.now() - TimeDelta::minutes(2), "PASS", 1, "70");
    own["uid"] = json!(sheet.draft);
    bracket(&floor, "80", ALL_OWN, &[own]);
    assert_eq!(due(&floor), is("in_units", "40"));
}

#[test]
fn after_a_failure_elsewhere_the_next_look_is_another_attempt() {
    let floor = super::inspection::inspector();
    floor.minutes(1);
    bracket(&floor, "50", ALL_OWN, &[look(900, floor.now(), "FAIL", 2, "50")]);
    assert_eq!(due(&floor).0, "now");
    assert_eq!(floor.station.inspection(BRACKET, None).unwrap().attempt_no, 3);
}

#[test]
fn an_inspection_elsewhere_opens_the_finish_and_a_later_failure_here_closes_it() {
    let floor = super::inspection::inspector();
    floor.scan(&order_label("WO-24822"));
    assert_eq!(floor.station.finish(FLANGE).unwrap_err().code, "inspection_missing");
    let mut row = operation(FLANGE.0, 2, 10, 3, "IN_PROGRESS", "0");
    row["checks"] = json!([look(950, floor.now(), "PASS", 1, "0")]);
    put(&floor.store, "work_order_operations", row, ALL_OWN);
    floor.minutes(1);
    fail_gear(&floor, FLANGE);
    assert_eq!(floor.station.finish(FLANGE).unwrap_err().code, "inspection_missing");
    let mut row = operation(FLANGE.0, 2, 10, 3, "IN_PROGRESS", "0");
    row["checks"] = json!([look(950, floor.now() + TimeDelta::seconds(1), "PASS", 2, "0")]);
    put(&floor.store, "work_order_operations", row, ALL_OWN);
    floor.minutes(1);
    floor.station.finish(FLANGE).unwrap();
}

fn fail_gear(floor: &Floor, operation: OperationId) {
    let draft = floor.station.inspection(operation, Some(FINAL_POINT)).unwrap().draft;
    let value = Some("1.2".to_owned());
    let input = ReadingInput { draft, characteristic: GEAR, sample_no: 1, value, text: None, gauge: None };
    floor.station.take_reading(&input).unwrap();
    floor.station.record_inspection(draft, None).unwrap();
}
