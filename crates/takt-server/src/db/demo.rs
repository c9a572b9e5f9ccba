//! Rows of a demo plant, from a document that names everything by code. Every statement adds what is
//! missing and changes nothing, so that loading twice is loading once.

use serde_json::Value;

use super::TenantTx;

/// Masters: sites, areas, people, materials, plans.
const MASTERS: &[&str] = &[
    "insert into plants (organization_id, plant_code, plant_name, plant_type, timezone, address)
     select app.org(), e.code, e.name, coalesce(e.type, 'PRODUCTION'), e.timezone, e.address
     from jsonb_to_recordset($1 -> 'plants') as e (code text, name text, type text, timezone text, address text)
     on conflict (organization_id, plant_code) do nothing",
    "insert into work_centers (organization_id, plant_id, work_center_code, work_center_name, work_center_type, capacity_per_hour)
     select app.org(), p.id, e.code, e.name, e.type, e.capacity
     from jsonb_to_recordset($1 -> 'work_centers') as e (plant text, code text, name text, type text, capacity numeric)
     join plants p on p.organization_id = app.org() and p.plant_code = e.plant
     on conflict (organization_id, plant_id, work_center_code) do nothing",
    "insert into machines (organization_id, plant_id, work_center_id, machine_code, machine_name, machine_type,
       manufacturer, model_number, ideal_cycle_seconds)
     select app.org(), w.plant_id, w.id, e.code, e.name, e.type, e.manufacturer, e.model, e.cycle
     from jsonb_to_recordset($1 -> 'machines') as e (plant text, work_center text, code text, name text, type text,
       manufacturer text, model text, cycle numeric)
     join plants p on p.organization_id = app.org() and p.plant_code = e.plant
     join work_centers w on w.organization_id = app.org() and w.plant_id = p.id and w.work_center_code = e.work_center
     on conflict (organization_id, machine_code) do nothing",
    "insert into shifts (organization_id, plant_id, shift_code, shift_name, start_time, end_time, break_minutes,
       days_of_week, production_target, effective_from, sort_order)
     select app.org(), p.id, e.code, e.name, e.start, e.\"end\", 30, '{1,2,3,4,5,6,7}', e.target, '2026-01-01', e.\"order\"
     from jsonb_to_recordset($1 -> 'shifts') as e (plant text, code text, name text, start time, \"end\" time,
       target numeric, \"order\" smallint)
     join plants p on p.organization_id = app.org() and p.plant_code = e.plant
     on conflict (organization_id, plant_id, shift_code, effective_from) do nothing",
    "insert into users (organization_id, username, full_name, employee_number, badge_hash, pin_hash, status, locale)
     select app.org(), 'n' || e.number, e.name, e.number, e.badge_hash, e.pin_hash, coalesce(e.status, 'ACTIVE'), e.locale
     from jsonb_to_recordset($1 -> 'people') as e (number text, name text, badge_hash text, pin_hash text, status text,
       locale text)
     on conflict do nothing",
    "insert into user_plant_access (organization_id, user_id, plant_id, access_level)
     select app.org(), u.id, p.id, e.level
     from jsonb_to_recordset($1 -> 'people') as e (number text, plants jsonb, level text)
     join users u on u.organization_id = app.org() and u.employee_number = e.number
     join plants p on p.organization_id = app.org() and e.plants ? p.plant_code
     where not exists (select from user_plant_access a
       where a.organization_id = app.org() and a.user_id = u.id and a.plant_id = p.id)",
    "insert into user_roles (organization_id, user_id, role_id)
     select app.org(), u.id, r.id
     from jsonb_to_recordset($1 -> 'people') as e (number text, role text)
     join users u on u.organization_id = app.org() and u.employee_number = e.number
     join roles r on r.organization_id = app.org() and r.role_code = e.role
     where not exists (select from user_roles x
       where x.organization_id = app.org() and x.user_id = u.id and x.role_id = r.id)",
    "insert into material_categories (organization_id, category_code, category_name)
     select app.org(), e.code, e.name from jsonb_to_recordset($1 -> 'categories') as e (code text, name text)
     on conflict (organization_id, category_code) do nothing",
    "insert into materials (organization_id, material_number, material_name, material_category_id, material_type,
       base_unit_id, procurement_type, tracking_mode, drawing_number)
     select app.org(), e.number, e.name, c.id, e.type, u.id, 'MANUFACTURE', e.tracking, e.drawing
     from jsonb_to_recordset($1 -> 'materials') as e (number text, name text, category text, type text, tracking text,
       drawing text)
     join material_categories c on c.organization_id = app.org() and c.category_code = e.category
     join units_of_measure u on u.organization_id = app.org() and u.unit_code = 'PCS'
     on conflict (organization_id, material_number) do nothing",
    "insert into system_settings (organization_id, setting_key, category, value_type, value, description)
     select app.org(), 'packs.' || regexp_replace(lower(e.number), '[^a-z0-9]+', '_', 'g'), 'packs', 'JSON', e.packs,
       'Pieces per pack of ' || e.number || ', largest last.'
     from jsonb_to_recordset($1 -> 'materials') as e (number text, packs jsonb) where e.packs is not null
     on conflict (organization_id, setting_key, plant_id) do nothing",
    "insert into inspection_plans (organization_id, plan_code, revision, plan_name, plan_type, material_id,
       operation_number, effective_from)
     select app.org(), e.code, e.revision, e.name, e.type, m.id, e.operation, '2026-01-01'
     from jsonb_to_recordset($1 -> 'plans') as e (code text, revision int, name text, type text, material text,
       operation int)
     join materials m on m.organization_id = app.org() and m.material_number = e.material
     on conflict (organization_id, plan_code, revision) do nothing",
    "insert into inspection_points (organization_id, inspection_plan_id, point_code, point_name, sequence,
       frequency_type, frequency_value, sample_size, is_critical, instructions)
     select app.org(), p.id, e.code, e.name, e.sequence, e.frequency, e.value, e.sample, coalesce(e.critical, false),
       e.instructions
     from jsonb_to_recordset($1 -> 'points') as e (plan text, code text, name text, sequence int, frequency text,
       value int, sample int, critical boolean, instructions text)
     join inspection_plans p on p.organization_id = app.org() and p.plan_code = e.plan and p.status = 'DRAFT'
     on conflict (organization_id, inspection_plan_id, point_code) do nothing",
    "insert into inspection_characteristics (organization_id, inspection_point_id, characteristic_code,
       characteristic_name, sequence, characteristic_type, unit_id, nominal, lower_spec, upper_spec, lower_control,
       upper_control, decimals, allowed_values, accepted_values, measurement_method, is_critical, track_spc, chart_type)
     select app.org(), i.id, e.code, e.name, e.sequence, case when e.allowed is null then 'VARIABLE' else 'ATTRIBUTE' end,
       u.id, e.nominal, e.lower, e.upper, e.lcl, e.ucl, coalesce(e.decimals, 0),
       case when e.allowed is not null then array(select jsonb_array_elements_text(e.allowed)) end,
       case when e.accepted is not null then array(select jsonb_array_elements_text(e.accepted)) end,
       e.method, coalesce(e.critical, false), coalesce(e.spc, false), case when e.spc then 'I_MR' end
     from jsonb_to_recordset($1 -> 'characteristics') as e (plan text, point text, code text, name text, sequence int,
       unit text, nominal numeric, lower numeric, upper numeric, lcl numeric, ucl numeric, decimals smallint,
       allowed jsonb, accepted jsonb, method text, critical boolean, spc boolean)
     join inspection_plans p on p.organization_id = app.org() and p.plan_code = e.plan and p.status = 'DRAFT'
     join inspection_points i on i.organization_id = app.org() and i.inspection_plan_id = p.id and i.point_code = e.point
     left join units_of_measure u on u.organization_id = app.org() and u.unit_code = e.unit
     on conflict (organization_id, inspection_point_id, characteristic_code) do nothing",
    "update inspection_plans p set status = 'APPROVED', approved_at = now(), approved_by = u.id
     from users u, jsonb_to_recordset($1 -> 'plans') as e (code text)
     where p.organization_id = app.org() and p.status = 'DRAFT' and p.plan_code = e.code and u.organization_id = app.org()
       and u.employee_number = '1010'",
];

