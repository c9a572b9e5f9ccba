//! What belongs to the server and no tenant: its signing keys and its epoch.

use uuid::Uuid;

use super::Db;

/// What every server process shares.
pub struct ServerState {
    /// Secrets that sign; the first signs, all verify.
    pub secrets: Vec<Vec<u8>>,
    /// The database's lifetime.
    pub epoch: Uuid,
}

/// Reads keys and epoch, making them on first use.
pub async fn load(db: &Db) -> Result<ServerState, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let secrets =
        sqlx::query_scalar("select secret from app.signing_keys()").fetch_all(tx.connection()).await?;
    let epoch = sqlx::query_scalar("select app.ensure_server_epoch()").fetch_one(tx.connection()).await?;
    tx.commit().await?;
    Ok(ServerState { secrets, epoch })
}
