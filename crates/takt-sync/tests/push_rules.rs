//! What each refusal of a push leads to.

use std::collections::BTreeMap;

use takt_sync::{
    Failure, Line, Now,
    push::{Batch, Effect, LANE_STOPPED_MS, PushLoop, Sent, Step},
};
use takt_wire::{
    Epoch, EventId,
    envelope::Lane,
    push::{EventVerdict, Limits, PushAnswer, Rewind, Verdict},
};
use uuid::Uuid;

const START: Now = Now(10_000);

fn epoch(n: u128) -> Epoch {
    Epoch(Uuid::from_u128(n))
}

fn sent(lane: Lane, seqs: std::ops::RangeInclusive<i64>) -> Vec<Sent> {
    seqs.map(|seq| Sent { lane, seq, event_id: EventId(Uuid::from_u128(seq as u128)) }).collect()
}

fn answer(acked: i64) -> PushAnswer {
    PushAnswer {
        epoch: epoch(1),
        server_time: chrono::DateTime::UNIX_EPOCH,
        acked: BTreeMap::from([(1, acked)]),
        verdicts: vec![],
        limits: Limits { batch_events_max: 500, pause_ms: 0 },
    }
}

fn batch(push: &mut PushLoop, now: Now) -> Batch {
    match push.next(now) {
        Step::Send(batch) => batch,
        Step::Rest { until } => panic!("rests until {until:?}"),
    }
}

fn rests_until(push: &mut PushLoop, now: Now) -> Option<Now> {
    match push.next(now) {
        Step::Rest { until } => until,
        Step::Send(batch) => panic!("sends {batch:?}"),
    }
}

fn working() -> PushLoop {
    PushLoop::new(Some(epoch(1)))
}

#[test]
fn failing_once_does_not_end_in_silence() {
    let mut push = working();
    push.failed(&sent(Lane::Work, 1..=3), &Failure::Unreachable { code: "timeout" }, START, 1.0);
    assert_eq!(push.standing().line, Line::Offline);
    assert_eq!(rests_until(&mut push, START), Some(START.plus(2_000)));
    batch(&mut push, START.plus(2_000));
    push.answered(&sent(Lane::Work, 1..=3), answer(3), START.plus(2_100), 0.5);
    assert_eq!(push.standing().line, Line::Online);
    assert_eq!(push.standing().failures, 0);
    batch(&mut push, START.plus(2_100));
}

#[test]
fn with_nothing_unsent_it_rests_until_something_is_queued() {
    let mut push = working();
    batch(&mut push, START);
    push.nothing_unsent();
    assert_eq!(rests_until(&mut push, START.plus(1_000_000)), None);
    push.queued();
    batch(&mut push, START);
}

#[test]
fn a_batch_too_large_is_halved_and_grows_again() {
    let mut push = working();
    push.failed(&sent(Lane::Work, 1..=400), &Failure::TooLarge, START, 0.5);
    assert_eq!(batch(&mut push, START).events_max, 200);
    push.answered(&sent(Lane::Work, 1..=200), answer(200), START, 0.5);
    assert_eq!(batch(&mut push, START).events_max, 400);
}

#[test]
fn the_server_sets_size_and_pause() {
    let mut push = working();
    let limits = Limits { batch_events_max: 50, pause_ms: 700 };
    push.answered(&sent(Lane::Work, 1..=3), PushAnswer { limits, ..answer(3) }, START, 0.5);
    assert_eq!(rests_until(&mut push, START), Some(START.plus(700)));
    assert_eq!(batch(&mut push, START.plus(700)).events_max, 50);
}

#[test]
fn retry_after_is_honoured_even_when_a_person_is_impatient() {
    let mut push = working();
    push.failed(&sent(Lane::Work, 1..=3), &Failure::Busy { retry_after_ms: Some(30_000) }, START, 0.0);
    push.hurry();
    assert_eq!(rests_until(&mut push, START), Some(START.plus(30_000)));
}

