//! The pull loop: fetches what changed at the centre, page by page, into the mirror.

use takt_domain::InstallId;
use takt_store::{StoreError, mirror::PageApplied};
use takt_sync::pull::{Effect, PullLoop, Step};
use takt_wire::pull::{PullPage, PullQuery};

use super::{blocking, shared::Shared};
use crate::link::LinkError;

/// Runs for as long as the program does.
pub(super) async fn run(shared: &Shared) {
    let mut pulling = Pulling { shared, engine: PullLoop::new() };
    let mut hurries = shared.signals.hurries.subscribe();
    loop {
        match pulling.engine.next(shared.now()) {
            Step::Pull { limit, wait_seconds } => pulling.pull(limit, wait_seconds).await,
            Step::Rest { until } => tokio::select! {
                () = shared.until(Some(until)) => {}
                _ = hurries.changed() => pulling.engine.hurry(),
            },
        }
    }
}

struct Pulling<'a> {
    shared: &'a Shared,
    engine: PullLoop,
}

/// A page and the install that the server was told when it was asked for.
type Asked = (PullPage, InstallId);

impl Pulling<'_> {
    async fn pull(&mut self, limit: usize, wait_seconds: u64) {
        let mut token = String::new();
        let outcome = self.ask(limit, wait_seconds, &mut token).await;
        let now = self.shared.now();
        let effects = match &outcome {
            Ok((page, _)) => {
                self.shared.epoch_heard(page.epoch);
                self.engine.page(page.epoch, page.rows.len(), page.more, now)
            }
            Err(error) => {
                tracing::warn!(%error, "no page came");
                self.engine.failed(&error.failure(), now, rand::random())
            }
        };
        for effect in effects {
            if let Err(error) = self.carry_out(&effect, &outcome, &token).await {
                tracing::error!(%error, "a page cannot be stored");
                self.engine.not_stored(self.shared.now(), rand::random());
            }
        }
        self.shared.pulling(self.engine.standing());
    }

    /// Leaves the token it used, so that a refused one can be given back.
    async fn ask(&self, limit: usize, wait: u64, token: &mut String) -> Result<Asked, LinkError> {
        let install;
        (*token, install) = self.shared.token().await?;
        let state = blocking(&self.shared.store, |store| store.read(|r| r.sync_state())).await?;
        let query = PullQuery { cursor: state.cursor, limit: Some(limit), wait: Some(wait) };
        Ok((self.shared.link.pull(token, &query).await?, install))
    }

    async fn carry_out(
        &self,
        effect: &Effect,
        outcome: &Result<Asked, LinkError>,
        token: &str,
    ) -> Result<(), StoreError> {
        match (effect, outcome) {
            (Effect::StorePage, Ok((page, install))) => self.store_page(page.clone(), *install).await,
            (Effect::DropCursor, _) => {
                blocking(&self.shared.store, |store| store.write(|w| w.drop_cursor())).await
            }
            (Effect::DropToken, _) => {
                self.shared.access.refused(token).await;
                Ok(())
            }
            (Effect::StorePage, Err(_)) => Ok(()),
        }
    }

    /// A page that another install id asked for counts our own work by other numbers: it is asked
    /// for again.
    async fn store_page(&self, page: PullPage, asked_by: InstallId) -> Result<(), StoreError> {
        let now = self.shared.clock.instant().device_time;
        let rows = page.rows.len();
        let applied = blocking(&self.shared.store, move |store| {
            store.write(|w| {
                if w.install_id()? == asked_by {
                    w.apply_page(&page, now)
                } else {
                    Ok(PageApplied::default())
                }
            })
        });
        let applied = applied.await?;
        if rows > 0 {
            tracing::debug!(?applied, "a page landed");
        }
        Ok(())
    }
}
