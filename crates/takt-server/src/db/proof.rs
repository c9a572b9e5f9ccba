//! The nightly proofs: what must add up in every organization, if every event was applied exactly once.
//! They look and tell; nothing is repaired. Each is one statement under one snapshot, so that terminals
//! go on meanwhile.
//!
//! `$1` is the oldest row they read, the plain bound of every hypertable. An event may arrive 90 days
//! late: what is judged (orders, lots, receipts) began 90 days after that or later.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Db, TenantTx};

/// How long one proof may take in one organization.
const PROOF_TIME: &str = "10min";
/// How late an event may arrive; the proofs' statements say it again.
pub const LATE_DAYS: i64 = 90;

/// A promise and the statement that looks for what breaks it.
#[derive(Debug)]
pub struct Proof {
    /// What must hold.
    pub name: &'static str,
    /// Its table whose rows end, if it needs them all.
    pub needs: Option<&'static str>,
    sql: &'static str,
}

/// What one proof saw in one organization.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Seen {
    /// Rows looked at.
    pub rows: i64,
    /// Rows that break the promise.
    pub offenders: i64,
    /// The first few of them, in words.
    pub first: Vec<String>,
}

/// All of them.
pub const PROOFS: [Proof; 7] = [
    Proof { name: "operation counters are the sums of their logs", needs: LOGS, sql: OPERATION_COUNTERS },
    Proof { name: "order counters are the sums of their logs", needs: LOGS, sql: ORDER_COUNTERS },
    Proof { name: "a lot's stock is the sum of its genealogy", needs: None, sql: LOT_STOCK },
    Proof { name: "every applied receipt has its row, once", needs: None, sql: RECEIPTS },
    Proof { name: "a machine has at most one open period", needs: None, sql: OPEN_PERIODS },
    Proof { name: "a machine's status is its open period's", needs: None, sql: MACHINE_STATUS },
    Proof { name: "no shift is missing between handovers", needs: None, sql: HANDOVERS },
];

const LOGS: Option<&str> = Some("production_logs");

/// From `judged (offence)`: how many, how many offend, and the first of those.
macro_rules! judged {
    ($($with:literal),+) => {
        concat!($($with,)+
            " select count(*) as rows, count(offence) as offenders,
                coalesce((array_agg(offence order by offence) filter (where offence is not null))[1:5], '{}') as first
              from judged")
    };
}

/// The sums of production by operation, as the ingest counts them.
macro_rules! logged {
    () => {
        "logged as (
           select work_order_id, operation_id, sum(quantity_good) as good, sum(quantity_scrapped) as scrapped,
             sum(quantity_rework) as rework
           from production_logs where organization_id = app.org() and logged_at >= $1 group by 1, 2)"
    };
}

/// Whose logs are all there.
macro_rules! recent_orders {
    () => {
        "recent as (
           select id, work_order_number, completed_quantity, scrapped_quantity, rework_quantity from work_orders
           where organization_id = app.org() and coalesce(actual_start, created_at) >= $1 + interval '90 days')"
    };
}

const OPERATION_COUNTERS: &str = concat!(
    "with ",
    logged!(),
    ", ",
    recent_orders!(),
    judged!(
        ", judged as (
           select case when (o.completed_quantity, o.scrapped_quantity, o.rework_quantity)
               is distinct from (coalesce(l.good, 0), coalesce(l.scrapped, 0), coalesce(l.rework, 0))
             then format('%s operation %s counts %s good, %s scrapped, %s rework; its logs say %s, %s, %s',
               w.work_order_number, o.operation_number, trim_scale(o.completed_quantity),
               trim_scale(o.scrapped_quantity), trim_scale(o.rework_quantity), trim_scale(coalesce(l.good, 0)),
               trim_scale(coalesce(l.scrapped, 0)), trim_scale(coalesce(l.rework, 0))) end as offence
           from recent w
           join work_order_operations o on o.organization_id = app.org() and o.work_order_id = w.id
           left join logged l on l.work_order_id = w.id and l.operation_id = o.id)"
    )
);