/// Orders with their steps.
const ORDERS: &[&str] = &[
    "insert into work_orders (organization_id, plant_id, work_order_number, order_type, status, status_reason, material_id,
       planned_quantity, unit_id, priority, planned_start, planned_end, released_at, actual_start, actual_end)
     select app.org(), p.id, e.number, coalesce(e.type, 'PRODUCTION'), e.status, e.reason, m.id, e.quantity, m.base_unit_id,
       e.priority, now() + make_interval(hours => e.start_h), now() + make_interval(hours => e.end_h),
       case when e.status <> 'PLANNED' then now() + make_interval(hours => least(e.start_h, 0) - 24) end,
       case when e.status in ('IN_PROGRESS', 'PAUSED', 'COMPLETED') then now() + make_interval(hours => e.start_h) end,
       case when e.status = 'COMPLETED' then now() + make_interval(hours => e.end_h) end
     from jsonb_to_recordset($1 -> 'orders') as e (plant text, number text, material text, quantity numeric, status text,
       type text, reason text, priority smallint, start_h int, end_h int)
     join plants p on p.organization_id = app.org() and p.plant_code = e.plant
     join materials m on m.organization_id = app.org() and m.material_number = e.material
     on conflict (organization_id, work_order_number) do nothing",
    "insert into work_order_operations (organization_id, plant_id, work_order_id, operation_number, operation_name,
       work_center_id, machine_id, status, run_seconds_per_unit, planned_start, scheduling_mode, overlap_start_ratio,
       requires_inspection, instructions, actual_start, actual_end)
     select app.org(), o.plant_id, o.id, e.number, e.name, w.id, m.id, coalesce(e.status, 'PENDING'), e.run,
       o.planned_start + make_interval(mins => e.number * 2), coalesce(e.mode, 'SEQUENTIAL'), coalesce(e.overlap, 1),
       coalesce(e.inspect, false), e.instructions, case when e.status is not null then o.actual_start end,
       case when e.status = 'COMPLETED' then o.actual_end end
     from jsonb_to_recordset($1 -> 'operations') as e (\"order\" text, number int, name text, work_center text,
       machine text, status text, run numeric, mode text, overlap numeric, inspect boolean, instructions text)
     join work_orders o on o.organization_id = app.org() and o.work_order_number = e.\"order\"
     join work_centers w on w.organization_id = app.org() and w.plant_id = o.plant_id and w.work_center_code = e.work_center
     left join machines m on m.organization_id = app.org() and m.machine_code = e.machine
     on conflict (organization_id, work_order_id, operation_number) do nothing",
    "update work_order_operations t set predecessor_operation_id = p.id
     from work_order_operations p
     where t.organization_id = app.org() and p.organization_id = app.org() and p.work_order_id = t.work_order_id
       and p.operation_number = t.operation_number - 10 and t.predecessor_operation_id is null",
];

