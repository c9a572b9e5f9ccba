-- Sync and terminals
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table devices (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  plant_id          integer not null,
  device_code       text not null,
  device_name       text not null,
  kind              text default 'KIOSK'::text not null,
  status            text default 'PENDING'::text not null,
  work_center_id    integer,
  machine_id        integer,
  lane_id           integer,
  public_key        bytea,
  hardware_id       text,
  app_version       text,
  os_version        text,
  schema_version    integer,
  enrolled_at       timestamp with time zone,
  last_seen_at      timestamp with time zone,
  last_ip           inet,
  clock_offset_ms   integer,
  outbox_depth      integer,
  oldest_pending_at timestamp with time zone,
  install_id        uuid,
  scope_version     integer default 1 not null,
  fork_detected_at  timestamp with time zone,
  settings          jsonb default '{}'::jsonb not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint devices_pkey PRIMARY KEY (id),
  constraint devices_device_code_key UNIQUE (organization_id, device_code),
  constraint devices_id_key UNIQUE (organization_id, id),
  constraint devices_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint devices_app_version_check CHECK (char_length(app_version) >= 1 AND char_length(app_version) <= 50),
  constraint devices_device_code_check CHECK (device_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint devices_device_name_check CHECK (char_length(device_name) >= 1 AND char_length(device_name) <= 100),
  constraint devices_hardware_id_check CHECK (char_length(hardware_id) >= 1 AND char_length(hardware_id) <= 200),
  constraint devices_kind_check CHECK (kind = ANY (ARRAY['KIOSK'::text, 'TABLET'::text, 'HANDHELD'::text, 'LABEL_STATION'::text])),
  constraint devices_os_version_check CHECK (char_length(os_version) >= 1 AND char_length(os_version) <= 100),
  constraint devices_public_key_check CHECK (octet_length(public_key) = 32),
  constraint devices_settings_check CHECK (jsonb_typeof(settings) = 'object'::text),
  constraint devices_status_check CHECK (status = ANY (ARRAY['PENDING'::text, 'ACTIVE'::text, 'DRAINING'::text, 'SUSPENDED'::text, 'REVOKED'::text])),
  constraint devices_status_public_key_check CHECK ((status <> ALL (ARRAY['ACTIVE'::text, 'DRAINING'::text])) OR public_key IS NOT NULL),
  constraint devices_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint devices_lane_id_fkey FOREIGN KEY (organization_id, plant_id, lane_id) REFERENCES lanes(organization_id, plant_id, id),
  constraint devices_machine_id_fkey FOREIGN KEY (organization_id, plant_id, machine_id) REFERENCES machines(organization_id, plant_id, id),
  constraint devices_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint devices_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint devices_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id)
);
CREATE INDEX devices_plant_id_status_last_seen_at_idx ON devices USING btree (organization_id, plant_id, status, last_seen_at);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON devices FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON devices REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('device_code');
CREATE TRIGGER audit_insert AFTER INSERT ON devices REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('device_code');
CREATE TRIGGER audit_update AFTER UPDATE ON devices REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('device_code');
CREATE TRIGGER touch BEFORE UPDATE ON devices FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.device_code IS DISTINCT FROM new.device_code OR old.device_name IS DISTINCT FROM new.device_name OR old.kind IS DISTINCT FROM new.kind OR old.status IS DISTINCT FROM new.status OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.machine_id IS DISTINCT FROM new.machine_id OR old.lane_id IS DISTINCT FROM new.lane_id OR old.public_key IS DISTINCT FROM new.public_key OR old.hardware_id IS DISTINCT FROM new.hardware_id OR old.enrolled_at IS DISTINCT FROM new.enrolled_at OR old.scope_version IS DISTINCT FROM new.scope_version OR old.fork_detected_at IS DISTINCT FROM new.fork_detected_at OR old.settings IS DISTINCT FROM new.settings) EXECUTE FUNCTION app.touch();
comment on table devices is
  'An enrolled terminal and where it stands.';
