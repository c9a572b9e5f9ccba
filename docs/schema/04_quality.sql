-- Quality
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table ncrs (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  plant_id             integer not null,
  detected_at          timestamp with time zone not null,
  ncr_number           text not null,
  ncr_type             text default 'PROCESS'::text not null,
  severity             text not null,
  status               text default 'OPEN'::text not null,
  defect_type_id       integer not null,
  description          text not null,
  material_id          integer,
  work_order_id        integer,
  operation_id         integer,
  lot_batch_id         integer,
  serial_number_id     integer,
  inspection_log_id    bigint,
  project_id           integer,
  quantity_defective   numeric(18,4) not null,
  unit_id              integer not null,
  detected_by          integer not null,
  assigned_to          integer,
  disposition          text,
  disposition_by       integer,
  disposition_at       timestamp with time zone,
  rework_work_order_id integer,
  root_cause           text,
  corrective_action    text,
  preventive_action    text,
  resolution_notes     text,
  resolved_by          integer,
  resolved_at          timestamp with time zone,
  closed_by            integer,
  closed_at            timestamp with time zone,
  customer_affected    boolean default false not null,
  rework_cost          numeric(18,4),
  scrap_cost           numeric(18,4),
  workflow_state_id    integer,
  uid                  uuid default pg_catalog.gen_random_uuid() not null,
  device_id            integer,
  device_seq           bigint,
  device_time          timestamp with time zone,
  time_quality         text default 'SYNCED'::text not null,
  recorded_at          timestamp with time zone default now() not null,
  created_at           timestamp with time zone default now() not null,
  created_by           integer default app.actor(),
  updated_at           timestamp with time zone default now() not null,
  updated_by           integer default app.actor(),
  row_version          integer default 1 not null,
  constraint ncrs_pkey PRIMARY KEY (id),
  constraint ncrs_id_key UNIQUE (organization_id, id),
  constraint ncrs_ncr_number_key UNIQUE (organization_id, ncr_number),
  constraint ncrs_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint ncrs_uid_key UNIQUE (organization_id, uid),
  constraint ncrs_corrective_action_check CHECK (char_length(corrective_action) >= 1 AND char_length(corrective_action) <= 5000),
  constraint ncrs_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 5000),
  constraint ncrs_detected_at_recorded_at_check CHECK (detected_at <= (recorded_at + '00:10:00'::interval)),
  constraint ncrs_disposition_check CHECK (disposition = ANY (ARRAY['REWORK'::text, 'SCRAP'::text, 'USE_AS_IS'::text, 'RETURN_TO_SUPPLIER'::text])),
  constraint ncrs_disposition_disposition_by_check CHECK (num_nonnulls(disposition, disposition_by, disposition_at) = ANY (ARRAY[0, 3])),
  constraint ncrs_ncr_number_check CHECK (ncr_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint ncrs_ncr_type_check CHECK (ncr_type = ANY (ARRAY['MATERIAL'::text, 'PROCESS'::text, 'FINAL_INSPECTION'::text, 'CUSTOMER_COMPLAINT'::text, 'SUPPLIER'::text])),
  constraint ncrs_preventive_action_check CHECK (char_length(preventive_action) >= 1 AND char_length(preventive_action) <= 5000),
  constraint ncrs_quantity_defective_check CHECK (quantity_defective > 0::numeric),
  constraint ncrs_resolution_notes_check CHECK (char_length(resolution_notes) >= 1 AND char_length(resolution_notes) <= 5000),
  constraint ncrs_rework_cost_check CHECK (rework_cost >= 0::numeric),
  constraint ncrs_root_cause_check CHECK (char_length(root_cause) >= 1 AND char_length(root_cause) <= 5000),
  constraint ncrs_scrap_cost_check CHECK (scrap_cost >= 0::numeric),
  constraint ncrs_severity_check CHECK (severity = ANY (ARRAY['MINOR'::text, 'MAJOR'::text, 'CRITICAL'::text])),
  constraint ncrs_status_check CHECK (status = ANY (ARRAY['OPEN'::text, 'IN_REVIEW'::text, 'RESOLVED'::text, 'CLOSED'::text, 'CANCELLED'::text])),
  constraint ncrs_status_closed_at_check CHECK (status <> 'CLOSED'::text OR closed_at IS NOT NULL AND closed_by IS NOT NULL),
  constraint ncrs_status_disposition_check CHECK ((status <> ALL (ARRAY['RESOLVED'::text, 'CLOSED'::text])) OR disposition IS NOT NULL AND resolved_at IS NOT NULL AND resolved_by IS NOT NULL),
  constraint ncrs_status_severity_check CHECK (status <> 'CLOSED'::text OR severity = 'MINOR'::text OR root_cause IS NOT NULL AND corrective_action IS NOT NULL),
  constraint ncrs_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint ncrs_work_order_id_lot_batch_id_check CHECK (num_nonnulls(work_order_id, lot_batch_id, serial_number_id, project_id, material_id) >= 1),
  constraint ncrs_assigned_to_fkey FOREIGN KEY (organization_id, assigned_to) REFERENCES users(organization_id, id),
  constraint ncrs_closed_by_fkey FOREIGN KEY (organization_id, closed_by) REFERENCES users(organization_id, id),
  constraint ncrs_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint ncrs_defect_type_id_fkey FOREIGN KEY (organization_id, defect_type_id) REFERENCES type_list_values(organization_id, id),
  constraint ncrs_detected_by_fkey FOREIGN KEY (organization_id, detected_by) REFERENCES users(organization_id, id),
  constraint ncrs_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint ncrs_disposition_by_fkey FOREIGN KEY (organization_id, disposition_by) REFERENCES users(organization_id, id),
  constraint ncrs_inspection_log_id_fkey FOREIGN KEY (organization_id, inspection_log_id) REFERENCES inspection_logs(organization_id, id),
  constraint ncrs_lot_batch_id_fkey FOREIGN KEY (organization_id, lot_batch_id) REFERENCES lot_batches(organization_id, id),
  constraint ncrs_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint ncrs_operation_id_fkey FOREIGN KEY (organization_id, work_order_id, operation_id) REFERENCES work_order_operations(organization_id, work_order_id, id),
  constraint ncrs_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint ncrs_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint ncrs_resolved_by_fkey FOREIGN KEY (organization_id, resolved_by) REFERENCES users(organization_id, id),
  constraint ncrs_rework_work_order_id_fkey FOREIGN KEY (organization_id, rework_work_order_id) REFERENCES work_orders(organization_id, id),
  constraint ncrs_serial_number_id_fkey FOREIGN KEY (organization_id, serial_number_id) REFERENCES serial_numbers(organization_id, id),
  constraint ncrs_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint ncrs_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint ncrs_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id),
  constraint ncrs_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE INDEX ncrs_assigned_to_status_idx ON ncrs USING btree (organization_id, assigned_to, status);
