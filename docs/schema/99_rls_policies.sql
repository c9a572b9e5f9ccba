-- Roles, rights and row security
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- Whether takt_app may sign in, and how, is up to whoever runs the server.
create role takt_app nosuperuser nocreatedb nocreaterole nobypassrls;
create role takt_backup nosuperuser nocreatedb nocreaterole bypassrls;
create role takt_definer nosuperuser nocreatedb nocreaterole bypassrls;
create role takt_device nosuperuser nocreatedb nocreaterole nobypassrls;
create role takt_migrator nosuperuser nocreatedb nocreaterole nobypassrls;
create role takt_owner nosuperuser nocreatedb nocreaterole nobypassrls;
grant takt_device to takt_app;
grant pg_read_all_data to takt_backup;
grant takt_owner to takt_definer;
grant takt_definer, takt_owner to takt_migrator;

-- ----------------------------------------------------------------------------
-- Rights. The owner of every table is takt_owner; row security binds it too.

grant usage on schema app to takt_app;
grant usage on schema app to takt_backup;
grant usage on schema app to takt_definer;
grant usage on schema app to takt_device;
grant delete, insert, select, update on table approvals to takt_app;
grant insert, select on table audit_logs to takt_app;
grant insert on table audit_logs to takt_device;
grant delete, insert, select, update on table barcode_labels to takt_app;
grant insert, select, update on table barcode_labels to takt_device;
grant delete, insert, select, update on table bom_headers to takt_app;
grant select on table bom_headers to takt_device;
grant delete, insert, select, update on table bom_lines to takt_app;
grant select on table bom_lines to takt_device;
grant delete, insert, select, update on table custom_fields to takt_app;
grant select on table custom_fields to takt_device;
grant delete, insert, select, update on table dashboards to takt_app;
grant delete, insert, select, update on table departments to takt_app;
grant select on table departments to takt_device;
grant delete, insert, select, update on table device_enrollment_codes to takt_app;
grant insert, select, update on table devices to takt_app;
grant select on table devices to takt_device;
grant update (app_version, os_version, schema_version, last_seen_at, last_ip, clock_offset_ms, outbox_depth, oldest_pending_at, install_id, fork_detected_at) on table devices to takt_device;
grant delete, insert, select, update on table email_templates to takt_app;
grant delete, insert, select, update on table field_values to takt_app;
grant select on table field_values to takt_device;
grant delete, insert, select, update on table file_uploads to takt_app;
grant insert, select, update on table file_uploads to takt_device;
grant insert, select on table genealogy_records to takt_app;
grant insert, select on table genealogy_records to takt_device;
grant delete, insert, select, update on table help_calls to takt_app;
grant insert, select, update on table help_calls to takt_device;
grant delete, insert, select, update on table inspection_characteristics to takt_app;
grant select on table inspection_characteristics to takt_device;
grant insert, select on table inspection_logs to takt_app;
grant insert, select on table inspection_logs to takt_device;
grant insert, select on table inspection_measurements to takt_app;
grant insert, select on table inspection_measurements to takt_device;
grant delete, insert, select, update on table inspection_plans to takt_app;
grant select on table inspection_plans to takt_device;
grant delete, insert, select, update on table inspection_points to takt_app;
grant select on table inspection_points to takt_device;
grant delete, insert, select, update on table lane_assignments to takt_app;
grant select on table lane_assignments to takt_device;
grant delete, insert, select, update on table lanes to takt_app;
grant select on table lanes to takt_device;
grant delete, insert, select, update on table lot_batches to takt_app;
grant insert, select, update on table lot_batches to takt_device;
grant insert, select, update on table machine_status_history to takt_app;
grant insert, select, update on table machine_status_history to takt_device;
grant delete, insert, select, update on table machines to takt_app;
grant select on table machines to takt_device;
grant delete, insert, select, update on table material_categories to takt_app;
grant select on table material_categories to takt_device;
grant delete, insert, select, update on table materials to takt_app;
grant select on table materials to takt_device;
grant delete, insert, select, update on table ncrs to takt_app;
grant insert, select, update on table ncrs to takt_device;
grant delete, insert, select, update on table notifications to takt_app;
grant insert, select on table notifications to takt_device;
grant delete, insert, select, update on table number_leases to takt_app;
grant insert, select, update on table number_leases to takt_device;
grant delete, insert, select, update on table number_series to takt_app;
grant select, update on table number_series to takt_device;
grant delete, insert, select, update on table organization_branding to takt_app;
grant select on table organization_branding to takt_device;
grant select, update on table organizations to takt_app;
grant select on table organizations to takt_device;
grant delete, insert, select, update on table plants to takt_app;
grant select on table plants to takt_device;
grant insert, select on table production_logs to takt_app;
grant insert, select on table production_logs to takt_device;
grant delete, insert, select, update on table project_bom to takt_app;
grant delete, insert, select, update on table project_documents to takt_app;
grant select on table project_documents to takt_device;
grant delete, insert, select, update on table project_milestones to takt_app;
grant delete, insert, select, update on table projects to takt_app;
grant select on table projects to takt_device;
grant insert, select on table qr_code_scans to takt_app;
grant insert, select on table qr_code_scans to takt_device;
grant delete, insert, select, update on table rda_drawings to takt_app;
grant delete, insert, select, update on table report_executions to takt_app;
grant delete, insert, select, update on table reports to takt_app;
grant delete, insert, select, update on table rework_configs to takt_app;
grant select on table rework_configs to takt_device;
grant delete, insert, select, update on table roles to takt_app;
grant select on table roles to takt_device;
grant delete, insert, select, update on table sap_mappings to takt_app;
grant insert, select on table sap_sync_logs to takt_app;
grant delete, insert, select, update on table serial_numbers to takt_app;
grant insert, select, update on table serial_numbers to takt_device;
grant delete, insert, select, update on table shift_handovers to takt_app;
grant insert, select, update on table shift_handovers to takt_device;
grant delete, insert, select, update on table shift_occurrences to takt_app;
grant select on table shift_occurrences to takt_device;
grant delete, insert, select, update on table shift_performances to takt_app;
grant select on table shift_performances to takt_device;
grant delete, insert, select, update on table shifts to takt_app;
grant select on table shifts to takt_device;
grant delete, insert, select, update on table shipment_items to takt_app;
grant select on table shipment_items to takt_device;
grant delete, insert, select, update on table shipments to takt_app;
grant select on table shipments to takt_device;
grant delete, insert, select, update on table sync_quarantine to takt_app;
grant insert, select, update on table sync_quarantine to takt_device;
grant delete, insert, select, update on table sync_receipts to takt_app;
grant insert, select, update on table sync_receipts to takt_device;
grant select on table sync_row to takt_app;
grant select on table sync_row to takt_device;
grant delete, insert, select, update on table sync_stream_holds to takt_app;
grant delete, insert, select on table sync_stream_holds to takt_device;
grant delete, insert, select, update on table sync_watermarks to takt_app;
grant insert, select, update on table sync_watermarks to takt_device;
grant delete, insert, select, update on table system_settings to takt_app;
grant select on table system_settings to takt_device;
grant insert, select, update on table traceability_links to takt_app;
grant insert, select, update on table traceability_links to takt_device;
grant delete, insert, select, update on table type_list_values to takt_app;
grant select on table type_list_values to takt_device;
grant delete, insert, select, update on table type_lists to takt_app;
grant select on table type_lists to takt_device;
grant delete, insert, select, update on table units_of_measure to takt_app;
grant select on table units_of_measure to takt_device;
grant delete, insert, select, update on table user_plant_access to takt_app;
grant select on table user_plant_access to takt_device;
grant delete, insert, select, update on table user_roles to takt_app;
grant select on table user_roles to takt_device;
grant insert, select, update on table users to takt_app;
grant select (id, organization_id, username, username_key, full_name, employee_number, badge_hash, pin_hash, status, default_plant_id, locale, locked_until, credentials_changed_at, created_at, updated_at, row_version) on table users to takt_device;
grant delete, insert, select, update on table work_center_shifts to takt_app;
grant select on table work_center_shifts to takt_device;
grant delete, insert, select, update on table work_centers to takt_app;
grant select on table work_centers to takt_device;
grant delete, insert, select, update on table work_order_materials to takt_app;
grant select, update on table work_order_materials to takt_device;
grant delete, insert, select, update on table work_order_operations to takt_app;
grant select, update on table work_order_operations to takt_device;
grant delete, insert, select, update on table work_orders to takt_app;
grant select, update on table work_orders to takt_device;
grant insert, select on table workflow_history to takt_app;
grant delete, insert, select, update on table workflow_states to takt_app;
grant delete, insert, select, update on table workflow_transitions to takt_app;
grant delete, insert, select, update on table workflows to takt_app;