comment on column devices.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column devices.organization_id is 'Tenant; part of every key and of the policy.';
comment on column devices.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column devices.kind is 'How it is built and used.';
comment on column devices.status is 'DRAINING may push only.';
comment on column devices.work_center_id is 'Area it stands in.';
comment on column devices.machine_id is 'Machine it stands at.';
comment on column devices.lane_id is 'Line it stands at.';
comment on column devices.public_key is 'Ed25519, made on the device.';
comment on column devices.hardware_id is 'As the machine names itself; for people, not for trust.';
comment on column devices.app_version is 'At last contact.';
comment on column devices.os_version is 'At last contact.';
comment on column devices.schema_version is 'Of its local database.';
comment on column devices.enrolled_at is 'Nothing it sends can have happened before.';
comment on column devices.last_seen_at is 'Last contact.';
comment on column devices.last_ip is 'At last contact.';
comment on column devices.clock_offset_ms is 'Device − server at last contact.';
comment on column devices.outbox_depth is 'Events waiting on it at last contact.';
comment on column devices.oldest_pending_at is 'Oldest event it has not got acknowledged.';
comment on column devices.install_id is 'Of the local database it last spoke for; new for every fresh or restored one.';
comment on column devices.scope_version is 'Raised when what it may see changes; an older cursor starts over.';
comment on column devices.fork_detected_at is 'A cloned or rolled-back disk was seen.';
comment on column devices.settings is 'Station settings: scanner, printer, camera.';
comment on column devices.created_at is 'When the row was made.';
comment on column devices.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column devices.updated_at is 'When it last became a new version.';
comment on column devices.updated_by is 'Who made the last version.';
comment on column devices.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table device_enrollment_codes (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  plant_id          integer not null,
  code_hash         bytea not null,
  device_id         integer,
  device_code       text,
  device_name       text,
  kind              text default 'KIOSK'::text not null,
  work_center_id    integer,
  expires_at        timestamp with time zone not null,
  failed_attempts   smallint default 0 not null,
  used_at           timestamp with time zone,
  used_by_device_id integer,
  revoked_at        timestamp with time zone,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint device_enrollment_codes_pkey PRIMARY KEY (id),
  constraint device_enrollment_codes_id_key UNIQUE (organization_id, id),
  constraint device_enrollment_codes_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint device_enrollment_codes_code_hash_check CHECK (octet_length(code_hash) = 32),
  constraint device_enrollment_codes_device_code_check CHECK (device_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint device_enrollment_codes_device_code_device_name_check CHECK ((device_code IS NULL) = (device_name IS NULL)),
  constraint device_enrollment_codes_device_id_device_code_check CHECK (num_nonnulls(device_id, device_code) = 1),
  constraint device_enrollment_codes_device_name_check CHECK (char_length(device_name) >= 1 AND char_length(device_name) <= 100),
  constraint device_enrollment_codes_expires_at_created_at_check CHECK (expires_at <= (created_at + '00:16:00'::interval)),
  constraint device_enrollment_codes_failed_attempts_check CHECK (failed_attempts >= 0 AND failed_attempts <= 10),
  constraint device_enrollment_codes_kind_check CHECK (kind = ANY (ARRAY['KIOSK'::text, 'TABLET'::text, 'HANDHELD'::text, 'LABEL_STATION'::text])),
  constraint device_enrollment_codes_used_at_used_by_device_id_check CHECK ((used_at IS NULL) = (used_by_device_id IS NULL)),
  constraint device_enrollment_codes_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint device_enrollment_codes_device_id_fkey FOREIGN KEY (organization_id, plant_id, device_id) REFERENCES devices(organization_id, plant_id, id),
  constraint device_enrollment_codes_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint device_enrollment_codes_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint device_enrollment_codes_used_by_device_id_fkey FOREIGN KEY (organization_id, used_by_device_id) REFERENCES devices(organization_id, id),
  constraint device_enrollment_codes_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id)
);
CREATE UNIQUE INDEX device_enrollment_codes_code_hash_key ON device_enrollment_codes USING btree (code_hash);
CREATE TRIGGER audit_delete AFTER DELETE ON device_enrollment_codes REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('device_code');
CREATE TRIGGER audit_insert AFTER INSERT ON device_enrollment_codes REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('device_code');
CREATE TRIGGER audit_update AFTER UPDATE ON device_enrollment_codes REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('device_code');
CREATE TRIGGER touch BEFORE UPDATE ON device_enrollment_codes FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.code_hash IS DISTINCT FROM new.code_hash OR old.device_id IS DISTINCT FROM new.device_id OR old.device_code IS DISTINCT FROM new.device_code OR old.device_name IS DISTINCT FROM new.device_name OR old.kind IS DISTINCT FROM new.kind OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.expires_at IS DISTINCT FROM new.expires_at OR old.used_at IS DISTINCT FROM new.used_at OR old.used_by_device_id IS DISTINCT FROM new.used_by_device_id OR old.revoked_at IS DISTINCT FROM new.revoked_at) EXECUTE FUNCTION app.touch();
comment on table device_enrollment_codes is
  'One-time codes that let a new or replaced terminal enrol.';
