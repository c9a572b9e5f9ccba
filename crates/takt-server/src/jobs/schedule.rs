//! When the jobs run: chunks soon after the start, everything every night. Of many processes the one
//! that holds the turn does it; when it ends, another one takes over.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::{Job, run};
use crate::db::Db;
use crate::db::lock::{self, Held};

/// The hour in which the night begins, unless told otherwise.
pub const NIGHT_HOUR_UTC: u32 = 1;
/// Servers of many plants on one cluster shall not all begin at once.
const NIGHT_JITTER_SECONDS: i64 = 3600;
/// After a start, terminals that reconnect come first.
const START_JITTER_SECONDS: u64 = 60;
/// How often it is looked whether the turn is still ours, or free.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// Runs the jobs until the handle is aborted.
pub fn start(db: Db, night_hour_utc: u32) -> JoinHandle<()> {
    tokio::spawn(async move {
        sleep(Duration::from_secs(rand::random_range(0..START_JITTER_SECONDS))).await;
        loop {
            match lock::try_hold(&db, "turn").await {
                Ok(Some(turn)) => {
                    if let Err(error) = lead(&db, turn, night_hour_utc).await {
                        tracing::warn!(%error, "lost the turn to run jobs");
                    }
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "jobs cannot reach the database"),
            }
            sleep(LOOK_AGAIN).await;
        }
    })
}

/// Does the jobs as long as the turn is ours; ends with the error that took it away.
async fn lead(db: &Db, mut turn: Held, night_hour_utc: u32) -> Result<(), sqlx::Error> {
    tracing::info!(night_hour_utc, "runs the jobs of this database");
    told(db, Job::Chunks).await;
    loop {
        let jitter = rand::random_range(0..NIGHT_JITTER_SECONDS);
        let due = next_night(Utc::now(), night_hour_utc) + TimeDelta::seconds(jitter);
        while let Ok(left) = (due - Utc::now()).to_std() {
            sleep(left.min(LOOK_AGAIN)).await;
            turn.check().await?;
        }
        for job in Job::ALL {
            told(db, job).await;
            turn.check().await?;
        }
    }
}

/// Runs a job into the log.
async fn told(db: &Db, job: Job) {
    match run(db, job, false, Utc::now()).await {
        Ok(done) => done.iter().for_each(|line| tracing::info!(%job, "{line}")),
        Err(error) => tracing::error!(%job, "{error:#}"),
    }
}

/// The next time that hour begins.
fn next_night(now: DateTime<Utc>, hour: u32) -> DateTime<Utc> {
    let begins = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let today = now.date_naive().and_time(begins).and_utc();
    if today > now { today } else { today + Days::new(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_begins_today_or_tomorrow() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(next_night(at("2026-11-23T00:59:59Z"), 1), at("2026-11-23T01:00:00Z"));
        assert_eq!(next_night(at("2026-11-23T01:00:00Z"), 1), at("2026-11-24T01:00:00Z"));
        assert_eq!(next_night(at("2026-12-31T23:00:00Z"), 1), at("2027-01-01T01:00:00Z"));
    }
}
