//! The terminal without its window: use cases, the sync runner, devices. Everything but pixels
//! runs here, on a machine without WebKit too.
//!
//! Begin with [`Terminal`] (everything opened), [`Station`] (one method per thing a screen may ask) and [`view`] (what every screen
//! shows: the contract with the UI). A use case is a module of its own: it reads, asks the domain,
//! and writes, all in the one transaction that [`Station`] opened for it.

mod act;
mod bench;
mod booking;
mod checks;
pub mod clock;
mod commands;
pub mod config;
pub mod enrol;
mod frame;
mod handover;
mod here;
mod home;
pub mod identity;
mod inspection;
mod job;
mod job_view;
mod joining;
pub mod line;
pub mod link;
mod machine;
mod ncr;
mod open;
mod people;
mod pin;
mod production;
mod reasons;
mod records;
mod refused;
mod report;
pub mod rim;
pub mod runner;
mod said;
mod scan;
mod session;
mod station;
mod terminal;
mod tray;
pub mod view;

pub use config::Config;
pub use rim::Rim;
pub use station::{Setup, Station};
pub use terminal::{Terminal, Unopened, Unopened as StationError};
