//! A database with the demo plant, a folder for its backups, and databases made of them.

use std::path::PathBuf;

use chrono::Utc;
use sqlx::{AssertSqlSafe, PgPool};
use takt_server::backup::{self, Backup, programs::Programs};
use takt_server::db::{Db, server_state};
use takt_server::demo;
use takt_server::migrate::MIGRATIONS;
use takt_server::restore::{self, Restored};
use takt_testkit::TestDatabase;
use tempfile::TempDir;

/// The demo plant, served once, so that it has an epoch.
pub struct Plant {
    pub database: TestDatabase,
    pub sql: PgPool,
    pub folder: TempDir,
}

impl Plant {
    pub async fn open() -> Self {
        let database = TestDatabase::new().await;
        demo::load(&Db::connect(database.admin_url(), 2).await.unwrap()).await.unwrap();
        server_state::load(&Db::connect(database.app_url(), 2).await.unwrap()).await.unwrap();
        let sql = PgPool::connect(database.admin_url()).await.unwrap();
        Self { database, sql, folder: tempfile::tempdir().unwrap() }
    }

    pub async fn back_up(&self) -> Backup {
        self.try_to_back_up(self.database.admin_url(), &Programs::default()).await.unwrap()
    }

    pub async fn try_to_back_up(&self, url: &str, programs: &Programs) -> anyhow::Result<Backup> {
        backup::take(url, self.folder.path(), programs, Utc::now()).await
    }

    /// The name of another database on the server.
    pub fn other(&self, ending: &str) -> String {
        format!("{}_{ending}", self.database.name())
    }

    pub async fn restore(&self, dump: &std::path::Path, into: &str) -> anyhow::Result<Restored> {
        let programs = Programs::default();
        restore::restore(self.database.admin_url(), dump, Some(into), &programs, MIGRATIONS).await
    }

    pub async fn drop(&self, database: &str) {
        restore::drop_database(self.database.admin_url(), database).await.unwrap();
    }

    pub async fn has(&self, database: &str) -> bool {
        let found = sqlx::query_scalar("select exists (select from pg_database where datname = $1)");
        found.bind(database).fetch_one(&self.sql).await.unwrap()
    }

    pub async fn run(&self, statement: &str) {
        run(&self.sql, statement).await;
    }

    /// An administrator in another database of the server.
    pub async fn look_into(&self, database: &str) -> PgPool {
        PgPool::connect(&self.on(self.database.admin_url(), database)).await.unwrap()
    }

    /// The URL of another database of the server.
    pub fn on(&self, url: &str, database: &str) -> String {
        url.replace(&format!("/{}", self.database.name()), &format!("/{database}"))
    }

    /// Everything in the folder of backups.
    pub fn files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    }
}

pub async fn run(sql: &PgPool, statement: &str) {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(sql).await.unwrap();
}

pub async fn number(sql: &PgPool, query: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(sql).await.unwrap()
}

pub async fn text(sql: &PgPool, query: &str) -> String {
    sqlx::query_scalar(AssertSqlSafe(query.to_owned())).fetch_one(sql).await.unwrap()
}
