//! Badges and PINs.
use anyhow::Result;

use crate::shift::stage::Stage;

/// Somebody of the demo plant.
pub struct Person {
    badge: &'static str,
    pin: &'static str,
}

/// Amélie Rousseau, operator: her badge is enough.
const OPERATOR_BADGE: &str = "BG:NW-Q8DT-6HBN-1SWF";
/// Katarzyna Wiśniewska, inspector.
const INSPECTOR: Person = Person { badge: "BG:NW-9YHC-D4FX-6QRK", pin: "864209" };
/// Camille Laurent, lead of the shift that ends.
const LEAD: Person = Person { badge: "BG:NW-7K2Q-9XMD-4FTA", pin: "246810" };
/// Petra Hoffmann, lead of the shift that begins; reads German.
pub const NEXT_LEAD: Person = Person { badge: "BG:NW-3RZH-WQ6B-8NPC", pin: "135790" };

/// A badge that nobody here has.
pub async fn stranger(stage: &mut Stage) -> Result<()> {
    stage.scan("BG:XX-0000-0000-0000", "unknown_badge").await?;
    stage.ledger.did("sign_in", 1);
    stage.photo("lock-unknown-badge").await?;
    stage.read_bad_news().await
}

/// The first to sign in.
pub async fn operator(stage: &mut Stage) -> Result<()> {
    stage.scan(OPERATOR_BADGE, "signed_in").await?;
    stage.ledger.did("sign_in", 1);
    stage.page()?.see("screen-home").await?;
    stage.photo("home-before-work").await
}

/// The operator comes back to the station.
pub async fn operator_again(stage: &mut Stage) -> Result<()> {
    stage.scan(OPERATOR_BADGE, "signed_in").await?;
    // One goes, one comes.
    stage.ledger.did("sign_in", 2);
    Ok(())
}

/// The inspector mistypes the PIN once.
pub async fn inspector(stage: &mut Stage) -> Result<()> {
    stage.scan(INSPECTOR.badge, "pin_wanted").await?;
    let page = stage.page()?;
    page.key_in("1111").await?;
    page.tap("pin-enter").await?;
    page.see_that("the outcome wrong_pin", "pin-outcome", |seen| seen.data("code") == "wrong_pin").await?;
    stage.ledger.did("sign_in", 1);
    stage.photo("pin-wrong").await?;
    enter_pin(stage, &INSPECTOR, "signed_in").await
}

/// The inspector once more.
pub async fn inspector_again(stage: &mut Stage) -> Result<()> {
    with_pin(stage, &INSPECTOR, "signed_in").await
}

/// The lead who hands over.
pub async fn lead(stage: &mut Stage) -> Result<()> {
    with_pin(stage, &LEAD, "signed_in").await
}

/// Badge, PIN, and what that comes to.
pub async fn with_pin(stage: &mut Stage, person: &Person, echo: &str) -> Result<()> {
    stage.scan(person.badge, "pin_wanted").await?;
    enter_pin(stage, person, echo).await
}

/// The badge of somebody who is signed in already.
pub async fn badge(stage: &mut Stage, person: &Person, echo: &str) -> Result<()> {
    stage.scan(person.badge, echo).await
}

async fn enter_pin(stage: &mut Stage, person: &Person, echo: &str) -> Result<()> {
    stage.page()?.key_in(person.pin).await?;
    stage.tap("pin-enter", echo).await?;
    stage.ledger.did("sign_in", 2);
    Ok(())
}
