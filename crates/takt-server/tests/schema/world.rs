//! A world is one plant of one organization with at least one row in every table.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::catalog::{Catalog, Column, Table};
use super::fitting;
use super::row::{self, Row};

/// The server's own tables: no tenant, no row of a world.
pub const SERVERS_OWN: [&str; 2] = ["sync_epoch", "sync_signing_keys"];
/// The second plant of an organization has no row of its own in these.
pub const ONE_PER_ORGANIZATION: [&str; 2] = ["organization_branding", "organizations"];
/// Tables of which a world has two rows, because others refer to two different ones.
const TWICE: [&str; 4] = ["materials", "serial_numbers", "users", "workflow_states"];

pub struct World {
    pub tag: &'static str,
    pub organization: i64,
    pub now: DateTime<Utc>,
    /// The row of each table, as stored.
    pub rows: BTreeMap<String, Row>,
    /// The second row of a few tables.
    pub seconds: BTreeMap<String, Row>,
    /// A value of each vocabulary, by list.
    pub words: BTreeMap<String, i64>,
    /// Which vocabulary a column takes its values from.
    pub lists: BTreeMap<(String, String), String>,
}

/// A new tenant with its seeds.
pub async fn organization(admin: &mut PgConnection, code: &str) -> i64 {
    let made: i32 = sqlx::query_scalar("select app.create_organization($1, $1)")
        .bind(code)
        .fetch_one(admin)
        .await
        .unwrap();
    i64::from(made)
}

/// Fills a new plant of the organization, in one transaction (a lot and its genealogy belong together).
pub async fn build(
    admin: &mut PgConnection,
    catalog: &Catalog,
    tag: &'static str,
    organization: i64,
) -> World {
    let mut world = World {
        tag,
        organization,
        now: Utc::now() - Duration::minutes(5),
        rows: BTreeMap::new(),
        seconds: BTreeMap::new(),
        words: words(admin, organization).await,
        lists: lists(admin).await,
    };
    super::run(
        admin,
        &format!("begin; select set_config('app.current_organization_id', '{organization}', true)"),
    )
    .await;
    let found: sqlx::types::Json<Row> =
        sqlx::query_scalar("select to_jsonb(o.*) from organizations o where id = $1")
            .bind(i32::try_from(organization).unwrap())
            .fetch_one(&mut *admin)
            .await
            .unwrap();
    world.rows.insert("organizations".to_owned(), found.0);
    let has_branding = super::text(
        admin,
        "select count(*)::text from organization_branding where organization_id = (select app.org())",
    )
    .await
        != "0";

    let mut waiting: BTreeSet<&str> = catalog.tables.keys().map(String::as_str).collect();
    waiting.retain(|table| !SERVERS_OWN.contains(table) && *table != "organizations");
    waiting.retain(|table| *table != "organization_branding" || !has_branding);
    while !waiting.is_empty() {
        let ready: Vec<&str> =
            waiting.iter().copied().filter(|table| world.fresh(catalog.table(table), 0).is_some()).collect();
        assert!(!ready.is_empty(), "nothing fits any more; waiting: {waiting:?}");
        for name in ready {
            waiting.remove(name);
            world.fill(admin, catalog.table(name)).await;
        }
    }
    super::run(admin, "commit").await;
    world
}

impl World {
    async fn fill(&mut self, admin: &mut PgConnection, table: &Table) {
        let row = self.fresh(table, 0).unwrap();
        let stored = row::insert(admin, table, &row).await;
        self.rows.insert(table.name.clone(), stored);
        if TWICE.contains(&table.name.as_str()) {
            let second = self.fresh(table, 900).unwrap();
            let stored = row::insert(admin, table, &second).await;
            self.seconds.insert(table.name.clone(), stored);
        }
    }

    /// The id of this world's row of a table, if it is there yet.
    pub fn id(&self, table: &str) -> Option<Value> {
        self.rows.get(table).map(|row| row["id"].clone())
    }

    /// The id of the second row.
    pub fn second(&self, table: &str) -> Option<Value> {
        self.seconds.get(table).map(|row| row["id"].clone())
    }

