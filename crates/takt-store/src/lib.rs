//! The station's SQLite: every row with its outbox entry.
//!
//! It holds what happened here until the plant's server has it ([`outbox`]), a mirror of what the
//! centre says ([`mirror`]), where both loops stand ([`sync_state`]) and the rows the screens show.
//! It is not a cache: what is queued here may be the only copy of a day's work. Nothing else knows
//! SQLite, and nothing here knows the network or the time.
//!
//! Begin with [`Store`]: [`Store::write`] is the only way to change a row and announces the change
//! after its commit, [`Store::read`] gives screens one consistent view that never waits for a
//! writer. All errors are [`StoreError`]; "not there" is `Ok(None)`.

pub(crate) mod cell;
pub(crate) mod column;
mod error;
pub mod fact;
pub mod handover;
pub mod inspection;
pub mod install;
pub mod machine_period;
pub mod mirror;
pub mod ncr;
mod open;
pub mod outbox;
pub mod preference;
pub mod production_line;
mod reading;
pub mod reason_use;
pub mod scan_ledger;
mod schema;
pub mod session;
mod storage;
mod store;
pub mod sync_state;
mod writing;

pub use error::StoreError;
pub use fact::Fact;
pub use outbox::{Ack, Entry, LaneDepth, OutboxCounts, OutboxRow, Problem, RecordsWanted, Stamp};
pub use reading::Reading;
pub use storage::{Level, StorageUse};
pub use store::{Store, StoreOptions};
pub use writing::Writing;
