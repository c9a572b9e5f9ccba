//! `cargo xtask gen`: rewrites every committed file that is made from code. The same tests that compare these files
//! write them when `TAKT_GEN` is set, so there is one way to make each.
use std::process::Command;

use anyhow::{Context, Result, ensure};
use takt_testkit::workspace;

/// What is made, and the tests that make it: the pages' types from the station's views, the reference of the schema
/// from the catalog of a fresh database.
const MADE: [(&str, [&str; 4]); 2] = [
    ("ui/src/lib/ipc/bindings.ts", ["-p", "takt-station", "--lib", "--"]),
    ("docs/schema", ["-p", "takt-server", "--test=schema_export", "--"]),
];

/// Makes all of it.
pub fn run() -> Result<()> {
    for (made, tests) in MADE {
        let mut cargo = Command::new("cargo");
        cargo.args(["test", "--quiet"]).args(tests).arg("the_committed_");
        let status = cargo
            .env("TAKT_GEN", "1")
            .current_dir(workspace::root())
            .status()
            .context("cannot start cargo")?;
        ensure!(status.success(), "{made} is not generated: see above");
        println!("{made} is up to date");
    }
    Ok(())
}
