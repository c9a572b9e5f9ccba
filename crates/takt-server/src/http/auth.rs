//! Who is asking: the bearer token, and what the centre thinks of the device today.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use chrono::Utc;
use takt_wire::enrol::code;

use super::state::App;
use crate::db::device::{Device, DeviceStatus};
use crate::error::ApiError;
use crate::keys::{Claims, fingerprint};

/// A device that may push: active or draining.
pub struct Pusher(pub Device);

/// A device that may do everything: active.
pub struct Active(pub Device);

impl FromRequestParts<App> for Pusher {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|text| text.strip_prefix("Bearer "));
        let token = token.ok_or_else(|| ApiError::token_refused("send `Authorization: Bearer <token>`"))?;
        let claims = app
            .keys
            .check_token(token.trim(), Utc::now())
            .map_err(|refused| ApiError::token_refused(format!("the token is refused: {refused}")))?;
        let device = current(app, &claims).await?;
        tracing::Span::current().record("device", device.id.0);
        match device.status {
            DeviceStatus::Active | DeviceStatus::Draining => Ok(Self(device)),
            DeviceStatus::Other => Err(revoked()),
        }
    }
}

impl FromRequestParts<App> for Active {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Pusher(device) = Pusher::from_request_parts(parts, app).await?;
        if device.status == DeviceStatus::Active {
            return Ok(Self(device));
        }
        let message = "this device is being drained: it may push what it has, nothing else";
        Err(ApiError::new(StatusCode::FORBIDDEN, code::DEVICE_DRAINING, message))
    }
}

/// The device, if the token was given for the key that it has now: after another enrolment the old
/// terminal's tokens are worth nothing. What is remembered of the device may itself be older.
async fn current(app: &App, claims: &Claims) -> Result<Device, ApiError> {
    let gone = || ApiError::token_refused("the token's device does not exist");
    let holds =
        |device: &Device| device.public_key.as_deref().is_some_and(|key| fingerprint(key) == claims.key);
    let device = app.devices.get(&app.db, claims.device).await?.ok_or_else(gone)?;
    if holds(&device) {
        return Ok(device);
    }
    let device = app.devices.look(&app.db, claims.device).await?.ok_or_else(gone)?;
    let other = || ApiError::token_refused("the token is of an earlier enrolment of this device");
    holds(&device).then_some(device).ok_or_else(other)
}

/// 403: stop, keep the outbox.
pub fn revoked() -> ApiError {
    let message = "this device is suspended or revoked; what it has not sent stays on it and can be exported";
    ApiError::new(StatusCode::FORBIDDEN, code::DEVICE_REVOKED, message)
}
