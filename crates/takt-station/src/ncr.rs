//! NCRs raised here: prefilled by the failing inspection, completed by the inspector.

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::handover::OpenNcr;
use takt_domain::{EventId, NcrStatus, Quantity, Severity, WorkOrderId};
use takt_store::ncr::OwnNcr;
use takt_store::{Reading, Writing};
use takt_wire::payload::NcrDetailed;
use takt_wire::row::{self, Characteristic, Unit};

use crate::act::Act;
use crate::here::Here;
use crate::job::Job;
use crate::people;
use crate::reasons::{List, Reasons};
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::station::Station;
use crate::view::Refusal;
use crate::view::home::NcrToComplete;
use crate::view::inspection::{Finding, NcrInput, NcrView};

/// NCRs older than this are the office's.
const COMPLETE_DAYS_MAX: i64 = 14;
/// Characters of an id that stand for an NCR's number.
const UID_TAIL: usize = 6;
/// The longest description, in characters.
const DESCRIPTION_CHARACTERS_MAX: usize = 5_000;

impl Station {
    /// An NCR that was raised here.
    pub fn ncr(&self, uid: EventId) -> Result<NcrView, Refusal> {
        self.look_here(|r, _, look| view(r, uid, &look.locale, look.now))
    }

    /// Completes an NCR with the inspector's words.
    pub fn complete_ncr(&self, input: &NcrInput) -> Result<(), Refusal> {
        self.act_and_say(|w, act| complete(w, act, input))
    }
}

/// NCRs raised here that no inspector has completed, oldest first.
pub(crate) fn to_complete(r: &Reading<'_>, now: DateTime<Utc>) -> Result<Vec<NcrToComplete>, Refused> {
    let since = now - TimeDelta::days(COMPLETE_DAYS_MAX);
    let mut waiting = Vec::new();
    for ncr in r.own_ncrs_since(since)?.into_iter().filter(|ncr| ncr.detailed.is_none()) {
        let order = order_number(r, &ncr)?;
        let what = ncr.raised.description.lines().next().unwrap_or_default().to_owned();
        waiting.push(NcrToComplete { uid: ncr.uid, order, what });
    }
    Ok(waiting)
}

/// NCRs of the area that nobody has decided: those raised here, and the centre's of its orders.
///
/// The centre takes closed ones out of the mirror. So an own one that it has taken and no longer
/// names is closed, unless it is so new (`since`) that the answer may still be on its way.
pub(crate) fn open(r: &Reading<'_>, here: &Here, since: DateTime<Utc>) -> Result<Vec<OpenNcr>, Refused> {
    let mut central: Vec<row::Ncr> = r.mirror()?;
    let mut open = Vec::new();
    for ncr in r.own_ncrs_since(DateTime::UNIX_EPOCH)? {
        let known = central.iter().position(|row| row.uid == ncr.uid).map(|at| central.swap_remove(at));
        let is_open = match &known {
            Some(row) => is_undecided(row),
            None => ncr.at >= since || r.record(ncr.uid)?.is_some_and(|record| record.acked_at.is_none()),
        };
        if is_open {
            let (severity, quantity, text) = said(&ncr);
            let reference = known.map_or_else(|| stand_in(ncr.uid), |row| row.ncr_number);
            open.push(OpenNcr { reference, severity, quantity, text: text.to_owned() });
        }
    }
    let operations: Vec<row::Operation> = r.mirror()?;
    let of_area = |order: WorkOrderId| {
        operations.iter().any(|it| it.work_order_id == order && it.work_center_id == here.work_center_id())
    };
    central.retain(|row| is_undecided(row) && row.work_order_id.is_some_and(of_area));
    central.sort_by_key(|row| row.detected_at);
    open.extend(central.into_iter().map(|row| OpenNcr {
        reference: row.ncr_number,
        severity: row.severity,
        quantity: row.quantity_defective,
        text: row.description,
    }));
    Ok(open)
}

fn is_undecided(row: &row::Ncr) -> bool {
    row.status.parse().is_ok_and(NcrStatus::is_open)
}

/// What stands for an NCR's number until the plant has given one: the end of its identity.
fn stand_in(uid: EventId) -> String {
    let uid = uid.to_string();
    uid.get(uid.len().saturating_sub(UID_TAIL)..).unwrap_or_default().to_uppercase()
}

