//! `cargo xtask bench`: what was promised of speed and size, each beside its floor in the same run. The benches are
//! programs of takt-testkit and takt-server; each prints its lines and fails when it misses its goal. All lines end up
//! in one table.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use takt_testkit::measure::{Line, table};
use takt_testkit::process::say;
use takt_testkit::workspace;

use crate::{build, setup};

#[derive(Args)]
pub struct Arguments {
    /// Only this one
    bench: Option<Bench>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// Planning, migrating and inserting
    Schema,
    /// A batch of events through HTTP
    #[value(name = "push-of-500")]
    PushOf500,
    /// A scan until it is on the disk
    ScanToDurable,
    /// Start, memory and answers of the window
    Window,
}

impl Bench {
    fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::PushOf500 => "push_of_500",
            Self::ScanToDurable => "scan_to_durable",
            Self::Window => "window",
        }
    }
}

/// Builds the benches for release, the windows for development where one needs them, and runs to the end.
pub fn run(arguments: &Arguments) -> Result<()> {
    match arguments.bench {
        None | Some(Bench::Window) => build_windows()?,
        Some(_) => setup::for_build()?,
    }
    say("building and running the benches");
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "-p", "takt-testkit", "-p", "takt-server", "--no-fail-fast"]);
    match arguments.bench {
        Some(bench) => cargo.args(["--bench", bench.name()]),
        None => cargo.arg("--benches"),
    };
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

fn build_windows() -> Result<()> {
    setup::for_script()?;
    build::pages()?;
    build::programs()?;
    build_empty_window()
}

/// What the terminal's window is measured beside; selected so that nothing is built with other features.
fn build_empty_window() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "-p", "takt-server", "-p", "takt-terminal", "--example", "empty"]);
    let status = cargo.args(build::FEATURES).current_dir(workspace::root()).status();
    ensure!(status.context("cannot start cargo")?.success(), "the empty window does not build: see above");
    Ok(())
}
