//! Five years of fifty tenants, written past every trigger and policy: what a plan shall not depend on.

use sqlx::PgPool;

/// Orders of a tenant, one after the other over five years; each has two steps.
const ORDERS: i64 = 1000;
const YEARS: &str = "interval '1826 days'";

/// One place of every tenant, with what its rows refer to. Nordwerk's is milling 3 in Lyon, where the
/// terminal stands.
const SITES: &str = "
    set session_replication_role = replica;
    select app.create_organization('T' || n, 'Tenant ' || n) from generate_series(3, 50) as n;
    insert into plants (organization_id, plant_code, plant_name, timezone)
      select id, 'MAIN', 'Main', 'UTC' from organizations o where not exists (select from plants p where p.organization_id = o.id);
    insert into work_centers (organization_id, plant_id, work_center_code, work_center_name, work_center_type, capacity_per_hour)
      select p.organization_id, p.id, 'AREA', 'Area', 'MACHINE', 60 from plants p
      where not exists (select from work_centers w where w.organization_id = p.organization_id);
    insert into material_categories (organization_id, category_code, category_name) select id, 'BULK', 'Bulk' from organizations;
    insert into materials (organization_id, material_number, material_name, material_category_id, base_unit_id)
      select c.organization_id, 'BULK-' || n, 'Part ' || n, c.id, u.id from material_categories c
      join units_of_measure u on u.organization_id = c.organization_id and u.unit_code = 'PCS'
      cross join generate_series(1, 200) as n where c.category_code = 'BULK';
    insert into users (organization_id, username, full_name) select id, 'bulk' || n, 'Person ' || n from organizations cross join generate_series(1, 100) as n;
    create unlogged table site as
      select o.id as org, p.id as plant, w.id as area, u.id as unit,
        (select min(id) from materials m where m.organization_id = o.id and material_number like 'BULK-%') as material,
        (select min(id) from users s where s.organization_id = o.id and username like 'bulk%') as person
      from organizations o
      join lateral (select id from plants where organization_id = o.id order by plant_code = 'LYON' desc, id limit 1) p on true
      join lateral (select id from work_centers where organization_id = o.id and plant_id = p.id
        order by work_center_code = 'MILLING-3' desc, id limit 1) w on true
      join units_of_measure u on u.organization_id = o.id and u.unit_code = 'PCS';
    insert into machines (organization_id, plant_id, machine_code, machine_name, work_center_id)
      select org, plant, 'BULK-' || n, 'Machine ' || n, area from site cross join generate_series(1, 20) as n;
    insert into user_plant_access (organization_id, user_id, plant_id, access_level)
      select org, u.id, plant, 'OPERATE' from site join users u on u.organization_id = org and username like 'bulk%';
    insert into shifts (organization_id, plant_id, shift_code, shift_name, start_time, end_time, days_of_week, effective_from)
      select org, plant, v.code, v.code, v.begins::time, v.ends::time, '{1,2,3,4,5,6,7}', '2020-01-01' from site
      cross join (values ('EARLY', '06:00', '14:00'), ('LATE', '14:00', '22:00'), ('NIGHT', '22:00', '06:00')) as v (code, begins, ends)
      where not exists (select from shifts s where s.organization_id = org);
    insert into shift_occurrences (organization_id, plant_id, shift_id, business_date, starts_at, ends_at, zone,
        utc_offset_start_seconds, utc_offset_end_seconds)
      select org, plant, s.id, d::date, d + s.start_time, d + s.start_time + interval '8 hours', 'UTC', 0, 0
      from site join shifts s on s.organization_id = org and s.plant_id = plant and s.shift_code in ('EARLY', 'LATE', 'NIGHT')
      cross join generate_series(date_trunc('day', now()) - interval '400 days', date_trunc('day', now()) - interval '16 days', interval '1 day') as d;
    insert into devices (organization_id, plant_id, device_code, device_name, status, public_key)
      select org, plant, 'BULK', 'Bulk', 'ACTIVE', decode(repeat('00', 32), 'hex') from site;";

/// Orders with their steps and every line of production.
fn production(lines: i64) -> String {
    let half = lines / 2;
    format!(
        "insert into work_orders (organization_id, plant_id, work_order_number, status, material_id, planned_quantity, unit_id,
            completed_quantity, released_at, actual_start, actual_end, created_at, updated_at)
           select org, plant, 'BULK-' || k, case when k < {ORDERS} - 20 then 'COMPLETED' else 'IN_PROGRESS' end, material, {lines}, unit,
             {half}, at, at, case when k < {ORDERS} - 20 then at + interval '44 hours' end, at, at
           from site cross join generate_series(0, {ORDERS} - 1) as k
           cross join lateral (select now() - {YEARS} + k * {YEARS} / {ORDERS} as at) t;
         insert into work_order_operations (organization_id, plant_id, work_order_id, operation_number, operation_name,
            work_center_id, machine_id, status, completed_quantity, actual_start, actual_end, created_at, updated_at)
           select w.organization_id, w.plant_id, w.id, n, 'Step', area, m.id, w.status, {half}, w.actual_start, w.actual_end,
             w.created_at, w.updated_at
           from work_orders w join site on org = w.organization_id
           join machines m on m.organization_id = org and machine_code = 'BULK-1'
           cross join unnest('{{10,20}}'::int[]) as n where work_order_number like 'BULK-%';
         create unlogged table run as
           select o.organization_id as org, substr(work_order_number, 6)::int as k, o.id as step, o.work_order_id as work_order, o.machine_id,
             o.operation_number / 10 - 1 as parity
           from work_order_operations o join work_orders w on w.id = o.work_order_id and work_order_number like 'BULK-%';
         create unlogged table index_of_lines as select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
           from pg_index where indrelid = 'production_logs'::regclass and not indisunique;
         do $$ declare i record; begin
           for i in select * from index_of_lines loop execute 'drop index ' || i.name; end loop; end $$;
         insert into production_logs (organization_id, plant_id, logged_at, recorded_at, event_type, work_order_id, operation_id,
            machine_id, operator_id, quantity_good, unit_id, shift_id, shift_date)
           select org, plant, at, at, 'OUTPUT', work_order, step, machine_id, person, 1, unit, h.id, at::date
           from generate_series(0, {ORDERS} * {lines} - 1) as line
           cross join lateral (select now() - {YEARS} + line * {YEARS} / ({ORDERS} * {lines}) as at) t
           join run on k = line / {lines} and parity = line % 2
           join site using (org)
           join lateral (select min(id) as id from shifts s where s.organization_id = org and s.plant_id = plant) h on true
           order by t.at;
         do $$ declare i record; begin
           for i in select * from index_of_lines loop execute i.definition; end loop; end $$;"
    )
}

