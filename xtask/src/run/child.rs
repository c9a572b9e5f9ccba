//! A program that ends when we do.
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use takt_testkit::process::last_lines;
use tokio::process::{Child as Process, Command};

/// How long a polite request may take.
const GRACE: Duration = Duration::from_secs(8);

/// In a process group of its own, so that Ctrl-C reaches it through us and its own children end with it.
pub struct Child {
    name: &'static str,
    group: u32,
    process: Process,
    log: PathBuf,
}

impl Child {
    /// Starts `program`, its output going to `log`. `set_up` adds arguments and environment.
    pub fn start(
        name: &'static str,
        program: &Path,
        log: PathBuf,
        set_up: impl FnOnce(&mut Command),
    ) -> Result<Self> {
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)?;
        }
        let output = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        // Should we be killed outright, the kernel tells it to end.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).process_group(0);
        set_up(&mut command);
        let process =
            command.spawn().with_context(|| format!("cannot start {name} ({})", program.display()))?;
        let group = process.id().with_context(|| format!("{name} ended at once"))?;
        Ok(Self { name, group, process, log })
    }

    /// Its process group, and that of everything it starts.
    pub fn group(&self) -> u32 {
        self.group
    }

    /// Waits for its end.
    pub async fn ended(&mut self) -> Result<ExitStatus> {
        Ok(self.process.wait().await?)
    }

    /// Whether it is still there.
    pub fn is_running(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// The end of its log, for an error message.
    pub fn last_words(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        format!(
            "{} says in {}:\n{}",
            self.name,
            self.log.display(),
            last_lines(&String::from_utf8_lossy(&log), 15)
        )
    }
}

impl Drop for Child {
    /// Asks its group to end, insists after a while, and lets nothing behind that it started itself.
    fn drop(&mut self) {
        if self.is_running() {
            signal("TERM", self.group);
            for _ in 0..GRACE.as_millis() / 50 {
                if !self.is_running() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        signal("KILL", self.group);
    }
}

/// To every process of a group; a group that is gone is fine.
fn signal(name: &str, group: u32) {
    let script = format!("kill -s {name} -- -{group} 2>/dev/null");
    let _ = std::process::Command::new("sh").args(["-c", &script]).status();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_program_started_ends_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("sh.log");
        let mut child = Child::start("sh", Path::new("sh"), log.clone(), |command| {
            command.args(["-c", "sleep 61 & echo $!; wait"]);
        })
        .unwrap();
        let mut grandchild = String::new();
        while grandchild.is_empty() && child.is_running() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            grandchild = fs::read_to_string(&log).unwrap().trim().to_owned();
        }
        // Of a dead process that nobody asked about yet, the command line is empty.
        let is_alive = || fs::read(format!("/proc/{grandchild}/cmdline")).is_ok_and(|text| !text.is_empty());
        assert!(is_alive());
        drop(child);
        let soon = std::time::Instant::now() + GRACE;
        while is_alive() && std::time::Instant::now() < soon {
            std::thread::yield_now();
        }
        assert!(!is_alive());
    }
}
