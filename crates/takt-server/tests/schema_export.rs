//! The committed reference of the schema is what the catalog of a fresh database says.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sqlx::{Connection, PgConnection};
use takt_server::schema_export::{self, File};
use takt_testkit::TestDatabase;

#[tokio::test]
async fn the_committed_reference_shows_the_schema_as_it_is() {
    let database = TestDatabase::new().await;
    let files = schema_export::files(database.admin_url()).await.unwrap();
    assert_eq!(files.len(), 16, "13 groups, sync, policies and the index");
    if std::env::var_os("TAKT_GEN").is_some() {
        let _ = std::fs::remove_dir_all(folder());
        schema_export::export(database.admin_url(), &folder()).await.unwrap();
    }
    let differing = differences(&files, &folder());
    assert!(
        differing.is_empty(),
        "docs/schema is not what the migrations make; run `cargo xtask gen` and commit it:\n{}",
        differing.join("\n")
    );
}

#[tokio::test]
async fn a_difference_is_named_with_its_file_and_line() {
    let folder = std::env::temp_dir().join(format!("takt-schema-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("01_core.sql"), "one\nzwei\n").unwrap();
    std::fs::write(folder.join("old.sql"), "").unwrap();
    let file = |name: &str, content: &str| File { name: name.to_owned(), content: content.to_owned() };
    let files = [file("01_core.sql", "one\ntwo\n"), file("02_materials.sql", "")];
    let found = differences(&files, &folder);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(
        found,
        [
            "01_core.sql, line 2: committed `zwei`, the schema says `two`",
            "02_materials.sql is missing",
            "old.sql is no file of the reference",
        ]
    );
}

#[tokio::test]
async fn a_table_in_no_group_stops_the_export() {
    let database = TestDatabase::new().await;
    let mut admin = PgConnection::connect(database.admin_url()).await.unwrap();
    sqlx::raw_sql("create table public.forgotten (id int)").execute(&mut admin).await.unwrap();
    let error = schema_export::files(database.admin_url()).await.unwrap_err().to_string();
    assert_eq!(error, "the table forgotten is in no group: name it in app.table_groups()");
}

#[tokio::test]
async fn a_database_without_the_schema_is_told_so() {
    let database = TestDatabase::empty().await;
    let error = schema_export::files(database.admin_url()).await.unwrap_err().to_string();
    assert!(error.contains("run `takt-server migrate` first"), "{error}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema")
}

/// What is committed otherwise than the schema says.
fn differences(files: &[File], folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = files.iter().filter_map(|file| difference(file, folder)).collect();
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let here = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut stale: Vec<String> = here
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !wanted.contains(name.as_str()))
        .map(|name| format!("{name} is no file of the reference"))
        .collect();
    stale.sort();
    found.extend(stale);
    found
}

fn difference(file: &File, folder: &Path) -> Option<String> {
    let name = &file.name;
    let Ok(committed) = std::fs::read_to_string(folder.join(name)) else {
        return Some(format!("{name} is missing"));
    };
    if committed == file.content {
        return None;
    }
    let pairs = committed.lines().zip(file.content.lines()).enumerate();
    let first = pairs.into_iter().find(|(_, (committed, live))| committed != live);
    Some(match first {
        Some((line, (committed, live))) => {
            format!("{name}, line {}: committed `{committed}`, the schema says `{live}`", line + 1)
        }
        None => format!("{name} ends differently"),
    })
}
