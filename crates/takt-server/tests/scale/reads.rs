//! The reads that the hypertables' indexes were made for (dictionary, section 4), as a lead's office
//! session asks them: newest first, with a plain time bound.

use chrono::{TimeDelta, Utc};
use sqlx::{Connection, PgConnection};

use crate::plans;
use crate::support::Centre;
use crate::visits::Visit;

const DAYS: i64 = 30;

/// `$1` is the oldest moment; every other value is looked up in Nordwerk.
const READS: [&str; 10] = [
    "select * from production_logs where organization_id = app.org() and logged_at >= $1 and work_order_id = (
       select max(id) from work_orders where organization_id = app.org()) order by logged_at desc limit 50",
    "select sum(quantity_good) from production_logs where organization_id = app.org() and logged_at >= $1 and machine_id = (
       select id from machines where organization_id = app.org() and machine_code = 'BULK-1')",
    "select operation_id, sum(quantity_good) from production_logs where organization_id = app.org() and logged_at >= $1
       and plant_id = (select id from plants where organization_id = app.org() and plant_code = 'LYON') group by 1",
    "select sum(quantity_good), sum(quantity_scrapped) from production_logs where organization_id = app.org() and logged_at >= $1
       and shift_date = ($1 + interval '20 days')::date and shift_id = (select min(id) from shifts where organization_id = app.org())",
    "select * from production_logs where organization_id = app.org() and logged_at >= $1 and operator_id = (
       select min(id) from users where organization_id = app.org()) order by logged_at desc limit 50",
    "select measured_value from inspection_measurements where organization_id = app.org() and measured_at >= $1
       and characteristic_id = 1 order by measured_at desc limit 125",
    "select * from qr_code_scans where organization_id = app.org() and scanned_at >= $1 and scanned_value = 'LOT:7'",
    "select * from genealogy_records where organization_id = app.org() and occurred_at >= $1 and lot_batch_id = (
       select max(id) from lot_batches where organization_id = app.org())",
    "select * from audit_logs where organization_id = app.org() and occurred_at >= $1 and table_name = 'work_orders' and row_id = 7",
    "select * from machine_status_history where organization_id = app.org() and started_at >= $1 and plant_id = (
       select id from plants where organization_id = app.org() and plant_code = 'LYON') order by started_at desc limit 100",
];

/// What nobody should ask: all times, and all rows.
const CARELESS: [&str; 2] = [
    "select count(*) from production_logs where organization_id = app.org() and notes is not null and $1 is not null",
    "select count(*) from work_orders where planned_quantity = 7 and created_at >= $1",
];

/// All of them, in Nordwerk.
pub async fn lead(centre: &Centre) -> Visit {
    ask(centre, "a lead's reads", &READS, "").await
}

/// What the judge has to find.
pub async fn careless(centre: &Centre) -> Visit {
    let without_index =
        "set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off";
    ask(centre, "careless", &CARELESS, without_index).await
}

async fn ask(
    centre: &Centre,
    name: &'static str,
    reads: &'static [&'static str],
    settings: &'static str,
) -> Visit {
    let mut office = PgConnection::connect(&centre.app_url()).await.unwrap();
    let organization = centre.id("select id from organizations where org_code = 'NORDWERK'").await;
    sqlx::raw_sql(settings).execute(&mut office).await.unwrap();
    let mut tx = office.begin().await.unwrap();
    sqlx::query("select set_config('app.current_organization_id', $1::text, true)")
        .bind(organization)
        .execute(&mut *tx)
        .await
        .unwrap();
    plans::take();
    for read in reads {
        sqlx::query(*read).bind(Utc::now() - TimeDelta::days(DAYS)).fetch_all(&mut *tx).await.unwrap();
    }
    let plans = plans::take();
    assert_eq!(plans.iter().filter(|plan| reads.contains(&plan.query.as_str())).count(), reads.len());
    Visit { name, is_device: false, days: DAYS + 1, asks: &[], plans }
}
