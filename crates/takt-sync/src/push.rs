//! Handing events over: how many of which lanes next, and what an answer or a failure means.

mod answer;

use std::collections::BTreeMap;

use takt_wire::{
    Epoch, EventId,
    envelope::{Event, Lane},
    push::{BATCH_BYTES_MAX, BATCH_EVENTS_MAX, EventVerdict, Limits, PushAnswer},
};

use crate::{Failure, Now, Standing, backoff};

/// How long a lane rests whose envelope the server cannot read, in ms; a newer server may.
pub const LANE_STOPPED_MS: u64 = 60 * 60 * 1_000;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing before then, or before something is queued.
    Rest {
        /// None = until something is queued.
        until: Option<Now>,
    },
    /// Send what is unsent.
    Send(Batch),
}

/// Which events to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Of these lanes, in this order.
    pub lanes: Vec<Lane>,
    /// At most so many.
    pub events_max: usize,
    /// At most so many bytes before compression.
    pub bytes_max: usize,
    /// Ask even if there is nothing to send: the server seems to be another one.
    pub even_empty: bool,
}

/// An event that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its lane.
    pub lane: Lane,
    /// Its number.
    pub seq: i64,
    /// Its identity.
    pub event_id: EventId,
}

impl From<&Event> for Sent {
    fn from(event: &Event) -> Self {
        Self { lane: event.lane, seq: event.seq, event_id: event.event_id }
    }
}

/// What to store, all of one answer in one transaction and in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The server keeps these.
    Acked(Vec<EventId>),
    /// Up to where the server has everything.
    AckedThrough(BTreeMap<u8, i64>),
    /// A person should look at this one.
    Problem(EventVerdict),
    /// The server lost what came after these numbers of these lanes: unsent again.
    ResendAfter(BTreeMap<u8, i64>),
    /// And what was sent under earlier install ids.
    ResendOlderInstalls,
    /// The lifetime of the server's database that acks belong to.
    SetEpoch(Epoch),
    /// This disk was cloned or rolled back: take a new install id, number the unsent anew.
    RenewInstall,
    /// Get another access token.
    DropToken,
    /// The server cannot read our envelope: a bug of ours, for the log.
    Alarm(Lane),
}

/// The state of handing over.
#[derive(Clone, Debug)]
pub struct PushLoop {
    standing: Standing,
    epoch: Option<Epoch>,
    limits: Limits,
    events_max: usize,
    one_lane: bool,
    stopped: BTreeMap<Lane, Now>,
    gaps_seen: BTreeMap<u8, i64>,
    probe: bool,
    idle: bool,
}

impl PushLoop {
    /// Begins, with the epoch that the stored acks belong to.
    pub fn new(epoch: Option<Epoch>) -> Self {
        Self {
            standing: Standing::default(),
            epoch,
            limits: Limits { batch_events_max: BATCH_EVENTS_MAX, pause_ms: 0 },
            events_max: BATCH_EVENTS_MAX,
            one_lane: false,
            stopped: BTreeMap::new(),
            gaps_seen: BTreeMap::new(),
            probe: false,
            idle: false,
        }
    }

    /// How it gets on.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Something was queued.
    pub fn queued(&mut self) {
        self.idle = false;
    }

    /// The network came back, or a person asked: try now. A wait the server asked for stands.
    pub fn hurry(&mut self) {
        if self.standing.last_error != Some("busy") {
            self.standing.next_at = None;
        }
        self.idle = false;
    }

    /// Pulling heard of this epoch. If it is another, pushing has to find out what was lost.
    pub fn epoch_seen(&mut self, epoch: Epoch) {
        self.probe |= self.epoch.is_some_and(|known| known != epoch);
    }

    /// What to do next.
    pub fn next(&mut self, now: Now) -> Step {
        if !self.standing.is_due(now) {
            return Step::Rest { until: self.standing.next_at };
        }
        if self.stopped.values().any(|until| *until <= now) {
            self.stopped.retain(|_, until| *until > now);
            self.idle = false;
        }
        if self.idle && !self.probe {
            return Step::Rest { until: self.stopped.values().min().copied() };
        }
        let lanes = Lane::ALL.into_iter().filter(|lane| !self.stopped.contains_key(lane)).collect();
        Step::Send(Batch {
            lanes,
            events_max: self.events_max,
            bytes_max: BATCH_BYTES_MAX,
            even_empty: self.probe,
        })
    }

    /// How many of the events at hand go out: all, or those of the first lane while we look for
    /// the one the server cannot read.
    pub fn cut(&self, events: &[Event]) -> usize {
        match events.first() {
            Some(first) if self.one_lane => {
                events.iter().take_while(|event| event.lane == first.lane).count()
            }
            _ => events.len(),
        }
    }

    /// There was nothing to send.
    pub fn nothing_unsent(&mut self) {
        self.idle = true;
        self.one_lane = false;
    }

    /// The server answered what was sent.
    pub fn answered(&mut self, sent: &[Sent], answer: PushAnswer, now: Now, jitter: f64) -> Vec<Effect> {
        self.probe = false;
        let forked_before = self.standing.last_error == Some("fork");
        self.standing.succeeded();
        self.limits = answer.limits.clone();
        let bearable = self.limits.batch_events_max.clamp(1, BATCH_EVENTS_MAX);
        self.events_max = self.events_max.saturating_mul(2).min(bearable);
        if self.limits.pause_ms > 0 {
            self.standing.next_at = Some(now.plus(self.limits.pause_ms));
        }
        let (effects, forked) = answer::effects(sent, &answer, self.epoch, &mut self.gaps_seen);
        if self.epoch != Some(answer.epoch) {
            self.gaps_seen.clear();
            self.epoch = Some(answer.epoch);
        }
        if forked {
            self.gaps_seen.clear();
            self.standing.last_error = Some("fork");
            if forked_before {
                self.standing.next_at = Some(now.plus(backoff::wait_ms(8, jitter)));
            }
        }
        effects
    }

    /// The server did not answer what was sent.
    pub fn failed(&mut self, sent: &[Sent], failure: &Failure, now: Now, jitter: f64) -> Vec<Effect> {
        match failure {
            Failure::TokenRefused => {
                self.standing.mended(failure, now, jitter);
                vec![Effect::DropToken]
            }
            Failure::EpochChanged(rewind) => {
                self.standing.mended(failure, now, jitter);
                self.probe = false;
                self.idle = false;
                self.gaps_seen.clear();
                self.epoch = Some(rewind.epoch);
                answer::restored(rewind.epoch, &rewind.rewind)
            }
            Failure::TooLarge if sent.len() > 1 => {
                self.events_max = sent.len() / 2;
                self.standing.next_at = None;
                vec![]
            }
            Failure::TooLarge | Failure::EnvelopeMalformed => {
                self.look_for_the_lane(sent, failure, now, jitter)
            }
            _ => {
                self.standing.failed(failure, now, jitter);
                vec![]
            }
        }
    }

    /// A batch that cannot be taken: narrow it to one lane, then stop that lane and go on.
    fn look_for_the_lane(&mut self, sent: &[Sent], failure: &Failure, now: Now, jitter: f64) -> Vec<Effect> {
        let Some(first) = sent.first() else {
            self.standing.failed(failure, now, jitter);
            return vec![];
        };
        self.standing.last_error = Some(failure.code());
        self.standing.next_at = None;
        if sent.iter().any(|event| event.lane != first.lane) {
            self.one_lane = true;
            return vec![];
        }
        self.stopped.insert(first.lane, now.plus(LANE_STOPPED_MS));
        vec![Effect::Alarm(first.lane)]
    }
}
