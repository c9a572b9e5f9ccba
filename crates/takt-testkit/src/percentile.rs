//! Percentiles of measured durations, and the line that compares two of them.
use std::time::Duration;

/// Durations of one kind of work.
#[derive(Debug, Default)]
pub struct Sample(Vec<Duration>);

impl Sample {
    /// Adds one measurement.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// The smallest duration that at least `percent` of all measurements do not exceed; zero of none.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or_default()
    }

    /// A percentile in milliseconds.
    pub fn ms(&self, percent: usize) -> f64 {
        self.percentile(percent).as_secs_f64() * 1e3
    }

    /// `p50 0.20 ms  p95 0.31 ms  p99 0.52 ms`
    pub fn summary(&self) -> String {
        let of = |percent| format!("p{percent} {:.2} ms", self.ms(percent));
        [of(50), of(95), of(99)].join("  ")
    }

    /// How often `floor`'s percentile fits into ours.
    pub fn times(&self, floor: &Self, percent: usize) -> f64 {
        self.percentile(percent).as_secs_f64() / floor.percentile(percent).as_secs_f64().max(f64::EPSILON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(ms: impl IntoIterator<Item = u64>) -> Sample {
        Sample(ms.into_iter().map(Duration::from_millis).collect())
    }

    #[test]
    fn percentiles_are_measured_values() {
        let hundred = sample(1..=100);
        assert_eq!(hundred.percentile(50), Duration::from_millis(50));
        assert_eq!(hundred.percentile(99), Duration::from_millis(99));
        assert_eq!(sample([7]).percentile(99), Duration::from_millis(7));
        assert_eq!(sample([]).percentile(99), Duration::ZERO);
    }

    #[test]
    fn samples_are_compared_at_one_percentile() {
        assert!((sample(2..=200).times(&sample(1..=100), 50) - 2.0).abs() < 0.05);
    }
}
