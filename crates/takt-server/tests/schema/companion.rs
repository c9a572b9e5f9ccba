//! What has to change beside a reference so that a row with it is valid.
use serde_json::{Value, json};

use super::catalog::Reference;
use super::world::World;

/// A second row is not possible beside the first: references are probed by update, unique keys not at all.
pub const SINGLE: [&str; 3] = ["organization_branding", "rework_configs", "field_values"];
/// The session roles insert nothing here.
pub const NOT_INSERTED: [&str; 2] = ["organizations", "sync_row"];

/// Further columns of a row that uses this reference.
pub fn of(table: &str, column: &str, own: &World) -> Value {
    let now = own.at(0);
    match (table, column) {
        ("approvals", "approver_role_id") => json!({ "approver_user_id": null }),
        ("approvals", "responded_by") => {
            json!({ "responded_at": now, "status": "APPROVED", "requested_by": own.second("users") })
        }
        ("custom_fields", "type_list_id") => json!({ "field_type": "SELECT" }),
        ("device_enrollment_codes", "device_id") => json!({ "device_code": null, "device_name": null }),
        ("device_enrollment_codes", "used_by_device_id") => json!({ "used_at": now }),
        ("genealogy_records", "serial_number_id") => json!({ "lot_batch_id": null }),
        ("help_calls", "taken_by") => json!({ "taken_at": now }),
        ("inspection_plans", "approved_by") => json!({ "approved_at": now, "status": "APPROVED" }),
        ("machine_status_history", "explained_by") => {
            json!({ "explained_at": now, "reason_id": own.words["DOWNTIME_REASON"] })
        }
        ("ncrs", "disposition_by") => json!({ "disposition": "SCRAP", "disposition_at": now }),
        ("production_logs", "shift_id") => json!({ "shift_date": own.day(0) }),
        ("shift_handovers", "acknowledged_by") => {
            json!({ "acknowledged_at": now, "status": "ACKNOWLEDGED", "handed_over_by": own.second("users"), "handed_over_at": now })
        }
        ("traceability_links", "child_lot_id") => json!({
            "child_serial_id": null, "parent_lot_id": null, "parent_serial_id": own.second("serial_numbers") }),
        ("traceability_links", "parent_serial_id") => json!({
            "parent_lot_id": null, "child_serial_id": null, "work_order_id": own.id("work_orders") }),
        ("traceability_links", "voided_by") => json!({ "voided_at": now, "void_reason": "mistake" }),
        ("workflow_transitions", "from_state_id") => json!({ "to_state_id": own.id("workflow_states") }),
        ("workflow_transitions", "to_state_id") => json!({ "from_state_id": own.second("workflow_states") }),
        _ => json!({}),
    }
}

/// The row of one's own that a column refers to: of the right vocabulary, else the world's.
pub fn own_id(table: &str, reference: &Reference, place: usize, own: &World) -> Value {
    let column = &reference.columns[place];
    let list = own.lists.get(&(table.to_owned(), column.clone()));
    match (list, table, column.as_str()) {
        (Some(list), ..) => json!(own.words[list]),
        (_, "workflow_transitions", "from_state_id") => json!(own.second("workflow_states")),
        _ => own.rows[&reference.target][&reference.target_columns[place]].clone(),
    }
}
