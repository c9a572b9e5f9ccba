//! Judging readings against limits, pieces by their readings, and when a check is due.

use crate::words::words;

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
