//! The station as a window opens it: a [`Terminal`] with threads of its own, and an eye on the
//! clock.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Handle, Runtime};

use crate::config::Config;
use crate::station::Station;
use crate::terminal::{Terminal, Unopened};

/// How often idleness is looked for.
const IDLE_LOOK: Duration = Duration::from_secs(5);
/// So many looks later screens look again although nothing was done: checks fall due, shifts end.
const LOOKS_PER_REFRESH: u32 = 6;
/// Threads for the network and for looking; the floor's work runs on the window's own.
const THREADS: usize = 2;

/// What a station that was opened for a window keeps alive; see [`Station::close`].
#[derive(Default)]
pub(crate) struct Engine {
    parts: Mutex<Option<(Terminal, Option<Runtime>)>>,
}

impl Engine {
    fn keep(&self, terminal: Terminal, runtime: Option<Runtime>) {
        *self.parts.lock().unwrap_or_else(PoisonError::into_inner) = Some((terminal, runtime));
    }

    fn stop(&self) {
        let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((terminal, runtime)) = parts {
            drop(terminal);
            // Waiting for it is not allowed where this may be called.
            runtime.into_iter().for_each(Runtime::shutdown_background);
        }
    }
}

impl Station {
    /// Opens the station of this machine and starts to sync; brings its own threads where the
    /// caller has no tokio runtime.
    pub fn open(config: Config) -> Result<Arc<Self>, Unopened> {
        let (runtime, handle) = runtime().map_err(Unopened::Threads)?;
        let entered = handle.enter();
        let terminal = Terminal::open(&config)?;
        drop(entered);
        let station = terminal.station.clone();
        station.watch_time(&handle);
        station.engine().keep(terminal, runtime);
        Ok(Arc::new(station))
    }

    /// Ends sync. What was committed is committed; a station that was closed still answers.
    pub fn close(&self) {
        self.engine().stop();
    }

    /// Locks an idle station, and lets screens follow the clock.
    fn watch_time(&self, handle: &Handle) {
        let weak = self.downgrade();
        handle.spawn(async move {
            for look in 1_u32.. {
                tokio::time::sleep(IDLE_LOOK).await;
                let Some(station) = weak.upgrade() else { return };
                let looked = tokio::task::spawn_blocking(move || {
                    if let Err(refusal) = station.tick() {
                        tracing::warn!(code = refusal.code, "idleness could not be looked for");
                    }
                    if look.is_multiple_of(LOOKS_PER_REFRESH) {
                        station.changed();
                    }
                });
                if looked.await.is_err() {
                    return;
                }
            }
        });
    }
}

/// The runtime we are in, else one of our own.
fn runtime() -> std::io::Result<(Option<Runtime>, Handle)> {
    if let Ok(handle) = Handle::try_current() {
        return Ok((None, handle));
    }
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(THREADS).thread_name("takt-station").enable_all().build()?;
    let handle = runtime.handle().clone();
    Ok((Some(runtime), handle))
}