/// What happened lately; only where nothing has happened yet.
const HISTORY: &[&str] = &[
    "insert into production_logs (organization_id, plant_id, logged_at, event_type, work_order_id, operation_id, machine_id,
       operator_id, quantity_good, quantity_scrapped, quantity_rework, unit_id, scrap_reason_id, rework_reason_id,
       pause_reason_id, shift_id, shift_date)
     select app.org(), o.plant_id, t.at, e.event, o.id, s.id, s.machine_id, u.id, coalesce(e.good, 0),
       coalesce(e.scrap, 0), coalesce(e.rework, 0), o.unit_id, sr.id, rr.id, pr.id, h.shift_id, h.business_date
     from jsonb_to_recordset($1 -> 'logs') as e (\"order\" text, op int, event text, good numeric, scrap numeric,
       rework numeric, scrap_reason text, rework_reason text, pause_reason text, min int, who text)
     cross join lateral (select now() + make_interval(mins => e.min)) as t (at)
     join work_orders o on o.organization_id = app.org() and o.work_order_number = e.\"order\"
     join work_order_operations s on s.organization_id = app.org() and s.work_order_id = o.id and s.operation_number = e.op
     join users u on u.organization_id = app.org() and u.employee_number = e.who
     left join (type_list_values sr join type_lists sl on sl.id = sr.type_list_id and sl.list_code = 'SCRAP_REASON')
       on sr.organization_id = app.org() and sr.value_code = e.scrap_reason
     left join (type_list_values rr join type_lists rl on rl.id = rr.type_list_id and rl.list_code = 'REWORK_REASON')
       on rr.organization_id = app.org() and rr.value_code = e.rework_reason
     left join (type_list_values pr join type_lists pl on pl.id = pr.type_list_id and pl.list_code = 'DOWNTIME_REASON')
       on pr.organization_id = app.org() and pr.value_code = e.pause_reason
     left join shift_occurrences h on h.organization_id = app.org() and h.plant_id = o.plant_id
       and h.starts_at <= t.at and h.ends_at > t.at
     where not exists (select from production_logs x where x.organization_id = app.org()
       and x.logged_at > now() - interval '400 days')",
    "update work_order_operations s set completed_quantity = x.good, scrapped_quantity = x.scrapped, rework_quantity = x.rework
     from (select operation_id, sum(quantity_good) as good, sum(quantity_scrapped) as scrapped, sum(quantity_rework) as rework
           from production_logs where organization_id = app.org() and logged_at > now() - interval '400 days' group by 1) as x
     where s.organization_id = app.org() and s.id = x.operation_id",
    "update work_orders o set scrapped_quantity = x.scrapped, rework_quantity = x.rework, completed_quantity = x.good
     from (select s.work_order_id, sum(s.scrapped_quantity) as scrapped, sum(s.rework_quantity) as rework,
             (array_agg(s.completed_quantity order by s.operation_number desc))[1] as good
           from work_order_operations s where s.organization_id = app.org() group by 1) as x
     where o.organization_id = app.org() and o.id = x.work_order_id",
    "update machine_status_history h set ended_at = greatest(now() - interval '481 minutes', h.started_at + interval '1 second')
     where h.organization_id = app.org() and h.ended_at is null and h.started_at < now() - interval '16 hours'",
    "insert into machine_status_history (organization_id, plant_id, machine_id, status, started_at, ended_at, reason_id,
       work_order_id, operator_id)
     select app.org(), m.plant_id, m.id, e.status, now() + make_interval(mins => e.min),
       now() + make_interval(mins => lead(e.min) over (partition by m.id order by e.min)), r.id, o.id, u.id
     from jsonb_to_recordset($1 -> 'periods') as e (machine text, status text, reason text, min int, who text, \"order\" text)
     join machines m on m.organization_id = app.org() and m.machine_code = e.machine
     left join (type_list_values r join type_lists l on l.id = r.type_list_id and l.list_code = 'DOWNTIME_REASON')
       on r.organization_id = app.org() and r.value_code = e.reason
     left join work_orders o on o.organization_id = app.org() and o.work_order_number = e.\"order\"
     left join users u on u.organization_id = app.org() and u.employee_number = e.who
     where not exists (select from machine_status_history h
       where h.organization_id = app.org() and h.machine_id = m.id and coalesce(h.ended_at, now()) > now() - interval '480 minutes')",
    "insert into inspection_logs (organization_id, plant_id, inspected_at, inspection_plan_id, inspection_point_id,
       inspection_type, work_order_id, operation_id, machine_id, inspector_id, inspected_quantity, passed_quantity,
       failed_quantity, unit_id, result, notes)
     select app.org(), o.plant_id, now() + make_interval(mins => e.min), p.id, i.id, p.plan_type, o.id, s.id, s.machine_id,
       u.id, i.sample_size, i.sample_size, 0, o.unit_id, 'PASS', 'demo ' || e.seed
     from jsonb_to_recordset($1 -> 'inspections') as e (\"order\" text, op int, plan text, point text, min int, who text, seed int)
     join work_orders o on o.organization_id = app.org() and o.work_order_number = e.\"order\"
     join work_order_operations s on s.organization_id = app.org() and s.work_order_id = o.id and s.operation_number = e.op
     join inspection_plans p on p.organization_id = app.org() and p.plan_code = e.plan
     join inspection_points i on i.organization_id = app.org() and i.inspection_plan_id = p.id and i.point_code = e.point
     join users u on u.organization_id = app.org() and u.employee_number = e.who
     where not exists (select from inspection_logs x where x.organization_id = app.org())",
    "insert into inspection_measurements (organization_id, plant_id, measured_at, inspection_log_id, characteristic_id,
       sample_no, measured_value, measured_text, is_conforming, lower_spec, upper_spec, measured_by)
     select app.org(), l.plant_id, l.inspected_at - make_interval(secs => (c.sequence * 20 + n * 3)), l.id, c.id, n,
       round(c.nominal + (c.upper_spec - c.lower_spec) * (0.22 * sin(n * 2.1 + l.id * 1.7 + c.id) + 0.10 * cos(n * 5.3 + l.id))::numeric,
         c.decimals),
       c.accepted_values[1], true, c.lower_spec, c.upper_spec, l.inspector_id
     from inspection_logs l
     join inspection_points i on i.organization_id = app.org() and i.id = l.inspection_point_id
     join inspection_characteristics c on c.organization_id = app.org() and c.inspection_point_id = i.id
     cross join generate_series(1, i.sample_size) as n
     where l.organization_id = app.org() and l.notes like 'demo %' and $1 is not null
       and not exists (select from inspection_measurements x where x.organization_id = app.org()
         and x.inspection_log_id = l.id and x.measured_at > now() - interval '400 days')",
];

