//! When something happened, by the server's reckoning. A terminal's clock may be wrong by anything;
//! an unclamped one would scatter rows over a thousand chunks.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use takt_domain::BootId;
use takt_wire::envelope::Event;
use takt_wire::push::PushRequest;

/// Later than this after receipt is clamped to it.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(5);
/// Further back than this needs monotonic proof.
const BACK_MAX: TimeDelta = TimeDelta::days(90);
/// How far clocks may disagree about the moment of enrolment.
const ENROLMENT_SLACK: TimeDelta = TimeDelta::hours(1);
/// Offset and monotonic clock agree within this: two seconds and the age of the measurement's drift.
const AGREE: TimeDelta = TimeDelta::seconds(2);
/// An offset below this is none.
const IN_STEP: TimeDelta = TimeDelta::seconds(1);

/// What a time rests on (`time_quality`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeQuality {
    /// The terminal's clock was in step.
    Synced,
    /// Its clock, corrected by the measured offset.
    Offset,
    /// Counted back from receipt by the machine's uptime.
    Monotonic,
    /// It said the future.
    Clamped,
}

impl TimeQuality {
    /// As in the column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Synced => "SYNCED",
            Self::Offset => "OFFSET",
            Self::Monotonic => "MONOTONIC",
            Self::Clamped => "CLAMPED",
        }
    }

    /// From the column.
    pub fn from_column(word: &str) -> Self {
        match word {
            "OFFSET" => Self::Offset,
            "MONOTONIC" => Self::Monotonic,
            "CLAMPED" => Self::Clamped,
            _ => Self::Synced,
        }
    }
}

/// A moment and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurred {
    /// When.
    pub at: DateTime<Utc>,
    /// On what ground.
    pub quality: TimeQuality,
}

/// Why no moment could be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockRefused {
    /// More than 90 days back, or not a date of this age at all.
    #[error("the terminal's clock said {0}, which is too far from now to be believed")]
    TooOld(DateTime<Utc>),
    /// Before the device existed.
    #[error("the terminal's clock said {0}, which is before it enrolled")]
    BeforeEnrolment(DateTime<Utc>),
}

/// The clocks at the moment a batch was sent and received.
#[derive(Clone, Copy, Debug)]
pub struct Sending {
    /// The server's clock at receipt.
    pub received_at: DateTime<Utc>,
    /// The terminal's clock when sending.
    pub sent_at: DateTime<Utc>,
    /// Its uptime when sending.
    pub monotonic_ms: i64,
    /// Its boot.
    pub boot_id: BootId,
    /// When the device enrolled.
    pub enrolled_at: Option<DateTime<Utc>>,
}

impl Sending {
    /// Of a batch.
    pub fn of(request: &PushRequest, received_at: DateTime<Utc>, enrolled_at: Option<DateTime<Utc>>) -> Self {
        let PushRequest { sent_at, monotonic_ms, boot_id, .. } = *request;
        Self { received_at, sent_at, monotonic_ms, boot_id, enrolled_at }
    }

    /// The terminal's clock minus ours, in ms.
    pub fn offset_ms(&self) -> i64 {
        (self.sent_at - self.received_at).num_milliseconds()
    }

    /// When the event happened.
    pub fn occurred(&self, event: &Event) -> Result<Occurred, ClockRefused> {
        let offset = TimeDelta::try_milliseconds(event.clock_offset_ms.unwrap_or_else(|| self.offset_ms()));
        let said = offset.and_then(|offset| event.device_time.checked_sub_signed(offset));
        let proven = self.proven(event);
        let found = match (said, proven) {
            (Some(said), Some(proven)) if (said - proven).abs() <= AGREE => {
                let in_step = offset.is_some_and(|offset| offset.abs() <= IN_STEP);
                Occurred {
                    at: said,
                    quality: if in_step { TimeQuality::Synced } else { TimeQuality::Offset },
                }
            }
            (_, Some(proven)) => return Ok(Occurred { at: proven, quality: TimeQuality::Monotonic }),
            (Some(said), None) => self.unproven(event, said)?,
            (None, None) => return Err(ClockRefused::TooOld(event.device_time)),
        };
        let latest = self.received_at + AHEAD_MAX;
        Ok(if found.at > latest { Occurred { at: latest, quality: TimeQuality::Clamped } } else { found })
    }

