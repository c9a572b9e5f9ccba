//! Jobs: what runs, what was made.

use takt_domain::{EventId, OperationId, ReasonId};
use takt_station::view::{
    Refusal,
    home::HomeView,
    report::{PadInput, ReportView},
};

use crate::Shared;

#[tauri::command(async)]
pub fn home(station: Shared<'_>) -> Result<HomeView, Refusal> {
    station.home()
}

#[tauri::command(async)]
pub fn report(station: Shared<'_>, operation: OperationId) -> Result<ReportView, Refusal> {
    station.report(operation)
}

#[tauri::command(async)]
pub fn start(station: Shared<'_>, operation: OperationId) -> Result<(), Refusal> {
    station.start(operation)
}

#[tauri::command(async)]
pub fn pause(station: Shared<'_>, operation: OperationId, reason: Option<ReasonId>) -> Result<(), Refusal> {
    station.pause(operation, reason)
}

#[tauri::command(async)]
pub fn finish(station: Shared<'_>, operation: OperationId) -> Result<(), Refusal> {
    station.finish(operation)
}

#[tauri::command(async)]
pub fn book(station: Shared<'_>, operation: OperationId, pad: PadInput) -> Result<(), Refusal> {
    station.book(operation, &pad)
}

#[tauri::command(async)]
pub fn undo(station: Shared<'_>, booking: EventId) -> Result<(), Refusal> {
    station.undo(booking)
}
