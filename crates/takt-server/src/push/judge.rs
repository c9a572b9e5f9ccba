//! What becomes of an event, before anything is written. Facts are recorded and flagged; only what
//! nobody can read, what names nothing, and what waits stays out.

use std::collections::{HashMap, HashSet};

use chrono::Utc;
use takt_domain::role;
use uuid::Uuid;

use super::Incoming;
use super::clock::TimeQuality;
use super::fact::{self, Fact, Unreadable};
use super::kept::number;
use super::refers::{self, Known};
use super::verdict::{Reason, code};
use crate::db::quarantine::Waiting;
use crate::db::receipt::Receipt;
use crate::db::reference::Actor;
use takt_wire::push::Verdict;

/// What the database knows of all that a batch names.
#[derive(Default)]
pub struct Knowledge {
    /// Masters and orders.
    pub masters: Known,
    /// People with a history at this plant.
    pub actors: HashMap<i32, Actor>,
    /// Earlier events that the batch refers to.
    pub earlier: HashMap<Uuid, Receipt>,
    /// Those of them that waited until a person gave them up.
    pub given_up: HashSet<Uuid>,
    /// Reports that can be completed.
    pub open_ncrs: HashSet<Uuid>,
    /// What waits, by stream.
    pub waiting: HashMap<String, Vec<Waiting>>,
}

/// What becomes of an event.
pub enum Decision {
    /// It is applied, perhaps with flags.
    Apply(Box<Fact>, Vec<&'static str>),
    /// It is not; kept raw.
    Keep(Verdict, Reason),
}

/// An event of this batch that is being applied: its kind and time, for later ones that refer to it.
pub type Applying = HashMap<Uuid, Receipt>;

/// Judges a new event; `read` is its payload.
pub fn judge(
    item: &Incoming,
    read: Result<Fact, Unreadable>,
    knowledge: &Knowledge,
    applying: &Applying,
) -> Decision {
    let keep = |verdict, reason| Decision::Keep(verdict, reason);
    let event = &item.event;
    let (lane, seq) = number(item);
    let waiting = event.stream_key.as_ref().and_then(|key| knowledge.waiting.get(key));
    let stream_held =
        waiting.is_some_and(|all| all.iter().any(|it| it.is_before(item.install_id, lane, seq)));
    let fact = match read {
        Ok(fact) => fact,
        Err(Unreadable::Malformed { code, detail }) => {
            return keep(Verdict::Rejected, Reason::new(code, detail));
        }
        Err(Unreadable::Newer) => {
            let detail = format!("version {} of {} is newer than this server", event.version, event.kind);
            return keep(Verdict::Quarantined, Reason::new(code::NEWER_VERSION, detail));
        }
    };
    if stream_held && item.waited.is_none() {
        let reason = Reason::new(code::STREAM_HELD, "an earlier event of its stream waits");
        return keep(Verdict::Held, reason);
    }
    let mut flags = Vec::new();
    match &item.when {
        Err(refused) => {
            return keep(Verdict::Quarantined, Reason::new(code::CLOCK_SKEW, refused.to_string()));
        }
        Ok(occurred) if occurred.quality == TimeQuality::Clamped => flags.push(code::CLOCK_CLAMPED),
        Ok(_) => {}
    }
    match actor(item, &fact, knowledge) {
        Err((verdict, reason)) => return keep(verdict, reason),
        Ok(flag) => flags.extend(flag),
    }
    if let Some(detail) = refers::missing(&fact, &knowledge.masters) {
        return keep(Verdict::Quarantined, Reason::new(code::UNKNOWN_REFERENCE, detail));
    }
    let ready = arrived(&fact, knowledge, applying).and_then(|()| open(&fact, knowledge, applying));
    if let Err((verdict, reason)) = ready {
        return keep(verdict, reason);
    }
    Decision::Apply(Box::new(fact), flags)
}

/// Whether the actor may; a flag when they no longer could have signed in.
fn actor(
    item: &Incoming,
    fact: &Fact,
    knowledge: &Knowledge,
) -> Result<Option<&'static str>, (Verdict, Reason)> {
    let anonymous = matches!(fact, Fact::Scan(_) | Fact::SignIn(_) | Fact::MachineStatus(_));
    let Some(id) = item.event.actor else {
        let reason = Reason::new(code::ACTOR_MISSING, "the event does not say who did it");
        return if anonymous { Ok(None) } else { Err((Verdict::Rejected, reason)) };
    };
    let Some(actor) = knowledge.actors.get(&id.0) else {
        let reason =
            Reason::new(code::UNKNOWN_REFERENCE, format!("user {id} never had access to this plant"));
        return Err((Verdict::Quarantined, reason));
    };
    let watching = matches!(fact, Fact::Scan(_) | Fact::SignIn(_));
    let only_looks = actor.access_level == "READ" && !watching;
    let done_before = item.when.as_ref().is_ok_and(|occurred| occurred.at < actor.access_since);
    if only_looks && !(actor.more_before && done_before) {
        let reason = Reason::new(code::FORBIDDEN, format!("user {id} may only look at this plant"));
        return Err((Verdict::Rejected, reason));
    }
    if !may(fact, &actor.roles_ever) {
        let reason = Reason::new(code::FORBIDDEN, format!("user {id} has no role for a {}", item.event.kind));
        return Err((Verdict::Rejected, reason));
    }
    // A role or an access taken away while the terminal was offline is no reason to lose what was done.
    let over = actor.access_until.is_some_and(|until| until <= Utc::now()) || !may(fact, &actor.roles);
    Ok((!actor.is_active || actor.is_revoked || only_looks || over).then_some(code::ACTOR_INACTIVE))
}

