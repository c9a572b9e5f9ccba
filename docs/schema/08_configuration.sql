-- Configuration
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table custom_fields (
  id              integer generated always as identity not null,
  organization_id integer not null,
  entity_type     text not null,
  field_code      text not null,
  field_label     text not null,
  labels          jsonb default '{}'::jsonb not null,
  field_type      text not null,
  type_list_id    integer,
  is_required     boolean default false not null,
  default_value   jsonb,
  validation      jsonb default '{}'::jsonb not null,
  ui              jsonb default '{}'::jsonb not null,
  display_order   integer default 0 not null,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint custom_fields_pkey PRIMARY KEY (id),
  constraint custom_fields_entity_type_field_code_key UNIQUE (organization_id, entity_type, field_code),
  constraint custom_fields_id_entity_type_key UNIQUE (organization_id, id, entity_type),
  constraint custom_fields_id_key UNIQUE (organization_id, id),
  constraint custom_fields_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint custom_fields_field_code_check CHECK (char_length(field_code) >= 1 AND char_length(field_code) <= 50 AND field_code ~ '^[a-z][a-z0-9_]*$'::text),
  constraint custom_fields_field_label_check CHECK (char_length(field_label) >= 1 AND char_length(field_label) <= 100),
  constraint custom_fields_field_type_check CHECK (field_type = ANY (ARRAY['TEXT'::text, 'TEXTAREA'::text, 'NUMBER'::text, 'DATE'::text, 'DATETIME'::text, 'BOOLEAN'::text, 'SELECT'::text, 'MULTISELECT'::text, 'FILE'::text, 'EMAIL'::text, 'URL'::text, 'PHONE'::text])),
  constraint custom_fields_field_type_type_list_id_check CHECK ((field_type = ANY (ARRAY['SELECT'::text, 'MULTISELECT'::text])) = (type_list_id IS NOT NULL)),
  constraint custom_fields_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint custom_fields_ui_check CHECK (jsonb_typeof(ui) = 'object'::text),
  constraint custom_fields_validation_check CHECK (jsonb_typeof(validation) = 'object'::text),
  constraint custom_fields_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint custom_fields_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint custom_fields_type_list_id_fkey FOREIGN KEY (organization_id, type_list_id) REFERENCES type_lists(organization_id, id),
  constraint custom_fields_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX custom_fields_entity_type_display_order_idx ON custom_fields USING btree (organization_id, entity_type, display_order) WHERE is_active;
CREATE TRIGGER audit_delete AFTER DELETE ON custom_fields REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('field_code');
CREATE TRIGGER audit_insert AFTER INSERT ON custom_fields REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('field_code');
CREATE TRIGGER audit_update AFTER UPDATE ON custom_fields REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('field_code');
CREATE TRIGGER feed_delete AFTER DELETE ON custom_fields REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON custom_fields REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON custom_fields REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_field BEFORE UPDATE OF field_code, field_type, entity_type ON custom_fields FOR EACH ROW WHEN (old.field_code IS DISTINCT FROM new.field_code OR old.field_type IS DISTINCT FROM new.field_type OR old.entity_type IS DISTINCT FROM new.entity_type) EXECUTE FUNCTION app.guard_custom_field();
CREATE TRIGGER touch BEFORE UPDATE ON custom_fields FOR EACH ROW WHEN (old.entity_type IS DISTINCT FROM new.entity_type OR old.field_code IS DISTINCT FROM new.field_code OR old.field_label IS DISTINCT FROM new.field_label OR old.labels IS DISTINCT FROM new.labels OR old.field_type IS DISTINCT FROM new.field_type OR old.type_list_id IS DISTINCT FROM new.type_list_id OR old.is_required IS DISTINCT FROM new.is_required OR old.default_value IS DISTINCT FROM new.default_value OR old.validation IS DISTINCT FROM new.validation OR old.ui IS DISTINCT FROM new.ui OR old.display_order IS DISTINCT FROM new.display_order OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table custom_fields is
  'Tenant-defined extra fields of an entity type.';
comment on column custom_fields.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column custom_fields.organization_id is 'Tenant; part of every key and of the policy.';
comment on column custom_fields.entity_type is 'Kind of rows that get the field; frozen once values exist.';
comment on column custom_fields.field_code is 'snake_case; frozen once values exist.';
comment on column custom_fields.field_label is 'As shown beside the field.';
comment on column custom_fields.labels is 'Words by locale beside the default label.';
comment on column custom_fields.field_type is 'How the value is entered and checked; frozen once values exist.';
comment on column custom_fields.type_list_id is 'Options of SELECT/MULTISELECT.';
comment on column custom_fields.is_required is 'A NULL value is refused.';
comment on column custom_fields.default_value is 'Proposed in forms.';
comment on column custom_fields.validation is 'Min, max, min_length, max_length, pattern.';
comment on column custom_fields.ui is 'Hints for forms: width, placeholder, group.';
comment on column custom_fields.display_order is 'Position in lists, ascending.';
comment on column custom_fields.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column custom_fields.created_at is 'When the row was made.';
comment on column custom_fields.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column custom_fields.updated_at is 'When it last became a new version.';
comment on column custom_fields.updated_by is 'Who made the last version.';
comment on column custom_fields.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table field_values (
  id              integer generated always as identity not null,
  organization_id integer not null,
  custom_field_id integer not null,
  entity_type     text not null,
  entity_id       bigint not null,
  value           jsonb not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint field_values_pkey PRIMARY KEY (id),
  constraint field_values_custom_field_id_entity_id_key UNIQUE (organization_id, custom_field_id, entity_id),
  constraint field_values_id_key UNIQUE (organization_id, id),
  constraint field_values_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint field_values_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint field_values_entity_type_fkey FOREIGN KEY (organization_id, custom_field_id, entity_type) REFERENCES custom_fields(organization_id, id, entity_type),
  constraint field_values_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint field_values_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX field_values_entity_type_entity_id_idx ON field_values USING btree (organization_id, entity_type, entity_id);
CREATE TRIGGER audit_delete AFTER DELETE ON field_values REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON field_values REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON field_values REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON field_values FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('field_values');
CREATE TRIGGER guard_value BEFORE INSERT OR UPDATE OF value ON field_values FOR EACH ROW EXECUTE FUNCTION app.guard_field_value();
CREATE TRIGGER touch BEFORE UPDATE ON field_values FOR EACH ROW WHEN (old.custom_field_id IS DISTINCT FROM new.custom_field_id OR old.entity_type IS DISTINCT FROM new.entity_type OR old.entity_id IS DISTINCT FROM new.entity_id OR old.value IS DISTINCT FROM new.value) EXECUTE FUNCTION app.touch();
comment on table field_values is
  'Value of a custom field for one entity row.';
comment on column field_values.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column field_values.organization_id is 'Tenant; part of every key and of the policy.';
comment on column field_values.custom_field_id is 'Field it is the value of.';
comment on column field_values.entity_type is 'Kind of the row that entity_id names.';
comment on column field_values.entity_id is 'Row of the entity type; exists in the same tenant.';
comment on column field_values.value is 'Checked against the field''s type and limits.';
comment on column field_values.created_at is 'When the row was made.';
comment on column field_values.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column field_values.updated_at is 'When it last became a new version.';
comment on column field_values.updated_by is 'Who made the last version.';
comment on column field_values.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table type_lists (
  id                  integer generated always as identity not null,
  organization_id     integer not null,
  list_code           text not null,
  list_name           text not null,
  labels              jsonb default '{}'::jsonb not null,
  category            text default 'GENERAL'::text not null,
  description         text,
  is_system           boolean default false not null,
  allow_custom_values boolean default false not null,
  is_active           boolean default true not null,
  created_at          timestamp with time zone default now() not null,
  created_by          integer default app.actor(),
  updated_at          timestamp with time zone default now() not null,
  updated_by          integer default app.actor(),
  row_version         integer default 1 not null,
  constraint type_lists_pkey PRIMARY KEY (id),
  constraint type_lists_id_key UNIQUE (organization_id, id),
  constraint type_lists_list_code_key UNIQUE (organization_id, list_code),
  constraint type_lists_category_check CHECK (category = ANY (ARRAY['PRODUCTION'::text, 'QUALITY'::text, 'MAINTENANCE'::text, 'LOGISTICS'::text, 'PROJECT'::text, 'GENERAL'::text])),
  constraint type_lists_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 1000),
  constraint type_lists_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint type_lists_list_code_check CHECK (list_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint type_lists_list_name_check CHECK (char_length(list_name) >= 1 AND char_length(list_name) <= 100),
  constraint type_lists_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint type_lists_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint type_lists_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON type_lists REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('list_code');
CREATE TRIGGER audit_insert AFTER INSERT ON type_lists REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('list_code');
CREATE TRIGGER audit_update AFTER UPDATE ON type_lists REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('list_code');
CREATE TRIGGER feed_delete AFTER DELETE ON type_lists REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON type_lists REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON type_lists REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_system BEFORE DELETE OR UPDATE ON type_lists FOR EACH ROW EXECUTE FUNCTION app.guard_system_row('{is_active,list_name,labels,description,allow_custom_values}');
CREATE TRIGGER touch BEFORE UPDATE ON type_lists FOR EACH ROW WHEN (old.list_code IS DISTINCT FROM new.list_code OR old.list_name IS DISTINCT FROM new.list_name OR old.labels IS DISTINCT FROM new.labels OR old.category IS DISTINCT FROM new.category OR old.description IS DISTINCT FROM new.description OR old.is_system IS DISTINCT FROM new.is_system OR old.allow_custom_values IS DISTINCT FROM new.allow_custom_values OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table type_lists is
  'Tenant vocabularies (reason codes, defect types, …).';
comment on column type_lists.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column type_lists.organization_id is 'Tenant; part of every key and of the policy.';
comment on column type_lists.list_code is 'SCRAP_REASON, REWORK_REASON, DOWNTIME_REASON … ; code names them.';
comment on column type_lists.list_name is 'As shown to the tenant''s administrators.';
comment on column type_lists.labels is 'Words by locale beside the default name.';
comment on column type_lists.category is 'Where the list is offered for editing.';
comment on column type_lists.description is 'Free words.';
comment on column type_lists.is_system is 'Cannot be deleted or recoded.';
comment on column type_lists.allow_custom_values is 'People may add values while reporting.';
comment on column type_lists.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column type_lists.created_at is 'When the row was made.';
comment on column type_lists.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column type_lists.updated_at is 'When it last became a new version.';
comment on column type_lists.updated_by is 'Who made the last version.';
comment on column type_lists.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table type_list_values (
  id              integer generated always as identity not null,
  organization_id integer not null,
  type_list_id    integer not null,
  value_code      text not null,
  value_label     text not null,
  labels          jsonb default '{}'::jsonb not null,
  description     text,
  parent_value_id integer,
  attributes      jsonb default '{}'::jsonb not null,
  plant_id        integer,
  display_order   integer default 0 not null,
  is_default      boolean default false not null,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint type_list_values_pkey PRIMARY KEY (id),
  constraint type_list_values_id_key UNIQUE (organization_id, id),
  constraint type_list_values_type_list_id_id_key UNIQUE (organization_id, type_list_id, id),
  constraint type_list_values_type_list_id_value_code_key UNIQUE (organization_id, type_list_id, value_code),
  constraint type_list_values_attributes_check CHECK (jsonb_typeof(attributes) = 'object'::text),
  constraint type_list_values_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 1000),
  constraint type_list_values_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint type_list_values_value_code_check CHECK (value_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint type_list_values_value_label_check CHECK (char_length(value_label) >= 1 AND char_length(value_label) <= 100),
  constraint type_list_values_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint type_list_values_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint type_list_values_parent_value_id_fkey FOREIGN KEY (organization_id, type_list_id, parent_value_id) REFERENCES type_list_values(organization_id, type_list_id, id),
  constraint type_list_values_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint type_list_values_type_list_id_fkey FOREIGN KEY (organization_id, type_list_id) REFERENCES type_lists(organization_id, id),
  constraint type_list_values_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX type_list_values_type_list_id_display_order_idx ON type_list_values USING btree (organization_id, type_list_id, display_order) WHERE is_active;
CREATE UNIQUE INDEX type_list_values_type_list_id_key ON type_list_values USING btree (organization_id, type_list_id) WHERE is_default;
CREATE TRIGGER audit_delete AFTER DELETE ON type_list_values REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('value_code');
CREATE TRIGGER audit_insert AFTER INSERT ON type_list_values REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('value_code');
CREATE TRIGGER audit_update AFTER UPDATE ON type_list_values REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('value_code');
CREATE TRIGGER feed_delete AFTER DELETE ON type_list_values REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON type_list_values REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON type_list_values REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_kept BEFORE DELETE OR UPDATE OF type_list_id, value_code ON type_list_values FOR EACH ROW EXECUTE FUNCTION app.guard_list_value();
CREATE TRIGGER guard_tree BEFORE INSERT OR UPDATE OF parent_value_id ON type_list_values FOR EACH ROW WHEN (new.parent_value_id IS NOT NULL) EXECUTE FUNCTION app.guard_value_tree();
CREATE TRIGGER touch BEFORE UPDATE ON type_list_values FOR EACH ROW WHEN (old.type_list_id IS DISTINCT FROM new.type_list_id OR old.value_code IS DISTINCT FROM new.value_code OR old.value_label IS DISTINCT FROM new.value_label OR old.labels IS DISTINCT FROM new.labels OR old.description IS DISTINCT FROM new.description OR old.parent_value_id IS DISTINCT FROM new.parent_value_id OR old.attributes IS DISTINCT FROM new.attributes OR old.plant_id IS DISTINCT FROM new.plant_id OR old.display_order IS DISTINCT FROM new.display_order OR old.is_default IS DISTINCT FROM new.is_default OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table type_list_values is
  'Entries of a vocabulary.';
comment on column type_list_values.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column type_list_values.organization_id is 'Tenant; part of every key and of the policy.';
comment on column type_list_values.type_list_id is 'Vocabulary it belongs to.';
comment on column type_list_values.value_code is 'Never recoded: events point at it.';
comment on column type_list_values.value_label is 'Default word; see labels.';
comment on column type_list_values.labels is 'Words by locale beside the default label: {"en": ..., "de": ...}.';
comment on column type_list_values.description is 'Free words.';
comment on column type_list_values.parent_value_id is 'Two-level reason trees.';
comment on column type_list_values.attributes is 'Colour, icon, oee_class, severity, requires_note.';
comment on column type_list_values.plant_id is 'NULL = all plants.';
comment on column type_list_values.display_order is 'Position in lists, ascending.';
comment on column type_list_values.is_default is 'Preselected; one per list.';
comment on column type_list_values.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column type_list_values.created_at is 'When the row was made.';
comment on column type_list_values.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column type_list_values.updated_at is 'When it last became a new version.';
comment on column type_list_values.updated_by is 'Who made the last version.';
comment on column type_list_values.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table workflows (
  id              integer generated always as identity not null,
  organization_id integer not null,
  workflow_code   text not null,
  version         integer default 1 not null,
  workflow_name   text not null,
  entity_type     text not null,
  status          text default 'DRAFT'::text not null,
  config          jsonb default '{}'::jsonb not null,
  is_system       boolean default false not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint workflows_pkey PRIMARY KEY (id),
  constraint workflows_id_key UNIQUE (organization_id, id),
  constraint workflows_workflow_code_version_key UNIQUE (organization_id, workflow_code, version),
  constraint workflows_config_check CHECK (jsonb_typeof(config) = 'object'::text),
  constraint workflows_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint workflows_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'RETIRED'::text])),
  constraint workflows_workflow_code_check CHECK (workflow_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint workflows_workflow_name_check CHECK (char_length(workflow_name) >= 1 AND char_length(workflow_name) <= 100),
  constraint workflows_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint workflows_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint workflows_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX workflows_entity_type_key ON workflows USING btree (organization_id, entity_type) WHERE status = 'ACTIVE'::text;
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON workflows FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON workflows REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('workflow_code');
CREATE TRIGGER audit_insert AFTER INSERT ON workflows REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('workflow_code');
CREATE TRIGGER audit_update AFTER UPDATE ON workflows REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('workflow_code');
CREATE TRIGGER guard_workflow BEFORE UPDATE OF status ON workflows FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_workflow();
CREATE TRIGGER touch BEFORE UPDATE ON workflows FOR EACH ROW WHEN (old.workflow_code IS DISTINCT FROM new.workflow_code OR old.version IS DISTINCT FROM new.version OR old.workflow_name IS DISTINCT FROM new.workflow_name OR old.entity_type IS DISTINCT FROM new.entity_type OR old.status IS DISTINCT FROM new.status OR old.config IS DISTINCT FROM new.config OR old.is_system IS DISTINCT FROM new.is_system) EXECUTE FUNCTION app.touch();
comment on table workflows is
  'Configurable state machine for one entity type, by version.';
comment on column workflows.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column workflows.organization_id is 'Tenant; part of every key and of the policy.';
comment on column workflows.version is 'Running entities keep the states of their version.';
comment on column workflows.entity_type is 'Kind of rows it moves; one ACTIVE workflow per kind.';
comment on column workflows.status is 'Moves only as app.transitions() allows.';
comment on column workflows.config is 'Settings of the engine for this workflow.';
comment on column workflows.is_system is 'Comes with the release: switched off, not edited or deleted.';
comment on column workflows.created_at is 'When the row was made.';
comment on column workflows.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column workflows.updated_at is 'When it last became a new version.';
comment on column workflows.updated_by is 'Who made the last version.';
comment on column workflows.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table workflow_states (
  id                  integer generated always as identity not null,
  organization_id     integer not null,
  workflow_id         integer not null,
  state_code          text not null,
  state_name          text not null,
  labels              jsonb default '{}'::jsonb not null,
  state_type          text default 'INTERMEDIATE'::text not null,
  maps_to_status      text,
  sla_hours           integer,
  escalation_hours    integer,
  escalate_to_role_id integer,
  editable_fields     text[],
  entry_actions       jsonb default '[]'::jsonb not null,
  color               text,
  display_order       integer default 0 not null,
  created_at          timestamp with time zone default now() not null,
  created_by          integer default app.actor(),
  updated_at          timestamp with time zone default now() not null,
  updated_by          integer default app.actor(),
  row_version         integer default 1 not null,
  constraint workflow_states_pkey PRIMARY KEY (id),
  constraint workflow_states_id_key UNIQUE (organization_id, id),
  constraint workflow_states_workflow_id_id_key UNIQUE (organization_id, workflow_id, id),
  constraint workflow_states_workflow_id_state_code_key UNIQUE (organization_id, workflow_id, state_code),
  constraint workflow_states_color_check CHECK (char_length(color) >= 1 AND char_length(color) <= 7 AND color ~ '^#[0-9A-Fa-f]{6}$'::text),
  constraint workflow_states_entry_actions_check CHECK (jsonb_typeof(entry_actions) = 'array'::text),
  constraint workflow_states_escalation_hours_sla_hours_check CHECK (escalation_hours >= sla_hours),
  constraint workflow_states_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint workflow_states_maps_to_status_check CHECK (char_length(maps_to_status) >= 1 AND char_length(maps_to_status) <= 50),
  constraint workflow_states_state_code_check CHECK (state_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint workflow_states_state_name_check CHECK (char_length(state_name) >= 1 AND char_length(state_name) <= 100),
  constraint workflow_states_state_type_check CHECK (state_type = ANY (ARRAY['INITIAL'::text, 'INTERMEDIATE'::text, 'FINAL'::text, 'CANCELLED'::text, 'REJECTED'::text])),
  constraint workflow_states_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint workflow_states_escalate_to_role_id_fkey FOREIGN KEY (organization_id, escalate_to_role_id) REFERENCES roles(organization_id, id),
  constraint workflow_states_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint workflow_states_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint workflow_states_workflow_id_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES workflows(organization_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX workflow_states_workflow_id_key ON workflow_states USING btree (organization_id, workflow_id) WHERE state_type = 'INITIAL'::text;
CREATE TRIGGER audit_delete AFTER DELETE ON workflow_states REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('state_code');
CREATE TRIGGER audit_insert AFTER INSERT ON workflow_states REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('state_code');
CREATE TRIGGER audit_update AFTER UPDATE ON workflow_states REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('state_code');
CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON workflow_states FOR EACH ROW EXECUTE FUNCTION app.guard_frozen('workflows', 'workflow_id', '{DRAFT}');
CREATE TRIGGER touch BEFORE UPDATE ON workflow_states FOR EACH ROW WHEN (old.workflow_id IS DISTINCT FROM new.workflow_id OR old.state_code IS DISTINCT FROM new.state_code OR old.state_name IS DISTINCT FROM new.state_name OR old.labels IS DISTINCT FROM new.labels OR old.state_type IS DISTINCT FROM new.state_type OR old.maps_to_status IS DISTINCT FROM new.maps_to_status OR old.sla_hours IS DISTINCT FROM new.sla_hours OR old.escalation_hours IS DISTINCT FROM new.escalation_hours OR old.escalate_to_role_id IS DISTINCT FROM new.escalate_to_role_id OR old.editable_fields IS DISTINCT FROM new.editable_fields OR old.entry_actions IS DISTINCT FROM new.entry_actions OR old.color IS DISTINCT FROM new.color OR old.display_order IS DISTINCT FROM new.display_order) EXECUTE FUNCTION app.touch();
comment on table workflow_states is
  'States of a workflow.';
comment on column workflow_states.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column workflow_states.organization_id is 'Tenant; part of every key and of the policy.';
comment on column workflow_states.state_code is 'Unique in the workflow.';
comment on column workflow_states.state_name is 'Default word; see labels.';
comment on column workflow_states.labels is 'Words by locale beside the default name.';
comment on column workflow_states.state_type is 'One INITIAL per workflow; FINAL, CANCELLED and REJECTED end it.';
comment on column workflow_states.maps_to_status is 'Fixed status the entity takes.';
comment on column workflow_states.sla_hours is 'Time to leave the state.';
comment on column workflow_states.escalation_hours is 'Then escalate_to_role_id is told.';
comment on column workflow_states.escalate_to_role_id is 'Who is told after escalation_hours.';
comment on column workflow_states.editable_fields is 'Columns that may change in this state; NULL = all.';
comment on column workflow_states.entry_actions is 'What happens on entering.';
comment on column workflow_states.color is '#rrggbb.';
comment on column workflow_states.display_order is 'Position in lists, ascending.';
comment on column workflow_states.created_at is 'When the row was made.';
comment on column workflow_states.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column workflow_states.updated_at is 'When it last became a new version.';
comment on column workflow_states.updated_by is 'Who made the last version.';
comment on column workflow_states.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table workflow_transitions (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  workflow_id       integer not null,
  transition_code   text not null,
  transition_name   text not null,
  labels            jsonb default '{}'::jsonb not null,
  from_state_id     integer not null,
  to_state_id       integer not null,
  required_role_ids integer[] default '{}'::integer[] not null,
  conditions        jsonb default '[]'::jsonb not null,
  requires_comment  boolean default false not null,
  requires_approval boolean default false not null,
  approval_policy   jsonb,
  actions           jsonb default '[]'::jsonb not null,
  display_order     integer default 0 not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint workflow_transitions_pkey PRIMARY KEY (id),
  constraint workflow_transitions_id_key UNIQUE (organization_id, id),
  constraint workflow_transitions_workflow_id_from_state_id_to_state_id_key UNIQUE (organization_id, workflow_id, from_state_id, to_state_id),
  constraint workflow_transitions_workflow_id_id_key UNIQUE (organization_id, workflow_id, id),
  constraint workflow_transitions_workflow_id_transition_code_key UNIQUE (organization_id, workflow_id, transition_code),
  constraint workflow_transitions_actions_check CHECK (jsonb_typeof(actions) = 'array'::text),
  constraint workflow_transitions_conditions_check CHECK (jsonb_typeof(conditions) = 'array'::text),
  constraint workflow_transitions_from_state_id_to_state_id_check CHECK (from_state_id <> to_state_id),
  constraint workflow_transitions_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint workflow_transitions_requires_approval_approval_policy_check CHECK (NOT requires_approval OR approval_policy IS NOT NULL),
  constraint workflow_transitions_transition_code_check CHECK (transition_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint workflow_transitions_transition_name_check CHECK (char_length(transition_name) >= 1 AND char_length(transition_name) <= 100),
  constraint workflow_transitions_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint workflow_transitions_from_state_id_fkey FOREIGN KEY (organization_id, workflow_id, from_state_id) REFERENCES workflow_states(organization_id, workflow_id, id),
  constraint workflow_transitions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint workflow_transitions_to_state_id_fkey FOREIGN KEY (organization_id, workflow_id, to_state_id) REFERENCES workflow_states(organization_id, workflow_id, id),
  constraint workflow_transitions_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint workflow_transitions_workflow_id_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES workflows(organization_id, id) ON DELETE CASCADE
);
CREATE TRIGGER audit_delete AFTER DELETE ON workflow_transitions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('transition_code');
CREATE TRIGGER audit_insert AFTER INSERT ON workflow_transitions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('transition_code');
CREATE TRIGGER audit_update AFTER UPDATE ON workflow_transitions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('transition_code');
CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON workflow_transitions FOR EACH ROW EXECUTE FUNCTION app.guard_frozen('workflows', 'workflow_id', '{DRAFT}');
CREATE TRIGGER guard_role_ids BEFORE INSERT OR UPDATE OF required_role_ids ON workflow_transitions FOR EACH ROW EXECUTE FUNCTION app.guard_role_ids('required_role_ids');
CREATE TRIGGER touch BEFORE UPDATE ON workflow_transitions FOR EACH ROW WHEN (old.workflow_id IS DISTINCT FROM new.workflow_id OR old.transition_code IS DISTINCT FROM new.transition_code OR old.transition_name IS DISTINCT FROM new.transition_name OR old.labels IS DISTINCT FROM new.labels OR old.from_state_id IS DISTINCT FROM new.from_state_id OR old.to_state_id IS DISTINCT FROM new.to_state_id OR old.required_role_ids IS DISTINCT FROM new.required_role_ids OR old.conditions IS DISTINCT FROM new.conditions OR old.requires_comment IS DISTINCT FROM new.requires_comment OR old.requires_approval IS DISTINCT FROM new.requires_approval OR old.approval_policy IS DISTINCT FROM new.approval_policy OR old.actions IS DISTINCT FROM new.actions OR old.display_order IS DISTINCT FROM new.display_order) EXECUTE FUNCTION app.touch();
comment on table workflow_transitions is
  'Allowed moves between states of the same workflow.';
comment on column workflow_transitions.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column workflow_transitions.organization_id is 'Tenant; part of every key and of the policy.';
comment on column workflow_transitions.transition_code is 'Unique in the workflow.';
comment on column workflow_transitions.transition_name is 'Default word on the button; see labels.';
comment on column workflow_transitions.labels is 'Words by locale beside the default name.';
comment on column workflow_transitions.from_state_id is 'State of the same workflow.';
comment on column workflow_transitions.to_state_id is 'State of the same workflow.';
comment on column workflow_transitions.required_role_ids is 'Any of these may trigger it; empty = everybody with the permission.';
comment on column workflow_transitions.conditions is 'Field, operator, value.';
comment on column workflow_transitions.requires_comment is 'The person must say why.';
comment on column workflow_transitions.requires_approval is 'Asks for approvals before it happens; see approval_policy.';
comment on column workflow_transitions.approval_policy is 'Who, ANY/ALL, due_hours.';
comment on column workflow_transitions.actions is 'What happens on moving.';
comment on column workflow_transitions.display_order is 'Position in lists, ascending.';
comment on column workflow_transitions.created_at is 'When the row was made.';
comment on column workflow_transitions.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column workflow_transitions.updated_at is 'When it last became a new version.';
comment on column workflow_transitions.updated_by is 'Who made the last version.';
comment on column workflow_transitions.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table approvals (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  request_uid       uuid not null,
  step_no           smallint default 1 not null,
  entity_type       text not null,
  entity_id         bigint not null,
  workflow_id       integer,
  transition_id     integer,
  title             text not null,
  request_comment   text,
  policy            text default 'ALL'::text not null,
  approver_user_id  integer,
  approver_role_id  integer,
  plant_id          integer,
  status            text default 'PENDING'::text not null,
  priority          text default 'MEDIUM'::text not null,
  requested_by      integer not null,
  requested_at      timestamp with time zone default now() not null,
  due_at            timestamp with time zone,
  responded_by      integer,
  responded_at      timestamp with time zone,
  response_comment  text,
  escalated_from_id integer,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint approvals_pkey PRIMARY KEY (id),
  constraint approvals_id_key UNIQUE (organization_id, id),
  constraint approvals_request_uid_step_no_approver_user_approver_role_key UNIQUE NULLS NOT DISTINCT (organization_id, request_uid, step_no, approver_user_id, approver_role_id),
  constraint approvals_approver_user_id_approver_role_id_check CHECK (num_nonnulls(approver_user_id, approver_role_id) = 1),
  constraint approvals_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint approvals_policy_check CHECK (policy = ANY (ARRAY['ANY'::text, 'ALL'::text])),
  constraint approvals_priority_check CHECK (priority = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'CRITICAL'::text])),
  constraint approvals_request_comment_check CHECK (char_length(request_comment) >= 1 AND char_length(request_comment) <= 2000),
  constraint approvals_responded_at_responded_by_check CHECK ((responded_at IS NULL) = (responded_by IS NULL)),
  constraint approvals_responded_by_requested_by_check CHECK (responded_by <> requested_by),
  constraint approvals_response_comment_check CHECK (char_length(response_comment) >= 1 AND char_length(response_comment) <= 2000),
  constraint approvals_status_check CHECK (status = ANY (ARRAY['PENDING'::text, 'APPROVED'::text, 'REJECTED'::text, 'ESCALATED'::text, 'CANCELLED'::text, 'EXPIRED'::text])),
  constraint approvals_status_responded_at_check CHECK ((status = ANY (ARRAY['APPROVED'::text, 'REJECTED'::text])) = (responded_at IS NOT NULL)),
  constraint approvals_status_response_comment_check CHECK (status <> 'REJECTED'::text OR response_comment IS NOT NULL),
  constraint approvals_title_check CHECK (char_length(title) >= 1 AND char_length(title) <= 200),
  constraint approvals_approver_role_id_fkey FOREIGN KEY (organization_id, approver_role_id) REFERENCES roles(organization_id, id),
  constraint approvals_approver_user_id_fkey FOREIGN KEY (organization_id, approver_user_id) REFERENCES users(organization_id, id),
  constraint approvals_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint approvals_escalated_from_id_fkey FOREIGN KEY (organization_id, escalated_from_id) REFERENCES approvals(organization_id, id),
  constraint approvals_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint approvals_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint approvals_requested_by_fkey FOREIGN KEY (organization_id, requested_by) REFERENCES users(organization_id, id),
  constraint approvals_responded_by_fkey FOREIGN KEY (organization_id, responded_by) REFERENCES users(organization_id, id),
  constraint approvals_transition_id_fkey FOREIGN KEY (organization_id, workflow_id, transition_id) REFERENCES workflow_transitions(organization_id, workflow_id, id),
  constraint approvals_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX approvals_approver_role_id_due_at_idx ON approvals USING btree (organization_id, approver_role_id, due_at) WHERE status = 'PENDING'::text;
CREATE INDEX approvals_approver_user_id_due_at_idx ON approvals USING btree (organization_id, approver_user_id, due_at) WHERE status = 'PENDING'::text;
CREATE INDEX approvals_due_at_idx ON approvals USING btree (organization_id, due_at) WHERE status = 'PENDING'::text;
CREATE INDEX approvals_entity_type_entity_id_idx ON approvals USING btree (organization_id, entity_type, entity_id);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON approvals FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON approvals REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON approvals REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON approvals REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER guard_approval BEFORE UPDATE OF status ON approvals FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_approval();
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON approvals FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('approvals');
CREATE TRIGGER touch BEFORE UPDATE ON approvals FOR EACH ROW WHEN (old.request_uid IS DISTINCT FROM new.request_uid OR old.step_no IS DISTINCT FROM new.step_no OR old.entity_type IS DISTINCT FROM new.entity_type OR old.entity_id IS DISTINCT FROM new.entity_id OR old.workflow_id IS DISTINCT FROM new.workflow_id OR old.transition_id IS DISTINCT FROM new.transition_id OR old.title IS DISTINCT FROM new.title OR old.request_comment IS DISTINCT FROM new.request_comment OR old.policy IS DISTINCT FROM new.policy OR old.approver_user_id IS DISTINCT FROM new.approver_user_id OR old.approver_role_id IS DISTINCT FROM new.approver_role_id OR old.plant_id IS DISTINCT FROM new.plant_id OR old.status IS DISTINCT FROM new.status OR old.priority IS DISTINCT FROM new.priority OR old.requested_by IS DISTINCT FROM new.requested_by OR old.requested_at IS DISTINCT FROM new.requested_at OR old.due_at IS DISTINCT FROM new.due_at OR old.responded_by IS DISTINCT FROM new.responded_by OR old.responded_at IS DISTINCT FROM new.responded_at OR old.response_comment IS DISTINCT FROM new.response_comment OR old.escalated_from_id IS DISTINCT FROM new.escalated_from_id) EXECUTE FUNCTION app.touch();
comment on table approvals is
  'One person''s or role''s decision that is asked for.';
comment on column approvals.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column approvals.organization_id is 'Tenant; part of every key and of the policy.';
comment on column approvals.request_uid is 'Groups parallel approvers of one request.';
comment on column approvals.step_no is 'Steps follow each other; rows of a step are asked at once.';
comment on column approvals.entity_type is 'Kind of the row that entity_id names.';
comment on column approvals.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column approvals.workflow_id is 'Workflow the transition belongs to; NULL = asked for outside one.';
comment on column approvals.transition_id is 'Move that happens once the approvals are given.';
comment on column approvals.title is 'What is asked, in one line.';
comment on column approvals.request_comment is 'Why it is asked.';
comment on column approvals.policy is 'ALL of a step must agree, or ANY one.';
comment on column approvals.approver_user_id is 'The named person; either this or a role.';
comment on column approvals.approver_role_id is 'Anybody holding this role at plant_id may answer; either this or a named user.';
comment on column approvals.plant_id is 'Plant at which approver_role_id must be held; NULL = only by an organization-wide grant.';
comment on column approvals.status is 'Moves only as app.transitions() allows.';
comment on column approvals.priority is 'How urgent it is.';
comment on column approvals.requested_by is 'Who asks; may not answer.';
comment on column approvals.requested_at is 'When it was asked.';
comment on column approvals.due_at is 'Escalated or expired after it.';
comment on column approvals.responded_by is 'Who answered: the named person, or a holder of the role.';
comment on column approvals.responded_at is 'When it was answered.';
comment on column approvals.response_comment is 'Needed to reject.';
comment on column approvals.escalated_from_id is 'The request that was not answered in time.';
comment on column approvals.created_at is 'When the row was made.';
comment on column approvals.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column approvals.updated_at is 'When it last became a new version.';
comment on column approvals.updated_by is 'Who made the last version.';
comment on column approvals.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table workflow_history (
  id              bigint generated always as identity not null,
  organization_id integer not null,
  entity_type     text not null,
  entity_id       bigint not null,
  workflow_id     integer,
  from_state_id   integer,
  to_state_id     integer,
  transition_id   integer,
  approval_id     integer,
  event_type      text not null,
  comment         text,
  performed_by    integer,
  occurred_at     timestamp with time zone default now() not null,
  details         jsonb default '{}'::jsonb not null,
  recorded_at     timestamp with time zone default now() not null,
  constraint workflow_history_pkey PRIMARY KEY (id),
  constraint workflow_history_id_key UNIQUE (organization_id, id),
  constraint workflow_history_comment_check CHECK (char_length(comment) >= 1 AND char_length(comment) <= 2000),
  constraint workflow_history_details_check CHECK (jsonb_typeof(details) = 'object'::text),
  constraint workflow_history_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint workflow_history_event_type_check CHECK (event_type = ANY (ARRAY['STARTED'::text, 'TRANSITION'::text, 'APPROVAL_REQUESTED'::text, 'APPROVAL_GRANTED'::text, 'APPROVAL_REJECTED'::text, 'ESCALATED'::text, 'COMMENT'::text, 'CANCELLED'::text])),
  constraint workflow_history_event_type_from_state_id_check CHECK (event_type <> 'TRANSITION'::text OR from_state_id IS NOT NULL AND to_state_id IS NOT NULL),
  constraint workflow_history_approval_id_fkey FOREIGN KEY (organization_id, approval_id) REFERENCES approvals(organization_id, id),
  constraint workflow_history_from_state_id_fkey FOREIGN KEY (organization_id, from_state_id) REFERENCES workflow_states(organization_id, id),
  constraint workflow_history_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint workflow_history_performed_by_fkey FOREIGN KEY (organization_id, performed_by) REFERENCES users(organization_id, id),
  constraint workflow_history_to_state_id_fkey FOREIGN KEY (organization_id, to_state_id) REFERENCES workflow_states(organization_id, id),
  constraint workflow_history_transition_id_fkey FOREIGN KEY (organization_id, transition_id) REFERENCES workflow_transitions(organization_id, id),
  constraint workflow_history_workflow_id_fkey FOREIGN KEY (organization_id, workflow_id) REFERENCES workflows(organization_id, id)
);
CREATE INDEX workflow_history_entity_type_entity_id_occurred_at_idx ON workflow_history USING btree (organization_id, entity_type, entity_id, occurred_at DESC);
CREATE INDEX workflow_history_performed_by_occurred_at_idx ON workflow_history USING btree (organization_id, performed_by, occurred_at DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON workflow_history FOR EACH ROW EXECUTE FUNCTION app.refuse_change('workflow_history');
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON workflow_history FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('workflow_history');
comment on table workflow_history is
  'Append-only trail of workflow events of an entity.';
comment on column workflow_history.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column workflow_history.organization_id is 'Tenant; part of every key and of the policy.';
comment on column workflow_history.entity_type is 'Kind of the row that entity_id names.';
comment on column workflow_history.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column workflow_history.from_state_id is 'State left.';
comment on column workflow_history.to_state_id is 'State entered.';
comment on column workflow_history.transition_id is 'Move that was made.';
comment on column workflow_history.approval_id is 'Answer that caused it.';
comment on column workflow_history.event_type is 'What happened.';
comment on column workflow_history.comment is 'What the person said.';
comment on column workflow_history.performed_by is 'NULL = system.';
comment on column workflow_history.occurred_at is 'When it happened.';
comment on column workflow_history.details is 'Values the move depended on.';
comment on column workflow_history.recorded_at is 'When the server received it.';
