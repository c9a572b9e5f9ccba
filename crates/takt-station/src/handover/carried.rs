//! What nobody acknowledged goes on to the next handover, with where it comes from.

use chrono::{DateTime, Utc};
use takt_domain::handover::{ShiftFacts, items};
use takt_store::Reading;
use takt_wire::payload::{HandoverItem, HandoverItemKind as Kind};
use uuid::Uuid;

use super::known::{Submitted, recent, same};
use super::shift_facts;
use crate::here::{Here, Shift, Shifts};
use crate::machine::{self, MachineNow};
use crate::refused::Refused;

/// What a shift hands over: what its facts say, and what is carried over; red first. `uid` gives the
/// nth its identity.
pub(crate) fn all_items(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    shift: &Shift,
    facts: &ShiftFacts,
    uid: impl Fn(usize) -> Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<HandoverItem>, Refused> {
    let mut found = shift_facts::items_on_the_wire(items(facts), &uid);
    for item in left(r, here, shifts, shift, now)? {
        match found.iter_mut().find(|known| about_the_same(known, &item)) {
            // It writes itself again: still open.
            Some(known) => known.carried_from = item.carried_from,
            None if is_over(r, here, &item, now)? => {}
            None => found.push(HandoverItem { uid: uid(found.len()), ..item }),
        }
    }
    found.sort_by_key(|item| !item.red);
    Ok(found)
}

/// What was left of the last handover before a shift's own.
fn left(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    shift: &Shift,
    now: DateTime<Utc>,
) -> Result<Vec<HandoverItem>, Refused> {
    let earlier = |it: &Submitted| {
        let of = shifts.on(it.from_shift, it.from_date);
        of.is_some_and(|of| of.window.starts_at < shift.window.starts_at)
    };
    match recent(r, here, now)?.into_iter().find(earlier) {
        Some(last) => unacknowledged(r, &last),
        None => Ok(Vec::new()),
    }
}

/// Of a handover that was taken over: red items that were not acknowledged, and what was written
/// afterwards. Of one that nobody took: every red item and every word.
fn unacknowledged(r: &Reading<'_>, last: &Submitted) -> Result<Vec<HandoverItem>, Refused> {
    let read = match last.taken {
        Some((by, _)) => last.read_by(r, by)?,
        None => Vec::new(),
    };
    let taken = last.taken.is_some();
    let acknowledged = |uid, by: Option<_>| taken && (by.is_some() || read.contains(&uid));
    let open = last.items.iter().filter(|it| {
        let matters = it.item.red || (it.item.kind == Kind::Note && !taken);
        matters && !acknowledged(it.item.uid, it.acknowledged_by)
    });
    let from = |item: &HandoverItem| HandoverItem {
        carried_from: item.carried_from.or(Some(last.uid)),
        ..item.clone()
    };
    let mut left: Vec<HandoverItem> = open.map(|it| from(&it.item)).collect();
    let words: Vec<&str> = match last.taken {
        None => vec![last.notes.as_str()],
        Some((_, at)) => {
            let late = last.addenda.iter().filter(|it| it.at >= at);
            late.map(|it| it.text.as_str()).collect()
        }
    };
    let words = words.into_iter().map(str::trim).filter(|text| !text.is_empty());
    left.extend(words.map(|text| HandoverItem {
        uid: last.uid.0,
        kind: Kind::Note,
        red: false,
        reference: None,
        figures: serde_json::Map::new(),
        text: Some(text.to_owned()),
        carried_from: Some(last.uid),
    }));
    Ok(left)
}

/// Items that write themselves are the same by what they are about, whatever their figures and words.
fn about_the_same(one: &HandoverItem, other: &HandoverItem) -> bool {
    let written = !matches!(one.kind, Kind::Note | Kind::Safety);
    same(one, other) || written && (one.kind, &one.reference) == (other.kind, &other.reference)
}

/// Whether this terminal knows that what an item is about is over. Of another machine of the area it
/// knows nothing.
fn is_over(r: &Reading<'_>, here: &Here, item: &HandoverItem, now: DateTime<Utc>) -> Result<bool, Refused> {
    let machine = here.enrolment.machine_id;
    let name = match machine {
        Some(id) => MachineNow::find(r, id)?.map(|machine| machine.row.machine_name),
        None => None,
    };
    let ours = name.is_some() && item.reference == name;
    Ok(match item.kind {
        Kind::OpenNcr | Kind::CheckDue | Kind::OpenJob | Kind::Unsynced => true,
        Kind::MachineDown => ours,
        Kind::UnexplainedStops => ours && machine::unexplained(r, machine, now)?.is_empty(),
        Kind::Safety | Kind::Note => false,
    })
}
