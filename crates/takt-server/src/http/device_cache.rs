//! A device's status, believed for half a minute at most: a revocation reaches it by then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use takt_domain::DeviceId;

use crate::db::Db;
use crate::db::device::{self, Device};

/// Devices as last looked up.
pub struct DeviceCache {
    believed: Duration,
    known: Mutex<HashMap<DeviceId, (Instant, Device)>>,
}

impl DeviceCache {
    /// Looks again when a record is older than `believed`.
    pub fn new(believed: Duration) -> Self {
        Self { believed, known: Mutex::new(HashMap::new()) }
    }

    /// The device, from memory while it may be believed; `None` = there is no such device.
    pub async fn get(&self, db: &Db, id: DeviceId) -> Result<Option<Device>, sqlx::Error> {
        if let Some(device) = self.remembered(id, Instant::now()) {
            return Ok(Some(device));
        }
        self.look(db, id).await
    }

    /// The device as it is now.
    pub async fn look(&self, db: &Db, id: DeviceId) -> Result<Option<Device>, sqlx::Error> {
        let now = Instant::now();
        let found = device::find(db, id).await?;
        if let Some(device) = &found {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(id, (now, device.clone()));
        }
        Ok(found)
    }

    /// It was enrolled just now: what is remembered of it is of the terminal before.
    pub fn forget(&self, id: DeviceId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    fn remembered(&self, id: DeviceId, now: Instant) -> Option<Device> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, device) = known.get(&id)?;
        (now.duration_since(*at) < self.believed).then(|| device.clone())
    }
}
