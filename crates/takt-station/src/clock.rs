//! What time it is: the terminal's own clock as it stands, how far it is from the server's, and the
//! milliseconds since boot that no one can set.

mod boot;

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::BootId;
use takt_store::{Stamp, sync_state::ClockMeasured};

use crate::rim::Rim;

pub use boot::SystemTime;

/// A measurement that took longer is worth less than an old one.
const ROUND_TRIP_MS_MAX: i64 = 5_000;
/// A quicker measurement is kept so long before a slower one replaces it.
const KEPT_MS: i64 = 10 * 60 * 1_000;
/// Wall time that ran otherwise than since boot by less than this was not set, only adjusted.
const SET_MS_MIN: i64 = 1_000;
/// The ticks since boot go astray by one in so many.
const TICKS_PER_ASTRAY: i64 = 5_000;

/// An instant as the machine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// By the machine's clock.
    pub device_time: DateTime<Utc>,
    /// In ms since boot.
    pub monotonic_ms: i64,
    /// Which boot.
    pub boot_id: BootId,
}

impl Instant {
    /// What the clocks say now.
    pub fn now(rim: &dyn Rim) -> Self {
        Self { device_time: rim.device_time(), monotonic_ms: rim.monotonic_ms(), boot_id: rim.boot_id() }
    }

    /// The stamp of what happens at this instant, given the last measurement.
    pub fn stamp(self, measured: Option<&ClockMeasured>) -> Stamp {
        let known =
            measured.and_then(|measured| Some((offset_ms(measured, &self), age_ms(measured, &self)?)));
        Stamp {
            device_time: self.device_time,
            monotonic_ms: self.monotonic_ms,
            boot_id: self.boot_id,
            clock_offset_ms: known.map(|(offset, _)| offset),
            clock_offset_age_ms: known.map(|(_, age)| age),
        }
    }
}

/// A stamp's time, corrected to the server's as far as that is known.
pub fn corrected(stamp: &Stamp) -> DateTime<Utc> {
    stamp.device_time - TimeDelta::milliseconds(stamp.clock_offset_ms.unwrap_or(0))
}

/// The terminal's clock. Cheap to clone; every clone knows the same measurement.
#[derive(Clone)]
pub struct Clock {
    rim: Arc<dyn Rim>,
    measured: Arc<RwLock<Option<ClockMeasured>>>,
}

impl Clock {
    /// A clock that starts with what was measured before, if anything.
    pub fn new(rim: Arc<dyn Rim>, measured: Option<ClockMeasured>) -> Self {
        Self { rim, measured: Arc::new(RwLock::new(measured)) }
    }

    /// The machine's clocks, uncorrected.
    pub fn instant(&self) -> Instant {
        Instant::now(self.rim.as_ref())
    }

    /// The time, corrected to the server's as far as that is known.
    pub fn now(&self) -> DateTime<Utc> {
        corrected(&self.stamp())
    }

    /// The time, where it can be relied on: the clock was measured since this boot. One that was
    /// measured before may have been lost with its battery.
    pub fn known(&self) -> Option<DateTime<Utc>> {
        let (at, measured) = (self.instant(), self.measured()?);
        (measured.boot_id == at.boot_id).then(|| corrected(&at.stamp(Some(&measured))))
    }

    /// When something happens, with all that is known about the clock.
    pub fn stamp(&self) -> Stamp {
        self.instant().stamp(self.measured().as_ref())
    }

    /// A server that was asked at `asked` says what time it is. Returns the new measurement to be
    /// stored, if it is better than what is known.
    pub fn measure(&self, asked: Instant, server_time: DateTime<Utc>) -> Option<ClockMeasured> {
        let answered = self.instant();
        let round_trip_ms = answered.monotonic_ms - asked.monotonic_ms;
        if asked.boot_id != answered.boot_id || !(0..=ROUND_TRIP_MS_MAX).contains(&round_trip_ms) {
            return None;
        }
        let better = self.measured().is_none_or(|known| {
            let fresh = age_ms(&known, &answered).is_some_and(|age| age < KEPT_MS);
            // A clock that was set since shows as wall time that ran otherwise than since boot.
            let by_wall = (answered.device_time - known.device_time).num_milliseconds();
            let was_set = (by_wall - (answered.monotonic_ms - known.monotonic_ms)).abs() > SET_MS_MIN;
            !fresh || was_set || round_trip_ms <= known.round_trip_ms
        });
        let halfway = asked.device_time + TimeDelta::milliseconds(round_trip_ms / 2);
        let measured = ClockMeasured {
            offset_ms: (halfway - server_time).num_milliseconds(),
            round_trip_ms,
            device_time: answered.device_time,
            monotonic_ms: answered.monotonic_ms,
            boot_id: answered.boot_id,
        };
        better.then(|| {
            *self.measured.write().unwrap_or_else(PoisonError::into_inner) = Some(measured.clone());
            measured
        })
    }

