//! `takt-server import` against a real TimescaleDB: every test has a tenant of its own without rows.

// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code)]
mod support;

mod tenant;

mod all_or_nothing;
mod command;
mod damaged;
mod long;
mod orders;
mod people;
mod refusals;
mod shifts;
mod templates;
mod terminal;
mod workbooks;
