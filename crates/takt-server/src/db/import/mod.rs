//! Rows of an import: found, compared, written. The statements are put together from the descriptions in
//! [`crate::import::kind`], which are constants of this program; nothing of a file ever becomes SQL.

pub mod order;
pub mod person;
pub mod shift;

use std::collections::HashMap;

use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, FromRow};
use takt_domain::OrganizationId;

use super::{Db, TenantTx};
use crate::import::kind::{Kind, Reference, Stored, Type};

/// Two imports of a tenant follow each other: an arbitrary number of our own.
const LOCK: i32 = 0x494d_504f;

/// An office transaction of a tenant that is bound by its policies whoever connected, and that no other
/// import of the tenant runs beside. Every row is looked up by its key: tables that were empty a moment
/// ago, as statistics still say, are not read from end to end for each batch.
pub async fn begin(db: &Db, organization: OrganizationId) -> Result<TenantTx, sqlx::Error> {
    let mut tx = db.office(organization).await?;
    sqlx::query(
        "select pg_advisory_xact_lock($1, $2), set_config('role', 'takt_app', true),
           set_config('enable_seqscan', 'off', true)",
    )
    .bind(LOCK)
    .bind(organization.0)
    .execute(tx.connection())
    .await?;
    Ok(tx)
}

/// A column that a statement reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The table column.
    pub column: &'static str,
    /// The entry of it, if it is a document.
    pub entry: Option<&'static str>,
    /// Its PostgreSQL type.
    of: &'static str,
    /// Whether nothing leaves what is there.
    keeps: bool,
    /// Its name in the file; empty = it is in none.
    pub name: &'static str,
}

impl Field {
    /// Of a file's column; none where it is not stored in the kind's table.
    pub fn of(column: &'static super::super::import::kind::Column) -> Option<Self> {
        let (stored, entry) = match column.stored {
            Stored::In(stored) => (stored, None),
            Stored::Entry(stored, entry) => (stored, Some(entry)),
            Stored::Finds(_) | Stored::Stage | Stored::Beside => return None,
        };
        let of = type_of(&column.of);
        Some(Self { column: stored, entry, of, keeps: column.empty_keeps, name: column.name })
    }

    /// Of an id that a reference carried.
    pub fn carried(column: &'static str) -> Self {
        Self { column, entry: None, of: "int", keeps: false, name: "" }
    }

    /// Its name in the rows of a statement.
    pub fn alias(&self) -> String {
        self.entry.map_or_else(|| self.column.to_owned(), |entry| format!("{}.{entry}", self.column))
    }

    fn quoted(&self) -> String {
        format!("e.\"{}\"", self.alias())
    }

    fn there(&self) -> String {
        self.entry
            .map_or_else(|| format!("t.{}", self.column), |entry| format!("t.{} ->> '{entry}'", self.column))
    }
}

fn type_of(of: &Type) -> &'static str {
    match of {
        Type::Integer(..) | Type::Refers(_) => "int",
        Type::Decimal(_) => "numeric",
        Type::Date => "date",
        Type::Time => "time",
        Type::Moment { .. } => "timestamptz",
        Type::YesNo => "boolean",
        Type::Days => "smallint[]",
        Type::Breaks => "jsonb",
        Type::Words(_) | Type::ReferAll(_) => "text[]",
        Type::Code
        | Type::Text(_)
        | Type::Choice(_)
        | Type::Zone
        | Type::Locale
        | Type::Gtin
        | Type::Badge
        | Type::Pin => "text",
    }
}

/// `jsonb_to_recordset` of the rows as `e`.
fn rows_as_e(fields: &[Field]) -> String {
    let columns: Vec<String> =
        fields.iter().map(|field| format!("\"{}\" {}", field.alias(), field.of)).collect();
    let columns = if columns.is_empty() { String::new() } else { format!(", {}", columns.join(", ")) };
    format!("jsonb_to_recordset($1) as e (n int, id int{columns})")
}

/// The rows of a kind that `e` names, as `t`.
fn same_row(kind: &Kind) -> String {
    let keys: Vec<String> = kind.key.iter().map(|key| format!(" and t.{key} = e.\"{key}\"")).collect();
    format!("t.organization_id = app.org(){}", keys.concat())
}

