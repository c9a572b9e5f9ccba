//! The terminal: the push loop under test over an outbox in memory.

use takt_sync::{
    Now,
    push::{Batch, Effect, PushLoop, Sent, Step},
};
use takt_wire::{
    Epoch, EventId, InstallId,
    envelope::{Event, Lane},
};
use uuid::Uuid;

use crate::server::{Answered, Request};

#[derive(Clone, Debug)]
pub struct Row {
    pub install: InstallId,
    pub lane: Lane,
    pub seq: i64,
    pub event_id: EventId,
    pub acked: bool,
    poison: bool,
}

#[derive(Clone, Debug)]
pub struct Terminal {
    pub push: PushLoop,
    pub install: InstallId,
    pub rows: Vec<Row>,
    /// Ids are never given twice, not even after a disk was rolled back.
    pub minted: u128,
    epoch: Option<Epoch>,
    next_seq: [i64; 4],
    now: Now,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            push: PushLoop::new(None),
            install: InstallId(Uuid::from_u128(1)),
            rows: vec![],
            minted: 1_000,
            epoch: None,
            next_seq: [1; 4],
            now: Now(0),
        }
    }
}

impl Terminal {
    pub fn queue(&mut self, lane: Lane, poison: bool) {
        self.minted += 1;
        let event_id = EventId(Uuid::from_u128(self.minted));
        let seq = self.number(lane);
        self.rows.push(Row { install: self.install, lane, seq, event_id, acked: false, poison });
        self.push.queued();
    }

    pub fn restart(&mut self) {
        self.push = PushLoop::new(self.epoch);
    }

    pub fn forget_acks(&mut self) {
        self.rows.iter_mut().for_each(|row| row.acked = false);
        self.push.queued();
    }

    pub fn has_work(&self) -> bool {
        self.rows.iter().any(|row| !row.acked)
    }

    pub fn last_seq(&self, lane: Lane) -> i64 {
        self.rows
            .iter()
            .filter(|row| row.install == self.install && row.lane == lane)
            .map(|row| row.seq)
            .max()
            .unwrap_or(0)
    }

    /// Does what the loop says next, waiting as long as it wants to.
    pub fn step(&mut self, network: impl FnOnce(&Request) -> Answered) {
        let batch = loop {
            match self.push.next(self.now) {
                Step::Rest { until: None } => return,
                Step::Rest { until: Some(until) } => self.now = until,
                Step::Send(batch) => break batch,
            }
        };
        let mut events = self.unsent(&batch);
        events.truncate(self.push.cut(&events));
        if events.is_empty() && !batch.even_empty {
            return self.push.nothing_unsent();
        }
        let sent: Vec<Sent> = events.iter().map(Sent::from).collect();
        let effects = match network(&Request { install: self.install, epoch: self.epoch, events }) {
            Ok(answer) => self.push.answered(&sent, answer, self.now, 0.5),
            Err(failure) => self.push.failed(&sent, &failure, self.now, 0.5),
        };
        effects.into_iter().for_each(|effect| self.store(effect));
    }

    fn unsent(&self, batch: &Batch) -> Vec<Event> {
        let mut rows: Vec<&Row> =
            self.rows.iter().filter(|row| !row.acked && batch.lanes.contains(&row.lane)).collect();
        rows.sort_by_key(|row| (row.lane, row.seq));
        rows.into_iter().take(batch.events_max).map(event).collect()
    }

    fn store(&mut self, effect: Effect) {
        match effect {
            Effect::Acked(ids) => self
                .rows
                .iter_mut()
                .filter(|row| ids.contains(&row.event_id))
                .for_each(|row| row.acked = true),
            Effect::ResendAfter(after) => {
                for row in self.rows.iter_mut().filter(|row| row.install == self.install) {
                    row.acked &= after.get(&u8::from(row.lane)).is_none_or(|seq| row.seq <= *seq);
                }
            }
            Effect::ResendOlderInstalls => {
                let install = self.install;
                self.renumber(|row| row.install != install);
            }
            Effect::SetEpoch(epoch) => self.epoch = Some(epoch),
            Effect::RenewInstall => {
                self.minted += 1;
                self.install = InstallId(Uuid::from_u128(self.minted));
                self.next_seq = [1; 4];
                self.renumber(|row| !row.acked);
            }
            Effect::Alarm(lane) => panic!("the server reads every envelope, also of lane {lane:?}"),
            Effect::AckedThrough(_) | Effect::Problem(_) | Effect::DropToken => {}
        }
    }

    fn renumber(&mut self, wanted: impl Fn(&Row) -> bool) {
        let install = self.install;
        for at in 0..self.rows.len() {
            if wanted(&self.rows[at]) {
                let seq = self.number(self.rows[at].lane);
                self.rows[at] = Row { install, seq, acked: false, ..self.rows[at].clone() };
            }
        }
    }

    fn number(&mut self, lane: Lane) -> i64 {
        let next = &mut self.next_seq[usize::from(u8::from(lane))];
        *next += 1;
        *next - 1
    }
}

fn event(row: &Row) -> Event {
    Event {
        lane: row.lane,
        seq: row.seq,
        event_id: row.event_id,
        stream_key: None,
        kind: "test".into(),
        version: 1,
        device_time: chrono::DateTime::UNIX_EPOCH,
        monotonic_ms: 0,
        boot_id: serde_json::from_str("\"00000000-0000-0000-0000-000000000001\"").unwrap(),
        clock_offset_ms: None,
        clock_offset_age_ms: None,
        actor: None,
        payload: serde_json::Value::Bool(row.poison),
    }
}
