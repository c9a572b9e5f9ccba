//! What every fact says beside its content: its identity, when, by whom, by which clock.

use chrono::{DateTime, Utc};
use takt_domain::{EventId, UserId};
use takt_wire::{envelope::Lane, payload::Payload};

use crate::{Entry, Stamp, StoreError, Writing};

/// A fact about to be stored and queued.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its identity everywhere.
    pub event_id: EventId,
    /// When it happened, by the corrected clock.
    pub at: DateTime<Utc>,
    /// Who did it; none before anybody signed in.
    pub actor: Option<UserId>,
    /// What the clocks of the terminal said.
    pub stamp: Stamp,
}

impl Writing<'_> {
    /// Queues a fact that belongs to a stream.
    pub(crate) fn queue_work<P: Payload>(
        &mut self,
        fact: &Fact,
        stream: String,
        payload: &P,
    ) -> Result<(), StoreError> {
        self.queue_fact(fact, Lane::Work, Some(stream), payload)
    }

    /// Queues a fact of the audit lane.
    pub(crate) fn queue_audit<P: Payload>(&mut self, fact: &Fact, payload: &P) -> Result<(), StoreError> {
        self.queue_fact(fact, Lane::Audit, None, payload)
    }

    fn queue_fact<P: Payload>(
        &mut self,
        fact: &Fact,
        lane: Lane,
        stream_key: Option<String>,
        payload: &P,
    ) -> Result<(), StoreError> {
        let entry =
            Entry { lane, stream_key, actor: fact.actor, stamp: fact.stamp.clone(), event_id: fact.event_id };
        self.queue(entry, payload)?;
        Ok(())
    }
}
