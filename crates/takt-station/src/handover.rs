//! Handing a shift over and taking it: the numbers write themselves, a lead submits, another lead
//! scans the badge, reads every red item and scans the badge again.

mod hours;
mod oee;
mod shift_facts;
mod view;

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::handover::{AcknowledgeRefused, figures, items, may_acknowledge};
use takt_domain::{EventId, ShiftId, UserId};
use takt_store::{Reading, Writing};
use takt_wire::payload::{HandoverAcknowledged, HandoverItem, HandoverSubmitted, ShiftFigures};
use takt_wire::row::{self, User};
use uuid::Uuid;

use crate::act::Act;
use crate::here::{Here, Shift, Shifts};
use crate::people;
use crate::reasons::Reasons;
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::station::Station;
use crate::view::Refusal;
use crate::view::handover::HandoverView;
use crate::view::home::HandoverWaiting;
use crate::view::scan::Tone;

/// A handover is looked for so far back.
const RECENT_HOURS: i64 = 36;
/// The longest notes, in characters.
const NOTES_CHARACTERS_MAX: usize = 5_000;
/// A shift that ended no longer ago is handed over before the running one.
const JUST_ENDED_HOURS: i64 = 2;

/// Red items wait to be read by who takes over: not refused, only not done yet.
pub(crate) const ITEMS_UNREAD: &str = "items_unread";

/// A handover as it was submitted, here or at another terminal of the area.
#[derive(Clone, Debug)]
pub(crate) struct Submitted {
    pub uid: EventId,
    pub from_shift: ShiftId,
    pub from_date: chrono::NaiveDate,
    pub to_shift: ShiftId,
    pub to_date: chrono::NaiveDate,
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
    pub figures: ShiftFigures,
    pub items: Vec<HandoverItem>,
    pub notes: String,
    /// Who took it over, and when.
    pub taken: Option<(UserId, DateTime<Utc>)>,
}

/// A handover that waits.
pub(crate) type Waiting = Submitted;

impl Station {
    /// The handover screen.
    pub fn handover(&self) -> Result<HandoverView, Refusal> {
        self.look_here(view::view)
    }

    /// Keeps the notes as they are typed.
    pub fn write_notes(&self, text: &str) -> Result<(), Refusal> {
        let notes: String = text.chars().take(NOTES_CHARACTERS_MAX).collect();
        self.act(|w, act| {
            let shifts = Shifts::read(w)?;
            let Some(shift) = to_hand_over(w, &act.here, &shifts, act.now())? else {
                return refuse("no_shift");
            };
            w.write_handover_notes(shift.row.id, shift.date, &notes)?;
            Ok(((), None))
        })
    }

    /// Hands the shift over.
    pub fn submit_handover(&self) -> Result<(), Refusal> {
        self.act_and_say(submit)
    }

