//! `POST /sync/v1/nonce` and `/token`: a signed nonce is worth an access token.

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use ed25519_dalek::{Signature, VerifyingKey};
use takt_wire::enrol::{NonceAnswer, NonceRequest, TokenAnswer, TokenRequest};

use super::auth::revoked;
use super::body::Small;
use super::state::App;
use crate::db::device::{self, DeviceStatus};
use crate::error::ApiError;

/// A nonce; it costs the server nothing and says nothing about whether the device exists.
pub async fn nonce(State(app): State<App>, Small(request): Small<NonceRequest>) -> Json<NonceAnswer> {
    Json(NonceAnswer { nonce: app.keys.nonce(request.device_id, Utc::now(), rand::random()) })
}

/// A token for a nonce signed with the device's key.
pub async fn token(
    State(app): State<App>,
    Small(request): Small<TokenRequest>,
) -> Result<Json<TokenAnswer>, ApiError> {
    let now = Utc::now();
    app.keys
        .check_nonce(&request.nonce, request.device_id, now)
        .map_err(|refused| ApiError::token_refused(format!("the nonce is refused: {refused}")))?;
    let wrong = || ApiError::token_refused("the signature is not this device's");
    let device = device::find(&app.db, request.device_id).await?.ok_or_else(wrong)?;
    let key =
        device.public_key.as_deref().and_then(|key| <[u8; 32]>::try_from(key).ok()).ok_or_else(wrong)?;
    let verifying = VerifyingKey::from_bytes(&key).map_err(|_| wrong())?;
    let signature = STANDARD.decode(&request.signature).map_err(|_| wrong())?;
    let signature = Signature::from_slice(&signature).map_err(|_| wrong())?;
    verifying.verify_strict(request.nonce.as_bytes(), &signature).map_err(|_| wrong())?;
    if device.status == DeviceStatus::Other {
        return Err(revoked());
    }
    let (token, expires_at) = app.keys.token(device.id, &key, now);
    Ok(Json(TokenAnswer { token, expires_at, server_time: now }))
}
