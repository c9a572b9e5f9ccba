//! What waited is applied when what it waited for has come, in the order of its stream.

use takt_domain::DeviceId;
use takt_wire::envelope::Event;

use super::Incoming;
use super::batch::{Failed, replay};
use super::clock::{ClockRefused, Occurred, TimeQuality};
use super::settle::{Fault, fault, reason};
use crate::db::Db;
use crate::db::device::Device;
use crate::db::quarantine::{self, Ready};

/// Rounds of one batch at most; what is left goes with the next one.
const ROUNDS: usize = 50;

/// Applies waiting events until none is ready. Each in its own transaction: one that the database
/// refuses is kept with its reason and holds nobody but its stream.
pub async fn release(db: &Db, device: &Device) -> Result<(), sqlx::Error> {
    for _ in 0..ROUNDS {
        let mut tx = db.device(device).await?;
        let ready = quarantine::ready(&mut tx).await?;
        tx.commit().await?;
        let mut moved = false;
        for row in ready {
            moved |= release_one(db, device, row).await?;
        }
        if !moved {
            break;
        }
    }
    Ok(())
}

async fn release_one(db: &Db, device: &Device, row: Ready) -> Result<bool, sqlx::Error> {
    let id = row.id;
    // Its row names the device that saw it happen, not the one whose batch released it.
    let device = &Device { id: DeviceId(row.device_id), ..device.clone() };
    let Some(item) = incoming(row) else {
        tracing::error!(id, "a waiting event cannot be read any more");
        return Ok(false);
    };
    match replay(db, device, &item, None).await {
        Ok(applied) => Ok(applied),
        Err(Failed::Overtaken) => Ok(false),
        Err(Failed::Database(error)) if fault(&error) == Fault::Event => {
            let refusal = reason(&error);
            match replay(db, device, &item, Some(&refusal)).await {
                Ok(_) | Err(Failed::Overtaken) => Ok(false),
                Err(Failed::Database(error)) => Err(error),
            }
        }
        Err(Failed::Database(error)) => Err(error),
    }
}

fn incoming(row: Ready) -> Option<Incoming> {
    let event: Event = serde_json::from_str(&row.raw).ok()?;
    let quality = TimeQuality::from_column(row.time_quality.as_deref().unwrap_or("OFFSET"));
    let when =
        row.occurred_at.map(|at| Occurred { at, quality }).ok_or(ClockRefused::TooOld(event.device_time));
    Some(Incoming { event, install_id: row.install_id, when, waited: Some(row.id) })
}
