//! A terminal and the real server on a real TimescaleDB, with a bad line between them: whatever
//! happens, every event is at the plant exactly once and the terminal knows it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bad_line;
mod both_ways;
mod enrolling;
mod forked;
mod killed;
mod plant;
mod restored;
mod store_gone;
mod terminal;
mod wire;
