//! How pulling goes on after each kind of page and refusal.

use takt_sync::{
    Failure, Line, Now,
    pull::{Effect, PullLoop, Step},
};
use takt_wire::Epoch;
use uuid::Uuid;

const START: Now = Now(10_000);
const EPOCH: Epoch = Epoch(Uuid::from_u128(1));

fn wait_seconds(pull: &mut PullLoop, now: Now) -> u64 {
    match pull.next(now) {
        Step::Pull { wait_seconds, .. } => wait_seconds,
        Step::Rest { until } => panic!("rests until {until:?}"),
    }
}

#[test]
fn pages_follow_each_other_until_there_is_no_more() {
    let mut pull = PullLoop::new();
    assert_eq!(wait_seconds(&mut pull, START), 0);
    assert_eq!(pull.page(EPOCH, 2_000, true, START), [Effect::StorePage]);
    assert_eq!(wait_seconds(&mut pull, START), 0);
    pull.page(EPOCH, 12, false, START);
    assert_eq!(wait_seconds(&mut pull, START), 25);
    assert_eq!(pull.standing().line, Line::Online);
}

#[test]
fn a_server_that_does_not_wait_is_not_asked_in_a_loop() {
    let mut pull = PullLoop::new();
    wait_seconds(&mut pull, START);
    pull.page(EPOCH, 0, false, START);
    wait_seconds(&mut pull, START);
    pull.page(EPOCH, 0, false, START.plus(5));
    assert_eq!(pull.next(START.plus(5)), Step::Rest { until: START.plus(1_000) });
}

#[test]
fn an_expired_cursor_begins_anew_at_once_but_not_in_circles() {
    let mut pull = PullLoop::new();
    assert_eq!(pull.failed(&Failure::CursorExpired, START, 0.5), [Effect::DropCursor]);
    assert_eq!(wait_seconds(&mut pull, START), 0);
    pull.failed(&Failure::CursorExpired, START, 0.5);
    assert!(matches!(pull.next(START), Step::Rest { .. }));
}

#[test]
fn a_draining_device_asks_rarely_and_is_not_offline() {
    let mut pull = PullLoop::new();
    pull.failed(&Failure::Draining, START, 0.0);
    assert_eq!(pull.next(START), Step::Rest { until: START.plus(150_000) });
    assert_eq!(pull.standing().line, Line::Online);
}
