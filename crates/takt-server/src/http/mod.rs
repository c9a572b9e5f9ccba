//! The doors: one file per endpoint family. A handler extracts, checks, makes one call, answers.

mod auth;
mod body;
mod device_cache;
mod enrol;
mod failures;
mod health;
mod hello;
mod pull;
mod push;
mod request;
mod state;
mod token;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use takt_wire::path;

pub use state::{App, Settings};

use crate::error::ApiError;

/// The whole API.
pub fn router(app: App) -> Router {
    Router::new()
        .route(path::LIVE, get(health::live))
        .route(path::READY, get(health::ready))
        .route(path::ENROL, post(enrol::enrol))
        .route(path::NONCE, post(token::nonce))
        .route(path::TOKEN, post(token::token))
        .route(path::HELLO, post(hello::hello))
        .route(path::PUSH, post(push::push))
        .route(path::PULL, get(pull::pull))
        .fallback(async || ApiError::new(StatusCode::NOT_FOUND, "not_found", "there is no such path"))
        .method_not_allowed_fallback(async || {
            ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "not with this method")
        })
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(request::traced))
        .with_state(app)
}
