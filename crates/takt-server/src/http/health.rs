//! `/healthz`: the process lives. `/readyz`: it could answer a terminal.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use takt_wire::PROTOCOL;

use super::state::App;
use crate::db::server_state;
use crate::error::ApiError;

/// The process lives.
pub async fn live() -> Json<Value> {
    Json(json!({"status": "live"}))
}

/// The database answers, and it is still the one we started with.
pub async fn ready(State(app): State<App>) -> Result<Json<Value>, ApiError> {
    let state = server_state::load(&app.db).await?;
    if state.epoch != app.epoch.0 {
        tracing::error!("the database began a new epoch; restart the server");
        return Err(ApiError::busy(5));
    }
    Ok(Json(json!({"status": "ready", "protocol": PROTOCOL, "epoch": state.epoch})))
}
