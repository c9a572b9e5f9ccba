//! `cargo xtask run`: from a bare machine to a terminal at work, or the same shift by script where nobody looks.
pub mod child;
mod guard;
pub mod plant;
mod station;

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use takt_testkit::postgres::{Cluster, Lock, Purpose, Server};
use takt_testkit::process::say;
use takt_testkit::workspace;

use crate::{build, setup, shift};
use plant::{Addresses, Plant};

#[derive(Args)]
pub struct Arguments {
    /// The scripted shift under Xvfb, also where there is a display
    #[arg(long)]
    scripted: bool,
    /// Delete the demo's database and station first
    #[arg(long)]
    fresh: bool,
}

/// Everything until the window closes, Ctrl-C, or the end of the script; nothing of it runs on.
pub fn run(arguments: &Arguments) -> Result<()> {
    let scripted = arguments.scripted || !has_display();
    if scripted {
        if !arguments.scripted {
            say("no display here: running the scripted shift");
        }
        setup::for_script()?;
    } else {
        setup::for_build()?;
    }
    // The first to end would stop the database under the other.
    let _alone = Lock::wait(&workspace::state().join("run.lock"), "`cargo xtask run` in this checkout")?;
    if arguments.fresh {
        wipe()?;
    }
    build::pages()?;
    let programs = build::programs()?;
    // One thread: children that follow their parent's end follow the thread that started them.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        // Hears signals before the first of the work begins.
        tokio::select! {
            biased;
            signal = told_to_end() => signal,
            ended = work(&programs, scripted) => ended,
        }
    });
    if !Server::is_given() {
        Cluster::of(Purpose::Demo)?.down()?;
    }
    ended
}

async fn work(programs: &build::Programs, scripted: bool) -> Result<()> {
    say("starting the database");
    let database = Server::up(Purpose::Demo)?;
    let _guard = guard::watch()?;
    if scripted {
        return shift::demonstrate(programs, database).await;
    }
    let addresses = Addresses::of(&database, database.database());
    let log = workspace::state().join("run/server.log");
    let plant = Plant::open(&programs.server, &addresses, plant::remembered_port()?, log).await?;
    let station = station::Station::at(workspace::state().join("station"));
    let code = if station.is_enrolled(&database)? { None } else { Some(plant.enrolment_code()?) };
    station.open(&programs.terminal, &plant, code.as_deref()).await
}

/// Ctrl-C, or whatever else ends a program politely.
async fn told_to_end() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut hung_up = signal(SignalKind::hangup())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.context("cannot hear Ctrl-C")?,
        _ = terminated.recv() => {}
        _ = hung_up.recv() => {}
    }
    eprintln!();
    say("ending");
    Ok(())
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Programs and packages stay: they are not the demo's state.
fn wipe() -> Result<()> {
    if Server::is_given() {
        bail!(
            "--fresh deletes the demo's database, but DATABASE_URL names one that is not ours: empty it yourself"
        );
    }
    say("deleting the demo's database and station");
    Cluster::of(Purpose::Demo)?.wipe()?;
    for name in ["station", "run"] {
        let folder: PathBuf = workspace::state().join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
    }
    Ok(())
}
