//! Becoming a station, staying one: enrolment, tokens, hello; and the error body.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use takt_domain::{DeviceId, Epoch, InstallId, MachineId, OrganizationId, PlantId, WorkCenterId};

/// `POST /sync/v1/enrol`: a one-time code for a place in the plant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The code as typed or scanned; case and dashes do not matter.
    pub code: String,
    /// Ed25519 public key made on the terminal, base64.
    pub public_key: String,
    /// The terminal's database.
    pub install_id: InstallId,
    /// Host name or the like, shown in the office.
    pub device_name: String,
    /// Version of the terminal.
    pub app_version: String,
    /// Operating system.
    pub os_version: String,
}

/// What a terminal is once it is enrolled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// Its identity.
    pub device_id: DeviceId,
    /// Its code in the plant.
    pub device_code: String,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The tenant's code: part of every label's check.
    pub org_code: String,
    /// The tenant's name.
    pub organization_name: String,
    /// The site.
    pub plant_id: PlantId,
    /// The area it stands in.
    pub work_center_id: WorkCenterId,
    /// The machine it stands at, if any.
    pub machine_id: Option<MachineId>,
    /// Pepper of the PIN verifiers sent to this device, base64; kept apart from the database.
    pub pin_pepper: String,
    /// The server's epoch.
    pub epoch: Epoch,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
}

/// `POST /sync/v1/nonce`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NonceRequest {
    /// Who asks.
    pub device_id: DeviceId,
}

/// A stateless nonce: HMAC with expiry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NonceAnswer {
    /// To be signed as it stands (its UTF-8 bytes).
    pub nonce: String,
}

/// `POST /sync/v1/token`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// Who asks.
    pub device_id: DeviceId,
    /// The nonce.
    pub nonce: String,
    /// Ed25519 signature over the nonce's bytes, base64.
    pub signature: String,
}

/// An access token, sent as `Authorization: Bearer`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// The token.
    pub token: String,
    /// When it ends, by the server's clock.
    pub expires_at: DateTime<Utc>,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
}

/// `POST /sync/v1/hello`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HelloRequest {
    /// Oldest and newest protocol the terminal speaks.
    pub protocols: (u16, u16),
    /// Version of the terminal.
    pub app_version: String,
    /// The terminal's database.
    pub install_id: InstallId,
    /// The epoch it knows.
    pub epoch: Option<Epoch>,
}

/// What both sides go on with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HelloAnswer {
    /// The protocol to speak.
    pub protocol: u16,
    /// The server's epoch.
    pub epoch: Epoch,
    /// The server's clock.
    pub server_time: DateTime<Utc>,
    /// ACTIVE or DRAINING.
    pub device_status: String,
    /// What the server bears.
    pub limits: crate::push::Limits,
}

/// Every refusal over HTTP: `code` is for programs, `message` for people and logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// Stable, e.g. `enrol_code_used`.
    pub code: String,
    /// What was wrong, what was expected, what to do.
    pub message: String,
}

/// The codes of [`ErrorBody`] that a terminal acts on.
pub mod code {
    /// No such enrolment code.
    pub const ENROL_CODE_UNKNOWN: &str = "enrol_code_unknown";
    /// Used before.
    pub const ENROL_CODE_USED: &str = "enrol_code_used";
    /// Too old.
    pub const ENROL_CODE_EXPIRED: &str = "enrol_code_expired";
    /// Token missing, wrong or too old: get a new one.
    pub const TOKEN_REFUSED: &str = "token_refused";
    /// The device is revoked: stop, keep the outbox.
    pub const DEVICE_REVOKED: &str = "device_revoked";
    /// The device may only push.
    pub const DEVICE_DRAINING: &str = "device_draining";
    /// Another epoch: body is [`crate::push::Rewind`] beside the error.
    pub const EPOCH_CHANGED: &str = "epoch_changed";
    /// Halve the batch.
    pub const BATCH_TOO_LARGE: &str = "batch_too_large";
    /// The envelope cannot be read: a bug of the client.
    pub const ENVELOPE_MALFORMED: &str = "envelope_malformed";
    /// Upgrade the terminal.
    pub const PROTOCOL_TOO_OLD: &str = "protocol_too_old";
    /// The cursor is not ours, or too old: start over.
    pub const CURSOR_EXPIRED: &str = "cursor_expired";
    /// Wait as `Retry-After` says.
    pub const BUSY: &str = "busy";
}
