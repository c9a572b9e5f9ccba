//! One pad, one Save: counts with their reasons in one transaction; and taking them back.

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::booking::{Line, Pad, PadRefused, UNDO_WINDOW_SECONDS, correction_of};
use takt_domain::{EventId, OperationId, OperationStatus, ProductionEvent, Quantity};
use takt_store::production_line::ProductionLine;
use takt_store::{Reading, Writing};
use takt_wire::payload::ProductionLogged;

use crate::act::Act;
use crate::job::{Job, counted};
use crate::production;
use crate::reasons::{List, Reasons};
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::view::report::{BookingView, PadInput};
use crate::view::{ReasonCount, Refusal, frame};

/// Books what stands on the pad; a paused job goes on with it. What was made before a stop counts,
/// and the machine stays down: a count ends no stop.
pub(crate) fn book(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    id: OperationId,
    input: &PadInput,
) -> Result<Said, Refused> {
    let job = Job::get(w, id)?;
    if let Some(refusal) = job.report_refused() {
        return Err(refusal.into());
    }
    let pad = pad_of(input)?;
    check_reasons(w, act, &pad)?;
    let (_, decimals) = job.unit(w)?;
    let lines = pad.lines(u32::from(decimals)).map_err(|why| pad_refusal(why, decimals))?;
    if pad.is_large(job.progress.remaining(), &job.order.pack_sizes) && !input.large_confirmed {
        let refusal = Refusal::new("large_unconfirmed").with("good", pad.good).with("made", pad.made());
        return Err(refusal.with("remaining", job.progress.remaining()).into());
    }
    if job.status == OperationStatus::Paused {
        production::go_on(w, act, &job, ProductionEvent::Resume)?;
    }
    let logged = lines.iter().map(|counts| counting(act, &job, ProductionEvent::Output, counts, None));
    let booking = log_all(w, act, logged.collect())?;
    tracing::debug!(%booking, "booked");
    Ok(job.said(said_of(&pad)))
}

/// Takes a booking back by counter-entries, within the undo window.
pub(crate) fn undo(w: &mut Writing<'_>, act: &Act<'_>, booking: EventId) -> Result<Said, Refused> {
    let lines = w.lines_of_booking(booking)?;
    let outputs: Vec<ProductionLine> =
        lines.into_iter().filter(|line| line.logged.event_type == ProductionEvent::Output).collect();
    let Some(first) = outputs.first() else { return refuse("nothing_to_undo") };
    if !w.corrections_of(first.event_id)?.is_empty() {
        return refuse("nothing_to_undo");
    }
    if act.now() - first.at > TimeDelta::seconds(UNDO_WINDOW_SECONDS) {
        return Err(Refusal::new("undo_too_late").with("seconds", UNDO_WINDOW_SECONDS).into());
    }
    let job = Job::get(w, first.logged.operation_id)?;
    let counter = |line: &ProductionLine| {
        let counts = correction_of(&counted(&line.logged));
        counting(act, &job, ProductionEvent::Correction, &counts, Some(line.event_id))
    };
    log_all(w, act, outputs.iter().map(counter).collect())?;
    let sums = sums(&outputs);
    let said = job.said(Said::good("booking_undone")).with("good", sums.good);
    Ok(said.with("scrap", sums.scrap).with("rework", sums.rework))
}

/// The booking that can still be taken back: the last one.
pub(crate) fn undoable(r: &Reading<'_>, now: DateTime<Utc>) -> Result<Option<frame::Undo>, Refused> {
    let window = TimeDelta::seconds(UNDO_WINDOW_SECONDS);
    let recent = |line: &ProductionLine| (now - line.at).abs() <= window;
    let Some(last) = r.last_output()?.filter(recent) else { return Ok(None) };
    if !r.corrections_of(last.event_id)?.is_empty() {
        return Ok(None);
    }
    let sums = sums(&r.lines_of_booking(last.booking)?);
    let order = r.mirror_one::<takt_wire::row::WorkOrder>(i64::from(last.logged.work_order_id.0))?;
    Ok(Some(frame::Undo {
        booking: last.booking,
        order: order.map(|order| order.work_order_number).unwrap_or_default(),
        good: sums.good,
        scrap: sums.scrap,
        rework: sums.rework,
        until: last.at + window,
    }))
}

