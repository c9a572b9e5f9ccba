//! The schema as ordered steps: each is applied once, in its own transaction, and never edited
//! after a release. SQLite's `user_version` counts the steps a file has seen.

mod core;
mod domain;

use rusqlite_migration::{M, Migrations};

/// Marks a file as ours: "TAKT".
pub(crate) const APPLICATION_ID: i64 = 0x5441_4b54;

/// Every step, oldest first: the core, then the tables of the screens.
fn steps() -> impl Iterator<Item = &'static str> {
    core::STEPS.iter().chain(domain::STEPS).copied()
}

/// Number of steps this build knows.
pub(crate) fn known() -> i64 {
    i64::try_from(steps().count()).unwrap_or(i64::MAX)
}

/// The steps as migrations.
pub(crate) fn migrations() -> Migrations<'static> {
    Migrations::new(steps().map(M::up).collect())
}
