//! The centre's side of the sync: takes events from terminals, hands changed rows back, and owns the
//! canonical schema. Not the place of any rule of the shop floor (takt-domain) nor of any message's
//! shape (takt-wire). Begin with [`http`] (the doors), then [`push`] and [`pull`] (the two loops)
//! and [`db`] (the only PostgreSQL statements).

pub mod admin;
pub mod backup;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod enrolment_code;
pub mod error;
pub mod http;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod migrate;
pub mod proofs;
pub mod pull;
pub mod push;
pub mod restore;
pub mod schema_export;
pub mod serve;
pub mod startup;
