-- Machines and shifts
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table machines (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  plant_id             integer not null,
  machine_code         text not null,
  machine_name         text not null,
  machine_type         text,
  work_center_id       integer not null,
  status               text default 'AVAILABLE'::text not null,
  status_since         timestamp with time zone default now() not null,
  capacity_per_hour    numeric(18,4),
  ideal_cycle_seconds  numeric(12,4),
  manufacturer         text,
  model_number         text,
  serial_number        text,
  installed_on         date,
  location             text,
  last_maintenance_at  timestamp with time zone,
  next_maintenance_due timestamp with time zone,
  is_active            boolean default true not null,
  created_at           timestamp with time zone default now() not null,
  created_by           integer default app.actor(),
  updated_at           timestamp with time zone default now() not null,
  updated_by           integer default app.actor(),
  row_version          integer default 1 not null,
  constraint machines_pkey PRIMARY KEY (id),
  constraint machines_id_key UNIQUE (organization_id, id),
  constraint machines_machine_code_key UNIQUE (organization_id, machine_code),
  constraint machines_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint machines_capacity_per_hour_check CHECK (capacity_per_hour >= 0::numeric),
  constraint machines_ideal_cycle_seconds_check CHECK (ideal_cycle_seconds > 0::numeric),
  constraint machines_location_check CHECK (char_length(location) >= 1 AND char_length(location) <= 255),
  constraint machines_machine_code_check CHECK (machine_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint machines_machine_name_check CHECK (char_length(machine_name) >= 1 AND char_length(machine_name) <= 200),
  constraint machines_machine_type_check CHECK (char_length(machine_type) >= 1 AND char_length(machine_type) <= 100),
  constraint machines_manufacturer_check CHECK (char_length(manufacturer) >= 1 AND char_length(manufacturer) <= 255),
  constraint machines_model_number_check CHECK (char_length(model_number) >= 1 AND char_length(model_number) <= 100),
  constraint machines_serial_number_check CHECK (char_length(serial_number) >= 1 AND char_length(serial_number) <= 100),
  constraint machines_status_check CHECK (status = ANY (ARRAY['AVAILABLE'::text, 'RUNNING'::text, 'IDLE'::text, 'SETUP'::text, 'DOWN'::text, 'MAINTENANCE'::text, 'DECOMMISSIONED'::text])),
  constraint machines_status_is_active_check CHECK (status <> 'DECOMMISSIONED'::text OR NOT is_active),
  constraint machines_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint machines_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint machines_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint machines_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id)
);
CREATE INDEX machines_next_maintenance_due_idx ON machines USING btree (organization_id, next_maintenance_due) WHERE is_active;
CREATE INDEX machines_plant_id_status_idx ON machines USING btree (organization_id, plant_id, status);
CREATE INDEX machines_work_center_id_idx ON machines USING btree (organization_id, work_center_id);
CREATE TRIGGER audit_delete AFTER DELETE ON machines REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('machine_code');
CREATE TRIGGER audit_insert AFTER INSERT ON machines REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('machine_code');
CREATE TRIGGER audit_update AFTER UPDATE ON machines REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('machine_code');
CREATE TRIGGER feed_delete AFTER DELETE ON machines REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON machines REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON machines REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_status BEFORE UPDATE OF status, status_since ON machines FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status OR old.status_since IS DISTINCT FROM new.status_since) EXECUTE FUNCTION app.guard_machine_status();
CREATE TRIGGER touch BEFORE UPDATE ON machines FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.machine_code IS DISTINCT FROM new.machine_code OR old.machine_name IS DISTINCT FROM new.machine_name OR old.machine_type IS DISTINCT FROM new.machine_type OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.capacity_per_hour IS DISTINCT FROM new.capacity_per_hour OR old.ideal_cycle_seconds IS DISTINCT FROM new.ideal_cycle_seconds OR old.manufacturer IS DISTINCT FROM new.manufacturer OR old.model_number IS DISTINCT FROM new.model_number OR old.serial_number IS DISTINCT FROM new.serial_number OR old.installed_on IS DISTINCT FROM new.installed_on OR old.location IS DISTINCT FROM new.location OR old.last_maintenance_at IS DISTINCT FROM new.last_maintenance_at OR old.next_maintenance_due IS DISTINCT FROM new.next_maintenance_due OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table machines is
  'Equipment master with its present status.';
