//! Whether a cluster's server really runs, whatever its pid file says.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A live server of one data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postmaster {
    /// Its process id.
    pub pid: u32,
    /// Its TCP port.
    pub port: u16,
    /// Whether it accepts connections.
    pub ready: bool,
}

/// Reads `postmaster.pid`; a file left behind by a killed server counts as nothing.
pub fn running(data: &Path) -> Option<Postmaster> {
    let found = parse(&fs::read_to_string(data.join("postmaster.pid")).ok()?)?;
    serves(found.pid, data).then_some(found)
}

/// Removes a pid file whose number was meanwhile given to some other program, which PostgreSQL itself would
/// take for a running server.
pub fn clear_stale(data: &Path) -> Result<()> {
    let file = data.join("postmaster.pid");
    if file.exists() && running(data).is_none() {
        fs::remove_file(&file).with_context(|| format!("cannot remove the stale {}", file.display()))?;
    }
    Ok(())
}

fn parse(text: &str) -> Option<Postmaster> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    Some(Postmaster {
        pid: lines.first()?.parse().ok()?,
        port: lines.get(3)?.parse().ok()?,
        ready: lines.get(7) == Some(&"ready"),
    })
}

fn serves(pid: u32, data: &Path) -> bool {
    let command = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let data = data.as_os_str().as_encoded_bytes();
    command.split(|byte| *byte == 0).any(|argument| argument == data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_is_read() {
        let text = "4711\n/data\n1700000000\n15432\n\n127.0.0.1\n  1234567  12\nready   \n";
        assert_eq!(parse(text), Some(Postmaster { pid: 4711, port: 15432, ready: true }));
    }

    #[test]
    fn a_pid_file_naming_another_program_is_cleared() {
        let data = tempfile::tempdir().unwrap();
        let text =
            format!("{}\n{}\n1\n15432\n\n127.0.0.1\n\nready\n", std::process::id(), data.path().display());
        fs::write(data.path().join("postmaster.pid"), text).unwrap();
        assert_eq!(running(data.path()), None);
        clear_stale(data.path()).unwrap();
        assert!(!data.path().join("postmaster.pid").exists());
    }
}
