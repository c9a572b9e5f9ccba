//! Whether the restored database is what the manifest says, and whether its new life began.

use std::collections::BTreeMap;
use std::fmt::Display;

use anyhow::{bail, ensure};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::IDENTITY_STEP;
use crate::backup::manifest::Manifest;
use crate::db::backup::{self, Content};
use crate::db::restore as db;

/// Differences that are spelled out; the others are counted.
const SHOWN: usize = 8;

/// Rows, migrations and structure. On a newer PostgreSQL, which may write the same definition in other
/// words, a difference in structure is a note.
pub async fn same(options: &PgConnectOptions, manifest: &Manifest) -> anyhow::Result<Vec<String>> {
    let mut reader = backup::reader(options).await?;
    let rows = differences(&manifest.tables, &backup::contents(&mut reader).await?);
    ensure!(rows.is_empty(), "the restored rows are not those of the backup: {}", told(&rows));
    let migrations = backup::migrations(&mut reader).await?;
    ensure!(migrations == manifest.migrations, "the restored database has another history of migrations");
    let behind: Vec<String> = backup::identities(&mut reader)
        .await?
        .into_iter()
        .filter(|(name, last)| manifest.identities.get(name).is_some_and(|then| last < then))
        .map(|(name, last)| format!("{name} at {last}"))
        .collect();
    ensure!(behind.is_empty(), "identities came back behind the backup's: {}", told(&behind));
    let structure = differences(&manifest.structure, &backup::structure(&mut reader).await?);
    let is_newer = backup::place(&mut reader).await?.postgres > manifest.place.postgres;
    reader.close().await?;
    if structure.is_empty() {
        return Ok(Vec::new());
    }
    let difference = format!("structure or rights differ from the backup's: {}", told(&structure));
    if is_newer { Ok(vec![difference]) } else { bail!(difference) }
}

/// Begins the new epoch and sees that it did what it is for.
pub async fn new_life(
    connection: &mut PgConnection,
    options: &PgConnectOptions,
    manifest: &Manifest,
) -> anyhow::Result<Uuid> {
    let epoch = db::start_new_epoch(connection).await?;
    let mut reader = backup::reader(options).await?;
    ensure!(
        Some(epoch) != manifest.epoch && backup::epoch(&mut reader).await? == Some(epoch),
        "the restored database did not begin a new epoch"
    );
    let old = db::rows_not_restamped(&mut reader).await?;
    ensure!(old == 0, "{old} rows of the feed were not stamped anew: terminals would miss them");
    let now = backup::identities(&mut reader).await?;
    reader.close().await?;
    let behind: Vec<String> = manifest
        .identities
        .iter()
        .filter(|(name, then)| now.get(*name).is_none_or(|now| *now < **then + IDENTITY_STEP))
        .map(|(name, _)| name.clone())
        .collect();
    ensure!(behind.is_empty(), "identities were not moved on by {IDENTITY_STEP}: {}", told(&behind));
    Ok(epoch)
}

/// What is missing, more, or other, by name.
fn differences<T: Said + PartialEq>(then: &BTreeMap<String, T>, now: &BTreeMap<String, T>) -> Vec<String> {
    let gone_or_other = then.iter().filter_map(|(name, was)| match now.get(name) {
        None => Some(format!("{name} is missing")),
        Some(is) if is != was => Some(format!("{name}: {}, was {}", is.said(), was.said())),
        Some(_) => None,
    });
    let more = now.keys().filter(|name| !then.contains_key(*name)).map(|name| format!("{name} is new"));
    gone_or_other.chain(more).collect()
}

fn told<T: Display>(all: &[T]) -> String {
    let shown: Vec<String> = all.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(SHOWN);
    if more == 0 { shown.join("; ") } else { format!("{}; and {more} more", shown.join("; ")) }
}

/// How a value is put in a sentence.
trait Said {
    fn said(&self) -> String;
}

impl Said for String {
    fn said(&self) -> String {
        self.clone()
    }
}

impl Said for Content {
    fn said(&self) -> String {
        format!("{} rows (checksum {})", self.rows, self.checksum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_named_by_subject() {
        let of = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<BTreeMap<_, _>>()
        };
        let (then, now) =
            (of(&[("a", "1"), ("b", "1"), ("c", "1")]), of(&[("a", "1"), ("b", "2"), ("d", "1")]));
        assert_eq!(differences(&then, &now), ["b: 2, was 1", "c is missing", "d is new"]);
        assert_eq!(differences(&then, &then), [""; 0]);
        assert!(told(&[0; 11]).ends_with("and 3 more"));
    }
}
