//! Judging readings against limits and pieces by their readings; [`due()`] says when a check is.

pub mod due;

pub use due::{Due, DueFacts, Frequency, SinceLast, due};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{Measure, Quantity};

words! {
    /// Verdict over an inspection.
    InspectionResult {
        /// Every piece conforms.
        Pass = "PASS",
        /// At least one piece does not.
        Fail = "FAIL",
        /// Released with conditions by a person.
        Conditional = "CONDITIONAL",
    }
}

impl InspectionResult {
    /// Whether work may go on: PASS or CONDITIONAL.
    pub fn releases(self) -> bool {
        self != Self::Fail
    }
}

/// Whether a measured value conforms. Both limits belong to the tolerance; a limit of zero is a
/// limit. All in the characteristic's unit, compared exactly.
pub fn judge(value: Measure, lower: Option<Measure>, upper: Option<Measure>) -> bool {
    lower.is_none_or(|lower| value >= lower) && upper.is_none_or(|upper| value <= upper)
}

/// Whether a judgement in words is among the accepted ones.
pub fn judge_text<S: AsRef<str>>(text: &str, accepted: &[S]) -> bool {
    accepted.iter().any(|value| value.as_ref() == text)
}

/// One judged reading of one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Which piece of the sample, from 1.
    pub sample_no: i32,
    /// Whether it is within its limits.
    pub conforming: bool,
}

/// What an inspection comes to, by piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Verdict {
    /// Pieces with every reading within.
    pub passed: i32,
    /// Pieces with any reading outside.
    pub failed: i32,
    /// PASS without a failed piece, else FAIL; CONDITIONAL is a person's decision.
    pub result: InspectionResult,
}

impl Verdict {
    /// Pieces looked at; passed + failed.
    pub fn inspected(&self) -> Quantity {
        Quantity::from(self.passed) + Quantity::from(self.failed)
    }
}

/// Why there is no verdict yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerdictRefused {
    /// Fewer pieces were read than the plan asks for.
    #[error("{0} pieces of the sample are not read")]
    PiecesMissing(i32),
    /// Some piece has fewer readings than another: a characteristic was left out.
    #[error("piece {0} is not read completely")]
    ReadingsMissing(i32),
}

impl VerdictRefused {
    /// The code by which a screen finds its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::PiecesMissing(_) => "pieces_missing",
            Self::ReadingsMissing(_) => "readings_missing",
        }
    }
}

/// The verdict over all readings of a sample: a piece fails if any of its readings does. Every
/// piece carries the same characteristics; `sample_size` pieces are the least.
pub fn verdict(readings: &[Judged], sample_size: i32) -> Result<Verdict, VerdictRefused> {
    let mut pieces: BTreeMap<i32, (usize, bool)> = BTreeMap::new();
    for reading in readings {
        let piece = pieces.entry(reading.sample_no).or_insert((0, true));
        *piece = (piece.0 + 1, piece.1 && reading.conforming);
    }
    let count = |failed: bool| pieces.values().filter(|(_, conforms)| *conforms != failed).count();
    let (passed, failed) = (count(false) as i32, count(true) as i32);
    let missing = sample_size.max(1) - passed - failed;
    if missing > 0 {
        return Err(VerdictRefused::PiecesMissing(missing));
    }
    let complete = pieces.values().map(|(read, _)| *read).max();
    if let Some((piece, _)) = pieces.iter().find(|(_, (read, _))| Some(*read) != complete) {
        return Err(VerdictRefused::ReadingsMissing(*piece));
    }
    let result = if failed == 0 { InspectionResult::Pass } else { InspectionResult::Fail };
    Ok(Verdict { passed, failed, result })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn m(text: &str) -> Measure {
        Measure::typed(text).unwrap()
    }

    #[rstest]
    #[case("25.10", None, Some("25.1"), true)]
    #[case("25.100001", None, Some("25.1"), false)]
    #[case("24.97", Some("24.970"), Some("25.030"), true)]
    #[case("24.969999", Some("24.970"), Some("25.030"), false)]
    #[case("-0.001", Some("0"), None, false)]
    #[case("0", Some("0"), Some("0.5"), true)]
    #[case("0.001", None, Some("0"), false)]
    #[case("-3", None, Some("0"), true)]
    #[case("99", None, None, true)]
    fn limits_belong_to_the_tolerance_and_zero_is_one(
        #[case] value: &str,
        #[case] lower: Option<&str>,
        #[case] upper: Option<&str>,
        #[case] conforms: bool,
    ) {
        assert_eq!(judge(m(value), lower.map(m), upper.map(m)), conforms);
    }

    #[test]
    fn words_are_judged_by_the_accepted_ones() {
        assert!(judge_text("none", &["none", "slight"]));
        assert!(!judge_text("burr", &["none", "slight"]));
        assert!(!judge_text::<&str>("none", &[]));
    }

    /// Pieces apart by spaces; `+` a reading within its limits, `-` one outside.
    fn readings(pieces: &str) -> Vec<Judged> {
        let of = |(index, piece): (usize, &str)| -> Vec<Judged> {
            let sample_no = index as i32 + 1;
            piece.chars().map(|sign| Judged { sample_no, conforming: sign == '+' }).collect()
        };
        pieces.split_whitespace().enumerate().flat_map(of).collect()
    }

    #[rstest]
    #[case("++ ++", 2, Ok((2, 0, InspectionResult::Pass)))]
    #[case("++ +-", 2, Ok((1, 1, InspectionResult::Fail)))]
    #[case("-- ++", 2, Ok((1, 1, InspectionResult::Fail)))]
    #[case("+ + +", 2, Ok((3, 0, InspectionResult::Pass)))]
    #[case("+", 5, Err("pieces_missing"))]
    #[case("", 1, Err("pieces_missing"))]
    #[case("", 0, Err("pieces_missing"))]
    #[case("++ +", 2, Err("readings_missing"))]
    fn a_piece_fails_by_any_of_its_readings(
        #[case] pieces: &str,
        #[case] sample_size: i32,
        #[case] expected: Result<(i32, i32, InspectionResult), &str>,
    ) {
        let found = verdict(&readings(pieces), sample_size);
        let short = |verdict: Verdict| (verdict.passed, verdict.failed, verdict.result);
        assert_eq!(found.map(short).map_err(VerdictRefused::code), expected);
    }

    #[test]
    fn passed_and_failed_are_what_was_inspected() {
        let verdict = verdict(&readings("+ - +"), 3).unwrap();
        assert_eq!(verdict.inspected(), Quantity::from(3));
        assert!(!verdict.result.releases() && InspectionResult::Conditional.releases());
    }
}
