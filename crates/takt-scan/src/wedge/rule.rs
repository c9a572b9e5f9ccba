//! When a run of key strokes is a scanner and not a person; one set of numbers for page and station.

use super::Stroke;
use super::layout::is_modifier;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest pause between two strokes of one burst, in milliseconds. Scanners send a key every 1 to 20 ms,
/// slow radio ones up to 40; a fast typist needs 80.
pub const BURST_GAP_MS_MAX: f64 = 50.0;
/// The fewest characters that make a burst; shorter runs are typing.
pub const BURST_LENGTH_MIN: usize = 4;
/// The most strokes kept of one burst: 2,000 characters, each with modifiers or a keypad sequence.
pub const BURST_LENGTH_MAX: usize = 16_000;
/// A burst without terminator has ended after this silence, in milliseconds.
pub const BURST_SETTLE_MS: f64 = 100.0;

/// The numbers by which the page recognises a burst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct BurstRule {
    /// [`BURST_GAP_MS_MAX`].
    pub gap_ms_max: f64,
    /// [`BURST_LENGTH_MIN`].
    pub length_min: usize,
    /// [`BURST_LENGTH_MAX`].
    pub length_max: usize,
    /// [`BURST_SETTLE_MS`].
    pub settle_ms: f64,
}

/// The rule in force.
pub const BURST_RULE: BurstRule = BurstRule {
    gap_ms_max: BURST_GAP_MS_MAX,
    length_min: BURST_LENGTH_MIN,
    length_max: BURST_LENGTH_MAX,
    settle_ms: BURST_SETTLE_MS,
};

/// Whether these strokes came from a scanner: enough of them, none of them late.
pub fn is_burst(strokes: &[Stroke]) -> bool {
    let characters = strokes.iter().filter(|stroke| !is_modifier(&stroke.key)).count();
    let in_time = |pair: &[Stroke]| (0.0..=BURST_GAP_MS_MAX).contains(&(pair[1].t_ms - pair[0].t_ms));
    characters >= BURST_LENGTH_MIN && strokes.len() <= BURST_LENGTH_MAX && strokes.windows(2).all(in_time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed_every(gap_ms: f64, count: usize) -> Vec<Stroke> {
        let stroke = |n| Stroke { key: "a".into(), t_ms: n as f64 * gap_ms, ..Stroke::default() };
        (0..count).map(stroke).collect()
    }

    #[test]
    fn a_scanner_is_quick_and_says_more_than_three_characters() {
        assert!(is_burst(&typed_every(50.0, 4)));
        assert!(!is_burst(&typed_every(50.1, 4)));
        assert!(!is_burst(&typed_every(1.0, 3)));
        assert!(!is_burst(&typed_every(f64::NAN, 9)));
        assert!(!is_burst(&[]));
    }
}
