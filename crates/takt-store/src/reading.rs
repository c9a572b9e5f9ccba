//! One consistent view of the database. What can be read is added by each table's module.

use rusqlite::Connection;

/// A view that nothing changes under.
pub struct Reading<'a> {
    /// For the table modules of this crate.
    pub(crate) conn: &'a Connection,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(conn: &'a Connection) -> Self {
        Self { conn }
    }
}
