//! `GET /sync/v1/pull`

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use takt_wire::pull::{PAGE_ROWS_MAX, PullQuery, WAIT_SECONDS_MAX};

use super::auth::Active;
use super::body::answer;
use super::state::App;
use crate::error::ApiError;
use crate::pull::{self, Refused, Wanted};

/// The next page; waits for one when asked to.
pub async fn pull(
    State(app): State<App>,
    Active(device): Active,
    headers: HeaderMap,
    query: Result<Query<PullQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(query) = query.map_err(|rejection| ApiError::malformed(rejection.body_text()))?;
    let wanted = Wanted {
        cursor: query.cursor,
        rows: query.limit.unwrap_or(PAGE_ROWS_MAX).clamp(1, PAGE_ROWS_MAX),
        wait_seconds: query.wait.unwrap_or(0).min(WAIT_SECONDS_MAX),
    };
    let page = pull::next_page(&app, &device, wanted).await.map_err(|refused| match refused {
        Refused::Cursor(why) => ApiError::cursor_expired(why),
        Refused::Database(error) => ApiError::from(error),
    })?;
    answer(&headers, &page)
}
