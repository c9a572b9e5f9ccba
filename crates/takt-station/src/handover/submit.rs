//! Handing a shift over, and adding to what was handed over.

use chrono::{DateTime, Utc};
use takt_domain::handover::figures;
use takt_store::{Reading, Writing};
use takt_wire::payload::{HandoverItem, HandoverSubmitted};
use uuid::Uuid;

use super::carried::all_items;
use super::known::Submitted;
use super::screen::{OnScreen, on_screen};
use super::shift_facts;
use crate::act::Act;
use crate::here::{Here, Shift, Shifts};
use crate::people;
use crate::reasons::Reasons;
use crate::refused::{Refused, refuse};
use crate::said::Said;

/// Hands over what is on the screen; a handover that is there already gets an addendum.
pub(crate) fn submit(w: &mut Writing<'_>, act: &Act<'_>) -> Result<Said, Refused> {
    let shifts = Shifts::read(w)?;
    let leads = act.person.as_ref().is_some_and(people::leads);
    match on_screen(w, &act.here, &shifts, act.actor(), act.now())? {
        OnScreen::Nothing => refuse("no_shift"),
        _ if !leads => refuse("not_a_lead"),
        OnScreen::Draft(shift) => hand_over(w, act, &shifts, &shift),
        OnScreen::Submitted(shift, known) => add(w, act, &shifts, &shift, &known),
    }
}

fn hand_over(w: &mut Writing<'_>, act: &Act<'_>, shifts: &Shifts, shift: &Shift) -> Result<Said, Refused> {
    let Some(next) = shifts.after(shift) else { return refuse("no_shift") };
    let submitted = HandoverSubmitted {
        to_shift_id: next.row.id,
        to_shift_date: next.date,
        ..written(w, act, shifts, shift)?
    };
    w.submit_handover(&act.fact(), &submitted)?;
    w.write_handover_notes(shift.row.id, shift.date, "")?;
    Ok(Said::good("handover_submitted").with("shift", &shift.row.shift_name))
}

/// What came up since, and the words for it. Nothing new is no addendum: it was the same tap again.
fn add(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    shifts: &Shifts,
    shift: &Shift,
    known: &Submitted,
) -> Result<Said, Refused> {
    let all = written(w, act, shifts, shift)?;
    let items = new_items(known, all.items);
    if items.is_empty() && all.notes.trim().is_empty() {
        return refuse("handover_exists");
    }
    let added = HandoverSubmitted { items, to_shift_id: known.to_shift, to_shift_date: known.to_date, ..all };
    w.add_to_handover(&act.fact(), known.uid, &added)?;
    w.write_handover_notes(shift.row.id, shift.date, "")?;
    Ok(Said::good("handover_added").with("shift", &shift.row.shift_name))
}

/// Everything that is known of a shift now, as it would be handed over.
fn written(
    r: &Reading<'_>,
    act: &Act<'_>,
    shifts: &Shifts,
    shift: &Shift,
) -> Result<HandoverSubmitted, Refused> {
    let (here, now) = (&act.here, act.now());
    let facts = shift_facts::read(r, here, shifts, shift, &Reasons::read(r, "", now)?, now)?;
    let fresh = |_: usize| act.fresh_event().0;
    Ok(HandoverSubmitted {
        from_shift_id: shift.row.id,
        from_shift_date: shift.date,
        to_shift_id: shift.row.id,
        to_shift_date: shift.date,
        work_center_id: here.work_center_id(),
        figures: shift_facts::on_the_wire(figures(&facts)),
        items: all_items(r, here, shifts, shift, &facts, fresh, now)?,
        notes: r.handover_notes(shift.row.id, shift.date)?.unwrap_or_default(),
    })
}

/// What would be added to a handover: red items that it does not have. The rest goes with the next.
pub(crate) fn new_items(known: &Submitted, items: Vec<HandoverItem>) -> Vec<HandoverItem> {
    items.into_iter().filter(|item| item.red && !known.has(item)).collect()
}

/// The same for the screen, without lasting identities.
pub(crate) fn to_add(
    r: &Reading<'_>,
    here: &Here,
    shifts: &Shifts,
    shift: &Shift,
    known: &Submitted,
    now: DateTime<Utc>,
) -> Result<Vec<HandoverItem>, Refused> {
    let facts = shift_facts::read(r, here, shifts, shift, &Reasons::read(r, "", now)?, now)?;
    let nth = |nth: usize| Uuid::from_u128(nth as u128 + 1);
    Ok(new_items(known, all_items(r, here, shifts, shift, &facts, nth, now)?))
}