    /// A business date; another one for each `n`, and in each world.
    pub fn day(&self, n: i64) -> NaiveDate {
        let apart = self.tag.bytes().fold(0, |sum, byte| sum * 3 + i64::from(byte)) % 7 * 2000;
        NaiveDate::from_ymd_opt(2020, 1, 6).unwrap() + Duration::days(apart + n)
    }

    /// A moment just past; another one for each `n`.
    pub fn at(&self, n: i64) -> String {
        (self.now - Duration::seconds(n)).to_rfc3339()
    }

    /// The `n`th valid row for a table; nothing while what it refers to is not there yet.
    pub fn fresh(&self, table: &Table, n: i64) -> Option<Row> {
        let mut row = Row::new();
        for column in &table.columns {
            if table.needs(&column.name) {
                row.insert(column.name.clone(), self.plain(table, column, n));
            }
        }
        for reference in &table.references {
            let wanted = reference
                .columns
                .iter()
                .any(|c| c == "plant_id" || (c != "organization_id" && table.needs(c)));
            if wanted
                && reference
                    .columns
                    .iter()
                    .all(|c| c == "plant_id" || c == "organization_id" || table.needs(c))
            {
                let target = self.rows.get(&reference.target)?;
                for (column, there) in reference.columns.iter().zip(&reference.target_columns) {
                    row.insert(column.clone(), target[there].clone());
                }
            }
        }
        for ((_, column), list) in
            self.lists.iter().filter(|((name, column), _)| *name == table.name && table.needs(column))
        {
            row.insert(column.clone(), json!(self.words[list]));
        }
        if table.has("plant_id") {
            row.insert("plant_id".to_owned(), self.id("plants")?);
        }
        if table.has("organization_id") {
            row.insert("organization_id".to_owned(), json!(self.organization));
        }
        for (column, value) in fitting::of(&table.name, self, n)?.as_object().unwrap() {
            row.insert(column.clone(), value.clone());
        }
        Some(row)
    }

    fn plain(&self, table: &Table, column: &Column, n: i64) -> Value {
        let checks = || table.checks.iter().filter(|c| c.columns == [column.name.clone()]);
        let mut listed =
            checks().filter_map(|check| check.definition.split_once("= ANY (ARRAY['")).map(|(_, rest)| rest);
        match column.kind.as_str() {
            "text" if checks().any(|check| check.definition.contains("is_entity_type")) => json!("plant"),
            "text" => match listed.next() {
                Some(rest) => json!(rest.split('\'').next().unwrap()),
                None => json!(format!("{}-{n}", self.tag)),
            },
            "integer" | "bigint" | "smallint" => json!(1 + n),
            "boolean" => json!(false),
            "jsonb" | "json" => match checks().any(|check| check.definition.contains("'array'")) {
                true => json!([]),
                false => json!({}),
            },
            "timestamp with time zone" => json!(self.at(n)),
            "date" => json!(self.day(n)),
            "uuid" => json!(Uuid::new_v4()),
            "bytea" => json!(format!("\\x{0}{0}", Uuid::new_v4().simple())),
            kind if kind.starts_with("numeric") => json!(1),
            _ => Value::Null,
        }
    }
}

async fn words(admin: &mut PgConnection, organization: i64) -> BTreeMap<String, i64> {
    let found: Vec<(String, i32)> = sqlx::query_as(
        "select l.list_code, min(v.id) from type_lists l
         join type_list_values v on v.organization_id = l.organization_id and v.type_list_id = l.id
         where l.organization_id = $1 and l.is_system group by 1",
    )
    .bind(i32::try_from(organization).unwrap())
    .fetch_all(admin)
    .await
    .unwrap();
    found.into_iter().map(|(list, id)| (list, i64::from(id))).collect()
}

async fn lists(admin: &mut PgConnection) -> BTreeMap<(String, String), String> {
    let found: Vec<(String, String, String)> =
        sqlx::query_as("select tbl, col, list_code from app.list_columns()").fetch_all(admin).await.unwrap();
    found.into_iter().map(|(table, column, list)| ((table, column), list)).collect()
}
