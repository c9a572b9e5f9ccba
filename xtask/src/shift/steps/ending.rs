//! The end of the shift: handed over by one lead, taken over by another.
use anyhow::{Result, ensure};

use super::offline::all_at_the_plant;
use super::people;
use crate::shift::stage::Stage;

/// More lines than any handover of this script has.
const ITEMS_MAX: usize = 20;

/// The numbers wrote themselves; the lead adds a note and submits.
pub async fn hand_over(stage: &mut Stage) -> Result<()> {
    let page = stage.page()?;
    page.tap("nav-handover").await?;
    page.see("screen-handover").await?;
    let good = page.see("handover-good").await?;
    ensure!(good.number()? >= stage.ledger.good, "the handover counts {} good pieces", good.text);
    stage.write("notes", "Bore runs to the upper side.").await?;
    stage.photo("handover").await?;
    stage.tap("submit-handover", "handover_submitted").await?;
    stage.ledger.did("handover", 1);
    stage.photo("handover-submitted").await
}

/// The badge signs the next lead in, who reads every red item; the badge again takes over.
pub async fn take_over(stage: &mut Stage) -> Result<()> {
    people::with_pin(stage, &people::NEXT_LEAD, "items_unread").await?;
    acknowledge(stage).await?;
    stage.page()?.see("take-scan").await?;
    people::badge(stage, &people::NEXT_LEAD, "handover_acknowledged").await?;
    stage.ledger.did("handover_acknowledgement", 1);
    stage.page()?.see("handover-taken").await?;
    stage.photo("handover-taken").await
}

/// The last records are at the plant, and the screen says so.
pub async fn all_sent(stage: &mut Stage) -> Result<()> {
    all_at_the_plant(stage).await?;
    stage.page()?.tap("nav-records").await?;
    stage.photo("records").await
}

/// Taps "read" on every red item that has it.
async fn acknowledge(stage: &Stage) -> Result<()> {
    let page = stage.page()?;
    for index in 0..ITEMS_MAX {
        let button = format!("ack-{index}");
        if page.look(&button).await?.is_some() {
            page.tap(&button).await?;
            page.gone(&button).await?;
        }
    }
    Ok(())
}
