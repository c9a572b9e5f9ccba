//! Inspections and the NCRs they raise.

use takt_domain::{CharacteristicId, EventId, InspectionPointId, OperationId};
use takt_station::view::{
    Refusal,
    inspection::{InspectionView, NcrInput, NcrView, ReadingInput, Recorded},
};

use crate::Shared;

#[tauri::command(async)]
pub fn inspection(
    station: Shared<'_>,
    operation: OperationId,
    point: Option<InspectionPointId>,
) -> Result<InspectionView, Refusal> {
    station.inspection(operation, point)
}

#[tauri::command(async)]
pub fn take_reading(station: Shared<'_>, input: ReadingInput) -> Result<InspectionView, Refusal> {
    station.take_reading(&input)
}

#[tauri::command(async)]
pub fn clear_reading(
    station: Shared<'_>,
    draft: EventId,
    characteristic: CharacteristicId,
    sample_no: i32,
) -> Result<InspectionView, Refusal> {
    station.clear_reading(draft, characteristic, sample_no)
}

#[tauri::command(async)]
pub fn record_inspection(
    station: Shared<'_>,
    draft: EventId,
    notes: Option<String>,
) -> Result<Recorded, Refusal> {
    station.record_inspection(draft, notes)
}

#[tauri::command(async)]
pub fn ncr(station: Shared<'_>, uid: EventId) -> Result<NcrView, Refusal> {
    station.ncr(uid)
}

#[tauri::command(async)]
pub fn complete_ncr(station: Shared<'_>, input: NcrInput) -> Result<(), Refusal> {
    station.complete_ncr(&input)
}
