//! What terminals mirror: the bodies of takt_wire::row, built by the database from live rows.
//! Numbers travel as text, so that no reader makes a binary float of them.

use serde_json::Value;
use sqlx::FromRow;

use super::TenantTx;

/// A row as terminals get it.
#[derive(FromRow)]
pub struct Mirrored {
    /// Its id.
    pub id: i64,
    /// Its body.
    pub body: Value,
    /// Of a person: the PHC string of the PIN. It never leaves the server.
    pub pin_hash: Option<String>,
}

/// Which rows of a table.
pub enum Which<'a> {
    /// The next ones by primary key.
    After(i64),
    /// These.
    These(&'a [i64]),
}

/// Rows of a mirrored table that this device may have, by primary key. What is not answered is not
/// there for it.
pub async fn rows(
    tx: &mut TenantTx,
    table: &str,
    which: Which<'_>,
    limit: usize,
) -> Result<Vec<Mirrored>, sqlx::Error> {
    let Some(sql) = statement(table) else { return Ok(Vec::new()) };
    let (after, these) = match which {
        Which::After(id) => (id, None),
        Which::These(ids) => (i64::MIN, Some(ids)),
    };
    sqlx::query_as(sql)
        .bind(after)
        .bind(these)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(tx.connection())
        .await
}

/// One statement per table: `t` is the mirrored row, `$1` the id to go on after, `$2` the wanted ids.
macro_rules! mirrored {
    ($body:literal, $from:literal) => {
        mirrored!($body, $from, "null::text")
    };
    ($body:literal, $from:literal, $pin_hash:literal) => {
        concat!(
            "select t.id::bigint as id, ",
            $body,
            " as body, ",
            $pin_hash,
            " as pin_hash ",
            $from,
            " and t.organization_id = app.org() and t.id > $1 and ($2::bigint[] is null or t.id = any ($2))
              order by t.id limit $3"
        )
    };
}

/// Orders stay on terminals for two weeks after their end.
macro_rules! live_order {
    ($order:literal) => {
        concat!(
            $order,
            ".plant_id = app.plant() and (",
            $order,
            ".status not in ('COMPLETED', 'CANCELLED') or ",
            $order,
            ".updated_at > now() - interval '14 days')"
        )
    };
}

/// The last inspection of each checkpoint of a step, made void by no later one. What was made by then is the present counters
/// less what was made later, so that lines which arrive late count to where they happened. The plain bound keeps the
/// plan to a few chunks: an inspection older than that is due by any count of pieces.
#[rustfmt::skip]
macro_rules! last_checks {
    ($step:literal) => {
        concat!(
            "(select coalesce(jsonb_agg(jsonb_build_object('point_id', c.inspection_point_id, 'uid', c.uid,
                'at', c.inspected_at, 'result', c.result, 'attempt_no', c.attempt_no, 'made',
                (", $step, ".completed_quantity + ", $step, ".scrapped_quantity + ", $step, ".rework_quantity - (
                  select coalesce(sum(p.quantity_good + p.quantity_scrapped + p.quantity_rework), 0) from production_logs p
                  where p.organization_id = ", $step, ".organization_id and p.work_order_id = ", $step, ".work_order_id
                    and p.operation_id = ", $step, ".id and p.logged_at > c.inspected_at
                    and p.logged_at > now() - interval '90 days'))::text)), '[]')
              from (select distinct on (l.inspection_point_id) l.inspection_point_id, l.uid, l.inspected_at, l.result, l.attempt_no
                from inspection_logs l
                where l.organization_id = ", $step, ".organization_id and l.work_order_id = ", $step, ".work_order_id
                  and l.operation_id = ", $step, ".id and l.inspection_point_id is not null
                  and not exists (select from inspection_logs v where v.organization_id = l.organization_id
                    and v.work_order_id = l.work_order_id and v.voids_uid = l.uid)
                order by l.inspection_point_id, l.inspected_at desc, l.id desc) as c)"
        )
    };
}

