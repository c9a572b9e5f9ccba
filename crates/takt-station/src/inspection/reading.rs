//! Readings of a draft: taken one by one, judged at once, durable at once.

use takt_domain::inspection::{judge, judge_text};
use takt_domain::{CharacteristicId, EventId, InspectionPointId, Measure, OperationId};
use takt_store::Writing;
use takt_wire::payload::Reading;
use takt_wire::row::Characteristic;

use super::sheet::{self, Sheet};
use crate::act::Act;
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::view::Refusal;
use crate::view::inspection::ReadingInput;

/// The longest gauge code kept, in characters.
const GAUGE_CHARACTERS_MAX: usize = 100;

/// Takes a reading into its place.
pub(crate) fn take(w: &mut Writing<'_>, act: &Act<'_>, input: &ReadingInput) -> Result<Sheet, Refused> {
    let sheet = Sheet::of_draft(w, act, input.draft)?;
    let Some(characteristic) = sheet.characteristics.iter().find(|it| it.id == input.characteristic) else {
        return refuse("not_found");
    };
    if !(1..=sheet.check.point.sample_size).contains(&input.sample_no) {
        return refuse("not_found");
    }
    let judged = judged(characteristic, input)?;
    let gauge_code = input.gauge.as_deref().map(|gauge| gauge.chars().take(GAUGE_CHARACTERS_MAX).collect());
    let reading = Reading {
        uid: act.fresh_event().0,
        characteristic_id: characteristic.id,
        sample_no: input.sample_no,
        value: judged.value,
        text: judged.text,
        conforming: judged.conforming,
        lower_spec: characteristic.lower_spec,
        upper_spec: characteristic.upper_spec,
        gauge_code,
        device_time: act.moment.stamp.device_time,
    };
    w.put_reading(input.draft, &reading)?;
    Sheet::of_draft(w, act, input.draft)
}

/// Empties a place.
pub(crate) fn clear(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    draft: EventId,
    characteristic: CharacteristicId,
    sample_no: i32,
) -> Result<Sheet, Refused> {
    Sheet::of_draft(w, act, draft)?;
    w.clear_reading(draft, characteristic, sample_no)?;
    Sheet::of_draft(w, act, draft)
}

/// A gauge's data key was pressed: its value goes to the next empty place.
pub(crate) fn gauge_read(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    operation: OperationId,
    point: Option<InspectionPointId>,
    text: &str,
) -> Result<Said, Refused> {
    let draft = sheet::open(w, act, operation, point)?;
    let Some((characteristic, sample_no)) = draft.next_place() else { return refuse("not_found") };
    let name = characteristic.characteristic_name.clone();
    let input = ReadingInput {
        draft: draft.inspection.uid,
        characteristic: characteristic.id,
        sample_no,
        value: Some(text.to_owned()),
        text: None,
        gauge: None,
    };
    take(w, act, &input)?;
    Ok(Said::good("reading_taken").with("name", name).with("value", text).with("sample", sample_no))
}

struct Judgement {
    value: Option<Measure>,
    text: Option<String>,
    conforming: bool,
}

fn judged(characteristic: &Characteristic, input: &ReadingInput) -> Result<Judgement, Refused> {
    if characteristic.characteristic_type == "VARIABLE" {
        let typed = input.value.as_deref().unwrap_or_default();
        let value = measure(typed, characteristic.decimals)?;
        let conforming = judge(value, characteristic.lower_spec, characteristic.upper_spec);
        return Ok(Judgement { value: Some(value), text: None, conforming });
    }
    let Some(text) = input.text.clone().filter(|text| characteristic.allowed_values.contains(text)) else {
        return refuse("not_found");
    };
    let conforming = judge_text(&text, &characteristic.accepted_values);
    Ok(Judgement { value: None, text: Some(text), conforming })
}

/// Both decimal separators; no more places than the characteristic has.
fn measure(typed: &str, decimals: i16) -> Result<Measure, Refused> {
    let refused = || Refusal::new("number_refused").with("value", typed.chars().take(40).collect::<String>());
    let value = Measure::typed(typed).map_err(|_| refused())?;
    let places = u32::try_from(decimals).unwrap_or(0);
    if value.decimal().normalize().scale() > places {
        return Err(refused().with("decimals", places).into());
    }
    Ok(value)
}
