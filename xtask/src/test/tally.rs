//! Counting what passed and what failed, suite by suite.
use std::fmt;

use anyhow::Result;

/// All suites so far. Its last printed line is the sum.
#[derive(Debug, Default)]
pub struct Tally {
    suites: Vec<(String, usize, usize)>,
}

impl Tally {
    /// A suite that counted for itself.
    pub fn add(&mut self, suite: &str, passed: usize, failed: usize) {
        self.suites.push((suite.to_owned(), passed, failed));
    }

    /// Something that either holds or not; prints the error and says which.
    pub fn check(&mut self, suite: &str, result: Result<()>) -> bool {
        let holds = result.is_ok();
        if let Err(error) = result {
            println!("{suite}: {error:#}");
        }
        self.add(suite, usize::from(holds), usize::from(!holds));
        holds
    }

    /// Over all suites.
    pub fn passed(&self) -> usize {
        self.suites.iter().map(|(_, passed, _)| passed).sum()
    }

    /// Over all suites.
    pub fn failed(&self) -> usize {
        self.suites.iter().map(|(.., failed)| failed).sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (suite, passed, failed) in &self.suites {
            let mark = if *failed > 0 { "  <-- failed" } else { "" };
            writeln!(f, "{suite:<24}{passed:>6} passed{failed:>6} failed{mark}")?;
        }
        write!(f, "{} passed, {} failed", self.passed(), self.failed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_sum() {
        let mut tally = Tally::default();
        tally.add("rust", 40, 1);
        assert!(tally.check("format", Ok(())));
        assert!(!tally.check("lint", Err(anyhow::anyhow!("unused"))));
        assert_eq!(tally.to_string().lines().last(), Some("41 passed, 2 failed"));
    }
}
