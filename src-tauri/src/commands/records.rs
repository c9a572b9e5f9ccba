//! Records and sync.

use takt_domain::EventId;
use takt_station::view::{
    Refusal,
    records::{RecordFilter, RecordsView},
};

use crate::Shared;

#[tauri::command(async)]
pub fn records(
    station: Shared<'_>,
    filter: RecordFilter,
    before: Option<EventId>,
) -> Result<RecordsView, Refusal> {
    station.records(filter, before)
}

#[tauri::command(async)]
pub fn sync_now(station: Shared<'_>) -> Result<(), Refusal> {
    station.sync_now()
}
