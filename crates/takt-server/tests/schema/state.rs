//! The state machines of the data dictionary (section 6), and what a row needs to be in a state.
use serde_json::{Value, json};

use super::world::World;

pub struct StateMachine {
    pub table: &'static str,
    pub column: &'static str,
    /// `FROM>TO,TO …`, as the dictionary has them; every state is named at least once.
    pub allowed: &'static str,
}

const fn machine(table: &'static str, allowed: &'static str) -> StateMachine {
    StateMachine { table, column: "status", allowed }
}

/// Written from the dictionary, not read from the schema.
pub const MACHINES: &[StateMachine] = &[
    machine(
        "work_orders",
        "PLANNED>RELEASED,CANCELLED RELEASED>IN_PROGRESS,PLANNED,CANCELLED IN_PROGRESS>PAUSED,COMPLETED,CANCELLED \
         PAUSED>IN_PROGRESS,COMPLETED,CANCELLED",
    ),
    machine(
        "work_order_operations",
        "PENDING>IN_PROGRESS,SKIPPED IN_PROGRESS>PAUSED,COMPLETED PAUSED>IN_PROGRESS,COMPLETED",
    ),
    machine("ncrs", "OPEN>IN_REVIEW,CANCELLED IN_REVIEW>RESOLVED,OPEN,CANCELLED RESOLVED>CLOSED,IN_REVIEW"),
    machine("inspection_plans", "DRAFT>APPROVED APPROVED>RETIRED"),
    machine("shift_handovers", "DRAFT>SUBMITTED SUBMITTED>ACKNOWLEDGED,DISPUTED DISPUTED>SUBMITTED"),
    machine(
        "shipments",
        "DRAFT>PACKED,CANCELLED PACKED>DRAFT,SHIPPED,CANCELLED SHIPPED>IN_TRANSIT,DELIVERED,RETURNED \
         IN_TRANSIT>DELIVERED,RETURNED DELIVERED>RETURNED",
    ),
    machine(
        "rda_drawings",
        "DRAFT>SUBMITTED SUBMITTED>IN_REVIEW,APPROVED,REJECTED,DRAFT IN_REVIEW>APPROVED,REJECTED APPROVED>SUPERSEDED",
    ),
    machine("approvals", "PENDING>APPROVED,REJECTED,ESCALATED,CANCELLED,EXPIRED"),
    StateMachine {
        table: "lot_batches",
        column: "quality_status",
        allowed: "PENDING>RELEASED,QUARANTINE,REJECTED RELEASED>QUARANTINE,EXPIRED QUARANTINE>RELEASED,REJECTED \
                  EXPIRED>RELEASED,REJECTED REJECTED>QUARANTINE",
    },
    machine(
        "serial_numbers",
        "CREATED>IN_STOCK,CONSUMED,SCRAPPED IN_STOCK>RESERVED,SHIPPED,CONSUMED,SCRAPPED RESERVED>IN_STOCK,SHIPPED,CONSUMED \
         SHIPPED>INSTALLED,RETURNED INSTALLED>IN_SERVICE,RETURNED,SCRAPPED IN_SERVICE>RETURNED,SCRAPPED \
         RETURNED>IN_STOCK,SCRAPPED CONSUMED>IN_STOCK",
    ),
    machine(
        "projects",
        "PLANNING>ACTIVE,CANCELLED ACTIVE>ON_HOLD,COMPLETED,CANCELLED ON_HOLD>ACTIVE,CANCELLED COMPLETED>ARCHIVED",
    ),
    machine("lane_assignments", "PLANNED>ACTIVE,CANCELLED ACTIVE>COMPLETED,CANCELLED"),
    machine("bom_headers", "DRAFT>ACTIVE ACTIVE>RETIRED"),
    machine("workflows", "DRAFT>ACTIVE ACTIVE>RETIRED"),
    machine(
        "project_documents",
        "DRAFT>IN_REVIEW IN_REVIEW>RELEASED,DRAFT RELEASED>SUPERSEDED SUPERSEDED>ARCHIVED",
    ),
    machine("project_milestones", "NOT_STARTED>IN_PROGRESS,CANCELLED IN_PROGRESS>COMPLETED,CANCELLED"),
    machine("report_executions", "PENDING>RUNNING,CANCELLED RUNNING>COMPLETED,FAILED,CANCELLED"),
    machine(
        "devices",
        "PENDING>ACTIVE,REVOKED ACTIVE>SUSPENDED,DRAINING,REVOKED SUSPENDED>ACTIVE,DRAINING,REVOKED \
         DRAINING>ACTIVE,SUSPENDED,REVOKED",
    ),
    machine("sync_quarantine", "OPEN>REPLAYED,REPAIRED,DISCARDED"),
    machine("file_uploads", "UPLOADING>STORED,REJECTED STORED>DELETED"),
    machine("help_calls", "CALLED>TAKEN,RESOLVED,CANCELLED TAKEN>RESOLVED,CANCELLED"),
];

