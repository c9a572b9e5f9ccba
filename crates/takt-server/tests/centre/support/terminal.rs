//! A terminal: a key, a database of its own, and dense numbers.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use ed25519_dalek::{Signer, SigningKey};
use serde::Serialize;
use takt_domain::{BootId, Epoch, EventId, InstallId, UserId};
use takt_wire::body::pack;
use takt_wire::enrol::{EnrolAnswer, EnrolRequest, NonceAnswer, NonceRequest, TokenAnswer, TokenRequest};
use takt_wire::envelope::{Event, Lane};
use takt_wire::payload::Payload;
use takt_wire::pull::{PullPage, RowChange};
use takt_wire::push::{PushAnswer, PushRequest};
use takt_wire::{PROTOCOL, path};
use uuid::Uuid;

use super::{Answer, Centre};

/// An enrolled terminal.
pub struct Terminal {
    /// What enrolment said.
    pub place: EnrolAnswer,
    /// Its database.
    pub install: InstallId,
    /// Its token.
    pub token: String,
    /// Its key.
    pub key: SigningKey,
    /// Its boot.
    pub boot: BootId,
    next: BTreeMap<Lane, i64>,
    started: DateTime<Utc>,
}

/// What a terminal says to be enrolled.
pub fn enrol_request(code: &str, key: &SigningKey, install: InstallId) -> EnrolRequest {
    EnrolRequest {
        code: code.to_owned(),
        public_key: STANDARD.encode(key.verifying_key().to_bytes()),
        install_id: install,
        device_name: "kiosk".to_owned(),
        app_version: "0.1.0".to_owned(),
        os_version: "Debian 12".to_owned(),
    }
}

impl Terminal {
    /// At milling 3 in Lyon.
    pub async fn enrol(centre: &Centre) -> Self {
        Self::redeem(centre, &centre.code().await).await
    }

    /// With a code.
    pub async fn redeem(centre: &Centre, code: &str) -> Self {
        let key = SigningKey::from_bytes(Uuid::new_v4().as_bytes().repeat(2).as_slice().try_into().unwrap());
        let install = InstallId(Uuid::new_v4());
        let place: EnrolAnswer = centre.post(path::ENROL, &enrol_request(code, &key, install)).await.ok();
        let mut terminal = Self {
            place,
            install,
            token: String::new(),
            key,
            boot: BootId(Uuid::new_v4()),
            next: BTreeMap::new(),
            started: Utc::now() - TimeDelta::days(30),
        };
        terminal.token = terminal.sign_in(centre).await.ok::<TokenAnswer>().token;
        terminal
    }

    /// Nonce and signature for a token.
    pub async fn sign_in(&self, centre: &Centre) -> Answer {
        let device_id = self.place.device_id;
        let nonce = centre.post(path::NONCE, &NonceRequest { device_id }).await.ok::<NonceAnswer>().nonce;
        let signature = STANDARD.encode(self.key.sign(nonce.as_bytes()).to_bytes());
        centre.post(path::TOKEN, &TokenRequest { device_id, nonce, signature }).await
    }

    /// A fresh local database: new numbers.
    pub fn reinstall(&mut self) {
        self.install = InstallId(Uuid::new_v4());
        self.next.clear();
    }

    /// An event of now in the work lane.
    pub fn event<P: Payload>(&mut self, actor: i32, stream: &str, payload: &P) -> Event {
        self.queue(Lane::Work, P::KIND, actor, stream, serde_json::to_value(payload).unwrap())
    }

    /// Any event of now.
    pub fn queue(
        &mut self,
        lane: Lane,
        kind: &str,
        actor: i32,
        stream: &str,
        payload: serde_json::Value,
    ) -> Event {
        let next = self.next.entry(lane).or_insert(1);
        let seq = *next;
        *next += 1;
        let now = Utc::now();
        Event {
            lane,
            seq,
            event_id: EventId(Uuid::now_v7()),
            stream_key: (lane == Lane::Work).then(|| stream.to_owned()),
            kind: kind.to_owned(),
            version: 1,
            device_time: now,
            monotonic_ms: self.uptime(now),
            boot_id: self.boot,
            clock_offset_ms: Some(0),
            clock_offset_age_ms: Some(1_000),
            actor: Some(UserId(actor)),
            payload,
        }
    }

    /// Milliseconds since the boot.
    pub fn uptime(&self, now: DateTime<Utc>) -> i64 {
        (now - self.started).num_milliseconds()
    }

    /// A batch.
    pub fn batch(&self, events: Vec<Event>) -> PushRequest {
        let now = Utc::now();
        PushRequest {
            protocol: PROTOCOL,
            install_id: self.install,
            epoch: Some(self.place.epoch),
            sent_at: now,
            monotonic_ms: self.uptime(now),
            boot_id: self.boot,
            app_version: "0.1.0".to_owned(),
            depth: BTreeMap::new(),
            oldest_unsent_at: None,
            events,
        }
    }

    /// Pushes, and is answered.
    pub async fn push(&self, centre: &Centre, events: Vec<Event>) -> PushAnswer {
        self.send(centre, &self.batch(events)).await.ok()
    }

    /// Pushes anything.
    pub async fn send(&self, centre: &Centre, batch: &impl Serialize) -> Answer {
        centre.post_bytes(path::PUSH, Some(&self.token), pack(batch).unwrap()).await
    }

    /// A page.
    pub async fn page(&self, centre: &Centre, cursor: Option<&str>, limit: usize, wait: u64) -> Answer {
        let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let request = Request::get(format!("{}?limit={limit}&wait={wait}{cursor}", path::PULL));
        let request = request.header("authorization", format!("Bearer {}", self.token));
        centre.send(request.body(Body::empty()).unwrap()).await
    }

    /// Everything up to now, from a cursor or from the start; answers the rows and where it stands.
    pub async fn pull(
        &self,
        centre: &Centre,
        cursor: Option<&str>,
        limit: usize,
    ) -> (Vec<RowChange>, String) {
        let (mut rows, mut cursor) = (Vec::new(), cursor.map(str::to_owned));
        loop {
            let page: PullPage = self.page(centre, cursor.as_deref(), limit, 0).await.ok();
            rows.extend(page.rows);
            cursor = Some(page.cursor);
            if !page.more {
                return (rows, cursor.unwrap());
            }
        }
    }

    /// The epoch it knows.
    pub fn epoch(&self) -> Epoch {
        self.place.epoch
    }
}
