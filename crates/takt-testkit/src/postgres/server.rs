//! The server in use: a given one, or one of our clusters; and the URLs of its databases.
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
use super::template;

/// A running server and how to log in to it.
#[derive(Debug, Clone)]
pub struct Server {
    administrator: Url,
    application: Url,
    psql: PathBuf,
}

impl Server {
    /// The server of `DATABASE_URL` or `DATABASE_ADMIN_URL` if one is set, else our cluster for `purpose`, made
    /// and started as needed.
    pub fn up(purpose: Purpose) -> Result<Self> {
        match (given("DATABASE_ADMIN_URL")?, given("DATABASE_URL")?) {
            (Some(administrator), application) => Self::existing(administrator, application),
            (None, Some(administrator)) => Self::existing(administrator, None),
            (None, None) => Self::embedded(purpose),
        }
    }

    /// Whether the environment names a server, and our own clusters are left alone.
    pub fn is_given() -> bool {
        ["DATABASE_ADMIN_URL", "DATABASE_URL"].iter().any(|name| given(name).is_ok_and(|url| url.is_some()))
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

    /// The rows of one query to the demo's database as administrator, columns separated by `|`.
    pub fn rows(&self, query: &str) -> Result<Vec<String>> {
        self.psql(self.database()).rows(query)
    }

    /// The same for any of its databases.
    pub fn rows_in(&self, database: &str, query: &str) -> Result<Vec<String>> {
        self.psql(database).rows(query)
    }

    /// The same as the application role, which sees only what the policies let it see.
    pub fn rows_as_application(&self, database: &str, query: &str) -> Result<Vec<String>> {
        Psql::new(self.psql.clone(), &self.application).database(database).rows(query)
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

    fn existing(administrator: Url, application: Option<Url>) -> Result<Self> {
        let psql = psql_program()?;
        expect_administrator(&Psql::new(psql.clone(), &administrator))?;
        let application = match application {
            Some(url) => url,
            None => give_login(&administrator, &psql)?,
        };
        Ok(Self { administrator, application, psql })
    }
}

fn expect_administrator(psql: &Psql) -> Result<()> {
    let found = psql
        .rows("select rolsuper from pg_roles where rolname = current_user")
        .context("the server that DATABASE_URL names cannot be used")?;
    ensure!(
        found == ["t"],
        "the URL of an administrator (a superuser) is needed: a DATABASE_URL alone must be one; if it is the \
         application role's, set DATABASE_ADMIN_URL to the administrator's"
    );
    Ok(())
}

/// The database URL in the environment variable `name`, if it is set to anything.
fn given(name: &str) -> Result<Option<Url>> {
    let Some(text) = env::var(name).ok().filter(|text| !text.is_empty()) else { return Ok(None) };
    let url =
        Url::parse(&text).ok().filter(|url| url.scheme().starts_with("postgres") && url.path().len() > 1);
    url.map(Some)
        .with_context(|| format!("{name} is not a URL like postgres://user:password@host:5432/database"))
}

/// What our cluster needs besides roles: the demo's database, or no leftovers of killed tests.
fn settle(purpose: Purpose, psql: &Psql) -> Result<()> {
    match purpose {
        Purpose::Demo => {
            if psql.rows("select 1 from pg_database where datname = 'takt'")?.is_empty() {
                psql.run("create database takt;")?;
            }
        }
        Purpose::Tests => template::clear_leftovers(psql)?,
        Purpose::Spare => {}
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
?;
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
