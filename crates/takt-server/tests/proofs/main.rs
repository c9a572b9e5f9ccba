//! What the server does by itself, against a real TimescaleDB: proofs, retention, chunks ahead.

// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, unused_imports, reason = "these tests use a part of it")]
#[path = "../centre/support/mod.rs"]
mod support;

mod ahead;
mod broken;
mod by_hand;
mod day;
mod edition;
mod retention;
mod sync_memory;
