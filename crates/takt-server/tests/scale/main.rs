//! Five years of fifty tenants, two million lines of production: the plans of what is really asked stay
//! bound to indexes and to the chunks of their time. Nodes and chunks are judged, never times.

// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bounds;
#[allow(dead_code, reason = "the day is told in full to the proofs")]
#[path = "../proofs/day.rs"]
mod day;
#[allow(dead_code, reason = "parameters and sessions are for the bench")]
mod plans;
mod reads;
#[allow(dead_code, unused_imports, reason = "these tests use a part of it")]
#[path = "../centre/support/mod.rs"]
mod support;
#[allow(dead_code, reason = "parameters and sessions are for the bench")]
mod visits;
mod world;

use bounds::Bounds;
use support::Centre;

/// Lines of production per order: 50 tenants with 1,000 orders each.
const LINES: i64 = 40;

#[tokio::test(flavor = "multi_thread")]
async fn five_years_of_fifty_tenants_stay_bound_to_indexes_and_chunks() {
    let centre = Centre::open().await;
    world::build(&centre.sql, LINES).await;
    plans::listen(&centre.sql).await;
    let bounds = Bounds::read(&centre.sql).await;
    assert!(bounds.chunks() > 260 + 52 + 60, "only {} chunks", bounds.chunks());
    assert!(centre.count("select count(*) from production_logs").await >= 2_000_000);

    let careless = bounds.offences(&reads::careless(&centre).await).join("\n");
    for fault in
        ["careless: reads all of work_orders", "careless: reads all of a chunk", "careless: reads 25"]
    {
        assert!(careless.contains(fault), "{fault:?} was not found:\n{careless}");
    }

    let mut visits = visits::terminal(&centre).await;
    visits.extend(visits::night(&centre).await);
    visits.push(reads::lead(&centre).await);
    let asked: usize = visits.iter().map(|visit| visit.plans.len()).sum();
    println!("{asked} plans of {} visits", visits.len());
    let offences: Vec<String> = visits.iter().flat_map(|visit| bounds.offences(visit)).collect();
    assert!(offences.is_empty(), "out of bounds:\n{}", offences.join("\n"));
}
