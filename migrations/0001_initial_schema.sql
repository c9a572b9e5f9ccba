-- The canonical schema of Takt: 65 tables in 13 groups, and the tables that
-- offline terminals need (14). Read migrations/README.md before changing it.
--
--   00 foundation      extensions, roles, schemas, functions that tables use
--   01 … 13            the tables, group by group
--   14 sync            devices, leases, shift occurrences, help calls, sync
--   15 forward keys    foreign keys to tables created further down
--   16 rules           trigger functions: what the database refuses by itself
--   17 conventions     triggers that every table gets, put on by one procedure
--   18 doors           security definer functions: the only ways past a policy
--   19 new tenant      what an organization starts with
--   99 policies        row security and grants, put on by one procedure
--
-- Run by an administrator (extensions and roles need it), in one transaction.

-- ============================================================================
-- 00 foundation
-- ============================================================================

create extension if not exists timescaledb;
create extension if not exists pgcrypto;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists "uuid-ossp";

-- Roles belong to the cluster: another database of it may have made them, or be
-- making them now; then there is nothing left to do.
do $$
declare
  r text;
begin
  foreach r in array array[
    'takt_owner nologin',
    'takt_definer nologin bypassrls',
    'takt_migrator nologin',
    'takt_backup nologin bypassrls',
    'takt_app nologin nosuperuser nobypassrls nocreatedb nocreaterole',
    'takt_device nologin nosuperuser nobypassrls nocreatedb nocreaterole'
  ] loop
    if not exists (select from pg_roles where rolname = split_part(r, ' ', 1)) then
      begin
        execute 'create role ' || r;
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;

  -- A device session is the application's connection after `set local role takt_device`:
  -- it may become the device, and has none of its rights until it does.
  if not exists (
    select from pg_auth_members m
    where m.roleid = 'takt_device'::regrole and m.member = 'takt_app'::regrole and not m.inherit_option and m.set_option) then
    grant takt_device to takt_app with inherit false, set true;
  end if;
  -- Definer functions act as an owner that row security does not bind.
  if not exists (select from pg_auth_members m where m.roleid = 'takt_owner'::regrole and m.member = 'takt_definer'::regrole) then
    grant takt_owner to takt_definer;
  end if;
  -- Whoever applies increments needs no superuser: what is made belongs to the owner, a door to the definer.
  if not exists (select from pg_auth_members m where m.roleid = 'takt_owner'::regrole and m.member = 'takt_migrator'::regrole) then
    grant takt_owner, takt_definer to takt_migrator;
  end if;
  if not exists (select from pg_auth_members m where m.roleid = 'pg_read_all_data'::regrole and m.member = 'takt_backup'::regrole) then
    grant pg_read_all_data to takt_backup;
  end if;
end
$$;

create schema app;
create schema ts_chunks;
alter schema app owner to takt_owner;
alter schema ts_chunks owner to takt_owner;
comment on schema app is 'Functions of the application; no tables.';
comment on schema ts_chunks is
  'Chunks of the hypertables. Row security is not inherited by chunks while grants are, so only the owner may enter.';
grant usage on schema app to takt_app, takt_device, takt_definer, takt_backup;
grant create on schema public to takt_owner;
-- Statistics hold samples of every tenant's rows.
revoke select on pg_catalog.pg_stats, pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs from public;

-- Everything from here on belongs to the owner.
set local role takt_owner;
alter default privileges for role takt_owner in schema app revoke execute on functions from public;
alter default privileges for role takt_owner revoke execute on functions from public;

create function app.org() returns int
  language sql stable parallel safe
  return nullif(current_setting('app.current_organization_id', true), '')::int;
comment on function app.org() is
  'Organization of this transaction; NULL without a context, and then no row is visible. After a transaction with set local the setting is '''' and not NULL, hence the nullif.';

create function app.plant() returns int
  language sql stable parallel safe
  return nullif(current_setting('app.current_plant_id', true), '')::int;
comment on function app.plant() is 'Plant of a device session; NULL in an office session.';

create function app.actor() returns int
  language sql stable parallel safe
  return nullif(current_setting('app.current_user_id', true), '')::int;
comment on function app.actor() is 'User on whose behalf this transaction acts, if any.';

create function app.device() returns int
  language sql stable parallel safe
  return nullif(current_setting('app.current_device_id', true), '')::int;
comment on function app.device() is 'Device on whose behalf this transaction acts, if any.';

create function app.ingesting() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('app.ingest', true), '') = 'on';
comment on function app.ingesting() is
  'True while events of the floor are recorded: facts are flagged, not refused, so the office path''s guards stand aside.';

create function app.is_entity_type(entity_type text) returns boolean
  language sql immutable parallel safe
  return entity_type in (
    'material', 'bom_header', 'work_order', 'work_order_operation', 'work_center', 'machine', 'lane',
    'shift', 'shift_handover', 'project', 'project_document', 'project_milestone', 'rda_drawing',
    'project_bom', 'ncr', 'inspection_plan', 'inspection_log', 'shipment', 'shipment_item', 'lot_batch',
    'serial_number', 'plant', 'user', 'device');
comment on function app.is_entity_type(text) is 'The kinds a polymorphic reference may name; checked in every entity_type column.';

create function app.week_minutes(start_time time, end_time time, days smallint[]) returns int4multirange
  language sql immutable parallel safe
begin atomic
  with minute as (
    select (d - 1) * 1440 + (extract(epoch from start_time) / 60)::int as first,
           ((extract(epoch from end_time) - extract(epoch from start_time)) / 60)::int
             + case when end_time <= start_time then 1440 else 0 end as length
    from unnest(days) as d
  )
  select coalesce(range_agg(int4range(piece.lo, piece.hi)), '{}'::int4multirange)
  from minute
  cross join lateral (
    values (first, least(first + length, 10080)), (0, first + length - 10080)
  ) as piece (lo, hi)
  where piece.hi > piece.lo;
end;
comment on function app.week_minutes(time, time, smallint[]) is
  'Minutes of the week (0 = Monday 00:00 plant-local) that a shift pattern covers; Sunday night wraps to Monday.';

create function app.are_breaks(breaks jsonb) returns boolean
  language sql immutable parallel safe
  return case
    when jsonb_typeof(breaks) = 'array' then not exists (
      select from jsonb_array_elements(breaks) as b (entry)
      where coalesce(entry ->> 'start' !~ '^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$'
        or entry ->> 'end' !~ '^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$'
        or entry ->> 'start' = entry ->> 'end', true))
    else false
  end;
comment on function app.are_breaks(jsonb) is
  'Breaks with a position: a list of {"start": "HH:MM", "end": "HH:MM"}. What is not one could not be materialised.';

-- ============================================================================
-- 01 core
-- ============================================================================

create table organizations (
  id               int generated always as identity primary key,
  org_code         text not null check (org_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  org_name         text not null check (char_length(org_name) between 1 and 200),
  subdomain        text check (char_length(subdomain) between 1 and 63 and subdomain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  status           text not null default 'TRIAL' check (status in ('TRIAL', 'ACTIVE', 'SUSPENDED', 'CLOSED')),
  costing_method   text not null default 'WEIGHTED_AVERAGE' check (costing_method in ('FIFO', 'LIFO', 'WEIGHTED_AVERAGE')),
  currency_code    text not null default 'USD' check (char_length(currency_code) between 1 and 3 and currency_code ~ '^[A-Z]{3}$'),
  overhead_ratio   numeric(9,6) not null default 0 check (overhead_ratio >= 0),
  default_timezone text not null default 'UTC' check (char_length(default_timezone) between 1 and 64),
  default_locale   text not null default 'en' check (char_length(default_locale) between 1 and 35),
  country_code     text check (char_length(country_code) between 1 and 2),
  industry         text check (char_length(industry) between 1 and 100),
  contact_email    text check (char_length(contact_email) between 1 and 254),
  created_at       timestamptz not null default now(),
  created_by       int default app.actor(),
  updated_at       timestamptz not null default now(),
  updated_by       int default app.actor(),
  row_version      int not null default 1,
  constraint organizations_org_code_key unique (org_code)
);
create unique index organizations_subdomain_key
  on organizations (lower(subdomain));
comment on table organizations is
  'The tenant; root of every composite key; the one table without organization_id.';
comment on column organizations.subdomain is 'DNS label for sign-in and branding.';
comment on column organizations.currency_code is 'ISO 4217; all money of the tenant.';
comment on column organizations.overhead_ratio is 'Overhead = labour × ratio.';
comment on column organizations.default_timezone is 'Proposal for new plants only; calculations use the plant''s.';
comment on column organizations.costing_method is 'How lots are valued when issued.';
comment on column organizations.status is 'SUSPENDED and CLOSED block writes at session set-up; a tenant is never deleted.';
comment on column organizations.org_code is 'Short name of the tenant, in labels and sign-in; unique over all tenants.';
comment on column organizations.org_name is 'Name of the company.';
comment on column organizations.default_locale is 'BCP 47 tag proposed for new people.';
comment on column organizations.country_code is 'ISO 3166-1 alpha-2.';
comment on column organizations.industry is 'Free words, for statistics.';
comment on column organizations.contact_email is 'Where the operator of the platform writes to.';

create table users (
  id                     int generated always as identity primary key,
  organization_id        int not null references organizations,
  username               text not null check (char_length(username) between 1 and 100),
  username_key           text generated always as (lower(username)) stored not null,
  full_name              text not null check (char_length(full_name) between 1 and 200),
  email                  text check (char_length(email) between 1 and 254),
  email_key              text generated always as (lower(email)) stored,
  employee_number        text check (char_length(employee_number) between 1 and 50),
  badge_hash             text check (badge_hash ~ '^[0-9a-f]{64}$'),
  password_hash          text check (char_length(password_hash) between 1 and 255),
  pin_hash               text check (char_length(pin_hash) between 1 and 255),
  status                 text not null default 'INVITED' check (status in ('INVITED', 'ACTIVE', 'SUSPENDED', 'DISABLED')),
  default_plant_id       int,
  locale                 text not null default 'en' check (char_length(locale) between 1 and 35),
  last_login_at          timestamptz,
  failed_logins          int not null default 0,
  locked_until           timestamptz,
  credentials_changed_at timestamptz not null default now(),
  created_at             timestamptz not null default now(),
  created_by             int default app.actor(),
  updated_at             timestamptz not null default now(),
  updated_by             int default app.actor(),
  row_version            int not null default 1,
  constraint users_id_key unique (organization_id, id),
  constraint users_username_key_key unique (organization_id, username_key),
  constraint users_email_key_key unique (organization_id, email_key),
  constraint users_badge_hash_key unique (organization_id, badge_hash),
  constraint users_employee_number_key unique (organization_id, employee_number),
  constraint users_status_password_hash_check check (status <> 'ACTIVE' or num_nonnulls(password_hash, pin_hash, badge_hash) >= 1),
  constraint users_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint users_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index users_status_full_name_idx on users (organization_id, status, full_name);
comment on table users is
  'People who sign in, at a browser (password) or at a terminal (badge + PIN).';
comment on column users.username_key is 'Normalised for equality under row security.';
comment on column users.email is 'Kiosk-only operators have none.';
comment on column users.badge_hash is 'Lower-case hex SHA-256 of the badge content; the content itself is never stored.';
comment on column users.password_hash is 'Argon2id.';
comment on column users.pin_hash is 'Argon2id with a pepper per device; a convenience, never the only proof for office work; replicated to terminals of the user''s plants for offline sign-in.';
comment on column users.credentials_changed_at is 'Older sessions and cached PINs are void.';
comment on column users.email_key is 'Normalised for equality under row security.';
comment on column users.failed_logins is 'Browser sign-ins in a row that failed; no new version of the row.';
comment on column users.locked_until is 'Browser sign-in refused until then.';
comment on column users.status is 'People are disabled, never deleted: events point at them.';
comment on column users.username is 'Sign-in name, as typed at first.';
comment on column users.full_name is 'As shown on screens and in reports.';
comment on column users.employee_number is 'As personnel knows the person.';
comment on column users.default_plant_id is 'Plant a browser session opens with.';
comment on column users.locale is 'BCP 47 tag; screens speak it once the badge is read.';
comment on column users.last_login_at is 'Last sign-in at a browser; no new version of the row.';

create table plants (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  plant_code      text not null check (plant_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  plant_name      text not null check (char_length(plant_name) between 1 and 200),
  plant_type      text not null default 'PRODUCTION' check (plant_type in ('FABRICATION', 'PRODUCTION', 'ASSEMBLY', 'TESTING', 'WAREHOUSE', 'R_AND_D')),
  timezone        text not null check (char_length(timezone) between 1 and 64),
  day_starts_at   time not null default '00:00',
  address         text check (char_length(address) between 1 and 500),
  manager_user_id int,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint plants_id_key unique (organization_id, id),
  constraint plants_plant_code_key unique (organization_id, plant_code),
  constraint plants_manager_user_id_fkey foreign key (organization_id, manager_user_id) references users (organization_id, id),
  constraint plants_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint plants_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table plants is
  'A manufacturing site; owner of the time zone; second scope of RLS.';
comment on column plants.timezone is 'IANA name, e.g. Europe/Berlin; trigger checks pg_timezone_names.';
comment on column plants.day_starts_at is 'Boundary of the production day, local.';
comment on column plants.plant_type is 'What the site mainly does.';
comment on column plants.address is 'Postal address.';
comment on column plants.manager_user_id is 'Who runs the plant.';

create table departments (
  id              int generated always as identity primary key,
  organization_id int not null,
  plant_id        int not null,
  department_code text not null check (department_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  department_name text not null check (char_length(department_name) between 1 and 200),
  description     text check (char_length(description) between 1 and 1000),
  head_user_id    int,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint departments_id_key unique (organization_id, id),
  constraint departments_plant_id_id_key unique (organization_id, plant_id, id),
  constraint departments_plant_id_department_code_key unique (organization_id, plant_id, department_code),
  constraint departments_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint departments_head_user_id_fkey foreign key (organization_id, head_user_id) references users (organization_id, id),
  constraint departments_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint departments_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table departments is
  'Functional unit of a plant (Production, QA, Maintenance); scope for roles and reports.';
comment on column departments.head_user_id is 'Who leads it.';

create table projects (
  id                 int generated always as identity primary key,
  organization_id    int not null,
  plant_id           int not null,
  project_code       text not null check (project_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  project_name       text not null check (char_length(project_name) between 1 and 200),
  description        text check (char_length(description) between 1 and 4000),
  customer_code      text check (char_length(customer_code) between 1 and 100),
  customer_name      text check (char_length(customer_name) between 1 and 255),
  bom_header_id      int,
  project_manager_id int,
  planned_start      date,
  planned_end        date,
  actual_start       date,
  actual_end         date,
  status             text not null default 'PLANNING' check (status in ('PLANNING', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CANCELLED', 'ARCHIVED')),
  priority           smallint not null default 5 check (priority between 1 and 10),
  budget             numeric(18,4) check (budget >= 0),
  workflow_state_id  int,
  created_at         timestamptz not null default now(),
  created_by         int default app.actor(),
  updated_at         timestamptz not null default now(),
  updated_by         int default app.actor(),
  row_version        int not null default 1,
  constraint projects_id_key unique (organization_id, id),
  constraint projects_plant_id_id_key unique (organization_id, plant_id, id),
  constraint projects_project_code_key unique (organization_id, project_code),
  constraint projects_planned_end_planned_start_check check (planned_end >= planned_start),
  constraint projects_actual_end_actual_start_check check (actual_end >= actual_start),
  constraint projects_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint projects_project_manager_id_fkey foreign key (organization_id, project_manager_id) references users (organization_id, id),
  constraint projects_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint projects_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index projects_plant_id_status_idx on projects (organization_id, plant_id, status);
create index projects_customer_code_idx on projects (organization_id, customer_code);
comment on table projects is
  'A customer order or internal job that groups work orders, documents, drawings and a project BOM.';
comment on column projects.customer_name is 'As on its papers; there is no customer table.';
comment on column projects.priority is '1 first … 10 last.';
comment on column projects.bom_header_id is 'The standard bill the project started from.';
comment on column projects.customer_code is 'Customer in the ERP.';
comment on column projects.project_manager_id is 'Who answers for it.';
comment on column projects.planned_start is 'Plant-local day.';
comment on column projects.planned_end is 'Plant-local day.';
comment on column projects.actual_start is 'Plant-local day of the first work.';
comment on column projects.actual_end is 'Plant-local day of completion.';
comment on column projects.budget is 'In the tenant''s currency.';

-- ============================================================================
-- 02 materials
-- ============================================================================

create table materials (
  id                   int generated always as identity primary key,
  organization_id      int not null references organizations,
  material_number      text not null check (material_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  material_name        text not null check (char_length(material_name) between 1 and 200),
  material_name_key    text generated always as (lower(material_name)) stored not null,
  description          text check (char_length(description) between 1 and 2000),
  material_category_id int not null,
  material_type        text not null default 'COMPONENT' check (material_type in ('RAW', 'COMPONENT', 'SUBASSEMBLY', 'FINISHED', 'CONSUMABLE', 'TOOL')),
  base_unit_id         int not null,
  plant_id             int,
  procurement_type     text not null default 'PURCHASE' check (procurement_type in ('PURCHASE', 'MANUFACTURE', 'BOTH')),
  tracking_mode        text not null default 'NONE' check (tracking_mode in ('NONE', 'LOT', 'SERIAL', 'LOT_AND_SERIAL')),
  shelf_life_days      int,
  mrp_type             text not null default 'NONE' check (mrp_type in ('MRP', 'REORDER', 'NONE')),
  safety_stock         numeric(18,4) not null default 0 check (safety_stock >= 0),
  reorder_point        numeric(18,4) not null default 0 check (reorder_point >= 0),
  lead_time_days       int not null default 0 check (lead_time_days >= 0),
  lot_sizing_rule      text not null default 'LOT_FOR_LOT' check (lot_sizing_rule in ('LOT_FOR_LOT', 'FIXED_LOT_SIZE', 'EOQ', 'POQ')),
  fixed_lot_size       numeric(18,4) check (fixed_lot_size >= 0),
  poq_period           text check (poq_period in ('DAILY', 'WEEKLY', 'MONTHLY')),
  poq_periods          int,
  standard_cost        numeric(18,4) check (standard_cost >= 0),
  gtin                 text check (char_length(gtin) between 1 and 14 and gtin ~ '^[0-9]{8}$|^[0-9]{12,14}$'),
  drawing_number       text check (char_length(drawing_number) between 1 and 100),
  is_active            boolean not null default true,
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint materials_id_key unique (organization_id, id),
  constraint materials_material_number_key unique (organization_id, material_number),
  constraint materials_gtin_key unique (organization_id, gtin),
  constraint materials_lot_sizing_rule_fixed_lot_size_check check (lot_sizing_rule <> 'FIXED_LOT_SIZE' or coalesce(fixed_lot_size, 0) > 0),
  constraint materials_lot_sizing_rule_poq_period_check check (lot_sizing_rule <> 'POQ' or (poq_period is not null and coalesce(poq_periods, 0) > 0)),
  constraint materials_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint materials_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint materials_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index materials_material_category_id_idx on materials (organization_id, material_category_id);
create index materials_material_name_key_idx on materials (organization_id, material_name_key text_pattern_ops);
comment on table materials is
  'Item master: raw, bought, made, sold, consumed.';
comment on column materials.material_name_key is 'Normalised for prefix search with starts_with.';
comment on column materials.plant_id is 'NULL = all plants.';
comment on column materials.tracking_mode is 'Decides whether a terminal must ask for a lot or serial.';
comment on column materials.gtin is 'GS1 number as printed: 8, 12, 13 or 14 digits.';
comment on column materials.shelf_life_days is 'Proposes expires_on of a new lot.';
comment on column materials.fixed_lot_size is 'For FIXED_LOT_SIZE.';
comment on column materials.poq_period is 'For POQ: need of poq_periods such periods makes a lot.';
comment on column materials.standard_cost is 'Per base unit.';
comment on column materials.material_type is 'Place in the product: bought, made, sold or used up.';
comment on column materials.base_unit_id is 'Unit in which stock and orders count; others convert to it.';
comment on column materials.procurement_type is 'PURCHASE = bought, MANUFACTURE = made by work orders, BOTH.';
comment on column materials.mrp_type is 'MRP = planned by demand, REORDER = by reorder_point, NONE = by hand.';
comment on column materials.safety_stock is 'Never planned below, in the base unit.';
comment on column materials.reorder_point is 'At or below it a need is raised (mrp_type REORDER), in the base unit.';
comment on column materials.lead_time_days is 'From ordering to having it, calendar days.';
comment on column materials.lot_sizing_rule is 'LOT_FOR_LOT = need; FIXED_LOT_SIZE = ceil(need / size) × size; EOQ = √(2·D·S / (H·C)); POQ = sum of the need of poq_periods periods.';
comment on column materials.poq_periods is 'For POQ: how many poq_period make one lot.';
comment on column materials.drawing_number is 'Drawing it is made to.';
comment on column materials.material_category_id is 'Where it stands in the tree of categories.';

create table material_categories (
  id                 int generated always as identity primary key,
  organization_id    int not null references organizations,
  category_code      text not null check (category_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  category_name      text not null check (char_length(category_name) between 1 and 100),
  parent_category_id int,
  is_active          boolean not null default true,
  created_at         timestamptz not null default now(),
  created_by         int default app.actor(),
  updated_at         timestamptz not null default now(),
  updated_by         int default app.actor(),
  row_version        int not null default 1,
  constraint material_categories_id_key unique (organization_id, id),
  constraint material_categories_category_code_key unique (organization_id, category_code),
  constraint material_categories_parent_category_id_id_check check (parent_category_id <> id),
  constraint material_categories_parent_category_id_fkey foreign key (organization_id, parent_category_id) references material_categories (organization_id, id),
  constraint material_categories_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint material_categories_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table material_categories is
  'Tree used to classify and filter materials.';
comment on column material_categories.parent_category_id is 'NULL = a root; at most 10 levels, no circle.';
comment on column material_categories.category_code is 'Short name, unique in the organization.';
comment on column material_categories.category_name is 'Name as shown.';

create table units_of_measure (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  unit_code       text not null check (char_length(unit_code) between 1 and 20),
  unit_name       text not null check (char_length(unit_name) between 1 and 100),
  labels          jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  dimension       text not null check (dimension in ('COUNT', 'LENGTH', 'AREA', 'VOLUME', 'MASS', 'TIME', 'TEMPERATURE', 'PRESSURE', 'FORCE', 'TORQUE', 'ANGLE', 'ELECTRICAL', 'ROUGHNESS', 'HARDNESS', 'RATIO', 'OTHER')),
  is_base         boolean not null default false,
  factor_to_base  numeric(24,12) not null default 1 check (factor_to_base > 0),
  offset_to_base  numeric(24,12) not null default 0,
  decimals        smallint not null default 3 check (decimals between 0 and 6),
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint units_of_measure_id_key unique (organization_id, id),
  constraint units_of_measure_unit_code_key unique (organization_id, unit_code),
  constraint units_of_measure_is_base_factor_to_base_check check (not is_base or (factor_to_base = 1 and offset_to_base = 0)),
  constraint units_of_measure_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint units_of_measure_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index units_of_measure_dimension_key
  on units_of_measure (organization_id, dimension) where is_base;
comment on table units_of_measure is
  'Units and factors to the base unit of their dimension.';
comment on column units_of_measure.unit_code is 'Case-sensitive: mm, kg, PCS.';
comment on column units_of_measure.labels is 'Words by locale beside the default name.';
comment on column units_of_measure.offset_to_base is 'Base = value × factor + offset; °F, °C.';
comment on column units_of_measure.decimals is 'Input and display precision.';
comment on column units_of_measure.is_base is 'One per dimension; the others convert to it.';
comment on column units_of_measure.factor_to_base is 'Frozen once the unit is used.';
comment on column units_of_measure.dimension is 'Units convert only within it; ROUGHNESS, HARDNESS and OTHER never do.';
comment on column units_of_measure.unit_name is 'Default name; see labels.';

create table bom_headers (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  bom_number      text not null check (bom_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  bom_version     int not null default 1 check (bom_version >= 1),
  bom_name        text not null check (char_length(bom_name) between 1 and 200),
  material_id     int not null,
  plant_id        int,
  bom_type        text not null default 'PRODUCTION' check (bom_type in ('PRODUCTION', 'ENGINEERING', 'PLANNING')),
  base_quantity   numeric(18,4) not null check (base_quantity > 0),
  unit_id         int not null,
  status          text not null default 'DRAFT' check (status in ('DRAFT', 'ACTIVE', 'RETIRED')),
  effective_from  date not null,
  effective_to    date,
  effective       daterange generated always as (case when effective_to < effective_from then 'empty' else daterange(effective_from, effective_to, '[]') end) stored not null,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint bom_headers_id_key unique (organization_id, id),
  constraint bom_headers_bom_number_bom_version_key unique (organization_id, bom_number, bom_version),
  constraint bom_headers_effective_to_effective_from_check check (effective_to >= effective_from),
  constraint bom_headers_excl exclude using gist (organization_id with =, (coalesce(plant_id, 0)) with =, material_id with =, bom_type with =, effective with &&) where (status = 'ACTIVE'),
  constraint bom_headers_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint bom_headers_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint bom_headers_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint bom_headers_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint bom_headers_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index bom_headers_material_id_bom_type_status_idx on bom_headers (organization_id, material_id, bom_type, status);
comment on table bom_headers is
  'What is needed to make a base quantity of a material, per version and effectivity.';
comment on column bom_headers.plant_id is 'NULL = all plants.';
comment on column bom_headers.effective_to is 'Last day, inclusive; NULL = open.';
comment on column bom_headers.base_quantity is 'What the lines'' quantities make.';
comment on column bom_headers.effective is 'Days on which an ACTIVE bill holds; no two of a plant, material and type overlap.';
comment on column bom_headers.status is 'Lines change only while DRAFT; a change is a new version.';
comment on column bom_headers.bom_number is 'One per bill; versions share it.';
comment on column bom_headers.bom_version is 'A change of an ACTIVE bill is a new version.';
comment on column bom_headers.bom_name is 'Name of the bill.';
comment on column bom_headers.bom_type is 'What the bill is for; PRODUCTION is exploded into orders.';
comment on column bom_headers.unit_id is 'Unit of base_quantity.';
comment on column bom_headers.material_id is 'What the bill makes.';

create table bom_lines (
  id                    int generated always as identity primary key,
  organization_id       int not null references organizations,
  bom_header_id         int not null,
  line_number           int not null check (line_number > 0),
  component_material_id int not null,
  quantity              numeric(18,4) not null check (quantity > 0),
  unit_id               int not null,
  scrap_ratio           numeric(9,6) not null default 0 check (scrap_ratio >= 0 and scrap_ratio <= 1),
  operation_number      int,
  is_phantom            boolean not null default false,
  issue_method          text not null default 'MANUAL' check (issue_method in ('BACKFLUSH', 'MANUAL')),
  reference_designator  text check (char_length(reference_designator) between 1 and 200),
  created_at            timestamptz not null default now(),
  created_by            int default app.actor(),
  updated_at            timestamptz not null default now(),
  updated_by            int default app.actor(),
  row_version           int not null default 1,
  constraint bom_lines_id_key unique (organization_id, id),
  constraint bom_lines_bom_header_id_line_number_key unique (organization_id, bom_header_id, line_number),
  constraint bom_lines_bom_header_id_fkey foreign key (organization_id, bom_header_id) references bom_headers (organization_id, id) on delete cascade,
  constraint bom_lines_component_material_id_fkey foreign key (organization_id, component_material_id) references materials (organization_id, id),
  constraint bom_lines_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint bom_lines_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint bom_lines_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index bom_lines_component_material_id_idx on bom_lines (organization_id, component_material_id);
comment on table bom_lines is
  'One component of a BOM.';
comment on column bom_lines.quantity is 'Per base_quantity of the header.';
comment on column bom_lines.scrap_ratio is 'Allowance; 0.05 = +5 %.';
comment on column bom_lines.operation_number is 'Where it is consumed.';
comment on column bom_lines.is_phantom is 'Exploded through, never stocked.';
comment on column bom_lines.issue_method is 'BACKFLUSH = consumed by reporting output, MANUAL = issued by hand or scan.';
comment on column bom_lines.component_material_id is 'What goes in; where-used is read by this column.';
comment on column bom_lines.unit_id is 'Unit of quantity; of the same dimension as the component''s base unit.';
comment on column bom_lines.reference_designator is 'Place on the drawing or board, e.g. R12.';

-- ============================================================================
-- 03 production
-- ============================================================================

create table work_orders (
  id                   int generated always as identity primary key,
  organization_id      int not null,
  plant_id             int not null,
  work_order_number    text not null check (work_order_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  order_type           text not null default 'PRODUCTION' check (order_type in ('PRODUCTION', 'ASSEMBLY', 'REWORK')),
  status               text not null default 'PLANNED' check (status in ('PLANNED', 'RELEASED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED', 'CANCELLED')),
  status_reason        text check (char_length(status_reason) between 1 and 500),
  material_id          int not null,
  bom_header_id        int,
  project_id           int,
  department_id        int,
  planned_quantity     numeric(18,4) not null check (planned_quantity > 0),
  unit_id              int not null,
  completed_quantity   numeric(18,4) not null default 0 check (completed_quantity >= 0),
  scrapped_quantity    numeric(18,4) not null default 0 check (scrapped_quantity >= 0),
  rework_quantity      numeric(18,4) not null default 0 check (rework_quantity >= 0),
  over_delivery_ratio  numeric(9,6) not null default 0 check (over_delivery_ratio >= 0),
  priority             smallint not null default 5 check (priority between 1 and 10),
  planned_start        timestamptz,
  planned_end          timestamptz,
  released_at          timestamptz,
  actual_start         timestamptz,
  actual_end           timestamptz,
  parent_work_order_id int,
  rework_mode          text check (rework_mode in ('CONSUME_ADDITIONAL_MATERIALS', 'REPROCESS_EXISTING_WIP', 'HYBRID')),
  rework_reason_id     int,
  rework_cycle         smallint not null default 0,
  ncr_id               int,
  standard_cost        numeric(18,4) check (standard_cost >= 0),
  material_cost        numeric(18,4) not null default 0 check (material_cost >= 0),
  labor_cost           numeric(18,4) not null default 0 check (labor_cost >= 0),
  overhead_cost        numeric(18,4) not null default 0 check (overhead_cost >= 0),
  total_cost           numeric(18,4) generated always as (material_cost + labor_cost + overhead_cost) stored not null,
  workflow_state_id    int,
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint work_orders_id_key unique (organization_id, id),
  constraint work_orders_plant_id_id_key unique (organization_id, plant_id, id),
  constraint work_orders_work_order_number_key unique (organization_id, work_order_number),
  constraint work_orders_planned_end_planned_start_check check (planned_end >= planned_start),
  constraint work_orders_actual_end_actual_start_check check (actual_end >= actual_start),
  constraint work_orders_order_type_parent_work_order_id_check check ((order_type = 'REWORK') = (parent_work_order_id is not null and rework_mode is not null and rework_cycle > 0)),
  constraint work_orders_status_actual_start_check check (status not in ('IN_PROGRESS', 'PAUSED', 'COMPLETED') or actual_start is not null),
  constraint work_orders_status_actual_end_check check (status <> 'COMPLETED' or actual_end is not null),
  constraint work_orders_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint work_orders_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint work_orders_bom_header_id_fkey foreign key (organization_id, bom_header_id) references bom_headers (organization_id, id),
  constraint work_orders_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint work_orders_department_id_fkey foreign key (organization_id, plant_id, department_id) references departments (organization_id, plant_id, id),
  constraint work_orders_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint work_orders_parent_work_order_id_fkey foreign key (organization_id, parent_work_order_id) references work_orders (organization_id, id),
  constraint work_orders_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint work_orders_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index work_orders_plant_id_status_priority_idx on work_orders (organization_id, plant_id, status, priority, planned_start);
create index work_orders_material_id_idx on work_orders (organization_id, material_id);
create index work_orders_project_id_idx on work_orders (organization_id, project_id);
create index work_orders_parent_work_order_id_idx on work_orders (organization_id, parent_work_order_id);
create index work_orders_actual_end_idx on work_orders (organization_id, actual_end) where status = 'COMPLETED';
comment on table work_orders is
  'Order to make or rework a quantity of one material at one plant.';
comment on column work_orders.bom_header_id is 'The version exploded at release.';
comment on column work_orders.rework_quantity is 'Counter over all operations, like scrapped_quantity.';
comment on column work_orders.priority is '1 first … 10 last.';
comment on column work_orders.planned_end is 'The OTD due time.';
comment on column work_orders.completed_quantity is 'Good pieces of the last operation. A counter: kept by ingest in its transaction, proven nightly, no new version of the row.';
comment on column work_orders.scrapped_quantity is 'Counter over all operations.';
comment on column work_orders.over_delivery_ratio is 'Share by which output may exceed the plan before it is flagged.';
comment on column work_orders.status_reason is 'Why cancelled, or completed short.';
comment on column work_orders.released_at is 'From here on material and quantity are frozen.';
comment on column work_orders.rework_cycle is '0 for an original; its parent''s + 1 for rework, at most rework_configs.max_rework_cycles.';
comment on column work_orders.ncr_id is 'The report that caused the rework.';
comment on column work_orders.standard_cost is 'Planned cost, for the variance.';
comment on column work_orders.planned_quantity is 'May be exceeded by what is physically made: flagged, not refused.';
comment on column work_orders.order_type is 'REWORK has a parent, a mode and a cycle.';
comment on column work_orders.planned_start is 'When it should begin.';
comment on column work_orders.actual_start is 'First work on it.';
comment on column work_orders.actual_end is 'Completion; counts for on-time delivery.';
comment on column work_orders.parent_work_order_id is 'Order whose pieces are reworked.';
comment on column work_orders.rework_mode is 'CONSUME_ADDITIONAL_MATERIALS = need of the bill again, REPROCESS_EXISTING_WIP = none, HYBRID = some of it.';
comment on column work_orders.rework_reason_id is 'Value of the list REWORK_REASON.';
comment on column work_orders.material_cost is 'Sum of lot picks × unit cost by the organization''s method.';
comment on column work_orders.labor_cost is 'Labour seconds / 3600 × the work center''s cost per hour.';
comment on column work_orders.overhead_cost is 'Labour × the organization''s overhead_ratio.';
comment on column work_orders.total_cost is 'Material + labour + overhead.';

create table work_order_operations (
  id                       int generated always as identity primary key,
  organization_id          int not null,
  plant_id                 int not null,
  work_order_id            int not null,
  operation_number         int not null check (operation_number > 0),
  operation_name           text not null check (char_length(operation_name) between 1 and 100),
  work_center_id           int not null,
  machine_id               int,
  status                   text not null default 'PENDING' check (status in ('PENDING', 'IN_PROGRESS', 'PAUSED', 'COMPLETED', 'SKIPPED')),
  setup_seconds            int not null default 0 check (setup_seconds >= 0),
  run_seconds_per_unit     numeric(12,4) not null default 0 check (run_seconds_per_unit >= 0),
  planned_start            timestamptz,
  planned_end              timestamptz,
  actual_start             timestamptz,
  actual_end               timestamptz,
  actual_setup_seconds     int check (actual_setup_seconds >= 0),
  actual_run_seconds       int check (actual_run_seconds >= 0),
  completed_quantity       numeric(18,4) not null default 0 check (completed_quantity >= 0),
  scrapped_quantity        numeric(18,4) not null default 0 check (scrapped_quantity >= 0),
  rework_quantity          numeric(18,4) not null default 0 check (rework_quantity >= 0),
  scheduling_mode          text not null default 'SEQUENTIAL' check (scheduling_mode in ('SEQUENTIAL', 'OVERLAP', 'PARALLEL')),
  overlap_start_ratio      numeric(9,6) not null default 1 check (overlap_start_ratio >= 0 and overlap_start_ratio <= 1),
  predecessor_operation_id int,
  requires_inspection      boolean not null default false,
  instructions             text check (char_length(instructions) between 1 and 8000),
  created_at               timestamptz not null default now(),
  created_by               int default app.actor(),
  updated_at               timestamptz not null default now(),
  updated_by               int default app.actor(),
  row_version              int not null default 1,
  constraint work_order_operations_id_key unique (organization_id, id),
  constraint work_order_operations_plant_id_id_key unique (organization_id, plant_id, id),
  constraint work_order_operations_work_order_id_operation_number_key unique (organization_id, work_order_id, operation_number),
  constraint work_order_operations_work_order_id_id_key unique (organization_id, work_order_id, id),
  constraint work_order_operations_predecessor_operation_id_id_check check (predecessor_operation_id <> id),
  constraint work_order_operations_status_actual_end_check check (status <> 'COMPLETED' or actual_end is not null),
  constraint work_order_operations_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint work_order_operations_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id) on delete cascade,
  constraint work_order_operations_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint work_order_operations_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint work_order_operations_predecessor_operation_id_fkey foreign key (organization_id, work_order_id, predecessor_operation_id) references work_order_operations (organization_id, work_order_id, id)
);
create index work_order_operations_work_center_id_status_planned_start_idx on work_order_operations (organization_id, work_center_id, status, planned_start);
create index work_order_operations_machine_id_status_idx on work_order_operations (organization_id, machine_id, status);
comment on table work_order_operations is
  'Routing step of a work order.';
comment on column work_order_operations.operation_number is '10, 20, 30 ….';
comment on column work_order_operations.run_seconds_per_unit is 'Ideal; feeds OEE.';
comment on column work_order_operations.overlap_start_ratio is 'Predecessor progress at which this may start.';
comment on column work_order_operations.completed_quantity is 'Counter kept by ingest in its transaction.';
comment on column work_order_operations.scrapped_quantity is 'Counter kept by ingest in its transaction.';
comment on column work_order_operations.setup_seconds is 'Planned.';
comment on column work_order_operations.scheduling_mode is 'SEQUENTIAL after the predecessor, OVERLAP from a share of it on, PARALLEL with the order.';
comment on column work_order_operations.requires_inspection is 'Completed in the office only after a PASS or CONDITIONAL inspection; a terminal that completes without one is flagged.';
comment on column work_order_operations.operation_name is 'What is done, e.g. Turning.';
comment on column work_order_operations.work_center_id is 'Where it is planned.';
comment on column work_order_operations.machine_id is 'Machine it is planned on; NULL = any of the work center.';
comment on column work_order_operations.actual_setup_seconds is 'Measured.';
comment on column work_order_operations.actual_run_seconds is 'Measured, without set-up.';
comment on column work_order_operations.rework_quantity is 'Counter kept by ingest in its transaction.';
comment on column work_order_operations.predecessor_operation_id is 'Step of the same order that comes before.';
comment on column work_order_operations.planned_start is 'When it should begin.';
comment on column work_order_operations.planned_end is 'When it should be done; load is planned from these.';

create table work_centers (
  id                      int generated always as identity primary key,
  organization_id         int not null,
  plant_id                int not null,
  work_center_code        text not null check (work_center_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  work_center_name        text not null check (char_length(work_center_name) between 1 and 100),
  work_center_type        text not null check (work_center_type in ('MACHINE', 'ASSEMBLY', 'PACKAGING', 'QUALITY_CHECK')),
  department_id           int,
  capacity_per_hour       numeric(18,4) not null check (capacity_per_hour > 0),
  capacity_unit_id        int,
  cost_per_hour           numeric(18,4) not null default 0 check (cost_per_hour >= 0),
  default_scheduling_mode text not null default 'SEQUENTIAL' check (default_scheduling_mode in ('SEQUENTIAL', 'OVERLAP', 'PARALLEL')),
  is_active               boolean not null default true,
  created_at              timestamptz not null default now(),
  created_by              int default app.actor(),
  updated_at              timestamptz not null default now(),
  updated_by              int default app.actor(),
  row_version             int not null default 1,
  constraint work_centers_id_key unique (organization_id, id),
  constraint work_centers_plant_id_id_key unique (organization_id, plant_id, id),
  constraint work_centers_plant_id_work_center_code_key unique (organization_id, plant_id, work_center_code),
  constraint work_centers_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint work_centers_department_id_fkey foreign key (organization_id, plant_id, department_id) references departments (organization_id, plant_id, id),
  constraint work_centers_capacity_unit_id_fkey foreign key (organization_id, capacity_unit_id) references units_of_measure (organization_id, id),
  constraint work_centers_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint work_centers_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table work_centers is
  'Place or group of stations where operations run.';
comment on column work_centers.capacity_per_hour is 'In capacity_unit_id.';
comment on column work_centers.cost_per_hour is 'Labour rate for costing.';
comment on column work_centers.work_center_type is 'What kind of work is done there.';
comment on column work_centers.capacity_unit_id is 'Unit of capacity_per_hour.';
comment on column work_centers.default_scheduling_mode is 'Proposed for new operations there.';

create table work_order_materials (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  work_order_id     int not null,
  line_number       int not null,
  material_id       int not null,
  operation_id      int,
  bom_line_id       int,
  required_quantity numeric(18,4) not null check (required_quantity > 0),
  issued_quantity   numeric(18,4) not null default 0 check (issued_quantity >= 0),
  returned_quantity numeric(18,4) not null default 0 check (returned_quantity >= 0),
  unit_id           int not null,
  issue_method      text not null default 'MANUAL' check (issue_method in ('BACKFLUSH', 'MANUAL')),
  is_substitute     boolean not null default false,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint work_order_materials_id_key unique (organization_id, id),
  constraint work_order_materials_work_order_id_line_number_key unique (organization_id, work_order_id, line_number),
  constraint work_order_materials_returned_quantity_issued_quantity_check check (returned_quantity <= issued_quantity),
  constraint work_order_materials_work_order_id_fkey foreign key (organization_id, work_order_id) references work_orders (organization_id, id) on delete cascade,
  constraint work_order_materials_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint work_order_materials_bom_line_id_fkey foreign key (organization_id, bom_line_id) references bom_lines (organization_id, id),
  constraint work_order_materials_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint work_order_materials_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint work_order_materials_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint work_order_materials_operation_id_fkey foreign key (organization_id, work_order_id, operation_id) references work_order_operations (organization_id, work_order_id, id)
);
create index work_order_materials_material_id_idx on work_order_materials (organization_id, material_id);
comment on table work_order_materials is
  'Components required by and issued to a work order (BOM exploded at release).';
comment on column work_order_materials.required_quantity is 'Scrap allowance included.';
comment on column work_order_materials.issued_quantity is 'Moved by traceability links for tracked material, directly for untracked.';
comment on column work_order_materials.is_substitute is 'Stands in for the component the bill names.';
comment on column work_order_materials.operation_id is 'Step that consumes it; NULL = the order as a whole.';
comment on column work_order_materials.bom_line_id is 'Line it was exploded from; NULL = added by hand.';
comment on column work_order_materials.returned_quantity is 'Given back to stock; at most what was issued.';
comment on column work_order_materials.issue_method is 'BACKFLUSH = consumed by reporting output, MANUAL = issued by hand or scan.';

create table rework_configs (
  id                     int generated always as identity primary key,
  organization_id        int not null,
  plant_id               int not null,
  default_rework_mode    text not null default 'REPROCESS_EXISTING_WIP' check (default_rework_mode in ('CONSUME_ADDITIONAL_MATERIALS', 'REPROCESS_EXISTING_WIP', 'HYBRID')),
  require_reason         boolean not null default true,
  require_ncr            boolean not null default false,
  max_rework_cycles      smallint not null default 3 check (max_rework_cycles between 1 and 20),
  auto_create_work_order boolean not null default true,
  created_at             timestamptz not null default now(),
  created_by             int default app.actor(),
  updated_at             timestamptz not null default now(),
  updated_by             int default app.actor(),
  row_version            int not null default 1,
  constraint rework_configs_id_key unique (organization_id, id),
  constraint rework_configs_plant_id_id_key unique (organization_id, plant_id, id),
  constraint rework_configs_plant_id_key unique (organization_id, plant_id),
  constraint rework_configs_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint rework_configs_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint rework_configs_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table rework_configs is
  'Per plant: how rework orders are made and limited.';
comment on column rework_configs.auto_create_work_order is 'On NCR disposition REWORK.';
comment on column rework_configs.max_rework_cycles is 'How often the same pieces may be reworked.';
comment on column rework_configs.require_ncr is 'A rework order needs a non-conformance report.';
comment on column rework_configs.default_rework_mode is 'Proposed for new rework orders.';
comment on column rework_configs.require_reason is 'A rework order needs a reason.';

create table production_logs (
  id                bigint generated always as identity,
  organization_id   int not null,
  plant_id          int not null,
  logged_at         timestamptz not null,
  event_type        text not null check (event_type in ('START', 'PAUSE', 'RESUME', 'OUTPUT', 'COMPLETE', 'CORRECTION')),
  work_order_id     int not null,
  operation_id      int,
  machine_id        int,
  lane_id           int,
  shift_id          int,
  shift_date        date,
  operator_id       int,
  quantity_good     numeric(18,4) not null default 0,
  quantity_scrapped numeric(18,4) not null default 0,
  quantity_rework   numeric(18,4) not null default 0,
  unit_id           int not null,
  scrap_reason_id   int,
  rework_reason_id  int,
  pause_reason_id   int,
  labor_seconds     int not null default 0 check (labor_seconds >= 0 and labor_seconds <= 86400),
  output_lot_id     int,
  corrects_uid      uuid,
  corrects_at       timestamptz,
  notes             text check (char_length(notes) between 1 and 2000),
  payload           jsonb,
  uid               uuid not null default gen_random_uuid(),
  device_id         int,
  device_seq        bigint,
  device_time       timestamptz,
  time_quality      text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at       timestamptz not null default now(),
  constraint production_logs_pkey primary key (id, logged_at),
  constraint production_logs_uid_key unique (organization_id, uid, logged_at),
  constraint production_logs_event_type_corrects_uid_check check ((event_type = 'CORRECTION') = (corrects_uid is not null)),
  constraint production_logs_corrects_uid_corrects_at_check check ((corrects_uid is null) = (corrects_at is null)),
  constraint production_logs_event_type_quantity_good_check check (event_type = 'CORRECTION' or (quantity_good >= 0 and quantity_scrapped >= 0 and quantity_rework >= 0)),
  constraint production_logs_event_type_quantity_good_check2 check (event_type in ('OUTPUT', 'COMPLETE', 'CORRECTION') or (quantity_good = 0 and quantity_scrapped = 0 and quantity_rework = 0)),
  constraint production_logs_event_type_quantity_scrapped_check check (event_type = 'CORRECTION' or quantity_scrapped = 0 or scrap_reason_id is not null),
  constraint production_logs_event_type_quantity_rework_check check (event_type = 'CORRECTION' or quantity_rework = 0 or rework_reason_id is not null),
  constraint production_logs_shift_id_shift_date_check check ((shift_id is null) = (shift_date is null)),
  constraint production_logs_logged_at_recorded_at_check check (logged_at <= recorded_at + interval '10 minutes'),
  constraint production_logs_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint production_logs_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint production_logs_operator_id_fkey foreign key (organization_id, operator_id) references users (organization_id, id),
  constraint production_logs_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint production_logs_operation_id_fkey foreign key (organization_id, work_order_id, operation_id) references work_order_operations (organization_id, work_order_id, id)
);
select create_hypertable('production_logs', 'logged_at', chunk_time_interval => interval '7 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
create index production_logs_work_order_id_logged_at_idx on production_logs (organization_id, work_order_id, logged_at desc);
create index production_logs_plant_id_logged_at_idx on production_logs (organization_id, plant_id, logged_at desc);
create index production_logs_machine_id_logged_at_idx on production_logs (organization_id, machine_id, logged_at desc) where machine_id is not null;
create index production_logs_shift_id_shift_date_idx on production_logs (organization_id, shift_id, shift_date) where shift_id is not null;
create index production_logs_operator_id_logged_at_idx on production_logs (organization_id, operator_id, logged_at desc) where operator_id is not null;
comment on table production_logs is
  'What operators report: start, pause, output, scrap, completion, correction.';
comment on column production_logs.shift_date is 'Plant-local date on which the shift began.';
comment on column production_logs.corrects_uid is 'Event that a CORRECTION takes back.';
comment on column production_logs.corrects_at is 'Its logged_at; finds the chunk.';
comment on column production_logs.logged_at is 'When it happened: computed by the server from device time; the partition column.';
comment on column production_logs.event_type is 'CORRECTION takes back an earlier event with negative quantities.';
comment on column production_logs.quantity_good is 'Good of this operation only. Total made = good + scrapped + rework.';
comment on column production_logs.labor_seconds is 'Work time the event reports.';
comment on column production_logs.output_lot_id is 'Lot this output went into.';
comment on column production_logs.shift_id is 'Stamped by the server from logged_at.';
comment on column production_logs.payload is 'What the terminal sent beyond these columns.';
comment on column production_logs.pause_reason_id is 'Why production was paused; value of the list DOWNTIME_REASON, may come later, with the machine''s stop.';
comment on column production_logs.operation_id is 'Step of the order; NULL = the order as a whole.';
comment on column production_logs.lane_id is 'Line it ran on.';
comment on column production_logs.operator_id is 'Who reported it; NULL = nobody was signed in.';
comment on column production_logs.quantity_scrapped is 'Lost for good, with scrap_reason_id.';
comment on column production_logs.quantity_rework is 'To be worked again, with rework_reason_id.';
comment on column production_logs.scrap_reason_id is 'Value of the list SCRAP_REASON; one line per reason.';
comment on column production_logs.rework_reason_id is 'Value of the list REWORK_REASON; one line per reason.';

create table work_center_shifts (
  id              int generated always as identity primary key,
  organization_id int not null,
  plant_id        int not null,
  work_center_id  int not null,
  shift_id        int not null,
  days_of_week    smallint[] check (days_of_week is null or days_of_week <@ '{1,2,3,4,5,6,7}'),
  capacity_ratio  numeric(9,6) not null default 1 check (capacity_ratio > 0 and capacity_ratio <= 2),
  crew_size       smallint,
  effective_from  date not null,
  effective_to    date,
  effective       daterange generated always as (case when effective_to < effective_from then 'empty' else daterange(effective_from, effective_to, '[]') end) stored not null,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint work_center_shifts_id_key unique (organization_id, id),
  constraint work_center_shifts_plant_id_id_key unique (organization_id, plant_id, id),
  constraint work_center_shifts_effective_to_effective_from_check check (effective_to >= effective_from),
  constraint work_center_shifts_excl exclude using gist (organization_id with =, work_center_id with =, shift_id with =, effective with &&),
  constraint work_center_shifts_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint work_center_shifts_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id) on delete cascade,
  constraint work_center_shifts_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint work_center_shifts_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table work_center_shifts is
  'Calendar: which plant shifts a work center runs, and at what capacity.';
comment on column work_center_shifts.days_of_week is 'ISO 1–7, day the shift starts; NULL = all days of the shift.';
comment on column work_center_shifts.capacity_ratio is '0.85 = thin night crew.';
comment on column work_center_shifts.effective is 'Days on which the assignment holds; no two of the same shift overlap.';
comment on column work_center_shifts.crew_size is 'Planned people.';

-- ============================================================================
-- 04 quality
-- ============================================================================

create table ncrs (
  id                   int generated always as identity primary key,
  organization_id      int not null,
  plant_id             int not null,
  detected_at          timestamptz not null,
  ncr_number           text not null check (ncr_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  ncr_type             text not null default 'PROCESS' check (ncr_type in ('MATERIAL', 'PROCESS', 'FINAL_INSPECTION', 'CUSTOMER_COMPLAINT', 'SUPPLIER')),
  severity             text not null check (severity in ('MINOR', 'MAJOR', 'CRITICAL')),
  status               text not null default 'OPEN' check (status in ('OPEN', 'IN_REVIEW', 'RESOLVED', 'CLOSED', 'CANCELLED')),
  defect_type_id       int not null,
  description          text not null check (char_length(description) between 1 and 5000),
  material_id          int,
  work_order_id        int,
  operation_id         int,
  lot_batch_id         int,
  serial_number_id     int,
  inspection_log_id    bigint,
  project_id           int,
  quantity_defective   numeric(18,4) not null check (quantity_defective > 0),
  unit_id              int not null,
  detected_by          int not null,
  assigned_to          int,
  disposition          text check (disposition in ('REWORK', 'SCRAP', 'USE_AS_IS', 'RETURN_TO_SUPPLIER')),
  disposition_by       int,
  disposition_at       timestamptz,
  rework_work_order_id int,
  root_cause           text check (char_length(root_cause) between 1 and 5000),
  corrective_action    text check (char_length(corrective_action) between 1 and 5000),
  preventive_action    text check (char_length(preventive_action) between 1 and 5000),
  resolution_notes     text check (char_length(resolution_notes) between 1 and 5000),
  resolved_by          int,
  resolved_at          timestamptz,
  closed_by            int,
  closed_at            timestamptz,
  customer_affected    boolean not null default false,
  rework_cost          numeric(18,4) check (rework_cost >= 0),
  scrap_cost           numeric(18,4) check (scrap_cost >= 0),
  workflow_state_id    int,
  uid                  uuid not null default gen_random_uuid(),
  device_id            int,
  device_seq           bigint,
  device_time          timestamptz,
  time_quality         text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at          timestamptz not null default now(),
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint ncrs_id_key unique (organization_id, id),
  constraint ncrs_plant_id_id_key unique (organization_id, plant_id, id),
  constraint ncrs_uid_key unique (organization_id, uid),
  constraint ncrs_ncr_number_key unique (organization_id, ncr_number),
  constraint ncrs_work_order_id_lot_batch_id_check check (num_nonnulls(work_order_id, lot_batch_id, serial_number_id, project_id, material_id) >= 1),
  constraint ncrs_disposition_disposition_by_check check (num_nonnulls(disposition, disposition_by, disposition_at) in (0, 3)),
  constraint ncrs_status_disposition_check check (status not in ('RESOLVED', 'CLOSED') or (disposition is not null and resolved_at is not null and resolved_by is not null)),
  constraint ncrs_status_closed_at_check check (status <> 'CLOSED' or (closed_at is not null and closed_by is not null)),
  constraint ncrs_status_severity_check check (status <> 'CLOSED' or severity = 'MINOR' or (root_cause is not null and corrective_action is not null)),
  constraint ncrs_detected_at_recorded_at_check check (detected_at <= recorded_at + interval '10 minutes'),
  constraint ncrs_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint ncrs_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint ncrs_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint ncrs_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint ncrs_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint ncrs_detected_by_fkey foreign key (organization_id, detected_by) references users (organization_id, id),
  constraint ncrs_assigned_to_fkey foreign key (organization_id, assigned_to) references users (organization_id, id),
  constraint ncrs_disposition_by_fkey foreign key (organization_id, disposition_by) references users (organization_id, id),
  constraint ncrs_rework_work_order_id_fkey foreign key (organization_id, rework_work_order_id) references work_orders (organization_id, id),
  constraint ncrs_resolved_by_fkey foreign key (organization_id, resolved_by) references users (organization_id, id),
  constraint ncrs_closed_by_fkey foreign key (organization_id, closed_by) references users (organization_id, id),
  constraint ncrs_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint ncrs_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint ncrs_operation_id_fkey foreign key (organization_id, work_order_id, operation_id) references work_order_operations (organization_id, work_order_id, id)
);
create index ncrs_plant_id_status_severity_idx on ncrs (organization_id, plant_id, status, severity);
create index ncrs_work_order_id_idx on ncrs (organization_id, work_order_id);
create index ncrs_lot_batch_id_idx on ncrs (organization_id, lot_batch_id);
create index ncrs_assigned_to_status_idx on ncrs (organization_id, assigned_to, status);
create index ncrs_defect_type_id_detected_at_idx on ncrs (organization_id, defect_type_id, detected_at);
comment on table ncrs is
  'Non-conformance report, from detection to closure.';
comment on column ncrs.ncr_number is 'Given by the server on receipt; the terminal shows the uid''s tail until then.';
comment on column ncrs.detected_at is 'When it was found.';
comment on column ncrs.disposition is 'What becomes of the pieces.';
comment on column ncrs.rework_work_order_id is 'The order that reworks them.';
comment on column ncrs.inspection_log_id is 'The failing inspection it came from.';
comment on column ncrs.customer_affected is 'A customer may already hold such pieces.';
comment on column ncrs.status is 'Finer approval steps are workflow states beside it.';
comment on column ncrs.ncr_type is 'Where the fault comes from.';
comment on column ncrs.severity is 'CRITICAL is closed by somebody other than the reporter; MINOR closes without a root cause.';
comment on column ncrs.defect_type_id is 'Value of the list DEFECT_TYPE; the Pareto counts by it.';
comment on column ncrs.description is 'What was found, in the finder''s words.';
comment on column ncrs.operation_id is 'Step of the order.';
comment on column ncrs.quantity_defective is 'Pieces affected; a rework order makes at most as many.';
comment on column ncrs.detected_by is 'Who found it.';
comment on column ncrs.assigned_to is 'Who deals with it now.';
comment on column ncrs.disposition_by is 'Who decided.';
comment on column ncrs.disposition_at is 'When it was decided.';
comment on column ncrs.root_cause is 'Why it happened; needed to close unless MINOR.';
comment on column ncrs.corrective_action is 'What was changed so that it ends; needed to close unless MINOR.';
comment on column ncrs.preventive_action is 'What keeps it from happening elsewhere.';
comment on column ncrs.resolution_notes is 'What became of it, in words.';
comment on column ncrs.resolved_by is 'Who carried the decision out.';
comment on column ncrs.resolved_at is 'When it was carried out.';
comment on column ncrs.closed_by is 'Who closed it; not the reporter when CRITICAL.';
comment on column ncrs.closed_at is 'When it was closed.';
comment on column ncrs.rework_cost is 'In the tenant''s currency.';
comment on column ncrs.scrap_cost is 'In the tenant''s currency.';

create table inspection_logs (
  id                  bigint generated always as identity primary key,
  organization_id     int not null,
  plant_id            int not null,
  inspected_at        timestamptz not null,
  inspection_plan_id  int not null,
  inspection_point_id int,
  inspection_type     text not null check (inspection_type in ('INCOMING', 'FIRST_ARTICLE', 'IN_PROCESS', 'FINAL', 'AUDIT')),
  work_order_id       int,
  operation_id        int,
  lot_batch_id        int,
  serial_number_id    int,
  machine_id          int,
  shift_id            int,
  shift_date          date,
  inspector_id        int not null,
  attempt_no          smallint not null default 1 check (attempt_no >= 1),
  inspected_quantity  numeric(18,4) not null check (inspected_quantity > 0),
  passed_quantity     numeric(18,4) not null check (passed_quantity >= 0),
  failed_quantity     numeric(18,4) not null check (failed_quantity >= 0),
  unit_id             int not null,
  result              text not null check (result in ('PASS', 'FAIL', 'CONDITIONAL')),
  voids_uid           uuid,
  notes               text check (char_length(notes) between 1 and 2000),
  uid                 uuid not null default gen_random_uuid(),
  device_id           int,
  device_seq          bigint,
  device_time         timestamptz,
  time_quality        text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at         timestamptz not null default now(),
  constraint inspection_logs_id_key unique (organization_id, id),
  constraint inspection_logs_plant_id_id_key unique (organization_id, plant_id, id),
  constraint inspection_logs_uid_key unique (organization_id, uid),
  constraint inspection_logs_passed_quantity_failed_quantity_check check (passed_quantity + failed_quantity = inspected_quantity),
  constraint inspection_logs_result_failed_quantity_check check (result <> 'PASS' or failed_quantity = 0),
  constraint inspection_logs_result_failed_quantity_check2 check (result <> 'FAIL' or failed_quantity > 0),
  constraint inspection_logs_work_order_id_lot_batch_id_check check (num_nonnulls(work_order_id, lot_batch_id, serial_number_id) >= 1 or inspection_type = 'AUDIT'),
  constraint inspection_logs_inspected_at_recorded_at_check check (inspected_at <= recorded_at + interval '10 minutes'),
  constraint inspection_logs_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint inspection_logs_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint inspection_logs_inspector_id_fkey foreign key (organization_id, inspector_id) references users (organization_id, id),
  constraint inspection_logs_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint inspection_logs_operation_id_fkey foreign key (organization_id, work_order_id, operation_id) references work_order_operations (organization_id, work_order_id, id)
);
create index inspection_logs_work_order_id_inspected_at_idx on inspection_logs (organization_id, work_order_id, inspected_at desc);
create index inspection_logs_plant_id_inspected_at_idx on inspection_logs (organization_id, plant_id, inspected_at desc);
create index inspection_logs_inspection_plan_id_inspected_at_idx on inspection_logs (organization_id, inspection_plan_id, inspected_at desc);
create index inspection_logs_lot_batch_id_idx on inspection_logs (organization_id, lot_batch_id) where lot_batch_id is not null;
comment on table inspection_logs is
  'One carried-out inspection with its result.';
comment on column inspection_logs.attempt_no is '1 = first pass; FPY counts only these.';
comment on column inspection_logs.voids_uid is 'Earlier log that this one declares void.';
comment on column inspection_logs.shift_id is 'Stamped by the server from inspected_at.';
comment on column inspection_logs.result is 'CONDITIONAL = accepted with a remark.';
comment on column inspection_logs.inspected_quantity is 'Always passed + failed.';
comment on column inspection_logs.inspected_at is 'When it was carried out.';
comment on column inspection_logs.inspection_plan_id is 'Revision it was judged by.';
comment on column inspection_logs.inspection_point_id is 'Checkpoint of that plan.';
comment on column inspection_logs.inspection_type is 'Occasion of the inspection.';
comment on column inspection_logs.operation_id is 'Step of the order.';
comment on column inspection_logs.inspector_id is 'Who carried it out.';
comment on column inspection_logs.passed_quantity is 'Of inspected_quantity.';
comment on column inspection_logs.failed_quantity is 'Of inspected_quantity; a PASS has none, a FAIL has some.';

create table inspection_plans (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  plan_code         text not null check (plan_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  revision          int not null default 1,
  plan_name         text not null check (char_length(plan_name) between 1 and 200),
  plan_type         text not null check (plan_type in ('INCOMING', 'FIRST_ARTICLE', 'IN_PROCESS', 'FINAL', 'AUDIT')),
  plant_id          int,
  material_id       int,
  work_center_id    int,
  operation_number  int,
  status            text not null default 'DRAFT' check (status in ('DRAFT', 'APPROVED', 'RETIRED')),
  approved_by       int,
  approved_at       timestamptz,
  effective_from    date not null,
  effective_to      date,
  effective         daterange generated always as (case when effective_to < effective_from then 'empty' else daterange(effective_from, effective_to, '[]') end) stored not null,
  control_sigma     numeric(4,2) not null default 3 check (control_sigma between 1 and 6),
  instructions      text check (char_length(instructions) between 1 and 8000),
  workflow_state_id int,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint inspection_plans_id_key unique (organization_id, id),
  constraint inspection_plans_plan_code_revision_key unique (organization_id, plan_code, revision),
  constraint inspection_plans_status_approved_at_check check ((status = 'DRAFT') = (approved_at is null)),
  constraint inspection_plans_approved_at_approved_by_check check ((approved_at is null) = (approved_by is null)),
  constraint inspection_plans_effective_to_effective_from_check check (effective_to >= effective_from),
  constraint inspection_plans_excl exclude using gist (organization_id with =, plan_code with =, effective with &&) where (status = 'APPROVED'),
  constraint inspection_plans_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint inspection_plans_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint inspection_plans_work_center_id_fkey foreign key (organization_id, work_center_id) references work_centers (organization_id, id),
  constraint inspection_plans_approved_by_fkey foreign key (organization_id, approved_by) references users (organization_id, id),
  constraint inspection_plans_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint inspection_plans_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index inspection_plans_material_id_plan_type_idx on inspection_plans (organization_id, material_id, plan_type) where status = 'APPROVED';
create index inspection_plans_work_center_id_idx on inspection_plans (organization_id, work_center_id) where status = 'APPROVED';
comment on table inspection_plans is
  'What to inspect, for which material/work center, by revision and effectivity.';
comment on column inspection_plans.control_sigma is 'Distance of control limits from the centre in sigma.';
comment on column inspection_plans.effective is 'Days on which an APPROVED revision holds; no two of a plan overlap.';
comment on column inspection_plans.operation_number is 'Narrows the plan to this step of an order.';
comment on column inspection_plans.status is 'Points and characteristics are frozen once APPROVED, so old readings keep their meaning.';
comment on column inspection_plans.plan_code is 'One per plan; revisions share it.';
comment on column inspection_plans.revision is 'A change of an APPROVED plan is a new revision.';
comment on column inspection_plans.plan_name is 'Name of the plan.';
comment on column inspection_plans.plan_type is 'Occasion on which it is used.';
comment on column inspection_plans.material_id is 'What is inspected; NULL = anything made at work_center_id.';
comment on column inspection_plans.work_center_id is 'Where it is inspected; NULL = anywhere.';
comment on column inspection_plans.approved_by is 'Not the author.';
comment on column inspection_plans.approved_at is 'When it was approved; empty while DRAFT.';

create table inspection_points (
  id                 int generated always as identity primary key,
  organization_id    int not null references organizations,
  inspection_plan_id int not null,
  point_code         text not null check (point_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  point_name         text not null check (char_length(point_name) between 1 and 200),
  sequence           int not null default 0,
  frequency_type     text not null check (frequency_type in ('FIRST_PIECE', 'EVERY_UNIT', 'PERIODIC_UNITS', 'PERIODIC_MINUTES', 'PER_LOT', 'PER_SHIFT', 'SAMPLING', 'FINAL', 'ON_DEMAND')),
  frequency_value    int,
  sample_size        int not null default 1 check (sample_size > 0),
  accept_number      int,
  reject_number      int,
  aql                numeric(6,3),
  method             text not null default 'DIMENSIONAL' check (method in ('VISUAL', 'DIMENSIONAL', 'WEIGHT', 'FUNCTIONAL', 'OTHER')),
  is_mandatory       boolean not null default true,
  is_critical        boolean not null default false,
  instructions       text check (char_length(instructions) between 1 and 4000),
  created_at         timestamptz not null default now(),
  created_by         int default app.actor(),
  updated_at         timestamptz not null default now(),
  updated_by         int default app.actor(),
  row_version        int not null default 1,
  constraint inspection_points_id_key unique (organization_id, id),
  constraint inspection_points_inspection_plan_id_point_code_key unique (organization_id, inspection_plan_id, point_code),
  constraint inspection_points_inspection_plan_id_id_key unique (organization_id, inspection_plan_id, id),
  constraint inspection_points_frequency_type_frequency_value_check check (frequency_type not in ('PERIODIC_UNITS', 'PERIODIC_MINUTES') or coalesce(frequency_value, 0) > 0),
  constraint inspection_points_frequency_type_accept_number_check check (frequency_type <> 'SAMPLING' or coalesce(accept_number >= 0 and reject_number = accept_number + 1, false)),
  constraint inspection_points_inspection_plan_id_fkey foreign key (organization_id, inspection_plan_id) references inspection_plans (organization_id, id) on delete cascade,
  constraint inspection_points_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint inspection_points_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index inspection_points_inspection_plan_id_sequence_idx on inspection_points (organization_id, inspection_plan_id, sequence);
comment on table inspection_points is
  'Checkpoint of a plan: when and how much to sample.';
comment on column inspection_points.is_critical is 'Failing it pauses the work order.';
comment on column inspection_points.frequency_value is 'Pieces or minutes between two checks, for PERIODIC_*.';
comment on column inspection_points.accept_number is 'Ac: at most so many defects accept the sample.';
comment on column inspection_points.reject_number is 'Re = Ac + 1.';
comment on column inspection_points.aql is 'Acceptable quality level the numbers were read from.';
comment on column inspection_points.is_mandatory is 'An operation is not complete without it.';
comment on column inspection_points.point_code is 'Unique in the plan.';
comment on column inspection_points.point_name is 'Name of the checkpoint.';
comment on column inspection_points.frequency_type is 'When it falls due.';
comment on column inspection_points.sample_size is 'Pieces per inspection.';
comment on column inspection_points.method is 'How it is inspected.';

create table inspection_characteristics (
  id                  int generated always as identity primary key,
  organization_id     int not null references organizations,
  inspection_point_id int not null,
  characteristic_code text not null check (characteristic_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  characteristic_name text not null check (char_length(characteristic_name) between 1 and 200),
  sequence            int not null default 0,
  characteristic_type text not null check (characteristic_type in ('VARIABLE', 'ATTRIBUTE')),
  unit_id             int,
  nominal             numeric(18,6),
  lower_spec          numeric(18,6),
  upper_spec          numeric(18,6),
  lower_control       numeric(18,6),
  upper_control       numeric(18,6),
  decimals            smallint not null default 3,
  allowed_values      text[],
  accepted_values     text[],
  measurement_method  text check (char_length(measurement_method) between 1 and 255),
  track_spc           boolean not null default false,
  chart_type          text check (chart_type in ('XBAR_R', 'XBAR_S', 'I_MR', 'P', 'NP', 'C', 'U')),
  subgroup_size       smallint,
  is_critical         boolean not null default false,
  created_at          timestamptz not null default now(),
  created_by          int default app.actor(),
  updated_at          timestamptz not null default now(),
  updated_by          int default app.actor(),
  row_version         int not null default 1,
  constraint inspection_characteristics_id_key unique (organization_id, id),
  constraint inspection_characteristics_inspection_p_characterist_key unique (organization_id, inspection_point_id, characteristic_code),
  constraint inspection_characteristics_lower_spec_upper_spec_check check (lower_spec < upper_spec),
  constraint inspection_characteristics_lower_control_upper_control_check check (lower_control < upper_control),
  constraint inspection_characteristics_nominal_lower_spec_check check (nominal between coalesce(lower_spec, nominal) and coalesce(upper_spec, nominal)),
  constraint inspection_characteristics_characteristic_type_unit_id_check check (characteristic_type <> 'VARIABLE' or (unit_id is not null and num_nonnulls(lower_spec, upper_spec) >= 1 and allowed_values is null)),
  constraint inspection_characteristics_characteristic_type_nominal_check check (characteristic_type <> 'ATTRIBUTE' or (num_nonnulls(nominal, lower_spec, upper_spec) = 0 and coalesce(cardinality(accepted_values) > 0 and accepted_values <@ allowed_values, false))),
  constraint inspection_characteristics_track_spc_chart_type_check check (not track_spc or chart_type is not null),
  constraint inspection_characteristics_chart_type_subgroup_size_check check (chart_type not in ('XBAR_R', 'XBAR_S') or coalesce(subgroup_size, 0) between 2 and 25),
  constraint inspection_characteristics_inspection_point_id_fkey foreign key (organization_id, inspection_point_id) references inspection_points (organization_id, id) on delete cascade,
  constraint inspection_characteristics_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint inspection_characteristics_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint inspection_characteristics_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table inspection_characteristics is
  'One measurable or judgeable feature with its limits.';
comment on column inspection_characteristics.allowed_values is 'ATTRIBUTE.';
comment on column inspection_characteristics.accepted_values is 'The conforming subset.';
comment on column inspection_characteristics.lower_control is 'Describes the process; may be recalculated after approval, unlike the specification.';
comment on column inspection_characteristics.upper_control is 'Describes the process; may be recalculated after approval, unlike the specification.';
comment on column inspection_characteristics.decimals is 'Digits shown and asked for.';
comment on column inspection_characteristics.nominal is 'Target value.';
comment on column inspection_characteristics.subgroup_size is 'Readings per subgroup for XBAR charts.';
comment on column inspection_characteristics.track_spc is 'Readings feed a control chart.';
comment on column inspection_characteristics.inspection_point_id is 'Checkpoint it is measured at.';
comment on column inspection_characteristics.characteristic_code is 'Unique at the checkpoint.';
comment on column inspection_characteristics.characteristic_name is 'What is measured, e.g. Diameter.';
comment on column inspection_characteristics.characteristic_type is 'VARIABLE = a reading with limits, ATTRIBUTE = one of allowed_values.';
comment on column inspection_characteristics.unit_id is 'Unit of the reading and its limits.';
comment on column inspection_characteristics.lower_spec is 'Smallest conforming value; NULL = no lower limit, 0 is a limit.';
comment on column inspection_characteristics.upper_spec is 'Largest conforming value; NULL = no upper limit, 0 is a limit.';
comment on column inspection_characteristics.measurement_method is 'How or with what it is measured.';
comment on column inspection_characteristics.chart_type is 'Control chart of the readings.';
comment on column inspection_characteristics.is_critical is 'A failing reading pauses the order.';

create table inspection_measurements (
  id                bigint generated always as identity,
  organization_id   int not null,
  plant_id          int not null,
  measured_at       timestamptz not null,
  inspection_log_id bigint not null,
  characteristic_id int not null,
  sample_no         int not null default 1 check (sample_no >= 1),
  subgroup_no       int,
  measured_value    numeric(18,6),
  measured_text     text check (char_length(measured_text) between 1 and 200),
  is_conforming     boolean not null,
  lower_spec        numeric(18,6),
  upper_spec        numeric(18,6),
  violated_rules    text[],
  gauge_code        text check (char_length(gauge_code) between 1 and 100),
  measured_by       int not null,
  environment       jsonb,
  notes             text check (char_length(notes) between 1 and 1000),
  uid               uuid not null default gen_random_uuid(),
  device_id         int,
  device_seq        bigint,
  device_time       timestamptz,
  time_quality      text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at       timestamptz not null default now(),
  constraint inspection_measurements_pkey primary key (id, measured_at),
  constraint inspection_measurements_uid_key unique (organization_id, uid, measured_at),
  constraint inspection_measurements_measured_value_measured_text_check check (num_nonnulls(measured_value, measured_text) = 1),
  constraint inspection_measurements_measured_value_is_conforming_check check (measured_value is null or is_conforming = (measured_value >= coalesce(lower_spec, measured_value) and measured_value <= coalesce(upper_spec, measured_value))),
  constraint inspection_measurements_measured_at_recorded_at_check check (measured_at <= recorded_at + interval '10 minutes'),
  constraint inspection_measurements_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint inspection_measurements_inspection_log_id_fkey foreign key (organization_id, inspection_log_id) references inspection_logs (organization_id, id),
  constraint inspection_measurements_characteristic_id_fkey foreign key (organization_id, characteristic_id) references inspection_characteristics (organization_id, id),
  constraint inspection_measurements_measured_by_fkey foreign key (organization_id, measured_by) references users (organization_id, id)
);
select create_hypertable('inspection_measurements', 'measured_at', chunk_time_interval => interval '30 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
create index inspection_measurements_characteristic_id_measured_at_idx on inspection_measurements (organization_id, characteristic_id, measured_at desc);
create index inspection_measurements_inspection_log_id_idx on inspection_measurements (organization_id, inspection_log_id);
comment on table inspection_measurements is
  'Single readings; the SPC series.';
comment on column inspection_measurements.upper_spec is 'Limits in force when judged.';
comment on column inspection_measurements.violated_rules is 'SPC run rules found by the server.';
comment on column inspection_measurements.measured_at is 'When it was read; the partition column.';
comment on column inspection_measurements.measured_value is 'Exact decimal digits as the gauge gave them.';
comment on column inspection_measurements.is_conforming is 'Proven against the limits beside it.';
comment on column inspection_measurements.subgroup_no is 'Subgroup of the control chart.';
comment on column inspection_measurements.environment is 'Temperature, humidity … at the reading.';
comment on column inspection_measurements.characteristic_id is 'What was read.';
comment on column inspection_measurements.sample_no is 'Piece within the sample, from 1.';
comment on column inspection_measurements.measured_text is 'Judgement of an ATTRIBUTE; either this or measured_value.';
comment on column inspection_measurements.lower_spec is 'Limit in force when judged.';
comment on column inspection_measurements.gauge_code is 'Gauge it was read with.';
comment on column inspection_measurements.measured_by is 'Who read it.';

-- ============================================================================
-- 05 machines and shifts
-- ============================================================================

create table machines (
  id                   int generated always as identity primary key,
  organization_id      int not null,
  plant_id             int not null,
  machine_code         text not null check (machine_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  machine_name         text not null check (char_length(machine_name) between 1 and 200),
  machine_type         text check (char_length(machine_type) between 1 and 100),
  work_center_id       int not null,
  status               text not null default 'AVAILABLE' check (status in ('AVAILABLE', 'RUNNING', 'IDLE', 'SETUP', 'DOWN', 'MAINTENANCE', 'DECOMMISSIONED')),
  status_since         timestamptz not null default now(),
  capacity_per_hour    numeric(18,4) check (capacity_per_hour >= 0),
  ideal_cycle_seconds  numeric(12,4) check (ideal_cycle_seconds > 0),
  manufacturer         text check (char_length(manufacturer) between 1 and 255),
  model_number         text check (char_length(model_number) between 1 and 100),
  serial_number        text check (char_length(serial_number) between 1 and 100),
  installed_on         date,
  location             text check (char_length(location) between 1 and 255),
  last_maintenance_at  timestamptz,
  next_maintenance_due timestamptz,
  is_active            boolean not null default true,
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint machines_id_key unique (organization_id, id),
  constraint machines_plant_id_id_key unique (organization_id, plant_id, id),
  constraint machines_machine_code_key unique (organization_id, machine_code),
  constraint machines_status_is_active_check check (status <> 'DECOMMISSIONED' or not is_active),
  constraint machines_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint machines_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint machines_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint machines_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index machines_plant_id_status_idx on machines (organization_id, plant_id, status);
create index machines_work_center_id_idx on machines (organization_id, work_center_id);
create index machines_next_maintenance_due_idx on machines (organization_id, next_maintenance_due) where is_active;
comment on table machines is
  'Equipment master with its present status.';
comment on column machines.ideal_cycle_seconds is 'Fallback when the operation gives no run time.';
comment on column machines.status is 'Copy of the open period in machine_status_history; written only by its trigger.';
comment on column machines.status_since is 'Start of the open period.';
comment on column machines.capacity_per_hour is 'Pieces.';
comment on column machines.machine_type is 'Kind of machine, e.g. Lathe.';
comment on column machines.manufacturer is 'Who built it.';
comment on column machines.model_number is 'Type plate.';
comment on column machines.serial_number is 'Type plate.';
comment on column machines.installed_on is 'Day it was put up.';
comment on column machines.location is 'Where it stands.';
comment on column machines.last_maintenance_at is 'End of the last maintenance.';
comment on column machines.next_maintenance_due is 'When maintenance falls due.';

create table machine_status_history (
  id              bigint generated always as identity primary key,
  organization_id int not null,
  plant_id        int not null,
  started_at      timestamptz not null,
  machine_id      int not null,
  status          text not null check (status in ('AVAILABLE', 'RUNNING', 'IDLE', 'SETUP', 'DOWN', 'MAINTENANCE', 'DECOMMISSIONED')),
  ended_at        timestamptz,
  period          tstzrange generated always as (case when ended_at < started_at then 'empty' else tstzrange(started_at, ended_at, '[)') end) stored not null,
  reason_id       int,
  work_order_id   int,
  operator_id     int,
  explained_by    int,
  explained_at    timestamptz,
  split_from_uid  uuid,
  repair_notes    text check (char_length(repair_notes) between 1 and 2000),
  notes           text check (char_length(notes) between 1 and 2000),
  uid             uuid not null default gen_random_uuid(),
  device_id       int,
  device_seq      bigint,
  device_time     timestamptz,
  time_quality    text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at     timestamptz not null default now(),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint machine_status_history_id_key unique (organization_id, id),
  constraint machine_status_history_plant_id_id_key unique (organization_id, plant_id, id),
  constraint machine_status_history_uid_key unique (organization_id, uid),
  constraint machine_status_history_ended_at_started_at_check check (ended_at > started_at),
  constraint machine_status_history_explained_by_explained_at_check check (num_nonnulls(explained_by, explained_at) in (0, 2)),
  constraint machine_status_history_explained_at_reason_id_check check (explained_at is null or reason_id is not null),
  constraint machine_status_history_started_at_recorded_at_check check (started_at <= recorded_at + interval '10 minutes'),
  constraint machine_status_history_excl exclude using gist (organization_id with =, machine_id with =, period with &&) deferrable initially deferred,
  constraint machine_status_history_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint machine_status_history_machine_id_fkey foreign key (organization_id, plant_id, machine_id) references machines (organization_id, plant_id, id),
  constraint machine_status_history_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint machine_status_history_operator_id_fkey foreign key (organization_id, operator_id) references users (organization_id, id),
  constraint machine_status_history_explained_by_fkey foreign key (organization_id, explained_by) references users (organization_id, id),
  constraint machine_status_history_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint machine_status_history_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index machine_status_history_machine_id_started_at_idx on machine_status_history (organization_id, machine_id, started_at desc);
create index machine_status_history_plant_id_started_at_idx on machine_status_history (organization_id, plant_id, started_at desc);
create index machine_status_history_reason_id_started_at_idx on machine_status_history (organization_id, reason_id, started_at) where status = 'DOWN';
create index machine_status_history_machine_id_idx on machine_status_history (organization_id, machine_id) where ended_at is null;
create index machine_status_history_plant_id_started_at_idx2 on machine_status_history (organization_id, plant_id, started_at) where status = 'DOWN' and reason_id is null;
comment on table machine_status_history is
  'Periods of machine status: base of availability, MTBF, MTTR, downtime Pareto.';
comment on column machine_status_history.ended_at is 'NULL = current.';
comment on column machine_status_history.explained_at is 'A stop may be recorded without a reason and explained later.';
comment on column machine_status_history.split_from_uid is 'The stop this period was cut out of.';
comment on column machine_status_history.started_at is 'When the period began.';
comment on column machine_status_history.reason_id is 'A stop may be recorded without one and explained later; unexplained time is counted as such.';
comment on column machine_status_history.explained_by is 'Who gave the reason.';
comment on column machine_status_history.period is 'Half-open; periods of a machine never overlap, checked at commit.';
comment on column machine_status_history.repair_notes is 'What was done; nobody is forced to write it to leave DOWN.';
comment on column machine_status_history.status is 'Status during the period; the open period''s is machines.status.';
comment on column machine_status_history.work_order_id is 'Order that ran or stood.';
comment on column machine_status_history.operator_id is 'Who reported it.';

create table shifts (
  id                int generated always as identity primary key,
  organization_id   int not null,
  plant_id          int not null,
  shift_code        text not null check (shift_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  shift_name        text not null check (char_length(shift_name) between 1 and 100),
  start_time        time not null,
  end_time          time not null,
  crosses_midnight  boolean generated always as ((end_time <= start_time)) stored not null,
  break_minutes     int not null default 0 check (break_minutes between 0 and 480),
  breaks            jsonb not null default '[]' check (app.are_breaks(breaks)),
  days_of_week      smallint[] not null default '{1,2,3,4,5}' check (cardinality(days_of_week) between 1 and 7 and days_of_week <@ '{1,2,3,4,5,6,7}'),
  week_minutes      int4multirange generated always as (app.week_minutes(start_time, end_time, days_of_week)) stored not null,
  production_target numeric(18,4) not null default 0 check (production_target >= 0),
  oee_target        numeric(9,6) not null default 0.85 check (oee_target >= 0 and oee_target <= 1),
  effective_from    date not null,
  effective_to      date,
  effective         daterange generated always as (case when effective_to < effective_from then 'empty' else daterange(effective_from, effective_to, '[]') end) stored not null,
  sort_order        smallint not null default 0,
  is_active         boolean not null default true,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint shifts_id_key unique (organization_id, id),
  constraint shifts_plant_id_id_key unique (organization_id, plant_id, id),
  constraint shifts_plant_id_shift_code_effective_from_key unique (organization_id, plant_id, shift_code, effective_from),
  constraint shifts_start_time_end_time_check check (start_time <> end_time),
  constraint shifts_effective_to_effective_from_check check (effective_to >= effective_from),
  constraint shifts_excl exclude using gist (organization_id with =, plant_id with =, effective with &&, week_minutes with &&) where (is_active),
  constraint shifts_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint shifts_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint shifts_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table shifts is
  'Shift pattern of a plant in plant-local time; may cross midnight.';
comment on column shifts.break_minutes is 'Breaks without a position; reduce planned time pro rata.';
comment on column shifts.breaks is 'Breaks with a position, plant-local: [{"start":"12:00","end":"12:30"}]; exact.';
comment on column shifts.days_of_week is 'ISO day on which the shift starts.';
comment on column shifts.week_minutes is 'Minutes of the week it covers, so that no two active shifts of a plant overlap.';
comment on column shifts.oee_target is 'Where the OEE figure turns good.';
comment on column shifts.production_target is 'Pieces per occurrence.';
comment on column shifts.effective is 'Days on which the pattern holds.';
comment on column shifts.start_time is 'Plant-local clock time.';
comment on column shifts.end_time is 'Plant-local clock time; at or before start_time = on the next day.';
comment on column shifts.crosses_midnight is 'End is on the day after the start.';
comment on column shifts.sort_order is 'Position in lists, ascending.';

create table shift_handovers (
  id                   int generated always as identity primary key,
  organization_id      int not null,
  plant_id             int not null,
  handed_over_at       timestamptz not null,
  from_shift_id        int not null,
  from_shift_date      date not null,
  to_shift_id          int not null,
  to_shift_date        date not null,
  work_center_id       int,
  status               text not null default 'SUBMITTED' check (status in ('DRAFT', 'SUBMITTED', 'ACKNOWLEDGED', 'DISPUTED')),
  wip_quantity         numeric(18,4) not null default 0 check (wip_quantity >= 0),
  wip                  jsonb not null default '[]' check (jsonb_typeof(wip) = 'array'),
  production_summary   text check (char_length(production_summary) between 1 and 5000),
  quality_issues       text check (char_length(quality_issues) between 1 and 5000),
  machine_status       text check (char_length(machine_status) between 1 and 5000),
  material_status      text check (char_length(material_status) between 1 and 5000),
  safety_incidents     text check (char_length(safety_incidents) between 1 and 5000),
  open_issues          jsonb not null default '[]' check (jsonb_typeof(open_issues) = 'array'),
  items                jsonb not null default '[]' check (jsonb_typeof(items) = 'array'),
  addenda              jsonb not null default '[]' check (jsonb_typeof(addenda) = 'array'),
  figures              jsonb not null default '{}' check (jsonb_typeof(figures) = 'object'),
  handed_over_by       int not null,
  acknowledged_by      int,
  acknowledged_at      timestamptz,
  acknowledgement_note text check (char_length(acknowledgement_note) between 1 and 2000),
  ack_uid              uuid,
  uid                  uuid not null default gen_random_uuid(),
  device_id            int,
  device_seq           bigint,
  device_time          timestamptz,
  time_quality         text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at          timestamptz not null default now(),
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint shift_handovers_id_key unique (organization_id, id),
  constraint shift_handovers_plant_id_id_key unique (organization_id, plant_id, id),
  constraint shift_handovers_uid_key unique (organization_id, uid),
  constraint shift_handovers_from_shift_from_shift_date_work_center_key unique nulls not distinct (organization_id, from_shift_id, from_shift_date, work_center_id),
  constraint shift_handovers_from_shift_id_from_shift_date_check check ((from_shift_id, from_shift_date) <> (to_shift_id, to_shift_date)),
  constraint shift_handovers_to_shift_date_from_shift_date_check check (to_shift_date >= from_shift_date),
  constraint shift_handovers_status_acknowledged_at_check check ((status = 'ACKNOWLEDGED') = (acknowledged_at is not null)),
  constraint shift_handovers_acknowledged_at_acknowledged_by_check check ((acknowledged_at is null) = (acknowledged_by is null)),
  constraint shift_handovers_acknowledged_by_handed_over_by_check check (acknowledged_by <> handed_over_by),
  constraint shift_handovers_acknowledged_at_handed_over_at_check check (acknowledged_at >= handed_over_at),
  constraint shift_handovers_handed_over_at_recorded_at_check check (handed_over_at <= recorded_at + interval '10 minutes'),
  constraint shift_handovers_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint shift_handovers_from_shift_id_fkey foreign key (organization_id, plant_id, from_shift_id) references shifts (organization_id, plant_id, id),
  constraint shift_handovers_to_shift_id_fkey foreign key (organization_id, plant_id, to_shift_id) references shifts (organization_id, plant_id, id),
  constraint shift_handovers_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint shift_handovers_handed_over_by_fkey foreign key (organization_id, handed_over_by) references users (organization_id, id),
  constraint shift_handovers_acknowledged_by_fkey foreign key (organization_id, acknowledged_by) references users (organization_id, id),
  constraint shift_handovers_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint shift_handovers_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index shift_handovers_plant_id_to_shift_id_to_shift_date_idx on shift_handovers (organization_id, plant_id, to_shift_id, to_shift_date);
create index shift_handovers_plant_id_handed_over_at_idx on shift_handovers (organization_id, plant_id, handed_over_at desc);
create index shift_handovers_plant_id_idx on shift_handovers (organization_id, plant_id) where status = 'SUBMITTED';
comment on table shift_handovers is
  'What the outgoing shift tells the incoming one, and its acknowledgement.';
comment on column shift_handovers.work_center_id is 'NULL = whole plant.';
comment on column shift_handovers.wip is 'Work order, operation, quantity, progress.';
comment on column shift_handovers.open_issues is 'Kind, severity, text, entity.';
comment on column shift_handovers.items is 'What must be seen: kind, reference, text, carried_from, acknowledged_by, acknowledged_at.';
comment on column shift_handovers.figures is 'The numbers of the shift as the terminal reported them at handover.';
comment on column shift_handovers.addenda is 'Later submissions for the same occurrence and area: event_id, by, at, text, items.';
comment on column shift_handovers.ack_uid is 'Uid of the acknowledging event.';
comment on column shift_handovers.handed_over_at is 'When it was submitted.';
comment on column shift_handovers.from_shift_date is 'Business date of the outgoing occurrence.';
comment on column shift_handovers.to_shift_date is 'Business date of the incoming occurrence.';
comment on column shift_handovers.wip_quantity is 'Pieces in work.';
comment on column shift_handovers.production_summary is 'Free words; the figures write themselves.';
comment on column shift_handovers.safety_incidents is 'Set a critical notification.';
comment on column shift_handovers.from_shift_id is 'Outgoing shift.';
comment on column shift_handovers.to_shift_id is 'Incoming shift; the same one on the next day in a one-shift plant.';
comment on column shift_handovers.quality_issues is 'Free words.';
comment on column shift_handovers.machine_status is 'Free words.';
comment on column shift_handovers.material_status is 'Free words.';
comment on column shift_handovers.handed_over_by is 'Who wrote it.';
comment on column shift_handovers.acknowledged_by is 'Who took over; somebody else than handed_over_by.';
comment on column shift_handovers.acknowledged_at is 'When it was taken over; only while ACKNOWLEDGED.';
comment on column shift_handovers.acknowledgement_note is 'What the incoming side adds or disputes.';

create table shift_performances (
  id                        int generated always as identity primary key,
  organization_id           int not null,
  plant_id                  int not null,
  shift_id                  int not null,
  shift_date                date not null,
  work_center_id            int,
  revision                  int not null default 1 check (revision >= 1),
  revision_kind             text not null default 'AS_REPORTED' check (revision_kind in ('AS_REPORTED', 'AS_CORRECTED')),
  revision_cause            text check (char_length(revision_cause) between 1 and 500),
  window_start              timestamptz not null,
  window_end                timestamptz not null,
  planned_operation_seconds int not null check (planned_operation_seconds >= 0),
  planned_down_seconds      int not null default 0 check (planned_down_seconds >= 0),
  planned_busy_seconds      int not null check (planned_busy_seconds >= 0),
  production_seconds        int not null default 0 check (production_seconds >= 0),
  setup_seconds             int not null default 0 check (setup_seconds >= 0),
  delay_seconds             int not null default 0 check (delay_seconds >= 0),
  down_seconds              int not null default 0 check (down_seconds >= 0),
  unknown_seconds           int not null default 0 check (unknown_seconds >= 0),
  ideal_seconds             numeric(18,4),
  ideal_good_seconds        numeric(18,4),
  production_target         numeric(18,4) not null default 0 check (production_target >= 0),
  total_quantity            numeric(18,4) not null default 0 check (total_quantity >= 0),
  good_quantity             numeric(18,4) not null default 0 check (good_quantity >= 0),
  scrapped_quantity         numeric(18,4) not null default 0 check (scrapped_quantity >= 0),
  rework_quantity           numeric(18,4) not null default 0 check (rework_quantity >= 0),
  first_pass_inspected      numeric(18,4) not null default 0 check (first_pass_inspected >= 0),
  first_pass_passed         numeric(18,4) not null default 0 check (first_pass_passed >= 0),
  computed_at               timestamptz not null,
  input_watermark           timestamptz not null,
  is_final                  boolean not null default false,
  availability_ratio        numeric(18,6) generated always as (production_seconds::numeric / nullif(planned_busy_seconds, 0)) stored,
  performance_ratio         numeric(18,6) generated always as (ideal_seconds / nullif(production_seconds, 0)) stored,
  quality_ratio             numeric(18,6) generated always as (good_quantity / nullif(total_quantity, 0)) stored,
  oee_ratio                 numeric(18,6) generated always as (ideal_good_seconds / nullif(planned_busy_seconds, 0)) stored,
  utilization_ratio         numeric(18,6) generated always as (production_seconds::numeric / nullif(production_seconds + setup_seconds + delay_seconds, 0)) stored,
  fpy_ratio                 numeric(18,6) generated always as (first_pass_passed / nullif(first_pass_inspected, 0)) stored,
  attainment_ratio          numeric(18,6) generated always as (good_quantity / nullif(production_target, 0)) stored,
  is_incomplete             boolean generated always as (unknown_seconds::numeric > 0.02 * planned_busy_seconds) stored not null,
  created_at                timestamptz not null default now(),
  created_by                int default app.actor(),
  updated_at                timestamptz not null default now(),
  updated_by                int default app.actor(),
  row_version               int not null default 1,
  constraint shift_performances_id_key unique (organization_id, id),
  constraint shift_performances_plant_id_id_key unique (organization_id, plant_id, id),
  constraint shift_performances_shift_shift_date_work_center_revision_key unique nulls not distinct (organization_id, shift_id, shift_date, work_center_id, revision),
  constraint shift_performances_production_seconds_setup_seconds_check check (production_seconds + setup_seconds + delay_seconds + down_seconds + unknown_seconds = planned_busy_seconds),
  constraint shift_performances_planned_busy_planned_oper_check check (planned_busy_seconds = planned_operation_seconds - planned_down_seconds),
  constraint shift_performances_good_quantity_scrapped_quantity_check check (good_quantity + scrapped_quantity + rework_quantity = total_quantity),
  constraint shift_performances_first_pass_passed_first_pass_inspected_check check (first_pass_passed <= first_pass_inspected),
  constraint shift_performances_window_end_window_start_check check (window_end > window_start),
  constraint shift_performances_revision_kind_revision_cause_check check ((revision_kind = 'AS_CORRECTED') = (revision_cause is not null)),
  constraint shift_performances_ideal_seconds_ideal_good_seconds_check check (ideal_seconds >= 0 and ideal_good_seconds >= 0),
  constraint shift_performances_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint shift_performances_shift_id_fkey foreign key (organization_id, plant_id, shift_id) references shifts (organization_id, plant_id, id),
  constraint shift_performances_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint shift_performances_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint shift_performances_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index shift_performances_plant_id_shift_date_idx on shift_performances (organization_id, plant_id, shift_date desc);
comment on table shift_performances is
  'Computed KPI components of one shift occurrence and area (plant or work center), one row per revision; terms of ISO 22400-2.';
comment on column shift_performances.shift_date is 'Business date of the occurrence.';
comment on column shift_performances.work_center_id is 'NULL = whole plant.';
comment on column shift_performances.revision_cause is 'Why the figures changed after the handover.';
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
comment on column shift_performances.input_watermark is 'Newest recorded_at included.';
comment on column shift_performances.availability_ratio is 'APT / PBT.';
comment on column shift_performances.performance_ratio is 'Effectiveness PRI x PQ / APT; above 1 is a data error and shown as such.';
comment on column shift_performances.quality_ratio is 'GQ / PQ.';
comment on column shift_performances.oee_ratio is 'Sum of PRI x GQ / PBT.';
comment on column shift_performances.utilization_ratio is 'APT / AUBT.';
comment on column shift_performances.is_incomplete is 'More than 2 % of PBT unknown.';
comment on column shift_performances.fpy_ratio is 'First pass yield: passed / inspected at the first attempt.';
comment on column shift_performances.attainment_ratio is 'Good / target.';
comment on column shift_performances.is_final is 'No longer recomputed: acknowledged and a day old.';
comment on column shift_performances.revision is 'As reported at the handover first, then as corrected by late events.';
comment on column shift_performances.first_pass_inspected is 'Quantity inspected at the first attempt.';
comment on column shift_performances.revision_kind is 'AS_REPORTED = at the handover, AS_CORRECTED = recomputed with late events.';
comment on column shift_performances.window_start is 'Start of the occurrence.';
comment on column shift_performances.window_end is 'End of the occurrence, exclusive.';
comment on column shift_performances.production_target is 'Pieces wanted from the occurrence.';
comment on column shift_performances.total_quantity is 'PQ = good + scrap + rework.';
comment on column shift_performances.good_quantity is 'GQ.';
comment on column shift_performances.scrapped_quantity is 'SQ.';
comment on column shift_performances.rework_quantity is 'RQ.';
comment on column shift_performances.first_pass_passed is 'Of first_pass_inspected.';
comment on column shift_performances.computed_at is 'When these figures were computed.';

create table lanes (
  id               int generated always as identity primary key,
  organization_id  int not null,
  plant_id         int not null,
  lane_code        text not null check (lane_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  lane_name        text not null check (char_length(lane_name) between 1 and 200),
  lane_type        text not null default 'OTHER' check (lane_type in ('FABRICATION', 'ASSEMBLY', 'TESTING', 'PACKAGING', 'OTHER')),
  work_center_id   int,
  capacity_per_day numeric(18,4) not null check (capacity_per_day > 0),
  capacity_unit_id int,
  max_parallel     smallint not null default 1 check (max_parallel >= 1),
  is_active        boolean not null default true,
  created_at       timestamptz not null default now(),
  created_by       int default app.actor(),
  updated_at       timestamptz not null default now(),
  updated_by       int default app.actor(),
  row_version      int not null default 1,
  constraint lanes_id_key unique (organization_id, id),
  constraint lanes_plant_id_id_key unique (organization_id, plant_id, id),
  constraint lanes_plant_id_lane_code_key unique (organization_id, plant_id, lane_code),
  constraint lanes_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint lanes_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint lanes_capacity_unit_id_fkey foreign key (organization_id, capacity_unit_id) references units_of_measure (organization_id, id),
  constraint lanes_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint lanes_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table lanes is
  'Production line or bay of the scheduling board.';
comment on column lanes.capacity_unit_id is 'Hours or pieces.';
comment on column lanes.max_parallel is 'Orders at a time; 1 makes bookings exclusive.';
comment on column lanes.lane_type is 'What the line is for.';
comment on column lanes.work_center_id is 'Area it belongs to.';
comment on column lanes.capacity_per_day is 'In capacity_unit_id.';

create table lane_assignments (
  id                 int generated always as identity primary key,
  organization_id    int not null,
  plant_id           int not null,
  lane_id            int not null,
  work_order_id      int not null,
  project_id         int,
  scheduled_from     date not null,
  scheduled_to       date not null,
  days               daterange generated always as (case when scheduled_to < scheduled_from then 'empty' else daterange(scheduled_from, scheduled_to, '[]') end) stored not null,
  allocated_capacity numeric(18,4) not null check (allocated_capacity > 0),
  is_exclusive       boolean not null,
  priority           smallint not null default 5,
  status             text not null default 'PLANNED' check (status in ('PLANNED', 'ACTIVE', 'COMPLETED', 'CANCELLED')),
  actual_start       timestamptz,
  actual_end         timestamptz,
  notes              text check (char_length(notes) between 1 and 2000),
  created_at         timestamptz not null default now(),
  created_by         int default app.actor(),
  updated_at         timestamptz not null default now(),
  updated_by         int default app.actor(),
  row_version        int not null default 1,
  constraint lane_assignments_id_key unique (organization_id, id),
  constraint lane_assignments_plant_id_id_key unique (organization_id, plant_id, id),
  constraint lane_assignments_scheduled_to_scheduled_from_check check (scheduled_to >= scheduled_from),
  constraint lane_assignments_actual_end_actual_start_check check (actual_end >= actual_start),
  constraint lane_assignments_excl exclude using gist (organization_id with =, lane_id with =, days with &&) where (is_exclusive and status in ('PLANNED', 'ACTIVE')),
  constraint lane_assignments_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint lane_assignments_lane_id_fkey foreign key (organization_id, plant_id, lane_id) references lanes (organization_id, plant_id, id),
  constraint lane_assignments_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint lane_assignments_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint lane_assignments_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint lane_assignments_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index lane_assignments_work_order_id_key
  on lane_assignments (organization_id, work_order_id) where status = 'ACTIVE';
create index lane_assignments_lane_id_scheduled_from_idx on lane_assignments (organization_id, lane_id, scheduled_from);
create index lane_assignments_work_order_id_idx on lane_assignments (organization_id, work_order_id);
create index lane_assignments_plant_id_status_idx on lane_assignments (organization_id, plant_id, status);
comment on table lane_assignments is
  'A work order planned on a lane for a span of days.';
comment on column lane_assignments.scheduled_to is 'Inclusive.';
comment on column lane_assignments.allocated_capacity is 'Per day.';
comment on column lane_assignments.is_exclusive is 'Copied from lane.max_parallel = 1.';
comment on column lane_assignments.days is 'Days booked; exclusive lanes take one order a day.';
comment on column lane_assignments.scheduled_from is 'First day.';
comment on column lane_assignments.actual_start is 'First work on the lane.';
comment on column lane_assignments.actual_end is 'Last work on the lane.';
comment on column lane_assignments.project_id is 'Project the booking serves.';

-- ============================================================================
-- 06 projects
-- ============================================================================

create table project_documents (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  project_id        int not null,
  document_code     text not null check (document_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  revision          int not null default 1 check (revision >= 1),
  version_label     text not null check (char_length(version_label) between 1 and 50),
  document_name     text not null check (char_length(document_name) between 1 and 200),
  document_type     text not null check (document_type in ('DRAWING', 'SPEC', 'REPORT', 'CONTRACT', 'PROCEDURE', 'MANUAL', 'OTHER')),
  category_id       int,
  description       text check (char_length(description) between 1 and 2000),
  file_id           int not null,
  status            text not null default 'DRAFT' check (status in ('DRAFT', 'IN_REVIEW', 'RELEASED', 'SUPERSEDED', 'ARCHIVED')),
  is_latest         boolean not null default true,
  supersedes_id     int,
  tags              text[] not null default '{}',
  workflow_state_id int,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint project_documents_id_key unique (organization_id, id),
  constraint project_documents_project_id_document_code_revision_key unique (organization_id, project_id, document_code, revision),
  constraint project_documents_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint project_documents_supersedes_id_fkey foreign key (organization_id, supersedes_id) references project_documents (organization_id, id),
  constraint project_documents_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint project_documents_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index project_documents_project_id_document_code_key
  on project_documents (organization_id, project_id, document_code) where is_latest;
create index project_documents_project_id_document_type_idx on project_documents (organization_id, project_id, document_type) where is_latest;
comment on table project_documents is
  'Versioned files of a project.';
comment on column project_documents.version_label is 'A, B, 1.0.';
comment on column project_documents.is_latest is 'One per document; terminals show released latest ones only.';
comment on column project_documents.file_id is 'Size, hash and type live there, once.';
comment on column project_documents.supersedes_id is 'The revision it replaces.';
comment on column project_documents.document_code is 'One per document; revisions share it.';
comment on column project_documents.revision is 'Counts up within the document.';
comment on column project_documents.document_name is 'Title.';
comment on column project_documents.document_type is 'Fixed kind; the tenant''s own ones are categories.';
comment on column project_documents.category_id is 'Value of the list DOCUMENT_CATEGORY.';
comment on column project_documents.tags is 'Words to find it by.';

create table project_milestones (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  project_id        int not null,
  milestone_code    text not null check (milestone_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  milestone_name    text not null check (char_length(milestone_name) between 1 and 200),
  milestone_type_id int,
  baseline_date     date not null,
  planned_date      date not null,
  actual_date       date,
  status            text not null default 'NOT_STARTED' check (status in ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
  progress_ratio    numeric(9,6) not null default 0 check (progress_ratio >= 0 and progress_ratio <= 1),
  is_critical_path  boolean not null default false,
  predecessor_ids   int[] not null default '{}',
  owner_user_id     int,
  deliverables      jsonb not null default '[]' check (jsonb_typeof(deliverables) = 'array'),
  alert_days_before smallint,
  notes             text check (char_length(notes) between 1 and 4000),
  display_order     int not null default 0,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint project_milestones_id_key unique (organization_id, id),
  constraint project_milestones_project_id_milestone_code_key unique (organization_id, project_id, milestone_code),
  constraint project_milestones_status_actual_date_check check ((status = 'COMPLETED') = (actual_date is not null)),
  constraint project_milestones_status_progress_ratio_check check (status <> 'COMPLETED' or progress_ratio = 1),
  constraint project_milestones_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint project_milestones_owner_user_id_fkey foreign key (organization_id, owner_user_id) references users (organization_id, id),
  constraint project_milestones_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint project_milestones_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index project_milestones_project_id_planned_date_idx on project_milestones (organization_id, project_id, planned_date);
create index project_milestones_planned_date_idx on project_milestones (organization_id, planned_date) where status in ('NOT_STARTED', 'IN_PROGRESS');
comment on table project_milestones is
  'Dated deliverables of a project.';
comment on column project_milestones.predecessor_ids is 'Milestones of the same project that come first.';
comment on column project_milestones.baseline_date is 'As first promised.';
comment on column project_milestones.deliverables is 'What must be there: list of texts.';
comment on column project_milestones.alert_days_before is 'Remind the owner so many days ahead.';
comment on column project_milestones.milestone_code is 'Unique in the project.';
comment on column project_milestones.milestone_name is 'Name of the milestone.';
comment on column project_milestones.milestone_type_id is 'Value of the list MILESTONE_TYPE.';
comment on column project_milestones.planned_date is 'As planned now; late = past and not finished, derived and not stored.';
comment on column project_milestones.actual_date is 'Day of completion; only when COMPLETED.';
comment on column project_milestones.progress_ratio is '0 to 1; COMPLETED is 1.';
comment on column project_milestones.is_critical_path is 'A delay here delays the project.';
comment on column project_milestones.owner_user_id is 'Who answers for it.';

create table rda_drawings (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  project_id        int not null,
  rda_number        text not null check (rda_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  drawing_number    text not null check (char_length(drawing_number) between 1 and 100),
  revision          text not null check (char_length(revision) between 1 and 20),
  drawing_title     text not null check (char_length(drawing_title) between 1 and 200),
  description       text check (char_length(description) between 1 and 4000),
  document_id       int,
  status            text not null default 'DRAFT' check (status in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'APPROVED', 'REJECTED', 'SUPERSEDED')),
  priority          text not null default 'NORMAL' check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
  required_by       date,
  submitted_by      int,
  submitted_at      timestamptz,
  decided_by        int,
  decided_at        timestamptz,
  rejection_reason  text check (char_length(rejection_reason) between 1 and 2000),
  superseded_by_id  int,
  distribution      text[] not null default '{}',
  workflow_state_id int,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint rda_drawings_id_key unique (organization_id, id),
  constraint rda_drawings_project_id_rda_number_key unique (organization_id, project_id, rda_number),
  constraint rda_drawings_project_id_drawing_number_revision_key unique (organization_id, project_id, drawing_number, revision),
  constraint rda_drawings_status_submitted_at_check check (status = 'DRAFT' or (submitted_at is not null and document_id is not null)),
  constraint rda_drawings_status_decided_at_check check ((status in ('APPROVED', 'REJECTED', 'SUPERSEDED')) = (decided_at is not null)),
  constraint rda_drawings_status_rejection_reason_check check (status <> 'REJECTED' or rejection_reason is not null),
  constraint rda_drawings_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint rda_drawings_document_id_fkey foreign key (organization_id, document_id) references project_documents (organization_id, id),
  constraint rda_drawings_submitted_by_fkey foreign key (organization_id, submitted_by) references users (organization_id, id),
  constraint rda_drawings_decided_by_fkey foreign key (organization_id, decided_by) references users (organization_id, id),
  constraint rda_drawings_superseded_by_id_fkey foreign key (organization_id, superseded_by_id) references rda_drawings (organization_id, id),
  constraint rda_drawings_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint rda_drawings_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index rda_drawings_project_id_drawing_number_key
  on rda_drawings (organization_id, project_id, drawing_number) where status = 'APPROVED';
create index rda_drawings_project_id_status_idx on rda_drawings (organization_id, project_id, status);
create index rda_drawings_drawing_number_idx on rda_drawings (organization_id, drawing_number);
comment on table rda_drawings is
  'RDA = request for drawing approval: one drawing revision going through sign-off.';
comment on column rda_drawings.distribution is 'Who gets the approved drawing.';
comment on column rda_drawings.superseded_by_id is 'The revision that replaced it.';
comment on column rda_drawings.required_by is 'Day the decision is needed.';
comment on column rda_drawings.rda_number is 'Number of the request.';
comment on column rda_drawings.drawing_number is 'Drawing to be approved.';
comment on column rda_drawings.revision is 'As written on the drawing.';
comment on column rda_drawings.drawing_title is 'As written on the drawing.';
comment on column rda_drawings.document_id is 'The file to be approved; needed to submit.';
comment on column rda_drawings.submitted_by is 'Who asked for approval.';
comment on column rda_drawings.submitted_at is 'When it was asked for.';
comment on column rda_drawings.decided_by is 'Who gave the last answer.';
comment on column rda_drawings.decided_at is 'When it was decided.';
comment on column rda_drawings.rejection_reason is 'Needed when REJECTED; a new revision row follows.';

create table project_bom (
  id                   int generated always as identity primary key,
  organization_id      int not null references organizations,
  project_id           int not null,
  item_code            text not null check (item_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  parent_id            int,
  level                smallint not null default 1 check (level between 1 and 10),
  sequence             int not null default 0,
  bom_type             text not null default 'PROJECT_BOM' check (bom_type in ('PROJECT_BOM', 'ASSEMBLY_BOM', 'PROCUREMENT_BOM')),
  material_id          int,
  part_number          text check (char_length(part_number) between 1 and 100),
  part_description     text check (char_length(part_description) between 1 and 500),
  quantity_required    numeric(18,4) not null check (quantity_required > 0),
  quantity_allocated   numeric(18,4) not null default 0 check (quantity_allocated >= 0),
  quantity_issued      numeric(18,4) not null default 0 check (quantity_issued >= 0),
  unit_id              int not null,
  find_number          text check (char_length(find_number) between 1 and 50),
  reference_designator text check (char_length(reference_designator) between 1 and 200),
  drawing_reference    text check (char_length(drawing_reference) between 1 and 100),
  procurement_status   text not null default 'PLANNED' check (procurement_status in ('PLANNED', 'REQUESTED', 'ORDERED', 'RECEIVED', 'PARTIALLY_ISSUED', 'ISSUED', 'CANCELLED')),
  supplier_name        text check (char_length(supplier_name) between 1 and 200),
  lead_time_days       int,
  unit_cost            numeric(18,4) check (unit_cost >= 0),
  total_cost           numeric(18,4) generated always as (round(quantity_required * unit_cost, 4)) stored,
  is_critical          boolean not null default false,
  is_optional          boolean not null default false,
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint project_bom_id_key unique (organization_id, id),
  constraint project_bom_project_id_item_code_key unique (organization_id, project_id, item_code),
  constraint project_bom_project_id_id_key unique (organization_id, project_id, id),
  constraint project_bom_quantity_issued_quantity_allocated_check check (quantity_issued <= quantity_allocated and quantity_allocated <= quantity_required),
  constraint project_bom_material_id_part_number_check check (num_nonnulls(material_id, part_number) >= 1),
  constraint project_bom_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint project_bom_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint project_bom_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint project_bom_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint project_bom_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint project_bom_parent_id_fkey foreign key (organization_id, project_id, parent_id) references project_bom (organization_id, project_id, id)
);
create index project_bom_project_id_parent_id_idx on project_bom (organization_id, project_id, parent_id);
create index project_bom_material_id_idx on project_bom (organization_id, material_id);
create index project_bom_project_id_idx on project_bom (organization_id, project_id) where is_critical;
comment on table project_bom is
  'Bill of materials of one project: demand, allocation, issue, cost.';
comment on column project_bom.procurement_status is 'How far buying it is.';
comment on column project_bom.find_number is 'Balloon number on the drawing.';
comment on column project_bom.level is 'Depth below the project, from 1.';
comment on column project_bom.total_cost is 'Required quantity × unit cost.';
comment on column project_bom.item_code is 'Unique in the project.';
comment on column project_bom.parent_id is 'Item of the same project it is part of; no circle.';
comment on column project_bom.bom_type is 'Which bill of the project it belongs to.';
comment on column project_bom.material_id is 'Either this or part_number.';
comment on column project_bom.part_number is 'Of a part that is no material of ours.';
comment on column project_bom.part_description is 'What that part is.';
comment on column project_bom.quantity_required is 'Needed by the project.';
comment on column project_bom.quantity_allocated is 'Of quantity_required, set aside.';
comment on column project_bom.quantity_issued is 'Of quantity_allocated, handed out.';
comment on column project_bom.reference_designator is 'Place on the drawing or board.';
comment on column project_bom.drawing_reference is 'Drawing that shows it.';
comment on column project_bom.supplier_name is 'Who delivers it.';
comment on column project_bom.lead_time_days is 'From ordering to having it, calendar days.';
comment on column project_bom.unit_cost is 'In the tenant''s currency, per unit_id.';
comment on column project_bom.is_critical is 'Without it the project stands.';
comment on column project_bom.is_optional is 'May be left out.';

-- ============================================================================
-- 07 rbac
-- ============================================================================

create table roles (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  role_code       text not null check (role_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  role_name       text not null check (char_length(role_name) between 1 and 100),
  labels          jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  description     text check (char_length(description) between 1 and 1000),
  permissions     jsonb not null default '{}' check (jsonb_typeof(permissions) = 'object'),
  rank            smallint not null default 0,
  is_system       boolean not null default false,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint roles_id_key unique (organization_id, id),
  constraint roles_role_code_key unique (organization_id, role_code),
  constraint roles_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint roles_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table roles is
  'Named sets of permissions.';
comment on column roles.labels is 'Words by locale beside the default name.';
comment on column roles.permissions is 'Resource → list of actions; * means all.';
comment on column roles.rank is 'Seniority: for escalation.';
comment on column roles.is_system is 'Seeded; may be switched off, not edited.';

create table user_roles (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  user_id         int not null,
  role_id         int not null,
  plant_id        int,
  department_id   int,
  valid_from      timestamptz not null default now(),
  valid_until     timestamptz,
  granted_by      int,
  revoked_at      timestamptz,
  revoked_by      int,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint user_roles_id_key unique (organization_id, id),
  constraint user_roles_valid_until_valid_from_check check (valid_until > valid_from),
  constraint user_roles_department_id_plant_id_check check (department_id is null or plant_id is not null),
  constraint user_roles_user_id_fkey foreign key (organization_id, user_id) references users (organization_id, id),
  constraint user_roles_role_id_fkey foreign key (organization_id, role_id) references roles (organization_id, id),
  constraint user_roles_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint user_roles_department_id_fkey foreign key (organization_id, plant_id, department_id) references departments (organization_id, plant_id, id),
  constraint user_roles_granted_by_fkey foreign key (organization_id, granted_by) references users (organization_id, id),
  constraint user_roles_revoked_by_fkey foreign key (organization_id, revoked_by) references users (organization_id, id),
  constraint user_roles_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint user_roles_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index user_roles_user_id_role_id_plant_id_department_id_key
  on user_roles (organization_id, user_id, role_id, plant_id, department_id) nulls not distinct where revoked_at is null;
create index user_roles_user_id_idx on user_roles (organization_id, user_id) where revoked_at is null;
create index user_roles_role_id_idx on user_roles (organization_id, role_id);
comment on table user_roles is
  'Role of a user, optionally limited to a plant or department, optionally until a date.';
comment on column user_roles.plant_id is 'NULL = all plants.';
comment on column user_roles.department_id is 'Only with the plant it belongs to.';
comment on column user_roles.valid_until is 'Expiry is judged where it is used; NULL = open.';
comment on column user_roles.granted_by is 'Who gave it.';
comment on column user_roles.valid_from is 'Not before.';
comment on column user_roles.revoked_by is 'Who took it back.';

create table user_plant_access (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  user_id         int not null,
  plant_id        int not null,
  access_level    text not null default 'OPERATE' check (access_level in ('READ', 'OPERATE', 'WRITE', 'ADMIN')),
  granted_by      int,
  valid_until     timestamptz,
  revoked_at      timestamptz,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint user_plant_access_id_key unique (organization_id, id),
  constraint user_plant_access_user_id_fkey foreign key (organization_id, user_id) references users (organization_id, id),
  constraint user_plant_access_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint user_plant_access_granted_by_fkey foreign key (organization_id, granted_by) references users (organization_id, id),
  constraint user_plant_access_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint user_plant_access_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index user_plant_access_user_id_plant_id_key
  on user_plant_access (organization_id, user_id, plant_id) where revoked_at is null;
create index user_plant_access_plant_id_idx on user_plant_access (organization_id, plant_id) where revoked_at is null;
comment on table user_plant_access is
  'Which plants a user may enter, and how far (upper bound on role permissions).';
comment on column user_plant_access.access_level is 'Upper bound on role permissions; OPERATE = record events at terminals.';
comment on column user_plant_access.valid_until is 'Expiry is judged where it is used; NULL = open.';
comment on column user_plant_access.granted_by is 'Who gave it.';

-- ============================================================================
-- 08 configuration
-- ============================================================================

create table custom_fields (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  entity_type     text not null check (app.is_entity_type(entity_type)),
  field_code      text not null check (char_length(field_code) between 1 and 50 and field_code ~ '^[a-z][a-z0-9_]*$'),
  field_label     text not null check (char_length(field_label) between 1 and 100),
  labels          jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  field_type      text not null check (field_type in ('TEXT', 'TEXTAREA', 'NUMBER', 'DATE', 'DATETIME', 'BOOLEAN', 'SELECT', 'MULTISELECT', 'FILE', 'EMAIL', 'URL', 'PHONE')),
  type_list_id    int,
  is_required     boolean not null default false,
  default_value   jsonb,
  validation      jsonb not null default '{}' check (jsonb_typeof(validation) = 'object'),
  ui              jsonb not null default '{}' check (jsonb_typeof(ui) = 'object'),
  display_order   int not null default 0,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint custom_fields_id_key unique (organization_id, id),
  constraint custom_fields_entity_type_field_code_key unique (organization_id, entity_type, field_code),
  constraint custom_fields_id_entity_type_key unique (organization_id, id, entity_type),
  constraint custom_fields_field_type_type_list_id_check check ((field_type in ('SELECT', 'MULTISELECT')) = (type_list_id is not null)),
  constraint custom_fields_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint custom_fields_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index custom_fields_entity_type_display_order_idx on custom_fields (organization_id, entity_type, display_order) where is_active;
comment on table custom_fields is
  'Tenant-defined extra fields of an entity type.';
comment on column custom_fields.field_code is 'snake_case; frozen once values exist.';
comment on column custom_fields.labels is 'Words by locale beside the default label.';
comment on column custom_fields.type_list_id is 'Options of SELECT/MULTISELECT.';
comment on column custom_fields.validation is 'Min, max, min_length, max_length, pattern.';
comment on column custom_fields.ui is 'Hints for forms: width, placeholder, group.';
comment on column custom_fields.default_value is 'Proposed in forms.';
comment on column custom_fields.field_label is 'As shown beside the field.';
comment on column custom_fields.field_type is 'How the value is entered and checked; frozen once values exist.';
comment on column custom_fields.is_required is 'A NULL value is refused.';
comment on column custom_fields.entity_type is 'Kind of rows that get the field; frozen once values exist.';

create table field_values (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  custom_field_id int not null,
  entity_type     text not null check (app.is_entity_type(entity_type)),
  entity_id       bigint not null,
  value           jsonb not null,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint field_values_id_key unique (organization_id, id),
  constraint field_values_custom_field_id_entity_id_key unique (organization_id, custom_field_id, entity_id),
  constraint field_values_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint field_values_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint field_values_entity_type_fkey foreign key (organization_id, custom_field_id, entity_type) references custom_fields (organization_id, id, entity_type)
);
create index field_values_entity_type_entity_id_idx on field_values (organization_id, entity_type, entity_id);
comment on table field_values is
  'Value of a custom field for one entity row.';
comment on column field_values.value is 'Checked against the field''s type and limits.';
comment on column field_values.custom_field_id is 'Field it is the value of.';
comment on column field_values.entity_id is 'Row of the entity type; exists in the same tenant.';

create table type_lists (
  id                  int generated always as identity primary key,
  organization_id     int not null references organizations,
  list_code           text not null check (list_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  list_name           text not null check (char_length(list_name) between 1 and 100),
  labels              jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  category            text not null default 'GENERAL' check (category in ('PRODUCTION', 'QUALITY', 'MAINTENANCE', 'LOGISTICS', 'PROJECT', 'GENERAL')),
  description         text check (char_length(description) between 1 and 1000),
  is_system           boolean not null default false,
  allow_custom_values boolean not null default false,
  is_active           boolean not null default true,
  created_at          timestamptz not null default now(),
  created_by          int default app.actor(),
  updated_at          timestamptz not null default now(),
  updated_by          int default app.actor(),
  row_version         int not null default 1,
  constraint type_lists_id_key unique (organization_id, id),
  constraint type_lists_list_code_key unique (organization_id, list_code),
  constraint type_lists_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint type_lists_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table type_lists is
  'Tenant vocabularies (reason codes, defect types, …).';
comment on column type_lists.labels is 'Words by locale beside the default name.';
comment on column type_lists.is_system is 'Cannot be deleted or recoded.';
comment on column type_lists.allow_custom_values is 'People may add values while reporting.';
comment on column type_lists.list_code is 'SCRAP_REASON, REWORK_REASON, DOWNTIME_REASON … ; code names them.';
comment on column type_lists.list_name is 'As shown to the tenant''s administrators.';
comment on column type_lists.category is 'Where the list is offered for editing.';

create table type_list_values (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  type_list_id    int not null,
  value_code      text not null check (value_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  value_label     text not null check (char_length(value_label) between 1 and 100),
  labels          jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  description     text check (char_length(description) between 1 and 1000),
  parent_value_id int,
  attributes      jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  plant_id        int,
  display_order   int not null default 0,
  is_default      boolean not null default false,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint type_list_values_id_key unique (organization_id, id),
  constraint type_list_values_type_list_id_value_code_key unique (organization_id, type_list_id, value_code),
  constraint type_list_values_type_list_id_id_key unique (organization_id, type_list_id, id),
  constraint type_list_values_type_list_id_fkey foreign key (organization_id, type_list_id) references type_lists (organization_id, id),
  constraint type_list_values_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint type_list_values_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint type_list_values_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint type_list_values_parent_value_id_fkey foreign key (organization_id, type_list_id, parent_value_id) references type_list_values (organization_id, type_list_id, id)
);
create unique index type_list_values_type_list_id_key
  on type_list_values (organization_id, type_list_id) where is_default;
create index type_list_values_type_list_id_display_order_idx on type_list_values (organization_id, type_list_id, display_order) where is_active;
comment on table type_list_values is
  'Entries of a vocabulary.';
comment on column type_list_values.labels is 'Words by locale beside the default label: {"en": ..., "de": ...}.';
comment on column type_list_values.parent_value_id is 'Two-level reason trees.';
comment on column type_list_values.attributes is 'Colour, icon, oee_class, severity, requires_note.';
comment on column type_list_values.plant_id is 'NULL = all plants.';
comment on column type_list_values.is_default is 'Preselected; one per list.';
comment on column type_list_values.value_code is 'Never recoded: events point at it.';
comment on column type_list_values.type_list_id is 'Vocabulary it belongs to.';
comment on column type_list_values.value_label is 'Default word; see labels.';

create table workflows (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  workflow_code   text not null check (workflow_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  version         int not null default 1,
  workflow_name   text not null check (char_length(workflow_name) between 1 and 100),
  entity_type     text not null check (app.is_entity_type(entity_type)),
  status          text not null default 'DRAFT' check (status in ('DRAFT', 'ACTIVE', 'RETIRED')),
  config          jsonb not null default '{}' check (jsonb_typeof(config) = 'object'),
  is_system       boolean not null default false,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint workflows_id_key unique (organization_id, id),
  constraint workflows_workflow_code_version_key unique (organization_id, workflow_code, version),
  constraint workflows_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint workflows_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index workflows_entity_type_key
  on workflows (organization_id, entity_type) where status = 'ACTIVE';
comment on table workflows is
  'Configurable state machine for one entity type, by version.';
comment on column workflows.version is 'Running entities keep the states of their version.';
comment on column workflows.config is 'Settings of the engine for this workflow.';
comment on column workflows.entity_type is 'Kind of rows it moves; one ACTIVE workflow per kind.';

create table workflow_states (
  id                  int generated always as identity primary key,
  organization_id     int not null references organizations,
  workflow_id         int not null,
  state_code          text not null check (state_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  state_name          text not null check (char_length(state_name) between 1 and 100),
  labels              jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  state_type          text not null default 'INTERMEDIATE' check (state_type in ('INITIAL', 'INTERMEDIATE', 'FINAL', 'CANCELLED', 'REJECTED')),
  maps_to_status      text check (char_length(maps_to_status) between 1 and 50),
  sla_hours           int,
  escalation_hours    int,
  escalate_to_role_id int,
  editable_fields     text[],
  entry_actions       jsonb not null default '[]' check (jsonb_typeof(entry_actions) = 'array'),
  color               text check (char_length(color) between 1 and 7 and color ~ '^#[0-9A-Fa-f]{6}$'),
  display_order       int not null default 0,
  created_at          timestamptz not null default now(),
  created_by          int default app.actor(),
  updated_at          timestamptz not null default now(),
  updated_by          int default app.actor(),
  row_version         int not null default 1,
  constraint workflow_states_id_key unique (organization_id, id),
  constraint workflow_states_workflow_id_state_code_key unique (organization_id, workflow_id, state_code),
  constraint workflow_states_workflow_id_id_key unique (organization_id, workflow_id, id),
  constraint workflow_states_escalation_hours_sla_hours_check check (escalation_hours >= sla_hours),
  constraint workflow_states_workflow_id_fkey foreign key (organization_id, workflow_id) references workflows (organization_id, id) on delete cascade,
  constraint workflow_states_escalate_to_role_id_fkey foreign key (organization_id, escalate_to_role_id) references roles (organization_id, id),
  constraint workflow_states_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint workflow_states_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index workflow_states_workflow_id_key
  on workflow_states (organization_id, workflow_id) where state_type = 'INITIAL';
comment on table workflow_states is
  'States of a workflow.';
comment on column workflow_states.labels is 'Words by locale beside the default name.';
comment on column workflow_states.maps_to_status is 'Fixed status the entity takes.';
comment on column workflow_states.sla_hours is 'Time to leave the state.';
comment on column workflow_states.escalation_hours is 'Then escalate_to_role_id is told.';
comment on column workflow_states.editable_fields is 'Columns that may change in this state; NULL = all.';
comment on column workflow_states.entry_actions is 'What happens on entering.';
comment on column workflow_states.color is '#rrggbb.';
comment on column workflow_states.state_code is 'Unique in the workflow.';
comment on column workflow_states.state_name is 'Default word; see labels.';
comment on column workflow_states.state_type is 'One INITIAL per workflow; FINAL, CANCELLED and REJECTED end it.';
comment on column workflow_states.escalate_to_role_id is 'Who is told after escalation_hours.';

create table workflow_transitions (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  workflow_id       int not null,
  transition_code   text not null check (transition_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  transition_name   text not null check (char_length(transition_name) between 1 and 100),
  labels            jsonb not null default '{}' check (jsonb_typeof(labels) = 'object'),
  from_state_id     int not null,
  to_state_id       int not null,
  required_role_ids int[] not null default '{}',
  conditions        jsonb not null default '[]' check (jsonb_typeof(conditions) = 'array'),
  requires_comment  boolean not null default false,
  requires_approval boolean not null default false,
  approval_policy   jsonb,
  actions           jsonb not null default '[]' check (jsonb_typeof(actions) = 'array'),
  display_order     int not null default 0,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint workflow_transitions_id_key unique (organization_id, id),
  constraint workflow_transitions_workflow_id_transition_code_key unique (organization_id, workflow_id, transition_code),
  constraint workflow_transitions_workflow_id_from_state_id_to_state_id_key unique (organization_id, workflow_id, from_state_id, to_state_id),
  constraint workflow_transitions_workflow_id_id_key unique (organization_id, workflow_id, id),
  constraint workflow_transitions_from_state_id_to_state_id_check check (from_state_id <> to_state_id),
  constraint workflow_transitions_requires_approval_approval_policy_check check (not requires_approval or approval_policy is not null),
  constraint workflow_transitions_workflow_id_fkey foreign key (organization_id, workflow_id) references workflows (organization_id, id) on delete cascade,
  constraint workflow_transitions_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint workflow_transitions_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint workflow_transitions_from_state_id_fkey foreign key (organization_id, workflow_id, from_state_id) references workflow_states (organization_id, workflow_id, id),
  constraint workflow_transitions_to_state_id_fkey foreign key (organization_id, workflow_id, to_state_id) references workflow_states (organization_id, workflow_id, id)
);
comment on table workflow_transitions is
  'Allowed moves between states of the same workflow.';
comment on column workflow_transitions.labels is 'Words by locale beside the default name.';
comment on column workflow_transitions.conditions is 'Field, operator, value.';
comment on column workflow_transitions.approval_policy is 'Who, ANY/ALL, due_hours.';
comment on column workflow_transitions.required_role_ids is 'Any of these may trigger it; empty = everybody with the permission.';
comment on column workflow_transitions.actions is 'What happens on moving.';
comment on column workflow_transitions.requires_comment is 'The person must say why.';
comment on column workflow_transitions.transition_code is 'Unique in the workflow.';
comment on column workflow_transitions.transition_name is 'Default word on the button; see labels.';
comment on column workflow_transitions.from_state_id is 'State of the same workflow.';
comment on column workflow_transitions.to_state_id is 'State of the same workflow.';
comment on column workflow_transitions.requires_approval is 'Asks for approvals before it happens; see approval_policy.';

create table approvals (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  request_uid       uuid not null,
  step_no           smallint not null default 1,
  entity_type       text not null check (app.is_entity_type(entity_type)),
  entity_id         bigint not null,
  workflow_id       int,
  transition_id     int,
  title             text not null check (char_length(title) between 1 and 200),
  request_comment   text check (char_length(request_comment) between 1 and 2000),
  policy            text not null default 'ALL' check (policy in ('ANY', 'ALL')),
  approver_user_id  int,
  approver_role_id  int,
  plant_id          int,
  status            text not null default 'PENDING' check (status in ('PENDING', 'APPROVED', 'REJECTED', 'ESCALATED', 'CANCELLED', 'EXPIRED')),
  priority          text not null default 'MEDIUM' check (priority in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  requested_by      int not null,
  requested_at      timestamptz not null default now(),
  due_at            timestamptz,
  responded_by      int,
  responded_at      timestamptz,
  response_comment  text check (char_length(response_comment) between 1 and 2000),
  escalated_from_id int,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint approvals_id_key unique (organization_id, id),
  constraint approvals_request_uid_step_no_approver_user_approver_role_key unique nulls not distinct (organization_id, request_uid, step_no, approver_user_id, approver_role_id),
  constraint approvals_approver_user_id_approver_role_id_check check (num_nonnulls(approver_user_id, approver_role_id) = 1),
  constraint approvals_status_responded_at_check check ((status in ('APPROVED', 'REJECTED')) = (responded_at is not null)),
  constraint approvals_responded_at_responded_by_check check ((responded_at is null) = (responded_by is null)),
  constraint approvals_responded_by_requested_by_check check (responded_by <> requested_by),
  constraint approvals_status_response_comment_check check (status <> 'REJECTED' or response_comment is not null),
  constraint approvals_approver_user_id_fkey foreign key (organization_id, approver_user_id) references users (organization_id, id),
  constraint approvals_approver_role_id_fkey foreign key (organization_id, approver_role_id) references roles (organization_id, id),
  constraint approvals_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint approvals_requested_by_fkey foreign key (organization_id, requested_by) references users (organization_id, id),
  constraint approvals_responded_by_fkey foreign key (organization_id, responded_by) references users (organization_id, id),
  constraint approvals_escalated_from_id_fkey foreign key (organization_id, escalated_from_id) references approvals (organization_id, id),
  constraint approvals_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint approvals_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint approvals_transition_id_fkey foreign key (organization_id, workflow_id, transition_id) references workflow_transitions (organization_id, workflow_id, id)
);
create index approvals_approver_user_id_due_at_idx on approvals (organization_id, approver_user_id, due_at) where status = 'PENDING';
create index approvals_approver_role_id_due_at_idx on approvals (organization_id, approver_role_id, due_at) where status = 'PENDING';
create index approvals_entity_type_entity_id_idx on approvals (organization_id, entity_type, entity_id);
create index approvals_due_at_idx on approvals (organization_id, due_at) where status = 'PENDING';
comment on table approvals is
  'One person''s or role''s decision that is asked for.';
comment on column approvals.request_uid is 'Groups parallel approvers of one request.';
comment on column approvals.step_no is 'Steps follow each other; rows of a step are asked at once.';
comment on column approvals.policy is 'ALL of a step must agree, or ANY one.';
comment on column approvals.approver_role_id is 'Anybody holding this role at plant_id may answer; either this or a named user.';
comment on column approvals.escalated_from_id is 'The request that was not answered in time.';
comment on column approvals.workflow_id is 'Workflow the transition belongs to; NULL = asked for outside one.';
comment on column approvals.transition_id is 'Move that happens once the approvals are given.';
comment on column approvals.title is 'What is asked, in one line.';
comment on column approvals.request_comment is 'Why it is asked.';
comment on column approvals.approver_user_id is 'The named person; either this or a role.';
comment on column approvals.requested_by is 'Who asks; may not answer.';
comment on column approvals.requested_at is 'When it was asked.';
comment on column approvals.due_at is 'Escalated or expired after it.';
comment on column approvals.responded_by is 'Who answered: the named person, or a holder of the role.';
comment on column approvals.responded_at is 'When it was answered.';
comment on column approvals.response_comment is 'Needed to reject.';
comment on column approvals.plant_id is 'Plant at which approver_role_id must be held; NULL = only by an organization-wide grant.';

create table workflow_history (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  entity_type     text not null check (app.is_entity_type(entity_type)),
  entity_id       bigint not null,
  workflow_id     int,
  from_state_id   int,
  to_state_id     int,
  transition_id   int,
  approval_id     int,
  event_type      text not null check (event_type in ('STARTED', 'TRANSITION', 'APPROVAL_REQUESTED', 'APPROVAL_GRANTED', 'APPROVAL_REJECTED', 'ESCALATED', 'COMMENT', 'CANCELLED')),
  comment         text check (char_length(comment) between 1 and 2000),
  performed_by    int,
  occurred_at     timestamptz not null default now(),
  details         jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  recorded_at     timestamptz not null default now(),
  constraint workflow_history_id_key unique (organization_id, id),
  constraint workflow_history_event_type_from_state_id_check check (event_type <> 'TRANSITION' or (from_state_id is not null and to_state_id is not null)),
  constraint workflow_history_workflow_id_fkey foreign key (organization_id, workflow_id) references workflows (organization_id, id),
  constraint workflow_history_from_state_id_fkey foreign key (organization_id, from_state_id) references workflow_states (organization_id, id),
  constraint workflow_history_to_state_id_fkey foreign key (organization_id, to_state_id) references workflow_states (organization_id, id),
  constraint workflow_history_transition_id_fkey foreign key (organization_id, transition_id) references workflow_transitions (organization_id, id),
  constraint workflow_history_approval_id_fkey foreign key (organization_id, approval_id) references approvals (organization_id, id),
  constraint workflow_history_performed_by_fkey foreign key (organization_id, performed_by) references users (organization_id, id)
);
create index workflow_history_entity_type_entity_id_occurred_at_idx on workflow_history (organization_id, entity_type, entity_id, occurred_at desc);
create index workflow_history_performed_by_occurred_at_idx on workflow_history (organization_id, performed_by, occurred_at desc);
comment on table workflow_history is
  'Append-only trail of workflow events of an entity.';
comment on column workflow_history.performed_by is 'NULL = system.';
comment on column workflow_history.details is 'Values the move depended on.';
comment on column workflow_history.from_state_id is 'State left.';
comment on column workflow_history.to_state_id is 'State entered.';
comment on column workflow_history.transition_id is 'Move that was made.';
comment on column workflow_history.approval_id is 'Answer that caused it.';
comment on column workflow_history.event_type is 'What happened.';
comment on column workflow_history.comment is 'What the person said.';
comment on column workflow_history.occurred_at is 'When it happened.';

-- ============================================================================
-- 09 logistics
-- ============================================================================

create table shipments (
  id                   int generated always as identity primary key,
  organization_id      int not null,
  plant_id             int not null,
  shipment_number      text not null check (shipment_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  shipment_type        text not null check (shipment_type in ('INBOUND', 'OUTBOUND', 'TRANSFER', 'RETURN')),
  status               text not null default 'DRAFT' check (status in ('DRAFT', 'PACKED', 'SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'RETURNED', 'CANCELLED')),
  project_id           int,
  partner_code         text check (char_length(partner_code) between 1 and 100),
  partner_name         text check (char_length(partner_name) between 1 and 255),
  destination_plant_id int,
  destination_address  text check (char_length(destination_address) between 1 and 1000),
  carrier_name         text check (char_length(carrier_name) between 1 and 100),
  tracking_number      text check (char_length(tracking_number) between 1 and 100),
  shipping_method      text not null default 'GROUND' check (shipping_method in ('GROUND', 'AIR', 'SEA', 'COURIER', 'PICKUP')),
  planned_ship_at      timestamptz,
  shipped_at           timestamptz,
  shipped_by           int,
  planned_delivery_at  timestamptz,
  delivered_at         timestamptz,
  packed_at            timestamptz,
  packed_by            int,
  total_weight         numeric(18,4) check (total_weight >= 0),
  weight_unit_id       int,
  total_volume         numeric(18,4) check (total_volume >= 0),
  volume_unit_id       int,
  freight_cost         numeric(18,4) not null default 0 check (freight_cost >= 0),
  ncr_id               int,
  notes                text check (char_length(notes) between 1 and 4000),
  workflow_state_id    int,
  created_at           timestamptz not null default now(),
  created_by           int default app.actor(),
  updated_at           timestamptz not null default now(),
  updated_by           int default app.actor(),
  row_version          int not null default 1,
  constraint shipments_id_key unique (organization_id, id),
  constraint shipments_plant_id_id_key unique (organization_id, plant_id, id),
  constraint shipments_shipment_number_key unique (organization_id, shipment_number),
  constraint shipments_shipment_type_destination_plant_id_check check (shipment_type <> 'TRANSFER' or (destination_plant_id is not null and destination_plant_id <> plant_id)),
  constraint shipments_status_shipped_at_check check (status not in ('SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'RETURNED') or shipped_at is not null),
  constraint shipments_status_delivered_at_check check (status <> 'DELIVERED' or delivered_at is not null),
  constraint shipments_delivered_at_shipped_at_check check (delivered_at >= shipped_at),
  constraint shipments_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint shipments_project_id_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
  constraint shipments_destination_plant_id_fkey foreign key (organization_id, destination_plant_id) references plants (organization_id, id),
  constraint shipments_shipped_by_fkey foreign key (organization_id, shipped_by) references users (organization_id, id),
  constraint shipments_packed_by_fkey foreign key (organization_id, packed_by) references users (organization_id, id),
  constraint shipments_weight_unit_id_fkey foreign key (organization_id, weight_unit_id) references units_of_measure (organization_id, id),
  constraint shipments_volume_unit_id_fkey foreign key (organization_id, volume_unit_id) references units_of_measure (organization_id, id),
  constraint shipments_ncr_id_fkey foreign key (organization_id, ncr_id) references ncrs (organization_id, id),
  constraint shipments_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id),
  constraint shipments_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint shipments_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index shipments_plant_id_status_planned_ship_at_idx on shipments (organization_id, plant_id, status, planned_ship_at);
create index shipments_tracking_number_idx on shipments (organization_id, tracking_number);
create index shipments_planned_delivery_at_idx on shipments (organization_id, planned_delivery_at) where status in ('SHIPPED', 'IN_TRANSIT');
comment on table shipments is
  'Inbound, outbound, transfer or return consignment.';
comment on column shipments.partner_name is 'Customer or supplier, as on the papers.';
comment on column shipments.ncr_id is 'Report whose pieces are returned to the supplier.';
comment on column shipments.status is 'A delay is derived from dates, not stored.';
comment on column shipments.partner_code is 'Customer or supplier in the ERP.';
comment on column shipments.shipment_type is 'INBOUND from a supplier, OUTBOUND to a customer, TRANSFER to another plant, RETURN to a supplier.';
comment on column shipments.destination_plant_id is 'Of a TRANSFER.';
comment on column shipments.destination_address is 'Where it goes, unless to a plant of ours.';
comment on column shipments.carrier_name is 'Who carries it; not needed for PICKUP.';
comment on column shipments.tracking_number is 'As the carrier gives it.';
comment on column shipments.shipping_method is 'How it travels.';
comment on column shipments.planned_ship_at is 'When it should leave.';
comment on column shipments.shipped_at is 'When it left.';
comment on column shipments.shipped_by is 'Who sent it.';
comment on column shipments.planned_delivery_at is 'When it should arrive.';
comment on column shipments.delivered_at is 'When it arrived.';
comment on column shipments.packed_at is 'When everything was packed.';
comment on column shipments.packed_by is 'Who packed it.';
comment on column shipments.total_weight is 'In weight_unit_id.';
comment on column shipments.weight_unit_id is 'Unit of total_weight.';
comment on column shipments.total_volume is 'In volume_unit_id.';
comment on column shipments.volume_unit_id is 'Unit of total_volume.';
comment on column shipments.freight_cost is 'In the tenant''s currency.';

create table shipment_items (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  shipment_id     int not null,
  line_number     int not null check (line_number > 0),
  material_id     int,
  description     text check (char_length(description) between 1 and 200),
  work_order_id   int,
  lot_batch_id    int,
  quantity        numeric(18,4) not null check (quantity > 0),
  packed_quantity numeric(18,4) not null default 0 check (packed_quantity >= 0),
  unit_id         int not null,
  package_number  text check (char_length(package_number) between 1 and 50),
  package_type_id int,
  weight          numeric(18,4) check (weight >= 0),
  is_packed       boolean generated always as ((packed_quantity >= quantity)) stored not null,
  packed_at       timestamptz,
  packed_by       int,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint shipment_items_id_key unique (organization_id, id),
  constraint shipment_items_shipment_id_line_number_key unique (organization_id, shipment_id, line_number),
  constraint shipment_items_packed_quantity_quantity_check check (packed_quantity <= quantity),
  constraint shipment_items_material_id_description_check check (num_nonnulls(material_id, description) >= 1),
  constraint shipment_items_shipment_id_fkey foreign key (organization_id, shipment_id) references shipments (organization_id, id) on delete cascade,
  constraint shipment_items_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint shipment_items_work_order_id_fkey foreign key (organization_id, work_order_id) references work_orders (organization_id, id),
  constraint shipment_items_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint shipment_items_package_type_id_fkey foreign key (organization_id, package_type_id) references type_list_values (organization_id, id),
  constraint shipment_items_packed_by_fkey foreign key (organization_id, packed_by) references users (organization_id, id),
  constraint shipment_items_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint shipment_items_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index shipment_items_lot_batch_id_idx on shipment_items (organization_id, lot_batch_id);
create index shipment_items_material_id_idx on shipment_items (organization_id, material_id);
comment on table shipment_items is
  'Lines of a shipment.';
comment on column shipment_items.is_packed is 'Packed at least what is asked.';
comment on column shipment_items.description is 'Instead of a material.';
comment on column shipment_items.work_order_id is 'Order the goods come from.';
comment on column shipment_items.quantity is 'To be shipped.';
comment on column shipment_items.packed_quantity is 'Of quantity, already packed.';
comment on column shipment_items.package_number is 'Package the line lies in.';
comment on column shipment_items.package_type_id is 'Value of the list PACKAGE_TYPE.';
comment on column shipment_items.weight is 'In the shipment''s weight unit.';
comment on column shipment_items.packed_at is 'When it was packed.';
comment on column shipment_items.packed_by is 'Who packed it.';

create table barcode_labels (
  id              int generated always as identity primary key,
  organization_id int not null,
  plant_id        int not null,
  label_code      text not null check (label_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  barcode_value   text not null check (char_length(barcode_value) between 1 and 500),
  symbology       text not null check (symbology in ('CODE128', 'CODE39', 'EAN13', 'UPC_A', 'QR_CODE', 'DATA_MATRIX')),
  entity_type     text not null check (app.is_entity_type(entity_type)),
  entity_id       bigint not null,
  label_format    text not null default 'ZPL' check (label_format in ('PDF', 'PNG', 'SVG', 'ZPL')),
  label_size      text not null default '4x6' check (char_length(label_size) between 1 and 20),
  template_code   text check (char_length(template_code) between 1 and 50),
  file_id         int,
  print_count     int not null default 0 check (print_count >= 0),
  last_printed_at timestamptz,
  printed_by      int,
  valid_until     timestamptz,
  is_active       boolean not null default true,
  uid             uuid not null default gen_random_uuid(),
  device_id       int,
  device_seq      bigint,
  recorded_at     timestamptz not null default now(),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint barcode_labels_id_key unique (organization_id, id),
  constraint barcode_labels_plant_id_id_key unique (organization_id, plant_id, id),
  constraint barcode_labels_uid_key unique (organization_id, uid),
  constraint barcode_labels_label_code_key unique (organization_id, label_code),
  constraint barcode_labels_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint barcode_labels_printed_by_fkey foreign key (organization_id, printed_by) references users (organization_id, id),
  constraint barcode_labels_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint barcode_labels_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index barcode_labels_barcode_value_key
  on barcode_labels (organization_id, barcode_value) where is_active;
create index barcode_labels_entity_type_entity_id_idx on barcode_labels (organization_id, entity_type, entity_id);
comment on table barcode_labels is
  'Codes that were issued and what they stand for.';
comment on column barcode_labels.barcode_value is 'One active meaning per value, so a scan resolves offline; carries a check part.';
comment on column barcode_labels.template_code is 'Layout it is printed with.';
comment on column barcode_labels.label_size is 'Inches, width x height.';
comment on column barcode_labels.label_code is 'Number of the label itself.';
comment on column barcode_labels.symbology is 'How the value is drawn.';
comment on column barcode_labels.label_format is 'What the printer gets.';
comment on column barcode_labels.file_id is 'The drawn label.';
comment on column barcode_labels.print_count is 'How often it was printed.';
comment on column barcode_labels.last_printed_at is 'When it was printed last.';
comment on column barcode_labels.printed_by is 'Who printed it last.';
comment on column barcode_labels.valid_until is 'A scan after it no longer resolves.';

create table qr_code_scans (
  id              bigint generated always as identity,
  organization_id int not null,
  plant_id        int not null,
  scanned_at      timestamptz not null,
  scanned_value   text not null check (char_length(scanned_value) between 1 and 2000),
  symbology       text check (symbology in ('CODE128', 'CODE39', 'EAN13', 'UPC_A', 'QR_CODE', 'DATA_MATRIX', 'OTHER')),
  resolution      text not null check (resolution in ('RESOLVED', 'PARTIAL', 'NOT_FOUND', 'AMBIGUOUS', 'DUPLICATE', 'ERROR')),
  entity_type     text check (app.is_entity_type(entity_type)),
  entity_id       bigint,
  purpose         text not null check (purpose in ('LOOKUP', 'LOGIN', 'PRODUCTION', 'INSPECTION', 'CONSUMPTION', 'RECEIVING', 'SHIPPING', 'COUNTING', 'HANDOVER')),
  scanned_by      int,
  work_order_id   int,
  shipment_id     int,
  work_center_id  int,
  input           text not null default 'CAMERA' check (input in ('CAMERA', 'WEDGE', 'MANUAL')),
  decode_ms       int check (decode_ms >= 0),
  error_message   text check (char_length(error_message) between 1 and 500),
  payload         jsonb,
  uid             uuid not null default gen_random_uuid(),
  device_id       int,
  device_seq      bigint,
  device_time     timestamptz,
  time_quality    text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at     timestamptz not null default now(),
  constraint qr_code_scans_pkey primary key (id, scanned_at),
  constraint qr_code_scans_uid_key unique (organization_id, uid, scanned_at),
  constraint qr_code_scans_resolution_entity_type_check check ((resolution = 'RESOLVED') <= (entity_type is not null and entity_id is not null)),
  constraint qr_code_scans_scanned_at_recorded_at_check check (scanned_at <= recorded_at + interval '10 minutes'),
  constraint qr_code_scans_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint qr_code_scans_scanned_by_fkey foreign key (organization_id, scanned_by) references users (organization_id, id),
  constraint qr_code_scans_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint qr_code_scans_shipment_id_fkey foreign key (organization_id, plant_id, shipment_id) references shipments (organization_id, plant_id, id),
  constraint qr_code_scans_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id)
);
select create_hypertable('qr_code_scans', 'scanned_at', chunk_time_interval => interval '7 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
create index qr_code_scans_scanned_value_scanned_at_idx on qr_code_scans (organization_id, scanned_value, scanned_at desc);
create index qr_code_scans_plant_id_scanned_at_idx on qr_code_scans (organization_id, plant_id, scanned_at desc);
create index qr_code_scans_entity_type_entity_id_scanned_at_idx on qr_code_scans (organization_id, entity_type, entity_id, scanned_at desc) where entity_id is not null;
create index qr_code_scans_scanned_by_scanned_at_idx on qr_code_scans (organization_id, scanned_by, scanned_at desc);
comment on table qr_code_scans is
  'Every scan and how it resolved.';
comment on column qr_code_scans.scanned_by is 'NULL before sign-in.';
comment on column qr_code_scans.scanned_at is 'When it was scanned; the partition column.';
comment on column qr_code_scans.scanned_value is 'As read. For purpose LOGIN the hash of the badge, never its content.';
comment on column qr_code_scans.resolution is 'What it was understood as.';
comment on column qr_code_scans.input is 'How it came in.';
comment on column qr_code_scans.decode_ms is 'Time from picture to text.';
comment on column qr_code_scans.symbology is 'Kind of code; NULL = typed by hand.';
comment on column qr_code_scans.purpose is 'What the person was about to do.';
comment on column qr_code_scans.error_message is 'Why it was not understood, as shown.';
comment on column qr_code_scans.payload is 'Parts of the code: GS1 fields, serial, lot.';
comment on column qr_code_scans.work_center_id is 'Area of the terminal.';
comment on column qr_code_scans.work_order_id is 'Order it was scanned for.';
comment on column qr_code_scans.shipment_id is 'Shipment it was scanned for.';

-- ============================================================================
-- 10 reporting
-- ============================================================================

create table reports (
  id                int generated always as identity primary key,
  organization_id   int not null references organizations,
  report_code       text not null check (report_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  report_name       text not null check (char_length(report_name) between 1 and 200),
  report_type       text not null default 'CUSTOM' check (report_type in ('KPI', 'CUSTOM', 'SCHEDULED', 'AD_HOC')),
  category          text not null default 'CUSTOM' check (category in ('PRODUCTION', 'QUALITY', 'INVENTORY', 'MAINTENANCE', 'LOGISTICS', 'TRACEABILITY', 'CUSTOM')),
  query_definition  jsonb not null,
  display_config    jsonb not null default '{}' check (jsonb_typeof(display_config) = 'object'),
  schedule_cron     text check (char_length(schedule_cron) between 1 and 100),
  schedule_timezone text check (char_length(schedule_timezone) between 1 and 64),
  export_formats    text[] not null default '{CSV}' check (export_formats <@ '{CSV,XLSX,PDF,JSON}'),
  recipients        text[] not null default '{}',
  owner_user_id     int not null,
  visibility        text not null default 'PRIVATE' check (visibility in ('PRIVATE', 'SHARED', 'ORGANIZATION')),
  shared_role_ids   int[] not null default '{}',
  is_system         boolean not null default false,
  is_active         boolean not null default true,
  next_run_at       timestamptz,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint reports_id_key unique (organization_id, id),
  constraint reports_report_code_key unique (organization_id, report_code),
  constraint reports_report_type_schedule_cron_check check (report_type <> 'SCHEDULED' or (schedule_cron is not null and schedule_timezone is not null)),
  constraint reports_owner_user_id_fkey foreign key (organization_id, owner_user_id) references users (organization_id, id),
  constraint reports_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint reports_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index reports_owner_user_id_idx on reports (organization_id, owner_user_id);
create index reports_next_run_at_idx on reports (organization_id, next_run_at) where is_active and schedule_cron is not null;
comment on table reports is
  'Saved report definitions.';
comment on column reports.query_definition is 'Data source from a whitelist, columns, filters, aggregations; never SQL.';
comment on column reports.visibility is 'SHARED = the roles in shared_role_ids.';
comment on column reports.recipients is 'E-mail addresses of scheduled runs.';
comment on column reports.report_type is 'KPI = given by the release; SCHEDULED needs a cron line and a zone.';
comment on column reports.category is 'Where it is listed.';
comment on column reports.display_config is 'How the result is drawn.';
comment on column reports.schedule_cron is 'Five fields, in schedule_timezone.';
comment on column reports.schedule_timezone is 'IANA name.';
comment on column reports.export_formats is 'Files a run may make.';
comment on column reports.next_run_at is 'When the scheduler runs it next.';

create table report_executions (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  report_id       int not null,
  status          text not null default 'PENDING' check (status in ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  trigger_type    text not null check (trigger_type in ('MANUAL', 'SCHEDULED', 'API')),
  triggered_by    int,
  parameters      jsonb not null default '{}' check (jsonb_typeof(parameters) = 'object'),
  export_format   text check (export_format in ('CSV', 'XLSX', 'PDF', 'JSON')),
  row_count       int,
  result_data     jsonb check (octet_length(result_data::text) <= 262144),
  file_id         int,
  started_at      timestamptz,
  completed_at    timestamptz,
  error_message   text check (char_length(error_message) between 1 and 2000),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint report_executions_id_key unique (organization_id, id),
  constraint report_executions_status_completed_at_check check (status <> 'COMPLETED' or completed_at is not null),
  constraint report_executions_completed_at_started_at_check check (completed_at >= started_at),
  constraint report_executions_report_id_fkey foreign key (organization_id, report_id) references reports (organization_id, id),
  constraint report_executions_triggered_by_fkey foreign key (organization_id, triggered_by) references users (organization_id, id),
  constraint report_executions_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint report_executions_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index report_executions_report_id_id_idx on report_executions (organization_id, report_id, id desc);
create index report_executions_status_idx on report_executions (organization_id, status) where status in ('PENDING', 'RUNNING');
comment on table report_executions is
  'Runs of a report and their results.';
comment on column report_executions.result_data is '≤ 256 kB.';
comment on column report_executions.file_id is 'Results too large for result_data.';
comment on column report_executions.trigger_type is 'What started the run.';
comment on column report_executions.triggered_by is 'Who started it; NULL = the schedule.';
comment on column report_executions.parameters is 'Filters of this run.';
comment on column report_executions.export_format is 'File the run makes; NULL = none.';
comment on column report_executions.row_count is 'Rows of the result.';
comment on column report_executions.started_at is 'When it began to run.';
comment on column report_executions.completed_at is 'When it ended.';

create table dashboards (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  dashboard_code  text not null check (dashboard_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  dashboard_name  text not null check (char_length(dashboard_name) between 1 and 200),
  dashboard_type  text not null default 'CUSTOM' check (dashboard_type in ('OVERVIEW', 'PRODUCTION', 'QUALITY', 'INVENTORY', 'MAINTENANCE', 'ANDON', 'CUSTOM')),
  layout          jsonb not null,
  default_filters jsonb not null default '{}' check (jsonb_typeof(default_filters) = 'object'),
  refresh_seconds int check (refresh_seconds >= 10),
  owner_user_id   int not null,
  visibility      text not null default 'PRIVATE' check (visibility in ('PRIVATE', 'SHARED', 'ORGANIZATION')),
  shared_role_ids int[] not null default '{}',
  plant_id        int,
  is_default      boolean not null default false,
  is_system       boolean not null default false,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint dashboards_id_key unique (organization_id, id),
  constraint dashboards_dashboard_code_key unique (organization_id, dashboard_code),
  constraint dashboards_owner_user_id_fkey foreign key (organization_id, owner_user_id) references users (organization_id, id),
  constraint dashboards_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint dashboards_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint dashboards_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index dashboards_plant_id_dashboard_type_key
  on dashboards (organization_id, plant_id, dashboard_type) nulls not distinct where is_default;
comment on table dashboards is
  'Saved widget layouts.';
comment on column dashboards.layout is 'Grid and widgets in one document.';
comment on column dashboards.visibility is 'SHARED = the roles in shared_role_ids.';
comment on column dashboards.dashboard_type is 'What it is for; ANDON boards hang in the hall.';
comment on column dashboards.default_filters is 'Proposed when it is opened.';
comment on column dashboards.refresh_seconds is 'How often it asks anew; NULL = only when told.';
comment on column dashboards.is_default is 'Opened first; one per plant and type.';
comment on column dashboards.plant_id is 'NULL = all plants.';

-- ============================================================================
-- 11 traceability
-- ============================================================================

create table lot_batches (
  id                  int generated always as identity primary key,
  organization_id     int not null,
  plant_id            int not null,
  lot_number          text not null check (char_length(lot_number) between 1 and 100),
  lot_number_key      text generated always as (lower(lot_number)) stored not null,
  material_id         int not null,
  supplier_lot_number text check (char_length(supplier_lot_number) between 1 and 100),
  supplier_name       text check (char_length(supplier_name) between 1 and 255),
  source_type         text not null check (source_type in ('PURCHASED', 'MANUFACTURED', 'RETURNED', 'ADJUSTED', 'TRANSFERRED')),
  work_order_id       int,
  source_shipment_id  int,
  initial_quantity    numeric(18,4) not null check (initial_quantity > 0),
  current_quantity    numeric(18,4) not null check (current_quantity >= 0),
  reserved_quantity   numeric(18,4) not null default 0 check (reserved_quantity >= 0),
  unit_id             int not null,
  unit_cost           numeric(18,4) check (unit_cost >= 0),
  produced_on         date,
  received_on         date,
  expires_on          date,
  retest_on           date,
  quality_status      text not null default 'PENDING' check (quality_status in ('PENDING', 'RELEASED', 'QUARANTINE', 'REJECTED', 'EXPIRED')),
  certificate_file_id int,
  location            text check (char_length(location) between 1 and 100),
  bin                 text check (char_length(bin) between 1 and 50),
  attributes          jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  is_depleted         boolean generated always as ((current_quantity = 0)) stored not null,
  uid                 uuid not null default gen_random_uuid(),
  device_id           int,
  device_seq          bigint,
  recorded_at         timestamptz not null default now(),
  created_at          timestamptz not null default now(),
  created_by          int default app.actor(),
  updated_at          timestamptz not null default now(),
  updated_by          int default app.actor(),
  row_version         int not null default 1,
  constraint lot_batches_id_key unique (organization_id, id),
  constraint lot_batches_plant_id_id_key unique (organization_id, plant_id, id),
  constraint lot_batches_uid_key unique (organization_id, uid),
  constraint lot_batches_lot_number_key unique (organization_id, lot_number),
  constraint lot_batches_reserved_quantity_current_quantity_check check (reserved_quantity <= current_quantity),
  constraint lot_batches_source_type_work_order_id_check check (source_type <> 'MANUFACTURED' or work_order_id is not null),
  constraint lot_batches_retest_on_expires_on_check check (retest_on <= expires_on),
  constraint lot_batches_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint lot_batches_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint lot_batches_work_order_id_fkey foreign key (organization_id, work_order_id) references work_orders (organization_id, id),
  constraint lot_batches_source_shipment_id_fkey foreign key (organization_id, source_shipment_id) references shipments (organization_id, id),
  constraint lot_batches_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint lot_batches_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint lot_batches_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index lot_batches_material_id_expires_on_received_on_idx on lot_batches (organization_id, material_id, expires_on nulls last, received_on) where quality_status = 'RELEASED' and current_quantity > 0;
create index lot_batches_expires_on_idx on lot_batches (organization_id, expires_on) where current_quantity > 0;
create index lot_batches_work_order_id_idx on lot_batches (organization_id, work_order_id);
create index lot_batches_lot_number_key_idx on lot_batches (organization_id, lot_number_key text_pattern_ops);
comment on table lot_batches is
  'A quantity of one material with one origin; carries stock in this schema.';
comment on column lot_batches.unit_cost is 'Layer for FIFO/LIFO/average.';
comment on column lot_batches.attributes is 'Heat number ….';
comment on column lot_batches.current_quantity is 'Changes only together with a genealogy record.';
comment on column lot_batches.reserved_quantity is 'Promised to orders; at most current.';
comment on column lot_batches.quality_status is 'Changes only together with a genealogy record; only RELEASED is consumed or shipped.';
comment on column lot_batches.supplier_lot_number is 'As the supplier prints it.';
comment on column lot_batches.retest_on is 'Inspect again from then on.';
comment on column lot_batches.is_depleted is 'Nothing left.';
comment on column lot_batches.source_shipment_id is 'Shipment it came with.';
comment on column lot_batches.lot_number_key is 'Normalised for prefix search with starts_with.';
comment on column lot_batches.lot_number is 'As printed on the label; unique in the organization.';
comment on column lot_batches.supplier_name is 'Who delivered it.';
comment on column lot_batches.source_type is 'How it came into stock; MANUFACTURED names its order.';
comment on column lot_batches.work_order_id is 'Order that made it.';
comment on column lot_batches.initial_quantity is 'At its beginning.';
comment on column lot_batches.produced_on is 'Plant-local day.';
comment on column lot_batches.received_on is 'Plant-local day; FIFO takes the oldest first.';
comment on column lot_batches.expires_on is 'Last day of use; FEFO takes the earliest first.';
comment on column lot_batches.certificate_file_id is 'Material certificate.';
comment on column lot_batches.location is 'Where it lies.';
comment on column lot_batches.bin is 'Place within location.';

create table serial_numbers (
  id                int generated always as identity primary key,
  organization_id   int not null,
  plant_id          int not null,
  serial_number     text not null check (char_length(serial_number) between 1 and 100),
  serial_number_key text generated always as (lower(serial_number)) stored not null,
  material_id       int not null,
  lot_batch_id      int,
  work_order_id     int,
  produced_on       date,
  status            text not null default 'CREATED' check (status in ('CREATED', 'IN_STOCK', 'RESERVED', 'SHIPPED', 'INSTALLED', 'IN_SERVICE', 'RETURNED', 'CONSUMED', 'SCRAPPED')),
  quality_status    text not null default 'PENDING' check (quality_status in ('PENDING', 'RELEASED', 'QUARANTINE', 'REJECTED')),
  location          text check (char_length(location) between 1 and 200),
  shipment_item_id  int,
  customer_code     text check (char_length(customer_code) between 1 and 100),
  customer_name     text check (char_length(customer_name) between 1 and 255),
  shipped_on        date,
  installed_on      date,
  installed_at_site text check (char_length(installed_at_site) between 1 and 200),
  warranty_from     date,
  warranty_to       date,
  attributes        jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  uid               uuid not null default gen_random_uuid(),
  device_id         int,
  device_seq        bigint,
  recorded_at       timestamptz not null default now(),
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint serial_numbers_id_key unique (organization_id, id),
  constraint serial_numbers_plant_id_id_key unique (organization_id, plant_id, id),
  constraint serial_numbers_uid_key unique (organization_id, uid),
  constraint serial_numbers_serial_number_key unique (organization_id, serial_number),
  constraint serial_numbers_status_shipment_item_id_check check (status <> 'SHIPPED' or (shipment_item_id is not null and quality_status = 'RELEASED')),
  constraint serial_numbers_warranty_to_warranty_from_check check (warranty_to >= warranty_from),
  constraint serial_numbers_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint serial_numbers_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint serial_numbers_lot_batch_id_fkey foreign key (organization_id, lot_batch_id) references lot_batches (organization_id, id),
  constraint serial_numbers_work_order_id_fkey foreign key (organization_id, work_order_id) references work_orders (organization_id, id),
  constraint serial_numbers_shipment_item_id_fkey foreign key (organization_id, shipment_item_id) references shipment_items (organization_id, id),
  constraint serial_numbers_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint serial_numbers_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index serial_numbers_material_id_status_idx on serial_numbers (organization_id, material_id, status);
create index serial_numbers_lot_batch_id_idx on serial_numbers (organization_id, lot_batch_id);
create index serial_numbers_work_order_id_idx on serial_numbers (organization_id, work_order_id);
create index serial_numbers_shipment_item_id_idx on serial_numbers (organization_id, shipment_item_id);
create index serial_numbers_customer_code_idx on serial_numbers (organization_id, customer_code);
create index serial_numbers_serial_number_key_idx on serial_numbers (organization_id, serial_number_key text_pattern_ops);
comment on table serial_numbers is
  'One identified unit.';
comment on column serial_numbers.status is 'CREATED = printed but not yet stock; CONSUMED = built into another unit.';
comment on column serial_numbers.shipment_item_id is 'Line it was shipped with.';
comment on column serial_numbers.attributes is 'Customer- or product-specific facts.';
comment on column serial_numbers.serial_number_key is 'Normalised for prefix search with starts_with.';
comment on column serial_numbers.serial_number is 'As printed on the unit; unique in the organization.';
comment on column serial_numbers.lot_batch_id is 'Lot it was made in.';
comment on column serial_numbers.work_order_id is 'Order that made it.';
comment on column serial_numbers.produced_on is 'Plant-local day.';
comment on column serial_numbers.quality_status is 'Only RELEASED units are shipped.';
comment on column serial_numbers.location is 'Where it is.';
comment on column serial_numbers.customer_code is 'Customer in the ERP.';
comment on column serial_numbers.customer_name is 'Who has it.';
comment on column serial_numbers.shipped_on is 'Day it left.';
comment on column serial_numbers.installed_on is 'Day it was put up at the customer''s.';
comment on column serial_numbers.installed_at_site is 'Where it was put up.';
comment on column serial_numbers.warranty_from is 'First day of warranty.';
comment on column serial_numbers.warranty_to is 'Last day of warranty.';

create table traceability_links (
  id                bigint generated always as identity primary key,
  organization_id   int not null references organizations,
  linked_at         timestamptz not null,
  parent_lot_id     int,
  parent_serial_id  int,
  child_lot_id      int,
  child_serial_id   int,
  relationship_type text not null check (relationship_type in ('CONSUMED_IN', 'ASSEMBLED_INTO', 'PACKAGED_WITH', 'DERIVED_FROM', 'SPLIT_FROM', 'MERGED_INTO')),
  quantity_used     numeric(18,4) check (quantity_used >= 0),
  unit_id           int,
  work_order_id     int,
  operation_id      int,
  linked_by         int,
  voided_at         timestamptz,
  voided_by         int,
  void_reason       text check (char_length(void_reason) between 1 and 500),
  uid               uuid not null default gen_random_uuid(),
  device_id         int,
  device_seq        bigint,
  device_time       timestamptz,
  time_quality      text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at       timestamptz not null default now(),
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint traceability_links_id_key unique (organization_id, id),
  constraint traceability_links_uid_key unique (organization_id, uid),
  constraint traceability_links_parent_lot_id_parent_serial_id_check check (num_nonnulls(parent_lot_id, parent_serial_id) = 1),
  constraint traceability_links_child_lot_id_child_serial_id_check check (num_nonnulls(child_lot_id, child_serial_id) = 1 or (num_nonnulls(child_lot_id, child_serial_id) = 0 and work_order_id is not null)),
  constraint traceability_links_parent_lot_id_child_lot_id_check check (parent_lot_id <> child_lot_id),
  constraint traceability_links_parent_serial_id_child_serial_id_check check (parent_serial_id <> child_serial_id),
  constraint traceability_links_parent_lot_id_quantity_used_check check (parent_lot_id is null or (coalesce(quantity_used, 0) > 0 and unit_id is not null)),
  constraint traceability_links_voided_at_voided_by_check check (num_nonnulls(voided_at, voided_by, void_reason) in (0, 3)),
  constraint traceability_links_linked_at_recorded_at_check check (linked_at <= recorded_at + interval '10 minutes'),
  constraint traceability_links_parent_lot_id_fkey foreign key (organization_id, parent_lot_id) references lot_batches (organization_id, id),
  constraint traceability_links_parent_serial_id_fkey foreign key (organization_id, parent_serial_id) references serial_numbers (organization_id, id),
  constraint traceability_links_child_lot_id_fkey foreign key (organization_id, child_lot_id) references lot_batches (organization_id, id),
  constraint traceability_links_child_serial_id_fkey foreign key (organization_id, child_serial_id) references serial_numbers (organization_id, id),
  constraint traceability_links_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint traceability_links_work_order_id_fkey foreign key (organization_id, work_order_id) references work_orders (organization_id, id),
  constraint traceability_links_operation_id_fkey foreign key (organization_id, operation_id) references work_order_operations (organization_id, id),
  constraint traceability_links_linked_by_fkey foreign key (organization_id, linked_by) references users (organization_id, id),
  constraint traceability_links_voided_by_fkey foreign key (organization_id, voided_by) references users (organization_id, id),
  constraint traceability_links_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint traceability_links_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index traceability_links_parent_serial_id_key
  on traceability_links (organization_id, parent_serial_id) where relationship_type = 'ASSEMBLED_INTO' and voided_at is null;
create index traceability_links_parent_lot_id_idx on traceability_links (organization_id, parent_lot_id);
create index traceability_links_parent_serial_id_idx on traceability_links (organization_id, parent_serial_id);
create index traceability_links_child_lot_id_idx on traceability_links (organization_id, child_lot_id);
create index traceability_links_child_serial_id_idx on traceability_links (organization_id, child_serial_id);
create index traceability_links_work_order_id_idx on traceability_links (organization_id, work_order_id);
comment on table traceability_links is
  'Parent (used) → child (made): the genealogy graph.';
comment on column traceability_links.linked_at is 'When it was used.';
comment on column traceability_links.relationship_type is 'A serial sits in one assembly at a time.';
comment on column traceability_links.child_lot_id is 'May be still unknown: consumption into an order is closed when its output exists.';
comment on column traceability_links.quantity_used is 'In unit_id; required for lots.';
comment on column traceability_links.voided_at is 'A wrong link is voided with who and why, never deleted.';
comment on column traceability_links.parent_lot_id is 'Lot that was used; either this or parent_serial_id.';
comment on column traceability_links.parent_serial_id is 'Unit that was used; either this or parent_lot_id.';
comment on column traceability_links.child_serial_id is 'Unit it went into; at most one child.';
comment on column traceability_links.work_order_id is 'Order it was used for.';
comment on column traceability_links.operation_id is 'Step it was used at.';
comment on column traceability_links.linked_by is 'Who reported it.';
comment on column traceability_links.voided_by is 'Who declared it wrong.';
comment on column traceability_links.void_reason is 'Why it is wrong.';
comment on column traceability_links.unit_id is 'Unit of quantity_used.';

create table genealogy_records (
  id               bigint generated always as identity,
  organization_id  int not null references organizations,
  occurred_at      timestamptz not null,
  lot_batch_id     int,
  serial_number_id int,
  operation_type   text not null check (operation_type in ('CREATED', 'RECEIVED', 'INSPECTED', 'RELEASED', 'QUARANTINED', 'REJECTED', 'RESERVED', 'UNRESERVED', 'CONSUMED', 'PRODUCED', 'SPLIT', 'MERGED', 'SHIPPED', 'INSTALLED', 'RETURNED', 'SCRAPPED', 'ADJUSTED', 'TRANSFERRED', 'LOCATION_CHANGED', 'EXPIRED', 'LINK_VOIDED')),
  quantity_change  numeric(18,4) not null default 0,
  quantity_after   numeric(18,4) check (quantity_after >= 0),
  unit_id          int,
  status_before    text check (char_length(status_before) between 1 and 50),
  status_after     text check (char_length(status_after) between 1 and 50),
  location_before  text check (char_length(location_before) between 1 and 200),
  location_after   text check (char_length(location_after) between 1 and 200),
  work_order_id    int,
  shipment_id      int,
  link_id          bigint,
  performed_by     int,
  details          jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  uid              uuid not null default gen_random_uuid(),
  device_id        int,
  device_seq       bigint,
  device_time      timestamptz,
  time_quality     text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at      timestamptz not null default now(),
  constraint genealogy_records_pkey primary key (id, occurred_at),
  constraint genealogy_records_uid_key unique (organization_id, uid, occurred_at),
  constraint genealogy_records_lot_batch_id_serial_number_id_check check (num_nonnulls(lot_batch_id, serial_number_id) = 1),
  constraint genealogy_records_occurred_at_recorded_at_check check (occurred_at <= recorded_at + interval '10 minutes'),
  constraint genealogy_records_lot_batch_id_fkey foreign key (organization_id, lot_batch_id) references lot_batches (organization_id, id),
  constraint genealogy_records_serial_number_id_fkey foreign key (organization_id, serial_number_id) references serial_numbers (organization_id, id),
  constraint genealogy_records_unit_id_fkey foreign key (organization_id, unit_id) references units_of_measure (organization_id, id),
  constraint genealogy_records_work_order_id_fkey foreign key (organization_id, work_order_id) references work_orders (organization_id, id),
  constraint genealogy_records_shipment_id_fkey foreign key (organization_id, shipment_id) references shipments (organization_id, id),
  constraint genealogy_records_link_id_fkey foreign key (organization_id, link_id) references traceability_links (organization_id, id),
  constraint genealogy_records_performed_by_fkey foreign key (organization_id, performed_by) references users (organization_id, id)
);
select create_hypertable('genealogy_records', 'occurred_at', chunk_time_interval => interval '90 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
create index genealogy_records_lot_batch_id_occurred_at_idx on genealogy_records (organization_id, lot_batch_id, occurred_at desc) where lot_batch_id is not null;
create index genealogy_records_serial_number_id_occurred_at_idx on genealogy_records (organization_id, serial_number_id, occurred_at desc) where serial_number_id is not null;
create index genealogy_records_work_order_id_idx on genealogy_records (organization_id, work_order_id);
comment on table genealogy_records is
  'History of every lot and serial.';
comment on column genealogy_records.occurred_at is 'When it happened; the partition column.';
comment on column genealogy_records.quantity_change is 'Signed; sums to the lot''s stock, proven nightly.';
comment on column genealogy_records.link_id is 'The link that caused it.';
comment on column genealogy_records.operation_type is 'What happened to the lot or unit.';
comment on column genealogy_records.quantity_after is 'Stock of the lot afterwards.';
comment on column genealogy_records.status_before is 'Quality or life status before.';
comment on column genealogy_records.status_after is 'Quality or life status after.';
comment on column genealogy_records.location_before is 'Where it was.';
comment on column genealogy_records.location_after is 'Where it is now.';
comment on column genealogy_records.work_order_id is 'Order it happened for.';
comment on column genealogy_records.shipment_id is 'Shipment it happened for.';
comment on column genealogy_records.performed_by is 'Who did it; NULL = the system.';
comment on column genealogy_records.details is 'What else there is to know.';
comment on column genealogy_records.lot_batch_id is 'The lot; either this or a unit.';
comment on column genealogy_records.serial_number_id is 'The unit; either this or a lot.';

-- ============================================================================
-- 12 branding
-- ============================================================================

create table organization_branding (
  id                 int generated always as identity primary key,
  organization_id    int not null references organizations,
  display_name       text check (char_length(display_name) between 1 and 200),
  tagline            text check (char_length(tagline) between 1 and 500),
  logo_file_id       int,
  logo_dark_file_id  int,
  logo_small_file_id int,
  favicon_file_id    int,
  colors             jsonb not null default '{}' check (jsonb_typeof(colors) = 'object'),
  theme              jsonb not null default '{}' check (jsonb_typeof(theme) = 'object'),
  custom_domain      text check (char_length(custom_domain) between 1 and 253),
  support_email      text check (char_length(support_email) between 1 and 254),
  support_phone      text check (char_length(support_phone) between 1 and 50),
  website_url        text check (char_length(website_url) between 1 and 500),
  address            jsonb not null default '{}' check (jsonb_typeof(address) = 'object'),
  email_footer       text check (char_length(email_footer) between 1 and 2000),
  login_page         jsonb not null default '{}' check (jsonb_typeof(login_page) = 'object'),
  is_active          boolean not null default true,
  created_at         timestamptz not null default now(),
  created_by         int default app.actor(),
  updated_at         timestamptz not null default now(),
  updated_by         int default app.actor(),
  row_version        int not null default 1,
  constraint organization_branding_id_key unique (organization_id, id),
  constraint organization_branding_organization_id_key unique (organization_id),
  constraint organization_branding_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint organization_branding_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index organization_branding_custom_domain_key
  on organization_branding (lower(custom_domain));
comment on table organization_branding is
  'White-label look of a tenant.';
comment on column organization_branding.colors is 'Primary, secondary, accent … as #rrggbb.';
comment on column organization_branding.custom_domain is 'Own host name of the sign-in page; unique over all tenants.';
comment on column organization_branding.theme is 'Further look: radius, density, dark mode.';
comment on column organization_branding.login_page is 'Texts and picture of the sign-in page.';
comment on column organization_branding.display_name is 'Instead of the organization''s name.';
comment on column organization_branding.tagline is 'Line below the name.';
comment on column organization_branding.logo_file_id is 'On light ground.';
comment on column organization_branding.logo_dark_file_id is 'On dark ground.';
comment on column organization_branding.logo_small_file_id is 'Top bar of terminals.';
comment on column organization_branding.favicon_file_id is 'Browser tab.';
comment on column organization_branding.support_email is 'Shown to people who need help.';
comment on column organization_branding.support_phone is 'Shown to people who need help.';
comment on column organization_branding.website_url is 'Shown on the sign-in page.';
comment on column organization_branding.address is 'Postal address, by line.';
comment on column organization_branding.email_footer is 'Below every mail.';

create table email_templates (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  template_code   text not null check (template_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  locale          text not null default 'en' check (char_length(locale) between 1 and 35),
  version         int not null default 1,
  template_name   text not null check (char_length(template_name) between 1 and 200),
  template_type   text not null default 'NOTIFICATION' check (template_type in ('TRANSACTIONAL', 'NOTIFICATION', 'SYSTEM', 'MARKETING')),
  subject         text not null check (char_length(subject) between 1 and 500),
  body_html       text not null check (char_length(body_html) between 1 and 200000),
  body_text       text check (char_length(body_text) between 1 and 100000),
  variables       jsonb not null default '[]' check (jsonb_typeof(variables) = 'array'),
  from_name       text check (char_length(from_name) between 1 and 200),
  reply_to        text check (char_length(reply_to) between 1 and 254),
  include_header  boolean not null default true,
  include_footer  boolean not null default true,
  is_system       boolean not null default false,
  is_active       boolean not null default true,
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint email_templates_id_key unique (organization_id, id),
  constraint email_templates_template_code_locale_version_key unique (organization_id, template_code, locale, version),
  constraint email_templates_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint email_templates_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index email_templates_template_code_locale_key
  on email_templates (organization_id, template_code, locale) where is_active;
comment on table email_templates is
  'Texts of system mails per tenant and language.';
comment on column email_templates.variables is 'Name, required, example.';
comment on column email_templates.body_html is 'Values are escaped when rendered.';
comment on column email_templates.template_code is 'One per purpose; languages and versions share it.';
comment on column email_templates.version is 'The active one is sent.';
comment on column email_templates.template_name is 'As shown to administrators.';
comment on column email_templates.template_type is 'Kind of mail; MARKETING needs consent.';
comment on column email_templates.subject is 'May name variables.';
comment on column email_templates.body_text is 'For readers without HTML.';
comment on column email_templates.from_name is 'Sender as shown.';
comment on column email_templates.reply_to is 'Where answers go.';
comment on column email_templates.include_header is 'With the tenant''s logo.';
comment on column email_templates.include_footer is 'With the tenant''s footer.';
comment on column email_templates.locale is 'BCP 47 tag of the text.';

-- ============================================================================
-- 13 infrastructure
-- ============================================================================

create table audit_logs (
  id              bigint generated always as identity,
  organization_id int not null references organizations,
  occurred_at     timestamptz not null default now(),
  uid             uuid not null default gen_random_uuid(),
  action          text not null check (action in ('CREATE', 'UPDATE', 'DELETE', 'READ', 'LOGIN', 'LOGOUT', 'LOGIN_FAILED', 'APPROVE', 'REJECT', 'EXPORT', 'IMPORT', 'SYNC', 'ENROLL', 'REVOKE', 'SYSTEM')),
  table_name      text check (char_length(table_name) between 1 and 63),
  row_id          bigint,
  row_label       text check (char_length(row_label) between 1 and 200),
  plant_id        int,
  user_id         int,
  user_name       text check (char_length(user_name) between 1 and 200),
  device_id       int,
  request_id      uuid,
  ip              inet,
  user_agent      text check (char_length(user_agent) between 1 and 500),
  before          jsonb,
  after           jsonb,
  severity        text not null default 'INFO' check (severity in ('INFO', 'WARNING', 'ERROR', 'CRITICAL')),
  success         boolean not null default true,
  error_message   text check (char_length(error_message) between 1 and 2000),
  recorded_at     timestamptz not null default now(),
  constraint audit_logs_pkey primary key (id, occurred_at),
  constraint audit_logs_uid_occurred_at_key unique (organization_id, uid, occurred_at)
);
select create_hypertable('audit_logs', 'occurred_at', chunk_time_interval => interval '180 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
create index audit_logs_occurred_at_idx on audit_logs (organization_id, occurred_at desc);
create index audit_logs_table_name_row_id_occurred_at_idx on audit_logs (organization_id, table_name, row_id, occurred_at desc);
create index audit_logs_user_id_occurred_at_idx on audit_logs (organization_id, user_id, occurred_at desc);
create index audit_logs_action_occurred_at_idx on audit_logs (organization_id, action, occurred_at desc) where severity <> 'INFO' or not success;
comment on table audit_logs is
  'Who did what to which row; security events.';
comment on column audit_logs.after is 'Changed columns only.';
comment on column audit_logs.before is 'Changed columns only, secrets masked.';
comment on column audit_logs.user_id is 'No foreign key on purpose: the trail outlives people and devices.';
comment on column audit_logs.row_label is 'Code or name of the row at that time.';
comment on column audit_logs.request_id is 'Groups what one request did.';
comment on column audit_logs.table_name is 'NULL for events that change no row, such as a sign-in.';
comment on column audit_logs.occurred_at is 'When it happened; the partition column.';
comment on column audit_logs.action is 'What was done.';
comment on column audit_logs.row_id is 'Id in table_name.';
comment on column audit_logs.plant_id is 'Plant of the row; NULL = none, or all.';
comment on column audit_logs.user_name is 'Name at that time, for events without a user row.';
comment on column audit_logs.device_id is 'Terminal it was done on; no foreign key on purpose.';
comment on column audit_logs.ip is 'Where the request came from.';
comment on column audit_logs.user_agent is 'What the browser called itself.';
comment on column audit_logs.severity is 'Everything but INFO is looked at.';
comment on column audit_logs.success is 'FALSE = it was tried and refused.';
comment on column audit_logs.error_message is 'Why it was refused.';

create table notifications (
  id                bigint generated always as identity primary key,
  organization_id   int not null references organizations,
  user_id           int not null,
  notification_type text not null check (char_length(notification_type) between 1 and 50),
  title             text not null check (char_length(title) between 1 and 200),
  message           text not null check (char_length(message) between 1 and 2000),
  priority          text not null default 'NORMAL' check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
  channels          text[] not null default '{IN_APP}' check (channels <@ '{IN_APP,EMAIL,SMS,PUSH}'),
  delivery          jsonb not null default '{}' check (jsonb_typeof(delivery) = 'object'),
  entity_type       text check (app.is_entity_type(entity_type)),
  entity_id         bigint,
  action_url        text check (char_length(action_url) between 1 and 500),
  plant_id          int,
  created_at        timestamptz not null default now(),
  scheduled_for     timestamptz,
  expires_at        timestamptz,
  read_at           timestamptz,
  archived_at       timestamptz,
  dedupe_key        text check (char_length(dedupe_key) between 1 and 200),
  constraint notifications_id_key unique (organization_id, id),
  constraint notifications_user_id_dedupe_key_key unique (organization_id, user_id, dedupe_key),
  constraint notifications_user_id_fkey foreign key (organization_id, user_id) references users (organization_id, id),
  constraint notifications_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id)
);
create index notifications_user_id_created_at_idx on notifications (organization_id, user_id, created_at desc) where read_at is null and archived_at is null;
create index notifications_scheduled_for_idx on notifications (organization_id, scheduled_for) where scheduled_for is not null;
comment on table notifications is
  'Messages to a user, in the application or by other channels.';
comment on column notifications.delivery is 'Per channel: state, tries, at.';
comment on column notifications.dedupe_key is 'The same key tells a person only once.';
comment on column notifications.scheduled_for is 'Not shown before.';
comment on column notifications.channels is 'Ways it goes out.';
comment on column notifications.user_id is 'Who is told.';
comment on column notifications.notification_type is 'Kind, for settings of the receiver.';
comment on column notifications.title is 'In one line.';
comment on column notifications.message is 'The whole text.';
comment on column notifications.action_url is 'Where a tap leads, within the application.';
comment on column notifications.expires_at is 'Not shown after.';
comment on column notifications.read_at is 'When it was read; NULL = unread.';
comment on column notifications.archived_at is 'When it was put away; terminals lose it then.';
comment on column notifications.plant_id is 'Plant it is about; NULL = none in particular.';

create table system_settings (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  setting_key     text not null check (char_length(setting_key) between 1 and 100 and setting_key ~ '^[a-z][a-z0-9_.]*$'),
  plant_id        int,
  category        text not null check (char_length(category) between 1 and 50),
  value_type      text not null check (value_type in ('STRING', 'NUMBER', 'BOOLEAN', 'JSON', 'DATE', 'DATETIME', 'TIME')),
  value           jsonb not null,
  is_secret       boolean not null default false,
  secret_ref      text check (char_length(secret_ref) between 1 and 200),
  is_editable     boolean not null default true,
  description     text check (char_length(description) between 1 and 1000),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint system_settings_id_key unique (organization_id, id),
  constraint system_settings_setting_key_plant_id_key unique nulls not distinct (organization_id, setting_key, plant_id),
  constraint system_settings_is_secret_secret_ref_check check (not is_secret or (secret_ref is not null and value = 'null')),
  constraint system_settings_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint system_settings_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint system_settings_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table system_settings is
  'Typed settings per organization, optionally per plant.';
comment on column system_settings.setting_key is 'Dotted, e.g. retention.production_logs_days.';
comment on column system_settings.secret_ref is 'Name in the secret store.';
comment on column system_settings.value is 'A plant''s value overrides the organization''s.';
comment on column system_settings.is_editable is 'FALSE = set by the operator of the platform.';
comment on column system_settings.category is 'Where it is listed.';
comment on column system_settings.value_type is 'Kind of value.';
comment on column system_settings.is_secret is 'The value lies in the secret store, under secret_ref.';
comment on column system_settings.description is 'What it does.';
comment on column system_settings.plant_id is 'NULL = the organization''s.';

create table file_uploads (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  file_name       text not null check (char_length(file_name) between 1 and 255),
  mime_type       text not null check (char_length(mime_type) between 1 and 127),
  size_bytes      bigint not null check (size_bytes between 1 and 1073741824),
  sha256          bytea not null check (octet_length(sha256) = 32),
  storage         text not null default 'FILESYSTEM' check (storage in ('DATABASE', 'FILESYSTEM', 'S3')),
  storage_key     text not null check (char_length(storage_key) between 1 and 500),
  status          text not null default 'UPLOADING' check (status in ('UPLOADING', 'STORED', 'REJECTED', 'DELETED')),
  received_bytes  bigint not null default 0,
  entity_type     text check (app.is_entity_type(entity_type)),
  entity_id       bigint,
  purpose         text check (char_length(purpose) between 1 and 50),
  caption         text check (char_length(caption) between 1 and 500),
  taken_at        timestamptz,
  plant_id        int,
  scan_status     text not null default 'PENDING' check (scan_status in ('PENDING', 'CLEAN', 'INFECTED', 'SKIPPED')),
  uploaded_by     int,
  deleted_at      timestamptz,
  uid             uuid not null default gen_random_uuid(),
  device_id       int,
  device_seq      bigint,
  recorded_at     timestamptz not null default now(),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint file_uploads_id_key unique (organization_id, id),
  constraint file_uploads_uid_key unique (organization_id, uid),
  constraint file_uploads_received_bytes_size_bytes_check check (received_bytes <= size_bytes),
  constraint file_uploads_status_received_bytes_check check (status <> 'STORED' or received_bytes = size_bytes),
  constraint file_uploads_status_deleted_at_check check ((status = 'DELETED') = (deleted_at is not null)),
  constraint file_uploads_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint file_uploads_uploaded_by_fkey foreign key (organization_id, uploaded_by) references users (organization_id, id),
  constraint file_uploads_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint file_uploads_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index file_uploads_entity_type_entity_id_idx on file_uploads (organization_id, entity_type, entity_id);
create index file_uploads_sha256_idx on file_uploads (organization_id, sha256);
create index file_uploads_status_idx on file_uploads (organization_id, status) where status = 'UPLOADING';
comment on table file_uploads is
  'Every stored file, content-addressed; also photos taken offline.';
comment on column file_uploads.received_bytes is 'Resumable upload.';
comment on column file_uploads.purpose is 'ncr_photo, certificate, drawing …';
comment on column file_uploads.sha256 is 'Content address; also tells a terminal what the server already has.';
comment on column file_uploads.storage is 'Where the bytes are.';
comment on column file_uploads.storage_key is 'Path or key there; never public.';
comment on column file_uploads.scan_status is 'Served only when STORED and CLEAN or SKIPPED.';
comment on column file_uploads.deleted_at is 'The row stays: it proves that evidence existed.';
comment on column file_uploads.taken_at is 'When the photo was taken.';
comment on column file_uploads.file_name is 'As uploaded.';
comment on column file_uploads.mime_type is 'As recognised by content.';
comment on column file_uploads.size_bytes is 'Whole size, known before the first byte.';
comment on column file_uploads.caption is 'What it shows.';
comment on column file_uploads.uploaded_by is 'Who sent it.';
comment on column file_uploads.plant_id is 'Plant it was uploaded at; NULL = the office.';

create table sap_sync_logs (
  id               bigint generated always as identity,
  organization_id  int not null references organizations,
  started_at       timestamptz not null default now(),
  uid              uuid not null default gen_random_uuid(),
  direction        text not null check (direction in ('TO_SAP', 'FROM_SAP')),
  entity_type      text not null check (app.is_entity_type(entity_type)),
  entity_id        bigint,
  entity_label     text check (char_length(entity_label) between 1 and 200),
  sap_object_type  text check (char_length(sap_object_type) between 1 and 100),
  sap_object_key   text check (char_length(sap_object_key) between 1 and 100),
  operation        text not null check (operation in ('CREATE', 'UPDATE', 'DELETE', 'CONFIRM', 'FETCH')),
  status           text not null check (status in ('SUCCESS', 'FAILED', 'PARTIAL', 'SKIPPED')),
  attempt_no       smallint not null default 1 check (attempt_no >= 1),
  request_payload  jsonb,
  response_payload jsonb,
  error_code       text check (char_length(error_code) between 1 and 50),
  error_message    text check (char_length(error_message) between 1 and 2000),
  finished_at      timestamptz not null,
  duration_ms      int,
  batch_uid        uuid,
  triggered_by     int,
  recorded_at      timestamptz not null default now(),
  constraint sap_sync_logs_pkey primary key (id, started_at),
  constraint sap_sync_logs_uid_started_at_key unique (organization_id, uid, started_at),
  constraint sap_sync_logs_finished_at_started_at_check check (finished_at >= started_at)
);
select create_hypertable('sap_sync_logs', 'started_at', chunk_time_interval => interval '30 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
create index sap_sync_logs_started_at_idx on sap_sync_logs (organization_id, started_at desc);
create index sap_sync_logs_entity_type_entity_id_started_at_idx on sap_sync_logs (organization_id, entity_type, entity_id, started_at desc);
create index sap_sync_logs_status_started_at_idx on sap_sync_logs (organization_id, status, started_at desc) where status in ('FAILED', 'PARTIAL');
create index sap_sync_logs_batch_uid_idx on sap_sync_logs (organization_id, batch_uid);
comment on table sap_sync_logs is
  'One attempt to exchange one object or batch with SAP.';
comment on column sap_sync_logs.started_at is 'The partition column; the row is written when the attempt ends.';
comment on column sap_sync_logs.batch_uid is 'Groups objects sent together.';
comment on column sap_sync_logs.direction is 'Which way the data went.';
comment on column sap_sync_logs.entity_label is 'Code or name of the row at that time.';
comment on column sap_sync_logs.sap_object_type is 'MATNR, AUFNR, VBELN, WERKS ….';
comment on column sap_sync_logs.sap_object_key is 'Its key in SAP.';
comment on column sap_sync_logs.operation is 'What was asked of the other side.';
comment on column sap_sync_logs.status is 'How the attempt ended.';
comment on column sap_sync_logs.attempt_no is '1 = the first try.';
comment on column sap_sync_logs.request_payload is 'What was sent.';
comment on column sap_sync_logs.response_payload is 'What was answered.';
comment on column sap_sync_logs.error_code is 'As SAP gives it.';
comment on column sap_sync_logs.finished_at is 'When the attempt ended.';
comment on column sap_sync_logs.duration_ms is 'From sending to the answer.';
comment on column sap_sync_logs.triggered_by is 'Who asked for it; no foreign key on purpose: the log outlives people.';

create table sap_mappings (
  id                 int generated always as identity primary key,
  organization_id    int not null references organizations,
  entity_type        text not null check (app.is_entity_type(entity_type)),
  entity_id          bigint not null,
  sap_system         text not null default 'DEFAULT' check (char_length(sap_system) between 1 and 50),
  sap_object_type    text not null check (char_length(sap_object_type) between 1 and 100),
  sap_object_key     text not null check (char_length(sap_object_key) between 1 and 100),
  direction          text not null default 'BIDIRECTIONAL' check (direction in ('TO_SAP', 'FROM_SAP', 'BIDIRECTIONAL')),
  field_mappings     jsonb not null default '{}' check (jsonb_typeof(field_mappings) = 'object'),
  transformations    jsonb not null default '{}' check (jsonb_typeof(transformations) = 'object'),
  auto_sync          boolean not null default false,
  sync_every_minutes int,
  sync_state         text not null default 'PENDING' check (sync_state in ('IN_SYNC', 'PENDING', 'FAILED', 'CONFLICT')),
  failed_attempts    int not null default 0,
  next_sync_at       timestamptz,
  last_synced_at     timestamptz,
  last_error         text check (char_length(last_error) between 1 and 2000),
  is_active          boolean not null default true,
  created_at         timestamptz not null default now(),
  created_by         int default app.actor(),
  updated_at         timestamptz not null default now(),
  updated_by         int default app.actor(),
  row_version        int not null default 1,
  constraint sap_mappings_id_key unique (organization_id, id),
  constraint sap_mappings_entity_type_entity_sap_system_sap_object_type_key unique (organization_id, entity_type, entity_id, sap_system, sap_object_type),
  constraint sap_mappings_auto_sync_sync_every_minutes_check check (not auto_sync or coalesce(sync_every_minutes, 0) > 0),
  constraint sap_mappings_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint sap_mappings_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index sap_mappings_sap_system_sap_object_type_sap_object_key_key
  on sap_mappings (organization_id, sap_system, sap_object_type, sap_object_key) where is_active;
create index sap_mappings_next_sync_at_idx on sap_mappings (organization_id, next_sync_at) where is_active and auto_sync;
comment on table sap_mappings is
  'Which SAP object a row of ours corresponds to, and how it is kept in step.';
comment on column sap_mappings.sap_object_type is 'MATNR, AUFNR, VBELN, WERKS ….';
comment on column sap_mappings.sync_state is 'PENDING lives here, attempts in sap_sync_logs.';
comment on column sap_mappings.field_mappings is 'Our column → SAP field.';
comment on column sap_mappings.transformations is 'How values are converted on the way.';
comment on column sap_mappings.sap_system is 'Which SAP, where there are several.';
comment on column sap_mappings.sap_object_key is 'Its key in SAP.';
comment on column sap_mappings.direction is 'Which side leads.';
comment on column sap_mappings.auto_sync is 'Exchanged by the scheduler, without being asked.';
comment on column sap_mappings.sync_every_minutes is 'How often; needed for auto_sync.';
comment on column sap_mappings.failed_attempts is 'In a row.';
comment on column sap_mappings.next_sync_at is 'When the scheduler tries next.';
comment on column sap_mappings.last_synced_at is 'Last success.';
comment on column sap_mappings.last_error is 'Why the last attempt failed.';

-- ============================================================================
-- 14 sync
-- ============================================================================

create table devices (
  id                int generated always as identity primary key,
  organization_id   int not null,
  plant_id          int not null,
  device_code       text not null check (device_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  device_name       text not null check (char_length(device_name) between 1 and 100),
  kind              text not null default 'KIOSK' check (kind in ('KIOSK', 'TABLET', 'HANDHELD', 'LABEL_STATION')),
  status            text not null default 'PENDING' check (status in ('PENDING', 'ACTIVE', 'DRAINING', 'SUSPENDED', 'REVOKED')),
  work_center_id    int,
  machine_id        int,
  lane_id           int,
  public_key        bytea check (octet_length(public_key) = 32),
  hardware_id       text check (char_length(hardware_id) between 1 and 200),
  app_version       text check (char_length(app_version) between 1 and 50),
  os_version        text check (char_length(os_version) between 1 and 100),
  schema_version    int,
  enrolled_at       timestamptz,
  last_seen_at      timestamptz,
  last_ip           inet,
  clock_offset_ms   int,
  outbox_depth      int,
  oldest_pending_at timestamptz,
  install_id        uuid,
  scope_version     int not null default 1,
  fork_detected_at  timestamptz,
  settings          jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint devices_id_key unique (organization_id, id),
  constraint devices_plant_id_id_key unique (organization_id, plant_id, id),
  constraint devices_device_code_key unique (organization_id, device_code),
  constraint devices_status_public_key_check check (status not in ('ACTIVE', 'DRAINING') or public_key is not null),
  constraint devices_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint devices_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint devices_machine_id_fkey foreign key (organization_id, plant_id, machine_id) references machines (organization_id, plant_id, id),
  constraint devices_lane_id_fkey foreign key (organization_id, plant_id, lane_id) references lanes (organization_id, plant_id, id),
  constraint devices_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint devices_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index devices_plant_id_status_last_seen_at_idx on devices (organization_id, plant_id, status, last_seen_at);
comment on table devices is
  'An enrolled terminal and where it stands.';
comment on column devices.status is 'DRAINING may push only.';
comment on column devices.public_key is 'Ed25519, made on the device.';
comment on column devices.clock_offset_ms is 'Device − server at last contact.';
comment on column devices.install_id is 'Of the local database it last spoke for; new for every fresh or restored one.';
comment on column devices.scope_version is 'Raised when what it may see changes; an older cursor starts over.';
comment on column devices.fork_detected_at is 'A cloned or rolled-back disk was seen.';
comment on column devices.hardware_id is 'As the machine names itself; for people, not for trust.';
comment on column devices.schema_version is 'Of its local database.';
comment on column devices.oldest_pending_at is 'Oldest event it has not got acknowledged.';
comment on column devices.outbox_depth is 'Events waiting on it at last contact.';
comment on column devices.settings is 'Station settings: scanner, printer, camera.';
comment on column devices.enrolled_at is 'Nothing it sends can have happened before.';
comment on column devices.last_ip is 'At last contact.';
comment on column devices.kind is 'How it is built and used.';
comment on column devices.work_center_id is 'Area it stands in.';
comment on column devices.machine_id is 'Machine it stands at.';
comment on column devices.lane_id is 'Line it stands at.';
comment on column devices.app_version is 'At last contact.';
comment on column devices.os_version is 'At last contact.';
comment on column devices.last_seen_at is 'Last contact.';

create table device_enrollment_codes (
  id                int generated always as identity primary key,
  organization_id   int not null,
  plant_id          int not null,
  code_hash         bytea not null check (octet_length(code_hash) = 32),
  device_id         int,
  device_code       text check (device_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'),
  device_name       text check (char_length(device_name) between 1 and 100),
  kind              text not null default 'KIOSK' check (kind in ('KIOSK', 'TABLET', 'HANDHELD', 'LABEL_STATION')),
  work_center_id    int,
  expires_at        timestamptz not null,
  failed_attempts   smallint not null default 0 check (failed_attempts between 0 and 10),
  used_at           timestamptz,
  used_by_device_id int,
  revoked_at        timestamptz,
  created_at        timestamptz not null default now(),
  created_by        int default app.actor(),
  updated_at        timestamptz not null default now(),
  updated_by        int default app.actor(),
  row_version       int not null default 1,
  constraint device_enrollment_codes_id_key unique (organization_id, id),
  constraint device_enrollment_codes_plant_id_id_key unique (organization_id, plant_id, id),
  constraint device_enrollment_codes_used_at_used_by_device_id_check check ((used_at is null) = (used_by_device_id is null)),
  constraint device_enrollment_codes_device_id_device_code_check check (num_nonnulls(device_id, device_code) = 1),
  constraint device_enrollment_codes_device_code_device_name_check check ((device_code is null) = (device_name is null)),
  constraint device_enrollment_codes_expires_at_created_at_check check (expires_at <= created_at + interval '16 minutes'),
  constraint device_enrollment_codes_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint device_enrollment_codes_device_id_fkey foreign key (organization_id, plant_id, device_id) references devices (organization_id, plant_id, id),
  constraint device_enrollment_codes_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint device_enrollment_codes_used_by_device_id_fkey foreign key (organization_id, used_by_device_id) references devices (organization_id, id),
  constraint device_enrollment_codes_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint device_enrollment_codes_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create unique index device_enrollment_codes_code_hash_key
  on device_enrollment_codes (code_hash);
comment on table device_enrollment_codes is
  'One-time codes that let a new or replaced terminal enrol.';
comment on column device_enrollment_codes.code_hash is 'SHA-256; the code itself is shown once.';
comment on column device_enrollment_codes.device_id is 'The device to enrol again; NULL = a new one.';
comment on column device_enrollment_codes.device_code is 'Of the new device.';
comment on column device_enrollment_codes.device_name is 'Of the new device.';
comment on column device_enrollment_codes.failed_attempts is 'Locked at 10.';
comment on column device_enrollment_codes.expires_at is '15 minutes after it was made.';
comment on column device_enrollment_codes.kind is 'Of the new device.';
comment on column device_enrollment_codes.work_center_id is 'Area it will stand in.';
comment on column device_enrollment_codes.used_at is 'When it was redeemed.';
comment on column device_enrollment_codes.used_by_device_id is 'Device it made or renewed.';

create table number_series (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  series_code     text not null check (series_code in ('WORK_ORDER', 'REWORK_ORDER', 'NCR', 'LOT', 'SERIAL', 'SHIPMENT', 'LABEL', 'RDA')),
  plant_id        int,
  material_id     int,
  pattern         text not null check (char_length(pattern) between 1 and 100),
  seq_width       smallint not null default 5 check (seq_width between 1 and 12),
  next_value      bigint not null default 1 check (next_value >= 1),
  reset_period    text not null default 'NEVER' check (reset_period in ('NEVER', 'YEAR', 'MONTH', 'DAY')),
  period_key      text check (char_length(period_key) between 1 and 10),
  lease_size      int not null default 100 check (lease_size between 1 and 10000),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint number_series_id_key unique (organization_id, id),
  constraint number_series_series_code_plant_id_material_id_key unique nulls not distinct (organization_id, series_code, plant_id, material_id),
  constraint number_series_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint number_series_material_id_fkey foreign key (organization_id, material_id) references materials (organization_id, id),
  constraint number_series_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint number_series_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
comment on table number_series is
  'How document, lot and serial numbers are formed.';
comment on column number_series.pattern is 'Tokens: plant, material, yyyy, yy, MM, dd, seq.';
comment on column number_series.next_value is 'Given out by one update … returning; gaps are allowed.';
comment on column number_series.period_key is 'Period next_value counts in; a new one starts at 1.';
comment on column number_series.lease_size is 'Numbers lent to a device at once.';
comment on column number_series.series_code is 'What is numbered.';
comment on column number_series.material_id is 'Own series of this material; NULL = all others.';
comment on column number_series.seq_width is 'Digits of seq, padded with zeros.';
comment on column number_series.reset_period is 'When seq starts again at 1.';
comment on column number_series.plant_id is 'Own series of this plant; NULL = all others.';

create table number_leases (
  id               int generated always as identity primary key,
  organization_id  int not null references organizations,
  number_series_id int not null,
  device_id        int not null,
  period_key       text not null default '-' check (char_length(period_key) between 1 and 10),
  block            int8range not null check (not isempty(block) and not lower_inf(block) and not upper_inf(block)),
  granted_at       timestamptz not null default now(),
  expires_at       timestamptz,
  used_up_to       bigint,
  returned_at      timestamptz,
  created_at       timestamptz not null default now(),
  created_by       int default app.actor(),
  updated_at       timestamptz not null default now(),
  updated_by       int default app.actor(),
  row_version      int not null default 1,
  constraint number_leases_id_key unique (organization_id, id),
  constraint number_leases_block_used_up_to_check check (block @> used_up_to),
  constraint number_leases_excl exclude using gist (organization_id with =, number_series_id with =, period_key with =, block with &&),
  constraint number_leases_number_series_id_fkey foreign key (organization_id, number_series_id) references number_series (organization_id, id),
  constraint number_leases_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id),
  constraint number_leases_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint number_leases_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index number_leases_device_id_idx on number_leases (organization_id, device_id) where returned_at is null;
comment on table number_leases is
  'Block of numbers lent to a device so that it can print lots and serials while offline.';
comment on column number_leases.block is 'Half-open range of numbers; no two leases of a series and period overlap.';
comment on column number_leases.used_up_to is 'Last number the device said it used.';
comment on column number_leases.returned_at is 'Given back; the rest is lost.';
comment on column number_leases.period_key is 'Period of the series the numbers belong to; - = it has none.';
comment on column number_leases.granted_at is 'When they were lent.';
comment on column number_leases.expires_at is 'Not to be used after.';
comment on column number_leases.number_series_id is 'Series the numbers come from.';

create table shift_occurrences (
  id                       int generated always as identity primary key,
  organization_id          int not null,
  plant_id                 int not null,
  shift_id                 int not null,
  business_date            date not null,
  starts_at                timestamptz not null,
  ends_at                  timestamptz not null,
  time_window              tstzrange generated always as (case when ends_at < starts_at then 'empty' else tstzrange(starts_at, ends_at, '[)') end) stored not null,
  zone                     text not null check (char_length(zone) between 1 and 64),
  utc_offset_start_seconds int not null,
  utc_offset_end_seconds   int not null,
  break_minutes            int not null default 0 check (break_minutes between 0 and 480),
  breaks                   tstzmultirange not null default '{}',
  production_target        numeric(18,4) not null default 0 check (production_target >= 0),
  is_worked                boolean not null default true,
  created_at               timestamptz not null default now(),
  created_by               int default app.actor(),
  updated_at               timestamptz not null default now(),
  updated_by               int default app.actor(),
  row_version              int not null default 1,
  constraint shift_occurrences_id_key unique (organization_id, id),
  constraint shift_occurrences_plant_id_id_key unique (organization_id, plant_id, id),
  constraint shift_occurrences_shift_id_business_date_key unique (organization_id, shift_id, business_date),
  constraint shift_occurrences_ends_at_starts_at_check check (ends_at > starts_at),
  constraint shift_occurrences_excl exclude using gist (organization_id with =, plant_id with =, time_window with &&) where (is_worked),
  constraint shift_occurrences_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint shift_occurrences_shift_id_fkey foreign key (organization_id, plant_id, shift_id) references shifts (organization_id, plant_id, id),
  constraint shift_occurrences_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint shift_occurrences_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id)
);
create index shift_occurrences_plant_id_starts_at_idx on shift_occurrences (organization_id, plant_id, starts_at);
comment on table shift_occurrences is
  'One materialised shift: what production, stops and handovers are clipped to; made 60 days ahead.';
comment on column shift_occurrences.business_date is 'Plant-local date on which it begins.';
comment on column shift_occurrences.ends_at is 'Half-open: this instant belongs to the next one.';
comment on column shift_occurrences.zone is 'IANA zone of the plant when it was made.';
comment on column shift_occurrences.utc_offset_end_seconds is 'Differs from the start on clock-change days.';
comment on column shift_occurrences.breaks is 'Breaks with a position, as instants.';
comment on column shift_occurrences.is_worked is 'False = holiday or cancelled; not downtime.';
comment on column shift_occurrences.time_window is 'Half-open; no two worked occurrences of a plant overlap.';
comment on column shift_occurrences.utc_offset_start_seconds is 'Local time minus UTC.';
comment on column shift_occurrences.break_minutes is 'Without a position; reduce planned time pro rata.';
comment on column shift_occurrences.starts_at is 'First instant.';
comment on column shift_occurrences.production_target is 'Pieces wanted; copied from the pattern.';

create table help_calls (
  id              int generated always as identity primary key,
  organization_id int not null,
  plant_id        int not null,
  called_at       timestamptz not null,
  kind            text not null check (kind in ('MAINTENANCE', 'MATERIAL', 'QUALITY', 'SUPERVISOR', 'LOGISTICS', 'SAFETY', 'OTHER')),
  status          text not null default 'CALLED' check (status in ('CALLED', 'TAKEN', 'RESOLVED', 'CANCELLED')),
  work_center_id  int,
  machine_id      int,
  work_order_id   int,
  operation_id    int,
  called_by       int,
  message         text check (char_length(message) between 1 and 500),
  taken_at        timestamptz,
  taken_by        int,
  resolved_at     timestamptz,
  resolved_by     int,
  resolution_note text check (char_length(resolution_note) between 1 and 2000),
  uid             uuid not null default gen_random_uuid(),
  device_id       int,
  device_seq      bigint,
  device_time     timestamptz,
  time_quality    text not null default 'SYNCED' check (time_quality in ('SYNCED', 'OFFSET', 'MONOTONIC', 'CLAMPED')),
  recorded_at     timestamptz not null default now(),
  created_at      timestamptz not null default now(),
  created_by      int default app.actor(),
  updated_at      timestamptz not null default now(),
  updated_by      int default app.actor(),
  row_version     int not null default 1,
  constraint help_calls_id_key unique (organization_id, id),
  constraint help_calls_plant_id_id_key unique (organization_id, plant_id, id),
  constraint help_calls_uid_key unique (organization_id, uid),
  constraint help_calls_taken_at_taken_by_check check (num_nonnulls(taken_at, taken_by) in (0, 2)),
  constraint help_calls_status_resolved_at_check check ((status in ('RESOLVED', 'CANCELLED')) = (resolved_at is not null)),
  constraint help_calls_status_taken_at_check check (status not in ('TAKEN') or taken_at is not null),
  constraint help_calls_taken_at_called_at_check check (taken_at >= called_at),
  constraint help_calls_resolved_at_called_at_check check (resolved_at >= called_at),
  constraint help_calls_called_at_recorded_at_check check (called_at <= recorded_at + interval '10 minutes'),
  constraint help_calls_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint help_calls_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  constraint help_calls_machine_id_fkey foreign key (organization_id, plant_id, machine_id) references machines (organization_id, plant_id, id),
  constraint help_calls_work_order_id_fkey foreign key (organization_id, plant_id, work_order_id) references work_orders (organization_id, plant_id, id),
  constraint help_calls_called_by_fkey foreign key (organization_id, called_by) references users (organization_id, id),
  constraint help_calls_taken_by_fkey foreign key (organization_id, taken_by) references users (organization_id, id),
  constraint help_calls_resolved_by_fkey foreign key (organization_id, resolved_by) references users (organization_id, id),
  constraint help_calls_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id),
  constraint help_calls_created_by_fkey foreign key (organization_id, created_by) references users (organization_id, id),
  constraint help_calls_updated_by_fkey foreign key (organization_id, updated_by) references users (organization_id, id),
  constraint help_calls_operation_id_fkey foreign key (organization_id, work_order_id, operation_id) references work_order_operations (organization_id, work_order_id, id)
);
create index help_calls_plant_id_called_at_idx on help_calls (organization_id, plant_id, called_at desc);
create index help_calls_plant_id_status_idx on help_calls (organization_id, plant_id, status) where status in ('CALLED', 'TAKEN');
create index help_calls_machine_id_called_at_idx on help_calls (organization_id, machine_id, called_at desc) where machine_id is not null;
comment on table help_calls is
  'A call for help from a station (andon): called, taken, resolved.';
comment on column help_calls.called_by is 'NULL = nobody was signed in; one tap is enough.';
comment on column help_calls.called_at is 'When help was called.';
comment on column help_calls.kind is 'Who should come.';
comment on column help_calls.message is 'What the caller adds.';
comment on column help_calls.taken_at is 'When somebody said they come.';
comment on column help_calls.taken_by is 'Who comes.';
comment on column help_calls.resolved_at is 'When it was settled or called off.';
comment on column help_calls.resolved_by is 'Who settled it.';
comment on column help_calls.resolution_note is 'What it was.';
comment on column help_calls.operation_id is 'Step the station was at.';

create table sync_epoch (
  id                int generated always as identity primary key,
  epoch             uuid not null default gen_random_uuid(),
  system_identifier bigint not null,
  timeline          int not null,
  cause             text not null check (cause in ('FIRST', 'CLUSTER_CHANGED', 'RESTORED')),
  created_at        timestamptz not null default now(),
  constraint sync_epoch_epoch_key unique (epoch)
);
comment on table sync_epoch is
  'Lives of this server; the newest row is the present one. A restored or promoted database starts a new one, and terminals then resend. Not bound to a tenant: reachable only through app.ensure_server_epoch().';
comment on column sync_epoch.timeline is 'WAL timeline when it began; a promotion changes it.';
comment on column sync_epoch.epoch is 'Name of this life; every answer to a terminal carries it.';
comment on column sync_epoch.system_identifier is 'Of the PostgreSQL cluster when it began.';
comment on column sync_epoch.cause is 'Why it began.';
comment on column sync_epoch.created_at is 'When it began.';

create table sync_signing_keys (
  id         int generated always as identity primary key,
  secret     bytea not null check (octet_length(secret) >= 32),
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
comment on table sync_signing_keys is
  'Keys that sign access tokens, nonces and pull cursors, shared by all server processes. Not bound to a tenant: reachable only through app.signing_keys().';
comment on column sync_signing_keys.retired_at is 'A retired key still verifies what it signed for a day.';
comment on column sync_signing_keys.secret is 'Random bytes of HMAC-SHA-256.';
comment on column sync_signing_keys.created_at is 'When it began to sign.';

create table sync_receipts (
  organization_id int not null,
  install_id      uuid not null,
  lane            smallint not null check (lane between 0 and 3),
  seq             bigint not null check (seq > 0),
  event_id        uuid not null,
  device_id       int not null,
  event_type      text not null check (char_length(event_type) between 1 and 50),
  stream_key      text check (char_length(stream_key) between 1 and 200),
  verdict         text not null check (verdict in ('APPLIED', 'APPLIED_FLAGGED', 'REJECTED', 'QUARANTINED', 'HELD', 'FORK')),
  code            text check (char_length(code) between 1 and 100),
  flags           text[] not null default '{}',
  target_table    text check (char_length(target_table) between 1 and 63),
  target_id       bigint,
  target_at       timestamptz,
  occurred_at     timestamptz,
  received_at     timestamptz not null default now(),
  constraint sync_receipts_pkey primary key (organization_id, install_id, lane, seq),
  constraint sync_receipts_event_id_key unique (organization_id, event_id),
  constraint sync_receipts_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id)
);
create index sync_receipts_received_at_idx on sync_receipts (organization_id, received_at);
comment on table sync_receipts is
  'One row per event ever received: what makes an event apply exactly once. Written in the transaction that applies the event; the verdict is answered again to a repeating client. Kept 180 days, and never deleted above the contiguous watermark.';
comment on column sync_receipts.install_id is 'The local database that made the event; new for every fresh or restored one.';
comment on column sync_receipts.lane is '0 urgent, 1 work, 2 audit and telemetry, 3 attachments.';
comment on column sync_receipts.seq is 'Dense per install and lane.';
comment on column sync_receipts.event_id is 'UUIDv7 minted on the terminal; the uid of the row it became.';
comment on column sync_receipts.stream_key is 'What must be applied in order: an operation, machine, serial, lot, inspection, NCR, handover.';
comment on column sync_receipts.code is 'Why it is not simply applied.';
comment on column sync_receipts.flags is 'What was odd about an applied event: clock clamped, closed order, …';
comment on column sync_receipts.target_at is 'Partition time of the target row: finds the chunk.';
comment on column sync_receipts.event_type is 'Kind of event, as on the wire.';
comment on column sync_receipts.verdict is 'What became of it; every one but FORK is custody.';
comment on column sync_receipts.target_table is 'Table of the row it became.';
comment on column sync_receipts.target_id is 'Id of the row it became.';
comment on column sync_receipts.occurred_at is 'When it happened, as the server computed it.';
comment on column sync_receipts.received_at is 'When it came in; receipts are kept by this.';

create table sync_watermarks (
  organization_id int not null,
  install_id      uuid not null,
  lane            smallint not null check (lane between 0 and 3),
  device_id       int not null,
  contiguous_seq  bigint not null default 0 check (contiguous_seq >= 0),
  max_seq         bigint not null default 0,
  updated_at      timestamptz not null default now(),
  constraint sync_watermarks_pkey primary key (organization_id, install_id, lane),
  constraint sync_watermarks_max_seq_check check (max_seq >= contiguous_seq),
  constraint sync_watermarks_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id)
);
comment on table sync_watermarks is 'How far each lane of each install was received.';
comment on column sync_watermarks.contiguous_seq is 'Everything up to here has a receipt or had one.';
comment on column sync_watermarks.max_seq is 'The highest number ever seen; a gap below it is asked for again.';
comment on column sync_watermarks.install_id is 'Local database of the terminal.';
comment on column sync_watermarks.lane is '0 urgent, 1 work, 2 audit and telemetry, 3 attachments.';
comment on column sync_watermarks.updated_at is 'When something came in last.';

create table sync_quarantine (
  id              bigint generated always as identity primary key,
  organization_id int not null,
  plant_id        int not null,
  device_id       int not null,
  install_id      uuid not null,
  lane            smallint not null check (lane between 0 and 3),
  seq             bigint not null check (seq > 0),
  event_id        uuid not null,
  event_type      text not null check (char_length(event_type) between 1 and 50),
  event_version   int not null default 1,
  stream_key      text check (char_length(stream_key) between 1 and 200),
  verdict         text not null check (verdict in ('REJECTED', 'QUARANTINED', 'HELD', 'FORK')),
  code            text not null check (char_length(code) between 1 and 100),
  detail          text check (char_length(detail) between 1 and 2000),
  sqlstate        text check (sqlstate ~ '^[0-9A-Z]{5}$'),
  waits_for       uuid,
  raw             json not null,
  actor_user_id   int,
  occurred_at     timestamptz,
  received_at     timestamptz not null default now(),
  status          text not null default 'OPEN' check (status in ('OPEN', 'REPLAYED', 'REPAIRED', 'DISCARDED')),
  resolved_by     int,
  resolved_at     timestamptz,
  resolution_note text check (char_length(resolution_note) between 1 and 2000),
  replay_event_id uuid,
  constraint sync_quarantine_id_key unique (organization_id, id),
  constraint sync_quarantine_event_key unique (organization_id, install_id, lane, seq, event_id),
  constraint sync_quarantine_resolved_at_check check ((status = 'OPEN') = (resolved_at is null)),
  constraint sync_quarantine_discarded_check check (status <> 'DISCARDED' or resolution_note is not null),
  constraint sync_quarantine_plant_id_fkey foreign key (organization_id, plant_id) references plants (organization_id, id),
  constraint sync_quarantine_device_id_fkey foreign key (organization_id, plant_id, device_id) references devices (organization_id, plant_id, id),
  constraint sync_quarantine_resolved_by_fkey foreign key (organization_id, resolved_by) references users (organization_id, id)
);
create index sync_quarantine_open_idx on sync_quarantine (organization_id, plant_id, received_at) where status = 'OPEN';
create index sync_quarantine_stream_key_idx on sync_quarantine (organization_id, stream_key, lane, seq) where status = 'OPEN';
create index sync_quarantine_waits_for_idx on sync_quarantine (organization_id, waits_for) where status = 'OPEN' and waits_for is not null;
create index sync_quarantine_event_id_idx on sync_quarantine (organization_id, event_id);
comment on table sync_quarantine is
  'Events that could not be applied, kept whole for a person to decide or for what they wait for to arrive. Nothing an operator did is lost: it is applied or it is here.';
comment on column sync_quarantine.waits_for is 'Uid of what it refers to and has not arrived yet; it is replayed then.';
comment on column sync_quarantine.raw is 'The event as received. json, not jsonb: jsonb refuses a NUL escape and would lose such an event.';
comment on column sync_quarantine.actor_user_id is 'Who acted, as the event says; no foreign key, since an unknown actor is a reason to be here.';
comment on column sync_quarantine.resolved_by is 'NULL when the server replayed it by itself.';
comment on column sync_quarantine.replay_event_id is 'The corrected event that replaced it (REPAIRED).';
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
comment on column sync_quarantine.occurred_at is 'When it happened; NULL = its time cannot be believed.';
comment on column sync_quarantine.received_at is 'When it came in.';
comment on column sync_quarantine.resolved_at is 'When it was settled.';
comment on column sync_quarantine.resolution_note is 'What was done and why; needed to discard.';

create table sync_stream_holds (
  organization_id int not null,
  stream_key      text not null check (char_length(stream_key) between 1 and 200),
  device_id       int not null,
  event_id        uuid not null,
  code            text not null check (char_length(code) between 1 and 100),
  created_at      timestamptz not null default now(),
  constraint sync_stream_holds_pkey primary key (organization_id, stream_key),
  constraint sync_stream_holds_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id)
);
comment on table sync_stream_holds is
  'Streams in which an event waits in quarantine: later events of the stream are held behind it, other streams are not. The row goes when the event is resolved.';
comment on column sync_stream_holds.event_id is 'The quarantined event that holds the stream.';
comment on column sync_stream_holds.stream_key is 'What is held.';
comment on column sync_stream_holds.code is 'Why.';
comment on column sync_stream_holds.created_at is 'Since when.';

create table sync_row (
  organization_id int not null references organizations,
  scope           int not null default 0,
  tbl             text not null,
  row_id          bigint not null,
  xid             xid8 not null default pg_current_xact_id(),
  changed_at      timestamptz not null default now(),
  deleted         boolean not null default false,
  constraint sync_row_pkey primary key (organization_id, scope, tbl, row_id)
) with (fillfactor = 80);
create index sync_row_xid_idx on sync_row (organization_id, scope, xid);
comment on table sync_row is
  'What changed, for terminals to pull: one row per synced entity and scope, kept by triggers. A pull is the difference of two snapshots over xid; the entity itself is read live.';
comment on column sync_row.scope is 'Plant whose terminals see the entity, or 0 for all plants.';
comment on column sync_row.deleted is 'Tombstone: gone, or moved out of this scope. Kept 180 days.';
comment on column sync_row.xid is 'The transaction that last changed the entity.';
comment on column sync_row.tbl is 'Table of the entity.';
comment on column sync_row.row_id is 'Its id there.';
comment on column sync_row.changed_at is 'When it last changed; tombstones are kept by this.';

-- ============================================================================
-- 15 keys that point forward
-- ============================================================================
-- Foreign keys to tables that are created further down.

alter table organizations
  add constraint organizations_created_by_fkey foreign key (id, created_by) references users (organization_id, id),
  add constraint organizations_updated_by_fkey foreign key (id, updated_by) references users (organization_id, id);
alter table users
  add constraint users_default_plant_id_fkey foreign key (organization_id, default_plant_id) references plants (organization_id, id);
alter table projects
  add constraint projects_bom_header_id_fkey foreign key (organization_id, bom_header_id) references bom_headers (organization_id, id),
  add constraint projects_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id);
alter table materials
  add constraint materials_material_category_id_fkey foreign key (organization_id, material_category_id) references material_categories (organization_id, id),
  add constraint materials_base_unit_id_fkey foreign key (organization_id, base_unit_id) references units_of_measure (organization_id, id);
alter table work_orders
  add constraint work_orders_rework_reason_id_fkey foreign key (organization_id, rework_reason_id) references type_list_values (organization_id, id),
  add constraint work_orders_ncr_id_fkey foreign key (organization_id, ncr_id) references ncrs (organization_id, id),
  add constraint work_orders_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id);
alter table work_order_operations
  add constraint work_order_operations_work_center_id_fkey foreign key (organization_id, plant_id, work_center_id) references work_centers (organization_id, plant_id, id),
  add constraint work_order_operations_machine_id_fkey foreign key (organization_id, plant_id, machine_id) references machines (organization_id, plant_id, id);
alter table production_logs
  add constraint production_logs_machine_id_fkey foreign key (organization_id, plant_id, machine_id) references machines (organization_id, plant_id, id),
  add constraint production_logs_lane_id_fkey foreign key (organization_id, plant_id, lane_id) references lanes (organization_id, plant_id, id),
  add constraint production_logs_shift_id_fkey foreign key (organization_id, plant_id, shift_id) references shifts (organization_id, plant_id, id),
  add constraint production_logs_scrap_reason_id_fkey foreign key (organization_id, scrap_reason_id) references type_list_values (organization_id, id),
  add constraint production_logs_rework_reason_id_fkey foreign key (organization_id, rework_reason_id) references type_list_values (organization_id, id),
  add constraint production_logs_pause_reason_id_fkey foreign key (organization_id, pause_reason_id) references type_list_values (organization_id, id),
  add constraint production_logs_output_lot_id_fkey foreign key (organization_id, output_lot_id) references lot_batches (organization_id, id),
  add constraint production_logs_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table work_center_shifts
  add constraint work_center_shifts_shift_id_fkey foreign key (organization_id, plant_id, shift_id) references shifts (organization_id, plant_id, id);
alter table ncrs
  add constraint ncrs_defect_type_id_fkey foreign key (organization_id, defect_type_id) references type_list_values (organization_id, id),
  add constraint ncrs_lot_batch_id_fkey foreign key (organization_id, lot_batch_id) references lot_batches (organization_id, id),
  add constraint ncrs_serial_number_id_fkey foreign key (organization_id, serial_number_id) references serial_numbers (organization_id, id),
  add constraint ncrs_inspection_log_id_fkey foreign key (organization_id, inspection_log_id) references inspection_logs (organization_id, id),
  add constraint ncrs_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id),
  add constraint ncrs_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table inspection_logs
  add constraint inspection_logs_inspection_plan_id_fkey foreign key (organization_id, inspection_plan_id) references inspection_plans (organization_id, id),
  add constraint inspection_logs_lot_batch_id_fkey foreign key (organization_id, lot_batch_id) references lot_batches (organization_id, id),
  add constraint inspection_logs_serial_number_id_fkey foreign key (organization_id, serial_number_id) references serial_numbers (organization_id, id),
  add constraint inspection_logs_machine_id_fkey foreign key (organization_id, plant_id, machine_id) references machines (organization_id, plant_id, id),
  add constraint inspection_logs_shift_id_fkey foreign key (organization_id, plant_id, shift_id) references shifts (organization_id, plant_id, id),
  add constraint inspection_logs_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id),
  add constraint inspection_logs_inspection_point_id_fkey foreign key (organization_id, inspection_plan_id, inspection_point_id) references inspection_points (organization_id, inspection_plan_id, id);
alter table inspection_plans
  add constraint inspection_plans_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id);
alter table inspection_measurements
  add constraint inspection_measurements_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table machine_status_history
  add constraint machine_status_history_reason_id_fkey foreign key (organization_id, reason_id) references type_list_values (organization_id, id),
  add constraint machine_status_history_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table shift_handovers
  add constraint shift_handovers_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table shift_performances
  add constraint shift_performances_shift_date_fkey foreign key (organization_id, shift_id, shift_date) references shift_occurrences (organization_id, shift_id, business_date);
alter table project_documents
  add constraint project_documents_category_id_fkey foreign key (organization_id, category_id) references type_list_values (organization_id, id),
  add constraint project_documents_file_id_fkey foreign key (organization_id, file_id) references file_uploads (organization_id, id),
  add constraint project_documents_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id);
alter table project_milestones
  add constraint project_milestones_milestone_type_id_fkey foreign key (organization_id, milestone_type_id) references type_list_values (organization_id, id);
alter table rda_drawings
  add constraint rda_drawings_workflow_state_id_fkey foreign key (organization_id, workflow_state_id) references workflow_states (organization_id, id);
alter table custom_fields
  add constraint custom_fields_type_list_id_fkey foreign key (organization_id, type_list_id) references type_lists (organization_id, id);
alter table shipment_items
  add constraint shipment_items_lot_batch_id_fkey foreign key (organization_id, lot_batch_id) references lot_batches (organization_id, id);
alter table barcode_labels
  add constraint barcode_labels_file_id_fkey foreign key (organization_id, file_id) references file_uploads (organization_id, id),
  add constraint barcode_labels_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table qr_code_scans
  add constraint qr_code_scans_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table report_executions
  add constraint report_executions_file_id_fkey foreign key (organization_id, file_id) references file_uploads (organization_id, id);
alter table lot_batches
  add constraint lot_batches_certificate_file_id_fkey foreign key (organization_id, certificate_file_id) references file_uploads (organization_id, id),
  add constraint lot_batches_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table serial_numbers
  add constraint serial_numbers_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table traceability_links
  add constraint traceability_links_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table genealogy_records
  add constraint genealogy_records_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);
alter table organization_branding
  add constraint organization_branding_logo_file_id_fkey foreign key (organization_id, logo_file_id) references file_uploads (organization_id, id),
  add constraint organization_branding_logo_dark_file_id_fkey foreign key (organization_id, logo_dark_file_id) references file_uploads (organization_id, id),
  add constraint organization_branding_logo_small_file_id_fkey foreign key (organization_id, logo_small_file_id) references file_uploads (organization_id, id),
  add constraint organization_branding_favicon_file_id_fkey foreign key (organization_id, favicon_file_id) references file_uploads (organization_id, id);
alter table file_uploads
  add constraint file_uploads_device_id_fkey foreign key (organization_id, device_id) references devices (organization_id, id);

-- ============================================================================
-- 16 rules
-- ============================================================================
-- Error codes are ours (class TK) and always come with a constraint name, which
-- the server turns into a coded error:
--   TK001 append-only        TK002 status transition    TK003 guard not met
--   TK004 not in the list    TK005 entity unknown       TK006 frozen
--   TK007 cycle or too deep  TK008 unit dimension       TK009 lane is full
--   TK010 time zone          TK011 lot stock            TK012 field value
--   TK013 not the approver   TK014 system row

create function app.refuse(code text, rule text, message text, detail text default null) returns void
  language plpgsql as $$
begin
  raise exception using errcode = code, constraint = rule, message = message, detail = coalesce(detail, '');
end
$$;
comment on function app.refuse(text, text, text, text) is
  'Raises one of our errors: SQLSTATE, constraint name, message for the log.';

create function app.quiet_columns(tbl text) returns text[]
  language sql immutable parallel safe
  return case tbl
    when 'work_orders' then '{completed_quantity,scrapped_quantity,rework_quantity}'
    when 'work_order_operations' then '{completed_quantity,scrapped_quantity,rework_quantity}'
    when 'machines' then '{status,status_since}'
    when 'users' then '{last_login_at,failed_logins}'
    when 'devices' then '{app_version,os_version,schema_version,last_seen_at,last_ip,clock_offset_ms,outbox_depth,oldest_pending_at,install_id}'
    when 'device_enrollment_codes' then '{failed_attempts}'
    when 'number_series' then '{next_value,period_key}'
    when 'number_leases' then '{used_up_to}'
    when 'file_uploads' then '{received_bytes}'
    when 'sap_mappings' then '{next_sync_at,last_synced_at}'
    when 'reports' then '{next_run_at}'
    else '{}'
  end::text[];
comment on function app.quiet_columns(text) is
  'Counters and contact facts: a change of these alone is no new version of the row, is not audited and does not go to terminals.';

create function app.touch() returns trigger
  language plpgsql as $$
begin
  new.row_version := old.row_version + 1;
  new.updated_at := now();
  new.updated_by := coalesce(app.actor(), new.updated_by);
  return new;
end
$$;
comment on function app.touch() is
  'A changed row is a new version. The trigger''s condition leaves quiet columns out, so row_version tells audit and feed whether anything that matters changed.';

create function app.refuse_change() returns trigger
  language plpgsql as $$
begin
  -- Retention deletes through a definer function; nobody else may.
  if current_user = 'takt_definer' and tg_op = 'DELETE' then
    return old;
  end if;
  perform app.refuse('TK001', tg_argv[0] || '_append_only',
    format('%s is append-only: a mistake is corrected by a later entry', tg_argv[0]));
end
$$;
comment on function app.refuse_change() is 'Append-only tables: corrections are counter-entries.';

-- Audit ----------------------------------------------------------------------
-- Trigger functions that join old to new rows switch nested loops off: their plan
-- is cached with the row count of the first statement, and a bulk change would
-- otherwise compare every row with every row.

create function app.masked(entry jsonb) returns jsonb
  language sql immutable parallel safe
  return case
    when entry ?| '{password_hash,pin_hash,badge_hash,code_hash}' then entry || (
      select coalesce(jsonb_object_agg(secret.key, '***'), '{}')
      from jsonb_each(entry) as secret
      where secret.key in ('password_hash', 'pin_hash', 'badge_hash', 'code_hash') and secret.value <> 'null')
    else entry
  end;
comment on function app.masked(jsonb) is 'A row without its secrets; that a secret changed still shows.';

create function app.audit() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_nestloop = off as $$
declare
  request uuid := nullif(current_setting('app.request_id', true), '')::uuid;
begin
  if tg_op = 'UPDATE' then
    with pair as materialized (
      select n.id, to_jsonb(o) as was, to_jsonb(n) as will
      from old_rows o
      join new_rows n on n.id = o.id and n.row_version <> o.row_version
    )
    insert into audit_logs (organization_id, action, table_name, row_id, row_label, plant_id, user_id, device_id, request_id, before, after)
    select coalesce((p.will ->> 'organization_id')::int, p.id), 'UPDATE', tg_table_name, p.id, left(p.will ->> tg_argv[0], 200),
           (p.will ->> 'plant_id')::int, app.actor(), app.device(), request, app.masked(change.before), app.masked(change.after)
    from pair p
    cross join lateral (
      select jsonb_object_agg(was.key, was.value), jsonb_object_agg(was.key, p.will -> was.key)
      from jsonb_each(p.was) as was
      where was.value is distinct from p.will -> was.key
        and was.key not in ('updated_at', 'updated_by', 'row_version')
    ) as change (before, after);
  elsif tg_op = 'INSERT' then
    with made as materialized (select n.id, jsonb_strip_nulls(app.masked(to_jsonb(n))) as entry from new_rows n)
    insert into audit_logs (organization_id, action, table_name, row_id, row_label, plant_id, user_id, device_id, request_id, after)
    select coalesce((m.entry ->> 'organization_id')::int, m.id), 'CREATE', tg_table_name, m.id, left(m.entry ->> tg_argv[0], 200),
           (m.entry ->> 'plant_id')::int, app.actor(), app.device(), request, m.entry
    from made m;
  else
    with gone as materialized (select o.id, jsonb_strip_nulls(app.masked(to_jsonb(o))) as entry from old_rows o)
    insert into audit_logs (organization_id, action, table_name, row_id, row_label, plant_id, user_id, device_id, request_id, before)
    select coalesce((g.entry ->> 'organization_id')::int, g.id), 'DELETE', tg_table_name, g.id, left(g.entry ->> tg_argv[0], 200),
           (g.entry ->> 'plant_id')::int, app.actor(), app.device(), request, g.entry
    from gone g;
  end if;
  return null;
end
$$;
comment on function app.audit() is
  'Writes audit_logs for a whole statement. Who: app.current_user_id, app.current_device_id, app.request_id. Argument: the column that labels a row.';

create function app.audit_quarantine() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into audit_logs (organization_id, action, table_name, row_id, row_label, plant_id, user_id, device_id, request_id, before, after)
  select n.organization_id, 'UPDATE', 'sync_quarantine', n.id, n.event_type, n.plant_id, coalesce(app.actor(), n.resolved_by), app.device(),
         nullif(current_setting('app.request_id', true), '')::uuid, jsonb_build_object('status', o.status),
         jsonb_strip_nulls(jsonb_build_object('status', n.status, 'resolution_note', n.resolution_note, 'replay_event_id', n.replay_event_id))
  from new_rows n
  join old_rows o on o.id = n.id and o.status <> n.status;
  return null;
end
$$;
comment on function app.audit_quarantine() is
  'What became of a quarantined event, without the event itself: it may hold what jsonb refuses.';

-- Feed to terminals ------------------------------------------------------------

create function app.feed_query(tbl text) returns text
  language sql immutable parallel safe
  return case
    when tbl in ('type_lists', 'units_of_measure', 'material_categories', 'roles', 'custom_fields', 'organization_branding') then
      format('select t.id::bigint, 0 from %I t where t.organization_id = $1 and t.id = any ($2)', tbl)
    when tbl in (
        'departments', 'projects', 'materials', 'bom_headers', 'work_orders', 'work_order_operations', 'work_centers',
        'work_center_shifts', 'ncrs', 'inspection_plans', 'machines', 'shifts', 'shift_handovers', 'shift_occurrences',
        'lanes', 'lane_assignments', 'type_list_values', 'barcode_labels', 'lot_batches', 'serial_numbers',
        'system_settings', 'help_calls', 'user_plant_access', 'file_uploads') then
      format('select t.id::bigint, coalesce(t.plant_id, 0) from %I t where t.organization_id = $1 and t.id = any ($2)', tbl)
    when tbl = 'organizations' then
      'select t.id::bigint, 0 from organizations t where t.id = $1 and t.id = any ($2)'
    when tbl = 'plants' then
      'select t.id::bigint, t.id from plants t where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'bom_lines' then
      'select t.id::bigint, coalesce(h.plant_id, 0) from bom_lines t
       join bom_headers h on h.organization_id = t.organization_id and h.id = t.bom_header_id
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'work_order_materials' then
      'select t.id::bigint, w.plant_id from work_order_materials t
       join work_orders w on w.organization_id = t.organization_id and w.id = t.work_order_id
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'inspection_points' then
      'select t.id::bigint, coalesce(p.plant_id, 0) from inspection_points t
       join inspection_plans p on p.organization_id = t.organization_id and p.id = t.inspection_plan_id
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'inspection_characteristics' then
      'select t.id::bigint, coalesce(p.plant_id, 0) from inspection_characteristics t
       join inspection_points i on i.organization_id = t.organization_id and i.id = t.inspection_point_id
       join inspection_plans p on p.organization_id = i.organization_id and p.id = i.inspection_plan_id
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'project_documents' then
      'select t.id::bigint, p.plant_id from project_documents t
       join projects p on p.organization_id = t.organization_id and p.id = t.project_id
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'number_leases' then
      'select t.id::bigint, d.plant_id from number_leases t
       join devices d on d.organization_id = t.organization_id and d.id = t.device_id
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'number_series' then
      'select t.id::bigint, coalesce(t.plant_id, 0) from number_series t where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'users' then
      'select distinct t.id::bigint, a.plant_id from users t
       join user_plant_access a on a.organization_id = t.organization_id and a.user_id = t.id and a.revoked_at is null
       where t.organization_id = $1 and t.id = any ($2)'
    when tbl = 'user_roles' then
      'select distinct t.id::bigint, a.plant_id from user_roles t
       join user_plant_access a on a.organization_id = t.organization_id and a.user_id = t.user_id and a.revoked_at is null
        and (t.plant_id is null or t.plant_id = a.plant_id)
       where t.organization_id = $1 and t.id = any ($2) and t.revoked_at is null'
    when tbl = 'notifications' then
      'select distinct t.id::bigint, a.plant_id from notifications t
       join user_plant_access a on a.organization_id = t.organization_id and a.user_id = t.user_id and a.revoked_at is null
        and (t.plant_id is null or t.plant_id = a.plant_id)
       where t.organization_id = $1 and t.id = any ($2) and t.archived_at is null'
  end;
comment on function app.feed_query(text) is
  'For a pulled table: which scopes (plant, or 0 for all) the rows $2 of organization $1 belong to now. NULL = terminals do not pull this table.';

create function app.feed_rows(tbl text, organization int, ids bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  wanted_ids bigint[];
  wanted_scopes int[];
  touched int;
begin
  execute 'select array_agg(id), array_agg(scope) from (' || app.feed_query(tbl) || ') as wanted (id, scope)'
    into wanted_ids, wanted_scopes using organization, ids;

  for touched in
    with upserted as (
      -- Always in key order, so that two sessions never wait for each other crosswise.
      insert into sync_row as s (organization_id, scope, tbl, row_id)
      select organization, w.scope, feed_rows.tbl, w.id
      from unnest(wanted_ids, wanted_scopes) as w (id, scope)
      order by w.scope, w.id
      on conflict on constraint sync_row_pkey do update
        set xid = excluded.xid, changed_at = excluded.changed_at, deleted = false
        where s.xid <> excluded.xid or s.deleted
      returning s.scope
    ), gone as (
      update sync_row s
      set xid = pg_current_xact_id(), changed_at = now(), deleted = true
      where s.organization_id = organization
        and s.scope in (select 0 union all select p.id from plants p where p.organization_id = organization)
        and s.tbl = feed_rows.tbl
        and s.row_id = any (ids)
        and not s.deleted
        and (s.scope, s.row_id) not in (select w.scope, w.id from unnest(wanted_ids, wanted_scopes) as w (id, scope))
      returning s.scope
    )
    select distinct scope from (select scope from upserted union all select scope from gone) as any_scope
  loop
    -- Wakes the long polls of that plant after commit.
    perform pg_notify('takt_sync', organization || ':' || touched);
  end loop;
end
$$;
comment on function app.feed_rows(text, int, bigint[]) is
  'Brings sync_row in line with the present scopes of some rows: new or changed ones are stamped with this transaction, lost scopes become tombstones. Notifies takt_sync with organization:scope.';

create function app.feed_dependents(tbl text) returns table (child text, children_of text)
  language sql immutable parallel safe
begin atomic
  select v.child, v.children_of from (values
    ('user_plant_access', 'users', 'select a.user_id from user_plant_access a where a.organization_id = $1 and a.id = any ($2)'),
    ('user_plant_access', 'user_roles', 'select r.id from user_roles r join user_plant_access a on a.organization_id = r.organization_id and a.user_id = r.user_id where a.organization_id = $1 and a.id = any ($2)'),
    ('user_plant_access', 'notifications', 'select n.id from notifications n join user_plant_access a on a.organization_id = n.organization_id and a.user_id = n.user_id where a.organization_id = $1 and a.id = any ($2) and n.archived_at is null'),
    ('bom_headers', 'bom_lines', 'select l.id from bom_lines l where l.organization_id = $1 and l.bom_header_id = any ($2)'),
    ('inspection_plans', 'inspection_points', 'select p.id from inspection_points p where p.organization_id = $1 and p.inspection_plan_id = any ($2)'),
    ('inspection_plans', 'inspection_characteristics', 'select c.id from inspection_characteristics c join inspection_points p on p.organization_id = c.organization_id and p.id = c.inspection_point_id where p.organization_id = $1 and p.inspection_plan_id = any ($2)'),
    ('projects', 'project_documents', 'select d.id from project_documents d where d.organization_id = $1 and d.project_id = any ($2)'),
    ('work_orders', 'work_order_materials', 'select m.id from work_order_materials m where m.organization_id = $1 and m.work_order_id = any ($2)')
  ) as v (parent, child, children_of)
  where v.parent = tbl;
end;
comment on function app.feed_dependents(text) is
  'Rows whose scope follows from another table''s row: moved with it. The query finds them for the rows $2 of organization $1.';

create function app.feed_moved(tbl text, organization int, ids bigint[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  d record;
  follower_ids bigint[];
begin
  for d in select * from app.feed_dependents(tbl) loop
    execute format('select array_agg(distinct f.id::bigint) from (%s) as f (id)', d.children_of) into follower_ids using organization, ids;
    if follower_ids is not null then
      perform app.feed_rows(d.child, organization, follower_ids);
    end if;
  end loop;
end
$$;
comment on function app.feed_moved(text, int, bigint[]) is 'Feeds what follows rows that changed their scope.';

create function app.feed_scope_moves() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_nestloop = off as $$
declare
  moved record;
begin
  for moved in
    select n.organization_id as organization, array_agg(n.id::bigint) as ids
    from new_rows n join old_rows o on o.id = n.id
    where n.plant_id is distinct from o.plant_id
    group by 1
  loop
    perform app.feed_moved(tg_table_name, moved.organization, moved.ids);
  end loop;
  return null;
end
$$;
comment on function app.feed_scope_moves() is 'A header that moves to another plant takes its lines along.';

create function app.feed_access() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed record;
begin
  if tg_op = 'DELETE' then
    for changed in select o.organization_id as organization, array_agg(distinct o.user_id::bigint) as users from old_rows o group by 1 loop
      perform app.feed_rows('users', changed.organization, changed.users);
      perform app.feed_rows('user_roles', changed.organization, array_agg(r.id::bigint))
      from user_roles r where r.organization_id = changed.organization and r.user_id = any (changed.users) having count(*) > 0;
      perform app.feed_rows('notifications', changed.organization, array_agg(m.id))
      from notifications m where m.organization_id = changed.organization and m.user_id = any (changed.users) having count(*) > 0;
    end loop;
  else
    for changed in select n.organization_id as organization, array_agg(n.id::bigint) as ids from new_rows n group by 1 loop
      perform app.feed_moved('user_plant_access', changed.organization, changed.ids);
    end loop;
  end if;
  return null;
end
$$;
comment on function app.feed_access() is
  'Who may enter a plant decides which terminals know the person: users, their roles and their messages follow the access.';

create function app.feed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_nestloop = off as $$
declare
  changed record;
begin
  if tg_op = 'INSERT' then
    for changed in
      select n.organization_id as organization, array_agg(n.id::bigint) as ids
      from new_rows n group by 1
    loop
      perform app.feed_rows(tg_table_name, changed.organization, changed.ids);
    end loop;
  elsif tg_op = 'DELETE' then
    for changed in
      select o.organization_id as organization, array_agg(o.id::bigint) as ids
      from old_rows o group by 1
    loop
      perform app.feed_rows(tg_table_name, changed.organization, changed.ids);
    end loop;
  elsif tg_argv[0] = 'versioned' then
    for changed in
      select n.organization_id as organization, array_agg(n.id::bigint) as ids
      from new_rows n join old_rows o on o.id = n.id
      where n.row_version <> o.row_version
      group by 1
    loop
      perform app.feed_rows(tg_table_name, changed.organization, changed.ids);
    end loop;
  else
    for changed in
      select n.organization_id as organization, array_agg(n.id::bigint) as ids
      from new_rows n join old_rows o on o.id = n.id
      where to_jsonb(n) is distinct from to_jsonb(o)
      group by 1
    loop
      perform app.feed_rows(tg_table_name, changed.organization, changed.ids);
    end loop;
  end if;
  return null;
end
$$;
comment on function app.feed() is
  'Statement trigger of every pulled table. Nothing is stamped when nothing but quiet columns changed.';

create function app.feed_grants_gone() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed record;
begin
  for changed in select o.organization_id as organization, array_agg(distinct o.user_id::bigint) as users from old_rows o group by 1 loop
    perform app.feed_rows('users', changed.organization, changed.users);
  end loop;
  return null;
end
$$;
comment on function app.feed_grants_gone() is
  'A grant that was deleted no longer says whose it was: the person is fed in its place.';

create function app.feed_inspected() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  changed record;
begin
  for changed in
    select n.organization_id as organization, array_agg(distinct n.operation_id::bigint) as ids
    from new_rows n where n.operation_id is not null group by 1
  loop
    perform app.feed_rows('work_order_operations', changed.organization, changed.ids);
  end loop;
  return null;
end
$$;
comment on function app.feed_inspected() is 'A step comes down with the last look at its checkpoints: a new one feeds it.';

create function app.feed_organization() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.feed_rows('organizations', n.id, array[n.id::bigint]) from new_rows n;
  return null;
end
$$;
comment on function app.feed_organization() is 'The same for organizations, whose own id is the tenant.';

-- Shifts -----------------------------------------------------------------------------

create function app.shift_window(shift_id int, business_date date) returns tstzrange
  language sql stable
begin atomic
  select tstzrange(
    ($2 + s.start_time) at time zone p.timezone,
    ($2 + s.end_time + case when s.crosses_midnight then interval '1 day' else interval '0' end) at time zone p.timezone,
    '[)')
  from public.shifts s
  join public.plants p on p.organization_id = s.organization_id and p.id = s.plant_id
  where s.organization_id = app.org() and s.id = $1;
end;
comment on function app.shift_window(int, date) is
  'The instants of a shift that begins on a plant-local date, in the plant''s zone: a night shift on a clock-change day is 7 or 9 hours long.';

create function app.make_shift_occurrences(plant int, first_date date, last_date date) returns int
  language plpgsql as $$
declare
  made int;
begin
  insert into shift_occurrences (organization_id, plant_id, shift_id, business_date, starts_at, ends_at, zone,
      utc_offset_start_seconds, utc_offset_end_seconds, break_minutes, breaks, production_target)
  select s.organization_id, s.plant_id, s.id, day::date, lower(w.span), upper(w.span), p.timezone,
         extract(epoch from (lower(w.span) at time zone p.timezone) - (lower(w.span) at time zone 'UTC'))::int,
         extract(epoch from (upper(w.span) at time zone p.timezone) - (upper(w.span) at time zone 'UTC'))::int,
         s.break_minutes, b.breaks, s.production_target
  from plants p
  join shifts s on s.organization_id = p.organization_id and s.plant_id = p.id and s.is_active
  cross join generate_series(first_date, last_date, interval '1 day') as day
  cross join lateral (select app.shift_window(s.id, day::date)) as w (span)
  cross join lateral (
    -- A break that begins before the shift's clock time lies after midnight.
    select coalesce(range_agg(w.span * tstzrange(
             (day::date + at.begins + at.later) at time zone p.timezone,
             (day::date + at.ends + at.later + case when at.ends <= at.begins then interval '1 day' else interval '0' end) at time zone p.timezone)),
           '{}'::tstzmultirange)
    from jsonb_to_recordset(s.breaks) as x (start time, "end" time)
    cross join lateral (
      select x.start as begins, x."end" as ends,
             case when s.crosses_midnight and x.start < s.start_time then interval '1 day' else interval '0' end as later) as at
  ) as b (breaks)
  where p.organization_id = app.org() and p.id = plant
    and extract(isodow from day)::smallint = any (s.days_of_week)
    and s.effective @> day::date
  on conflict on constraint shift_occurrences_shift_id_business_date_key do nothing;
  get diagnostics made = row_count;
  return made;
end
$$;
comment on function app.make_shift_occurrences(int, date, date) is
  'Materialises the shifts of a plant for some days and answers how many were new; existing ones stay as they are. A daily job keeps 60 days ahead.';


-- State machines -----------------------------------------------------------------
-- They bind the office path. Ingest records what happened on the floor, also when
-- it contradicts the plan, and flags it: with app.ingest = 'on' they stand aside.

create function app.transitions(tbl text) returns text
  language sql immutable parallel safe
  return case tbl
    when 'work_orders' then
      'PLANNED>RELEASED PLANNED>CANCELLED RELEASED>IN_PROGRESS RELEASED>PLANNED RELEASED>CANCELLED
       IN_PROGRESS>PAUSED IN_PROGRESS>COMPLETED IN_PROGRESS>CANCELLED PAUSED>IN_PROGRESS PAUSED>COMPLETED PAUSED>CANCELLED'
    when 'work_order_operations' then
      'PENDING>IN_PROGRESS PENDING>SKIPPED IN_PROGRESS>PAUSED IN_PROGRESS>COMPLETED PAUSED>IN_PROGRESS PAUSED>COMPLETED'
    when 'ncrs' then
      'OPEN>IN_REVIEW OPEN>CANCELLED IN_REVIEW>RESOLVED IN_REVIEW>OPEN IN_REVIEW>CANCELLED RESOLVED>CLOSED RESOLVED>IN_REVIEW'
    when 'inspection_plans' then 'DRAFT>APPROVED APPROVED>RETIRED'
    when 'shift_handovers' then 'DRAFT>SUBMITTED SUBMITTED>ACKNOWLEDGED SUBMITTED>DISPUTED DISPUTED>SUBMITTED'
    when 'shipments' then
      'DRAFT>PACKED DRAFT>CANCELLED PACKED>DRAFT PACKED>SHIPPED PACKED>CANCELLED SHIPPED>IN_TRANSIT SHIPPED>DELIVERED
       SHIPPED>RETURNED IN_TRANSIT>DELIVERED IN_TRANSIT>RETURNED DELIVERED>RETURNED'
    when 'rda_drawings' then
      'DRAFT>SUBMITTED SUBMITTED>IN_REVIEW SUBMITTED>APPROVED SUBMITTED>REJECTED SUBMITTED>DRAFT
       IN_REVIEW>APPROVED IN_REVIEW>REJECTED APPROVED>SUPERSEDED'
    when 'approvals' then 'PENDING>APPROVED PENDING>REJECTED PENDING>ESCALATED PENDING>CANCELLED PENDING>EXPIRED'
    when 'lot_batches' then
      'PENDING>RELEASED PENDING>QUARANTINE PENDING>REJECTED RELEASED>QUARANTINE RELEASED>EXPIRED QUARANTINE>RELEASED
       QUARANTINE>REJECTED EXPIRED>RELEASED EXPIRED>REJECTED REJECTED>QUARANTINE'
    when 'serial_numbers' then
      'CREATED>IN_STOCK CREATED>CONSUMED CREATED>SCRAPPED IN_STOCK>RESERVED IN_STOCK>SHIPPED IN_STOCK>CONSUMED IN_STOCK>SCRAPPED
       RESERVED>IN_STOCK RESERVED>SHIPPED RESERVED>CONSUMED SHIPPED>INSTALLED SHIPPED>RETURNED INSTALLED>IN_SERVICE
       INSTALLED>RETURNED INSTALLED>SCRAPPED IN_SERVICE>RETURNED IN_SERVICE>SCRAPPED RETURNED>IN_STOCK RETURNED>SCRAPPED
       CONSUMED>IN_STOCK'
    when 'machine_status_history' then
      'AVAILABLE>RUNNING AVAILABLE>SETUP AVAILABLE>DOWN AVAILABLE>MAINTENANCE AVAILABLE>DECOMMISSIONED
       RUNNING>IDLE RUNNING>SETUP RUNNING>DOWN RUNNING>AVAILABLE IDLE>RUNNING IDLE>SETUP IDLE>DOWN IDLE>AVAILABLE
       SETUP>RUNNING SETUP>IDLE SETUP>DOWN SETUP>AVAILABLE DOWN>RUNNING DOWN>MAINTENANCE DOWN>AVAILABLE
       MAINTENANCE>AVAILABLE MAINTENANCE>DOWN MAINTENANCE>DECOMMISSIONED'
    when 'projects' then
      'PLANNING>ACTIVE PLANNING>CANCELLED ACTIVE>ON_HOLD ACTIVE>COMPLETED ACTIVE>CANCELLED ON_HOLD>ACTIVE ON_HOLD>CANCELLED
       COMPLETED>ARCHIVED'
    when 'lane_assignments' then 'PLANNED>ACTIVE PLANNED>CANCELLED ACTIVE>COMPLETED ACTIVE>CANCELLED'
    when 'bom_headers' then 'DRAFT>ACTIVE ACTIVE>RETIRED'
    when 'workflows' then 'DRAFT>ACTIVE ACTIVE>RETIRED'
    when 'project_documents' then
      'DRAFT>IN_REVIEW IN_REVIEW>DRAFT IN_REVIEW>RELEASED RELEASED>SUPERSEDED SUPERSEDED>ARCHIVED'
    when 'project_milestones' then
      'NOT_STARTED>IN_PROGRESS NOT_STARTED>CANCELLED IN_PROGRESS>COMPLETED IN_PROGRESS>CANCELLED'
    when 'report_executions' then
      'PENDING>RUNNING PENDING>CANCELLED RUNNING>COMPLETED RUNNING>FAILED RUNNING>CANCELLED'
    when 'devices' then
      'PENDING>ACTIVE PENDING>REVOKED ACTIVE>DRAINING ACTIVE>SUSPENDED ACTIVE>REVOKED DRAINING>ACTIVE DRAINING>SUSPENDED
       DRAINING>REVOKED SUSPENDED>ACTIVE SUSPENDED>DRAINING SUSPENDED>REVOKED'
    when 'sync_quarantine' then 'OPEN>REPLAYED OPEN>REPAIRED OPEN>DISCARDED'
    when 'file_uploads' then 'UPLOADING>STORED UPLOADING>REJECTED STORED>DELETED'
    when 'help_calls' then 'CALLED>TAKEN CALLED>RESOLVED CALLED>CANCELLED TAKEN>RESOLVED TAKEN>CANCELLED'
  end;
comment on function app.transitions(text) is 'The moves a table''s status may make, as from>to.';

create function app.guard_transition() returns trigger
  language plpgsql as $$
declare
  was text;
  will text;
begin
  if tg_table_name = 'lot_batches' then
    was := old.quality_status;
    will := new.quality_status;
  else
    was := old.status;
    will := new.status;
  end if;
  if not app.ingesting()
     and not (was || '>' || will = any (regexp_split_to_array(app.transitions(tg_table_name), '\s+'))) then
    perform app.refuse('TK002', tg_table_name || '_status_transition', format('%s cannot go from %s to %s', tg_table_name, was, will));
  end if;
  return new;
end
$$;
comment on function app.guard_transition() is 'Status moves only along app.transitions().';

create function app.guard_work_order() returns trigger
  language plpgsql as $$
begin
  if app.ingesting() then
    return new;
  end if;
  if old.status <> 'PLANNED'
     and (new.material_id, new.planned_quantity, new.unit_id) is distinct from (old.material_id, old.planned_quantity, old.unit_id) then
    perform app.refuse('TK006', 'work_orders_frozen', 'material and quantity are frozen from release on');
  end if;
  if new.status = old.status then
    return new;
  end if;

  if old.status = 'PLANNED' and new.status = 'RELEASED' then
    if not exists (select from work_order_operations o where o.organization_id = new.organization_id and o.work_order_id = new.id) then
      perform app.refuse('TK003', 'work_orders_release_operations', 'an order without operations cannot be released');
    end if;
    if exists (select from bom_lines l where l.organization_id = new.organization_id and l.bom_header_id = new.bom_header_id)
       and not exists (select from work_order_materials m where m.organization_id = new.organization_id and m.work_order_id = new.id) then
      perform app.refuse('TK003', 'work_orders_release_materials', 'the bill of materials is not exploded');
    end if;
    if exists (select from projects p where p.organization_id = new.organization_id and p.id = new.project_id and p.status <> 'ACTIVE') then
      perform app.refuse('TK003', 'work_orders_release_project', 'the project is not active');
    end if;
    new.released_at := coalesce(new.released_at, now());
  elsif new.status = 'PLANNED' then
    if exists (
      select from production_logs l
      where l.organization_id = new.organization_id and l.work_order_id = new.id
        and l.logged_at >= coalesce(old.released_at, old.created_at) - interval '90 days') then
      perform app.refuse('TK003', 'work_orders_unrelease_logs', 'an order with production cannot go back to planned');
    end if;
    new.released_at := null;
  elsif new.status = 'COMPLETED' then
    if exists (
      select from work_order_operations o
      where o.organization_id = new.organization_id and o.work_order_id = new.id and o.status not in ('COMPLETED', 'SKIPPED')) then
      perform app.refuse('TK003', 'work_orders_complete_operations', 'an operation is still open');
    end if;
    if new.completed_quantity < new.planned_quantity and new.status_reason is null then
      perform app.refuse('TK003', 'work_orders_complete_reason', 'a short quantity needs a reason');
    end if;
  elsif new.status = 'CANCELLED' and new.status_reason is null then
    perform app.refuse('TK003', 'work_orders_cancel_reason', 'cancelling needs a reason');
  end if;
  return new;
end
$$;
comment on function app.guard_work_order() is 'Release, completion and cancelling of an order; what is frozen from release on.';

create function app.guard_operation() returns trigger
  language plpgsql as $$
declare
  previous work_order_operations%rowtype;
  work_order work_orders%rowtype;
begin
  if app.ingesting() then
    return new;
  end if;
  if new.status = 'IN_PROGRESS' then
    select * into work_order from work_orders w where w.organization_id = new.organization_id and w.id = new.work_order_id;
    if work_order.status <> 'IN_PROGRESS' then
      perform app.refuse('TK003', 'work_order_operations_start_order', 'the order is not in progress');
    end if;
    select * into previous from work_order_operations o
    where o.organization_id = new.organization_id and o.work_order_id = new.work_order_id and o.id = new.predecessor_operation_id;
    if found and previous.status not in ('COMPLETED', 'SKIPPED')
       and (new.scheduling_mode = 'SEQUENTIAL'
         or new.scheduling_mode = 'OVERLAP' and previous.completed_quantity < new.overlap_start_ratio * work_order.planned_quantity) then
      perform app.refuse('TK003', 'work_order_operations_start_predecessor', 'the operation before it is not far enough');
    end if;
  elsif new.status = 'COMPLETED' and new.requires_inspection then
    if not exists (
      select from inspection_logs l
      where l.organization_id = new.organization_id and l.work_order_id = new.work_order_id and l.operation_id = new.id
        and l.result in ('PASS', 'CONDITIONAL')
        and not exists (
          select from inspection_logs v
          where v.organization_id = l.organization_id and v.work_order_id = l.work_order_id and v.voids_uid = l.uid)) then
      perform app.refuse('TK003', 'work_order_operations_complete_inspection', 'the inspection has not passed');
    end if;
  end if;
  return new;
end
$$;
comment on function app.guard_operation() is 'Start after order and predecessor, completion after inspection.';

create function app.guard_ncr() returns trigger
  language plpgsql as $$
begin
  if app.ingesting() then
    return new;
  end if;
  if new.status = 'RESOLVED' and new.disposition = 'REWORK' and new.rework_work_order_id is null then
    perform app.refuse('TK003', 'ncrs_resolve_rework', 'rework needs its order');
  elsif new.status = 'RESOLVED' and new.disposition = 'SCRAP' and num_nonnulls(new.lot_batch_id, new.serial_number_id) > 0 and not exists (
      select from genealogy_records g
      where g.organization_id = new.organization_id and g.operation_type = 'SCRAPPED'
        and (g.lot_batch_id = new.lot_batch_id or g.serial_number_id = new.serial_number_id)
        and g.occurred_at >= new.detected_at - interval '1 day') then
    perform app.refuse('TK003', 'ncrs_resolve_scrap', 'the lot or serial is not scrapped in its genealogy');
  elsif new.status = 'RESOLVED' and new.disposition = 'RETURN_TO_SUPPLIER' and not exists (
      select from shipments s
      where s.organization_id = new.organization_id and s.ncr_id = new.id and s.shipment_type = 'RETURN' and s.status <> 'CANCELLED') then
    perform app.refuse('TK003', 'ncrs_resolve_return', 'returning needs its shipment');
  elsif new.status = 'RESOLVED' and new.disposition = 'USE_AS_IS' and not exists (
      select from approvals a
      where a.organization_id = new.organization_id and a.entity_type = 'ncr' and a.entity_id = new.id and a.status = 'APPROVED') then
    perform app.refuse('TK003', 'ncrs_resolve_approval', 'use as is needs an approval');
  elsif new.status = 'CLOSED' and new.severity = 'CRITICAL' and new.closed_by = new.detected_by then
    perform app.refuse('TK003', 'ncrs_close_reporter', 'a critical report is closed by somebody else');
  end if;
  return new;
end
$$;
comment on function app.guard_ncr() is 'Evidence a report needs before it is resolved or closed; the rest is in its checks.';

create function app.guard_inspection_plan() returns trigger
  language plpgsql as $$
begin
  if new.status = 'APPROVED' and old.status = 'DRAFT' then
    if not exists (select from inspection_points p where p.organization_id = new.organization_id and p.inspection_plan_id = new.id)
       or exists (
         select from inspection_points p
         where p.organization_id = new.organization_id and p.inspection_plan_id = new.id
           and not exists (
             select from inspection_characteristics c
             where c.organization_id = p.organization_id and c.inspection_point_id = p.id)) then
      perform app.refuse('TK003', 'inspection_plans_approve_points', 'a plan needs points, and every point a characteristic');
    end if;
    if new.approved_by = new.created_by then
      perform app.refuse('TK003', 'inspection_plans_approve_author', 'the author does not approve');
    end if;
  elsif old.status <> 'DRAFT'
     and (new.plan_code, new.revision, new.plan_type, new.material_id, new.work_center_id, new.operation_number)
         is distinct from (old.plan_code, old.revision, old.plan_type, old.material_id, old.work_center_id, old.operation_number) then
    perform app.refuse('TK006', 'inspection_plans_frozen', 'an approved plan is replaced by a new revision');
  end if;
  return new;
end
$$;
comment on function app.guard_inspection_plan() is 'A plan is approved complete and by a second person, and then keeps its meaning.';

create function app.guard_shipment() returns trigger
  language plpgsql as $$
begin
  if new.status = 'SHIPPED' and new.carrier_name is null and new.shipping_method <> 'PICKUP' then
    perform app.refuse('TK003', 'shipments_ship_carrier', 'shipping needs a carrier or a pick-up');
  end if;
  -- Lines may still change while packed, hence asked again when it leaves.
  if new.status in ('PACKED', 'SHIPPED') then
    if exists (
      select from shipment_items i where i.organization_id = new.organization_id and i.shipment_id = new.id and not i.is_packed) then
      perform app.refuse('TK003', 'shipments_pack_items', 'a line is not packed');
    end if;
    if new.shipment_type in ('OUTBOUND', 'TRANSFER') and exists (
      select from shipment_items i
      join lot_batches l on l.organization_id = i.organization_id and l.id = i.lot_batch_id
      where i.organization_id = new.organization_id and i.shipment_id = new.id
        and (l.quality_status <> 'RELEASED' or l.expires_on < current_date)) then
      perform app.refuse('TK003', 'shipments_pack_lots', 'a lot is not released');
    end if;
  end if;
  return new;
end
$$;
comment on function app.guard_shipment() is 'Packed completely and only with released lots; shipped with somebody.';

create function app.guard_rda() returns trigger
  language plpgsql as $$
declare
  asked int;
  approved int;
  rejected int;
  needs_all boolean;
begin
  if new.status in ('SUBMITTED', 'APPROVED', 'REJECTED') then
    select count(*), count(*) filter (where a.status = 'APPROVED'), count(*) filter (where a.status = 'REJECTED'),
           coalesce(bool_or(a.policy = 'ALL'), true)
    into asked, approved, rejected, needs_all
    from approvals a
    where a.organization_id = new.organization_id and a.entity_type = 'rda_drawing' and a.entity_id = new.id
      and a.status not in ('CANCELLED', 'EXPIRED', 'ESCALATED');
    if asked = 0 then
      perform app.refuse('TK003', 'rda_drawings_submit_approvers', 'nobody is asked to approve');
    elsif new.status = 'APPROVED' and (rejected > 0 or approved = 0 or needs_all and approved < asked) then
      perform app.refuse('TK003', 'rda_drawings_approve_answers', 'the approvals asked for are not given');
    elsif new.status = 'REJECTED' and rejected = 0 then
      perform app.refuse('TK003', 'rda_drawings_reject_answers', 'nobody who was asked has rejected it');
    end if;
  end if;
  return new;
end
$$;
comment on function app.guard_rda() is 'A drawing is approved or rejected when the approvals asked for it say so.';

create function app.guard_approval() returns trigger
  language plpgsql as $$
begin
  if new.status in ('APPROVED', 'REJECTED') and new.responded_by is distinct from new.approver_user_id and not exists (
    select from user_roles r
    where r.organization_id = new.organization_id and r.user_id = new.responded_by and r.role_id = new.approver_role_id
      and r.revoked_at is null and r.valid_from <= now() and coalesce(r.valid_until, 'infinity') > now()
      and (r.plant_id is null or r.plant_id = new.plant_id)) then
    perform app.refuse('TK013', 'approvals_responder', 'the responder is neither the person nor in the role that was asked');
  end if;
  return new;
end
$$;
comment on function app.guard_approval() is 'Only the named person, or somebody in the named role at that plant, decides.';

create function app.guard_serial() returns trigger
  language plpgsql as $$
begin
  if app.ingesting() or new.status <> 'IN_STOCK' then
    return new;
  end if;
  if old.status = 'RETURNED' and not exists (
    select from inspection_logs l
    where l.organization_id = new.organization_id and l.serial_number_id = new.id and l.inspected_at >= old.updated_at) then
    perform app.refuse('TK003', 'serial_numbers_restock_inspection', 'a returned unit is inspected before it is stock again');
  elsif old.status = 'CONSUMED' and exists (
    select from traceability_links l
    where l.organization_id = new.organization_id and l.parent_serial_id = new.id and l.voided_at is null) then
    perform app.refuse('TK003', 'serial_numbers_restock_link', 'the unit is still linked into another one');
  end if;
  return new;
end
$$;
comment on function app.guard_serial() is
  'A returned unit is inspected, and a built-in one taken out (its link voided), before it is stock again.';

create function app.guard_lot() returns trigger
  language plpgsql as $$
begin
  if app.ingesting() then
    return new;
  end if;
  if old.quality_status = 'REJECTED' and not exists (
    select from approvals a
    where a.organization_id = new.organization_id and a.entity_type = 'lot_batch' and a.entity_id = new.id and a.status = 'APPROVED') then
    perform app.refuse('TK003', 'lot_batches_reopen_approval', 'a rejected lot comes back only with an approval');
  elsif old.quality_status = 'EXPIRED' and new.quality_status = 'RELEASED' and not exists (
    select from inspection_logs l
    where l.organization_id = new.organization_id and l.lot_batch_id = new.id and l.result in ('PASS', 'CONDITIONAL')
      and coalesce(l.inspected_at >= coalesce(old.retest_on, old.expires_on), true)
      and not exists (
        select from inspection_logs v
        where v.organization_id = l.organization_id and v.lot_batch_id = l.lot_batch_id and v.voids_uid = l.uid)) then
    perform app.refuse('TK003', 'lot_batches_release_retest', 'an expired lot is released only after a retest');
  end if;
  return new;
end
$$;
comment on function app.guard_lot() is 'What brings a rejected or an expired lot back.';

create function app.guard_consumption() returns trigger
  language plpgsql as $$
begin
  if not app.ingesting() and exists (
    select from lot_batches l
    where l.organization_id = new.organization_id and l.id = new.parent_lot_id
      and (l.quality_status <> 'RELEASED' or l.expires_on < new.linked_at::date)) then
    perform app.refuse('TK003', 'traceability_links_lot_released', 'only a released lot that has not expired is consumed');
  end if;
  return new;
end
$$;
comment on function app.guard_consumption() is 'The office consumes released lots only; what the floor did consume is a fact.';

create function app.guard_project() returns trigger
  language plpgsql as $$
begin
  if new.status = 'COMPLETED' and exists (
    select from work_orders w
    where w.organization_id = new.organization_id and w.project_id = new.id and w.status not in ('COMPLETED', 'CANCELLED')) then
    perform app.refuse('TK003', 'projects_complete_orders', 'an order of the project is still open');
  end if;
  return new;
end
$$;
comment on function app.guard_project() is 'A project is completed after its orders.';

create function app.guard_bom() returns trigger
  language plpgsql as $$
begin
  if old.status <> 'DRAFT'
     and (new.material_id, new.base_quantity, new.unit_id, new.bom_type, new.plant_id)
         is distinct from (old.material_id, old.base_quantity, old.unit_id, old.bom_type, old.plant_id) then
    perform app.refuse('TK006', 'bom_headers_frozen', 'an active bill of materials is replaced by a new version');
  end if;
  if new.material_id <> old.material_id and exists (
    select from bom_lines l
    where l.organization_id = new.organization_id and l.bom_header_id = new.id
      and app.bom_levels(new.organization_id, new.material_id, l.component_material_id) > 10) then
    perform app.refuse('TK007', 'bom_headers_tree', 'the bill of materials would contain itself or go deeper than 10');
  end if;
  return new;
end
$$;
comment on function app.guard_bom() is 'An active bill of materials keeps its meaning, and a draft makes nothing out of itself.';

create function app.guard_workflow() returns trigger
  language plpgsql as $$
begin
  if new.status = 'ACTIVE' and old.status = 'DRAFT' then
    if (select count(*) filter (where s.state_type = 'INITIAL') <> 1
            or count(*) filter (where s.state_type in ('FINAL', 'CANCELLED', 'REJECTED')) = 0
        from workflow_states s where s.organization_id = new.organization_id and s.workflow_id = new.id) then
      perform app.refuse('TK003', 'workflows_activate_ends', 'a workflow needs one initial state and an end state');
    end if;
    if exists (
      with recursive reached (id) as (
        select s.id from workflow_states s
        where s.organization_id = new.organization_id and s.workflow_id = new.id and s.state_type = 'INITIAL'
        union
        select t.to_state_id from reached r
        join workflow_transitions t
          on t.organization_id = new.organization_id and t.workflow_id = new.id and t.from_state_id = r.id
      )
      select from workflow_states s
      where s.organization_id = new.organization_id and s.workflow_id = new.id and s.id not in (select r.id from reached r)) then
      perform app.refuse('TK003', 'workflows_activate_reachable', 'a state cannot be reached');
    end if;
  end if;
  return new;
end
$$;
comment on function app.guard_workflow() is 'A workflow is activated whole: one start, an end, every state reachable.';

-- Machines -------------------------------------------------------------------------

create function app.guard_machine_period() returns trigger
  language plpgsql as $$
declare
  present text;
begin
  if app.ingesting() or new.ended_at is not null then
    return new;
  end if;
  select m.status into present from machines m where m.organization_id = new.organization_id and m.id = new.machine_id;
  if present <> new.status
     and not (present || '>' || new.status = any (regexp_split_to_array(app.transitions('machine_status_history'), '\s+'))) then
    perform app.refuse('TK002', 'machine_status_history_status_transition', format('a machine cannot go from %s to %s', present, new.status));
  end if;
  return new;
end
$$;
comment on function app.guard_machine_period() is 'A machine''s new present status follows from the one before; periods of the past are facts.';

create function app.mirror_machine_status() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  touched record;
begin
  for touched in
    with present as (
      select distinct on (h.organization_id, h.machine_id) h.organization_id, h.machine_id, h.id, h.status, h.started_at
      from new_rows n
      join machine_status_history h
        on h.organization_id = n.organization_id and h.machine_id = n.machine_id and h.ended_at is null
      order by h.organization_id, h.machine_id, h.started_at desc
    ), changed as (
      update machines m
      set status = p.status, status_since = p.started_at, is_active = m.is_active and p.status <> 'DECOMMISSIONED'
      from present p
      where m.organization_id = p.organization_id and m.id = p.machine_id
        and (m.status, m.status_since) is distinct from (p.status, p.started_at)
      returning m.organization_id, m.id
    )
    select c.organization_id, array_agg(c.id::bigint) as ids
    from (
      select organization_id, id from changed
      union
      -- The open period was itself written: a stop got its reason.
      select p.organization_id, p.machine_id from present p join new_rows n on n.organization_id = p.organization_id and n.id = p.id
    ) as c
    group by c.organization_id
  loop
    perform app.feed_rows('machines', touched.organization_id, touched.ids);
  end loop;
  return null;
end
$$;
comment on function app.mirror_machine_status() is
  'machines.status is a copy of the open period; it is fed to terminals but is no new version of the machine.';

create function app.guard_machine_status() returns trigger
  language plpgsql as $$
begin
  if pg_trigger_depth() = 1 then
    perform app.refuse('TK006', 'machines_status_mirror', 'a machine''s status is written by its history');
  end if;
  return new;
end
$$;
comment on function app.guard_machine_status() is 'Only the mirror writes machines.status.';

-- Frozen children --------------------------------------------------------------------

create function app.guard_frozen() returns trigger
  language plpgsql as $$
declare
  entry jsonb;
  state text;
begin
  if app.ingesting() then
    return coalesce(new, old);
  end if;
  -- A line that changes its header leaves the one and joins the other.
  foreach entry in array array[to_jsonb(old), to_jsonb(new)] loop
    continue when entry is null;
    execute format('select p.status from %I p where p.organization_id = $1 and p.id = $2', tg_argv[0])
      into state using (entry ->> 'organization_id')::int, (entry ->> tg_argv[1])::int;
    if not (state = any (tg_argv[2]::text[])) then
      perform app.refuse('TK006', tg_table_name || '_frozen', format('lines are frozen while the %s row is %s', tg_argv[0], state));
    end if;
  end loop;
  return coalesce(new, old);
end
$$;
comment on function app.guard_frozen() is
  'Children change only while their parent is in certain states. Arguments: parent table, column that names it, states that allow it.';

create function app.guard_characteristic() returns trigger
  language plpgsql as $$
begin
  -- Control limits describe the process and may follow it; everything else is the plan.
  if (tg_op <> 'UPDATE'
     or to_jsonb(new) - '{lower_control,upper_control,updated_at,updated_by,row_version}'::text[]
        is distinct from to_jsonb(old) - '{lower_control,upper_control,updated_at,updated_by,row_version}'::text[])
     and exists (
       select from inspection_points i
       join inspection_plans p on p.organization_id = i.organization_id and p.id = i.inspection_plan_id
       where i.organization_id = coalesce(new.organization_id, old.organization_id)
         and i.id in (old.inspection_point_id, new.inspection_point_id) and p.status <> 'DRAFT') then
    perform app.refuse('TK006', 'inspection_characteristics_frozen', 'characteristics are frozen once their plan is approved');
  end if;
  return coalesce(new, old);
end
$$;
comment on function app.guard_characteristic() is 'Characteristics of an approved plan keep their meaning; control limits may be recalculated.';

create function app.guard_unit() returns trigger
  language plpgsql as $$
begin
  if exists (select from materials x where x.organization_id = old.organization_id and x.base_unit_id = old.id)
     or exists (select from bom_lines x where x.organization_id = old.organization_id and x.unit_id = old.id)
     or exists (select from work_orders x where x.organization_id = old.organization_id and x.unit_id = old.id)
     or exists (select from inspection_characteristics x where x.organization_id = old.organization_id and x.unit_id = old.id)
     or exists (select from lot_batches x where x.organization_id = old.organization_id and x.unit_id = old.id) then
    perform app.refuse('TK006', 'units_of_measure_frozen', 'dimension and factor are frozen once the unit is used');
  end if;
  return new;
end
$$;
comment on function app.guard_unit() is 'A unit in use keeps its meaning.';

create function app.guard_custom_field() returns trigger
  language plpgsql as $$
begin
  if exists (select from field_values v where v.organization_id = old.organization_id and v.custom_field_id = old.id) then
    perform app.refuse('TK006', 'custom_fields_frozen', 'code and type are frozen once values exist');
  end if;
  return new;
end
$$;
comment on function app.guard_custom_field() is 'A field with values keeps its code and type.';

create function app.guard_time_zone() returns trigger
  language plpgsql as $$
declare
  zone text := to_jsonb(new) ->> tg_argv[0];
begin
  if not exists (select from pg_timezone_names z where z.name = zone) then
    perform app.refuse('TK010', tg_table_name || '_time_zone', format('%s is not an IANA time zone', zone));
  end if;
  if tg_table_name = 'plants' and tg_op = 'UPDATE' then
    if exists (select from shift_occurrences o where o.organization_id = new.organization_id and o.plant_id = new.id) then
      perform app.refuse('TK010', 'plants_time_zone_frozen', 'the time zone is frozen once shifts have taken place: it would date them anew');
    end if;
  end if;
  return new;
end
$$;
comment on function app.guard_time_zone() is 'IANA zone names only, and a plant keeps its zone once it has shift occurrences. Argument: the column.';

-- References a key cannot express ------------------------------------------------------

create function app.list_columns() returns table (tbl text, col text, list_code text)
  language sql immutable parallel safe
begin atomic
  select * from (values
    ('work_orders', 'rework_reason_id', 'REWORK_REASON'),
    ('production_logs', 'scrap_reason_id', 'SCRAP_REASON'),
    ('production_logs', 'rework_reason_id', 'REWORK_REASON'),
    ('production_logs', 'pause_reason_id', 'DOWNTIME_REASON'),
    ('ncrs', 'defect_type_id', 'DEFECT_TYPE'),
    ('machine_status_history', 'reason_id', 'DOWNTIME_REASON'),
    ('project_documents', 'category_id', 'DOCUMENT_CATEGORY'),
    ('project_milestones', 'milestone_type_id', 'MILESTONE_TYPE'),
    ('shipment_items', 'package_type_id', 'PACKAGE_TYPE')) as v;
end;
comment on function app.list_columns() is 'Columns whose value must belong to a certain vocabulary.';

create function app.guard_list() returns trigger
  language plpgsql as $$
begin
  if not exists (
    select from type_list_values v
    join type_lists l on l.organization_id = v.organization_id and l.id = v.type_list_id
    where v.organization_id = new.organization_id and v.id = (to_jsonb(new) ->> tg_argv[1])::int and l.list_code = tg_argv[2]) then
    perform app.refuse('TK004', tg_argv[0] || '_' || tg_argv[1] || '_list', format('%s is not a value of %s', tg_argv[1], tg_argv[2]));
  end if;
  return new;
end
$$;
comment on function app.guard_list() is 'Arguments: table, column, list.';

create function app.entity_table(entity_type text) returns text
  language sql immutable parallel safe
  return case entity_type
    when 'project_bom' then 'project_bom'
    when 'lot_batch' then 'lot_batches'
    when 'lane' then 'lanes'
    else entity_type || 's'
  end;
comment on function app.entity_table(text) is 'The table an entity kind lives in.';

create function app.guard_entity() returns trigger
  language plpgsql as $$
declare
  known boolean;
begin
  execute format('select exists (select from %I e where e.organization_id = $1 and e.id = $2)', app.entity_table(new.entity_type))
    into known using new.organization_id, new.entity_id;
  if not known then
    perform app.refuse('TK005', tg_argv[0] || '_entity', format('no %s %s', new.entity_type, new.entity_id));
  end if;
  return new;
end
$$;
comment on function app.guard_entity() is 'A polymorphic reference names a row of the same tenant.';

create function app.guard_role_ids() returns trigger
  language plpgsql as $$
declare
  ids int[] := array(select jsonb_array_elements_text(to_jsonb(new) -> tg_argv[0])::int);
begin
  if exists (
    select from unnest(ids) as named (id)
    where not exists (select from roles r where r.organization_id = new.organization_id and r.id = named.id)) then
    perform app.refuse('TK005', tg_table_name || '_' || tg_argv[0], 'a role does not exist');
  end if;
  return new;
end
$$;
comment on function app.guard_role_ids() is 'Roles named in an array exist in the tenant.';

create function app.guard_field_value() returns trigger
  language plpgsql as $$
declare
  f custom_fields%rowtype;
  words text := new.value #>> '{}';
  kind text := jsonb_typeof(new.value);
  fine boolean;
begin
  select * into f from custom_fields c where c.organization_id = new.organization_id and c.id = new.custom_field_id;
  if kind = 'null' then
    fine := not f.is_required;
  elsif f.field_type = 'NUMBER' then
    fine := kind = 'number'
      and coalesce(words::numeric >= (f.validation ->> 'min')::numeric, true)
      and coalesce(words::numeric <= (f.validation ->> 'max')::numeric, true);
  elsif f.field_type = 'BOOLEAN' then
    fine := kind = 'boolean';
  elsif f.field_type = 'DATE' then
    fine := kind = 'string' and words ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(words, 'date');
  elsif f.field_type = 'DATETIME' then
    fine := kind = 'string' and words ~ '^\d{4}-\d\d-\d\dT' and pg_input_is_valid(words, 'timestamptz');
  elsif f.field_type = 'FILE' then
    fine := kind = 'number' and exists (
      select from file_uploads u where u.organization_id = new.organization_id and u.id = words::numeric);
  elsif f.field_type in ('SELECT', 'MULTISELECT') then
    fine := kind = case f.field_type when 'SELECT' then 'string' else 'array' end and not exists (
      select from jsonb_array_elements_text(case kind when 'array' then new.value else jsonb_build_array(new.value) end) as chosen (code)
      where not exists (
        select from type_list_values v
        where v.organization_id = new.organization_id and v.type_list_id = f.type_list_id and v.value_code = chosen.code));
  else
    fine := kind = 'string'
      and coalesce(char_length(words) >= (f.validation ->> 'min_length')::int, true)
      and coalesce(char_length(words) <= (f.validation ->> 'max_length')::int, true)
      and coalesce(words ~ ('^(?:' || (f.validation ->> 'pattern') || ')$'), true)
      and case f.field_type
            when 'EMAIL' then words ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'
            when 'URL' then words ~ '^https?://\S+$'
            when 'PHONE' then words ~ '^\+?[0-9 ()/.-]{3,30}$'
            else true
          end;
  end if;
  if fine is not true then
    perform app.refuse('TK012', 'field_values_value', format('not a valid value of %s', f.field_code));
  end if;
  return new;
end
$$;
comment on function app.guard_field_value() is 'A value fits the type and the limits of its field.';

-- Trees and graphs ---------------------------------------------------------------------

create function app.guard_category_tree() returns trigger
  language plpgsql as $$
declare
  levels int;
begin
  with recursive up (id, depth) as (
    select new.parent_category_id, 1
    union all
    select c.parent_category_id, u.depth + 1
    from up u
    join material_categories c on c.organization_id = new.organization_id and c.id = u.id
    where c.parent_category_id is not null and u.depth <= 10 and u.id <> new.id
  ), down (id, depth) as (
    select new.id, 1
    union all
    select c.id, d.depth + 1
    from down d
    join material_categories c on c.organization_id = new.organization_id and c.parent_category_id = d.id
    where d.depth <= 10
  )
  select case when bool_or(u.id = new.id) then 99 else max(u.depth) + (select max(d.depth) from down d) end into levels from up u;
  if levels > 10 then
    perform app.refuse('TK007', 'material_categories_tree', 'categories would form a circle or go deeper than 10');
  end if;
  return new;
end
$$;
comment on function app.guard_category_tree() is 'No circle, at most 10 levels, the branch that moves included.';

create function app.bom_levels(organization int, made int, component int) returns int
  language sql stable
begin atomic
  with recursive down (material_id, depth) as (
    select component, 1
    union
    select l.component_material_id, d.depth + 1
    from down d
    join public.bom_headers h on h.organization_id = organization and h.material_id = d.material_id and h.status in ('ACTIVE', 'DRAFT')
    join public.bom_lines l on l.organization_id = h.organization_id and l.bom_header_id = h.id
    where d.depth <= 10
  ), up (material_id, depth) as (
    select made, 0
    union
    select h.material_id, u.depth + 1
    from up u
    join public.bom_lines l on l.organization_id = organization and l.component_material_id = u.material_id
    join public.bom_headers h on h.organization_id = l.organization_id and h.id = l.bom_header_id and h.status in ('ACTIVE', 'DRAFT')
    where u.depth <= 10
  )
  select case
    when exists (select from down d where d.material_id = made) then 99
    else (select max(d.depth) from down d) + (select max(u.depth) from up u)
  end;
end;
comment on function app.bom_levels(int, int, int) is
  'Levels of the longest chain through a line that puts component into made, over active and draft bills, upward and downward; 99 = made would contain itself.';

create function app.guard_bom_line() returns trigger
  language plpgsql as $$
begin
  -- Two lines written at once could close a circle that neither sees.
  perform pg_advisory_xact_lock(hashtext('takt bom'), new.organization_id);
  if not exists (
    select from materials m
    join units_of_measure base on base.organization_id = m.organization_id and base.id = m.base_unit_id
    join units_of_measure unit on unit.organization_id = m.organization_id and unit.id = new.unit_id and unit.dimension = base.dimension
    where m.organization_id = new.organization_id and m.id = new.component_material_id) then
    perform app.refuse('TK008', 'bom_lines_unit', 'the unit does not convert to the base unit of the component');
  end if;
  if exists (
    select from bom_headers h
    where h.organization_id = new.organization_id and h.id = new.bom_header_id
      and app.bom_levels(new.organization_id, h.material_id, new.component_material_id) > 10) then
    perform app.refuse('TK007', 'bom_lines_tree', 'the bill of materials would contain itself or go deeper than 10');
  end if;
  return new;
end
$$;
comment on function app.guard_bom_line() is 'The unit converts; no material contains itself over active and draft bills; at most 10 levels.';

create function app.guard_project_item() returns trigger
  language plpgsql as $$
begin
  if exists (
    with recursive up (id) as (
      select new.parent_id
      union
      select p.parent_id from up u
      join project_bom p on p.organization_id = new.organization_id and p.project_id = new.project_id and p.id = u.id
    )
    select from up u where u.id = new.id) then
    perform app.refuse('TK007', 'project_bom_tree', 'an item would be part of itself');
  end if;
  new.level := coalesce((
    select p.level from project_bom p
    where p.organization_id = new.organization_id and p.project_id = new.project_id and p.id = new.parent_id), 0) + 1;
  return new;
end
$$;
comment on function app.guard_project_item() is 'No item is part of itself; level follows from the parent, and its check keeps it within 10.';

create function app.move_project_items() returns trigger
  language plpgsql as $$
begin
  update project_bom p set level = new.level + 1
  where p.organization_id = new.organization_id and p.project_id = new.project_id and p.parent_id = new.id;
  return null;
end
$$;
comment on function app.move_project_items() is 'Items below one that moved move with it.';

create function app.guard_value_tree() returns trigger
  language plpgsql as $$
begin
  if exists (
    select from type_list_values v
    where v.organization_id = new.organization_id and v.type_list_id = new.type_list_id
      and (v.id = new.parent_value_id and v.parent_value_id is not null or v.parent_value_id = new.id))
     or new.parent_value_id = new.id then
    perform app.refuse('TK007', 'type_list_values_tree', 'reasons have two levels: a parent has no parent');
  end if;
  return new;
end
$$;
comment on function app.guard_value_tree() is 'Reason trees have two levels.';

create function app.guard_milestone() returns trigger
  language plpgsql as $$
begin
  if exists (
    select from unnest(new.predecessor_ids) as named (id)
    where not exists (
      select from project_milestones m
      where m.organization_id = new.organization_id and m.project_id = new.project_id and m.id = named.id)) then
    perform app.refuse('TK005', 'project_milestones_predecessor_ids', 'a predecessor is not in this project');
  end if;
  if exists (
    with recursive back (id) as (
      select unnest(new.predecessor_ids)
      union
      select unnest(m.predecessor_ids) from back b
      join project_milestones m on m.organization_id = new.organization_id and m.project_id = new.project_id and m.id = b.id
    )
    select from back b where b.id = new.id) then
    perform app.refuse('TK007', 'project_milestones_tree', 'milestones would wait for each other in a circle');
  end if;
  return new;
end
$$;
comment on function app.guard_milestone() is 'Predecessors are in the same project and form no circle.';

create function app.guard_genealogy() returns trigger
  language plpgsql as $$
begin
  -- The new link closes a circle if what it makes already went into what it uses.
  if exists (
    with recursive made (lot_id, serial_id) as (
      select new.child_lot_id, new.child_serial_id
      union
      select l.child_lot_id, l.child_serial_id
      from made d
      join traceability_links l
        on l.organization_id = new.organization_id and l.voided_at is null
       and (l.parent_lot_id = d.lot_id or l.parent_serial_id = d.serial_id)
    )
    select from made d where d.lot_id = new.parent_lot_id or d.serial_id = new.parent_serial_id) then
    perform app.refuse('TK007', 'traceability_links_tree', 'a lot or serial would be made of itself');
  end if;
  return new;
end
$$;
comment on function app.guard_genealogy() is 'Nothing is made of itself.';

-- Stock, lanes, system rows --------------------------------------------------------------

create function app.guard_lot_stock() returns trigger
  language plpgsql as $$
begin
  if not exists (
    select from genealogy_records g
    where g.organization_id = new.organization_id and g.lot_batch_id = new.id
      and g.occurred_at > now() - interval '91 days' and g.recorded_at = now()) then
    perform app.refuse('TK011', 'lot_batches_genealogy', 'quantity and quality of a lot change only together with a genealogy record');
  end if;
  return null;
end
$$;
comment on function app.guard_lot_stock() is
  'At commit: whoever changed a lot''s stock or quality wrote its genealogy in the same transaction (recorded_at is its time). That the sums agree is proven nightly.';

create function app.guard_lane_capacity() returns trigger
  language plpgsql as $$
declare
  lane lanes%rowtype;
begin
  select * into lane from lanes l where l.organization_id = new.organization_id and l.id = new.lane_id for update;
  new.is_exclusive := coalesce(lane.max_parallel = 1, false);  -- an unknown lane is the key's to refuse
  if new.status in ('PLANNED', 'ACTIVE') and exists (
    select from generate_series(new.scheduled_from, new.scheduled_to, interval '1 day') as day
    join lane_assignments a
      on a.organization_id = new.organization_id and a.lane_id = new.lane_id and a.id <> new.id
     and a.status in ('PLANNED', 'ACTIVE') and a.scheduled_from <= day::date and a.scheduled_to >= day::date
    group by day
    having sum(a.allocated_capacity) + new.allocated_capacity > lane.capacity_per_day or count(*) + 1 > lane.max_parallel) then
    perform app.refuse('TK009', 'lane_assignments_capacity', 'the lane has no capacity left on one of these days');
  elsif new.status in ('PLANNED', 'ACTIVE') and new.allocated_capacity > lane.capacity_per_day then
    perform app.refuse('TK009', 'lane_assignments_capacity', 'more than the lane can do in a day');
  end if;
  return new;
end
$$;
comment on function app.guard_lane_capacity() is 'Per day: capacities add up to at most the lane''s, and no more orders than run in parallel.';

create function app.guard_system_row() returns trigger
  language plpgsql as $$
declare
  kept text[] := tg_argv[0]::text[];
begin
  if old.is_system and (
    tg_op = 'DELETE'
    or to_jsonb(new) - kept - '{updated_at,updated_by,row_version}'::text[]
       is distinct from to_jsonb(old) - kept - '{updated_at,updated_by,row_version}'::text[]) then
    perform app.refuse('TK014', tg_table_name || '_system', 'a system row is switched off, not edited or deleted');
  end if;
  return coalesce(new, old);
end
$$;
comment on function app.guard_system_row() is 'System rows stay as seeded. Argument: columns a tenant may still change.';

create function app.guard_list_value() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.type_list_id, new.value_code) is distinct from (old.type_list_id, old.value_code) then
    perform app.refuse('TK014', 'type_list_values_kept', 'a list value is deactivated, never deleted or recoded: events point at it');
  end if;
  return new;
end
$$;
comment on function app.guard_list_value() is 'Events keep pointing at list values.';

-- ============================================================================
-- 17 conventions
-- ============================================================================

create function app.table_groups() returns table (file text, title text, tables text[])
  language sql immutable parallel safe
begin atomic
  select * from (values
    ('01_core', 'Core', '{organizations,users,plants,departments,projects}'::text[]),
    ('02_materials', 'Materials', '{materials,material_categories,units_of_measure,bom_headers,bom_lines}'),
    ('03_production', 'Production', '{work_orders,work_order_operations,work_centers,work_order_materials,rework_configs,production_logs,work_center_shifts}'),
    ('04_quality', 'Quality', '{ncrs,inspection_logs,inspection_plans,inspection_points,inspection_characteristics,inspection_measurements}'),
    ('05_machines_shifts', 'Machines and shifts', '{machines,machine_status_history,shifts,shift_handovers,shift_performances,lanes,lane_assignments}'),
    ('06_projects', 'Projects', '{project_documents,project_milestones,rda_drawings,project_bom}'),
    ('07_rbac', 'Roles and access', '{roles,user_roles,user_plant_access}'),
    ('08_configuration', 'Configuration', '{custom_fields,field_values,type_lists,type_list_values,workflows,workflow_states,workflow_transitions,approvals,workflow_history}'),
    ('09_logistics', 'Logistics', '{shipments,shipment_items,barcode_labels,qr_code_scans}'),
    ('10_reporting', 'Reporting', '{reports,report_executions,dashboards}'),
    ('11_traceability', 'Traceability', '{lot_batches,serial_numbers,traceability_links,genealogy_records}'),
    ('12_branding', 'Branding', '{organization_branding,email_templates}'),
    ('13_infrastructure', 'Infrastructure', '{audit_logs,notifications,system_settings,file_uploads,sap_sync_logs,sap_mappings}'),
    ('14_sync', 'Sync and terminals', '{devices,device_enrollment_codes,number_series,number_leases,shift_occurrences,help_calls,sync_epoch,sync_signing_keys,sync_receipts,sync_watermarks,sync_quarantine,sync_stream_holds,sync_row}')
  ) as v (file, title, tables);
end;
comment on function app.table_groups() is
  'Which group of the schema a table belongs to, in the order of the reference under docs/schema; a table in no group is a finding.';

create function app.append_only_tables() returns text[]
  language sql immutable parallel safe
  return '{production_logs,inspection_logs,inspection_measurements,workflow_history,qr_code_scans,genealogy_records,audit_logs,sap_sync_logs}'::text[];
comment on function app.append_only_tables() is 'Tables that only grow: rows are corrected by later rows.';

create function app.apply_triggers() returns void
  language plpgsql as $$
declare
  t record;
  changed text;
  label text;
  has_version boolean;
  rule record;
begin
  for t in
    select c.oid, c.relname::text as name
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relowner = 'takt_owner'::regrole
    order by c.relname
  loop
    has_version := exists (
      select from pg_attribute a where a.attrelid = t.oid and a.attname = 'row_version' and not a.attisdropped);

    if has_version then
      select format('(%s) is distinct from (%s)',
               string_agg(format('old.%I', a.attname), ', ' order by a.attnum),
               string_agg(format('new.%I', a.attname), ', ' order by a.attnum))
      into changed
      from pg_attribute a
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and a.attname <> all (array['id', 'organization_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'row_version'])
        and a.attname <> all (app.quiet_columns(t.name));
      execute format('create or replace trigger touch before update on %I for each row when (%s) execute function app.touch()', t.name, changed);

      select a.attname into label
      from pg_attribute a
      where a.attrelid = t.oid and not a.attisdropped and a.atttypid = 'text'::regtype
        and (a.attname ~ '_(code|number|name|key)$' or a.attname = 'username')
      order by a.attnum
      limit 1;
      label := coalesce(label, 'id');
      -- Rows that a terminal made name their maker, device and time themselves.
      if not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'uid' and not a.attisdropped) then
        execute format('create or replace trigger audit_insert after insert on %I referencing new table as new_rows for each statement execute function app.audit(%L)', t.name, label);
      end if;
      execute format('create or replace trigger audit_update after update on %I referencing old table as old_rows new table as new_rows for each statement execute function app.audit(%L)', t.name, label);
      execute format('create or replace trigger audit_delete after delete on %I referencing old table as old_rows for each statement execute function app.audit(%L)', t.name, label);
    end if;

    if t.name = 'organizations' then
      create or replace trigger feed_insert after insert on organizations referencing new table as new_rows for each statement execute function app.feed_organization();
      create or replace trigger feed_update after update on organizations referencing new table as new_rows for each statement execute function app.feed_organization();
    elsif app.feed_query(t.name) is not null then
      execute format('create or replace trigger feed_insert after insert on %I referencing new table as new_rows for each statement execute function app.feed()', t.name);
      execute format('create or replace trigger feed_update after update on %I referencing old table as old_rows new table as new_rows for each statement execute function app.feed(%L)', t.name,
        case when has_version then 'versioned' else 'whole' end);
      execute format('create or replace trigger feed_delete after delete on %I referencing old table as old_rows for each statement execute function app.feed()', t.name);
    end if;

    -- Words for the columns that many tables share.
    for rule in
      select v.* from (values
        ('id', 'Given by the database; a restore skips ahead, so that no id ever names two rows.'),
        ('organization_id', 'Tenant; part of every key and of the policy.'),
        ('plant_id', 'Plant it belongs to; device sessions see their own only.'),
        ('created_at', 'When the row was made.'),
        ('created_by', 'Who made it; NULL = the system or a terminal without a person.'),
        ('updated_at', 'When it last became a new version.'),
        ('updated_by', 'Who made the last version.'),
        ('status', 'Moves only as app.transitions() allows.'),
        ('is_active', 'FALSE = no longer offered; rows that name it stay valid.'),
        ('is_system', 'Comes with the release: switched off, not edited or deleted.'),
        ('display_order', 'Position in lists, ascending.'),
        ('sequence', 'Order of the work, ascending.'),
        ('line_number', 'Position within the header, unique there.'),
        ('priority', 'How urgent it is.'),
        ('unit_id', 'Unit of the quantities in this row.'),
        ('effective_from', 'First day, plant-local.'),
        ('effective_to', 'Last day, inclusive; NULL = open.'),
        ('actual_start', 'When the work began.'),
        ('actual_end', 'When the work ended.'),
        ('entity_type', 'Kind of the row that entity_id names.'),
        ('entity_id', 'Row of the kind entity_type; of the same tenant.'),
        ('shift_date', 'Business date of the shift: plant-local date on which it began.'),
        ('instructions', 'What to do, shown at the station.'),
        ('owner_user_id', 'Whose it is.'),
        ('shared_role_ids', 'Roles that see it when visibility is SHARED.'),
        ('revoked_at', 'When it was taken back; NULL = live.'),
        ('notes', 'Free words.'),
        ('description', 'Free words.'),
        ('error_message', 'What went wrong, for people.'),
        ('row_version', 'Plus one per change that matters; what an edit names to be sure it saw the newest row.'),
        ('uid', 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.'),
        ('device_id', 'Terminal it was made on; NULL = the office.'),
        ('device_seq', 'Number in its lane on that terminal.'),
        ('device_time', 'Time as the device said it, uncorrected.'),
        ('time_quality', 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.'),
        ('recorded_at', 'When the server received it.'),
        ('workflow_state_id', 'Present state in the tenant''s own workflow, beside the fixed status.')
      ) as v (col, words)
      join pg_attribute a on a.attrelid = t.oid and a.attname = v.col and not a.attisdropped
      where col_description(t.oid, a.attnum) is null
    loop
      execute format('comment on column %I.%I is %L', t.name, rule.col, rule.words);
    end loop;

    if app.transitions(t.name) is not null and t.name <> 'machine_status_history' then
      changed := case t.name when 'lot_batches' then 'quality_status' else 'status' end;
      execute format('create or replace trigger allow_transition before update of %1$I on %2$I for each row when (old.%1$I is distinct from new.%1$I) execute function app.guard_transition()', changed, t.name);
    end if;

    for rule in select * from app.list_columns() c where c.tbl = t.name loop
      execute format('create or replace trigger %I before insert or update of %I on %I for each row when (new.%I is not null) execute function app.guard_list(%L, %L, %L)',
        'guard_list_' || rule.col, rule.col, t.name, rule.col, t.name, rule.col, rule.list_code);
    end loop;

    if t.name = any ('{field_values,approvals,workflow_history,barcode_labels,file_uploads,notifications,sap_mappings}') then
      execute format('create or replace trigger guard_entity before insert or update of entity_type, entity_id on %I for each row when (new.entity_id is not null) execute function app.guard_entity(%L)', t.name, t.name);
    end if;

    if t.name = any (app.append_only_tables()) then
      execute format('create or replace trigger append_only before update or delete on %I for each row execute function app.refuse_change(%L)', t.name, t.name);
    end if;
  end loop;
end
$$;
comment on function app.apply_triggers() is
  'Puts the triggers of section 16 on every table that needs them, and words on the columns that many share; run again at the end of every migration, so that a new table or column cannot be forgotten.';

-- Rules of single tables.
create trigger feed_moves after update on bom_headers
  referencing old table as old_rows new table as new_rows for each statement execute function app.feed_scope_moves();
create trigger feed_moves after update on inspection_plans
  referencing old table as old_rows new table as new_rows for each statement execute function app.feed_scope_moves();
create trigger feed_moves after update on projects
  referencing old table as old_rows new table as new_rows for each statement execute function app.feed_scope_moves();
create trigger feed_moves after update on work_orders
  referencing old table as old_rows new table as new_rows for each statement execute function app.feed_scope_moves();
create trigger feed_people_insert after insert on user_plant_access
  referencing new table as new_rows for each statement execute function app.feed_access();
create trigger feed_people_update after update on user_plant_access
  referencing new table as new_rows for each statement execute function app.feed_access();
create trigger feed_people_delete after delete on user_plant_access
  referencing old table as old_rows for each statement execute function app.feed_access();
create trigger feed_people_delete after delete on user_roles
  referencing old table as old_rows for each statement execute function app.feed_grants_gone();
create trigger feed_operation after insert on inspection_logs
  referencing new table as new_rows for each statement execute function app.feed_inspected();

create trigger audit_update after update on sync_quarantine
  referencing old table as old_rows new table as new_rows for each statement execute function app.audit_quarantine();

create trigger guard_order before update on work_orders for each row execute function app.guard_work_order();
create trigger guard_operation before update of status on work_order_operations
  for each row when (old.status is distinct from new.status) execute function app.guard_operation();
create trigger guard_ncr before update of status on ncrs
  for each row when (old.status is distinct from new.status) execute function app.guard_ncr();
create trigger guard_plan before update on inspection_plans for each row execute function app.guard_inspection_plan();
create trigger guard_shipment before update of status on shipments
  for each row when (old.status is distinct from new.status) execute function app.guard_shipment();
create trigger guard_rda before update of status on rda_drawings
  for each row when (old.status is distinct from new.status) execute function app.guard_rda();
create trigger guard_approval before update of status on approvals
  for each row when (old.status is distinct from new.status) execute function app.guard_approval();
create trigger guard_serial before update of status on serial_numbers
  for each row when (old.status is distinct from new.status) execute function app.guard_serial();
create trigger guard_lot before update of quality_status on lot_batches
  for each row when (old.quality_status is distinct from new.quality_status) execute function app.guard_lot();
create trigger guard_consumption before insert on traceability_links
  for each row when (new.parent_lot_id is not null and new.relationship_type in ('CONSUMED_IN', 'ASSEMBLED_INTO'))
  execute function app.guard_consumption();
create trigger guard_project before update of status on projects
  for each row when (old.status is distinct from new.status) execute function app.guard_project();
create trigger guard_bom before update on bom_headers for each row execute function app.guard_bom();
create trigger guard_workflow before update of status on workflows
  for each row when (old.status is distinct from new.status) execute function app.guard_workflow();

create trigger guard_period before insert on machine_status_history for each row execute function app.guard_machine_period();
create trigger mirror_insert after insert on machine_status_history
  referencing new table as new_rows for each statement execute function app.mirror_machine_status();
create trigger mirror_update after update on machine_status_history
  referencing new table as new_rows for each statement execute function app.mirror_machine_status();
create trigger guard_status before update of status, status_since on machines
  for each row when ((old.status, old.status_since) is distinct from (new.status, new.status_since))
  execute function app.guard_machine_status();

create trigger guard_frozen before insert or update or delete on bom_lines
  for each row execute function app.guard_frozen('bom_headers', 'bom_header_id', '{DRAFT}');
create trigger guard_frozen before insert or update or delete on inspection_points
  for each row execute function app.guard_frozen('inspection_plans', 'inspection_plan_id', '{DRAFT}');
create trigger guard_frozen before insert or update or delete on inspection_characteristics
  for each row execute function app.guard_characteristic();
create trigger guard_frozen before insert or update or delete on shipment_items
  for each row execute function app.guard_frozen('shipments', 'shipment_id', '{DRAFT,PACKED,CANCELLED}');
create trigger guard_frozen before insert or update or delete on workflow_states
  for each row execute function app.guard_frozen('workflows', 'workflow_id', '{DRAFT}');
create trigger guard_frozen before insert or update or delete on workflow_transitions
  for each row execute function app.guard_frozen('workflows', 'workflow_id', '{DRAFT}');
create trigger guard_unit before update of dimension, factor_to_base, offset_to_base on units_of_measure
  for each row when ((old.dimension, old.factor_to_base, old.offset_to_base) is distinct from (new.dimension, new.factor_to_base, new.offset_to_base))
  execute function app.guard_unit();
create trigger guard_field before update of field_code, field_type, entity_type on custom_fields
  for each row when ((old.field_code, old.field_type, old.entity_type) is distinct from (new.field_code, new.field_type, new.entity_type))
  execute function app.guard_custom_field();

create trigger guard_zone_insert before insert on plants for each row execute function app.guard_time_zone('timezone');
create trigger guard_zone_update before update of timezone on plants
  for each row when (old.timezone is distinct from new.timezone) execute function app.guard_time_zone('timezone');
create trigger guard_zone before insert or update of default_timezone on organizations
  for each row execute function app.guard_time_zone('default_timezone');
create trigger guard_zone before insert or update of schedule_timezone on reports
  for each row when (new.schedule_timezone is not null) execute function app.guard_time_zone('schedule_timezone');

create trigger guard_role_ids before insert or update of required_role_ids on workflow_transitions
  for each row execute function app.guard_role_ids('required_role_ids');
create trigger guard_role_ids before insert or update of shared_role_ids on reports
  for each row execute function app.guard_role_ids('shared_role_ids');
create trigger guard_role_ids before insert or update of shared_role_ids on dashboards
  for each row execute function app.guard_role_ids('shared_role_ids');
create trigger guard_value before insert or update of value on field_values
  for each row execute function app.guard_field_value();

create trigger guard_tree before insert or update of parent_category_id on material_categories
  for each row when (new.parent_category_id is not null) execute function app.guard_category_tree();
create trigger guard_tree before insert or update on bom_lines for each row execute function app.guard_bom_line();
create trigger guard_tree before insert or update of parent_id, project_id, level on project_bom
  for each row execute function app.guard_project_item();
create trigger move_tree after update of parent_id, level on project_bom
  for each row when (old.level <> new.level) execute function app.move_project_items();
create trigger guard_tree before insert or update of parent_value_id on type_list_values
  for each row when (new.parent_value_id is not null) execute function app.guard_value_tree();
create trigger guard_tree before insert or update of predecessor_ids, project_id on project_milestones
  for each row when (new.predecessor_ids <> '{}') execute function app.guard_milestone();
create trigger guard_tree before insert or update of parent_lot_id, parent_serial_id, child_lot_id, child_serial_id, voided_at on traceability_links
  for each row when (num_nonnulls(new.child_lot_id, new.child_serial_id) > 0 and new.voided_at is null) execute function app.guard_genealogy();

create constraint trigger guard_stock_insert after insert on lot_batches deferrable initially deferred
  for each row execute function app.guard_lot_stock();
create constraint trigger guard_stock_update after update on lot_batches deferrable initially deferred
  for each row when (old.current_quantity is distinct from new.current_quantity or old.quality_status is distinct from new.quality_status)
  execute function app.guard_lot_stock();
create trigger guard_capacity before insert or update of lane_id, scheduled_from, scheduled_to, allocated_capacity, status on lane_assignments
  for each row execute function app.guard_lane_capacity();

create trigger guard_system before update or delete on roles for each row execute function app.guard_system_row('{is_active}');
create trigger guard_system before update or delete on type_lists
  for each row execute function app.guard_system_row('{is_active,list_name,labels,description,allow_custom_values}');
create trigger guard_kept before update of type_list_id, value_code or delete on type_list_values
  for each row execute function app.guard_list_value();

-- ============================================================================
-- 18 doors
-- ============================================================================
-- The only ways past row security: narrow functions owned by takt_definer, with
-- a fixed search path, that answer one question. Everything else runs in a
-- transaction with a tenant.

create function app.redeem_enrolment_code(
    code bytea, public_key bytea, install_id uuid,
    hardware_id text default null, app_version text default null, os_version text default null,
    out outcome text, out organization_id int, out plant_id int, out work_center_id int, out device_id int,
    out device_code text, out device_name text, out kind text)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  c device_enrollment_codes%rowtype;
  d devices%rowtype;
  key alias for $2;
  install alias for $3;
begin
  select * into c from device_enrollment_codes e where e.code_hash = sha256(code) for update;
  if not found then
    outcome := 'UNKNOWN';
    return;
  end if;

  -- The answer to the first attempt was lost: the same key may ask again.
  if c.used_at is not null then
    select * into d from devices x where x.organization_id = c.organization_id and x.id = c.used_by_device_id;
  end if;
  outcome := case
    when octet_length(key) is distinct from 32 then 'BAD_KEY'
    when c.failed_attempts >= 10 then 'LOCKED'
    when c.revoked_at is not null then 'REVOKED'
    when c.used_at is not null and d.public_key = key and d.status = 'ACTIVE' and c.expires_at > now() then 'REDEEMED'
    when c.used_at is not null then 'USED'
    when c.expires_at <= now() then 'EXPIRED'
    else 'REDEEMED'
  end;
  if outcome <> 'REDEEMED' then
    update device_enrollment_codes e set failed_attempts = least(e.failed_attempts + 1, 10) where e.id = c.id;
    return;
  end if;

  if c.used_at is null then
    if c.device_id is not null then
      select * into d from devices x where x.organization_id = c.organization_id and x.id = c.device_id for update;
      if d.status = 'REVOKED' then
        outcome := 'REVOKED';
        update device_enrollment_codes e set failed_attempts = least(e.failed_attempts + 1, 10) where e.id = c.id;
        return;
      end if;
      update devices x
      set status = 'ACTIVE', public_key = key, install_id = install, enrolled_at = now(), fork_detected_at = null,
          hardware_id = coalesce($4, x.hardware_id), app_version = coalesce($5, x.app_version), os_version = coalesce($6, x.os_version),
          work_center_id = coalesce(c.work_center_id, x.work_center_id), scope_version = x.scope_version + 1
      where x.organization_id = c.organization_id and x.id = c.device_id
      returning x.* into d;
    else
      insert into devices as x (organization_id, plant_id, device_code, device_name, kind, status, work_center_id,
          public_key, install_id, hardware_id, app_version, os_version, enrolled_at, created_by, updated_by)
      values (c.organization_id, c.plant_id, c.device_code, c.device_name, c.kind, 'ACTIVE', c.work_center_id,
          key, install, $4, $5, $6, now(), c.created_by, c.created_by)
      returning x.* into d;
    end if;
    update device_enrollment_codes e set used_at = now(), used_by_device_id = d.id where e.id = c.id;
  end if;

  organization_id := d.organization_id;
  plant_id := d.plant_id;
  work_center_id := d.work_center_id;
  device_id := d.id;
  device_code := d.device_code;
  device_name := d.device_name;
  kind := d.kind;
end
$$;
comment on function app.redeem_enrolment_code(bytea, bytea, uuid, text, text, text) is
  'Redeems a one-time code (its plain bytes) before a tenant is known and activates the device. outcome: REDEEMED, UNKNOWN, EXPIRED, USED, REVOKED, LOCKED, BAD_KEY; a refusal is counted, so the caller commits either way. The same key may repeat until the code expires.';

create function app.device_for_auth(device int)
  returns table (organization_id int, plant_id int, work_center_id int, device_code text, status text, public_key bytea,
                 scope_version int, enrolled_at timestamptz, install_id uuid, fork_detected_at timestamptz,
                 organization_status text, plant_timezone text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select d.organization_id, d.plant_id, d.work_center_id, d.device_code, d.status, d.public_key, d.scope_version,
         d.enrolled_at, d.install_id, d.fork_detected_at, o.status, p.timezone
  from public.devices d
  join public.organizations o on o.id = d.organization_id
  join public.plants p on p.organization_id = d.organization_id and p.id = d.plant_id
  where d.id = device;
end;
comment on function app.device_for_auth(int) is 'What a token request needs to know of a device, before its tenant is known.';

create function app.user_for_sign_in(organization text, username text)
  returns table (organization_id int, user_id int, full_name text, locale text, status text, password_hash text,
                 failed_logins int, locked_until timestamptz, credentials_changed_at timestamptz, organization_status text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select u.organization_id, u.id, u.full_name, u.locale, u.status, u.password_hash,
         u.failed_logins, u.locked_until, u.credentials_changed_at, o.status
  from public.organizations o
  join public.users u on u.organization_id = o.id and u.username_key = lower($2)
  where o.org_code = upper($1) or lower(o.subdomain) = lower($1)
  limit 1;
end;
comment on function app.user_for_sign_in(text, text) is
  'One user by organization code or subdomain and username, before a tenant is known. The caller compares the hash and answers the same for unknown and wrong.';

create function app.branding_for_domain(domain text)
  returns table (organization_id int, org_name text, display_name text, tagline text, colors jsonb, theme jsonb,
                 login_page jsonb, logo_file_id int, logo_small_file_id int, default_locale text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select o.id, o.org_name, b.display_name, b.tagline, b.colors, b.theme, b.login_page, b.logo_file_id, b.logo_small_file_id, o.default_locale
  from public.organizations o
  left join public.organization_branding b on b.organization_id = o.id and b.is_active
  where lower(b.custom_domain) = lower(domain) or lower(o.subdomain) = split_part(lower(domain), '.', 1)
  order by lower(b.custom_domain) = lower(domain) desc nulls last
  limit 1;
end;
comment on function app.branding_for_domain(text) is 'Public look of a tenant for its sign-in page.';

create function app.active_organizations() returns setof int
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select o.id from public.organizations o where o.status in ('TRIAL', 'ACTIVE') order by o.id;
end;
comment on function app.active_organizations() is 'For jobs, which then open one tenant transaction each.';

create function app.signing_keys() returns table (key_id int, secret bytea, created_at timestamptz, retired_at timestamptz)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('takt signing keys'));
  if not exists (select from sync_signing_keys k where k.retired_at is null) then
    insert into sync_signing_keys (secret) values (public.gen_random_bytes(32));
  end if;
  return query
    select k.id, k.secret, k.created_at, k.retired_at from sync_signing_keys k
    where k.retired_at is null or k.retired_at > now() - interval '1 day'
    order by k.retired_at nulls first, k.id desc;
end
$$;
comment on function app.signing_keys() is
  'Keys shared by all server processes, made on first use. The first row signs; all of them verify.';

create function app.rotate_signing_key() returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  new_key int;
begin
  perform pg_advisory_xact_lock(hashtext('takt signing keys'));
  update sync_signing_keys set retired_at = now() where retired_at is null;
  insert into sync_signing_keys (secret) values (public.gen_random_bytes(32)) returning id into new_key;
  return new_key;
end
$$;
comment on function app.rotate_signing_key() is 'Retires the present signing key and makes a new one; the old one verifies for another day.';

create function app.start_new_epoch(cause text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s record;
  new_epoch uuid;
begin
  insert into sync_epoch (system_identifier, timeline, cause)
  values ((select system_identifier from pg_control_system()),
          ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int, $1)
  returning epoch into new_epoch;
  if $1 <> 'FIRST' then
    -- Transaction numbers may have run backwards: every row counts as changed now.
    update sync_row set xid = pg_current_xact_id(), changed_at = now();
    -- An id given out after the backup must never name another row.
    for s in
      select q.oid::regclass as sequence
      from pg_class q
      join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = q.oid and d.deptype = 'i'
      join pg_class t on t.oid = d.refobjid
      where q.relkind = 'S' and t.relnamespace = 'public'::regnamespace
        and t.relowner = 'takt_owner'::regrole and t.relname <> 'sync_epoch'
    loop
      perform setval(s.sequence, nextval(s.sequence) + 1000000);
    end loop;
  end if;
  return new_epoch;
end
$$;
comment on function app.start_new_epoch(text) is
  'Begins a new life of the server: stamps the whole feed and advances every identity by 1,000,000. The restore command calls it with RESTORED; ensure_server_epoch() by itself when the cluster changed.';

create function app.ensure_server_epoch() returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  present sync_epoch%rowtype;
  here_system bigint := (select system_identifier from pg_control_system());
  here_timeline int := ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int;
begin
  select * into present from sync_epoch order by id desc limit 1;
  if present.system_identifier = here_system and present.timeline = here_timeline then
    return present.epoch;
  end if;
  perform pg_advisory_xact_lock(hashtext('takt epoch'));
  select * into present from sync_epoch order by id desc limit 1;
  if present.system_identifier = here_system and present.timeline = here_timeline then
    return present.epoch;
  end if;
  return app.start_new_epoch(case when present.id is null then 'FIRST' else 'CLUSTER_CHANGED' end);
end
$$;
comment on function app.ensure_server_epoch() is
  'The present epoch. Compares system identifier and timeline with the newest row and starts a new epoch when they differ; cheap otherwise.';

create function app.create_chunks_ahead(ahead interval default interval '21 days', of_table text default null) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  h record;
  width bigint;
  at timestamptz;
  before_count bigint := (select count(*) from timescaledb_information.chunks);
begin
  for h in
    select d.hypertable_name::text as name, d.column_name::text as time_column, d.time_interval
    from timescaledb_information.dimensions d
    where d.hypertable_schema = 'public' and d.dimension_number = 1 and (of_table is null or d.hypertable_name = of_table)
  loop
    width := extract(epoch from h.time_interval)::bigint;
    -- The Apache edition cannot create a chunk by name: a copy of the newest row
    -- is put into it and taken out again, and the chunk stays.
    for at in
      select to_timestamp(s) from generate_series(
        extract(epoch from now())::bigint / width * width + width / 2,
        extract(epoch from now() + ahead)::bigint / width * width + width / 2, width) as s
    loop
      continue when exists (
        select from timescaledb_information.chunks c
        where c.hypertable_schema = 'public' and c.hypertable_name = h.name and at >= c.range_start and at < c.range_end);
      execute format(
        'with seed as (
           select x from public.%1$I x order by x.%2$I desc limit 1
         ), made as (
           insert into public.%1$I overriding system value
           select (jsonb_populate_record(x, jsonb_build_object(%2$L, $1, ''recorded_at'', $1, ''finished_at'', $1, ''uid'', gen_random_uuid(), ''id'', -1))).*
           from seed
           returning 1
         ) select count(*) from made', h.name, h.time_column) using at;
      execute format('delete from public.%1$I where id = -1 and %2$I = $1', h.name, h.time_column) using at;
    end loop;
  end loop;
  return (select count(*) from timescaledb_information.chunks) - before_count;
end
$$;
comment on function app.create_chunks_ahead(interval, text) is
  'Makes the chunks that rows of the next days will need and answers how many: the first row of a chunk locks every parent of its foreign keys until it commits, and here that is short. An empty table gets none. A daily job calls it.';

create function app.retention() returns table (table_name text, time_column text, organization_id int, days int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
begin atomic
  select k.name, k.time_column, o.id,
    -- What one tenant writes there must not stop the job for all: whole days, within a century. A terminal
    -- hands in what happened up to 90 days ago: less would delete it the night after.
    least(greatest(coalesce((
      select (s.value #>> '{}')::numeric from public.system_settings s
      where s.organization_id = o.id and s.setting_key = 'retention.' || k.name || '_days' and s.plant_id is null
        and jsonb_typeof(s.value) = 'number'), k.days), 90), 36525)::int
  from (values
    ('production_logs', 'logged_at', 1826), ('qr_code_scans', 'scanned_at', 365),
    ('audit_logs', 'occurred_at', 2557), ('sap_sync_logs', 'started_at', 365)
  ) as k (name, time_column, days)
  cross join public.organizations o;
end;
comment on function app.retention() is
  'For how many days each organization keeps what only grows: its setting retention.<table>_days, else the usual time. Tables that are not named here are kept for ever.';

create function app.drop_expired_chunks(of_table text) returns setof text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  longest int := (select max(r.days) from app.retention() r where r.table_name = of_table);
begin
  if longest is not null then
    return query
      select c::text from public.drop_chunks(format('public.%I', of_table)::regclass, older_than => now() - make_interval(days => longest)) as c;
  end if;
end
$$;
comment on function app.drop_expired_chunks(text) is
  'Drops the chunks of a table that no organization wants any more, and names them. It locks every parent of their foreign keys until commit: a transaction of its own, with a lock_timeout.';

create function app.delete_expired_rows(of_table text) returns table (org_code text, days int, deleted bigint)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  k record;
begin
  for k in
    select r.*, o.org_code as code, max(r.days) over () as longest
    from app.retention() r
    join organizations o on o.id = r.organization_id
    where r.table_name = of_table
    order by r.organization_id
  loop
    continue when k.days = k.longest;
    execute format('delete from public.%I where organization_id = $1 and %I < $2', k.table_name, k.time_column)
      using k.organization_id, now() - make_interval(days => k.days);
    org_code := k.code;
    days := k.days;
    get diagnostics deleted = row_count;
    return next;
  end loop;
end
$$;
comment on function app.delete_expired_rows(text) is
  'Where an organization keeps a table less long than the most patient one, deletes its older rows: chunks go only when nobody wants them.';

create function app.prune_sync(keep interval default interval '180 days')
  returns table (receipts bigint, tombstones bigint)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if keep < interval '180 days' then
    perform app.refuse('TK003', 'prune_sync_keep_check', 'receipts and tombstones live at least 180 days');
  end if;
  delete from sync_receipts r
  using sync_watermarks w
  where w.organization_id = r.organization_id and w.install_id = r.install_id and w.lane = r.lane
    and r.seq <= w.contiguous_seq and r.received_at < now() - keep
    -- What waits in quarantine is settled in its receipt when its turn comes.
    and not exists (
      select from sync_quarantine q where q.organization_id = r.organization_id and q.status = 'OPEN' and q.event_id = r.event_id)
    and not exists (
      select from sync_quarantine q where q.organization_id = r.organization_id and q.status = 'OPEN' and q.waits_for = r.event_id);
  get diagnostics receipts = row_count;
  delete from sync_row s where s.deleted and s.changed_at < now() - keep;
  get diagnostics tombstones = row_count;
  return next;
end
$$;
comment on function app.prune_sync(interval) is
  'Receipts at or below the contiguous watermark and tombstones, older than 180 days. A later event below the watermark without a receipt comes from an old disk and goes to quarantine.';

-- ============================================================================
-- 19 new tenant
-- ============================================================================

create function app.seed_organization(org int) returns void
  language plpgsql as $$
begin
  insert into units_of_measure (organization_id, unit_code, unit_name, labels, dimension, is_base, factor_to_base, offset_to_base, decimals)
  select org, v.code, v.en, jsonb_build_object('en', v.en, 'de', v.de, 'es', v.es, 'pl', v.pl, 'zh', v.zh), v.dimension, v.is_base, v.factor, v.shift, v.decimals
  from (values
    ('PCS', 'Piece', 'Stück', 'Pieza', 'Sztuka', '件', 'COUNT', true, 1, 0, 0),
    ('m', 'Metre', 'Meter', 'Metro', 'Metr', '米', 'LENGTH', true, 1, 0, 3),
    ('mm', 'Millimetre', 'Millimeter', 'Milímetro', 'Milimetr', '毫米', 'LENGTH', false, 0.001, 0, 3),
    ('cm', 'Centimetre', 'Zentimeter', 'Centímetro', 'Centymetr', '厘米', 'LENGTH', false, 0.01, 0, 2),
    ('um', 'Micrometre', 'Mikrometer', 'Micrómetro', 'Mikrometr', '微米', 'LENGTH', false, 0.000001, 0, 1),
    ('in', 'Inch', 'Zoll', 'Pulgada', 'Cal', '英寸', 'LENGTH', false, 0.0254, 0, 4),
    ('m2', 'Square metre', 'Quadratmeter', 'Metro cuadrado', 'Metr kwadratowy', '平方米', 'AREA', true, 1, 0, 3),
    ('m3', 'Cubic metre', 'Kubikmeter', 'Metro cúbico', 'Metr sześcienny', '立方米', 'VOLUME', true, 1, 0, 3),
    ('L', 'Litre', 'Liter', 'Litro', 'Litr', '升', 'VOLUME', false, 0.001, 0, 3),
    ('mL', 'Millilitre', 'Milliliter', 'Mililitro', 'Mililitr', '毫升', 'VOLUME', false, 0.000001, 0, 1),
    ('kg', 'Kilogram', 'Kilogramm', 'Kilogramo', 'Kilogram', '千克', 'MASS', true, 1, 0, 3),
    ('g', 'Gram', 'Gramm', 'Gramo', 'Gram', '克', 'MASS', false, 0.001, 0, 2),
    ('t', 'Tonne', 'Tonne', 'Tonelada', 'Tona', '吨', 'MASS', false, 1000, 0, 3),
    ('s', 'Second', 'Sekunde', 'Segundo', 'Sekunda', '秒', 'TIME', true, 1, 0, 0),
    ('min', 'Minute', 'Minute', 'Minuto', 'Minuta', '分钟', 'TIME', false, 60, 0, 2),
    ('h', 'Hour', 'Stunde', 'Hora', 'Godzina', '小时', 'TIME', false, 3600, 0, 2),
    ('K', 'Kelvin', 'Kelvin', 'Kelvin', 'Kelwin', '开尔文', 'TEMPERATURE', true, 1, 0, 2),
    ('degC', 'Degree Celsius', 'Grad Celsius', 'Grado Celsius', 'Stopień Celsjusza', '摄氏度', 'TEMPERATURE', false, 1, 273.15, 1),
    ('degF', 'Degree Fahrenheit', 'Grad Fahrenheit', 'Grado Fahrenheit', 'Stopień Fahrenheita', '华氏度', 'TEMPERATURE', false, 0.555555555556, 255.372222222222, 1),
    ('Pa', 'Pascal', 'Pascal', 'Pascal', 'Paskal', '帕斯卡', 'PRESSURE', true, 1, 0, 0),
    ('bar', 'Bar', 'Bar', 'Bar', 'Bar', '巴', 'PRESSURE', false, 100000, 0, 2),
    ('N', 'Newton', 'Newton', 'Newton', 'Niuton', '牛顿', 'FORCE', true, 1, 0, 1),
    ('Nm', 'Newton metre', 'Newtonmeter', 'Newton metro', 'Niutonometr', '牛米', 'TORQUE', true, 1, 0, 2),
    ('rad', 'Radian', 'Radiant', 'Radián', 'Radian', '弧度', 'ANGLE', true, 1, 0, 4),
    ('deg', 'Degree', 'Grad', 'Grado', 'Stopień', '度', 'ANGLE', false, 0.017453292520, 0, 2),
    ('V', 'Volt', 'Volt', 'Voltio', 'Wolt', '伏特', 'ELECTRICAL', true, 1, 0, 2),
    ('Ra', 'Roughness Ra', 'Rauheit Ra', 'Rugosidad Ra', 'Chropowatość Ra', '粗糙度 Ra', 'ROUGHNESS', true, 1, 0, 2),
    ('HRC', 'Rockwell C', 'Rockwell C', 'Rockwell C', 'Rockwell C', '洛氏硬度 C', 'HARDNESS', true, 1, 0, 1),
    ('1', 'Ratio', 'Verhältnis', 'Razón', 'Stosunek', '比率', 'RATIO', true, 1, 0, 4),
    ('%', 'Percent', 'Prozent', 'Por ciento', 'Procent', '百分比', 'RATIO', false, 0.01, 0, 2)
  ) as v (code, en, de, es, pl, zh, dimension, is_base, factor, shift, decimals)
  on conflict (organization_id, unit_code) do nothing;

  insert into type_lists (organization_id, list_code, list_name, labels, category, is_system)
  select org, v.code, v.en, jsonb_build_object('en', v.en, 'de', v.de, 'es', v.es, 'pl', v.pl, 'zh', v.zh), v.category, true
  from (values
    ('SCRAP_REASON', 'Scrap reasons', 'Ausschussgründe', 'Motivos de rechazo', 'Przyczyny braków', '报废原因', 'PRODUCTION'),
    ('REWORK_REASON', 'Rework reasons', 'Nacharbeitsgründe', 'Motivos de retrabajo', 'Przyczyny poprawek', '返工原因', 'PRODUCTION'),
    ('DOWNTIME_REASON', 'Stop reasons', 'Stillstandsgründe', 'Motivos de parada', 'Przyczyny postoju', '停机原因', 'MAINTENANCE'),
    ('DEFECT_TYPE', 'Defect types', 'Fehlerarten', 'Tipos de defecto', 'Rodzaje wad', '缺陷类型', 'QUALITY'),
    ('DOCUMENT_CATEGORY', 'Document categories', 'Dokumentarten', 'Clases de documento', 'Rodzaje dokumentów', '文档类别', 'PROJECT'),
    ('MILESTONE_TYPE', 'Milestone types', 'Meilensteinarten', 'Tipos de hito', 'Rodzaje kamieni milowych', '里程碑类型', 'PROJECT'),
    ('PACKAGE_TYPE', 'Package types', 'Packmittel', 'Tipos de embalaje', 'Rodzaje opakowań', '包装类型', 'LOGISTICS')
  ) as v (code, en, de, es, pl, zh, category)
  on conflict (organization_id, list_code) do nothing;

  -- oee_class of a stop: AVAILABILITY and PERFORMANCE are losses, PLANNED reduces planned time.
  insert into type_list_values (organization_id, type_list_id, value_code, value_label, labels, attributes, display_order)
  select org, l.id, v.code, v.en, jsonb_build_object('en', v.en, 'de', v.de, 'es', v.es, 'pl', v.pl, 'zh', v.zh),
         case when v.oee_class is null then '{}'::jsonb else jsonb_build_object('oee_class', v.oee_class) end, v.position
  from (values
    ('SCRAP_REASON', 'DIMENSION', 'Dimension', 'Maß', 'Dimensión', 'Wymiar', '尺寸', null, 10),
    ('SCRAP_REASON', 'SURFACE', 'Surface', 'Oberfläche', 'Superficie', 'Powierzchnia', '表面', null, 20),
    ('SCRAP_REASON', 'MATERIAL_DEFECT', 'Material defect', 'Materialfehler', 'Defecto de material', 'Wada materiału', '材料缺陷', null, 30),
    ('SCRAP_REASON', 'SETUP_PIECE', 'Set-up piece', 'Einrichtteil', 'Pieza de preparación', 'Sztuka z ustawiania', '调机件', null, 40),
    ('SCRAP_REASON', 'TOOL_WEAR', 'Tool wear', 'Werkzeugverschleiß', 'Desgaste de herramienta', 'Zużycie narzędzia', '刀具磨损', null, 50),
    ('SCRAP_REASON', 'HANDLING', 'Handling', 'Transportschaden', 'Manipulación', 'Uszkodzenie w transporcie', '搬运损坏', null, 60),
    ('SCRAP_REASON', 'ASSEMBLY_ERROR', 'Assembly error', 'Montagefehler', 'Error de montaje', 'Błąd montażu', '装配错误', null, 70),
    ('SCRAP_REASON', 'TEST_FAILURE', 'Test failure', 'Prüfung nicht bestanden', 'Prueba no superada', 'Test niezaliczony', '测试不合格', null, 80),
    ('SCRAP_REASON', 'OTHER', 'Other', 'Sonstiges', 'Otro', 'Inne', '其他', null, 90),
    ('REWORK_REASON', 'DEBURR', 'Deburr', 'Entgraten', 'Desbarbar', 'Gratowanie', '去毛刺', null, 10),
    ('REWORK_REASON', 'REWELD', 'Reweld', 'Nachschweißen', 'Volver a soldar', 'Ponowne spawanie', '重新焊接', null, 20),
    ('REWORK_REASON', 'REPAINT', 'Repaint', 'Nachlackieren', 'Volver a pintar', 'Ponowne malowanie', '重新喷漆', null, 30),
    ('REWORK_REASON', 'READJUST', 'Readjust', 'Nachjustieren', 'Reajustar', 'Ponowna regulacja', '重新调整', null, 40),
    ('REWORK_REASON', 'REPLACE_PART', 'Replace part', 'Teil tauschen', 'Cambiar pieza', 'Wymiana części', '更换零件', null, 50),
    ('REWORK_REASON', 'RETEST', 'Retest', 'Erneut prüfen', 'Volver a probar', 'Ponowny test', '重新测试', null, 60),
    ('REWORK_REASON', 'OTHER', 'Other', 'Sonstiges', 'Otro', 'Inne', '其他', null, 70),
    ('DOWNTIME_REASON', 'EQUIPMENT', 'Equipment', 'Anlage', 'Equipo', 'Maszyna', '设备', 'AVAILABILITY', 10),
    ('DOWNTIME_REASON', 'MECHANICAL', 'Mechanical', 'Mechanik', 'Mecánica', 'Mechanika', '机械', 'AVAILABILITY', 20),
    ('DOWNTIME_REASON', 'ELECTRICAL', 'Electrical', 'Elektrik', 'Eléctrica', 'Elektryka', '电气', 'AVAILABILITY', 30),
    ('DOWNTIME_REASON', 'HYDRAULIC', 'Hydraulic', 'Hydraulik', 'Hidráulica', 'Hydraulika', '液压', 'AVAILABILITY', 40),
    ('DOWNTIME_REASON', 'TOOLING', 'Tooling', 'Werkzeug', 'Herramienta', 'Narzędzie', '工装', 'AVAILABILITY', 50),
    ('DOWNTIME_REASON', 'MATERIAL', 'Material', 'Material', 'Material', 'Materiał', '物料', 'AVAILABILITY', 60),
    ('DOWNTIME_REASON', 'SHORTAGE', 'Shortage', 'Material fehlt', 'Falta material', 'Brak materiału', '缺料', 'AVAILABILITY', 70),
    ('DOWNTIME_REASON', 'WRONG_MATERIAL', 'Wrong material', 'Falsches Material', 'Material equivocado', 'Niewłaściwy materiał', '物料错误', 'AVAILABILITY', 80),
    ('DOWNTIME_REASON', 'QUALITY', 'Quality', 'Qualität', 'Calidad', 'Jakość', '质量', 'AVAILABILITY', 90),
    ('DOWNTIME_REASON', 'QUALITY_HOLD', 'Quality hold', 'Qualitätssperre', 'Bloqueo de calidad', 'Blokada jakościowa', '质量冻结', 'AVAILABILITY', 100),
    ('DOWNTIME_REASON', 'SETUP', 'Set-up', 'Rüsten', 'Preparación', 'Przezbrajanie', '调机', 'AVAILABILITY', 110),
    ('DOWNTIME_REASON', 'CHANGEOVER', 'Changeover', 'Umrüsten', 'Cambio de producto', 'Zmiana asortymentu', '换型', 'AVAILABILITY', 120),
    ('DOWNTIME_REASON', 'ADJUSTMENT', 'Adjustment', 'Einstellen', 'Ajuste', 'Regulacja', '调整', 'AVAILABILITY', 130),
    ('DOWNTIME_REASON', 'PROCESS', 'Process', 'Ablauf', 'Proceso', 'Proces', '流程', 'AVAILABILITY', 140),
    ('DOWNTIME_REASON', 'NO_OPERATOR', 'No operator', 'Bediener fehlt', 'Falta operario', 'Brak operatora', '无操作员', 'AVAILABILITY', 150),
    ('DOWNTIME_REASON', 'NO_ORDER', 'No order', 'Kein Auftrag', 'Sin orden', 'Brak zlecenia', '无工单', 'AVAILABILITY', 160),
    ('DOWNTIME_REASON', 'WAITING_INSPECTION', 'Waiting for inspection', 'Warten auf Prüfung', 'A la espera de inspección', 'Oczekiwanie na kontrolę', '等待检验', 'AVAILABILITY', 170),
    ('DOWNTIME_REASON', 'PLANNED', 'Planned', 'Geplant', 'Planificada', 'Planowany', '计划停机', 'PLANNED', 180),
    ('DOWNTIME_REASON', 'MAINTENANCE', 'Maintenance', 'Wartung', 'Mantenimiento', 'Konserwacja', '保养', 'PLANNED', 190),
    ('DOWNTIME_REASON', 'BREAK', 'Break', 'Pause', 'Descanso', 'Przerwa', '休息', 'PLANNED', 200),
    ('DOWNTIME_REASON', 'MEETING', 'Meeting', 'Besprechung', 'Reunión', 'Zebranie', '会议', 'PLANNED', 210),
    ('DOWNTIME_REASON', 'TRIAL', 'Trial', 'Versuch', 'Prueba', 'Próba', '试制', 'PLANNED', 220),
    ('DOWNTIME_REASON', 'MINOR_STOP', 'Minor stop', 'Kurzstillstand', 'Parada breve', 'Krótki postój', '短暂停机', 'PERFORMANCE', 230),
    ('DEFECT_TYPE', 'DIMENSIONAL', 'Dimensional', 'Maßabweichung', 'Dimensional', 'Wymiarowa', '尺寸缺陷', null, 10),
    ('DEFECT_TYPE', 'VISUAL', 'Visual', 'Sichtfehler', 'Visual', 'Wizualna', '外观缺陷', null, 20),
    ('DEFECT_TYPE', 'FUNCTIONAL', 'Functional', 'Funktionsfehler', 'Funcional', 'Funkcjonalna', '功能缺陷', null, 30),
    ('DEFECT_TYPE', 'MATERIAL', 'Material', 'Materialfehler', 'Material', 'Materiałowa', '材料缺陷', null, 40),
    ('DEFECT_TYPE', 'DOCUMENTATION', 'Documentation', 'Dokumentation', 'Documentación', 'Dokumentacja', '文件缺陷', null, 50),
    ('DEFECT_TYPE', 'OTHER', 'Other', 'Sonstiges', 'Otro', 'Inna', '其他', null, 60),
    ('DOCUMENT_CATEGORY', 'DESIGN', 'Design', 'Konstruktion', 'Diseño', 'Konstrukcja', '设计', null, 10),
    ('DOCUMENT_CATEGORY', 'MANUFACTURING', 'Manufacturing', 'Fertigung', 'Fabricación', 'Produkcja', '制造', null, 20),
    ('DOCUMENT_CATEGORY', 'QUALITY', 'Quality', 'Qualität', 'Calidad', 'Jakość', '质量', null, 30),
    ('DOCUMENT_CATEGORY', 'COMMERCIAL', 'Commercial', 'Kaufmännisch', 'Comercial', 'Handlowe', '商务', null, 40),
    ('DOCUMENT_CATEGORY', 'OTHER', 'Other', 'Sonstiges', 'Otro', 'Inne', '其他', null, 50),
    ('MILESTONE_TYPE', 'DESIGN_RELEASE', 'Design release', 'Konstruktionsfreigabe', 'Liberación del diseño', 'Zwolnienie konstrukcji', '设计发布', null, 10),
    ('MILESTONE_TYPE', 'MATERIAL_COMPLETE', 'Material complete', 'Material vollständig', 'Material completo', 'Materiał kompletny', '物料齐套', null, 20),
    ('MILESTONE_TYPE', 'PRODUCTION_START', 'Production start', 'Fertigungsbeginn', 'Inicio de producción', 'Start produkcji', '开始生产', null, 30),
    ('MILESTONE_TYPE', 'ACCEPTANCE_TEST', 'Acceptance test', 'Abnahmeprüfung', 'Prueba de aceptación', 'Test odbiorczy', '验收测试', null, 40),
    ('MILESTONE_TYPE', 'DELIVERY', 'Delivery', 'Lieferung', 'Entrega', 'Dostawa', '交付', null, 50),
    ('MILESTONE_TYPE', 'OTHER', 'Other', 'Sonstiges', 'Otro', 'Inne', '其他', null, 60),
    ('PACKAGE_TYPE', 'BOX', 'Box', 'Karton', 'Caja', 'Karton', '纸箱', null, 10),
    ('PACKAGE_TYPE', 'PALLET', 'Pallet', 'Palette', 'Palé', 'Paleta', '托盘', null, 20),
    ('PACKAGE_TYPE', 'CRATE', 'Crate', 'Kiste', 'Cajón', 'Skrzynia', '板条箱', null, 30),
    ('PACKAGE_TYPE', 'CONTAINER', 'Container', 'Container', 'Contenedor', 'Kontener', '集装箱', null, 40),
    ('PACKAGE_TYPE', 'LOOSE', 'Loose', 'Lose', 'Suelto', 'Luzem', '散装', null, 50)
  ) as v (list_code, code, en, de, es, pl, zh, oee_class, position)
  join type_lists l on l.organization_id = org and l.list_code = v.list_code
  on conflict (organization_id, type_list_id, value_code) do nothing;

  update type_list_values c
  set parent_value_id = p.id
  from (values
    ('MECHANICAL', 'EQUIPMENT'),
    ('ELECTRICAL', 'EQUIPMENT'),
    ('HYDRAULIC', 'EQUIPMENT'),
    ('TOOLING', 'EQUIPMENT'),
    ('SHORTAGE', 'MATERIAL'),
    ('WRONG_MATERIAL', 'MATERIAL'),
    ('QUALITY_HOLD', 'QUALITY'),
    ('CHANGEOVER', 'SETUP'),
    ('ADJUSTMENT', 'SETUP'),
    ('NO_OPERATOR', 'PROCESS'),
    ('NO_ORDER', 'PROCESS'),
    ('WAITING_INSPECTION', 'PROCESS'),
    ('MAINTENANCE', 'PLANNED'),
    ('BREAK', 'PLANNED'),
    ('MEETING', 'PLANNED'),
    ('TRIAL', 'PLANNED')
  ) as v (code, parent)
  join type_lists l on l.organization_id = org and l.list_code = 'DOWNTIME_REASON'
  join type_list_values p on p.organization_id = org and p.type_list_id = l.id and p.value_code = v.parent
  where c.organization_id = org and c.type_list_id = l.id and c.value_code = v.code and c.parent_value_id is null;

  insert into roles (organization_id, role_code, role_name, labels, rank, permissions, is_system)
  select org, v.code, v.en, jsonb_build_object('en', v.en, 'de', v.de, 'es', v.es, 'pl', v.pl, 'zh', v.zh), v.rank, v.permissions::jsonb, true
  from (values
    ('ORG_ADMIN', 'Administrator', 'Administrator', 'Administrador', 'Administrator', '管理员', 100,
      '{"*": ["*"]}'),
    ('PLANT_MANAGER', 'Plant manager', 'Werkleitung', 'Dirección de planta', 'Kierownik zakładu', '厂长', 80,
      '{"*": ["read", "export"], "work_order": ["create", "update", "delete", "release", "approve"], "machine": ["create", "update"], "shift": ["create", "update", "delete"], "lane": ["create", "update"], "user": ["create", "update"], "device": ["administer"], "report": ["create", "update"], "quarantine": ["approve"], "ncr": ["approve"]}'),
    ('DEPARTMENT_HEAD', 'Department head', 'Abteilungsleitung', 'Jefatura de departamento', 'Kierownik działu', '部门主管', 70,
      '{"*": ["read", "export"], "work_order": ["create", "update", "release"], "machine": ["update"], "shift": ["update"], "ncr": ["update"], "quarantine": ["approve"]}'),
    ('SUPERVISOR', 'Supervisor', 'Meister', 'Supervisor', 'Brygadzista', '主管', 60,
      '{"work_order": ["read", "update", "release", "execute"], "machine": ["read", "update", "execute"], "shift": ["read", "update"], "shift_handover": ["read", "create", "update", "acknowledge"], "ncr": ["read", "create", "update"], "inspection": ["read", "execute"], "lot": ["read", "execute"], "help_call": ["read", "create", "execute"], "report": ["read", "export"], "quarantine": ["read", "approve"]}'),
    ('SHIFT_LEAD', 'Shift lead', 'Schichtleitung', 'Jefe de turno', 'Kierownik zmiany', '班长', 50,
      '{"work_order": ["read", "execute"], "machine": ["read", "execute"], "shift": ["read"], "shift_handover": ["read", "create", "update", "acknowledge"], "ncr": ["read", "create"], "inspection": ["read", "execute"], "lot": ["read", "execute"], "help_call": ["read", "create", "execute"], "report": ["read"]}'),
    ('OPERATOR', 'Operator', 'Werker', 'Operario', 'Operator', '操作员', 20,
      '{"work_order": ["read", "execute"], "machine": ["read", "execute"], "shift": ["read"], "shift_handover": ["read", "create"], "ncr": ["read", "create"], "inspection": ["read", "execute"], "lot": ["read", "execute"], "help_call": ["read", "create"]}'),
    ('QC_INSPECTOR', 'Inspector', 'Prüfer', 'Inspector', 'Kontroler', '检验员', 40,
      '{"work_order": ["read"], "inspection": ["read", "create", "execute"], "inspection_plan": ["read"], "ncr": ["read", "create", "update"], "lot": ["read", "update", "execute"], "machine": ["read"], "help_call": ["read", "create"], "report": ["read"]}'),
    ('QC_MANAGER', 'Quality manager', 'Qualitätsleitung', 'Dirección de calidad', 'Kierownik jakości', '质量经理', 65,
      '{"inspection": ["read", "create", "execute", "approve", "export"], "inspection_plan": ["read", "create", "update", "approve"], "ncr": ["read", "create", "update", "approve", "export"], "lot": ["read", "update", "approve", "execute"], "work_order": ["read"], "report": ["read", "create", "export"], "quarantine": ["read", "approve"]}'),
    ('WAREHOUSE', 'Warehouse', 'Lager', 'Almacén', 'Magazyn', '仓库', 30,
      '{"material": ["read"], "lot": ["read", "create", "update", "execute"], "shipment": ["read", "create", "update", "execute"], "work_order": ["read"], "help_call": ["read", "create", "execute"]}'),
    ('VIEWER', 'Viewer', 'Leser', 'Lector', 'Czytelnik', '查看者', 10,
      '{"*": ["read"]}')
  ) as v (code, en, de, es, pl, zh, rank, permissions)
  on conflict (organization_id, role_code) do nothing;

  insert into number_series (organization_id, series_code, pattern, seq_width, reset_period, lease_size)
  select org, v.code, v.pattern, v.width, v.reset, v.lease
  from (values
    ('WORK_ORDER', 'WO-{yy}{seq}', 6, 'YEAR', 1),
    ('REWORK_ORDER', 'RW-{yy}{seq}', 5, 'YEAR', 1),
    ('NCR', 'NCR-{yy}{seq}', 5, 'YEAR', 1),
    ('LOT', '{yy}{MM}{dd}-{seq}', 5, 'NEVER', 100),
    ('SERIAL', 'SN{yy}{seq}', 7, 'NEVER', 100),
    ('SHIPMENT', 'SH-{yy}{seq}', 5, 'YEAR', 1),
    ('LABEL', 'LB{seq}', 8, 'NEVER', 100),
    ('RDA', 'RDA-{yy}{seq}', 4, 'YEAR', 1)
  ) as v (code, pattern, width, reset, lease)
  on conflict (organization_id, series_code, plant_id, material_id) do nothing;

  insert into system_settings (organization_id, setting_key, category, value_type, value, description)
  select org, v.key, v.category, v.type, v.value::jsonb, v.description
  from (values
    ('retention.production_logs_days', 'retention', 'NUMBER', '1826', 'Days production events are kept.'),
    ('retention.qr_code_scans_days', 'retention', 'NUMBER', '365', 'Days scans are kept.'),
    ('retention.audit_logs_days', 'retention', 'NUMBER', '2557', 'Days the audit trail is kept.'),
    ('retention.sap_sync_logs_days', 'retention', 'NUMBER', '365', 'Days the exchange with SAP is kept.'),
    ('terminal.idle_lock_seconds', 'terminal', 'NUMBER', '300', 'A terminal locks after so many seconds without a touch.'),
    ('terminal.pin_required', 'terminal', 'BOOLEAN', 'false', 'Ask for the PIN after the badge.'),
    ('terminal.pin_attempts_max', 'terminal', 'NUMBER', '5', 'Wrong PINs before a person is locked on that terminal.'),
    ('terminal.undo_seconds', 'terminal', 'NUMBER', '60', 'How long a report can be undone with one touch.'),
    ('kpi.planned_down_counts', 'kpi', 'BOOLEAN', 'false', 'Planned downtime counts against availability where it is shown.'),
    ('kpi.oee_bands', 'kpi', 'JSON', '[0.85, 0.70, 0.60]', 'OEE at or above which a figure is good, fair, weak.'),
    ('kpi.unknown_ratio_max', 'kpi', 'NUMBER', '0.02', 'Share of unknown time above which a result is incomplete.'),
    ('spc.run_one_side_points', 'spc', 'NUMBER', '8', 'Points on one side of the centre that make a signal.'),
    ('spc.cpk_bands', 'spc', 'JSON', '[1.67, 1.33, 1.00]', 'Cpk at or above which a process is good, fair, weak.')
  ) as v (key, category, type, value, description)
  on conflict (organization_id, setting_key, plant_id) do nothing;
end
$$;
comment on function app.seed_organization(int) is
  'Units, vocabularies, roles, number series and settings a tenant starts with; adds what is missing and changes nothing. Runs in a transaction of that tenant.';

create function app.create_organization(org_code text, org_name text, default_timezone text default 'UTC', default_locale text default 'en') returns int
  language plpgsql as $$
declare
  org int;
  context_before text := coalesce(current_setting('app.current_organization_id', true), '');
begin
  insert into organizations (org_code, org_name, default_timezone, default_locale, status)
  values ($1, $2, $3, $4, 'ACTIVE')
  returning id into org;
  perform set_config('app.current_organization_id', org::text, true);
  perform app.seed_organization(org);
  perform set_config('app.current_organization_id', context_before, true);
  return org;
end
$$;
comment on function app.create_organization(text, text, text, text) is
  'A new tenant with its seeds. Only an administrator''s connection may call it: no session role can add a tenant.';

-- ============================================================================
-- 99 policies
-- ============================================================================

create function app.apply_policies() returns void
  language plpgsql set client_min_messages = warning as $$
declare
  t record;
  tenant text;
  within text;
begin
  for t in
    select c.oid, c.relname::text as name,
           (select a.attnotnull from pg_attribute a where a.attrelid = c.oid and a.attname = 'plant_id' and not a.attisdropped) as plant_required,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) as has_tenant
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relowner = 'takt_owner'::regrole
    order by c.relname
  loop
    tenant := case
      when t.name = 'organizations' then 'id = (select app.org())'
      when t.has_tenant then 'organization_id = (select app.org())'
      else 'false'  -- the server's own tables: only through a door
    end;

    -- What a device session sees of it besides its tenant.
    within := case
      when t.name = 'organizations' or not t.has_tenant then '(select app.plant()) is not null'
      when t.name = 'plants' then 'id = (select app.plant())'
      when t.name = 'users' then
        'exists (select from user_plant_access a where a.organization_id = users.organization_id and a.user_id = users.id and a.plant_id = (select app.plant()))'
      when t.name = 'bom_lines' then
        'exists (select from bom_headers p where p.organization_id = bom_lines.organization_id and p.id = bom_lines.bom_header_id)'
      when t.name = 'work_order_materials' then
        'exists (select from work_orders p where p.organization_id = work_order_materials.organization_id and p.id = work_order_materials.work_order_id)'
      when t.name = 'inspection_points' then
        'exists (select from inspection_plans p where p.organization_id = inspection_points.organization_id and p.id = inspection_points.inspection_plan_id)'
      when t.name = 'inspection_characteristics' then
        'exists (select from inspection_points p where p.organization_id = inspection_characteristics.organization_id and p.id = inspection_characteristics.inspection_point_id)'
      when t.name = 'project_documents' then
        'exists (select from projects p where p.organization_id = project_documents.organization_id and p.id = project_documents.project_id)'
      when t.name = 'number_leases' then
        'exists (select from devices d where d.organization_id = ' || t.name || '.organization_id and d.id = ' || t.name || '.device_id)'
      when t.name = 'sync_row' then 'scope = 0 and (select app.plant()) is not null or scope = (select app.plant())'
      when t.plant_required then 'plant_id = (select app.plant())'
      when t.plant_required is not null then '(select app.plant()) is not null and (plant_id is null or plant_id = (select app.plant()))'
      else '(select app.plant()) is not null'
    end;

    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('drop policy if exists tenant on %I', t.name);
    execute format('drop policy if exists device_plant on %I', t.name);
    execute format('create policy tenant on %I using (%s) with check (%s)', t.name, tenant, tenant);
    execute format('create policy device_plant on %I as restrictive to takt_device using (%s) with check (%s)', t.name, within, within);
  end loop;
end
$$;
comment on function app.apply_policies() is
  'Row security of every table: one tenant policy, closed without a context, and a restrictive one that keeps a device session in its plant, closed without a plant. Run again at the end of every migration.';

create function app.apply_grants() returns void
  language plpgsql as $$
declare
  t record;
  f record;
  -- What ingest reads to resolve references and pull serves; no secrets, no office matters.
  device_reads text[] := '{organizations,plants,departments,projects,materials,material_categories,units_of_measure,
    bom_headers,bom_lines,work_orders,work_order_operations,work_centers,work_order_materials,production_logs,
    work_center_shifts,ncrs,inspection_logs,inspection_plans,inspection_points,inspection_characteristics,
    inspection_measurements,machines,machine_status_history,shifts,shift_handovers,shift_performances,lanes,
    lane_assignments,project_documents,roles,user_roles,user_plant_access,custom_fields,field_values,type_lists,
    type_list_values,shipments,shipment_items,barcode_labels,qr_code_scans,lot_batches,serial_numbers,
    traceability_links,genealogy_records,organization_branding,notifications,system_settings,file_uploads,devices,
    number_series,number_leases,shift_occurrences,help_calls,sync_receipts,sync_watermarks,sync_quarantine,
    sync_stream_holds,sync_row,rework_configs}';
  device_inserts text[] := '{production_logs,ncrs,inspection_logs,inspection_measurements,machine_status_history,
    shift_handovers,barcode_labels,qr_code_scans,lot_batches,serial_numbers,traceability_links,genealogy_records,
    file_uploads,notifications,audit_logs,number_leases,help_calls,sync_receipts,sync_watermarks,sync_quarantine,
    sync_stream_holds}';
  device_updates text[] := '{work_orders,work_order_operations,work_order_materials,ncrs,machine_status_history,
    shift_handovers,barcode_labels,lot_batches,serial_numbers,traceability_links,file_uploads,number_series,
    number_leases,help_calls,sync_receipts,sync_watermarks,sync_quarantine}';
begin
  for t in
    select c.relname::text as name,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) as has_tenant
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relowner = 'takt_owner'::regrole
  loop
    execute format('revoke all on %I from public, takt_app, takt_device', t.name);
    continue when not t.has_tenant and t.name <> 'organizations';  -- the server's own tables

    -- Office sessions: everything of the tenant, but a trail is only added to,
    -- a tenant is not made or removed here, and the feed is kept by triggers.
    execute format('grant %s on %I to takt_app',
      case
        when t.name = any (app.append_only_tables()) then 'select, insert'
        when t.name = 'organizations' then 'select, update'
        when t.name = 'sync_row' then 'select'
        when t.name in ('users', 'devices', 'machine_status_history', 'traceability_links') then 'select, insert, update'
        else 'select, insert, update, delete'
      end, t.name);

    if t.name = any (device_reads) then execute format('grant select on %I to takt_device', t.name); end if;
    if t.name = any (device_inserts) then execute format('grant insert on %I to takt_device', t.name); end if;
    if t.name = any (device_updates) then execute format('grant update on %I to takt_device', t.name); end if;
  end loop;

  -- A device session never reads a password hash, nor how to write to a person.
  grant select (id, organization_id, username, username_key, full_name, employee_number, badge_hash, pin_hash, status,
      default_plant_id, locale, locked_until, credentials_changed_at, created_at, updated_at, row_version)
    on users to takt_device;
  grant update (app_version, os_version, schema_version, last_seen_at, last_ip, clock_offset_ms, outbox_depth,
      oldest_pending_at, install_id, fork_detected_at) on devices to takt_device;
  grant delete on sync_stream_holds to takt_device;

  -- Functions: every session may call the small ones; doors only where they are needed.
  revoke execute on all functions in schema app from public, takt_app, takt_device;
  for f in
    select p.oid::regprocedure as signature, p.proname::text as name, p.prosecdef as is_door,
           p.prorettype = 'trigger'::regtype as is_trigger
    from pg_proc p where p.pronamespace = 'app'::regnamespace
  loop
    continue when f.name in ('apply_triggers', 'apply_policies', 'apply_grants', 'start_new_epoch', 'create_organization');
    -- Trigger functions need no grant, and must have none: put on a temporary table they would write
    -- another tenant's trail and feed as definer. feed_rows is called by them as definer.
    continue when f.is_trigger or f.is_door and f.name in ('feed_rows', 'feed_moved');
    execute format('grant execute on function %s to takt_app', f.signature);
    if not f.is_door then execute format('grant execute on function %s to takt_device', f.signature); end if;
  end loop;
end
$$;
comment on function app.apply_grants() is
  'Rights of the two session roles, stated anew: an office session works on the whole tenant, a device session only inserts and updates what ingest needs. Run again at the end of every migration.';

reset role;

-- The doors act as the definer, whom row security does not bind.
do $$
declare
  f regprocedure;
begin
  for f in select p.oid from pg_proc p where p.pronamespace = 'app'::regnamespace and p.prosecdef loop
    execute format('alter function %s owner to takt_definer', f);
  end loop;
end
$$;

select app.apply_triggers();
select app.apply_policies();
select app.apply_grants();

-- The server asks which migrations were applied before it starts; increments add to them.
do $$
begin
  if to_regclass('public.takt_migrations') is not null then
    grant select on public.takt_migrations to takt_app;
    grant select, insert on public.takt_migrations to takt_migrator;
  end if;
end
$$;
