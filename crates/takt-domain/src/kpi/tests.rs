//! Key figures against published examples and the dictionary's vectors.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::*;
use crate::reference::{assert_close, records};

fn minutes(planned: f64, delay: f64, setup: f64) -> TimeElements {
    let seconds = |minutes: f64| (minutes * 60.0).round() as i64;
    let (pbt, adet, aust) = (seconds(planned), seconds(delay), seconds(setup));
    TimeElements { pot: pbt, pbt, adet, aust, apt: pbt - adet - aust, ..TimeElements::default() }
}

fn components(time: TimeElements, good: i32, scrapped: i32, pri: Option<i64>) -> Components {
    let mut sum = Components { time, ..Components::default() };
    sum.make(good.into(), scrapped.into(), Quantity::ZERO, pri.map(Decimal::from));
    sum
}

/// A published example in our terms; idle time without demand is not planned busy time.
fn example(inputs: &Value) -> Option<Components> {
    let number = |name: &str| inputs[name].as_f64();
    let or = |name: &str| number(name).unwrap_or(0.0);
    if let (Some(units), Some(good)) = (number("theoretical_units"), number("good_units")) {
        let time = minutes(units / 60.0, 0.0, 0.0);
        return Some(components(time, good as i32, 0, Some(1)));
    }
    if let Some(hours) = number("available_h") {
        let planned = (hours - or("idle_h")) * 60.0;
        let stopped = (or("scheduled_down_h") + or("unscheduled_down_h")) * 60.0;
        return Some(components(minutes(planned, stopped, 0.0), 0, 0, None));
    }
    let planned = number("planned_min").or_else(|| Some(number("shift_min")? - or("breaks_min")))?;
    let run = number("run_min").map_or(0.0, |run| planned - run);
    let time = minutes(planned, run + or("stop_min") + or("unplanned_stop_min"), or("changeover_min"));
    let total = number("total").or_else(|| number("cycles"))? as i32;
    let reject = number("reject").or_else(|| Some(f64::from(total) - number("good")?)).unwrap_or(0.0) as i32;
    let cycle = or("ideal_cycle_s") + (or("ideal_cycle_min") + or("std_cycle_min")) * 60.0;
    Some(components(time, total - reject, reject, Some(cycle as i64)))
}

#[test]
fn figures_are_those_of_published_examples() {
    let mut compared = 0;
    let examples = records("oee/examples.json");
    for case in &examples {
        let Some(sum) = example(&case["inputs"]) else {
            let factor = |name: &str| Ratio::Value {
                value: case["inputs"][name].as_f64().unwrap(),
                data_error: false,
            };
            let ours = factor("availability").times(factor("performance")).times(factor("quality"));
            assert_close(ours.value().unwrap(), case["expected"]["oee"].as_f64().unwrap(), 1e-12, "product");
            compared += 1;
            continue;
        };
        let figures = [
            ("availability", sum.availability()),
            ("performance", sum.effectiveness()),
            ("quality", sum.quality_ratio()),
            ("oee", sum.oee()),
        ];
        for (name, ours) in figures {
            if let Some(theirs) = case["expected"][name].as_f64() {
                assert_close(ours.value().unwrap(), theirs, 1e-12, &format!("{} {name}", case["id"]));
                compared += 1;
            }
        }
    }
    assert_eq!(compared, if examples.is_empty() { 0 } else { 13 });
}

#[test]
fn figures_are_those_of_the_dictionary() {
    let sum = components(minutes(480.0, 30.0, 0.0), 195, 5, Some(120));
    let a = sum.availability().value().unwrap();
    let e = sum.effectiveness().value().unwrap();
    let q = sum.quality_ratio().value().unwrap();
    let oee = sum.oee().value().unwrap();
    assert_eq!((a, format!("{e:.6}").as_str(), q, oee), (0.9375, "0.888889", 0.975, 0.8125));
    assert_close(a * e * q, oee, 1e-15, "A × E × Q");
    assert_eq!(sum.nee(), sum.availability().times(sum.effectiveness()).times(sum.quality_ratio()));

    let first = Components { first_inspected: 100.into(), first_passed: 95.into(), ..Components::default() };
    assert_eq!(first.first_pass_yield().value(), Some(0.95));
    let used = components(minutes(420.0, 100.0, 0.0), 0, 0, None);
    assert_eq!(format!("{:.4}", used.utilization().value().unwrap()), "0.7619");
    assert_eq!(mean_time(320 * 3600, 4).value(), Some(80.0 * 3600.0));
    assert_eq!(mean_time(12 * 3600, 4).value(), Some(3.0 * 3600.0));
}

