//! Periods of machine status: fitted in by [`crate::push::periods`], written set-based. The
//! machine's own status follows by the schema's trigger.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::FromRow;
use takt_wire::payload::{MachineStatusChanged, StopExplained};

use super::TenantTx;
use crate::push::entry::Entry;
use crate::push::periods::{Period, Timeline, Which};

#[derive(FromRow)]
struct PeriodRow {
    id: i64,
    machine_id: i32,
    started_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

/// Fits new states into the machines' timelines.
pub async fn enter(
    tx: &mut TenantTx,
    entries: &[Entry<'_, MachineStatusChanged>],
) -> Result<(), sqlx::Error> {
    let mut from: BTreeMap<i32, DateTime<Utc>> = BTreeMap::new();
    for entry in entries {
        let first = from.entry(entry.fact.machine_id.0).or_insert(entry.stamp.at);
        *first = (*first).min(entry.stamp.at);
    }
    let before = timelines(tx, &from).await?;
    let mut after = before.clone();
    let mut in_time: Vec<usize> = (0..entries.len()).collect();
    in_time.sort_by_key(|n| entries[*n].stamp.at);
    for n in in_time {
        after.entry(entries[n].fact.machine_id.0).or_default().enter(n, entries[n].stamp.at);
    }
    trim(tx, &before, &after).await?;
    insert(tx, entries, &after).await
}

/// Locked by a name, since a device may not change machines themselves.
async fn timelines(
    tx: &mut TenantTx,
    from: &BTreeMap<i32, DateTime<Utc>>,
) -> Result<BTreeMap<i32, Timeline>, sqlx::Error> {
    for machine in from.keys() {
        sqlx::query("select pg_advisory_xact_lock(hashtextextended('takt machine ' || $1, 0))")
            .bind(machine.to_string())
            .execute(tx.connection())
            .await?;
    }
    let rows: Vec<PeriodRow> = sqlx::query_as(
        "select h.id, h.machine_id, h.started_at, h.ended_at
         from unnest($1::int[], $2::timestamptz[]) as m (machine_id, at)
         join machine_status_history h on h.organization_id = app.org() and h.machine_id = m.machine_id
           and (h.ended_at is null or h.ended_at > m.at)
         order by h.started_at",
    )
    .bind(from.keys().copied().collect::<Vec<_>>())
    .bind(from.values().copied().collect::<Vec<_>>())
    .fetch_all(tx.connection())
    .await?;
    let mut timelines: BTreeMap<i32, Timeline> = BTreeMap::new();
    for row in rows {
        let period = Period { which: Which::Row(row.id), start: row.started_at, end: row.ended_at };
        timelines.entry(row.machine_id).or_default().periods.push(period);
    }
    Ok(timelines)
}

/// Ends the neighbours where the new ones begin.
async fn trim(
    tx: &mut TenantTx,
    before: &BTreeMap<i32, Timeline>,
    after: &BTreeMap<i32, Timeline>,
) -> Result<(), sqlx::Error> {
    let known: Vec<&Period> = before.values().flat_map(|line| &line.periods).collect();
    let rows = after.values().flat_map(|line| &line.periods).filter(|it| !known.contains(it));
    let changed: (Vec<i64>, Vec<Option<DateTime<Utc>>>) = rows
        .filter_map(|period| match period.which {
            Which::Row(id) => Some((id, period.end)),
            Which::New(_) => None,
        })
        .unzip();
    if changed.0.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update machine_status_history h set ended_at = e.ended_at
         from unnest($1::bigint[], $2::timestamptz[]) as e (id, ended_at)
         where h.organization_id = app.org() and h.id = e.id",
    )
    .bind(changed.0)
    .bind(changed.1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

async fn insert(
    tx: &mut TenantTx,
    entries: &[Entry<'_, MachineStatusChanged>],
    after: &BTreeMap<i32, Timeline>,
) -> Result<(), sqlx::Error> {
    let rows: Vec<Value> = after
        .values()
        .flat_map(|line| &line.periods)
        .filter_map(|period| match period.which {
            Which::New(n) => Some(row(&entries[n], period)),
            Which::Row(_) => None,
        })
        .collect();
    sqlx::query(
        "insert into machine_status_history (organization_id, plant_id, device_id, machine_id, status, started_at,
           ended_at, reason_id, work_order_id, operator_id, repair_notes, uid, device_seq, device_time, time_quality)
         select app.org(), app.plant(), app.device(), e.machine_id, e.status, e.started_at, e.ended_at, e.reason_id,
           e.work_order_id, e.actor, e.repair_notes, e.uid, e.device_seq, e.device_time, e.time_quality
         from jsonb_to_recordset($1) as e (machine_id int, status text, started_at timestamptz, ended_at timestamptz,
           reason_id int, work_order_id int, actor int, repair_notes text, uid uuid, device_seq bigint,
           device_time timestamptz, time_quality text)",
    )
    .bind(Value::Array(rows))
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn row(entry: &Entry<'_, MachineStatusChanged>, period: &Period) -> Value {
    let (stamp, fact) = (&entry.stamp, entry.fact);
    json!({
        "machine_id": fact.machine_id, "status": fact.status, "started_at": period.start, "ended_at": period.end,
        "reason_id": fact.reason_id, "work_order_id": fact.work_order_id, "actor": stamp.actor,
        "repair_notes": fact.repair_notes, "uid": stamp.uid, "device_seq": stamp.device_seq,
        "device_time": stamp.device_time, "time_quality": stamp.time_quality,
    })
}

/// Gives stops their reasons; the last word counts.
pub async fn explain(tx: &mut TenantTx, entries: &[Entry<'_, StopExplained>]) -> Result<(), sqlx::Error> {
    for Entry { stamp, fact } in entries {
        sqlx::query(
            "update machine_status_history set reason_id = $3, explained_by = $4, explained_at = $5,
               notes = coalesce($6, notes)
             where organization_id = app.org() and uid = $1 and machine_id = $2",
        )
        .bind(fact.status_uid.0)
        .bind(fact.machine_id.0)
        .bind(fact.reason_id.0)
        .bind(stamp.actor)
        .bind(stamp.at)
        .bind(fact.notes.as_deref())
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}
