//! One database cluster of ours: made once, started when needed, stopped on request.
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};

use super::account::Account;
use super::binaries::Binaries;
use super::connection::{ADMINISTRATOR, APPLICATION, Connection, free_port, is_free};
use super::home::Home;
use super::lock::Lock;
use super::postmaster::{self, Postmaster};
use super::psql::Psql;
use super::run::{last_lines, run, say};
use super::{diagnosis, settings};

/// What a cluster is for decides how careful it is with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Durable: the demo plant.
    Demo,
    /// Fast and forgetful: throw-away databases.
    Tests,
}

impl Purpose {
    /// Names the folder, the lock and the password file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Demo => "cluster",
            Self::Tests => "test-cluster",
        }
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

const START_TIMEOUT: Duration = Duration::from_secs(60);
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
        if let (Some(running), Some(known)) = (self.running(), &known)
            && running.ready
        {
            return Ok((Connection { port: running.port, ..known.clone() }, binaries));
        }
        diagnosis::expect_time_zones()?;
        diagnosis::expect_space(&self.home.server, BYTES_NEEDED)?;
        let connection = self.initialised(known, &binaries)?;
        self.start(&connection, &binaries)?;
        let psql = Psql::new(binaries.path("psql"), &connection.administrator_url("postgres")?);
        psql.run(&login_sql(&connection))?;
        on_start(&psql)?;
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
        for folder in [&self.folder] {
            if folder.exists() {
                fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
            }
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

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn connection_file(&self) -> PathBuf {
        self.home.state.join(format!("{}.json", self.purpose.name()))
    }

    fn initialised(&self, known: Option<Connection>, binaries: &Binaries) -> Result<Connection> {
        if !self.data().exists() {
            let connection = Connection::generate()?;
            self.initdb(&connection, binaries)?;
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

    /// Made beside and renamed: an interrupted run leaves nothing that looks finished.
    fn initdb(&self, connection: &Connection, binaries: &Binaries) -> Result<()> {
        say(&format!("creating a database cluster in {}", self.folder.display()));
        let unfinished = self.folder.join("data.new");
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::create_dir_all(&self.folder)?;
        self.account.own(&self.folder)?;
        let password_file = self.folder.join("initial-password");
        fs::write(&password_file, &connection.administrator_password)?;
        restrict(&password_file)?;
        self.account.own(&password_file)?;
        let mut initdb = self.account.command(binaries.path("initdb"));
        initdb.args([
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]);
        initdb.args(["--auth=scram-sha-256", "--data-checksums"]).arg(format!("--username={ADMINISTRATOR}"));
        initdb.arg(format!("--pwfile={}", password_file.display())).arg("-D").arg(&unfinished);
        if self.purpose == Purpose::Tests {
            initdb.arg("--no-sync");
        }
        run(&mut initdb).map_err(|error| {
            let advice = diagnosis::advice(&format!("{error:#}"));
            error.context(format!("cannot create a database cluster. {advice}"))
        })?;
        fs::remove_file(&password_file)?;
        let main_file = unfinished.join("postgresql.conf");
        let text = fs::read_to_string(&main_file)? + settings::INCLUDE;
        fs::write(&main_file, text)?;
        fs::rename(&unfinished, self.data())?;
        Ok(())
    }

    fn start(&self, connection: &Connection, binaries: &Binaries) -> Result<()> {
        self.expect_same_version(binaries)?;
        postmaster::clear_stale(&self.data())?;
        let config = self.data().join("takt.conf");
        fs::write(&config, settings::takt_conf(self.purpose, connection.port, &self.cluster_name()))?;
        self.account.own(&config)?;
        let log_before = fs::metadata(self.log()).map_or(0, |meta| meta.len());
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            let mut pg_ctl = self.account.command(binaries.path("pg_ctl"));
            pg_ctl.args(["start", "-s", "-w", "-t", "60", "-D"]).arg(self.data()).arg("-l").arg(self.log());
            // Children of pg_ctl inherit its output, and a pipe would then never end.
            pg_ctl.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null());
            pg_ctl.stderr(std::process::Stdio::null());
            if pg_ctl.status().context("cannot start pg_ctl")?.success() {
                return Ok(());
            }
            let log = fs::read(self.log()).unwrap_or_default();
            let from = usize::try_from(log_before).unwrap_or(0).min(log.len());
            let said = String::from_utf8_lossy(&log[from..]).into_owned();
            let passing = said.contains("pre-existing shared memory block");
            if !passing || Instant::now() > deadline {
                return Err(anyhow!(
                    "the database server in {} did not start. {}\nIts log ends:\n{}",
                    self.folder.display(),
                    diagnosis::advice(&said),
                    last_lines(&said, 12)
                ));
            }
            sleep(Duration::from_millis(300));
        }
    }

    fn expect_same_version(&self, binaries: &Binaries) -> Result<()> {
        let data = fs::read_to_string(self.data().join("PG_VERSION")).unwrap_or_default();
        let said = run(binaries.tool("postgres").arg("--version"))?.stdout;
        let programs = String::from_utf8_lossy(&said).into_owned();
        let major =
            programs.split_whitespace().nth(2).and_then(|version| version.split('.').next()).unwrap_or("");
        ensure!(
            data.trim() == major,
            "{} was made by PostgreSQL {}, but the programs here are {major}. Run `cargo xtask db wipe` to start over",
            self.folder.display(),
            data.trim()
        );
        Ok(())
    }

    /// Also in the process titles, where it tells one checkout's server from another's.
    fn cluster_name(&self) -> String {
        format!("takt-{}", self.purpose.name())
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

fn restrict(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(file, fs::Permissions::from_mode(0o600))?)
}
