//! How this terminal is set: theme, language. This terminal's alone.

use rusqlite::{OptionalExtension, params};

use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// How something is set; none = as delivered.
    pub fn preference(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached("select value from preferences where name = ?1")?;
        Ok(statement.query_row(params![name], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
    /// Sets it.
    pub fn set_preference(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("insert or replace into preferences (name, value) values (?1, ?2)")?
            .execute(params![name, value])?;
        Ok(())
    }
}
