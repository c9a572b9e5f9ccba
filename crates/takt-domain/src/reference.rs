//! Expected values that others computed, where they are at hand: `TAKT_SHARED`, or `shared`
//! beside the checkout. A suite without them says so past the test harness's capture.

use std::io::Write;
use std::path::PathBuf;

/// The text of `data/reference/<path>`.
pub fn text(path: &str) -> Option<String> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let shared = std::env::var_os("TAKT_SHARED").map_or_else(beside, PathBuf::from);
    let file = shared.join("data/reference").join(path);
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "SKIPPED: reference {} not read: {error}", file.display());
            None
        }
    }
}

/// The records of a JSON list; none where it is not at hand.
pub fn records(path: &str) -> Vec<serde_json::Value> {
    text(path).map_or_else(Vec::new, |text| serde_json::from_str(&text).unwrap())
}

/// Asserts that two numbers agree to a relative tolerance.
#[track_caller]
pub fn assert_close(ours: f64, theirs: f64, relative: f64, what: &str) {
    let bound = relative * theirs.abs().max(f64::MIN_POSITIVE);
    assert!((ours - theirs).abs() <= bound, "{what}: {ours} is not {theirs} to {relative:e}");
}
