//! The way down: complete, exact, and never missing a row.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use takt_domain::{InspectionResult, ProductionEvent};
use takt_wire::pull::PullPage;
use takt_wire::row::{self, Operation, TABLES, User};

use crate::support::{Centre, Floor, Terminal};

#[tokio::test]
async fn every_row_of_every_table_is_what_the_wire_says() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let ncr = terminal.event(floor.inspector, "ncr", &floor.ncr(&centre, None).await);
    let handover =
        terminal.event(floor.leads[0], "handover", &floor.handover(&centre, Vec::new(), "all quiet").await);
    assert!(terminal.push(&centre, vec![ncr, handover]).await.verdicts.is_empty());
    let (rows, _) = terminal.pull(&centre, None, 100).await;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for change in &rows {
        let body = change.body.as_ref().unwrap();
        row::check(&change.tbl, body).unwrap_or_else(|refused| panic!("{} {body}: {refused}", change.tbl));
        *seen.entry(&change.tbl).or_default() += 1;
    }
    for table in TABLES {
        assert!(seen.get(table).is_some_and(|rows| *rows > 0), "no row of {table}");
    }
    let keys: BTreeSet<_> = rows.iter().map(|change| (&change.tbl, change.id)).collect();
    assert_eq!(keys.len(), rows.len(), "each row once");
    let firsts: Vec<&str> = rows.iter().map(|change| change.tbl.as_str()).collect();
    let order: Vec<_> = firsts.iter().map(|table| TABLES.iter().position(|it| it == table)).collect();
    assert!(order.is_sorted(), "most urgent first");
}

#[tokio::test]
async fn people_bring_what_checks_them_and_nothing_more() {
    let centre = Centre::open().await;
    let (terminal, other) = (Terminal::enrol(&centre).await, Terminal::enrol(&centre).await);
    let users = async |terminal: &Terminal| -> Vec<User> {
        let (rows, _) = terminal.pull(&centre, None, 500).await;
        let people = rows.into_iter().filter(|row| row.tbl == "users");
        people.map(|row| serde_json::from_value(row.body.unwrap()).unwrap()).collect()
    };
    let (here, there) = (users(&terminal).await, users(&other).await);
    assert_eq!(here.len(), 10, "Lyon's people alone");
    let lead = here.iter().find(|user| user.full_name == "Camille Laurent").unwrap();
    assert_eq!(lead.roles, ["SHIFT_LEAD"]);
    let badge = takt_domain::badge_hash(terminal.place.organization_id, "NW-7K2Q-9XMD-4FTA");
    assert_eq!(lead.badge_hash.as_deref(), Some(badge.as_str()));
    let twin = there.iter().find(|user| user.id == lead.id).unwrap();
    assert_ne!(lead.pin, twin.pin, "a verifier is of one device");
    let hash = centre.text("select pin_hash from users where employee_number = '1001'").await;
    let text = serde_json::to_string(&here).unwrap();
    assert!(!text.contains(hash.rsplit('$').next().unwrap()), "the PIN's own hash never leaves");
}

#[tokio::test]
async fn a_role_to_come_is_told_with_its_time() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    centre
        .run(
            "insert into user_roles (organization_id, user_id, role_id, valid_from, valid_until)
              select u.organization_id, u.id, r.id, now() + interval '1 day', now() + interval '2 days'
              from users u join roles r on r.organization_id = u.organization_id
              where employee_number = '1003' and role_code = 'SHIFT_LEAD'",
        )
        .await;
    let (rows, _) = terminal.pull(&centre, None, 500).await;
    let people = rows.into_iter().filter(|row| row.tbl == "users");
    let mut people = people.map(|row| serde_json::from_value::<User>(row.body.unwrap()).unwrap());
    let operator = people.find(|user| user.full_name == "Jonas Brandt").unwrap();
    assert_eq!(operator.roles, ["OPERATOR"]);
    let lead = operator.grants.unwrap().into_iter().find(|grant| grant.role == "SHIFT_LEAD").unwrap();
    assert!(lead.from > chrono::Utc::now() && lead.until.is_some_and(|until| until > lead.from));
}