-- Statistics hold samples of every tenant's rows: no session role reads them.
revoke select on pg_catalog.pg_stats, pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs from public;

-- ----------------------------------------------------------------------------
-- Functions. Without an entry here nobody but their owner calls them.

grant execute on function app.active_organizations() to takt_app;
grant execute on function app.actor() to takt_app, takt_device;
grant execute on function app.append_only_tables() to takt_app, takt_device;
grant execute on function app.are_breaks(jsonb) to takt_app, takt_device;
grant execute on function app.bom_levels(integer,integer,integer) to takt_app, takt_device;
grant execute on function app.branding_for_domain(text) to takt_app;
grant execute on function app.create_chunks_ahead(interval,text) to takt_app;
grant execute on function app.delete_expired_rows(text) to takt_app;
grant execute on function app.device() to takt_app, takt_device;
grant execute on function app.device_for_auth(integer) to takt_app;
grant execute on function app.drop_expired_chunks(text) to takt_app;
grant execute on function app.ensure_server_epoch() to takt_app;
grant execute on function app.entity_table(text) to takt_app, takt_device;
grant execute on function app.feed_dependents(text) to takt_app, takt_device;
grant execute on function app.feed_query(text) to takt_app, takt_device;
grant execute on function app.ingesting() to takt_app, takt_device;
grant execute on function app.is_entity_type(text) to takt_app, takt_device;
grant execute on function app.list_columns() to takt_app, takt_device;
grant execute on function app.make_shift_occurrences(integer,date,date) to takt_app, takt_device;
grant execute on function app.masked(jsonb) to takt_app, takt_device;
grant execute on function app.org() to takt_app, takt_device;
grant execute on function app.plant() to takt_app, takt_device;
grant execute on function app.prune_sync(interval) to takt_app;
grant execute on function app.quiet_columns(text) to takt_app, takt_device;
grant execute on function app.redeem_enrolment_code(bytea,bytea,uuid,text,text,text) to takt_app;
grant execute on function app.refuse(text,text,text,text) to takt_app, takt_device;
grant execute on function app.retention() to takt_app;
grant execute on function app.rotate_signing_key() to takt_app;
grant execute on function app.seed_organization(integer) to takt_app, takt_device;
grant execute on function app.shift_window(integer,date) to takt_app, takt_device;
grant execute on function app.signing_keys() to takt_app;
grant execute on function app.table_groups() to takt_app, takt_device;
grant execute on function app.transitions(text) to takt_app, takt_device;
grant execute on function app.user_for_sign_in(text,text) to takt_app;
grant execute on function app.week_minutes(time without time zone,time without time zone,smallint[]) to takt_app, takt_device;

