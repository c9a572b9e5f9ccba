//! One thing that happened, as it lies in the outbox and travels: immutable once queued.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{BootId, EventId, UserId};

/// Ordering and urgency: `seq` is dense per install and lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Lane {
    /// Help calls, holds.
    Urgent = 0,
    /// Everything with a stream: operations, inspections, machine states, handovers.
    Work = 1,
    /// Audit and telemetry: sign-ins, scans, health.
    Audit = 2,
    /// Attachments.
    Attachment = 3,
}

impl Lane {
    /// All lanes, most urgent first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::Work, Self::Audit, Self::Attachment];
}

impl From<Lane> for u8 {
    fn from(lane: Lane) -> Self {
        lane as Self
    }
}

/// A lane number that this build does not know.
#[derive(Debug, thiserror::Error)]
#[error("lane {0} is not 0, 1, 2 or 3")]
pub struct UnknownLane(pub u8);

impl TryFrom<u8> for Lane {
    type Error = UnknownLane;
    fn try_from(n: u8) -> Result<Self, UnknownLane> {
        Self::ALL.into_iter().find(|lane| *lane as u8 == n).ok_or(UnknownLane(n))
    }
}

/// An event as queued and sent. The payload stays opaque here, so that the centre can keep what
/// it cannot yet read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where it queues.
    pub lane: Lane,
    /// Dense per (install, lane), from 1.
    pub seq: i64,
    /// UUIDv7: the row's identity everywhere.
    pub event_id: EventId,
    /// What it belongs to; order holds inside a stream. `None` only on the audit lane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream_key: Option<String>,
    /// Kind of the payload, see [`crate::payload::Payload::kind`].
    #[serde(rename = "type")]
    pub kind: String,
    /// Version of the payload.
    pub version: u16,
    /// What the terminal's own clock said, uncorrected.
    pub device_time: DateTime<Utc>,
    /// Milliseconds since the machine booted.
    pub monotonic_ms: i64,
    /// Which boot that was.
    pub boot_id: BootId,
    /// Device clock minus server clock at the last measurement, in ms; none before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// How old that measurement was, in ms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_age_ms: Option<i64>,
    /// Who did it; none before anybody signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<UserId>,
    /// What happened.
    pub payload: serde_json::Value,
}

/// One event at most; larger content is an attachment by hash.
pub const EVENT_BYTES_MAX: usize = 64 * 1024;
