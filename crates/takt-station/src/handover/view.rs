//! The handover screen: the draft of the shift that ends, or what was submitted of it.

use chrono::{DateTime, Utc};
use takt_domain::availability::stops;
use takt_domain::handover::figures;
use takt_domain::{Quantity, ReasonId, UserId};
use takt_store::Reading;
use takt_wire::payload::{HandoverItem, ShiftFigures};
use takt_wire::row::HandedOver;
use uuid::Uuid;

use super::carried::all_items;
use super::known::Submitted;
use super::screen::{OnScreen, on_screen};
use super::{hours, may_take, oee, shift_facts, submit};
use crate::here::{Here, Shift, Shifts};
use crate::machine;
use crate::people;
use crate::reasons::{List, Reasons};
use crate::refused::Refused;
use crate::station::Look;
use crate::view::Refusal;
use crate::view::handover::{
    AddedView, AddendumView, DownPart, HandoverView, ItemView, OeeView, ScrapPart, Stage,
};

/// What there is to show, before figures become words.
struct Content {
    stage: Stage,
    shift: Shift,
    figures: ShiftFigures,
    items: Vec<HandedOver>,
    notes: String,
    submitted: Option<Submitted>,
    addendum: Option<AddendumView>,
    refused: Option<Refusal>,
}

/// The screen.
pub(crate) fn view(r: &Reading<'_>, here: &Here, look: &Look) -> Result<HandoverView, Refused> {
    let shifts = Shifts::read(r)?;
    let reasons = Reasons::read(r, &look.locale, look.now)?;
    match content(r, here, look, &shifts, &reasons)? {
        Some(content) => shown(r, here, look, &shifts, &reasons, content),
        None => Ok(empty(here, look.now)),
    }
}

fn content(
    r: &Reading<'_>,
    here: &Here,
    look: &Look,
    shifts: &Shifts,
    reasons: &Reasons,
) -> Result<Option<Content>, Refused> {
    let person = look.person.as_ref().map(|person| person.id);
    let shift = match on_screen(r, here, shifts, person, look.now)? {
        OnScreen::Nothing => return Ok(None),
        OnScreen::Submitted(shift, known) => {
            return of_submitted(r, here, look, shifts, shift, *known).map(Some);
        }
        OnScreen::Draft(shift) => shift,
    };
    let facts = shift_facts::read(r, here, shifts, &shift, reasons, look.now)?;
    let nth = |nth: usize| Uuid::from_u128(nth as u128 + 1);
    let items = all_items(r, here, shifts, &shift, &facts, nth, look.now)?;
    Ok(Some(Content {
        stage: Stage::Draft,
        figures: shift_facts::on_the_wire(figures(&facts)),
        items: items.into_iter().map(|item| HandedOver { item, acknowledged_by: None }).collect(),
        notes: r.handover_notes(shift.row.id, shift.date)?.unwrap_or_default(),
        submitted: None,
        addendum: None,
        refused: draft_refused(look, shifts, &shift),
        shift,
    }))
}

fn of_submitted(
    r: &Reading<'_>,
    here: &Here,
    look: &Look,
    shifts: &Shifts,
    shift: Shift,
    it: Submitted,
) -> Result<Content, Refused> {
    let refused = match &look.person {
        _ if it.taken.is_some() => None,
        Some(person) => may_take(r, person, &it)?,
        None => Some(Refusal::new("not_signed_in")),
    };
    let addendum = match &look.person {
        Some(person) if people::leads(person) => {
            let items = submit::to_add(r, here, shifts, &shift, &it, look.now)?;
            let notes = r.handover_notes(shift.row.id, shift.date)?.unwrap_or_default();
            Some(AddendumView {
                notes,
                items: items.into_iter().map(|item| item_view(item, false)).collect(),
            })
        }
        _ => None,
    };
    Ok(Content {
        stage: if it.taken.is_some() { Stage::Acknowledged } else { Stage::Submitted },
        shift,
        figures: it.figures.clone(),
        items: it.items.clone(),
        notes: it.notes.clone(),
        submitted: Some(it),
        addendum,
        refused,
    })
}

fn draft_refused(look: &Look, shifts: &Shifts, shift: &Shift) -> Option<Refusal> {
    let code = match &look.person {
        None => "not_signed_in",
        Some(person) if !people::leads(person) => "not_a_lead",
        Some(_) if shifts.after(shift).is_none() => "no_shift",
        Some(_) => return None,
    };
    Some(Refusal::new(code))
}

