//! 500 lines of production as the server writes them (policies, receipts, counters, triggers), beside
//! the same rows into the bare table: the same columns, checks, keys and indexes in the same chunks,
//! written by the administrator, whom no policy binds.
//! Turn by turn, so that both meet the same database in the same mood.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use sqlx::{Acquire, PgConnection};
use takt_domain::{ProductionEvent, Quantity};
use takt_server::db::device::{self, Device};
use takt_server::db::receipt::NewReceipt;
use takt_server::db::{Db, production, receipt, work_order};
use takt_server::push::entry::{Entry, Stamp};
use takt_testkit::measure::Line;
use takt_testkit::percentile::Sample;
use takt_wire::payload::ProductionLogged;
use uuid::Uuid;

use crate::support::{Centre, Floor, Terminal};

const BATCH: i64 = 500;
const WARM_UP: i64 = 5;
const ROUNDS: i64 = 60;
/// The throw-away database has no autovacuum: what a plant's own would do in the background is done between rounds.
const BETWEEN_ANALYSES: i64 = 5;
const SHARE_MIN: f64 = 0.6;

/// The same table without what makes it ours.
const BARE: &str = "create schema bare;
    create table bare.production_logs (like public.production_logs including all);
    select public.create_hypertable('bare.production_logs', 'logged_at', chunk_time_interval => interval '7 days',
      create_default_indexes => false);
    do $$ declare k record; begin
      for k in select conname, pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = 'public.production_logs'::regclass and contype = 'f' loop
        execute format('alter table bare.production_logs add constraint %I %s', k.conname, k.definition);
      end loop; end $$";

pub async fn measure() -> Result<Vec<Line>> {
    let centre = Centre::open().await;
    let (floor, terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let db = Db::connect(&centre.app_url(), 1).await?;
    let device = device::find(&db, terminal.place.device_id).await?.context("it was just enrolled")?;
    centre.script(BARE).await;
    let mut bare = centre.sql.acquire().await?;
    let line = floor.line(ProductionEvent::Output, 1);
    let (mut ours, mut raw) = (Sample::default(), Sample::default());
    for round in 0..WARM_UP + ROUNDS {
        if round % BETWEEN_ANALYSES == 0 {
            centre.script("analyze sync_receipts, production_logs, bare.production_logs").await;
        }
        let entries = entries(&line, &floor, round);
        let start = Instant::now();
        write(&db, &device, terminal.install.0, &entries).await?;
        let written = start.elapsed();
        let entries = self::entries(&line, &floor, round);
        let start = Instant::now();
        write_bare(&mut bare, &device, &entries).await?;
        let bare_written = start.elapsed();
        if round >= WARM_UP {
            ours.add(written);
            raw.add(bare_written);
        }
    }
    let rows = centre.count("select count(*) from bare.production_logs").await;
    ensure!(rows == centre.count("select count(*) from production_logs where device_id is not null").await);
    println!("insert of 500  ours   {}", ours.summary());
    println!("               floor  {}", raw.summary());
    Ok(vec![told(&ours, &raw)])
}

fn told(ours: &Sample, bare: &Sample) -> Line {
    let rate = |sample: &Sample| 500e3 / sample.ms(50).max(f64::EPSILON);
    let share = rate(ours) / rate(bare);
    Line {
        measure: "insert of 500, p50".to_owned(),
        ours: format!("{:.0} rows/s", rate(ours)),
        floor: format!("{:.0} rows/s, bare table", rate(bare)),
        ratio: format!("{share:.2} of its rate"),
        goal: format!("at least {SHARE_MIN}"),
        is_kept: share >= SHARE_MIN,
    }
}

fn entries<'a>(line: &'a ProductionLogged, floor: &Floor, round: i64) -> Vec<Entry<'a, ProductionLogged>> {
    let entry = |n| {
        let now = Utc::now();
        let stamp = Stamp {
            uid: Uuid::now_v7(),
            at: now,
            device_time: Some(now),
            time_quality: "SYNCED",
            device_seq: round * BATCH + n,
            actor: Some(floor.operator),
        };
        Entry { stamp, fact: line }
    };
    (1..=BATCH).map(entry).collect()
}

/// As the ingest does: orders locked, receipts, counters, lines.
async fn write(
    db: &Db,
    device: &Device,
    install: Uuid,
    entries: &[Entry<'_, ProductionLogged>],
) -> Result<()> {
    let receipts: Vec<NewReceipt> = entries.iter().map(|entry| receipt_of(entry, install)).collect();
    let mut tx = db.device(device).await?;
    let before = work_order::lock(&mut tx, &[entries[0].fact.work_order_id.0]).await?;
    let mut after = before.clone();
    for entry in entries {
        after.book(entry.fact, entry.stamp.at);
    }
    receipt::insert(&mut tx, device.id, &receipts).await?;
    work_order::write(&mut tx, &before, &after).await?;
    production::insert(&mut tx, entries, &HashMap::new()).await?;
    tx.check_constraints().await?;
    Ok(tx.commit().await?)
}

fn receipt_of(entry: &Entry<'_, ProductionLogged>, install: Uuid) -> NewReceipt {
    NewReceipt {
        install_id: install,
        lane: 1,
        seq: entry.stamp.device_seq,
        event_id: entry.stamp.uid,
        event_type: "production_log".to_owned(),
        stream_key: Some(format!("operation:{}", entry.fact.operation_id.0)),
        verdict: "APPLIED",
        code: None,
        flags: String::new(),
        target_table: Some("production_logs"),
        occurred_at: Some(entry.stamp.at),
    }
}

/// The same columns of the same rows, by one statement.
async fn write_bare(
    sql: &mut PgConnection,
    device: &Device,
    entries: &[Entry<'_, ProductionLogged>],
) -> Result<()> {
    let good: Vec<_> = entries.iter().map(|it| it.fact.quantity_good.decimal()).collect();
    let zero: Vec<_> = entries.iter().map(|_| Quantity::ZERO.decimal()).collect();
    let mut tx = sql.begin().await?;
    sqlx::query(
        "insert into bare.production_logs (organization_id, plant_id, device_id, logged_at, event_type, work_order_id,
           operation_id, machine_id, operator_id, quantity_good, quantity_scrapped, quantity_rework, unit_id, uid,
           device_seq, device_time, time_quality, shift_id, shift_date)
         select $11, $12, $13, e.at, 'OUTPUT', $2, $3, $4, $5, e.good, e.zero, e.zero, $6, e.uid, e.seq, e.at, 'SYNCED', s.shift_id, s.business_date
         from unnest($1::timestamptz[], $7::numeric[], $8::numeric[], $9::uuid[], $10::bigint[]) as e (at, good, zero, uid, seq)
         left join shift_occurrences s on s.organization_id = $11 and s.plant_id = $12 and s.is_worked
           and s.starts_at <= e.at and s.ends_at > e.at",
    )
    .bind(entries.iter().map(|it| it.stamp.at).collect::<Vec<_>>())
    .bind(entries[0].fact.work_order_id.0)
    .bind(entries[0].fact.operation_id.0)
    .bind(entries[0].fact.machine_id.map(|id| id.0))
    .bind(entries[0].stamp.actor)
    .bind(entries[0].fact.unit_id.0)
    .bind(good)
    .bind(zero)
    .bind(entries.iter().map(|it| it.stamp.uid).collect::<Vec<_>>())
    .bind(entries.iter().map(|it| it.stamp.device_seq).collect::<Vec<_>>())
    .bind(device.organization_id.0)
    .bind(device.plant_id.0)
    .bind(device.id.0)
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}
