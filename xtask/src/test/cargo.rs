//! The Rust suites: format, lints, and every test of the workspace, built once with one set of features.
use std::process::Command;

use takt_testkit::workspace;

use super::libtest::Counts;
use super::step;
use super::tally::Tally;
use crate::build::FEATURES;

pub fn run(tally: &mut Tally) {
    step::announce("format");
    tally.check("format", step::shown(cargo().args(["fmt", "--all", "--check"])));

    step::announce("lints");
    let mut clippy = cargo();
    clippy.args(["clippy", "--workspace", "--all-targets"]).args(FEATURES).args(["--", "-D", "warnings"]);
    tally.check("lints", step::shown(&mut clippy));

    step::announce("Rust tests");
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]).args(FEATURES);
    let mut counts = Counts::default();
    let ended = step::watched(&mut tests, |line| counts.read(line));
    counts.close(ended.is_ok());
    tally.add("Rust tests", counts.passed, counts.failed);
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(workspace::root());
    command
}
