//! Tenants, as an administrator makes and finds them.

use takt_domain::OrganizationId;

use super::{Db, TenantTx};

/// The tenant of a code. Only an administrator's connection sees it.
pub async fn find(db: &Db, code: &str) -> Result<Option<OrganizationId>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let id: Option<i32> = sqlx::query_scalar("select id from organizations where org_code = $1")
        .bind(code)
        .fetch_optional(tx.connection())
        .await?;
    Ok(id.map(OrganizationId))
}

/// Makes a tenant with everything a new one starts with, and enters it.
pub async fn create(db: &Db, code: &str, name: &str) -> Result<(TenantTx, OrganizationId), sqlx::Error> {
    let mut tx = db.anonymous().await?;
    let id: i32 = sqlx::query_scalar("select app.create_organization($1, $2)")
        .bind(code)
        .bind(name)
        .fetch_one(tx.connection())
        .await?;
    tx.enter(id).await?;
    Ok((tx, OrganizationId(id)))
}
