//! First start: from an empty terminal to a station of the plant.
use anyhow::Result;

use crate::shift::stage::Stage;

/// A label of the right form that no office ever printed.
const UNKNOWN_CODE: &str = "ZZZZ-ZZZZ-ZZZZ";

/// Nothing but the enrolment screen.
pub async fn first_start(stage: &mut Stage) -> Result<()> {
    stage.start_terminal().await?;
    stage.page()?.see("screen-enrol").await?;
    stage.photo("enrol").await
}

/// A code that nobody knows; and no network.
pub async fn refused(stage: &mut Stage) -> Result<()> {
    let label = format!("takt+enrol:{}|{UNKNOWN_CODE}", stage.network.url());
    stage.scan_unkept(&label).await?;
    outcome(stage, "enrol_code_unknown").await?;
    stage.photo("enrol-unknown-code").await?;
    stage.network.cut();
    stage.scan_unkept(&label).await?;
    outcome(stage, "no_network").await?;
    stage.photo("enrol-no-network").await?;
    stage.network.restore();
    Ok(())
}

/// The real one: scanned, enrolled, the plant's lists pulled, locked.
pub async fn by_scan(stage: &mut Stage) -> Result<()> {
    let label = stage.plant.enrolment_label(&stage.network.url())?;
    stage.scan_unkept(&label).await?;
    stage.page()?.see_from_plant("the lock screen", "screen-lock", |_| true).await?;
    stage.photo("lock").await
}

async fn outcome(stage: &Stage, code: &str) -> Result<()> {
    let what = format!("the outcome {code}");
    stage.page()?.see_that(&what, "enrol-outcome", |seen| seen.data("code") == code).await.map(drop)
}
