//! Which lifetime of this database the server knows: random, new for every fresh database, and
//! new again when the server finds that a disk was cloned or rolled back.

use rusqlite::{Connection, params};
use takt_domain::InstallId;
use uuid::Uuid;

use crate::{column::Id, error::StoreError, reading::Reading, writing::Writing};

impl Reading<'_> {
    /// The install id in force.
    pub fn install_id(&self) -> Result<InstallId, StoreError> {
        let sql = "select install_id from install order by ordinal desc limit 1";
        let id: Id = self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(InstallId(id.0))
    }
}

impl Writing<'_> {
    /// Takes a new install id and numbers everything unsent anew under it, in its old order.
    /// Event ids stay, so what the server has already counts once.
    pub fn renew_install(&mut self, reason: &str) -> Result<InstallId, StoreError> {
        let id = insert(self.conn, reason)?;
        self.conn.execute("update lane set next_seq = 1, acked = 0", [])?;
        self.renumber_unsent()?;
        Ok(id)
    }
}

/// Gives a new database its first install id.
pub(crate) fn ensure(conn: &mut Connection) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let any: bool = tx.query_row("select exists (select 1 from install)", [], |row| row.get(0))?;
    if !any {
        insert(&tx, "first")?;
    }
    Ok(tx.commit()?)
}

fn insert(conn: &Connection, reason: &str) -> Result<InstallId, StoreError> {
    let id = InstallId(Uuid::new_v4());
    conn.execute("insert into install (install_id, reason) values (?1, ?2)", params![Id(id.0), reason])?;
    Ok(id)
}