/// Loads everything of a document into the tenant of the transaction.
pub async fn load(tx: &mut TenantTx, document: &Value) -> Result<(), sqlx::Error> {
    sqlx::query("select set_config('app.ingest', 'on', true)").execute(tx.connection()).await?;
    for statement in MASTERS {
        sqlx::query(*statement).bind(document).execute(tx.connection()).await?;
    }
    sqlx::query(
        "select app.make_shift_occurrences(p.id, (current_date - 14), (current_date + 60))
         from plants p where p.organization_id = app.org()",
    )
    .execute(tx.connection())
    .await?;
    for statement in ORDERS.iter().chain(HISTORY) {
        sqlx::query(*statement).bind(document).execute(tx.connection()).await?;
    }
    Ok(())
}

/// A plant's setting, as it shall be.
pub async fn set(tx: &mut TenantTx, plant: &str, key: &str, value: &Value) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into system_settings as s (organization_id, plant_id, setting_key, category, value_type, value)
         select app.org(), p.id, $2, 'demo', 'JSON', $3 from plants p
         where p.organization_id = app.org() and p.plant_code = $1
         on conflict (organization_id, setting_key, plant_id) do update set value = excluded.value
         where s.value is distinct from excluded.value",
    )
    .bind(plant)
    .bind(key)
    .bind(value)
    .execute(tx.connection())
    .await?;
    Ok(())
}
