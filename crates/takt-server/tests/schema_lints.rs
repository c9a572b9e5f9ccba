//! The catalog keeps the rules of the design: policies, keys, hypertables, functions, tables, roles.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use std::collections::BTreeSet;

use schema::lint::{self, Lint};
use schema::{Ground, names, surroundings, texts};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};

const GROUPS: [&[Lint]; 6] =
    [lint::POLICIES, lint::KEYS, lint::HYPERTABLES, lint::FUNCTIONS, lint::TABLES, lint::ROLES];

#[tokio::test]
async fn the_catalog_keeps_every_rule_and_every_rule_notices_a_breach() {
    let mut ground = Ground::new().await;
    let admin = &mut ground.admin;
    schema::run(admin, lint::VIEWS).await;
    let (mut broken, mut blind) = (Vec::new(), Vec::new());
    for lint in GROUPS.concat() {
        let offenders = format!("select x::text from ({}) as o (x)", lint.offenders);
        let found = texts(admin, &offenders).await;
        if !found.is_empty() {
            broken.push(format!("{}: {}", lint.rule, found.join(", ")));
        }
        schema::run(admin, &format!("begin; {}", lint.breach)).await;
        if texts(admin, &offenders).await.is_empty() && !lint.breach.is_empty() {
            blind.push(lint.rule);
        }
        schema::run(admin, "rollback").await;
    }
    assert!(broken.is_empty(), "{} rules are broken:\n{}", broken.len(), broken.join("\n"));
    assert!(blind.is_empty(), "these rules do not notice their breach: {blind:?}");
}

#[tokio::test]
async fn the_tables_are_those_of_the_dictionary() {
    let ground = Ground::new().await;
    let here: BTreeSet<&str> = ground.catalog.tables.keys().map(String::as_str).collect();
    let specified: Vec<&str> = names::SPECIFIED.split_whitespace().collect();
    assert_eq!(specified.len(), 65);
    let wanted: BTreeSet<&str> = specified.into_iter().chain(names::SYNC.split_whitespace()).collect();
    assert_eq!(here, wanted);
}

#[tokio::test]
async fn the_doors_past_the_policies_are_the_listed_ones() {
    let mut ground = Ground::new().await;
    let open = "select p.proname from pg_proc p where p.pronamespace = 'app'::regnamespace and p.prosecdef
                  and has_function_privilege('takt_app', p.oid, 'execute') order by 1";
    assert_eq!(texts(&mut ground.admin, open).await, surroundings::DOORS);
}

/// As `migrations/README.md` wants an increment.
const INCREMENT: &str = "
    begin;
    set local role takt_owner;
    set local lock_timeout = '5s';
    create table public.spare_parts (
      id              int generated always as identity primary key,
      organization_id int not null references organizations,
      plant_id        int not null,
      spare_code      text not null check (spare_code ~ '^[A-Z0-9]+$'),
      status          text not null default 'NEW' check (status in ('NEW', 'OLD')),
      created_at      timestamptz not null default now(),
      created_by      int default app.actor(),
      updated_at      timestamptz not null default now(),
      updated_by      int default app.actor(),
      row_version     int not null default 1,
      constraint spare_parts_id_key unique (organization_id, id)
    );
    create function app.spare_door() returns int language sql security definer set search_path = pg_catalog, public, pg_temp return 1;
    comment on function app.spare_door() is 'A new door.';
    alter table ncrs add column containment text check (char_length(containment) between 1 and 5000);
    alter table audit_logs add column reason text check (char_length(reason) between 1 and 500);
    reset role;
    alter function app.spare_door() owner to takt_definer;
    select app.apply_triggers(); select app.apply_policies(); select app.apply_grants();
    insert into public.takt_migrations (name, sha256) values ('0002_spare_parts.sql', repeat('0', 64));
    commit";

#[tokio::test]
async fn an_increment_needs_no_superuser() {
    let mut ground = Ground::new().await;
    let login = format!("takt_test_migrator_{}", std::process::id());
    let role = format!("create role {login} login password 'secret' in role takt_migrator");
    schema::run(&mut ground.admin, &role).await;
    let done = increment(&ground, &login).await;
    let told = texts(
        &mut ground.admin,
        "select c.relowner::regrole || ' ' || c.relforcerowsecurity
           || ' ' || (select string_agg(polname, ',' order by polname) from pg_policy where polrelid = c.oid)
           || ' ' || (select string_agg(tgname, ',' order by tgname) from pg_trigger where tgrelid = c.oid and not tgisinternal)
           || ' ' || has_table_privilege('takt_app', c.oid, 'insert') || ' ' || has_table_privilege('takt_device', c.oid, 'select')
           || ' ' || (select proowner::regrole from pg_proc where proname = 'spare_door')
         from pg_class c where c.relname = 'spare_parts'",
    )
    .await;
    // Its own database would keep the role from being dropped, were it to own anything.
    schema::run(&mut ground.admin, &format!("drop role {login}")).await;
    done.unwrap();
    assert_eq!(
        told,
        [
            "takt_owner true device_plant,tenant audit_delete,audit_insert,audit_update,touch true false takt_definer"
        ]
    );
}

async fn increment(ground: &Ground, login: &str) -> Result<(), sqlx::Error> {
    let options: PgConnectOptions = ground.database.app_url().parse()?;
    let mut migrator: PgConnection = options.username(login).password("secret").connect().await?;
    sqlx::raw_sql(INCREMENT).execute(&mut migrator).await?;
    sqlx::Connection::close(migrator).await
}
