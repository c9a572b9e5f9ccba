//! The window around a station: the only Rust here that knows Tauri.
//!
//! It opens the station, shows one window, passes the page's calls on and pushes a frame
//! whenever something a person can see has changed. Begin with [`run`].

mod commands;
mod error;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use takt_station::Station;

/// The station as commands receive it.
type Shared<'a> = tauri::State<'a, Arc<Station>>;

/// Runs the terminal until its window closes.
pub fn run() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("TAKT_LOG").unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match window::show() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            tracing::error!(%why, "the terminal cannot start");
            ExitCode::FAILURE
        }
    }
}
