//! From codes to ids, from local times to instants, from secrets to hashes.

use std::collections::{HashMap, HashSet};

use chrono::{LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use super::kind::{Column, Kind, Reference, Stored, Type};
use super::record::Record;
use super::report::Reason;
use super::value;
use crate::db::TenantTx;
use crate::db::import;

/// Codes of one look-up.
const WANTED_AT_ONCE: usize = 5_000;

/// A row whose codes are looked up.
pub struct Resolved {
    /// What it was made of.
    pub record: Record,
    /// Ids and numbers under the names by which others refer to them, and what references carried.
    pub named: Map<String, Value>,
    /// Ids behind lists of codes, by column.
    pub lists: HashMap<&'static str, Vec<i32>>,
    /// Why it is refused.
    pub reasons: Vec<Reason>,
    /// Whether it waits for another row of this kind.
    pub waits: bool,
}

/// What was refused before: by table and code, where.
pub type Refused = HashMap<(&'static str, String), String>;

/// Looks up everything that these rows refer to.
pub async fn references(
    tx: &mut TenantTx,
    kind: &'static Kind,
    records: Vec<Record>,
    refused: &Refused,
) -> Result<Vec<Resolved>, sqlx::Error> {
    let keys: HashSet<Vec<String>> = records.iter().map(|record| record.key.clone()).collect();
    let mut rows: Vec<Resolved> = records.into_iter().map(|record| resolved(kind, record)).collect();
    for (at, column) in kind.columns.iter().enumerate() {
        match &column.of {
            Type::Refers(to) => one(tx, kind, (at, column), to, &mut rows, &keys, refused).await?,
            Type::ReferAll(to) => all(tx, (at, column), to, &mut rows, refused).await?,
            _ => {}
        }
    }
    Ok(rows)
}

fn resolved(kind: &Kind, record: Record) -> Resolved {
    let mut named = Map::new();
    for (column, value) in kind.columns.iter().zip(&record.values) {
        if let (Type::Integer(..), Stored::In(name) | Stored::Finds(name), Some(value)) =
            (column.of, column.stored, value)
        {
            named.insert(name.to_owned(), value.clone());
        }
    }
    Resolved { record, named, lists: HashMap::new(), reasons: Vec::new(), waits: false }
}

async fn one(
    tx: &mut TenantTx,
    kind: &'static Kind,
    (at, column): (usize, &'static Column),
    to: &'static Reference,
    rows: &mut [Resolved],
    keys: &HashSet<Vec<String>>,
    refused: &Refused,
) -> Result<(), sqlx::Error> {
    let mut wanted = Vec::new();
    for (n, row) in rows.iter_mut().enumerate() {
        let Some(code) = row.record.values[at].as_ref().filter(|code| !code.is_null()) else { continue };
        let mut entry = json!({"n": n, "code": code});
        let missing = to.within.iter().find(|within| match row.named.get(within.column) {
            Some(value) if !value.is_null() => {
                entry[within.column] = value.clone();
                false
            }
            _ => true,
        });
        match missing {
            None => wanted.push(entry),
            // Where what it lies within is refused itself, that says enough.
            Some(within) if row.reasons.iter().any(|it| it.column == Some(within.said_by)) => {}
            Some(within) => row.reasons.push(Reason::column(
                column.name,
                format!(
                    "{} is looked for within {}: expected it, too",
                    value::article(to.one),
                    within.said_by
                ),
            )),
        }
    }
    let mut found = HashMap::new();
    for wanted in wanted.chunks(WANTED_AT_ONCE) {
        found.extend(import::find(tx, to, wanted).await?.into_iter().map(|it| (it.n, (it.id, it.carried))));
    }
    for n in wanted.iter().filter_map(|it| it["n"].as_u64()).filter_map(|n| i32::try_from(n).ok()) {
        let Some(row) = usize::try_from(n).ok().and_then(|n| rows.get_mut(n)) else { continue };
        match found.remove(&n) {
            Some((id, carried)) => {
                row.named.extend(carried.as_object().cloned().unwrap_or_default());
                if let Stored::In(name) | Stored::Finds(name) = column.stored {
                    row.named.insert(name.to_owned(), json!(id));
                } else {
                    row.named.insert(column.name.to_owned(), json!(id));
                }
            }
            None => unknown(kind, (at, column), to, row, keys, refused),
        }
    }
    Ok(())
}

/// It may be a row of this very sheet that is not written yet.
fn unknown(
    kind: &'static Kind,
    (at, column): (usize, &'static Column),
    to: &'static Reference,
    row: &mut Resolved,
    keys: &HashSet<Vec<String>>,
    refused: &Refused,
) {
    let code = written(row.record.values[at].as_ref());
    if to.table == kind.table {
        let mut key = row.record.key.clone();
        if let Some(last) = key.last_mut() {
            last.clone_from(&code);
        }
        if key != row.record.key && keys.contains(&key) {
            row.waits = true;
            return;
        }
    }
    let within: Vec<String> = to.within.iter().map(|it| said(kind, row, it.said_by)).collect();
    row.reasons.push(Reason::column(column.name, not_there(to, &code, &within.concat(), refused)));
}

fn said(kind: &Kind, row: &Resolved, by: &str) -> String {
    let at = kind.columns.iter().position(|column| column.name == by);
    let text = at.map(|at| written(row.record.values[at].as_ref())).unwrap_or_default();
    format!(" of {} {text}", by.replace('_', " "))
}

fn not_there(to: &Reference, code: &str, within: &str, refused: &Refused) -> String {
    match refused.get(&(to.table, code.to_owned())) {
        Some(place) => format!("{} {code} is refused itself: {place}", to.one),
        None => format!("there is no {} {code}{within}, neither in this import nor in the database", to.one),
    }
}

fn written(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(value) => value.to_string(),
    }
}

async fn all(
    tx: &mut TenantTx,
    (at, column): (usize, &'static Column),
    to: &'static Reference,
    rows: &mut [Resolved],
    refused: &Refused,
) -> Result<(), sqlx::Error> {
    let mut codes: Vec<String> = Vec::new();
    for row in rows.iter() {
        codes.extend(
            row.record.values[at]
                .as_ref()
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(|it| written(Some(it))),
        );
    }
    codes.sort();
    codes.dedup();
    let wanted: Vec<Value> =
        codes.iter().enumerate().map(|(n, code)| json!({"n": n, "code": code})).collect();
    let found = import::find(tx, to, &wanted).await?;
    let ids: HashMap<&String, i32> =
        found.iter().filter_map(|it| Some((codes.get(usize::try_from(it.n).ok()?)?, it.id))).collect();
    for row in rows.iter_mut() {
        let Some(list) = row.record.values[at].as_ref().and_then(Value::as_array) else { continue };
        let mut known = Vec::new();
        for code in list.iter().map(|code| written(Some(code))) {
            match ids.get(&code) {
                Some(id) => known.push(*id),
                None => row.reasons.push(Reason::column(column.name, not_there(to, &code, "", refused))),
            }
        }
        known.sort_unstable();
        known.dedup();
        row.lists.insert(column.name, known);
    }
    Ok(())
}

/// Makes instants of moments without an offset, by the clocks of the row's plant.
pub fn moments(kind: &Kind, rows: &mut [Resolved], zones: &HashMap<i64, String>) {
    let columns = kind.columns.iter().enumerate().filter(|(_, it)| matches!(it.of, Type::Moment { .. }));
    for (at, column) in columns {
        for row in rows.iter_mut() {
            let plant = row.named.get("plant_id").and_then(Value::as_i64);
            let zone = plant.and_then(|plant| zones.get(&plant)).and_then(|zone| zone.parse::<Tz>().ok());
            let Some((Value::String(text), zone)) = row.record.values[at].as_mut().zip(zone) else {
                continue;
            };
            match instant(text, zone) {
                Ok(instant) => *text = instant,
                Err(says) => row.reasons.push(Reason::column(column.name, says)),
            }
        }
    }
}

fn instant(text: &str, zone: Tz) -> Result<String, String> {
    let Ok(local) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S") else {
        return Ok(text.to_owned());
    };
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Ok(at.to_rfc3339()),
        LocalResult::None => {
            Err(format!("the clocks of {zone} never show {local}: expected a time that they show"))
        }
        LocalResult::Ambiguous(first, second) => Err(format!(
            "the clocks of {zone} show {local} twice: expected {} or {}",
            first.to_rfc3339(),
            second.to_rfc3339()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_clocks_show_never_or_twice_is_refused() {
        let zone = Tz::Europe__Berlin;
        assert_eq!(instant("2026-11-30T06:00:00", zone).unwrap(), "2026-11-30T06:00:00+01:00");
        assert_eq!(instant("2026-11-30T06:00:00+02:00", zone).unwrap(), "2026-11-30T06:00:00+02:00");
        assert!(instant("2026-03-29T02:30:00", zone).unwrap_err().contains("never show"));
        let twice = instant("2026-10-25T02:30:00", zone).unwrap_err();
        assert!(twice.contains("2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"), "{twice}");
    }
}
