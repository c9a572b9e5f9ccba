-- Production
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table work_orders (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  plant_id             integer not null,
  work_order_number    text not null,
  order_type           text default 'PRODUCTION'::text not null,
  status               text default 'PLANNED'::text not null,
  status_reason        text,
  material_id          integer not null,
  bom_header_id        integer,
  project_id           integer,
  department_id        integer,
  planned_quantity     numeric(18,4) not null,
  unit_id              integer not null,
  completed_quantity   numeric(18,4) default 0 not null,
  scrapped_quantity    numeric(18,4) default 0 not null,
  rework_quantity      numeric(18,4) default 0 not null,
  over_delivery_ratio  numeric(9,6) default 0 not null,
  priority             smallint default 5 not null,
  planned_start        timestamp with time zone,
  planned_end          timestamp with time zone,
  released_at          timestamp with time zone,
  actual_start         timestamp with time zone,
  actual_end           timestamp with time zone,
  parent_work_order_id integer,
  rework_mode          text,
  rework_reason_id     integer,
  rework_cycle         smallint default 0 not null,
  ncr_id               integer,
  standard_cost        numeric(18,4),
  material_cost        numeric(18,4) default 0 not null,
  labor_cost           numeric(18,4) default 0 not null,
  overhead_cost        numeric(18,4) default 0 not null,
  total_cost           numeric(18,4) generated always as ((material_cost + labor_cost + overhead_cost)) stored not null,
  workflow_state_id    integer,
  created_at           timestamp with time zone default now() not null,
  created_by           integer default app.actor(),
  updated_at           timestamp with time zone default now() not null,
  updated_by           integer default app.actor(),
  row_version          integer default 1 not null,
  constraint work_orders_pkey PRIMARY KEY (id),
  constraint work_orders_id_key UNIQUE (organization_id, id),
  constraint work_orders_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint work_orders_work_order_number_key UNIQUE (organization_id, work_order_number),
  constraint work_orders_actual_end_actual_start_check CHECK (actual_end >= actual_start),
  constraint work_orders_completed_quantity_check CHECK (completed_quantity >= 0::numeric),
  constraint work_orders_labor_cost_check CHECK (labor_cost >= 0::numeric),
  constraint work_orders_material_cost_check CHECK (material_cost >= 0::numeric),
  constraint work_orders_order_type_check CHECK (order_type = ANY (ARRAY['PRODUCTION'::text, 'ASSEMBLY'::text, 'REWORK'::text])),
  constraint work_orders_order_type_parent_work_order_id_check CHECK ((order_type = 'REWORK'::text) = (parent_work_order_id IS NOT NULL AND rework_mode IS NOT NULL AND rework_cycle > 0)),
  constraint work_orders_over_delivery_ratio_check CHECK (over_delivery_ratio >= 0::numeric),
  constraint work_orders_overhead_cost_check CHECK (overhead_cost >= 0::numeric),
  constraint work_orders_planned_end_planned_start_check CHECK (planned_end >= planned_start),
  constraint work_orders_planned_quantity_check CHECK (planned_quantity > 0::numeric),
  constraint work_orders_priority_check CHECK (priority >= 1 AND priority <= 10),
  constraint work_orders_rework_mode_check CHECK (rework_mode = ANY (ARRAY['CONSUME_ADDITIONAL_MATERIALS'::text, 'REPROCESS_EXISTING_WIP'::text, 'HYBRID'::text])),
  constraint work_orders_rework_quantity_check CHECK (rework_quantity >= 0::numeric),
  constraint work_orders_scrapped_quantity_check CHECK (scrapped_quantity >= 0::numeric),
  constraint work_orders_standard_cost_check CHECK (standard_cost >= 0::numeric),
  constraint work_orders_status_actual_end_check CHECK (status <> 'COMPLETED'::text OR actual_end IS NOT NULL),
  constraint work_orders_status_actual_start_check CHECK ((status <> ALL (ARRAY['IN_PROGRESS'::text, 'PAUSED'::text, 'COMPLETED'::text])) OR actual_start IS NOT NULL),
  constraint work_orders_status_check CHECK (status = ANY (ARRAY['PLANNED'::text, 'RELEASED'::text, 'IN_PROGRESS'::text, 'PAUSED'::text, 'COMPLETED'::text, 'CANCELLED'::text])),
  constraint work_orders_status_reason_check CHECK (char_length(status_reason) >= 1 AND char_length(status_reason) <= 500),
  constraint work_orders_work_order_number_check CHECK (work_order_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint work_orders_bom_header_id_fkey FOREIGN KEY (organization_id, bom_header_id) REFERENCES bom_headers(organization_id, id),
  constraint work_orders_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint work_orders_department_id_fkey FOREIGN KEY (organization_id, plant_id, department_id) REFERENCES departments(organization_id, plant_id, id),
  constraint work_orders_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint work_orders_ncr_id_fkey FOREIGN KEY (organization_id, ncr_id) REFERENCES ncrs(organization_id, id),
  constraint work_orders_parent_work_order_id_fkey FOREIGN KEY (organization_id, parent_work_order_id) REFERENCES work_orders(organization_id, id),
  constraint work_orders_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint work_orders_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint work_orders_rework_reason_id_fkey FOREIGN KEY (organization_id, rework_reason_id) REFERENCES type_list_values(organization_id, id),
  constraint work_orders_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint work_orders_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint work_orders_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE INDEX work_orders_actual_end_idx ON work_orders USING btree (organization_id, actual_end) WHERE status = 'COMPLETED'::text;
CREATE INDEX work_orders_material_id_idx ON work_orders USING btree (organization_id, material_id);
CREATE INDEX work_orders_parent_work_order_id_idx ON work_orders USING btree (organization_id, parent_work_order_id);
CREATE INDEX work_orders_plant_id_status_priority_idx ON work_orders USING btree (organization_id, plant_id, status, priority, planned_start);
CREATE INDEX work_orders_project_id_idx ON work_orders USING btree (organization_id, project_id);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON work_orders FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON work_orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('work_order_number');
CREATE TRIGGER audit_insert AFTER INSERT ON work_orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('work_order_number');
CREATE TRIGGER audit_update AFTER UPDATE ON work_orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('work_order_number');
CREATE TRIGGER feed_delete AFTER DELETE ON work_orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON work_orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_moves AFTER UPDATE ON work_orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_scope_moves();
CREATE TRIGGER feed_update AFTER UPDATE ON work_orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_list_rework_reason_id BEFORE INSERT OR UPDATE OF rework_reason_id ON work_orders FOR EACH ROW WHEN (new.rework_reason_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('work_orders', 'rework_reason_id', 'REWORK_REASON');
CREATE TRIGGER guard_order BEFORE UPDATE ON work_orders FOR EACH ROW EXECUTE FUNCTION app.guard_work_order();
CREATE TRIGGER touch BEFORE UPDATE ON work_orders FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.work_order_number IS DISTINCT FROM new.work_order_number OR old.order_type IS DISTINCT FROM new.order_type OR old.status IS DISTINCT FROM new.status OR old.status_reason IS DISTINCT FROM new.status_reason OR old.material_id IS DISTINCT FROM new.material_id OR old.bom_header_id IS DISTINCT FROM new.bom_header_id OR old.project_id IS DISTINCT FROM new.project_id OR old.department_id IS DISTINCT FROM new.department_id OR old.planned_quantity IS DISTINCT FROM new.planned_quantity OR old.unit_id IS DISTINCT FROM new.unit_id OR old.over_delivery_ratio IS DISTINCT FROM new.over_delivery_ratio OR old.priority IS DISTINCT FROM new.priority OR old.planned_start IS DISTINCT FROM new.planned_start OR old.planned_end IS DISTINCT FROM new.planned_end OR old.released_at IS DISTINCT FROM new.released_at OR old.actual_start IS DISTINCT FROM new.actual_start OR old.actual_end IS DISTINCT FROM new.actual_end OR old.parent_work_order_id IS DISTINCT FROM new.parent_work_order_id OR old.rework_mode IS DISTINCT FROM new.rework_mode OR old.rework_reason_id IS DISTINCT FROM new.rework_reason_id OR old.rework_cycle IS DISTINCT FROM new.rework_cycle OR old.ncr_id IS DISTINCT FROM new.ncr_id OR old.standard_cost IS DISTINCT FROM new.standard_cost OR old.material_cost IS DISTINCT FROM new.material_cost OR old.labor_cost IS DISTINCT FROM new.labor_cost OR old.overhead_cost IS DISTINCT FROM new.overhead_cost OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id) EXECUTE FUNCTION app.touch();
comment on table work_orders is
  'Order to make or rework a quantity of one material at one plant.';
comment on column work_orders.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column work_orders.organization_id is 'Tenant; part of every key and of the policy.';
comment on column work_orders.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column work_orders.order_type is 'REWORK has a parent, a mode and a cycle.';
comment on column work_orders.status is 'Moves only as app.transitions() allows.';
comment on column work_orders.status_reason is 'Why cancelled, or completed short.';
comment on column work_orders.bom_header_id is 'The version exploded at release.';
comment on column work_orders.planned_quantity is 'May be exceeded by what is physically made: flagged, not refused.';
comment on column work_orders.unit_id is 'Unit of the quantities in this row.';
comment on column work_orders.completed_quantity is 'Good pieces of the last operation. A counter: kept by ingest in its transaction, proven nightly, no new version of the row.';
comment on column work_orders.scrapped_quantity is 'Counter over all operations.';
comment on column work_orders.rework_quantity is 'Counter over all operations, like scrapped_quantity.';
comment on column work_orders.over_delivery_ratio is 'Share by which output may exceed the plan before it is flagged.';
comment on column work_orders.priority is '1 first … 10 last.';
comment on column work_orders.planned_start is 'When it should begin.';
comment on column work_orders.planned_end is 'The OTD due time.';
comment on column work_orders.released_at is 'From here on material and quantity are frozen.';
comment on column work_orders.actual_start is 'First work on it.';
comment on column work_orders.actual_end is 'Completion; counts for on-time delivery.';
comment on column work_orders.parent_work_order_id is 'Order whose pieces are reworked.';
comment on column work_orders.rework_mode is 'CONSUME_ADDITIONAL_MATERIALS = need of the bill again, REPROCESS_EXISTING_WIP = none, HYBRID = some of it.';
comment on column work_orders.rework_reason_id is 'Value of the list REWORK_REASON.';
comment on column work_orders.rework_cycle is '0 for an original; its parent''s + 1 for rework, at most rework_configs.max_rework_cycles.';
comment on column work_orders.ncr_id is 'The report that caused the rework.';
comment on column work_orders.standard_cost is 'Planned cost, for the variance.';
comment on column work_orders.material_cost is 'Sum of lot picks × unit cost by the organization''s method.';
comment on column work_orders.labor_cost is 'Labour seconds / 3600 × the work center''s cost per hour.';
comment on column work_orders.overhead_cost is 'Labour × the organization''s overhead_ratio.';
comment on column work_orders.total_cost is 'Material + labour + overhead.';
comment on column work_orders.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column work_orders.created_at is 'When the row was made.';
comment on column work_orders.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column work_orders.updated_at is 'When it last became a new version.';
comment on column work_orders.updated_by is 'Who made the last version.';
comment on column work_orders.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table work_order_operations (
  id                       integer generated always as identity not null,
  organization_id          integer not null,
  plant_id                 integer not null,
  work_order_id            integer not null,
  operation_number         integer not null,
  operation_name           text not null,
  work_center_id           integer not null,
  machine_id               integer,
  status                   text default 'PENDING'::text not null,
  setup_seconds            integer default 0 not null,
  run_seconds_per_unit     numeric(12,4) default 0 not null,
  planned_start            timestamp with time zone,
  planned_end              timestamp with time zone,
  actual_start             timestamp with time zone,
  actual_end               timestamp with time zone,
  actual_setup_seconds     integer,
  actual_run_seconds       integer,
  completed_quantity       numeric(18,4) default 0 not null,
  scrapped_quantity        numeric(18,4) default 0 not null,
  rework_quantity          numeric(18,4) default 0 not null,
  scheduling_mode          text default 'SEQUENTIAL'::text not null,
  overlap_start_ratio      numeric(9,6) default 1 not null,
  predecessor_operation_id integer,
  requires_inspection      boolean default false not null,
  instructions             text,
  created_at               timestamp with time zone default now() not null,
  created_by               integer default app.actor(),
  updated_at               timestamp with time zone default now() not null,
  updated_by               integer default app.actor(),
  row_version              integer default 1 not null,
  constraint work_order_operations_pkey PRIMARY KEY (id),
  constraint work_order_operations_id_key UNIQUE (organization_id, id),
  constraint work_order_operations_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint work_order_operations_work_order_id_id_key UNIQUE (organization_id, work_order_id, id),
  constraint work_order_operations_work_order_id_operation_number_key UNIQUE (organization_id, work_order_id, operation_number),
  constraint work_order_operations_actual_run_seconds_check CHECK (actual_run_seconds >= 0),
  constraint work_order_operations_actual_setup_seconds_check CHECK (actual_setup_seconds >= 0),
  constraint work_order_operations_completed_quantity_check CHECK (completed_quantity >= 0::numeric),
  constraint work_order_operations_instructions_check CHECK (char_length(instructions) >= 1 AND char_length(instructions) <= 8000),
  constraint work_order_operations_operation_name_check CHECK (char_length(operation_name) >= 1 AND char_length(operation_name) <= 100),
  constraint work_order_operations_operation_number_check CHECK (operation_number > 0),
  constraint work_order_operations_overlap_start_ratio_check CHECK (overlap_start_ratio >= 0::numeric AND overlap_start_ratio <= 1::numeric),
  constraint work_order_operations_predecessor_operation_id_id_check CHECK (predecessor_operation_id <> id),
  constraint work_order_operations_rework_quantity_check CHECK (rework_quantity >= 0::numeric),
  constraint work_order_operations_run_seconds_per_unit_check CHECK (run_seconds_per_unit >= 0::numeric),
  constraint work_order_operations_scheduling_mode_check CHECK (scheduling_mode = ANY (ARRAY['SEQUENTIAL'::text, 'OVERLAP'::text, 'PARALLEL'::text])),
  constraint work_order_operations_scrapped_quantity_check CHECK (scrapped_quantity >= 0::numeric),
  constraint work_order_operations_setup_seconds_check CHECK (setup_seconds >= 0),
  constraint work_order_operations_status_actual_end_check CHECK (status <> 'COMPLETED'::text OR actual_end IS NOT NULL),
  constraint work_order_operations_status_check CHECK (status = ANY (ARRAY['PENDING'::text, 'IN_PROGRESS'::text, 'PAUSED'::text, 'COMPLETED'::text, 'SKIPPED'::text])),
  constraint work_order_operations_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint work_order_operations_machine_id_fkey FOREIGN KEY (organization_id, plant_id, machine_id) REFERENCES machines(organization_id, plant_id, id),
  constraint work_order_operations_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint work_order_operations_predecessor_operation_id_fkey FOREIGN KEY (organization_id, work_order_id, predecessor_operation_id) REFERENCES work_order_operations(organization_id, work_order_id, id),
  constraint work_order_operations_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint work_order_operations_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id),
  constraint work_order_operations_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id) ON DELETE CASCADE
);
CREATE INDEX work_order_operations_machine_id_status_idx ON work_order_operations USING btree (organization_id, machine_id, status);
CREATE INDEX work_order_operations_work_center_id_status_planned_start_idx ON work_order_operations USING btree (organization_id, work_center_id, status, planned_start);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON work_order_operations FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON work_order_operations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('operation_name');
CREATE TRIGGER audit_insert AFTER INSERT ON work_order_operations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('operation_name');
CREATE TRIGGER audit_update AFTER UPDATE ON work_order_operations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('operation_name');
CREATE TRIGGER feed_delete AFTER DELETE ON work_order_operations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON work_order_operations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON work_order_operations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_operation BEFORE UPDATE OF status ON work_order_operations FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_operation();
CREATE TRIGGER touch BEFORE UPDATE ON work_order_operations FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.operation_number IS DISTINCT FROM new.operation_number OR old.operation_name IS DISTINCT FROM new.operation_name OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.machine_id IS DISTINCT FROM new.machine_id OR old.status IS DISTINCT FROM new.status OR old.setup_seconds IS DISTINCT FROM new.setup_seconds OR old.run_seconds_per_unit IS DISTINCT FROM new.run_seconds_per_unit OR old.planned_start IS DISTINCT FROM new.planned_start OR old.planned_end IS DISTINCT FROM new.planned_end OR old.actual_start IS DISTINCT FROM new.actual_start OR old.actual_end IS DISTINCT FROM new.actual_end OR old.actual_setup_seconds IS DISTINCT FROM new.actual_setup_seconds OR old.actual_run_seconds IS DISTINCT FROM new.actual_run_seconds OR old.scheduling_mode IS DISTINCT FROM new.scheduling_mode OR old.overlap_start_ratio IS DISTINCT FROM new.overlap_start_ratio OR old.predecessor_operation_id IS DISTINCT FROM new.predecessor_operation_id OR old.requires_inspection IS DISTINCT FROM new.requires_inspection OR old.instructions IS DISTINCT FROM new.instructions) EXECUTE FUNCTION app.touch();
comment on table work_order_operations is
  'Routing step of a work order.';
