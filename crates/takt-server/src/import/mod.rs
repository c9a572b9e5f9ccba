//! `takt-server import`: a plant starts on its own data. Reads CSV files and workbooks, says of every row
//! what becomes of it, and writes all of them or none.
//!
//! Begin with [`kind`] (how a kind of rows is described, once) and [`kinds`] (the descriptions), then
//! [`source`] (files to sheets), [`record`] (sheets to rows) and [`apply`] (rows into the database).

mod apply;
mod beside;
mod careful;
mod csv;
pub mod kind;
pub mod kinds;
mod number;
mod progress;
mod record;
mod refusal;
pub mod report;
mod resolve;
mod secret;
mod source;
mod table;
pub mod template;
mod value;
mod xlsx;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use takt_domain::OrganizationId;

use crate::db::{Db, import as rows, organization};
use crate::{admin, cli, config};
use apply::Import;
use progress::Progress;
use record::Record;
use report::{Ending, Report, Style};

/// What to import, and where to.
#[derive(clap::Args)]
pub struct Options {
    /// PostgreSQL URL of the administrator: it finds the tenant.
    #[arg(long, env = "DATABASE_ADMIN_URL", value_parser = config::postgres_url, hide_env_values = true,
        required_unless_present = "template")]
    admin_url: Option<String>,
    /// A folder of CSV files and workbooks, or one of them.
    #[arg(required_unless_present = "template")]
    path: Option<PathBuf>,
    /// Code of the tenant.
    #[arg(long, value_parser = cli::business_code, required_unless_present = "template")]
    organization: Option<String>,
    /// Do everything, say what came of it, and undo it.
    #[arg(long)]
    dry_run: bool,
    /// How to say it.
    #[arg(long, value_enum, default_value_t)]
    report: Style,
    /// Write empty files to fill into this folder instead.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["path", "organization", "dry_run"])]
    template: Option<PathBuf>,
}

/// `takt-server import`
pub async fn run(options: Options) -> anyhow::Result<()> {
    if let Some(folder) = options.template {
        for file in template::write(&folder)? {
            println!("{}", folder.join(file).display());
        }
        return Ok(());
    }
    let admin_url = options.admin_url.context("expected DATABASE_ADMIN_URL or --admin-url")?;
    let path = options.path.context("expected a folder or file")?;
    let code = options.organization.context("expected --organization")?;
    let db = admin::connect(&admin_url).await?;
    let id = organization::find(&db, &code)
        .await?
        .with_context(|| format!("there is no organization {code}: takt-server org create makes it"))?;
    let (report, ending) = import(&db, id, &path, options.dry_run, &mut Progress::told()).await?;
    match report.write(options.report, ending, &mut std::io::stdout().lock()) {
        // A reader that has seen enough is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    if ending == Ending::Refused {
        bail!("nothing was written: {} refused", report.refused());
    }
    Ok(())
}

/// Imports without saying how far it is.
pub async fn quietly(
    db: &Db,
    organization: OrganizationId,
    path: &Path,
    dry_run: bool,
) -> anyhow::Result<(Report, Ending)> {
    import(db, organization, path, dry_run, &mut Progress::silent()).await
}

async fn import(
    db: &Db,
    organization: OrganizationId,
    path: &Path,
    dry_run: bool,
    progress: &mut Progress,
) -> anyhow::Result<(Report, Ending)> {
    let path = path.to_owned();
    // What a file makes its reader do shall not take the process with it.
    let read = tokio::task::spawn_blocking(move || read(&path)).await;
    let (mut report, records) =
        read.context("a file could not be read: it is damaged in a way that nobody foresaw")?;
    let mut tx = rows::begin(db, organization).await.context("cannot act for the organization")?;
    let mut import = Import::new(&mut tx, organization, &mut report, progress);
    for (kind, sheet, records) in records {
        import.note_refused(kind, sheet);
        import.sheet(kind, sheet, records).await?;
    }
    import.advance().await?;
    tx.check_constraints().await?;
    let ending = match (report.refused(), dry_run) {
        (0, false) => {
            tx.commit().await?;
            return Ok((report, Ending::Written));
        }
        (0, true) => Ending::DryRun,
        _ => Ending::Refused,
    };
    tx.rollback().await?;
    Ok((report, ending))
}

type Read = (&'static kind::Kind, usize, Vec<Record>);

/// Everything that can be understood without the database, in the order in which it is written.
fn read(path: &Path) -> (Report, Vec<Read>) {
    let (mut sheets, unreadable) = source::read(path);
    let place = |kind: &kind::Kind| kinds::KINDS.iter().position(|known| known.name == kind.name);
    sheets.sort_by_key(|sheet| place(sheet.kind));
    let mut report = Report { unreadable, sheets: Vec::new() };
    let mut seen = HashMap::new();
    let mut read = Vec::new();
    for sheet in &sheets {
        match record::read(sheet, &mut seen) {
            Ok((rows, records)) => {
                read.push((sheet.kind, report.sheets.len(), records));
                report.sheets.push(rows);
            }
            Err(unreadable) => report.unreadable.push(unreadable),
        }
    }
    (report, read)
}
