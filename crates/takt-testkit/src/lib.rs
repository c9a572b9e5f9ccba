//! What tests and `xtask` share: a throw-away TimescaleDB, and the folders it lives in.
//! Nothing that ships depends on this crate.
//!
//! # A database for a test
//!
//! ```no_run
//! # async fn example() {
//! use takt_testkit::TestDatabase;
//!
//! let database = TestDatabase::new().await; // every migration applied, no rows; about 0.2 s
//! let administrator = database.admin_url(); // superuser: owns the schema, may look behind policies
//! let application = database.app_url();     // role `takt_app`: the one the server runs as
//! # let _ = (administrator, application);
//! # } // dropping it drops the database: keep it alive as long as the test
//! ```
//!
//! - [`TestDatabase::new`] clones a template that holds all of `migrations/*.sql`; an edited migration makes a
//!   new template by itself. It panics with an explanation when no server can be had;
//!   [`TestDatabase::try_new`] returns the error instead.
//! - [`TestDatabase::empty`] is a database without any schema, for tests of `takt-server migrate`.
//! - Tests run in parallel freely: each has its own database, all in one cluster of 200 connections that the
//!   first test starts (and on a bare machine downloads). Nothing has to be started by hand.
//! - `DATABASE_URL` replaces the embedded server: see [`postgres`].
//! - `TAKT_KEEP_TEST_DATABASES=1` leaves databases behind for a look with
//!   `psql "$(cargo xtask db url --superuser --test)"`.
pub mod measure;
pub mod percentile;
pub mod postgres;
pub mod process;
pub mod workspace;

pub use postgres::TestDatabase;
