//! Everything that reads a code.

use takt_station::view::{
    Refusal,
    scan::{ScanAnswer, Screen, Stroke, TrayCode},
};
use tauri::ipc::{InvokeBody, Request};

use crate::{Shared, error};

#[tauri::command(async)]
pub fn scan_burst(
    station: Shared<'_>,
    strokes: Vec<Stroke>,
    screen: Screen,
) -> Result<Vec<ScanAnswer>, Refusal> {
    station.scan_burst(&strokes, &screen)
}

#[tauri::command(async)]
pub fn scan_text(
    station: Shared<'_>,
    text: String,
    source: String,
    screen: Screen,
) -> Result<ScanAnswer, Refusal> {
    station.scan_text(&text, &source, &screen)
}

/// The picture is the raw body; the screen it was dropped on stands in the header `screen`.
#[tauri::command(async)]
pub fn scan_image(station: Shared<'_>, request: Request<'_>) -> Result<Vec<ScanAnswer>, Refusal> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(error::malformed("scan_image takes the picture's bytes as its body"));
    };
    let screen = request.headers().get("screen").and_then(|header| header.to_str().ok());
    let screen = serde_json::from_str(screen.unwrap_or_default())
        .map_err(|e| error::malformed(&format!("the header `screen` is not a screen: {e}")))?;
    station.scan_image(bytes, &screen)
}

#[tauri::command(async)]
pub fn read_echo(station: Shared<'_>, no: u64) -> Result<(), Refusal> {
    station.read_echo(no)
}

#[tauri::command(async)]
pub fn tray(station: Shared<'_>) -> Result<Vec<TrayCode>, Refusal> {
    station.tray()
}
