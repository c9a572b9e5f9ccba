//! The access token: had by signing the server's nonce, shared by both loops, renewed in time. With
//! every new token, and whenever the install id is another, the server is greeted, so that it knows
//! which database this terminal has before anything is asked for it.

use std::time::{Duration, Instant};

use takt_domain::{DeviceId, InstallId};
use takt_store::Store;
use takt_wire::{
    PROTOCOL,
    enrol::{HelloAnswer, HelloRequest, NonceRequest, TokenRequest},
};
use tokio::sync::Mutex;

use super::{Link, LinkError};
use crate::{clock::Clock, identity::Identity, runner::blocking};

/// A token is renewed after this much of its life, in percent.
const RENEW_PERCENT: u32 = 80;

/// A token, when to get the next, and for which database the server was greeted with it.
struct Token {
    text: String,
    renew_at: Instant,
    greeted_as: InstallId,
}

/// What a question may be asked with.
pub struct Granted {
    /// The token.
    pub token: String,
    /// The install id that the server was told.
    pub install: InstallId,
    /// The server's greeting, where it was greeted just now.
    pub greeting: Option<HelloAnswer>,
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

    /// The token. That a disk turned out to be a clone is no step of its own here: whoever stores a
    /// new install id needs to tell nobody, and may be killed right after.
    pub async fn token(&self) -> Result<Granted, LinkError> {
        let mut held = self.token.lock().await;
        let install = blocking(&self.store, |store| store.read(|r| r.install_id())).await?;
        if let Some(token) = held.take().filter(|token| token.renew_at > Instant::now()) {
            let known = token.greeted_as == install;
            // A token that greets in vain is not kept.
            let greeting = if known { None } else { Some(self.greet(&token.text, install).await?) };
            let granted = Granted { token: token.text.clone(), install, greeting };
            *held = Some(Token { greeted_as: install, ..token });
            return Ok(granted);
        }
        let device_id = self.device_id;
        let nonce = self.link.nonce(&NonceRequest { device_id }).await?.nonce;
        let signature = self.identity.sign(&nonce);
        let answer = self.link.token(&TokenRequest { device_id, nonce, signature }).await?;
        let greeting = self.greet(&answer.token, install).await?;
        let life = (answer.expires_at - answer.server_time).to_std().unwrap_or(Duration::ZERO);
        let renew_at = Instant::now() + life * RENEW_PERCENT / 100;
        *held = Some(Token { text: answer.token.clone(), renew_at, greeted_as: install });
        Ok(Granted { token: answer.token, install, greeting: Some(greeting) })
    }

    /// The next question gets another token, unless somebody has got it already.
    pub async fn refused(&self, text: &str) {
        let mut held = self.token.lock().await;
        if held.as_ref().is_some_and(|token| token.text == text) {
            *held = None;
        }
    }

    async fn greet(&self, token: &str, install_id: InstallId) -> Result<HelloAnswer, LinkError> {
        let epoch = blocking(&self.store, |store| store.read(|r| r.sync_state())).await?.epoch;
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
