//! What an administrator does from the command line: tenants and enrolment codes.

use anyhow::{Context, bail};
use chrono::{DateTime, TimeDelta, Utc};

use crate::cli::EnrolCode;
use crate::db::enrolment::{self, Wanted};
use crate::db::{Db, organization};
use crate::enrolment_code;

/// Connections of a command.
const CONNECTIONS: u32 = 2;

/// Connects for a command.
pub async fn connect(admin_url: &str) -> anyhow::Result<Db> {
    Db::connect(admin_url, CONNECTIONS).await.context("cannot reach the database")
}

/// `takt-server org create`
pub async fn create_organization(admin_url: &str, code: &str, name: &str) -> anyhow::Result<()> {
    let db = connect(admin_url).await?;
    if organization::find(&db, code).await?.is_some() {
        bail!("there is an organization {code} already");
    }
    let (tx, id) = organization::create(&db, code, name).await.context("the organization was not made")?;
    tx.commit().await?;
    println!("{code} is organization {id}");
    Ok(())
}

/// `takt-server enrol-code`
pub async fn print_enrolment_code(wanted: &EnrolCode, now: DateTime<Utc>) -> anyhow::Result<()> {
    let db = connect(&wanted.database.admin_url).await?;
    let place =
        Wanted { plant: &wanted.plant, work_center: &wanted.work_center, machine: wanted.machine.as_deref() };
    let (code, device_code) = make_enrolment_code(&db, &wanted.organization, &place).await?;
    let until = now + TimeDelta::minutes(enrolment_code::MINUTES_VALID);
    println!("{code}");
    println!("takt+enrol:{}|{code}", wanted.url);
    eprintln!("for {device_code}, once, until {}", until.format("%H:%M:%S UTC"));
    Ok(())
}

/// A new code and the code of the device it is for.
pub async fn make_enrolment_code(
    db: &Db,
    organization: &str,
    wanted: &Wanted<'_>,
) -> anyhow::Result<(String, String)> {
    let id = organization::find(db, organization)
        .await?
        .with_context(|| format!("there is no organization {organization}"))?;
    let mut tx = db.office(id).await?;
    let standing = enrolment::standing(&mut tx, wanted).await?.with_context(|| {
        let machine = wanted.machine.map(|machine| format!(" with a machine {machine}")).unwrap_or_default();
        format!("{organization} has no plant {} with an area {}{machine}", wanted.plant, wanted.work_center)
    })?;
    let code = enrolment_code::code(rand::random());
    let device =
        enrolment::create(&mut tx, &standing, &enrolment_code::hash(&code), enrolment_code::MINUTES_VALID)
            .await?;
    tx.commit().await?;
    Ok((code, device))
}