/// What an NCR says now: as completed, else as raised.
pub(crate) fn said(ncr: &OwnNcr) -> (Severity, Quantity, &str) {
    match &ncr.detailed {
        Some(it) => (it.severity, it.quantity_defective, &it.description),
        None => (ncr.raised.severity, ncr.raised.quantity_defective, &ncr.raised.description),
    }
}

fn view(r: &Reading<'_>, uid: EventId, locale: &str, now: DateTime<Utc>) -> Result<NcrView, Refused> {
    let Some(ncr) = r.own_ncr(uid)? else { return refuse("not_found") };
    let job = Job::find(r, ncr.operation)?;
    let (material, unit) = match &job {
        Some(job) => (job.material(r)?, job.unit(r)?.0),
        None => (None, String::new()),
    };
    let central: Vec<row::Ncr> = r.mirror()?;
    let (severity, quantity, description) = said(&ncr);
    let defect_type = ncr.detailed.as_ref().map_or(ncr.raised.defect_type_id, |it| it.defect_type_id);
    Ok(NcrView {
        uid,
        number: central.into_iter().find(|row| row.uid == uid).map(|row| row.ncr_number),
        operation: ncr.operation,
        order: order_number(r, &ncr)?,
        material_name: material.map(|material| material.material_name).unwrap_or_default(),
        severity,
        defect_type,
        defect_types: Reasons::read(r, locale, now)?.list(List::Defect),
        description: description.to_owned(),
        quantity,
        unit,
        findings: findings(r, &ncr)?,
        completed: ncr.detailed.is_some(),
        detected_at: ncr.at,
        detected_by: people::name(r, ncr.actor)?,
    })
}

fn findings(r: &Reading<'_>, ncr: &OwnNcr) -> Result<Vec<Finding>, Refused> {
    let Some(inspection) = ncr.raised.inspection_uid else { return Ok(Vec::new()) };
    let mut findings = Vec::new();
    for reading in r.readings_of(inspection)?.into_iter().filter(|reading| !reading.conforming) {
        let row: Option<Characteristic> = r.mirror_one(i64::from(reading.characteristic_id.0))?;
        let unit = match row.as_ref().and_then(|row| row.unit_id) {
            Some(id) => r.mirror_one::<Unit>(i64::from(id.0))?.map(|unit| unit.unit_code),
            None => None,
        };
        findings.push(Finding {
            characteristic: row.map(|row| row.characteristic_name).unwrap_or_default(),
            sample_no: reading.sample_no,
            read: reading.value.map(|value| value.to_string()).or(reading.text).unwrap_or_default(),
            lower: reading.lower_spec,
            upper: reading.upper_spec,
            unit,
        });
    }
    Ok(findings)
}

fn complete(w: &mut Writing<'_>, act: &Act<'_>, input: &NcrInput) -> Result<Said, Refused> {
    if !act.person.as_ref().is_some_and(people::inspects) {
        return refuse("not_an_inspector");
    }
    let Some(ncr) = w.own_ncr(input.uid)? else { return refuse("not_found") };
    Reasons::read(w, "", act.now())?.check(List::Defect, input.defect_type)?;
    let refused = || Refusal::new("number_refused").with("value", &input.quantity);
    let quantity = Quantity::typed(&input.quantity).map_err(|_| refused())?;
    if quantity <= Quantity::ZERO {
        return Err(refused().into());
    }
    let typed: String = input.description.trim().chars().take(DESCRIPTION_CHARACTERS_MAX).collect();
    let description = if typed.is_empty() { ncr.raised.description.clone() } else { typed };
    let detailed = NcrDetailed {
        ncr_uid: ncr.uid,
        severity: input.severity,
        defect_type_id: input.defect_type,
        description,
        quantity_defective: quantity,
    };
    let inspection = ncr.raised.inspection_uid.unwrap_or(ncr.uid);
    w.detail_ncr(&act.fact(), inspection, &detailed)?;
    Ok(Said::good("ncr_completed").with("order", order_number(w, &ncr)?))
}

fn order_number(r: &Reading<'_>, ncr: &OwnNcr) -> Result<String, Refused> {
    let Some(id) = ncr.raised.work_order_id else { return Ok(String::new()) };
    let order: Option<row::WorkOrder> = r.mirror_one(i64::from(id.0))?;
    Ok(order.map(|order| order.work_order_number).unwrap_or_default())
}
