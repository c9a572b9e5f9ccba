//! How long to wait after a failure, forever growing up to five minutes, never in step with others.

/// The shortest wait, in ms.
pub const WAIT_MS_MIN: u64 = 1_000;
/// The longest wait, in ms.
pub const WAIT_MS_MAX: u64 = 5 * 60 * 1_000;

/// Milliseconds to wait after so many failures in a row: uniform between one second and a ceiling
/// that doubles with every failure (full jitter, as in "Exponential Backoff And Jitter", AWS 2015).
/// `jitter` is random, from 0 to 1.
pub fn wait_ms(failures: u32, jitter: f64) -> u64 {
    let ceiling = WAIT_MS_MIN.saturating_mul(1_u64 << failures.min(20)).min(WAIT_MS_MAX);
    WAIT_MS_MIN + share(ceiling - WAIT_MS_MIN, jitter)
}

/// Milliseconds to wait when the server named a time: never less, and up to a quarter more.
pub fn wait_ms_at_least(asked_ms: u64, jitter: f64) -> u64 {
    asked_ms.saturating_add(share(asked_ms.max(WAIT_MS_MIN) / 4, jitter))
}

/// Milliseconds between looks at a server that refuses this terminal.
pub fn wait_ms_refused(jitter: f64) -> u64 {
    WAIT_MS_MAX / 2 + share(WAIT_MS_MAX / 2, jitter)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
fn share(of: u64, jitter: f64) -> u64 {
    (of as f64 * jitter.clamp(0.0, 1.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_stay_there() {
        let longest: Vec<_> = [1, 2, 3, 8, 9, 10, u32::MAX].map(|n| wait_ms(n, 1.0) / 1_000).into();
        assert_eq!(longest, [2, 4, 8, 256, 300, 300, 300]);
    }

    #[test]
    fn no_wait_is_shorter_than_a_second() {
        assert_eq!(wait_ms(1, 0.0), WAIT_MS_MIN);
        assert_eq!(wait_ms(u32::MAX, -5.0), WAIT_MS_MIN);
    }

    #[test]
    fn the_server_is_never_asked_earlier_than_it_wants() {
        assert_eq!(wait_ms_at_least(7_000, 0.0), 7_000);
        assert!(wait_ms_at_least(7_000, 1.0) <= 8_750);
    }
}
