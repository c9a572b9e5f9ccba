//! A scan comes in with the screen it was made on; an echo and perhaps a way to go come out.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{EventId, InspectionPointId, OperationId};
use ts_rs::TS;

/// One key of a wedge burst, as the page caught it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Stroke {
    /// `KeyboardEvent.key`
    pub key: String,
    /// `KeyboardEvent.code`
    pub code: String,
    /// `performance.now()` in milliseconds.
    pub t_ms: f64,
    /// Modifier.
    pub shift: bool,
    /// Modifier.
    pub ctrl: bool,
    /// Modifier.
    pub alt: bool,
    /// Modifier.
    pub altgr: bool,
}

/// The screen a person looks at: a badge at a handover means something else than at home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Screen {
    /// Station home.
    Home,
    /// The report pad of a job.
    Report {
        /// Which job.
        operation: OperationId,
    },
    /// An inspection.
    Inspection {
        /// Of which job.
        operation: OperationId,
        /// Which checkpoint; none = the one that is due.
        point: Option<InspectionPointId>,
    },
    /// An NCR to complete.
    Ncr {
        /// Which.
        uid: EventId,
    },
    /// Shift handover.
    Handover,
    /// Records and sync.
    Records,
}

/// How a scan was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ScanAnswer {
    /// What it was understood as; also in the next frame.
    pub echo: Echo,
    /// Where to go now; none = stay.
    pub go: Option<Screen>,
}

/// Mood of an echo: colour, tone and icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Done.
    Good,
    /// Understood; nothing to do, or a question.
    Note,
    /// Refused; stays until read.
    Bad,
}

/// What a scan (or a saved act) was understood as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Echo {
    /// Identity of this echo, so that "read" can be said of it.
    #[ts(type = "number")]
    pub no: u64,
    /// Mood.
    pub tone: Tone,
    /// Picks the words: `echo.<code>`, e.g. `order_started`, `unknown_code`, `foreign_label`.
    pub code: String,
    /// What fills the words, e.g. `order`, `name`, `expected`.
    pub params: BTreeMap<String, String>,
    /// The code as read (never a badge's content), at most 80 characters.
    pub raw: Option<String>,
    /// e.g. `QR`, none for typed codes.
    pub symbology: Option<String>,
    /// `wedge`, `image`, `typed` or `touch`.
    pub source: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A code on the demo tray.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TrayCode {
    /// `badge`, `order`, `operation`, `machine`, `lot`, `command`, `wrong`.
    pub kind: String,
    /// Words under it.
    pub label: String,
    /// What a scanner would read.
    pub code: String,
    /// The QR symbol as SVG.
    pub svg: String,
}
