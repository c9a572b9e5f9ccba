//! `cargo xtask bench`: what was promised of speed and size, each beside its floor in the same run. The benches are
//! programs of takt-testkit and takt-server; each prints its lines and fails when it misses its goal. All lines end up
//! in one table.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use takt_testkit::measure::{Line, table};
use takt_testkit::percentile::Sample;
use takt_testkit::process::say;
use takt_testkit::workspace;

use crate::{build, setup, shift};

const SAVED_MS_MAX: f64 = 100.0;

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

/// Builds everything as it is shipped and runs to the end.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut lines = Vec::new();
    if matches!(arguments.bench, None | Some(Bench::Window)) {
        setup::for_script()?;
        build::pages()?;
        let programs = build::released_programs()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        lines.push(saved(&runtime.block_on(shift::test(&programs, "bench-run"))?));
    } else {
        setup::for_build()?;
    }
    say("building and running the benches");
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "--no-fail-fast"]).args(build::BENCHED).args(build::FEATURES);
    match arguments.bench {
        Some(bench) => cargo.args(["--bench", bench.name()]),
        None => cargo.arg("--benches"),
    };
    let mut benches =
        cargo.current_dir(workspace::root()).stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
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

/// What a person waits in the scripted shift, from the last key or the tap to the word that it is saved.
fn saved(waits: &Sample) -> Line {
    Line {
        measure: "tap or scan to \"saved\" on screen, p95".to_owned(),
        ours: format!("{:.0} ms", waits.ms(95)),
        floor: String::new(),
        ratio: format!("p50 {:.0} ms", waits.ms(50)),
        goal: format!("< {SAVED_MS_MAX:.0} ms"),
        is_kept: waits.ms(95) < SAVED_MS_MAX,
    }
}
