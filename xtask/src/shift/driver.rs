//! The real window, driven by WebDriver: tauri-driver, WebKitWebDriver behind it, and the terminal behind that.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use takt_testkit::postgres::free_port;

use crate::run::child::Child;
use crate::setup::tauri_driver;

const START_TIMEOUT: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Where a terminal runs and what it is told.
pub struct Seat {
    /// The terminal's program.
    pub program: PathBuf,
    /// `DISPLAY`.
    pub display: String,
    /// Home, runtime folder and logs of the window live here.
    pub folder: PathBuf,
    /// `TAKT_SERVER`.
    pub server: String,
}

impl Seat {
    /// The station's folder: its database and its key.
    pub fn station(&self) -> PathBuf {
        self.folder.join("station")
    }
}

/// A terminal that runs.
pub struct Window {
    client: Client,
    driver: Child,
    program: PathBuf,
}

impl Window {
    /// Starts the terminal and waits until its page can be asked.
    pub async fn open(seat: &Seat, log: &str) -> Result<Self> {
        let (port, native_port) = (free_port()?, free_port()?);
        let mut driver = start(seat, log, port, native_port)?;
        let options = json!({ "application": seat.program, "args": [] });
        let capabilities = Map::from_iter([("tauri:options".to_owned(), options)]);
        let address = format!("http://127.0.0.1:{port}");
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => return Ok(Self { client, driver, program: seat.program.clone() }),
                Err(error) if !driver.is_running() || Instant::now() > deadline => {
                    bail!("the terminal's window did not open: {error}; {}", driver.last_words());
                }
                Err(_) => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }

    /// Its page.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the terminal as a power cut does: SIGKILL, without a word before.
    pub fn kill(self) -> Result<()> {
        let pids = self.terminals()?;
        let mut kill = Command::new("kill");
        let killed = kill.arg("-KILL").args(pids.iter().map(u32::to_string)).status();
        if pids.is_empty() || !killed.is_ok_and(|status| status.success()) {
            bail!("there was no terminal to kill; {}", self.driver.last_words());
        }
        Ok(())
    }

    /// The end of its log, for an error message.
    pub fn last_words(&self) -> String {
        self.driver.last_words()
    }

    /// Processes of our driver's group that run the terminal's program.
    fn terminals(&self) -> Result<Vec<u32>> {
        let program = fs::canonicalize(&self.program)?;
        let mut pids = Vec::new();
        for entry in fs::read_dir("/proc")?.flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let is_terminal = fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program);
            if is_terminal && group_of(pid) == Some(self.driver.group()) {
                pids.push(pid);
            }
        }
        Ok(pids)
    }
}

fn start(seat: &Seat, log: &str, port: u16, native_port: u16) -> Result<Child> {
    let home = private_folder(&seat.folder.join("home"))?;
    let runtime = private_folder(&seat.folder.join("runtime"))?;
    Child::start("takt-terminal", &tauri_driver(), seat.folder.join(log), |command| {
        command.args(["--port", &port.to_string(), "--native-port", &native_port.to_string()]);
        command.env("DISPLAY", &seat.display).env("HOME", home).env("XDG_RUNTIME_DIR", runtime);
        command.env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
        for folder in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TAKT_ENROL_CODE"] {
            command.env_remove(folder);
        }
        command.env("TAKT_HOME", seat.station()).env("TAKT_SERVER", &seat.server);
    })
}

/// Of nobody else: GTK refuses a runtime folder that others may enter.
fn private_folder(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    Ok(folder.to_owned())
}

/// The process group of a process, from its line in `/proc`; its name may hold blanks and brackets.
fn group_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::CommandExt;
    use std::process::Stdio;

    use super::*;

    #[test]
    fn a_process_tells_its_group() {
        let mut cat = Command::new("cat").stdin(Stdio::piped()).process_group(0).spawn().unwrap();
        let group = group_of(cat.id());
        drop(cat.stdin.take());
        cat.wait().unwrap();
        assert_eq!(group, Some(cat.id()));
    }
}
