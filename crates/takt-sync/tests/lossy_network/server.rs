//! The server as the protocol describes it, in memory.

use std::collections::{BTreeMap, BTreeSet};

use takt_sync::Failure;
use takt_wire::{
    Epoch, EventId, InstallId,
    envelope::{Event, Lane},
    push::{EventVerdict, Limits, PushAnswer, Rewind, Verdict},
};
use uuid::Uuid;

/// What the terminal sends.
#[derive(Clone, Debug)]
pub struct Request {
    pub install: InstallId,
    pub epoch: Option<Epoch>,
    pub events: Vec<Event>,
}

pub type Answered = Result<PushAnswer, Failure>;

#[derive(Clone, Debug)]
pub struct Server {
    pub epoch: Epoch,
    pub events_max: usize,
    pub batch_sizes: Vec<usize>,
    by_key: BTreeMap<(InstallId, Lane, i64), EventId>,
    verdicts: BTreeMap<EventId, Verdict>,
    effects: BTreeMap<EventId, usize>,
    quarantine: BTreeSet<EventId>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            epoch: Epoch(Uuid::from_u128(1)),
            events_max: 500,
            batch_sizes: vec![],
            by_key: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            effects: BTreeMap::new(),
            quarantine: BTreeSet::new(),
        }
    }
}

impl Server {
    pub fn push(&mut self, request: &Request) -> Answered {
        let acked = Lane::ALL.map(|lane| (u8::from(lane), self.contiguous(request.install, lane))).into();
        if request.epoch.is_some_and(|known| known != self.epoch) {
            return Err(Failure::EpochChanged(Rewind { epoch: self.epoch, rewind: acked }));
        }
        if request.events.len() > self.events_max {
            return Err(Failure::TooLarge);
        }
        self.batch_sizes.push(request.events.len());
        let verdicts = request.events.iter().filter_map(|event| self.take(request.install, event)).collect();
        let acked = Lane::ALL.map(|lane| (u8::from(lane), self.contiguous(request.install, lane))).into();
        Ok(PushAnswer {
            epoch: self.epoch,
            server_time: chrono::DateTime::UNIX_EPOCH,
            acked,
            verdicts,
            limits: Limits { batch_events_max: 500, pause_ms: 0 },
        })
    }

    fn take(&mut self, install: InstallId, event: &Event) -> Option<EventVerdict> {
        let key = (install, event.lane, event.seq);
        let said = |verdict, first| {
            let (code, detail) = (None, None);
            Some(EventVerdict {
                lane: event.lane,
                seq: event.seq,
                event_id: event.event_id,
                verdict,
                first,
                code,
                detail,
            })
        };
        match self.by_key.get(&key) {
            Some(other) if *other != event.event_id => return said(Verdict::Fork, None),
            Some(_) => {}
            None => _ = self.by_key.insert(key, event.event_id),
        }
        if let Some(first) = self.verdicts.get(&event.event_id) {
            return said(Verdict::Duplicate, Some(*first));
        }
        let poison = event.payload == serde_json::Value::Bool(true);
        let verdict = if poison { Verdict::Quarantined } else { Verdict::Applied };
        self.verdicts.insert(event.event_id, verdict);
        if poison {
            self.quarantine.insert(event.event_id);
            return said(verdict, None);
        }
        *self.effects.entry(event.event_id).or_default() += 1;
        None
    }

    pub fn contiguous(&self, install: InstallId, lane: Lane) -> i64 {
        (1..).take_while(|seq| self.by_key.contains_key(&(install, lane, *seq))).last().unwrap_or(0)
    }

    pub fn next_epoch(&self) -> Epoch {
        Epoch(Uuid::from_u128(self.epoch.0.as_u128() + 1))
    }

    pub fn applied(&self, event: EventId) -> usize {
        self.effects.get(&event).copied().unwrap_or(0)
    }

    pub fn quarantined(&self, event: EventId) -> usize {
        usize::from(self.quarantine.contains(&event))
    }

    pub fn effects(&self) -> usize {
        self.effects.values().sum()
    }
}
