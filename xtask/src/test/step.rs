//! One program of a suite: shown as it runs, watched for its counts.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A headline between suites, with the time since the first of them.
pub fn announce(what: &str) {
    let seconds = BEGUN.elapsed().as_secs();
    println!("\n== {what} (after {} min {:02} s)", seconds / 60, seconds % 60);
}

/// Runs `command` with its output shown; every line of it is also given to `watch`.
pub fn watched(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            watch(&line);
        }
    }
    let status = child.wait()?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

/// Runs `command` with its output shown.
pub fn shown(command: &mut Command) -> Result<()> {
    watched(command, |_| {})
}