fn statement(table: &str) -> Option<&'static str> {
    place(table).or_else(|| work(table)).or_else(|| quality(table))
}

/// People, places and what everything is counted in.
#[rustfmt::skip]
fn place(table: &str) -> Option<&'static str> {
    Some(match table {
        "plants" => mirrored!(
            "jsonb_build_object('id', t.id, 'plant_code', t.plant_code, 'plant_name', t.plant_name, 'timezone', t.timezone)",
            "from plants t where t.id = app.plant()"),
        "work_centers" => mirrored!(
            "jsonb_build_object('id', t.id, 'plant_id', t.plant_id, 'work_center_code', t.work_center_code,
               'work_center_name', t.work_center_name, 'work_center_type', t.work_center_type, 'is_active', t.is_active)",
            "from work_centers t where t.plant_id = app.plant()"),
        "users" => mirrored!(
            "jsonb_build_object('id', t.id, 'full_name', t.full_name, 'locale', t.locale, 'status', t.status,
               'badge_hash', t.badge_hash, 'access_level', a.access_level, 'access_until', a.valid_until,
               'roles', (select coalesce(jsonb_agg(distinct r.role_code), '[]') from user_roles ur
                 join roles r on r.organization_id = ur.organization_id and r.id = ur.role_id and r.is_active
                 where ur.organization_id = t.organization_id and ur.user_id = t.id and ur.revoked_at is null
                   and ur.valid_from <= now() and coalesce(ur.valid_until > now(), true)
                   and coalesce(ur.plant_id = app.plant(), true)),
               'grants', (select coalesce(jsonb_agg(jsonb_build_object('role', r.role_code, 'from', ur.valid_from, 'until', ur.valid_until)
                   order by ur.id), '[]') from user_roles ur
                 join roles r on r.organization_id = ur.organization_id and r.id = ur.role_id and r.is_active
                 where ur.organization_id = t.organization_id and ur.user_id = t.id and ur.revoked_at is null
                   and coalesce(ur.valid_until > now(), true) and coalesce(ur.plant_id = app.plant(), true)))",
            "from users t join user_plant_access a on a.organization_id = t.organization_id and a.user_id = t.id
               and a.plant_id = app.plant() and a.revoked_at is null where coalesce(a.valid_until > now(), true)",
            "t.pin_hash"),
        "machines" => mirrored!(
            "jsonb_build_object('id', t.id, 'plant_id', t.plant_id, 'work_center_id', t.work_center_id,
               'machine_code', t.machine_code, 'machine_name', t.machine_name, 'status', t.status,
               'status_since', t.status_since, 'status_reason_id', (select h.reason_id from machine_status_history h
                 where h.organization_id = t.organization_id and h.machine_id = t.id and h.ended_at is null
                   and h.status = t.status order by h.started_at desc limit 1),
               'ideal_cycle_seconds', t.ideal_cycle_seconds::text, 'is_active', t.is_active)",
            "from machines t where t.plant_id = app.plant()"),
        "materials" => mirrored!(
            "jsonb_build_object('id', t.id, 'material_number', t.material_number, 'material_name', t.material_name,
               'tracking_mode', t.tracking_mode, 'drawing_number', t.drawing_number)",
            "from materials t where coalesce(t.plant_id = app.plant(), true)"),
        "units_of_measure" => mirrored!(
            "jsonb_build_object('id', t.id, 'unit_code', t.unit_code, 'decimals', t.decimals)",
            "from units_of_measure t where true"),
        "type_list_values" => mirrored!(
            "jsonb_build_object('id', t.id, 'list_code', l.list_code, 'value_code', t.value_code,
               'value_label', t.value_label, 'labels', t.labels, 'parent_value_id', t.parent_value_id,
               'oee_class', case t.attributes ->> 'oee_class' when 'AVAILABILITY' then 'availability_loss'
                 when 'PLANNED' then 'planned_stop' when 'PERFORMANCE' then 'performance_loss' end, 'display_order', t.display_order, 'is_active', t.is_active)",
            "from type_list_values t
             join type_lists l on l.organization_id = t.organization_id and l.id = t.type_list_id
             where l.list_code in ('SCRAP_REASON', 'REWORK_REASON', 'DOWNTIME_REASON', 'DEFECT_TYPE')
               and coalesce(t.plant_id = app.plant(), true)"),
        "system_settings" => mirrored!(
            "jsonb_build_object('id', t.id, 'setting_key', t.setting_key, 'plant_id', t.plant_id, 'value', t.value)",
            "from system_settings t where not t.is_secret and coalesce(t.plant_id = app.plant(), true)"),
        _ => return None,
    })
}

