//! Every guard refuses by its code and name; those of the floor stand aside for facts; what only grows only
//! grows. A guard without a case is found by comparing with the functions that refuse.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use std::collections::BTreeSet;

use schema::attempt::{self, Answer};
use schema::guard::{self, Guard};
use schema::world::{self, World};
use schema::{Ground, row, texts};

const GROUPS: [&[Guard]; 4] = [guard::ORDERS, guard::QUALITY, guard::OFFICE, guard::MASTERS];

#[tokio::test]
async fn every_guard_refuses_by_its_code_and_name_and_yields_only_to_facts() {
    let (mut ground, world) = plant().await;
    let literal = "select distinct r[1] from pg_proc p, regexp_matches(p.prosrc, 'app\\.refuse\\(''TK[0-9]+'', ''([a-z_]+)''', 'g') as r
                   where p.pronamespace = 'app'::regnamespace";
    let named: BTreeSet<&str> =
        GROUPS.iter().flat_map(|group| group.iter()).map(|guard| guard.rule).collect();
    let forgotten: Vec<String> = texts(&mut ground.admin, literal)
        .await
        .into_iter()
        .filter(|rule| !named.contains(rule.as_str()))
        .collect();
    // The period of a machine has its own test among the states.
    assert_eq!(forgotten, ["machine_status_history_status_transition"]);

    let mut wrong = Vec::new();
    for facts in [false, true] {
        let guards: Vec<&Guard> = GROUPS.iter().flat_map(|group| group.iter()).collect();
        let statements: Vec<String> = guards.iter().map(|guard| statement(guard, &world, facts)).collect();
        begin(&mut ground, &world).await;
        let answers = attempt::all_to_commit(&mut ground.admin, &statements).await;
        schema::run(&mut ground.admin, "rollback").await;
        for (guard, answer) in guards.iter().zip(&answers) {
            let is_right = match facts && guard.yields_to_facts {
                true => matches!(answer, Answer::Done(1..)),
                false => answer.is(guard.code) && answer.names(guard.rule),
            };
            if !is_right {
                wrong.push(format!("{} (facts: {facts}): {answer}\n    {}", guard.rule, guard.asked));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_only_grows_is_neither_changed_nor_taken_away() {
    let (mut ground, world) = plant().await;
    let grows = texts(&mut ground.admin, "select unnest(app.append_only_tables()) order by 1").await;
    assert_eq!(
        grows.join(" "),
        "audit_logs genealogy_records inspection_logs inspection_measurements production_logs qr_code_scans sap_sync_logs workflow_history"
    );
    for table in grows.iter().map(|name| ground.catalog.table(name)) {
        let at = row::key(table, &world.rows[&table.name]);
        let tries = [
            format!("update {} set organization_id = organization_id where {at}", table.name),
            format!("delete from {} where {at}", table.name),
        ];
        for answer in attempt::all(&mut ground.admin, &tries).await {
            assert!(answer.is("TK001") && answer.names(&format!("{}_append_only", table.name)), "{answer}");
        }
    }
}

#[tokio::test]
async fn control_limits_may_follow_the_process_of_an_approved_plan() {
    let (mut ground, world) = plant().await;
    begin(&mut ground, &world).await;
    let approved = "set local session_replication_role = replica;
        update inspection_plans set status = 'APPROVED', approved_by = 1, approved_at = now();
        set local session_replication_role = origin;
        update inspection_characteristics set lower_control = 1.2, upper_control = 1.8";
    assert_eq!(attempt::all(&mut ground.admin, &[approved.to_owned()]).await, [Answer::Done(1)]);
}

async fn plant() -> (Ground, World) {
    let mut ground = Ground::new().await;
    let organization = world::organization(&mut ground.admin, "ALPHA").await;
    let world = world::build(&mut ground.admin, &ground.catalog, "A1", organization).await;
    (ground, world)
}

async fn begin(ground: &mut Ground, world: &World) {
    let organization = world.organization;
    schema::run(
        &mut ground.admin,
        &format!("begin; select set_config('app.current_organization_id', '{organization}', true)"),
    )
    .await;
}

fn statement(guard: &Guard, world: &World, facts: bool) -> String {
    let mut sql = format!(
        "set local session_replication_role = replica; {};
         set local session_replication_role = origin; set local app.ingest = '{}'; {}",
        if guard.given.is_empty() { "select 1" } else { guard.given },
        if facts { "on" } else { "" },
        guard.asked
    );
    for (table, row) in &world.rows {
        if let Some(id) = row.get("id") {
            sql = sql.replace(&format!("{{{table}}}"), &id.to_string());
        }
    }
    for (table, row) in &world.seconds {
        sql = sql.replace(&format!("{{{table}#2}}"), &row["id"].to_string());
    }
    sql
}
