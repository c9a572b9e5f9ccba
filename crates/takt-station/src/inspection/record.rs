//! Recording an inspection: the verdict, and the NCR that a failure raises in the same transaction.

use takt_domain::inspection::verdict;
use takt_domain::{EventId, InspectionResult, ProductionEvent, Quantity, ReasonId, Severity};
use takt_store::{Reading as Database, Writing};
use takt_wire::payload::{InspectionRecorded, NcrRaised};
use takt_wire::row::Unit;

use super::sheet::Sheet;
use crate::act::Act;
use crate::people;
use crate::production;
use crate::reasons::{List, Reasons};
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::view::Refusal;
use crate::view::inspection::Recorded;

/// The longest notes, in characters; see `InspectionRecorded`.
const NOTES_CHARACTERS_MAX: usize = 2_000;
/// The longest description of an NCR, in characters.
const DESCRIPTION_CHARACTERS_MAX: usize = 5_000;

/// Closes a draft with its verdict.
pub(crate) fn record(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    draft: EventId,
    notes: Option<String>,
) -> Result<(Recorded, Said), Refused> {
    if !act.person.as_ref().is_some_and(people::inspects) {
        return refuse("not_an_inspector");
    }
    let sheet = Sheet::of_draft(w, act, draft)?;
    if let Some((characteristic, sample_no)) = sheet.next_place() {
        let refusal = Refusal::new("reading_missing").with("name", &characteristic.characteristic_name);
        return Err(refusal.with("sample", sample_no).into());
    }
    let verdict = verdict(&sheet.judged(), sheet.check.point.sample_size)
        .map_err(|_| Refusal::new("reading_missing"))?;
    let failed = Quantity::from(verdict.failed);
    let recorded = InspectionRecorded {
        plan_id: sheet.check.plan.id,
        point_id: sheet.check.point.id,
        inspection_type: sheet.check.plan.plan_type.clone(),
        work_order_id: sheet.job.order.id,
        operation_id: sheet.job.id(),
        machine_id: act.machine(),
        attempt_no: sheet.inspection.attempt_no,
        inspected_quantity: verdict.inspected(),
        passed_quantity: Quantity::from(verdict.passed),
        failed_quantity: failed,
        unit_id: sheet.job.order.unit_id,
        result: verdict.result,
        notes: notes.map(|notes| cut(&notes, NOTES_CHARACTERS_MAX)).filter(|notes| !notes.is_empty()),
        readings: sheet.readings.clone(),
    };
    w.record_inspection(&act.fact_as(draft, act.actor()), sheet.job.progress.made(), &recorded)?;
    let said = |said: Said| sheet.job.said(said).with("name", &sheet.check.point.point_name);
    if verdict.result != InspectionResult::Fail {
        return Ok((Recorded { result: verdict.result, ncr: None }, said(Said::good("inspection_recorded"))));
    }
    let ncr = raise_ncr(w, act, &sheet, failed)?;
    if sheet.check.point.is_critical && sheet.job.is_running() {
        production::record(w, act, &sheet.job, ProductionEvent::Pause, None)?;
    }
    // Saved, so no error: the NCR that opens says the rest, and nothing may cover it.
    Ok((Recorded { result: verdict.result, ncr }, said(Said::note("inspection_failed"))))
}

/// None where the plant has no defect types to choose from: then there is nothing to name.
fn raise_ncr(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    sheet: &Sheet,
    failed: Quantity,
) -> Result<Option<EventId>, Refused> {
    let Some(defect_type_id) = defect_type(w, act, sheet)? else {
        tracing::warn!("no defect type is known: the failed inspection raises no NCR");
        return Ok(None);
    };
    let critical = sheet.check.point.is_critical || sheet.failing().any(|(it, _)| it.is_critical);
    let raised = NcrRaised {
        ncr_type: match sheet.check.plan.plan_type.as_str() {
            "FINAL" => "FINAL_INSPECTION",
            "INCOMING" => "MATERIAL",
            _ => "PROCESS",
        }
        .to_owned(),
        severity: Severity::proposed(critical),
        defect_type_id,
        description: describe(w, sheet)?,
        material_id: Some(sheet.job.order.material_id),
        work_order_id: Some(sheet.job.order.id),
        operation_id: Some(sheet.job.id()),
        inspection_uid: Some(sheet.inspection.uid),
        quantity_defective: failed,
        unit_id: sheet.job.order.unit_id,
    };
    let fact = act.fact();
    w.raise_ncr(&fact, sheet.inspection.uid, sheet.job.id(), &raised)?;
    Ok(Some(fact.event_id))
}

/// A measured feature out of its limits is a matter of dimension, where the plant has that type.
fn defect_type(r: &Database<'_>, act: &Act<'_>, sheet: &Sheet) -> Result<Option<ReasonId>, Refused> {
    let types = Reasons::read(r, "", act.now())?.list(List::Defect);
    let measured = sheet.failing().any(|(it, _)| it.characteristic_type == "VARIABLE");
    let wanted = if measured { "DIMENSION" } else { "SURFACE" };
    let named = types.iter().find(|it| it.code.contains(wanted));
    Ok(named.or(types.first()).map(|it| it.id))
}

/// The failing readings as facts, without words that would need a language.
fn describe(r: &Database<'_>, sheet: &Sheet) -> Result<String, Refused> {
    let mut lines = Vec::new();
    for (characteristic, reading) in sheet.failing() {
        let read = reading.value.map(|value| value.to_string()).or_else(|| reading.text.clone());
        let unit = match characteristic.unit_id {
            Some(id) => r.mirror_one::<Unit>(i64::from(id.0))?.map(|unit| format!(" {}", unit.unit_code)),
            None => None,
        };
        let limits = match (reading.lower_spec, reading.upper_spec) {
            (None, None) => String::new(),
            (lower, upper) => {
                let text = |limit: Option<takt_domain::Measure>| limit.map(|it| it.to_string());
                format!(" ({} … {})", text(lower).unwrap_or_default(), text(upper).unwrap_or_default())
            }
        };
        lines.push(format!(
            "{} #{}: {}{}{limits}",
            characteristic.characteristic_name,
            reading.sample_no,
            read.unwrap_or_default(),
            unit.unwrap_or_default(),
        ));
    }
    Ok(cut(&lines.join("\n"), DESCRIPTION_CHARACTERS_MAX))
}

fn cut(text: &str, characters_max: usize) -> String {
    text.trim().chars().take(characters_max).collect()
}