comment on column machines.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column machines.organization_id is 'Tenant; part of every key and of the policy.';
comment on column machines.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column machines.machine_type is 'Kind of machine, e.g. Lathe.';
comment on column machines.status is 'Copy of the open period in machine_status_history; written only by its trigger.';
comment on column machines.status_since is 'Start of the open period.';
comment on column machines.capacity_per_hour is 'Pieces.';
comment on column machines.ideal_cycle_seconds is 'Fallback when the operation gives no run time.';
comment on column machines.manufacturer is 'Who built it.';
comment on column machines.model_number is 'Type plate.';
comment on column machines.serial_number is 'Type plate.';
comment on column machines.installed_on is 'Day it was put up.';
comment on column machines.location is 'Where it stands.';
comment on column machines.last_maintenance_at is 'End of the last maintenance.';
comment on column machines.next_maintenance_due is 'When maintenance falls due.';
comment on column machines.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column machines.created_at is 'When the row was made.';
comment on column machines.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column machines.updated_at is 'When it last became a new version.';
comment on column machines.updated_by is 'Who made the last version.';
comment on column machines.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table machine_status_history (
  id              bigint generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  started_at      timestamp with time zone not null,
  machine_id      integer not null,
  status          text not null,
  ended_at        timestamp with time zone,
  period          tstzrange generated always as (
CASE
    WHEN ended_at < started_at THEN 'empty'::tstzrange
    ELSE tstzrange(started_at, ended_at, '[)'::text)
END) stored not null,
  reason_id       integer,
  work_order_id   integer,
  operator_id     integer,
  explained_by    integer,
  explained_at    timestamp with time zone,
  split_from_uid  uuid,
  repair_notes    text,
  notes           text,
  uid             uuid default pg_catalog.gen_random_uuid() not null,
  device_id       integer,
  device_seq      bigint,
  device_time     timestamp with time zone,
  time_quality    text default 'SYNCED'::text not null,
  recorded_at     timestamp with time zone default now() not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint machine_status_history_pkey PRIMARY KEY (id),
  constraint machine_status_history_id_key UNIQUE (organization_id, id),
  constraint machine_status_history_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint machine_status_history_uid_key UNIQUE (organization_id, uid),
  constraint machine_status_history_excl EXCLUDE USING gist (organization_id WITH =, machine_id WITH =, period WITH &&) DEFERRABLE INITIALLY DEFERRED,
  constraint machine_status_history_ended_at_started_at_check CHECK (ended_at > started_at),
  constraint machine_status_history_explained_at_reason_id_check CHECK (explained_at IS NULL OR reason_id IS NOT NULL),
  constraint machine_status_history_explained_by_explained_at_check CHECK (num_nonnulls(explained_by, explained_at) = ANY (ARRAY[0, 2])),
  constraint machine_status_history_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 2000),
  constraint machine_status_history_repair_notes_check CHECK (char_length(repair_notes) >= 1 AND char_length(repair_notes) <= 2000),
  constraint machine_status_history_started_at_recorded_at_check CHECK (started_at <= (recorded_at + '00:10:00'::interval)),
  constraint machine_status_history_status_check CHECK (status = ANY (ARRAY['AVAILABLE'::text, 'RUNNING'::text, 'IDLE'::text, 'SETUP'::text, 'DOWN'::text, 'MAINTENANCE'::text, 'DECOMMISSIONED'::text])),
  constraint machine_status_history_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint machine_status_history_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint machine_status_history_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint machine_status_history_explained_by_fkey FOREIGN KEY (organization_id, explained_by) REFERENCES users(organization_id, id),
  constraint machine_status_history_machine_id_fkey FOREIGN KEY (organization_id, plant_id, machine_id) REFERENCES machines(organization_id, plant_id, id),
  constraint machine_status_history_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES users(organization_id, id),
  constraint machine_status_history_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint machine_status_history_reason_id_fkey FOREIGN KEY (organization_id, reason_id) REFERENCES type_list_values(organization_id, id),
  constraint machine_status_history_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint machine_status_history_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id)
);
CREATE INDEX machine_status_history_machine_id_idx ON machine_status_history USING btree (organization_id, machine_id) WHERE ended_at IS NULL;
CREATE INDEX machine_status_history_machine_id_started_at_idx ON machine_status_history USING btree (organization_id, machine_id, started_at DESC);
CREATE INDEX machine_status_history_plant_id_started_at_idx ON machine_status_history USING btree (organization_id, plant_id, started_at DESC);
CREATE INDEX machine_status_history_plant_id_started_at_idx2 ON machine_status_history USING btree (organization_id, plant_id, started_at) WHERE status = 'DOWN'::text AND reason_id IS NULL;
CREATE INDEX machine_status_history_reason_id_started_at_idx ON machine_status_history USING btree (organization_id, reason_id, started_at) WHERE status = 'DOWN'::text;
CREATE TRIGGER audit_delete AFTER DELETE ON machine_status_history REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON machine_status_history REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER guard_list_reason_id BEFORE INSERT OR UPDATE OF reason_id ON machine_status_history FOR EACH ROW WHEN (new.reason_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('machine_status_history', 'reason_id', 'DOWNTIME_REASON');
CREATE TRIGGER guard_period BEFORE INSERT ON machine_status_history FOR EACH ROW EXECUTE FUNCTION app.guard_machine_period();
CREATE TRIGGER mirror_insert AFTER INSERT ON machine_status_history REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.mirror_machine_status();
CREATE TRIGGER mirror_update AFTER UPDATE ON machine_status_history REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.mirror_machine_status();
CREATE TRIGGER touch BEFORE UPDATE ON machine_status_history FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.started_at IS DISTINCT FROM new.started_at OR old.machine_id IS DISTINCT FROM new.machine_id OR old.status IS DISTINCT FROM new.status OR old.ended_at IS DISTINCT FROM new.ended_at OR old.reason_id IS DISTINCT FROM new.reason_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.operator_id IS DISTINCT FROM new.operator_id OR old.explained_by IS DISTINCT FROM new.explained_by OR old.explained_at IS DISTINCT FROM new.explained_at OR old.split_from_uid IS DISTINCT FROM new.split_from_uid OR old.repair_notes IS DISTINCT FROM new.repair_notes OR old.notes IS DISTINCT FROM new.notes OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.device_time IS DISTINCT FROM new.device_time OR old.time_quality IS DISTINCT FROM new.time_quality OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table machine_status_history is
  'Periods of machine status: base of availability, MTBF, MTTR, downtime Pareto.';
comment on column machine_status_history.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column machine_status_history.organization_id is 'Tenant; part of every key and of the policy.';
comment on column machine_status_history.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column machine_status_history.started_at is 'When the period began.';
comment on column machine_status_history.status is 'Status during the period; the open period''s is machines.status.';
comment on column machine_status_history.ended_at is 'NULL = current.';
comment on column machine_status_history.period is 'Half-open; periods of a machine never overlap, checked at commit.';
comment on column machine_status_history.reason_id is 'A stop may be recorded without one and explained later; unexplained time is counted as such.';
comment on column machine_status_history.work_order_id is 'Order that ran or stood.';
comment on column machine_status_history.operator_id is 'Who reported it.';
comment on column machine_status_history.explained_by is 'Who gave the reason.';
comment on column machine_status_history.explained_at is 'A stop may be recorded without a reason and explained later.';
comment on column machine_status_history.split_from_uid is 'The stop this period was cut out of.';
comment on column machine_status_history.repair_notes is 'What was done; nobody is forced to write it to leave DOWN.';
comment on column machine_status_history.notes is 'Free words.';
comment on column machine_status_history.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column machine_status_history.device_id is 'Terminal it was made on; NULL = the office.';
comment on column machine_status_history.device_seq is 'Number in its lane on that terminal.';
comment on column machine_status_history.device_time is 'Time as the device said it, uncorrected.';
comment on column machine_status_history.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column machine_status_history.recorded_at is 'When the server received it.';
comment on column machine_status_history.created_at is 'When the row was made.';
comment on column machine_status_history.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column machine_status_history.updated_at is 'When it last became a new version.';
comment on column machine_status_history.updated_by is 'Who made the last version.';
comment on column machine_status_history.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table shifts (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  plant_id          integer not null,
  shift_code        text not null,
  shift_name        text not null,
  start_time        time without time zone not null,
  end_time          time without time zone not null,
  crosses_midnight  boolean generated always as (end_time <= start_time) stored not null,
  break_minutes     integer default 0 not null,
  breaks            jsonb default '[]'::jsonb not null,
  days_of_week      smallint[] default '{1,2,3,4,5}'::smallint[] not null,
  week_minutes      int4multirange generated always as (app.week_minutes(start_time, end_time, days_of_week)) stored not null,
  production_target numeric(18,4) default 0 not null,
  oee_target        numeric(9,6) default 0.85 not null,
  effective_from    date not null,
  effective_to      date,
  effective         daterange generated always as (
CASE
    WHEN effective_to < effective_from THEN 'empty'::daterange
    ELSE daterange(effective_from, effective_to, '[]'::text)
END) stored not null,
  sort_order        smallint default 0 not null,
  is_active         boolean default true not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint shifts_pkey PRIMARY KEY (id),
  constraint shifts_id_key UNIQUE (organization_id, id),
  constraint shifts_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint shifts_plant_id_shift_code_effective_from_key UNIQUE (organization_id, plant_id, shift_code, effective_from),
  constraint shifts_excl EXCLUDE USING gist (organization_id WITH =, plant_id WITH =, effective WITH &&, week_minutes WITH &&) WHERE (is_active),
  constraint shifts_break_minutes_check CHECK (break_minutes >= 0 AND break_minutes <= 480),
  constraint shifts_breaks_check CHECK (app.are_breaks(breaks)),
  constraint shifts_days_of_week_check CHECK (cardinality(days_of_week) >= 1 AND cardinality(days_of_week) <= 7 AND days_of_week <@ '{1,2,3,4,5,6,7}'::smallint[]),
  constraint shifts_effective_to_effective_from_check CHECK (effective_to >= effective_from),
  constraint shifts_oee_target_check CHECK (oee_target >= 0::numeric AND oee_target <= 1::numeric),
  constraint shifts_production_target_check CHECK (production_target >= 0::numeric),
  constraint shifts_shift_code_check CHECK (shift_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint shifts_shift_name_check CHECK (char_length(shift_name) >= 1 AND char_length(shift_name) <= 100),
  constraint shifts_start_time_end_time_check CHECK (start_time <> end_time),
  constraint shifts_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint shifts_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint shifts_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON shifts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('shift_code');
CREATE TRIGGER audit_insert AFTER INSERT ON shifts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('shift_code');
CREATE TRIGGER audit_update AFTER UPDATE ON shifts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('shift_code');
CREATE TRIGGER feed_delete AFTER DELETE ON shifts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON shifts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON shifts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON shifts FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.shift_code IS DISTINCT FROM new.shift_code OR old.shift_name IS DISTINCT FROM new.shift_name OR old.start_time IS DISTINCT FROM new.start_time OR old.end_time IS DISTINCT FROM new.end_time OR old.break_minutes IS DISTINCT FROM new.break_minutes OR old.breaks IS DISTINCT FROM new.breaks OR old.days_of_week IS DISTINCT FROM new.days_of_week OR old.production_target IS DISTINCT FROM new.production_target OR old.oee_target IS DISTINCT FROM new.oee_target OR old.effective_from IS DISTINCT FROM new.effective_from OR old.effective_to IS DISTINCT FROM new.effective_to OR old.sort_order IS DISTINCT FROM new.sort_order OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table shifts is
  'Shift pattern of a plant in plant-local time; may cross midnight.';
comment on column shifts.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column shifts.organization_id is 'Tenant; part of every key and of the policy.';
comment on column shifts.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column shifts.start_time is 'Plant-local clock time.';
comment on column shifts.end_time is 'Plant-local clock time; at or before start_time = on the next day.';
comment on column shifts.crosses_midnight is 'End is on the day after the start.';
comment on column shifts.break_minutes is 'Breaks without a position; reduce planned time pro rata.';
comment on column shifts.breaks is 'Breaks with a position, plant-local: [{"start":"12:00","end":"12:30"}]; exact.';
comment on column shifts.days_of_week is 'ISO day on which the shift starts.';
comment on column shifts.week_minutes is 'Minutes of the week it covers, so that no two active shifts of a plant overlap.';
comment on column shifts.production_target is 'Pieces per occurrence.';
comment on column shifts.oee_target is 'Where the OEE figure turns good.';
comment on column shifts.effective_from is 'First day, plant-local.';
comment on column shifts.effective_to is 'Last day, inclusive; NULL = open.';
comment on column shifts.effective is 'Days on which the pattern holds.';
comment on column shifts.sort_order is 'Position in lists, ascending.';
comment on column shifts.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column shifts.created_at is 'When the row was made.';
comment on column shifts.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column shifts.updated_at is 'When it last became a new version.';
comment on column shifts.updated_by is 'Who made the last version.';
comment on column shifts.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table shift_handovers (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  plant_id             integer not null,
  handed_over_at       timestamp with time zone not null,
  from_shift_id        integer not null,
  from_shift_date      date not null,
  to_shift_id          integer not null,
  to_shift_date        date not null,
  work_center_id       integer,
  status               text default 'SUBMITTED'::text not null,
  wip_quantity         numeric(18,4) default 0 not null,
  wip                  jsonb default '[]'::jsonb not null,
  production_summary   text,
  quality_issues       text,
  machine_status       text,
  material_status      text,
  safety_incidents     text,
  open_issues          jsonb default '[]'::jsonb not null,
  items                jsonb default '[]'::jsonb not null,
  addenda              jsonb default '[]'::jsonb not null,
  figures              jsonb default '{}'::jsonb not null,
  handed_over_by       integer not null,
  acknowledged_by      integer,
  acknowledged_at      timestamp with time zone,
  acknowledgement_note text,
  ack_uid              uuid,
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
  constraint shift_handovers_pkey PRIMARY KEY (id),
  constraint shift_handovers_from_shift_from_shift_date_work_center_key UNIQUE NULLS NOT DISTINCT (organization_id, from_shift_id, from_shift_date, work_center_id),
  constraint shift_handovers_id_key UNIQUE (organization_id, id),
  constraint shift_handovers_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint shift_handovers_uid_key UNIQUE (organization_id, uid),
  constraint shift_handovers_acknowledged_at_acknowledged_by_check CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  constraint shift_handovers_acknowledged_at_handed_over_at_check CHECK (acknowledged_at >= handed_over_at),
  constraint shift_handovers_acknowledged_by_handed_over_by_check CHECK (acknowledged_by <> handed_over_by),
  constraint shift_handovers_acknowledgement_note_check CHECK (char_length(acknowledgement_note) >= 1 AND char_length(acknowledgement_note) <= 2000),
  constraint shift_handovers_addenda_check CHECK (jsonb_typeof(addenda) = 'array'::text),
  constraint shift_handovers_figures_check CHECK (jsonb_typeof(figures) = 'object'::text),
  constraint shift_handovers_from_shift_id_from_shift_date_check CHECK (from_shift_id <> to_shift_id OR from_shift_date <> to_shift_date),
  constraint shift_handovers_handed_over_at_recorded_at_check CHECK (handed_over_at <= (recorded_at + '00:10:00'::interval)),
  constraint shift_handovers_items_check CHECK (jsonb_typeof(items) = 'array'::text),
  constraint shift_handovers_machine_status_check CHECK (char_length(machine_status) >= 1 AND char_length(machine_status) <= 5000),
  constraint shift_handovers_material_status_check CHECK (char_length(material_status) >= 1 AND char_length(material_status) <= 5000),
  constraint shift_handovers_open_issues_check CHECK (jsonb_typeof(open_issues) = 'array'::text),
  constraint shift_handovers_production_summary_check CHECK (char_length(production_summary) >= 1 AND char_length(production_summary) <= 5000),
  constraint shift_handovers_quality_issues_check CHECK (char_length(quality_issues) >= 1 AND char_length(quality_issues) <= 5000),
  constraint shift_handovers_safety_incidents_check CHECK (char_length(safety_incidents) >= 1 AND char_length(safety_incidents) <= 5000),
  constraint shift_handovers_status_acknowledged_at_check CHECK ((status = 'ACKNOWLEDGED'::text) = (acknowledged_at IS NOT NULL)),
  constraint shift_handovers_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'ACKNOWLEDGED'::text, 'DISPUTED'::text])),
  constraint shift_handovers_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint shift_handovers_to_shift_date_from_shift_date_check CHECK (to_shift_date >= from_shift_date),
  constraint shift_handovers_wip_check CHECK (jsonb_typeof(wip) = 'array'::text),
  constraint shift_handovers_wip_quantity_check CHECK (wip_quantity >= 0::numeric),
  constraint shift_handovers_acknowledged_by_fkey FOREIGN KEY (organization_id, acknowledged_by) REFERENCES users(organization_id, id),
  constraint shift_handovers_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint shift_handovers_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint shift_handovers_from_shift_id_fkey FOREIGN KEY (organization_id, plant_id, from_shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint shift_handovers_handed_over_by_fkey FOREIGN KEY (organization_id, handed_over_by) REFERENCES users(organization_id, id),
  constraint shift_handovers_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint shift_handovers_to_shift_id_fkey FOREIGN KEY (organization_id, plant_id, to_shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint shift_handovers_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint shift_handovers_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id)
);
CREATE INDEX shift_handovers_plant_id_handed_over_at_idx ON shift_handovers USING btree (organization_id, plant_id, handed_over_at DESC);
CREATE INDEX shift_handovers_plant_id_idx ON shift_handovers USING btree (organization_id, plant_id) WHERE status = 'SUBMITTED'::text;
CREATE INDEX shift_handovers_plant_id_to_shift_id_to_shift_date_idx ON shift_handovers USING btree (organization_id, plant_id, to_shift_id, to_shift_date);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON shift_handovers FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON shift_handovers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON shift_handovers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON shift_handovers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON shift_handovers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON shift_handovers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON shift_handovers FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.handed_over_at IS DISTINCT FROM new.handed_over_at OR old.from_shift_id IS DISTINCT FROM new.from_shift_id OR old.from_shift_date IS DISTINCT FROM new.from_shift_date OR old.to_shift_id IS DISTINCT FROM new.to_shift_id OR old.to_shift_date IS DISTINCT FROM new.to_shift_date OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.status IS DISTINCT FROM new.status OR old.wip_quantity IS DISTINCT FROM new.wip_quantity OR old.wip IS DISTINCT FROM new.wip OR old.production_summary IS DISTINCT FROM new.production_summary OR old.quality_issues IS DISTINCT FROM new.quality_issues OR old.machine_status IS DISTINCT FROM new.machine_status OR old.material_status IS DISTINCT FROM new.material_status OR old.safety_incidents IS DISTINCT FROM new.safety_incidents OR old.open_issues IS DISTINCT FROM new.open_issues OR old.items IS DISTINCT FROM new.items OR old.addenda IS DISTINCT FROM new.addenda OR old.figures IS DISTINCT FROM new.figures OR old.handed_over_by IS DISTINCT FROM new.handed_over_by OR old.acknowledged_by IS DISTINCT FROM new.acknowledged_by OR old.acknowledged_at IS DISTINCT FROM new.acknowledged_at OR old.acknowledgement_note IS DISTINCT FROM new.acknowledgement_note OR old.ack_uid IS DISTINCT FROM new.ack_uid OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.device_time IS DISTINCT FROM new.device_time OR old.time_quality IS DISTINCT FROM new.time_quality OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table shift_handovers is
  'What the outgoing shift tells the incoming one, and its acknowledgement.';
comment on column shift_handovers.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column shift_handovers.organization_id is 'Tenant; part of every key and of the policy.';
comment on column shift_handovers.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column shift_handovers.handed_over_at is 'When it was submitted.';
comment on column shift_handovers.from_shift_id is 'Outgoing shift.';
comment on column shift_handovers.from_shift_date is 'Business date of the outgoing occurrence.';
comment on column shift_handovers.to_shift_id is 'Incoming shift; the same one on the next day in a one-shift plant.';
comment on column shift_handovers.to_shift_date is 'Business date of the incoming occurrence.';
comment on column shift_handovers.work_center_id is 'NULL = whole plant.';
comment on column shift_handovers.status is 'Moves only as app.transitions() allows.';
comment on column shift_handovers.wip_quantity is 'Pieces in work.';
comment on column shift_handovers.wip is 'Work order, operation, quantity, progress.';
comment on column shift_handovers.production_summary is 'Free words; the figures write themselves.';
comment on column shift_handovers.quality_issues is 'Free words.';
comment on column shift_handovers.machine_status is 'Free words.';
comment on column shift_handovers.material_status is 'Free words.';
comment on column shift_handovers.safety_incidents is 'Set a critical notification.';
comment on column shift_handovers.open_issues is 'Kind, severity, text, entity.';
comment on column shift_handovers.items is 'What must be seen: kind, reference, text, carried_from, acknowledged_by, acknowledged_at.';
comment on column shift_handovers.addenda is 'Later submissions for the same occurrence and area: event_id, by, at, text, items.';
comment on column shift_handovers.figures is 'The numbers of the shift as the terminal reported them at handover.';
comment on column shift_handovers.handed_over_by is 'Who wrote it.';
comment on column shift_handovers.acknowledged_by is 'Who took over; somebody else than handed_over_by.';
comment on column shift_handovers.acknowledged_at is 'When it was taken over; only while ACKNOWLEDGED.';
comment on column shift_handovers.acknowledgement_note is 'What the incoming side adds or disputes.';
comment on column shift_handovers.ack_uid is 'Uid of the acknowledging event.';
comment on column shift_handovers.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column shift_handovers.device_id is 'Terminal it was made on; NULL = the office.';
comment on column shift_handovers.device_seq is 'Number in its lane on that terminal.';
comment on column shift_handovers.device_time is 'Time as the device said it, uncorrected.';
comment on column shift_handovers.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column shift_handovers.recorded_at is 'When the server received it.';
comment on column shift_handovers.created_at is 'When the row was made.';
comment on column shift_handovers.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column shift_handovers.updated_at is 'When it last became a new version.';
comment on column shift_handovers.updated_by is 'Who made the last version.';
comment on column shift_handovers.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table shift_performances (
  id                        integer generated always as identity not null,
  organization_id           integer not null,
  plant_id                  integer not null,
  shift_id                  integer not null,
  shift_date                date not null,
  work_center_id            integer,
  revision                  integer default 1 not null,
  revision_kind             text default 'AS_REPORTED'::text not null,
  revision_cause            text,
  window_start              timestamp with time zone not null,
  window_end                timestamp with time zone not null,
  planned_operation_seconds integer not null,
  planned_down_seconds      integer default 0 not null,
  planned_busy_seconds      integer not null,
  production_seconds        integer default 0 not null,
  setup_seconds             integer default 0 not null,
  delay_seconds             integer default 0 not null,
  down_seconds              integer default 0 not null,
  unknown_seconds           integer default 0 not null,
  ideal_seconds             numeric(18,4),
  ideal_good_seconds        numeric(18,4),
  production_target         numeric(18,4) default 0 not null,
  total_quantity            numeric(18,4) default 0 not null,
  good_quantity             numeric(18,4) default 0 not null,
  scrapped_quantity         numeric(18,4) default 0 not null,
  rework_quantity           numeric(18,4) default 0 not null,
  first_pass_inspected      numeric(18,4) default 0 not null,
  first_pass_passed         numeric(18,4) default 0 not null,
  computed_at               timestamp with time zone not null,
  input_watermark           timestamp with time zone not null,
  is_final                  boolean default false not null,
  availability_ratio        numeric(18,6) generated always as ((production_seconds::numeric / NULLIF(planned_busy_seconds, 0)::numeric)) stored,
  performance_ratio         numeric(18,6) generated always as ((ideal_seconds / NULLIF(production_seconds, 0)::numeric)) stored,
  quality_ratio             numeric(18,6) generated always as ((good_quantity / NULLIF(total_quantity, 0::numeric))) stored,
  oee_ratio                 numeric(18,6) generated always as ((ideal_good_seconds / NULLIF(planned_busy_seconds, 0)::numeric)) stored,
  utilization_ratio         numeric(18,6) generated always as ((production_seconds::numeric / NULLIF(production_seconds + setup_seconds + delay_seconds, 0)::numeric)) stored,
  fpy_ratio                 numeric(18,6) generated always as ((first_pass_passed / NULLIF(first_pass_inspected, 0::numeric))) stored,
  attainment_ratio          numeric(18,6) generated always as ((good_quantity / NULLIF(production_target, 0::numeric))) stored,
  is_incomplete             boolean generated always as (unknown_seconds::numeric > (0.02 * planned_busy_seconds::numeric)) stored not null,
  created_at                timestamp with time zone default now() not null,
  created_by                integer default app.actor(),
  updated_at                timestamp with time zone default now() not null,
  updated_by                integer default app.actor(),
  row_version               integer default 1 not null,
  constraint shift_performances_pkey PRIMARY KEY (id),
  constraint shift_performances_id_key UNIQUE (organization_id, id),
  constraint shift_performances_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint shift_performances_shift_shift_date_work_center_revision_key UNIQUE NULLS NOT DISTINCT (organization_id, shift_id, shift_date, work_center_id, revision),
  constraint shift_performances_delay_seconds_check CHECK (delay_seconds >= 0),
  constraint shift_performances_down_seconds_check CHECK (down_seconds >= 0),
  constraint shift_performances_first_pass_inspected_check CHECK (first_pass_inspected >= 0::numeric),
  constraint shift_performances_first_pass_passed_check CHECK (first_pass_passed >= 0::numeric),
  constraint shift_performances_first_pass_passed_first_pass_inspected_check CHECK (first_pass_passed <= first_pass_inspected),
  constraint shift_performances_good_quantity_check CHECK (good_quantity >= 0::numeric),
  constraint shift_performances_good_quantity_scrapped_quantity_check CHECK ((good_quantity + scrapped_quantity + rework_quantity) = total_quantity),
  constraint shift_performances_ideal_seconds_ideal_good_seconds_check CHECK (ideal_seconds >= 0::numeric AND ideal_good_seconds >= 0::numeric),
  constraint shift_performances_planned_busy_planned_oper_check CHECK (planned_busy_seconds = (planned_operation_seconds - planned_down_seconds)),
  constraint shift_performances_planned_busy_seconds_check CHECK (planned_busy_seconds >= 0),
  constraint shift_performances_planned_down_seconds_check CHECK (planned_down_seconds >= 0),
  constraint shift_performances_planned_operation_seconds_check CHECK (planned_operation_seconds >= 0),
  constraint shift_performances_production_seconds_check CHECK (production_seconds >= 0),
  constraint shift_performances_production_seconds_setup_seconds_check CHECK ((production_seconds + setup_seconds + delay_seconds + down_seconds + unknown_seconds) = planned_busy_seconds),
  constraint shift_performances_production_target_check CHECK (production_target >= 0::numeric),
  constraint shift_performances_revision_cause_check CHECK (char_length(revision_cause) >= 1 AND char_length(revision_cause) <= 500),
  constraint shift_performances_revision_check CHECK (revision >= 1),
  constraint shift_performances_revision_kind_check CHECK (revision_kind = ANY (ARRAY['AS_REPORTED'::text, 'AS_CORRECTED'::text])),
  constraint shift_performances_revision_kind_revision_cause_check CHECK ((revision_kind = 'AS_CORRECTED'::text) = (revision_cause IS NOT NULL)),
  constraint shift_performances_rework_quantity_check CHECK (rework_quantity >= 0::numeric),
  constraint shift_performances_scrapped_quantity_check CHECK (scrapped_quantity >= 0::numeric),
  constraint shift_performances_setup_seconds_check CHECK (setup_seconds >= 0),
  constraint shift_performances_total_quantity_check CHECK (total_quantity >= 0::numeric),
  constraint shift_performances_unknown_seconds_check CHECK (unknown_seconds >= 0),
  constraint shift_performances_window_end_window_start_check CHECK (window_end > window_start),
  constraint shift_performances_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint shift_performances_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint shift_performances_shift_date_fkey FOREIGN KEY (organization_id, shift_id, shift_date) REFERENCES shift_occurrences(organization_id, shift_id, business_date),
  constraint shift_performances_shift_id_fkey FOREIGN KEY (organization_id, plant_id, shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint shift_performances_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint shift_performances_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id)
);
CREATE INDEX shift_performances_plant_id_shift_date_idx ON shift_performances USING btree (organization_id, plant_id, shift_date DESC);
CREATE TRIGGER audit_delete AFTER DELETE ON shift_performances REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON shift_performances REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON shift_performances REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER touch BEFORE UPDATE ON shift_performances FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.shift_id IS DISTINCT FROM new.shift_id OR old.shift_date IS DISTINCT FROM new.shift_date OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.revision IS DISTINCT FROM new.revision OR old.revision_kind IS DISTINCT FROM new.revision_kind OR old.revision_cause IS DISTINCT FROM new.revision_cause OR old.window_start IS DISTINCT FROM new.window_start OR old.window_end IS DISTINCT FROM new.window_end OR old.planned_operation_seconds IS DISTINCT FROM new.planned_operation_seconds OR old.planned_down_seconds IS DISTINCT FROM new.planned_down_seconds OR old.planned_busy_seconds IS DISTINCT FROM new.planned_busy_seconds OR old.production_seconds IS DISTINCT FROM new.production_seconds OR old.setup_seconds IS DISTINCT FROM new.setup_seconds OR old.delay_seconds IS DISTINCT FROM new.delay_seconds OR old.down_seconds IS DISTINCT FROM new.down_seconds OR old.unknown_seconds IS DISTINCT FROM new.unknown_seconds OR old.ideal_seconds IS DISTINCT FROM new.ideal_seconds OR old.ideal_good_seconds IS DISTINCT FROM new.ideal_good_seconds OR old.production_target IS DISTINCT FROM new.production_target OR old.total_quantity IS DISTINCT FROM new.total_quantity OR old.good_quantity IS DISTINCT FROM new.good_quantity OR old.scrapped_quantity IS DISTINCT FROM new.scrapped_quantity OR old.rework_quantity IS DISTINCT FROM new.rework_quantity OR old.first_pass_inspected IS DISTINCT FROM new.first_pass_inspected OR old.first_pass_passed IS DISTINCT FROM new.first_pass_passed OR old.computed_at IS DISTINCT FROM new.computed_at OR old.input_watermark IS DISTINCT FROM new.input_watermark OR old.is_final IS DISTINCT FROM new.is_final) EXECUTE FUNCTION app.touch();
comment on table shift_performances is
  'Computed KPI components of one shift occurrence and area (plant or work center), one row per revision; terms of ISO 22400-2.';
