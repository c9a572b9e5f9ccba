//! The store against real files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bench_plant;
mod custody;
mod killed;
mod mirroring;
mod opening;
mod queueing;