CREATE INDEX ncrs_defect_type_id_detected_at_idx ON ncrs USING btree (organization_id, defect_type_id, detected_at);
CREATE INDEX ncrs_lot_batch_id_idx ON ncrs USING btree (organization_id, lot_batch_id);
CREATE INDEX ncrs_plant_id_status_severity_idx ON ncrs USING btree (organization_id, plant_id, status, severity);
CREATE INDEX ncrs_work_order_id_idx ON ncrs USING btree (organization_id, work_order_id);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON ncrs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON ncrs REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('ncr_number');
CREATE TRIGGER audit_update AFTER UPDATE ON ncrs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('ncr_number');
CREATE TRIGGER feed_delete AFTER DELETE ON ncrs REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON ncrs REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON ncrs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_list_defect_type_id BEFORE INSERT OR UPDATE OF defect_type_id ON ncrs FOR EACH ROW WHEN (new.defect_type_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('ncrs', 'defect_type_id', 'DEFECT_TYPE');
CREATE TRIGGER guard_ncr BEFORE UPDATE OF status ON ncrs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_ncr();
CREATE TRIGGER touch BEFORE UPDATE ON ncrs FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.detected_at IS DISTINCT FROM new.detected_at OR old.ncr_number IS DISTINCT FROM new.ncr_number OR old.ncr_type IS DISTINCT FROM new.ncr_type OR old.severity IS DISTINCT FROM new.severity OR old.status IS DISTINCT FROM new.status OR old.defect_type_id IS DISTINCT FROM new.defect_type_id OR old.description IS DISTINCT FROM new.description OR old.material_id IS DISTINCT FROM new.material_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.operation_id IS DISTINCT FROM new.operation_id OR old.lot_batch_id IS DISTINCT FROM new.lot_batch_id OR old.serial_number_id IS DISTINCT FROM new.serial_number_id OR old.inspection_log_id IS DISTINCT FROM new.inspection_log_id OR old.project_id IS DISTINCT FROM new.project_id OR old.quantity_defective IS DISTINCT FROM new.quantity_defective OR old.unit_id IS DISTINCT FROM new.unit_id OR old.detected_by IS DISTINCT FROM new.detected_by OR old.assigned_to IS DISTINCT FROM new.assigned_to OR old.disposition IS DISTINCT FROM new.disposition OR old.disposition_by IS DISTINCT FROM new.disposition_by OR old.disposition_at IS DISTINCT FROM new.disposition_at OR old.rework_work_order_id IS DISTINCT FROM new.rework_work_order_id OR old.root_cause IS DISTINCT FROM new.root_cause OR old.corrective_action IS DISTINCT FROM new.corrective_action OR old.preventive_action IS DISTINCT FROM new.preventive_action OR old.resolution_notes IS DISTINCT FROM new.resolution_notes OR old.resolved_by IS DISTINCT FROM new.resolved_by OR old.resolved_at IS DISTINCT FROM new.resolved_at OR old.closed_by IS DISTINCT FROM new.closed_by OR old.closed_at IS DISTINCT FROM new.closed_at OR old.customer_affected IS DISTINCT FROM new.customer_affected OR old.rework_cost IS DISTINCT FROM new.rework_cost OR old.scrap_cost IS DISTINCT FROM new.scrap_cost OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.device_time IS DISTINCT FROM new.device_time OR old.time_quality IS DISTINCT FROM new.time_quality OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table ncrs is
  'Non-conformance report, from detection to closure.';
comment on column ncrs.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column ncrs.organization_id is 'Tenant; part of every key and of the policy.';
comment on column ncrs.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column ncrs.detected_at is 'When it was found.';
comment on column ncrs.ncr_number is 'Given by the server on receipt; the terminal shows the uid''s tail until then.';
comment on column ncrs.ncr_type is 'Where the fault comes from.';
comment on column ncrs.severity is 'CRITICAL is closed by somebody other than the reporter; MINOR closes without a root cause.';
comment on column ncrs.status is 'Finer approval steps are workflow states beside it.';
comment on column ncrs.defect_type_id is 'Value of the list DEFECT_TYPE; the Pareto counts by it.';
comment on column ncrs.description is 'What was found, in the finder''s words.';
comment on column ncrs.operation_id is 'Step of the order.';
comment on column ncrs.inspection_log_id is 'The failing inspection it came from.';
comment on column ncrs.quantity_defective is 'Pieces affected; a rework order makes at most as many.';
comment on column ncrs.unit_id is 'Unit of the quantities in this row.';
comment on column ncrs.detected_by is 'Who found it.';
comment on column ncrs.assigned_to is 'Who deals with it now.';
comment on column ncrs.disposition is 'What becomes of the pieces.';
comment on column ncrs.disposition_by is 'Who decided.';
comment on column ncrs.disposition_at is 'When it was decided.';
comment on column ncrs.rework_work_order_id is 'The order that reworks them.';
comment on column ncrs.root_cause is 'Why it happened; needed to close unless MINOR.';
comment on column ncrs.corrective_action is 'What was changed so that it ends; needed to close unless MINOR.';
comment on column ncrs.preventive_action is 'What keeps it from happening elsewhere.';
comment on column ncrs.resolution_notes is 'What became of it, in words.';
comment on column ncrs.resolved_by is 'Who carried the decision out.';
comment on column ncrs.resolved_at is 'When it was carried out.';
comment on column ncrs.closed_by is 'Who closed it; not the reporter when CRITICAL.';
comment on column ncrs.closed_at is 'When it was closed.';
comment on column ncrs.customer_affected is 'A customer may already hold such pieces.';
comment on column ncrs.rework_cost is 'In the tenant''s currency.';
comment on column ncrs.scrap_cost is 'In the tenant''s currency.';
comment on column ncrs.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column ncrs.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column ncrs.device_id is 'Terminal it was made on; NULL = the office.';
comment on column ncrs.device_seq is 'Number in its lane on that terminal.';
comment on column ncrs.device_time is 'Time as the device said it, uncorrected.';
comment on column ncrs.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column ncrs.recorded_at is 'When the server received it.';
comment on column ncrs.created_at is 'When the row was made.';
comment on column ncrs.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column ncrs.updated_at is 'When it last became a new version.';
comment on column ncrs.updated_by is 'Who made the last version.';
comment on column ncrs.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table inspection_logs (
  id                  bigint generated always as identity not null,
  organization_id     integer not null,
  plant_id            integer not null,
  inspected_at        timestamp with time zone not null,
  inspection_plan_id  integer not null,
  inspection_point_id integer,
  inspection_type     text not null,
  work_order_id       integer,
  operation_id        integer,
  lot_batch_id        integer,
  serial_number_id    integer,
  machine_id          integer,
  shift_id            integer,
  shift_date          date,
  inspector_id        integer not null,
  attempt_no          smallint default 1 not null,
  inspected_quantity  numeric(18,4) not null,
  passed_quantity     numeric(18,4) not null,
  failed_quantity     numeric(18,4) not null,
  unit_id             integer not null,
  result              text not null,
  voids_uid           uuid,
  notes               text,
  uid                 uuid default pg_catalog.gen_random_uuid() not null,
  device_id           integer,
  device_seq          bigint,
  device_time         timestamp with time zone,
  time_quality        text default 'SYNCED'::text not null,
  recorded_at         timestamp with time zone default now() not null,
  constraint inspection_logs_pkey PRIMARY KEY (id),
  constraint inspection_logs_id_key UNIQUE (organization_id, id),
  constraint inspection_logs_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint inspection_logs_uid_key UNIQUE (organization_id, uid),
  constraint inspection_logs_attempt_no_check CHECK (attempt_no >= 1),
  constraint inspection_logs_failed_quantity_check CHECK (failed_quantity >= 0::numeric),
  constraint inspection_logs_inspected_at_recorded_at_check CHECK (inspected_at <= (recorded_at + '00:10:00'::interval)),
  constraint inspection_logs_inspected_quantity_check CHECK (inspected_quantity > 0::numeric),
  constraint inspection_logs_inspection_type_check CHECK (inspection_type = ANY (ARRAY['INCOMING'::text, 'FIRST_ARTICLE'::text, 'IN_PROCESS'::text, 'FINAL'::text, 'AUDIT'::text])),
  constraint inspection_logs_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 2000),
  constraint inspection_logs_passed_quantity_check CHECK (passed_quantity >= 0::numeric),
  constraint inspection_logs_passed_quantity_failed_quantity_check CHECK ((passed_quantity + failed_quantity) = inspected_quantity),
  constraint inspection_logs_result_check CHECK (result = ANY (ARRAY['PASS'::text, 'FAIL'::text, 'CONDITIONAL'::text])),
  constraint inspection_logs_result_failed_quantity_check CHECK (result <> 'PASS'::text OR failed_quantity = 0::numeric),
  constraint inspection_logs_result_failed_quantity_check2 CHECK (result <> 'FAIL'::text OR failed_quantity > 0::numeric),
  constraint inspection_logs_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint inspection_logs_work_order_id_lot_batch_id_check CHECK (num_nonnulls(work_order_id, lot_batch_id, serial_number_id) >= 1 OR inspection_type = 'AUDIT'::text),
  constraint inspection_logs_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint inspection_logs_inspection_plan_id_fkey FOREIGN KEY (organization_id, inspection_plan_id) REFERENCES inspection_plans(organization_id, id),
  constraint inspection_logs_inspection_point_id_fkey FOREIGN KEY (organization_id, inspection_plan_id, inspection_point_id) REFERENCES inspection_points(organization_id, inspection_plan_id, id),
  constraint inspection_logs_inspector_id_fkey FOREIGN KEY (organization_id, inspector_id) REFERENCES users(organization_id, id),
  constraint inspection_logs_lot_batch_id_fkey FOREIGN KEY (organization_id, lot_batch_id) REFERENCES lot_batches(organization_id, id),
  constraint inspection_logs_machine_id_fkey FOREIGN KEY (organization_id, plant_id, machine_id) REFERENCES machines(organization_id, plant_id, id),
  constraint inspection_logs_operation_id_fkey FOREIGN KEY (organization_id, work_order_id, operation_id) REFERENCES work_order_operations(organization_id, work_order_id, id),
  constraint inspection_logs_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint inspection_logs_serial_number_id_fkey FOREIGN KEY (organization_id, serial_number_id) REFERENCES serial_numbers(organization_id, id),
  constraint inspection_logs_shift_id_fkey FOREIGN KEY (organization_id, plant_id, shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint inspection_logs_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint inspection_logs_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id)
);
CREATE INDEX inspection_logs_inspection_plan_id_inspected_at_idx ON inspection_logs USING btree (organization_id, inspection_plan_id, inspected_at DESC);
CREATE INDEX inspection_logs_lot_batch_id_idx ON inspection_logs USING btree (organization_id, lot_batch_id) WHERE lot_batch_id IS NOT NULL;
CREATE INDEX inspection_logs_plant_id_inspected_at_idx ON inspection_logs USING btree (organization_id, plant_id, inspected_at DESC);
CREATE INDEX inspection_logs_work_order_id_inspected_at_idx ON inspection_logs USING btree (organization_id, work_order_id, inspected_at DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON inspection_logs FOR EACH ROW EXECUTE FUNCTION app.refuse_change('inspection_logs');
CREATE TRIGGER feed_operation AFTER INSERT ON inspection_logs REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_inspected();
comment on table inspection_logs is
  'One carried-out inspection with its result.';
comment on column inspection_logs.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column inspection_logs.organization_id is 'Tenant; part of every key and of the policy.';
comment on column inspection_logs.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column inspection_logs.inspected_at is 'When it was carried out.';
comment on column inspection_logs.inspection_plan_id is 'Revision it was judged by.';
comment on column inspection_logs.inspection_point_id is 'Checkpoint of that plan.';
comment on column inspection_logs.inspection_type is 'Occasion of the inspection.';
comment on column inspection_logs.operation_id is 'Step of the order.';
comment on column inspection_logs.shift_id is 'Stamped by the server from inspected_at.';
comment on column inspection_logs.shift_date is 'Business date of the shift: plant-local date on which it began.';
comment on column inspection_logs.inspector_id is 'Who carried it out.';
comment on column inspection_logs.attempt_no is '1 = first pass; FPY counts only these.';
comment on column inspection_logs.inspected_quantity is 'Always passed + failed.';
comment on column inspection_logs.passed_quantity is 'Of inspected_quantity.';
comment on column inspection_logs.failed_quantity is 'Of inspected_quantity; a PASS has none, a FAIL has some.';
comment on column inspection_logs.unit_id is 'Unit of the quantities in this row.';
comment on column inspection_logs.result is 'CONDITIONAL = accepted with a remark.';
comment on column inspection_logs.voids_uid is 'Earlier log that this one declares void.';
comment on column inspection_logs.notes is 'Free words.';
comment on column inspection_logs.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column inspection_logs.device_id is 'Terminal it was made on; NULL = the office.';
comment on column inspection_logs.device_seq is 'Number in its lane on that terminal.';
comment on column inspection_logs.device_time is 'Time as the device said it, uncorrected.';
comment on column inspection_logs.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column inspection_logs.recorded_at is 'When the server received it.';

-- ----------------------------------------------------------------------------

create table inspection_plans (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  plan_code         text not null,
  revision          integer default 1 not null,
  plan_name         text not null,
  plan_type         text not null,
  plant_id          integer,
  material_id       integer,
  work_center_id    integer,
  operation_number  integer,
  status            text default 'DRAFT'::text not null,
  approved_by       integer,
  approved_at       timestamp with time zone,
  effective_from    date not null,
  effective_to      date,
  effective         daterange generated always as (
CASE
    WHEN effective_to < effective_from THEN 'empty'::daterange
    ELSE daterange(effective_from, effective_to, '[]'::text)
END) stored not null,
  control_sigma     numeric(4,2) default 3 not null,
  instructions      text,
  workflow_state_id integer,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint inspection_plans_pkey PRIMARY KEY (id),
  constraint inspection_plans_id_key UNIQUE (organization_id, id),
  constraint inspection_plans_plan_code_revision_key UNIQUE (organization_id, plan_code, revision),
  constraint inspection_plans_excl EXCLUDE USING gist (organization_id WITH =, plan_code WITH =, effective WITH &&) WHERE (status = 'APPROVED'::text),
  constraint inspection_plans_approved_at_approved_by_check CHECK ((approved_at IS NULL) = (approved_by IS NULL)),
  constraint inspection_plans_control_sigma_check CHECK (control_sigma >= 1::numeric AND control_sigma <= 6::numeric),
  constraint inspection_plans_effective_to_effective_from_check CHECK (effective_to >= effective_from),
  constraint inspection_plans_instructions_check CHECK (char_length(instructions) >= 1 AND char_length(instructions) <= 8000),
  constraint inspection_plans_plan_code_check CHECK (plan_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint inspection_plans_plan_name_check CHECK (char_length(plan_name) >= 1 AND char_length(plan_name) <= 200),
  constraint inspection_plans_plan_type_check CHECK (plan_type = ANY (ARRAY['INCOMING'::text, 'FIRST_ARTICLE'::text, 'IN_PROCESS'::text, 'FINAL'::text, 'AUDIT'::text])),
  constraint inspection_plans_status_approved_at_check CHECK ((status = 'DRAFT'::text) = (approved_at IS NULL)),
  constraint inspection_plans_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'APPROVED'::text, 'RETIRED'::text])),
  constraint inspection_plans_approved_by_fkey FOREIGN KEY (organization_id, approved_by) REFERENCES users(organization_id, id),
  constraint inspection_plans_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint inspection_plans_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint inspection_plans_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint inspection_plans_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint inspection_plans_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint inspection_plans_work_center_id_fkey FOREIGN KEY (organization_id, work_center_id) REFERENCES work_centers(organization_id, id),
  constraint inspection_plans_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE INDEX inspection_plans_material_id_plan_type_idx ON inspection_plans USING btree (organization_id, material_id, plan_type) WHERE status = 'APPROVED'::text;
