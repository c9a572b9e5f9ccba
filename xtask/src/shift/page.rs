//! The page as a person meets it: things are found by their test id, and looked for until they are there.
use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

/// How long the page may take for anything that needs no plant.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the plant may take: the slowest retry of a terminal that was cut off.
const PATIENCE_WITH_PLANT: Duration = Duration::from_secs(90);
const LOOK_AGAIN: Duration = Duration::from_millis(25);
/// The page takes two contacts at one place within 300 ms for one bouncing tap.
const FINGER: Duration = Duration::from_millis(310);
/// What WebDriver calls a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The first element of a selector that can be seen and used: not behind a sheet, not disabled.
const USABLE: &str = "
    return [...document.querySelectorAll(arguments[0])].find((it) =>
        it.getClientRects().length > 0 && !it.closest('[inert], [hidden]') && !it.disabled) ?? null;";
/// The same without asking whether it can be used.
const VISIBLE: &str = "
    const seen = [...document.querySelectorAll(arguments[0])].find((it) => it.getClientRects().length > 0);
    if (!seen) return null;
    return { text: seen.innerText ?? '', data: { ...seen.dataset }, value: seen.value ?? null };";

/// What can be said of a visible element.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its words.
    pub text: String,
    /// Its `data-*`, and the `value` of a field.
    rest: Value,
}

impl Seen {
    /// One of its `data-*`.
    pub fn data(&self, name: &str) -> &str {
        self.rest["data"][name].as_str().unwrap_or_default()
    }

    /// A number in it, whatever stands around it and however it is grouped.
    pub fn number(&self) -> Result<i64> {
        let digits: String = self.text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().with_context(|| format!("{:?} holds no number", self.text))
    }
}

/// One terminal's page.
#[derive(Clone, Copy)]
pub struct Page<'a>(pub &'a Client);

impl Page<'_> {
    /// Waits for an element that can be used and taps it, at a finger's pace.
    pub async fn tap(self, id: &str) -> Result<()> {
        tokio::time::sleep(FINGER).await;
        let element = self.usable(id).await?;
        element.click().await.with_context(|| format!("cannot tap {id}"))
    }

    /// Taps a number on the pad that is on screen.
    pub async fn key_in(self, number: &str) -> Result<()> {
        for character in number.chars() {
            match character {
                '.' | ',' => self.tap("key-sep").await?,
                digit => self.tap(&format!("key-{digit}")).await?,
            }
        }
        Ok(())
    }

    /// Waits until an element can be seen.
    pub async fn see(self, id: &str) -> Result<Seen> {
        until(&format!("{id} on screen"), PATIENCE, || self.look(id)).await
    }

    /// The element if it can be seen now.
    pub async fn look(self, id: &str) -> Result<Option<Seen>> {
        let found = self.ask(VISIBLE, vec![json!(by_test_id(id))]).await?;
        let text = found["text"].as_str().map(str::to_owned);
        Ok(text.map(|text| Seen { text, rest: found }))
    }

    /// Waits until an element is no longer seen.
    pub async fn gone(self, id: &str) -> Result<()> {
        let look = || async { Ok(self.look(id).await?.is_none().then_some(())) };
        until(&format!("{id} gone"), PATIENCE, look).await
    }

    /// Waits until the page says something that only follows from here, without a plant.
    pub async fn see_that(self, what: &str, id: &str, holds: impl Fn(&Seen) -> bool) -> Result<Seen> {
        let look = || async { Ok(self.look(id).await?.filter(|seen| holds(seen))) };
        until(what, PATIENCE, look).await
    }

    /// The same where the plant has its part in it.
    pub async fn see_from_plant(self, what: &str, id: &str, holds: impl Fn(&Seen) -> bool) -> Result<Seen> {
        let look = || async { Ok(self.look(id).await?.filter(|seen| holds(seen))) };
        until(what, PATIENCE_WITH_PLANT, look).await
    }

    /// Runs JavaScript in the page.
    pub async fn ask(self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.0.execute(script, arguments).await.context("the page does not answer")
    }

    async fn usable(self, id: &str) -> Result<Element> {
        let selector = by_test_id(id);
        let look = || async {
            let found = self.ask(USABLE, vec![json!(selector)]).await?;
            let reference = found[ELEMENT].as_str().map(|id| ElementRef::from(id.to_owned()));
            Ok(reference.map(|reference| Element::from_element_id(self.0.clone(), reference)))
        };
        until(&format!("{id} ready to be used"), PATIENCE, look).await
    }
}

fn by_test_id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// Asks again and again until there is an answer.
pub async fn until<T, F>(what: &str, patience: Duration, look: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let deadline = Instant::now() + patience;
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            bail!("waited {} s in vain for: {what}", patience.as_secs());
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
