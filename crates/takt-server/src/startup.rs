//! What must hold before a request is answered: the right role, the right schema.

use anyhow::{Context, ensure};
use chrono::Utc;
use sqlx::{Connection, PgConnection};

use crate::db::connect_options;
use crate::{admin, migrate, proofs};

/// What the database says of the role we are.
#[derive(Debug, sqlx::FromRow)]
struct Role {
    name: String,
    is_superuser: bool,
    bypasses_policies: bool,
}

/// What the database says of itself.
#[derive(Debug, sqlx::FromRow)]
struct Edition {
    postgres: String,
    timescaledb: Option<String>,
    license: Option<String>,
    is_standby: bool,
}

impl Edition {
    fn name(&self) -> String {
        match self.license.as_deref() {
            Some("apache") => "Apache edition".to_owned(),
            Some("timescale") => "community edition".to_owned(),
            other => format!("licence {}", other.unwrap_or("unknown")),
        }
    }
}

/// Refuses a role that policies do not bind, a standby, and a schema of another release.
pub async fn check(database_url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&connect_options(database_url)?)
        .await
        .context("cannot reach the database")?;
    check_connection(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

async fn check_connection(connection: &mut PgConnection) -> anyhow::Result<Role> {
    let role = role(connection).await?;
    ensure!(
        !role.is_superuser,
        "refusing to run as {}: it is a superuser, or may become one, and no tenant policy would bind it; \
         DATABASE_URL must name the application role takt_app",
        role.name
    );
    ensure!(
        !role.bypasses_policies,
        "refusing to run as {}: it has BYPASSRLS, or may become a role that has, and no tenant policy would \
         bind it; DATABASE_URL must name the application role takt_app",
        role.name
    );
    let edition = edition(connection).await?;
    ensure!(!edition.is_standby, "this database is a standby: terminals would miss rows; use the primary");
    let applied = migrate::applied(connection)
        .await
        .context("this database has no readable takt_migrations: run `takt-server migrate` first")?;
    let pending = migrate::pending(migrate::MIGRATIONS, &applied)?;
    let missing: Vec<_> = pending.iter().map(|migration| migration.name).collect();
    ensure!(missing.is_empty(), "the schema lacks {}: run `takt-server migrate` first", missing.join(", "));
    Ok(role)
}

/// `takt-server check`: whether it could serve, then the nightly proofs over what began within `days`.
pub async fn report(database_url: &str, days: u32) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&connect_options(database_url)?)
        .await
        .context("cannot reach the database")?;
    let edition = edition(&mut connection).await?;
    println!("PostgreSQL   {}", edition.postgres);
    let timescaledb = edition.timescaledb.as_deref().unwrap_or("missing");
    println!("TimescaleDB  {timescaledb} ({})", edition.name());
    let role = check_connection(&mut connection).await?;
    println!("role         {}: no superuser, bound by policies", role.name);
    if let Some(last) = migrate::MIGRATIONS.last() {
        println!("schema       {}, sha256 {:.12}…", last.name, migrate::sha256(last.sql));
    }
    println!("ready to serve");
    connection.close().await?;
    let proven = proofs::prove(&admin::connect(database_url).await?, days, Utc::now()).await?;
    println!("\nproofs over the last {days} days");
    proven.iter().for_each(|it| println!("{it}"));
    proofs::conclude(&proven)
}

async fn role(connection: &mut PgConnection) -> anyhow::Result<Role> {
    let role = sqlx::query_as(
        "select current_user::text as name,
           coalesce(bool_or(rolsuper), false) as is_superuser,
           coalesce(bool_or(rolbypassrls), false) as bypasses_policies
         from pg_roles where pg_has_role(current_user, oid, 'MEMBER')",
    );
    Ok(role.fetch_one(connection).await?)
}

async fn edition(connection: &mut PgConnection) -> anyhow::Result<Edition> {
    let edition = sqlx::query_as(
        "select current_setting('server_version') as postgres,
           (select extversion from pg_extension where extname = 'timescaledb') as timescaledb,
           current_setting('timescaledb.license', true) as license, pg_is_in_recovery() as is_standby",
    );
    Ok(edition.fetch_one(connection).await?)
}
