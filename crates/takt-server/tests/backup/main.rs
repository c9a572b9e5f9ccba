//! Backups of a real plant, taken and restored by PostgreSQL's own programs.

// Helpers of tests may fail like tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod on_copy;
mod other_cluster;
mod plant;
mod refused;
mod restored;
mod taken;
