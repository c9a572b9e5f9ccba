//! The names of the tables, as the data dictionary lists them.

/// The 65 tables of the specification, in the dictionary's order.
pub const SPECIFIED: &str = "\
    organizations users plants departments projects materials material_categories units_of_measure \
    bom_headers bom_lines work_orders work_order_operations work_centers work_order_materials \
    rework_configs production_logs work_center_shifts ncrs inspection_logs inspection_plans \
    inspection_points inspection_characteristics inspection_measurements machines machine_status_history \
    shifts shift_handovers shift_performances lanes lane_assignments project_documents \
    project_milestones rda_drawings project_bom roles user_roles user_plant_access custom_fields \
    field_values type_lists type_list_values workflows workflow_states workflow_transitions approvals \
    workflow_history shipments shipment_items barcode_labels qr_code_scans reports report_executions \
    dashboards lot_batches serial_numbers traceability_links genealogy_records organization_branding \
    email_templates audit_logs notifications system_settings file_uploads sap_sync_logs sap_mappings";

/// What offline terminals need beside them.
pub const SYNC: &str = "\
    devices device_enrollment_codes number_series number_leases shift_occurrences help_calls sync_epoch \
    sync_signing_keys sync_receipts sync_watermarks sync_quarantine sync_stream_holds sync_row";