comment on column device_enrollment_codes.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column device_enrollment_codes.organization_id is 'Tenant; part of every key and of the policy.';
comment on column device_enrollment_codes.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column device_enrollment_codes.code_hash is 'SHA-256; the code itself is shown once.';
comment on column device_enrollment_codes.device_id is 'The device to enrol again; NULL = a new one.';
comment on column device_enrollment_codes.device_code is 'Of the new device.';
comment on column device_enrollment_codes.device_name is 'Of the new device.';
comment on column device_enrollment_codes.kind is 'Of the new device.';
comment on column device_enrollment_codes.work_center_id is 'Area it will stand in.';
comment on column device_enrollment_codes.expires_at is '15 minutes after it was made.';
comment on column device_enrollment_codes.failed_attempts is 'Locked at 10.';
comment on column device_enrollment_codes.used_at is 'When it was redeemed.';
comment on column device_enrollment_codes.used_by_device_id is 'Device it made or renewed.';
comment on column device_enrollment_codes.revoked_at is 'When it was taken back; NULL = live.';
comment on column device_enrollment_codes.created_at is 'When the row was made.';
comment on column device_enrollment_codes.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column device_enrollment_codes.updated_at is 'When it last became a new version.';
comment on column device_enrollment_codes.updated_by is 'Who made the last version.';
comment on column device_enrollment_codes.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table number_series (
  id              integer generated always as identity not null,
  organization_id integer not null,
  series_code     text not null,
  plant_id        integer,
  material_id     integer,
  pattern         text not null,
  seq_width       smallint default 5 not null,
  next_value      bigint default 1 not null,
  reset_period    text default 'NEVER'::text not null,
  period_key      text,
  lease_size      integer default 100 not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint number_series_pkey PRIMARY KEY (id),
  constraint number_series_id_key UNIQUE (organization_id, id),
  constraint number_series_series_code_plant_id_material_id_key UNIQUE NULLS NOT DISTINCT (organization_id, series_code, plant_id, material_id),
  constraint number_series_lease_size_check CHECK (lease_size >= 1 AND lease_size <= 10000),
  constraint number_series_next_value_check CHECK (next_value >= 1),
  constraint number_series_pattern_check CHECK (char_length(pattern) >= 1 AND char_length(pattern) <= 100),
  constraint number_series_period_key_check CHECK (char_length(period_key) >= 1 AND char_length(period_key) <= 10),
  constraint number_series_reset_period_check CHECK (reset_period = ANY (ARRAY['NEVER'::text, 'YEAR'::text, 'MONTH'::text, 'DAY'::text])),
  constraint number_series_seq_width_check CHECK (seq_width >= 1 AND seq_width <= 12),
  constraint number_series_series_code_check CHECK (series_code = ANY (ARRAY['WORK_ORDER'::text, 'REWORK_ORDER'::text, 'NCR'::text, 'LOT'::text, 'SERIAL'::text, 'SHIPMENT'::text, 'LABEL'::text, 'RDA'::text])),
  constraint number_series_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint number_series_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint number_series_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint number_series_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint number_series_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON number_series REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('series_code');
CREATE TRIGGER audit_insert AFTER INSERT ON number_series REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('series_code');
CREATE TRIGGER audit_update AFTER UPDATE ON number_series REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('series_code');
CREATE TRIGGER feed_delete AFTER DELETE ON number_series REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON number_series REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON number_series REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON number_series FOR EACH ROW WHEN (old.series_code IS DISTINCT FROM new.series_code OR old.plant_id IS DISTINCT FROM new.plant_id OR old.material_id IS DISTINCT FROM new.material_id OR old.pattern IS DISTINCT FROM new.pattern OR old.seq_width IS DISTINCT FROM new.seq_width OR old.reset_period IS DISTINCT FROM new.reset_period OR old.lease_size IS DISTINCT FROM new.lease_size) EXECUTE FUNCTION app.touch();
comment on table number_series is
  'How document, lot and serial numbers are formed.';
comment on column number_series.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column number_series.organization_id is 'Tenant; part of every key and of the policy.';
comment on column number_series.series_code is 'What is numbered.';
comment on column number_series.plant_id is 'Own series of this plant; NULL = all others.';
comment on column number_series.material_id is 'Own series of this material; NULL = all others.';
comment on column number_series.pattern is 'Tokens: plant, material, yyyy, yy, MM, dd, seq.';
comment on column number_series.seq_width is 'Digits of seq, padded with zeros.';
comment on column number_series.next_value is 'Given out by one update … returning; gaps are allowed.';
comment on column number_series.reset_period is 'When seq starts again at 1.';
comment on column number_series.period_key is 'Period next_value counts in; a new one starts at 1.';
comment on column number_series.lease_size is 'Numbers lent to a device at once.';
comment on column number_series.created_at is 'When the row was made.';
comment on column number_series.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column number_series.updated_at is 'When it last became a new version.';
comment on column number_series.updated_by is 'Who made the last version.';
comment on column number_series.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table number_leases (
  id               integer generated always as identity not null,
  organization_id  integer not null,
  number_series_id integer not null,
  device_id        integer not null,
  period_key       text default '-'::text not null,
  block            int8range not null,
  granted_at       timestamp with time zone default now() not null,
  expires_at       timestamp with time zone,
  used_up_to       bigint,
  returned_at      timestamp with time zone,
  created_at       timestamp with time zone default now() not null,
  created_by       integer default app.actor(),
  updated_at       timestamp with time zone default now() not null,
  updated_by       integer default app.actor(),
  row_version      integer default 1 not null,
  constraint number_leases_pkey PRIMARY KEY (id),
  constraint number_leases_id_key UNIQUE (organization_id, id),
  constraint number_leases_excl EXCLUDE USING gist (organization_id WITH =, number_series_id WITH =, period_key WITH =, block WITH &&),
  constraint number_leases_block_check CHECK (NOT isempty(block) AND NOT lower_inf(block) AND NOT upper_inf(block)),
  constraint number_leases_block_used_up_to_check CHECK (block @> used_up_to),
  constraint number_leases_period_key_check CHECK (char_length(period_key) >= 1 AND char_length(period_key) <= 10),
  constraint number_leases_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint number_leases_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint number_leases_number_series_id_fkey FOREIGN KEY (organization_id, number_series_id) REFERENCES number_series(organization_id, id),
  constraint number_leases_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint number_leases_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX number_leases_device_id_idx ON number_leases USING btree (organization_id, device_id) WHERE returned_at IS NULL;
CREATE TRIGGER audit_delete AFTER DELETE ON number_leases REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('period_key');
CREATE TRIGGER audit_insert AFTER INSERT ON number_leases REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('period_key');
CREATE TRIGGER audit_update AFTER UPDATE ON number_leases REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('period_key');
CREATE TRIGGER feed_delete AFTER DELETE ON number_leases REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON number_leases REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON number_leases REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON number_leases FOR EACH ROW WHEN (old.number_series_id IS DISTINCT FROM new.number_series_id OR old.device_id IS DISTINCT FROM new.device_id OR old.period_key IS DISTINCT FROM new.period_key OR old.block IS DISTINCT FROM new.block OR old.granted_at IS DISTINCT FROM new.granted_at OR old.expires_at IS DISTINCT FROM new.expires_at OR old.returned_at IS DISTINCT FROM new.returned_at) EXECUTE FUNCTION app.touch();
comment on table number_leases is
  'Block of numbers lent to a device so that it can print lots and serials while offline.';
comment on column number_leases.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column number_leases.organization_id is 'Tenant; part of every key and of the policy.';
comment on column number_leases.number_series_id is 'Series the numbers come from.';
comment on column number_leases.device_id is 'Terminal it was made on; NULL = the office.';
comment on column number_leases.period_key is 'Period of the series the numbers belong to; - = it has none.';
comment on column number_leases.block is 'Half-open range of numbers; no two leases of a series and period overlap.';
comment on column number_leases.granted_at is 'When they were lent.';
comment on column number_leases.expires_at is 'Not to be used after.';
comment on column number_leases.used_up_to is 'Last number the device said it used.';
comment on column number_leases.returned_at is 'Given back; the rest is lost.';
comment on column number_leases.created_at is 'When the row was made.';
comment on column number_leases.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column number_leases.updated_at is 'When it last became a new version.';
comment on column number_leases.updated_by is 'Who made the last version.';
comment on column number_leases.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table shift_occurrences (
  id                       integer generated always as identity not null,
  organization_id          integer not null,
  plant_id                 integer not null,
  shift_id                 integer not null,
  business_date            date not null,
  starts_at                timestamp with time zone not null,
  ends_at                  timestamp with time zone not null,
  time_window              tstzrange generated always as (
CASE
    WHEN ends_at < starts_at THEN 'empty'::tstzrange
    ELSE tstzrange(starts_at, ends_at, '[)'::text)
END) stored not null,
  zone                     text not null,
  utc_offset_start_seconds integer not null,
  utc_offset_end_seconds   integer not null,
  break_minutes            integer default 0 not null,
  breaks                   tstzmultirange default '{}'::tstzmultirange not null,
  production_target        numeric(18,4) default 0 not null,
  is_worked                boolean default true not null,
  created_at               timestamp with time zone default now() not null,
  created_by               integer default app.actor(),
  updated_at               timestamp with time zone default now() not null,
  updated_by               integer default app.actor(),
  row_version              integer default 1 not null,
  constraint shift_occurrences_pkey PRIMARY KEY (id),
  constraint shift_occurrences_id_key UNIQUE (organization_id, id),
  constraint shift_occurrences_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint shift_occurrences_shift_id_business_date_key UNIQUE (organization_id, shift_id, business_date),
  constraint shift_occurrences_excl EXCLUDE USING gist (organization_id WITH =, plant_id WITH =, time_window WITH &&) WHERE (is_worked),
  constraint shift_occurrences_break_minutes_check CHECK (break_minutes >= 0 AND break_minutes <= 480),
  constraint shift_occurrences_ends_at_starts_at_check CHECK (ends_at > starts_at),
  constraint shift_occurrences_production_target_check CHECK (production_target >= 0::numeric),
  constraint shift_occurrences_zone_check CHECK (char_length(zone) >= 1 AND char_length(zone) <= 64),
  constraint shift_occurrences_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint shift_occurrences_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint shift_occurrences_shift_id_fkey FOREIGN KEY (organization_id, plant_id, shift_id) REFERENCES shifts(organization_id, plant_id, id),
  constraint shift_occurrences_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX shift_occurrences_plant_id_starts_at_idx ON shift_occurrences USING btree (organization_id, plant_id, starts_at);
CREATE TRIGGER audit_delete AFTER DELETE ON shift_occurrences REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON shift_occurrences REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON shift_occurrences REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON shift_occurrences REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON shift_occurrences REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON shift_occurrences REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON shift_occurrences FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.shift_id IS DISTINCT FROM new.shift_id OR old.business_date IS DISTINCT FROM new.business_date OR old.starts_at IS DISTINCT FROM new.starts_at OR old.ends_at IS DISTINCT FROM new.ends_at OR old.zone IS DISTINCT FROM new.zone OR old.utc_offset_start_seconds IS DISTINCT FROM new.utc_offset_start_seconds OR old.utc_offset_end_seconds IS DISTINCT FROM new.utc_offset_end_seconds OR old.break_minutes IS DISTINCT FROM new.break_minutes OR old.breaks IS DISTINCT FROM new.breaks OR old.production_target IS DISTINCT FROM new.production_target OR old.is_worked IS DISTINCT FROM new.is_worked) EXECUTE FUNCTION app.touch();
comment on table shift_occurrences is
  'One materialised shift: what production, stops and handovers are clipped to; made 60 days ahead.';
comment on column shift_occurrences.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column shift_occurrences.organization_id is 'Tenant; part of every key and of the policy.';
comment on column shift_occurrences.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column shift_occurrences.business_date is 'Plant-local date on which it begins.';
comment on column shift_occurrences.starts_at is 'First instant.';
comment on column shift_occurrences.ends_at is 'Half-open: this instant belongs to the next one.';
comment on column shift_occurrences.time_window is 'Half-open; no two worked occurrences of a plant overlap.';
comment on column shift_occurrences.zone is 'IANA zone of the plant when it was made.';
comment on column shift_occurrences.utc_offset_start_seconds is 'Local time minus UTC.';
comment on column shift_occurrences.utc_offset_end_seconds is 'Differs from the start on clock-change days.';
comment on column shift_occurrences.break_minutes is 'Without a position; reduce planned time pro rata.';
comment on column shift_occurrences.breaks is 'Breaks with a position, as instants.';
comment on column shift_occurrences.production_target is 'Pieces wanted; copied from the pattern.';
comment on column shift_occurrences.is_worked is 'False = holiday or cancelled; not downtime.';
comment on column shift_occurrences.created_at is 'When the row was made.';
comment on column shift_occurrences.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column shift_occurrences.updated_at is 'When it last became a new version.';
comment on column shift_occurrences.updated_by is 'Who made the last version.';
comment on column shift_occurrences.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table help_calls (
  id              integer generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  called_at       timestamp with time zone not null,
  kind            text not null,
  status          text default 'CALLED'::text not null,
  work_center_id  integer,
  machine_id      integer,
  work_order_id   integer,
  operation_id    integer,
  called_by       integer,
  message         text,
  taken_at        timestamp with time zone,
  taken_by        integer,
  resolved_at     timestamp with time zone,
  resolved_by     integer,
  resolution_note text,
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
  constraint help_calls_pkey PRIMARY KEY (id),
  constraint help_calls_id_key UNIQUE (organization_id, id),
  constraint help_calls_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint help_calls_uid_key UNIQUE (organization_id, uid),
  constraint help_calls_called_at_recorded_at_check CHECK (called_at <= (recorded_at + '00:10:00'::interval)),
  constraint help_calls_kind_check CHECK (kind = ANY (ARRAY['MAINTENANCE'::text, 'MATERIAL'::text, 'QUALITY'::text, 'SUPERVISOR'::text, 'LOGISTICS'::text, 'SAFETY'::text, 'OTHER'::text])),
  constraint help_calls_message_check CHECK (char_length(message) >= 1 AND char_length(message) <= 500),
  constraint help_calls_resolution_note_check CHECK (char_length(resolution_note) >= 1 AND char_length(resolution_note) <= 2000),
  constraint help_calls_resolved_at_called_at_check CHECK (resolved_at >= called_at),
  constraint help_calls_status_check CHECK (status = ANY (ARRAY['CALLED'::text, 'TAKEN'::text, 'RESOLVED'::text, 'CANCELLED'::text])),
  constraint help_calls_status_resolved_at_check CHECK ((status = ANY (ARRAY['RESOLVED'::text, 'CANCELLED'::text])) = (resolved_at IS NOT NULL)),
  constraint help_calls_status_taken_at_check CHECK (status <> 'TAKEN'::text OR taken_at IS NOT NULL),
  constraint help_calls_taken_at_called_at_check CHECK (taken_at >= called_at),
  constraint help_calls_taken_at_taken_by_check CHECK (num_nonnulls(taken_at, taken_by) = ANY (ARRAY[0, 2])),
  constraint help_calls_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint help_calls_called_by_fkey FOREIGN KEY (organization_id, called_by) REFERENCES users(organization_id, id),
  constraint help_calls_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint help_calls_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint help_calls_machine_id_fkey FOREIGN KEY (organization_id, plant_id, machine_id) REFERENCES machines(organization_id, plant_id, id),
  constraint help_calls_operation_id_fkey FOREIGN KEY (organization_id, work_order_id, operation_id) REFERENCES work_order_operations(organization_id, work_order_id, id),
  constraint help_calls_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint help_calls_resolved_by_fkey FOREIGN KEY (organization_id, resolved_by) REFERENCES users(organization_id, id),
  constraint help_calls_taken_by_fkey FOREIGN KEY (organization_id, taken_by) REFERENCES users(organization_id, id),
  constraint help_calls_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint help_calls_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id),
  constraint help_calls_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id)
);
CREATE INDEX help_calls_machine_id_called_at_idx ON help_calls USING btree (organization_id, machine_id, called_at DESC) WHERE machine_id IS NOT NULL;
CREATE INDEX help_calls_plant_id_called_at_idx ON help_calls USING btree (organization_id, plant_id, called_at DESC);
CREATE INDEX help_calls_plant_id_status_idx ON help_calls USING btree (organization_id, plant_id, status) WHERE status = ANY (ARRAY['CALLED'::text, 'TAKEN'::text]);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON help_calls FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON help_calls REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON help_calls REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON help_calls REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON help_calls REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON help_calls REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON help_calls FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.called_at IS DISTINCT FROM new.called_at OR old.kind IS DISTINCT FROM new.kind OR old.status IS DISTINCT FROM new.status OR old.work_center_id IS DISTINCT FROM new.work_center_id OR old.machine_id IS DISTINCT FROM new.machine_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.operation_id IS DISTINCT FROM new.operation_id OR old.called_by IS DISTINCT FROM new.called_by OR old.message IS DISTINCT FROM new.message OR old.taken_at IS DISTINCT FROM new.taken_at OR old.taken_by IS DISTINCT FROM new.taken_by OR old.resolved_at IS DISTINCT FROM new.resolved_at OR old.resolved_by IS DISTINCT FROM new.resolved_by OR old.resolution_note IS DISTINCT FROM new.resolution_note OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.device_time IS DISTINCT FROM new.device_time OR old.time_quality IS DISTINCT FROM new.time_quality OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table help_calls is
  'A call for help from a station (andon): called, taken, resolved.';
