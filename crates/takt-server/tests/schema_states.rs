//! Every state machine of the dictionary: each allowed move passes, every other one is refused by code, and
//! while events of the floor are recorded every move is a fact.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use schema::attempt::{self, Answer};
use schema::row::{assignments, insert_sql, key, with};
use schema::state::{self, MACHINES, PERIODS, StateMachine, evidence};
use schema::world::{self, World};
use schema::{Ground, texts};
use serde_json::{Value, json};

/// A move and the statement that makes it.
struct Move {
    name: String,
    is_allowed: bool,
    rule: String,
    statement: String,
}

#[tokio::test]
async fn a_status_moves_only_as_the_dictionary_says() {
    let (mut ground, world) = plant().await;
    let machines = "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and app.transitions(c.relname) is not null
                    and c.relname <> 'machine_status_history' order by 1";
    let mut named: Vec<&str> = MACHINES.iter().map(|machine| machine.table).collect();
    named.sort_unstable();
    assert_eq!(texts(&mut ground.admin, machines).await, named, "a machine without its test");

    let mut moves = Vec::new();
    for machine in MACHINES {
        moves.extend(moves_of(&ground, machine, &world));
    }
    let allowed = moves.iter().filter(|one| one.is_allowed).count();
    println!("{} moves in {} machines, {allowed} allowed", moves.len(), MACHINES.len());
    begin(&mut ground, &world, "").await;
    judge(&mut ground, &moves, false).await;
    schema::run(&mut ground.admin, "rollback").await;

    begin(&mut ground, &world, "set local app.ingest = 'on'").await;
    judge(&mut ground, &moves, true).await;
}

#[tokio::test]
async fn a_machine_changes_only_as_the_dictionary_says() {
    let (mut ground, world) = plant().await;
    let table = ground.catalog.table(PERIODS.table);
    let machine = world.id("machines").unwrap();
    let mut moves = Vec::new();
    for from in states(&ground, &PERIODS) {
        for to in states(&ground, &PERIODS).iter().filter(|to| **to != from) {
            let begins = with(&world.fresh(table, 3).unwrap(), &json!({ "status": to, "ended_at": null }));
            let statement = format!(
                "set local session_replication_role = replica;
                 update machines set status = '{from}', is_active = {} where id = {machine};
                 set local session_replication_role = origin;
                 {}",
                from != "DECOMMISSIONED",
                insert_sql(table, &begins, "")
            );
            let rule = "machine_status_history_status_transition".to_owned();
            moves.push(Move {
                name: format!("machine {from}>{to}"),
                is_allowed: PERIODS.allows(&from, to),
                rule,
                statement,
            });
        }
    }
    begin(&mut ground, &world, "").await;
    judge(&mut ground, &moves, false).await;
    schema::run(&mut ground.admin, "rollback").await;
    begin(&mut ground, &world, "set local app.ingest = 'on'").await;
    judge(&mut ground, &moves, true).await;
}

#[tokio::test]
async fn a_machine_shows_the_status_of_its_open_period() {
    let (mut ground, world) = plant().await;
    let table = ground.catalog.table(PERIODS.table);
    let machine = world.id("machines").unwrap();
    let opens = with(&world.fresh(table, 3).unwrap(), &json!({ "status": "DOWN", "ended_at": null }));
    begin(&mut ground, &world, "").await;
    schema::run(&mut ground.admin, &insert_sql(ground.catalog.table(PERIODS.table), &opens, "")).await;
    let shown = format!("select status || ' ' || row_version from machines where id = {machine}");
    assert_eq!(schema::text(&mut ground.admin, &shown).await, "DOWN 1");
    let by_hand = [format!("update machines set status = 'RUNNING' where id = {machine}")];
    let answer = attempt::all(&mut ground.admin, &by_hand).await.remove(0);
    assert!(answer.is("TK006") && answer.names("machines_status_mirror"), "{answer}");
}

async fn plant() -> (Ground, World) {
    let mut ground = Ground::new().await;
    let organization = world::organization(&mut ground.admin, "ALPHA").await;
    let world = world::build(&mut ground.admin, &ground.catalog, "A1", organization).await;
    (ground, world)
}

async fn begin(ground: &mut Ground, world: &World, how: &str) {
    let sql = format!(
        "begin; set local session_replication_role = replica; {} set local session_replication_role = origin;
         select set_config('app.current_organization_id', '{}', true); {how}",
        state::surroundings(world),
        world.organization
    );
    schema::run(&mut ground.admin, &sql).await;
}

/// The states, read from the check of the column.
fn states(ground: &Ground, machine: &StateMachine) -> Vec<String> {
    let table = ground.catalog.table(machine.table);
    let check = table
        .checks
        .iter()
        .find(|c| c.columns == [machine.column] && c.definition.contains("ANY (ARRAY["))
        .unwrap();
    check.definition.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every pair of states of a machine: put the row into the first, then ask for the second.
fn moves_of(ground: &Ground, machine: &StateMachine, world: &World) -> Vec<Move> {
    let (table, all) = (ground.catalog.table(machine.table), states(ground, machine));
    let at = key(table, &world.rows[machine.table]);
    let shows = |state: &str| -> Value {
        let mut changes = evidence(machine.table, state, world);
        changes[machine.column] = json!(state);
        changes
    };
    // An operation starts only while its order is in progress; a drawing is rejected by somebody who was asked.
    let before = |to: &str| match (machine.table, to) {
        ("work_order_operations", _) => {
            "update work_orders set status = 'IN_PROGRESS', actual_start = now();"
        }
        ("rda_drawings", "REJECTED") => {
            "update approvals set status = 'REJECTED', response_comment = 'why' where entity_type = 'rda_drawing';"
        }
        _ => "",
    };
    let mut moves = Vec::new();
    for (from, to) in
        all.iter().flat_map(|from| all.iter().map(move |to| (from, to))).filter(|(from, to)| from != to)
    {
        let statement = format!(
            "set local session_replication_role = replica; {3}
             update {0} set {1} where {at};
             set local session_replication_role = origin;
             update {0} set {2} where {at}",
            machine.table,
            assignments(&shows(from)),
            assignments(&shows(to)),
            before(to)
        );
        let rule = format!("{}_status_transition", machine.table);
        moves.push(Move {
            name: format!("{} {from}>{to}", machine.table),
            is_allowed: machine.allows(from, to),
            rule,
            statement,
        });
    }
    moves
}

async fn judge(ground: &mut Ground, moves: &[Move], all_are_facts: bool) {
    let statements: Vec<String> = moves.iter().map(|one| one.statement.clone()).collect();
    let answers = attempt::all(&mut ground.admin, &statements).await;
    let mut wrong = Vec::new();
    for (one, answer) in moves.iter().zip(&answers) {
        let is_right = match one.is_allowed || all_are_facts {
            true => *answer == Answer::Done(1),
            false => answer.is("TK002") && answer.names(&one.rule),
        };
        if !is_right {
            wrong.push(format!("{} (allowed: {}): {answer}", one.name, one.is_allowed));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), moves.len(), wrong.join("\n"));
}