    /// Counted back from receipt, where the machine has not been restarted since.
    fn proven(&self, event: &Event) -> Option<DateTime<Utc>> {
        if event.boot_id != self.boot_id {
            return None;
        }
        let elapsed = self.monotonic_ms.checked_sub(event.monotonic_ms).filter(|ms| *ms >= 0)?;
        let at = self.received_at.checked_sub_signed(TimeDelta::try_milliseconds(elapsed)?)?;
        // No machine has been up for ten years: the uptime is as wrong as the clock.
        (self.received_at - at < TimeDelta::days(3_650)).then_some(at)
    }

    fn unproven(&self, event: &Event, said: DateTime<Utc>) -> Result<Occurred, ClockRefused> {
        if self.received_at - said > BACK_MAX {
            return Err(ClockRefused::TooOld(event.device_time));
        }
        if self.enrolled_at.is_some_and(|enrolled| said < enrolled - ENROLMENT_SLACK) {
            return Err(ClockRefused::BeforeEnrolment(event.device_time));
        }
        let in_step = event
            .clock_offset_ms
            .is_some_and(|ms| ms.unsigned_abs() <= IN_STEP.num_milliseconds().unsigned_abs());
        Ok(Occurred { at: said, quality: if in_step { TimeQuality::Synced } else { TimeQuality::Offset } })
    }
}

/// The terminal's own words about the time, where a column can hold them.
pub fn storable(said: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (1900..2200).contains(&said.year()).then_some(said)
}

#[cfg(test)]
mod tests {
    use takt_domain::EventId;
    use takt_wire::envelope::Lane;
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn sending() -> Sending {
        Sending {
            received_at: at("2026-11-23T12:00:00Z"),
            sent_at: at("2026-11-23T12:00:00Z"),
            monotonic_ms: 3_600_000,
            boot_id: BootId(Uuid::from_u128(1)),
            enrolled_at: Some(at("2026-11-20T12:00:00Z")),
        }
    }

    fn event(device_time: &str, boot: u128, monotonic_ms: i64, clock_offset_ms: Option<i64>) -> Event {
        Event {
            lane: Lane::Work,
            seq: 1,
            event_id: EventId(Uuid::from_u128(9)),
            stream_key: None,
            kind: "scan".to_owned(),
            version: 1,
            device_time: at(device_time),
            monotonic_ms,
            boot_id: BootId(Uuid::from_u128(boot)),
            clock_offset_ms,
            clock_offset_age_ms: None,
            actor: None,
            payload: serde_json::Value::Null,
        }
    }

    fn occurred(event: &Event) -> (String, &'static str) {
        let found = sending().occurred(event).unwrap();
        (found.at.to_rfc3339(), found.quality.as_str())
    }

    #[test]
    fn a_good_clock_is_believed() {
        let event = event("2026-11-23T11:59:00Z", 1, 3_540_000, Some(200));
        assert_eq!(occurred(&event), ("2026-11-23T11:58:59.800+00:00".to_owned(), "SYNCED"));
    }

    #[test]
    fn one_hour_off_is_corrected_by_the_offset() {
        let event = event("2026-11-23T10:59:00Z", 2, 5, Some(-3_600_000));
        assert_eq!(occurred(&event), ("2026-11-23T11:59:00+00:00".to_owned(), "OFFSET"));
    }

    #[test]
    fn a_clock_at_1970_or_2099_is_proven_wrong_by_the_uptime() {
        for clock in ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z"] {
            let event = event(clock, 1, 3_590_000, None);
            assert_eq!(occurred(&event), ("2026-11-23T11:59:50+00:00".to_owned(), "MONOTONIC"));
        }
    }

    #[test]
    fn the_future_without_proof_is_clamped() {
        let event = event("2099-01-01T00:00:00Z", 2, 5, Some(0));
        assert_eq!(occurred(&event), ("2026-11-23T12:05:00+00:00".to_owned(), "CLAMPED"));
    }

    #[test]
    fn the_far_past_without_proof_is_refused() {
        let refused = |clock, offset| sending().occurred(&event(clock, 2, 5, offset)).unwrap_err();
        assert!(matches!(refused("1970-01-01T00:00:00Z", None), ClockRefused::TooOld(_)));
        assert!(matches!(refused("2026-11-19T12:00:00Z", Some(0)), ClockRefused::BeforeEnrolment(_)));
        assert!(matches!(refused("2026-11-23T12:00:00Z", Some(i64::MIN)), ClockRefused::TooOld(_)));
        assert!(matches!(refused("-250000-01-01T00:00:00Z", Some(i64::MAX)), ClockRefused::TooOld(_)));
    }

    #[test]
    fn an_absurd_uptime_proves_nothing() {
        let event = event("2026-11-23T11:59:00Z", 1, i64::MIN, Some(0));
        assert_eq!(occurred(&event).1, "SYNCED");
    }
}