comment on column work_order_operations.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column work_order_operations.organization_id is 'Tenant; part of every key and of the policy.';
comment on column work_order_operations.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column work_order_operations.operation_number is '10, 20, 30 ….';
comment on column work_order_operations.operation_name is 'What is done, e.g. Turning.';
comment on column work_order_operations.work_center_id is 'Where it is planned.';
comment on column work_order_operations.machine_id is 'Machine it is planned on; NULL = any of the work center.';
comment on column work_order_operations.status is 'Moves only as app.transitions() allows.';
comment on column work_order_operations.setup_seconds is 'Planned.';
comment on column work_order_operations.run_seconds_per_unit is 'Ideal; feeds OEE.';
comment on column work_order_operations.planned_start is 'When it should begin.';
comment on column work_order_operations.planned_end is 'When it should be done; load is planned from these.';
comment on column work_order_operations.actual_start is 'When the work began.';
comment on column work_order_operations.actual_end is 'When the work ended.';
comment on column work_order_operations.actual_setup_seconds is 'Measured.';
comment on column work_order_operations.actual_run_seconds is 'Measured, without set-up.';
comment on column work_order_operations.completed_quantity is 'Counter kept by ingest in its transaction.';
comment on column work_order_operations.scrapped_quantity is 'Counter kept by ingest in its transaction.';
comment on column work_order_operations.rework_quantity is 'Counter kept by ingest in its transaction.';
comment on column work_order_operations.scheduling_mode is 'SEQUENTIAL after the predecessor, OVERLAP from a share of it on, PARALLEL with the order.';
comment on column work_order_operations.overlap_start_ratio is 'Predecessor progress at which this may start.';
comment on column work_order_operations.predecessor_operation_id is 'Step of the same order that comes before.';
comment on column work_order_operations.requires_inspection is 'Completed in the office only after a PASS or CONDITIONAL inspection; a terminal that completes without one is flagged.';
comment on column work_order_operations.instructions is 'What to do, shown at the station.';
comment on column work_order_operations.created_at is 'When the row was made.';
comment on column work_order_operations.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column work_order_operations.updated_at is 'When it last became a new version.';
comment on column work_order_operations.updated_by is 'Who made the last version.';
comment on column work_order_operations.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table work_centers (
  id                      integer generated always as identity not null,
  organization_id         integer not null,
  plant_id                integer not null,
  work_center_code        text not null,
  work_center_name        text not null,
  work_center_type        text not null,
  department_id           integer,
  capacity_per_hour       numeric(18,4) not null,
  capacity_unit_id        integer,
  cost_per_hour           numeric(18,4) default 0 not null,
  default_scheduling_mode text default 'SEQUENTIAL'::text not null,
  is_active               boolean default true not null,
  created_at              timestamp with time zone default now() not null,
  created_by              integer default app.actor(),
  updated_at              timestamp with time zone default now() not null,
  updated_by              integer default app.actor(),
  row_version             integer default 1 not null,
  constraint work_centers_pkey PRIMARY KEY (id),
  constraint work_centers_id_key UNIQUE (organization_id, id),
  constraint work_centers_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint work_centers_plant_id_work_center_code_key UNIQUE (organization_id, plant_id, work_center_code),
  constraint work_centers_capacity_per_hour_check CHECK (capacity_per_hour > 0::numeric),
  constraint work_centers_cost_per_hour_check CHECK (cost_per_hour >= 0::numeric),
  constraint work_centers_default_scheduling_mode_check CHECK (default_scheduling_mode = ANY (ARRAY['SEQUENTIAL'::text, 'OVERLAP'::text, 'PARALLEL'::text])),
  constraint work_centers_work_center_code_check CHECK (work_center_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint work_centers_work_center_name_check CHECK (char_length(work_center_name) >= 1 AND char_length(work_center_name) <= 100),
  constraint work_centers_work_center_type_check CHECK (work_center_type = ANY (ARRAY['MACHINE'::text, 'ASSEMBLY'::text, 'PACKAGING'::text, 'QUALITY_CHECK'::text])),
  constraint work_centers_capacity_unit_id_fkey FOREIGN KEY (organization_id, capacity_unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint work_centers_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint work_centers_department_id_fkey FOREIGN KEY (organization_id, plant_id, department_id) REFERENCES departments(organization_id, plant_id, id),
  constraint work_centers_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint work_centers_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON work_centers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('work_center_code');
CREATE TRIGGER audit_insert AFTER INSERT ON work_centers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('work_center_code');
CREATE TRIGGER audit_update AFTER UPDATE ON work_centers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('work_center_code');
CREATE TRIGGER feed_delete AFTER DELETE ON work_centers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON work_centers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON work_centers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON work_centers FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.work_center_code IS DISTINCT FROM new.work_center_code OR old.work_center_name IS DISTINCT FROM new.work_center_name OR old.work_center_type IS DISTINCT FROM new.work_center_type OR old.department_id IS DISTINCT FROM new.department_id OR old.capacity_per_hour IS DISTINCT FROM new.capacity_per_hour OR old.capacity_unit_id IS DISTINCT FROM new.capacity_unit_id OR old.cost_per_hour IS DISTINCT FROM new.cost_per_hour OR old.default_scheduling_mode IS DISTINCT FROM new.default_scheduling_mode OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table work_centers is
  'Place or group of stations where operations run.';
comment on column work_centers.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column work_centers.organization_id is 'Tenant; part of every key and of the policy.';
comment on column work_centers.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column work_centers.work_center_type is 'What kind of work is done there.';
comment on column work_centers.capacity_per_hour is 'In capacity_unit_id.';
comment on column work_centers.capacity_unit_id is 'Unit of capacity_per_hour.';
comment on column work_centers.cost_per_hour is 'Labour rate for costing.';
comment on column work_centers.default_scheduling_mode is 'Proposed for new operations there.';
comment on column work_centers.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column work_centers.created_at is 'When the row was made.';
comment on column work_centers.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column work_centers.updated_at is 'When it last became a new version.';
comment on column work_centers.updated_by is 'Who made the last version.';
comment on column work_centers.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table work_order_materials (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  work_order_id     integer not null,
  line_number       integer not null,
  material_id       integer not null,
  operation_id      integer,
  bom_line_id       integer,
  required_quantity numeric(18,4) not null,
  issued_quantity   numeric(18,4) default 0 not null,
  returned_quantity numeric(18,4) default 0 not null,
  unit_id           integer not null,
  issue_method      text default 'MANUAL'::text not null,
  is_substitute     boolean default false not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint work_order_materials_pkey PRIMARY KEY (id),
  constraint work_order_materials_id_key UNIQUE (organization_id, id),
  constraint work_order_materials_work_order_id_line_number_key UNIQUE (organization_id, work_order_id, line_number),
  constraint work_order_materials_issue_method_check CHECK (issue_method = ANY (ARRAY['BACKFLUSH'::text, 'MANUAL'::text])),
  constraint work_order_materials_issued_quantity_check CHECK (issued_quantity >= 0::numeric),
  constraint work_order_materials_required_quantity_check CHECK (required_quantity > 0::numeric),
  constraint work_order_materials_returned_quantity_check CHECK (returned_quantity >= 0::numeric),
  constraint work_order_materials_returned_quantity_issued_quantity_check CHECK (returned_quantity <= issued_quantity),
  constraint work_order_materials_bom_line_id_fkey FOREIGN KEY (organization_id, bom_line_id) REFERENCES bom_lines(organization_id, id),
  constraint work_order_materials_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint work_order_materials_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint work_order_materials_operation_id_fkey FOREIGN KEY (organization_id, work_order_id, operation_id) REFERENCES work_order_operations(organization_id, work_order_id, id),
  constraint work_order_materials_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint work_order_materials_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint work_order_materials_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint work_order_materials_work_order_id_fkey FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX work_order_materials_material_id_idx ON work_order_materials USING btree (organization_id, material_id);
CREATE TRIGGER audit_delete AFTER DELETE ON work_order_materials REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON work_order_materials REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON work_order_materials REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON work_order_materials REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON work_order_materials REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON work_order_materials REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON work_order_materials FOR EACH ROW WHEN (old.work_order_id IS DISTINCT FROM new.work_order_id OR old.line_number IS DISTINCT FROM new.line_number OR old.material_id IS DISTINCT FROM new.material_id OR old.operation_id IS DISTINCT FROM new.operation_id OR old.bom_line_id IS DISTINCT FROM new.bom_line_id OR old.required_quantity IS DISTINCT FROM new.required_quantity OR old.issued_quantity IS DISTINCT FROM new.issued_quantity OR old.returned_quantity IS DISTINCT FROM new.returned_quantity OR old.unit_id IS DISTINCT FROM new.unit_id OR old.issue_method IS DISTINCT FROM new.issue_method OR old.is_substitute IS DISTINCT FROM new.is_substitute) EXECUTE FUNCTION app.touch();
comment on table work_order_materials is
  'Components required by and issued to a work order (BOM exploded at release).';
comment on column work_order_materials.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column work_order_materials.organization_id is 'Tenant; part of every key and of the policy.';
comment on column work_order_materials.line_number is 'Position within the header, unique there.';
comment on column work_order_materials.operation_id is 'Step that consumes it; NULL = the order as a whole.';
comment on column work_order_materials.bom_line_id is 'Line it was exploded from; NULL = added by hand.';
comment on column work_order_materials.required_quantity is 'Scrap allowance included.';
comment on column work_order_materials.issued_quantity is 'Moved by traceability links for tracked material, directly for untracked.';
comment on column work_order_materials.returned_quantity is 'Given back to stock; at most what was issued.';
comment on column work_order_materials.unit_id is 'Unit of the quantities in this row.';
comment on column work_order_materials.issue_method is 'BACKFLUSH = consumed by reporting output, MANUAL = issued by hand or scan.';
comment on column work_order_materials.is_substitute is 'Stands in for the component the bill names.';
comment on column work_order_materials.created_at is 'When the row was made.';
comment on column work_order_materials.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column work_order_materials.updated_at is 'When it last became a new version.';
comment on column work_order_materials.updated_by is 'Who made the last version.';
comment on column work_order_materials.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table rework_configs (
  id                     integer generated always as identity not null,
  organization_id        integer not null,
  plant_id               integer not null,
  default_rework_mode    text default 'REPROCESS_EXISTING_WIP'::text not null,
  require_reason         boolean default true not null,
  require_ncr            boolean default false not null,
  max_rework_cycles      smallint default 3 not null,
  auto_create_work_order boolean default true not null,
  created_at             timestamp with time zone default now() not null,
  created_by             integer default app.actor(),
  updated_at             timestamp with time zone default now() not null,
  updated_by             integer default app.actor(),
  row_version            integer default 1 not null,
  constraint rework_configs_pkey PRIMARY KEY (id),
  constraint rework_configs_id_key UNIQUE (organization_id, id),
  constraint rework_configs_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint rework_configs_plant_id_key UNIQUE (organization_id, plant_id),
  constraint rework_configs_default_rework_mode_check CHECK (default_rework_mode = ANY (ARRAY['CONSUME_ADDITIONAL_MATERIALS'::text, 'REPROCESS_EXISTING_WIP'::text, 'HYBRID'::text])),
  constraint rework_configs_max_rework_cycles_check CHECK (max_rework_cycles >= 1 AND max_rework_cycles <= 20),
  constraint rework_configs_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint rework_configs_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint rework_configs_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON rework_configs REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON rework_configs REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON rework_configs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER touch BEFORE UPDATE ON rework_configs FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.default_rework_mode IS DISTINCT FROM new.default_rework_mode OR old.require_reason IS DISTINCT FROM new.require_reason OR old.require_ncr IS DISTINCT FROM new.require_ncr OR old.max_rework_cycles IS DISTINCT FROM new.max_rework_cycles OR old.auto_create_work_order IS DISTINCT FROM new.auto_create_work_order) EXECUTE FUNCTION app.touch();
comment on table rework_configs is
  'Per plant: how rework orders are made and limited.';
comment on column rework_configs.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column rework_configs.organization_id is 'Tenant; part of every key and of the policy.';
comment on column rework_configs.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column rework_configs.default_rework_mode is 'Proposed for new rework orders.';
comment on column rework_configs.require_reason is 'A rework order needs a reason.';
comment on column rework_configs.require_ncr is 'A rework order needs a non-conformance report.';
comment on column rework_configs.max_rework_cycles is 'How often the same pieces may be reworked.';
comment on column rework_configs.auto_create_work_order is 'On NCR disposition REWORK.';
comment on column rework_configs.created_at is 'When the row was made.';
comment on column rework_configs.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column rework_configs.updated_at is 'When it last became a new version.';
comment on column rework_configs.updated_by is 'Who made the last version.';
comment on column rework_configs.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table production_logs (
  id                bigint generated always as identity not null,
  organization_id   integer not null,
  plant_id          integer not null,
  logged_at         timestamp with time zone not null,
  event_type        text not null,
  work_order_id     integer not null,
  operation_id      integer,
  machine_id        integer,
  lane_id           integer,
  shift_id          integer,
  shift_date        date,
  operator_id       integer,
  quantity_good     numeric(18,4) default 0 not null,
  quantity_scrapped numeric(18,4) default 0 not null,
  quantity_rework   numeric(18,4) default 0 not null,
  unit_id           integer not null,
  scrap_reason_id   integer,
  rework_reason_id  integer,
  pause_reason_id   integer,
  labor_seconds     integer default 0 not null,
  output_lot_id     integer,
  corrects_uid      uuid,
  corrects_at       timestamp with time zone,
  notes             text,
  payload           jsonb,
  uid               uuid default pg_catalog.gen_random_uuid() not null,
  device_id         integer,
  device_seq        bigint,
  device_time       timestamp with time zone,
  time_quality      text default 'SYNCED'::text not null,
  recorded_at       timestamp with time zone default now() not null,
  constraint production_logs_pkey PRIMARY KEY (id, logged_at),
  constraint production_logs_uid_key UNIQUE (organization_id, uid, logged_at),
  constraint production_logs_corrects_uid_corrects_at_check CHECK ((corrects_uid IS NULL) = (corrects_at IS NULL)),
  constraint production_logs_event_type_check CHECK (event_type = ANY (ARRAY['START'::text, 'PAUSE'::text, 'RESUME'::text, 'OUTPUT'::text, 'COMPLETE'::text, 'CORRECTION'::text])),
  constraint production_logs_event_type_corrects_uid_check CHECK ((event_type = 'CORRECTION'::text) = (corrects_uid IS NOT NULL)),
  constraint production_logs_event_type_quantity_good_check CHECK (event_type = 'CORRECTION'::text OR quantity_good >= 0::numeric AND quantity_scrapped >= 0::numeric AND quantity_rework >= 0::numeric),
  constraint production_logs_event_type_quantity_good_check2 CHECK ((event_type = ANY (ARRAY['OUTPUT'::text, 'COMPLETE'::text, 'CORRECTION'::text])) OR quantity_good = 0::numeric AND quantity_scrapped = 0::numeric AND quantity_rework = 0::numeric),
  constraint production_logs_event_type_quantity_rework_check CHECK (event_type = 'CORRECTION'::text OR quantity_rework = 0::numeric OR rework_reason_id IS NOT NULL),
  constraint production_logs_event_type_quantity_scrapped_check CHECK (event_type = 'CORRECTION'::text OR quantity_scrapped = 0::numeric OR scrap_reason_id IS NOT NULL),
  constraint production_logs_labor_seconds_check CHECK (labor_seconds >= 0 AND labor_seconds <= 86400),
  constraint production_logs_logged_at_recorded_at_check CHECK (logged_at <= (recorded_at + '00:10:00'::interval)),
  constraint production_logs_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 2000),
  constraint production_logs_shift_id_shift_date_check CHECK ((shift_id IS NULL) = (shift_date IS NULL)),
  constraint production_logs_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint production_logs_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint production_logs_lane_id_fkey FOREIGN KEY (organization_id, plant_id, lane_id) REFERENCES lanes(organization_id, plant_id, id),
  constraint production_logs_machine_id_fkey FOREIGN KEY (organization_id, plant_id, machine_id) REFERENCES machines(organization_id, plant_id, id),
  constraint production_logs_operation_id_fkey FOREIGN KEY (organization_id, work_order_id, operation_id) REFERENCES work_order_operations(organization_id, work_order_id, id),
  constraint production_logs_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES users(organization_id, id),
  constraint production_logs_output_lot_id_fkey FOREIGN KEY (organization_id, output_lot_id) REFERENCES lot_batches(organization_id, id),
  constraint production_logs_pause_reason_id_fkey FOREIGN KEY (organization_id, pause_reason_id) REFERENCES type_list_values(organization_id, id),
  constraint production_logs_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint production_logs_rework_reason_id_fkey FOREIGN KEY (organization_id, rework_reason_id) REFERENCES type_list_values(organization_id, id),
  constraint production_logs_scrap_reason_id_fkey FOREIGN KEY (organization_id, scrap_reason_id) REFERENCES type_list_values(organization_id, id),
  constraint production_logs_shift_id_fkey FOREIGN KEY (organization_id, plant_id, shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint production_logs_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint production_logs_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id)
);
select create_hypertable('production_logs', 'logged_at', chunk_time_interval => interval '7 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
CREATE INDEX production_logs_machine_id_logged_at_idx ON production_logs USING btree (organization_id, machine_id, logged_at DESC) WHERE machine_id IS NOT NULL;
CREATE INDEX production_logs_operator_id_logged_at_idx ON production_logs USING btree (organization_id, operator_id, logged_at DESC) WHERE operator_id IS NOT NULL;
CREATE INDEX production_logs_plant_id_logged_at_idx ON production_logs USING btree (organization_id, plant_id, logged_at DESC);
CREATE INDEX production_logs_shift_id_shift_date_idx ON production_logs USING btree (organization_id, shift_id, shift_date) WHERE shift_id IS NOT NULL;
CREATE INDEX production_logs_work_order_id_logged_at_idx ON production_logs USING btree (organization_id, work_order_id, logged_at DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON production_logs FOR EACH ROW EXECUTE FUNCTION app.refuse_change('production_logs');
CREATE TRIGGER guard_list_pause_reason_id BEFORE INSERT OR UPDATE OF pause_reason_id ON production_logs FOR EACH ROW WHEN (new.pause_reason_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('production_logs', 'pause_reason_id', 'DOWNTIME_REASON');
CREATE TRIGGER guard_list_rework_reason_id BEFORE INSERT OR UPDATE OF rework_reason_id ON production_logs FOR EACH ROW WHEN (new.rework_reason_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('production_logs', 'rework_reason_id', 'REWORK_REASON');
CREATE TRIGGER guard_list_scrap_reason_id BEFORE INSERT OR UPDATE OF scrap_reason_id ON production_logs FOR EACH ROW WHEN (new.scrap_reason_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('production_logs', 'scrap_reason_id', 'SCRAP_REASON');
comment on table production_logs is
  'What operators report: start, pause, output, scrap, completion, correction.';
comment on column production_logs.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column production_logs.organization_id is 'Tenant; part of every key and of the policy.';
comment on column production_logs.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column production_logs.logged_at is 'When it happened: computed by the server from device time; the partition column.';
comment on column production_logs.event_type is 'CORRECTION takes back an earlier event with negative quantities.';
comment on column production_logs.operation_id is 'Step of the order; NULL = the order as a whole.';
comment on column production_logs.lane_id is 'Line it ran on.';
comment on column production_logs.shift_id is 'Stamped by the server from logged_at.';
comment on column production_logs.shift_date is 'Plant-local date on which the shift began.';
comment on column production_logs.operator_id is 'Who reported it; NULL = nobody was signed in.';
comment on column production_logs.quantity_good is 'Good of this operation only. Total made = good + scrapped + rework.';
comment on column production_logs.quantity_scrapped is 'Lost for good, with scrap_reason_id.';
comment on column production_logs.quantity_rework is 'To be worked again, with rework_reason_id.';
comment on column production_logs.unit_id is 'Unit of the quantities in this row.';
comment on column production_logs.scrap_reason_id is 'Value of the list SCRAP_REASON; one line per reason.';
comment on column production_logs.rework_reason_id is 'Value of the list REWORK_REASON; one line per reason.';
comment on column production_logs.pause_reason_id is 'Why production was paused; value of the list DOWNTIME_REASON, may come later, with the machine''s stop.';
comment on column production_logs.labor_seconds is 'Work time the event reports.';
comment on column production_logs.output_lot_id is 'Lot this output went into.';
comment on column production_logs.corrects_uid is 'Event that a CORRECTION takes back.';
comment on column production_logs.corrects_at is 'Its logged_at; finds the chunk.';
comment on column production_logs.notes is 'Free words.';
comment on column production_logs.payload is 'What the terminal sent beyond these columns.';
comment on column production_logs.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column production_logs.device_id is 'Terminal it was made on; NULL = the office.';
comment on column production_logs.device_seq is 'Number in its lane on that terminal.';
comment on column production_logs.device_time is 'Time as the device said it, uncorrected.';
comment on column production_logs.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column production_logs.recorded_at is 'When the server received it.';

-- ----------------------------------------------------------------------------

create table work_center_shifts (
  id              integer generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  work_center_id  integer not null,
  shift_id        integer not null,
  days_of_week    smallint[],
  capacity_ratio  numeric(9,6) default 1 not null,
  crew_size       smallint,
  effective_from  date not null,
  effective_to    date,
  effective       daterange generated always as (
CASE
    WHEN effective_to < effective_from THEN 'empty'::daterange
    ELSE daterange(effective_from, effective_to, '[]'::text)
END) stored not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint work_center_shifts_pkey PRIMARY KEY (id),
  constraint work_center_shifts_id_key UNIQUE (organization_id, id),
  constraint work_center_shifts_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint work_center_shifts_excl EXCLUDE USING gist (organization_id WITH =, work_center_id WITH =, shift_id WITH =, effective WITH &&),
  constraint work_center_shifts_capacity_ratio_check CHECK (capacity_ratio > 0::numeric AND capacity_ratio <= 2::numeric),
  constraint work_center_shifts_days_of_week_check CHECK (days_of_week IS NULL OR days_of_week <@ '{1,2,3,4,5,6,7}'::smallint[]),
  constraint work_center_shifts_effective_to_effective_from_check CHECK (effective_to >= effective_from),
  constraint work_center_shifts_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint work_center_shifts_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint work_center_shifts_shift_id_fkey FOREIGN KEY (organization_id, plant_id, shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint work_center_shifts_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint work_center_shifts_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id) ON DELETE CASCADE
);
CREATE TRIGGER audit_delete AFTER DELETE ON work_center_shifts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON work_center_shifts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON work_center_shifts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON work_center_shifts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON work_center_shifts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON work_center_shifts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON work_center_shifts FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.shift_id IS DISTINCT FROM new.shift_id OR old.days_of_week IS DISTINCT FROM new.days_of_week OR old.capacity_ratio IS DISTINCT FROM new.capacity_ratio OR old.crew_size IS DISTINCT FROM new.crew_size OR old.effective_from IS DISTINCT FROM new.effective_from OR old.effective_to IS DISTINCT FROM new.effective_to) EXECUTE FUNCTION app.touch();
comment on table work_center_shifts is
  'Calendar: which plant shifts a work center runs, and at what capacity.';
comment on column work_center_shifts.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column work_center_shifts.organization_id is 'Tenant; part of every key and of the policy.';
comment on column work_center_shifts.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column work_center_shifts.days_of_week is 'ISO 1–7, day the shift starts; NULL = all days of the shift.';
comment on column work_center_shifts.capacity_ratio is '0.85 = thin night crew.';
comment on column work_center_shifts.crew_size is 'Planned people.';
comment on column work_center_shifts.effective_from is 'First day, plant-local.';
comment on column work_center_shifts.effective_to is 'Last day, inclusive; NULL = open.';
comment on column work_center_shifts.effective is 'Days on which the assignment holds; no two of the same shift overlap.';
comment on column work_center_shifts.created_at is 'When the row was made.';
comment on column work_center_shifts.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column work_center_shifts.updated_at is 'When it last became a new version.';
comment on column work_center_shifts.updated_by is 'Who made the last version.';
comment on column work_center_shifts.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
