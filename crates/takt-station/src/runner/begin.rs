//! The beginning: what sync needs is read, again and again where it cannot be. Nothing but the end
//! of the program ends the wish to sync.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use takt_store::StoreError;
use takt_sync::backoff;

use super::{
    RunnerSetup, blocking,
    shared::{Shared, Signals},
};
use crate::{
    clock::Clock,
    config::{ConfigRefused, ServerUrl},
    line::LineState,
    link::{Access, Link, LinkError},
    view::frame,
};

/// Why sync cannot begin now.
#[derive(Debug, thiserror::Error)]
enum Unable {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Address(#[from] ConfigRefused),
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl Unable {
    /// Stable code for people.
    fn code(&self) -> &str {
        match self {
            Self::Store(_) => "internal",
            Self::Address(_) => "server_address",
            Self::Link(error) => error.code(),
        }
    }
}

/// Waits until this terminal belongs to a plant and all that sync needs could be read.
pub(super) async fn begin(setup: &RunnerSetup, signals: &Arc<Signals>) -> Shared {
    let mut hurries = signals.hurries.subscribe();
    let mut failures = 0;
    loop {
        let changed = signals.enrolment.notified();
        let unable = match shared(setup, signals).await {
            Ok(Some(shared)) => return shared,
            Ok(None) => {
                changed.await;
                continue;
            }
            Err(unable) => unable,
        };
        failures += 1;
        tracing::error!(%unable, failures, "sync cannot begin yet");
        let wait_ms = backoff::wait_ms(failures, rand::random());
        signals.line.send_replace(waiting(setup, &unable, failures, wait_ms));
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(wait_ms)) => {}
            () = changed => {}
            _ = hurries.changed() => {}
        }
    }
}

/// What both loops share; none before enrolment.
async fn shared(setup: &RunnerSetup, signals: &Arc<Signals>) -> Result<Option<Shared>, Unable> {
    let read = |store: &takt_store::Store| {
        store.read(|r| Ok::<_, StoreError>(r.enrolment()?.zip(Some(r.sync_state()?))))
    };
    let Some((enrolment, state)) = blocking(&setup.store, read).await? else { return Ok(None) };
    let clock = Clock::new(Arc::clone(&setup.rim), state.clock);
    let link = Link::new(ServerUrl::parse(&enrolment.server_url)?, setup.network.clone())?;
    let (store, identity) = (setup.store.clone(), setup.identity.clone());
    let access = Access::new(link.clone(), identity, enrolment.device_id, store.clone(), clock.clone());
    Ok(Some(Shared::new(store, clock, link, access, setup.network.clone(), Arc::clone(signals))))
}

/// The line while sync cannot begin.
fn waiting(setup: &RunnerSetup, unable: &Unable, failures: u32, wait_ms: u64) -> LineState {
    let wait = TimeDelta::milliseconds(i64::try_from(wait_ms).unwrap_or(i64::MAX / 1_000_000));
    LineState {
        link: frame::Link::Offline,
        next_try_at: setup.rim.device_time().checked_add_signed(wait),
        failures,
        last_error: Some(unable.code().to_owned()),
    }
}
