//! From a batch to verdicts, whatever the database says: what it refuses is found by halving and
//! kept with its SQLSTATE; what is nobody's fault is tried again whole.

use std::time::Duration;

use takt_wire::push::EventVerdict;

use super::Incoming;
use super::batch::{Failed, attempt};
use super::verdict::{Reason, code};
use crate::db::Db;
use crate::db::device::Device;

/// Tries of a transaction that others got in the way of.
const TRIES: u32 = 6;
/// Pause before the second try; doubles with each.
const PAUSE: Duration = Duration::from_millis(15);

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody's: try again.
    Chance,
    /// An event's: the database will refuse it every time.
    Event,
    /// The database's: come back later.
    Database,
}

/// Tells by SQLSTATE. Data, integrity and rules of our own are an event's; everything a healthy
/// database says only of our own mistakes is, too: the event waits for a repaired server.
///
/// A statement that took too long or was cancelled (57014) says nothing of the event: a disk that
/// stalls for 30 s must not set innocent ones aside for good. No event makes a statement endless,
/// since each is bounded by the rows of its batch; so there is no count of tries after which one is
/// quarantined all the same.
pub fn fault(error: &sqlx::Error) -> Fault {
    let sqlx::Error::Database(refused) = error else {
        return match error {
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => Fault::Chance,
            sqlx::Error::Encode(_) | sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => {
                Fault::Event
            }
            _ => Fault::Database,
        };
    };
    let state = refused.code().unwrap_or_default();
    match state.as_ref() {
        "40001" | "40P01" | "55P03" => Fault::Chance,
        _ => match state.get(..2) {
            Some("08") => Fault::Chance,
            Some("53" | "57" | "58" | "25" | "28" | "3D") => Fault::Database,
            _ => Fault::Event,
        },
    }
}

/// Why the database refused an event: in our words for the terminal, in its own for the quarantine.
pub fn reason(error: &sqlx::Error) -> Reason {
    let refused = error.as_database_error();
    let state = refused.and_then(sqlx::error::DatabaseError::code).map(|code| code.into_owned());
    let (code, words) = match state.as_deref().and_then(|state| state.get(..2)) {
        Some("22" | "23" | "TK" | "P0") => (code::CONSTRAINT, "the plant's rules do not allow it"),
        _ if state.as_deref() == Some("42501") => (code::FORBIDDEN, "this device may not do it"),
        _ => (code::INTERNAL, "the server failed on it"),
    };
    let constraint = refused.and_then(|refused| refused.constraint()).map(|name| format!(" ({name})"));
    let database = Some(format!("{error}{}", constraint.unwrap_or_default()));
    Reason { sqlstate: state, database, ..Reason::new(code, words) }
}

/// Verdicts for all of them. Each part is its own transaction, the earlier part first.
pub async fn settle(
    db: &Db,
    device: &Device,
    items: Vec<Incoming>,
) -> Result<Vec<EventVerdict>, sqlx::Error> {
    let mut verdicts = Vec::new();
    let mut parts: Vec<&[Incoming]> = vec![&items];
    while let Some(part) = parts.pop() {
        match whole(db, device, part, None).await {
            Ok(settled) => verdicts.extend(settled),
            Err(error) if fault(&error) != Fault::Event => return Err(error),
            Err(error) if part.len() > 1 => {
                tracing::debug!(%error, events = part.len(), "halving a refused batch");
                let (earlier, later) = part.split_at(part.len() / 2);
                parts.extend([later, earlier]);
            }
            Err(error) => {
                let refusal = reason(&error);
                tracing::warn!(event = %part[0].event.event_id, kind = part[0].event.kind, code = refusal.code,
                    sqlstate = refusal.sqlstate, said = refusal.database, "an event is refused by the database and kept");
                verdicts.extend(whole(db, device, part, Some(&refusal)).await?);
            }
        }
    }
    verdicts.sort_by_key(|verdict| (verdict.lane, verdict.seq));
    Ok(verdicts)
}

/// One transaction, again when others got in its way.
async fn whole(
    db: &Db,
    device: &Device,
    part: &[Incoming],
    refusal: Option<&Reason>,
) -> Result<Vec<EventVerdict>, sqlx::Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        match attempt(db, device, part, refusal).await {
            Ok(verdicts) => return Ok(verdicts),
            Err(Failed::Overtaken) if tries < TRIES => {}
            Err(Failed::Overtaken) => return Err(sqlx::Error::PoolTimedOut),
            Err(Failed::Database(error)) if fault(&error) == Fault::Chance && tries < TRIES => {
                tracing::debug!(%error, tries, "trying a batch again");
            }
            Err(Failed::Database(error)) => return Err(error),
        }
        tokio::time::sleep(PAUSE * 2_u32.pow(tries)).await;
    }
}