/// A row that a code refers to.
#[derive(FromRow)]
pub struct Found {
    /// Number of the wanted one.
    pub n: i32,
    /// Its id.
    pub id: i32,
    /// What is taken over from it.
    pub carried: Value,
}

/// Looks up what codes refer to; `wanted` holds `n`, `code` and the columns it lies within.
pub async fn find(tx: &mut TenantTx, to: &Reference, wanted: &[Value]) -> Result<Vec<Found>, sqlx::Error> {
    let code = if to.is_number { "int" } else { "text" };
    let within: Vec<String> = to.within.iter().map(|it| format!(", \"{}\" int", it.column)).collect();
    let alike: Vec<String> =
        to.within.iter().map(|it| format!(" and t.{0} = e.\"{0}\"", it.column)).collect();
    let carried: Vec<String> =
        to.carries.iter().map(|(theirs, ours)| format!("'{ours}', t.{theirs}")).collect();
    let sql = format!(
        "select e.n, t.id, jsonb_build_object({}) as carried
         from jsonb_to_recordset($1) as e (n int, code {code}{})
         join {} t on t.organization_id = app.org() and t.{} = e.code{}",
        carried.join(", "),
        within.concat(),
        to.table,
        to.column,
        alike.concat()
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(Value::from(wanted)).fetch_all(tx.connection()).await
}

/// How a row stands to the one that is there.
#[derive(FromRow)]
pub struct Compared {
    /// Number of the row.
    pub n: i32,
    /// The one that is there.
    pub id: Option<i32>,
    /// Its status, where it has one.
    pub status: Option<String>,
    /// File columns in which it differs.
    pub changed: Vec<String>,
}

/// Compares rows with what is there.
pub async fn compare(
    tx: &mut TenantTx,
    kind: &Kind,
    fields: &[Field],
    rows: &[Value],
) -> Result<Vec<Compared>, sqlx::Error> {
    let differs = |field: &Field| {
        let given = if field.keeps { format!("{} is not null and ", field.quoted()) } else { String::new() };
        format!(
            "case when {given}{} is distinct from {} then '{}' end",
            field.there(),
            field.quoted(),
            field.name
        )
    };
    let compared = fields.iter().filter(|field| !field.name.is_empty() && !kind.key.contains(&field.column));
    let differs: Vec<String> = compared.map(differs).collect();
    let status = if kind.stage.is_some() || kind.closed.is_some() { "t.status" } else { "null::text" };
    let sql = format!(
        "select e.n, t.id, {status} as status, array_remove(array[{}]::text[], null) as changed
         from {} left join {} t on {}",
        differs.join(", "),
        rows_as_e(fields),
        kind.table,
        same_row(kind)
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(Value::from(rows)).fetch_all(tx.connection()).await
}

/// What is done with rows.
pub enum Step<'a> {
    /// They are new.
    Insert(&'a Kind, &'a [Field]),
    /// They change.
    Update(&'a Kind, &'a [Field]),
    /// They come into force.
    Advance(&'a Kind),
    /// Roles and plants of people.
    Rights,
    /// Shifts make room for each other.
    StandAside,
    /// Shifts of these days.
    Occurrences,
    /// Operations follow the ones before them.
    Sequence,
}

/// Does it; answers number and id of the rows.
pub async fn run(tx: &mut TenantTx, step: &Step<'_>, rows: &[Value]) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    match step {
        Step::Insert(kind, fields) => insert(tx, kind, fields, rows).await,
        Step::Update(kind, fields) => update(tx, kind, fields, rows).await,
        Step::Advance(kind) => advance(tx, kind, rows).await,
        Step::Rights => person::grant(tx, rows).await,
        Step::StandAside => shift::stand_aside(tx, rows).await,
        Step::Occurrences => shift::occur(tx, rows).await,
        Step::Sequence => order::follow(tx, rows).await,
    }
}

async fn insert(
    tx: &mut TenantTx,
    kind: &Kind,
    fields: &[Field],
    rows: &[Value],
) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    let (columns, values): (Vec<&str>, Vec<String>) = assigned(fields)
        .into_iter()
        .map(|(column, fields)| match fields.as_slice() {
            [field] if field.entry.is_none() => (column, field.quoted()),
            fields => (column, document(fields)),
        })
        .unzip();
    let rows_as_e = rows_as_e(fields);
    let sql = format!(
        "with t as (
           insert into {} (organization_id, {}) select app.org(), {} from {rows_as_e} order by e.n
           returning organization_id, id, {})
         select e.n, t.id from {rows_as_e} join t on {}",
        kind.table,
        columns.join(", "),
        values.join(", "),
        kind.key.join(", "),
        same_row(kind)
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(Value::from(rows)).fetch_all(tx.connection()).await
}