/// What is to be made, when.
#[rustfmt::skip]
fn work(table: &str) -> Option<&'static str> {
    Some(match table {
        "work_orders" => concat!(
            "select t.id::bigint as id, jsonb_build_object('id', t.id, 'plant_id', t.plant_id,
               'work_order_number', t.work_order_number, 'status', t.status, 'material_id', t.material_id,
               'planned_quantity', t.planned_quantity::text, 'unit_id', t.unit_id, 'priority', t.priority,
               'planned_end', t.planned_end, 'pack_sizes', coalesce(packs.value, '[]')) as body, null::text as pin_hash
             from work_orders t
             left join materials m on m.organization_id = t.organization_id and m.id = t.material_id
             left join lateral (select s.value from system_settings s where s.organization_id = t.organization_id
               and s.setting_key = 'packs.' || regexp_replace(lower(m.material_number), '[^a-z0-9]+', '_', 'g')
               and coalesce(s.plant_id = t.plant_id, true) order by s.plant_id nulls last limit 1) packs on true
             where ", live_order!("t"),
            " and t.organization_id = app.org() and t.id > $1 and ($2::bigint[] is null or t.id = any ($2))
             order by t.id limit $3"),
        "work_order_operations" => concat!(
            "select t.id::bigint as id, jsonb_build_object('id', t.id, 'work_order_id', t.work_order_id,
               'operation_number', t.operation_number, 'operation_name', t.operation_name,
               'work_center_id', t.work_center_id, 'machine_id', t.machine_id, 'status', t.status,
               'run_seconds_per_unit', t.run_seconds_per_unit::text, 'planned_start', t.planned_start,
               'predecessor_operation_id', t.predecessor_operation_id, 'scheduling_mode', t.scheduling_mode,
               'overlap_start_ratio', t.overlap_start_ratio::text,
               'requires_inspection', t.requires_inspection, 'checks', ", last_checks!("t"), ", 'instructions', t.instructions,
               'completed_quantity', t.completed_quantity::text, 'scrapped_quantity', t.scrapped_quantity::text,
               'rework_quantity', t.rework_quantity::text) as body, null::text as pin_hash
             from work_order_operations t
             join work_orders w on w.organization_id = t.organization_id and w.id = t.work_order_id
             where ", live_order!("w"),
            " and t.organization_id = app.org() and t.id > $1 and ($2::bigint[] is null or t.id = any ($2))
             order by t.id limit $3"),
        "shifts" => mirrored!(
            "jsonb_build_object('id', t.id, 'shift_code', t.shift_code, 'shift_name', t.shift_name,
               'production_target', t.production_target::text, 'break_minutes', t.break_minutes, 'is_active', t.is_active)",
            "from shifts t where t.plant_id = app.plant()"),
        "shift_occurrences" => mirrored!(
            "jsonb_build_object('id', t.id, 'shift_id', t.shift_id, 'business_date', t.business_date,
               'starts_at', t.starts_at, 'ends_at', t.ends_at)",
            "from shift_occurrences t where t.plant_id = app.plant() and t.is_worked
               and t.ends_at > now() - interval '15 days'"),
        "shift_handovers" => mirrored!(
            "jsonb_build_object('id', t.id, 'uid', t.uid, 'from_shift_id', t.from_shift_id,
               'from_shift_date', t.from_shift_date, 'to_shift_id', t.to_shift_id, 'to_shift_date', t.to_shift_date,
               'work_center_id', t.work_center_id, 'status', t.status, 'handed_over_by', t.handed_over_by,
               'handed_over_at', t.handed_over_at, 'acknowledged_by', t.acknowledged_by,
               'acknowledged_at', t.acknowledged_at, 'items', t.items, 'addenda', t.addenda, 'notes', coalesce(t.production_summary, ''))
             || case when t.figures = '{}' then '{}' else jsonb_build_object('figures', t.figures) end",
            "from shift_handovers t where t.plant_id = app.plant() and t.status <> 'DRAFT'
               and t.handed_over_at > now() - interval '14 days'"),
        _ => return None,
    })
}

