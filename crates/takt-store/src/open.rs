//! Opening the file: what it must be, and the settings every connection gets.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use crate::{error::StoreError, schema};

/// How long a connection waits for another process before it gives up.
const BUSY_MS_MAX: u64 = 5_000;
/// Bytes of write-ahead log kept on disk after a checkpoint.
const WAL_BYTES_KEPT: i64 = 16 * 1024 * 1024;
/// Prepared statements kept per connection.
const STATEMENTS_KEPT: usize = 64;

/// The one connection that may write; the schema is up to date afterwards.
pub(crate) fn writer(path: &Path) -> Result<Connection, StoreError> {
    refuse_foreign(path)?;
    let mut conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_millis(BUSY_MS_MAX))?;
    // Before the first table and before WAL: afterwards it would need a vacuum.
    conn.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "journal_size_limit", WAL_BYTES_KEPT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    schema::migrations().to_latest(&mut conn)?;
    Ok(conn)
}

/// A connection that cannot change anything.
pub(crate) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(Duration::from_millis(BUSY_MS_MAX))?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(conn)
}

/// Looks at an existing file without touching it: ours, readable, and not from the future.
fn refuse_foreign(path: &Path) -> Result<(), StoreError> {
    if std::fs::metadata(path).map_or(0, |file| file.len()) == 0 {
        return Ok(());
    }
    let conn = reader(path)?;
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != schema::APPLICATION_ID {
        return Err(StoreError::Corrupt("it is a database of another application".into()));
    }
    let known = schema::known();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(())
}
