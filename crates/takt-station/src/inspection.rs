//! An inspection: characteristic by characteristic, with its running chart.

mod chart;
mod reading;
mod record;
mod sheet;

use takt_domain::{CharacteristicId, EventId, InspectionPointId, InspectionResult, OperationId};
use takt_store::Reading as Database;
use takt_wire::row::{Characteristic, Unit};

pub(crate) use reading::gauge_read;

use crate::act::Act;
use crate::here::{Here, Shifts};
use crate::job_view;
use crate::people;
use crate::refused::Refused;
use crate::station::Station;
use crate::view::Refusal;
use crate::view::inspection::{
    CharacteristicView, InspectionView, NextReading, ReadingInput, ReadingView, Recorded,
};
use chrono::{DateTime, Utc};
use sheet::Sheet;

impl Station {
    /// The inspection screen of a checkpoint, or of the one that is due; begins a draft.
    pub fn inspection(
        &self,
        operation: OperationId,
        point: Option<InspectionPointId>,
    ) -> Result<InspectionView, Refusal> {
        let begun = self.look_here(|r, here, look| {
            let sheet = Sheet::find(r, here, operation, point, look.now)?;
            sheet.map(|sheet| view(r, here, &sheet, look.inspects(), look.now)).transpose()
        })?;
        match begun {
            Some(view) => Ok(view),
            None => self.sheet_act(|w, act| sheet::open(w, act, operation, point)),
        }
    }

    /// Takes a reading: durable and judged when this returns.
    pub fn take_reading(&self, input: &ReadingInput) -> Result<InspectionView, Refusal> {
        self.sheet_act(|w, act| reading::take(w, act, input))
    }

    /// Empties a place of the draft.
    pub fn clear_reading(
        &self,
        draft: EventId,
        characteristic: CharacteristicId,
        sample_no: i32,
    ) -> Result<InspectionView, Refusal> {
        self.sheet_act(|w, act| reading::clear(w, act, draft, characteristic, sample_no))
    }

    /// Records the inspection; a failure raises its NCR.
    pub fn record_inspection(&self, draft: EventId, notes: Option<String>) -> Result<Recorded, Refusal> {
        self.act(|w, act| {
            let (recorded, said) = record::record(w, act, draft, notes)?;
            Ok((recorded, Some(said)))
        })
    }

    fn sheet_act(
        &self,
        what: impl FnOnce(&mut takt_store::Writing<'_>, &Act<'_>) -> Result<Sheet, Refused>,
    ) -> Result<InspectionView, Refusal> {
        self.act(|w, act| {
            let sheet = what(w, act)?;
            let may_record = act.person.as_ref().is_some_and(people::inspects);
            Ok((view(w, &act.here, &sheet, may_record, act.now())?, None))
        })
    }
}

fn view(
    r: &Database<'_>,
    here: &Here,
    sheet: &Sheet,
    may_record: bool,
    now: DateTime<Utc>,
) -> Result<InspectionView, Refused> {
    let shifts = Shifts::read(r)?;
    let (plan, point) = (&sheet.check.plan, &sheet.check.point);
    let next = sheet.next_place().map(|(it, sample_no)| NextReading { characteristic: it.id, sample_no });
    let failed = sheet.failed_pieces();
    let result = match (failed, &next) {
        (1.., _) => Some(InspectionResult::Fail),
        (0, None) => Some(InspectionResult::Pass),
        (0, Some(_)) => None,
    };
    let characteristics = sheet.characteristics.iter().map(|it| characteristic(r, sheet, it));
    Ok(InspectionView {
        draft: sheet.inspection.uid,
        job: job_view::view(r, here, &shifts, &sheet.job, now)?,
        point: point.id,
        point_name: point.point_name.clone(),
        frequency_type: point.frequency_type.clone(),
        frequency_value: point.frequency_value,
        plan: format!("{} / {}", plan.plan_code, plan.revision),
        instructions: point.instructions.clone(),
        sample_size: point.sample_size,
        attempt_no: sheet.inspection.attempt_no,
        characteristics: characteristics.collect::<Result<_, _>>()?,
        next,
        result,
        failed,
        may_record,
    })
}

fn characteristic(
    r: &Database<'_>,
    sheet: &Sheet,
    it: &Characteristic,
) -> Result<CharacteristicView, Refused> {
    let variable = it.characteristic_type == "VARIABLE";
    let unit = match it.unit_id {
        Some(id) => r.mirror_one::<Unit>(i64::from(id.0))?.map(|unit| unit.unit_code),
        None => None,
    };
    let place = |sample_no: i32| {
        sheet.at(it, sample_no).map(|reading| ReadingView {
            value: reading.value,
            text: reading.text.clone(),
            conforming: reading.conforming,
        })
    };
    Ok(CharacteristicView {
        id: it.id,
        code: it.characteristic_code.clone(),
        name: it.characteristic_name.clone(),
        variable,
        unit,
        decimals: u8::try_from(it.decimals).unwrap_or(0),
        nominal: it.nominal,
        lower_spec: it.lower_spec,
        upper_spec: it.upper_spec,
        method: it.measurement_method.clone(),
        critical: it.is_critical,
        allowed: it.allowed_values.clone(),
        readings: (1..=sheet.check.point.sample_size).map(place).collect(),
        chart: if variable { Some(chart::chart(r, it, &sheet.readings)?) } else { None },
    })
}
