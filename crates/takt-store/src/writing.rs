//! The only handle that can change rows. What can be changed is added by each table's module, and
//! whatever a person did is queued by the same method that stores it.

use std::ops::Deref;

use rusqlite::Connection;

use crate::reading::Reading;

/// A transaction under way; it also reads what it has already changed.
pub struct Writing<'a> {
    reading: Reading<'a>,
    /// Bytes the database may use before new local work is refused.
    pub(crate) quota_bytes: u64,
}

impl<'a> Writing<'a> {
    pub(crate) fn new(conn: &'a Connection, quota_bytes: u64) -> Self {
        Self { reading: Reading::new(conn), quota_bytes }
    }
}

impl<'a> Deref for Writing<'a> {
    type Target = Reading<'a>;
    fn deref(&self) -> &Reading<'a> {
        &self.reading
    }
}