    /// Marks an item as read by the lead who takes over; nobody can read it for them.
    pub fn acknowledge_item(&self, handover: EventId, item: Uuid) -> Result<(), Refusal> {
        self.act(|w, act| {
            let known = recent(w, &act.here, act.now())?.into_iter().find(|it| it.uid == handover);
            let Some(known) = known.filter(|it| it.taken.is_none()) else { return refuse("not_found") };
            if !known.items.iter().any(|it| it.uid == item) {
                return refuse("not_found");
            }
            let Some(person) = &act.person else { return refuse("not_signed_in") };
            if let Some(refusal) = may_read(person, &known) {
                return Err(refusal.into());
            }
            w.read_handover_item(handover, item, act.now(), person.id)?;
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
    let red = waiting.items.iter().filter(|item| item.red).count();
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
    let red: Vec<Uuid> = waiting.items.iter().filter(|item| item.red).map(|item| item.uid).collect();
    let read: Vec<Uuid> = r.items_read(waiting.uid, person.id)?.into_iter().collect();
    let by = waiting.by.unwrap_or(UserId(0));
    Ok(may_acknowledge(person.id, by, &red, &read).err().map(|why| match why {
        AcknowledgeRefused::SamePerson => Refusal::new("same_person"),
        AcknowledgeRefused::RedItemsOpen(open) => Refusal::new(ITEMS_UNREAD).with("count", open),
    }))
}

/// Somebody takes a handover over; while red items wait to be read by them, they are told so.
pub(crate) fn take(w: &mut Writing<'_>, act: &Act<'_>, person: &User, uid: EventId) -> Result<Said, Refused> {
    let waiting = recent(w, &act.here, act.now())?.into_iter().find(|it| it.uid == uid);
    let Some(waiting) = waiting.filter(|it| it.taken.is_none()) else { return refuse("not_found") };
    if let Some(refusal) = may_take(w, person, &waiting)? {
        return match refusal.code.as_str() {
            ITEMS_UNREAD => Ok(Said { tone: Tone::Note, ..Said::bad(refusal) }),
            _ => Err(refusal.into()),
        };
    }
    let items = w.items_read(uid, person.id)?.into_iter().collect();
    let acknowledged = HandoverAcknowledged { handover_uid: uid, items, note: None };
    w.take_handover(&act.fact_as(act.fresh_event(), Some(person.id)), person.id, &acknowledged)?;
    let shift = Shifts::read(w)?.name(waiting.from_shift);
    Ok(Said::good("handover_acknowledged").with("shift", shift).with("name", &person.full_name))
}

/// The newest handover that nobody has taken over.
pub(crate) fn submitted(
    r: &Reading<'_>,
    here: &Here,
    now: DateTime<Utc>,
) -> Result<Option<Submitted>, Refused> {
    Ok(recent(r, here, now)?.into_iter().find(|it| it.taken.is_none()))
}

/// Handovers of this area lately, newest first: own ones, and those of other terminals.
pub(crate) fn recent(r: &Reading<'_>, here: &Here, now: DateTime<Utc>) -> Result<Vec<Submitted>, Refused> {
    let since = now - TimeDelta::hours(RECENT_HOURS);
    let central: Vec<row::Handover> = r.mirror()?;
    let mut found = Vec::new();
    for own in r.own_handovers_since(since)? {
        let known = central.iter().find(|row| row.uid == own.uid).and_then(taken_centrally);
        let said = own.submitted;
        found.push(Submitted {
            uid: own.uid,
            from_shift: said.from_shift_id,
            from_date: said.from_shift_date,
            to_shift: said.to_shift_id,
            to_date: said.to_shift_date,
            by: own.actor,
            at: own.at,
            figures: said.figures,
            items: said.items,
            notes: said.notes,
            taken: taken_here(r, own.uid)?.or(known),
        });
    }
    let of_area = |row: &row::Handover| row.work_center_id.is_none_or(|id| id == here.work_center_id());
    for row in central.into_iter().filter(|row| of_area(row) && row.handed_over_at >= since) {
        if found.iter().all(|own| own.uid != row.uid) {
            let taken = taken_here(r, row.uid)?.or(taken_centrally(&row));
            found.push(of_row(row, taken));
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(found)
}

fn of_row(row: row::Handover, taken: Option<(UserId, DateTime<Utc>)>) -> Submitted {
    Submitted {
        uid: row.uid,
        from_shift: row.from_shift_id,
        from_date: row.from_shift_date,
        to_shift: row.to_shift_id,
        to_date: row.to_shift_date,
        by: Some(row.handed_over_by),
        at: row.handed_over_at,
        figures: row.figures,
        items: row.items,
        notes: row.notes,
        taken,
    }
}

fn taken_centrally(row: &row::Handover) -> Option<(UserId, DateTime<Utc>)> {
    row.acknowledged_by.zip(row.acknowledged_at)
}

fn taken_here(r: &Reading<'_>, uid: EventId) -> Result<Option<(UserId, DateTime<Utc>)>, Refused> {
    Ok(r.handover_taken(uid)?.map(|taken| (taken.by, taken.at)))
}

/// The shift whose handover is to be written: the one that just ended, if something was done in
/// it and nobody handed it over; else the one that runs, or ran last.
pub(crate) fn to_hand_over(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    now: DateTime<Utc>,
) -> Result<Option<Shift>, Refused> {
    if let Some(ended) = shifts.ended_within(now, TimeDelta::hours(JUST_ENDED_HOURS)) {
        let worked = !r.lines_between(ended.window.starts_at, ended.window.ends_at)?.is_empty();
        if worked && of_shift(r, here, &ended, now)?.is_none() {
            return Ok(Some(ended));
        }
    }
    Ok(shifts.running_or_ended(now))
}

/// The handover of a shift, where there is one.
pub(crate) fn of_shift(
    r: &Reading<'_>,
    here: &Here,
    shift: &Shift,
    now: DateTime<Utc>,
) -> Result<Option<Submitted>, Refused> {
    let of_it = |it: &Submitted| it.from_shift == shift.row.id && it.from_date == shift.date;
    Ok(recent(r, here, now)?.into_iter().find(of_it))
}

fn submit(w: &mut Writing<'_>, act: &Act<'_>) -> Result<Said, Refused> {
    let shifts = Shifts::read(w)?;
    let Some(shift) = to_hand_over(w, &act.here, &shifts, act.now())? else { return refuse("no_shift") };
    let Some(next) = shifts.after(&shift) else { return refuse("no_shift") };
    if !act.person.as_ref().is_some_and(people::leads) {
        return refuse("not_a_lead");
    }
    if of_shift(w, &act.here, &shift, act.now())?.is_some() {
        return refuse("handover_exists");
    }
    let reasons = Reasons::read(w, "", act.now())?;
    let facts = shift_facts::read(w, &act.here, &shifts, &shift, &reasons, act.now())?;
    let fresh = |_: usize| act.fresh_event().0;
    let submitted = HandoverSubmitted {
        from_shift_id: shift.row.id,
        from_shift_date: shift.date,
        to_shift_id: next.row.id,
        to_shift_date: next.date,
        work_center_id: act.here.work_center_id(),
        figures: shift_facts::on_the_wire(figures(&facts)),
        items: shift_facts::items_on_the_wire(items(&facts), fresh),
        notes: w.handover_notes(shift.row.id, shift.date)?.unwrap_or_default(),
    };
    w.submit_handover(&act.fact(), &submitted)?;
    Ok(Said::good("handover_submitted").with("shift", shift.row.shift_name))
}
