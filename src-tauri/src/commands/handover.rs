//! Handing a shift over and taking it.

use takt_domain::EventId;
use takt_station::view::{Refusal, handover::HandoverView};
use uuid::Uuid;

use crate::Shared;

#[tauri::command(async)]
pub fn handover(station: Shared<'_>) -> Result<HandoverView, Refusal> {
    station.handover()
}

#[tauri::command(async)]
pub fn write_notes(station: Shared<'_>, text: String) -> Result<(), Refusal> {
    station.write_notes(&text)
}

#[tauri::command(async)]
pub fn submit_handover(station: Shared<'_>) -> Result<(), Refusal> {
    station.submit_handover()
}

#[tauri::command(async)]
pub fn acknowledge_item(station: Shared<'_>, handover: EventId, item: Uuid) -> Result<(), Refusal> {
    station.acknowledge_item(handover, item)
}
