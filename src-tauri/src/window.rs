//! Opens the station and the one window on it.

use std::sync::Arc;

use takt_station::{Config, Station, Unopened};
use tauri::{App, AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder};

use crate::commands::{handover, inspection, machine, production, records, scan, session};

/// The event that carries a [`takt_station::view::frame::Frame`] to the page.
const FRAME: &str = "frame";

/// Shows the window until it is closed.
pub fn show() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![
            session::frame,
            session::enrol,
            session::enter_pin,
            session::cancel_pin,
            session::lock,
            session::set_theme,
            session::set_locale,
            scan::scan_burst,
            scan::scan_text,
            scan::scan_image,
            scan::read_echo,
            scan::tray,
            production::home,
            production::report,
            production::start,
            production::pause,
            production::finish,
            production::book,
            production::undo,
            machine::machine_down,
            machine::machine_up,
            machine::machine_setup,
            machine::explain_stop,
            inspection::inspection,
            inspection::take_reading,
            inspection::clear_reading,
            inspection::record_inspection,
            inspection::ncr,
            inspection::complete_ncr,
            handover::handover,
            handover::write_notes,
            handover::submit_handover,
            handover::acknowledge_item,
            records::records,
            records::sync_now,
        ])
        .setup(|app| Ok(open(app)?))
        .run(tauri::generate_context!())
}

/// Opens the station behind the window; where it cannot, the window says why.
fn open(app: &mut App) -> tauri::Result<()> {
    let page = match Config::from_env().map_err(Unopened::from).and_then(Station::open) {
        Ok(station) => {
            push_frames(app.handle().clone(), &station);
            app.manage(station);
            "index.html".to_owned()
        }
        Err(why) => {
            tracing::error!(%why, "the station cannot open");
            format!("index.html?broken={}", why.code())
        }
    };
    let kiosk = std::env::var_os("TAKT_KIOSK").is_some();
    WebviewWindowBuilder::new(app, "main", WebviewUrl::App(page.into()))
        .title("Takt")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .fullscreen(kiosk)
        .decorations(!kiosk)
        .disable_drag_drop_handler()
        .build()?;
    Ok(())
}

/// Hands every change of the station to the page. Several changes in a row make one frame.
fn push_frames(app: AppHandle, station: &Arc<Station>) {
    let mut revisions = station.changes();
    let station = Arc::clone(station);
    tauri::async_runtime::spawn(async move {
        while revisions.changed().await.is_ok() {
            revisions.borrow_and_update();
            let station = Arc::clone(&station);
            let frame = tauri::async_runtime::spawn_blocking(move || station.frame()).await;
            let sent = frame.and_then(|frame| app.emit(FRAME, frame));
            if let Err(why) = sent {
                tracing::error!(%why, "a frame did not reach the page");
            }
        }
    });
}
