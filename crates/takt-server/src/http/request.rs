//! Every request gets an id, a span and one line in the log. Neither headers nor bodies are logged:
//! they hold tokens, codes and people.

use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, field::Empty};
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Runs a request inside its span.
pub async fn traced(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4();
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", %id, method = %request.method(), path, device = Empty);
    let started = Instant::now();
    async {
        let mut response = next.run(request).await;
        let status = response.status();
        let ms = started.elapsed().as_millis();
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), ms, "failed");
        } else {
            tracing::debug!(status = status.as_u16(), ms, "answered");
        }
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}