comment on column help_calls.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column help_calls.organization_id is 'Tenant; part of every key and of the policy.';
comment on column help_calls.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column help_calls.called_at is 'When help was called.';
comment on column help_calls.kind is 'Who should come.';
comment on column help_calls.status is 'Moves only as app.transitions() allows.';
comment on column help_calls.operation_id is 'Step the station was at.';
comment on column help_calls.called_by is 'NULL = nobody was signed in; one tap is enough.';
comment on column help_calls.message is 'What the caller adds.';
comment on column help_calls.taken_at is 'When somebody said they come.';
comment on column help_calls.taken_by is 'Who comes.';
comment on column help_calls.resolved_at is 'When it was settled or called off.';
comment on column help_calls.resolved_by is 'Who settled it.';
comment on column help_calls.resolution_note is 'What it was.';
comment on column help_calls.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column help_calls.device_id is 'Terminal it was made on; NULL = the office.';
comment on column help_calls.device_seq is 'Number in its lane on that terminal.';
comment on column help_calls.device_time is 'Time as the device said it, uncorrected.';
comment on column help_calls.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column help_calls.recorded_at is 'When the server received it.';
comment on column help_calls.created_at is 'When the row was made.';
comment on column help_calls.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column help_calls.updated_at is 'When it last became a new version.';
comment on column help_calls.updated_by is 'Who made the last version.';
comment on column help_calls.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table sync_epoch (
  id                integer generated always as identity not null,
  epoch             uuid default pg_catalog.gen_random_uuid() not null,
  system_identifier bigint not null,
  timeline          integer not null,
  cause             text not null,
  created_at        timestamp with time zone default now() not null,
  constraint sync_epoch_pkey PRIMARY KEY (id),
  constraint sync_epoch_epoch_key UNIQUE (epoch),
  constraint sync_epoch_cause_check CHECK (cause = ANY (ARRAY['FIRST'::text, 'CLUSTER_CHANGED'::text, 'RESTORED'::text]))
);
comment on table sync_epoch is
  'Lives of this server; the newest row is the present one. A restored or promoted database starts a new one, and terminals then resend. Not bound to a tenant: reachable only through app.ensure_server_epoch().';