/// What else grows with the years.
const REST: &str = "
    insert into machine_status_history (organization_id, plant_id, machine_id, status, started_at, ended_at, recorded_at)
      select org, plant, m.id, case n % 2 when 0 then 'RUNNING' else 'DOWN' end, at, at + interval '6 hours', at
      from site join machines m on m.organization_id = org and m.machine_code in ('BULK-1', 'MILL-3')
      cross join generate_series(1, 1000) as n cross join lateral (select now() - (n + 10) * interval '1 day' as at) t;
    insert into inspection_logs (organization_id, plant_id, inspected_at, recorded_at, inspection_plan_id, inspection_type, work_order_id,
        operation_id, inspector_id, inspected_quantity, passed_quantity, failed_quantity, unit_id, result)
      select org, plant, at, at, 0, 'IN_PROCESS', work_order, step, person, 1, 1, 0, unit, 'PASS'
      from run join site using (org) cross join lateral (select now() - interval '1826 days' + k * interval '1826 days' / 1000 as at) t where parity = 0;
    insert into inspection_measurements (organization_id, plant_id, measured_at, recorded_at, inspection_log_id, characteristic_id,
        measured_value, is_conforming, measured_by)
      select organization_id, plant_id, inspected_at, inspected_at, id, 1, 25, true, inspector_id from inspection_logs
      cross join generate_series(1, 3) order by inspected_at;
    insert into qr_code_scans (organization_id, plant_id, scanned_at, recorded_at, scanned_value, resolution, purpose, scanned_by)
      select org, plant, at, at, 'LOT:' || n, 'NOT_FOUND', 'LOOKUP', person from site cross join generate_series(1, 2000) as n
      cross join lateral (select now() - n * interval '4 hours' as at) t order by at;
    insert into audit_logs (organization_id, plant_id, occurred_at, recorded_at, action, table_name, row_id, user_id)
      select org, plant, at, at, 'UPDATE', 'work_orders', n, person from site cross join generate_series(1, 2000) as n
      cross join lateral (select now() - n * interval '21 hours' as at) t order by at;
    insert into lot_batches (organization_id, plant_id, lot_number, material_id, source_type, initial_quantity, current_quantity, unit_id, created_at)
      select org, plant, 'BULK-' || n, material, 'PURCHASED', 100, 60, unit, now() - n * interval '9 days' from site cross join generate_series(1, 200) as n;
    insert into genealogy_records (organization_id, occurred_at, recorded_at, lot_batch_id, operation_type, quantity_change)
      select organization_id, created_at, created_at, id, v.type, v.change from lot_batches
      cross join (values ('RECEIVED', 100), ('CONSUMED', -40)) as v (type, change);
    insert into sync_receipts (organization_id, install_id, lane, seq, event_id, device_id, event_type, stream_key, verdict, occurred_at, received_at)
      select org, '00000000-0000-4000-8000-000000000000', 1, n, gen_random_uuid(), d.id, 'production_log', 'operation:' || n % 100, 'REJECTED', at, at
      from site join devices d on d.organization_id = org and d.device_code = 'BULK'
      cross join generate_series(1, 4000) as n cross join lateral (select now() - n * interval '1 hour' as at) t;
    insert into sync_row (organization_id, scope, tbl, row_id, changed_at)
      select organization_id, plant_id, 'work_orders', id, created_at from work_orders where work_order_number like 'BULK-%'
      union all select organization_id, plant_id, 'work_order_operations', id, created_at from work_order_operations o
        where work_order_id in (select work_order from run);
    insert into shift_handovers (organization_id, plant_id, handed_over_at, recorded_at, from_shift_id, from_shift_date, to_shift_id, to_shift_date,
        work_center_id, handed_over_by)
      select org, plant, o.ends_at, o.ends_at, o.shift_id, o.business_date, o.next_shift_id, o.next_date, area, person from site
      join (select *, lead(shift_id) over next as next_shift_id, lead(business_date) over next as next_date from shift_occurrences
        window next as (partition by plant_id order by starts_at)) o on o.organization_id = org and o.plant_id = plant
      where o.ends_at < now() and o.next_shift_id is not null;
    set session_replication_role = origin;
    drop table run, site, index_of_lines;
    set default_statistics_target = 10;
    analyze;
    reset default_statistics_target;";

/// Fills the demo plant's database; `lines` of production per order.
pub async fn build(admin: &PgPool, lines: i64) {
    let mut connection = admin.acquire().await.unwrap();
    for statements in [SITES.to_owned(), production(lines), REST.to_owned()] {
        let begun = std::time::Instant::now();
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statements)).execute(&mut *connection).await;
        done.unwrap_or_else(|error| panic!("the five years could not be written: {error}"));
        println!("built a part of five years in {:.1} s", begun.elapsed().as_secs_f64());
    }
}
