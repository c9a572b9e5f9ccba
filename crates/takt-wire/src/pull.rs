//! `GET /sync/v1/pull`: what changed at the centre comes down, in pages.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{Epoch, EventId};

use crate::push::Verdict;

/// Rows in one page at most.
pub const PAGE_ROWS_MAX: usize = 2_000;
/// Seconds a long poll may wait at most.
pub const WAIT_SECONDS_MAX: u64 = 25;

/// Events named in [`PullPage::own_kept`] at most; more are not told.
pub const OWN_KEPT_MAX: usize = 1_000;

/// The query string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullQuery {
    /// Opaque, signed; none for the first sync.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// Seconds to wait for a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<u64>,
}

/// A changed row: its whole body, or the word that it is gone from this terminal's scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowChange {
    /// The table, as in [`crate::row`].
    pub tbl: String,
    /// The row.
    pub id: i64,
    /// The row's columns; none when it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
}

/// An event that was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptEvent {
    /// Which.
    pub event_id: EventId,
    /// `rejected`, or `quarantined` or `held`: then it may still be applied.
    pub verdict: Verdict,
}

/// One page. The terminal stores `cursor` in the transaction that applies the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PullPage {
    /// The server's epoch.
    pub epoch: Epoch,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
    /// Where to go on.
    pub cursor: String,
    /// Whether more is waiting now.
    pub more: bool,
    /// While the first sync runs: rows of this generation are new, older ones are swept when the
    /// snapshot ends. 0 in a delta page.
    pub generation: i64,
    /// The page that ends a snapshot: rows of an older generation are to be swept.
    pub snapshot_done: bool,
    /// Seq per lane of this install up to which the rows below already contain its events: what a
    /// terminal adds to the counters of a row is what it booked after that.
    pub own_through: BTreeMap<u8, i64>,
    /// Events of this terminal that the plant keeps without having applied them, as of the same
    /// moment: no row contains them, and what is not among them any more has been settled. None = not
    /// told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_kept: Option<Vec<KeptEvent>>,
    /// The rows.
    pub rows: Vec<RowChange>,
}
