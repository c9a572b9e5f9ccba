//! What trying migrations on a copy showed, as a table.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use anyhow::{bail, ensure};
use chrono::{DateTime, Utc};

use crate::db::attempt::Mode;

/// Characters of a statement that are shown.
const SHOWN: usize = 60;

/// One statement that was tried.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its file.
    pub migration: &'static str,
    /// Its line there.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// How long it took.
    pub took: Duration,
    /// What the database said against it.
    pub failure: Option<String>,
    /// Tables in use that it locked, or locked more strongly than the statements before it.
    pub locks: Vec<(String, Mode)>,
}

/// A table in use that was locked.
#[derive(Clone, Debug)]
pub struct Held {
    /// The strongest lock.
    pub mode: Mode,
    /// From the statement that took it to the commit.
    pub lasted: Duration,
}

/// Everything that was tried on a copy.
#[derive(Debug)]
pub struct Report {
    /// Database that the backup was taken of.
    pub database: String,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Rows of the copy.
    pub rows: i64,
    /// In order.
    pub steps: Vec<Step>,
    /// Every table in use that was locked.
    pub held: BTreeMap<String, Held>,
    commit: Option<(Duration, Option<String>)>,
}

impl Report {
    /// Nothing tried yet.
    pub fn of(database: &str, taken_at: DateTime<Utc>) -> Self {
        let database = database.to_owned();
        Self { database, taken_at, rows: 0, steps: Vec::new(), held: BTreeMap::new(), commit: None }
    }

    /// Adds a statement; `locks` is what the transaction holds after it.
    pub fn add(&mut self, step: Step, locks: &BTreeMap<String, Mode>) {
        self.pass(step.took);
        let mut news = Vec::new();
        for (table, mode) in locks {
            if self.held.get(table).is_none_or(|held| held.mode < *mode) {
                self.held.insert(table.clone(), Held { mode: *mode, lasted: step.took });
                news.push((table.clone(), *mode));
            }
        }
        self.steps.push(Step { locks: news, ..step });
    }

    /// The end of the transaction.
    pub fn committed(&mut self, took: Duration, failure: Option<String>) {
        self.pass(took);
        self.commit = Some((took, failure));
    }

    /// An error when it did not work.
    pub fn verdict(&self) -> anyhow::Result<()> {
        if let Some(step) = self.steps.iter().find(|step| step.failure.is_some()) {
            let failure = step.failure.as_deref().unwrap_or_default();
            bail!("{} line {} failed on the copy: {failure}", step.migration, step.line);
        }
        if let Some((_, Some(failure))) = &self.commit {
            bail!("the migrations failed at their commit on the copy: {failure}");
        }
        ensure!(self.steps.is_empty() || self.commit.is_some(), "the migrations were not tried to their end");
        Ok(())
    }

    fn pass(&mut self, took: Duration) {
        for held in self.held.values_mut() {
            held.lasted += took;
        }
    }

    fn write_steps(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut file = "";
        for step in &self.steps {
            if file != step.migration {
                file = step.migration;
                writeln!(f, "\n{file}\n{:>6}  {:>10}  statement", "line", "took")?;
            }
            writeln!(f, "{:>6}  {:>10}  {}", step.line, ms(step.took), first_words(&step.text))?;
            for (table, mode) in &step.locks {
                writeln!(f, "{:>20}{} on {table}, {} wait", "", mode.name(), mode.stops())?;
            }
            if let Some(failure) = &step.failure {
                writeln!(f, "{:>20}FAILED: {failure}", "")?;
            }
        }
        Ok(())
    }

    fn write_held(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let stopping = || self.held.iter().filter(|(_, held)| held.mode.stops() != "nobody");
        if stopping().next().is_none() {
            return writeln!(f, "\nnobody had to wait for a table");
        }
        let width = stopping().map(|(table, _)| table.len()).max().unwrap_or_default();
        writeln!(f, "\n{:width$}  {:>10}  who waits", "table", "locked for")?;
        for (table, held) in stopping() {
            writeln!(
                f,
                "{table:width$}  {:>10}  {} ({})",
                ms(held.lasted),
                held.mode.stops(),
                held.mode.name()
            )?;
        }
        Ok(())
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let taken_at = self.taken_at.format("%Y-%m-%d %H:%M:%S UTC");
        if self.steps.is_empty() {
            return writeln!(
                f,
                "nothing to try: the newest backup, {} of {taken_at}, has every migration of this release",
                self.database
            );
        }
        writeln!(f, "tried on a copy of {} of {taken_at} with {} rows", self.database, self.rows)?;
        self.write_steps(f)?;
        if let Some((took, failure)) = &self.commit {
            writeln!(f, "{:>6}  {:>10}  commit", "", ms(*took))?;
            if let Some(failure) = failure {
                writeln!(f, "{:>20}FAILED: {failure}", "")?;
            }
        }
        let took: Duration = self.steps.iter().map(|step| step.took).sum();
        self.write_held(f)?;
        writeln!(f, "\n{} statements in {}; the copy is gone", self.steps.len(), ms(took))
    }
}

fn ms(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1e3)
}

fn first_words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.chars().count() + word.chars().count() > SHOWN {
            return words + "…";
        }
        words = if words.is_empty() { word.to_owned() } else { words + " " + word };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str, took: u64, failure: Option<&str>) -> Step {
        let (text, failure) = (text.to_owned(), failure.map(str::to_owned));
        Step {
            migration: "0002_a.sql",
            line: 3,
            text,
            took: Duration::from_millis(took),
            failure,
            locks: vec![],
        }
    }

    fn locks(held: &[(&str, Mode)]) -> BTreeMap<String, Mode> {
        held.iter().map(|(table, mode)| ((*table).to_owned(), *mode)).collect()
    }

    #[test]
    fn a_lock_lasts_from_its_statement_to_the_commit() {
        let mut report = Report::of("takt", DateTime::UNIX_EPOCH);
        report.add(step("select 1", 1, None), &locks(&[("public.a", Mode::AccessShare)]));
        let both = locks(&[("public.a", Mode::AccessExclusive), ("public.b", Mode::Share)]);
        report.add(step("alter table a", 10, None), &both);
        report.add(step("select 2", 100, None), &both);
        report.committed(Duration::from_millis(1000), None);
        assert_eq!(report.steps[1].locks.len(), 2);
        assert!(report.steps[2].locks.is_empty(), "what was held already is no news");
        assert_eq!(report.held["public.b"].lasted, Duration::from_millis(1110));
        assert!(report.verdict().is_ok());
        let table = report.to_string();
        assert!(table.contains("ACCESS EXCLUSIVE on public.a, readers and writers wait"), "{table}");
        assert!(table.contains("public.b   1110.0 ms  writers (SHARE)"), "{table}");
    }

    #[test]
    fn a_failure_is_in_the_table_and_in_the_verdict() {
        let mut report = Report::of("takt", DateTime::UNIX_EPOCH);
        assert!(report.verdict().is_ok() && report.to_string().contains("nothing to try"));
        report.add(step("alter table a", 1, Some("no such table")), &BTreeMap::new());
        assert!(report.to_string().contains("FAILED: no such table"));
        assert!(report.verdict().unwrap_err().to_string().contains("0002_a.sql line 3"));
    }
}
