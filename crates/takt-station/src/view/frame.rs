//! What stands around every screen: where, how the shift goes, whether it is all safe, who.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{EventId, MachineId, Quantity, UserId};
use ts_rs::TS;

use super::{Refusal, scan::Echo};

/// Pushed to the UI whenever anything a person can see has changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Frame {
    /// Grows with every change: a screen fetches its own view again when it does.
    #[ts(type = "number")]
    pub revision: u64,
    /// What the terminal is at.
    pub phase: Phase,
    /// Language of the words: the badge's, or the station's before a badge.
    pub locale: String,
    /// `light` or `dark`: the station's setting.
    pub theme: Theme,
    /// Where this terminal stands; none before enrolment.
    pub place: Option<Place>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// The shift that runs now at this plant; none = no shift is planned now.
    pub shift: Option<ShiftProgress>,
    /// The three ticks and the line to the plant.
    pub sync: SyncState,
    /// The last scan and what it was understood as.
    pub echo: Option<Echo>,
    /// The last booking while it can be taken back.
    pub undo: Option<Undo>,
    /// A tray of codes to tap instead of scan is there (demo plant).
    pub demo: bool,
    /// The terminal's clock, corrected to the server's.
    pub now: DateTime<Utc>,
}

/// What the terminal is at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Phase {
    /// Not enrolled: the first start.
    Enrol {
        /// Proposed server address.
        server: String,
        /// Enrolment is under way.
        busy: bool,
        /// Why the last try failed: `enrol_code_unknown`, `_used`, `_expired`, `no_network`, …
        failed: Option<Refusal>,
    },
    /// Enrolled; the first mirror of the plant is being fetched.
    FirstSync {
        /// Rows received so far.
        rows: u32,
    },
    /// Nobody is signed in. Nothing running is hidden: the frame stays.
    Locked {
        /// A badge was read that also wants a PIN.
        pin: Option<PinPrompt>,
        /// Why the last badge or PIN was refused.
        failed: Option<Refusal>,
    },
    /// Somebody works.
    Open,
}

/// A badge that also wants a PIN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PinPrompt {
    /// Whose.
    pub name: String,
    /// Initials.
    pub initials: String,
    /// How many digits at most.
    pub digits_max: u8,
    /// Locked out until then after too many failures.
    pub locked_until: Option<DateTime<Utc>>,
}

/// Colours for bright or dark halls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Theme {
    Light,
    Dark,
}

/// Where this terminal stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct Place {
    pub organization_name: String,
    pub plant_name: String,
    /// IANA zone: every time on screen is shown in it.
    pub zone: String,
    pub work_center_code: String,
    pub work_center_name: String,
    pub machine_id: Option<MachineId>,
    pub device_code: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub initials: String,
    /// May record inspections.
    pub inspects: bool,
    /// May hand shifts over.
    pub leads: bool,
}

/// The running shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[allow(missing_docs)]
pub struct ShiftProgress {
    pub name: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// Good pieces booked at this work center in this shift.
    pub good: Quantity,
    /// Zero = no target.
    pub target: Quantity,
    /// 0..1 of the shift's time.
    pub elapsed_ratio: f64,
    /// 0..; good of target, none without a target.
    pub attained_ratio: Option<f64>,
}

/// Whether it is all safe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncState {
    /// Records made here in this shift (or today without one): durable on this disk.
    pub on_terminal: u32,
    /// Of those, in custody of the plant's server.
    pub at_plant: u32,
    /// Of those, in the ERP; none = no ERP connected.
    pub in_erp: Option<u32>,
    /// All unsent records, of whatever day.
    pub unsent: u32,
    /// Since when the oldest waits.
    pub oldest_unsent_at: Option<DateTime<Utc>>,
    /// Records that a person should look at.
    pub problems: u32,
    /// The line to the plant.
    pub link: Link,
    /// Last answer of the server.
    pub last_contact_at: Option<DateTime<Utc>>,
    /// Room for records.
    pub storage: Storage,
}

/// The line to the plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Answered lately.
    Online,
    /// Sending now.
    Busy,
    /// Cannot be reached; work goes on.
    Offline,
    /// The server refuses this device.
    Refused,
}

/// Room for records on this terminal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Storage {
    /// Bytes used.
    #[ts(type = "number")]
    pub used: u64,
    /// Bytes allowed.
    #[ts(type = "number")]
    pub quota: u64,
    /// 0..1.
    pub ratio: f64,
    /// `ok`, `watch` (50 %), `low` (80 %), `critical` (95 %) or `full`.
    pub level: StorageLevel,
}

/// How much room is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum StorageLevel {
    Ok,
    Watch,
    Low,
    Critical,
    Full,
}

/// A booking that can still be taken back, as a counter-entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Undo {
    /// The booking: its first event.
    pub booking: EventId,
    /// Number of the order it was booked on.
    pub order: String,
    /// What was booked.
    pub good: Quantity,
    /// What was booked.
    pub scrap: Quantity,
    /// What was booked.
    pub rework: Quantity,
    /// Until when it can be undone.
    pub until: DateTime<Utc>,
}
