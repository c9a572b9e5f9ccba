//! A lost answer, a pulled cable, a terminal that dies in the middle of it.
use std::time::Duration;

use anyhow::Result;

use super::{counted, work};
use crate::shift::page::until;
use crate::shift::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(90);

/// The server commits a batch and its answer never arrives: it is sent again, and counts once.
pub async fn lose_an_answer(stage: &mut Stage) -> Result<()> {
    stage.network.lose_next_answer();
    work::good_by_card(stage, 1).await?;
    counted(stage, stage.ledger.good).await?;
    let lost = || async { Ok((stage.network.sent().lost == 1).then_some(())) };
    until("an answer lost", PATIENCE, lost).await?;
    all_at_the_plant(stage).await
}

/// The cable is out, and the top bar says so.
pub async fn pull_the_network(stage: &mut Stage) -> Result<()> {
    stage.network.cut();
    // Somebody books, so that there is something to send. The same card again would be the same scan.
    work::good_by_card(stage, 2).await?;
    counted(stage, stage.ledger.good).await?;
    let page = stage.page()?;
    page.see_from_plant("offline in the top bar", "nav-records", |seen| seen.data("link") == "offline")
        .await?;
    stage.photo("home-offline").await
}

/// A pause with its reason, a count, and a stop that stays without one for now.
pub async fn more_work(stage: &mut Stage) -> Result<()> {
    stage.page()?.tap("pause").await?;
    stage.tap("reason-SHORTAGE", "order_paused").await?;
    stage.ledger.did("production_log", 1);
    stage.ledger.did("machine_status", 1);
    work::resume_order(stage).await?;
    work::good_by_card(stage, 12).await?;
    stage.scan("CMD:DOWN", "machine_down").await?;
    stage.scan("CMD:UP", "machine_up").await?;
    stage.ledger.did("machine_status", 2);
    counted(stage, stage.ledger.good).await?;
    stage.page()?.tap("nav-records").await?;
    stage.page()?.see("record").await?;
    stage.photo("records-offline").await?;
    stage.page()?.tap("nav-home").await
}

/// Booked, "saved" on screen, and the plug pulled in the same moment. Nothing is forgotten.
pub async fn die_and_return(stage: &mut Stage) -> Result<()> {
    work::good_by_card(stage, 6).await?;
    stage.kill_terminal().await?;
    stage.start_terminal().await?;
    stage.page()?.see("screen-home").await?;
    counted(stage, stage.ledger.good).await?;
    let page = stage.page()?;
    page.see_from_plant("offline in the top bar", "nav-records", |seen| seen.data("link") == "offline")
        .await?;
    stage.photo("home-after-restart").await
}

/// Dies once more, while it catches up; then everything is at the plant.
pub async fn network_back(stage: &mut Stage) -> Result<()> {
    stage.network.restore();
    let sending = stage.network.sent().batches;
    let sent = || async { Ok((stage.network.sent().batches > sending).then_some(())) };
    until("the terminal sending again", PATIENCE, sent).await?;
    stage.kill_terminal().await?;
    stage.start_terminal().await?;
    counted(stage, stage.ledger.good).await?;
    all_at_the_plant(stage).await
}

/// Every record has its second tick.
pub async fn all_at_the_plant(stage: &Stage) -> Result<()> {
    let page = stage.page()?;
    page.tap("nav-records").await?;
    page.see_from_plant("nothing left to send", "unsent", |seen| seen.data("value") == "0").await?;
    page.tap("nav-home").await
}
