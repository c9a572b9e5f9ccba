//! `cargo xtask test`: set-up, every suite, and one line that says how it went.
mod cargo;
mod increments;
mod libtest;
mod pages;
mod step;
mod tally;

use anyhow::Result;
use takt_testkit::postgres::{Cluster, Purpose, Server};
use takt_testkit::process::say;

use crate::{build, setup, shift, tidy};
use tally::Tally;

/// Runs everything to its end and says whether all of it passed. The sum is the last line that is printed.
pub fn run() -> Result<bool> {
    setup::for_tests()?;
    say("providing the tests' database");
    Server::up(Purpose::Tests)?;
    let mut tally = Tally::default();
    rules(&mut tally);
    increments::run(&mut tally);
    pages::run(&mut tally);
    // The terminal carries the pages: without them nothing below would build.
    if tally.check("pages build", build::pages()) {
        cargo::run(&mut tally);
        step::announce("the scripted shift");
        tally.check("scripted shift", played());
    }
    if !Server::is_given() {
        Cluster::of(Purpose::Tests)?.down()?;
    }
    println!("\n{tally}");
    Ok(tally.failed() == 0)
}

/// The real window, end to end.
fn played() -> Result<()> {
    let programs = build::tested_programs()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(shift::test(&programs, "test-run")).map(drop)
}

fn rules(tally: &mut Tally) {
    step::announce("tidy");
    match tidy::verdicts() {
        Ok(verdicts) => {
            let broken = verdicts.iter().filter(|verdict| tidy::report(verdict) > 0).count();
            tally.add("tidy", verdicts.len() - broken, broken);
        }
        Err(error) => {
            tally.check("tidy", Err(error));
        }
    }
}