-- ----------------------------------------------------------------------------
-- Row security: what a session sees, by table.


alter table approvals enable row level security;
alter table approvals force row level security;
create policy device_plant on approvals as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on approvals as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table audit_logs enable row level security;
alter table audit_logs force row level security;
create policy device_plant on audit_logs as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on audit_logs as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table barcode_labels enable row level security;
alter table barcode_labels force row level security;
create policy device_plant on barcode_labels as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on barcode_labels as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table bom_headers enable row level security;
alter table bom_headers force row level security;
create policy device_plant on bom_headers as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on bom_headers as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table bom_lines enable row level security;
alter table bom_lines force row level security;
create policy device_plant on bom_lines as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM bom_headers p
  WHERE p.organization_id = bom_lines.organization_id AND p.id = bom_lines.bom_header_id)))
  with check (the same);
create policy tenant on bom_lines as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table custom_fields enable row level security;
alter table custom_fields force row level security;
create policy device_plant on custom_fields as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on custom_fields as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table dashboards enable row level security;
alter table dashboards force row level security;
create policy device_plant on dashboards as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on dashboards as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table departments enable row level security;
alter table departments force row level security;
create policy device_plant on departments as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on departments as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table device_enrollment_codes enable row level security;
alter table device_enrollment_codes force row level security;
create policy device_plant on device_enrollment_codes as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on device_enrollment_codes as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table devices enable row level security;
alter table devices force row level security;
create policy device_plant on devices as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on devices as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table email_templates enable row level security;
alter table email_templates force row level security;
create policy device_plant on email_templates as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on email_templates as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table field_values enable row level security;
alter table field_values force row level security;
create policy device_plant on field_values as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on field_values as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table file_uploads enable row level security;
alter table file_uploads force row level security;
create policy device_plant on file_uploads as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on file_uploads as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table genealogy_records enable row level security;
alter table genealogy_records force row level security;
create policy device_plant on genealogy_records as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on genealogy_records as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table help_calls enable row level security;
alter table help_calls force row level security;
create policy device_plant on help_calls as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on help_calls as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table inspection_characteristics enable row level security;
alter table inspection_characteristics force row level security;
create policy device_plant on inspection_characteristics as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM inspection_points p
  WHERE p.organization_id = inspection_characteristics.organization_id AND p.id = inspection_characteristics.inspection_point_id)))
  with check (the same);