/// Whether one of these roles lets a person do this.
fn may(fact: &Fact, roles: &[String]) -> bool {
    match fact {
        Fact::Handover(_) | Fact::Acknowledgement(_) => role::leads(roles),
        Fact::Inspection(_) => role::inspects(roles),
        _ => true,
    }
}

/// Whether the earlier event it refers to is there, and of the right kind.
fn arrived(fact: &Fact, knowledge: &Knowledge, applying: &Applying) -> Result<(), (Verdict, Reason)> {
    let Some((uid, kind)) = refers::earlier_event(fact) else { return Ok(()) };
    let unknown = |detail: String| Err((Verdict::Quarantined, Reason::new(code::UNKNOWN_REFERENCE, detail)));
    let wait = |detail: &str| {
        let reason = Reason { waits_for: Some(uid), ..Reason::new(code::NOT_ARRIVED, detail) };
        Err((Verdict::Held, reason))
    };
    let Some(earlier) = applying.get(&uid).or_else(|| knowledge.earlier.get(&uid)) else {
        return wait("what it refers to has not arrived");
    };
    if earlier.event_type != kind {
        return unknown(format!("{uid} is a {}, not a {kind}", earlier.event_type));
    }
    match earlier.verdict() {
        Verdict::Applied | Verdict::AppliedFlagged | Verdict::Duplicate => Ok(()),
        Verdict::Rejected | Verdict::Fork => unknown(format!("{uid} was rejected")),
        Verdict::Quarantined | Verdict::Held if knowledge.given_up.contains(&uid) => {
            unknown(format!("{uid} was discarded or replaced"))
        }
        Verdict::Quarantined | Verdict::Held => wait("what it refers to waits itself"),
    }
}

/// Whether the report it completes still takes it: what came after a decision is for a person.
fn open(fact: &Fact, knowledge: &Knowledge, applying: &Applying) -> Result<(), (Verdict, Reason)> {
    let Fact::NcrDetail(detail) = fact else { return Ok(()) };
    let uid = detail.ncr_uid.0;
    if applying.contains_key(&uid) || knowledge.open_ncrs.contains(&uid) {
        return Ok(());
    }
    let words = format!("the report {uid} was decided on, or is not of this plant");
    Err((Verdict::Quarantined, Reason::new(code::ALREADY_DECIDED, words)))
}

impl Knowledge {
    /// An event of the batch waits too: later ones of its stream wait behind it.
    pub fn waits(&mut self, item: &Incoming) {
        let (lane, seq) = number(item);
        if let Some(stream_key) = item.event.stream_key.clone() {
            let waiting = Waiting { stream_key: stream_key.clone(), install_id: item.install_id, lane, seq };
            self.waiting.entry(stream_key).or_default().push(waiting);
        }
    }
}

/// Reads every payload once.
pub fn read(items: &[&Incoming]) -> Vec<Result<Fact, Unreadable>> {
    items.iter().map(|item| fact::read(&item.event)).collect()
}
