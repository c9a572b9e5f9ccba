//! The handover screen: the draft of the shift that ends, or what was submitted of it.

use chrono::{DateTime, Utc};
use takt_domain::availability::stops;
use takt_domain::handover::{figures, items};
use takt_domain::{EventId, Quantity, ReasonId, UserId};
use takt_store::Reading;
use takt_wire::payload::{HandoverItem, ShiftFigures};
use uuid::Uuid;

use super::{Submitted, hours, may_take, oee, of_shift, shift_facts, submitted, to_hand_over};
use crate::here::{Here, Shift, Shifts};
use crate::machine;
use crate::people;
use crate::reasons::{List, Reasons};
use crate::refused::Refused;
use crate::station::Look;
use crate::view::Refusal;
use crate::view::handover::{DownPart, HandoverView, ItemView, OeeView, ScrapPart, Stage};

/// What there is to show, before figures become words.
struct Content {
    stage: Stage,
    shift: Shift,
    figures: ShiftFigures,
    items: Vec<HandoverItem>,
    notes: String,
    submitted: Option<Submitted>,
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
    let waiting = submitted(r, here, look.now)?;
    let shift = waiting.as_ref().and_then(|it| shifts.on(it.from_shift, it.from_date));
    if let (Some(waiting), Some(shift)) = (waiting, shift) {
        let refused = match &look.person {
            Some(person) => may_take(r, person, &waiting)?,
            None => Some(Refusal::new("not_signed_in")),
        };
        return Ok(Some(of_submitted(Stage::Submitted, shift, waiting, refused)));
    }
    let Some(shift) = to_hand_over(r, here, shifts, look.now)? else { return Ok(None) };
    if let Some(taken) = of_shift(r, here, &shift, look.now)? {
        return Ok(Some(of_submitted(Stage::Acknowledged, shift, taken, None)));
    }
    let facts = shift_facts::read(r, here, shifts, &shift, reasons, look.now)?;
    let nth = |nth: usize| Uuid::from_u128(nth as u128 + 1);
    Ok(Some(Content {
        stage: Stage::Draft,
        figures: shift_facts::on_the_wire(figures(&facts)),
        items: shift_facts::items_on_the_wire(items(&facts), nth),
        notes: r.handover_notes(shift.row.id, shift.date)?.unwrap_or_default(),
        submitted: None,
        refused: draft_refused(look, shifts, &shift),
        shift,
    }))
}

fn of_submitted(stage: Stage, shift: Shift, it: Submitted, refused: Option<Refusal>) -> Content {
    Content {
        stage,
        shift,
        figures: it.figures.clone(),
        items: it.items.clone(),
        notes: it.notes.clone(),
        submitted: Some(it),
        refused,
    }
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
    let Content { stage, shift, figures, items, notes, submitted, refused } = content;
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
        items: item_views(r, uid.zip(reader), items)?,
        unexplained: machine::unexplained(r, machine, look.now)?,
        down_reasons: reasons.list(List::Down),
        notes,
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

/// Items with what somebody has read of them: who took over, else who looks.
fn item_views(
    r: &Reading<'_>,
    read_by: Option<(EventId, UserId)>,
    items: Vec<HandoverItem>,
) -> Result<Vec<ItemView>, Refused> {
    let read = read_by.map(|(uid, by)| r.items_read(uid, by)).transpose()?.unwrap_or_default();
    let view = |item: HandoverItem| ItemView {
        uid: item.uid,
        kind: item.kind,
        red: item.red,
        reference: item.reference,
        figures: item.figures.iter().map(|(name, value)| (shown_as(name), plain(value))).collect(),
        text: item.text,
        acknowledged: read.contains(&item.uid),
    };
    let mut views: Vec<ItemView> = items.into_iter().map(view).collect();
    views.sort_by_key(|item| !item.red);
    Ok(views)
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
        by: None,
        submitted_at: None,
        taken_by: None,
        taken_at: None,
        refused: Some(Refusal::new("no_shift")),
    }
}
