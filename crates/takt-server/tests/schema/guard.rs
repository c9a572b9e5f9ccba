//! What each guard refuses: how things stand, and the change that is asked for.

pub struct Guard {
    pub rule: &'static str,
    pub code: &'static str,
    /// How things stand, written past all guards. `{table}` is the id of the world's row, `{table#2}` of its second.
    pub given: &'static str,
    pub asked: &'static str,
    /// Does the guard stand aside while events of the floor are recorded?
    pub yields_to_facts: bool,
}

const fn guard(rule: &'static str, code: &'static str, given: &'static str, asked: &'static str) -> Guard {
    Guard { rule, code, given, asked, yields_to_facts: false }
}

const fn floor(rule: &'static str, code: &'static str, given: &'static str, asked: &'static str) -> Guard {
    Guard { rule, code, given, asked, yields_to_facts: true }
}

const BEFORE: &str = "update work_orders set status = 'IN_PROGRESS', actual_start = now();
    insert into work_order_operations (organization_id, plant_id, work_order_id, operation_number, operation_name, work_center_id, completed_quantity)
      select organization_id, plant_id, work_order_id, 5, 'before', work_center_id, 4 from work_order_operations;
    update work_orders set planned_quantity = 10;
    update work_order_operations o set predecessor_operation_id = b.id, overlap_start_ratio = 0.5
      from work_order_operations b where b.operation_number = 5 and o.id = {work_order_operations};";

pub const ORDERS: &[Guard] = &[
    floor(
        "work_orders_release_operations",
        "TK003",
        "delete from work_order_operations",
        "update work_orders set status = 'RELEASED'",
    ),
    floor(
        "work_orders_release_materials",
        "TK003",
        "update work_orders set bom_header_id = {bom_headers}; delete from work_order_materials",
        "update work_orders set status = 'RELEASED'",
    ),
    floor(
        "work_orders_release_project",
        "TK003",
        "update work_orders set project_id = {projects}",
        "update work_orders set status = 'RELEASED'",
    ),
    floor(
        "work_orders_unrelease_logs",
        "TK003",
        "update work_orders set status = 'RELEASED', released_at = now()",
        "update work_orders set status = 'PLANNED'",
    ),
    floor(
        "work_orders_complete_operations",
        "TK003",
        "update work_orders set status = 'IN_PROGRESS', actual_start = now()",
        "update work_orders set status = 'COMPLETED', actual_end = now(), status_reason = 'why'",
    ),
    floor(
        "work_orders_complete_reason",
        "TK003",
        "update work_orders set status = 'IN_PROGRESS', actual_start = now(); update work_order_operations set status = 'SKIPPED'",
        "update work_orders set status = 'COMPLETED', actual_end = now()",
    ),
    floor("work_orders_cancel_reason", "TK003", "", "update work_orders set status = 'CANCELLED'"),
    floor(
        "work_orders_frozen",
        "TK006",
        "update work_orders set status = 'RELEASED'",
        "update work_orders set planned_quantity = 99",
    ),
    floor(
        "work_order_operations_start_order",
        "TK003",
        "",
        "update work_order_operations set status = 'IN_PROGRESS'",
    ),
    floor(
        "work_order_operations_start_predecessor",
        "TK003",
        BEFORE,
        "update work_order_operations set status = 'IN_PROGRESS' where id = {work_order_operations}",
    ),
    floor(
        "work_order_operations_start_predecessor",
        "TK003",
        BEFORE,
        "update work_order_operations set scheduling_mode = 'OVERLAP', status = 'IN_PROGRESS' where id = {work_order_operations}",
    ),
    floor(
        "work_order_operations_complete_inspection",
        "TK003",
        "update work_order_operations set status = 'IN_PROGRESS', requires_inspection = true",
        "update work_order_operations set status = 'COMPLETED', actual_end = now()",
    ),
    guard("lane_assignments_capacity", "TK009", "", "update lane_assignments set allocated_capacity = 99999"),
    guard(
        "projects_complete_orders",
        "TK003",
        "update projects set status = 'ACTIVE'; update work_orders set project_id = {projects}",
        "update projects set status = 'COMPLETED'",
    ),
];

