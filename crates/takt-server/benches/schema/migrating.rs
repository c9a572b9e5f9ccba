//! The whole schema from nothing, beside its extensions alone.

use std::time::{Duration, Instant};

use anyhow::Result;
use sqlx::{Connection, PgConnection};
use takt_server::migrate;
use takt_testkit::TestDatabase;
use takt_testkit::measure::Line;
use takt_testkit::percentile::Sample;

const ROUNDS: usize = 5;
const SECONDS_MAX: f64 = 10.0;

pub async fn measure() -> Result<Line> {
    let (mut ours, mut floor) = (Sample::default(), Sample::default());
    for _ in 0..ROUNDS {
        floor.add(extensions().await?);
        let database = TestDatabase::empty().await;
        let start = Instant::now();
        migrate::run(database.admin_url(), false).await?;
        ours.add(start.elapsed());
    }
    let seconds = |sample: &Sample| sample.ms(50) / 1e3;
    Ok(Line {
        measure: "migration from nothing, p50".to_owned(),
        ours: format!("{:.2} s", seconds(&ours)),
        floor: format!("{:.2} s, extensions alone", seconds(&floor)),
        ratio: format!("{:.1} times its time", ours.times(&floor, 50)),
        goal: format!("below {SECONDS_MAX} s"),
        is_kept: seconds(&ours) < SECONDS_MAX,
    })
}

async fn extensions() -> Result<Duration> {
    let database = TestDatabase::empty().await;
    let mut sql = PgConnection::connect(database.admin_url()).await?;
    let start = Instant::now();
    sqlx::raw_sql(
        "create extension timescaledb; create extension pgcrypto; create extension pg_trgm;
         create extension btree_gist; create extension \"uuid-ossp\"",
    )
    .execute(&mut sql)
    .await?;
    Ok(start.elapsed())
}