comment on column sync_epoch.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column sync_epoch.epoch is 'Name of this life; every answer to a terminal carries it.';
comment on column sync_epoch.system_identifier is 'Of the PostgreSQL cluster when it began.';
comment on column sync_epoch.timeline is 'WAL timeline when it began; a promotion changes it.';
comment on column sync_epoch.cause is 'Why it began.';
comment on column sync_epoch.created_at is 'When it began.';

-- ----------------------------------------------------------------------------

create table sync_signing_keys (
  id         integer generated always as identity not null,
  secret     bytea not null,
  created_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  constraint sync_signing_keys_pkey PRIMARY KEY (id),
  constraint sync_signing_keys_secret_check CHECK (octet_length(secret) >= 32)
);
comment on table sync_signing_keys is
  'Keys that sign access tokens, nonces and pull cursors, shared by all server processes. Not bound to a tenant: reachable only through app.signing_keys().';
comment on column sync_signing_keys.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column sync_signing_keys.secret is 'Random bytes of HMAC-SHA-256.';
comment on column sync_signing_keys.created_at is 'When it began to sign.';
comment on column sync_signing_keys.retired_at is 'A retired key still verifies what it signed for a day.';

-- ----------------------------------------------------------------------------

create table sync_receipts (
  organization_id integer not null,
  install_id      uuid not null,
  lane            smallint not null,
  seq             bigint not null,
  event_id        uuid not null,
  device_id       integer not null,
  event_type      text not null,
  stream_key      text,
  verdict         text not null,
  code            text,
  flags           text[] default '{}'::text[] not null,
  target_table    text,
  target_id       bigint,
  target_at       timestamp with time zone,
  occurred_at     timestamp with time zone,
  received_at     timestamp with time zone default now() not null,
  constraint sync_receipts_pkey PRIMARY KEY (organization_id, install_id, lane, seq),
  constraint sync_receipts_event_id_key UNIQUE (organization_id, event_id),
  constraint sync_receipts_code_check CHECK (char_length(code) >= 1 AND char_length(code) <= 100),
  constraint sync_receipts_event_type_check CHECK (char_length(event_type) >= 1 AND char_length(event_type) <= 50),
  constraint sync_receipts_lane_check CHECK (lane >= 0 AND lane <= 3),
  constraint sync_receipts_seq_check CHECK (seq > 0),
  constraint sync_receipts_stream_key_check CHECK (char_length(stream_key) >= 1 AND char_length(stream_key) <= 200),
  constraint sync_receipts_target_table_check CHECK (char_length(target_table) >= 1 AND char_length(target_table) <= 63),
  constraint sync_receipts_verdict_check CHECK (verdict = ANY (ARRAY['APPLIED'::text, 'APPLIED_FLAGGED'::text, 'REJECTED'::text, 'QUARANTINED'::text, 'HELD'::text, 'FORK'::text])),
  constraint sync_receipts_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id)
);
CREATE INDEX sync_receipts_received_at_idx ON sync_receipts USING btree (organization_id, received_at);
comment on table sync_receipts is
  'One row per event ever received: what makes an event apply exactly once. Written in the transaction that applies the event; the verdict is answered again to a repeating client. Kept 180 days, and never deleted above the contiguous watermark.';
