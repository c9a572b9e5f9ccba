//! The raw statements: the server's own two inserts, without HTTP, judging, counting or watermarks.
use std::collections::HashMap;

use anyhow::{Context, Result};
use takt_server::db::device::{self, Device};
use takt_server::db::receipt::NewReceipt;
use takt_server::db::{Db, production, receipt};
use takt_server::push::entry::{Entry, Stamp};
use takt_wire::envelope::Event;
use takt_wire::payload::ProductionLogged;
use uuid::Uuid;

use crate::plant::Plant;
use crate::shift::Shift;
use crate::terminal::Terminal;

/// One connection, as a device of its own.
pub struct Floor {
    db: Db,
    device: Device,
    install: Uuid,
}

impl Floor {
    /// A second terminal at the same place, as far as the database knows.
    pub async fn open(plant: &Plant, url: &str) -> Result<Self> {
        let terminal = Terminal::enrol(plant).await?;
        let db = Db::connect(url, 1).await?;
        let device = device::find(&db, terminal.place.device_id).await?.context("it was just enrolled")?;
        Ok(Self { db, device, install: terminal.install.0 })
    }

    /// Commits receipts and lines of production of these events.
    pub async fn commit(&self, shift: &Shift, events: &[Event]) -> Result<()> {
        let receipts: Vec<NewReceipt> = events.iter().map(|event| self.receipt(event)).collect();
        let lines: Vec<_> = events.iter().map(|event| line(shift, event)).collect();
        let mut tx = self.db.device(&self.device).await?;
        receipt::insert(&mut tx, self.device.id, &receipts).await?;
        production::insert(&mut tx, &lines, &HashMap::new()).await?;
        Ok(tx.commit().await?)
    }

    fn receipt(&self, event: &Event) -> NewReceipt {
        NewReceipt {
            install_id: self.install,
            lane: i16::from(u8::from(event.lane)),
            seq: event.seq,
            event_id: event.event_id.0,
            event_type: event.kind.clone(),
            stream_key: event.stream_key.clone(),
            verdict: "APPLIED",
            code: None,
            flags: String::new(),
            target_table: Some("production_logs"),
            occurred_at: Some(event.device_time),
        }
    }
}

fn line<'a>(shift: &'a Shift, event: &Event) -> Entry<'a, ProductionLogged> {
    let stamp = Stamp {
        uid: event.event_id.0,
        at: event.device_time,
        device_time: Some(event.device_time),
        time_quality: "SYNCED",
        device_seq: event.seq,
        actor: Some(shift.actor.0),
    };
    Entry { stamp, fact: &shift.line }
}
