//! The stops of a machine in a window: how many, how long, why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Period, timeline};
use crate::shift::Window;
use crate::{MachineStatus, ReasonId};

/// The stops of a window. A stop that crosses the shift change counts to each side by its part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Stops {
    /// Uninterrupted stretches down, wholly or in part in it; split into causes it is still one.
    pub count: i32,
    /// Seconds down.
    #[ts(type = "number")]
    pub down_seconds: i64,
    /// Seconds by reason, longest first; none is "no reason yet".
    #[ts(type = "Array<[number | null, number]>")]
    pub by_reason: Vec<(Option<ReasonId>, i64)>,
    /// How many recorded stops have no reason yet.
    pub unexplained: i32,
    /// Seconds of those.
    #[ts(type = "number")]
    pub unexplained_seconds: i64,
    /// Whether it is down at the end of what is known.
    pub down_now: bool,
}

/// The stops in what of `window` is over at `now`. No second is counted twice.
pub fn stops(window: &Window, now: DateTime<Utc>, periods: &[Period]) -> Stops {
    let mut stops = Stops::default();
    let mut was_down = false;
    let mut unexplained: Vec<&Period> = Vec::new();
    for (slice, period) in timeline(&window.until(now), periods, &[]) {
        let down = period.filter(|period| period.status == MachineStatus::Down);
        if let Some(period) = down {
            stops.count += i32::from(!was_down);
            if period.is_unexplained() && !unexplained.iter().any(|known| std::ptr::eq(*known, period)) {
                unexplained.push(period);
            }
            stops.take(period, slice.seconds());
        }
        stops.down_now = down.is_some_and(|period| period.to.is_none());
        was_down = down.is_some();
    }
    stops.unexplained = i32::try_from(unexplained.len()).unwrap_or(i32::MAX);
    stops.sort();
    stops
}

impl Stops {
    fn take(&mut self, period: &Period, seconds: i64) {
        self.down_seconds += seconds;
        if period.is_unexplained() {
            self.unexplained_seconds += seconds;
        }
        self.count_reason(period.reason, seconds);
    }

    fn sort(&mut self) {
        self.by_reason.sort_by_key(|(reason, seconds)| (std::cmp::Reverse(*seconds), *reason));
    }

    fn count_reason(&mut self, reason: Option<ReasonId>, seconds: i64) {
        match self.by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, sum)) => *sum += seconds,
            None => self.by_reason.push((reason, seconds)),
        }
    }

    /// Both together, e.g. of the machines of an area.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.count += other.count;
        self.down_seconds += other.down_seconds;
        self.unexplained += other.unexplained;
        self.unexplained_seconds += other.unexplained_seconds;
        self.down_now |= other.down_now;
        for (reason, seconds) in &other.by_reason {
            self.count_reason(*reason, *seconds);
        }
        self.sort();
        self
    }
}
