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

#[tokio::test]
async fn a_bill_goes_no_deeper_than_ten_whichever_way_it_is_built() {
    let (mut ground, world) = plant().await;
    let numbers = 0..12;
    let materials: String = numbers.clone().map(material).collect();
    let headers: String = numbers.map(header).collect();
    let line = |n: i32| {
        format!(
            "insert into bom_lines (organization_id, bom_header_id, line_number, component_material_id, quantity, unit_id)
             select h.organization_id, h.id, 1, m.id, 1, m.base_unit_id from bom_headers h, materials m
             where h.bom_number = 'DEEP-{n}' and m.material_number = 'DEEP-{}'",
            n + 1
        )
    };
    let downward: Vec<i32> = (0..11).collect();
    let upward: Vec<i32> = (0..11).rev().collect();
    let from_the_middle = vec![5, 6, 4, 7, 3, 8, 2, 9, 1, 10, 0];
    for order in [downward, upward, from_the_middle] {
        begin(&mut ground, &world).await;
        schema::run(&mut ground.admin, &format!("{materials}{headers}")).await;
        let (last, first) = order.split_last().unwrap();
        for n in first {
            schema::run(&mut ground.admin, &line(*n)).await;
        }
        let answer = attempt::all(&mut ground.admin, &[line(*last)]).await.remove(0);
        assert!(answer.is("TK007") && answer.names("bom_lines_tree"), "{order:?}: {answer}");
        schema::run(&mut ground.admin, "rollback").await;
    }
}

fn material(n: i32) -> String {
    format!(
        "insert into materials (organization_id, material_number, material_name, material_category_id, base_unit_id)
         select organization_id, 'DEEP-{n}', 'deep', material_category_id, base_unit_id from materials limit 1;"
    )
}

fn header(n: i32) -> String {
    format!(
        "insert into bom_headers (organization_id, bom_number, bom_name, material_id, base_quantity, unit_id, effective_from)
         select organization_id, 'DEEP-{n}', 'deep', id, 1, base_unit_id, current_date from materials where material_number = 'DEEP-{n}';"
    )
}

#[tokio::test]
async fn a_branch_of_categories_moves_with_its_whole_depth() {
    let (mut ground, world) = plant().await;
    begin(&mut ground, &world).await;
    let chain = |name: &str, length: i32| -> String {
        let one = |n: i32| {
            format!(
                "insert into material_categories (organization_id, category_code, category_name, parent_category_id)
                 values ({}, '{name}-{n}', 'c', (select id from material_categories where category_code = '{name}-{}'));",
                world.organization,
                n - 1
            )
        };
        (1..=length).map(one).collect()
    };
    schema::run(&mut ground.admin, &format!("{}{}", chain("A", 5), chain("B", 6))).await;
    let under = |parent: &str| {
        format!(
            "update material_categories set parent_category_id = (select id from material_categories where category_code = '{parent}')
             where category_code = 'B-1'"
        )
    };
    let answers = attempt::all(&mut ground.admin, &[under("A-4"), under("A-5")]).await;
    assert_eq!(answers[0], Answer::Done(1), "4 + 6 levels");
    assert!(answers[1].names("material_categories_tree"), "5 + 6 levels: {}", answers[1]);
}

#[tokio::test]
async fn items_of_a_project_bill_stand_one_level_below_their_parent() {
    let (mut ground, world) = plant().await;
    begin(&mut ground, &world).await;
    let item = |code: &str, parent: &str| {
        format!(
            "insert into project_bom (organization_id, project_id, item_code, parent_id, material_id, quantity_required, unit_id, level)
             select organization_id, project_id, '{code}', (select id from project_bom where item_code = '{parent}'), material_id, 1,
                    unit_id, 7 from project_bom limit 1;"
        )
    };
    let tree = [item("A", ""), item("B", "A"), item("C", "B"), item("D", "")].concat();
    schema::run(&mut ground.admin, &tree).await;
    let levels = "select string_agg(item_code || level, ' ' order by item_code) from project_bom where item_code in ('A', 'B', 'C', 'D')";
    assert_eq!(schema::text(&mut ground.admin, levels).await, "A1 B2 C3 D1");
    let moved = "update project_bom set parent_id = (select id from project_bom where item_code = 'D') where item_code = 'A'";
    schema::run(&mut ground.admin, moved).await;
    assert_eq!(schema::text(&mut ground.admin, levels).await, "A2 B3 C4 D1");
}

#[tokio::test]
async fn what_became_of_a_quarantined_event_leaves_a_trail() {
    let (mut ground, world) = plant().await;
    begin(&mut ground, &world).await;
    let discard = "update sync_quarantine set raw = '{\"nul\": \"\\u0000\"}', status = 'DISCARDED', resolved_at = now(), resolution_note = 'a test'";
    schema::run(&mut ground.admin, discard).await;
    let trail = "select before ->> 'status' || '>' || (after ->> 'status') || ' ' || (after ->> 'resolution_note') from audit_logs
                 where table_name = 'sync_quarantine' and occurred_at > now() - interval '1 day'";
    assert_eq!(texts(&mut ground.admin, trail).await, ["OPEN>DISCARDED a test"]);
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
