//! The store against real files.

mod bench_plant;
mod opening;
mod queueing;
