//! Who works here, in what light and language.

use takt_station::view::{
    Refusal,
    frame::{Frame, Theme},
};

use crate::Shared;

#[tauri::command(async)]
pub fn frame(station: Shared<'_>) -> Frame {
    station.frame()
}

#[tauri::command]
pub async fn enrol(station: Shared<'_>, server: String, code: String) -> Result<(), Refusal> {
    station.enrol(&server, &code).await
}

#[tauri::command(async)]
pub fn enter_pin(station: Shared<'_>, pin: String) -> Result<(), Refusal> {
    station.enter_pin(&pin)
}

#[tauri::command(async)]
pub fn cancel_pin(station: Shared<'_>) -> Result<(), Refusal> {
    station.cancel_pin()
}

#[tauri::command(async)]
pub fn lock(station: Shared<'_>) -> Result<(), Refusal> {
    station.lock()
}

#[tauri::command(async)]
pub fn set_theme(station: Shared<'_>, theme: Theme) -> Result<(), Refusal> {
    station.set_theme(theme)
}

#[tauri::command(async)]
pub fn set_locale(station: Shared<'_>, locale: String) -> Result<(), Refusal> {
    station.set_locale(&locale)
}
