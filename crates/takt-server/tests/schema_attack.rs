//! Nobody reaches what is not theirs: every attack the catalog suggests, as the application and as a
//! device, on every table of another tenant or plant, and on what lies around the tables. Each is tried
//! and taken back; a new table is attacked without being named here.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use std::collections::BTreeMap;

use schema::attack::{self, Attack, Defence};
use schema::attempt::{self, Answer};
use schema::catalog::Catalog;
use schema::session::{self, Session};
use schema::world::{self, SERVERS_OWN, World};
use schema::{Ground, surroundings, text};
use sqlx::{Connection, PgConnection};

/// Forms that must not get lost.
const FORMS: [&str; 21] = [
    "read by key",
    "read by tenant",
    "read all others",
    "read to change",
    "read through a view of one's own",
    "read through a function of one's own",
    "read without policy",
    "insert",
    "insert or nothing",
    "upsert, own tenant",
    "upsert, their tenant",
    "update",
    "delete",
    "merge",
    "truncate",
    "tenant change",
    "plant change",
    "foreign-key probe",
    "unique-key probe",
    "chunk",
    "statistics",
];

/// What a session tried: how often, on how many tables, and what went through.
#[derive(Default)]
struct Tally {
    attacks: usize,
    by_table: BTreeMap<String, usize>,
    by_form: BTreeMap<&'static str, usize>,
    succeeded: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_session_reaches_another_tenant_or_plant() {
    let Ground { database, mut admin, catalog } = Ground::new().await;
    let catalog: &'static Catalog = Box::leak(Box::new(catalog));
    let alpha = world::organization(&mut admin, "ALPHA").await;
    let bravo = world::organization(&mut admin, "BRAVO").await;
    schema::run(&mut admin, "select app.ensure_server_epoch(), app.signing_keys()").await;
    let mut worlds = Vec::new();
    for (tag, organization) in [("A1", alpha), ("A2", alpha), ("B1", bravo)] {
        worlds.push(world::build(&mut admin, catalog, tag, organization).await);
    }
    let [a1, a2, b1] = &*worlds.leak() else { unreachable!() };
    every_table_has_a_row(&mut admin).await;

    let mut running = tokio::task::JoinSet::new();
    for session in session::all(a1, a2, b1) {
        let around = surroundings::all(&mut admin, session.is_device, session.victims[0]).await;
        let mut connection = PgConnection::connect(database.app_url()).await.unwrap();
        if session.name == "app in A" {
            probes_of_ones_own_work(&mut connection, catalog, &session).await;
        }
        running.spawn(tries(connection, catalog, session, around));
    }
    judge(catalog, &running.join_all().await);
}

async fn tries(
    mut connection: PgConnection,
    catalog: &'static Catalog,
    session: Session<'static>,
    around: Vec<Attack>,
) -> Tally {
    let mut tally = Tally::default();
    tally.take(&mut connection, &session, "", around).await;
    for table in catalog.tables.values().filter(|table| table.tenant().is_some()) {
        let mut attacks = attack::structure(table);
        for victim in session.victims.iter().filter(|victim| session.is_barred_from(table, victim)) {
            attacks.extend(attack::on(table, &session, victim));
        }
        tally.take(&mut connection, &session, &table.name, attacks).await;
    }
    tally
}

impl Tally {
    async fn take(
        &mut self,
        connection: &mut PgConnection,
        session: &Session<'_>,
        table: &str,
        attacks: Vec<Attack>,
    ) {
        let twin = |attack: &Attack| match &attack.defence {
            Defence::JustAs(twin) => Some(twin.clone()),
            _ => None,
        };
        let mut statements: Vec<String> = attacks.iter().map(|attack| attack.statement.clone()).collect();
        statements.extend(attacks.iter().filter_map(twin));
        session.begin(connection).await;
        let mut answers = attempt::all(connection, &statements).await;
        schema::run(connection, "rollback").await;

        let mut twins = answers.split_off(attacks.len()).into_iter();
        for (attack, answer) in attacks.iter().zip(&answers) {
            *self.by_form.entry(attack.form).or_default() += 1;
            let twin = if twin(attack).is_some() { twins.next() } else { None };
            if !attack::is_repelled(attack, answer, twin.as_ref()) {
                let (name, form, sql) = (session.name, attack.form, &attack.statement);
                self.succeeded.push(format!("{name}, {table}, {form}: {answer} (twin: {twin:?})\n    {sql}"));
            }
        }
        self.attacks += attacks.len();
        *self.by_table.entry(table.to_owned()).or_default() += attacks.len();
    }
}

fn judge(catalog: &Catalog, tallies: &[Tally]) {
    let attacks: usize = tallies.iter().map(|tally| tally.attacks).sum();
    let succeeded: Vec<&String> = tallies.iter().flat_map(|tally| &tally.succeeded).collect();
    let mut by_table: BTreeMap<&str, usize> = BTreeMap::new();
    for (table, count) in tallies.iter().flat_map(|tally| &tally.by_table) {
        *by_table.entry(table).or_default() += count;
    }
    let mut by_form: BTreeMap<&str, usize> = BTreeMap::new();
    for (form, count) in tallies.iter().flat_map(|tally| &tally.by_form) {
        *by_form.entry(form).or_default() += count;
    }
    println!(
        "{attacks} attacks by {} sessions on {} tables and around them, {} succeeded",
        tallies.len(),
        by_table.len() - 1,
        succeeded.len()
    );
    for (form, count) in &by_form {
        println!("{count:>7} {form}");
    }
    let missing: Vec<&&str> = FORMS.iter().filter(|form| !by_form.contains_key(*form)).collect();
    assert!(missing.is_empty(), "never tried: {missing:?}");
    for table in catalog.tables.keys().filter(|table| !SERVERS_OWN.contains(&table.as_str())) {
        assert!(
            by_table.get(table.as_str()).is_some_and(|count| *count >= 150),
            "{table} was hardly attacked"
        );
    }
    assert!(attacks >= 20_000, "only {attacks} attacks");
    assert!(
        succeeded.is_empty(),
        "{} attacks succeeded:\n{}",
        succeeded.len(),
        succeeded.iter().take(40).map(|s| s.as_str()).collect::<Vec<_>>().join("\n")
    );
}

/// What the attacks are made of works within one's own tenant: else their failure would prove nothing.
async fn probes_of_ones_own_work(connection: &mut PgConnection, catalog: &Catalog, session: &Session<'_>) {
    let own: &World = session.own.unwrap();
    let mut controls = attack::controls(catalog, own);
    for table in catalog.tables.values().filter(|table| table.tenant().is_some()) {
        let at = schema::row::key(table, &own.rows[&table.name]);
        controls.push((format!("{} is read", table.name), format!("select from {} where {at}", table.name)));
    }
    session.begin(connection).await;
    let statements: Vec<String> = controls.iter().map(|control| control.1.clone()).collect();
    let answers = attempt::all(connection, &statements).await;
    schema::run(connection, "rollback").await;
    let refused: Vec<String> = controls
        .iter()
        .zip(&answers)
        .filter(|(_, a)| **a != Answer::Done(1))
        .map(|((what, _), a)| format!("{what}: {a}"))
        .collect();
    assert!(refused.is_empty(), "not even within the own tenant:\n{}", refused.join("\n"));
}

async fn every_table_has_a_row(admin: &mut PgConnection) {
    let empty = "select coalesce(string_agg(c.relname, ', '), '') from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
           and (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', c.relname), false, true, '')))[1]::text = '0'";
    assert_eq!(text(admin, empty).await, "", "these tables have no row to attack");
}

#[tokio::test]
async fn one_tenant_cannot_stop_the_retention_of_all() {
    let mut ground = Ground::new().await;
    let organization = world::organization(&mut ground.admin, "ALPHA").await;
    for nonsense in ["\"words\"", "null", "-5", "1e30", "{}"] {
        let set = format!(
            "update system_settings set value = '{nonsense}' where organization_id = {organization} and setting_key = 'retention.audit_logs_days'"
        );
        schema::run(&mut ground.admin, &set).await;
        let answer =
            attempt::all(&mut ground.app().await, &["select * from app.retention()".to_owned()]).await;
        assert_eq!(answer, [Answer::Done(4)], "with {nonsense}");
    }
}