#[tokio::test]
async fn a_difference_brings_what_changed_and_what_is_gone() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let (_, cursor) = terminal.pull(&centre, None, 500).await;
    let (rows, cursor) = terminal.pull(&centre, Some(&cursor), 500).await;
    assert!(rows.is_empty(), "nothing changed: {rows:?}");
    centre.run("update work_orders set priority = 1 where work_order_number = 'WO-24821'").await;
    centre.run("update user_plant_access a set revoked_at = now() from users u where u.id = a.user_id and employee_number = '1003'").await;
    centre.run("insert into user_roles (organization_id, user_id, role_id)
                select u.organization_id, u.id, r.id from users u join roles r on r.organization_id = u.organization_id
                where employee_number = '1004' and role_code = 'QC_INSPECTOR'").await;
    let (rows, cursor) = terminal.pull(&centre, Some(&cursor), 500).await;
    let order = rows.iter().find(|row| row.tbl == "work_orders").unwrap();
    assert_eq!(order.body.as_ref().unwrap()["priority"], 1);
    let gone: Vec<_> = rows.iter().filter(|row| row.body.is_none()).map(|row| row.tbl.as_str()).collect();
    assert_eq!(gone, ["users"]);
    let promoted = rows.iter().find(|row| row.tbl == "users" && row.body.is_some()).unwrap();
    assert_eq!(promoted.body.as_ref().unwrap()["roles"].as_array().unwrap().len(), 2);
    assert!(terminal.pull(&centre, Some(&cursor), 500).await.0.is_empty());
}

#[tokio::test]
async fn a_grant_that_was_deleted_or_ended_is_taken_from_its_person() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let lead = i64::from(centre.id("select id from users where employee_number = '1001'").await);
    let (_, mut cursor) = terminal.pull(&centre, None, 500).await;
    let mut roles = async || -> Vec<Vec<String>> {
        let (rows, next) = terminal.pull(&centre, Some(&cursor), 500).await;
        cursor = next;
        let people = rows.into_iter().filter(|row| row.tbl == "users");
        let people = people.map(|row| serde_json::from_value::<User>(row.body.unwrap()).unwrap());
        people.filter(|user| i64::from(user.id.0) == lead).map(|user| user.roles).collect()
    };
    centre
        .run("insert into user_roles (organization_id, user_id, role_id)
              select u.organization_id, u.id, r.id from users u join roles r on r.organization_id = u.organization_id
              where employee_number = '1001' and role_code = 'QC_INSPECTOR'")
        .await;
    assert_eq!(roles().await, [["QC_INSPECTOR", "SHIFT_LEAD"]]);
    centre
        .run("delete from user_roles ur using users u, roles r
              where u.id = ur.user_id and r.id = ur.role_id and employee_number = '1001' and role_code = 'SHIFT_LEAD'")
        .await;
    assert_eq!(roles().await, [["QC_INSPECTOR"]]);
    centre.run("update roles set is_active = false where role_code = 'QC_INSPECTOR'").await;
    assert_eq!(roles().await, [Vec::<String>::new()]);
    assert!(roles().await.is_empty());
}

#[tokio::test]
async fn counters_say_which_own_events_they_hold() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let start = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Start, 0));
    let output = terminal.event(floor.operator, &floor.stream(), &floor.line(ProductionEvent::Output, 5));
    terminal.push(&centre, vec![start, output]).await;
    let page: PullPage = terminal.page(&centre, None, 2_000, 0).await.ok();
    assert_eq!(page.own_through.get(&1), Some(&2));
    assert!(page.generation > 0 && page.snapshot_done);
    let operation = page
        .rows
        .iter()
        .find(|row| row.tbl == "work_order_operations" && row.id == i64::from(floor.operation));
    assert_eq!(operation.unwrap().body.as_ref().unwrap()["completed_quantity"], "5.0000");
}

