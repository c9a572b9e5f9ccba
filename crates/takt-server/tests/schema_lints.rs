//! The catalog keeps the rules of the design: policies, keys, hypertables, functions, tables, roles.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use std::collections::BTreeSet;

use schema::lint::{self, Lint};
use schema::{Ground, names, surroundings, texts};

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
