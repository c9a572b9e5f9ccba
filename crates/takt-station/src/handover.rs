//! Handing a shift over and taking it: the numbers write themselves, a lead submits, another lead
//! scans the badge, reads every red item and scans the badge again. What is submitted twice is added,
//! and what nobody acknowledged is carried on.

mod carried;
mod hours;
mod known;
mod oee;
mod screen;
mod shift_facts;
mod submit;
mod view;

use chrono::{DateTime, Utc};
use takt_domain::handover::{AcknowledgeRefused, may_acknowledge};
use takt_domain::{EventId, UserId};
use takt_store::{Reading, Writing};
use takt_wire::payload::HandoverAcknowledged;
use takt_wire::row::User;
use uuid::Uuid;

use crate::act::Act;
use crate::here::{Here, Shifts};
use crate::people;
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::station::Station;
use crate::view::Refusal;
use crate::view::handover::HandoverView;
use crate::view::home::HandoverWaiting;
use crate::view::scan::Tone;
pub(crate) use known::recent;
use known::{Submitted, submitted};
use screen::{OnScreen, on_screen};

/// The longest notes, in characters.
const NOTES_CHARACTERS_MAX: usize = 5_000;

/// Red items wait to be read by who takes over: not refused, only not done yet.
pub(crate) const ITEMS_UNREAD: &str = "items_unread";

/// A handover that waits.
pub(crate) type Waiting = Submitted;

impl Station {
    /// The handover screen.
    pub fn handover(&self) -> Result<HandoverView, Refusal> {
        self.look_here(view::view)
    }

    /// Keeps the notes as they are typed: of the handover, or of what is to be added to it.
    pub fn write_notes(&self, text: &str) -> Result<(), Refusal> {
        let notes: String = text.chars().take(NOTES_CHARACTERS_MAX).collect();
        self.act(|w, act| {
            let shifts = Shifts::read(w)?;
            let shift = match on_screen(w, &act.here, &shifts, act.actor(), act.now())? {
                OnScreen::Nothing => return refuse("no_shift"),
                OnScreen::Draft(shift) | OnScreen::Submitted(shift, _) => shift,
            };
            w.write_handover_notes(shift.row.id, shift.date, &notes)?;
            Ok(((), None))
        })
    }

    /// Hands the shift over, or adds to what was handed over.
    pub fn submit_handover(&self) -> Result<(), Refusal> {
        self.act_and_say(submit::submit)
    }

    /// Marks an item as read by the lead who takes over; nobody can read it for them.
    pub fn acknowledge_item(&self, handover: EventId, item: Uuid) -> Result<(), Refusal> {
        self.act(|w, act| {
            let known = recent(w, &act.here, act.now())?.into_iter().find(|it| it.is(handover));
            let Some(known) = known.filter(|it| it.taken.is_none()) else { return refuse("not_found") };
            if !known.items.iter().any(|it| it.item.uid == item) {
                return refuse("not_found");
            }
            let Some(person) = &act.person else { return refuse("not_signed_in") };
            if let Some(refusal) = may_read(person, &known) {
                return Err(refusal.into());
            }
            w.read_handover_item(known.uid, item, act.now(), person.id)?;
            Ok(((), None))
        })
    }
}

/// The handover that waits to be taken over, for the home screen.
pub(crate) fn waiting(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    now: DateTime<Utc>,
) -> Result<Option<HandoverWaiting>, Refused> {
    let Some(waiting) = submitted(r, here, now)? else { return Ok(None) };
    let red = waiting.items.iter().filter(|it| it.item.red).count();
    Ok(Some(HandoverWaiting {
        uid: waiting.uid,
        from_shift: shifts.name(waiting.from_shift),
        by: people::name(r, waiting.by)?,
        at: waiting.at,
        red: u32::try_from(red).unwrap_or(u32::MAX),
    }))
}

/// The handover that a badge would take over.
pub(crate) fn to_take(r: &Reading<'_>, act: &Act<'_>) -> Result<Option<Waiting>, Refused> {
    submitted(r, &act.here, act.now())
}

/// Why somebody may not read a handover's items and take it over: only a lead who did not hand it
/// over may.
pub(crate) fn may_read(person: &User, waiting: &Waiting) -> Option<Refusal> {
    if !people::leads(person) {
        return Some(Refusal::new("not_a_lead").with("name", &person.full_name));
    }
    (waiting.by == Some(person.id)).then(|| Refusal::new("same_person"))
}

/// Why somebody may not take a handover over yet.
pub(crate) fn may_take(
    r: &Reading<'_>,
    person: &User,
    waiting: &Waiting,
) -> Result<Option<Refusal>, Refused> {
    if let Some(refusal) = may_read(person, waiting) {
        return Ok(Some(refusal));
    }
    let red = waiting.items.iter().filter(|it| it.item.red).map(|it| it.item.uid);
    let (red, read) = (red.collect::<Vec<_>>(), waiting.read_by(r, person.id)?);
    let by = waiting.by.unwrap_or(UserId(0));
    Ok(may_acknowledge(person.id, by, &red, &read).err().map(|why| match why {
        AcknowledgeRefused::SamePerson => Refusal::new("same_person"),
        AcknowledgeRefused::RedItemsOpen(open) => Refusal::new(ITEMS_UNREAD).with("count", open),
    }))
}

/// Somebody takes a handover over; while red items wait to be read by them, they are told so.
pub(crate) fn take(w: &mut Writing<'_>, act: &Act<'_>, person: &User, uid: EventId) -> Result<Said, Refused> {
    let waiting = recent(w, &act.here, act.now())?.into_iter().find(|it| it.is(uid));
    let Some(waiting) = waiting.filter(|it| it.taken.is_none()) else { return refuse("not_found") };
    if let Some(refusal) = may_take(w, person, &waiting)? {
        return match refusal.code.as_str() {
            ITEMS_UNREAD => Ok(Said { tone: Tone::Note, ..Said::bad(refusal) }),
            _ => Err(refusal.into()),
        };
    }
    let items = waiting.read_by(w, person.id)?;
    let acknowledged = HandoverAcknowledged { handover_uid: waiting.uid, items, note: None };
    w.take_handover(&act.fact_as(act.fresh_event(), Some(person.id)), person.id, &acknowledged)?;
    let shift = Shifts::read(w)?.name(waiting.from_shift);
    Ok(Said::good("handover_acknowledged").with("shift", shift).with("name", &person.full_name))
}
