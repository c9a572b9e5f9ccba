//! Forgets, from time to time, what the plant has had for long.

use std::time::Duration;

use takt_store::{Store, StoreError};

use super::{blocking, shared::Shared};
use crate::clock::Clock;

/// How long after the start the outbox is first pruned.
const FIRST: Duration = Duration::from_secs(60);
/// How often the outbox is pruned.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Runs for as long as the program does.
pub(super) async fn run(shared: &Shared) {
    tokio::time::sleep(FIRST).await;
    loop {
        match prune(&shared.store, &shared.clock).await {
            Ok(0) => {}
            Ok(events) => tracing::info!(events, "forgot what the plant has had for long"),
            Err(error) => tracing::error!(%error, "the outbox cannot be pruned"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Goes by a clock that was measured since the boot alone: one at 2099 would make everything old,
/// and what is forgotten here a restored server cannot get back.
async fn prune(store: &Store, clock: &Clock) -> Result<usize, StoreError> {
    let now = clock.known();
    blocking(store, move |store| store.write(|w| w.prune(now))).await
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use chrono::{DateTime, TimeDelta, Utc};
    use takt_domain::{BootId, EventId};
    use takt_store::{Entry, StoreOptions};
    use takt_wire::{
        envelope::Lane,
        payload::{SignIn, SignInAction},
    };
    use uuid::Uuid;

    use super::*;
    use crate::rim::Rim;

    /// The wall clock and the boot, as a test sets them.
    struct Set(Mutex<(DateTime<Utc>, u128)>);

    impl Rim for Set {
        fn device_time(&self) -> DateTime<Utc> {
            self.0.lock().unwrap().0
        }
        fn monotonic_ms(&self) -> i64 {
            0
        }
        fn boot_id(&self) -> BootId {
            BootId(Uuid::from_u128(self.0.lock().unwrap().1))
        }
        fn fresh_id(&self) -> Uuid {
            Uuid::now_v7()
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_boot_without_a_network_and_with_its_clock_at_2099_forgets_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("takt.db"), StoreOptions::default()).unwrap();
        let acked_at = at("2026-11-23T12:00:00Z");
        let rim = Arc::new(Set(Mutex::new((acked_at, 1))));
        let clock = Clock::new(rim.clone(), None);
        let measured = clock.measure(clock.instant(), acked_at).unwrap();
        let event = store
            .write(|w| {
                let signed_in = SignIn { action: SignInAction::Login, user_id: None, error: None };
                let entry = Entry {
                    lane: Lane::Audit,
                    stream_key: None,
                    actor: None,
                    stamp: clock.stamp(),
                    event_id: EventId(Uuid::now_v7()),
                };
                let event = w.queue(entry, &signed_in)?;
                w.acked(&[event], acked_at)?;
                w.set_clock(&measured)?;
                Ok::<_, StoreError>(event)
            })
            .unwrap();
        let is_there = || store.read(|r| r.record(event)).unwrap().is_some();

        *rim.0.lock().unwrap() = (at("2099-01-01T00:00:00Z"), 2);
        let stored = store.read(|r| r.sync_state()).unwrap().clock;
        let rebooted = Clock::new(rim.clone(), stored);
        assert_eq!(prune(&store, &rebooted).await.unwrap(), 0);
        assert!(is_there());

        rebooted.measure(rebooted.instant(), acked_at + TimeDelta::days(29)).unwrap();
        assert_eq!(prune(&store, &rebooted).await.unwrap(), 0, "the server said what day it is");
        *rim.0.lock().unwrap() = (at("2099-01-01T00:00:00Z"), 3);
        rebooted.measure(rebooted.instant(), acked_at + TimeDelta::days(31)).unwrap();
        assert_eq!(prune(&store, &rebooted).await.unwrap(), 1);
        assert!(!is_there());
    }
}
