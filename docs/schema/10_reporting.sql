-- Reporting
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table reports (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  report_code       text not null,
  report_name       text not null,
  report_type       text default 'CUSTOM'::text not null,
  category          text default 'CUSTOM'::text not null,
  query_definition  jsonb not null,
  display_config    jsonb default '{}'::jsonb not null,
  schedule_cron     text,
  schedule_timezone text,
  export_formats    text[] default '{CSV}'::text[] not null,
  recipients        text[] default '{}'::text[] not null,
  owner_user_id     integer not null,
  visibility        text default 'PRIVATE'::text not null,
  shared_role_ids   integer[] default '{}'::integer[] not null,
  is_system         boolean default false not null,
  is_active         boolean default true not null,
  next_run_at       timestamp with time zone,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint reports_pkey PRIMARY KEY (id),
  constraint reports_id_key UNIQUE (organization_id, id),
  constraint reports_report_code_key UNIQUE (organization_id, report_code),
  constraint reports_category_check CHECK (category = ANY (ARRAY['PRODUCTION'::text, 'QUALITY'::text, 'INVENTORY'::text, 'MAINTENANCE'::text, 'LOGISTICS'::text, 'TRACEABILITY'::text, 'CUSTOM'::text])),
  constraint reports_display_config_check CHECK (jsonb_typeof(display_config) = 'object'::text),
  constraint reports_export_formats_check CHECK (export_formats <@ '{CSV,XLSX,PDF,JSON}'::text[]),
  constraint reports_report_code_check CHECK (report_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint reports_report_name_check CHECK (char_length(report_name) >= 1 AND char_length(report_name) <= 200),
  constraint reports_report_type_check CHECK (report_type = ANY (ARRAY['KPI'::text, 'CUSTOM'::text, 'SCHEDULED'::text, 'AD_HOC'::text])),
  constraint reports_report_type_schedule_cron_check CHECK (report_type <> 'SCHEDULED'::text OR schedule_cron IS NOT NULL AND schedule_timezone IS NOT NULL),
  constraint reports_schedule_cron_check CHECK (char_length(schedule_cron) >= 1 AND char_length(schedule_cron) <= 100),
  constraint reports_schedule_timezone_check CHECK (char_length(schedule_timezone) >= 1 AND char_length(schedule_timezone) <= 64),
  constraint reports_visibility_check CHECK (visibility = ANY (ARRAY['PRIVATE'::text, 'SHARED'::text, 'ORGANIZATION'::text])),
  constraint reports_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint reports_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint reports_owner_user_id_fkey FOREIGN KEY (organization_id, owner_user_id) REFERENCES users(organization_id, id),
  constraint reports_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX reports_next_run_at_idx ON reports USING btree (organization_id, next_run_at) WHERE is_active AND schedule_cron IS NOT NULL;
CREATE INDEX reports_owner_user_id_idx ON reports USING btree (organization_id, owner_user_id);
CREATE TRIGGER audit_delete AFTER DELETE ON reports REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('report_code');
CREATE TRIGGER audit_insert AFTER INSERT ON reports REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('report_code');
CREATE TRIGGER audit_update AFTER UPDATE ON reports REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('report_code');
CREATE TRIGGER guard_role_ids BEFORE INSERT OR UPDATE OF shared_role_ids ON reports FOR EACH ROW EXECUTE FUNCTION app.guard_role_ids('shared_role_ids');
CREATE TRIGGER guard_zone BEFORE INSERT OR UPDATE OF schedule_timezone ON reports FOR EACH ROW WHEN (new.schedule_timezone IS NOT NULL) EXECUTE FUNCTION app.guard_time_zone('schedule_timezone');
CREATE TRIGGER touch BEFORE UPDATE ON reports FOR EACH ROW WHEN (old.report_code IS DISTINCT FROM new.report_code OR old.report_name IS DISTINCT FROM new.report_name OR old.report_type IS DISTINCT FROM new.report_type OR old.category IS DISTINCT FROM new.category OR old.query_definition IS DISTINCT FROM new.query_definition OR old.display_config IS DISTINCT FROM new.display_config OR old.schedule_cron IS DISTINCT FROM new.schedule_cron OR old.schedule_timezone IS DISTINCT FROM new.schedule_timezone OR old.export_formats IS DISTINCT FROM new.export_formats OR old.recipients IS DISTINCT FROM new.recipients OR old.owner_user_id IS DISTINCT FROM new.owner_user_id OR old.visibility IS DISTINCT FROM new.visibility OR old.shared_role_ids IS DISTINCT FROM new.shared_role_ids OR old.is_system IS DISTINCT FROM new.is_system OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table reports is
  'Saved report definitions.';
comment on column reports.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column reports.organization_id is 'Tenant; part of every key and of the policy.';
comment on column reports.report_type is 'KPI = given by the release; SCHEDULED needs a cron line and a zone.';
comment on column reports.category is 'Where it is listed.';
comment on column reports.query_definition is 'Data source from a whitelist, columns, filters, aggregations; never SQL.';
comment on column reports.display_config is 'How the result is drawn.';
comment on column reports.schedule_cron is 'Five fields, in schedule_timezone.';
comment on column reports.schedule_timezone is 'IANA name.';
comment on column reports.export_formats is 'Files a run may make.';
comment on column reports.recipients is 'E-mail addresses of scheduled runs.';
comment on column reports.owner_user_id is 'Whose it is.';
comment on column reports.visibility is 'SHARED = the roles in shared_role_ids.';
comment on column reports.shared_role_ids is 'Roles that see it when visibility is SHARED.';
comment on column reports.is_system is 'Comes with the release: switched off, not edited or deleted.';
comment on column reports.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column reports.next_run_at is 'When the scheduler runs it next.';
comment on column reports.created_at is 'When the row was made.';
comment on column reports.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column reports.updated_at is 'When it last became a new version.';
comment on column reports.updated_by is 'Who made the last version.';
comment on column reports.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table report_executions (
  id              bigint generated always as identity not null,
  organization_id integer not null,
  report_id       integer not null,
  status          text default 'PENDING'::text not null,
  trigger_type    text not null,
  triggered_by    integer,
  parameters      jsonb default '{}'::jsonb not null,
  export_format   text,
  row_count       integer,
  result_data     jsonb,
  file_id         integer,
  started_at      timestamp with time zone,
  completed_at    timestamp with time zone,
  error_message   text,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint report_executions_pkey PRIMARY KEY (id),
  constraint report_executions_id_key UNIQUE (organization_id, id),
  constraint report_executions_completed_at_started_at_check CHECK (completed_at >= started_at),
  constraint report_executions_error_message_check CHECK (char_length(error_message) >= 1 AND char_length(error_message) <= 2000),
  constraint report_executions_export_format_check CHECK (export_format = ANY (ARRAY['CSV'::text, 'XLSX'::text, 'PDF'::text, 'JSON'::text])),
  constraint report_executions_parameters_check CHECK (jsonb_typeof(parameters) = 'object'::text),
  constraint report_executions_result_data_check CHECK (octet_length(result_data::text) <= 262144),
  constraint report_executions_status_check CHECK (status = ANY (ARRAY['PENDING'::text, 'RUNNING'::text, 'COMPLETED'::text, 'FAILED'::text, 'CANCELLED'::text])),
  constraint report_executions_status_completed_at_check CHECK (status <> 'COMPLETED'::text OR completed_at IS NOT NULL),
  constraint report_executions_trigger_type_check CHECK (trigger_type = ANY (ARRAY['MANUAL'::text, 'SCHEDULED'::text, 'API'::text])),
  constraint report_executions_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint report_executions_file_id_fkey FOREIGN KEY (organization_id, file_id) REFERENCES file_uploads(organization_id, id),
  constraint report_executions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint report_executions_report_id_fkey FOREIGN KEY (organization_id, report_id) REFERENCES reports(organization_id, id),
  constraint report_executions_triggered_by_fkey FOREIGN KEY (organization_id, triggered_by) REFERENCES users(organization_id, id),
  constraint report_executions_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX report_executions_report_id_id_idx ON report_executions USING btree (organization_id, report_id, id DESC);
CREATE INDEX report_executions_status_idx ON report_executions USING btree (organization_id, status) WHERE status = ANY (ARRAY['PENDING'::text, 'RUNNING'::text]);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON report_executions FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON report_executions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON report_executions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON report_executions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER touch BEFORE UPDATE ON report_executions FOR EACH ROW WHEN (old.report_id IS DISTINCT FROM new.report_id OR old.status IS DISTINCT FROM new.status OR old.trigger_type IS DISTINCT FROM new.trigger_type OR old.triggered_by IS DISTINCT FROM new.triggered_by OR old.parameters IS DISTINCT FROM new.parameters OR old.export_format IS DISTINCT FROM new.export_format OR old.row_count IS DISTINCT FROM new.row_count OR old.result_data IS DISTINCT FROM new.result_data OR old.file_id IS DISTINCT FROM new.file_id OR old.started_at IS DISTINCT FROM new.started_at OR old.completed_at IS DISTINCT FROM new.completed_at OR old.error_message IS DISTINCT FROM new.error_message) EXECUTE FUNCTION app.touch();
comment on table report_executions is
  'Runs of a report and their results.';
comment on column report_executions.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column report_executions.organization_id is 'Tenant; part of every key and of the policy.';
comment on column report_executions.status is 'Moves only as app.transitions() allows.';
comment on column report_executions.trigger_type is 'What started the run.';
comment on column report_executions.triggered_by is 'Who started it; NULL = the schedule.';
comment on column report_executions.parameters is 'Filters of this run.';
comment on column report_executions.export_format is 'File the run makes; NULL = none.';
comment on column report_executions.row_count is 'Rows of the result.';
comment on column report_executions.result_data is '≤ 256 kB.';
comment on column report_executions.file_id is 'Results too large for result_data.';
comment on column report_executions.started_at is 'When it began to run.';
comment on column report_executions.completed_at is 'When it ended.';
comment on column report_executions.error_message is 'What went wrong, for people.';
comment on column report_executions.created_at is 'When the row was made.';
comment on column report_executions.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column report_executions.updated_at is 'When it last became a new version.';
comment on column report_executions.updated_by is 'Who made the last version.';
comment on column report_executions.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table dashboards (
  id              integer generated always as identity not null,
  organization_id integer not null,
  dashboard_code  text not null,
  dashboard_name  text not null,
  dashboard_type  text default 'CUSTOM'::text not null,
  layout          jsonb not null,
  default_filters jsonb default '{}'::jsonb not null,
  refresh_seconds integer,
  owner_user_id   integer not null,
  visibility      text default 'PRIVATE'::text not null,
  shared_role_ids integer[] default '{}'::integer[] not null,
  plant_id        integer,
  is_default      boolean default false not null,
  is_system       boolean default false not null,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint dashboards_pkey PRIMARY KEY (id),
  constraint dashboards_dashboard_code_key UNIQUE (organization_id, dashboard_code),
  constraint dashboards_id_key UNIQUE (organization_id, id),
  constraint dashboards_dashboard_code_check CHECK (dashboard_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint dashboards_dashboard_name_check CHECK (char_length(dashboard_name) >= 1 AND char_length(dashboard_name) <= 200),
  constraint dashboards_dashboard_type_check CHECK (dashboard_type = ANY (ARRAY['OVERVIEW'::text, 'PRODUCTION'::text, 'QUALITY'::text, 'INVENTORY'::text, 'MAINTENANCE'::text, 'ANDON'::text, 'CUSTOM'::text])),
  constraint dashboards_default_filters_check CHECK (jsonb_typeof(default_filters) = 'object'::text),
  constraint dashboards_refresh_seconds_check CHECK (refresh_seconds >= 10),
  constraint dashboards_visibility_check CHECK (visibility = ANY (ARRAY['PRIVATE'::text, 'SHARED'::text, 'ORGANIZATION'::text])),
  constraint dashboards_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint dashboards_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint dashboards_owner_user_id_fkey FOREIGN KEY (organization_id, owner_user_id) REFERENCES users(organization_id, id),
  constraint dashboards_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint dashboards_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX dashboards_plant_id_dashboard_type_key ON dashboards USING btree (organization_id, plant_id, dashboard_type) NULLS NOT DISTINCT WHERE is_default;
CREATE TRIGGER audit_delete AFTER DELETE ON dashboards REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('dashboard_code');
CREATE TRIGGER audit_insert AFTER INSERT ON dashboards REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('dashboard_code');
CREATE TRIGGER audit_update AFTER UPDATE ON dashboards REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('dashboard_code');
CREATE TRIGGER guard_role_ids BEFORE INSERT OR UPDATE OF shared_role_ids ON dashboards FOR EACH ROW EXECUTE FUNCTION app.guard_role_ids('shared_role_ids');
CREATE TRIGGER touch BEFORE UPDATE ON dashboards FOR EACH ROW WHEN (old.dashboard_code IS DISTINCT FROM new.dashboard_code OR old.dashboard_name IS DISTINCT FROM new.dashboard_name OR old.dashboard_type IS DISTINCT FROM new.dashboard_type OR old.layout IS DISTINCT FROM new.layout OR old.default_filters IS DISTINCT FROM new.default_filters OR old.refresh_seconds IS DISTINCT FROM new.refresh_seconds OR old.owner_user_id IS DISTINCT FROM new.owner_user_id OR old.visibility IS DISTINCT FROM new.visibility OR old.shared_role_ids IS DISTINCT FROM new.shared_role_ids OR old.plant_id IS DISTINCT FROM new.plant_id OR old.is_default IS DISTINCT FROM new.is_default OR old.is_system IS DISTINCT FROM new.is_system OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table dashboards is
  'Saved widget layouts.';
comment on column dashboards.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column dashboards.organization_id is 'Tenant; part of every key and of the policy.';
comment on column dashboards.dashboard_type is 'What it is for; ANDON boards hang in the hall.';
comment on column dashboards.layout is 'Grid and widgets in one document.';
comment on column dashboards.default_filters is 'Proposed when it is opened.';
comment on column dashboards.refresh_seconds is 'How often it asks anew; NULL = only when told.';
comment on column dashboards.owner_user_id is 'Whose it is.';
comment on column dashboards.visibility is 'SHARED = the roles in shared_role_ids.';
comment on column dashboards.shared_role_ids is 'Roles that see it when visibility is SHARED.';
comment on column dashboards.plant_id is 'NULL = all plants.';
comment on column dashboards.is_default is 'Opened first; one per plant and type.';
comment on column dashboards.is_system is 'Comes with the release: switched off, not edited or deleted.';
comment on column dashboards.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column dashboards.created_at is 'When the row was made.';
comment on column dashboards.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column dashboards.updated_at is 'When it last became a new version.';
comment on column dashboards.updated_by is 'Who made the last version.';
comment on column dashboards.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
