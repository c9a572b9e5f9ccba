//! Statements through `psql`: enough for administration, and no driver to build.
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use url::Url;

use crate::process::{run, run_with_input};

/// One way to reach one database.
#[derive(Debug, Clone)]
pub struct Psql {
    program: PathBuf,
    url: Url,
}

impl Psql {
    /// Connects to `url` at each call.
    pub fn new(program: PathBuf, url: &Url) -> Self {
        Self { program, url: url.clone() }
    }

    /// The same server and role, another database.
    pub fn database(&self, name: &str) -> Self {
        let mut url = self.url.clone();
        url.set_path(name);
        Self { program: self.program.clone(), url }
    }

    /// Runs statements, stopping at the first that fails.
    pub fn run(&self, sql: &str) -> Result<()> {
        run_with_input(&mut self.command(), sql.as_bytes()).with_context(|| self.place()).map(drop)
    }

    /// Runs a file in one transaction.
    pub fn run_file(&self, file: &Path) -> Result<()> {
        let arguments = [OsStr::new("-1"), OsStr::new("-f"), file.as_os_str()];
        run(self.command().args(arguments))
            .with_context(|| format!("cannot apply {}", file.display()))
            .map(drop)
    }

    /// The rows of one query, columns separated by `|`.
    pub fn rows(&self, query: &str) -> Result<Vec<String>> {
        let output = run(self.command().arg("-c").arg(query)).with_context(|| self.place())?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// The password goes by the environment: arguments are visible to every user.
    fn command(&self) -> Command {
        let mut url = self.url.clone();
        let mut command = Command::new(&self.program);
        command.env_remove("LD_LIBRARY_PATH").env("PGOPTIONS", "-c client_min_messages=warning");
        if let Some(password) = self.url.password() {
            command.env("PGPASSWORD", password);
            let _ = url.set_password(None);
        }
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"]).arg(url.as_str());
        command
    }

    fn place(&self) -> String {
        let host = self.url.host_str().unwrap_or("localhost");
        let port = self.url.port().unwrap_or(5432);
        format!("a statement failed on {host}:{port}{}", self.url.path())
    }
}
