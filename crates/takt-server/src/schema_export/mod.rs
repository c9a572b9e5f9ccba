//! `takt-server schema export`: the reference under `docs/schema`, written from the catalog of a live database.
//! For people to read; `migrations/` is what makes a database. The same schema gives the same bytes on every
//! machine, so that a test can compare.

mod access;
mod readme;
mod tables;

use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::admin;
use crate::db::TenantTx;
use crate::db::catalog::{self, Catalog};

/// A file of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name within the folder.
    pub name: String,
    /// Its content.
    pub content: String,
}

/// `takt-server schema export`
pub async fn export(admin_url: &str, folder: &Path) -> anyhow::Result<()> {
    let files = files(admin_url).await?;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for file in &files {
        let path = folder.join(&file.name);
        std::fs::write(&path, &file.content).with_context(|| format!("cannot write {}", path.display()))?;
    }
    println!("{} files in {}", files.len(), folder.display());
    Ok(())
}

/// Every file of the reference, from a database's catalog.
pub async fn files(admin_url: &str) -> anyhow::Result<Vec<File>> {
    let db = admin::connect(admin_url).await?;
    let mut tx = db.anonymous().await?;
    let catalog = read(&mut tx).await?;
    tx.rollback().await?;
    let mut files: Vec<File> = catalog
        .groups
        .iter()
        .map(|group| File { name: format!("{}.sql", group.file), content: tables::group(&catalog, group) })
        .collect();
    files.push(File { name: "99_rls_policies.sql".to_owned(), content: access::all(&catalog) });
    files.push(File { name: "README.md".to_owned(), content: readme::all(&catalog) });
    Ok(files)
}

async fn read(tx: &mut TenantTx) -> anyhow::Result<Catalog> {
    ensure!(
        catalog::is_there(tx).await?,
        "this database has no Takt schema, or an older one: run `takt-server migrate` first"
    );
    let catalog = catalog::read(tx).await.context("cannot read the catalog")?;
    let named: Vec<&String> = catalog.groups.iter().flat_map(|group| &group.tables).collect();
    for table in &catalog.tables {
        match named.iter().filter(|name| **name == &table.name).count() {
            1 => {}
            0 => bail!("the table {} is in no group: name it in app.table_groups()", table.name),
            _ => bail!("the table {} is in more than one group of app.table_groups()", table.name),
        }
    }
    for name in named {
        ensure!(
            catalog.tables.iter().any(|table| table.name == *name),
            "app.table_groups() names {name}, which is no table"
        );
    }
    Ok(catalog)
}

/// A text as SQL writes it.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// The first lines of every SQL file.
fn heading(title: &str) -> String {
    format!(
        "-- {title}\n--\n-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.\n\
         -- For reading: a database is made by migrations/.\n"
    )
}
