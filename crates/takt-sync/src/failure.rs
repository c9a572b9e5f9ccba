//! What may come back instead of an answer, as far as somebody acts on it.

use takt_wire::push::Rewind;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No network, no server, no answer in time, or one that cannot be read: it may have happened
    /// or not.
    Unreachable {
        /// For people: `no_network`, `timeout`, `malformed_answer`, `server_error`.
        code: &'static str,
    },
    /// The access token is missing, wrong or too old.
    TokenRefused,
    /// The device is revoked.
    Revoked,
    /// The device may only push.
    Draining,
    /// The server was restored: it lost what came after these numbers.
    EpochChanged(Rewind),
    /// The batch is too large.
    TooLarge,
    /// The envelope cannot be read: a bug of ours.
    EnvelopeMalformed,
    /// The server speaks only later protocols.
    ProtocolTooOld,
    /// The cursor is unknown or too old.
    CursorExpired,
    /// The server wants to be left alone for a while.
    Busy {
        /// What it asked for, in ms.
        retry_after_ms: Option<u64>,
    },
}

impl Failure {
    /// Stable code for people and logs; `error.<code>` in the UI.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { code } => code,
            Self::TokenRefused => "token_refused",
            Self::Revoked => "device_revoked",
            Self::Draining => "device_draining",
            Self::EpochChanged(_) => "epoch_changed",
            Self::TooLarge => "batch_too_large",
            Self::EnvelopeMalformed => "envelope_malformed",
            Self::ProtocolTooOld => "protocol_too_old",
            Self::CursorExpired => "cursor_expired",
            Self::Busy { .. } => "busy",
        }
    }
}
