//! A fact with what every row of the floor keeps beside it: who, when, by which clock, which event.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::Incoming;
use super::clock::{Occurred, storable};
use super::fact::Fact;

/// An event that is being applied.
pub struct Applied<'a> {
    /// The event.
    pub item: &'a Incoming,
    /// What it says.
    pub fact: Fact,
    /// When.
    pub occurred: Occurred,
    /// What is odd about it.
    pub flags: Vec<&'static str>,
}

/// What every row keeps of its event.
#[derive(Clone, Debug, Serialize)]
pub struct Stamp {
    /// The event's id.
    pub uid: Uuid,
    /// When it happened, by the server's reckoning.
    pub at: DateTime<Utc>,
    /// What the terminal's clock said.
    pub device_time: Option<DateTime<Utc>>,
    /// What `at` rests on.
    pub time_quality: &'static str,
    /// Its number.
    pub device_seq: i64,
    /// Who.
    pub actor: Option<i32>,
}

/// A typed fact and its stamp.
pub struct Entry<'a, T> {
    /// What every row keeps.
    pub stamp: Stamp,
    /// What it says.
    pub fact: &'a T,
}

impl Applied<'_> {
    /// What its row keeps.
    pub fn stamp(&self) -> Stamp {
        let event = &self.item.event;
        Stamp {
            uid: event.event_id.0,
            at: self.occurred.at,
            device_time: storable(event.device_time),
            time_quality: self.occurred.quality.as_str(),
            device_seq: event.seq,
            actor: event.actor.map(|actor| actor.0),
        }
    }

    /// The table it goes to.
    pub fn table(&self) -> &'static str {
        match &self.fact {
            Fact::Production(_) => "production_logs",
            Fact::MachineStatus(_) | Fact::StopExplained(_) => "machine_status_history",
            Fact::Inspection(_) => "inspection_logs",
            Fact::Ncr(_) | Fact::NcrDetail(_) => "ncrs",
            Fact::Handover(_) | Fact::Acknowledgement(_) => "shift_handovers",
            Fact::Scan(_) => "qr_code_scans",
            Fact::SignIn(_) => "audit_logs",
        }
    }
}

/// Those of one kind.
pub fn of_kind<'a, T>(
    applied: &'a [Applied<'_>],
    pick: impl Fn(&'a Fact) -> Option<&'a T>,
) -> Vec<Entry<'a, T>> {
    let entry = |it: &'a Applied<'_>| pick(&it.fact).map(|fact| Entry { stamp: it.stamp(), fact });
    applied.iter().filter_map(entry).collect()
}