create policy tenant on inspection_characteristics as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table inspection_logs enable row level security;
alter table inspection_logs force row level security;
create policy device_plant on inspection_logs as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on inspection_logs as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table inspection_measurements enable row level security;
alter table inspection_measurements force row level security;
create policy device_plant on inspection_measurements as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on inspection_measurements as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table inspection_plans enable row level security;
alter table inspection_plans force row level security;
create policy device_plant on inspection_plans as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on inspection_plans as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table inspection_points enable row level security;
alter table inspection_points force row level security;
create policy device_plant on inspection_points as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM inspection_plans p
  WHERE p.organization_id = inspection_points.organization_id AND p.id = inspection_points.inspection_plan_id)))
  with check (the same);
create policy tenant on inspection_points as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table lane_assignments enable row level security;
alter table lane_assignments force row level security;
create policy device_plant on lane_assignments as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on lane_assignments as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table lanes enable row level security;
alter table lanes force row level security;
create policy device_plant on lanes as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on lanes as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table lot_batches enable row level security;
alter table lot_batches force row level security;
create policy device_plant on lot_batches as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on lot_batches as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table machine_status_history enable row level security;
alter table machine_status_history force row level security;
create policy device_plant on machine_status_history as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on machine_status_history as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table machines enable row level security;
alter table machines force row level security;
create policy device_plant on machines as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on machines as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table material_categories enable row level security;
alter table material_categories force row level security;
create policy device_plant on material_categories as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on material_categories as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table materials enable row level security;
alter table materials force row level security;
create policy device_plant on materials as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on materials as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table ncrs enable row level security;
alter table ncrs force row level security;
create policy device_plant on ncrs as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on ncrs as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table notifications enable row level security;
alter table notifications force row level security;
create policy device_plant on notifications as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on notifications as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table number_leases enable row level security;
alter table number_leases force row level security;
create policy device_plant on number_leases as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM devices d
  WHERE d.organization_id = number_leases.organization_id AND d.id = number_leases.device_id)))
  with check (the same);
