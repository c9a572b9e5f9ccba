//! What is known of handovers: own ones, those of other terminals of the area, and what was added to
//! either.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use takt_domain::{EventId, ShiftId, UserId};
use takt_store::Reading;
use takt_store::handover::OwnHandover;
use takt_wire::payload::{HandoverItem, HandoverItemKind, ShiftFigures};
use takt_wire::row::{self, Addendum, HandedOver};
use uuid::Uuid;

use crate::here::Here;
use crate::refused::Refused;

/// A handover is looked for so far back.
const RECENT_HOURS: i64 = 36;

/// A handover as it was submitted, here or at another terminal of the area, with what was added.
#[derive(Clone, Debug)]
pub(crate) struct Submitted {
    pub uid: EventId,
    /// Every submission of it: each names the same handover.
    pub uids: Vec<EventId>,
    pub from_shift: ShiftId,
    pub from_date: NaiveDate,
    pub to_shift: ShiftId,
    pub to_date: NaiveDate,
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
    pub figures: ShiftFigures,
    pub items: Vec<HandedOver>,
    /// Those of the addenda included.
    pub notes: String,
    /// Oldest first.
    pub addenda: Vec<Addendum>,
    /// Who took it over, and when.
    pub taken: Option<(UserId, DateTime<Utc>)>,
}

impl Submitted {
    /// Whether an event is one of its submissions.
    pub(crate) fn is(&self, uid: EventId) -> bool {
        self.uids.contains(&uid)
    }

    /// Whether it is of that shift.
    pub(crate) fn is_of(&self, shift: ShiftId, date: NaiveDate) -> bool {
        (self.from_shift, self.from_date) == (shift, date)
    }

    /// Whether it has an item already, by what that is about.
    pub(crate) fn has(&self, item: &HandoverItem) -> bool {
        self.items.iter().any(|known| same(&known.item, item))
    }

    /// The items of it that somebody has read here.
    pub(crate) fn read_by(&self, r: &Reading<'_>, by: UserId) -> Result<Vec<Uuid>, Refused> {
        let mut read = Vec::new();
        for uid in &self.uids {
            read.extend(r.items_read(*uid, by)?);
        }
        Ok(read)
    }

    fn of_row(row: row::Handover) -> Self {
        let addenda = row.addenda.iter().map(|it| it.event_id);
        Self {
            uid: row.uid,
            uids: std::iter::once(row.uid).chain(addenda).collect(),
            from_shift: row.from_shift_id,
            from_date: row.from_shift_date,
            to_shift: row.to_shift_id,
            to_date: row.to_shift_date,
            by: Some(row.handed_over_by),
            at: row.handed_over_at,
            figures: row.figures,
            items: row.items,
            notes: row.notes,
            addenda: row.addenda,
            taken: row.acknowledged_by.zip(row.acknowledged_at),
        }
    }

    fn of_own(own: OwnHandover) -> Self {
        let said = own.submitted;
        Self {
            uid: own.uid,
            uids: vec![own.uid],
            from_shift: said.from_shift_id,
            from_date: said.from_shift_date,
            to_shift: said.to_shift_id,
            to_date: said.to_shift_date,
            by: own.actor,
            at: own.at,
            figures: said.figures,
            items: said.items.into_iter().map(unread).collect(),
            notes: said.notes,
            addenda: Vec::new(),
            taken: None,
        }
    }

    /// As the centre does it: what is new is added, nothing is replaced.
    fn add(&mut self, own: OwnHandover) {
        for item in own.submitted.items {
            if !self.has(&item) {
                self.items.push(unread(item));
            }
        }
        let text = own.submitted.notes;
        if !text.trim().is_empty() {
            let between = if self.notes.trim().is_empty() { "" } else { "\n\n" };
            self.notes = format!("{}{between}{}", self.notes, text.trim());
        }
        self.uids.push(own.uid);
        self.addenda.push(Addendum { event_id: own.uid, by: own.actor, at: own.at, text });
    }
}

/// Whether two items are about the same. A report has no number until the plant gives it one.
pub(crate) fn same(one: &HandoverItem, other: &HandoverItem) -> bool {
    let numbered = one.reference == other.reference;
    let report = one.kind == HandoverItemKind::OpenNcr && one.figures == other.figures;
    let alike = (one.kind, &one.text) == (other.kind, &other.text);
    one.uid == other.uid || alike && (numbered || report)
}

fn unread(item: HandoverItem) -> HandedOver {
    HandedOver { item, acknowledged_by: None }
}

/// Handovers of this area lately, newest first: the centre's, and what was submitted here and has
/// not come back from there.
pub(crate) fn recent(r: &Reading<'_>, here: &Here, now: DateTime<Utc>) -> Result<Vec<Submitted>, Refused> {
    let since = now - TimeDelta::hours(RECENT_HOURS);
    let of_area = |row: &row::Handover| row.work_center_id.is_none_or(|id| id == here.work_center_id());
    let central = r.mirror::<row::Handover>()?.into_iter();
    let lately = central.filter(|row| of_area(row) && row.handed_over_at >= since);
    let mut found: Vec<Submitted> = lately.map(Submitted::of_row).collect();
    for own in r.own_handovers_since(since)?.into_iter().rev() {
        let said = &own.submitted;
        match found.iter_mut().find(|it| it.is_of(said.from_shift_id, said.from_shift_date)) {
            Some(known) if known.is(own.uid) => {}
            Some(known) => known.add(own),
            None => found.push(Submitted::of_own(own)),
        }
    }
    for it in &mut found {
        if it.taken.is_none() {
            it.taken = taken_here(r, &it.uids)?;
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(found)
}

fn taken_here(r: &Reading<'_>, uids: &[EventId]) -> Result<Option<(UserId, DateTime<Utc>)>, Refused> {
    for uid in uids {
        if let Some(taken) = r.handover_taken(*uid)? {
            return Ok(Some((taken.by, taken.at)));
        }
    }
    Ok(None)
}

/// The newest handover that nobody has taken over.
pub(crate) fn submitted(
    r: &Reading<'_>,
    here: &Here,
    now: DateTime<Utc>,
) -> Result<Option<Submitted>, Refused> {
    Ok(recent(r, here, now)?.into_iter().find(|it| it.taken.is_none()))
}
