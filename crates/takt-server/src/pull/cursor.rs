//! Where a terminal stands in the feed: signed, opaque to it, refused when it fits nothing any more.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::DeviceId;
use takt_wire::row::TABLES;
use uuid::Uuid;

use crate::db::device::Device;
use crate::db::feed::{Key, Window};
use crate::keys::{Keys, SignatureRefused};

/// Raised when cursors or bodies change their meaning: everybody then starts over.
const VERSION: u16 = 2;
/// As long as tombstones live.
const DAYS_VALID: i64 = 180;

/// A place in the feed, and what it is valid for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    version: u16,
    tables: usize,
    device: DeviceId,
    epoch: Uuid,
    scope_version: i32,
    issued_at: DateTime<Utc>,
    /// Where it stands.
    pub position: Position,
}

/// The two ways down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Position {
    /// In the first sync.
    First {
        /// Index into [`TABLES`].
        table: usize,
        /// The last id of it.
        after: i64,
        /// The snapshot at the start; the differences begin there.
        snapshot: String,
        /// Marks the rows of this sync.
        generation: i64,
    },
    /// In the differences.
    Delta {
        /// What is known.
        prev: String,
        /// What the window in work leads to; none = a new window.
        cur: Option<String>,
        /// Where in the window.
        #[serde(with = "KeyParts")]
        after: Key,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Key")]
struct KeyParts {
    tbl: String,
    row_id: i64,
}

impl Position {
    /// On in the first sync.
    pub fn first_from(&self, table: usize, after: i64) -> Self {
        match self {
            Self::First { snapshot, generation, .. } => {
                Self::First { table, after, snapshot: snapshot.clone(), generation: *generation }
            }
            Self::Delta { .. } => self.clone(),
        }
    }

    /// The first sync is done.
    pub fn then_delta(&self) -> Self {
        match self {
            Self::First { snapshot, .. } => Self::since(snapshot.clone()),
            Self::Delta { .. } => self.clone(),
        }
    }

    /// A new window begins where `prev` ended.
    pub fn since(prev: String) -> Self {
        Self::Delta { prev, cur: None, after: Key { tbl: String::new(), row_id: 0 } }
    }

    /// On in a window.
    pub fn within(window: &Window<'_>, after: Key) -> Self {
        Self::Delta { prev: window.prev.to_owned(), cur: Some(window.cur.to_owned()), after }
    }
}

impl Cursor {
    /// The first sync begins.
    pub fn first(device: &Device, epoch: Uuid, snapshot: String, now: DateTime<Utc>) -> Self {
        let generation = now.timestamp_millis();
        Self {
            version: VERSION,
            tables: TABLES.len(),
            device: device.id,
            epoch,
            scope_version: device.scope_version,
            issued_at: now,
            position: Position::First { table: 0, after: i64::MIN, snapshot, generation },
        }
    }

    /// Reads a cursor; the error says why it leads nowhere.
    pub fn read(
        keys: &Keys,
        text: &str,
        device: &Device,
        epoch: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Self, &'static str> {
        let cursor: Self = keys.open("cursor", text).map_err(|refused| match refused {
            SignatureRefused::Foreign => "this cursor is not of this server",
            SignatureRefused::Expired => "this cursor is too old",
        })?;
        let fits = cursor.version == VERSION && cursor.tables == TABLES.len();
        match () {
            () if !fits => Err("this cursor is of another release"),
            () if cursor.device != device.id => Err("this cursor is another device's"),
            () if cursor.epoch != epoch => Err("this cursor is of another epoch"),
            () if cursor.scope_version != device.scope_version => Err("what this device may see has changed"),
            () if now - cursor.issued_at > TimeDelta::days(DAYS_VALID) => Err("this cursor is too old"),
            () => Ok(cursor),
        }
    }

    /// The same, further on.
    pub fn at(&self, position: Position, now: DateTime<Utc>) -> Self {
        Self { issued_at: now, position, ..self.clone() }
    }

    /// In the words of the wire.
    pub fn seal(&self, keys: &Keys) -> String {
        keys.seal("cursor", self)
    }

    /// Of the first sync; 0 afterwards.
    pub fn generation(&self) -> i64 {
        match self.position {
            Position::First { generation, .. } => generation,
            Position::Delta { .. } => 0,
        }
    }
}
