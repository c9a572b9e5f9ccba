//! What is asked of the world outside: the time, and identities nobody else has. Asked for once
//! per act and passed down as values, so that a test can say what time it is.

use chrono::{DateTime, Utc};
use takt_domain::BootId;
use uuid::Uuid;

/// The clocks of this machine, and chance.
pub trait Rim: Send + Sync {
    /// The terminal's own clock, uncorrected.
    fn device_time(&self) -> DateTime<Utc>;
    /// Milliseconds since the machine booted; never goes back.
    fn monotonic_ms(&self) -> i64;
    /// Which boot that was.
    fn boot_id(&self) -> BootId;
    /// A fresh UUIDv7.
    fn fresh_id(&self) -> Uuid;
}