create policy tenant on number_leases as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table number_series enable row level security;
alter table number_series force row level security;
create policy device_plant on number_series as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on number_series as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table organization_branding enable row level security;
alter table organization_branding force row level security;
create policy device_plant on organization_branding as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on organization_branding as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table organizations enable row level security;
alter table organizations force row level security;
create policy device_plant on organizations as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on organizations as permissive for all to public
  using (id = (( SELECT app.org() AS org)))
  with check (the same);

alter table plants enable row level security;
alter table plants force row level security;
create policy device_plant on plants as restrictive for all to takt_device
  using (id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on plants as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table production_logs enable row level security;
alter table production_logs force row level security;
create policy device_plant on production_logs as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on production_logs as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table project_bom enable row level security;
alter table project_bom force row level security;
create policy device_plant on project_bom as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on project_bom as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table project_documents enable row level security;
alter table project_documents force row level security;
create policy device_plant on project_documents as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM projects p
  WHERE p.organization_id = project_documents.organization_id AND p.id = project_documents.project_id)))
  with check (the same);
create policy tenant on project_documents as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table project_milestones enable row level security;
alter table project_milestones force row level security;
create policy device_plant on project_milestones as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on project_milestones as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table projects enable row level security;
alter table projects force row level security;
create policy device_plant on projects as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on projects as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table qr_code_scans enable row level security;
alter table qr_code_scans force row level security;
create policy device_plant on qr_code_scans as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on qr_code_scans as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table rda_drawings enable row level security;
alter table rda_drawings force row level security;
create policy device_plant on rda_drawings as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on rda_drawings as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table report_executions enable row level security;
alter table report_executions force row level security;
create policy device_plant on report_executions as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on report_executions as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table reports enable row level security;
alter table reports force row level security;
create policy device_plant on reports as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on reports as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table rework_configs enable row level security;
alter table rework_configs force row level security;
create policy device_plant on rework_configs as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on rework_configs as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table roles enable row level security;
alter table roles force row level security;
create policy device_plant on roles as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on roles as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sap_mappings enable row level security;
alter table sap_mappings force row level security;
create policy device_plant on sap_mappings as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sap_mappings as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sap_sync_logs enable row level security;
alter table sap_sync_logs force row level security;
create policy device_plant on sap_sync_logs as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sap_sync_logs as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table serial_numbers enable row level security;
alter table serial_numbers force row level security;
create policy device_plant on serial_numbers as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on serial_numbers as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table shift_handovers enable row level security;
alter table shift_handovers force row level security;
create policy device_plant on shift_handovers as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on shift_handovers as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table shift_occurrences enable row level security;
alter table shift_occurrences force row level security;
create policy device_plant on shift_occurrences as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on shift_occurrences as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table shift_performances enable row level security;
alter table shift_performances force row level security;
create policy device_plant on shift_performances as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on shift_performances as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table shifts enable row level security;
alter table shifts force row level security;
create policy device_plant on shifts as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on shifts as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table shipment_items enable row level security;
alter table shipment_items force row level security;
create policy device_plant on shipment_items as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on shipment_items as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table shipments enable row level security;
alter table shipments force row level security;
create policy device_plant on shipments as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on shipments as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sync_epoch enable row level security;
alter table sync_epoch force row level security;
create policy device_plant on sync_epoch as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sync_epoch as permissive for all to public
  using (false)
  with check (the same);

