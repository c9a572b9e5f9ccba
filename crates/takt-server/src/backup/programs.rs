//! PostgreSQL's own programs: finding ones that are new enough, and running them without a password in
//! any argument or message.

use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail};
use clap::Args;
use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::process::Command;
use url::Url;

use crate::db::connect_options;

/// Lines of a program's complaint that are passed on.
const LINES: usize = 8;

/// Where to look for `pg_dump` and `pg_restore`.
#[derive(Args, Clone, Debug, Default)]
pub struct Programs {
    /// Folder of pg_dump and pg_restore; without it they are looked for beside the server's own
    /// programs, in PATH and in the usual folders.
    #[arg(long = "postgres-bin", env = "TAKT_POSTGRES_BIN", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
}

/// A program that was found.
#[derive(Debug)]
pub struct Program {
    /// Its file.
    path: PathBuf,
    /// What it says of itself, e.g. `17.11`.
    pub version: String,
}

impl Programs {
    /// The first program of this name that is at least of this major version.
    pub async fn find(&self, name: &str, major: i32, beside: Option<PathBuf>) -> anyhow::Result<Program> {
        let folders = match &self.folder {
            Some(folder) => vec![folder.clone()],
            None => beside.into_iter().chain(in_path()).chain(usual()).collect(),
        };
        let mut seen = String::new();
        for folder in folders {
            let path = folder.join(name);
            let Some(version) = version(&path).await else { continue };
            if major_of(&version).is_some_and(|found| found >= major) {
                return Ok(Program { path, version });
            }
            write!(seen, "; {} is {version}", path.display())?;
        }
        let place =
            self.folder.as_ref().map_or_else(String::new, |folder| format!(" in {}", folder.display()));
        bail!(
            "there is no {name} of PostgreSQL {major} or newer{place}{seen}. Install postgresql-client-{major}, or \
             name the folder that has it with --postgres-bin or TAKT_POSTGRES_BIN"
        )
    }
}

