//! Orders and operations as production changes them: read under lock once a batch, written once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::FromRow;
use takt_domain::Quantity;

use super::TenantTx;
use crate::push::production::{Operation, Order, States};

#[derive(FromRow)]
struct OrderRow {
    id: i32,
    status: String,
    planned_quantity: Decimal,
    completed_quantity: Decimal,
    scrapped_quantity: Decimal,
    rework_quantity: Decimal,
    actual_start: Option<DateTime<Utc>>,
    actual_end: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct OperationRow {
    id: i32,
    work_order_id: i32,
    operation_number: i32,
    status: String,
    scheduling_mode: String,
    overlap_start_ratio: Decimal,
    requires_inspection: bool,
    is_inspected: bool,
    predecessor_operation_id: Option<i32>,
    completed_quantity: Decimal,
    scrapped_quantity: Decimal,
    rework_quantity: Decimal,
    actual_start: Option<DateTime<Utc>>,
    actual_end: Option<DateTime<Utc>>,
}

/// Orders and all their operations, locked in the order of their ids.
pub async fn lock(tx: &mut TenantTx, orders: &[i32]) -> Result<States, sqlx::Error> {
    let orders: Vec<OrderRow> = sqlx::query_as(
        "select id, status, planned_quantity, completed_quantity, scrapped_quantity, rework_quantity, actual_start,
           actual_end
         from work_orders where organization_id = app.org() and id = any ($1) order by id for no key update",
    )
    .bind(orders)
    .fetch_all(tx.connection())
    .await?;
    let ids: Vec<i32> = orders.iter().map(|order| order.id).collect();
    let operations: Vec<OperationRow> = sqlx::query_as(
        "select o.id, o.work_order_id, o.operation_number, o.status, o.scheduling_mode, o.overlap_start_ratio,
           o.requires_inspection, o.requires_inspection and coalesce((
             select l.result in ('PASS', 'CONDITIONAL') from inspection_logs l
             where l.organization_id = o.organization_id and l.work_order_id = o.work_order_id and l.operation_id = o.id
             order by l.inspected_at desc limit 1), false) as is_inspected,
           o.predecessor_operation_id, o.completed_quantity, o.scrapped_quantity, o.rework_quantity, o.actual_start,
           o.actual_end
         from work_order_operations o where o.organization_id = app.org() and o.work_order_id = any ($1)
         order by o.id for no key update of o",
    )
    .bind(ids)
    .fetch_all(tx.connection())
    .await?;
    Ok(States {
        orders: orders
            .into_iter()
            .map(|row| Ok((row.id, order(row)?)))
            .collect::<Result<_, sqlx::Error>>()?,
        operations: operations
            .into_iter()
            .map(|row| Ok((row.id, operation(row)?)))
            .collect::<Result<BTreeMap<_, _>, sqlx::Error>>()?,
    })
}

fn order(row: OrderRow) -> Result<Order, sqlx::Error> {
    Ok(Order {
        id: row.id,
        status: word(&row.status)?,
        planned: Quantity::new(row.planned_quantity).map_err(decode)?,
        completed: row.completed_quantity,
        scrapped: row.scrapped_quantity,
        rework: row.rework_quantity,
        actual_start: row.actual_start,
        actual_end: row.actual_end,
    })
}

fn operation(row: OperationRow) -> Result<Operation, sqlx::Error> {
    Ok(Operation {
        id: row.id,
        order_id: row.work_order_id,
        number: row.operation_number,
        status: word(&row.status)?,
        mode: word(&row.scheduling_mode)?,
        overlap_start_ratio: row.overlap_start_ratio,
        requires_inspection: row.requires_inspection,
        inspected: row.is_inspected,
        predecessor: row.predecessor_operation_id,
        completed: row.completed_quantity,
        scrapped: row.scrapped_quantity,
        rework: row.rework_quantity,
        actual_start: row.actual_start,
        actual_end: row.actual_end,
    })
}

fn word<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    text: &str,
) -> Result<T, sqlx::Error> {
    text.parse().map_err(decode)
}

fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}

/// Writes what differs between two states.
pub async fn write(tx: &mut TenantTx, before: &States, after: &States) -> Result<(), sqlx::Error> {
    let orders: Vec<&Order> =
        after.orders.values().filter(|it| before.orders.get(&it.id) != Some(it)).collect();
    let steps: Vec<&Operation> =
        after.operations.values().filter(|it| before.operations.get(&it.id) != Some(it)).collect();
    if !steps.is_empty() {
        write_operations(tx, &steps).await?;
    }
    if !orders.is_empty() {
        write_orders(tx, &orders).await?;
    }
    Ok(())
}

async fn write_orders(tx: &mut TenantTx, orders: &[&Order]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update work_orders t set status = e.status, completed_quantity = e.completed, scrapped_quantity = e.scrapped,
           rework_quantity = e.rework, actual_start = e.actual_start, actual_end = e.actual_end
         from unnest($1::int[], $2::text[], $3::numeric[], $4::numeric[], $5::numeric[], $6::timestamptz[],
           $7::timestamptz[]) as e (id, status, completed, scrapped, rework, actual_start, actual_end)
         where t.organization_id = app.org() and t.id = e.id",
    )
    .bind(orders.iter().map(|it| it.id).collect::<Vec<_>>())
    .bind(orders.iter().map(|it| it.status.as_str()).collect::<Vec<_>>())
    .bind(orders.iter().map(|it| it.completed).collect::<Vec<_>>())
    .bind(orders.iter().map(|it| it.scrapped).collect::<Vec<_>>())
    .bind(orders.iter().map(|it| it.rework).collect::<Vec<_>>())
    .bind(orders.iter().map(|it| it.actual_start).collect::<Vec<_>>())
    .bind(orders.iter().map(|it| it.actual_end).collect::<Vec<_>>())
    .execute(tx.connection())
    .await?;
    Ok(())
}

async fn write_operations(tx: &mut TenantTx, steps: &[&Operation]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "update work_order_operations t set status = e.status, completed_quantity = e.completed,
           scrapped_quantity = e.scrapped, rework_quantity = e.rework, actual_start = e.actual_start,
           actual_end = e.actual_end
         from unnest($1::int[], $2::text[], $3::numeric[], $4::numeric[], $5::numeric[], $6::timestamptz[],
           $7::timestamptz[]) as e (id, status, completed, scrapped, rework, actual_start, actual_end)
         where t.organization_id = app.org() and t.id = e.id",
    )
    .bind(steps.iter().map(|it| it.id).collect::<Vec<_>>())
    .bind(steps.iter().map(|it| it.status.as_str()).collect::<Vec<_>>())
    .bind(steps.iter().map(|it| it.completed).collect::<Vec<_>>())
    .bind(steps.iter().map(|it| it.scrapped).collect::<Vec<_>>())
    .bind(steps.iter().map(|it| it.rework).collect::<Vec<_>>())
    .bind(steps.iter().map(|it| it.actual_start).collect::<Vec<_>>())
    .bind(steps.iter().map(|it| it.actual_end).collect::<Vec<_>>())
    .execute(tx.connection())
    .await?;
    Ok(())
}
