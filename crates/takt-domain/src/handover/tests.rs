//! What goes over to the next shift, and who may take it.

use rstest::rstest;

use super::*;
use crate::booking::correction_of;

fn machine(stops: Stops) -> MachineFacts {
    MachineFacts { reference: "MILL-3".into(), stops, down_for_seconds: 125 }
}

fn ncr(severity: Severity) -> OpenNcr {
    OpenNcr { reference: "NCR-0442".into(), severity, quantity: 96.into(), text: "bore".into() }
}

fn only(facts: &ShiftFacts) -> Item {
    let found = items(facts);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

#[rstest]
#[case(ShiftFacts { ncrs: vec![ncr(Severity::Minor)], ..Default::default() }, "open_ncr", false)]
#[case(ShiftFacts { ncrs: vec![ncr(Severity::Major)], ..Default::default() }, "open_ncr", true)]
#[case(ShiftFacts { ncrs: vec![ncr(Severity::Critical)], ..Default::default() }, "open_ncr", true)]
#[case(ShiftFacts { machines: vec![machine(Stops { unexplained: 2, ..Default::default() })], ..Default::default() }, "unexplained_stops", true)]
#[case(ShiftFacts { machines: vec![machine(Stops { down_now: true, ..Default::default() })], ..Default::default() }, "machine_down", true)]
#[case(ShiftFacts { checks: vec![CheckDue { reference: "Mill 2".into(), late_units: 14.into() }], ..Default::default() }, "check_due", false)]
#[case(ShiftFacts { unsynced: 7, ..Default::default() }, "unsynced", false)]
#[case(ShiftFacts { jobs: vec![OpenJob { reference: "WO-24817/30".into(), remaining: 164.into() }], ..Default::default() }, "open_job", false)]
#[case(ShiftFacts { safety: vec!["oil".into()], ..Default::default() }, "safety", true)]
#[case(ShiftFacts { carried: vec!["leak".into()], ..Default::default() }, "note", false)]
fn each_fact_is_an_item(#[case] facts: ShiftFacts, #[case] kind: &str, #[case] red: bool) {
    let item = only(&facts);
    assert_eq!((item.kind.as_str(), item.red), (kind, red));
}

#[test]
fn figures_stand_beside_the_words() {
    let stops = Stops { unexplained: 2, unexplained_seconds: 660, ..Stops::default() };
    let item = only(&ShiftFacts { machines: vec![machine(stops)], ..ShiftFacts::default() });
    assert_eq!(serde_json::to_string(&item.figures).unwrap(), r#"{"count":2,"minutes":11}"#);
    assert_eq!(item.reference.as_deref(), Some("MILL-3"));
    let item = only(&ShiftFacts { ncrs: vec![ncr(Severity::Major)], ..ShiftFacts::default() });
    assert_eq!(serde_json::to_string(&item.figures).unwrap(), r#"{"quantity":"96","severity":"MAJOR"}"#);
}

#[test]
fn many_ncrs_are_told_worst_first_and_the_rest_by_their_number() {
    let long = OpenNcr { text: "ü".repeat(5_000), ..ncr(Severity::Minor) };
    let mut ncrs = vec![long; NCRS_MAX];
    ncrs.extend([ncr(Severity::Critical), ncr(Severity::Major)]);
    let found = items(&ShiftFacts { ncrs, ..ShiftFacts::default() });
    assert_eq!(found.len(), NCRS_MAX + 1);
    assert_eq!(found.iter().filter(|item| item.red).count(), 2);
    let mut texts = found.iter().filter_map(|item| item.text.as_ref());
    assert!(texts.clone().all(|text| text.chars().count() <= TEXT_CHARACTERS_MAX));
    assert!(texts.next_back().unwrap().ends_with('…'));
    let more = found.iter().find(|item| item.figures.contains_key("more")).unwrap();
    assert_eq!((more.figures["more"].as_u64(), more.red, &more.reference), (Some(2), false, &None));
    let red = items(&ShiftFacts { ncrs: vec![ncr(Severity::Major); NCRS_MAX + 1], ..ShiftFacts::default() });
    assert!(red.iter().all(|item| item.red), "what is left out is as red as what it holds");
}

#[test]
fn a_quiet_shift_hands_over_nothing_and_red_comes_first() {
    assert_eq!(items(&ShiftFacts { records: 9, ..ShiftFacts::default() }), []);
    let facts = ShiftFacts {
        ncrs: vec![ncr(Severity::Minor), ncr(Severity::Critical)],
        machines: vec![machine(Stops { down_now: true, unexplained: 1, ..Stops::default() })],
        unsynced: 1,
        ..ShiftFacts::default()
    };
    let red: Vec<bool> = items(&facts).iter().map(|item| item.red).collect();
    assert_eq!(red, [true, true, true, false, false]);
}

#[test]
fn figures_add_lines_and_take_counter_entries_back() {
    let line = |good: i32, reason: i32, scrap: i32| Line {
        good: good.into(),
        scrap: Some((ReasonId(reason), scrap.into())),
        rework: None,
    };
    let undone = line(5, 3, 4);
    let stops = Stops { count: 2, down_seconds: 600, ..Stops::default() };
    let facts = ShiftFacts {
        lines: vec![line(24, 1, 2), line(10, 2, 7), undone, correction_of(&undone)],
        target: 50.into(),
        machines: vec![machine(stops.clone()), machine(stops)],
        records: 4,
        ..ShiftFacts::default()
    };
    let found = figures(&facts);
    assert_eq!((found.good, found.scrapped, found.rework), (34.into(), 9.into(), 0.into()));
    assert_eq!(found.scrap_by_reason, [(ReasonId(2), 7.into()), (ReasonId(1), 2.into())]);
    assert_eq!((found.stops.count, found.stops.down_seconds, found.records), (4, 1200, 4));
}

#[rstest]
#[case(1, &["a"], &["a"], Err("same_person"))]
#[case(2, &["a", "b"], &["a"], Err("red_items_open"))]
#[case(2, &["a", "b"], &["b", "c", "a"], Ok(()))]
#[case(2, &[], &[], Ok(()))]
fn somebody_else_takes_over_every_red_item(
    #[case] by: i32,
    #[case] red: &[&str],
    #[case] acknowledged: &[&str],
    #[case] answer: Result<(), &str>,
) {
    let found = may_acknowledge(UserId(by), UserId(1), red, acknowledged);
    assert_eq!(found.map_err(AcknowledgeRefused::code), answer);
}