/// How it is judged.
#[rustfmt::skip]
fn quality(table: &str) -> Option<&'static str> {
    Some(match table {
        "inspection_plans" => mirrored!(
            "jsonb_build_object('id', t.id, 'plan_code', t.plan_code, 'revision', t.revision, 'plan_name', t.plan_name,
               'plan_type', t.plan_type, 'material_id', t.material_id, 'work_center_id', t.work_center_id,
               'operation_number', t.operation_number, 'effective_from', t.effective_from, 'effective_to', t.effective_to)",
            "from inspection_plans t where t.status = 'APPROVED' and coalesce(t.plant_id = app.plant(), true)"),
        "inspection_points" => mirrored!(
            "jsonb_build_object('id', t.id, 'inspection_plan_id', t.inspection_plan_id, 'point_code', t.point_code,
               'point_name', t.point_name, 'sequence', t.sequence, 'frequency_type', t.frequency_type,
               'frequency_value', t.frequency_value, 'sample_size', t.sample_size, 'is_mandatory', t.is_mandatory,
               'is_critical', t.is_critical, 'instructions', t.instructions)",
            "from inspection_points t
             join inspection_plans p on p.organization_id = t.organization_id and p.id = t.inspection_plan_id
             where p.status = 'APPROVED' and coalesce(p.plant_id = app.plant(), true)"),
        "inspection_characteristics" => mirrored!(
            "jsonb_build_object('id', t.id, 'inspection_point_id', t.inspection_point_id,
               'characteristic_code', t.characteristic_code, 'characteristic_name', t.characteristic_name,
               'sequence', t.sequence, 'characteristic_type', t.characteristic_type, 'unit_id', t.unit_id,
               'nominal', t.nominal::text, 'lower_spec', t.lower_spec::text, 'upper_spec', t.upper_spec::text,
               'lower_control', t.lower_control::text, 'upper_control', t.upper_control::text, 'decimals', t.decimals,
               'allowed_values', coalesce(to_jsonb(t.allowed_values), '[]'),
               'accepted_values', coalesce(to_jsonb(t.accepted_values), '[]'),
               'measurement_method', t.measurement_method, 'is_critical', t.is_critical)",
            "from inspection_characteristics t
             join inspection_points i on i.organization_id = t.organization_id and i.id = t.inspection_point_id
             join inspection_plans p on p.organization_id = i.organization_id and p.id = i.inspection_plan_id
             where p.status = 'APPROVED' and coalesce(p.plant_id = app.plant(), true)"),
        "ncrs" => mirrored!(
            "jsonb_build_object('id', t.id, 'uid', t.uid, 'ncr_number', t.ncr_number, 'severity', t.severity,
               'status', t.status, 'work_order_id', t.work_order_id, 'description', t.description,
               'quantity_defective', t.quantity_defective::text, 'detected_at', t.detected_at)",
            "from ncrs t where t.plant_id = app.plant() and t.status not in ('CLOSED', 'CANCELLED')"),
        _ => return None,
    })
}
