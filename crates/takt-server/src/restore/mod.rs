//! `takt-server restore`: a backup becomes a database again. The file is checked before anything is
//! touched; the database stays closed to everybody but administrators until it was compared with the
//! manifest and has begun a new epoch (sync.md), so that no terminal meets it half done.

mod roles;
mod verify;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::backup::manifest::Manifest;
use crate::backup::programs::{self, Login, Programs};
use crate::config::AdminDatabase;
use crate::db::{connect_options, restore as db};
use crate::migrate::{self, Migration};
use crate::serve::told_to_end;

/// Where databases are made and dropped from.
const MAINTENANCE: &str = "postgres";
/// Noted on a database while it is filled.
const MARK: &str = "Takt: a restore began here and did not end";
/// Of connections.
const ANY_NUMBER: i32 = -1;
/// What every identity moves on by (data dictionary, amendment 15).
pub const IDENTITY_STEP: i64 = 1_000_000;

/// What to restore, where to.
#[derive(Args, Clone)]
pub struct Wanted {
    /// The dump that `backup` wrote, with its manifest beside it.
    #[arg(value_name = "FILE")]
    pub dump: PathBuf,
    /// Administrator of the server to restore on; its database is filled if it is missing or empty.
    #[command(flatten)]
    pub database: AdminDatabase,
    /// Make this database instead.
    #[arg(long, value_name = "DATABASE")]
    pub into: Option<String>,
    /// Where PostgreSQL's programs are.
    #[command(flatten)]
    pub programs: Programs,
}

/// A database that came back.
#[derive(Debug)]
pub struct Restored {
    /// Its name.
    pub database: String,
    /// Its new life.
    pub epoch: Uuid,
    /// What the backup said of it.
    pub manifest: Manifest,
    /// Migrations of this release that it lacks.
    pub pending: Vec<&'static str>,
    /// What an administrator still has to see to.
    pub notes: Vec<String>,
}

/// `takt-server restore`
pub async fn run(wanted: &Wanted) -> anyhow::Result<()> {
    let (url, into) = (&wanted.database.admin_url, wanted.into.as_deref());
    let known = migrate::MIGRATIONS;
    let restored = restore_until(told_to_end(), url, &wanted.dump, into, &wanted.programs, known).await?;
    let manifest = &restored.manifest;
    println!("restored {} as of {}", restored.database, manifest.taken_at.format("%Y-%m-%d %H:%M:%S UTC"));
    println!("verified {} rows in {} tables, rights and policies", manifest.rows(), manifest.tables.len());
    println!("epoch    {}: terminals send again what is not in the backup", restored.epoch);
    if !restored.pending.is_empty() {
        println!("pending  {}: run `takt-server migrate`", restored.pending.join(", "));
    }
    for note in &restored.notes {
        println!("note     {note}");
    }
    Ok(())
}

/// Restores a backup into the database of the URL, or into another one on its server.
pub async fn restore(
    admin_url: &str,
    dump: &Path,
    into: Option<&str>,
    programs: &Programs,
    known: &[Migration],
) -> anyhow::Result<Restored> {
    restore_until(std::future::pending(), admin_url, dump, into, programs, known).await
}

/// The same, unless `end` comes first; then it is as if it had failed.
pub async fn restore_until(
    end: impl Future<Output = ()>,
    admin_url: &str,
    dump: &Path,
    into: Option<&str>,
    programs: &Programs,
    known: &[Migration],
) -> anyhow::Result<Restored> {
    let manifest = Manifest::of(dump)?;
    let pending =
        migrate::pending(known, &manifest.migrations).context("the backup does not fit this release")?;
    manifest.check(dump)?;
    let job = Job::begin(admin_url, into, manifest).await?;
    let outcome = tokio::select! {
        outcome = job.fill(admin_url, dump, programs) => outcome,
        () = end => Err(anyhow::anyhow!("interrupted")),
    };
    match outcome {
        Ok((epoch, notes)) => Ok(Restored {
            database: job.database,
            epoch,
            manifest: job.manifest,
            pending: pending.iter().map(|migration| migration.name).collect(),
            notes,
        }),
        Err(error) => Err(error.context(job.give_up().await)),
    }
}

