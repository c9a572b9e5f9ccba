//! An act of a person: when, who, where; asked for once and passed down as values.

use chrono::{DateTime, Utc};
use takt_domain::{EventId, MachineId, UserId};
use takt_store::{Fact, Stamp};
use takt_wire::row::User;

use crate::here::Here;
use crate::rim::Rim;

/// The time an act happens at, by every clock there is.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    /// By the clock corrected to the server's.
    pub now: DateTime<Utc>,
    /// By the terminal's own clocks.
    pub stamp: Stamp,
}

/// An act: its moment, its place and who is signed in.
pub(crate) struct Act<'a> {
    pub moment: Moment,
    pub here: Here,
    /// Who is signed in; none = nobody, or too long idle.
    pub person: Option<User>,
    pub mint: &'a dyn Rim,
}

impl Act<'_> {
    /// The corrected time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.moment.now
    }

    /// Who acts.
    pub(crate) fn actor(&self) -> Option<UserId> {
        self.person.as_ref().map(|person| person.id)
    }

    /// The machine this station stands at.
    pub(crate) fn machine(&self) -> Option<MachineId> {
        self.here.enrolment.machine_id
    }

    /// A fact of this act with an identity of its own.
    pub(crate) fn fact(&self) -> Fact {
        self.fact_as(self.fresh_event(), self.actor())
    }

    /// A fact of this act with a given identity, done by somebody.
    pub(crate) fn fact_as(&self, event_id: EventId, actor: Option<UserId>) -> Fact {
        Fact { event_id, at: self.now(), actor, stamp: self.moment.stamp.clone() }
    }

    /// An identity nobody else has.
    pub(crate) fn fresh_event(&self) -> EventId {
        EventId(self.mint.fresh_id())
    }
}
