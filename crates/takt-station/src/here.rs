//! Where this terminal stands, and which shift runs there.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use takt_domain::shift::{self, Occurrence, Window};
use takt_domain::{ShiftId, WorkCenterId};
use takt_store::Reading;
use takt_store::sync_state::Enrolment;
use takt_wire::row::{self, Plant, Setting, ShiftOccurrence, WorkCenter};

use crate::refused::Refused;
use crate::view::frame::Place;

/// How long after its end a shift can still be handed over.
const HANDOVER_HOURS_MAX: i64 = 12;
/// Key of the setting of [`Here::idle`], in seconds.
const IDLE_LOCK_KEY: &str = "terminal.idle_lock_seconds";
/// Seconds without an act after which a station locks, unless set otherwise.
const IDLE_LOCK_SECONDS: i64 = 600;
/// The longest that can be set.
const IDLE_LOCK_SECONDS_MAX: i64 = 86_400;

/// Where this terminal stands.
#[derive(Clone, Debug)]
pub(crate) struct Here {
    pub enrolment: Enrolment,
    pub zone: Tz,
    pub plant: Option<Plant>,
    pub work_center: Option<WorkCenter>,
    /// Without an act for so long a station locks.
    pub idle: TimeDelta,
}

/// A shift with its pattern.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    pub row: row::Shift,
    pub date: NaiveDate,
    pub window: Window,
}

impl Here {
    /// None before enrolment.
    pub(crate) fn read(r: &Reading<'_>) -> Result<Option<Self>, Refused> {
        let Some(enrolment) = r.enrolment()? else { return Ok(None) };
        let plant: Option<Plant> = r.mirror_one(i64::from(enrolment.plant_id.0))?;
        let zone = plant.as_ref().and_then(|plant| plant.timezone.parse().ok()).unwrap_or(Tz::UTC);
        let work_center = r.mirror_one(i64::from(enrolment.work_center_id.0))?;
        let settings: Vec<Setting> = r.mirror()?;
        Ok(Some(Self { idle: idle(&settings), enrolment, zone, plant, work_center }))
    }

    /// The area.
    pub(crate) fn work_center_id(&self) -> WorkCenterId {
        self.enrolment.work_center_id
    }

    /// The local date.
    pub(crate) fn date(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// In which window records are counted: the running shift's, else the local day.
    pub(crate) fn counted(&self, shift: Option<&Shift>, now: DateTime<Utc>) -> Window {
        let midnight = |date: NaiveDate| shift::instant(date.and_time(chrono::NaiveTime::MIN), self.zone);
        let today = self.date(now);
        let tomorrow = today.succ_opt().unwrap_or(today);
        let day = || Window { starts_at: midnight(today), ends_at: midnight(tomorrow) };
        shift.map_or_else(day, |shift| shift.window)
    }

    /// What the frame says of it.
    pub(crate) fn place(&self) -> Place {
        let at = &self.enrolment;
        let plant = self.plant.as_ref();
        let center = self.work_center.as_ref();
        Place {
            organization_name: at.organization_name.clone(),
            plant_name: plant.map(|plant| plant.plant_name.clone()).unwrap_or_default(),
            zone: self.zone.name().to_owned(),
            work_center_code: center.map(|center| center.work_center_code.clone()).unwrap_or_default(),
            work_center_name: center.map(|center| center.work_center_name.clone()).unwrap_or_default(),
            machine_id: at.machine_id,
            device_code: at.device_code.clone(),
        }
    }
}

/// The plant's setting wins over the organization's.
fn idle(settings: &[Setting]) -> TimeDelta {
    let set = settings.iter().filter(|setting| setting.setting_key == IDLE_LOCK_KEY);
    let set = set.max_by_key(|setting| setting.plant_id.is_some());
    let seconds = set.and_then(|setting| setting.value.as_i64()).filter(|seconds| *seconds > 0);
    TimeDelta::seconds(seconds.unwrap_or(IDLE_LOCK_SECONDS).min(IDLE_LOCK_SECONDS_MAX))
}

/// The plant's shifts around now.
pub(crate) struct Shifts {
    occurrences: Vec<Occurrence>,
    patterns: Vec<row::Shift>,
}

impl Shifts {
    pub(crate) fn read(r: &Reading<'_>) -> Result<Self, Refused> {
        let rows: Vec<ShiftOccurrence> = r.mirror()?;
        let occurrences = rows.into_iter().map(|row| Occurrence {
            shift: row.shift_id,
            business_date: row.business_date,
            window: Window { starts_at: row.starts_at, ends_at: row.ends_at },
        });
        Ok(Self { occurrences: occurrences.collect(), patterns: r.mirror()? })
    }

    /// The shift that runs.
    pub(crate) fn running(&self, now: DateTime<Utc>) -> Option<Shift> {
        shift::at(&self.occurrences, now).and_then(|occurrence| self.with_pattern(occurrence))
    }

    /// The shift that is or was there last, as far as it can still be handed over.
    pub(crate) fn running_or_ended(&self, now: DateTime<Utc>) -> Option<Shift> {
        self.running(now).or_else(|| self.ended_within(now, TimeDelta::hours(HANDOVER_HOURS_MAX)))
    }

    /// The shift that ended last, if that is no longer ago.
    pub(crate) fn ended_within(&self, now: DateTime<Utc>, ago_max: TimeDelta) -> Option<Shift> {
        let since = now - ago_max;
        let ended = self.occurrences.iter().filter(|o| o.window.ends_at <= now && o.window.ends_at > since);
        let last = ended.max_by_key(|occurrence| occurrence.window.ends_at)?;
        self.with_pattern(last)
    }

    /// The shift that starts next after another.
    pub(crate) fn after(&self, shift: &Shift) -> Option<Shift> {
        shift::next(&self.occurrences, shift.window.starts_at).and_then(|next| self.with_pattern(next))
    }

    /// A shift's name.
    pub(crate) fn name(&self, id: ShiftId) -> String {
        let pattern = self.patterns.iter().find(|pattern| pattern.id == id);
        pattern.map(|pattern| pattern.shift_name.clone()).unwrap_or_default()
    }

    /// The occurrence of a shift on a date.
    pub(crate) fn on(&self, id: ShiftId, date: NaiveDate) -> Option<Shift> {
        let found = self.occurrences.iter().find(|o| o.shift == id && o.business_date == date);
        found.and_then(|occurrence| self.with_pattern(occurrence))
    }

    fn with_pattern(&self, occurrence: &Occurrence) -> Option<Shift> {
        let row = self.patterns.iter().find(|pattern| pattern.id == occurrence.shift)?.clone();
        Some(Shift { row, date: occurrence.business_date, window: occurrence.window })
    }
}
