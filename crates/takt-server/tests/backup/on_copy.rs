//! Pending migrations tried on a copy of the newest backup.

use takt_server::backup::programs::Programs;
use takt_server::db::attempt::Mode;
use takt_server::db::backup as facts;
use takt_server::migrate::on_copy::try_out;
use takt_server::migrate::statement::statements;
use takt_server::migrate::{MIGRATIONS, Migration};
use takt_testkit::TestDatabase;

use crate::plant::{Plant, number, run};

const GOOD: Migration = Migration {
    name: "0002_notes_of_work_orders.sql",
    sql: "-- An increment as migrations/README.md wants it.
set local role takt_owner;
alter table work_orders add column shop_note text;
create index production_logs_notes_idx on production_logs (organization_id, logged_at) where notes is not null;
create table shop_notes (
  id int generated always as identity primary key,
  organization_id int not null references organizations (id)
);
comment on table shop_notes is 'A semicolon; and more.';
reset role;
select app.apply_triggers();
select app.apply_policies();
select app.apply_grants();
",
};

const BAD: Migration = Migration {
    name: "0003_bad.sql",
    sql: "select 1;\nalter table work_orders\n  add column shop_note text;\n",
};

#[tokio::test]
async fn pending_migrations_are_tried_and_what_they_lock_is_told() {
    let plant = Plant::open().await;
    plant.back_up().await;
    let known = [MIGRATIONS, &[GOOD]].concat();
    let report = try_on_copy(&plant, &known).await.unwrap();
    report.verdict().unwrap();
    assert_eq!(report.steps.len(), 9);
    let locks_of = |start: &str| {
        let step = report.steps.iter().find(|step| step.text.starts_with(start)).unwrap();
        step.locks.clone()
    };
    let order = locks_of("alter table work_orders");
    assert!(order.contains(&("public.work_orders".to_owned(), Mode::AccessExclusive)), "{order:?}");
    let index = locks_of("create index");
    assert_eq!(
        index,
        [("public.production_logs".to_owned(), Mode::Share)],
        "chunks count as their hypertable"
    );
    assert!(locks_of("comment on").is_empty(), "nobody waits for what is new");
    let held = &report.held["public.work_orders"];
    assert!(held.lasted >= report.steps[2].took + report.steps[3].took, "{held:?}");
    let told = report.to_string();
    assert!(told.contains("ACCESS EXCLUSIVE on public.work_orders, readers and writers wait"), "{told}");
    assert!(!plant.has_copies().await);
    let column = "select count(*) from pg_attribute where attrelid = 'work_orders'::regclass and attname = 'shop_note'";
    assert_eq!(number(&plant.sql, column).await, 0, "the plant's own database is as it was");
}

#[tokio::test]
async fn a_migration_that_fails_is_named_and_the_copy_goes() {
    let plant = Plant::open().await;
    plant.back_up().await;
    let known = [MIGRATIONS, &[GOOD, BAD]].concat();
    let report = try_on_copy(&plant, &known).await.unwrap();
    let verdict = report.verdict().unwrap_err().to_string();
    assert!(verdict.contains("0003_bad.sql line 2 failed on the copy"), "{verdict}");
    assert!(verdict.contains("already exists"), "{verdict}");
    assert!(!plant.has_copies().await);
}

#[tokio::test]
async fn without_a_pending_migration_there_is_nothing_to_try() {
    let plant = Plant::open().await;
    assert!(try_on_copy(&plant, MIGRATIONS).await.is_err(), "there is no backup yet");
    plant.back_up().await;
    let report = try_on_copy(&plant, MIGRATIONS).await.unwrap();
    report.verdict().unwrap();
    assert!(report.to_string().starts_with("nothing to try"), "{report}");
    let refused = try_on_copy(&plant, &[GOOD]).await.unwrap_err();
    assert!(format!("{refused:#}").contains("does not fit this release"), "{refused:#}");
}

#[tokio::test]
async fn cut_into_statements_a_migration_does_the_same() {
    let (whole, cut) = (TestDatabase::new().await, TestDatabase::empty().await);
    let sql = sqlx::PgPool::connect(cut.admin_url()).await.unwrap();
    run(
        &sql,
        "create table public.takt_migrations (
           name text primary key, sha256 text not null, applied_at timestamptz not null default now())",
    )
    .await;
    let mut tx = sql.begin().await.unwrap();
    for migration in MIGRATIONS {
        for statement in statements(migration.sql) {
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.text)).execute(&mut *tx).await;
            done.unwrap_or_else(|error| panic!("line {}: {error}", statement.line));
        }
    }
    tx.commit().await.unwrap();
    run(&sql, "grant select on public.takt_migrations to takt_app").await;
    sql.close().await;
    let mut structures = Vec::new();
    for url in [whole.admin_url(), cut.admin_url()] {
        let mut reader = facts::reader(&url.parse().unwrap()).await.unwrap();
        structures.push(facts::structure(&mut reader).await.unwrap());
    }
    assert_eq!(structures[0], structures[1]);
}

async fn try_on_copy(
    plant: &Plant,
    known: &[Migration],
) -> anyhow::Result<takt_server::migrate::report::Report> {
    try_out(plant.database.admin_url(), plant.folder.path(), &Programs::default(), known).await
}

impl Plant {
    async fn has_copies(&self) -> bool {
        let like = self.other("copy").replace('_', "\\_");
        number(&self.sql, &format!("select count(*) from pg_database where datname like '{like}%'")).await > 0
    }
}