pub const QUALITY: &[Guard] = &[
    floor(
        "ncrs_resolve_rework",
        "TK003",
        "update ncrs set status = 'IN_REVIEW'",
        "update ncrs set status = 'RESOLVED', disposition = 'REWORK', disposition_by = {users}, disposition_at = now(), resolved_by = {users}, resolved_at = now()",
    ),
    floor(
        "ncrs_resolve_scrap",
        "TK003",
        "update ncrs set status = 'IN_REVIEW', lot_batch_id = {lot_batches}",
        "update ncrs set status = 'RESOLVED', disposition = 'SCRAP', disposition_by = {users}, disposition_at = now(), resolved_by = {users}, resolved_at = now()",
    ),
    floor(
        "ncrs_resolve_return",
        "TK003",
        "update ncrs set status = 'IN_REVIEW'; update shipments set ncr_id = {ncrs}",
        "update ncrs set status = 'RESOLVED', disposition = 'RETURN_TO_SUPPLIER', disposition_by = {users}, disposition_at = now(), resolved_by = {users}, resolved_at = now()",
    ),
    floor(
        "ncrs_resolve_approval",
        "TK003",
        "update ncrs set status = 'IN_REVIEW'",
        "update ncrs set status = 'RESOLVED', disposition = 'USE_AS_IS', disposition_by = {users}, disposition_at = now(), resolved_by = {users}, resolved_at = now()",
    ),
    floor(
        "ncrs_close_reporter",
        "TK003",
        "update ncrs set status = 'RESOLVED', severity = 'CRITICAL', root_cause = 'wear', corrective_action = 'tool', disposition = 'SCRAP',
           disposition_by = {users}, disposition_at = now(), resolved_by = {users}, resolved_at = now()",
        "update ncrs set status = 'CLOSED', closed_by = detected_by, closed_at = now()",
    ),
    guard(
        "inspection_plans_approve_points",
        "TK003",
        "delete from inspection_characteristics",
        "update inspection_plans set status = 'APPROVED', approved_by = {users}, approved_at = now()",
    ),
    guard(
        "inspection_plans_approve_author",
        "TK003",
        "update inspection_plans set created_by = {users}",
        "update inspection_plans set status = 'APPROVED', approved_by = {users}, approved_at = now()",
    ),
    guard("inspection_plans_frozen", "TK006", "update inspection_plans set status = 'APPROVED', approved_by = {users}, approved_at = now()", "update inspection_plans set plan_type = 'FINAL'"),
    floor("inspection_points_frozen", "TK006", "update inspection_plans set status = 'APPROVED', approved_by = {users}, approved_at = now()", "update inspection_points set sample_size = 5"),
    guard(
        "inspection_characteristics_frozen",
        "TK006",
        "update inspection_plans set status = 'APPROVED', approved_by = {users}, approved_at = now()",
        "update inspection_characteristics set upper_spec = 3",
    ),
    // A characteristic of an approved plan does not leave for a draft either.
    guard(
        "inspection_characteristics_frozen",
        "TK006",
        "insert into inspection_plans (organization_id, plan_code, plan_name, plan_type, effective_from)
           select organization_id, 'DRAFT', 'draft', plan_type, current_date from inspection_plans;
         insert into inspection_points (organization_id, inspection_plan_id, point_code, point_name, frequency_type)
           select organization_id, id, 'DRAFT', 'draft', 'FINAL' from inspection_plans where plan_code = 'DRAFT';
         update inspection_plans set status = 'APPROVED', approved_by = {users}, approved_at = now() where id = {inspection_plans}",
        "update inspection_characteristics set inspection_point_id = (select id from inspection_points where point_code = 'DRAFT')",
    ),
    floor("serial_numbers_restock_inspection", "TK003", "update serial_numbers set status = 'RETURNED'", "update serial_numbers set status = 'IN_STOCK'"),
    floor(
        "serial_numbers_restock_link",
        "TK003",
        "update serial_numbers set status = 'CONSUMED';
         update traceability_links set parent_lot_id = null, parent_serial_id = {serial_numbers}, child_serial_id = {serial_numbers#2}",
        "update serial_numbers set status = 'IN_STOCK' where id = {serial_numbers}",
    ),
    floor(
        "lot_batches_reopen_approval",
        "TK003",
        "update lot_batches set quality_status = 'REJECTED'; update genealogy_records set recorded_at = now()",
        "update lot_batches set quality_status = 'QUARANTINE'",
    ),
    floor(
        "lot_batches_release_retest",
        "TK003",
        "update lot_batches set quality_status = 'EXPIRED'; update genealogy_records set recorded_at = now()",
        "update lot_batches set quality_status = 'RELEASED'",
    ),
    guard("lot_batches_genealogy", "TK011", "delete from genealogy_records", "update lot_batches set current_quantity = 0"),
    // Genealogy of an earlier transaction is no proof of this change.
    guard("lot_batches_genealogy", "TK011", "", "update lot_batches set current_quantity = 0"),
    floor(
        "traceability_links_lot_released",
        "TK003",
        "",
        "insert into traceability_links (organization_id, linked_at, parent_lot_id, quantity_used, unit_id, work_order_id, relationship_type)
         select organization_id, now(), id, 1, unit_id, {work_orders}, 'CONSUMED_IN' from lot_batches",
    ),
    floor(
        "traceability_links_lot_released",
        "TK003",
        "update lot_batches set quality_status = 'RELEASED', expires_on = current_date - 2",
        "insert into traceability_links (organization_id, linked_at, parent_lot_id, quantity_used, unit_id, work_order_id, relationship_type)
         select organization_id, now(), id, 1, unit_id, {work_orders}, 'CONSUMED_IN' from lot_batches",
    ),
    guard(
        "traceability_links_tree",
        "TK007",
        "",
        "insert into traceability_links (organization_id, linked_at, parent_serial_id, child_lot_id, relationship_type)
         select organization_id, now(), child_serial_id, parent_lot_id, 'CONSUMED_IN' from traceability_links",
    ),
    // Nor by taking back that a link was wrong.
    guard(
        "traceability_links_tree",
        "TK007",
        "insert into traceability_links (organization_id, linked_at, parent_serial_id, child_lot_id, relationship_type, voided_at, voided_by, void_reason)
         select organization_id, now(), child_serial_id, parent_lot_id, 'CONSUMED_IN', now(), {users}, 'why' from traceability_links",
        "update traceability_links set voided_at = null, voided_by = null, void_reason = null where voided_at is not null",
    ),
    guard("ncrs_defect_type_id_list", "TK004", "", "update ncrs set defect_type_id = {type_list_values}"),
];

pub const OFFICE: &[Guard] = &[
    guard("shipments_pack_items", "TK003", "", "update shipments set status = 'PACKED'"),
    // A line that changed after packing.
    guard(
        "shipments_pack_items",
        "TK003",
        "update shipments set status = 'PACKED', carrier_name = 'Carrier'",
        "update shipments set status = 'SHIPPED', shipped_at = now()",
    ),
    guard("shipments_pack_lots", "TK003", "update shipment_items set packed_quantity = quantity, lot_batch_id = {lot_batches}", "update shipments set status = 'PACKED'"),
    guard("shipments_ship_carrier", "TK003", "update shipments set status = 'PACKED'", "update shipments set status = 'SHIPPED', shipped_at = now()"),
    floor("shipment_items_frozen", "TK006", "update shipments set status = 'SHIPPED', shipped_at = now()", "update shipment_items set quantity = 9"),
    guard(
        "rda_drawings_submit_approvers",
        "TK003",
        "",
        "update rda_drawings set status = 'SUBMITTED', submitted_at = now(), document_id = {project_documents}",
    ),
    guard(
        "rda_drawings_approve_answers",
        "TK003",
        "update rda_drawings set status = 'SUBMITTED', submitted_at = now(), document_id = {project_documents};
         update approvals set entity_type = 'rda_drawing', entity_id = {rda_drawings}",
        "update rda_drawings set status = 'APPROVED', decided_at = now()",
    ),
    guard(
        "rda_drawings_reject_answers",
        "TK003",
        "update rda_drawings set status = 'SUBMITTED', submitted_at = now(), document_id = {project_documents};
         update approvals set entity_type = 'rda_drawing', entity_id = {rda_drawings}",
        "update rda_drawings set status = 'REJECTED', decided_at = now(), rejection_reason = 'why'",
    ),
    guard("approvals_responder", "TK013", "", "update approvals set status = 'APPROVED', responded_by = {users#2}, responded_at = now()"),
    guard("approvals_entity", "TK005", "", "update approvals set entity_id = 999999"),
    guard("field_values_value", "TK012", "", "update field_values set value = '5'"),
    guard("custom_fields_frozen", "TK006", "", "update custom_fields set field_code = 'another'"),
    guard("workflows_activate_ends", "TK003", "", "update workflows set status = 'ACTIVE'"),
    guard(
        "workflows_activate_reachable",
        "TK003",
        "delete from workflow_transitions; update workflow_states set state_type = case when id = {workflow_states} then 'INITIAL' else 'FINAL' end",
        "update workflows set status = 'ACTIVE'",
    ),
    floor("workflow_states_frozen", "TK006", "update workflows set status = 'ACTIVE'", "update workflow_states set state_name = 'other'"),
    floor("workflow_transitions_frozen", "TK006", "update workflows set status = 'ACTIVE'", "update workflow_transitions set transition_name = 'other'"),
    guard("workflow_transitions_required_role_ids", "TK005", "", "update workflow_transitions set required_role_ids = '{999999}'"),
    guard("project_milestones_predecessor_ids", "TK005", "", "update project_milestones set predecessor_ids = '{999999}'"),
    guard(
        "project_bom_tree",
        "TK007",
        "insert into project_bom (organization_id, project_id, item_code, parent_id, material_id, quantity_required, unit_id)
           select organization_id, project_id, 'CHILD', id, material_id, 1, unit_id from project_bom",
        "update project_bom set parent_id = (select id from project_bom where item_code = 'CHILD') where id = {project_bom}",
    ),
    guard("project_milestones_tree", "TK007", "", "update project_milestones set predecessor_ids = array[id]"),
];

pub const MASTERS: &[Guard] = &[
    guard("bom_headers_frozen", "TK006", "update bom_headers set status = 'ACTIVE'", "update bom_headers set base_quantity = 2"),
    floor("bom_lines_frozen", "TK006", "update bom_headers set status = 'ACTIVE'", "update bom_lines set quantity = 2"),
    // A line of an active bill does not leave for a draft either.
    floor(
        "bom_lines_frozen",
        "TK006",
        "insert into bom_headers (organization_id, bom_number, bom_name, material_id, base_quantity, unit_id, effective_from)
           select organization_id, 'DRAFT', 'draft', material_id, 1, unit_id, current_date from bom_headers;
         update bom_headers set status = 'ACTIVE' where id = {bom_headers}",
        "update bom_lines set bom_header_id = (select id from bom_headers where bom_number = 'DRAFT')",
    ),
    guard("bom_headers_tree", "TK007", "", "update bom_headers set material_id = {materials}"),
    guard("bom_lines_tree", "TK007", "", "update bom_lines set component_material_id = {materials#2}"),
    guard(
        "bom_lines_unit",
        "TK008",
        "",
        "update bom_lines set unit_id = (select id from units_of_measure where unit_code = 'kg')",
    ),
    guard(
        "material_categories_tree",
        "TK007",
        "insert into material_categories (organization_id, category_code, category_name, parent_category_id)
         select organization_id, 'CHILD', 'child', id from material_categories",
        "update material_categories set parent_category_id = (select id from material_categories where category_code = 'CHILD')
         where id = {material_categories}",
    ),
    guard(
        "type_list_values_tree",
        "TK007",
        "",
        "update type_list_values set parent_value_id = (select id from type_list_values where value_code = 'MECHANICAL')
         where value_code = 'ELECTRICAL'",
    ),
    guard(
        "type_list_values_tree",
        "TK007",
        "",
        "update type_list_values set parent_value_id = (select id from type_list_values where value_code = 'PLANNED')
         where value_code = 'EQUIPMENT'",
    ),
    guard("units_of_measure_frozen", "TK006", "", "update units_of_measure set factor_to_base = 2 where id = {units_of_measure}"),
    guard("machines_status_mirror", "TK006", "", "update machines set status = 'DOWN'"),
    guard("plants_time_zone", "TK010", "", "update plants set timezone = 'Europe/Nowhere'"),
    guard("plants_time_zone_frozen", "TK010", "", "update plants set timezone = 'Asia/Tokyo'"),
    guard("organizations_time_zone", "TK010", "", "update organizations set default_timezone = 'CEST-ish'"),
    guard("reports_time_zone", "TK010", "", "update reports set schedule_timezone = 'Mars/Olympus'"),
    guard("roles_system", "TK014", "", "update roles set role_name = 'mine' where is_system"),
    guard("roles_system", "TK014", "", "delete from roles where is_system"),
    guard("type_lists_system", "TK014", "", "update type_lists set list_code = 'MINE' where is_system"),
    guard("type_list_values_kept", "TK014", "", "update type_list_values set value_code = 'MINE' where id = {type_list_values}"),
    guard("type_list_values_kept", "TK014", "", "delete from type_list_values where id = {type_list_values}"),
    guard("prune_sync_keep_check", "TK003", "", "select app.prune_sync(interval '179 days')"),
];
