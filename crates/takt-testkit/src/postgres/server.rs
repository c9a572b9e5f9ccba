//! The server in use: an existing one, or one of our clusters; and the URLs of its databases.
use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use url::Url;

use super::binaries::Binaries;
use super::cluster::{Cluster, Purpose};
use super::connection::{APPLICATION, Connection};
use super::home::Home;
use super::lock::Lock;
use super::psql::Psql;

/// A running server and how to log in to it.
#[derive(Debug, Clone)]
pub struct Server {
    administrator: Url,
    application: Url,
    psql: PathBuf,
}

impl Server {
    /// `DATABASE_URL` if set, else our cluster for `purpose`, made and started as needed.
    pub fn up(purpose: Purpose) -> Result<Self> {
        match env::var("DATABASE_URL") {
            Ok(url) if !url.is_empty() => Self::existing(&url),
            _ => Self::embedded(purpose),
        }
    }

    /// Whether `DATABASE_URL` decides, and our own clusters are left alone.
    pub fn is_given() -> bool {
        env::var("DATABASE_URL").is_ok_and(|url| !url.is_empty())
    }

    /// The administrator's URL of `database`.
    pub fn admin_url(&self, database: &str) -> String {
        named(&self.administrator, database)
    }

    /// The application role's URL of `database`.
    pub fn app_url(&self, database: &str) -> String {
        named(&self.application, database)
    }

    /// The demo's database: the one in `DATABASE_URL`, or `takt`.
    pub fn database(&self) -> &str {
        self.administrator.path().trim_start_matches('/')
    }

    /// Statements as administrator.
    pub(super) fn psql(&self, database: &str) -> Psql {
        Psql::new(self.psql.clone(), &self.administrator).database(database)
    }

    fn embedded(purpose: Purpose) -> Result<Self> {
        let (connection, binaries) = Cluster::of(purpose)?.up(|psql| settle(purpose, psql))?;
        let administrator = connection.administrator_url("takt")?;
        let application = log_in(&administrator, &connection.application_password);
        Ok(Self { administrator, application, psql: binaries.path("psql") })
    }

    fn existing(given: &str) -> Result<Self> {
        let administrator =
            Url::parse(given).context("DATABASE_URL is not a URL like postgres://user:password@host/db")?;
        ensure!(
            administrator.path().len() > 1,
            "DATABASE_URL names no database: expected postgres://user@host/database"
        );
        let psql = psql_program()?;
        let application = match env::var("TAKT_APP_DATABASE_URL") {
            Ok(url) => Url::parse(&url).context("TAKT_APP_DATABASE_URL is not a URL")?,
            Err(_) => give_login(&administrator, &psql)?,
        };
        Ok(Self { administrator, application, psql })
    }
}

/// What our cluster needs besides roles: the demo's database, or no leftovers of killed tests.
fn settle(purpose: Purpose, psql: &Psql) -> Result<()> {
    match purpose {
        Purpose::Demo => {
            if psql.rows("select 1 from pg_database where datname = 'takt'")?.is_empty() {
                psql.run("create database takt;")?;
            }
        }
        Purpose::Tests => {
            for name in psql.rows("select datname from pg_database where datname like 'takt\\_test\\_%'")? {
                psql.run(&format!("drop database if exists \"{name}\" with (force);"))?;
            }
        }
    }
    Ok(())
}

/// On a server that is not ours the application's password is ours to choose, once.
fn give_login(administrator: &Url, psql: &std::path::Path) -> Result<Url> {
    let home = Home::open()?;
    let _lock = Lock::wait(&home.lock_file("existing"), "with the existing server")?;
    let file = home.state.join("existing.json");
    let connection = match Connection::load(&file)? {
        Some(connection) => connection,
        None => Connection::generate()?,
    };
    let password = &connection.application_password;
    Psql::new(psql.to_path_buf(), administrator)
        .run(&format!(
            "do $$ begin
               if not exists (select from pg_roles where rolname = '{APPLICATION}') then create role {APPLICATION}; end if;
             end $$;
             alter role {APPLICATION} login password '{password}';"
        ))
        .context(
            "DATABASE_URL must be the URL of an administrator: it prepares the role takt_app. Set TAKT_APP_DATABASE_URL \
             as well if that role is yours to manage",
        )?;
    connection.save(&file)?;
    Ok(log_in(administrator, password))
}

fn psql_program() -> Result<PathBuf> {
    if Command::new("psql").arg("--version").output().is_ok() {
        return Ok(PathBuf::from("psql"));
    }
    Ok(Binaries::provision(&Home::open()?)?.path("psql"))
}

fn log_in(administrator: &Url, password: &str) -> Url {
    let mut url = administrator.clone();
    // Only URLs without a host refuse these, and a connection URL has one.
    let _ = url.set_username(APPLICATION);
    let _ = url.set_password(Some(password));
    url
}

fn named(url: &Url, database: &str) -> String {
    let mut url = url.clone();
    url.set_path(database);
    url.to_string()
}
