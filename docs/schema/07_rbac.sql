-- Roles and access
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table roles (
  id              integer generated always as identity not null,
  organization_id integer not null,
  role_code       text not null,
  role_name       text not null,
  labels          jsonb default '{}'::jsonb not null,
  description     text,
  permissions     jsonb default '{}'::jsonb not null,
  rank            smallint default 0 not null,
  is_system       boolean default false not null,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint roles_pkey PRIMARY KEY (id),
  constraint roles_id_key UNIQUE (organization_id, id),
  constraint roles_role_code_key UNIQUE (organization_id, role_code),
  constraint roles_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 1000),
  constraint roles_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint roles_permissions_check CHECK (jsonb_typeof(permissions) = 'object'::text),
  constraint roles_role_code_check CHECK (role_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint roles_role_name_check CHECK (char_length(role_name) >= 1 AND char_length(role_name) <= 100),
  constraint roles_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint roles_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint roles_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('role_code');
CREATE TRIGGER audit_insert AFTER INSERT ON roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('role_code');
CREATE TRIGGER audit_update AFTER UPDATE ON roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('role_code');
CREATE TRIGGER feed_delete AFTER DELETE ON roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_system BEFORE DELETE OR UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION app.guard_system_row('{is_active}');
CREATE TRIGGER touch BEFORE UPDATE ON roles FOR EACH ROW WHEN (old.role_code IS DISTINCT FROM new.role_code OR old.role_name IS DISTINCT FROM new.role_name OR old.labels IS DISTINCT FROM new.labels OR old.description IS DISTINCT FROM new.description OR old.permissions IS DISTINCT FROM new.permissions OR old.rank IS DISTINCT FROM new.rank OR old.is_system IS DISTINCT FROM new.is_system OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table roles is
  'Named sets of permissions.';
comment on column roles.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column roles.organization_id is 'Tenant; part of every key and of the policy.';
comment on column roles.labels is 'Words by locale beside the default name.';
comment on column roles.description is 'Free words.';
comment on column roles.permissions is 'Resource → list of actions; * means all.';
comment on column roles.rank is 'Seniority: for escalation.';
comment on column roles.is_system is 'Seeded; may be switched off, not edited.';
comment on column roles.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column roles.created_at is 'When the row was made.';
comment on column roles.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column roles.updated_at is 'When it last became a new version.';
comment on column roles.updated_by is 'Who made the last version.';
comment on column roles.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table user_roles (
  id              integer generated always as identity not null,
  organization_id integer not null,
  user_id         integer not null,
  role_id         integer not null,
  plant_id        integer,
  department_id   integer,
  valid_from      timestamp with time zone default now() not null,
  valid_until     timestamp with time zone,
  granted_by      integer,
  revoked_at      timestamp with time zone,
  revoked_by      integer,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint user_roles_pkey PRIMARY KEY (id),
  constraint user_roles_id_key UNIQUE (organization_id, id),
  constraint user_roles_department_id_plant_id_check CHECK (department_id IS NULL OR plant_id IS NOT NULL),
  constraint user_roles_valid_until_valid_from_check CHECK (valid_until > valid_from),
  constraint user_roles_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint user_roles_department_id_fkey FOREIGN KEY (organization_id, plant_id, department_id) REFERENCES departments(organization_id, plant_id, id),
  constraint user_roles_granted_by_fkey FOREIGN KEY (organization_id, granted_by) REFERENCES users(organization_id, id),
  constraint user_roles_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint user_roles_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint user_roles_revoked_by_fkey FOREIGN KEY (organization_id, revoked_by) REFERENCES users(organization_id, id),
  constraint user_roles_role_id_fkey FOREIGN KEY (organization_id, role_id) REFERENCES roles(organization_id, id),
  constraint user_roles_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint user_roles_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id)
);
CREATE INDEX user_roles_role_id_idx ON user_roles USING btree (organization_id, role_id);
CREATE INDEX user_roles_user_id_idx ON user_roles USING btree (organization_id, user_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX user_roles_user_id_role_id_plant_id_department_id_key ON user_roles USING btree (organization_id, user_id, role_id, plant_id, department_id) NULLS NOT DISTINCT WHERE revoked_at IS NULL;
CREATE TRIGGER audit_delete AFTER DELETE ON user_roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON user_roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON user_roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON user_roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON user_roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_people_delete AFTER DELETE ON user_roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_grants_gone();
CREATE TRIGGER feed_update AFTER UPDATE ON user_roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON user_roles FOR EACH ROW WHEN (old.user_id IS DISTINCT FROM new.user_id OR old.role_id IS DISTINCT FROM new.role_id OR old.plant_id IS DISTINCT FROM new.plant_id OR old.department_id IS DISTINCT FROM new.department_id OR old.valid_from IS DISTINCT FROM new.valid_from OR old.valid_until IS DISTINCT FROM new.valid_until OR old.granted_by IS DISTINCT FROM new.granted_by OR old.revoked_at IS DISTINCT FROM new.revoked_at OR old.revoked_by IS DISTINCT FROM new.revoked_by) EXECUTE FUNCTION app.touch();
comment on table user_roles is
  'Role of a user, optionally limited to a plant or department, optionally until a date.';
comment on column user_roles.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column user_roles.organization_id is 'Tenant; part of every key and of the policy.';
comment on column user_roles.plant_id is 'NULL = all plants.';
comment on column user_roles.department_id is 'Only with the plant it belongs to.';
comment on column user_roles.valid_from is 'Not before.';
comment on column user_roles.valid_until is 'Expiry is judged where it is used; NULL = open.';
comment on column user_roles.granted_by is 'Who gave it.';
comment on column user_roles.revoked_at is 'When it was taken back; NULL = live.';
comment on column user_roles.revoked_by is 'Who took it back.';
comment on column user_roles.created_at is 'When the row was made.';
comment on column user_roles.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column user_roles.updated_at is 'When it last became a new version.';
comment on column user_roles.updated_by is 'Who made the last version.';
comment on column user_roles.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table user_plant_access (
  id              integer generated always as identity not null,
  organization_id integer not null,
  user_id         integer not null,
  plant_id        integer not null,
  access_level    text default 'OPERATE'::text not null,
  granted_by      integer,
  valid_until     timestamp with time zone,
  revoked_at      timestamp with time zone,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint user_plant_access_pkey PRIMARY KEY (id),
  constraint user_plant_access_id_key UNIQUE (organization_id, id),
  constraint user_plant_access_access_level_check CHECK (access_level = ANY (ARRAY['READ'::text, 'OPERATE'::text, 'WRITE'::text, 'ADMIN'::text])),
  constraint user_plant_access_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint user_plant_access_granted_by_fkey FOREIGN KEY (organization_id, granted_by) REFERENCES users(organization_id, id),
  constraint user_plant_access_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint user_plant_access_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint user_plant_access_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint user_plant_access_user_id_fkey FOREIGN KEY (organization_id, user_id) REFERENCES users(organization_id, id)
);
CREATE INDEX user_plant_access_plant_id_idx ON user_plant_access USING btree (organization_id, plant_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX user_plant_access_user_id_plant_id_key ON user_plant_access USING btree (organization_id, user_id, plant_id) WHERE revoked_at IS NULL;
CREATE TRIGGER audit_delete AFTER DELETE ON user_plant_access REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON user_plant_access REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON user_plant_access REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON user_plant_access REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON user_plant_access REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_people_delete AFTER DELETE ON user_plant_access REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_access();
CREATE TRIGGER feed_people_insert AFTER INSERT ON user_plant_access REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_access();
CREATE TRIGGER feed_people_update AFTER UPDATE ON user_plant_access REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_access();
CREATE TRIGGER feed_update AFTER UPDATE ON user_plant_access REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON user_plant_access FOR EACH ROW WHEN (old.user_id IS DISTINCT FROM new.user_id OR old.plant_id IS DISTINCT FROM new.plant_id OR old.access_level IS DISTINCT FROM new.access_level OR old.granted_by IS DISTINCT FROM new.granted_by OR old.valid_until IS DISTINCT FROM new.valid_until OR old.revoked_at IS DISTINCT FROM new.revoked_at) EXECUTE FUNCTION app.touch();
comment on table user_plant_access is
  'Which plants a user may enter, and how far (upper bound on role permissions).';
comment on column user_plant_access.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column user_plant_access.organization_id is 'Tenant; part of every key and of the policy.';
comment on column user_plant_access.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column user_plant_access.access_level is 'Upper bound on role permissions; OPERATE = record events at terminals.';
comment on column user_plant_access.granted_by is 'Who gave it.';
comment on column user_plant_access.valid_until is 'Expiry is judged where it is used; NULL = open.';
comment on column user_plant_access.revoked_at is 'When it was taken back; NULL = live.';
comment on column user_plant_access.created_at is 'When the row was made.';
comment on column user_plant_access.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column user_plant_access.updated_at is 'When it last became a new version.';
comment on column user_plant_access.updated_by is 'Who made the last version.';
comment on column user_plant_access.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
