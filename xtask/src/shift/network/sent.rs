//! What the terminal sent to the plant, counted on the cable.
use std::collections::BTreeMap;

use takt_wire::body::unpack;
use takt_wire::push::{BATCH_INFLATED_MAX, PushRequest};
use uuid::Uuid;

/// Events by how often they were sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// Batches.
    pub batches: usize,
    /// Answers the terminal never got.
    pub lost: usize,
    times: BTreeMap<Uuid, usize>,
}

impl Sent {
    /// One more batch, as it travels.
    pub(super) fn push(&mut self, body: &[u8]) {
        self.batches += 1;
        let Ok(request) = unpack::<PushRequest>(body, BATCH_INFLATED_MAX) else { return };
        for event in request.events {
            *self.times.entry(event.event_id.0).or_default() += 1;
        }
    }

    /// One more answer lost.
    pub(super) fn lose(&mut self) {
        self.lost += 1;
    }

    /// Different events sent.
    pub fn events(&self) -> usize {
        self.times.len()
    }

    /// Sendings beyond each event's first: what the server had to recognise.
    pub fn again(&self) -> usize {
        self.times.values().map(|times| times - 1).sum()
    }
}