/// What was booked on a job here, newest first.
pub(crate) fn history(r: &Reading<'_>, job: &Job, most: usize) -> Result<Vec<BookingView>, Refused> {
    let mut views: Vec<BookingView> = Vec::new();
    for line in job.lines.iter().rev().filter(|line| line.logged.event_type == ProductionEvent::Output) {
        if let Some(view) = views.iter_mut().find(|view| view.booking == line.booking) {
            add(&mut view.good, &mut view.scrap, &mut view.rework, &line.logged);
            continue;
        }
        if views.len() == most {
            break;
        }
        let undone = job.lines.iter().any(|other| other.logged.corrects == Some(line.event_id));
        let by = crate::people::name(r, line.actor)?;
        let (good, scrap) = (line.logged.quantity_good, line.logged.quantity_scrapped);
        let rework = line.logged.quantity_rework;
        views.push(BookingView { booking: line.booking, at: line.at, by, good, scrap, rework, undone });
    }
    Ok(views)
}

fn log_all(w: &mut Writing<'_>, act: &Act<'_>, logged: Vec<ProductionLogged>) -> Result<EventId, Refused> {
    let booking = act.fresh_event();
    for (nth, line) in logged.iter().enumerate() {
        let id = if nth == 0 { booking } else { act.fresh_event() };
        w.log_production(&act.fact_as(id, act.actor()), booking, line)?;
    }
    Ok(booking)
}

fn counting(
    act: &Act<'_>,
    job: &Job,
    event: ProductionEvent,
    counts: &Line,
    corrects: Option<EventId>,
) -> ProductionLogged {
    ProductionLogged {
        quantity_good: counts.good,
        quantity_scrapped: counts.scrapped(),
        quantity_rework: counts.reworked(),
        scrap_reason_id: counts.scrap.map(|(reason, _)| reason),
        rework_reason_id: counts.rework.map(|(reason, _)| reason),
        corrects,
        ..production::line(act, job, event)
    }
}

/// Reads what was typed; nothing typed is zero.
fn pad_of(input: &PadInput) -> Result<Pad, Refused> {
    let good = match input.good.trim() {
        "" => Quantity::ZERO,
        typed => Quantity::typed(typed).map_err(|_| Refusal::new("number_refused").with("value", typed))?,
    };
    let parts = |counts: &[ReasonCount]| counts.iter().map(|count| (count.reason, count.quantity)).collect();
    Ok(Pad { good, scrap: parts(&input.scrap), rework: parts(&input.rework) })
}

fn check_reasons(r: &Reading<'_>, act: &Act<'_>, pad: &Pad) -> Result<(), Refused> {
    if pad.scrap.is_empty() && pad.rework.is_empty() {
        return Ok(());
    }
    let reasons = Reasons::read(r, "", act.now())?;
    pad.scrap.iter().try_for_each(|(reason, _)| reasons.check(List::Scrap, *reason))?;
    pad.rework.iter().try_for_each(|(reason, _)| reasons.check(List::Rework, *reason))
}

fn pad_refusal(why: PadRefused, decimals: u8) -> Refused {
    let refusal = match why {
        PadRefused::NothingToBook => Refusal::new("pad_empty"),
        PadRefused::Negative(typed) | PadRefused::TooFine(typed, _) => {
            Refusal::new("number_refused").with("value", typed).with("decimals", decimals)
        }
        PadRefused::TooLarge => Refusal::new("number_refused"),
    };
    refusal.into()
}

fn said_of(pad: &Pad) -> Said {
    let total =
        |parts: &[(takt_domain::ReasonId, Quantity)]| parts.iter().map(|(_, it)| *it).sum::<Quantity>();
    let (scrap, rework) = (total(&pad.scrap), total(&pad.rework));
    let only_good = scrap.is_zero() && rework.is_zero();
    let said = Said::good(if only_good { "good_booked" } else { "booked" });
    said.with("good", pad.good).with("scrap", scrap).with("rework", rework)
}

#[derive(Default)]
struct Sums {
    good: Quantity,
    scrap: Quantity,
    rework: Quantity,
}

fn sums(lines: &[ProductionLine]) -> Sums {
    let mut sums = Sums::default();
    for line in lines {
        add(&mut sums.good, &mut sums.scrap, &mut sums.rework, &line.logged);
    }
    sums
}

fn add(good: &mut Quantity, scrap: &mut Quantity, rework: &mut Quantity, logged: &ProductionLogged) {
    *good += logged.quantity_good;
    *scrap += logged.quantity_scrapped;
    *rework += logged.quantity_rework;
}
