//! The server against a real TimescaleDB: every test has a database of its own with the demo plant.

mod support;

mod bad_input;
mod enrolment;
mod kinds;
mod once;
mod pull;
mod startup;
mod tenants;
mod time;
mod verdicts;
mod wait;