fn shown(
    r: &Reading<'_>,
    here: &Here,
    look: &Look,
    shifts: &Shifts,
    reasons: &Reasons,
    content: Content,
) -> Result<HandoverView, Refused> {
    let Content { stage, shift, figures, items, notes, submitted, addendum, refused } = content;
    let next = match &submitted {
        Some(it) => shifts.on(it.to_shift, it.to_date),
        None => shifts.after(&shift),
    };
    let taken = submitted.as_ref().and_then(|it| it.taken);
    let uid = submitted.as_ref().map(|it| it.uid);
    let made = figures.good + figures.scrapped + figures.rework;
    let machine = here.enrolment.machine_id;
    let reader = taken.map(|(by, _)| by).or(look.person.as_ref().map(|person| person.id));
    Ok(HandoverView {
        stage,
        uid,
        shift: shift.row.shift_name.clone(),
        date: shift.date,
        next_shift: next.as_ref().map(|next| next.row.shift_name.clone()).unwrap_or_default(),
        next_starts_at: next.map_or(shift.window.ends_at, |next| next.window.starts_at),
        area: here.place().work_center_name,
        good: figures.good,
        target: figures.target,
        scrap: figures.scrapped,
        scrap_ratio: (made > Quantity::ZERO).then(|| crate::job_view::ratio(figures.scrapped, made)),
        rework: figures.rework,
        down_seconds: figures.down_seconds,
        stops: u32::try_from(figures.stops).unwrap_or(0),
        down_by_reason: down_parts(r, here, &shift, reasons, &figures, look.now)?,
        scrap_by_reason: scrap_parts(reasons, &figures.scrap_by_reason),
        hours: hours::hours(r, here, &shift, look.now)?,
        records: u32::try_from(figures.records).unwrap_or(0),
        oee: oee::oee(r, here, &shift, reasons, look.now)?,
        items: item_views(r, submitted.as_ref().zip(reader), items)?,
        unexplained: machine::unexplained(r, machine, look.now)?,
        down_reasons: reasons.list(List::Down),
        notes,
        added: added(r, submitted.as_ref())?,
        addendum,
        by: submitted.as_ref().map(|it| people::name(r, it.by)).transpose()?,
        submitted_at: submitted.as_ref().map(|it| it.at),
        taken_by: taken.map(|(by, _)| people::name(r, Some(by))).transpose()?,
        taken_at: taken.map(|(_, at)| at),
        refused,
    })
}

/// Seconds as reported; how many stops that were, as known here.
fn down_parts(
    r: &Reading<'_>,
    here: &Here,
    shift: &Shift,
    reasons: &Reasons,
    figures: &ShiftFigures,
    now: DateTime<Utc>,
) -> Result<Vec<DownPart>, Refused> {
    let periods = match here.enrolment.machine_id {
        Some(machine) => shift_facts::periods(r, machine, shift, reasons)?,
        None => Vec::new(),
    };
    let count = |reason: &Option<ReasonId>| {
        let one = |period| u32::try_from(stops(&shift.window, now, &[period]).count).unwrap_or(0);
        periods.iter().filter(|period| period.reason == *reason).map(|period| one(*period)).sum::<u32>()
    };
    let part = |(reason, seconds): &(Option<ReasonId>, i64)| DownPart {
        reason: reason.map(|reason| reasons.label(reason)),
        seconds: *seconds,
        stops: count(reason),
    };
    Ok(figures.down_by_reason.iter().map(part).collect())
}

fn scrap_parts(reasons: &Reasons, parts: &[(ReasonId, Quantity)]) -> Vec<ScrapPart> {
    let part = |(reason, quantity): &(ReasonId, Quantity)| ScrapPart {
        reason: reasons.label(*reason),
        quantity: *quantity,
    };
    parts.iter().map(part).collect()
}

fn added(r: &Reading<'_>, submitted: Option<&Submitted>) -> Result<Vec<AddedView>, Refused> {
    let addenda = submitted.into_iter().flat_map(|it| &it.addenda);
    addenda.map(|it| Ok(AddedView { by: people::name(r, it.by)?, at: it.at })).collect()
}

/// Items with what somebody has read of them: who took over, else who looks.
fn item_views(
    r: &Reading<'_>,
    read_by: Option<(&Submitted, UserId)>,
    items: Vec<HandedOver>,
) -> Result<Vec<ItemView>, Refused> {
    let read = read_by.map(|(it, by)| it.read_by(r, by)).transpose()?.unwrap_or_default();
    let view = |it: HandedOver| {
        let acknowledged = it.acknowledged_by.is_some() || read.contains(&it.item.uid);
        item_view(it.item, acknowledged)
    };
    let mut views: Vec<ItemView> = items.into_iter().map(view).collect();
    views.sort_by_key(|item| !item.red);
    Ok(views)
}

fn item_view(item: HandoverItem, acknowledged: bool) -> ItemView {
    ItemView {
        uid: item.uid,
        kind: item.kind,
        red: item.red,
        reference: item.reference,
        figures: item.figures.iter().map(|(name, value)| (shown_as(name), plain(value))).collect(),
        text: item.text,
        carried: item.carried_from.is_some(),
        acknowledged,
    }
}

/// The name by which the words ask for a figure.
fn shown_as(figure: &str) -> String {
    if figure == "late_units" { "units".to_owned() } else { figure.to_owned() }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// No shift is planned now and none ended lately.
fn empty(here: &Here, now: DateTime<Utc>) -> HandoverView {
    HandoverView {
        stage: Stage::None,
        uid: None,
        shift: String::new(),
        date: here.date(now),
        next_shift: String::new(),
        next_starts_at: now,
        area: here.place().work_center_name,
        good: Quantity::ZERO,
        target: Quantity::ZERO,
        scrap: Quantity::ZERO,
        scrap_ratio: None,
        rework: Quantity::ZERO,
        down_seconds: 0,
        stops: 0,
        down_by_reason: Vec::new(),
        scrap_by_reason: Vec::new(),
        hours: Vec::new(),
        records: 0,
        oee: OeeView {
            oee: None,
            availability: None,
            effectiveness: None,
            quality_ratio: None,
            reason: Some("no_shift".to_owned()),
        },
        items: Vec::new(),
        unexplained: Vec::new(),
        down_reasons: Vec::new(),
        notes: String::new(),
        added: Vec::new(),
        addendum: None,
        by: None,
        submitted_at: None,
        taken_by: None,
        taken_at: None,
        refused: Some(Refusal::new("no_shift")),
    }
}