comment on column sync_receipts.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sync_receipts.install_id is 'The local database that made the event; new for every fresh or restored one.';
comment on column sync_receipts.lane is '0 urgent, 1 work, 2 audit and telemetry, 3 attachments.';
comment on column sync_receipts.seq is 'Dense per install and lane.';
comment on column sync_receipts.event_id is 'UUIDv7 minted on the terminal; the uid of the row it became.';
comment on column sync_receipts.device_id is 'Terminal it was made on; NULL = the office.';
comment on column sync_receipts.event_type is 'Kind of event, as on the wire.';
comment on column sync_receipts.stream_key is 'What must be applied in order: an operation, machine, serial, lot, inspection, NCR, handover.';
comment on column sync_receipts.verdict is 'What became of it; every one but FORK is custody.';
comment on column sync_receipts.code is 'Why it is not simply applied.';
comment on column sync_receipts.flags is 'What was odd about an applied event: clock clamped, closed order, …';
comment on column sync_receipts.target_table is 'Table of the row it became.';
comment on column sync_receipts.target_id is 'Id of the row it became.';
comment on column sync_receipts.target_at is 'Partition time of the target row: finds the chunk.';
comment on column sync_receipts.occurred_at is 'When it happened, as the server computed it.';
comment on column sync_receipts.received_at is 'When it came in; receipts are kept by this.';

