//! `POST /sync/v1/push`

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{FromRequestParts, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use chrono::{DateTime, Utc};
use takt_wire::push::{BATCH_EVENTS_MAX, PushAnswer, PushRequest};

use super::auth::Pusher;
use super::body::{Batch, answer};
use super::hello::{LIMITS, agreed};
use super::state::App;
use crate::error::ApiError;
use crate::push::{self, Refused};

/// How long a batch waits for its turn before the terminal is sent away.
const TURN: Duration = Duration::from_secs(5);

/// When a request arrived: asked first, before its body and its turn are waited for.
pub struct Arrived(DateTime<Utc>);

impl<S: Send + Sync> FromRequestParts<S> for Arrived {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Utc::now()))
    }
}

/// Takes a batch.
pub async fn push(
    Arrived(now): Arrived,
    State(app): State<App>,
    Pusher(device): Pusher,
    headers: HeaderMap,
    Batch(request): Batch<PushRequest>,
) -> Result<Response, ApiError> {
    agreed(request.protocol, request.protocol)?;
    if request.events.len() > BATCH_EVENTS_MAX {
        return Err(ApiError::too_large(format!("a batch has at most {BATCH_EVENTS_MAX} events")));
    }
    if let Some(event) = request.events.iter().find(|event| event.seq < 1) {
        return Err(ApiError::malformed(format!("seq counts from 1, not {}", event.seq)));
    }
    let turn = tokio::time::timeout(TURN, app.pushes.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return Err(ApiError::busy(2)) };
    let taken = push::take(&app.db, &device, request, now).await.map_err(refused)?;
    let told = PushAnswer {
        epoch: taken.epoch,
        server_time: Utc::now(),
        acked: taken.acked,
        verdicts: taken.verdicts,
        limits: LIMITS,
    };
    answer(&headers, &told)
}

fn refused(refused: Refused) -> ApiError {
    match refused {
        Refused::EpochChanged(rewind) => ApiError::epoch_changed(rewind),
        Refused::Database(error) => ApiError::from(error),
    }
}
