//! One database cluster of ours: made once, started when needed, stopped on request.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::account::Account;
use super::binaries::Binaries;
use super::connection::{APPLICATION, Connection, free_port, is_free};
use super::home::Home;
use super::lock::Lock;
use super::postmaster::{self, Postmaster};
use super::psql::Psql;
use super::{diagnosis, idle, initdb, settings, start};
use crate::process::{run, say};

/// What a cluster is for decides how careful it is with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Durable: the demo plant.
    Demo,
    /// Fast and forgetful: throw-away databases.
    Tests,
    /// As forgetful: for the test that needs a cluster where nothing of Takt has ever been.
    Spare,
}

impl Purpose {
    /// Names the folder, the lock and the password file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Demo => "cluster",
            Self::Tests => "test-cluster",
            Self::Spare => "spare-cluster",
        }
    }

    /// Whether its data may be lost at any time.
    pub(super) fn is_forgetful(self) -> bool {
        self != Self::Demo
    }
}

/// A cluster on disk, running or not.
#[derive(Debug)]
pub struct Cluster {
    purpose: Purpose,
    home: Home,
    folder: PathBuf,
    account: Account,
}

const BYTES_NEEDED: u64 = 200 << 20;

impl Cluster {
    /// Names the cluster; touches nothing but the state folder.
    pub fn of(purpose: Purpose) -> Result<Self> {
        let home = Home::open()?;
        let folder = home.server.join(purpose.name());
        let account = Account::for_data(&folder.join("data"));
        Ok(Self { purpose, home, folder, account })
    }

    /// Makes it if it is new and starts it if it is down. `on_start` runs once per start, before any other
    /// process gets to see the server.
    pub fn up(&self, on_start: impl Fn(&Psql) -> Result<()>) -> Result<(Connection, Binaries)> {
        let binaries = Binaries::provision(&self.home)?;
        let _lock = Lock::wait(&self.home.lock_file(self.purpose.name()), "starting the database")?;
        let known = Connection::load(&self.connection_file())?;
        self.touch()?;
        if let (Some(running), Some(known)) = (self.running(), &known)
            && running.ready
        {
            return Ok((Connection { port: running.port, ..known.clone() }, binaries));
        }
        diagnosis::expect_time_zones()?;
        diagnosis::expect_space(&self.home.server, BYTES_NEEDED)?;
        let connection = self.initialised(known, &binaries)?;
        let settings = settings::takt_conf(self.purpose, connection.port, &self.cluster_name());
        start::start(&self.folder, &self.account, &binaries, &settings)?;
        let psql = Psql::new(binaries.path("psql"), &connection.administrator_url("postgres")?);
        psql.run(&login_sql(&connection))?;
        on_start(&psql)?;
        if self.purpose.is_forgetful()
            && let Some(running) = self.running()
        {
            idle::watch(&idle::Watched {
                pid: running.pid,
                title: self.cluster_name(),
                heartbeat: self.heartbeat(),
                lock: self.home.lock_file(self.purpose.name()),
            })?;
        }
        Ok((connection, binaries))
    }

    /// Stops it and says whether it was running.
    pub fn down(&self) -> Result<bool> {
        let _lock = Lock::wait(&self.home.lock_file(self.purpose.name()), "with the database")?;
        let Some(running) = self.running() else { return Ok(false) };
        let binaries = Binaries::provision(&self.home)?;
        run(self
            .account
            .command(binaries.path("pg_ctl"))
            .arg("stop")
            .arg("-D")
            .arg(self.data())
            .args(["-w", "-t", "60", "-m", "fast"]))
        .with_context(|| format!("cannot stop the database server (process {})", running.pid))?;
        Ok(true)
    }

    /// Stops it and deletes everything it holds.
    pub fn wipe(&self) -> Result<()> {
        self.down()?;
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .with_context(|| format!("cannot remove {}", self.folder.display()))?;
        }
        let _ = fs::remove_file(self.connection_file());
        Ok(())
    }

    /// The live server, if there is one.
    pub fn running(&self) -> Option<Postmaster> {
        postmaster::running(&self.data())
    }

    /// Where its data, its configuration and its log are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Tells the watch that somebody still needs the server.
    pub(super) fn touch(&self) -> Result<()> {
        fs::write(self.heartbeat(), "").context("cannot note that the test database is in use")
    }

    fn heartbeat(&self) -> PathBuf {
        self.home.state.join(format!("{}.used", self.purpose.name()))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn connection_file(&self) -> PathBuf {
        self.home.state.join(format!("{}.json", self.purpose.name()))
    }

    fn initialised(&self, known: Option<Connection>, binaries: &Binaries) -> Result<Connection> {
        let forgotten = known.is_none() && self.purpose.is_forgetful() && self.running().is_none();
        if !self.data().exists() || forgotten {
            let connection = Connection::generate()?;
            initdb::create(self.purpose, &self.folder, &self.account, &connection, binaries)?;
            connection.save(&self.connection_file())?;
            return Ok(connection);
        }
        let Some(mut connection) = known else {
            bail!(
                "{} holds a database, but its passwords in {} are gone. Run `cargo xtask db wipe` to start over with \
                 an empty one",
                self.folder.display(),
                self.connection_file().display()
            )
        };
        if !is_free(connection.port) && self.running().is_none() {
            let port = free_port()?;
            say(&format!("port {} is taken by another program: using {port}", connection.port));
            connection.port = port;
            connection.save(&self.connection_file())?;
        }
        Ok(connection)
    }

    /// Also in the process titles, where it tells one checkout's server from another's.
    fn cluster_name(&self) -> String {
        format!("takt-{}-{}", self.purpose.name(), self.home.key())
    }
}

/// Roles outlive a database that is dropped and made again, so they are settled at every start.
fn login_sql(connection: &Connection) -> String {
    let password = &connection.application_password;
    format!(
        "do $$ begin
           if not exists (select from pg_roles where rolname = '{APPLICATION}') then create role {APPLICATION}; end if;
         end $$;
         alter role {APPLICATION} login nosuperuser nocreatedb nocreaterole nobypassrls password '{password}';"
    )
}
