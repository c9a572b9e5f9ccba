//! The throw-away databases against the real embedded server.
use std::process::Command;

use takt_testkit::TestDatabase;

fn query(url: &str, sql: &str) -> Result<String, String> {
    let bin = takt_testkit::workspace::state().join("pg/root/usr/lib/postgresql/17/bin/psql");
    let psql = if bin.exists() { bin } else { "psql".into() };
    let output = Command::new(psql).args(["-X", "-A", "-t", "-c", sql, "-d", url]).output();
    let output = output.map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

#[tokio::test]
async fn a_database_has_timescaledb_and_goes_with_its_value() {
    let database = TestDatabase::empty().await;
    let (name, url) = (database.name().to_owned(), database.admin_url().to_owned());
    let version = query(
        &url,
        "create extension timescaledb; select extversion from pg_extension where extname = 'timescaledb'",
    );
    assert!(version.unwrap().contains("2."));
    drop(database);
    let gone = query(&url, "select 1").unwrap_err();
    assert!(gone.contains(&format!("\"{name}\" does not exist")), "{gone}");
}

#[tokio::test]
async fn the_application_role_is_bound_by_policies() {
    let database = TestDatabase::empty().await;
    let powers = "select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user";
    assert_eq!(query(database.app_url(), powers).unwrap(), "takt_app|f");
    assert_eq!(query(database.admin_url(), powers).unwrap(), "takt_admin|t");
}

#[tokio::test]
async fn many_tests_at_once_get_databases_of_their_own() {
    let all: Vec<_> = (0..6).map(|_| tokio::spawn(TestDatabase::new())).collect();
    let mut names = Vec::new();
    for one in all {
        let database = one.await.unwrap();
        query(database.admin_url(), "create table mine (id int)").unwrap();
        names.push(database.name().to_owned());
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 6);
}
