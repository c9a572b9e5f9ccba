-- Core
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table organizations (
  id               integer generated always as identity not null,
  org_code         text not null,
  org_name         text not null,
  subdomain        text,
  status           text default 'TRIAL'::text not null,
  costing_method   text default 'WEIGHTED_AVERAGE'::text not null,
  currency_code    text default 'USD'::text not null,
  overhead_ratio   numeric(9,6) default 0 not null,
  default_timezone text default 'UTC'::text not null,
  default_locale   text default 'en'::text not null,
  country_code     text,
  industry         text,
  contact_email    text,
  created_at       timestamp with time zone default now() not null,
  created_by       integer default app.actor(),
  updated_at       timestamp with time zone default now() not null,
  updated_by       integer default app.actor(),
  row_version      integer default 1 not null,
  constraint organizations_pkey PRIMARY KEY (id),
  constraint organizations_org_code_key UNIQUE (org_code),
  constraint organizations_contact_email_check CHECK (char_length(contact_email) >= 1 AND char_length(contact_email) <= 254),
  constraint organizations_costing_method_check CHECK (costing_method = ANY (ARRAY['FIFO'::text, 'LIFO'::text, 'WEIGHTED_AVERAGE'::text])),
  constraint organizations_country_code_check CHECK (char_length(country_code) >= 1 AND char_length(country_code) <= 2),
  constraint organizations_currency_code_check CHECK (char_length(currency_code) >= 1 AND char_length(currency_code) <= 3 AND currency_code ~ '^[A-Z]{3}$'::text),
  constraint organizations_default_locale_check CHECK (char_length(default_locale) >= 1 AND char_length(default_locale) <= 35),
  constraint organizations_default_timezone_check CHECK (char_length(default_timezone) >= 1 AND char_length(default_timezone) <= 64),
  constraint organizations_industry_check CHECK (char_length(industry) >= 1 AND char_length(industry) <= 100),
  constraint organizations_org_code_check CHECK (org_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint organizations_org_name_check CHECK (char_length(org_name) >= 1 AND char_length(org_name) <= 200),
  constraint organizations_overhead_ratio_check CHECK (overhead_ratio >= 0::numeric),
  constraint organizations_status_check CHECK (status = ANY (ARRAY['TRIAL'::text, 'ACTIVE'::text, 'SUSPENDED'::text, 'CLOSED'::text])),
  constraint organizations_subdomain_check CHECK (char_length(subdomain) >= 1 AND char_length(subdomain) <= 63 AND subdomain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'::text),
  constraint organizations_created_by_fkey FOREIGN KEY (id, created_by) REFERENCES users(organization_id, id),
  constraint organizations_updated_by_fkey FOREIGN KEY (id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX organizations_subdomain_key ON organizations USING btree (lower(subdomain));
CREATE TRIGGER audit_delete AFTER DELETE ON organizations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('org_code');
CREATE TRIGGER audit_insert AFTER INSERT ON organizations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('org_code');
CREATE TRIGGER audit_update AFTER UPDATE ON organizations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('org_code');
CREATE TRIGGER feed_insert AFTER INSERT ON organizations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_organization();
CREATE TRIGGER feed_update AFTER UPDATE ON organizations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_organization();
CREATE TRIGGER guard_zone BEFORE INSERT OR UPDATE OF default_timezone ON organizations FOR EACH ROW EXECUTE FUNCTION app.guard_time_zone('default_timezone');
CREATE TRIGGER touch BEFORE UPDATE ON organizations FOR EACH ROW WHEN (old.org_code IS DISTINCT FROM new.org_code OR old.org_name IS DISTINCT FROM new.org_name OR old.subdomain IS DISTINCT FROM new.subdomain OR old.status IS DISTINCT FROM new.status OR old.costing_method IS DISTINCT FROM new.costing_method OR old.currency_code IS DISTINCT FROM new.currency_code OR old.overhead_ratio IS DISTINCT FROM new.overhead_ratio OR old.default_timezone IS DISTINCT FROM new.default_timezone OR old.default_locale IS DISTINCT FROM new.default_locale OR old.country_code IS DISTINCT FROM new.country_code OR old.industry IS DISTINCT FROM new.industry OR old.contact_email IS DISTINCT FROM new.contact_email) EXECUTE FUNCTION app.touch();
comment on table organizations is
  'The tenant; root of every composite key; the one table without organization_id.';
comment on column organizations.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column organizations.org_code is 'Short name of the tenant, in labels and sign-in; unique over all tenants.';
comment on column organizations.org_name is 'Name of the company.';
comment on column organizations.subdomain is 'DNS label for sign-in and branding.';
comment on column organizations.status is 'SUSPENDED and CLOSED block writes at session set-up; a tenant is never deleted.';
comment on column organizations.costing_method is 'How lots are valued when issued.';
comment on column organizations.currency_code is 'ISO 4217; all money of the tenant.';
comment on column organizations.overhead_ratio is 'Overhead = labour × ratio.';
comment on column organizations.default_timezone is 'Proposal for new plants only; calculations use the plant''s.';
comment on column organizations.default_locale is 'BCP 47 tag proposed for new people.';
comment on column organizations.country_code is 'ISO 3166-1 alpha-2.';
comment on column organizations.industry is 'Free words, for statistics.';
comment on column organizations.contact_email is 'Where the operator of the platform writes to.';
comment on column organizations.created_at is 'When the row was made.';
comment on column organizations.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column organizations.updated_at is 'When it last became a new version.';
comment on column organizations.updated_by is 'Who made the last version.';
comment on column organizations.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table users (
  id                     integer generated always as identity not null,
  organization_id        integer not null,
  username               text not null,
  username_key           text generated always as (lower(username)) stored not null,
  full_name              text not null,
  email                  text,
  email_key              text generated always as (lower(email)) stored,
  employee_number        text,
  badge_hash             text,
  password_hash          text,
  pin_hash               text,
  status                 text default 'INVITED'::text not null,
  default_plant_id       integer,
  locale                 text default 'en'::text not null,
  last_login_at          timestamp with time zone,
  failed_logins          integer default 0 not null,
  locked_until           timestamp with time zone,
  credentials_changed_at timestamp with time zone default now() not null,
  created_at             timestamp with time zone default now() not null,
  created_by             integer default app.actor(),
  updated_at             timestamp with time zone default now() not null,
  updated_by             integer default app.actor(),
  row_version            integer default 1 not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_badge_hash_key UNIQUE (organization_id, badge_hash),
  constraint users_email_key_key UNIQUE (organization_id, email_key),
  constraint users_employee_number_key UNIQUE (organization_id, employee_number),
  constraint users_id_key UNIQUE (organization_id, id),
  constraint users_username_key_key UNIQUE (organization_id, username_key),
  constraint users_badge_hash_check CHECK (badge_hash ~ '^[0-9a-f]{64}$'::text),
  constraint users_email_check CHECK (char_length(email) >= 1 AND char_length(email) <= 254),
  constraint users_employee_number_check CHECK (char_length(employee_number) >= 1 AND char_length(employee_number) <= 50),
  constraint users_full_name_check CHECK (char_length(full_name) >= 1 AND char_length(full_name) <= 200),
  constraint users_locale_check CHECK (char_length(locale) >= 1 AND char_length(locale) <= 35),
  constraint users_password_hash_check CHECK (char_length(password_hash) >= 1 AND char_length(password_hash) <= 255),
  constraint users_pin_hash_check CHECK (char_length(pin_hash) >= 1 AND char_length(pin_hash) <= 255),
  constraint users_status_check CHECK (status = ANY (ARRAY['INVITED'::text, 'ACTIVE'::text, 'SUSPENDED'::text, 'DISABLED'::text])),
  constraint users_status_password_hash_check CHECK (status <> 'ACTIVE'::text OR num_nonnulls(password_hash, pin_hash, badge_hash) >= 1),
  constraint users_username_check CHECK (char_length(username) >= 1 AND char_length(username) <= 100),
  constraint users_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint users_default_plant_id_fkey FOREIGN KEY (organization_id, default_plant_id) REFERENCES plants(organization_id, id),
  constraint users_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint users_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX users_status_full_name_idx ON users USING btree (organization_id, status, full_name);
CREATE TRIGGER audit_delete AFTER DELETE ON users REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('username');
CREATE TRIGGER audit_insert AFTER INSERT ON users REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('username');
CREATE TRIGGER audit_update AFTER UPDATE ON users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('username');
CREATE TRIGGER feed_delete AFTER DELETE ON users REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON users REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW WHEN (old.username IS DISTINCT FROM new.username OR old.full_name IS DISTINCT FROM new.full_name OR old.email IS DISTINCT FROM new.email OR old.employee_number IS DISTINCT FROM new.employee_number OR old.badge_hash IS DISTINCT FROM new.badge_hash OR old.password_hash IS DISTINCT FROM new.password_hash OR old.pin_hash IS DISTINCT FROM new.pin_hash OR old.status IS DISTINCT FROM new.status OR old.default_plant_id IS DISTINCT FROM new.default_plant_id OR old.locale IS DISTINCT FROM new.locale OR old.locked_until IS DISTINCT FROM new.locked_until OR old.credentials_changed_at IS DISTINCT FROM new.credentials_changed_at) EXECUTE FUNCTION app.touch();
comment on table users is
  'People who sign in, at a browser (password) or at a terminal (badge + PIN).';
comment on column users.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column users.organization_id is 'Tenant; part of every key and of the policy.';
comment on column users.username is 'Sign-in name, as typed at first.';
comment on column users.username_key is 'Normalised for equality under row security.';
comment on column users.full_name is 'As shown on screens and in reports.';
comment on column users.email is 'Kiosk-only operators have none.';
comment on column users.email_key is 'Normalised for equality under row security.';
comment on column users.employee_number is 'As personnel knows the person.';
comment on column users.badge_hash is 'Lower-case hex SHA-256 of the badge content; the content itself is never stored.';
comment on column users.password_hash is 'Argon2id.';
comment on column users.pin_hash is 'Argon2id with a pepper per device; a convenience, never the only proof for office work; replicated to terminals of the user''s plants for offline sign-in.';
comment on column users.status is 'People are disabled, never deleted: events point at them.';
comment on column users.default_plant_id is 'Plant a browser session opens with.';
comment on column users.locale is 'BCP 47 tag; screens speak it once the badge is read.';
comment on column users.last_login_at is 'Last sign-in at a browser; no new version of the row.';
comment on column users.failed_logins is 'Browser sign-ins in a row that failed; no new version of the row.';
comment on column users.locked_until is 'Browser sign-in refused until then.';
comment on column users.credentials_changed_at is 'Older sessions and cached PINs are void.';
comment on column users.created_at is 'When the row was made.';
comment on column users.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column users.updated_at is 'When it last became a new version.';
comment on column users.updated_by is 'Who made the last version.';
comment on column users.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table plants (
  id              integer generated always as identity not null,
  organization_id integer not null,
  plant_code      text not null,
  plant_name      text not null,
  plant_type      text default 'PRODUCTION'::text not null,
  timezone        text not null,
  day_starts_at   time without time zone default '00:00:00'::time without time zone not null,
  address         text,
  manager_user_id integer,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint plants_pkey PRIMARY KEY (id),
  constraint plants_id_key UNIQUE (organization_id, id),
  constraint plants_plant_code_key UNIQUE (organization_id, plant_code),
  constraint plants_address_check CHECK (char_length(address) >= 1 AND char_length(address) <= 500),
  constraint plants_plant_code_check CHECK (plant_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint plants_plant_name_check CHECK (char_length(plant_name) >= 1 AND char_length(plant_name) <= 200),
  constraint plants_plant_type_check CHECK (plant_type = ANY (ARRAY['FABRICATION'::text, 'PRODUCTION'::text, 'ASSEMBLY'::text, 'TESTING'::text, 'WAREHOUSE'::text, 'R_AND_D'::text])),
  constraint plants_timezone_check CHECK (char_length(timezone) >= 1 AND char_length(timezone) <= 64),
  constraint plants_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint plants_manager_user_id_fkey FOREIGN KEY (organization_id, manager_user_id) REFERENCES users(organization_id, id),
  constraint plants_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint plants_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON plants REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('plant_code');
CREATE TRIGGER audit_insert AFTER INSERT ON plants REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('plant_code');
CREATE TRIGGER audit_update AFTER UPDATE ON plants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('plant_code');
CREATE TRIGGER feed_delete AFTER DELETE ON plants REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON plants REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON plants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_zone_insert BEFORE INSERT ON plants FOR EACH ROW EXECUTE FUNCTION app.guard_time_zone('timezone');
CREATE TRIGGER guard_zone_update BEFORE UPDATE OF timezone ON plants FOR EACH ROW WHEN (old.timezone IS DISTINCT FROM new.timezone) EXECUTE FUNCTION app.guard_time_zone('timezone');
CREATE TRIGGER touch BEFORE UPDATE ON plants FOR EACH ROW WHEN (old.plant_code IS DISTINCT FROM new.plant_code OR old.plant_name IS DISTINCT FROM new.plant_name OR old.plant_type IS DISTINCT FROM new.plant_type OR old.timezone IS DISTINCT FROM new.timezone OR old.day_starts_at IS DISTINCT FROM new.day_starts_at OR old.address IS DISTINCT FROM new.address OR old.manager_user_id IS DISTINCT FROM new.manager_user_id OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table plants is
  'A manufacturing site; owner of the time zone; second scope of RLS.';
comment on column plants.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column plants.organization_id is 'Tenant; part of every key and of the policy.';
comment on column plants.plant_type is 'What the site mainly does.';
comment on column plants.timezone is 'IANA name, e.g. Europe/Berlin; trigger checks pg_timezone_names.';
comment on column plants.day_starts_at is 'Boundary of the production day, local.';
comment on column plants.address is 'Postal address.';
comment on column plants.manager_user_id is 'Who runs the plant.';
comment on column plants.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column plants.created_at is 'When the row was made.';
comment on column plants.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column plants.updated_at is 'When it last became a new version.';
comment on column plants.updated_by is 'Who made the last version.';
comment on column plants.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table departments (
  id              integer generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  department_code text not null,
  department_name text not null,
  description     text,
  head_user_id    integer,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint departments_pkey PRIMARY KEY (id),
  constraint departments_id_key UNIQUE (organization_id, id),
  constraint departments_plant_id_department_code_key UNIQUE (organization_id, plant_id, department_code),
  constraint departments_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint departments_department_code_check CHECK (department_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint departments_department_name_check CHECK (char_length(department_name) >= 1 AND char_length(department_name) <= 200),
  constraint departments_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 1000),
  constraint departments_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint departments_head_user_id_fkey FOREIGN KEY (organization_id, head_user_id) REFERENCES users(organization_id, id),
  constraint departments_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint departments_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON departments REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('department_code');
CREATE TRIGGER audit_insert AFTER INSERT ON departments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('department_code');
CREATE TRIGGER audit_update AFTER UPDATE ON departments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('department_code');
CREATE TRIGGER feed_delete AFTER DELETE ON departments REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON departments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON departments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON departments FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.department_code IS DISTINCT FROM new.department_code OR old.department_name IS DISTINCT FROM new.department_name OR old.description IS DISTINCT FROM new.description OR old.head_user_id IS DISTINCT FROM new.head_user_id OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table departments is
  'Functional unit of a plant (Production, QA, Maintenance); scope for roles and reports.';
comment on column departments.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column departments.organization_id is 'Tenant; part of every key and of the policy.';
comment on column departments.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column departments.description is 'Free words.';
comment on column departments.head_user_id is 'Who leads it.';
comment on column departments.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column departments.created_at is 'When the row was made.';
comment on column departments.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column departments.updated_at is 'When it last became a new version.';
comment on column departments.updated_by is 'Who made the last version.';
comment on column departments.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table projects (
  id                 integer generated always as identity not null,
  organization_id    integer not null,
  plant_id           integer not null,
  project_code       text not null,
  project_name       text not null,
  description        text,
  customer_code      text,
  customer_name      text,
  bom_header_id      integer,
  project_manager_id integer,
  planned_start      date,
  planned_end        date,
  actual_start       date,
  actual_end         date,
  status             text default 'PLANNING'::text not null,
  priority           smallint default 5 not null,
  budget             numeric(18,4),
  workflow_state_id  integer,
  created_at         timestamp with time zone default now() not null,
  created_by         integer default app.actor(),
  updated_at         timestamp with time zone default now() not null,
  updated_by         integer default app.actor(),
  row_version        integer default 1 not null,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_id_key UNIQUE (organization_id, id),
  constraint projects_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint projects_project_code_key UNIQUE (organization_id, project_code),
  constraint projects_actual_end_actual_start_check CHECK (actual_end >= actual_start),
  constraint projects_budget_check CHECK (budget >= 0::numeric),
  constraint projects_customer_code_check CHECK (char_length(customer_code) >= 1 AND char_length(customer_code) <= 100),
  constraint projects_customer_name_check CHECK (char_length(customer_name) >= 1 AND char_length(customer_name) <= 255),
  constraint projects_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 4000),
  constraint projects_planned_end_planned_start_check CHECK (planned_end >= planned_start),
  constraint projects_priority_check CHECK (priority >= 1 AND priority <= 10),
  constraint projects_project_code_check CHECK (project_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint projects_project_name_check CHECK (char_length(project_name) >= 1 AND char_length(project_name) <= 200),
  constraint projects_status_check CHECK (status = ANY (ARRAY['PLANNING'::text, 'ACTIVE'::text, 'ON_HOLD'::text, 'COMPLETED'::text, 'CANCELLED'::text, 'ARCHIVED'::text])),
  constraint projects_bom_header_id_fkey FOREIGN KEY (organization_id, bom_header_id) REFERENCES bom_headers(organization_id, id),
  constraint projects_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint projects_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint projects_project_manager_id_fkey FOREIGN KEY (organization_id, project_manager_id) REFERENCES users(organization_id, id),
  constraint projects_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint projects_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE INDEX projects_customer_code_idx ON projects USING btree (organization_id, customer_code);
CREATE INDEX projects_plant_id_status_idx ON projects USING btree (organization_id, plant_id, status);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON projects FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON projects REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('project_code');
CREATE TRIGGER audit_insert AFTER INSERT ON projects REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('project_code');
CREATE TRIGGER audit_update AFTER UPDATE ON projects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('project_code');
CREATE TRIGGER feed_delete AFTER DELETE ON projects REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON projects REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_moves AFTER UPDATE ON projects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_scope_moves();
CREATE TRIGGER feed_update AFTER UPDATE ON projects REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_project BEFORE UPDATE OF status ON projects FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_project();
CREATE TRIGGER touch BEFORE UPDATE ON projects FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.project_code IS DISTINCT FROM new.project_code OR old.project_name IS DISTINCT FROM new.project_name OR old.description IS DISTINCT FROM new.description OR old.customer_code IS DISTINCT FROM new.customer_code OR old.customer_name IS DISTINCT FROM new.customer_name OR old.bom_header_id IS DISTINCT FROM new.bom_header_id OR old.project_manager_id IS DISTINCT FROM new.project_manager_id OR old.planned_start IS DISTINCT FROM new.planned_start OR old.planned_end IS DISTINCT FROM new.planned_end OR old.actual_start IS DISTINCT FROM new.actual_start OR old.actual_end IS DISTINCT FROM new.actual_end OR old.status IS DISTINCT FROM new.status OR old.priority IS DISTINCT FROM new.priority OR old.budget IS DISTINCT FROM new.budget OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id) EXECUTE FUNCTION app.touch();
comment on table projects is
  'A customer order or internal job that groups work orders, documents, drawings and a project BOM.';
comment on column projects.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column projects.organization_id is 'Tenant; part of every key and of the policy.';
comment on column projects.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column projects.description is 'Free words.';
comment on column projects.customer_code is 'Customer in the ERP.';
comment on column projects.customer_name is 'As on its papers; there is no customer table.';
comment on column projects.bom_header_id is 'The standard bill the project started from.';
comment on column projects.project_manager_id is 'Who answers for it.';
comment on column projects.planned_start is 'Plant-local day.';
comment on column projects.planned_end is 'Plant-local day.';
comment on column projects.actual_start is 'Plant-local day of the first work.';
comment on column projects.actual_end is 'Plant-local day of completion.';
comment on column projects.status is 'Moves only as app.transitions() allows.';
comment on column projects.priority is '1 first … 10 last.';
comment on column projects.budget is 'In the tenant''s currency.';
comment on column projects.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column projects.created_at is 'When the row was made.';
comment on column projects.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column projects.updated_at is 'When it last became a new version.';
comment on column projects.updated_by is 'Who made the last version.';
comment on column projects.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
