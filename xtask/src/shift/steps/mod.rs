//! The steps of the script, by what they are about. Each writes into the ledger what it did, beside doing it.
pub mod checks;
pub mod ending;
pub mod enrol;
pub mod nonsense;
pub mod offline;
pub mod people;
pub mod work;

use anyhow::Result;
use takt_scan::{LabelKind, encode};

use super::stage::Stage;

/// The tenant whose labels these are.
const ORGANIZATION: &str = "NORDWERK";
/// The order of the shift.
const ORDER: &str = "WO-24821";

fn order_label() -> String {
    encode(LabelKind::WorkOrder, ORDER, ORGANIZATION)
}

/// Waits until the home screen counts so many good pieces.
async fn counted(stage: &Stage, good: i64) -> Result<()> {
    let what = format!("{good} good pieces on the home screen");
    let page = stage.page()?;
    page.see_that(&what, "figure-good", |seen| seen.number().is_ok_and(|shown| shown == good)).await.map(drop)
}
