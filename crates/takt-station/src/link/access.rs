//! The access token: had by signing the server's nonce, shared by both loops, renewed in time. With
//! every new token the server is greeted, so that it knows which database this terminal has.

use std::time::{Duration, Instant};

use takt_domain::DeviceId;
use takt_store::{Store, StoreError};
use takt_wire::{
    PROTOCOL,
    enrol::{HelloAnswer, HelloRequest, NonceRequest, TokenRequest},
};
use tokio::sync::Mutex;

use super::{Link, LinkError};
use crate::{clock::Clock, identity::Identity, runner::blocking};

/// A token is renewed after this much of its life, in percent.
const RENEW_PERCENT: u32 = 80;

/// A token and when to get the next.
struct Token {
    text: String,
    renew_at: Instant,
}

/// Gives both loops the token, asking for one when there is none.
pub struct Access {
    link: Link,
    identity: Identity,
    device_id: DeviceId,
    store: Store,
    clock: Clock,
    token: Mutex<Option<Token>>,
}

impl Access {
    /// For an enrolled device.
    pub fn new(link: Link, identity: Identity, device_id: DeviceId, store: Store, clock: Clock) -> Self {
        Self { link, identity, device_id, store, clock, token: Mutex::new(None) }
    }

    /// The token; the second value is the server's greeting if the token is new.
    pub async fn token(&self) -> Result<(String, Option<HelloAnswer>), LinkError> {
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_ref().filter(|token| token.renew_at > Instant::now()) {
            return Ok((token.text.clone(), None));
        }
        let device_id = self.device_id;
        let nonce = self.link.nonce(&NonceRequest { device_id }).await?.nonce;
        let signature = self.identity.sign(&nonce);
        let answer = self.link.token(&TokenRequest { device_id, nonce, signature }).await?;
        let greeting = self.greet(&answer.token).await?;
        let life = (answer.expires_at - answer.server_time).to_std().unwrap_or(Duration::ZERO);
        let renew_at = Instant::now() + life * RENEW_PERCENT / 100;
        *held = Some(Token { text: answer.token.clone(), renew_at });
        Ok((answer.token, Some(greeting)))
    }

    /// The next question gets another token, unless somebody has got it already.
    pub async fn refused(&self, text: &str) {
        let mut held = self.token.lock().await;
        if held.as_ref().is_some_and(|token| token.text == text) {
            *held = None;
        }
    }

    async fn greet(&self, token: &str) -> Result<HelloAnswer, LinkError> {
        let known = blocking(&self.store, |store| {
            store.read(|r| Ok::<_, StoreError>((r.install_id()?, r.sync_state()?.epoch)))
        });
        let (install_id, epoch) = known.await?;
        let app_version = env!("CARGO_PKG_VERSION").to_owned();
        let request = HelloRequest { protocols: (PROTOCOL, PROTOCOL), app_version, install_id, epoch };
        let asked = self.clock.instant();
        let greeting = self.link.hello(token, &request).await?;
        if let Some(measured) = self.clock.measure(asked, greeting.server_time) {
            blocking(&self.store, move |store| store.write(|w| w.set_clock(&measured))).await?;
        }
        Ok(greeting)
    }
}