/// Good of an order is good of its last operation; scrap and rework add up over all.
const ORDER_COUNTERS: &str = concat!(
    "with ",
    logged!(),
    ", ",
    recent_orders!(),
    judged!(
        ", summed as (
           select w.*, coalesce(sum(l.good) filter (where l.operation_id = last.id), 0) as good,
             coalesce(sum(l.scrapped), 0) as scrapped, coalesce(sum(l.rework), 0) as rework
           from recent w
           left join lateral (
             select o.id from work_order_operations o
             where o.organization_id = app.org() and o.work_order_id = w.id
             order by o.operation_number desc limit 1) last on true
           left join logged l on l.work_order_id = w.id
           group by w.id, w.work_order_number, w.completed_quantity, w.scrapped_quantity, w.rework_quantity),
         judged as (
           select case when (completed_quantity, scrapped_quantity, rework_quantity) is distinct from (good, scrapped, rework)
             then format('%s counts %s good, %s scrapped, %s rework; its logs say %s, %s, %s', work_order_number,
               trim_scale(completed_quantity), trim_scale(scrapped_quantity), trim_scale(rework_quantity),
               trim_scale(good), trim_scale(scrapped), trim_scale(rework)) end as offence
           from summed)"
    )
);

const LOT_STOCK: &str = judged!(
    "with changed as (
       select lot_batch_id, sum(quantity_change) as quantity from genealogy_records
       where organization_id = app.org() and occurred_at >= $1 and lot_batch_id is not null group by 1),
     judged as (
       select case when b.current_quantity is distinct from coalesce(c.quantity, 0)
         then format('lot %s holds %s; its genealogy says %s', b.lot_number, trim_scale(b.current_quantity),
           trim_scale(coalesce(c.quantity, 0))) end as offence
       from lot_batches b left join changed c on c.lot_batch_id = b.id
       where b.organization_id = app.org() and b.created_at >= $1 + interval '90 days')"
);

/// What an event changed in another event's row has no row of its own. A second handover of a shift is
/// an addendum to the first: its receipt says which.
const RECEIPTS: &str = judged!(
    "with receipt as (
       select r.event_id, r.event_type, r.install_id, r.lane, r.seq, r.target_table, r.target_id, d.device_code
       from sync_receipts r
       join devices d on d.organization_id = app.org() and d.id = r.device_id
       where r.organization_id = app.org() and r.received_at >= $1 + interval '90 days'
         and r.verdict in ('APPLIED', 'APPLIED_FLAGGED') and r.target_at >= $1
         and r.event_type not in ('stop_explanation', 'ncr_detail', 'handover_acknowledgement')
         and not exists (
           select from app.retention() k where k.organization_id = app.org() and k.table_name = r.target_table
             and r.target_at < now() - make_interval(days => k.days - 1))),
     found as (
       select 'production_logs' as tbl, uid, count(*) as rows from production_logs
         where organization_id = app.org() and logged_at >= $1 and device_id is not null group by uid
       union all select 'qr_code_scans', uid, count(*) from qr_code_scans
         where organization_id = app.org() and scanned_at >= $1 and device_id is not null group by uid
       union all select 'audit_logs', uid, count(*) from audit_logs
         where organization_id = app.org() and occurred_at >= $1 and device_id is not null
           and uid in (select event_id from receipt where target_table = 'audit_logs') group by uid
       union all select 'machine_status_history', uid, 1 from machine_status_history
         where organization_id = app.org() and started_at >= $1 and device_id is not null
       union all select 'inspection_logs', uid, 1 from inspection_logs
         where organization_id = app.org() and inspected_at >= $1 and device_id is not null
       union all select 'ncrs', uid, 1 from ncrs
         where organization_id = app.org() and detected_at >= $1 and device_id is not null
       union all select 'shift_handovers', r.event_id, 1 from receipt r
         join shift_handovers h on h.organization_id = app.org() and h.id = r.target_id
         where r.target_table = 'shift_handovers'),
     judged as (
       select case when f.rows is distinct from 1
         then format('%s %s of %s, lane %s number %s, has %s rows in %s', r.event_type, r.event_id, r.device_code,
           r.lane, r.seq, coalesce(f.rows, 0), r.target_table) end as offence
       from receipt r left join found f on f.tbl = r.target_table and f.uid = r.event_id)"
);

const OPEN_PERIODS: &str = judged!(
    "with judged as (
       select case when count(h.id) > 1
         then format('machine %s has %s open periods', m.machine_code, count(h.id)) end as offence
       from machines m
       left join machine_status_history h on h.organization_id = app.org() and h.machine_id = m.id and h.ended_at is null
       where m.organization_id = app.org() group by m.id, m.machine_code)"
);

const MACHINE_STATUS: &str = judged!(
    "with judged as (
       select case when (m.status, m.status_since) is distinct from (h.status, h.started_at)
         then format('machine %s is %s since %s; its open period is %s since %s', m.machine_code, m.status,
           m.status_since, h.status, h.started_at) end as offence
       from machine_status_history h
       join machines m on m.organization_id = app.org() and m.id = h.machine_id
       where h.organization_id = app.org() and h.ended_at is null)"
);

