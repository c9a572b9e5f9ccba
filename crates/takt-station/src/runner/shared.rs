//! What both loops share: where to write, whom to ask, and how they tell of themselves.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use chrono::TimeDelta;
use takt_domain::{Epoch, InstallId};
use takt_store::Store;
use takt_sync::{Line, Now, Standing};
use tokio::sync::{Notify, watch};

use crate::{
    clock::Clock,
    line::LineState,
    link::{Access, Link, LinkError, Network},
    view::frame,
};

/// Words between the loops, the store and the station.
pub(super) struct Signals {
    /// Something may be unsent.
    pub queued: Notify,
    /// The enrolment may be there.
    pub enrolment: Notify,
    /// Grows with every wish to try now.
    pub hurries: watch::Sender<u64>,
    /// The line, as people see it.
    pub line: watch::Sender<LineState>,
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            queued: Notify::new(),
            enrolment: Notify::new(),
            hurries: watch::Sender::new(0),
            line: watch::Sender::new(LineState::default()),
        }
    }
}

impl Signals {
    pub(super) fn store_changed(&self) {
        self.queued.notify_one();
        self.enrolment.notify_one();
    }

    pub(super) fn hurry(&self) {
        self.hurries.send_modify(|count| *count += 1);
    }
}

/// How both loops get on.
#[derive(Default)]
struct Standings {
    push: Standing,
    pull: Standing,
    sending: bool,
}

pub(super) struct Shared {
    pub store: Store,
    pub clock: Clock,
    pub link: Link,
    pub access: Access,
    pub network: Network,
    pub signals: Arc<Signals>,
    /// The epoch last heard of.
    pub epoch: watch::Sender<Option<Epoch>>,
    standings: Mutex<Standings>,
    started: Instant,
}

impl Shared {
    pub(super) fn new(
        store: Store,
        clock: Clock,
        link: Link,
        access: Access,
        network: Network,
        signals: Arc<Signals>,
    ) -> Self {
        let epoch = watch::Sender::new(None);
        let standings = Mutex::new(Standings::default());
        Self { store, clock, link, access, network, signals, epoch, standings, started: Instant::now() }
    }

    /// The engine's time.
    pub(super) fn now(&self) -> Now {
        Now(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// The access token and the install id it speaks for, having told the other loop what was
    /// learned with it.
    pub(super) async fn token(&self) -> Result<(String, InstallId), LinkError> {
        let granted = self.access.token().await?;
        if let Some(greeting) = granted.greeting {
            self.epoch_heard(greeting.epoch);
        }
        Ok((granted.token, granted.install))
    }

    pub(super) fn epoch_heard(&self, epoch: Epoch) {
        self.epoch.send_if_modified(|heard| heard.replace(epoch) != Some(epoch));
    }

    pub(super) fn pushing(&self, standing: &Standing, sending: bool) {
        self.tell(|standings| {
            standings.push.clone_from(standing);
            standings.sending = sending;
        });
    }

    pub(super) fn pulling(&self, standing: &Standing) {
        self.tell(|standings| standings.pull.clone_from(standing));
    }

    /// Resolves when the engine wants to go on, or never.
    pub(super) async fn until(&self, until: Option<Now>) {
        match until {
            Some(until) => {
                let wait_ms = until.0.saturating_sub(self.now().0);
                tokio::time::sleep(std::time::Duration::from_millis(wait_ms)).await;
            }
            None => std::future::pending().await,
        }
    }

    fn tell(&self, change: impl FnOnce(&mut Standings)) {
        let state = {
            let mut standings = self.standings.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut standings);
            self.line_state(&standings)
        };
        self.signals.line.send_if_modified(|line| {
            let changed = *line != state;
            *line = state;
            changed
        });
    }

    /// Of both loops, the one that is worse off is what people should know.
    fn line_state(&self, standings: &Standings) -> LineState {
        let (push, pull) = (&standings.push, &standings.pull);
        let worse = if push.failures > 0 || pull.failures == 0 { push } else { pull };
        let either = |line| push.line == line || pull.line == line;
        let link = if either(Line::Refused) {
            frame::Link::Refused
        } else if either(Line::Offline) || !either(Line::Online) {
            frame::Link::Offline
        } else if standings.sending {
            frame::Link::Busy
        } else {
            frame::Link::Online
        };
        let next_try = worse.next_at.filter(|_| worse.failures > 0);
        let next_try_at = next_try.map(|at| {
            let wait_ms = i64::try_from(at.0.saturating_sub(self.now().0)).unwrap_or(i64::MAX);
            // To the second: a time that trembles would make every screen look again.
            let at = self.clock.now() + TimeDelta::milliseconds(wait_ms);
            at - TimeDelta::nanoseconds(i64::from(at.timestamp_subsec_nanos()))
        });
        LineState {
            link,
            next_try_at,
            failures: worse.failures,
            last_error: worse.last_error.map(str::to_owned),
        }
    }
}