-- ----------------------------------------------------------------------------

create table sync_watermarks (
  organization_id integer not null,
  install_id      uuid not null,
  lane            smallint not null,
  device_id       integer not null,
  contiguous_seq  bigint default 0 not null,
  max_seq         bigint default 0 not null,
  updated_at      timestamp with time zone default now() not null,
  constraint sync_watermarks_pkey PRIMARY KEY (organization_id, install_id, lane),
  constraint sync_watermarks_contiguous_seq_check CHECK (contiguous_seq >= 0),
  constraint sync_watermarks_lane_check CHECK (lane >= 0 AND lane <= 3),
  constraint sync_watermarks_max_seq_check CHECK (max_seq >= contiguous_seq),
  constraint sync_watermarks_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id)
);
comment on table sync_watermarks is
  'How far each lane of each install was received.';
comment on column sync_watermarks.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sync_watermarks.install_id is 'Local database of the terminal.';
comment on column sync_watermarks.lane is '0 urgent, 1 work, 2 audit and telemetry, 3 attachments.';
comment on column sync_watermarks.device_id is 'Terminal it was made on; NULL = the office.';
comment on column sync_watermarks.contiguous_seq is 'Everything up to here has a receipt or had one.';
comment on column sync_watermarks.max_seq is 'The highest number ever seen; a gap below it is asked for again.';
comment on column sync_watermarks.updated_at is 'When something came in last.';

-- ----------------------------------------------------------------------------

create table sync_quarantine (
  id              bigint generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  device_id       integer not null,
  install_id      uuid not null,
  lane            smallint not null,
  seq             bigint not null,
  event_id        uuid not null,
  event_type      text not null,
  event_version   integer default 1 not null,
  stream_key      text,
  verdict         text not null,
  code            text not null,
  detail          text,
  sqlstate        text,
  waits_for       uuid,
  raw             json not null,
  actor_user_id   integer,
  occurred_at     timestamp with time zone,
  received_at     timestamp with time zone default now() not null,
  status          text default 'OPEN'::text not null,
  resolved_by     integer,
  resolved_at     timestamp with time zone,
  resolution_note text,
  replay_event_id uuid,
  constraint sync_quarantine_pkey PRIMARY KEY (id),
  constraint sync_quarantine_event_key UNIQUE (organization_id, install_id, lane, seq, event_id),
  constraint sync_quarantine_id_key UNIQUE (organization_id, id),
  constraint sync_quarantine_code_check CHECK (char_length(code) >= 1 AND char_length(code) <= 100),
  constraint sync_quarantine_detail_check CHECK (char_length(detail) >= 1 AND char_length(detail) <= 2000),
  constraint sync_quarantine_discarded_check CHECK (status <> 'DISCARDED'::text OR resolution_note IS NOT NULL),
  constraint sync_quarantine_event_type_check CHECK (char_length(event_type) >= 1 AND char_length(event_type) <= 50),
  constraint sync_quarantine_lane_check CHECK (lane >= 0 AND lane <= 3),
  constraint sync_quarantine_resolution_note_check CHECK (char_length(resolution_note) >= 1 AND char_length(resolution_note) <= 2000),
  constraint sync_quarantine_resolved_at_check CHECK ((status = 'OPEN'::text) = (resolved_at IS NULL)),
  constraint sync_quarantine_seq_check CHECK (seq > 0),
  constraint sync_quarantine_sqlstate_check CHECK (sqlstate ~ '^[0-9A-Z]{5}$'::text),
  constraint sync_quarantine_status_check CHECK (status = ANY (ARRAY['OPEN'::text, 'REPLAYED'::text, 'REPAIRED'::text, 'DISCARDED'::text])),
  constraint sync_quarantine_stream_key_check CHECK (char_length(stream_key) >= 1 AND char_length(stream_key) <= 200),
  constraint sync_quarantine_verdict_check CHECK (verdict = ANY (ARRAY['REJECTED'::text, 'QUARANTINED'::text, 'HELD'::text, 'FORK'::text])),
  constraint sync_quarantine_device_id_fkey FOREIGN KEY (organization_id, plant_id, device_id) REFERENCES devices(organization_id, plant_id, id),
  constraint sync_quarantine_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint sync_quarantine_resolved_by_fkey FOREIGN KEY (organization_id, resolved_by) REFERENCES users(organization_id, id)
);
CREATE INDEX sync_quarantine_event_id_idx ON sync_quarantine USING btree (organization_id, event_id);
CREATE INDEX sync_quarantine_open_idx ON sync_quarantine USING btree (organization_id, plant_id, received_at) WHERE status = 'OPEN'::text;
CREATE INDEX sync_quarantine_stream_key_idx ON sync_quarantine USING btree (organization_id, stream_key, lane, seq) WHERE status = 'OPEN'::text;
CREATE INDEX sync_quarantine_waits_for_idx ON sync_quarantine USING btree (organization_id, waits_for) WHERE status = 'OPEN'::text AND waits_for IS NOT NULL;
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON sync_quarantine FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_update AFTER UPDATE ON sync_quarantine REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit_quarantine();
comment on table sync_quarantine is
  'Events that could not be applied, kept whole for a person to decide or for what they wait for to arrive. Nothing an operator did is lost: it is applied or it is here.';
