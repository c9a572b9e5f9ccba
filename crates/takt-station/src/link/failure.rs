//! What can go wrong on the line, and what each failure means for the sync engine.

use std::error::Error;

use reqwest::{Response, StatusCode, header};
use takt_store::StoreError;
use takt_sync::Failure;
use takt_wire::{
    enrol::{ErrorBody, code},
    push::Rewind,
};

/// Why there is no answer to use.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// No network, no such server, or nobody listens there.
    #[error("no network: {0}")]
    NoNetwork(String),
    /// No answer in time: what was asked may have happened.
    #[error("no answer in time")]
    Timeout,
    /// The server refused.
    #[error("refused with {status} {code}: {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Stable code.
        code: String,
        /// For people and logs.
        message: String,
        /// How long the server wants to be left alone, in ms.
        retry_after_ms: Option<u64>,
        /// What has to be sent again, beside 409.
        rewind: Option<Rewind>,
    },
    /// The answer cannot be read; what was asked may have happened.
    #[error("the answer cannot be read: {0}")]
    Malformed(String),
    /// The terminal's own database failed.
    #[error("the local database failed: {0}")]
    Store(String),
}

impl LinkError {
    /// Stable code for people.
    pub fn code(&self) -> &str {
        match self {
            Self::NoNetwork(_) => "no_network",
            Self::Timeout => "timeout",
            Self::Refused { code, .. } => code,
            Self::Malformed(_) => "malformed_answer",
            Self::Store(_) => "internal",
        }
    }

    /// What it means for the sync engine.
    pub fn failure(&self) -> Failure {
        let Self::Refused { status, code, retry_after_ms, rewind, .. } = self else {
            return Failure::Unreachable {
                code: match self {
                    Self::Timeout => "timeout",
                    Self::Malformed(_) => "malformed_answer",
                    Self::Store(_) => "internal",
                    _ => "no_network",
                },
            };
        };
        match (*status, code.as_str(), rewind) {
            (401, ..) => Failure::TokenRefused,
            (403, code::DEVICE_DRAINING, _) => Failure::Draining,
            (403, ..) => Failure::Revoked,
            (409, _, Some(rewind)) => Failure::EpochChanged(rewind.clone()),
            (410, ..) => Failure::CursorExpired,
            (413, ..) => Failure::TooLarge,
            (422, ..) => Failure::EnvelopeMalformed,
            (426, ..) => Failure::ProtocolTooOld,
            (429 | 503, ..) => Failure::Busy { retry_after_ms: *retry_after_ms },
            _ => Failure::Unreachable { code: "server_error" },
        }
    }
}

impl From<StoreError> for LinkError {
    fn from(error: StoreError) -> Self {
        Self::Store(error.to_string())
    }
}

impl From<reqwest::Error> for LinkError {
    /// Without the address: a pull's carries the whole signed cursor, and this ends in the log.
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_timeout() {
            Self::Timeout
        } else if error.is_decode() {
            Self::Malformed(chain(&error))
        } else {
            Self::NoNetwork(chain(&error))
        }
    }
}

/// A refusal, with as much of its body as can be read.
pub(super) async fn refused(response: Response) -> LinkError {
    let status = response.status();
    let retry_after_ms = retry_after_ms(&response);
    let bytes = super::whole(response).await.unwrap_or_default();
    let said: Option<ErrorBody> = serde_json::from_slice(&bytes).ok();
    let rewind = serde_json::from_slice(&bytes).ok().filter(|_| status == StatusCode::CONFLICT);
    let code = said.as_ref().map_or_else(|| "server_error".to_owned(), |said| said.code.clone());
    let message = said.map_or_else(|| status.to_string(), |said| said.message);
    LinkError::Refused { status: status.as_u16(), code, message, retry_after_ms, rewind }
}

/// Seconds only: our server sends no dates.
fn retry_after_ms(response: &Response) -> Option<u64> {
    let seconds: u64 = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1_000))
}

/// An error with all its causes, in one line.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::ServerUrl,
        link::{Link, Network},
    };

    #[tokio::test]
    async fn a_failed_pull_says_why_without_its_cursor() -> Result<(), Box<dyn Error>> {
        // Nobody listens on a port that was just given back.
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let link = Link::new(ServerUrl::parse(&format!("http://127.0.0.1:{port}"))?, Network::default())?;
        let query = takt_wire::pull::PullQuery { cursor: Some("signed-cursor".into()), ..Default::default() };
        let Err(LinkError::NoNetwork(said)) = link.pull("token", &query).await else {
            return Err("nobody should have answered".into());
        };
        assert!(!said.contains("signed-cursor"), "{said}");
        assert!(said.contains("refused"), "the cause is kept: {said}");
        Ok(())
    }
}
