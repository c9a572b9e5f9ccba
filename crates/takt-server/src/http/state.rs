//! What all requests share.

use std::sync::Arc;
use std::time::Duration;

use takt_domain::Epoch;
use tokio::sync::Semaphore;

use super::device_cache::DeviceCache;
use super::failures::Failures;
use crate::db::{Db, server_state};
use crate::keys::Keys;
use crate::pull::Waker;

/// How long failed enrolments of an address are remembered.
const FAILURES_WINDOW: Duration = Duration::from_secs(300);
/// Batches in work at once; more wait their turn.
const PUSHES_MAX: usize = 8;

/// What can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Failed enrolments that one address may make in five minutes.
    pub enrol_failures_max: u32,
    /// How long a device's status is believed.
    pub device_believed: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { enrol_failures_max: 20, device_believed: Duration::from_secs(30) }
    }
}

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What is shared.
pub struct Shared {
    /// The database.
    pub db: Db,
    /// What signs nonces, tokens and cursors.
    pub keys: Keys,
    /// The database's lifetime.
    pub epoch: Epoch,
    /// Wakes long polls.
    pub waker: Waker,
    pub(super) devices: DeviceCache,
    pub(super) failures: Failures,
    pub(super) pushes: Semaphore,
}

impl App {
    /// Reads keys and epoch, starts to listen for changes.
    pub async fn open(db: Db, settings: &Settings) -> Result<Self, sqlx::Error> {
        let state = server_state::load(&db).await?;
        Ok(Self(Arc::new(Shared {
            waker: Waker::start(&db),
            keys: Keys::new(state.secrets),
            epoch: Epoch(state.epoch),
            devices: DeviceCache::new(settings.device_believed),
            failures: Failures::new(settings.enrol_failures_max, FAILURES_WINDOW),
            pushes: Semaphore::new(PUSHES_MAX),
            db,
        })))
    }
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
