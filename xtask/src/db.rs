//! `cargo xtask db`: the embedded TimescaleDB for any other tool.
use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use takt_testkit::postgres::{Cluster, Purpose, Server};

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Provide and start it; quick when it runs
    Up,
    /// Stop it (and the tests' server)
    Down,
    /// Print the application role's URL, starting the server if it is down
    Url {
        /// The administrator's URL instead
        #[arg(long)]
        superuser: bool,
        /// Of the tests' server instead of the demo's
        #[arg(long)]
        test: bool,
    },
    /// Stop all servers and delete their data
    Wipe,
}

/// Carries out one action; URLs go to standard output, everything else to standard error.
pub fn run(arguments: &Arguments) -> Result<()> {
    match arguments.action {
        Action::Up => up(),
        Action::Down => down(),
        Action::Url { superuser, test } => url(superuser, test),
        Action::Wipe => wipe(),
    }
}

fn up() -> Result<()> {
    let server = Server::up(Purpose::Demo)?;
    if Server::is_given() {
        eprintln!("using the server of DATABASE_URL");
    } else {
        eprintln!(
            "TimescaleDB runs; its data and log are in {}",
            Cluster::of(Purpose::Demo)?.folder().display()
        );
    }
    eprintln!("database {}: `cargo xtask db url` prints how to reach it", server.database());
    Ok(())
}

fn down() -> Result<()> {
    let mut stopped = 0;
    for purpose in [Purpose::Demo, Purpose::Tests, Purpose::Spare] {
        stopped += u32::from(Cluster::of(purpose)?.down()?);
    }
    eprintln!("{}", if stopped == 0 { "nothing was running" } else { "stopped" });
    Ok(())
}

fn url(superuser: bool, test: bool) -> Result<()> {
    let server = Server::up(if test { Purpose::Tests } else { Purpose::Demo })?;
    let database = if test && !Server::is_given() { "postgres" } else { server.database() };
    println!("{}", if superuser { server.admin_url(database) } else { server.app_url(database) });
    Ok(())
}

fn wipe() -> Result<()> {
    ensure!(!Server::is_given(), "DATABASE_URL is set: a server that is not ours is never wiped");
    for purpose in [Purpose::Demo, Purpose::Tests, Purpose::Spare] {
        Cluster::of(purpose)?.wipe()?;
    }
    eprintln!("all clusters are gone");
    Ok(())
}
