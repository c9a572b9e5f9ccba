//! What only grows ends after its time: by chunks when nobody wants it, by rows where one tenant wants
//! it less long than another.

use chrono::Utc;
use takt_server::jobs::{self, Job};

use crate::day::application;
use crate::support::Centre;

/// Rows of these ages in days, for both tenants, in every table that ends.
const AGES: &str = "set session_replication_role = replica;
    create temp table aged as
      select o.id as org, p.id as plant, w.id as work_order, w.unit_id as unit, now() - make_interval(days => d) as at
      from organizations o
      join lateral (select id from plants where organization_id = o.id order by id limit 1) p on true
      join lateral (select id, unit_id from work_orders where organization_id = o.id order by id limit 1) w on true
      cross join unnest('{10,120,300,500,1800,1900,2600,3900}'::int[]) as d;
    insert into production_logs (organization_id, plant_id, logged_at, recorded_at, event_type, work_order_id, unit_id, notes)
      select org, plant, at, at, 'START', work_order, unit, 'aged' from aged;
    insert into qr_code_scans (organization_id, plant_id, scanned_at, recorded_at, scanned_value, resolution, purpose, input)
      select org, plant, at, at, 'aged', 'NOT_FOUND', 'LOOKUP', 'MANUAL' from aged;
    insert into audit_logs (organization_id, occurred_at, action, table_name) select org, at, 'LOGIN', 'aged' from aged;
    insert into sap_sync_logs (organization_id, started_at, finished_at, entity_type, direction, operation, status)
      select org, at, at, 'material', 'FROM_SAP', 'FETCH', 'SUCCESS' from aged;
    set session_replication_role = origin";

const LEFT: &str = "select string_agg(format('%s %s: %s', org_code, tbl, days), E'\\n' order by tbl, org_code) from (
      select o.org_code, a.tbl, string_agg(round(extract(epoch from now() - a.at) / 86400)::text, ' ' order by a.at desc) as days
      from (select 'audit' as tbl, organization_id, occurred_at as at from audit_logs where table_name = 'aged'
        union all select 'logs', organization_id, logged_at from production_logs where notes = 'aged'
        union all select 'sap', organization_id, started_at from sap_sync_logs
        union all select 'scans', organization_id, scanned_at from qr_code_scans where scanned_value = 'aged') a
      join organizations o on o.id = a.organization_id group by 1, 2) t";

async fn aged() -> Centre {
    let centre = Centre::open().await;
    centre.script(AGES).await;
    centre
}

async fn retain(centre: &Centre, is_dry: bool) -> String {
    let db = application(centre).await;
    jobs::run(&db, Job::Retention, is_dry, Utc::now()).await.unwrap().join("\n")
}

#[tokio::test]
async fn what_is_older_than_the_usual_time_goes_and_nothing_newer() {
    let centre = aged().await;
    retain(&centre, false).await;
    assert_eq!(
        centre.text(LEFT).await,
        "NORDWERK audit: 10 120 300 500 1800 1900 2600\nRIVALE audit: 10 120 300 500 1800 1900 2600\n\
         NORDWERK logs: 10 120 300 500 1800\nRIVALE logs: 10 120 300 500 1800\n\
         NORDWERK sap: 10 120 300\nRIVALE sap: 10 120 300\n\
         NORDWERK scans: 10 120 300\nRIVALE scans: 10 120 300"
    );
    let told = retain(&centre, false).await;
    assert_eq!(
        told, "older than 180 days: 0 receipts, 0 tombstones deleted",
        "the second time nothing is left to do"
    );
}

#[tokio::test]
async fn a_tenant_that_keeps_less_loses_only_its_own_rows() {
    let centre = aged().await;
    centre
        .run("update system_settings s set value = '200' from organizations o where o.id = s.organization_id
              and org_code = 'RIVALE' and setting_key in ('retention.production_logs_days', 'retention.audit_logs_days')")
        .await;
    let told = retain(&centre, false).await;
    assert!(told.contains("production_logs, kept 200 days by RIVALE: 3 rows deleted"), "{told}");
    let left = centre.text(LEFT).await;
    for line in [
        "RIVALE logs: 10 120\n",
        "RIVALE audit: 10 120\n",
        "NORDWERK logs: 10 120 300 500 1800\n",
        "RIVALE scans: 10 120 300",
    ] {
        assert!(left.contains(line), "{line:?} is missing in\n{left}");
    }
    assert_eq!(
        centre
            .count(
                "select count(*) from production_logs l join organizations o on o.id = l.organization_id
        where org_code = 'RIVALE' and notes = 'aged' and logged_at < now() - interval '200 days'"
            )
            .await,
        0
    );
}

#[tokio::test]
async fn a_tenant_that_keeps_more_keeps_no_other_tenants_rows() {
    let centre = aged().await;
    centre
        .run(
            "update system_settings s set value = '3000' from organizations o where o.id = s.organization_id
              and org_code = 'NORDWERK' and setting_key = 'retention.production_logs_days'",
        )
        .await;
    retain(&centre, false).await;
    let left = centre.text(LEFT).await;
    for line in ["NORDWERK logs: 10 120 300 500 1800 1900 2600\n", "RIVALE logs: 10 120 300 500 1800\n"] {
        assert!(left.contains(line), "{line:?} is missing in\n{left}");
    }
}

#[tokio::test]
async fn what_a_terminal_may_still_hand_in_is_never_too_old() {
    let centre = aged().await;
    centre.script(
        "set session_replication_role = replica; delete from production_logs where logged_at < now() - interval '89 days';
         insert into production_logs (organization_id, plant_id, logged_at, recorded_at, event_type, work_order_id, unit_id, notes)
         select organization_id, plant_id, at, at, 'START', work_order_id, unit_id, 'aged' from (
           select l.*, now() - interval '89 days' as at from production_logs l where notes = 'aged') as again;
         set session_replication_role = origin;
         update system_settings set value = '1' where setting_key = 'retention.production_logs_days' and organization_id = (
           select id from organizations where org_code = 'RIVALE')",
    ).await;
    retain(&centre, false).await;
    assert!(centre.text(LEFT).await.contains("RIVALE logs: 10 89"), "{}", centre.text(LEFT).await);
}

#[tokio::test]
async fn a_dry_run_says_what_would_go_and_changes_nothing() {
    let centre = aged().await;
    centre
        .run(
            "update system_settings s set value = '200' from organizations o where o.id = s.organization_id
              and org_code = 'RIVALE' and setting_key = 'retention.production_logs_days'",
        )
        .await;
    let before = centre.text(LEFT).await;
    let chunks = centre.count("select count(*) from timescaledb_information.chunks").await;
    let told = retain(&centre, true).await;
    assert_eq!(centre.text(LEFT).await, before);
    assert_eq!(centre.count("select count(*) from timescaledb_information.chunks").await, chunks);
    // Chunks that would go are still there, so their rows are counted among the tenant's, too.
    for line in [
        "production_logs, kept 1826 days: chunk _hyper_",
        "production_logs, kept 200 days by RIVALE: 6 rows would go",
    ] {
        assert!(told.contains(line), "{line:?} is missing in\n{told}");
    }
}
