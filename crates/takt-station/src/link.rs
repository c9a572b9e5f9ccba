//! The line to the server: one method per path of the sync API. Knows HTTP and nothing else; what
//! an answer means is for others to say.

mod access;
mod failure;
mod network;

use std::{sync::OnceLock, time::Duration};

use reqwest::{Client, RequestBuilder, Response, header};
use serde::{Serialize, de::DeserializeOwned};
use takt_wire::{
    body, enrol, path,
    pull::{PullPage, PullQuery},
    push::{PushAnswer, PushRequest},
};

use crate::config::ServerUrl;

pub use access::Access;
pub use failure::LinkError;
pub use network::Network;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a small question may take.
const SMALL: Duration = Duration::from_secs(10);
/// How long a batch may take.
const BATCH: Duration = Duration::from_secs(60);
/// How long a page may take beyond the time the server was asked to wait.
const PAGE: Duration = Duration::from_secs(30);
/// Bytes of an answer at most, unpacked: a page of 2,000 rows is far below.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The line to one server. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Link {
    client: Client,
    server: ServerUrl,
    network: Network,
}

impl Link {
    /// A line to a server; nothing is asked yet.
    pub fn new(server: ServerUrl, network: Network) -> Result<Self, LinkError> {
        install_tls();
        // Terminals and their server are in one plant: a proxy is for the web.
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .no_proxy()
            .user_agent(concat!("takt-terminal/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| LinkError::NoNetwork(failure::chain(&error)))?;
        Ok(Self { client, server, network })
    }

    /// Redeems a one-time code.
    pub async fn enrol(&self, request: &enrol::EnrolRequest) -> Result<enrol::EnrolAnswer, LinkError> {
        self.ask(self.post(path::ENROL).json(request), SMALL).await
    }

    /// Asks for a nonce to sign.
    pub async fn nonce(&self, request: &enrol::NonceRequest) -> Result<enrol::NonceAnswer, LinkError> {
        self.ask(self.post(path::NONCE).json(request), SMALL).await
    }

    /// Exchanges a signed nonce for a token.
    pub async fn token(&self, request: &enrol::TokenRequest) -> Result<enrol::TokenAnswer, LinkError> {
        self.ask(self.post(path::TOKEN).json(request), SMALL).await
    }

    /// Agrees on versions, and says which database this terminal has.
    pub async fn hello(
        &self,
        token: &str,
        request: &enrol::HelloRequest,
    ) -> Result<enrol::HelloAnswer, LinkError> {
        self.ask(self.post(path::HELLO).bearer_auth(token).json(request), SMALL).await
    }

    /// Hands events over.
    pub async fn push(&self, token: &str, request: &PushRequest) -> Result<PushAnswer, LinkError> {
        let question = self.packed(path::PUSH, request)?;
        self.ask(question.bearer_auth(token), BATCH).await
    }

    /// Fetches the next page, waiting for one as long as the query says.
    pub async fn pull(&self, token: &str, query: &PullQuery) -> Result<PullPage, LinkError> {
        let wait = Duration::from_secs(query.wait.unwrap_or(0));
        let mut url = self.server.at(path::PULL);
        let pairs = [
            ("cursor", query.cursor.clone()),
            ("limit", query.limit.map(|rows| rows.to_string())),
            ("wait", query.wait.map(|seconds| seconds.to_string())),
        ];
        url.query_pairs_mut()
            .extend_pairs(pairs.into_iter().filter_map(|(name, value)| Some((name, value?))));
        self.ask(self.client.get(url).bearer_auth(token), wait + PAGE).await
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(self.server.at(path))
    }

    fn packed<T: Serialize>(&self, path: &str, value: &T) -> Result<RequestBuilder, LinkError> {
        let packed = body::pack(value).map_err(|error| LinkError::Malformed(error.to_string()))?;
        let question = self.post(path).header(header::CONTENT_TYPE, "application/json");
        Ok(question.header(header::CONTENT_ENCODING, "zstd").body(packed))
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        question: RequestBuilder,
        timeout: Duration,
    ) -> Result<T, LinkError> {
        if self.network.is_cut() {
            return Err(LinkError::NoNetwork("the network is cut".into()));
        }
        let answer = async {
            let response = question.timeout(timeout).send().await?;
            if !response.status().is_success() {
                return Err(failure::refused(response).await);
            }
            let bytes = whole(response).await?;
            serde_json::from_slice(&bytes).map_err(|error| LinkError::Malformed(error.to_string()))
        };
        tokio::select! {
            answer = answer => answer,
            () = self.network.cut_happens() => Err(LinkError::NoNetwork("the network was cut".into())),
        }
    }
}

/// The whole body, unpacked, within bounds.
async fn whole(mut response: Response) -> Result<Vec<u8>, LinkError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(LinkError::Malformed(format!("the answer exceeds {ANSWER_BYTES_MAX} bytes")));
        }
    }
    Ok(bytes)
}

/// One TLS for the process: rustls on ring. Another may have been installed by the program around.
fn install_tls() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        if rustls::crypto::ring::default_provider().install_default().is_err() {
            tracing::debug!("a TLS provider was installed before");
        }
    });
}
