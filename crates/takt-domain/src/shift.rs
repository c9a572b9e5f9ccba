//! When a shift is. A pattern is local wall-clock time; an occurrence is one shift on one date,
//! half-open, in UTC. Its business date is the local date on which it starts.
//!
//! Both ends are found by the same rule, so patterns that meet on the wall meet in time: where
//! the clock is set back and a local time comes twice, the first is meant; where it is set
//! forward and a local time is left out, the first instant after the gap is. (PostgreSQL's
//! `AT TIME ZONE` takes the second of two, therefore occurrences are materialised by this code
//! and never in SQL.) A night on such a day has 7 or 9 true hours.

use chrono::{DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono::{TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::ShiftId;

/// The longest stretch of local time ever left out by a zone: one day (Samoa, 2011), and an hour.
const GAP_MINUTES_MAX: i64 = 25 * 60;

/// The weekdays on which a shift starts, by ISO number: 1 = Monday … 7 = Sunday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartDays(u8);

impl StartDays {
    /// Every day of the week.
    pub const ALL: Self = Self(0x7f);

    /// From ISO numbers; others are left out.
    pub fn from_iso(days: &[i16]) -> Self {
        Self(days.iter().filter(|day| (1..=7).contains(*day)).fold(0, |set, day| set | 1 << (day - 1)))
    }

    /// Whether a shift starts on that weekday.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 >> day.num_days_from_monday() & 1 == 1
    }
}

/// A shift pattern of a plant, in plant-local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// When it starts on the wall clock.
    pub start: NaiveTime,
    /// When it ends; not after the start means on the next day.
    pub end: NaiveTime,
    /// On which days it starts.
    pub days: StartDays,
}

impl Pattern {
    /// Whether it ends on the day after it started.
    pub fn crosses_midnight(&self) -> bool {
        self.end <= self.start
    }

    /// Whether a shift of this pattern starts on that date.
    pub fn starts_on(&self, date: NaiveDate) -> bool {
        self.days.contains(date.weekday())
    }

    /// Its occurrences starting on `from` up to and including `to`, earliest first.
    pub fn occurrences(&self, from: NaiveDate, to: NaiveDate, tz: Tz) -> Vec<(NaiveDate, Window)> {
        let dates = from.iter_days().take_while(|date| *date <= to);
        dates.filter(|date| self.starts_on(*date)).map(|date| (date, window(self, date, tz))).collect()
    }
}

/// A stretch of time, half-open: from `starts_at` up to but without `ends_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "TimeWindow")]
pub struct Window {
    /// The first instant in it.
    pub starts_at: DateTime<Utc>,
    /// The first instant after it.
    pub ends_at: DateTime<Utc>,
}

/// The instants of the shift that starts on `date`, whether or not the pattern has that weekday.
pub fn window(pattern: &Pattern, date: NaiveDate, tz: Tz) -> Window {
    let last = if pattern.crosses_midnight() { date.checked_add_days(Days::new(1)) } else { Some(date) };
    let starts_at = instant(date.and_time(pattern.start), tz);
    let ends_at = instant(last.unwrap_or(date).and_time(pattern.end), tz);
    Window { starts_at, ends_at: ends_at.max(starts_at) }
}

/// The instant of a local time: the first of two, or the first after a gap.
pub fn instant(local: NaiveDateTime, tz: Tz) -> DateTime<Utc> {
    match tz.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => after_gap(local, tz),
    }
}

/// Gaps end on a whole minute, so walking by minutes finds the first instant after one.
fn after_gap(local: NaiveDateTime, tz: Tz) -> DateTime<Utc> {
    let minute = local.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(local);
    (1..=GAP_MINUTES_MAX)
        .filter_map(|minutes| minute.checked_add_signed(TimeDelta::minutes(minutes)))
        .find_map(|later| tz.from_local_datetime(&later).earliest())
        .map_or_else(|| local.and_utc(), |at| at.to_utc())
}

impl Window {
    /// True seconds from start to end.
    pub fn seconds(&self) -> i64 {
        self.clip(self.starts_at, self.ends_at)
    }

    /// Whether an instant is in it; the end is not.
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.starts_at <= at && at < self.ends_at
    }

    /// Seconds of `[from, to)` that lie in it. Each instant counts by its whole second, so that
    /// the parts on both sides of a shift change add up to the whole.
    pub fn clip(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        let from = from.max(self.starts_at).timestamp();
        let to = to.min(self.ends_at).timestamp();
        (to - from).max(0)
    }

    /// The part of it that is over, 0–1; 1 for an empty window.
    pub fn elapsed_ratio(&self, now: DateTime<Utc>) -> f64 {
        match self.seconds() {
            0 => 1.0,
            all => self.clip(self.starts_at, now) as f64 / all as f64,
        }
    }

    /// What of it is over at `now`.
    #[must_use]
    pub fn until(&self, now: DateTime<Utc>) -> Self {
        Self { starts_at: self.starts_at, ends_at: now.min(self.ends_at).max(self.starts_at) }
    }

    /// `target` of the whole shift as due by `now`, in proportion to the time elapsed.
    pub fn due(&self, target: crate::Quantity, now: DateTime<Utc>) -> f64 {
        target.decimal().to_f64().unwrap_or(0.0) * self.elapsed_ratio(now)
    }
}

/// One materialised shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Of which pattern.
    pub shift: ShiftId,
    /// Local date on which it starts.
    pub business_date: NaiveDate,
    /// When it is.
    pub window: Window,
}

/// The occurrence an instant belongs to; `None` is "no shift", which is not downtime. Should two
/// claim it, the one that started last does.
pub fn at(occurrences: &[Occurrence], instant: DateTime<Utc>) -> Option<&Occurrence> {
    let claims = occurrences.iter().filter(|occurrence| occurrence.window.contains(instant));
    claims.max_by_key(|occurrence| occurrence.window.starts_at)
}

/// The occurrence that starts next after an instant.
pub fn next(occurrences: &[Occurrence], instant: DateTime<Utc>) -> Option<&Occurrence> {
    let later = occurrences.iter().filter(|occurrence| occurrence.window.starts_at > instant);
    later.min_by_key(|occurrence| occurrence.window.starts_at)
}

#[cfg(test)]
mod tests;