#[test]
fn a_token_is_renewed_at_once_but_not_in_circles() {
    let mut push = working();
    let batch_sent = sent(Lane::Work, 1..=3);
    assert_eq!(push.failed(&batch_sent, &Failure::TokenRefused, START, 0.5), [Effect::DropToken]);
    batch(&mut push, START);
    push.failed(&batch_sent, &Failure::TokenRefused, START, 0.5);
    assert!(rests_until(&mut push, START) > Some(START));
}

#[test]
fn a_revoked_device_keeps_its_outbox_and_asks_rarely() {
    let mut push = working();
    assert_eq!(push.failed(&sent(Lane::Work, 1..=3), &Failure::Revoked, START, 0.0), []);
    assert_eq!(push.standing().line, Line::Refused);
    assert!(rests_until(&mut push, START) >= Some(START.plus(150_000)));
}

#[test]
fn an_unreadable_envelope_stops_its_lane_and_no_other() {
    let mut push = working();
    let mixed = [sent(Lane::Urgent, 1..=1), sent(Lane::Work, 1..=2)].concat();
    assert_eq!(push.failed(&mixed, &Failure::EnvelopeMalformed, START, 0.5), []);
    batch(&mut push, START);
    let alarm = push.failed(&mixed[..1], &Failure::EnvelopeMalformed, START, 0.5);
    assert_eq!(alarm, [Effect::Alarm(Lane::Urgent)]);
    assert_eq!(batch(&mut push, START).lanes, [Lane::Work, Lane::Audit, Lane::Attachment]);
    push.nothing_unsent();
    assert_eq!(rests_until(&mut push, START), Some(START.plus(LANE_STOPPED_MS)));
    assert_eq!(batch(&mut push, START.plus(LANE_STOPPED_MS)).lanes.len(), 4);
}

#[test]
fn a_restored_server_is_sent_what_it_lost() {
    let mut push = working();
    let rewind = Rewind { epoch: epoch(2), rewind: BTreeMap::from([(1, 7)]) };
    let effects = push.failed(&sent(Lane::Work, 9..=9), &Failure::EpochChanged(rewind), START, 0.5);
    let after = BTreeMap::from([(0, 0), (1, 7), (2, 0), (3, 0)]);
    assert_eq!(
        effects,
        [Effect::ResendAfter(after), Effect::ResendOlderInstalls, Effect::SetEpoch(epoch(2))]
    );
    batch(&mut push, START);
}

#[test]
fn another_epoch_seen_while_pulling_makes_an_idle_terminal_ask() {
    let mut push = working();
    push.nothing_unsent();
    push.epoch_seen(epoch(1));
    assert_eq!(rests_until(&mut push, START), None);
    push.epoch_seen(epoch(2));
    assert!(batch(&mut push, START).even_empty);
}

#[test]
fn a_silent_gap_is_filled_once() {
    let mut push = working();
    let resends = |effects: &[Effect]| effects.iter().any(|e| matches!(e, Effect::ResendAfter(_)));
    let effects = push.answered(&sent(Lane::Work, 10..=12), answer(5), START, 0.5);
    assert!(effects.contains(&Effect::ResendAfter(BTreeMap::from([(1, 5)]))), "{effects:?}");
    assert!(effects.contains(&Effect::Acked(sent(Lane::Work, 10..=12).iter().map(|e| e.event_id).collect())));
    assert!(!resends(&push.answered(&sent(Lane::Work, 13..=13), answer(5), START, 0.5)));
}

#[test]
fn a_fork_takes_a_new_install_and_keeps_the_event() {
    let mut push = working();
    let batch_sent = sent(Lane::Work, 1..=2);
    let fork = EventVerdict {
        lane: Lane::Work,
        seq: 2,
        event_id: batch_sent[1].event_id,
        verdict: Verdict::Fork,
        first: None,
        code: None,
        detail: None,
    };
    let forked = PushAnswer { verdicts: vec![fork], ..answer(2) };
    let effects = push.answered(&batch_sent, forked.clone(), START, 0.5);
    assert_eq!(effects[0], Effect::Acked(vec![batch_sent[0].event_id]));
    assert_eq!(effects.last(), Some(&Effect::RenewInstall));
    batch(&mut push, START);
    push.answered(&batch_sent, forked, START, 0.5);
    assert!(rests_until(&mut push, START) > Some(START), "forks again and again without a rest");
}
