//! Request bodies within their caps, plain or zstd; answers compressed for who can read it.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use takt_wire::body::{BodyRefused, pack, unpack};
use takt_wire::push::{BATCH_BYTES_MAX, BATCH_INFLATED_MAX};

use crate::error::ApiError;

/// A body must have arrived by then.
const ARRIVAL: Duration = Duration::from_secs(30);
/// Small requests: enrolment, tokens, hello.
const SMALL_BYTES_MAX: usize = 16 * 1024;
/// Answers below this are sent as they are.
const WORTH_PACKING: usize = 1024;
/// First bytes of a zstd frame.
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A small JSON body.
pub struct Small<T>(pub T);

/// A batch of events.
pub struct Batch<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Small<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        read(request, SMALL_BYTES_MAX, SMALL_BYTES_MAX).await.map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Batch<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        read(request, BATCH_BYTES_MAX, BATCH_INFLATED_MAX).await.map(Self)
    }
}

async fn read<T: DeserializeOwned>(
    request: Request,
    sent_max: usize,
    inflated_max: usize,
) -> Result<T, ApiError> {
    let too_large = || ApiError::too_large(format!("a body has at most {sent_max} bytes here"));
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|text| text.parse().ok()).is_some_and(|length: usize| length > sent_max) {
        return Err(too_large());
    }
    let arriving = to_bytes(request.into_body(), sent_max + 1);
    let bytes = match tokio::time::timeout(ARRIVAL, arriving).await {
        Ok(Ok(bytes)) if bytes.len() <= sent_max => bytes,
        Ok(Ok(_)) => return Err(too_large()),
        Ok(Err(error)) if is_limit(&error) => return Err(too_large()),
        Ok(Err(error)) => return Err(ApiError::malformed(format!("the body broke off: {error}"))),
        Err(_) => return Err(ApiError::malformed("the body did not arrive in time")),
    };
    parse(&bytes, inflated_max)
}

/// zstd by its first bytes, else plain JSON.
fn parse<T: DeserializeOwned>(bytes: &[u8], inflated_max: usize) -> Result<T, ApiError> {
    let parsed = if bytes.starts_with(&ZSTD_MAGIC) {
        unpack(bytes, inflated_max)
    } else {
        serde_json::from_slice(bytes).map_err(BodyRefused::from)
    };
    parsed.map_err(|refused| match refused {
        BodyRefused::TooLarge(_) => ApiError::too_large(refused.to_string()),
        BodyRefused::NotZstd(_) | BodyRefused::NotJson(_) => ApiError::malformed(refused.to_string()),
    })
}

/// Whether the body was longer than allowed, rather than broken off.
fn is_limit(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

/// JSON, under zstd where the client takes it and it is worth it.
pub fn answer<T: Serialize>(headers: &HeaderMap, value: &T) -> Result<Response, ApiError> {
    let plain = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written as JSON");
        ApiError::busy(30)
    })?;
    let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let accepts = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    if plain.len() < WORTH_PACKING || !accepts.is_some_and(|text| text.contains("zstd")) {
        return Ok(([json], Body::from(plain)).into_response());
    }
    let packed = pack(value).map_err(|_| ApiError::busy(30))?;
    let zstd = (CONTENT_ENCODING, HeaderValue::from_static("zstd"));
    Ok(([json, zstd], Body::from(packed)).into_response())
}
