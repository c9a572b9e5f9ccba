//! Acks, problems, resends, new install ids and what may be forgotten.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use takt_domain::EventId;
use takt_store::RecordsWanted;
use takt_wire::{
    envelope::Lane,
    push::{EventVerdict, Verdict},
};

use crate::bench_plant::{Fixture, noon};

fn booked(fixture: &Fixture, count: usize) -> Vec<EventId> {
    (0..count).map(|_| fixture.book(Lane::Work).unwrap()).collect()
}

fn ack(fixture: &Fixture, events: &[EventId]) {
    fixture.store.write(|w| w.acked(events, noon())).unwrap();
}

fn unsent(fixture: &Fixture) -> Vec<(i64, EventId)> {
    let events = fixture.store.read(|r| r.unsent(&Lane::ALL, 500, usize::MAX)).unwrap();
    events.into_iter().map(|event| (event.seq, event.event_id)).collect()
}

fn verdict(event_id: EventId, verdict: Verdict) -> EventVerdict {
    EventVerdict {
        lane: Lane::Work,
        seq: 1,
        event_id,
        verdict,
        first: None,
        code: Some("UNKNOWN_REFERENCE".into()),
        detail: Some("operation 7".into()),
    }
}

#[test]
fn an_acked_event_is_not_sent_again() {
    let fixture = Fixture::new();
    let events = booked(&fixture, 3);
    ack(&fixture, &events[..2]);
    assert_eq!(unsent(&fixture), [(3, events[2])]);
    let rows = fixture.store.read(|r| r.records(RecordsWanted::All, None, 10)).unwrap();
    let acked: Vec<_> = rows.iter().map(|row| row.acked_at).collect();
    assert_eq!(acked, [None, Some(noon()), Some(noon())]);
    let depths = fixture.store.read(|r| r.lane_depths()).unwrap();
    assert_eq!((depths[1].lane, depths[1].unsent), (Lane::Work, 1));
    let made = |from, to| fixture.store.read(|r| r.made_between(from, to)).unwrap();
    let second = TimeDelta::seconds(1);
    let in_it = made(noon(), noon() + second);
    assert_eq!((in_it.on_terminal, in_it.at_plant), (3, 2));
    assert_eq!(made(noon() - second, noon()).on_terminal, 0);
}

#[test]
fn the_contiguous_ack_is_kept_per_lane() {
    let fixture = Fixture::new();
    booked(&fixture, 2);
    fixture.store.write(|w| w.acked_through(&BTreeMap::from([(1, 2), (0, 9)]))).unwrap();
    let acked: Vec<_> = fixture.store.read(|r| r.lane_depths()).unwrap().iter().map(|it| it.acked).collect();
    assert_eq!(acked, [9, 2, 0, 0]);
}

#[test]
fn a_batch_ends_at_its_bytes_but_is_never_empty() {
    let fixture = Fixture::new();
    booked(&fixture, 5);
    let sent = |bytes| fixture.store.read(|r| r.unsent(&[Lane::Work], 500, bytes)).unwrap().len();
    assert_eq!(sent(1), 1);
    assert!((2..5).contains(&sent(2_500)), "{}", sent(2_500));
    assert_eq!(fixture.store.read(|r| r.unsent(&[Lane::Work], 2, usize::MAX)).unwrap().len(), 2);
}

#[test]
fn urgent_events_come_first() {
    let fixture = Fixture::new();
    fixture.book(Lane::Audit).unwrap();
    let urgent = fixture.book(Lane::Urgent).unwrap();
    assert_eq!(unsent(&fixture)[0].1, urgent);
}

#[test]
fn a_problem_is_listed_until_the_plant_says_otherwise() {
    let fixture = Fixture::new();
    let events = booked(&fixture, 2);
    let answer = verdict(events[0], Verdict::Quarantined);
    fixture
        .store
        .write(|w| {
            w.acked(&events, noon())?;
            w.note_problem(&answer, noon())
        })
        .unwrap();
    let problems = || fixture.store.read(|r| r.records(RecordsWanted::Problems, None, 10)).unwrap();
    let problem = problems()[0].problem.clone().unwrap();
    assert_eq!((problem.verdict, problem.code.as_str()), (Verdict::Quarantined, "UNKNOWN_REFERENCE"));
    assert_eq!(problems()[0].event.event_id, events[0]);
    assert_eq!(fixture.store.read(|r| r.outbox_counts()).unwrap().problems, 1);
    ack(&fixture, &events[..1]);
    assert!(problems().is_empty());
}

