//! `takt-server backup`: the whole database as one `pg_dump` file, and a manifest beside it that says
//! what was in it, so that a restored database can be compared. Dump and manifest are read under one
//! snapshot. The manifest is put in place last: a dump without one is no backup.

pub mod manifest;
pub mod part;
pub mod programs;

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use chrono::{DateTime, SubsecRound, Utc};
use clap::Args;
use sqlx::{Connection, PgConnection};

use crate::config::AdminDatabase;
use crate::db::{backup as db, connect_options, restore};
use crate::serve::told_to_end;
use manifest::{Dump, Manifest, sha256_of};
use part::Part;
use programs::{Login, Programs};

/// How long `pg_dump` waits for a table that somebody is changing.
const LOCK_WAIT_MS: u32 = 60_000;

/// What to save, where to.
#[derive(Args, Clone)]
pub struct Wanted {
    /// The database. Besides an administrator, a login that may become `takt_backup` will do.
    #[command(flatten)]
    pub database: AdminDatabase,
    /// The folder that takes the backup; made if it is missing.
    #[arg(long, env = "TAKT_BACKUPS", default_value = "backups", value_name = "FOLDER")]
    pub to: PathBuf,
    /// Where PostgreSQL's programs are.
    #[command(flatten)]
    pub programs: Programs,
}

/// A backup that is complete.
#[derive(Debug)]
pub struct Backup {
    /// The file for `restore`.
    pub dump: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
}

/// `takt-server backup`
pub async fn run(wanted: &Wanted, now: DateTime<Utc>) -> anyhow::Result<()> {
    let backup = tokio::select! {
        backup = take(&wanted.database.admin_url, &wanted.to, &wanted.programs, now) => backup?,
        () = told_to_end() => anyhow::bail!("interrupted: no backup was made"),
    };
    let manifest = &backup.manifest;
    println!(
        "saved {}: {} rows in {} tables, {} bytes",
        manifest.place.database,
        manifest.rows(),
        manifest.tables.len(),
        manifest.dump.bytes
    );
    println!("{}", backup.dump.display());
    Ok(())
}

/// Takes a backup into a folder; on an error nothing of it stays there.
pub async fn take(
    admin_url: &str,
    folder: &Path,
    programs: &Programs,
    now: DateTime<Utc>,
) -> anyhow::Result<Backup> {
    let options = connect_options(admin_url)?;
    let pg_dump = find_pg_dump(admin_url, programs).await?;
    part::make_folder(folder)?;
    let mut reader = db::reader(&options).await.with_context(|| {
        format!(
            "cannot read the whole database: the login must be an administrator or may become {}",
            db::READER
        )
    })?;
    let snapshot = db::freeze(&mut reader)
        .await
        .context("cannot take a snapshot: if a migration is running, try again when it is done")?;
    let now = now.trunc_subsecs(0);
    let described = describe(&mut reader, now).await?;
    let name = format!("{}-{}.dump", described.place.database, now.format("%Y%m%dT%H%M%SZ"));
    let mut dump = Part::create(&folder.join(&name))?;
    let mut command = pg_dump.command(&Login::of(admin_url)?, &described.place.database);
    command
        .args(["--format=custom", "--no-password"])
        .arg(format!("--role={}", db::READER))
        .arg(format!("--snapshot={snapshot}"))
        .arg(format!("--lock-wait-timeout={LOCK_WAIT_MS}"))
        .arg("--file")
        .arg(dump.path());
    pg_dump.run(command).await.context("the backup was not made")?;
    reader.close().await.context("the connection that held the snapshot was lost: no backup was made")?;

    let (bytes, sha256) = sha256_of(dump.path())?;
    ensure!(bytes > 0, "pg_dump wrote an empty file: no backup was made");
    let dumped_by = pg_dump.version.clone();
    let manifest = Manifest { dump: Dump { bytes, sha256, dumped_by }, ..described };
    let mut beside = Part::create(&Manifest::beside(&folder.join(&name)))?;
    beside.write(manifest.to_json()?.as_bytes())?;
    dump.put_in_place()?;
    beside.put_in_place()?;
    part::sync_folder(folder)?;
    let dump = dump.keep();
    beside.keep();
    Ok(Backup { dump, manifest })
}

async fn find_pg_dump(admin_url: &str, programs: &Programs) -> anyhow::Result<programs::Program> {
    let options = connect_options(admin_url)?;
    let mut connection = PgConnection::connect_with(&options).await.context("cannot reach the database")?;
    let server = restore::target(&mut connection).await?;
    let beside = restore::programs_folder(&mut connection).await?.map(PathBuf::from);
    connection.close().await?;
    programs.find("pg_dump", server.postgres, beside.filter(|_| programs::is_here(&options))).await
}

/// Everything but the file itself.
async fn describe(reader: &mut PgConnection, taken_at: DateTime<Utc>) -> anyhow::Result<Manifest> {
    let place = db::place(reader).await?;
    let migrations = db::migrations(reader).await.with_context(|| {
        format!("{} has no readable takt_migrations: is this Takt's database?", place.database)
    })?;
    Ok(Manifest {
        format: manifest::FORMAT,
        taken_at,
        taken_by: env!("CARGO_PKG_VERSION").to_owned(),
        dump: Dump::default(),
        place,
        epoch: db::epoch(reader).await?,
        migrations,
        roles: db::roles(reader).await?,
        memberships: db::memberships(reader).await?,
        identities: db::identities(reader).await?,
        structure: db::structure(reader).await?,
        tables: db::contents(reader).await?,
    })
}
