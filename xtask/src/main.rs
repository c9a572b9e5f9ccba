//! The front door of Takt's developers: one command for each thing that otherwise takes a page of README.
//!
//! Begin at [`Task`]; each variant is carried out by the module of its name.
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod build;
mod db;
mod generate;
mod run;
mod setup;
mod shift;
mod test;
mod tidy;

/// `cargo xtask …`
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Run, test and look after Takt", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Open a terminal on a demo plant, or run the scripted shift where there is no display
    Run(run::Arguments),
    /// Run every suite, doing all set-up first
    Test,
    /// Measure speed and size beside their floors
    Bench(bench::Arguments),
    /// Install what is missing for all of this, and nothing else
    Setup,
    /// The embedded TimescaleDB: start it, stop it, print its URL
    Db(db::Arguments),
    /// Rewrite the committed files that are made from code
    Gen,
    /// Check the habits a compiler does not: directions, sizes, names, documentation
    Tidy,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Db(arguments) => db::run(&arguments),
        Task::Run(arguments) => run::run(&arguments),
        Task::Test => match test::run() {
            // Its last line is the sum; nothing is said after it.
            Ok(false) => return ExitCode::FAILURE,
            other => other.map(drop),
        },
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Setup => setup::for_tests(),
        Task::Gen => generate::run(),
        Task::Tidy => tidy::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
