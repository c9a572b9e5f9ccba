//! `cargo xtask bench`: what was promised of speed and size, each beside its floor in the same run. The benches are
//! programs of takt-testkit; each prints its lines and fails when it misses its goal.
use std::process::Command;

use anyhow::{Context, Result, ensure};
use takt_testkit::workspace;

/// Builds for release and runs every bench to its end.
pub fn run() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "-p", "takt-testkit", "--no-fail-fast", "--benches"]);
    let status = cargo.current_dir(workspace::root()).status().context("cannot start cargo")?;
    ensure!(status.success(), "a goal was missed: see above");
    Ok(())
}
