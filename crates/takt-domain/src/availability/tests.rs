//! Where every second of a shift goes.

use chrono::TimeDelta;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

/// An eight-hour shift.
fn shift() -> Window {
    Window { starts_at: at(0), ends_at: at(480) }
}

fn period(status: MachineStatus, from: i64, to: Option<i64>) -> Period {
    Period { status, from: at(from), to: to.map(at), reason: None, reason_class: None, in_order: true }
}

fn because(period: Period, class: ReasonClass) -> Period {
    Period { reason: Some(ReasonId(9)), reason_class: Some(class), ..period }
}

use MachineStatus::*;
use ReasonClass::*;

#[rstest]
#[case::running(period(Running, 0, None), "apt")]
#[case::running_without_an_order(Period { in_order: false, ..period(Running, 0, None) }, "adot")]
#[case::setup(period(Setup, 0, None), "aust")]
#[case::down_in_an_order(period(Down, 0, None), "adet")]
#[case::down_without(Period { in_order: false, ..period(Down, 0, None) }, "adot")]
#[case::idle_in_an_order(period(Idle, 0, None), "adet")]
#[case::available(Period { in_order: false, ..period(Available, 0, None) }, "adot")]
#[case::a_break(because(period(Down, 0, None), PlannedStop), "planned_down")]
#[case::a_fault(because(period(Down, 0, None), AvailabilityLoss), "adet")]
#[case::a_minor_stop(because(period(Down, 0, None), PerformanceLoss), "apt")]
#[case::maintenance(period(Maintenance, 0, None), "planned_down")]
#[case::repair(because(period(Maintenance, 0, None), AvailabilityLoss), "adet")]
#[case::gone(period(Decommissioned, 0, None), "planned_down")]
#[case::never_heard_of(period(Running, 480, None), "unknown")]
fn a_state_is_one_element(#[case] period: Period, #[case] element: &str) {
    let elements = serde_json::to_value(time_elements(&shift(), at(480), &[period], &[])).unwrap();
    for name in ["planned_down", "apt", "aust", "adet", "adot", "unknown"] {
        assert_eq!(elements[name], if name == element { 480 * 60 } else { 0 }, "{name}");
    }
    assert_eq!(elements["pot"], 480 * 60);
}

#[test]
fn what_is_not_over_is_not_unknown() {
    let running = [period(Running, -60, None)];
    let elements = time_elements(&shift(), at(120), &running, &[]);
    assert_eq!((elements.pot, elements.apt, elements.unknown), (7200, 7200, 0));
    assert_eq!(time_elements(&shift(), at(-1), &running, &[]), TimeElements::default());
}

#[test]
fn a_break_with_its_place_is_planned_whatever_ran() {
    let lunch = Window { starts_at: at(240), ends_at: at(270) };
    let elements = time_elements(&shift(), at(480), &[period(Running, 0, None)], &[lunch]);
    assert_eq!((elements.pbt, elements.apt, elements.planned_down), (450 * 60, 450 * 60, 30 * 60));
}

#[test]
fn a_break_without_a_place_comes_off_what_stood_first() {
    let idle = Period { in_order: false, ..period(Available, 460, None) };
    let elements = time_elements(&shift(), at(480), &[period(Running, 0, Some(460)), idle], &[]);
    let less = elements.less_break(30 * 60);
    assert_eq!((less.pbt, less.adot, less.apt), (450 * 60, 0, 450 * 60));
    assert_eq!(less.pot, less.pbt + less.planned_down);
    assert_eq!(elements.less_break(i64::MAX).pbt, 0);
}

#[test]
fn where_two_periods_overlap_the_later_counts_and_then_the_other_again() {
    let periods = [period(Down, 0, Some(100)), period(Running, 20, Some(30))];
    let elements = time_elements(&shift(), at(100), &periods, &[]);
    assert_eq!((elements.adet, elements.apt), (90 * 60, 10 * 60));
    let found = stops(&shift(), at(100), &periods);
    assert_eq!((found.count, found.unexplained), (2, 1), "stood twice, one record to explain");
}

