//! A station over a real database file with a mirrored plant, driven by its facade alone.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod addendum;
mod bad_input;
mod checks;
mod floor;
mod handover;
mod inspection;
mod plant;
mod production;
mod scan;
mod session;
mod sheet;
mod whole_shift;
