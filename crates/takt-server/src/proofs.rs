//! The nightly proofs over all organizations, one transaction of the tenant each: reported, never
//! repaired. Which they are: [`crate::db::proof`].

use std::fmt::{self, Display, Formatter};
use std::time::{Duration, Instant};

use anyhow::ensure;
use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::OrganizationId;

use crate::db::proof::{self, LATE_DAYS, PROOFS, Proof, Seen};
use crate::db::{Db, retention};

/// How far back the proofs look, unless told otherwise: more than a year, so that yearly work is in it.
pub const DAYS: u32 = 400;
/// Offenders of a proof that are told.
const TOLD_MAX: usize = 10;

/// What a proof saw in all organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// What must hold.
    pub name: &'static str,
    /// Rows looked at.
    pub rows: i64,
    /// Rows that break it.
    pub offenders: i64,
    /// The first of them: organization and words; also organizations it could not look at.
    pub first: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

impl Proven {
    /// Whether the promise was kept wherever it was looked at, and that was everywhere.
    pub fn holds(&self) -> bool {
        self.offenders == 0 && self.first.is_empty()
    }
}

/// Looks everywhere at what began within the last `days`.
pub async fn prove(db: &Db, days: u32, now: DateTime<Utc>) -> Result<Vec<Proven>, sqlx::Error> {
    let since = now - TimeDelta::days(i64::from(days) + LATE_DAYS);
    let organizations = proof::organizations(db).await?;
    let mut all = Vec::new();
    for proof in &PROOFS {
        let start = Instant::now();
        let (mut rows, mut offenders, mut first) = (0, 0, Vec::new());
        for id in &organizations {
            match look(db, OrganizationId(*id), proof, since).await {
                Ok((code, seen)) => {
                    rows += seen.rows;
                    offenders += seen.offenders;
                    first.extend(seen.first.into_iter().map(|words| format!("{code}: {words}")));
                }
                // One organization that cannot be looked at must not hide the others.
                Err(error) => first.push(format!("organization {id} could not be looked at: {error}")),
            }
        }
        first.truncate(TOLD_MAX);
        all.push(Proven { name: proof.name, rows, offenders, first, took: start.elapsed() });
    }
    Ok(all)
}

async fn look(
    db: &Db,
    organization: OrganizationId,
    proof: &Proof,
    since: DateTime<Utc>,
) -> Result<(String, Seen), sqlx::Error> {
    let mut tx = db.office(organization).await?;
    let code = proof::organization_code(&mut tx).await?;
    let since = match proof.needs {
        Some(table) => retention::rows_since(&mut tx, table).await?.map_or(since, |all| all.max(since)),
        None => since,
    };
    let seen = proof::look(&mut tx, proof, since).await?;
    tx.rollback().await?;
    Ok((code, seen))
}

/// An error that names how many do not hold.
pub fn conclude(proven: &[Proven]) -> anyhow::Result<()> {
    let broken = proven.iter().filter(|it| !it.holds()).count();
    ensure!(broken == 0, "{broken} of {} proofs do not hold: see above", proven.len());
    Ok(())
}

impl Display for Proven {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let verdict = if self.holds() { "holds" } else { "BROKEN" };
        let ms = self.took.as_secs_f64() * 1e3;
        write!(
            f,
            "{verdict:<7}{:<50}{:>9} rows {:>6} offend {ms:>9.1} ms",
            self.name, self.rows, self.offenders
        )?;
        for words in &self.first {
            write!(f, "\n         {words}")?;
        }
        let untold = usize::try_from(self.offenders).unwrap_or_default().saturating_sub(self.first.len());
        if untold > 0 {
            write!(f, "\n         and {untold} more")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proven(offenders: i64, first: &[&str]) -> Proven {
        let first = first.iter().map(|words| (*words).to_owned()).collect();
        Proven { name: "all is well", rows: 7, offenders, first, took: Duration::from_millis(3) }
    }

    #[test]
    fn a_broken_promise_names_its_offenders_and_fails() {
        let broken = proven(3, &["ACME: WO-1 counts 2"]);
        let told = broken.to_string();
        assert!(told.starts_with("BROKEN all is well"), "{told}");
        assert!(told.ends_with("ACME: WO-1 counts 2\n         and 2 more"), "{told}");
        assert!(conclude(&[proven(0, &[]), broken]).unwrap_err().to_string().starts_with("1 of 2 proofs"));
    }

    #[test]
    fn an_organization_that_could_not_be_looked_at_is_not_proven() {
        assert!(proven(0, &[]).holds());
        assert!(conclude(&[proven(0, &["organization 3 could not be looked at: timeout"])]).is_err());
    }
}
