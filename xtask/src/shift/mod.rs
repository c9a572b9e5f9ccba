//! The scripted shift: one shift's work in the real window under Xvfb, driven by key events like a wedge scanner and
//! by taps, with the network pulled and the terminal killed on the way, compared with PostgreSQL in the end.
//!
//! Begin at [`script::SCRIPT`], the list of steps; [`stage::Stage`] is what each of them has at hand.
mod album;
mod centre;
mod compare;
mod display;
mod driver;
mod ledger;
mod network;
mod outbox;
mod page;
mod probe;
mod report;
mod script;
mod stage;
mod steps;
mod wedge;

use std::path::PathBuf;

use anyhow::{Result, anyhow, ensure};
use takt_testkit::TestDatabase;
use takt_testkit::percentile::Sample;
use takt_testkit::postgres::{Lock, Purpose, Server};
use takt_testkit::process::say;
use takt_testkit::workspace;

use crate::build::Programs;
use compare::{Tenants, compare};
use script::SCRIPT;
use stage::Stage;

/// The demonstration's own database, made anew by each run and left there to be looked at.
const DATABASE: &str = "takt_shift";
const TENANTS: Tenants<'_> = Tenants { ours: "NORDWERK", other: "RIVALE" };

/// Plays the shift on the durable demo server and prints its table.
pub async fn demonstrate(programs: &Programs, server: Server) -> Result<()> {
    server.rows(&format!("drop database if exists {DATABASE} with (force)"))?;
    server.rows(&format!("create database {DATABASE}"))?;
    play(programs, server, DATABASE, fresh_folder("run")?, true).await?;
    say(&format!("its rows stay in the database {DATABASE} of `cargo xtask db url --superuser`"));
    Ok(())
}

/// The same on a throw-away database, its pictures in the folder `name`. Returns what a person waited.
pub async fn test(programs: &Programs, name: &str) -> Result<Sample> {
    let _alone = Lock::wait(&workspace::state().join(format!("{name}.lock")), "its scripted shift")?;
    let database = TestDatabase::empty().await;
    let server = Server::up(Purpose::Tests)?;
    play(programs, server, database.name(), fresh_folder(name)?, false).await
}

async fn play(
    programs: &Programs,
    server: Server,
    database: &str,
    folder: PathBuf,
    dark_too: bool,
) -> Result<Sample> {
    let mut stage = Stage::set(programs, server, database, &folder, dark_too).await?;
    for (number, (name, step)) in SCRIPT.iter().enumerate() {
        say(&format!("{:>2}/{} {name}", number + 1, SCRIPT.len()));
        if let Err(error) = step(&mut stage).await {
            let moment = stage.post_mortem().await;
            return Err(anyhow!("the shift failed at \"{name}\": {error:#}\n{moment}"));
        }
    }
    stage.settle_waits().await?;
    let findings = compare(&stage.centre, &stage.station(), &stage.ledger, &TENANTS)?;
    println!("{}", report::table(&findings, &stage.ledger, &stage.network.sent(), &stage.album));
    ensure!(
        findings.faults.is_empty(),
        "terminal, plant and script disagree in {} points",
        findings.faults.len()
    );
    Ok(std::mem::take(&mut stage.ledger.waits))
}

/// A folder of this run alone: a station that was never anywhere else, no pictures of before.
fn fresh_folder(name: &str) -> Result<PathBuf> {
    let folder = workspace::state().join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
