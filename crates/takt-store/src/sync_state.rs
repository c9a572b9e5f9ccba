//! Where both loops stand, what the last measurement of the clock said, and what this terminal is.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use takt_domain::{BootId, DeviceId, Epoch, MachineId, OrganizationId, PlantId, WorkCenterId};

use crate::{
    column::{At, Id},
    error::StoreError,
    reading::Reading,
    writing::Writing,
};

/// Where both loops stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncState {
    /// The server's lifetime that our acks belong to.
    pub epoch: Option<Epoch>,
    /// Where pulling goes on; none = from the start.
    pub cursor: Option<String>,
    /// Generation of the mirror.
    pub generation: i64,
    /// A whole snapshot has landed since the first start.
    pub mirror_complete: bool,
    /// Last answer of the server, by the terminal's clock.
    pub last_contact_at: Option<DateTime<Utc>>,
    /// Last measurement of the clock.
    pub clock: Option<ClockMeasured>,
}

/// How far the terminal's clock was from the server's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockMeasured {
    /// Device minus server, in ms.
    pub offset_ms: i64,
    /// How long the question took, in ms: the error is at most half of it.
    pub round_trip_ms: i64,
    /// When, by the terminal's clock.
    pub device_time: DateTime<Utc>,
    /// When, in ms since boot.
    pub monotonic_ms: i64,
    /// Which boot.
    pub boot_id: BootId,
}

/// What this terminal is, by word of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Where the server is.
    pub server_url: String,
    /// Its identity.
    pub device_id: DeviceId,
    /// Its code in the plant.
    pub device_code: String,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The tenant's code: part of every label's check.
    pub org_code: String,
    /// The tenant's name.
    pub organization_name: String,
    /// The site.
    pub plant_id: PlantId,
    /// The area it stands in.
    pub work_center_id: WorkCenterId,
    /// The machine it stands at, if any.
    pub machine_id: Option<MachineId>,
}

impl Reading<'_> {
    /// Where both loops stand.
    pub fn sync_state(&self) -> Result<SyncState, StoreError> {
        let sql = "select epoch, cursor, generation, mirror_complete, last_contact_at, clock from sync_state";
        let (state, clock) = self.conn.prepare_cached(sql)?.query_row([], |row| {
            let state = SyncState {
                epoch: row.get::<_, Option<Id>>(0)?.map(|id| Epoch(id.0)),
                cursor: row.get(1)?,
                generation: row.get(2)?,
                mirror_complete: row.get(3)?,
                last_contact_at: row.get::<_, Option<At>>(4)?.map(|at| at.0),
                clock: None,
            };
            Ok((state, row.get::<_, Option<String>>(5)?))
        })?;
        Ok(SyncState { clock: json("the clock's measurement", clock)?, ..state })
    }

    /// What this terminal is; none before enrolment.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, StoreError> {
        let sql = "select enrolment from sync_state";
        json("the enrolment", self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }
}

impl Writing<'_> {
    /// This terminal was enrolled.
    pub fn set_enrolment(&mut self, enrolment: &Enrolment, epoch: Epoch) -> Result<(), StoreError> {
        let text = serde_json::to_string(enrolment)?;
        self.conn.execute("update sync_state set enrolment = ?1, epoch = ?2", params![text, Id(epoch.0)])?;
        Ok(())
    }

    /// The server's lifetime that our acks belong to from now on.
    pub fn set_epoch(&mut self, epoch: Epoch) -> Result<(), StoreError> {
        self.conn.execute("update sync_state set epoch = ?1", [Id(epoch.0)])?;
        Ok(())
    }

    /// The server does not know our cursor: pull from the start. The mirror stays usable meanwhile.
    pub fn drop_cursor(&mut self) -> Result<(), StoreError> {
        self.conn.execute("update sync_state set cursor = null", [])?;
        Ok(())
    }

    /// The server answered.
    pub fn contacted(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.conn.prepare_cached("update sync_state set last_contact_at = ?1")?.execute([At(now)])?;
        Ok(())
    }

    /// The clock was measured.
    pub fn set_clock(&mut self, measured: &ClockMeasured) -> Result<(), StoreError> {
        let text = serde_json::to_string(measured)?;
        self.conn.prepare_cached("update sync_state set clock = ?1")?.execute([text])?;
        Ok(())
    }

    /// A page landed: the next one follows this cursor.
    pub(crate) fn page_landed(
        &mut self,
        cursor: &str,
        generation: i64,
        snapshot_done: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "update sync_state set cursor = ?1, generation = ?2,
                       mirror_complete = max(mirror_complete, ?3), last_contact_at = ?4";
        self.conn.prepare_cached(sql)?.execute(params![cursor, generation, snapshot_done, At(now)])?;
        Ok(())
    }
}

fn json<T: DeserializeOwned>(what: &'static str, text: Option<String>) -> Result<Option<T>, StoreError> {
    let read = |text: String| serde_json::from_str(&text);
    text.map(read).transpose().map_err(|bad| StoreError::Unreadable { what, detail: bad.to_string() })
}
