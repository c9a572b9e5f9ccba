//! Reading the summaries of Rust's own test harness.

/// What `test result:` lines add up to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Over all binaries so far.
    pub passed: usize,
    /// Over all binaries so far.
    pub failed: usize,
}

impl Counts {
    /// Takes one line of output, of whatever kind.
    pub fn read(&mut self, line: &str) {
        let Some((_, summary)) = line.split_once("test result: ") else { return };
        let Some((_, counts)) = summary.split_once(". ") else { return };
        for part in counts.split("; ") {
            match part.split_once(' ') {
                Some((count, "passed")) => self.passed += count.parse().unwrap_or(0),
                Some((count, "failed")) => self.failed += count.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// A run that ended badly without a failed test did not build, or a test binary died: one more failure.
    pub fn close(&mut self, ended_well: bool) {
        if !ended_well && self.failed == 0 {
            self.failed = 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_several_binaries_add_up() {
        let mut counts = Counts::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ] {
            counts.read(line);
        }
        counts.close(false);
        assert_eq!(counts, Counts { passed: 4, failed: 2 });
    }

    #[test]
    fn a_run_that_dies_is_a_failure() {
        let mut counts = Counts::default();
        counts.close(false);
        assert_eq!(counts.failed, 1);
    }
}