comment on column shift_performances.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column shift_performances.organization_id is 'Tenant; part of every key and of the policy.';
comment on column shift_performances.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column shift_performances.shift_date is 'Business date of the occurrence.';
comment on column shift_performances.work_center_id is 'NULL = whole plant.';
comment on column shift_performances.revision is 'As reported at the handover first, then as corrected by late events.';
comment on column shift_performances.revision_kind is 'AS_REPORTED = at the handover, AS_CORRECTED = recomputed with late events.';
comment on column shift_performances.revision_cause is 'Why the figures changed after the handover.';
comment on column shift_performances.window_start is 'Start of the occurrence.';
comment on column shift_performances.window_end is 'End of the occurrence, exclusive.';
comment on column shift_performances.planned_operation_seconds is 'POT: the occurrence itself.';
comment on column shift_performances.planned_down_seconds is 'Planned stops and breaks; stored so that both availability conventions can be shown.';
comment on column shift_performances.planned_busy_seconds is 'PBT = POT - planned downtime.';
comment on column shift_performances.production_seconds is 'APT: producing with an order.';
comment on column shift_performances.setup_seconds is 'AUST.';
comment on column shift_performances.delay_seconds is 'ADET: stops inside an order.';
comment on column shift_performances.down_seconds is 'ADOT: available without an order, and down without one.';
comment on column shift_performances.unknown_seconds is 'Nothing is known; never counted as idle.';
comment on column shift_performances.ideal_seconds is 'Sum of PRI x PQ; NULL = an ideal time is unknown.';
comment on column shift_performances.ideal_good_seconds is 'Sum of PRI x GQ; NULL = an ideal time is unknown.';
comment on column shift_performances.production_target is 'Pieces wanted from the occurrence.';
comment on column shift_performances.total_quantity is 'PQ = good + scrap + rework.';
comment on column shift_performances.good_quantity is 'GQ.';
comment on column shift_performances.scrapped_quantity is 'SQ.';
comment on column shift_performances.rework_quantity is 'RQ.';
comment on column shift_performances.first_pass_inspected is 'Quantity inspected at the first attempt.';
comment on column shift_performances.first_pass_passed is 'Of first_pass_inspected.';
comment on column shift_performances.computed_at is 'When these figures were computed.';
comment on column shift_performances.input_watermark is 'Newest recorded_at included.';
comment on column shift_performances.is_final is 'No longer recomputed: acknowledged and a day old.';
comment on column shift_performances.availability_ratio is 'APT / PBT.';
comment on column shift_performances.performance_ratio is 'Effectiveness PRI x PQ / APT; above 1 is a data error and shown as such.';
comment on column shift_performances.quality_ratio is 'GQ / PQ.';
comment on column shift_performances.oee_ratio is 'Sum of PRI x GQ / PBT.';
comment on column shift_performances.utilization_ratio is 'APT / AUBT.';
comment on column shift_performances.fpy_ratio is 'First pass yield: passed / inspected at the first attempt.';
comment on column shift_performances.attainment_ratio is 'Good / target.';
comment on column shift_performances.is_incomplete is 'More than 2 % of PBT unknown.';
comment on column shift_performances.created_at is 'When the row was made.';
comment on column shift_performances.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column shift_performances.updated_at is 'When it last became a new version.';
comment on column shift_performances.updated_by is 'Who made the last version.';
comment on column shift_performances.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table lanes (
  id               integer generated always as identity not null,
  organization_id  integer not null,
  plant_id         integer not null,
  lane_code        text not null,
  lane_name        text not null,
  lane_type        text default 'OTHER'::text not null,
  work_center_id   integer,
  capacity_per_day numeric(18,4) not null,
  capacity_unit_id integer,
  max_parallel     smallint default 1 not null,
  is_active        boolean default true not null,
  created_at       timestamp with time zone default now() not null,
  created_by       integer default app.actor(),
  updated_at       timestamp with time zone default now() not null,
  updated_by       integer default app.actor(),
  row_version      integer default 1 not null,
  constraint lanes_pkey PRIMARY KEY (id),
  constraint lanes_id_key UNIQUE (organization_id, id),
  constraint lanes_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint lanes_plant_id_lane_code_key UNIQUE (organization_id, plant_id, lane_code),
  constraint lanes_capacity_per_day_check CHECK (capacity_per_day > 0::numeric),
  constraint lanes_lane_code_check CHECK (lane_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint lanes_lane_name_check CHECK (char_length(lane_name) >= 1 AND char_length(lane_name) <= 200),
  constraint lanes_lane_type_check CHECK (lane_type = ANY (ARRAY['FABRICATION'::text, 'ASSEMBLY'::text, 'TESTING'::text, 'PACKAGING'::text, 'OTHER'::text])),
  constraint lanes_max_parallel_check CHECK (max_parallel >= 1),
  constraint lanes_capacity_unit_id_fkey FOREIGN KEY (organization_id, capacity_unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint lanes_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint lanes_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint lanes_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint lanes_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON lanes REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('lane_code');
CREATE TRIGGER audit_insert AFTER INSERT ON lanes REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('lane_code');
CREATE TRIGGER audit_update AFTER UPDATE ON lanes REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('lane_code');
CREATE TRIGGER feed_delete AFTER DELETE ON lanes REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON lanes REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON lanes REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON lanes FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.lane_code IS DISTINCT FROM new.lane_code OR old.lane_name IS DISTINCT FROM new.lane_name OR old.lane_type IS DISTINCT FROM new.lane_type OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.capacity_per_day IS DISTINCT FROM new.capacity_per_day OR old.capacity_unit_id IS DISTINCT FROM new.capacity_unit_id OR old.max_parallel IS DISTINCT FROM new.max_parallel OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table lanes is
  'Production line or bay of the scheduling board.';
comment on column lanes.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column lanes.organization_id is 'Tenant; part of every key and of the policy.';
comment on column lanes.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column lanes.lane_type is 'What the line is for.';
comment on column lanes.work_center_id is 'Area it belongs to.';
comment on column lanes.capacity_per_day is 'In capacity_unit_id.';
comment on column lanes.capacity_unit_id is 'Hours or pieces.';
comment on column lanes.max_parallel is 'Orders at a time; 1 makes bookings exclusive.';
comment on column lanes.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column lanes.created_at is 'When the row was made.';
comment on column lanes.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column lanes.updated_at is 'When it last became a new version.';
comment on column lanes.updated_by is 'Who made the last version.';
comment on column lanes.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table lane_assignments (
  id                 integer generated always as identity not null,
  organization_id    integer not null,
  plant_id           integer not null,
  lane_id            integer not null,
  work_order_id      integer not null,
  project_id         integer,
  scheduled_from     date not null,
  scheduled_to       date not null,
  days               daterange generated always as (
CASE
    WHEN scheduled_to < scheduled_from THEN 'empty'::daterange
    ELSE daterange(scheduled_from, scheduled_to, '[]'::text)
END) stored not null,
  allocated_capacity numeric(18,4) not null,
  is_exclusive       boolean not null,
  priority           smallint default 5 not null,
  status             text default 'PLANNED'::text not null,
  actual_start       timestamp with time zone,
  actual_end         timestamp with time zone,
  notes              text,
  created_at         timestamp with time zone default now() not null,
  created_by         integer default app.actor(),
  updated_at         timestamp with time zone default now() not null,
  updated_by         integer default app.actor(),
  row_version        integer default 1 not null,
  constraint lane_assignments_pkey PRIMARY KEY (id),
  constraint lane_assignments_id_key UNIQUE (organization_id, id),
  constraint lane_assignments_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint lane_assignments_excl EXCLUDE USING gist (organization_id WITH =, lane_id WITH =, days WITH &&) WHERE (is_exclusive AND (status = ANY (ARRAY['PLANNED'::text, 'ACTIVE'::text]))),
  constraint lane_assignments_actual_end_actual_start_check CHECK (actual_end >= actual_start),
  constraint lane_assignments_allocated_capacity_check CHECK (allocated_capacity > 0::numeric),
  constraint lane_assignments_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 2000),
  constraint lane_assignments_scheduled_to_scheduled_from_check CHECK (scheduled_to >= scheduled_from),
  constraint lane_assignments_status_check CHECK (status = ANY (ARRAY['PLANNED'::text, 'ACTIVE'::text, 'COMPLETED'::text, 'CANCELLED'::text])),
  constraint lane_assignments_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint lane_assignments_lane_id_fkey FOREIGN KEY (organization_id, plant_id, lane_id) REFERENCES lanes(organization_id, plant_id, id),
  constraint lane_assignments_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint lane_assignments_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint lane_assignments_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint lane_assignments_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id)
);
CREATE INDEX lane_assignments_lane_id_scheduled_from_idx ON lane_assignments USING btree (organization_id, lane_id, scheduled_from);
CREATE INDEX lane_assignments_plant_id_status_idx ON lane_assignments USING btree (organization_id, plant_id, status);
CREATE INDEX lane_assignments_work_order_id_idx ON lane_assignments USING btree (organization_id, work_order_id);
CREATE UNIQUE INDEX lane_assignments_work_order_id_key ON lane_assignments USING btree (organization_id, work_order_id) WHERE status = 'ACTIVE'::text;
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON lane_assignments FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON lane_assignments REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON lane_assignments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON lane_assignments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON lane_assignments REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON lane_assignments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON lane_assignments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_capacity BEFORE INSERT OR UPDATE OF lane_id, scheduled_from, scheduled_to, allocated_capacity, status ON lane_assignments FOR EACH ROW EXECUTE FUNCTION app.guard_lane_capacity();
CREATE TRIGGER touch BEFORE UPDATE ON lane_assignments FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.lane_id IS DISTINCT FROM new.lane_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.project_id IS DISTINCT FROM new.project_id OR old.scheduled_from IS DISTINCT FROM new.scheduled_from OR old.scheduled_to IS DISTINCT FROM new.scheduled_to OR old.allocated_capacity IS DISTINCT FROM new.allocated_capacity OR old.is_exclusive IS DISTINCT FROM new.is_exclusive OR old.priority IS DISTINCT FROM new.priority OR old.status IS DISTINCT FROM new.status OR old.actual_start IS DISTINCT FROM new.actual_start OR old.actual_end IS DISTINCT FROM new.actual_end OR old.notes IS DISTINCT FROM new.notes) EXECUTE FUNCTION app.touch();
comment on table lane_assignments is
  'A work order planned on a lane for a span of days.';
comment on column lane_assignments.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column lane_assignments.organization_id is 'Tenant; part of every key and of the policy.';
comment on column lane_assignments.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column lane_assignments.project_id is 'Project the booking serves.';
comment on column lane_assignments.scheduled_from is 'First day.';
comment on column lane_assignments.scheduled_to is 'Inclusive.';
comment on column lane_assignments.days is 'Days booked; exclusive lanes take one order a day.';
comment on column lane_assignments.allocated_capacity is 'Per day.';
comment on column lane_assignments.is_exclusive is 'Copied from lane.max_parallel = 1.';
comment on column lane_assignments.priority is 'How urgent it is.';
comment on column lane_assignments.status is 'Moves only as app.transitions() allows.';
comment on column lane_assignments.actual_start is 'First work on the lane.';
comment on column lane_assignments.actual_end is 'Last work on the lane.';
comment on column lane_assignments.notes is 'Free words.';
comment on column lane_assignments.created_at is 'When the row was made.';
comment on column lane_assignments.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column lane_assignments.updated_at is 'When it last became a new version.';
comment on column lane_assignments.updated_by is 'Who made the last version.';
comment on column lane_assignments.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
