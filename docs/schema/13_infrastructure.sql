-- Infrastructure
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table audit_logs (
  id              bigint generated always as identity not null,
  organization_id integer not null,
  occurred_at     timestamp with time zone default now() not null,
  uid             uuid default pg_catalog.gen_random_uuid() not null,
  action          text not null,
  table_name      text,
  row_id          bigint,
  row_label       text,
  plant_id        integer,
  user_id         integer,
  user_name       text,
  device_id       integer,
  request_id      uuid,
  ip              inet,
  user_agent      text,
  before          jsonb,
  after           jsonb,
  severity        text default 'INFO'::text not null,
  success         boolean default true not null,
  error_message   text,
  recorded_at     timestamp with time zone default now() not null,
  constraint audit_logs_pkey PRIMARY KEY (id, occurred_at),
  constraint audit_logs_uid_occurred_at_key UNIQUE (organization_id, uid, occurred_at),
  constraint audit_logs_action_check CHECK (action = ANY (ARRAY['CREATE'::text, 'UPDATE'::text, 'DELETE'::text, 'READ'::text, 'LOGIN'::text, 'LOGOUT'::text, 'LOGIN_FAILED'::text, 'APPROVE'::text, 'REJECT'::text, 'EXPORT'::text, 'IMPORT'::text, 'SYNC'::text, 'ENROLL'::text, 'REVOKE'::text, 'SYSTEM'::text])),
  constraint audit_logs_error_message_check CHECK (char_length(error_message) >= 1 AND char_length(error_message) <= 2000),
  constraint audit_logs_row_label_check CHECK (char_length(row_label) >= 1 AND char_length(row_label) <= 200),
  constraint audit_logs_severity_check CHECK (severity = ANY (ARRAY['INFO'::text, 'WARNING'::text, 'ERROR'::text, 'CRITICAL'::text])),
  constraint audit_logs_table_name_check CHECK (char_length(table_name) >= 1 AND char_length(table_name) <= 63),
  constraint audit_logs_user_agent_check CHECK (char_length(user_agent) >= 1 AND char_length(user_agent) <= 500),
  constraint audit_logs_user_name_check CHECK (char_length(user_name) >= 1 AND char_length(user_name) <= 200),
  constraint audit_logs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id)
);
select create_hypertable('audit_logs', 'occurred_at', chunk_time_interval => interval '180 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
CREATE INDEX audit_logs_action_occurred_at_idx ON audit_logs USING btree (organization_id, action, occurred_at DESC) WHERE severity <> 'INFO'::text OR NOT success;
CREATE INDEX audit_logs_occurred_at_idx ON audit_logs USING btree (organization_id, occurred_at DESC);
CREATE INDEX audit_logs_table_name_row_id_occurred_at_idx ON audit_logs USING btree (organization_id, table_name, row_id, occurred_at DESC);
CREATE INDEX audit_logs_user_id_occurred_at_idx ON audit_logs USING btree (organization_id, user_id, occurred_at DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON audit_logs FOR EACH ROW EXECUTE FUNCTION app.refuse_change('audit_logs');
comment on table audit_logs is
  'Who did what to which row; security events.';
comment on column audit_logs.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column audit_logs.organization_id is 'Tenant; part of every key and of the policy.';
comment on column audit_logs.occurred_at is 'When it happened; the partition column.';
comment on column audit_logs.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column audit_logs.action is 'What was done.';
comment on column audit_logs.table_name is 'NULL for events that change no row, such as a sign-in.';
comment on column audit_logs.row_id is 'Id in table_name.';
comment on column audit_logs.row_label is 'Code or name of the row at that time.';
comment on column audit_logs.plant_id is 'Plant of the row; NULL = none, or all.';
comment on column audit_logs.user_id is 'No foreign key on purpose: the trail outlives people and devices.';
comment on column audit_logs.user_name is 'Name at that time, for events without a user row.';
comment on column audit_logs.device_id is 'Terminal it was done on; no foreign key on purpose.';
comment on column audit_logs.request_id is 'Groups what one request did.';
comment on column audit_logs.ip is 'Where the request came from.';
comment on column audit_logs.user_agent is 'What the browser called itself.';
comment on column audit_logs.before is 'Changed columns only, secrets masked.';
comment on column audit_logs.after is 'Changed columns only.';
comment on column audit_logs.severity is 'Everything but INFO is looked at.';
comment on column audit_logs.success is 'FALSE = it was tried and refused.';
comment on column audit_logs.error_message is 'Why it was refused.';
comment on column audit_logs.recorded_at is 'When the server received it.';

-- ----------------------------------------------------------------------------

create table notifications (
  id                bigint generated always as identity not null,
  organization_id   integer not null,
  user_id           integer not null,
  notification_type text not null,
  title             text not null,
  message           text not null,
  priority          text default 'NORMAL'::text not null,
  channels          text[] default '{IN_APP}'::text[] not null,
  delivery          jsonb default '{}'::jsonb not null,
  entity_type       text,
  entity_id         bigint,
  action_url        text,
  plant_id          integer,
  created_at        timestamp with time zone default now() not null,
  scheduled_for     timestamp with time zone,
  expires_at        timestamp with time zone,
  read_at           timestamp with time zone,
  archived_at       timestamp with time zone,
  dedupe_key        text,
  constraint notifications_pkey PRIMARY KEY (id),
  constraint notifications_id_key UNIQUE (organization_id, id),
  constraint notifications_user_id_dedupe_key_key UNIQUE (organization_id, user_id, dedupe_key),
  constraint notifications_action_url_check CHECK (char_length(action_url) >= 1 AND char_length(action_url) <= 500),
  constraint notifications_channels_check CHECK (channels <@ '{IN_APP,EMAIL,SMS,PUSH}'::text[]),
  constraint notifications_dedupe_key_check CHECK (char_length(dedupe_key) >= 1 AND char_length(dedupe_key) <= 200),
  constraint notifications_delivery_check CHECK (jsonb_typeof(delivery) = 'object'::text),
  constraint notifications_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint notifications_message_check CHECK (char_length(message) >= 1 AND char_length(message) <= 2000),
  constraint notifications_notification_type_check CHECK (char_length(notification_type) >= 1 AND char_length(notification_type) <= 50),
  constraint notifications_priority_check CHECK (priority = ANY (ARRAY['LOW'::text, 'NORMAL'::text, 'HIGH'::text, 'URGENT'::text])),
  constraint notifications_title_check CHECK (char_length(title) >= 1 AND char_length(title) <= 200),
  constraint notifications_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint notifications_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint notifications_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id)
);
CREATE INDEX notifications_scheduled_for_idx ON notifications USING btree (organization_id, scheduled_for) WHERE scheduled_for IS NOT NULL;
CREATE INDEX notifications_user_id_created_at_idx ON notifications USING btree (organization_id, user_id, created_at DESC) WHERE read_at IS NULL AND archived_at IS NULL;
CREATE TRIGGER feed_delete AFTER DELETE ON notifications REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON notifications REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON notifications REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('whole');
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON notifications FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('notifications');
comment on table notifications is
  'Messages to a user, in the application or by other channels.';
comment on column notifications.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column notifications.organization_id is 'Tenant; part of every key and of the policy.';
comment on column notifications.user_id is 'Who is told.';
comment on column notifications.notification_type is 'Kind, for settings of the receiver.';
comment on column notifications.title is 'In one line.';
comment on column notifications.message is 'The whole text.';
comment on column notifications.priority is 'How urgent it is.';
comment on column notifications.channels is 'Ways it goes out.';
comment on column notifications.delivery is 'Per channel: state, tries, at.';
comment on column notifications.entity_type is 'Kind of the row that entity_id names.';
comment on column notifications.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column notifications.action_url is 'Where a tap leads, within the application.';
comment on column notifications.plant_id is 'Plant it is about; NULL = none in particular.';
comment on column notifications.created_at is 'When the row was made.';
comment on column notifications.scheduled_for is 'Not shown before.';
comment on column notifications.expires_at is 'Not shown after.';
comment on column notifications.read_at is 'When it was read; NULL = unread.';
comment on column notifications.archived_at is 'When it was put away; terminals lose it then.';
comment on column notifications.dedupe_key is 'The same key tells a person only once.';

-- ----------------------------------------------------------------------------

create table system_settings (
  id              integer generated always as identity not null,
  organization_id integer not null,
  setting_key     text not null,
  plant_id        integer,
  category        text not null,
  value_type      text not null,
  value           jsonb not null,
  is_secret       boolean default false not null,
  secret_ref      text,
  is_editable     boolean default true not null,
  description     text,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint system_settings_pkey PRIMARY KEY (id),
  constraint system_settings_id_key UNIQUE (organization_id, id),
  constraint system_settings_setting_key_plant_id_key UNIQUE NULLS NOT DISTINCT (organization_id, setting_key, plant_id),
  constraint system_settings_category_check CHECK (char_length(category) >= 1 AND char_length(category) <= 50),
  constraint system_settings_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 1000),
  constraint system_settings_is_secret_secret_ref_check CHECK (NOT is_secret OR secret_ref IS NOT NULL AND value = 'null'::jsonb),
  constraint system_settings_secret_ref_check CHECK (char_length(secret_ref) >= 1 AND char_length(secret_ref) <= 200),
  constraint system_settings_setting_key_check CHECK (char_length(setting_key) >= 1 AND char_length(setting_key) <= 100 AND setting_key ~ '^[a-z][a-z0-9_.]*$'::text),
  constraint system_settings_value_type_check CHECK (value_type = ANY (ARRAY['STRING'::text, 'NUMBER'::text, 'BOOLEAN'::text, 'JSON'::text, 'DATE'::text, 'DATETIME'::text, 'TIME'::text])),
  constraint system_settings_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint system_settings_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint system_settings_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint system_settings_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON system_settings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('setting_key');
CREATE TRIGGER audit_insert AFTER INSERT ON system_settings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('setting_key');
CREATE TRIGGER audit_update AFTER UPDATE ON system_settings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('setting_key');
CREATE TRIGGER feed_delete AFTER DELETE ON system_settings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON system_settings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON system_settings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON system_settings FOR EACH ROW WHEN (old.setting_key IS DISTINCT FROM new.setting_key OR old.plant_id IS DISTINCT FROM new.plant_id OR old.category IS DISTINCT FROM new.category OR old.value_type IS DISTINCT FROM new.value_type OR old.value IS DISTINCT FROM new.value OR old.is_secret IS DISTINCT FROM new.is_secret OR old.secret_ref IS DISTINCT FROM new.secret_ref OR old.is_editable IS DISTINCT FROM new.is_editable OR old.description IS DISTINCT FROM new.description) EXECUTE FUNCTION app.touch();
comment on table system_settings is
  'Typed settings per organization, optionally per plant.';
comment on column system_settings.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column system_settings.organization_id is 'Tenant; part of every key and of the policy.';
comment on column system_settings.setting_key is 'Dotted, e.g. retention.production_logs_days.';
comment on column system_settings.plant_id is 'NULL = the organization''s.';
comment on column system_settings.category is 'Where it is listed.';
comment on column system_settings.value_type is 'Kind of value.';
comment on column system_settings.value is 'A plant''s value overrides the organization''s.';
comment on column system_settings.is_secret is 'The value lies in the secret store, under secret_ref.';
comment on column system_settings.secret_ref is 'Name in the secret store.';
comment on column system_settings.is_editable is 'FALSE = set by the operator of the platform.';
comment on column system_settings.description is 'What it does.';
comment on column system_settings.created_at is 'When the row was made.';
comment on column system_settings.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column system_settings.updated_at is 'When it last became a new version.';
comment on column system_settings.updated_by is 'Who made the last version.';
comment on column system_settings.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table file_uploads (
  id              integer generated always as identity not null,
  organization_id integer not null,
  file_name       text not null,
  mime_type       text not null,
  size_bytes      bigint not null,
  sha256          bytea not null,
  storage         text default 'FILESYSTEM'::text not null,
  storage_key     text not null,
  status          text default 'UPLOADING'::text not null,
  received_bytes  bigint default 0 not null,
  entity_type     text,
  entity_id       bigint,
  purpose         text,
  caption         text,
  taken_at        timestamp with time zone,
  plant_id        integer,
  scan_status     text default 'PENDING'::text not null,
  uploaded_by     integer,
  deleted_at      timestamp with time zone,
  uid             uuid default pg_catalog.gen_random_uuid() not null,
  device_id       integer,
  device_seq      bigint,
  recorded_at     timestamp with time zone default now() not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint file_uploads_pkey PRIMARY KEY (id),
  constraint file_uploads_id_key UNIQUE (organization_id, id),
  constraint file_uploads_uid_key UNIQUE (organization_id, uid),
  constraint file_uploads_caption_check CHECK (char_length(caption) >= 1 AND char_length(caption) <= 500),
  constraint file_uploads_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint file_uploads_file_name_check CHECK (char_length(file_name) >= 1 AND char_length(file_name) <= 255),
  constraint file_uploads_mime_type_check CHECK (char_length(mime_type) >= 1 AND char_length(mime_type) <= 127),
  constraint file_uploads_purpose_check CHECK (char_length(purpose) >= 1 AND char_length(purpose) <= 50),
  constraint file_uploads_received_bytes_size_bytes_check CHECK (received_bytes <= size_bytes),
  constraint file_uploads_scan_status_check CHECK (scan_status = ANY (ARRAY['PENDING'::text, 'CLEAN'::text, 'INFECTED'::text, 'SKIPPED'::text])),
  constraint file_uploads_sha256_check CHECK (octet_length(sha256) = 32),
  constraint file_uploads_size_bytes_check CHECK (size_bytes >= 1 AND size_bytes <= 1073741824),
  constraint file_uploads_status_check CHECK (status = ANY (ARRAY['UPLOADING'::text, 'STORED'::text, 'REJECTED'::text, 'DELETED'::text])),
  constraint file_uploads_status_deleted_at_check CHECK ((status = 'DELETED'::text) = (deleted_at IS NOT NULL)),
  constraint file_uploads_status_received_bytes_check CHECK (status <> 'STORED'::text OR received_bytes = size_bytes),
  constraint file_uploads_storage_check CHECK (storage = ANY (ARRAY['DATABASE'::text, 'FILESYSTEM'::text, 'S3'::text])),
  constraint file_uploads_storage_key_check CHECK (char_length(storage_key) >= 1 AND char_length(storage_key) <= 500),
  constraint file_uploads_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint file_uploads_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint file_uploads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint file_uploads_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint file_uploads_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint file_uploads_uploaded_by_fkey FOREIGN KEY (organization_id, uploaded_by) REFERENCES users(organization_id, id)
);
CREATE INDEX file_uploads_entity_type_entity_id_idx ON file_uploads USING btree (organization_id, entity_type, entity_id);
CREATE INDEX file_uploads_sha256_idx ON file_uploads USING btree (organization_id, sha256);
CREATE INDEX file_uploads_status_idx ON file_uploads USING btree (organization_id, status) WHERE status = 'UPLOADING'::text;
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON file_uploads FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON file_uploads REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('file_name');
CREATE TRIGGER audit_update AFTER UPDATE ON file_uploads REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('file_name');
CREATE TRIGGER feed_delete AFTER DELETE ON file_uploads REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON file_uploads REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON file_uploads REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON file_uploads FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('file_uploads');
CREATE TRIGGER touch BEFORE UPDATE ON file_uploads FOR EACH ROW WHEN (old.file_name IS DISTINCT FROM new.file_name OR old.mime_type IS DISTINCT FROM new.mime_type OR old.size_bytes IS DISTINCT FROM new.size_bytes OR old.sha256 IS DISTINCT FROM new.sha256 OR old.storage IS DISTINCT FROM new.storage OR old.storage_key IS DISTINCT FROM new.storage_key OR old.status IS DISTINCT FROM new.status OR old.entity_type IS DISTINCT FROM new.entity_type OR old.entity_id IS DISTINCT FROM new.entity_id OR old.purpose IS DISTINCT FROM new.purpose OR old.caption IS DISTINCT FROM new.caption OR old.taken_at IS DISTINCT FROM new.taken_at OR old.plant_id IS DISTINCT FROM new.plant_id OR old.scan_status IS DISTINCT FROM new.scan_status OR old.uploaded_by IS DISTINCT FROM new.uploaded_by OR old.deleted_at IS DISTINCT FROM new.deleted_at OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table file_uploads is
  'Every stored file, content-addressed; also photos taken offline.';
comment on column file_uploads.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column file_uploads.organization_id is 'Tenant; part of every key and of the policy.';
comment on column file_uploads.file_name is 'As uploaded.';
comment on column file_uploads.mime_type is 'As recognised by content.';
comment on column file_uploads.size_bytes is 'Whole size, known before the first byte.';
comment on column file_uploads.sha256 is 'Content address; also tells a terminal what the server already has.';
comment on column file_uploads.storage is 'Where the bytes are.';
comment on column file_uploads.storage_key is 'Path or key there; never public.';
comment on column file_uploads.status is 'Moves only as app.transitions() allows.';
comment on column file_uploads.received_bytes is 'Resumable upload.';
comment on column file_uploads.entity_type is 'Kind of the row that entity_id names.';
comment on column file_uploads.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column file_uploads.purpose is 'ncr_photo, certificate, drawing …';
comment on column file_uploads.caption is 'What it shows.';
comment on column file_uploads.taken_at is 'When the photo was taken.';
comment on column file_uploads.plant_id is 'Plant it was uploaded at; NULL = the office.';
comment on column file_uploads.scan_status is 'Served only when STORED and CLEAN or SKIPPED.';
comment on column file_uploads.uploaded_by is 'Who sent it.';
comment on column file_uploads.deleted_at is 'The row stays: it proves that evidence existed.';
comment on column file_uploads.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column file_uploads.device_id is 'Terminal it was made on; NULL = the office.';
comment on column file_uploads.device_seq is 'Number in its lane on that terminal.';
comment on column file_uploads.recorded_at is 'When the server received it.';
comment on column file_uploads.created_at is 'When the row was made.';
comment on column file_uploads.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column file_uploads.updated_at is 'When it last became a new version.';
comment on column file_uploads.updated_by is 'Who made the last version.';
comment on column file_uploads.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table sap_sync_logs (
  id               bigint generated always as identity not null,
  organization_id  integer not null,
  started_at       timestamp with time zone default now() not null,
  uid              uuid default pg_catalog.gen_random_uuid() not null,
  direction        text not null,
  entity_type      text not null,
  entity_id        bigint,
  entity_label     text,
  sap_object_type  text,
  sap_object_key   text,
  operation        text not null,
  status           text not null,
  attempt_no       smallint default 1 not null,
  request_payload  jsonb,
  response_payload jsonb,
  error_code       text,
  error_message    text,
  finished_at      timestamp with time zone not null,
  duration_ms      integer,
  batch_uid        uuid,
  triggered_by     integer,
  recorded_at      timestamp with time zone default now() not null,
  constraint sap_sync_logs_pkey PRIMARY KEY (id, started_at),
  constraint sap_sync_logs_uid_started_at_key UNIQUE (organization_id, uid, started_at),
  constraint sap_sync_logs_attempt_no_check CHECK (attempt_no >= 1),
  constraint sap_sync_logs_direction_check CHECK (direction = ANY (ARRAY['TO_SAP'::text, 'FROM_SAP'::text])),
  constraint sap_sync_logs_entity_label_check CHECK (char_length(entity_label) >= 1 AND char_length(entity_label) <= 200),
  constraint sap_sync_logs_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint sap_sync_logs_error_code_check CHECK (char_length(error_code) >= 1 AND char_length(error_code) <= 50),
  constraint sap_sync_logs_error_message_check CHECK (char_length(error_message) >= 1 AND char_length(error_message) <= 2000),
  constraint sap_sync_logs_finished_at_started_at_check CHECK (finished_at >= started_at),
  constraint sap_sync_logs_operation_check CHECK (operation = ANY (ARRAY['CREATE'::text, 'UPDATE'::text, 'DELETE'::text, 'CONFIRM'::text, 'FETCH'::text])),
  constraint sap_sync_logs_sap_object_key_check CHECK (char_length(sap_object_key) >= 1 AND char_length(sap_object_key) <= 100),
  constraint sap_sync_logs_sap_object_type_check CHECK (char_length(sap_object_type) >= 1 AND char_length(sap_object_type) <= 100),
  constraint sap_sync_logs_status_check CHECK (status = ANY (ARRAY['SUCCESS'::text, 'FAILED'::text, 'PARTIAL'::text, 'SKIPPED'::text])),
  constraint sap_sync_logs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id)
);
select create_hypertable('sap_sync_logs', 'started_at', chunk_time_interval => interval '30 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
CREATE INDEX sap_sync_logs_batch_uid_idx ON sap_sync_logs USING btree (organization_id, batch_uid);
CREATE INDEX sap_sync_logs_entity_type_entity_id_started_at_idx ON sap_sync_logs USING btree (organization_id, entity_type, entity_id, started_at DESC);
CREATE INDEX sap_sync_logs_started_at_idx ON sap_sync_logs USING btree (organization_id, started_at DESC);
CREATE INDEX sap_sync_logs_status_started_at_idx ON sap_sync_logs USING btree (organization_id, status, started_at DESC) WHERE status = ANY (ARRAY['FAILED'::text, 'PARTIAL'::text]);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON sap_sync_logs FOR EACH ROW EXECUTE FUNCTION app.refuse_change('sap_sync_logs');
comment on table sap_sync_logs is
  'One attempt to exchange one object or batch with SAP.';
comment on column sap_sync_logs.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column sap_sync_logs.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sap_sync_logs.started_at is 'The partition column; the row is written when the attempt ends.';
comment on column sap_sync_logs.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column sap_sync_logs.direction is 'Which way the data went.';
comment on column sap_sync_logs.entity_type is 'Kind of the row that entity_id names.';
comment on column sap_sync_logs.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column sap_sync_logs.entity_label is 'Code or name of the row at that time.';
comment on column sap_sync_logs.sap_object_type is 'MATNR, AUFNR, VBELN, WERKS ….';
comment on column sap_sync_logs.sap_object_key is 'Its key in SAP.';
comment on column sap_sync_logs.operation is 'What was asked of the other side.';
comment on column sap_sync_logs.status is 'How the attempt ended.';
comment on column sap_sync_logs.attempt_no is '1 = the first try.';
comment on column sap_sync_logs.request_payload is 'What was sent.';
comment on column sap_sync_logs.response_payload is 'What was answered.';
comment on column sap_sync_logs.error_code is 'As SAP gives it.';
comment on column sap_sync_logs.error_message is 'What went wrong, for people.';
comment on column sap_sync_logs.finished_at is 'When the attempt ended.';
comment on column sap_sync_logs.duration_ms is 'From sending to the answer.';
comment on column sap_sync_logs.batch_uid is 'Groups objects sent together.';
comment on column sap_sync_logs.triggered_by is 'Who asked for it; no foreign key on purpose: the log outlives people.';
comment on column sap_sync_logs.recorded_at is 'When the server received it.';

-- ----------------------------------------------------------------------------

create table sap_mappings (
  id                 integer generated always as identity not null,
  organization_id    integer not null,
  entity_type        text not null,
  entity_id          bigint not null,
  sap_system         text default 'DEFAULT'::text not null,
  sap_object_type    text not null,
  sap_object_key     text not null,
  direction          text default 'BIDIRECTIONAL'::text not null,
  field_mappings     jsonb default '{}'::jsonb not null,
  transformations    jsonb default '{}'::jsonb not null,
  auto_sync          boolean default false not null,
  sync_every_minutes integer,
  sync_state         text default 'PENDING'::text not null,
  failed_attempts    integer default 0 not null,
  next_sync_at       timestamp with time zone,
  last_synced_at     timestamp with time zone,
  last_error         text,
  is_active          boolean default true not null,
  created_at         timestamp with time zone default now() not null,
  created_by         integer default app.actor(),
  updated_at         timestamp with time zone default now() not null,
  updated_by         integer default app.actor(),
  row_version        integer default 1 not null,
  constraint sap_mappings_pkey PRIMARY KEY (id),
  constraint sap_mappings_entity_type_entity_sap_system_sap_object_type_key UNIQUE (organization_id, entity_type, entity_id, sap_system, sap_object_type),
  constraint sap_mappings_id_key UNIQUE (organization_id, id),
  constraint sap_mappings_auto_sync_sync_every_minutes_check CHECK (NOT auto_sync OR COALESCE(sync_every_minutes, 0) > 0),
  constraint sap_mappings_direction_check CHECK (direction = ANY (ARRAY['TO_SAP'::text, 'FROM_SAP'::text, 'BIDIRECTIONAL'::text])),
  constraint sap_mappings_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint sap_mappings_field_mappings_check CHECK (jsonb_typeof(field_mappings) = 'object'::text),
  constraint sap_mappings_last_error_check CHECK (char_length(last_error) >= 1 AND char_length(last_error) <= 2000),
  constraint sap_mappings_sap_object_key_check CHECK (char_length(sap_object_key) >= 1 AND char_length(sap_object_key) <= 100),
  constraint sap_mappings_sap_object_type_check CHECK (char_length(sap_object_type) >= 1 AND char_length(sap_object_type) <= 100),
  constraint sap_mappings_sap_system_check CHECK (char_length(sap_system) >= 1 AND char_length(sap_system) <= 50),
  constraint sap_mappings_sync_state_check CHECK (sync_state = ANY (ARRAY['IN_SYNC'::text, 'PENDING'::text, 'FAILED'::text, 'CONFLICT'::text])),
  constraint sap_mappings_transformations_check CHECK (jsonb_typeof(transformations) = 'object'::text),
  constraint sap_mappings_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint sap_mappings_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint sap_mappings_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX sap_mappings_next_sync_at_idx ON sap_mappings USING btree (organization_id, next_sync_at) WHERE is_active AND auto_sync;
CREATE UNIQUE INDEX sap_mappings_sap_system_sap_object_type_sap_object_key_key ON sap_mappings USING btree (organization_id, sap_system, sap_object_type, sap_object_key) WHERE is_active;
CREATE TRIGGER audit_delete AFTER DELETE ON sap_mappings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('sap_object_key');
CREATE TRIGGER audit_insert AFTER INSERT ON sap_mappings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('sap_object_key');
CREATE TRIGGER audit_update AFTER UPDATE ON sap_mappings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('sap_object_key');
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON sap_mappings FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('sap_mappings');
CREATE TRIGGER touch BEFORE UPDATE ON sap_mappings FOR EACH ROW WHEN (old.entity_type IS DISTINCT FROM new.entity_type OR old.entity_id IS DISTINCT FROM new.entity_id OR old.sap_system IS DISTINCT FROM new.sap_system OR old.sap_object_type IS DISTINCT FROM new.sap_object_type OR old.sap_object_key IS DISTINCT FROM new.sap_object_key OR old.direction IS DISTINCT FROM new.direction OR old.field_mappings IS DISTINCT FROM new.field_mappings OR old.transformations IS DISTINCT FROM new.transformations OR old.auto_sync IS DISTINCT FROM new.auto_sync OR old.sync_every_minutes IS DISTINCT FROM new.sync_every_minutes OR old.sync_state IS DISTINCT FROM new.sync_state OR old.failed_attempts IS DISTINCT FROM new.failed_attempts OR old.last_error IS DISTINCT FROM new.last_error OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table sap_mappings is
  'Which SAP object a row of ours corresponds to, and how it is kept in step.';
comment on column sap_mappings.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column sap_mappings.organization_id is 'Tenant; part of every key and of the policy.';
comment on column sap_mappings.entity_type is 'Kind of the row that entity_id names.';
comment on column sap_mappings.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column sap_mappings.sap_system is 'Which SAP, where there are several.';
comment on column sap_mappings.sap_object_type is 'MATNR, AUFNR, VBELN, WERKS ….';
comment on column sap_mappings.sap_object_key is 'Its key in SAP.';
comment on column sap_mappings.direction is 'Which side leads.';
comment on column sap_mappings.field_mappings is 'Our column → SAP field.';
comment on column sap_mappings.transformations is 'How values are converted on the way.';
comment on column sap_mappings.auto_sync is 'Exchanged by the scheduler, without being asked.';
comment on column sap_mappings.sync_every_minutes is 'How often; needed for auto_sync.';
comment on column sap_mappings.sync_state is 'PENDING lives here, attempts in sap_sync_logs.';
comment on column sap_mappings.failed_attempts is 'In a row.';
comment on column sap_mappings.next_sync_at is 'When the scheduler tries next.';
comment on column sap_mappings.last_synced_at is 'Last success.';
comment on column sap_mappings.last_error is 'Why the last attempt failed.';
comment on column sap_mappings.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column sap_mappings.created_at is 'When the row was made.';
comment on column sap_mappings.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column sap_mappings.updated_at is 'When it last became a new version.';
comment on column sap_mappings.updated_by is 'Who made the last version.';
comment on column sap_mappings.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
