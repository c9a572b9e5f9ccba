//! What the catalog cannot say about a valid row, table by table.
use serde_json::{Value, json};
use uuid::Uuid;

use super::world::World;

/// Columns of the `n`th row that replace or join the plain ones; nothing while something is missing.
pub fn of(table: &str, world: &World, n: i64) -> Option<Value> {
    let fits = masters(table, world, n)?;
    let fits = if fits.is_null() { floor(table, world, n)? } else { fits };
    Some(if fits.is_null() { office(table, world, n)? } else { fits })
}

fn masters(table: &str, w: &World, n: i64) -> Option<Value> {
    Some(match table {
        "plants" => json!({ "timezone": "Europe/Berlin" }),
        "units_of_measure" => json!({ "dimension": "OTHER" }),
        "bom_headers" => json!({ "material_id": w.second("materials")? }),
        "custom_fields" => {
            json!({ "entity_type": "material", "field_code": format!("{}_{n}", w.tag.to_lowercase()) })
        }
        "field_values" => json!({ "entity_id": w.id("materials")?, "value": "words" }),
        "system_settings" => json!({ "setting_key": format!("{}_{n}", w.tag.to_lowercase()) }),
        "shifts" => json!({
            "start_time": "06:00", "end_time": "14:00", "effective_from": w.day(n), "effective_to": w.day(n) }),
        "work_center_shifts" => json!({ "effective_from": w.day(n), "effective_to": w.day(n) }),
        "shift_occurrences" => json!({
            "starts_at": format!("{}T05:00:00Z", w.day(n)), "ends_at": format!("{}T13:00:00Z", w.day(n)), "zone": "Europe/Berlin" }),
        "lanes" => json!({ "capacity_per_day": 1000, "max_parallel": 100 }),
        "number_series" => {
            let series = ["LABEL", "LOT", "SERIAL", "NCR", "SHIPMENT", "RDA", "WORK_ORDER", "REWORK_ORDER"];
            json!({ "series_code": series[usize::try_from(n).unwrap() % series.len()] })
        }
        "number_leases" => json!({ "block": format!("[{},{})", n * 10, n * 10 + 10) }),
        "user_roles" | "user_plant_access" if n > 0 => json!({ "revoked_at": w.at(n) }),
        "workflow_states" => json!({ "state_type": "INTERMEDIATE" }),
        "workflow_transitions" if n % 2 == 1 => json!({
            "from_state_id": w.second("workflow_states")?, "to_state_id": w.id("workflow_states")? }),
        "workflow_transitions" => json!({
            "from_state_id": w.id("workflow_states")?, "to_state_id": w.second("workflow_states")? }),
        "inspection_characteristics" => json!({
            "characteristic_type": "VARIABLE", "unit_id": w.id("units_of_measure")?, "lower_spec": 1, "upper_spec": 2 }),
        "devices" => json!({ "scope_version": 1 }),
        "device_enrollment_codes" => json!({
            "device_code": format!("NEW-{n}"), "device_name": "new", "expires_at": w.at(-300) }),
        _ => Value::Null,
    })
}

fn floor(table: &str, w: &World, n: i64) -> Option<Value> {
    Some(match table {
        "ncrs" => json!({ "material_id": w.id("materials")? }),
        "inspection_logs" => json!({ "work_order_id": w.id("work_orders")?, "failed_quantity": 0 }),
        "inspection_measurements" => json!({ "measured_value": 1, "is_conforming": true }),
        "machine_status_history" => json!({ "started_at": w.at(n * 60 + 60), "ended_at": w.at(n * 60) }),
        "shift_handovers" => json!({ "from_shift_date": w.day(n), "to_shift_date": w.day(n + 1) }),
        "shift_performances" => json!({
            "revision": 1 + n, "planned_operation_seconds": 0, "planned_busy_seconds": 0,
            "window_start": w.at(60), "window_end": w.at(0) }),
        "qr_code_scans" => json!({ "resolution": "NOT_FOUND" }),
        "lot_batches" => json!({ "source_type": "PURCHASED" }),
        "traceability_links" => json!({
            "relationship_type": "DERIVED_FROM", "parent_lot_id": w.id("lot_batches")?,
            "child_serial_id": w.id("serial_numbers")?, "quantity_used": 1, "unit_id": w.id("units_of_measure")? }),
        "genealogy_records" => json!({ "lot_batch_id": w.id("lot_batches")?, "operation_type": "CREATED" }),
        "barcode_labels" => json!({ "entity_type": "plant", "entity_id": w.id("plants")? }),
        "sync_row" => json!({ "scope": w.id("plants")?, "tbl": w.tag, "row_id": n }),
        "sync_receipts" => json!({ "lane": 1, "seq": 1 + n }),
        "sync_quarantine" => json!({ "lane": 1, "seq": 1 + n, "code": "TEST" }),
        "sync_watermarks" => json!({ "lane": 1 }),
        _ => Value::Null,
    })
}

fn office(table: &str, w: &World, n: i64) -> Option<Value> {
    Some(match table {
        "lane_assignments" => json!({ "scheduled_from": w.day(n), "scheduled_to": w.day(n) }),
        "project_bom" => json!({ "material_id": w.id("materials")? }),
        "approvals" => json!({
            "entity_type": "plant", "entity_id": w.id("plants")?, "approver_user_id": w.id("users")?,
            "requested_by": w.second("users")?, "request_uid": Uuid::new_v4() }),
        "workflow_history" => {
            json!({ "event_type": "STARTED", "entity_type": "plant", "entity_id": w.id("plants")? })
        }
        "shipments" => json!({ "shipment_type": "OUTBOUND" }),
        "shipment_items" => json!({ "material_id": w.id("materials")? }),
        "sap_mappings" => json!({ "entity_type": "plant", "entity_id": w.id("plants")? }),
        "sap_sync_logs" => json!({ "started_at": w.at(n), "finished_at": w.at(-600) }),
        "audit_logs" => json!({ "occurred_at": w.at(n) }),
        "email_templates" if n > 0 => json!({ "is_active": false, "version": 1 + n }),
        "inspection_plans" => json!({ "effective_from": w.day(n), "plan_type": "IN_PROCESS" }),
        "organization_branding" => {
            json!({ "custom_domain": format!("{}.example.org", w.tag.to_lowercase()) })
        }
        _ => json!({}),
    })
}
