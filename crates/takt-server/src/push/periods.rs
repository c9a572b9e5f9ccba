//! Periods of machine status. "It entered this state at that moment" holds until the next such
//! moment; a late one is fitted in by trimming its neighbour. Periods are half-open and never empty.

use chrono::{DateTime, TimeDelta, Utc};

/// What a period is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// A row.
    Row(i64),
    /// The n-th new one of this batch.
    New(usize),
}

/// A period; open = it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Which.
    pub which: Which,
    /// When it begins.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: Option<DateTime<Utc>>,
}

/// The periods of one machine from some moment on, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// In order, not overlapping.
    pub periods: Vec<Period>,
}

impl Timeline {
    /// The `new`-th new period begins at `at`, or a microsecond after a period that begins then.
    pub fn enter(&mut self, new: usize, at: DateTime<Utc>) {
        let mut start = at;
        while self.periods.iter().any(|period| period.start == start) {
            start += TimeDelta::microseconds(1);
        }
        let next = self.periods.iter().position(|period| period.start > start);
        let index = next.unwrap_or(self.periods.len());
        let until_next = next.map(|next| self.periods[next].start);
        let mut end = until_next;
        if let Some(before) = index.checked_sub(1).and_then(|before| self.periods.get_mut(before)) {
            let reaches = before.end.is_none_or(|end| end > start);
            if reaches {
                end = before.end.or(until_next);
                before.end = Some(start);
            }
        }
        self.periods.insert(index, Period { which: Which::New(new), start, end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    fn timeline(periods: &[(i64, Option<i64>)]) -> Timeline {
        let period = |(n, (start, end)): (usize, &(i64, Option<i64>))| Period {
            which: Which::Row(i64::try_from(n).unwrap()),
            start: at(*start),
            end: end.map(at),
        };
        Timeline { periods: periods.iter().enumerate().map(period).collect() }
    }

    fn spans(timeline: &Timeline) -> Vec<(i64, Option<i64>)> {
        let second = |time: DateTime<Utc>| (time - at(0)).num_seconds();
        timeline.periods.iter().map(|period| (second(period.start), period.end.map(second))).collect()
    }

    #[test]
    fn a_new_state_ends_the_open_one() {
        let mut line = timeline(&[(0, None)]);
        line.enter(0, at(10));
        assert_eq!(spans(&line), [(0, Some(10)), (10, None)]);
    }

    #[test]
    fn a_late_one_is_fitted_between_its_neighbours() {
        let mut line = timeline(&[(0, Some(100)), (100, None)]);
        line.enter(0, at(40));
        assert_eq!(spans(&line), [(0, Some(40)), (40, Some(100)), (100, None)]);
        line.enter(1, at(-5));
        assert_eq!(spans(&line)[0], (-5, Some(0)), "before everything known, until the first");
    }

    #[test]
    fn a_gap_stays_a_gap_before_and_is_filled_after() {
        let mut line = timeline(&[(0, Some(10)), (50, None)]);
        line.enter(0, at(20));
        assert_eq!(spans(&line), [(0, Some(10)), (20, Some(50)), (50, None)]);
    }

    #[test]
    fn the_same_moment_twice_leaves_no_empty_period() {
        let mut line = timeline(&[(0, None)]);
        for new in 0..3 {
            line.enter(new, at(0));
        }
        assert_eq!(line.periods.len(), 4);
        for pair in line.periods.windows(2) {
            assert!(pair[0].start < pair[1].start);
            assert_eq!(pair[0].end, Some(pair[1].start));
        }
        assert_eq!(line.periods[3].which, Which::New(2), "the later one lasts");
        assert_eq!(line.periods[3].end, None);
    }
}
