//! Keeps the terminal and the plant in agreement: runs both loops of the sync engine on their own
//! timers, from the first start on. Owns sockets, clocks and chance; decides nothing.

mod begin;
mod prune;
mod pull;
mod push;
mod shared;

use std::sync::Arc;

use takt_store::{Store, StoreError};
use tokio::{sync::watch, task::JoinHandle};

use crate::{identity::Identity, line::LineState, link::Network, rim::Rim, station::Station};
use shared::{Shared, Signals};

/// What the runner works with.
#[derive(Clone)]
pub struct RunnerSetup {
    /// The terminal's database.
    pub store: Store,
    /// What the terminal proves itself with.
    pub identity: Identity,
    /// The machine's clocks.
    pub rim: Arc<dyn Rim>,
    /// The switch for the network.
    pub network: Network,
}

/// Both loops at work; dropping it ends them. What was committed is committed.
pub struct Runner {
    signals: Arc<Signals>,
    tasks: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Starts; until the terminal is enrolled it waits. Needs a tokio runtime.
    pub fn start(setup: RunnerSetup) -> Self {
        let signals = Arc::new(Signals::default());
        let ears = Arc::clone(&signals);
        setup.store.on_change(move |_| ears.store_changed());
        let task = tokio::spawn(run(setup, Arc::clone(&signals)));
        Self { signals, tasks: vec![task] }
    }

    /// The line to the plant, as it changes.
    pub fn line(&self) -> watch::Receiver<LineState> {
        self.signals.line.subscribe()
    }

    /// Try now: a person asked, or the network came back.
    pub fn hurry(&self) {
        self.signals.hurry();
    }

    /// Tells the station how the line is, and listens to its wish to sync now.
    pub fn attach(&mut self, station: &Station) {
        let (telling, mut line) = (station.clone(), self.line());
        self.tasks.push(tokio::spawn(async move {
            loop {
                let state = line.borrow_and_update().clone();
                telling.line_changed(state);
                if line.changed().await.is_err() {
                    return;
                }
            }
        }));
        let (listening, signals) = (station.clone(), Arc::clone(&self.signals));
        self.tasks.push(tokio::spawn(async move {
            loop {
                listening.sync_wanted().await;
                signals.hurry();
            }
        }));
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// From the first start to the end of the program.
async fn run(setup: RunnerSetup, signals: Arc<Signals>) {
    let shared = Arc::new(begin::begin(&setup, &signals).await);
    tokio::join!(push::run(&shared), pull::run(&shared), prune::run(&shared), hurry_when_mended(&shared));
}

async fn hurry_when_mended(shared: &Shared) {
    loop {
        shared.network.mended().await;
        shared.signals.hurry();
    }
}

/// Runs work on the database where it may block.
pub(crate) async fn blocking<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = store.clone();
    let done = tokio::task::spawn_blocking(move || work(&store)).await;
    done.unwrap_or_else(|died| Err(StoreError::Unreadable { what: "a result", detail: died.to_string() }))
}
