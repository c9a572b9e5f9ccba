//! The server against a real TimescaleDB: every test has a database of its own with the demo plant.

// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

mod bad_input;
mod enrolment;
mod kinds;
mod mirrored;
mod once;
mod pull;
mod startup;
mod tenants;
mod time;
mod verdicts;
mod wait;