/// A machine's status is written by its periods.
pub const PERIODS: StateMachine = machine(
    "machine_status_history",
    "AVAILABLE>RUNNING,SETUP,DOWN,MAINTENANCE,DECOMMISSIONED RUNNING>IDLE,SETUP,DOWN,AVAILABLE \
     IDLE>RUNNING,SETUP,DOWN,AVAILABLE SETUP>RUNNING,IDLE,DOWN,AVAILABLE DOWN>RUNNING,MAINTENANCE,AVAILABLE \
     MAINTENANCE>AVAILABLE,DOWN,DECOMMISSIONED",
);

impl StateMachine {
    pub fn allows(&self, from: &str, to: &str) -> bool {
        let from_here = |part: &str| {
            part.split_once('>')
                .filter(|(start, _)| *start == from)
                .map(|(_, ends)| ends.split(',').any(|end| end == to))
        };
        self.allowed.split_whitespace().filter_map(from_here).any(|found| found)
    }
}

/// Everything a row shows in a state, so that only the guard decides about the move.
pub fn evidence(table: &str, state: &str, w: &World) -> Value {
    let (then, later) = ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
    let user = w.id("users");
    let only = |states: &[&str], value: Value| if states.contains(&state) { value } else { Value::Null };
    match table {
        "work_orders" => json!({ "actual_start": then, "actual_end": later, "status_reason": "why" }),
        "work_order_operations" => json!({ "actual_start": then, "actual_end": later }),
        "ncrs" => json!({
            "disposition": "SCRAP", "disposition_by": user, "disposition_at": then, "resolved_by": user, "resolved_at": then,
            "closed_by": user, "closed_at": later, "root_cause": "wear", "corrective_action": "new tool" }),
        "inspection_plans" => {
            let approved = ["APPROVED", "RETIRED"];
            json!({ "approved_by": only(&approved, json!(user)), "approved_at": only(&approved, json!(then)) })
        }
        "shift_handovers" => json!({
            "handed_over_at": then, "acknowledged_by": only(&["ACKNOWLEDGED"], json!(w.second("users"))),
            "acknowledged_at": only(&["ACKNOWLEDGED"], json!(later)) }),
        "shipments" => json!({ "carrier_name": "Carrier", "shipped_at": then, "delivered_at": later }),
        "rda_drawings" => json!({
            "submitted_at": then, "document_id": w.id("project_documents"), "rejection_reason": "why",
            "decided_at": only(&["APPROVED", "REJECTED", "SUPERSEDED"], json!(later)) }),
        "approvals" => json!({
            "responded_at": only(&["APPROVED", "REJECTED"], json!(later)), "response_comment": "why",
            "responded_by": only(&["APPROVED", "REJECTED"], w.rows[table]["approver_user_id"].clone()) }),
        "serial_numbers" => {
            json!({ "shipment_item_id": w.id("shipment_items"), "quality_status": "RELEASED" })
        }
        "project_milestones" => {
            json!({ "progress_ratio": 1, "actual_date": only(&["COMPLETED"], json!("2026-01-02")) })
        }
        "report_executions" => json!({ "started_at": then, "completed_at": later }),
        "devices" => json!({ "public_key": format!("\\x{}", "ab".repeat(32)) }),
        "sync_quarantine" => json!({
            "resolution_note": "why", "resolved_at": only(&["REPLAYED", "REPAIRED", "DISCARDED"], json!(later)) }),
        "file_uploads" => {
            json!({ "received_bytes": 1, "size_bytes": 1, "deleted_at": only(&["DELETED"], json!(later)) })
        }
        "help_calls" => json!({
            "called_at": then, "taken_at": then, "taken_by": user,
            "resolved_at": only(&["RESOLVED", "CANCELLED"], json!(later)) }),
        _ => json!({}),
    }
}

/// What stands around the world's rows so that the guards have nothing to object to.
pub fn surroundings(w: &World) -> String {
    let id = |table: &str| w.rows[table]["id"].clone();
    format!(
        "delete from production_logs;
         update work_order_operations set status = 'SKIPPED';
         update shipment_items set packed_quantity = quantity;
         update workflow_states set state_type = case when id = {initial} then 'INITIAL' else 'FINAL' end;
         insert into approvals (organization_id, request_uid, entity_type, entity_id, title, approver_user_id, requested_by, status, responded_by, responded_at)
         values ({org}, gen_random_uuid(), 'rda_drawing', {drawing}, 'asked', {user}, {second}, 'APPROVED', {user}, now());
         insert into approvals (organization_id, request_uid, entity_type, entity_id, title, approver_user_id, requested_by, status, responded_by, responded_at)
         values ({org}, gen_random_uuid(), 'lot_batch', {lot}, 'asked', {user}, {second}, 'APPROVED', {user}, now());
         insert into inspection_logs (organization_id, plant_id, inspected_at, inspection_plan_id, inspection_type, serial_number_id,
           lot_batch_id, inspector_id, inspected_quantity, passed_quantity, failed_quantity, unit_id, result)
         values ({org}, {plant}, now() + interval '5 minutes', {plan}, 'FINAL', {serial}, {lot}, {user}, 1, 1, 0, {unit}, 'PASS');",
        initial = id("workflow_states"),
        org = w.organization,
        drawing = id("rda_drawings"),
        user = id("users"),
        second = w.second("users").unwrap(),
        plant = id("plants"),
        plan = id("inspection_plans"),
        serial = id("serial_numbers"),
        lot = id("lot_batches"),
        unit = id("units_of_measure"),
    )
}