comment on column sync_quarantine.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column sync_quarantine.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sync_quarantine.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column sync_quarantine.device_id is 'Terminal it was made on; NULL = the office.';
comment on column sync_quarantine.install_id is 'Local database that made the event.';
comment on column sync_quarantine.lane is '0 urgent, 1 work, 2 audit and telemetry, 3 attachments.';
comment on column sync_quarantine.seq is 'Dense per install and lane.';
comment on column sync_quarantine.event_id is 'UUIDv7 minted on the terminal.';
comment on column sync_quarantine.event_type is 'Kind of event, as on the wire.';
comment on column sync_quarantine.event_version is 'Version of its payload.';
comment on column sync_quarantine.stream_key is 'What must be applied in order; later events of it are held.';
comment on column sync_quarantine.verdict is 'REJECTED = malformed or not allowed, QUARANTINED = needs a person, HELD = waits for another event, FORK = from a cloned disk.';
comment on column sync_quarantine.code is 'Why, for programs.';
comment on column sync_quarantine.detail is 'Why, for people.';
comment on column sync_quarantine.sqlstate is 'Of the database error that refused it.';
comment on column sync_quarantine.waits_for is 'Uid of what it refers to and has not arrived yet; it is replayed then.';
comment on column sync_quarantine.raw is 'The event as received. json, not jsonb: jsonb refuses a NUL escape and would lose such an event.';
comment on column sync_quarantine.actor_user_id is 'Who acted, as the event says; no foreign key, since an unknown actor is a reason to be here.';
comment on column sync_quarantine.occurred_at is 'When it happened; NULL = its time cannot be believed.';
comment on column sync_quarantine.received_at is 'When it came in.';
comment on column sync_quarantine.status is 'Moves only as app.transitions() allows.';
comment on column sync_quarantine.resolved_by is 'NULL when the server replayed it by itself.';
comment on column sync_quarantine.resolved_at is 'When it was settled.';
comment on column sync_quarantine.resolution_note is 'What was done and why; needed to discard.';
comment on column sync_quarantine.replay_event_id is 'The corrected event that replaced it (REPAIRED).';

-- ----------------------------------------------------------------------------

create table sync_stream_holds (
  organization_id integer not null,
  stream_key      text not null,
  device_id       integer not null,
  event_id        uuid not null,
  code            text not null,
  created_at      timestamp with time zone default now() not null,
  constraint sync_stream_holds_pkey PRIMARY KEY (organization_id, stream_key),
  constraint sync_stream_holds_code_check CHECK (char_length(code) >= 1 AND char_length(code) <= 100),
  constraint sync_stream_holds_stream_key_check CHECK (char_length(stream_key) >= 1 AND char_length(stream_key) <= 200),
  constraint sync_stream_holds_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id)
);
comment on table sync_stream_holds is
  'Streams in which an event waits in quarantine: later events of the stream are held behind it, other streams are not. The row goes when the event is resolved.';
comment on column sync_stream_holds.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sync_stream_holds.stream_key is 'What is held.';
comment on column sync_stream_holds.device_id is 'Terminal it was made on; NULL = the office.';
comment on column sync_stream_holds.event_id is 'The quarantined event that holds the stream.';
comment on column sync_stream_holds.code is 'Why.';
comment on column sync_stream_holds.created_at is 'Since when.';

-- ----------------------------------------------------------------------------

create table sync_row (
  organization_id integer not null,
  scope           integer default 0 not null,
  tbl             text not null,
  row_id          bigint not null,
  xid             xid8 default pg_current_xact_id() not null,
  changed_at      timestamp with time zone default now() not null,
  deleted         boolean default false not null,
  constraint sync_row_pkey PRIMARY KEY (organization_id, scope, tbl, row_id),
  constraint sync_row_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id)
);
CREATE INDEX sync_row_xid_idx ON sync_row USING btree (organization_id, scope, xid);
comment on table sync_row is
  'What changed, for terminals to pull: one row per synced entity and scope, kept by triggers. A pull is the difference of two snapshots over xid; the entity itself is read live.';
comment on column sync_row.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sync_row.scope is 'Plant whose terminals see the entity, or 0 for all plants.';
comment on column sync_row.tbl is 'Table of the entity.';
comment on column sync_row.row_id is 'Its id there.';
comment on column sync_row.xid is 'The transaction that last changed the entity.';
comment on column sync_row.changed_at is 'When it last changed; tombstones are kept by this.';
comment on column sync_row.deleted is 'Tombstone: gone, or moved out of this scope. Kept 180 days.';