#[test]
fn a_stop_over_the_shift_change_counts_to_each_side() {
    let stop = [because(period(Down, 470, Some(500)), AvailabilityLoss)];
    let next = Window { starts_at: at(480), ends_at: at(960) };
    let (before, after) = (stops(&shift(), at(960), &stop), stops(&next, at(960), &stop));
    assert_eq!((before.down_seconds, after.down_seconds), (600, 1200));
    assert_eq!((before.count, after.count), (1, 1));
    assert!(!after.down_now);
}

#[test]
fn stops_are_counted_by_cause_longest_first() {
    let periods = [
        period(Running, 0, Some(10)),
        period(Down, 10, Some(14)),
        because(period(Down, 14, Some(30)), AvailabilityLoss),
        period(Running, 30, Some(60)),
        period(Down, 60, None),
    ];
    let found = stops(&shift(), at(67), &periods);
    assert_eq!(found.count, 2, "a stop split into causes is one stop");
    assert_eq!(found.by_reason, [(Some(ReasonId(9)), 16 * 60), (None, 11 * 60)]);
    assert_eq!((found.unexplained, found.unexplained_seconds, found.down_seconds), (2, 660, 27 * 60));
    assert!(found.down_now);
    let both = found.clone().with(&found);
    assert_eq!((both.count, both.by_reason[0].1), (4, 32 * 60));
}

fn periods() -> impl Strategy<Value = Vec<Period>> {
    let status = prop::sample::select(MachineStatus::ALL);
    let class = prop::option::of(prop::sample::select(ReasonClass::ALL));
    let one = (status, -100_000..100_000_i64, prop::option::of(1..60_000_i64), class, any::<bool>());
    let one = one.prop_map(|(status, from, seconds, reason_class, in_order)| {
        let from = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(from * 317);
        let to = seconds.map(|seconds| from + TimeDelta::milliseconds(seconds * 317));
        Period { status, from, to, reason: reason_class.map(|_| ReasonId(1)), reason_class, in_order }
    });
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn every_second_is_in_one_element(periods in periods(), now in -10..600_i64, pause in 0..9000_i64) {
        let lunch = Window { starts_at: at(200), ends_at: at(230) };
        let all = time_elements(&shift(), at(now), &periods, &[lunch]);
        for sum in [all, all.less_break(pause)] {
            prop_assert_eq!(sum.pbt, sum.apt + sum.aust + sum.adet + sum.adot + sum.unknown);
            prop_assert_eq!(sum.pot, sum.pbt + sum.planned_down);
            let parts = [sum.apt, sum.aust, sum.adet, sum.adot, sum.unknown, sum.planned_down];
            prop_assert!(parts.iter().all(|part| *part >= 0));
        }
        prop_assert_eq!(all.pot, shift().until(at(now)).seconds());
    }

    #[test]
    fn two_halves_are_the_whole(periods in periods(), cut in 0..480_i64) {
        let first = Window { starts_at: at(0), ends_at: at(cut) };
        let second = Window { starts_at: at(cut), ends_at: at(480) };
        let of = |window: &Window| time_elements(window, at(480), &periods, &[]);
        prop_assert_eq!(of(&first) + of(&second), of(&shift()));
        let down = |window: &Window| stops(window, at(480), &periods).down_seconds;
        prop_assert_eq!(down(&first) + down(&second), down(&shift()));
    }

    #[test]
    fn reasons_add_up_to_the_time_down(periods in periods()) {
        let found = stops(&shift(), at(480), &periods);
        prop_assert_eq!(found.by_reason.iter().map(|(_, seconds)| seconds).sum::<i64>(), found.down_seconds);
        prop_assert!(found.down_seconds <= shift().seconds());
    }
}
