//! A real PostgreSQL with TimescaleDB, without Docker and without root.
//!
//! Which server is used:
//! 1. A given one, which has TimescaleDB in `shared_preload_libraries`: `DATABASE_URL` alone is the URL of its
//!    administrator (a superuser), and its role `takt_app` is given a generated password. Together with
//!    `DATABASE_ADMIN_URL` they are a pair as `takt-server` reads them, `DATABASE_URL` being the application
//!    role's, and no password is touched.
//! 2. A PostgreSQL 17 or newer with TimescaleDB already installed on this machine, with our own clusters.
//! 3. A private copy made of Debian packages, unpacked under `target/takt/pg`, with our own clusters.
//!
//! Our clusters are two: [`Purpose::Demo`] keeps what it is told, [`Purpose::Tests`] trades durability for
//! speed. Both listen on 127.0.0.1 only, with generated passwords in `target/takt/<cluster>.json` (mode 0600).
//!
//! Begin at [`Server::up`].
mod account;
mod apt;
mod binaries;
mod cluster;
mod connection;
mod diagnosis;
mod home;
mod idle;
mod initdb;
mod lock;
mod patch;
mod postmaster;
mod psql;
mod server;
mod settings;
mod start;
mod template;
mod test_database;

pub use account::is_root;
pub use apt::{AptLock, lock_apt};
pub use cluster::{Cluster, Purpose};
pub use connection::{free_port, is_free as is_free_port};
pub use lock::Lock;
pub use server::Server;
pub use test_database::TestDatabase;
