//! The pages' suites: types and lints, state classes, and every screen in a real browser.
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;
use takt_testkit::workspace;

use super::step;
use super::tally::Tally;

pub fn run(tally: &mut Tally) {
    step::announce("pages: types and lints");
    tally.check("pages: types, lints", step::shown(&mut npm("check")));

    step::announce("pages: tests");
    let report = workspace::state().join("test/vitest.json");
    let _ = fs::remove_file(&report);
    let mut tests = npm("test");
    tests
        .args(["--", "--reporter=default", "--reporter=json"])
        .arg(format!("--outputFile={}", report.display()));
    let ended = step::shown(&mut tests);
    count(tally, "pages: tests", ended, vitest(&report));

    if has_script("test:browser") {
        step::announce("pages: in a browser");
        let mut sum = None;
        let ended = step::watched(&mut npm("test:browser"), |line| sum = closing_line(line).or(sum));
        count(tally, "pages: in a browser", ended, sum.context("no closing line"));
    }
}

/// A suite that cannot be counted is one check; one that ended badly has at least one failure.
fn count(tally: &mut Tally, suite: &str, ended: Result<()>, counts: Result<(usize, usize)>) {
    match (ended, counts) {
        (ended, Ok((passed, failed))) => tally.add(suite, passed, failed.max(usize::from(ended.is_err()))),
        (ended, Err(_)) => drop(tally.check(suite, ended)),
    }
}

fn npm(script: &str) -> Command {
    let mut command = Command::new("npm");
    command.args(["run", "--silent", script]).current_dir(workspace::root().join("ui"));
    command
}

fn has_script(name: &str) -> bool {
    let text = fs::read_to_string(workspace::root().join("ui/package.json")).unwrap_or_default();
    serde_json::from_str::<Value>(&text).is_ok_and(|package| package["scripts"][name].is_string())
}

fn vitest(report: &Path) -> Result<(usize, usize)> {
    let report: Value = serde_json::from_str(&fs::read_to_string(report)?)?;
    let number =
        |name: &str| report[name].as_u64().and_then(|count| usize::try_from(count).ok()).context("no counts");
    Ok((number("numPassedTests")?, number("numFailedTests")?))
}

/// `N passed, N failed`, wherever it stands in a line.
fn closing_line(line: &str) -> Option<(usize, usize)> {
    let (before, after) = line.split_once(" passed, ")?;
    let passed = before.rsplit(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()?;
    Some((passed, after.strip_suffix(" failed").unwrap_or(after).split(' ').next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_line_is_counted() {
        assert_eq!(closing_line("browser: 12 passed, 1 failed"), Some((12, 1)));
        assert_eq!(closing_line("7 screens"), None);
    }

    #[test]
    fn an_uncounted_suite_is_one_check() {
        let mut tally = Tally::default();
        count(&mut tally, "a", Err(anyhow::anyhow!("died")), Ok((3, 0)));
        count(&mut tally, "b", Ok(()), Err(anyhow::anyhow!("no report")));
        assert_eq!((tally.passed(), tally.failed()), (4, 1));
    }
}
