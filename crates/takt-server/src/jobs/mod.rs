//! What the server does by itself: chunks and shifts made ahead, retention, proofs. Each job can be
//! repeated at any time; one process at a time does it, whoever asks.

mod schedule;

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use clap::ValueEnum;
use takt_domain::OrganizationId;

pub use schedule::{NIGHT_HOUR_UTC, start};

use crate::db::{Db, lock, proof, retention, shift};
use crate::proofs;

/// Days for which chunks are made ahead: longer than a server is ever away.
const CHUNKS_AHEAD_DAYS: i32 = 21;
/// Days for which shifts are made ahead (dictionary, S12).
const SHIFTS_AHEAD_DAYS: i32 = 60;
/// Tries for a lock on a chunk's parents, and the pause between two.
const LOCK_TRIES: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_secs(2);

/// A job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Job {
    /// Make the chunks that the next three weeks need.
    Chunks,
    /// Make the shifts of the next 60 days.
    Shifts,
    /// Drop chunks and delete rows that are kept no longer; forget receipts and tombstones after 180 days.
    Retention,
    /// Prove that counters, stock, receipts, periods and handovers add up.
    Proofs,
}

impl Job {
    /// All of them, in the order of a night.
    pub const ALL: [Self; 4] = [Self::Chunks, Self::Shifts, Self::Retention, Self::Proofs];

    fn name(self) -> &'static str {
        match self {
            Self::Chunks => "chunks",
            Self::Shifts => "shifts",
            Self::Retention => "retention",
            Self::Proofs => "proofs",
        }
    }
}

impl Display for Job {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// `takt-server jobs run`: all of them, or those named; a dry run changes nothing.
pub async fn run_by_hand(db: &Db, jobs: &[Job], is_dry: bool) -> anyhow::Result<()> {
    let jobs = if jobs.is_empty() { &Job::ALL } else { jobs };
    let mut failed = Vec::new();
    for job in jobs {
        println!("{job}{}", if is_dry { ", dry: nothing is changed" } else { "" });
        match run(db, *job, is_dry, Utc::now()).await {
            Ok(done) => done.iter().for_each(|line| println!("  {line}")),
            Err(error) => {
                eprintln!("takt-server: {job}: {error:#}");
                failed.push(job.name());
            }
        }
    }
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

/// Does a job; answers what it did, in words.
pub async fn run(db: &Db, job: Job, is_dry: bool, now: DateTime<Utc>) -> anyhow::Result<Vec<String>> {
    let Some(held) = lock::try_hold(db, job.name()).await.context("cannot reach the database")? else {
        bail!("another process is at it; try again when it is done");
    };
    let done = match job {
        Job::Chunks => chunks(db, is_dry).await,
        Job::Shifts => shifts(db, is_dry).await,
        Job::Retention => retain(db, is_dry).await,
        Job::Proofs => prove(db, now).await,
    };
    let released = held.release().await;
    let done = done?;
    released?;
    Ok(done)
}

/// One chunk at a time, so that terminals wait for one at most.
async fn chunks(db: &Db, is_dry: bool) -> anyhow::Result<Vec<String>> {
    let mut done = Vec::new();
    for table in retention::hypertables(db).await? {
        let mut made = 0;
        for days in (0..=CHUNKS_AHEAD_DAYS).step_by(7) {
            made += patiently(|| retention::create_chunks_ahead(db, &table, days, is_dry))
                .await
                .with_context(|| format!("no chunk was made ahead for {table}"))?;
        }
        done.push(format!("{table}: {made} chunks made ahead"));
    }
    Ok(done)
}

async fn shifts(db: &Db, is_dry: bool) -> anyhow::Result<Vec<String>> {
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for id in proof::organizations(db).await? {
        let mut tx = db.office(OrganizationId(id)).await?;
        let code = proof::organization_code(&mut tx).await?;
        match shift::make_occurrences(&mut tx, SHIFTS_AHEAD_DAYS).await {
            Ok(plants) => {
                let told = |(plant, made): (String, i32)| format!("{code} {plant}: {made} shifts made ahead");
                done.extend(plants.into_iter().map(told));
                if is_dry { tx.rollback().await? } else { tx.commit().await? }
            }
            Err(error) => failed.push(format!("{code}: {error}")),
        }
    }
    ensure!(failed.is_empty(), "{}\n{}", done.join("\n"), failed.join("\n"));
    Ok(done)
}

/// Chunks that nobody wants go first; what single organizations keep less long is deleted from the rest.
async fn retain(db: &Db, is_dry: bool) -> anyhow::Result<Vec<String>> {
    let (go, went) = if is_dry { ("would go", "would go") } else { ("dropped", "deleted") };
    let mut done = Vec::new();
    for kept in retention::kept(db).await? {
        let table = &kept.table_name;
        for chunk in retention::expired_chunks(db, &kept).await? {
            done.push(format!("{table}, kept {} days: chunk {chunk} {go}", kept.longest_days));
        }
        if !is_dry {
            patiently(|| retention::drop_expired_chunks(db, &kept))
                .await
                .with_context(|| format!("old chunks of {table} were not dropped"))?;
        }
        for it in retention::delete_expired_rows(db, &kept, is_dry).await? {
            done.push(format!(
                "{table}, kept {} days by {}: {} rows {went}",
                it.days, it.org_code, it.deleted
            ));
        }
    }
    let pruned = retention::prune_sync(db, is_dry).await?;
    done.push(format!(
        "older than 180 days: {} receipts, {} tombstones {went}",
        pruned.receipts, pruned.tombstones
    ));
    Ok(done)
}

async fn prove(db: &Db, now: DateTime<Utc>) -> anyhow::Result<Vec<String>> {
    let proven = proofs::prove(db, proofs::DAYS, now).await?;
    let told: Vec<String> = proven.iter().map(ToString::to_string).collect();
    proofs::conclude(&proven).with_context(|| told.join("\n"))?;
    Ok(told)
}

/// Tries again while terminals hold the locks.
async fn patiently<T, F: Future<Output = Result<T, sqlx::Error>>>(
    work: impl Fn() -> F,
) -> Result<T, sqlx::Error> {
    let mut tries = 1;
    loop {
        match work().await {
            Err(error) if retention::is_locked_out(&error) && tries < LOCK_TRIES => {
                tries += 1;
                tokio::time::sleep(LOCK_PAUSE).await;
            }
            other => return other,
        }
    }
}