/// Two kinds of gap: a handover that skips a worked shift of its plant, and a shift that an area produced
/// in and never handed over, between two that it did. Areas that hand nothing over are not judged.
const HANDOVERS: &str = judged!(
    "with handed as (
       select h.plant_id, h.work_center_id, h.from_shift_id, h.from_shift_date, h.to_shift_id, h.to_shift_date,
         f.starts_at, f.ends_at, t.starts_at as next_starts_at
       from shift_handovers h
       left join shift_occurrences f on f.organization_id = app.org() and f.shift_id = h.from_shift_id
         and f.business_date = h.from_shift_date
       left join shift_occurrences t on t.organization_id = app.org() and t.shift_id = h.to_shift_id
         and t.business_date = h.to_shift_date
       where h.organization_id = app.org() and h.handed_over_at >= $1 and h.status <> 'DRAFT'),
     skips as (
       select h.*, (
         select format('%s of %s', s.shift_code, o.business_date) from shift_occurrences o
         join shifts s on s.organization_id = app.org() and s.id = o.shift_id
         where o.organization_id = app.org() and o.plant_id = h.plant_id and o.is_worked
           and o.starts_at >= h.ends_at and o.starts_at < h.next_starts_at
         order by o.starts_at limit 1) as skipped
       from handed h),
     spans as (
       select plant_id, work_center_id, min(starts_at) as first_starts_at, max(starts_at) as last_starts_at
       from handed where work_center_id is not null group by 1, 2),
     produced as (
       select distinct o.work_center_id, l.shift_id, l.shift_date
       from production_logs l
       join work_order_operations o on o.organization_id = app.org() and o.id = l.operation_id
       where l.organization_id = app.org() and l.logged_at >= $1 and l.shift_id is not null),
     forgotten as (
       select p.work_center_id, p.shift_id, p.shift_date
       from produced p
       join shift_occurrences o on o.organization_id = app.org() and o.shift_id = p.shift_id
         and o.business_date = p.shift_date
       join spans s on s.work_center_id = p.work_center_id
         and o.starts_at > s.first_starts_at and o.starts_at < s.last_starts_at
       where not exists (
         select from handed h where h.work_center_id = p.work_center_id and h.from_shift_id = p.shift_id
           and h.from_shift_date = p.shift_date)),
     judged as (
       select case
         when h.starts_at is null or h.next_starts_at is null
           then format('%s handed over %s of %s to %s of %s: no such shift', coalesce(c.work_center_code, p.plant_code),
             f.shift_code, h.from_shift_date, t.shift_code, h.to_shift_date)
         when h.skipped is not null
           then format('%s handed over %s of %s to %s of %s: past %s', coalesce(c.work_center_code, p.plant_code),
             f.shift_code, h.from_shift_date, t.shift_code, h.to_shift_date, h.skipped) end as offence
       from skips h
       join plants p on p.organization_id = app.org() and p.id = h.plant_id
       join shifts f on f.organization_id = app.org() and f.id = h.from_shift_id
       join shifts t on t.organization_id = app.org() and t.id = h.to_shift_id
       left join work_centers c on c.organization_id = app.org() and c.id = h.work_center_id
       union all
       select format('%s produced in %s of %s and never handed it over', c.work_center_code, s.shift_code, g.shift_date)
       from forgotten g
       join shifts s on s.organization_id = app.org() and s.id = g.shift_id
       join work_centers c on c.organization_id = app.org() and c.id = g.work_center_id)"
);

/// The organizations that take events.
pub async fn organizations(db: &Db) -> Result<Vec<i32>, sqlx::Error> {
    let mut tx = db.anonymous().await?;
    sqlx::query_scalar("select app.active_organizations()").fetch_all(tx.connection()).await
}

/// The code of this transaction's organization.
pub async fn organization_code(tx: &mut TenantTx) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("select org_code from organizations where id = app.org()")
        .fetch_one(tx.connection())
        .await
}

/// Looks, in the organization of this transaction.
pub async fn look(tx: &mut TenantTx, proof: &Proof, since: DateTime<Utc>) -> Result<Seen, sqlx::Error> {
    sqlx::query(
        "select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', $1, true)",
    )
    .bind(PROOF_TIME)
    .execute(tx.connection())
    .await?;
    let query = sqlx::query_as(proof.sql);
    let query = if proof.sql.contains("$1") { query.bind(since) } else { query };
    query.fetch_one(tx.connection()).await
}
