//! How long a person waits: from the key or tap to the echo on screen, measured inside the page.
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;
use takt_testkit::percentile::Sample;

use super::page::Page;

/// Starts at the last key or tap before an echo. A scanner's keys are swallowed before they get anywhere; the
/// swallowing itself is what can be seen of them.
const INSTALL: &str = "
    if (window.taktProbe) return;
    const probe = (window.taktProbe = { begun: null, took: [] });
    const swallow = Event.prototype.stopImmediatePropagation;
    Event.prototype.stopImmediatePropagation = function () {
        if (this.type === 'keydown' && this.key === 'Enter') probe.begun = this.timeStamp;
        return swallow.call(this);
    };
    window.addEventListener('click', (event) => (probe.begun = event.timeStamp), true);
    const echo = document.querySelector('[data-testid=echo]');
    new MutationObserver(() => {
        if (probe.begun === null) return;
        probe.took.push(performance.now() - probe.begun);
        probe.begun = null;
    }).observe(echo, { attributes: true, attributeFilter: ['data-no'] });";

const HARVEST: &str = "
    const took = window.taktProbe?.took ?? [];
    if (window.taktProbe) window.taktProbe.took = [];
    return took;";

/// Begins to measure; to be called on every new page.
pub async fn install(page: Page<'_>) -> Result<()> {
    page.see("echo").await?;
    page.ask(INSTALL, Vec::new()).await.map(drop)
}

/// Moves what was measured on this page into `sample`.
pub async fn harvest(page: Page<'_>, sample: &mut Sample) -> Result<()> {
    if let Value::Array(took) = page.ask(HARVEST, Vec::new()).await? {
        for ms in took.iter().filter_map(Value::as_f64).filter(|ms| *ms >= 0.0) {
            sample.add(Duration::from_secs_f64(ms / 1e3));
        }
    }
    Ok(())
}
