//! The migrated database every test's own is cloned from.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::home::Home;
use super::lock::Lock;
use super::psql::Psql;
use super::server::Server;
use crate::workspace;

/// Makes the template of the current migrations unless it is there, and returns its name.
pub fn ensure(server: &Server) -> Result<String> {
    let files = migration_files(&workspace::migrations())?;
    let name = template_name(&files)?;
    let home = Home::open()?;
    let _lock = Lock::wait(&home.lock_file("template"), "migrating the template database")?;
    let admin = server.psql("postgres");
    let known = format!("select 1 from pg_database where datname = '{name}' and datistemplate");
    if admin.rows(&known)?.is_empty() {
        let unfinished = format!("{name}_new");
        admin.run(&format!("drop database if exists {unfinished} with (force);"))?;
        admin.run(&format!("create database {unfinished};"))?;
        migrate(&server.psql(&unfinished), &files)?;
        admin.run(&format!(
            "alter database {unfinished} rename to {name};
             alter database {name} with is_template true allow_connections false;"
        ))?;
    }
    Ok(name)
}

/// Drops what killed tests and older migrations left. Only safe while nobody else uses the server.
pub fn clear_leftovers(admin: &Psql) -> Result<()> {
    let current = template_name(&migration_files(&workspace::migrations())?)?;
    let ours = "select datname from pg_database where datname ~ '^takt_(test|template)_'";
    for name in admin.rows(ours)?.iter().filter(|name| **name != current) {
        admin.run(&format!(
            "alter database {name} with is_template false allow_connections true;
             drop database {name} with (force);"
        ))?;
    }
    Ok(())
}

/// Applies the files and keeps the same record of them as `takt-server migrate`, whose start checks read it.
fn migrate(database: &Psql, files: &[PathBuf]) -> Result<()> {
    database.run(
        "create table public.takt_migrations (
           name text primary key, sha256 text not null, applied_at timestamptz not null default now());",
    )?;
    for file in files {
        database.run_file(file)?;
        let (name, content) = (file.file_name().unwrap_or_default().to_string_lossy(), fs::read(file)?);
        let sha256 = hex::encode(Sha256::digest(content));
        database
            .run(&format!("insert into takt_migrations (name, sha256) values ('{name}', '{sha256}');"))?;
    }
    database.run("grant select on public.takt_migrations to takt_app;")
}

/// The numbered SQL files in their order.
fn migration_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    Ok(files)
}

fn template_name(files: &[PathBuf]) -> Result<String> {
    Ok(format!("takt_template_{}", hash(files)?))
}

/// Twelve hexadecimal digits that change with any name or byte.
fn hash(files: &[PathBuf]) -> Result<String> {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.file_name().unwrap_or_default().as_encoded_bytes());
        hasher.update(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(hex::encode(hasher.finalize())[..12].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_migration_has_another_hash() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("0002_b.sql"), "select 2;").unwrap();
        fs::write(folder.path().join("0001_a.sql"), "select 1;").unwrap();
        fs::write(folder.path().join("README.md"), "rules").unwrap();
        let files = migration_files(folder.path()).unwrap();
        assert_eq!(files.len(), 2);
        assert!(files[0].ends_with("0001_a.sql"));
        let before = hash(&files).unwrap();
        fs::write(folder.path().join("0002_b.sql"), "select 3;").unwrap();
        assert_ne!(before, hash(&files).unwrap());
    }
}
