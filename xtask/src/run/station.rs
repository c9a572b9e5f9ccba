//! This machine as a station of the demo plant.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use takt_testkit::postgres::Server;
use takt_testkit::process::say;
use takt_testkit::workspace;

use super::child::Child;
use super::plant::Plant;

/// A station's folder: its local database, its key, its settings.
pub struct Station {
    home: PathBuf,
}

impl Station {
    /// Names it; the terminal makes it.
    pub fn at(home: PathBuf) -> Self {
        Self { home }
    }

    /// Whether it was here before and the plant knows a station.
    pub fn is_enrolled(&self, database: &Server) -> Result<bool> {
        let was_here = fs::read_dir(&self.home).is_ok_and(|mut files| files.next().is_some());
        Ok(was_here
            && !database.rows("select 1 from devices where enrolled_at is not null limit 1")?.is_empty())
    }

    /// Opens the window and waits until it is closed. With a code it enrols itself.
    pub async fn open(&self, program: &Path, plant: &Plant, code: Option<&str>) -> Result<()> {
        let log = workspace::state().join("run/terminal.log");
        let mut terminal = Child::start("takt-terminal", program, log, |command| {
            command.env("TAKT_HOME", &self.home).env("TAKT_SERVER", plant.url());
            if let Some(code) = code {
                command.env("TAKT_ENROL_CODE", code);
            }
        })?;
        say("the terminal is open; close its window or press Ctrl-C here to end everything");
        let status = terminal.ended().await?;
        if !status.success() {
            bail!("the terminal ended with {status}; {}", terminal.last_words());
        }
        Ok(())
    }
}
