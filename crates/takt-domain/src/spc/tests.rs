//! SPC against NIST's certified values, R's qcc, NIST's handbook and numpy.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::limits::{chart, xmr};
use super::*;
use crate::Measure;
use crate::reference::{assert_close, records, text};

fn measure(text: &str) -> Measure {
    Measure::typed(text).unwrap()
}

fn series(values: &Value) -> Vec<Measure> {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values.as_array().unwrap().iter().map(|value| measure(&plain(value))).collect()
}

fn subgroups(values: &Value) -> Vec<Vec<Measure>> {
    values.as_array().unwrap().iter().map(series).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse::<f64>().unwrap())
}

#[test]
fn moments_are_those_nist_certifies() {
    for set in records("spc/strd.json") {
        let (name, ours) = (set["name"].as_str().unwrap(), moments(&series(&set["data"])).unwrap());
        assert_eq!(ours.n, set["n"].as_u64().unwrap() as usize);
        assert_close(ours.mean, number(&set["certified"]["mean"]), 1e-15, name);
        assert_close(ours.sd.unwrap(), number(&set["certified"]["sd_n_minus_1"]), 2e-15, name);
    }
}

#[test]
fn gear_diameters_keep_their_own_mean_and_spread() {
    let Some(file) = text("demo/gear_diameter.csv") else { return };
    let readings: Vec<&str> = file.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let exact: Vec<Measure> = readings.iter().map(|text| measure(text)).collect();
    let ours = moments(&exact).unwrap();
    // In whole thousandths of an inch, where sums are integers and nothing can be lost.
    let mils: Vec<i64> =
        readings.iter().map(|text| (text.parse::<f64>().unwrap() * 1000.0).round() as i64).collect();
    let (n, sum) = (mils.len() as i64, mils.iter().sum::<i64>());
    let squares = mils.iter().map(|mil| mil * mil).sum::<i64>() * n - sum * sum;
    assert_eq!(n, 100);
    assert!((ours.mean - sum as f64 / n as f64 / 1000.0).abs() < 1e-15);
    let sd = (squares as f64 / (n * (n - 1)) as f64).sqrt() / 1000.0;
    assert!((ours.sd.unwrap() - sd).abs() < 1e-15);
}

#[test]
fn individuals_have_the_limits_numpy_and_the_handbook_have() {
    for case in records("spc/charts.json").iter().filter(|case| case["chart"] == "xbar.one") {
        let id = case["id"].as_str().unwrap();
        let ours = xmr(&series(&case["data"])).unwrap();
        let numpy = &case["independent_recomputation"];
        for (ours, key) in [
            (ours.individuals.center, "center"),
            (ours.individuals.lcl, "lcl"),
            (ours.individuals.ucl, "ucl"),
            (ours.sigma, "std_dev"),
        ] {
            assert_close(ours, number(&numpy[key]), 1e-9, id);
            assert_close(ours, number(&case["expected"][key]), 5e-4, id);
        }
        let values: Vec<f64> = case["data"].as_array().unwrap().iter().map(number).collect();
        let found = violations(&values, ours.individuals.center, ours.sigma);
        let beyond = found.iter().filter(|found| found.rule == Rule::BeyondLimits);
        let beyond: Vec<u64> = beyond.map(|found| found.index as u64 + 1).collect();
        let theirs = &case["expected"]["beyond_limits_1based"];
        let one = || vec![theirs.as_u64().unwrap()];
        let many = |list: &Vec<Value>| list.iter().map(|index| index.as_u64().unwrap()).collect();
        let mut theirs = theirs.as_array().map_or_else(one, many);
        theirs.sort_unstable();
        assert_eq!(beyond, theirs, "{id}");
    }
}

#[rstest]
#[case("xbar", |chart: &SubgroupChart| chart.mean)]
#[case("R", |chart: &SubgroupChart| chart.range)]
fn subgroups_have_the_limits_numpy_and_qcc_have(
    #[case] kind: &str,
    #[case] of: fn(&SubgroupChart) -> Limits,
) {
    let cases = records("spc/charts.json");
    let by_range = |case: &&Value| case["chart"] == kind && case["params"]["std.dev"].is_null();
    for case in cases.iter().filter(by_range) {
        let id = case["id"].as_str().unwrap();
        let ours = chart(&subgroups(&case["data"])).unwrap();
        let numpy = &case["independent_recomputation"];
        let limits = of(&ours);
        assert_close(limits.center, number(&numpy["center"]), 1e-9, id);
        assert_close(limits.ucl, number(&numpy["ucl"]), 1e-8, id);
        assert!((limits.lcl - number(&numpy["lcl"])).abs() < 1e-8, "{id}");
        assert_close(ours.sigma, number(&numpy["std_dev"]), 1e-8, id);
        let points = if kind == "R" { &ours.ranges } else { &ours.means };
        for (ours, theirs) in points.iter().zip(case["expected"]["statistics"].as_array().unwrap()) {
            assert_close(*ours, number(theirs), 1e-9, id);
        }
    }
}