async fn update(
    tx: &mut TenantTx,
    kind: &Kind,
    fields: &[Field],
    rows: &[Value],
) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    let changing: Vec<Field> =
        fields.iter().copied().filter(|field| !kind.key.contains(&field.column)).collect();
    let sets: Vec<String> = assigned(&changing)
        .into_iter()
        .map(|(column, fields)| match fields.as_slice() {
            [field] if field.entry.is_none() && field.keeps => {
                format!("{column} = coalesce({}, t.{column})", field.quoted())
            }
            [field] if field.entry.is_none() => format!("{column} = {}", field.quoted()),
            fields => format!("{column} = jsonb_strip_nulls(t.{column} || {})", entries(fields)),
        })
        .collect();
    let sql = format!(
        "update {} t set {} from {} where t.organization_id = app.org() and t.id = e.id returning e.n, t.id",
        kind.table,
        sets.join(", "),
        rows_as_e(fields)
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(Value::from(rows)).fetch_all(tx.connection()).await
}

async fn advance(tx: &mut TenantTx, kind: &Kind, rows: &[Value]) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    let Some(stage) = &kind.stage else { return Ok(Vec::new()) };
    if kind.table == "work_orders" {
        order::explode(tx, rows).await?;
    }
    let by = if stage.by_person { ", approved_by = e.by, approved_at = now()" } else { "" };
    let sql = format!(
        "update {} t set status = $2{by} from jsonb_to_recordset($1) as e (n int, id int, by int)
         where t.organization_id = app.org() and t.id = e.id and t.status = $3 returning e.n, t.id",
        kind.table
    );
    let advanced = sqlx::query_as(AssertSqlSafe(sql)).bind(Value::from(rows)).bind(stage.to).bind(stage.from);
    advanced.fetch_all(tx.connection()).await
}

/// Fields by the column they are assigned to.
fn assigned(fields: &[Field]) -> Vec<(&'static str, Vec<Field>)> {
    let mut columns: Vec<(&'static str, Vec<Field>)> = Vec::new();
    for field in fields {
        match columns.iter_mut().find(|(column, _)| *column == field.column) {
            Some((_, fields)) => fields.push(*field),
            None => columns.push((field.column, vec![*field])),
        }
    }
    columns
}

fn entries(fields: &[Field]) -> String {
    let entry = |field: &Field| format!("'{}', {}", field.entry.unwrap_or_default(), field.quoted());
    format!("jsonb_build_object({})", fields.iter().map(entry).collect::<Vec<_>>().join(", "))
}

fn document(fields: &[Field]) -> String {
    format!("jsonb_strip_nulls({})", entries(fields))
}

/// Time zones of the tenant's plants.
pub async fn zones(tx: &mut TenantTx) -> Result<HashMap<i64, String>, sqlx::Error> {
    let zones: Vec<(i32, String)> =
        sqlx::query_as("select id, timezone from plants where organization_id = app.org()")
            .fetch_all(tx.connection())
            .await?;
    Ok(zones.into_iter().map(|(id, zone)| (i64::from(id), zone)).collect())
}

/// From here on can be undone alone.
pub async fn save(tx: &mut TenantTx) -> Result<(), sqlx::Error> {
    sqlx::query("savepoint import").execute(tx.connection()).await.map(drop)
}

/// Undoes what came since.
pub async fn undo(tx: &mut TenantTx) -> Result<(), sqlx::Error> {
    sqlx::query("rollback to savepoint import").execute(tx.connection()).await?;
    keep(tx).await
}

/// Keeps what came since.
pub async fn keep(tx: &mut TenantTx) -> Result<(), sqlx::Error> {
    sqlx::query("release savepoint import").execute(tx.connection()).await.map(drop)
}

/// A row for a statement.
pub fn row(n: usize, id: Option<i32>, mut fields: Map<String, Value>) -> Value {
    fields.insert("n".to_owned(), Value::from(n));
    fields.insert("id".to_owned(), Value::from(id));
    Value::Object(fields)
}