    fn measured(&self) -> Option<ClockMeasured> {
        self.measured.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The terminal's clock minus the server's, as measured and by what the clock was set since; after a
/// reboot nothing tells that it was.
fn offset_ms(measured: &ClockMeasured, at: &Instant) -> i64 {
    let by_boot = at.monotonic_ms - measured.monotonic_ms;
    let set_by = (at.device_time - measured.device_time).num_milliseconds() - by_boot;
    let noise = SET_MS_MIN + by_boot.abs() / TICKS_PER_ASTRAY;
    if at.boot_id == measured.boot_id && set_by.abs() > noise {
        measured.offset_ms + set_by
    } else {
        measured.offset_ms
    }
}

/// Milliseconds since a measurement; none when the clock was set back since, so that it says
/// nothing any more.
fn age_ms(measured: &ClockMeasured, at: &Instant) -> Option<i64> {
    let by_wall = (at.device_time - measured.device_time).num_milliseconds();
    if at.boot_id == measured.boot_id {
        return Some((at.monotonic_ms - measured.monotonic_ms).max(0));
    }
    (by_wall >= 0).then_some(by_wall)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use chrono::TimeZone;
    use uuid::Uuid;

    use super::*;

    struct Hand(Mutex<Instant>);

    impl Rim for Arc<Hand> {
        fn fresh_id(&self) -> Uuid {
            Uuid::nil()
        }
        fn device_time(&self) -> DateTime<Utc> {
            self.0.lock().unwrap().device_time
        }
        fn monotonic_ms(&self) -> i64 {
            self.0.lock().unwrap().monotonic_ms
        }
        fn boot_id(&self) -> BootId {
            self.0.lock().unwrap().boot_id
        }
    }

    fn year(year: i32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap()
    }

    fn at(year_: i32) -> (Arc<Hand>, Clock) {
        let boot_id = BootId(Uuid::from_u128(1));
        let hand =
            Arc::new(Hand(Mutex::new(Instant { device_time: year(year_), monotonic_ms: 5_000, boot_id })));
        (hand.clone(), Clock::new(Arc::new(hand), None))
    }

    fn pass(hand: &Hand, ms: i64) {
        let mut now = hand.0.lock().unwrap();
        now.device_time += TimeDelta::milliseconds(ms);
        now.monotonic_ms += ms;
    }

    #[test]
    fn a_clock_at_1970_or_2099_is_corrected_by_half_the_round_trip() {
        for wrong in [1970, 2099] {
            let (hand, clock) = at(wrong);
            let asked = clock.instant();
            pass(&hand, 400);
            let measured = clock.measure(asked, year(2026)).unwrap();
            assert_eq!(measured.offset_ms, (year(wrong) - year(2026)).num_milliseconds() + 200);
            pass(&hand, 60_000);
            assert_eq!(clock.now(), year(2026) + TimeDelta::milliseconds(60_200));
            assert_eq!(clock.stamp().clock_offset_age_ms, Some(60_000));
            assert_eq!(clock.stamp().device_time, year(wrong) + TimeDelta::milliseconds(60_400));
        }
    }

    #[test]
    fn before_the_first_contact_nothing_is_claimed() {
        let (_, clock) = at(2026);
        let stamp = clock.stamp();
        assert_eq!((stamp.clock_offset_ms, stamp.clock_offset_age_ms), (None, None));
        assert_eq!(clock.now(), year(2026));
    }

    #[test]
    fn a_slow_answer_does_not_replace_a_fresh_quick_one() {
        let (hand, clock) = at(2026);
        let asked = clock.instant();
        pass(&hand, 10);
        assert!(clock.measure(asked, year(2026)).is_some());
        let asked = clock.instant();
        pass(&hand, 3_000);
        assert!(clock.measure(asked, year(2026)).is_none());
        pass(&hand, KEPT_MS);
        let asked = clock.instant();
        pass(&hand, 3_000);
        assert!(clock.measure(asked, year(2026)).is_some());
    }

    #[test]
    fn a_clock_set_back_over_a_reboot_forgets_its_offset() {
        let (hand, clock) = at(2026);
        clock.measure(clock.instant(), year(2026)).unwrap();
        let boot_id = BootId(Uuid::from_u128(2));
        *hand.0.lock().unwrap() = Instant { device_time: year(1970), monotonic_ms: 10, boot_id };
        assert_eq!(clock.stamp().clock_offset_ms, None);
    }

    #[test]
    fn a_time_is_known_only_where_it_was_measured_since_the_boot() {
        let (hand, clock) = at(2026);
        assert_eq!(clock.known(), None);
        clock.measure(clock.instant(), year(2026)).unwrap();
        pass(&hand, 60_000);
        assert_eq!(clock.known(), Some(year(2026) + TimeDelta::minutes(1)));
        let boot_id = BootId(Uuid::from_u128(2));
        *hand.0.lock().unwrap() = Instant { device_time: year(2099), monotonic_ms: 10, boot_id };
        assert_eq!(clock.known(), None, "nothing tells that 2099 is wrong");
        clock.measure(clock.instant(), year(2027)).unwrap();
        assert_eq!(clock.known(), Some(year(2027)));
    }

    #[test]
    fn a_clock_set_since_the_measurement_tells_the_same_time() {
        for by in [TimeDelta::hours(-1), TimeDelta::hours(1), TimeDelta::days(-20_000)] {
            let (hand, clock) = at(2026);
            clock.measure(clock.instant(), year(2026)).unwrap();
            pass(&hand, 60_000);
            hand.0.lock().unwrap().device_time += by;
            assert_eq!(clock.now(), year(2026) + TimeDelta::minutes(1));
            assert_eq!(clock.stamp().clock_offset_ms, Some(by.num_milliseconds()));
        }
    }

    #[test]
    fn a_clock_that_is_kept_in_step_is_believed_over_the_ticks_since_boot() {
        let (hand, clock) = at(2026);
        clock.measure(clock.instant(), year(2026)).unwrap();
        pass(&hand, 86_400_000);
        hand.0.lock().unwrap().device_time += TimeDelta::seconds(4);
        assert_eq!(clock.stamp().clock_offset_ms, Some(0));
    }

    #[test]
    fn a_clock_set_meanwhile_is_measured_anew() {
        let (hand, clock) = at(2026);
        clock.measure(clock.instant(), year(2026)).unwrap();
        hand.0.lock().unwrap().device_time -= TimeDelta::hours(1);
        let asked = clock.instant();
        pass(&hand, 50);
        assert_eq!(clock.measure(asked, year(2026)).unwrap().offset_ms, -3_600_000 + 25);
    }
}
