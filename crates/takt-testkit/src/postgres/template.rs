//! The migrated database every test's own is cloned from.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::home::Home;
use super::lock::Lock;
use super::server::Server;
use crate::workspace;

/// Makes the template of the current migrations unless it is there, and returns its name.
pub fn ensure(server: &Server) -> Result<String> {
    let files = migration_files(&workspace::migrations())?;
    let name = format!("takt_template_{}", hash(&files)?);
    let home = Home::open()?;
    let _lock = Lock::wait(&home.lock_file("template"), "migrating the template database")?;
    let admin = server.psql("postgres");
    let known = format!("select 1 from pg_database where datname = '{name}' and datistemplate");
    if admin.rows(&known)?.is_empty() {
        let unfinished = format!("{name}_new");
        admin.run(&format!("drop database if exists {unfinished} with (force);"))?;
        admin.run(&format!("create database {unfinished};"))?;
        for file in &files {
            server.psql(&unfinished).run_file(file)?;
        }
        admin.run(&format!(
            "alter database {unfinished} rename to {name};
             alter database {name} with is_template true allow_connections false;"
        ))?;
    }
    Ok(name)
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