/// A restore under way.
struct Job {
    manifest: Manifest,
    database: String,
    /// Of the database to fill.
    options: PgConnectOptions,
    maintenance: PgConnectOptions,
    /// What it may take once it is open.
    connections_max: i32,
    /// Made by us, so ours to drop.
    is_ours: bool,
}

impl Job {
    /// Finds or makes the empty database; refuses what cannot end well before anything is changed.
    async fn begin(admin_url: &str, into: Option<&str>, manifest: Manifest) -> anyhow::Result<Self> {
        let given = connect_options(admin_url)?;
        let database = name(into.or(given.get_database()).unwrap_or_default())?;
        let (options, maintenance) = (given.clone().database(&database), given.database(MAINTENANCE));
        let mut connection = PgConnection::connect_with(&maintenance).await.with_context(|| {
            format!("cannot reach the database {MAINTENANCE}, from which others are made")
        })?;
        refuse_unfit(&db::target(&mut connection).await?, &manifest)?;
        roles::refuse_stronger(&mut connection, &manifest).await?;
        let exists = db::exists(&mut connection, &database).await?;
        let mut connections_max = ANY_NUMBER;
        if exists {
            connections_max = refuse_filled(&options, &database, &manifest).await?;
        } else {
            db::create(&mut connection, &database, &manifest.place)
                .await
                .with_context(|| format!("cannot make the database {database}"))?;
        }
        let job = Self { manifest, database, options, maintenance, connections_max, is_ours: !exists };
        let taken_at = job.manifest.taken_at.format("%Y-%m-%d %H:%M:%S UTC");
        let mark = format!("{MARK} (backup of {taken_at})");
        if let Err(error) = db::close(&mut connection, &job.database, &mark).await {
            return Err(anyhow::Error::from(error).context(job.give_up().await));
        }
        connection.close().await?;
        Ok(job)
    }

    /// From the empty database to one that may be opened.
    async fn fill(
        &self,
        admin_url: &str,
        dump: &Path,
        programs: &Programs,
    ) -> anyhow::Result<(Uuid, Vec<String>)> {
        let mut connection = PgConnection::connect_with(&self.maintenance).await?;
        let made = roles::provide(&mut connection, &self.manifest).await?;
        connection.close().await?;
        let loaded = self.load(admin_url, dump, programs).await;
        // A session of its own: one that was open before still believes in a restore.
        let mut connection = PgConnection::connect_with(&self.options).await?;
        for stand_in in &made.stand_ins {
            let replaced = db::replace_stand_in(&mut connection, stand_in).await;
            if loaded.is_ok() {
                replaced.with_context(|| format!("cannot take over what {stand_in} owned"))?;
            }
        }
        loaded?;
        let mut notes = verify::same(&self.options, &self.manifest).await?;
        let epoch = verify::new_life(&mut connection, &self.options, &self.manifest).await?;
        db::open(&mut connection, &self.database, self.connections_max).await?;
        notes.extend(roles::notes(&mut connection, &made).await?);
        connection.close().await?;
        Ok((epoch, notes))
    }

    /// TimescaleDB's procedure around `pg_restore`.
    async fn load(&self, admin_url: &str, dump: &Path, programs: &Programs) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect_with(&self.options).await?;
        let beside = db::programs_folder(&mut connection).await?.map(PathBuf::from);
        let beside = beside.filter(|_| programs::is_here(&self.options));
        let needed =
            programs::major_of(&self.manifest.dump.dumped_by).unwrap_or(self.manifest.place.postgres);
        let pg_restore = programs.find("pg_restore", needed, beside).await?;
        db::prepare(&mut connection, &self.manifest.place.timescaledb)
            .await
            .context("TimescaleDB cannot be prepared for a restore")?;
        connection.close().await?;
        let mut command = pg_restore.command(&Login::of(admin_url)?, &self.database);
        command.args(["--exit-on-error", "--no-password"]).arg(dump);
        pg_restore.run(command).await?;
        db::finish(&self.options).await.context("TimescaleDB's step after the restore failed")
    }

    /// Drops what we made, or says what is left; answers how to put it.
    async fn give_up(&self) -> String {
        let name = &self.database;
        if !self.is_ours {
            return format!(
                "the restore failed and {name} is left half restored and closed to the application: drop it \
                 (drop database \"{name}\") before the next try"
            );
        }
        let dropped = async {
            let mut connection = PgConnection::connect_with(&self.maintenance).await?;
            db::drop(&mut connection, name).await?;
            connection.close().await
        };
        match dropped.await {
            Ok(()) => format!("the restore failed; the unfinished database {name} was dropped"),
            Err(error) => {
                tracing::warn!(%error, database = name, "an unfinished database could not be dropped");
                format!(
                    "the restore failed and {name} is left half restored: drop it (drop database \"{name}\")"
                )
            }
        }
    }
}

