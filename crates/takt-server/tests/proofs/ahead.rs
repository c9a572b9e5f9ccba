//! Chunks and shifts are there before anybody needs them; one process at a time sees to it.

use std::time::{Duration, Instant};

use chrono::Utc;
use takt_server::db::{lock, retention};
use takt_server::jobs::{self, Job};
use takt_testkit::TestDatabase;

use crate::day::{a_day, application};

const ROWS: &str = "select concat_ws(' ', (select count(*) from production_logs), (select count(*) from qr_code_scans),
    (select count(*) from inspection_measurements), (select count(*) from genealogy_records), (select count(*) from sap_sync_logs))";
const FUTURE: &str =
    "select (select count(*) from production_logs where logged_at > now() + interval '1 hour')
    + (select count(*) from audit_logs where occurred_at > now() + interval '1 hour')";
/// Tables without a chunk for every one of the next 21 days.
const UNCOVERED: &str = "select string_agg(distinct h.hypertable_name, ' ') from timescaledb_information.hypertables h
    cross join generate_series(0, 21) as d where not exists (
      select from timescaledb_information.chunks c where c.hypertable_name = h.hypertable_name
        and now() + make_interval(days => d) >= c.range_start and now() + make_interval(days => d) < c.range_end)";

#[tokio::test]
async fn the_next_chunks_of_every_table_are_there_and_empty() {
    let centre = a_day().await;
    centre
        .run("insert into sap_sync_logs (organization_id, started_at, finished_at, entity_type, direction, operation, status)
              select id, now(), now(), 'material', 'FROM_SAP', 'FETCH', 'SUCCESS' from organizations limit 1")
        .await;
    let (rows, db) = (centre.text(ROWS).await, application(&centre).await);
    assert_ne!(centre.text(UNCOVERED).await, "");
    jobs::run(&db, Job::Chunks, true, Utc::now()).await.unwrap();
    assert_ne!(centre.text(UNCOVERED).await, "", "a dry run made chunks");

    jobs::run(&db, Job::Chunks, false, Utc::now()).await.unwrap();
    assert_eq!(centre.text(UNCOVERED).await, "");
    assert_eq!((centre.text(ROWS).await, centre.count(FUTURE).await), (rows, 0));
    let again = jobs::run(&db, Job::Chunks, false, Utc::now()).await.unwrap();
    assert!(again.iter().all(|line| line.ends_with(": 0 chunks made ahead")), "{again:?}");
}

#[tokio::test]
async fn making_a_chunk_gives_up_rather_than_keep_terminals_waiting() {
    let centre = a_day().await;
    let db = application(&centre).await;
    let mut ingest = centre.sql.begin().await.unwrap();
    sqlx::raw_sql("lock table plants in row exclusive mode").execute(&mut *ingest).await.unwrap();
    let start = Instant::now();
    let refused = retention::create_chunks_ahead(&db, "production_logs", 21, false).await.unwrap_err();
    assert!(retention::is_locked_out(&refused), "{refused}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    ingest.rollback().await.unwrap();
    assert!(retention::create_chunks_ahead(&db, "production_logs", 21, false).await.unwrap() > 0);
}

#[tokio::test]
async fn shifts_are_there_sixty_days_ahead_for_every_plant() {
    let centre = a_day().await;
    centre
        .script(
            "set session_replication_role = replica; delete from shift_occurrences where starts_at > now()",
        )
        .await;
    let short = "select count(*) from plants p where exists (select from shifts s where s.plant_id = p.id and s.is_active)
                 and not exists (select from shift_occurrences o where o.plant_id = p.id and o.starts_at > now() + interval '56 days')";
    assert_ne!(centre.count(short).await, 0);
    jobs::run(&application(&centre).await, Job::Shifts, false, Utc::now()).await.unwrap();
    assert_eq!(centre.count(short).await, 0);
}

#[tokio::test]
async fn one_process_at_a_time_does_a_job_and_a_dead_one_gives_its_turn_back() {
    let database = TestDatabase::new().await;
    let db = takt_server::db::Db::connect(database.app_url(), 2).await.unwrap();
    let held = lock::try_hold(&db, "chunks").await.unwrap().unwrap();
    let refused = jobs::run(&db, Job::Chunks, false, Utc::now()).await.unwrap_err().to_string();
    assert!(refused.contains("another process"), "{refused}");
    assert!(jobs::run(&db, Job::Shifts, false, Utc::now()).await.is_ok(), "another job has another lock");
    drop(held);
    let until = Instant::now() + Duration::from_secs(10);
    while let Err(error) = jobs::run(&db, Job::Chunks, false, Utc::now()).await {
        assert!(Instant::now() < until, "{error:#}");
        tokio::task::yield_now().await;
    }
}
