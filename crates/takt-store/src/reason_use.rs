//! How often each reason was used here lately: the learned order of the tiles, counted from what
//! was recorded.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::params;
use takt_domain::ReasonId;

use crate::column::At;
use crate::{Reading, StoreError};

impl Reading<'_> {
    /// Uses since then, by reason; reasons not used are left out.
    pub fn reason_uses(&self, since: DateTime<Utc>) -> Result<BTreeMap<ReasonId, u32>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select reason, count(*) from (
                 select json_extract(logged, '$.scrap_reason_id') as reason
                 from production_lines where at >= ?1 and corrects is null
                 union all
                 select json_extract(logged, '$.rework_reason_id')
                 from production_lines where at >= ?1 and corrects is null
                 union all
                 select json_extract(logged, '$.pause_reason_id') from production_lines where at >= ?1
                 union all
                 select reason_id from machine_periods where started_at >= ?1
                 union all
                 select json_extract(coalesce(detailed, raised), '$.defect_type_id') from ncrs where at >= ?1
             ) where reason is not null group by reason",
        )?;
        let rows = statement.query_map(params![At(since)], |row| Ok((ReasonId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
