//! Time since boot and which boot it was, per platform.

use chrono::{DateTime, Utc};
use takt_domain::BootId;
use uuid::Uuid;

use crate::rim::Rim;

/// The machine's own clocks.
pub struct SystemTime {
    boot_id: BootId,
    #[cfg(not(target_os = "linux"))]
    started: std::time::Instant,
}

impl Rim for SystemTime {
    fn device_time(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn monotonic_ms(&self) -> i64 {
        self.since_boot_ms()
    }

    fn boot_id(&self) -> BootId {
        self.boot_id
    }

    fn fresh_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use takt_domain::BootId;
    use uuid::Uuid;

    use super::SystemTime;

    impl SystemTime {
        /// Asks the kernel which boot this is; where it does not say, every start counts as one.
        #[allow(clippy::new_without_default)]
        pub fn new() -> Self {
            let told = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
            let id = told.ok().and_then(|text| Uuid::parse_str(text.trim()).ok());
            Self { boot_id: BootId(id.unwrap_or_else(Uuid::new_v4)) }
        }

        /// Also counts the time the machine slept; the kernel tells hundredths of a second.
        pub(super) fn since_boot_ms(&self) -> i64 {
            let told = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
            let (seconds, hundredths) =
                told.split_whitespace().next().and_then(|text| text.split_once('.')).unwrap_or_default();
            let number = |text: &str| text.parse::<i64>().unwrap_or(0);
            number(seconds) * 1_000 + number(hundredths) * 10
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use takt_domain::BootId;
    use uuid::Uuid;

    use super::SystemTime;

    impl SystemTime {
        /// Every start of the program counts as a boot of its own.
        #[allow(clippy::new_without_default)]
        pub fn new() -> Self {
            Self { boot_id: BootId(Uuid::new_v4()), started: std::time::Instant::now() }
        }

        pub(super) fn since_boot_ms(&self) -> i64 {
            i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX)
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_tells_boot_and_time_since() {
        let (one, other) = (SystemTime::new(), SystemTime::new());
        assert_eq!(one.boot_id(), other.boot_id());
        assert!(one.monotonic_ms() > 0);
        assert!(other.monotonic_ms() >= one.monotonic_ms() - 10);
    }
}
