//! What the terminal holds of the shift: its own database file, read and never written.
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, Row};
use takt_wire::payload::{InspectionRecorded, Payload};
use uuid::Uuid;

/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// One event as it lies in the outbox.
#[derive(Debug, Clone)]
pub struct Event {
    pub id: Uuid,
    pub kind: String,
    /// The plant has it in custody, as far as the terminal knows.
    pub acked: bool,
    payload: String,
}

impl Event {
    /// Rows that an inspection brings besides its own: one per reading.
    pub fn readings(&self) -> Result<Vec<Uuid>> {
        if self.kind != InspectionRecorded::KIND {
            return Ok(Vec::new());
        }
        let inspection: InspectionRecorded = serde_json::from_str(&self.payload)?;
        Ok(inspection.readings.iter().map(|reading| reading.uid).collect())
    }
}

/// Every event a station has ever queued, in order.
pub fn read(station: &Path) -> Result<Vec<Event>> {
    let conn = open(station)?;
    let mut statement =
        conn.prepare("select event_id, kind, acked_at is not null, payload from outbox order by position")?;
    let events = statement.query_map([], event)?;
    events.collect::<rusqlite::Result<_>>().context("the outbox cannot be read")
}

/// Events that a person should look at.
pub fn problems(station: &Path) -> Result<Vec<String>> {
    let conn = open(station)?;
    let sql = "select o.kind || ': ' || p.verdict || ' ' || p.code || coalesce(' (' || p.detail || ')', '')
               from outbox_problem p join outbox o using (event_id) order by o.position";
    let mut statement = conn.prepare(sql)?;
    let problems = statement.query_map([], |row| row.get(0))?;
    problems.collect::<rusqlite::Result<_>>().context("the problems cannot be read")
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let id: [u8; 16] = row.get(0)?;
    Ok(Event { id: Uuid::from_bytes(id), kind: row.get(1)?, acked: row.get(2)?, payload: row.get(3)? })
}

fn open(station: &Path) -> Result<Connection> {
    let file = database(station)?;
    Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("cannot open {}", file.display()))
}

/// Whatever it is called: the one SQLite file in the station's folder.
fn database(station: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(station).with_context(|| format!("no station in {}", station.display()))?;
    let mut files = entries.flatten().map(|entry| entry.path()).filter(|path| is_sqlite(path));
    files.next().with_context(|| format!("no database in {}", station.display()))
}

fn is_sqlite(path: &Path) -> bool {
    let mut start = [0; MAGIC.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && &start == MAGIC
}
