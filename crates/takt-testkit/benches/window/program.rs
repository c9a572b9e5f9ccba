//! A program and everything it starts: ended together, weighed together.
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// In a process group of its own, which ends with the value.
pub struct Program(Child);

impl Program {
    /// Starts it, its output going to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let output = File::create(log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).process_group(0);
        let name = command.get_program().to_string_lossy().into_owned();
        Ok(Self(command.spawn().with_context(|| format!("cannot start {name}"))?))
    }

    /// Whether it is still there.
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// KiB of memory of it and all its descendants, pages shared with others counted in parts (PSS).
    pub fn pss_kib(&self) -> Result<u64> {
        let parents = parents()?;
        let mut ours = BTreeSet::from([self.0.id()]);
        while parents.iter().any(|(pid, parent)| ours.contains(parent) && ours.insert(*pid)) {}
        Ok(ours.iter().filter_map(|pid| pss_kib(*pid)).sum())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let script = format!("kill -s KILL -- -{} 2>/dev/null", self.0.id());
        let _ = Command::new("sh").args(["-c", &script]).status();
        let _ = self.0.wait();
    }
}

/// Every process and who started it.
fn parents() -> Result<Vec<(u32, u32)>> {
    let pids = fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    Ok(pids.filter_map(|pid| Some((pid, parent(pid)?))).collect())
}

/// From its line in `/proc`; its name may hold blanks and brackets.
fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// A process that just ended weighs nothing.
fn pss_kib(pid: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.trim().strip_suffix("kB")?.trim().parse().ok()
}
