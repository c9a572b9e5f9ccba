//! `takt-server migrate --on-copy`: the newest backup becomes a scratch database, and what is pending
//! is applied there statement by statement. It shows beforehand whether a migration works on the
//! plant's own rows, how long it takes, and whom it keeps waiting. And that the backup can be restored.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Postgres, Transaction};

use super::report::{Report, Step};
use super::statement::{Statement, statements};
use super::{Migration, pending, record};
use crate::backup::manifest::newest;
use crate::backup::programs::Programs;
use crate::db::attempt::{self, InUse};
use crate::db::connect_options;
use crate::restore;
use crate::serve::told_to_end;

/// Prints what happened; an error when a statement failed.
pub async fn run(
    admin_url: &str,
    backups: &Path,
    programs: &Programs,
    known: &[Migration],
) -> anyhow::Result<()> {
    let report = try_out_until(told_to_end(), admin_url, backups, programs, known).await?;
    print!("{report}");
    report.verdict()
}

/// Tries what the newest backup lacks. A migration that fails is in the report, not an error.
pub async fn try_out(
    admin_url: &str,
    backups: &Path,
    programs: &Programs,
    known: &[Migration],
) -> anyhow::Result<Report> {
    try_out_until(std::future::pending(), admin_url, backups, programs, known).await
}

async fn try_out_until(
    end: impl Future<Output = ()>,
    admin_url: &str,
    backups: &Path,
    programs: &Programs,
    known: &[Migration],
) -> anyhow::Result<Report> {
    let mut end = std::pin::pin!(end);
    let (dump, manifest) = newest(backups)?;
    let migrations = pending(known, &manifest.migrations)
        .with_context(|| format!("the newest backup, {}, does not fit this release", dump.display()))?;
    let mut report = Report::of(&manifest.place.database, manifest.taken_at);
    if migrations.is_empty() {
        return Ok(report);
    }
    let scratch = scratch_name(&manifest.place.database, rand::random());
    let restored = restore::restore_until(end.as_mut(), admin_url, &dump, Some(&scratch), programs, known)
        .await
        .context("the newest backup cannot be tried")?;
    report.rows = restored.manifest.rows();
    let options = connect_options(admin_url)?.database(&scratch);
    let tried = tokio::select! {
        tried = apply(&options, &migrations, &mut report) => tried,
        () = end => Err(anyhow::anyhow!("interrupted")),
    };
    let dropped = restore::drop_database(admin_url, &scratch).await;
    tried?;
    dropped?;
    Ok(report)
}

/// As `migrate` does it: everything in one transaction.
async fn apply(
    options: &PgConnectOptions,
    migrations: &[Migration],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(options).await?;
    let in_use = attempt::in_use(&mut connection).await?;
    let mut tx = connection.begin().await?;
    for migration in migrations {
        for statement in statements(migration.sql) {
            if !step(&mut tx, &in_use, migration, statement, report).await? {
                return Ok(());
            }
        }
        record(&mut tx, migration).await?;
    }
    let began = Instant::now();
    let committed = tx.commit().await;
    report.committed(began.elapsed(), committed.err().map(|error| error.to_string()));
    connection.close().await?;
    Ok(())
}

/// One statement; whether it worked.
async fn step(
    tx: &mut Transaction<'_, Postgres>,
    in_use: &InUse,
    migration: &Migration,
    statement: Statement<'_>,
    report: &mut Report,
) -> anyhow::Result<bool> {
    let began = Instant::now();
    let result = attempt::execute(tx, statement.text).await;
    let took = began.elapsed();
    let (locks, failure) = match result {
        Ok(()) => (attempt::locks(tx, in_use).await?, None),
        Err(error) => (Default::default(), Some(error.to_string())),
    };
    let worked = failure.is_none();
    let (line, text) = (statement.line, statement.text.to_owned());
    report.add(Step { migration: migration.name, line, text, took, failure, locks: Vec::new() }, &locks);
    Ok(worked)
}

/// Told apart from every other copy that is being tried.
fn scratch_name(database: &str, random: u32) -> String {
    let plain = database.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_');
    format!("{}_copy_{random:08x}", plain.take(48).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_after_its_plant() {
        assert_eq!(scratch_name("takt", 255), "takt_copy_000000ff");
        assert_eq!(scratch_name(&"ü takt-".repeat(20), 1).len(), 48 + 14);
    }
}