impl Program {
    /// A command on a database; the password goes by the environment, which only its owner can read.
    pub fn command(&self, login: &Login, database: &str) -> Command {
        let mut command = Command::new(&self.path);
        command.env_remove("LD_LIBRARY_PATH").env("LC_ALL", "C").envs(login.0.iter().cloned());
        let quoted = database.replace('\\', "\\\\").replace('\'', "\\'");
        command.arg(format!("--dbname=dbname='{quoted}'"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Runs it to its end. Of what it complains only its own lines are passed on: the others quote rows.
    pub async fn run(&self, mut command: Command) -> anyhow::Result<()> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let output =
            command.output().await.with_context(|| format!("cannot start {}", self.path.display()))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            tracing::debug!(program = name, said = %own_lines(&said, &name), "done");
            return Ok(());
        }
        bail!("{name} failed ({}): {}", output.status, own_lines(&said, &name))
    }
}

/// The environment of a program that connects as a URL says.
pub struct Login(Vec<(&'static str, String)>);

impl Login {
    /// From the URL.
    pub fn of(url: &str) -> anyhow::Result<Self> {
        let options = connect_options(url)?;
        let host = options.get_socket().map_or_else(
            || options.get_host().trim_matches(['[', ']']).to_owned(),
            |socket| socket.display().to_string(),
        );
        let mode = options.get_ssl_mode();
        let mut environment = vec![
            ("PGHOST", host),
            ("PGPORT", options.get_port().to_string()),
            ("PGUSER", options.get_username().to_owned()),
            ("PGSSLMODE", ssl_mode(mode).to_owned()),
            ("PGAPPNAME", "takt-server".to_owned()),
        ];
        if let Some(options) = options.get_options() {
            environment.push(("PGOPTIONS", options.to_owned()));
        }
        let url: Url = url.parse().context("the database's URL cannot be read")?;
        if let Some(password) = url.password() {
            environment.push(("PGPASSWORD", percent_decode_str(password).decode_utf8()?.into_owned()));
        }
        let mut has_root = false;
        for (key, value) in url.query_pairs() {
            let name = match &*key {
                "password" => "PGPASSWORD",
                "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
                "sslcert" | "ssl-cert" => "PGSSLCERT",
                "sslkey" | "ssl-key" => "PGSSLKEY",
                _ => continue,
            };
            has_root |= name == "PGSSLROOTCERT";
            environment.push((name, value.into_owned()));
        }
        if matches!(mode, PgSslMode::VerifyFull) && !has_root {
            // We trust the machine's authorities; libpq only when told.
            environment.push(("PGSSLROOTCERT", "system".to_owned()));
        }
        Ok(Self(environment))
    }
}

/// Whether the server runs on this machine, so that its folders are ours.
pub fn is_here(options: &PgConnectOptions) -> bool {
    options.get_socket().is_some()
        || matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1" | "[::1]")
}

/// The number that decides what a program can read.
pub fn major_of(version: &str) -> Option<i32> {
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn ssl_mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// `pg_dump (PostgreSQL) 17.11 (Debian 17.11-1)` → `17.11`
async fn version(path: &Path) -> Option<String> {
    let mut command = Command::new(path);
    command.arg("--version").env_remove("LD_LIBRARY_PATH").stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await.ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = said.split_once("(PostgreSQL) ")?.1.split_whitespace().next()?;
    Some(version.to_owned())
}

fn in_path() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

/// Debian's and Red Hat's folders, the newest version first.
fn usual() -> Vec<PathBuf> {
    let versions = |parent: &str, before: &str| {
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let mut found: Vec<(i32, PathBuf)> = entries
            .filter_map(|entry| {
                let version = entry.file_name().to_str()?.strip_prefix(before)?.parse().ok()?;
                Some((version, entry.path().join("bin")))
            })
            .collect();
        found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
        found.into_iter().map(|(_, folder)| folder).collect::<Vec<_>>()
    };
    [versions("/usr/lib/postgresql", ""), versions("/usr", "pgsql-")].concat()
}

fn own_lines(said: &str, name: &str) -> String {
    let start = format!("{name}: ");
    let lines: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix(&start)).collect();
    let from = lines.len().saturating_sub(LINES);
    if lines.is_empty() { "it said nothing".to_owned() } else { lines[from..].join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_becomes_an_environment_with_its_password_decoded() {
        let url = "postgres://us%65r:p%40ss%2Fw@db.example:5433/takt?sslmode=verify-full&sslcert=/c.pem";
        let login = Login::of(url).unwrap();
        let value = |name: &str| {
            login.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()).unwrap_or("-")
        };
        assert_eq!([value("PGHOST"), value("PGPORT"), value("PGUSER")], ["db.example", "5433", "user"]);
        assert_eq!([value("PGPASSWORD"), value("PGSSLMODE")], ["p@ss/w", "verify-full"]);
        assert_eq!([value("PGSSLCERT"), value("PGSSLROOTCERT")], ["/c.pem", "system"]);
        let socket = Login::of("postgres://localhost/takt?host=/run/postgresql&user=u").unwrap();
        assert!(socket.0.contains(&("PGHOST", "/run/postgresql".to_owned())));
    }

    #[test]
    fn rows_are_not_passed_on() {
        let said = "pg_restore: error: could not execute query: ERROR:  duplicate key\n\
            DETAIL:  Key (badge)=(4711) already exists.\nCONTEXT:  COPY users, line 1\n\
            Command was: insert …\npg_restore: hint: look";
        assert_eq!(
            own_lines(said, "pg_restore"),
            "error: could not execute query: ERROR:  duplicate key; hint: look"
        );
        assert_eq!(own_lines("", "pg_dump"), "it said nothing");
    }

    #[tokio::test]
    async fn a_missing_program_is_named_with_the_way_out() {
        let folder = Programs { folder: Some("/nowhere".into()) };
        let said = folder.find("pg_dump", 17, None).await.unwrap_err().to_string();
        assert!(said.contains("/nowhere") && said.contains("TAKT_POSTGRES_BIN"), "{said}");
        let said = Programs::default().find("pg_dump", 99, None).await.unwrap_err().to_string();
        assert!(said.contains("postgresql-client-99"), "{said}");
    }
}
