//! Inspections: the first piece, which fails and raises its NCR, and the periodic sample, which passes.
use anyhow::Result;

use crate::shift::stage::Stage;

/// Pieces of the periodic sample.
const PIECES: usize = 5;
/// Bore, pitch and thickness of each, in millimetres.
const GAUGE_READINGS: [&str; 3 * PIECES] = [
    "25.003", "24.996", "25.008", "24.991", "25.001", //
    "60.01", "59.98", "60.02", "60.00", "59.97", //
    "8.01", "7.99", "8.00", "8.02", "7.98",
];

/// The bore is 11 micrometres too wide.
pub async fn first_piece_fails(stage: &mut Stage) -> Result<()> {
    open(stage).await?;
    let page = stage.page()?;
    page.key_in("25.041").await?;
    stage.photo("inspection").await?;
    let page = stage.page()?;
    page.tap("take-reading").await?;
    page.see("value-none").await?;
    stage.photo("inspection-reading-outside").await?;
    stage.page()?.tap("value-none").await?;
    record(stage, "FAIL", "inspection_failed").await?;
    stage.ledger.readings += 2;
    stage.ledger.did("ncr", 1);
    // A critical check that fails stops the job, and the machine with it.
    stage.ledger.did("production_log", 1);
    stage.ledger.did("machine_status", 1);
    Ok(())
}

/// The NCR is written already; the inspector says that it is less bad than
/// proposed.
pub async fn complete_ncr(stage: &mut Stage) -> Result<()> {
    stage.page()?.see("screen-ncr").await?;
    stage.photo("ncr").await?;
    stage.page()?.tap("severity-MAJOR").await?;
    stage.tap("ncr-save", "ncr_completed").await?;
    stage.ledger.did("ncr_detail", 1);
    stage.ledger.ncr_severity = "MAJOR";
    stage.page()?.see("screen-home").await.map(drop)
}

/// The periodic check of five pieces: the gauge's data key sends what it reads, the eye judges the rest.
pub async fn sample_passes(stage: &mut Stage) -> Result<()> {
    open(stage).await?;
    for value in GAUGE_READINGS {
        stage.scan(value, "reading_taken").await?;
    }
    stage.photo("inspection-sample").await?;
    judge(stage, "BURR", "none").await?;
    judge(stage, "THREAD-M6", "go").await?;
    record(stage, "PASS", "inspection_recorded").await?;
    stage.ledger.readings += GAUGE_READINGS.len() + 2 * PIECES;
    Ok(())
}

async fn open(stage: &mut Stage) -> Result<()> {
    stage.page()?.tap("inspect").await?;
    stage.page()?.see("characteristic-BORE").await.map(drop)
}

/// The same word for every piece; the list says how many have it.
async fn judge(stage: &Stage, characteristic: &str, word: &str) -> Result<()> {
    let page = stage.page()?;
    let row = format!("characteristic-{characteristic}");
    for piece in 1..PIECES {
        page.tap(&format!("value-{word}")).await?;
        let taken = format!("{piece} of {PIECES}");
        page.see_that(&format!("{characteristic} {taken}"), &row, |seen| seen.text.contains(&taken)).await?;
    }
    page.tap(&format!("value-{word}")).await?;
    page.gone(&format!("value-{word}")).await
}

/// Recorded with the verdict that is shown.
async fn record(stage: &mut Stage, result: &str, echo: &str) -> Result<()> {
    stage.page()?.see_that("the verdict", "result", |seen| seen.data("result") == result).await?;
    stage.photo(&format!("inspection-{}", result.to_lowercase())).await?;
    stage.tap("record-inspection", echo).await?;
    stage.ledger.did("inspection", 1);
    Ok(())
}
