//! How long a PIN is locked after failures: a PIN is short, so trying must be slow, also offline.

use chrono::{DateTime, TimeDelta, Utc};

/// Failures in a row that cost nothing.
pub const FREE_FAILURES: u32 = 3;
/// The first lock; each further failure doubles it.
pub const LOCK_SECONDS_FIRST: i64 = 30;
/// No lock is longer.
pub const LOCK_SECONDS_MAX: i64 = 15 * 60;

/// Until when the PIN is locked after the given number of failures in a row, the last at `now`:
/// three are free, then 30 s, 60 s, 120 s … at most 15 min. A success starts again from zero.
pub fn after_failure(failures: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let doublings = failures.checked_sub(FREE_FAILURES + 1)?;
    let seconds = LOCK_SECONDS_FIRST.saturating_mul(1 << doublings.min(16)).min(LOCK_SECONDS_MAX);
    Some(now + TimeDelta::seconds(seconds))
}

/// Whether a PIN may be tried now. A clock set back does not shorten a lock, nor does it make
/// one longer than the longest there is.
pub fn is_locked(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    until.is_some_and(|until| now < until && until - now <= TimeDelta::seconds(LOCK_SECONDS_MAX))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, None)]
    #[case(3, None)]
    #[case(4, Some(30))]
    #[case(5, Some(60))]
    #[case(6, Some(120))]
    #[case(8, Some(480))]
    #[case(9, Some(900))]
    #[case(u32::MAX, Some(900))]
    fn each_failure_after_the_third_doubles_the_lock(#[case] failures: u32, #[case] seconds: Option<i64>) {
        let now = DateTime::UNIX_EPOCH;
        let until = seconds.map(|seconds| now + TimeDelta::seconds(seconds));
        assert_eq!(after_failure(failures, now), until);
    }

    #[test]
    fn a_lock_ends_at_its_instant() {
        let now = DateTime::UNIX_EPOCH;
        let until = after_failure(4, now);
        assert!(is_locked(until, now + TimeDelta::seconds(29)));
        assert!(!is_locked(until, now + TimeDelta::seconds(30)));
        assert!(!is_locked(None, now));
    }

    #[test]
    fn a_clock_set_back_by_a_year_does_not_lock_for_a_year() {
        let until = after_failure(4, DateTime::UNIX_EPOCH);
        assert!(!is_locked(until, DateTime::UNIX_EPOCH - TimeDelta::days(365)));
    }
}
