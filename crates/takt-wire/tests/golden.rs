//! Golden samples of the wire, version 1. From the first tagged release on they are only added
//! to: a terminal out there holds exactly these bytes.

#![allow(clippy::unwrap_used)] // Helper functions of tests are tests.

use std::fs;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use takt_wire::envelope::Event;
use takt_wire::payload::{self, Payload};
use takt_wire::pull::PullPage;
use takt_wire::push::{PushAnswer, PushRequest};
use takt_wire::row::{self, Handover, Operation};

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/golden/v1/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap()
}

/// It is read whole, and written again it is the same.
fn comes_back<T: Serialize + DeserializeOwned>(name: &str) {
    let sample = sample(name);
    let read: T = serde_json::from_value(sample.clone()).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert_eq!(serde_json::to_value(&read).unwrap(), sample, "{name}");
}

#[test]
fn messages_come_back_as_they_were() {
    comes_back::<Event>("event");
    comes_back::<PushRequest>("push_request");
    comes_back::<PushAnswer>("push_answer");
    comes_back::<PullPage>("pull_page");
    let mut older = sample("pull_page");
    older.as_object_mut().unwrap().remove("own_kept");
    assert_eq!(serde_json::from_value::<PullPage>(older).unwrap().own_kept, None);
}

#[test]
fn people_come_back_and_an_older_server_tells_no_times_of_their_roles() {
    comes_back::<takt_wire::row::User>("row_user");
    let mut older = sample("row_user");
    older.as_object_mut().unwrap().remove("grants");
    assert_eq!(serde_json::from_value::<takt_wire::row::User>(older).unwrap().grants, None);
}

#[test]
fn rows_come_back_and_what_an_older_server_leaves_out_is_none() {
    comes_back::<Operation>("row_operation");
    comes_back::<Handover>("row_handover");
    let mut older = sample("row_operation");
    older.as_object_mut().unwrap().remove("checks");
    row::check("work_order_operations", &older).unwrap();
    assert!(serde_json::from_value::<Operation>(older).unwrap().checks.is_empty());
}

#[test]
fn every_payload_kind_has_a_sample_and_comes_back() {
    let mut seen = Vec::new();
    macro_rules! each {
        ($($type:ident),* $(,)?) => {$(
            comes_back::<payload::$type>(payload::$type::KIND);
            seen.push(payload::$type::KIND);
        )*};
    }
    each! {
        ProductionLogged, MachineStatusChanged, StopExplained, InspectionRecorded, NcrRaised, NcrDetailed,
        HandoverSubmitted, HandoverAcknowledged, CodeScanned, SignIn,
    }
    assert_eq!(seen, payload::KINDS);
}

#[test]
fn what_a_later_release_adds_is_passed_over() {
    let mut later = sample("sign_in");
    later["reader"] = Value::from("front door");
    assert!(serde_json::from_value::<payload::SignIn>(later).is_ok());
}

#[test]
fn an_unknown_lane_is_refused() {
    let mut event = sample("event");
    event["lane"] = Value::from(4);
    let refused = serde_json::from_value::<Event>(event).unwrap_err().to_string();
    assert!(refused.contains("lane 4 is not 0, 1, 2 or 3"), "{refused}");
}