CREATE INDEX inspection_plans_work_center_id_idx ON inspection_plans USING btree (organization_id, work_center_id) WHERE status = 'APPROVED'::text;
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON inspection_plans FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON inspection_plans REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('plan_code');
CREATE TRIGGER audit_insert AFTER INSERT ON inspection_plans REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('plan_code');
CREATE TRIGGER audit_update AFTER UPDATE ON inspection_plans REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('plan_code');
CREATE TRIGGER feed_delete AFTER DELETE ON inspection_plans REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON inspection_plans REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_moves AFTER UPDATE ON inspection_plans REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_scope_moves();
CREATE TRIGGER feed_update AFTER UPDATE ON inspection_plans REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_plan BEFORE UPDATE ON inspection_plans FOR EACH ROW EXECUTE FUNCTION app.guard_inspection_plan();
CREATE TRIGGER touch BEFORE UPDATE ON inspection_plans FOR EACH ROW WHEN (old.plan_code IS DISTINCT FROM new.plan_code OR old.revision IS DISTINCT FROM new.revision OR old.plan_name IS DISTINCT FROM new.plan_name OR old.plan_type IS DISTINCT FROM new.plan_type OR old.plant_id IS DISTINCT FROM new.plant_id OR old.material_id IS DISTINCT FROM new.material_id OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.operation_number IS DISTINCT FROM new.operation_number OR old.status IS DISTINCT FROM new.status OR old.approved_by IS DISTINCT FROM new.approved_by OR old.approved_at IS DISTINCT FROM new.approved_at OR old.effective_from IS DISTINCT FROM new.effective_from OR old.effective_to IS DISTINCT FROM new.effective_to OR old.control_sigma IS DISTINCT FROM new.control_sigma OR old.instructions IS DISTINCT FROM new.instructions OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id) EXECUTE FUNCTION app.touch();
comment on table inspection_plans is
  'What to inspect, for which material/work center, by revision and effectivity.';
