//! `99_rls_policies.sql`: who may do what, and which rows a session sees.

use std::fmt::Write;

use super::heading;
use crate::db::catalog::{Catalog, Grant, Policy};

/// Roles, rights and policies of the whole schema.
pub fn all(catalog: &Catalog) -> String {
    let mut text = heading("Roles, rights and row security");
    roles(&mut text, catalog);
    rule(&mut text, "Rights. The owner of every table is takt_owner; row security binds it too.");
    for grant in &catalog.grants {
        let _ = writeln!(text, "{}", self::grant(grant));
    }
    statistics(&mut text, catalog);
    rule(&mut text, "Functions. Without an entry here nobody but their owner calls them.");
    for function in catalog.functions.iter().filter(|function| !function.callers.is_empty()) {
        let callers = function.callers.join(", ");
        let _ = writeln!(text, "grant execute on function {} to {callers};", function.signature);
    }
    rule(&mut text, "Row security: what a session sees, by table.");
    for table in &catalog.tables {
        if table.is_forced {
            let _ = write!(
                text,
                "\nalter table {0} enable row level security;\nalter table {0} force row level security;\n",
                table.name
            );
        }
        for policy in catalog.policies.iter().filter(|policy| policy.tbl == table.name) {
            let _ = writeln!(text, "{}", self::policy(policy));
        }
    }
    text
}

fn rule(text: &mut String, words: &str) {
    let _ = writeln!(text, "\n-- {}\n-- {words}\n", "-".repeat(76));
}

fn roles(text: &mut String, catalog: &Catalog) {
    text.push_str("\n-- Whether takt_app may sign in, and how, is up to whoever runs the server.\n");
    for role in &catalog.roles {
        let bypasses = if role.bypasses_policies { "bypassrls" } else { "nobypassrls" };
        let _ = writeln!(text, "create role {} nosuperuser nocreatedb nocreaterole {bypasses};", role.name);
    }
    for role in catalog.roles.iter().filter(|role| !role.member_of.is_empty()) {
        let _ = writeln!(text, "grant {} to {};", role.member_of.join(", "), role.name);
    }
}

fn grant(grant: &Grant) -> String {
    let Grant { object, role, privileges } = grant;
    format!("grant {privileges} on {object} to {role};")
}

fn statistics(text: &mut String, catalog: &Catalog) {
    if catalog.open_statistics.is_empty() {
        text.push_str(
            "\n-- Statistics hold samples of every tenant's rows: no session role reads them.\n\
             revoke select on pg_catalog.pg_stats, pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs from public;\n",
        );
    } else {
        let _ = writeln!(text, "\n-- Readable for session roles: {}", catalog.open_statistics.join(", "));
    }
}

fn policy(policy: &Policy) -> String {
    let Policy { tbl, name, is_permissive, command, roles, qualifier, check } = policy;
    let kind = if *is_permissive { "permissive" } else { "restrictive" };
    let mut text = format!("create policy {name} on {tbl} as {kind} for {command} to {roles}");
    if let Some(qualifier) = qualifier {
        let _ = write!(text, "\n  using ({qualifier})");
    }
    match check {
        Some(check) if Some(check) == qualifier.as_ref() => text.push_str("\n  with check (the same)"),
        Some(check) => {
            let _ = write!(text, "\n  with check ({check})");
        }
        None => {}
    }
    text + ";"
}
