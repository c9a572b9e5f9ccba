//! Wakes waiting terminals: the schema announces changed rows after commit, one connection listens.

use std::time::Duration;

use takt_domain::{OrganizationId, PlantId};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use crate::db::Db;
use crate::db::device::Device;

/// Announcements kept for a terminal that is slow to look.
const KEPT: usize = 256;
/// How long to wait after the listening connection broke.
const RECONNECT: Duration = Duration::from_secs(1);

/// A change: of which tenant, seen in which scope (0 = all plants).
type Change = (OrganizationId, i32);

/// Hears of changes and passes them on. Without it, terminals look by themselves, only later.
pub struct Waker {
    changes: broadcast::Sender<Change>,
    listening: JoinHandle<()>,
}

impl Waker {
    /// Begins to listen.
    pub fn start(db: &Db) -> Self {
        let (changes, _) = broadcast::channel(KEPT);
        let listening = tokio::spawn(listen(db.clone(), changes.clone()));
        Self { changes, listening }
    }

    /// Hears of every change from now on.
    pub fn subscribe(&self) -> Changes {
        Changes(self.changes.subscribe())
    }
}

impl Drop for Waker {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(db: Db, changes: broadcast::Sender<Change>) {
    loop {
        match db.listener().await {
            Ok(mut listener) => {
                while let Ok(announced) = listener.recv().await {
                    if let Some(change) = change(announced.payload()) {
                        // Nobody waiting is no error.
                        let _ = changes.send(change);
                    }
                }
                tracing::warn!("the listening connection broke");
            }
            Err(error) => tracing::warn!(%error, "cannot listen for changes"),
        }
        tokio::time::sleep(RECONNECT).await;
    }
}

fn change(payload: &str) -> Option<Change> {
    let (organization, scope) = payload.split_once(':')?;
    Some((OrganizationId(organization.parse().ok()?), scope.parse().ok()?))
}

/// What one waiting terminal hears.
pub struct Changes(broadcast::Receiver<Change>);

impl Changes {
    /// Returns when something the device may see changed, or after `longest`.
    pub async fn changed(&mut self, device: &Device, longest: Duration) {
        let concerns = |(organization, scope): Change| {
            organization == device.organization_id && (scope == 0 || PlantId(scope) == device.plant_id)
        };
        let hear = async {
            loop {
                match self.0.recv().await {
                    Ok(change) if !concerns(change) => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        // Time running out is the other way to look again.
        let _ = tokio::time::timeout(longest, hear).await;
    }
}