#[tokio::test]
async fn a_step_brings_the_last_look_at_its_checkpoints_to_every_terminal() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let other = Terminal::enrol(&centre).await;
    let (_, cursor) = other.pull(&centre, None, 500).await;
    let (_, cursor) = other.pull(&centre, Some(&cursor), 500).await;
    let line = |good| floor.line(ProductionEvent::Output, good);
    let mut before = terminal.event(floor.operator, &floor.stream(), &line(5));
    let mut first = terminal.event(
        floor.inspector,
        "inspection:1",
        &floor.inspection(&centre, &["25.004", "24.961"]).await,
    );
    let mut second =
        terminal.event(floor.inspector, "inspection:2", &floor.inspection(&centre, &["25.004"]).await);
    let after = terminal.event(floor.operator, &floor.stream(), &line(7));
    for (event, ms) in [(&mut before, 900), (&mut first, 600), (&mut second, 300)] {
        event.device_time = after.device_time - chrono::TimeDelta::milliseconds(ms);
        event.monotonic_ms = after.monotonic_ms - ms;
    }
    let started = terminal.push(&centre, vec![before, first, after]).await;
    assert!(started.verdicts.is_empty(), "{:?}", started.verdicts);
    let (_, cursor) = other.pull(&centre, Some(&cursor), 500).await;
    // Nothing of the step itself changes any more, and the look arrives late.
    let uid = second.event_id;
    assert!(terminal.push(&centre, vec![second]).await.verdicts.is_empty());
    let (rows, _) = other.pull(&centre, Some(&cursor), 500).await;
    let step = rows
        .into_iter()
        .find(|row| row.tbl == "work_order_operations" && row.id == i64::from(floor.operation));
    let step: Operation = serde_json::from_value(step.unwrap().body.unwrap()).unwrap();
    assert_eq!(step.checks.len(), 1, "the last of its point: {:?}", step.checks);
    let check = &step.checks[0];
    assert_eq!((check.uid, check.attempt_no, check.result), (uid, 1, InspectionResult::Pass));
    assert_eq!((check.made, step.completed_quantity), (5.into(), 12.into()));

    let (fresh, _) = Terminal::enrol(&centre).await.pull(&centre, None, 500).await;
    let again = fresh
        .into_iter()
        .find(|row| row.tbl == "work_order_operations" && row.id == i64::from(floor.operation));
    let again: Operation = serde_json::from_value(again.unwrap().body.unwrap()).unwrap();
    assert_eq!(again, step, "a terminal that enrols now knows it too");
}

#[tokio::test]
async fn a_cursor_that_fits_nothing_starts_over() {
    let centre = Centre::open().await;
    let (terminal, other) = (Terminal::enrol(&centre).await, Terminal::enrol(&centre).await);
    let (_, cursor) = terminal.pull(&centre, None, 500).await;
    for wrong in ["x", "a.b", &cursor[1..]] {
        let refused = terminal.page(&centre, Some(wrong), 10, 0).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::GONE, "cursor_expired"));
    }
    assert_eq!(other.page(&centre, Some(&cursor), 10, 0).await.status, StatusCode::GONE);
    centre.run("update devices set scope_version = scope_version + 1").await;
    assert_eq!(terminal.page(&centre, Some(&cursor), 10, 0).await.status, StatusCode::GONE);
    centre.run("update devices set scope_version = 1").await;
    centre.run("select app.start_new_epoch('RESTORED')").await;
    assert_eq!(terminal.page(&centre, Some(&cursor), 10, 0).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_waiting_terminal_hears_of_a_change_at_once() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let (_, cursor) = terminal.pull(&centre, None, 500).await;
    let (_, cursor) = terminal.pull(&centre, Some(&cursor), 500).await;
    let asked = Instant::now();
    let change = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        centre.run("update work_orders set priority = 2 where work_order_number = 'WO-24825'").await;
    };
    let (answer, ()) = tokio::join!(terminal.page(&centre, Some(&cursor), 100, 20), change);
    let page: PullPage = answer.ok();
    assert_eq!(page.rows.len(), 1);
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn no_row_of_concurrent_writers_is_missed() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let (_, mut cursor) = terminal.pull(&centre, None, 500).await;
    let writers = (0..6).map(|writer| {
        let pool = centre.sql.clone();
        tokio::spawn(async move {
            for n in 0..25 {
                let mut tx = pool.begin().await.unwrap();
                sqlx::query(
                    "insert into materials (organization_id, material_number, material_name, material_category_id, base_unit_id)
                     select c.organization_id, $1, 'made', c.id, u.id from material_categories c
                     join organizations o on o.id = c.organization_id and org_code = 'NORDWERK'
                     join units_of_measure u on u.organization_id = o.id and unit_code = 'PCS' where category_code = 'PARTS'",
                )
                .bind(format!("W{writer}-{n}"))
                .execute(&mut *tx)
                .await
                .unwrap();
                tokio::time::sleep(Duration::from_millis((writer * 7 + n * 3) % 11)).await;
                tx.commit().await.unwrap();
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let mut seen = BTreeSet::new();
    let mut finished = false;
    while !finished {
        finished = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let (rows, next) = terminal.pull(&centre, Some(&cursor), 7).await;
        seen.extend(rows.iter().filter(|row| row.tbl == "materials").map(|row| row.id));
        cursor = next;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(seen.len(), 150);
}
