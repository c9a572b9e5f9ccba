//! Rows as JSON, and the SQL that writes or finds them.
use serde_json::{Map, Value};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::catalog::Table;

/// Column by column.
pub type Row = Map<String, Value>;

/// A row with some columns changed; null takes a column out.
pub fn with(row: &Row, changes: &Value) -> Row {
    let mut changed = row.clone();
    for (column, value) in changes.as_object().unwrap() {
        changed.insert(column.clone(), value.clone());
    }
    changed
}

/// A value as SQL would write it, of no type yet.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(words) => quoted(words),
        other => quoted(&other.to_string()),
    }
}

fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// `insert into …` with the row's columns; `tail` is what follows (`returning`, `on conflict`).
pub fn insert_sql(table: &Table, row: &Row, tail: &str) -> String {
    let generated = |column: &str| table.column(column).is_none_or(|c| c.is_generated);
    let columns: Vec<&str> = row.keys().map(String::as_str).filter(|column| !generated(column)).collect();
    let identity = table.columns.iter().any(|c| c.is_identity && row.contains_key(&c.name));
    format!(
        "insert into {name} ({columns}) {overriding} select {columns} from jsonb_populate_record(null::{name}, {row}::jsonb) {tail}",
        name = table.name,
        columns = columns.join(", "),
        overriding = if identity { "overriding system value" } else { "" },
        row = quoted(&Value::Object(row.clone()).to_string()),
    )
}

/// Writes a row and answers it as stored, defaults and generated columns included.
pub async fn insert(connection: &mut PgConnection, table: &Table, row: &Row) -> Row {
    let sql = insert_sql(table, row, &format!("returning to_jsonb({}.*)", table.name));
    let stored = sqlx::query_scalar::<_, Json<Row>>(sqlx::AssertSqlSafe(sql)).fetch_one(connection).await;
    stored.unwrap_or_else(|error| panic!("{}: {error}\n{}", table.name, Value::Object(row.clone()))).0
}

/// The condition that finds this row by its primary key.
pub fn key(table: &Table, row: &Row) -> String {
    let parts = table.primary().into_iter().map(|column| format!("{column} = {}", literal(&row[column])));
    parts.collect::<Vec<_>>().join(" and ")
}

/// `set a = …, b = …`.
pub fn assignments(changes: &Value) -> String {
    let one = |(column, value): (&String, &Value)| match value {
        Value::Array(_) | Value::Object(_) => format!("{column} = {}::jsonb", literal(value)),
        _ => format!("{column} = {}", literal(value)),
    };
    changes.as_object().unwrap().iter().map(one).collect::<Vec<_>>().join(", ")
}
