//! `POST /sync/v1/enrol`: a one-time code makes a device.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Instant;

use axum::Json;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use ed25519_dalek::VerifyingKey;
use takt_domain::{DeviceId, Epoch, MachineId, OrganizationId, PlantId, WorkCenterId};
use takt_wire::enrol::{EnrolAnswer, EnrolRequest, code};

use super::body::Small;
use super::state::App;
use crate::db::enrolment::{self, Redeemed, Redemption};
use crate::enrolment_code;
use crate::error::ApiError;

/// Where a connection comes from; unknown only when a test calls the router directly.
type Peer = Option<Extension<ConnectInfo<SocketAddr>>>;

/// Redeems a code.
pub async fn enrol(
    State(app): State<App>,
    peer: Peer,
    Small(request): Small<EnrolRequest>,
) -> Result<Json<EnrolAnswer>, ApiError> {
    let address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Extension(ConnectInfo(peer))| peer.ip());
    if let Some(seconds) = app.failures.must_wait(address, Instant::now()) {
        return Err(ApiError::too_many(seconds));
    }
    let redemption = Redemption {
        code: enrolment_code::plain(&request.code).into_bytes(),
        public_key: public_key(&request.public_key)?.to_vec(),
        install_id: request.install_id.0,
        device_name: short(&request.device_name, 100),
        app_version: short(&request.app_version, 50),
        os_version: short(&request.os_version, 100),
    };
    let redeemed = enrolment::redeem(&app.db, &redemption).await?;
    let refused = |status, code, message: &str| {
        app.failures.failed(address, Instant::now());
        Err(ApiError::new(status, code, message))
    };
    let place = match redeemed {
        Redeemed::Place(place) => place,
        Redeemed::Unknown => {
            return refused(
                StatusCode::NOT_FOUND,
                code::ENROL_CODE_UNKNOWN,
                "there is no such code; check it sign by sign",
            );
        }
        Redeemed::Used => {
            return refused(
                StatusCode::CONFLICT,
                code::ENROL_CODE_USED,
                "this code was used before; ask for a new one",
            );
        }
        Redeemed::Expired => {
            return refused(
                StatusCode::GONE,
                code::ENROL_CODE_EXPIRED,
                "this code is too old; ask for a new one",
            );
        }
    };
    let device_id = DeviceId(place.device_id);
    app.devices.forget(device_id);
    tracing::info!(device = place.device_id, code = place.device_code, "a terminal enrolled");
    Ok(Json(EnrolAnswer {
        pin_pepper: STANDARD.encode(app.keys.pin_pepper(device_id)),
        device_id,
        device_code: place.device_code,
        organization_id: OrganizationId(place.organization_id),
        org_code: place.org_code,
        organization_name: place.organization_name,
        plant_id: PlantId(place.plant_id),
        work_center_id: WorkCenterId(place.work_center_id),
        machine_id: place.machine_id.map(MachineId),
        epoch: Epoch(place.epoch),
        server_time: Utc::now(),
    }))
}

/// An Ed25519 key that could verify something.
fn public_key(base64: &str) -> Result<[u8; 32], ApiError> {
    let malformed = || ApiError::malformed("public_key must be an Ed25519 public key, base64");
    let bytes: [u8; 32] =
        STANDARD.decode(base64).ok().and_then(|key| key.try_into().ok()).ok_or_else(malformed)?;
    let key = VerifyingKey::from_bytes(&bytes).map_err(|_| malformed())?;
    if key.is_weak() { Err(malformed()) } else { Ok(bytes) }
}

/// Words of the terminal about itself, cut to what the column holds.
fn short(text: &str, max: usize) -> Option<String> {
    let kept: String = text.chars().filter(|c| !c.is_control()).take(max).collect();
    let kept = kept.trim().to_owned();
    (!kept.is_empty()).then_some(kept)
}
