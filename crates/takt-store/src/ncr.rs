//! Own non-conformance reports: raised by a failing inspection, completed by the inspector.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use takt_domain::{EventId, OperationId, UserId};
use takt_wire::payload::{NcrDetailed, NcrRaised, stream};

use crate::cell::{Json, event, instant, json, json_or_none, user_or_none};
use crate::column::{At, Id};
use crate::{Reading, StoreError, Writing, fact::Fact};

/// An NCR that was raised on this terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnNcr {
    /// Its identity.
    pub uid: EventId,
    /// The routing step it was found in.
    pub operation: OperationId,
    /// As raised, prefilled.
    pub raised: NcrRaised,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: Option<UserId>,
    /// As the inspector completed it last.
    pub detailed: Option<NcrDetailed>,
}

const SELECT: &str = "select uid, operation_id, raised, at, actor, detailed from ncrs";

fn ncr_of(row: &Row<'_>) -> rusqlite::Result<OwnNcr> {
    Ok(OwnNcr {
        uid: event(row, 0)?,
        operation: OperationId(row.get(1)?),
        raised: json(row, 2)?,
        at: instant(row, 3)?,
        actor: user_or_none(row, 4)?,
        detailed: json_or_none(row, 5)?,
    })
}

impl Reading<'_> {
    /// An own NCR by its identity.
    pub fn own_ncr(&self, uid: EventId) -> Result<Option<OwnNcr>, StoreError> {
        let sql = format!("{SELECT} where uid = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params![Id(uid.0)], ncr_of).optional()?)
    }

    /// Own NCRs since then, oldest first.
    pub fn own_ncrs_since(&self, since: DateTime<Utc>) -> Result<Vec<OwnNcr>, StoreError> {
        let sql = format!("{SELECT} where at >= ?1 order by at, uid");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map(params![At(since)], ncr_of)?.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// Stores and queues an NCR that an inspection raised; the fact's identity is the NCR's.
    pub fn raise_ncr(
        &mut self,
        fact: &Fact,
        inspection: EventId,
        operation: OperationId,
        raised: &NcrRaised,
    ) -> Result<(), StoreError> {
        self.queue_work(fact, stream::inspection(inspection), raised)?;
        self.conn
            .prepare_cached(
                "insert into ncrs (uid, operation_id, raised, at, actor) values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                Id(fact.event_id.0),
                operation.0,
                Json(raised),
                At(fact.at),
                fact.actor.map(|user| user.0)
            ])?;
        Ok(())
    }

    /// Stores and queues what the inspector wrote, in the stream of the inspection that raised it.
    pub fn detail_ncr(
        &mut self,
        fact: &Fact,
        inspection: EventId,
        detailed: &NcrDetailed,
    ) -> Result<(), StoreError> {
        self.queue_work(fact, stream::inspection(inspection), detailed)?;
        self.conn
            .prepare_cached("update ncrs set detailed = ?2 where uid = ?1")?
            .execute(params![Id(detailed.ncr_uid.0), Json(detailed)])?;
        Ok(())
    }
}
