//! Everything works on TimescaleDB's Apache edition; nothing asks for the community edition.

use std::fs;
use std::path::{Path, PathBuf};

use takt_server::jobs::{self, Job};
use takt_testkit::postgres::Server;
use takt_testkit::workspace;

use crate::day::{a_day, application};

/// What only the community edition does: policies and jobs of the database, columnstore, continuous
/// aggregates, gap filling, moving and merging chunks.
const COMMUNITY: [&str; 38] = [
    "add_compression_policy",
    "add_columnstore_policy",
    "add_continuous_aggregate_policy",
    "add_job",
    "add_policies",
    "add_process_hypertable_invalidations_policy",
    "add_reorder_policy",
    "add_retention_policy",
    "alter_job",
    "alter_policies",
    "approximate_row_count",
    "cagg_migrate",
    "chunk_compression_stats",
    "chunk_columnstore_stats",
    "compress_chunk",
    "convert_to_columnstore",
    "convert_to_rowstore",
    "decompress_chunk",
    "delete_job",
    "disable_chunk_skipping",
    "enable_chunk_skipping",
    "hypercore",
    "hypertable_compression_stats",
    "hypertable_columnstore_stats",
    "interpolate(",
    "locf(",
    "merge_chunks",
    "move_chunk",
    "recompress_chunk",
    "refresh_continuous_aggregate",
    "remove_retention_policy",
    "reorder_chunk",
    "run_job",
    "show_policies",
    "split_chunk",
    "time_bucket_gapfill",
    "timescaledb.compress",
    "timescaledb.continuous",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs" || it == "sql") {
            found.push(path);
        }
    }
}

#[test]
fn neither_schema_nor_server_names_a_function_of_the_community_edition() {
    let mut files = Vec::new();
    sources(&workspace::migrations(), &mut files);
    sources(&workspace::root().join("crates/takt-server/src"), &mut files);
    assert!(files.len() > 60, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).unwrap().to_lowercase();
        let named: Vec<_> = COMMUNITY.iter().filter(|name| text.contains(**name)).collect();
        assert!(named.is_empty(), "{} names {named:?}", file.display());
    }
}

#[tokio::test]
async fn schema_ingest_and_jobs_work_on_the_apache_edition() {
    let centre = a_day().await;
    let edition = centre.text("select current_setting('timescaledb.license')").await;
    if !Server::is_given() {
        assert_eq!(
            edition, "apache",
            "the embedded server is Debian's: the whole suite runs on that edition"
        );
        let refused = sqlx::raw_sql("select add_retention_policy('production_logs', interval '5 years')")
            .execute(&centre.sql)
            .await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("apache"), "{refused}");
    }
    let db = application(&centre).await;
    for job in Job::ALL {
        jobs::run(&db, job, false, chrono::Utc::now()).await.unwrap();
    }
}
