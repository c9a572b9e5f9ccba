//! A terminal that is only a key, a token and dense numbers: what a push over HTTP needs.
use anyhow::{Context, Result, ensure};
use axum::body::{Body, Bytes, to_bytes};
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use takt_domain::InstallId;
use takt_wire::body::pack;
use takt_wire::enrol::{EnrolAnswer, EnrolRequest, NonceAnswer, NonceRequest, TokenAnswer, TokenRequest};
use takt_wire::path;
use takt_wire::push::{PushAnswer, PushRequest};
use uuid::Uuid;

use crate::plant::Plant;

const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Enrolled and signed in.
pub struct Terminal {
    /// What enrolment said.
    pub place: EnrolAnswer,
    /// Its database.
    pub install: InstallId,
    line: Line,
}

/// One connection that is kept open.
struct Line {
    client: Client<HttpConnector, Body>,
    url: String,
    token: Option<String>,
}

impl Terminal {
    /// At milling 3 in Lyon.
    pub async fn enrol(plant: &Plant) -> Result<Self> {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let mut line = Line { client, url: plant.url.clone(), token: None };
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        let key = SigningKey::from_bytes(&seed);
        let install = InstallId(Uuid::new_v4());
        let wish = EnrolRequest {
            code: plant.code().await?,
            public_key: STANDARD.encode(key.verifying_key().to_bytes()),
            install_id: install,
            device_name: "bench".to_owned(),
            app_version: "0.1.0".to_owned(),
            os_version: "Debian 12".to_owned(),
        };
        let place: EnrolAnswer = line.post(path::ENROL, json(&wish)?).await?;
        let device_id = place.device_id;
        let nonce = line.post::<NonceAnswer>(path::NONCE, json(&NonceRequest { device_id })?).await?.nonce;
        let signature = STANDARD.encode(key.sign(nonce.as_bytes()).to_bytes());
        let signed = TokenRequest { device_id, nonce, signature };
        line.token = Some(line.post::<TokenAnswer>(path::TOKEN, json(&signed)?).await?.token);
        Ok(Self { place, install, line })
    }

    /// Packs, sends, and reads the answer: all that a terminal waits for.
    pub async fn push(&self, batch: &PushRequest) -> Result<PushAnswer> {
        self.line.post(path::PUSH, pack(batch)?.into()).await
    }
}

impl Line {
    async fn post<T: DeserializeOwned>(&self, path: &str, body: Bytes) -> Result<T> {
        let mut request =
            Request::post(format!("{}{path}", self.url)).header("content-type", "application/json");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let answer = self.client.request(request.body(Body::from(body))?).await?;
        let status = answer.status();
        let body = to_bytes(Body::new(answer.into_body()), ANSWER_BYTES_MAX).await?;
        ensure!(status.is_success(), "{path} answered {status}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).with_context(|| format!("{path} answered something else"))
    }
}

fn json<T: Serialize>(value: &T) -> Result<Bytes> {
    Ok(serde_json::to_vec(value)?.into())
}
