//! Locks that last as long as their session, so that one process of many does a thing. They have a
//! connection of their own: a process that dies gives them back.

use sqlx::{Connection, PgConnection};

use super::Db;

/// A lock that is held; dropped = given back.
pub struct Held {
    connection: PgConnection,
}

/// Takes the lock of a name, unless another session has it.
pub async fn try_hold(db: &Db, name: &str) -> Result<Option<Held>, sqlx::Error> {
    let mut connection = PgConnection::connect_with(&db.pool.connect_options()).await?;
    let is_ours: bool =
        sqlx::query_scalar("select pg_try_advisory_lock(hashtextextended('takt job ' || $1, 0))")
            .bind(name)
            .fetch_one(&mut connection)
            .await?;
    if is_ours {
        return Ok(Some(Held { connection }));
    }
    connection.close().await?;
    Ok(None)
}

impl Held {
    /// An error when the session ended, and with it the lock.
    pub async fn check(&mut self) -> Result<(), sqlx::Error> {
        self.connection.ping().await
    }

    /// Gives it back before anybody else may ask.
    pub async fn release(self) -> Result<(), sqlx::Error> {
        self.connection.close().await
    }
}
