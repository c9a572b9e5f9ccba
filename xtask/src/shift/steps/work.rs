//! An operator's work: the order, good pieces, scrap, taking back, and the machine.
use anyhow::Result;

use super::{counted, order_label};
use crate::shift::stage::Stage;

/// One scan of the order's label starts it; the machine runs for it from then on, and what it ran for before is
/// paused.
pub async fn start_order(stage: &mut Stage) -> Result<()> {
    stage.scan(&order_label(), "order_started").await?;
    stage.ledger.did("production_log", 2);
    stage.ledger.did("machine_status", 1);
    counted(stage, 0).await?;
    stage.photo("home-running").await
}

/// The same label resumes it where it was stopped.
pub async fn resume_order(stage: &mut Stage) -> Result<()> {
    stage.scan(&order_label(), "order_resumed").await?;
    stage.ledger.did("production_log", 1);
    stage.ledger.did("machine_status", 1);
    counted(stage, stage.ledger.good).await
}

/// 24 by command card, a pack by its tile, and the pack taken back.
pub async fn good_pieces(stage: &mut Stage) -> Result<()> {
    good_by_card(stage, 24).await?;
    counted(stage, 24).await?;
    let pack = stage.page()?.see("book-pack").await?.number()?;
    stage.tap("book-pack", "good_booked").await?;
    booked(stage, 1, pack, 0);
    counted(stage, 24 + pack).await?;
    stage.photo("home-undo").await?;
    stage.tap("undo", "booking_undone").await?;
    booked(stage, 1, -pack, 0);
    counted(stage, 24).await
}

/// Ten good and three scrapped for two reasons, on one pad with one Save: a line for each reason.
pub async fn good_and_scrap(stage: &mut Stage) -> Result<()> {
    let page = stage.page()?;
    page.tap("report").await?;
    page.see("screen-report").await?;
    page.key_in("10").await?;
    page.tap("tile-scrap-TOOL_WEAR").await?;
    page.tap("tile-scrap-DIMENSION").await?;
    page.tap("tile-scrap-DIMENSION").await?;
    stage.photo("report").await?;
    stage.tap("save", "booked").await?;
    booked(stage, 2, 10, 3);
    let page = stage.page()?;
    page.tap("bookings").await?;
    page.see("booking").await?;
    stage.photo("report-bookings").await?;
    let page = stage.page()?;
    page.tap("close").await?;
    page.tap("nav-home").await?;
    counted(stage, 34).await
}

/// Down with its reason, up again; down without one, up, and explained afterwards.
pub async fn machine(stage: &mut Stage) -> Result<()> {
    stage.page()?.tap("machine-down").await?;
    stage.page()?.see("sheet-reasons").await?;
    stage.photo("reasons").await?;
    stage.tap("reason-TOOLING", "machine_down").await?;
    stage.photo("home-machine-down").await?;
    stage.tap("machine-up", "machine_up").await?;
    stage.page()?.tap("machine-down").await?;
    stage.tap("reason-later", "machine_down").await?;
    stage.tap("machine-up", "machine_up").await?;
    stage.ledger.did("machine_status", 4);
    stage.photo("home-unexplained-stop").await?;
    explain(stage).await
}

/// The reason of the stop that waits for one.
pub async fn explain(stage: &mut Stage) -> Result<()> {
    stage.page()?.tap("explain-stop").await?;
    stage.tap("reason-MECHANICAL", "stop_explained").await?;
    stage.ledger.did("stop_explanation", 1);
    Ok(())
}

/// `CMD:GOOD:n`
pub async fn good_by_card(stage: &mut Stage, good: i64) -> Result<()> {
    stage.scan(&format!("CMD:GOOD:{good}"), "good_booked").await?;
    booked(stage, 1, good, 0);
    Ok(())
}

/// Notes lines that were booked, and what they add up to.
pub fn booked(stage: &mut Stage, lines: usize, good: i64, scrap: i64) {
    stage.ledger.did("production_log", lines);
    stage.ledger.good += good;
    stage.ledger.scrap += scrap;
}