alter table sync_quarantine enable row level security;
alter table sync_quarantine force row level security;
create policy device_plant on sync_quarantine as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on sync_quarantine as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sync_receipts enable row level security;
alter table sync_receipts force row level security;
create policy device_plant on sync_receipts as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sync_receipts as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sync_row enable row level security;
alter table sync_row force row level security;
create policy device_plant on sync_row as restrictive for all to takt_device
  using (scope = 0 AND (( SELECT app.plant() AS plant)) IS NOT NULL OR scope = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on sync_row as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sync_signing_keys enable row level security;
alter table sync_signing_keys force row level security;
create policy device_plant on sync_signing_keys as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sync_signing_keys as permissive for all to public
  using (false)
  with check (the same);

alter table sync_stream_holds enable row level security;
alter table sync_stream_holds force row level security;
create policy device_plant on sync_stream_holds as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sync_stream_holds as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table sync_watermarks enable row level security;
alter table sync_watermarks force row level security;
create policy device_plant on sync_watermarks as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on sync_watermarks as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table system_settings enable row level security;
alter table system_settings force row level security;
create policy device_plant on system_settings as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on system_settings as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table traceability_links enable row level security;
alter table traceability_links force row level security;
create policy device_plant on traceability_links as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on traceability_links as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table type_list_values enable row level security;
alter table type_list_values force row level security;
create policy device_plant on type_list_values as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on type_list_values as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table type_lists enable row level security;
alter table type_lists force row level security;
create policy device_plant on type_lists as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on type_lists as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table units_of_measure enable row level security;
alter table units_of_measure force row level security;
create policy device_plant on units_of_measure as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on units_of_measure as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table user_plant_access enable row level security;
alter table user_plant_access force row level security;
create policy device_plant on user_plant_access as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on user_plant_access as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table user_roles enable row level security;
alter table user_roles force row level security;
create policy device_plant on user_roles as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL AND (plant_id IS NULL OR plant_id = (( SELECT app.plant() AS plant))))
  with check (the same);
create policy tenant on user_roles as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table users enable row level security;
alter table users force row level security;
create policy device_plant on users as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM user_plant_access a
  WHERE a.organization_id = users.organization_id AND a.user_id = users.id AND a.plant_id = (( SELECT app.plant() AS plant)))))
  with check (the same);
create policy tenant on users as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table work_center_shifts enable row level security;
alter table work_center_shifts force row level security;
create policy device_plant on work_center_shifts as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on work_center_shifts as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table work_centers enable row level security;
alter table work_centers force row level security;
create policy device_plant on work_centers as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on work_centers as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table work_order_materials enable row level security;
alter table work_order_materials force row level security;
create policy device_plant on work_order_materials as restrictive for all to takt_device
  using ((EXISTS ( SELECT
   FROM work_orders p
  WHERE p.organization_id = work_order_materials.organization_id AND p.id = work_order_materials.work_order_id)))
  with check (the same);
create policy tenant on work_order_materials as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table work_order_operations enable row level security;
alter table work_order_operations force row level security;
create policy device_plant on work_order_operations as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on work_order_operations as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table work_orders enable row level security;
alter table work_orders force row level security;
create policy device_plant on work_orders as restrictive for all to takt_device
  using (plant_id = (( SELECT app.plant() AS plant)))
  with check (the same);
create policy tenant on work_orders as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table workflow_history enable row level security;
alter table workflow_history force row level security;
create policy device_plant on workflow_history as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on workflow_history as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table workflow_states enable row level security;
alter table workflow_states force row level security;
create policy device_plant on workflow_states as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on workflow_states as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table workflow_transitions enable row level security;
alter table workflow_transitions force row level security;
create policy device_plant on workflow_transitions as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on workflow_transitions as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);

alter table workflows enable row level security;
alter table workflows force row level security;
create policy device_plant on workflows as restrictive for all to takt_device
  using ((( SELECT app.plant() AS plant)) IS NOT NULL)
  with check (the same);
create policy tenant on workflows as permissive for all to public
  using (organization_id = (( SELECT app.org() AS org)))
  with check (the same);
