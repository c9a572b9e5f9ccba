//! The second half of the rows that break one check each, `project_milestones` to `workflow_transitions`.

/// Implied by other checks, which PostgreSQL reports first (it asks in the order of their names).
pub const IMPLIED: [&str; 2] =
    ["shift_performances_planned_operation_seconds_check", "shift_performances_total_quantity_check"];

/// As in `by_hand`.
pub const CASES: &[(&str, &str)] = &[
    // On one column, but another check would be reported first.
    (
        "inspection_plans_status_check",
        r#"{"status": "NO SUCH WORD", "approved_at": "2026-01-01", "approved_by": 1}"#,
    ),
    ("project_bom_quantity_required_check", r#"{"quantity_required": 0}"#),
    ("shift_performances_rework_quantity_check", r#"{"rework_quantity": -1, "good_quantity": 1}"#),
    ("shift_performances_scrapped_quantity_check", r#"{"scrapped_quantity": -1, "good_quantity": 1}"#),
    ("shift_performances_setup_seconds_check", r#"{"setup_seconds": -1, "production_seconds": 1}"#),
    ("shift_performances_unknown_seconds_check", r#"{"unknown_seconds": -1, "production_seconds": 1}"#),
    (
        "shift_performances_planned_busy_seconds_check",
        r#"{"planned_busy_seconds": -1, "planned_operation_seconds": -1}"#,
    ),
    (
        "shift_performances_planned_down_seconds_check",
        r#"{"planned_down_seconds": -1, "planned_operation_seconds": -1}"#,
    ),
    ("shifts_breaks_check", r#"{"breaks": {}}"#),
    ("shifts_breaks_check", r#"{"breaks": ["12:00"]}"#),
    ("shifts_breaks_check", r#"{"breaks": [{"start": "12:00"}]}"#),
    ("shifts_breaks_check", r#"{"breaks": [{"start": "12:00", "end": "24:30"}]}"#),
    (
        "shifts_breaks_check",
        r#"{"breaks": [{"start": "12:00", "end": "12:30"}, {"start": "15:00", "end": "15:00"}]}"#,
    ),
    ("shipment_items_quantity_check", r#"{"quantity": 0}"#),
    ("sync_quarantine_status_check", r#"{"status": "NO SUCH WORD", "resolved_at": "2026-01-01"}"#),
    (
        "traceability_links_quantity_used_check",
        r#"{"parent_lot_id": null, "parent_serial_id": 9999, "quantity_used": -1}"#,
    ),
    // On several columns.
    ("project_milestones_status_actual_date_check", r#"{"status": "COMPLETED", "progress_ratio": 1}"#),
    ("project_milestones_status_actual_date_check", r#"{"actual_date": "2026-01-01"}"#),
    (
        "project_milestones_status_progress_ratio_check",
        r#"{"status": "COMPLETED", "actual_date": "2026-01-01"}"#,
    ),
    (
        "projects_actual_end_actual_start_check",
        r#"{"actual_start": "2026-01-02", "actual_end": "2026-01-01"}"#,
    ),
    (
        "projects_planned_end_planned_start_check",
        r#"{"planned_start": "2026-01-02", "planned_end": "2026-01-01"}"#,
    ),
    ("qr_code_scans_resolution_entity_type_check", r#"{"resolution": "RESOLVED", "entity_type": "plant"}"#),
    ("qr_code_scans_resolution_entity_type_check", r#"{"resolution": "RESOLVED", "entity_id": 1}"#),
    ("qr_code_scans_scanned_at_recorded_at_check", r#"{"scanned_at": "2099-01-01"}"#),
    (
        "rda_drawings_status_decided_at_check",
        r#"{"status": "APPROVED", "submitted_at": "2026-01-01", "document_id": 1}"#,
    ),
    ("rda_drawings_status_decided_at_check", r#"{"decided_at": "2026-01-01"}"#),
    (
        "rda_drawings_status_rejection_reason_check",
        r#"{"status": "REJECTED", "submitted_at": "2026-01-01", "document_id": 1, "decided_at": "2026-01-01"}"#,
    ),
    ("rda_drawings_status_submitted_at_check", r#"{"status": "SUBMITTED", "document_id": 1}"#),
    ("rda_drawings_status_submitted_at_check", r#"{"status": "SUBMITTED", "submitted_at": "2026-01-01"}"#),
    (
        "report_executions_completed_at_started_at_check",
        r#"{"started_at": "2026-01-02", "completed_at": "2026-01-01"}"#,
    ),
    ("report_executions_status_completed_at_check", r#"{"status": "COMPLETED"}"#),
    (
        "reports_report_type_schedule_cron_check",
        r#"{"report_type": "SCHEDULED", "schedule_cron": "0 6 * * *"}"#,
    ),
    (
        "reports_report_type_schedule_cron_check",
        r#"{"report_type": "SCHEDULED", "schedule_timezone": "UTC"}"#,
    ),
    ("sap_mappings_auto_sync_sync_every_minutes_check", r#"{"auto_sync": true}"#),
    ("sap_sync_logs_finished_at_started_at_check", r#"{"finished_at": "2000-01-01"}"#),
    (
        "serial_numbers_status_shipment_item_id_check",
        r#"{"status": "SHIPPED", "quality_status": "RELEASED"}"#,
    ),
    ("serial_numbers_status_shipment_item_id_check", r#"{"status": "SHIPPED", "shipment_item_id": 1}"#),
    (
        "serial_numbers_warranty_to_warranty_from_check",
        r#"{"warranty_from": "2026-01-02", "warranty_to": "2026-01-01"}"#,
    ),
    (
        "shift_handovers_acknowledged_at_acknowledged_by_check",
        r#"{"status": "ACKNOWLEDGED", "acknowledged_at": "2099-01-01"}"#,
    ),
    (
        "shift_handovers_acknowledged_at_handed_over_at_check",
        r#"{"status": "ACKNOWLEDGED", "acknowledged_at": "2000-01-01", "acknowledged_by": 9999}"#,
    ),
    (
        "shift_handovers_acknowledged_by_handed_over_by_check",
        r#"{"status": "ACKNOWLEDGED", "acknowledged_at": "2099-01-01", "acknowledged_by": 9999, "handed_over_by": 9999}"#,
    ),
    (
        "shift_handovers_from_shift_id_from_shift_date_check",
        r#"{"from_shift_date": "2026-01-01", "to_shift_date": "2026-01-01"}"#,
    ),
    ("shift_handovers_handed_over_at_recorded_at_check", r#"{"handed_over_at": "2099-01-01"}"#),
    ("shift_handovers_status_acknowledged_at_check", r#"{"status": "ACKNOWLEDGED"}"#),
    (
        "shift_handovers_status_acknowledged_at_check",
        r#"{"acknowledged_at": "2099-01-01", "acknowledged_by": 9999}"#,
    ),
    ("shift_handovers_to_shift_date_from_shift_date_check", r#"{"to_shift_date": "2000-01-01"}"#),
    (
        "shift_occurrences_ends_at_starts_at_check",
        r#"{"starts_at": "2026-01-01T06:00:00Z", "ends_at": "2026-01-01T06:00:00Z"}"#,
    ),
    (
        "shift_occurrences_ends_at_starts_at_check",
        r#"{"starts_at": "2026-01-01T06:00:00Z", "ends_at": "2026-01-01T05:00:00Z"}"#,
    ),
    (
        "shift_performances_first_pass_passed_first_pass_inspected_check",
        r#"{"first_pass_passed": 2, "first_pass_inspected": 1}"#,
    ),
    ("shift_performances_good_quantity_scrapped_quantity_check", r#"{"good_quantity": 1}"#),
    ("shift_performances_good_quantity_scrapped_quantity_check", r#"{"scrapped_quantity": 1}"#),
    ("shift_performances_good_quantity_scrapped_quantity_check", r#"{"rework_quantity": 1}"#),
    ("shift_performances_ideal_seconds_ideal_good_seconds_check", r#"{"ideal_seconds": -1}"#),
    ("shift_performances_ideal_seconds_ideal_good_seconds_check", r#"{"ideal_good_seconds": -1}"#),
    (
        "shift_performances_planned_busy_planned_oper_check",
        r#"{"planned_busy_seconds": 1, "production_seconds": 1}"#,
    ),
    (
        "shift_performances_planned_busy_planned_oper_check",
        r#"{"planned_operation_seconds": 2, "planned_down_seconds": 1}"#,
    ),
    ("shift_performances_production_seconds_setup_seconds_check", r#"{"production_seconds": 1}"#),
    ("shift_performances_production_seconds_setup_seconds_check", r#"{"setup_seconds": 1}"#),
    ("shift_performances_production_seconds_setup_seconds_check", r#"{"delay_seconds": 1}"#),
    ("shift_performances_production_seconds_setup_seconds_check", r#"{"down_seconds": 1}"#),
    ("shift_performances_production_seconds_setup_seconds_check", r#"{"unknown_seconds": 1}"#),
    ("shift_performances_revision_kind_revision_cause_check", r#"{"revision_kind": "AS_CORRECTED"}"#),
    ("shift_performances_revision_kind_revision_cause_check", r#"{"revision_cause": "late"}"#),
    (
        "shift_performances_window_end_window_start_check",
        r#"{"window_start": "2026-01-01", "window_end": "2026-01-01"}"#,
    ),
    ("shifts_effective_to_effective_from_check", r#"{"effective_to": "1999-01-01"}"#),
    ("shifts_start_time_end_time_check", r#"{"start_time": "06:00", "end_time": "06:00"}"#),
    ("shipment_items_material_id_description_check", r#"{"material_id": null}"#),
    ("shipment_items_packed_quantity_quantity_check", r#"{"quantity": 1, "packed_quantity": 2}"#),
    (
        "shipments_delivered_at_shipped_at_check",
        r#"{"status": "DELIVERED", "shipped_at": "2026-01-02", "delivered_at": "2026-01-01"}"#,
    ),
    ("shipments_shipment_type_destination_plant_id_check", r#"{"shipment_type": "TRANSFER"}"#),
    (
        "shipments_shipment_type_destination_plant_id_check",
        r#"{"shipment_type": "TRANSFER", "plant_id": 1, "destination_plant_id": 1}"#,
    ),
    ("shipments_status_delivered_at_check", r#"{"status": "DELIVERED", "shipped_at": "2026-01-01"}"#),
    ("shipments_status_shipped_at_check", r#"{"status": "SHIPPED"}"#),
    ("shipments_status_shipped_at_check", r#"{"status": "IN_TRANSIT"}"#),
    ("shipments_status_shipped_at_check", r#"{"status": "RETURNED"}"#),
    ("sync_quarantine_discarded_check", r#"{"status": "DISCARDED", "resolved_at": "2026-01-01"}"#),
    ("sync_quarantine_resolved_at_check", r#"{"status": "REPLAYED"}"#),
    ("sync_quarantine_resolved_at_check", r#"{"resolved_at": "2026-01-01"}"#),
    ("sync_watermarks_max_seq_check", r#"{"contiguous_seq": 2, "max_seq": 1}"#),
    ("system_settings_is_secret_secret_ref_check", r#"{"is_secret": true}"#),
    (
        "system_settings_is_secret_secret_ref_check",
        r#"{"is_secret": true, "secret_ref": "vault", "value": "plain"}"#,
    ),
    (
        "traceability_links_child_lot_id_child_serial_id_check",
        r#"{"child_lot_id": 9998, "child_serial_id": 9999}"#,
    ),
    (
        "traceability_links_child_lot_id_child_serial_id_check",
        r#"{"child_lot_id": null, "child_serial_id": null}"#,
    ),
    ("traceability_links_linked_at_recorded_at_check", r#"{"linked_at": "2099-01-01"}"#),
    (
        "traceability_links_parent_lot_id_child_lot_id_check",
        r#"{"parent_lot_id": 1, "child_lot_id": 1, "child_serial_id": null}"#,
    ),
    ("traceability_links_parent_lot_id_parent_serial_id_check", r#"{"parent_serial_id": 9999}"#),
    ("traceability_links_parent_lot_id_parent_serial_id_check", r#"{"parent_lot_id": null}"#),
    ("traceability_links_parent_lot_id_quantity_used_check", r#"{"quantity_used": null}"#),
    ("traceability_links_parent_lot_id_quantity_used_check", r#"{"unit_id": null}"#),
    (
        "traceability_links_parent_serial_id_child_serial_id_check",
        r#"{"parent_lot_id": null, "parent_serial_id": 1, "child_serial_id": 1}"#,
    ),
    ("traceability_links_voided_at_voided_by_check", r#"{"voided_at": "2026-01-01", "voided_by": 1}"#),
    ("units_of_measure_is_base_factor_to_base_check", r#"{"is_base": true, "factor_to_base": 2}"#),
    ("units_of_measure_is_base_factor_to_base_check", r#"{"is_base": true, "offset_to_base": 1}"#),
    ("user_roles_department_id_plant_id_check", r#"{"department_id": 1, "plant_id": null}"#),
    (
        "user_roles_valid_until_valid_from_check",
        r#"{"valid_from": "2026-01-01", "valid_until": "2026-01-01"}"#,
    ),
    ("users_status_password_hash_check", r#"{"status": "ACTIVE"}"#),
    ("work_center_shifts_effective_to_effective_from_check", r#"{"effective_to": "1999-01-01"}"#),
    ("work_order_materials_returned_quantity_issued_quantity_check", r#"{"returned_quantity": 1}"#),
    (
        "work_order_operations_predecessor_operation_id_id_check",
        r#"{"id": 9999, "predecessor_operation_id": 9999}"#,
    ),
    ("work_order_operations_status_actual_end_check", r#"{"status": "COMPLETED"}"#),
    (
        "work_orders_actual_end_actual_start_check",
        r#"{"actual_start": "2026-01-02", "actual_end": "2026-01-01"}"#,
    ),
    ("work_orders_order_type_parent_work_order_id_check", r#"{"order_type": "REWORK"}"#),
    (
        "work_orders_order_type_parent_work_order_id_check",
        r#"{"order_type": "REWORK", "parent_work_order_id": 1, "rework_mode": "HYBRID", "rework_cycle": 0}"#,
    ),
    (
        "work_orders_order_type_parent_work_order_id_check",
        r#"{"parent_work_order_id": 1, "rework_mode": "HYBRID", "rework_cycle": 1}"#,
    ),
    (
        "work_orders_planned_end_planned_start_check",
        r#"{"planned_start": "2026-01-02", "planned_end": "2026-01-01"}"#,
    ),
    ("work_orders_status_actual_end_check", r#"{"status": "COMPLETED", "actual_start": "2026-01-01"}"#),
    ("work_orders_status_actual_start_check", r#"{"status": "IN_PROGRESS"}"#),
    ("work_orders_status_actual_start_check", r#"{"status": "PAUSED"}"#),
    (
        "workflow_history_event_type_from_state_id_check",
        r#"{"event_type": "TRANSITION", "from_state_id": 1}"#,
    ),
    ("workflow_history_event_type_from_state_id_check", r#"{"event_type": "TRANSITION", "to_state_id": 1}"#),
    ("workflow_states_escalation_hours_sla_hours_check", r#"{"sla_hours": 2, "escalation_hours": 1}"#),
    ("workflow_transitions_from_state_id_to_state_id_check", r#"{"from_state_id": 1, "to_state_id": 1}"#),
    ("workflow_transitions_requires_approval_approval_policy_check", r#"{"requires_approval": true}"#),
];
