//! What a client is told when something is refused: the one place that knows HTTP statuses.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use takt_wire::enrol::{ErrorBody, code};
use takt_wire::push::Rewind;

/// A refusal over HTTP.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    body: ErrorBody,
    retry_after_seconds: Option<u64>,
    rewind: Option<Rewind>,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    body: &'a ErrorBody,
    #[serde(flatten)]
    rewind: Option<&'a Rewind>,
}

impl ApiError {
    /// A refusal with a code that programs act on.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let body = ErrorBody { code: code.to_owned(), message: message.into() };
        Self { status, body, retry_after_seconds: None, rewind: None }
    }

    /// 401: get a new token.
    pub fn token_refused(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::TOKEN_REFUSED, message)
    }

    /// 422: the client sent what nobody can read.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::ENVELOPE_MALFORMED, message)
    }

    /// 413: halve the batch.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, code::BATCH_TOO_LARGE, message)
    }

    /// 410: start over.
    pub fn cursor_expired(message: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, code::CURSOR_EXPIRED, message)
    }

    /// 503: come back later.
    pub fn busy(retry_after_seconds: u64) -> Self {
        let message = format!("the server cannot answer now; try again in {retry_after_seconds} s");
        let busy = Self::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, message);
        Self { retry_after_seconds: Some(retry_after_seconds), ..busy }
    }

    /// 429: too many tries.
    pub fn too_many(retry_after_seconds: u64) -> Self {
        let message = format!("too many failed tries; try again in {retry_after_seconds} s");
        let busy = Self::new(StatusCode::TOO_MANY_REQUESTS, code::BUSY, message);
        Self { retry_after_seconds: Some(retry_after_seconds), ..busy }
    }

    /// 409: the database began a new life; send again what it may have lost.
    pub fn epoch_changed(rewind: Rewind) -> Self {
        let message = "the server's database was restored or replaced; send again from there";
        let changed = Self::new(StatusCode::CONFLICT, code::EPOCH_CHANGED, message);
        Self { rewind: Some(rewind), ..changed }
    }
}

impl From<sqlx::Error> for ApiError {
    /// Detail is for the log: the client can only wait.
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database refused a request");
        Self::busy(5)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let told = Told { body: &self.body, rewind: self.rewind.as_ref() };
        let mut response = (self.status, Json(told)).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