comment on column inspection_plans.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column inspection_plans.organization_id is 'Tenant; part of every key and of the policy.';
comment on column inspection_plans.plan_code is 'One per plan; revisions share it.';
comment on column inspection_plans.revision is 'A change of an APPROVED plan is a new revision.';
comment on column inspection_plans.plan_name is 'Name of the plan.';
comment on column inspection_plans.plan_type is 'Occasion on which it is used.';
comment on column inspection_plans.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column inspection_plans.material_id is 'What is inspected; NULL = anything made at work_center_id.';
comment on column inspection_plans.work_center_id is 'Where it is inspected; NULL = anywhere.';
comment on column inspection_plans.operation_number is 'Narrows the plan to this step of an order.';
comment on column inspection_plans.status is 'Points and characteristics are frozen once APPROVED, so old readings keep their meaning.';
comment on column inspection_plans.approved_by is 'Not the author.';
comment on column inspection_plans.approved_at is 'When it was approved; empty while DRAFT.';
comment on column inspection_plans.effective_from is 'First day, plant-local.';
comment on column inspection_plans.effective_to is 'Last day, inclusive; NULL = open.';
comment on column inspection_plans.effective is 'Days on which an APPROVED revision holds; no two of a plan overlap.';
comment on column inspection_plans.control_sigma is 'Distance of control limits from the centre in sigma.';
comment on column inspection_plans.instructions is 'What to do, shown at the station.';
comment on column inspection_plans.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column inspection_plans.created_at is 'When the row was made.';
comment on column inspection_plans.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column inspection_plans.updated_at is 'When it last became a new version.';
comment on column inspection_plans.updated_by is 'Who made the last version.';
comment on column inspection_plans.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table inspection_points (
  id                 integer generated always as identity not null,
  organization_id    integer not null,
  inspection_plan_id integer not null,
  point_code         text not null,
  point_name         text not null,
  sequence           integer default 0 not null,
  frequency_type     text not null,
  frequency_value    integer,
  sample_size        integer default 1 not null,
  accept_number      integer,
  reject_number      integer,
  aql                numeric(6,3),
  method             text default 'DIMENSIONAL'::text not null,
  is_mandatory       boolean default true not null,
  is_critical        boolean default false not null,
  instructions       text,
  created_at         timestamp with time zone default now() not null,
  created_by         integer default app.actor(),
  updated_at         timestamp with time zone default now() not null,
  updated_by         integer default app.actor(),
  row_version        integer default 1 not null,
  constraint inspection_points_pkey PRIMARY KEY (id),
  constraint inspection_points_id_key UNIQUE (organization_id, id),
  constraint inspection_points_inspection_plan_id_id_key UNIQUE (organization_id, inspection_plan_id, id),
  constraint inspection_points_inspection_plan_id_point_code_key UNIQUE (organization_id, inspection_plan_id, point_code),
  constraint inspection_points_frequency_type_accept_number_check CHECK (frequency_type <> 'SAMPLING'::text OR COALESCE(accept_number >= 0 AND reject_number = (accept_number + 1), false)),
  constraint inspection_points_frequency_type_check CHECK (frequency_type = ANY (ARRAY['FIRST_PIECE'::text, 'EVERY_UNIT'::text, 'PERIODIC_UNITS'::text, 'PERIODIC_MINUTES'::text, 'PER_LOT'::text, 'PER_SHIFT'::text, 'SAMPLING'::text, 'FINAL'::text, 'ON_DEMAND'::text])),
  constraint inspection_points_frequency_type_frequency_value_check CHECK ((frequency_type <> ALL (ARRAY['PERIODIC_UNITS'::text, 'PERIODIC_MINUTES'::text])) OR COALESCE(frequency_value, 0) > 0),
  constraint inspection_points_instructions_check CHECK (char_length(instructions) >= 1 AND char_length(instructions) <= 4000),
  constraint inspection_points_method_check CHECK (method = ANY (ARRAY['VISUAL'::text, 'DIMENSIONAL'::text, 'WEIGHT'::text, 'FUNCTIONAL'::text, 'OTHER'::text])),
  constraint inspection_points_point_code_check CHECK (point_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint inspection_points_point_name_check CHECK (char_length(point_name) >= 1 AND char_length(point_name) <= 200),
  constraint inspection_points_sample_size_check CHECK (sample_size > 0),
  constraint inspection_points_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint inspection_points_inspection_plan_id_fkey FOREIGN KEY (organization_id, inspection_plan_id) REFERENCES inspection_plans(organization_id, id) ON DELETE CASCADE,
  constraint inspection_points_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint inspection_points_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX inspection_points_inspection_plan_id_sequence_idx ON inspection_points USING btree (organization_id, inspection_plan_id, sequence);
CREATE TRIGGER audit_delete AFTER DELETE ON inspection_points REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('point_code');
CREATE TRIGGER audit_insert AFTER INSERT ON inspection_points REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('point_code');
CREATE TRIGGER audit_update AFTER UPDATE ON inspection_points REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('point_code');
CREATE TRIGGER feed_delete AFTER DELETE ON inspection_points REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON inspection_points REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON inspection_points REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON inspection_points FOR EACH ROW EXECUTE FUNCTION app.guard_frozen('inspection_plans', 'inspection_plan_id', '{DRAFT}');
CREATE TRIGGER touch BEFORE UPDATE ON inspection_points FOR EACH ROW WHEN (old.inspection_plan_id IS DISTINCT FROM new.inspection_plan_id OR old.point_code IS DISTINCT FROM new.point_code OR old.point_name IS DISTINCT FROM new.point_name OR old.sequence IS DISTINCT FROM new.sequence OR old.frequency_type IS DISTINCT FROM new.frequency_type OR old.frequency_value IS DISTINCT FROM new.frequency_value OR old.sample_size IS DISTINCT FROM new.sample_size OR old.accept_number IS DISTINCT FROM new.accept_number OR old.reject_number IS DISTINCT FROM new.reject_number OR old.aql IS DISTINCT FROM new.aql OR old.method IS DISTINCT FROM new.method OR old.is_mandatory IS DISTINCT FROM new.is_mandatory OR old.is_critical IS DISTINCT FROM new.is_critical OR old.instructions IS DISTINCT FROM new.instructions) EXECUTE FUNCTION app.touch();
comment on table inspection_points is
  'Checkpoint of a plan: when and how much to sample.';
comment on column inspection_points.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column inspection_points.organization_id is 'Tenant; part of every key and of the policy.';
comment on column inspection_points.point_code is 'Unique in the plan.';
comment on column inspection_points.point_name is 'Name of the checkpoint.';
comment on column inspection_points.sequence is 'Order of the work, ascending.';
comment on column inspection_points.frequency_type is 'When it falls due.';
comment on column inspection_points.frequency_value is 'Pieces or minutes between two checks, for PERIODIC_*.';
comment on column inspection_points.sample_size is 'Pieces per inspection.';
comment on column inspection_points.accept_number is 'Ac: at most so many defects accept the sample.';
comment on column inspection_points.reject_number is 'Re = Ac + 1.';
comment on column inspection_points.aql is 'Acceptable quality level the numbers were read from.';
comment on column inspection_points.method is 'How it is inspected.';
comment on column inspection_points.is_mandatory is 'An operation is not complete without it.';
comment on column inspection_points.is_critical is 'Failing it pauses the work order.';
comment on column inspection_points.instructions is 'What to do, shown at the station.';
comment on column inspection_points.created_at is 'When the row was made.';
comment on column inspection_points.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column inspection_points.updated_at is 'When it last became a new version.';
comment on column inspection_points.updated_by is 'Who made the last version.';
comment on column inspection_points.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table inspection_characteristics (
  id                  integer generated always as identity not null,
  organization_id     integer not null,
  inspection_point_id integer not null,
  characteristic_code text not null,
  characteristic_name text not null,
  sequence            integer default 0 not null,
  characteristic_type text not null,
  unit_id             integer,
  nominal             numeric(18,6),
  lower_spec          numeric(18,6),
  upper_spec          numeric(18,6),
  lower_control       numeric(18,6),
  upper_control       numeric(18,6),
  decimals            smallint default 3 not null,
  allowed_values      text[],
  accepted_values     text[],
  measurement_method  text,
  track_spc           boolean default false not null,
  chart_type          text,
  subgroup_size       smallint,
  is_critical         boolean default false not null,
  created_at          timestamp with time zone default now() not null,
  created_by          integer default app.actor(),
  updated_at          timestamp with time zone default now() not null,
  updated_by          integer default app.actor(),
  row_version         integer default 1 not null,
  constraint inspection_characteristics_pkey PRIMARY KEY (id),
  constraint inspection_characteristics_id_key UNIQUE (organization_id, id),
  constraint inspection_characteristics_inspection_p_characterist_key UNIQUE (organization_id, inspection_point_id, characteristic_code),
  constraint inspection_characteristics_characteristic_code_check CHECK (characteristic_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint inspection_characteristics_characteristic_name_check CHECK (char_length(characteristic_name) >= 1 AND char_length(characteristic_name) <= 200),
  constraint inspection_characteristics_characteristic_type_check CHECK (characteristic_type = ANY (ARRAY['VARIABLE'::text, 'ATTRIBUTE'::text])),
  constraint inspection_characteristics_characteristic_type_nominal_check CHECK (characteristic_type <> 'ATTRIBUTE'::text OR num_nonnulls(nominal, lower_spec, upper_spec) = 0 AND COALESCE(cardinality(accepted_values) > 0 AND accepted_values <@ allowed_values, false)),
  constraint inspection_characteristics_characteristic_type_unit_id_check CHECK (characteristic_type <> 'VARIABLE'::text OR unit_id IS NOT NULL AND num_nonnulls(lower_spec, upper_spec) >= 1 AND allowed_values IS NULL),
  constraint inspection_characteristics_chart_type_check CHECK (chart_type = ANY (ARRAY['XBAR_R'::text, 'XBAR_S'::text, 'I_MR'::text, 'P'::text, 'NP'::text, 'C'::text, 'U'::text])),
  constraint inspection_characteristics_chart_type_subgroup_size_check CHECK ((chart_type <> ALL (ARRAY['XBAR_R'::text, 'XBAR_S'::text])) OR COALESCE(subgroup_size::integer, 0) >= 2 AND COALESCE(subgroup_size::integer, 0) <= 25),
  constraint inspection_characteristics_lower_control_upper_control_check CHECK (lower_control < upper_control),
  constraint inspection_characteristics_lower_spec_upper_spec_check CHECK (lower_spec < upper_spec),
  constraint inspection_characteristics_measurement_method_check CHECK (char_length(measurement_method) >= 1 AND char_length(measurement_method) <= 255),
  constraint inspection_characteristics_nominal_lower_spec_check CHECK (nominal >= COALESCE(lower_spec, nominal) AND nominal <= COALESCE(upper_spec, nominal)),
  constraint inspection_characteristics_track_spc_chart_type_check CHECK (NOT track_spc OR chart_type IS NOT NULL),
  constraint inspection_characteristics_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint inspection_characteristics_inspection_point_id_fkey FOREIGN KEY (organization_id, inspection_point_id) REFERENCES inspection_points(organization_id, id) ON DELETE CASCADE,
  constraint inspection_characteristics_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint inspection_characteristics_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint inspection_characteristics_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON inspection_characteristics REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('characteristic_code');
CREATE TRIGGER audit_insert AFTER INSERT ON inspection_characteristics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('characteristic_code');
CREATE TRIGGER audit_update AFTER UPDATE ON inspection_characteristics REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('characteristic_code');
CREATE TRIGGER feed_delete AFTER DELETE ON inspection_characteristics REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON inspection_characteristics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON inspection_characteristics REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON inspection_characteristics FOR EACH ROW EXECUTE FUNCTION app.guard_characteristic();
CREATE TRIGGER touch BEFORE UPDATE ON inspection_characteristics FOR EACH ROW WHEN (old.inspection_point_id IS DISTINCT FROM new.inspection_point_id OR old.characteristic_code IS DISTINCT FROM new.characteristic_code OR old.characteristic_name IS DISTINCT FROM new.characteristic_name OR old.sequence IS DISTINCT FROM new.sequence OR old.characteristic_type IS DISTINCT FROM new.characteristic_type OR old.unit_id IS DISTINCT FROM new.unit_id OR old.nominal IS DISTINCT FROM new.nominal OR old.lower_spec IS DISTINCT FROM new.lower_spec OR old.upper_spec IS DISTINCT FROM new.upper_spec OR old.lower_control IS DISTINCT FROM new.lower_control OR old.upper_control IS DISTINCT FROM new.upper_control OR old.decimals IS DISTINCT FROM new.decimals OR old.allowed_values IS DISTINCT FROM new.allowed_values OR old.accepted_values IS DISTINCT FROM new.accepted_values OR old.measurement_method IS DISTINCT FROM new.measurement_method OR old.track_spc IS DISTINCT FROM new.track_spc OR old.chart_type IS DISTINCT FROM new.chart_type OR old.subgroup_size IS DISTINCT FROM new.subgroup_size OR old.is_critical IS DISTINCT FROM new.is_critical) EXECUTE FUNCTION app.touch();
comment on table inspection_characteristics is
  'One measurable or judgeable feature with its limits.';
comment on column inspection_characteristics.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column inspection_characteristics.organization_id is 'Tenant; part of every key and of the policy.';
comment on column inspection_characteristics.inspection_point_id is 'Checkpoint it is measured at.';
comment on column inspection_characteristics.characteristic_code is 'Unique at the checkpoint.';
comment on column inspection_characteristics.characteristic_name is 'What is measured, e.g. Diameter.';
comment on column inspection_characteristics.sequence is 'Order of the work, ascending.';
comment on column inspection_characteristics.characteristic_type is 'VARIABLE = a reading with limits, ATTRIBUTE = one of allowed_values.';
comment on column inspection_characteristics.unit_id is 'Unit of the reading and its limits.';
comment on column inspection_characteristics.nominal is 'Target value.';
comment on column inspection_characteristics.lower_spec is 'Smallest conforming value; NULL = no lower limit, 0 is a limit.';
comment on column inspection_characteristics.upper_spec is 'Largest conforming value; NULL = no upper limit, 0 is a limit.';
comment on column inspection_characteristics.lower_control is 'Describes the process; may be recalculated after approval, unlike the specification.';
comment on column inspection_characteristics.upper_control is 'Describes the process; may be recalculated after approval, unlike the specification.';
comment on column inspection_characteristics.decimals is 'Digits shown and asked for.';
comment on column inspection_characteristics.allowed_values is 'ATTRIBUTE.';
comment on column inspection_characteristics.accepted_values is 'The conforming subset.';
comment on column inspection_characteristics.measurement_method is 'How or with what it is measured.';
comment on column inspection_characteristics.track_spc is 'Readings feed a control chart.';
comment on column inspection_characteristics.chart_type is 'Control chart of the readings.';
comment on column inspection_characteristics.subgroup_size is 'Readings per subgroup for XBAR charts.';
comment on column inspection_characteristics.is_critical is 'A failing reading pauses the order.';
comment on column inspection_characteristics.created_at is 'When the row was made.';
comment on column inspection_characteristics.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column inspection_characteristics.updated_at is 'When it last became a new version.';
comment on column inspection_characteristics.updated_by is 'Who made the last version.';
comment on column inspection_characteristics.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table inspection_measurements (
  id                bigint generated always as identity not null,
  organization_id   integer not null,
  plant_id          integer not null,
  measured_at       timestamp with time zone not null,
  inspection_log_id bigint not null,
  characteristic_id integer not null,
  sample_no         integer default 1 not null,
  subgroup_no       integer,
  measured_value    numeric(18,6),
  measured_text     text,
  is_conforming     boolean not null,
  lower_spec        numeric(18,6),
  upper_spec        numeric(18,6),
  violated_rules    text[],
  gauge_code        text,
  measured_by       integer not null,
  environment       jsonb,
  notes             text,
  uid               uuid default pg_catalog.gen_random_uuid() not null,
  device_id         integer,
  device_seq        bigint,
  device_time       timestamp with time zone,
  time_quality      text default 'SYNCED'::text not null,
  recorded_at       timestamp with time zone default now() not null,
  constraint inspection_measurements_pkey PRIMARY KEY (id, measured_at),
  constraint inspection_measurements_uid_key UNIQUE (organization_id, uid, measured_at),
  constraint inspection_measurements_gauge_code_check CHECK (char_length(gauge_code) >= 1 AND char_length(gauge_code) <= 100),
  constraint inspection_measurements_measured_at_recorded_at_check CHECK (measured_at <= (recorded_at + '00:10:00'::interval)),
  constraint inspection_measurements_measured_text_check CHECK (char_length(measured_text) >= 1 AND char_length(measured_text) <= 200),
  constraint inspection_measurements_measured_value_is_conforming_check CHECK (measured_value IS NULL OR is_conforming = (measured_value >= COALESCE(lower_spec, measured_value) AND measured_value <= COALESCE(upper_spec, measured_value))),
  constraint inspection_measurements_measured_value_measured_text_check CHECK (num_nonnulls(measured_value, measured_text) = 1),
  constraint inspection_measurements_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 1000),
  constraint inspection_measurements_sample_no_check CHECK (sample_no >= 1),
  constraint inspection_measurements_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint inspection_measurements_characteristic_id_fkey FOREIGN KEY (organization_id, characteristic_id) REFERENCES inspection_characteristics(organization_id, id),
  constraint inspection_measurements_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint inspection_measurements_inspection_log_id_fkey FOREIGN KEY (organization_id, inspection_log_id) REFERENCES inspection_logs(organization_id, id),
  constraint inspection_measurements_measured_by_fkey FOREIGN KEY (organization_id, measured_by) REFERENCES users(organization_id, id),
  constraint inspection_measurements_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id)
);
select create_hypertable('inspection_measurements', 'measured_at', chunk_time_interval => interval '30 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
CREATE INDEX inspection_measurements_characteristic_id_measured_at_idx ON inspection_measurements USING btree (organization_id, characteristic_id, measured_at DESC);
CREATE INDEX inspection_measurements_inspection_log_id_idx ON inspection_measurements USING btree (organization_id, inspection_log_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON inspection_measurements FOR EACH ROW EXECUTE FUNCTION app.refuse_change('inspection_measurements');
comment on table inspection_measurements is
  'Single readings; the SPC series.';
comment on column inspection_measurements.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column inspection_measurements.organization_id is 'Tenant; part of every key and of the policy.';
comment on column inspection_measurements.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column inspection_measurements.measured_at is 'When it was read; the partition column.';
comment on column inspection_measurements.characteristic_id is 'What was read.';
comment on column inspection_measurements.sample_no is 'Piece within the sample, from 1.';
comment on column inspection_measurements.subgroup_no is 'Subgroup of the control chart.';
comment on column inspection_measurements.measured_value is 'Exact decimal digits as the gauge gave them.';
comment on column inspection_measurements.measured_text is 'Judgement of an ATTRIBUTE; either this or measured_value.';
comment on column inspection_measurements.is_conforming is 'Proven against the limits beside it.';
comment on column inspection_measurements.lower_spec is 'Limit in force when judged.';
comment on column inspection_measurements.upper_spec is 'Limits in force when judged.';
comment on column inspection_measurements.violated_rules is 'SPC run rules found by the server.';
comment on column inspection_measurements.gauge_code is 'Gauge it was read with.';
comment on column inspection_measurements.measured_by is 'Who read it.';
comment on column inspection_measurements.environment is 'Temperature, humidity … at the reading.';
comment on column inspection_measurements.notes is 'Free words.';
comment on column inspection_measurements.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column inspection_measurements.device_id is 'Terminal it was made on; NULL = the office.';
comment on column inspection_measurements.device_seq is 'Number in its lane on that terminal.';
comment on column inspection_measurements.device_time is 'Time as the device said it, uncorrected.';
comment on column inspection_measurements.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column inspection_measurements.recorded_at is 'When the server received it.';
