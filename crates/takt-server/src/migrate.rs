//! `takt-server migrate`: applies the canonical migrations, each once, in order, and refuses a
//! database that another history shaped. [`on_copy`] tries them on a restored backup first.

pub mod on_copy;
pub mod report;
pub mod statement;

#[cfg(test)]
mod frozen;

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{Connection, Executor, PgConnection};

use crate::db::connect_options;

/// A migration as released; its bytes are part of its identity.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// File name.
    pub name: &'static str,
    /// Content.
    pub sql: &'static str,
}

/// Every migration of this release, in order.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "0001_initial_schema.sql",
    sql: include_str!("../../../migrations/0001_initial_schema.sql"),
}];

/// One run at a time, and none beside a backup: an arbitrary number of our own.
pub(crate) const LOCK: i64 = 0x7461_6b74;

/// A migration that a database has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Applied {
    /// File name.
    pub name: String,
    /// SHA-256 of its content, hex.
    pub sha256: String,
}

/// Applies what is pending; `dry_run` rolls everything back at the end.
pub async fn run(admin_url: &str, dry_run: bool) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&connect_options(admin_url)?)
        .await
        .context("cannot reach the database")?;
    sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut connection).await?;
    let result = locked(&mut connection, dry_run).await;
    sqlx::query("select pg_advisory_unlock($1)").bind(LOCK).execute(&mut connection).await?;
    connection.close().await?;
    result
}

async fn locked(connection: &mut PgConnection, dry_run: bool) -> anyhow::Result<()> {
    let mut tx = connection.begin().await?;
    tx.execute(
        "create table if not exists public.takt_migrations (
           name text primary key, sha256 text not null, applied_at timestamptz not null default now())",
    )
    .await
    .context("cannot create takt_migrations: is this the administrator's URL?")?;
    let pending = pending(MIGRATIONS, &applied(&mut tx).await?)?;
    for migration in &pending {
        tx.execute(migration.sql)
            .await
            .with_context(|| format!("{} failed; nothing was changed", migration.name))?;
        record(&mut tx, migration).await?;
    }
    tx.execute("grant select on public.takt_migrations to takt_app").await?;
    if dry_run {
        tx.rollback().await?
    } else {
        tx.commit().await?
    }
    for migration in &pending {
        println!("{} {}", if dry_run { "would apply" } else { "applied" }, migration.name);
    }
    if pending.is_empty() {
        println!("the schema is up to date");
    }
    Ok(())
}

/// Notes that a migration was applied.
async fn record(connection: &mut PgConnection, migration: &Migration) -> Result<(), sqlx::Error> {
    sqlx::query("insert into public.takt_migrations (name, sha256) values ($1, $2)")
        .bind(migration.name)
        .bind(sha256(migration.sql))
        .execute(connection)
        .await?;
    Ok(())
}

/// What `connection`'s database has seen; an error when it was never migrated.
pub async fn applied(connection: &mut PgConnection) -> Result<Vec<Applied>, sqlx::Error> {
    sqlx::query_as("select name, sha256 from public.takt_migrations order by name")
        .fetch_all(connection)
        .await
}

/// The known ones that are not applied, in order; an error when the histories do not fit.
pub fn pending(known: &[Migration], applied: &[Applied]) -> anyhow::Result<Vec<Migration>> {
    for seen in applied {
        let Some(ours) = known.iter().find(|migration| migration.name == seen.name) else {
            bail!(
                "the database has {}, which this release does not know: use a newer takt-server",
                seen.name
            );
        };
        ensure!(
            sha256(ours.sql) == seen.sha256,
            "{} was applied with another content (sha256 {}…): this database belongs to another history",
            seen.name,
            seen.sha256.get(..12).unwrap_or(&seen.sha256)
        );
    }
    let missing: Vec<_> =
        known.iter().filter(|ours| applied.iter().all(|seen| seen.name != ours.name)).copied().collect();
    if let (Some(first), Some(last)) = (missing.first(), applied.last()) {
        ensure!(*first.name > *last.name, "{} is missing below {}, which is applied", first.name, last.name);
    }
    Ok(missing)
}

/// Hex SHA-256 of a migration's content.
pub fn sha256(sql: &str) -> String {
    hex::encode(Sha256::digest(sql))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Migration = Migration { name: "0001_a.sql", sql: "select 1" };
    const B: Migration = Migration { name: "0002_b.sql", sql: "select 2" };

    fn seen(migration: Migration) -> Applied {
        Applied { name: migration.name.to_owned(), sha256: sha256(migration.sql) }
    }

    #[test]
    fn only_the_missing_ones_are_pending() {
        assert_eq!(pending(&[A, B], &[]).unwrap().len(), 2);
        assert_eq!(pending(&[A, B], &[seen(A)]).unwrap()[0].name, B.name);
        assert!(pending(&[A, B], &[seen(A), seen(B)]).unwrap().is_empty());
    }

    #[test]
    fn another_history_is_refused() {
        let changed = Applied { sha256: sha256("select 3"), ..seen(A) };
        assert!(pending(&[A, B], &[changed]).is_err());
        assert!(pending(&[A], &[seen(A), seen(B)]).unwrap_err().to_string().contains("0002_b.sql"));
        assert!(pending(&[A, B], &[seen(B)]).is_err(), "a gap is no range");
    }
}
