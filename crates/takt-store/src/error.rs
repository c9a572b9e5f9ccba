//! What can go wrong with the local database.

/// Why the store refused, or could not do, what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer release wrote this database: it is left untouched.
    #[error("the database has schema {found}, this release knows {known} at most")]
    Newer {
        /// Schema steps in the file.
        found: i64,
        /// Schema steps this build knows.
        known: i64,
    },
    /// The file is damaged, or not a database of ours.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// One event is too large to be queued; larger content is an attachment.
    #[error("an event of {bytes} bytes exceeds {max} bytes")]
    EventTooLarge {
        /// Its size.
        bytes: usize,
        /// The largest that is taken.
        max: usize,
    },
    /// An event outside the audit lane must say what it belongs to.
    #[error("an event of kind {0} was queued without a stream")]
    StreamMissing(&'static str),
    /// The quota or the disk is used up: no new local work until something was sent and pruned.
    #[error("no room is left for records on this terminal")]
    StorageFull,
    /// A stored value cannot be read back.
    #[error("{what} in the database cannot be read: {detail}")]
    Unreadable {
        /// Which value.
        what: &'static str,
        /// What was wrong with it.
        detail: String,
    },
    /// A value cannot be written as JSON.
    #[error("a value cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Bringing the schema up to date failed; the database is as it was before.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(String),
    /// Anything else SQLite says.
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::StorageFull,
            Some(DatabaseCorrupt | NotADatabase) => Self::Corrupt(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, query } => match Self::from(err) {
                Self::Sqlite(err) => Self::Migration(format!("{err} in {query}")),
                known => known,
            },
            other => Self::Migration(other.to_string()),
        }
    }
}
