//! The push loop: takes what is unsent to the server, and its verdicts back into the store.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use takt_domain::Epoch;
use takt_store::{StoreError, Writing, sync_state::ClockMeasured};
use takt_sync::{
    Failure,
    push::{Batch, Effect, PushLoop, Sent, Step},
};
use takt_wire::{
    PROTOCOL,
    push::{PushAnswer, PushRequest},
};

use super::{blocking, shared::Shared};
use crate::link::LinkError;

/// Runs for as long as the program does.
pub(super) async fn run(shared: &Shared) {
    let mut pushing = Pushing { shared, engine: PushLoop::new(stored_epoch(shared).await) };
    let mut hurries = shared.signals.hurries.subscribe();
    let mut epochs = shared.epoch.subscribe();
    loop {
        match pushing.engine.next(shared.now()) {
            Step::Send(batch) => pushing.send(batch).await,
            Step::Rest { until } => tokio::select! {
                () = shared.until(until) => {}
                () = shared.signals.queued.notified() => pushing.engine.queued(),
                _ = hurries.changed() => pushing.engine.hurry(),
                _ = epochs.changed() => {
                    let heard = *epochs.borrow_and_update();
                    heard.into_iter().for_each(|epoch| pushing.engine.epoch_seen(epoch));
                }
            },
        }
    }
}

struct Pushing<'a> {
    shared: &'a Shared,
    engine: PushLoop,
}

/// What came of a question: the answer, and what it says about the clock.
type Told = (PushAnswer, Option<ClockMeasured>);

impl Pushing<'_> {
    async fn send(&mut self, batch: Batch) {
        let even_empty = batch.even_empty;
        let mut request = match self.load(batch).await {
            Ok(request) => request,
            Err(error) => return self.store_failed(&error).await,
        };
        request.events.truncate(self.engine.cut(&request.events));
        if request.events.is_empty() && !even_empty {
            self.engine.nothing_unsent();
            return self.shared.pushing(self.engine.standing(), false);
        }
        let sent: Vec<Sent> = request.events.iter().map(Sent::from).collect();
        self.shared.pushing(self.engine.standing(), true);
        let mut token = String::new();
        let outcome = self.ask(&request, &mut token).await;
        let (now, jitter) = (self.shared.now(), rand::random());
        let (effects, measured, heard) = match outcome {
            Ok((answer, measured)) => {
                self.shared.epoch_heard(answer.epoch);
                (self.engine.answered(&sent, answer, now, jitter), measured, true)
            }
            Err(error) => {
                tracing::warn!(%error, events = sent.len(), "a batch was not taken");
                (self.engine.failed(&sent, &error.failure(), now, jitter), None, false)
            }
        };
        if effects.contains(&Effect::DropToken) {
            self.shared.access.refused(&token).await;
        }
        if let Err(error) = self.store(effects, measured, heard).await {
            self.store_failed(&error).await;
        }
        self.shared.pushing(self.engine.standing(), false);
    }

    async fn load(&self, batch: Batch) -> Result<PushRequest, StoreError> {
        let at = self.shared.clock.instant();
        let read = move |store: &takt_store::Store| {
            store.read(|r| {
                let depth = r.lane_depths()?.into_iter().map(|it| (u8::from(it.lane), it.unsent));
                Ok(PushRequest {
                    protocol: PROTOCOL,
                    install_id: r.install_id()?,
                    epoch: r.sync_state()?.epoch,
                    sent_at: at.device_time,
                    monotonic_ms: at.monotonic_ms,
                    boot_id: at.boot_id,
                    app_version: env!("CARGO_PKG_VERSION").to_owned(),
                    depth: depth.collect::<BTreeMap<_, _>>(),
                    oldest_unsent_at: r.oldest_unsent_at()?,
                    events: r.unsent(&batch.lanes, batch.events_max, batch.bytes_max)?,
                })
            })
        };
        blocking(&self.shared.store, read).await
    }

    /// Leaves the token it used, so that a refused one can be given back.
    async fn ask(&self, request: &PushRequest, token: &mut String) -> Result<Told, LinkError> {
        (*token, _) = self.shared.token().await?;
        let at = self.shared.clock.instant();
        let now = PushRequest {
            sent_at: at.device_time,
            monotonic_ms: at.monotonic_ms,
            boot_id: at.boot_id,
            ..request.clone()
        };
        let answer = self.shared.link.push(token, &now).await?;
        let measured = self.shared.clock.measure(at, answer.server_time);
        Ok((answer, measured))
    }

    /// Everything one answer means, in one transaction.
    async fn store(
        &self,
        effects: Vec<Effect>,
        measured: Option<ClockMeasured>,
        heard: bool,
    ) -> Result<(), StoreError> {
        let now = self.shared.clock.instant().device_time;
        // What is kept for days from now must not hang on a clock that is years off.
        let kept_from = self.shared.clock.now();
        if effects.is_empty() && !heard {
            return Ok(());
        }
        blocking(&self.shared.store, move |store| {
            store.write(|w| {
                if heard {
                    w.contacted(now)?;
                }
                measured.iter().try_for_each(|measured| w.set_clock(measured))?;
                effects.iter().try_for_each(|effect| apply(w, effect, kept_from))
            })
        })
        .await
    }

    /// The store is behind what the engine believes: begin again from what is stored, later.
    async fn store_failed(&mut self, error: &StoreError) {
        tracing::error!(%error, "the outbox cannot be read or written");
        self.engine = PushLoop::new(stored_epoch(self.shared).await);
        let failure = Failure::Unreachable { code: "internal" };
        self.engine.failed(&[], &failure, self.shared.now(), rand::random());
        self.shared.pushing(self.engine.standing(), false);
    }
}

fn apply(w: &mut Writing<'_>, effect: &Effect, now: DateTime<Utc>) -> Result<(), StoreError> {
    match effect {
        Effect::Acked(events) => w.acked(events, now),
        Effect::AckedThrough(acked) => w.acked_through(acked),
        Effect::Problem(verdict) => w.note_problem(verdict, now),
        Effect::ResendAfter(after) => w.resend_after(after).map(|events| {
            tracing::warn!(events, ?after, "the server lost events: they are sent again");
        }),
        Effect::ResendOlderInstalls => w.resend_older_installs().map(|_| ()),
        Effect::SetEpoch(epoch) => w.set_epoch(*epoch),
        Effect::RenewInstall => w.renew_install("fork").map(|install| {
            tracing::error!(%install, "this disk was cloned or rolled back: new install id");
        }),
        Effect::Alarm(lane) => {
            tracing::error!(?lane, "the server cannot read our envelope: the lane rests");
            Ok(())
        }
        Effect::DropToken => Ok(()),
    }
}

async fn stored_epoch(shared: &Shared) -> Option<Epoch> {
    match blocking(&shared.store, |store| store.read(|r| r.sync_state())).await {
        Ok(state) => state.epoch,
        Err(error) => {
            tracing::error!(%error, "the sync state cannot be read");
            None
        }
    }
}
