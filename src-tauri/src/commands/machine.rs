//! The machine's states and the reasons of its stops.

use takt_domain::{EventId, MachineId, ReasonId};
use takt_station::view::Refusal;

use crate::Shared;

#[tauri::command(async)]
pub fn machine_down(
    station: Shared<'_>,
    machine: MachineId,
    reason: Option<ReasonId>,
) -> Result<(), Refusal> {
    station.machine_down(machine, reason)
}

#[tauri::command(async)]
pub fn machine_up(station: Shared<'_>, machine: MachineId, notes: Option<String>) -> Result<(), Refusal> {
    station.machine_up(machine, notes)
}

#[tauri::command(async)]
pub fn machine_setup(station: Shared<'_>, machine: MachineId) -> Result<(), Refusal> {
    station.machine_setup(machine)
}

#[tauri::command(async)]
pub fn explain_stop(station: Shared<'_>, stop: EventId, reason: ReasonId) -> Result<(), Refusal> {
    station.explain_stop(stop, reason)
}
