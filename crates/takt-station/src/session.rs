//! Who works here: a badge signs in, a PIN where the person has one; idleness locks.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{EventId, lockout};
use takt_store::session::Session;
use takt_store::{Reading, Writing};
use takt_wire::row::User;

use crate::act::Act;
use crate::handover::{self, Waiting};
use crate::here::Here;
use crate::people;
use crate::refused::Refused;
use crate::said::Said;
use crate::view::Refusal;

/// So much a correction of the clock may step back without locking anybody out.
const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(1);

/// What is remembered of somebody's wrong PINs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PinAttempts {
    /// Wrong in a row.
    pub failures: u32,
    /// Locked until then.
    pub until: Option<DateTime<Utc>>,
}

/// A badge that also wants a PIN, and what it was scanned for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PinWanted {
    pub person: User,
    /// The handover to take over once the PIN is right.
    pub take: Option<EventId>,
}

/// What a badge comes to.
#[derive(Clone, Debug)]
pub(crate) enum Badge {
    /// Signed in, or was already; perhaps a shift was taken over.
    In(User, Said),
    /// A PIN is asked for.
    Pin(PinWanted),
    /// Refused; the person where the badge is known.
    Refused(Option<User>, Refusal),
}

/// The session that still holds: not idle for too long, by somebody who still has access.
pub(crate) fn person(r: &Reading<'_>, here: &Here, now: DateTime<Utc>) -> Result<Option<User>, Refused> {
    let Some(session) = r.session()?.filter(|session| holds(session, here, now)) else { return Ok(None) };
    let person = people::by_id(r, session.user)?.filter(|person| people::has_access(person, now));
    Ok(person.map(|person| people::as_of(person, now)))
}

/// A clock that lost its battery shows a time before the last act: how long ago that was nobody knows.
fn holds(session: &Session, here: &Here, now: DateTime<Utc>) -> bool {
    let since = now - session.seen;
    since >= -CLOCK_SLACK && since < here.idle
}

/// A badge was read.
pub(crate) fn badge(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    hash: &str,
    at_handover: bool,
) -> Result<Badge, Refused> {
    let Some(person) = people::by_badge(w, hash)? else {
        return failed(w, act, None, Refusal::new("unknown_badge"));
    };
    let person = people::as_of(person, act.now());
    if !people::has_access(&person, act.now()) {
        let refusal = Refusal::new("no_access").with("name", &person.full_name);
        return failed(w, act, Some(person), refusal);
    }
    let waiting = if at_handover { handover::to_take(w, act)? } else { None };
    let take = match intent(act, &person, waiting) {
        Intent::SignIn => None,
        Intent::Take(uid) => Some(uid),
        Intent::Refuse(refusal) => return Ok(Badge::Refused(Some(person), refusal)),
    };
    let is_in = act.actor() == Some(person.id);
    if take.is_none() && is_in {
        let said = Said::note("already_signed_in").with("name", &person.full_name);
        return Ok(Badge::In(person, said));
    }
    if is_in || person.pin.is_none() {
        let said = open(w, act, &person, take)?;
        return Ok(Badge::In(person, said));
    }
    match locked_until(w, &person, act.now())? {
        Some(until) => {
            let refusal = Refusal::new("locked_out").with("until", until.to_rfc3339());
            failed(w, act, Some(person), refusal)
        }
        None => Ok(Badge::Pin(PinWanted { person, take })),
    }
}

enum Intent {
    SignIn,
    Take(EventId),
    Refuse(Refusal),
}

/// At a handover that waits, the badge of a lead who may read it signs in and takes it over, or
/// lets them read it first; whoever finds the station locked signs in.
fn intent(act: &Act<'_>, person: &User, waiting: Option<Waiting>) -> Intent {
    let Some(waiting) = waiting else { return Intent::SignIn };
    match handover::may_read(person, &waiting) {
        None => Intent::Take(waiting.uid),
        Some(_) if act.person.is_none() => Intent::SignIn,
        Some(refusal) => Intent::Refuse(refusal),
    }
}

/// Opens a session for somebody, ending any other, and takes a handover over with it.
pub(crate) fn open(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    person: &User,
    take: Option<EventId>,
) -> Result<Said, Refused> {
    if act.actor() != Some(person.id) {
        close(w, act)?;
        w.sign_in(&act.fact_as(act.fresh_event(), Some(person.id)), person.id)?;
    }
    match take {
        Some(uid) => handover::take(w, act, person, uid),
        None => Ok(Said::good("signed_in").with("name", &person.full_name)),
    }
}

/// Ends the session, also one that idleness has locked. Says who it was.
pub(crate) fn close(w: &mut Writing<'_>, act: &Act<'_>) -> Result<Option<String>, Refused> {
    let Some(session) = w.session()? else { return Ok(None) };
    w.sign_out(&act.fact_as(act.fresh_event(), Some(session.user)), session.user)?;
    people::name(w, Some(session.user)).map(Some)
}

/// A PIN was typed: `right` says whether it was the right one.
pub(crate) fn pin_entered(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    wanted: &PinWanted,
    right: bool,
) -> Result<Result<Said, Refusal>, Refused> {
    let (person, now) = (&wanted.person, act.now());
    if let Some(until) = locked_until(w, person, now)? {
        let refusal = Refusal::new("locked_out").with("until", until.to_rfc3339());
        failed(w, act, Some(person.clone()), refusal.clone())?;
        return Ok(Err(refusal));
    }
    if right {
        return open(w, act, person, wanted.take).map(Ok);
    }
    let before: PinAttempts = w.pin_attempts(person.id)?.unwrap_or_default();
    let failures = before.failures.saturating_add(1);
    let attempts = PinAttempts { failures, until: lockout::after_failure(failures, now) };
    let refusal = match attempts.until {
        Some(until) => Refusal::new("locked_out").with("until", until.to_rfc3339()),
        None => Refusal::new("wrong_pin").with("left", (lockout::FREE_FAILURES + 1).saturating_sub(failures)),
    };
    w.sign_in_failed(&act.fact_as(act.fresh_event(), None), Some(person.id), &refusal.code, Some(&attempts))?;
    Ok(Err(refusal))
}

/// Until when somebody's PIN is locked; none = it may be tried.
pub(crate) fn locked_until(
    r: &Reading<'_>,
    person: &User,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Refused> {
    let attempts: Option<PinAttempts> = r.pin_attempts(person.id)?;
    let until = attempts.and_then(|attempts| attempts.until);
    Ok(until.filter(|_| lockout::is_locked(until, now)))
}

fn failed(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    person: Option<User>,
    refusal: Refusal,
) -> Result<Badge, Refused> {
    let user = person.as_ref().map(|person| person.id);
    w.sign_in_failed::<PinAttempts>(&act.fact_as(act.fresh_event(), None), user, &refusal.code, None)?;
    Ok(Badge::Refused(person, refusal))
}
