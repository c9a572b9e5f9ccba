//! Failed tries per address, so that nobody guesses enrolment codes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Addresses remembered at most; beyond, the oldest windows are dropped.
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
        let (since, count) = *seen.get(&address)?;
        let rest = self.window.checked_sub(now.duration_since(since))?;
        (count >= self.max).then_some(rest.as_secs() + 1)
    }

    /// The address failed once more.
    pub fn failed(&self, address: IpAddr, now: Instant) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ADDRESSES_MAX {
            seen.retain(|_, (since, _)| now.duration_since(*since) < self.window);
        }
        let entry = seen.entry(address).or_insert((now, 0));
        if now.duration_since(entry.0) >= self.window {
            *entry = (now, 0);
        }
        entry.1 += 1;
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
}
