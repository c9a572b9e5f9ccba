//! Becoming a station: a one-time code is redeemed, and what the server said is kept.

use std::sync::Arc;

use takt_store::{Store, StoreError, sync_state::Enrolment};
use takt_wire::enrol::{EnrolAnswer, EnrolRequest};

use crate::{
    clock::{Clock, Instant},
    config::ServerUrl,
    identity::{Identity, IdentityError},
    link::{Link, LinkError, Network},
    rim::Rim,
};

/// Why a terminal could not be enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolRefused {
    /// The server's address cannot be used.
    #[error("{0}")]
    Address(#[from] crate::config::ConfigRefused),
    /// The server cannot be reached or refuses the code.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A secret cannot be kept.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The database cannot keep the enrolment.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl EnrolRefused {
    /// Stable code for the screen: `enrol_code_unknown`, `_used`, `_expired`, `no_network`, ….
    pub fn code(&self) -> &str {
        match self {
            Self::Address(_) => "server_address",
            Self::Link(error) => error.code(),
            Self::Store(StoreError::StorageFull) => "storage_full",
            Self::Identity(_) | Self::Store(_) => "internal",
        }
    }
}

/// Redeems codes.
#[derive(Clone)]
pub struct Enroller {
    /// Where the enrolment is kept.
    pub store: Store,
    /// What the terminal proves itself with.
    pub identity: Identity,
    /// The switch for the network.
    pub network: Network,
    /// The machine's clocks.
    pub rim: Arc<dyn Rim>,
    /// Host name or the like, shown in the office.
    pub device_name: String,
}

impl Enroller {
    /// Redeems a one-time code at a server. The pepper is kept before the enrolment, so that an
    /// enrolled terminal can always check PINs.
    pub async fn enrol(&self, server: &str, code: &str) -> Result<Enrolment, EnrolRefused> {
        let server = ServerUrl::parse(server)?;
        let link = Link::new(server.clone(), self.network.clone())?;
        let request = EnrolRequest {
            code: code.trim().to_owned(),
            public_key: self.identity.public_key(),
            install_id: self.store.read(|r| r.install_id())?,
            device_name: self.device_name.clone(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            os_version: std::env::consts::OS.to_owned(),
        };
        let asked = Instant::now(self.rim.as_ref());
        let answer = link.enrol(&request).await?;
        self.identity.keep_pepper(&answer.pin_pepper)?;
        let measured = Clock::new(Arc::clone(&self.rim), None).measure(asked, answer.server_time);
        let enrolment = enrolment(&server, &answer);
        self.store.write(|w| {
            w.set_enrolment(&enrolment, answer.epoch)?;
            w.contacted(self.rim.device_time())?;
            measured.as_ref().map_or(Ok(()), |measured| w.set_clock(measured))
        })?;
        tracing::info!(device = %enrolment.device_code, "enrolled");
        Ok(enrolment)
    }
}

fn enrolment(server: &ServerUrl, answer: &EnrolAnswer) -> Enrolment {
    Enrolment {
        server_url: server.to_string(),
        device_id: answer.device_id,
        device_code: answer.device_code.clone(),
        organization_id: answer.organization_id,
        org_code: answer.org_code.clone(),
        organization_name: answer.organization_name.clone(),
        plant_id: answer.plant_id,
        work_center_id: answer.work_center_id,
        machine_id: answer.machine_id,
    }
}
