//! `cargo xtask bench`: what was promised of speed and size, each beside its floor in the same run. The benches are
//! programs of takt-testkit; each prints its lines and fails when it misses its goal. All lines end up in one table.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use takt_testkit::measure::{Line, table};
use takt_testkit::process::say;
use takt_testkit::workspace;

use crate::{build, setup};

/// Builds the windows for development and the benches for release, and runs every bench to its end.
pub fn run() -> Result<()> {
    setup::for_script()?;
    build::pages()?;
    build::programs()?;
    build_empty_window()?;
    say("building and running the benches");
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "-p", "takt-testkit", "--no-fail-fast", "--benches"]);
    let mut benches =
        cargo.current_dir(workspace::root()).stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let mut lines = Vec::new();
    for text in BufReader::new(benches.stdout.take().context("cargo has no output")?).lines() {
        let text = text?;
        match Line::read(&text) {
            Some(line) => lines.push(line),
            None => println!("{text}"),
        }
    }
    let has_failed = !benches.wait()?.success();
    println!("\n{}", table(&lines));
    if lines.iter().any(|line| !line.is_kept) {
        bail!("a goal was missed: see above");
    }
    ensure!(!has_failed, "a bench did not come to its end: see above");
    Ok(())
}

/// What the terminal's window is measured beside; selected so that nothing is built with other features.
fn build_empty_window() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "-p", "takt-server", "-p", "takt-terminal", "--example", "empty"]);
    let status = cargo.args(build::FEATURES).current_dir(workspace::root()).status();
    ensure!(status.context("cannot start cargo")?.success(), "the empty window does not build: see above");
    Ok(())
}
