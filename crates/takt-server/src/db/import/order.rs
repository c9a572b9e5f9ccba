//! What orders need before they are released.

use serde_json::Value;

use super::TenantTx;

/// Operations that name none follow the next lower one of their order.
pub async fn follow(tx: &mut TenantTx, rows: &[Value]) -> Result<Vec<(i32, i32)>, sqlx::Error> {
    sqlx::query_as(
        "update work_order_operations t set predecessor_operation_id = p.id
         from jsonb_to_recordset($1) as e (n int, id int), work_order_operations p
         where t.organization_id = app.org() and t.id = e.id and t.scheduling_mode <> 'PARALLEL'
           and p.organization_id = app.org() and p.work_order_id = t.work_order_id
           and p.operation_number = (select max(b.operation_number) from work_order_operations b
             where b.organization_id = app.org() and b.work_order_id = t.work_order_id
               and b.operation_number < t.operation_number)
         returning e.n, t.id",
    )
    .bind(Value::from(rows))
    .fetch_all(tx.connection())
    .await
}

/// Works out what orders need of their bills of materials, where that was not done before: per
/// component in its base unit, through phantoms. A phantom without a bill in force has no quantity, and
/// the database refuses that.
pub async fn explode(tx: &mut TenantTx, rows: &[Value]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "with recursive need as (
           select w.id as work_order_id, w.planned_quantity * u.factor_to_base / b.factor_to_base / h.base_quantity as times,
             l.id as line_id, l.component_material_id as material_id, l.quantity * (1 + l.scrap_ratio) as quantity,
             l.unit_id, l.operation_number, l.issue_method, l.is_phantom, 1 as depth, array[l.line_number] as place,
             coalesce((w.planned_start at time zone p.timezone)::date, (now() at time zone p.timezone)::date) as day, w.plant_id
           from jsonb_to_recordset($1) as e (id int)
           join work_orders w on w.organization_id = app.org() and w.id = e.id
           join plants p on p.organization_id = app.org() and p.id = w.plant_id
           join bom_headers h on h.organization_id = app.org() and h.id = w.bom_header_id
           join units_of_measure u on u.organization_id = app.org() and u.id = w.unit_id
           join units_of_measure b on b.organization_id = app.org() and b.id = h.unit_id
           join bom_lines l on l.organization_id = app.org() and l.bom_header_id = h.id
           where not exists (select from work_order_materials m where m.organization_id = app.org() and m.work_order_id = w.id)
           union all
           select n.work_order_id, n.times * n.quantity * u.factor_to_base / b.factor_to_base / h.base_quantity,
             l.id, l.component_material_id, l.quantity * (1 + l.scrap_ratio), l.unit_id,
             coalesce(l.operation_number, n.operation_number), l.issue_method, l.is_phantom, n.depth + 1,
             n.place || l.line_number, n.day, n.plant_id
           from need n
           cross join lateral (
             select h.* from bom_headers h where h.organization_id = app.org() and h.material_id = n.material_id
               and h.bom_type = 'PRODUCTION' and h.status = 'ACTIVE' and h.effective @> n.day
               and coalesce(h.plant_id = n.plant_id, true)
             order by h.plant_id nulls last limit 1) as h
           join units_of_measure u on u.organization_id = app.org() and u.id = n.unit_id
           join units_of_measure b on b.organization_id = app.org() and b.id = h.unit_id
           join bom_lines l on l.organization_id = app.org() and l.bom_header_id = h.id
           where n.is_phantom and n.depth < 10)
         insert into work_order_materials (organization_id, work_order_id, line_number, material_id, operation_id,
           bom_line_id, required_quantity, unit_id, issue_method)
         select app.org(), n.work_order_id, 10 * row_number() over (partition by n.work_order_id order by n.place),
           n.material_id, o.id, n.line_id,
           case when not n.is_phantom then
             greatest(round(n.times * n.quantity * u.factor_to_base / b.factor_to_base, 4), 0.0001) end,
           m.base_unit_id, n.issue_method
         from need n
         join materials m on m.organization_id = app.org() and m.id = n.material_id
         join units_of_measure u on u.organization_id = app.org() and u.id = n.unit_id
         join units_of_measure b on b.organization_id = app.org() and b.id = m.base_unit_id
         left join work_order_operations o on o.organization_id = app.org() and o.work_order_id = n.work_order_id
           and o.operation_number = n.operation_number
         where not n.is_phantom or not exists (
           select from bom_headers h where h.organization_id = app.org() and h.material_id = n.material_id
             and h.bom_type = 'PRODUCTION' and h.status = 'ACTIVE' and h.effective @> n.day
             and coalesce(h.plant_id = n.plant_id, true))",
    )
    .bind(Value::from(rows))
    .execute(tx.connection())
    .await?;
    Ok(())
}