#[rstest]
#[case(Components::availability, NoValue::NoPlannedTime)]
#[case(Components::effectiveness, NoValue::NoProductionTime)]
#[case(Components::quality_ratio, NoValue::NothingProduced)]
#[case(Components::oee, NoValue::NoPlannedTime)]
#[case(Components::nee, NoValue::NoPlannedTime)]
#[case(Components::utilization, NoValue::NoBusyTime)]
#[case(Components::technical_efficiency, NoValue::NoProductionTime)]
#[case(Components::setup_ratio, NoValue::NoProcessingTime)]
#[case(Components::allocation_efficiency, NoValue::NoPlannedTime)]
#[case(Components::scrap_ratio, NoValue::NothingProduced)]
#[case(Components::rework_ratio, NoValue::NothingProduced)]
#[case(Components::first_pass_yield, NoValue::NothingInspected)]
#[case(Components::attainment, NoValue::NoTarget)]
fn nothing_to_divide_by_is_no_value(#[case] figure: fn(&Components) -> Ratio, #[case] reason: NoValue) {
    assert_eq!(figure(&Components::default()), Ratio::None { reason });
}

#[test]
fn one_unplanned_run_time_leaves_no_oee() {
    let mut sum = components(minutes(480.0, 0.0, 0.0), 100, 0, Some(60));
    sum.make(1.into(), 0.into(), 0.into(), None);
    assert_eq!(sum.oee(), Ratio::None { reason: NoValue::IdealTimeUnknown });
    let mut none_made = components(minutes(480.0, 0.0, 0.0), 100, 0, Some(60));
    none_made.make(0.into(), 0.into(), 0.into(), None);
    assert!(none_made.oee().value().is_some());
}

#[test]
fn above_one_is_shown_as_an_error_and_not_capped() {
    let fast = components(minutes(10.0, 0.0, 0.0), 20, 0, Some(60));
    assert_eq!(fast.effectiveness(), Ratio::Value { value: 2.0, data_error: true });
    assert!(fast.oee().is_data_error() && fast.nee().is_data_error());
    let exact = components(minutes(10.0, 0.0, 0.0), 10, 0, Some(60));
    assert_eq!(exact.oee(), Ratio::Value { value: 1.0, data_error: false });
    let over = Components { target: 5.into(), ..exact };
    assert_eq!(over.attainment(), Ratio::Value { value: 2.0, data_error: false });
    let taken_back = components(minutes(10.0, 0.0, 0.0), -1, 3, Some(60));
    assert!(taken_back.quality_ratio().is_data_error());
}

#[rstest]
#[case(576, false)]
#[case(577, true)]
fn more_than_two_percent_unknown_is_incomplete(#[case] unknown: i64, #[case] incomplete: bool) {
    let time = TimeElements { pbt: 28_800, unknown, ..TimeElements::default() };
    assert_eq!(Components { time, ..Components::default() }.is_incomplete(), incomplete);
}

#[test]
fn a_roll_up_adds_before_it_divides() {
    let good_short = components(minutes(60.0, 0.0, 0.0), 60, 0, Some(60));
    let bad_long = components(minutes(600.0, 300.0, 0.0), 0, 300, Some(60));
    let sum: Components = [good_short, bad_long].into_iter().sum();
    assert_eq!(sum.oee().value(), Some(60.0 * 60.0 / (660.0 * 60.0)));
}

proptest! {
    #[test]
    fn oee_is_the_product_where_there_is_one_run_time(
        pbt in 1..100_000_i64, down in 0.0..1.0_f64, good in 0..5000_i32, bad in 0..500_i32, pri in 1..100_i64,
    ) {
        let adet = (pbt as f64 * down) as i64;
        let time = TimeElements { pot: pbt, pbt, adet, apt: pbt - adet, ..TimeElements::default() };
        let sum = components(time, good, bad, Some(pri));
        let product = sum.availability().times(sum.effectiveness()).times(sum.quality_ratio());
        if let (Some(oee), Some(product)) = (sum.oee().value(), product.value()) {
            prop_assert!((oee - product).abs() <= 1e-12 * oee.max(1.0));
        }
    }

    #[test]
    fn the_order_of_a_roll_up_does_not_matter(parts in prop::collection::vec((1..9000_i64, 0..99_i32, 0..9_i32), 0..8)) {
        let of = |(pbt, good, bad): &(i64, i32, i32)| {
            let time = TimeElements { pot: *pbt, pbt: *pbt, apt: pbt / 2, adet: pbt - pbt / 2, ..TimeElements::default() };
            components(time, *good, *bad, Some(7))
        };
        let (forward, back): (Components, Components) =
            (parts.iter().map(of).sum(), parts.iter().rev().map(of).sum());
        prop_assert_eq!(forward, back);
    }
}
