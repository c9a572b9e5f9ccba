//! Every check and every exclusion refuses what it is there to refuse, by its own name; one without a case
//! is found by comparing with the catalog.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use std::collections::BTreeMap;

use schema::by_hand_more::IMPLIED;
use schema::catalog::{Check, Table};
use schema::row::{self, insert_sql};
use schema::world::{self, World};
use schema::{Ground, attempt, by_hand, by_hand_more, companion, exclusion, violation};
use serde_json::{Value, json};

/// A statement and the constraint that must refuse it; none when it must pass.
type Case = (Option<String>, String);

#[tokio::test]
async fn every_check_refuses_by_its_own_name() {
    let (mut ground, world) = plant().await;
    let mut cases: Vec<Case> = Vec::new();
    let mut uncovered = Vec::new();
    for table in ground.catalog.tables.values() {
        if !companion::SINGLE.contains(&table.name.as_str()) {
            cases.push((None, statement(table, &world, &json!({}))));
        }
        for check in table.checks.iter().filter(|check| !IMPLIED.contains(&check.name.as_str())) {
            let changes = changes(table, check);
            if changes.is_empty() {
                uncovered.push(check.name.as_str());
            }
            cases.extend(changes.iter().map(|c| (Some(check.name.clone()), statement(table, &world, c))));
        }
    }
    assert!(uncovered.is_empty(), "no case for: {uncovered:?}");
    let known: Vec<&str> =
        ground.catalog.tables.values().flat_map(|t| &t.checks).map(|c| c.name.as_str()).collect();
    let stale: Vec<&str> = by_hand().map(|(name, _)| name).filter(|name| !known.contains(name)).collect();
    assert!(stale.is_empty(), "no such check: {stale:?}");

    // Keys and triggers stand aside, so that nothing but the check can refuse the row.
    schema::run(&mut ground.admin, "begin; set local session_replication_role = replica").await;
    let refused = judge(&mut ground.admin, &cases, false).await;
    println!("{} checks, {refused} rows refused", known.len());
}

#[tokio::test]
async fn every_exclusion_refuses_an_overlap_and_lets_neighbours_be() {
    let (mut ground, world) = plant().await;
    let mut known: Vec<&String> =
        ground.catalog.tables.values().flat_map(|table| &table.exclusions).collect();
    let mut named: Vec<&str> = exclusion::CASES.iter().map(|case| case.constraint).collect();
    known.sort();
    named.sort_unstable();
    named.dedup();
    assert_eq!(known, named);

    for case in exclusion::CASES {
        let table = ground.catalog.table(case.table);
        let insert = |changes: &str| statement(table, &world, &serde_json::from_str(changes).unwrap());
        let pair = |second: &str| format!("{}; {}", insert(case.first), insert(second));
        let cases = [(Some(case.constraint.to_owned()), pair(case.overlaps)), (None, pair(case.beside))];
        let mode = if case.is_deferred { "origin" } else { "replica" };
        schema::run(&mut ground.admin, &format!("begin; set local session_replication_role = {mode}")).await;
        judge(&mut ground.admin, &cases, case.is_deferred).await;
        schema::run(&mut ground.admin, "rollback").await;
    }
}

async fn plant() -> (Ground, World) {
    let mut ground = Ground::new().await;
    let organization = world::organization(&mut ground.admin, "ALPHA").await;
    let world = world::build(&mut ground.admin, &ground.catalog, "A1", organization).await;
    (ground, world)
}

fn by_hand() -> impl Iterator<Item = (&'static str, Value)> {
    let all = by_hand::CASES.iter().chain(by_hand_more::CASES);
    all.map(|(name, changes)| (*name, serde_json::from_str(changes).unwrap()))
}

/// What breaks a check: written by hand, or read off it.
fn changes(table: &Table, check: &Check) -> Vec<Value> {
    let written: Vec<Value> =
        by_hand().filter(|(name, _)| *name == check.name).map(|(_, changes)| changes).collect();
    if !written.is_empty() {
        return written;
    }
    let Some(column) = check.columns.first() else { return Vec::new() };
    let kind = &table.column(column).unwrap().kind;
    violation::values(check, kind).into_iter().map(|value| json!({ column: value })).collect()
}

fn statement(table: &Table, world: &World, changes: &Value) -> String {
    let fresh = world.fresh(table, 21).unwrap_or_else(|| panic!("no row for {}", table.name));
    insert_sql(table, &row::with(&fresh, changes), "")
}

/// Tries all cases; answers how many rows were refused as they should be.
async fn judge(connection: &mut sqlx::PgConnection, cases: &[Case], to_commit: bool) -> usize {
    let statements: Vec<String> = cases.iter().map(|case| case.1.clone()).collect();
    let answers = if to_commit {
        attempt::all_to_commit(connection, &statements).await
    } else {
        attempt::all(connection, &statements).await
    };
    let mut wrong = BTreeMap::new();
    for ((name, sql), answer) in cases.iter().zip(&answers) {
        let is_right = match name {
            Some(name) => answer.names(name),
            None => matches!(answer, attempt::Answer::Done(_)),
        };
        if !is_right {
            wrong.insert(sql, format!("{}: {answer}\n    {sql}", name.as_deref().unwrap_or("a valid row")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.into_values().collect::<Vec<_>>().join("\n")
    );
    cases.iter().filter(|case| case.0.is_some()).count()
}
