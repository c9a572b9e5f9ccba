//! The file of a group: each of its tables with columns, keys, indexes, triggers and comments.

use std::fmt::Write;

use super::{heading, quoted};
use crate::db::catalog::{Catalog, Column, Constraint, Group, Table};

/// All tables of a group.
pub fn group(catalog: &Catalog, group: &Group) -> String {
    let mut text = heading(&group.title);
    for name in &group.tables {
        if let Some(found) = catalog.tables.iter().find(|table| table.name == *name) {
            table(&mut text, catalog, found);
        }
    }
    text
}

fn table(text: &mut String, catalog: &Catalog, table: &Table) {
    let columns: Vec<&Column> = catalog.columns.iter().filter(|column| column.tbl == table.name).collect();
    let keys = catalog.constraints.iter().filter(|constraint| constraint.tbl == table.name);
    let width = columns.iter().map(|column| column.name.len()).max().unwrap_or_default();
    let lines: Vec<String> =
        columns.iter().map(|column| self::column(column, width)).chain(keys.map(constraint)).collect();
    let _ = write!(
        text,
        "\n-- {}\n\ncreate table {} (\n  {}\n);\n",
        "-".repeat(76),
        table.name,
        lines.join(",\n  ")
    );
    hypertable(text, table);
    for index in catalog.indexes.iter().filter(|index| index.tbl == table.name) {
        let _ = writeln!(text, "{};", index.definition);
    }
    for trigger in catalog.triggers.iter().filter(|trigger| trigger.tbl == table.name) {
        let _ = writeln!(text, "{};", trigger.definition);
    }
    if let Some(words) = &table.comment {
        let _ = writeln!(text, "comment on table {} is\n  {};", table.name, quoted(words));
    }
    for column in &columns {
        if let Some(words) = &column.comment {
            let _ = writeln!(text, "comment on column {}.{} is {};", table.name, column.name, quoted(words));
        }
    }
}

fn column(column: &Column, width: usize) -> String {
    let mut line = format!("{:width$} {}", column.name, column.kind);
    match &column.expression {
        _ if column.is_identity => line.push_str(" generated always as identity"),
        Some(expression) if column.is_generated => {
            let _ = write!(line, " generated always as ({expression}) stored");
        }
        Some(expression) => {
            let _ = write!(line, " default {expression}");
        }
        None => {}
    }
    if column.is_required {
        line.push_str(" not null");
    }
    line
}

fn constraint(constraint: &Constraint) -> String {
    format!("constraint {} {}", constraint.name, constraint.definition)
}

fn hypertable(text: &mut String, table: &Table) {
    if let (Some(column), Some(days), Some(schema)) =
        (&table.partition_column, table.chunk_days, &table.chunk_schema)
    {
        let _ = writeln!(
            text,
            "select create_hypertable('{}', '{column}', chunk_time_interval => interval '{days} days',\n  \
             create_default_indexes => false, associated_schema_name => '{schema}');",
            table.name
        );
    }
}
