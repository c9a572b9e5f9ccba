//! `cargo xtask gen`: rewrites every committed file that is made from code. The same tests that compare these files
//! write them when `TAKT_GEN` is set, so there is one way to make each.
use std::process::Command;

use anyhow::{Context, Result, ensure};
use takt_testkit::workspace;

/// The crate that makes the pages' types from its views.
pub fn run() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--quiet", "-p", "takt-station", "--lib", "--", "the_committed_"]);
    let status =
        cargo.env("TAKT_GEN", "1").current_dir(workspace::root()).status().context("cannot start cargo")?;
    ensure!(status.success(), "not generated: see above");
    println!("ui/src/lib/ipc/bindings.ts is up to date");
    Ok(())
}
