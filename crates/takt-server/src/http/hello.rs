//! `POST /sync/v1/hello`: both sides agree on a protocol.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::Utc;
use takt_wire::enrol::{HelloAnswer, HelloRequest, code};
use takt_wire::push::{BATCH_EVENTS_MAX, Limits};
use takt_wire::{PROTOCOL, PROTOCOL_OLDEST};

use super::auth::Pusher;
use super::body::Small;
use super::state::App;
use crate::db::device::{self, DeviceStatus};
use crate::error::ApiError;

/// What the server bears; the same for every device so far.
pub const LIMITS: Limits = Limits { batch_events_max: BATCH_EVENTS_MAX, pause_ms: 50 };

/// Agrees, and remembers which database the device now has.
pub async fn hello(
    State(app): State<App>,
    Pusher(device): Pusher,
    Small(request): Small<HelloRequest>,
) -> Result<Json<HelloAnswer>, ApiError> {
    let (oldest, newest) = request.protocols;
    let protocol = agreed(oldest, newest)?;
    let epoch = device::seen(&app.db, &device, request.install_id.0, &request.app_version).await?;
    let draining = device.status == DeviceStatus::Draining;
    Ok(Json(HelloAnswer {
        protocol,
        epoch,
        server_time: Utc::now(),
        device_status: if draining { "DRAINING" } else { "ACTIVE" }.to_owned(),
        limits: LIMITS,
    }))
}

/// The newest protocol that both speak.
pub fn agreed(oldest: u16, newest: u16) -> Result<u16, ApiError> {
    if newest < PROTOCOL_OLDEST {
        let message = format!(
            "protocol {newest} is no longer spoken, the oldest is {PROTOCOL_OLDEST}: update the terminal"
        );
        return Err(ApiError::new(StatusCode::UPGRADE_REQUIRED, code::PROTOCOL_TOO_OLD, message));
    }
    if oldest > PROTOCOL || oldest > newest {
        return Err(ApiError::malformed(format!(
            "this server speaks protocols {PROTOCOL_OLDEST} to {PROTOCOL}"
        )));
    }
    Ok(newest.min(PROTOCOL))
}