/// A name that needs no thought on any command line.
fn name(text: &str) -> anyhow::Result<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    ensure!(
        (1..=63).contains(&text.len()) && text.chars().all(fits),
        "the database to restore into is to be named with 1 to 63 letters, digits, _ and -, not {text:?}"
    );
    ensure!(
        ![MAINTENANCE, "template0", "template1"].contains(&text),
        "{text} is the server's own database: name another with --into"
    );
    Ok(text.to_owned())
}

fn refuse_unfit(target: &db::Target, manifest: &Manifest) -> anyhow::Result<()> {
    let place = &manifest.place;
    ensure!(
        target.is_superuser,
        "{} is no administrator of this server: a restore makes extensions and gives objects to their owners, \
         which takes a superuser",
        target.user
    );
    ensure!(
        target.postgres >= place.postgres,
        "the backup is of PostgreSQL {}, this server is {}: restore on {0} or newer",
        place.postgres,
        target.postgres
    );
    ensure!(
        target.is_loaded,
        "this server does not load TimescaleDB: add it to shared_preload_libraries and restart the server"
    );
    if !target.timescaledb.contains(&place.timescaledb) {
        let offered =
            if target.timescaledb.is_empty() { "none".to_owned() } else { target.timescaledb.join(", ") };
        bail!(
            "the backup is of TimescaleDB {}, this server offers {offered}: install {0} for the restore and \
             upgrade afterwards",
            place.timescaledb
        );
    }
    Ok(())
}

/// Answers how many connections the empty database takes.
async fn refuse_filled(
    options: &PgConnectOptions,
    database: &str,
    manifest: &Manifest,
) -> anyhow::Result<i32> {
    let mut connection = PgConnection::connect_with(options)
        .await
        .with_context(|| format!("the database {database} exists and cannot be looked into"))?;
    let existing = db::existing(&mut connection).await?;
    connection.close().await?;
    ensure!(
        !existing.comment.is_some_and(|comment| comment.starts_with(MARK)),
        "the database {database} is what a restore left that did not end: drop it first, or name a new one with \
         --into"
    );
    ensure!(
        existing.objects == 0,
        "the database {database} is not empty, it holds {} tables, indexes and functions: name a new one with \
         --into, or drop it first",
        existing.objects
    );
    let (has, wanted) = (existing.timescaledb, &manifest.place.timescaledb);
    ensure!(
        has.as_ref().is_none_or(|has| has == wanted),
        "the database {database} has TimescaleDB {}, the backup {wanted}: name a new one with --into",
        has.unwrap_or_default()
    );
    Ok(existing.connections_max)
}

/// For those that only need the database for a while.
pub async fn drop_database(admin_url: &str, database: &str) -> anyhow::Result<()> {
    let maintenance = connect_options(admin_url)?.database(MAINTENANCE);
    let mut connection = PgConnection::connect_with(&maintenance).await?;
    db::drop(&mut connection, database).await.with_context(|| format!("cannot drop {database}"))?;
    connection.close().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_restored_into() {
        assert!(name("takt-2026_11").is_ok());
        for wrong in ["", "postgres", "template1", "a b", "a=b", "ä", "a\"b", &"a".repeat(64)] {
            assert!(name(wrong).is_err(), "{wrong:?}");
        }
    }
}
