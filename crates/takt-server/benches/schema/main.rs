//! What the schema costs: planning with years of chunks, a migration from nothing, and an insert with
//! policies, receipts, counters and triggers beside one without. `cargo xtask bench schema`.

// Shared with tests, whose helpers may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "the day is told in full to the proofs")]
#[path = "../../tests/proofs/day.rs"]
mod day;
mod inserting;
mod migrating;
mod planning;
#[path = "../../tests/scale/plans.rs"]
#[allow(dead_code, reason = "scans are judged in tests")]
mod plans;
#[path = "../../tests/scale/reads.rs"]
#[allow(dead_code, reason = "carelessness is judged in tests")]
mod reads;
#[allow(dead_code, unused_imports, reason = "these benches use a part of it")]
#[path = "../../tests/centre/support/mod.rs"]
mod support;
#[path = "../../tests/scale/visits.rs"]
#[allow(dead_code, reason = "bounds are judged in tests")]
mod visits;
#[path = "../../tests/scale/world.rs"]
mod world;

use std::process::ExitCode;

use anyhow::Result;
use takt_testkit::measure::{Line, conclude};

#[tokio::main]
async fn main() -> ExitCode {
    conclude("schema", measure().await)
}

async fn measure() -> Result<Vec<Line>> {
    let mut lines = vec![migrating::measure().await?];
    lines.extend(inserting::measure().await?);
    lines.push(planning::measure().await?);
    Ok(lines)
}
