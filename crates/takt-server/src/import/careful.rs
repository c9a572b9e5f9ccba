//! A step for many rows at once, halved until the rows that the database refuses stand alone.

use serde_json::Value;

use super::kind::Kind;
use super::progress::Progress;
use super::refusal;
use super::report::Reason;
use crate::db::TenantTx;
use crate::db::import::{self, Step};

/// Rows of one statement.
pub const ROWS_AT_ONCE: usize = 500;
/// Refusals of one step after which the rest is not looked at.
const REFUSALS_MAX: usize = 500;

/// What came of a step.
#[derive(Default)]
pub struct Outcome {
    /// Number and id of the rows it was done with.
    pub done: Vec<(usize, i32)>,
    /// Numbers of refused rows, and why.
    pub refused: Vec<(usize, Reason)>,
}

/// Does a step with every row that the database takes.
pub async fn each(
    tx: &mut TenantTx,
    kind: &Kind,
    step: &Step<'_>,
    rows: &[Value],
    progress: &mut Progress,
) -> Result<Outcome, sqlx::Error> {
    let mut outcome = Outcome::default();
    let mut open: Vec<&[Value]> = rows.chunks(ROWS_AT_ONCE).rev().collect();
    let all = rows.len();
    while let Some(rows) = open.pop() {
        progress.at(&format!("{}: {} of {all} written", kind.name, outcome.done.len()));
        if outcome.refused.len() >= REFUSALS_MAX {
            let says = format!("it was not looked at: {REFUSALS_MAX} rows were refused before it");
            outcome.refused.extend(rows.iter().map(|row| (number(row), Reason::row(&says))));
            continue;
        }
        import::save(tx).await?;
        match import::run(tx, step, rows).await {
            Ok(done) => {
                import::keep(tx).await?;
                outcome
                    .done
                    .extend(done.into_iter().map(|(n, id)| (usize::try_from(n).unwrap_or_default(), id)));
            }
            Err(error) => {
                let reason = refusal::reason(kind, error)?;
                import::undo(tx).await?;
                match rows {
                    [] => {}
                    [row] => outcome.refused.push((number(row), reason)),
                    rows => {
                        let (first, second) = rows.split_at(rows.len() / 2);
                        open.push(second);
                        open.push(first);
                    }
                }
            }
        }
    }
    Ok(outcome)
}

fn number(row: &Value) -> usize {
    row["n"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default()
}
