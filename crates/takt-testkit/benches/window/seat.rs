//! A program with a window, opened again and again at the same place.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::program::Program;
use crate::screen::Screen;

const PAINT_MAX: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(4);
/// Memory counts once three looks in a row differ by less than this, or when patience ends.
const STILL_KIB: u64 = 1_024;
const BETWEEN_LOOKS: Duration = Duration::from_millis(700);
const LOOKS_MAX: usize = 16;

/// Where it runs and what it is told.
pub struct Seat {
    program: PathBuf,
    folder: PathBuf,
    variables: Vec<(&'static str, String)>,
}

/// What one start took.
pub struct Start {
    /// From the start of the process to content on the screen.
    pub painted: Duration,
    /// Once it is still.
    pub pss_kib: u64,
}

impl Seat {
    /// Makes its home.
    pub fn make(program: PathBuf, folder: PathBuf, variables: Vec<(&'static str, String)>) -> Result<Self> {
        ensure!(program.exists(), "{} is not built: run `cargo xtask bench`", program.display());
        for place in ["home", "runtime"] {
            fs::create_dir_all(folder.join(place))?;
            // Of nobody else: GTK refuses a runtime folder that others may enter.
            fs::set_permissions(folder.join(place), fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { program, folder, variables })
    }

    /// Opens it on a screen of its own, weighs it, and ends it. `until` is waited for before it is ended.
    pub fn start(&self, extra: Option<(&str, &str)>, until: impl Fn() -> Result<bool>) -> Result<Start> {
        let screen = Screen::open(&self.folder)?;
        let mut command = self.command(&screen.name);
        command.envs(extra);
        let begun = Instant::now();
        let mut program = Program::start(&mut command, &self.folder.join("window.log"))?;
        while !screen.shows_content()? {
            ensure!(program.is_running(), "it ended; see {}", self.folder.display());
            ensure!(begun.elapsed() < PAINT_MAX, "nothing is painted; see {}", self.folder.display());
            sleep(LOOK_AGAIN);
        }
        let painted = begun.elapsed();
        let pss_kib = still(&program)?;
        while !until()? {
            ensure!(begun.elapsed() < 2 * PAINT_MAX, "it never gets ready; see {}", self.folder.display());
            sleep(BETWEEN_LOOKS);
        }
        Ok(Start { painted, pss_kib })
    }

    fn command(&self, display: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        command.env("HOME", self.folder.join("home")).env("XDG_RUNTIME_DIR", self.folder.join("runtime"));
        command.env("NO_AT_BRIDGE", "1");
        for folder in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TAKT_ENROL_CODE"] {
            command.env_remove(folder);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// A window's memory when it no longer moves.
fn still(program: &Program) -> Result<u64> {
    let mut looks: Vec<u64> = Vec::new();
    while looks.len() < LOOKS_MAX {
        sleep(BETWEEN_LOOKS);
        looks.push(program.pss_kib()?);
        if let [.., a, b, c] = looks[..]
            && a.max(b).max(c) - a.min(b).min(c) < STILL_KIB
        {
            break;
        }
    }
    looks.last().copied().context("it was not weighed")
}

/// Whether the station in `home` has all of its plant.
pub fn is_mirrored(home: &Path) -> Result<bool> {
    let file = home.join("station.db");
    if !file.exists() {
        return Ok(false);
    }
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = rusqlite::Connection::open_with_flags(file, flags)?;
    Ok(database.query_row("select mirror_complete from sync_state", [], |row| row.get(0)).unwrap_or(false))
}
