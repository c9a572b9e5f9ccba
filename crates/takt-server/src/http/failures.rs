//! Failed tries per address, so that nobody guesses enrolment codes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Addresses remembered at most, however many try.
const ADDRESSES_MAX: usize = 10_000;

/// Counts failures in fixed windows.
pub struct Failures {
    max: u32,
    window: Duration,
    seen: Mutex<HashMap<IpAddr, (Instant, u32)>>,
}

impl Failures {
    /// At most `max` failures per address and window.
    pub fn new(max: u32, window: Duration) -> Self {
        Self { max, window, seen: Mutex::new(HashMap::new()) }
    }

    /// Seconds to wait, when the address has failed too often.
    pub fn must_wait(&self, address: IpAddr, now: Instant) -> Option<u64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, count) = *seen.get(&place(address))?;
        let rest = self.window.checked_sub(now.duration_since(since))?;
        (count >= self.max).then_some(rest.as_secs() + 1)
    }

    /// The address failed once more.
    pub fn failed(&self, address: IpAddr, now: Instant) {
        let address = place(address);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ADDRESSES_MAX && !seen.contains_key(&address) {
            make_room(&mut seen, self.window, now);
        }
        let entry = seen.entry(address).or_insert((now, 0));
        if now.duration_since(entry.0) >= self.window {
            *entry = (now, 0);
        }
        entry.1 += 1;
    }
}

/// Who can take one IPv6 address can take its whole /64.
fn place(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::from((u128::from(v6) >> 64 << 64).to_be_bytes()),
        v4 => v4,
    }
}

/// Drops what is over; where that is nothing, whoever failed least, the longest ago: a flood of new
/// addresses does not wash away those that keep trying.
fn make_room(seen: &mut HashMap<IpAddr, (Instant, u32)>, window: Duration, now: Instant) {
    seen.retain(|_, (since, _)| now.duration_since(*since) < window);
    if seen.len() >= ADDRESSES_MAX {
        let least = seen.iter().min_by_key(|(_, (since, count))| (*count, *since));
        if let Some(address) = least.map(|(address, _)| *address) {
            seen.remove(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_failures_wait_for_the_window_to_pass() {
        let failures = Failures::new(2, Duration::from_secs(60));
        let (address, start) = (IpAddr::from([127, 0, 0, 1]), Instant::now());
        failures.failed(address, start);
        assert_eq!(failures.must_wait(address, start), None);
        failures.failed(address, start);
        assert!(failures.must_wait(address, start + Duration::from_secs(10)).is_some());
        assert_eq!(failures.must_wait(address, start + Duration::from_secs(61)), None);
        assert_eq!(failures.must_wait(IpAddr::from([10, 0, 0, 1]), start), None);
    }

    #[test]
    fn a_flood_of_addresses_is_bounded_and_frees_nobody_who_failed_too_often() {
        let failures = Failures::new(2, Duration::from_secs(60));
        let (blocked, now) = (IpAddr::from([10, 9, 9, 9]), Instant::now());
        failures.failed(blocked, now);
        failures.failed(blocked, now);
        for n in 0..u32::try_from(ADDRESSES_MAX).unwrap() + 500 {
            failures.failed(IpAddr::from((0xc000_0000 + n).to_be_bytes()), now + Duration::from_secs(1));
        }
        assert!(failures.seen.lock().unwrap().len() <= ADDRESSES_MAX);
        assert!(failures.must_wait(blocked, now + Duration::from_secs(2)).is_some());
    }

    #[test]
    fn addresses_of_one_network_count_together() {
        let failures = Failures::new(2, Duration::from_secs(60));
        let (now, v6) = (Instant::now(), |text: &str| text.parse::<IpAddr>().unwrap());
        failures.failed(v6("2001:db8:1:2::1"), now);
        failures.failed(v6("2001:db8:1:2:ffff::9"), now);
        assert!(failures.must_wait(v6("2001:db8:1:2:3::"), now).is_some());
        assert_eq!(failures.must_wait(v6("2001:db8:1:3::1"), now), None);
        failures.failed(v6("::ffff:10.0.0.1"), now);
        failures.failed(v6("10.0.0.1"), now);
        assert!(failures.must_wait(v6("10.0.0.1"), now).is_some(), "the same address in both writings");
    }
}
