//! The front door of Takt's developers: one command for each thing that otherwise takes a page of README.
//!
//! Begin at [`Task`]; each variant is carried out by the module of its name.
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod db;
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
    /// The embedded TimescaleDB: start it, stop it, print its URL
    Db(db::Arguments),
    /// Check the habits a compiler does not: directions, sizes, names, documentation
    Tidy,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Db(arguments) => db::run(&arguments),
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
