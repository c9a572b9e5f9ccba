//! The command line: what an administrator types, and one line each for what then happens.

use std::path::PathBuf;

use chrono::Utc;
use clap::{Args, Parser, Subcommand};

use crate::backup::{self, programs::Programs};
use crate::config::{AdminDatabase, Database, Serve};
use crate::jobs::{self, Job};
use crate::{admin, demo, import, migrate, proofs, restore, schema_export, serve, startup};

/// The centre of Takt: takes what terminals record, hands out what they need.
#[derive(Parser)]
#[command(name = "takt-server", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the schema up to this release. Safe to repeat; one run at a time.
    Migrate {
        #[command(flatten)]
        database: AdminDatabase,
        /// Try every pending migration, then roll all of it back.
        #[arg(long, conflicts_with = "on_copy")]
        dry_run: bool,
        /// Try them statement by statement on a copy made of the newest backup; say what each locks.
        #[arg(long)]
        on_copy: bool,
        /// The folder to look for backups in.
        #[arg(long, env = "TAKT_BACKUPS", default_value = "backups", value_name = "FOLDER")]
        backups: PathBuf,
        /// Where PostgreSQL's programs are.
        #[command(flatten)]
        programs: Programs,
    },
    /// Save the whole database into a file that `restore` can check and bring back.
    Backup(backup::Wanted),
    /// Bring a backup back as a fresh database, compare it with what was saved, begin a new epoch.
    Restore(restore::Wanted),
    /// Serve the sync API until SIGTERM or Ctrl-C.
    Serve(Serve),
    /// Whether this server could serve, and whether what must add up does: counters, stock, receipts,
    /// periods, handovers. Reports, repairs nothing.
    Check {
        #[command(flatten)]
        database: Database,
        /// Prove what began within so many days.
        #[arg(long, default_value_t = proofs::DAYS, value_parser = clap::value_parser!(u32).range(1..=36_525))]
        days: u32,
    },
    /// What `serve` does every night by itself.
    Jobs {
        #[command(subcommand)]
        command: JobsCommand,
    },
    /// Tenants.
    Org {
        #[command(subcommand)]
        command: OrgCommand,
    },
    /// A one-time code for a new terminal.
    EnrolCode(EnrolCode),
    /// The schema as people read it.
    Schema {
        #[command(subcommand)]
        command: SchemaCommand,
    },
    /// Start a plant on its own data, from CSV files or Excel workbooks: all rows or none.
    Import(import::Options),
    /// The demo plant.
    Demo {
        #[command(subcommand)]
        command: DemoCommand,
    },
}

#[derive(Subcommand)]
enum OrgCommand {
    /// Make a tenant with its units, roles and reason lists.
    Create {
        #[command(flatten)]
        database: AdminDatabase,
        /// Code of the tenant, part of every label's check, e.g. ACME.
        #[arg(long, value_parser = business_code)]
        code: String,
        /// Its name.
        #[arg(long)]
        name: String,
    },
}

#[derive(Subcommand)]
enum SchemaCommand {
    /// Write the reference of the schema from the database's catalog: one file per group, policies, an index.
    Export {
        #[command(flatten)]
        database: AdminDatabase,
        /// Where to; made if it is not there.
        folder: std::path::PathBuf,
    },
}

#[derive(Subcommand)]
enum JobsCommand {
    /// Run jobs now: all of them, or those named.
    Run {
        #[command(flatten)]
        database: Database,
        /// Which.
        jobs: Vec<Job>,
        /// Say what would go and be made; change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum DemoCommand {
    /// Load the demo plant, or bring its day up to now; prints its codes.
    Load(AdminDatabase),
}

/// Where the new terminal will stand.
#[derive(Args)]
pub struct EnrolCode {
    /// The database.
    #[command(flatten)]
    pub database: AdminDatabase,
    /// Code of the tenant.
    #[arg(long, value_parser = business_code)]
    pub organization: String,
    /// Code of the plant.
    #[arg(long, value_parser = business_code)]
    pub plant: String,
    /// Code of the area.
    #[arg(long, value_parser = business_code)]
    pub work_center: String,
    /// Code of the machine, if it stands at one.
    #[arg(long, value_parser = business_code)]
    pub machine: Option<String>,
    /// Where terminals reach this server; goes into the QR text.
    #[arg(long, env = "TAKT_PUBLIC_URL", default_value = "http://127.0.0.1:7001", value_parser = http_url)]
    pub url: String,
}

/// Does what was asked.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Migrate { database, on_copy: true, backups, programs, .. } => {
            migrate::on_copy::run(&database.admin_url, &backups, &programs, migrate::MIGRATIONS).await
        }
        Command::Migrate { database, dry_run, .. } => migrate::run(&database.admin_url, dry_run).await,
        Command::Backup(wanted) => backup::run(&wanted, Utc::now()).await,
        Command::Restore(wanted) => restore::run(&wanted).await,
        Command::Serve(config) => serve::run(config).await,
        Command::Check { database, days } => startup::report(&database.database_url, days).await,
        Command::Jobs { command: JobsCommand::Run { database, jobs, dry_run } } => {
            jobs::run_by_hand(&admin::connect(&database.database_url).await?, &jobs, dry_run).await
        }
        Command::Org { command: OrgCommand::Create { database, code, name } } => {
            admin::create_organization(&database.admin_url, &code, &name).await
        }
        Command::Schema { command: SchemaCommand::Export { database, folder } } => {
            schema_export::export(&database.admin_url, &folder).await
        }
        Command::EnrolCode(wanted) => admin::print_enrolment_code(&wanted, Utc::now()).await,
        Command::Import(options) => import::run(options).await,
        Command::Demo { command: DemoCommand::Load(database) } => {
            demo::load_and_print(&database.admin_url, Utc::now()).await
        }
    }
}

/// The dictionary's `code`.
pub(crate) fn business_code(text: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "._/-".contains(c);
    let starts = text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    if starts && text.len() <= 50 && text.chars().all(allowed) {
        return Ok(text.to_owned());
    }
    Err("a code is 1 to 50 of A-Z, 0-9 and . _ / -, starting with a letter or digit".to_owned())
}

fn http_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match rest {
        Some(host) if !host.is_empty() && !text.contains(['|', ' ']) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err("expected http://host:port or https://host:port".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn wrong_values_are_named() {
        assert!(business_code("NORDWERK").is_ok());
        for wrong in ["", "acme", "-A", "A B", &"A".repeat(51)] {
            assert!(business_code(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(http_url("http://127.0.0.1:7001/"), Ok("http://127.0.0.1:7001".to_owned()));
        for wrong in ["", "127.0.0.1:7001", "ftp://x", "http://", "http://a|b"] {
            assert!(http_url(wrong).is_err(), "{wrong:?}");
        }
    }
}
