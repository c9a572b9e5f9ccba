//! `README.md`: the index, with one diagram per group.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::db::catalog::{Catalog, Group, Reference, Table};

const OPENING: &str = "\
# Database schema

Written by `cargo xtask gen` from the catalog of a live database (`takt-server schema export docs/schema`); do not
edit. A database is made by [`migrations/`](../../migrations/README.md), where the rules for changing it are.

";

const DIAGRAMS: &str = "\
Diagrams show keys and references. Left out, because every table has them: the tenant (`organization_id`), the plant
and the device a row belongs to, and who made and last changed it. Every reference is composite and begins with the
tenant. `||` = always there, `|o` = may be empty. Tables of other groups stand without columns.

";

/// The whole index.
pub fn all(catalog: &Catalog) -> String {
    let mut text = OPENING.to_owned();
    summary(&mut text, catalog);
    text.push_str(DIAGRAMS);
    for group in &catalog.groups {
        self::group(&mut text, catalog, group);
    }
    text.push_str("## Roles, rights and row security\n\n[99_rls_policies.sql](99_rls_policies.sql)\n\n");
    hypertables(&mut text, catalog);
    functions(&mut text, catalog);
    let _ = writeln!(text, "## Extensions\n\n{}", catalog.extensions.join(", "));
    text
}

fn summary(text: &mut String, catalog: &Catalog) {
    let count = |kind: &str| catalog.constraints.iter().filter(|constraint| constraint.kind == kind).count();
    let commented = catalog.columns.iter().filter(|column| column.comment.is_some()).count();
    let _ = writeln!(
        text,
        "{} tables in {} groups, {} columns ({commented} with a comment), {} foreign keys, {} checks, {} exclusions, \
         {} policies, {} triggers.\n",
        catalog.tables.len(),
        catalog.groups.len(),
        catalog.columns.len(),
        count("f"),
        count("c"),
        count("x"),
        catalog.policies.len(),
        catalog.triggers.len(),
    );
    text.push_str("| group | tables |\n|---|---|\n");
    for group in &catalog.groups {
        let tables: Vec<String> = group.tables.iter().map(|table| format!("`{table}`")).collect();
        let _ = writeln!(text, "| [{0}]({0}.sql) | {1} |", group.file, tables.join(" "));
    }
    text.push('\n');
}

fn group(text: &mut String, catalog: &Catalog, group: &Group) {
    let _ = write!(
        text,
        "## {}\n\n[{1}.sql]({1}.sql)\n\n| table | what it is |\n|---|---|\n",
        group.title, group.file
    );
    let tables: Vec<&Table> = members(catalog, group).collect();
    for table in &tables {
        let words = table.comment.as_deref().unwrap_or_default().replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {words} |", table.name);
    }
    text.push_str("\n```mermaid\nerDiagram\n");
    let relations: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| catalog.references.iter().filter(|reference| reference.tbl == table.name))
        .map(relation)
        .collect();
    for line in relations {
        let _ = writeln!(text, "  {line}");
    }
    for table in &tables {
        entity(text, catalog, &table.name);
    }
    text.push_str("```\n\n");
}

fn members<'a>(catalog: &'a Catalog, group: &'a Group) -> impl Iterator<Item = &'a Table> {
    group.tables.iter().filter_map(|name| catalog.tables.iter().find(|table| table.name == *name))
}

fn relation(reference: &Reference) -> String {
    let parent = if reference.is_required { "||" } else { "|o" };
    format!("{} {parent}--o{{ {} : {}", reference.target, reference.tbl, reference.column)
}

/// A table with the columns that name its rows or those of others.
fn entity(text: &mut String, catalog: &Catalog, table: &str) {
    let _ = writeln!(text, "  {table} {{");
    let of_kind = |kind: &'static str| {
        let of = catalog.constraints.iter().filter(move |one| one.tbl == table && one.kind == kind);
        of.flat_map(|one| &one.columns).map(String::as_str).collect::<BTreeSet<_>>()
    };
    let (primary, unique) = (of_kind("p"), of_kind("u"));
    let referring: BTreeSet<&str> =
        catalog.references.iter().filter(|one| one.tbl == table).map(|one| one.column.as_str()).collect();
    for column in catalog.columns.iter().filter(|column| column.tbl == table) {
        let name = column.name.as_str();
        if name == "organization_id" || name == "plant_id" {
            continue;
        }
        let marks = [("PK", primary.contains(name)), ("FK", referring.contains(name))];
        let mut marks: Vec<&str> = marks.iter().filter(|(_, is)| *is).map(|(mark, _)| *mark).collect();
        if marks.is_empty() && unique.contains(name) {
            marks.push("UK");
        }
        if !marks.is_empty() {
            let _ = writeln!(text, "    {} {name} {}", kind(&column.kind), marks.join(","));
        }
    }
    text.push_str("  }\n");
}

/// A type in one word.
fn kind(kind: &str) -> &str {
    match kind {
        "timestamp with time zone" => "timestamptz",
        other => other.split(['(', ' ']).next().unwrap_or(other),
    }
}

fn hypertables(text: &mut String, catalog: &Catalog) {
    text.push_str("## Hypertables\n\n| table | by | chunk |\n|---|---|---|\n");
    for table in &catalog.tables {
        if let (Some(column), Some(days)) = (&table.partition_column, table.chunk_days) {
            let _ = writeln!(text, "| `{}` | `{column}` | {days} days |", table.name);
        }
    }
    text.push('\n');
}

fn functions(text: &mut String, catalog: &Catalog) {
    text.push_str(
        "## Functions\n\nDoors run with the definer's rights, past row security; everything else with the caller's.\n\n\
         | function | kind | what it does |\n|---|---|---|\n",
    );
    for function in &catalog.functions {
        let kind = match (function.is_trigger, function.is_definer) {
            (true, true) => "trigger, definer",
            (true, false) => "trigger",
            (false, true) => "door",
            (false, false) => "",
        };
        let words = function.comment.as_deref().unwrap_or_default().replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {kind} | {words} |", function.signature);
    }
    text.push('\n');
}
