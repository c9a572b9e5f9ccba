//! NCRs raised here: prefilled by the failing inspection, completed by the inspector.

use chrono::{DateTime, TimeDelta, Utc};
use takt_domain::{EventId, NcrStatus, Quantity, Severity};
use takt_store::ncr::OwnNcr;
use takt_store::{Reading, Writing};
use takt_wire::payload::NcrDetailed;
use takt_wire::row::{self, Characteristic, Unit};

use crate::act::Act;
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

/// Own NCRs since then that the centre has not decided, with their numbers where it gave one.
pub(crate) fn open_since(
    r: &Reading<'_>,
    since: DateTime<Utc>,
) -> Result<Vec<(OwnNcr, Option<String>)>, Refused> {
    let central: Vec<row::Ncr> = r.mirror()?;
    let mut open = Vec::new();
    for ncr in r.own_ncrs_since(since)? {
        let known = central.iter().find(|row| row.uid == ncr.uid);
        let decided = known.is_some_and(|row| row.status.parse().is_ok_and(|it: NcrStatus| !it.is_open()));
        if !decided {
            open.push((ncr, known.map(|row| row.ncr_number.clone())));
        }
    }
    Ok(open)
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