#[test]
fn a_duplicate_is_as_bad_as_it_was_the_first_time() {
    let fixture = Fixture::new();
    let event = fixture.book(Lane::Work).unwrap();
    let answer = EventVerdict { first: Some(Verdict::Held), ..verdict(event, Verdict::Duplicate) };
    fixture.store.write(|w| w.note_problem(&answer, noon())).unwrap();
    let row = fixture.store.read(|r| r.record(event)).unwrap().unwrap();
    assert_eq!(row.problem.unwrap().verdict, Verdict::Held);
}

#[test]
fn records_are_paged_newest_first() {
    let fixture = Fixture::new();
    let events = booked(&fixture, 5);
    let page = |before| {
        let rows = fixture.store.read(|r| r.records(RecordsWanted::All, before, 2)).unwrap();
        rows.into_iter().map(|row| row.event.event_id).collect::<Vec<_>>()
    };
    assert_eq!(page(None), [events[4], events[3]]);
    assert_eq!(page(Some(events[3])), [events[2], events[1]]);
    assert_eq!(page(Some(events[1])), [events[0]]);
}

#[test]
fn a_restored_server_gets_what_it_lost_and_no_more() {
    let fixture = Fixture::new();
    let events = booked(&fixture, 5);
    ack(&fixture, &events);
    let again = fixture.store.write(|w| w.resend_after(&BTreeMap::from([(1, 3)]))).unwrap();
    assert_eq!(again, 2);
    assert_eq!(unsent(&fixture), [(4, events[3]), (5, events[4])]);
}

#[test]
fn a_new_install_numbers_the_unsent_anew_in_their_order() {
    let fixture = Fixture::new();
    let events = booked(&fixture, 5);
    ack(&fixture, &events[..3]);
    let before = fixture.store.read(|r| r.install_id()).unwrap();
    let install = fixture.store.write(|w| w.renew_install("fork")).unwrap();
    assert_ne!(install, before);
    assert_eq!(fixture.store.read(|r| r.install_id()).unwrap(), install);
    assert_eq!(unsent(&fixture), [(1, events[3]), (2, events[4])]);
    let next = fixture.book(Lane::Work).unwrap();
    assert_eq!(unsent(&fixture)[2], (3, next));
}

#[test]
fn what_earlier_installs_sent_queues_again_behind() {
    let fixture = Fixture::new();
    let old = booked(&fixture, 2);
    ack(&fixture, &old);
    fixture.store.write(|w| w.renew_install("fork")).unwrap();
    let new = fixture.book(Lane::Work).unwrap();
    assert_eq!(fixture.store.write(|w| w.resend_older_installs()).unwrap(), 2);
    assert_eq!(unsent(&fixture), [(1, new), (2, old[0]), (3, old[1])]);
    let next = fixture.book(Lane::Work).unwrap();
    assert_eq!(unsent(&fixture)[3], (4, next));
}

#[test]
fn only_what_the_plant_has_had_for_long_is_forgotten() {
    let fixture = Fixture::new();
    let events = booked(&fixture, 3);
    ack(&fixture, &events[..1]);
    fixture.store.write(|w| w.acked(&events[1..2], noon() + TimeDelta::days(20))).unwrap();
    let gone = fixture.store.write(|w| w.prune(None)).unwrap();
    assert_eq!(gone, 0, "without a clock to rely on nothing is old");
    let gone = fixture.store.write(|w| w.prune(Some(noon() + TimeDelta::days(31)))).unwrap();
    assert_eq!(gone, 1);
    let left = fixture.store.read(|r| r.records(RecordsWanted::All, None, 10)).unwrap();
    assert_eq!(left.len(), 2);
    let next = fixture.book(Lane::Work).unwrap();
    assert_eq!(fixture.store.read(|r| r.record(next)).unwrap().unwrap().event.seq, 4);
}
