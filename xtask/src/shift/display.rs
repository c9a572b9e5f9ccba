//! A display of its own for the window: Xvfb, ended with the value.
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::run::child::Child;

/// Size of the screen and of the window on it, in pixels: the smallest the terminal is designed for.
pub const SIZE: (u32, u32) = (1280, 800);
/// A scanner does not slow down because this machine is busy: what stands for it goes before everything else, as far
/// as that is allowed here.
pub const AHEAD: &str = "chrt -r 10 true 2>/dev/null && exec chrt -r 10 \"$@\"; exec nice -n -15 \"$@\"";
const START_TIMEOUT: Duration = Duration::from_secs(15);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A virtual screen.
pub struct Display {
    name: String,
    _server: Child,
}

impl Display {
    /// Starts Xvfb on a display number that it picks itself and waits until it can be used.
    pub async fn open(folder: &Path) -> Result<Self> {
        let log = folder.join("display.log");
        let screen = format!("{}x{}x24", SIZE.0, SIZE.1);
        // Keys carry the time at which the display took them.
        let mut server = Child::start("Xvfb", Path::new("sh"), log.clone(), |command| {
            command.args(["-c", AHEAD, "sh", "Xvfb"]);
            command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-dpi", "96"]);
        })?;
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            if let Some(number) = number_in(&log) {
                return Ok(Self { name: format!(":{number}"), _server: server });
            }
            if !server.is_running() || Instant::now() > deadline {
                bail!("no virtual display; {}", server.last_words());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// What `DISPLAY` is set to.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Xvfb writes its number, alone on a line, once it accepts clients.
fn number_in(log: &PathBuf) -> Option<u32> {
    let text = fs::read_to_string(log).ok()?;
    let whole = &text[..=text.rfind('\n')?];
    whole.lines().find_map(|line| line.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_counts_once_its_line_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("display.log");
        assert_eq!(number_in(&log), None);
        fs::write(&log, "a warning\n1").unwrap();
        assert_eq!(number_in(&log), None);
        fs::write(&log, "a warning\n17\n").unwrap();
        assert_eq!(number_in(&log), Some(17));
    }
}
