//! A batch of 500 lines of production from a terminal through HTTP into the real server and TimescaleDB, beside the
//! raw statements: as many receipts and lines of the same bytes, by the same two inserts in one transaction on one
//! connection. Turn by turn, so that both meet the same database in the same mood.
mod floor;
#[path = "../plant/mod.rs"]
mod plant;
mod shift;
mod terminal;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, ensure};
use sqlx::{Connection, PgConnection};
use takt_testkit::TestDatabase;
use takt_testkit::measure::{Line, conclude};
use takt_testkit::percentile::Sample;

use floor::Floor;
use plant::Plant;
use shift::Shift;
use terminal::Terminal;

const BATCH: i64 = 500;
const WARM_UP: i64 = 5;
const ROUNDS: i64 = 100;
/// The throw-away database has no autovacuum: what a plant's own would do in the background is done between rounds.
const BETWEEN_ANALYSES: i64 = 5;
/// `sync.md`: events per second at least, and as a share of the floor's.
const RATE_MIN: f64 = 10_000.0;
const SHARE_MIN: f64 = 0.5;
/// `sync.md`: milliseconds of the slowest batch in a hundred.
const P99_MS_MAX: f64 = 300.0;

#[tokio::main]
async fn main() -> ExitCode {
    conclude("push of 500", measure().await)
}

async fn measure() -> Result<Vec<Line>> {
    let database = TestDatabase::try_new().await?;
    let plant = Plant::open(&database).await?;
    let mut sql = PgConnection::connect(database.admin_url()).await?;
    let shift = Shift::of(&mut sql).await?;
    let terminal = Terminal::enrol(&plant).await?;
    let floor = Floor::open(&plant, database.app_url()).await?;
    let (mut ours, mut raw) = (Sample::default(), Sample::default());
    for round in 0..WARM_UP + ROUNDS {
        if round % BETWEEN_ANALYSES == 0 {
            sqlx::query("analyze sync_receipts, production_logs").execute(&mut sql).await?;
        }
        let numbers = round * BATCH + 1..=(round + 1) * BATCH;
        let batch = shift.batch(&terminal, numbers.clone())?;
        let start = Instant::now();
        let answer = terminal.push(&batch).await?;
        let pushed = start.elapsed();
        ensure!(answer.verdicts.is_empty(), "not plainly applied: {:?}", answer.verdicts.first());
        ensure!(answer.acked.get(&1) == Some(numbers.end()), "acknowledged up to {:?}", answer.acked);

        let events = shift.events(numbers)?;
        let start = Instant::now();
        floor.commit(&shift, &events).await?;
        let committed = start.elapsed();
        if round >= WARM_UP {
            ours.add(pushed);
            raw.add(committed);
        }
    }
    let (rows, bytes) = same_rows(&mut sql).await?;
    println!("push of 500   ours   {}", ours.summary());
    println!("              floor  {}  ({rows} rows, {bytes} bytes each way)", raw.summary());
    Ok(lines(&ours, &raw))
}

fn lines(ours: &Sample, floor: &Sample) -> Vec<Line> {
    let rate = |sample: &Sample| 500e3 / sample.ms(50).max(f64::EPSILON);
    let share = rate(ours) / rate(floor);
    let (p99, p99_floor) = (ours.ms(99), floor.ms(99));
    vec![
        Line {
            measure: "push of 500, p50".to_owned(),
            ours: format!("{:.1} ms, {:.0} events/s", ours.ms(50), rate(ours)),
            floor: format!("{:.1} ms, {:.0} events/s", floor.ms(50), rate(floor)),
            ratio: format!("{share:.2} of its rate"),
            goal: format!("at least {SHARE_MIN}, {RATE_MIN:.0} events/s"),
            is_kept: share >= SHARE_MIN && rate(ours) >= RATE_MIN,
        },
        Line {
            measure: "push of 500, p99".to_owned(),
            ours: format!("{p99:.1} ms"),
            floor: format!("{p99_floor:.1} ms"),
            ratio: format!("{:.2} times its time", ours.times(floor, 99)),
            goal: format!("below {P99_MS_MAX} ms"),
            is_kept: p99 < P99_MS_MAX,
        },
    ]
}

/// What both wrote per batch: the comparison holds only if it is as much.
async fn same_rows(sql: &mut PgConnection) -> Result<(i64, i64)> {
    let written: Vec<(i64, i64)> = sqlx::query_as(
        "select r.rows + p.rows, r.bytes + p.bytes
         from (select device_id, count(*) as rows, sum(pg_column_size(sync_receipts.*)) as bytes
               from sync_receipts group by device_id) as r
         join (select device_id, count(*) as rows, sum(pg_column_size(production_logs.*))::bigint as bytes
               from production_logs where device_id is not null group by device_id) as p using (device_id)",
    )
    .fetch_all(sql)
    .await?;
    let [(rows, bytes), (floor_rows, floor_bytes)] = written[..] else {
        anyhow::bail!("two devices should have written: {written:?}");
    };
    let apart = (bytes - floor_bytes).abs();
    ensure!(rows == floor_rows && apart * 100 <= bytes, "not as many rows and bytes: {written:?}");
    let batches = WARM_UP + ROUNDS;
    Ok((rows / batches, bytes / batches))
}
