//! A database of its own for one test.
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow};
use uuid::Uuid;

use super::cluster::{Cluster, Purpose};
use super::server::Server;
use super::template;

/// Lives as long as the value; see the crate's first page for how to use it.
#[derive(Debug)]
pub struct TestDatabase {
    server: Server,
    name: String,
    admin_url: String,
    app_url: String,
}

impl TestDatabase {
    /// A database with the whole schema and no rows.
    ///
    /// # Panics
    /// With an explanation, when no server can be had or a migration fails.
    pub async fn new() -> Self {
        Self::try_new().await.unwrap_or_else(|error| panic!("no test database: {error:#}"))
    }

    /// Like [`TestDatabase::new`], leaving the error to the caller.
    pub async fn try_new() -> Result<Self> {
        blocking(|| {
            let (server, template) = migrated()?;
            Self::create(server, &format!("template {template}"))
        })
        .await
    }

    /// A database without any schema.
    ///
    /// # Panics
    /// With an explanation, when no server can be had.
    pub async fn empty() -> Self {
        let made = blocking(|| Self::create(Server::up(Purpose::Tests)?, "")).await;
        made.unwrap_or_else(|error| panic!("no test database: {error:#}"))
    }

    /// A superuser's URL: owns the schema and sees every tenant.
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// The URL of `takt_app`, the role the server runs as.
    pub fn app_url(&self) -> &str {
        &self.app_url
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn create(server: Server, options: &str) -> Result<Self> {
        let name = format!("takt_test_{}", Uuid::new_v4().simple());
        server.psql("postgres").run(&format!("create database {name} {options} strategy file_copy;"))?;
        if !Server::is_given() {
            Cluster::of(Purpose::Tests)?.touch()?;
        }
        let (admin_url, app_url) = (server.admin_url(&name), server.app_url(&name));
        Ok(Self { server, name, admin_url, app_url })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::env::var_os("TAKT_KEEP_TEST_DATABASES").is_some() {
            eprintln!("takt: kept the test database {}", self.name);
            return;
        }
        let sql = format!("drop database if exists {} with (force);", self.name);
        if let Err(error) = self.server.psql("postgres").run(&sql) {
            eprintln!("takt: left the test database {} behind: {error:#}", self.name);
        }
    }
}

/// The server and its template, found once per process.
fn migrated() -> Result<(Server, String)> {
    static FOUND: Mutex<Option<(Server, String)>> = Mutex::new(None);
    let mut found =
        FOUND.lock().map_err(|_| anyhow!("another test failed while it prepared the database"))?;
    if let Some(found) = &*found {
        return Ok(found.clone());
    }
    let server = Server::up(Purpose::Tests)?;
    let template = template::ensure(&server)?;
    Ok(found.insert((server, template)).clone())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.context("preparing the test database panicked")?
}