#[test]
fn run_rules_judge_as_qcc_does() {
    for case in records("spc/rules.json") {
        let values: Vec<f64> = case["series"].as_array().unwrap().iter().map(number).collect();
        let ours = violations(&values, number(&case["center"]), number(&case["sigma"]));
        for rule in Rule::ALL {
            let found = ours.iter().filter(|found| found.rule == *rule).map(|found| found.index as u64 + 1);
            let theirs = case["expected_1based_last_point"][rule.as_str()].as_array().unwrap();
            let theirs: Vec<u64> = theirs.iter().map(|index| index.as_u64().unwrap()).collect();
            assert_eq!(found.collect::<Vec<_>>(), theirs, "{} {rule}", case["id"]);
        }
    }
}

#[test]
fn a_point_on_a_line_is_not_beyond_it() {
    assert!(violations(&[3.0, -3.0, 0.0, 2.0, -2.0, 2.0], 0.0, 1.0).is_empty());
}

#[test]
fn capability_is_that_of_qcc() {
    for case in records("spc/capability.json").iter().filter(|case| !case["data"].is_null()) {
        let id = case["id"].as_str().unwrap();
        let grouped = case["data"][0].is_array();
        let values: Vec<Measure> =
            if grouped { subgroups(&case["data"]).concat() } else { series(&case["data"]) };
        let sigma = if grouped {
            chart(&subgroups(&case["data"])).unwrap().sigma
        } else {
            xmr(&values).unwrap().sigma
        };
        let ours = moments(&values).unwrap();
        let (lower, upper) = (case["LSL"].as_f64(), case["USL"].as_f64());
        let ours = capability(ours.mean, Some(sigma), ours.sd, lower, upper);
        for (ours, key) in [(ours.cp, "Cp"), (ours.cpk, "Cp_k"), (ours.pp, "Pp"), (ours.ppk, "Pp_k")] {
            // qcc rounds d2 to three digits.
            if let Some(theirs) = case["expected"][key]["value"].as_f64() {
                assert_close(ours.unwrap(), theirs, 5e-4, &format!("{id} {key}"));
            }
        }
    }
}

#[test]
fn capability_is_that_of_the_dictionary() {
    let ours = capability(25.02, Some(0.035), None, Some(24.9), Some(25.1));
    assert!((ours.cp.unwrap() - 0.952).abs() < 5e-4);
    assert!((ours.cpk.unwrap() - 0.762).abs() < 5e-4);
    assert_eq!((ours.pp, ours.ppk), (None, None));
    let one_sided = capability(25.02, Some(0.035), Some(0.0), None, Some(25.1));
    assert_eq!((one_sided.cp, one_sided.cpk, one_sided.ppk), (None, ours.cpk, None));
}

#[test]
fn constants_are_the_integrated_ones() {
    for line in text("spc/constants.csv").unwrap_or_default().lines().skip(1) {
        let row: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
        let Some(ours) = constants(row[0] as usize) else { continue };
        for (ours, column) in [(ours.d2, 1), (ours.a2, 5), (ours.d3, 13), (ours.d4, 14)] {
            assert!((ours - row[column]).abs() <= 1e-8, "n = {} column {column}", row[0]);
        }
    }
    let two = constants(2).unwrap();
    assert_eq!((format!("{:.2}", 3.0 / two.d2), format!("{:.3}", two.d4)), ("2.66".into(), "3.267".into()));
}

#[test]
fn too_few_points_have_no_limits() {
    let values = vec![Measure::from(1); MIN_POINTS];
    assert_eq!(individuals(&values[1..]), Err(LimitsRefused::TooFew { have: 29, need: 30 }));
    assert!(individuals(&values).is_ok());
    let groups = vec![values[..5].to_vec(); MIN_SUBGROUPS];
    assert_eq!(xbar_r(&groups[1..]), Err(LimitsRefused::TooFew { have: 24, need: 25 }));
    assert!(xbar_r(&groups).is_ok());
    let uneven = [groups, vec![values[..4].to_vec()]].concat();
    assert_eq!(xbar_r(&uneven), Err(LimitsRefused::SubgroupSize));
}

#[test]
fn one_reading_has_a_mean_and_no_spread() {
    assert_eq!(moments(&[]), None);
    let one = moments(&[measure("25.004")]).unwrap();
    assert_eq!((one.n, one.mean, one.sd), (1, 25.004, None));
}

proptest! {
    #[test]
    fn a_shift_far_from_zero_changes_no_spread(
        offsets in prop::collection::vec(-999_i64..999, 2..80),
        far in 0_i64..900_000_000,
    ) {
        let at = |base: i64| -> Vec<Measure> {
            offsets.iter().map(|mil| {
                let mils = rust_decimal::Decimal::new(base * 1000 + mil, 3);
                Measure::new(mils).unwrap()
            }).collect()
        };
        let (near, far) = (moments(&at(0)).unwrap(), moments(&at(far)).unwrap());
        let (near, far) = (near.sd.unwrap(), far.sd.unwrap());
        prop_assert!((near - far).abs() <= 1e-13 * near.max(1.0));
    }
}
