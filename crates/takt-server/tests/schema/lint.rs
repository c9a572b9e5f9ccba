//! Rules every table, key, index and function keeps. Each names its offenders; none may have any.

/// A rule, and the query that answers with whoever breaks it.
#[derive(Clone, Copy)]
pub struct Lint {
    pub rule: &'static str,
    /// A change that breaks the rule, so that the rule itself is tested; TimescaleDB prevents one by itself.
    pub breach: &'static str,
    pub offenders: &'static str,
}

const fn lint(rule: &'static str, breach: &'static str, offenders: &'static str) -> Lint {
    Lint { rule, breach, offenders }
}

/// Views the rules read from; `ours` is every table but the ledger of migrations.
pub const VIEWS: &str = "
create temp view ours as
  select c.oid, c.relname::text as name, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
         (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id') as tenant
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'takt_migrations';
create temp view hyper as
  select h.table_name::text as name, h.associated_schema_name::text as chunks, d.column_name::text as at, d.interval_length / 1000000 / 86400 as days
  from _timescaledb_catalog.hypertable h join _timescaledb_catalog.dimension d on d.hypertable_id = h.id;
create temp view functions as
  select p.oid, p.proname::text as name, p.prosecdef, p.proconfig, p.proowner, p.prorettype = 'trigger'::regtype as is_trigger
  from pg_proc p where p.pronamespace = 'app'::regnamespace;";

pub const POLICIES: &[Lint] = &[
    lint("row security is on and forced",
        "alter table ncrs no force row level security", "select name from ours where not (relrowsecurity and relforcerowsecurity)"),
    lint(
        "one permissive policy, for every role and command, is the tenant's, asked once per statement",
        "create policy also on ncrs using (true)",
        "select o.name from ours o where not exists (
           select from pg_policy p where p.polrelid = o.oid and p.polname = 'tenant' and p.polpermissive and p.polcmd = '*' and p.polroles = '{0}'
             and pg_get_expr(p.polqual, o.oid) = pg_get_expr(p.polwithcheck, o.oid)
             and pg_get_expr(p.polqual, o.oid) = case
               when o.name = 'organizations' then '(id = ( SELECT app.org() AS org))'
               when o.name in ('sync_epoch', 'sync_signing_keys') then 'false'
               else '(organization_id = ( SELECT app.org() AS org))' end)
         or (select count(*) from pg_policy p where p.polrelid = o.oid and p.polpermissive) <> 1",
    ),
    lint(
        "a restrictive policy keeps a device in its plant and is closed without one",
        "alter policy device_plant on ncrs using (true) with check (true)",
        "select o.name from ours o where not exists (
           select from pg_policy p where p.polrelid = o.oid and p.polname = 'device_plant' and not p.polpermissive and p.polcmd = '*'
             and p.polroles = array['takt_device'::regrole::oid] and pg_get_expr(p.polqual, o.oid) = pg_get_expr(p.polwithcheck, o.oid)
             and (pg_get_expr(p.polqual, o.oid) ~ 'app\\.plant' or pg_get_expr(p.polqual, o.oid) ~ '^\\(EXISTS'))",
    ),
    lint(
        "no policy asks for the session once per row",
        "alter policy device_plant on ncrs using (plant_id = app.plant()) with check (plant_id = app.plant())",
        "select o.name || '.' || p.polname from ours o join pg_policy p on p.polrelid = o.oid,
           unnest(array[pg_get_expr(p.polqual, o.oid), pg_get_expr(p.polwithcheck, o.oid)]) as e (words)
         where regexp_replace(e.words, '\\( SELECT app\\.\\w+\\(\\) AS \\w+\\)', '', 'g') ~ 'app\\.|current_setting'",
    ),
    lint(
        "no view steps round the policies",
        "create view public.all_users as select * from users",
        "select c.relname from pg_class c where c.relkind in ('v', 'm') and c.relnamespace in ('public'::regnamespace, 'app'::regnamespace)",
    ),
    lint(
        "statistics, which hold samples of every tenant's rows, are closed",
        "grant select on pg_catalog.pg_stats to takt_app",
        "select role || ' reads ' || name from unnest('{pg_stats,pg_stats_ext,pg_stats_ext_exprs,pg_statistic,pg_statistic_ext_data}'::text[]) as name,
           unnest('{takt_app,takt_device}'::text[]) as role where has_table_privilege(role, 'pg_catalog.' || name, 'select')",
    ),
    lint("the owner owns every table",
        "alter table ncrs owner to current_user", "select name from ours where relowner <> 'takt_owner'::regrole"),
    lint(
        "nothing is granted to everybody",
        "grant select on users to public",
        "select c.relname from pg_class c, aclexplode(c.relacl) as a
         where c.relnamespace::regnamespace::text in ('public', 'app', 'ts_chunks') and a.grantee = 0
         union all select p.oid::regprocedure::text from functions f join pg_proc p on p.oid = f.oid where has_function_privilege('public', p.oid, 'execute')",
    ),
];

pub const KEYS: &[Lint] = &[
    lint(
        "a unique key starts with the tenant, but for identities and a short list",
        "create unique index clash on shipments (shipment_number)",
        "select i.indexrelid::regclass::text from pg_index i join ours o on o.oid = i.indrelid
         where i.indisunique and i.indkey[0] is distinct from o.tenant and i.indexrelid::regclass::text not in (
           'organizations_org_code_key', 'organizations_subdomain_key', 'organization_branding_custom_domain_key',
           'device_enrollment_codes_code_hash_key', 'sync_epoch_epoch_key')
           and not (i.indisprimary and (select a.attidentity = 'a' from pg_attribute a where a.attrelid = o.oid and a.attnum = i.indkey[0]))",
    ),
    lint(
        "an identity primary key is the id, with the time on a hypertable",
        "alter table sync_quarantine drop constraint sync_quarantine_pkey, add primary key (seq)",
        "select o.name from ours o join pg_index i on i.indrelid = o.oid and i.indisprimary left join hyper h on h.name = o.name
         where o.tenant is distinct from i.indkey[0]
           and pg_get_indexdef(i.indexrelid) !~ case when h.name is null then '\\(id\\)$' else format('\\(id, %s\\)$', h.at) end",
    ),
    lint(
        "every other index starts with the tenant",
        "create index slow on ncrs (status)",
        "select i.indexrelid::regclass::text from pg_index i join ours o on o.oid = i.indrelid
         where not i.indisunique and i.indkey[0] is distinct from o.tenant",
    ),
    lint(
        "a tenant's row can be referred to within the tenant",
        "alter table sap_mappings drop constraint sap_mappings_id_key",
        "select o.name from ours o where o.tenant is not null and o.name not in (select name from hyper) and o.name not like 'sync\\_%'
           and not exists (select from pg_index i where i.indrelid = o.oid and i.indisunique and i.indpred is null
             and pg_get_indexdef(i.indexrelid) ~ '\\(organization_id, id\\)$')",
    ),
    lint(
        "a reference between tenant tables is composite and begins with the tenant on both sides",
        "alter table reports add foreign key (owner_user_id) references users",
        "select k.conname from pg_constraint k join ours o on o.oid = k.conrelid join ours t on t.oid = k.confrelid
         where k.contype = 'f' and not (t.name = 'organizations' and o.name <> 'organizations' and k.conkey = array[o.tenant])
           and not (cardinality(k.conkey) >= 2 and k.confkey[1] = t.tenant
             and k.conkey[1] = coalesce(o.tenant, (select a.attnum from pg_attribute a where a.attrelid = o.oid and a.attname = 'id')))",
    ),
    lint(
        "every tenant table belongs to an organization that exists",
        "alter table roles drop constraint roles_organization_id_fkey",
        "select o.name from ours o where o.tenant is not null and not exists (
           select from pg_constraint k where k.conrelid = o.oid and k.contype = 'f' and k.conkey[1] = o.tenant
             and not exists (select from unnest(k.conkey) as c (num) join pg_attribute a on a.attrelid = o.oid and a.attnum = c.num where not a.attnotnull))",
    ),
    lint(
        "a reference to a plant-bound master from a plant-bound row stays in the plant",
        "alter table help_calls add foreign key (organization_id, machine_id) references machines (organization_id, id)",
        "select k.conname from pg_constraint k join ours o on o.oid = k.conrelid join ours t on t.oid = k.confrelid
         where k.contype = 'f' and t.name in ('work_centers', 'machines', 'lanes', 'shifts', 'departments') and k.conname <> 'shift_performances_shift_date_fkey'
           and exists (select from pg_attribute a where a.attrelid = o.oid and a.attname = 'plant_id' and a.attnotnull)
           and not exists (select from pg_attribute a where a.attrelid = o.oid and a.attname = 'plant_id' and a.attnum = any (k.conkey))",
    ),
    lint(
        "no tenant column may be empty",
        "alter table reports alter organization_id drop not null",
        "select o.name from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum = o.tenant where not a.attnotnull",
    ),
    lint(
        "nothing deletes or empties a row on the way, but for pure children of a header",
        "alter table reports add foreign key (organization_id, owner_user_id) references users (organization_id, id) on delete cascade",
        "select k.conname from pg_constraint k join ours o on o.oid = k.conrelid where k.contype = 'f'
           and (k.confupdtype <> 'a' or k.confdeltype not in ('a', 'c') or k.confdeltype = 'c' and k.confrelid::regclass::text not in (
             'bom_headers', 'work_orders', 'inspection_plans', 'inspection_points', 'shipments', 'workflows', 'work_centers'))",
    ),
];

pub const HYPERTABLES: &[Lint] = &[
    lint(
        "the six hypertables have the specified chunks, in a schema nobody may enter",
        "select set_chunk_time_interval('audit_logs', interval '1 day')",
        "select coalesce(h.name, w.name) from hyper h full join (values
           ('production_logs', 'logged_at', 7), ('qr_code_scans', 'scanned_at', 7), ('inspection_measurements', 'measured_at', 30),
           ('genealogy_records', 'occurred_at', 90), ('audit_logs', 'occurred_at', 180), ('sap_sync_logs', 'started_at', 30)) as w (name, at, days)
           on w.name = h.name and w.at = h.at and w.days = h.days and h.chunks = 'ts_chunks'
         where h.name is null or w.name is null",
    ),
    lint(
        "only the owner, and whoever has its rights, enters the chunks",
        "grant usage on schema ts_chunks to takt_app",
        "select r.rolname from pg_roles r where not r.rolsuper and r.rolname !~ '^(pg_|takt_backup)' and not pg_has_role(r.oid, 'takt_owner', 'usage')
           and has_schema_privilege(r.oid, 'ts_chunks', 'usage')",
    ),
    lint(
        "nothing refers to a hypertable",
        "",
        "select k.conname from pg_constraint k join hyper h on h.name = k.confrelid::regclass::text where k.contype = 'f'",
    ),
    lint(
        "a function that reads a hypertable bounds its time",
        "create function app.slow() returns bigint language sql as 'select count(*) from audit_logs'",
        "select f.name || ' on ' || h.name from functions f join hyper h
           on pg_get_functiondef(f.oid) ~* format('\\m(from|join|using)\\s+(public\\.)?%s\\M', h.name)
         where pg_get_functiondef(f.oid) !~* format('\\m%s\\s*(>=|>|<=|<|=|between\\M)', h.at)",
    ),
    lint(
        "a hypertable only grows",
        "grant delete on audit_logs to takt_app",
        "select h.name from hyper h where not exists (
           select from pg_trigger t where t.tgrelid = h.name::regclass and t.tgname = 'append_only' and t.tgtype & 27 = 27)
         or exists (select from (values ('takt_app'), ('takt_device')) as r (role) where has_table_privilege(role, h.name, 'update') or has_table_privilege(role, h.name, 'delete'))",
    ),
];

pub const FUNCTIONS: &[Lint] = &[
    lint(
        "a definer function fixes its search path and belongs to the definer",
        "alter function app.active_organizations() reset search_path",
        "select name from functions where prosecdef and (proowner <> 'takt_definer'::regrole
           or not coalesce(proconfig, '{}') @> array['search_path=pg_catalog, public, pg_temp'])",
    ),
    lint(
        "every other function belongs to the owner",
        "alter function app.plant() owner to current_user",
        "select name from functions where not prosecdef and proowner <> 'takt_owner'::regrole",
    ),
    lint(
        "a device session calls no definer function",
        "grant execute on function app.signing_keys() to takt_device",
        "select name from functions where prosecdef and has_function_privilege('takt_device', oid, 'execute')",
    ),
    lint(
        "no session may put a trigger function on a table of its own",
        "grant execute on function app.audit() to takt_app",
        "select name from functions, unnest('{takt_app,takt_device}'::text[]) as role where is_trigger and has_function_privilege(role, oid, 'execute')",
    ),
    lint(
        "every function says what it is for",
        "comment on function app.plant() is null",
        "select name from functions where obj_description(oid, 'pg_proc') is null",
    ),
];

pub const TABLES: &[Lint] = &[
    lint(
        "every table belongs to one group",
        "create table public.forgotten (id int)",
        "select o.name from ours o where (select count(*) from app.table_groups() g where o.name = any (g.tables)) <> 1
         union all select name from app.table_groups() g, unnest(g.tables) as name where name not in (select o.name from ours o)",
    ),
    lint(
        "every column that does not explain itself says what it is",
        "comment on column ncrs.severity is null",
        // Its name says it: what the row refers to, or the row's own code, name or number.
        "select o.name || '.' || a.attname from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped,
           regexp_replace(a.attname, '_(id|code|name|number)$', '') as word
         where col_description(o.oid, a.attnum) is null
           and not exists (select from pg_constraint k where k.conrelid = o.oid and k.contype = 'f' and a.attname like '%\\_id'
             and k.conkey[cardinality(k.conkey)] = a.attnum and k.confrelid::regclass::text in (word || 's', word || 'es'))
           and not (a.attname ~ '_(code|name|number)$' and o.name in (word, word || 's', word || 'es'))",
    ),
    lint(
        "no comment is empty",
        "comment on column ncrs.severity is ' '",
        "select o.name || '.' || d.objsubid from ours o join pg_description d on d.objoid = o.oid and d.classoid = 'pg_class'::regclass where btrim(d.description) = ''",
    ),
    lint("every table says what it is for",
        "comment on table ncrs is null", "select name from ours where obj_description(oid, 'pg_class') is null"),
    lint(
        "a word list is a check or a vocabulary, never an enum",
        "create type public.color as enum ('RED')",
        "select t.typname from pg_type t where t.typtype = 'e' and t.typnamespace::regnamespace::text in ('public', 'app')",
    ),
    lint(
        "quantities are exact, moments have a zone, texts are bounded by checks",
        "alter table ncrs add height real",
        "select o.name || '.' || a.attname from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
         where format_type(a.atttypid, null) in ('real', 'double precision', 'money', 'timestamp without time zone', 'time with time zone', 'character varying', 'character')",
    ),
    lint(
        "every text of a person or a device is bounded",
        "alter table ncrs add more text",
        "select o.name || '.' || a.attname from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
         where a.atttypid = 'text'::regtype and a.attgenerated = '' and (o.name, a.attname) <> ('sync_row', 'tbl')
           and not exists (select from pg_constraint k where k.conrelid = o.oid and k.contype = 'c' and a.attnum = any (k.conkey) and cardinality(k.conkey) = 1)",
    ),
    lint(
        "a row with a version is touched and leaves a trail",
        "drop trigger touch on ncrs",
        "select o.name || ' lacks ' || w.name from ours o, unnest('{touch,audit_update,audit_delete}'::text[]) as w (name)
         where exists (select from pg_attribute a where a.attrelid = o.oid and a.attname = 'row_version')
           and not exists (select from pg_trigger t where t.tgrelid = o.oid and t.tgname = w.name and t.tgenabled = 'O')",
    ),
    lint(
        "what terminals pull is followed",
        "drop trigger feed_delete on ncrs",
        "select o.name || ' lacks ' || w.name from ours o, unnest('{feed_insert,feed_update,feed_delete}'::text[]) as w (name)
         where app.feed_query(o.name) is not null and (o.name, w.name) <> ('organizations', 'feed_delete')
           and not exists (select from pg_trigger t where t.tgrelid = o.oid and t.tgname = w.name and t.tgenabled = 'O')",
    ),
    lint(
        "a status moves under guard",
        "drop trigger allow_transition on ncrs",
        "select o.name from ours o where exists (select from pg_attribute a where a.attrelid = o.oid and a.attname = 'status')
           and o.name not in ('machine_status_history', 'machines', 'organizations', 'sap_sync_logs', 'users')
           and not exists (select from pg_trigger t where t.tgrelid = o.oid and t.tgname = 'allow_transition' and t.tgenabled = 'O')",
    ),
    lint(
        "a status under guard leaves a trail",
        "drop trigger audit_update on sync_quarantine",
        "select o.name from ours o join pg_trigger t on t.tgrelid = o.oid and t.tgname = 'allow_transition'
         where not exists (select from pg_trigger x where x.tgrelid = o.oid and x.tgname = 'audit_update' and x.tgenabled = 'O')",
    ),
    lint("no trigger is off",
        "alter table ncrs disable trigger touch", "select t.tgname from pg_trigger t join ours o on o.oid = t.tgrelid where t.tgenabled <> 'O'"),
    lint("no check is unproven",
        "alter table ncrs add constraint late check (severity <> 'X') not valid", "select k.conname from pg_constraint k join ours o on o.oid = k.conrelid where not k.convalidated"),
];

pub const ROLES: &[Lint] = &[
    lint(
        "the extensions are installed",
        "drop extension \"uuid-ossp\"",
        "select name from unnest('{timescaledb,pgcrypto,pg_trgm,btree_gist,uuid-ossp}'::text[]) as name
         where not exists (select from pg_extension e where e.extname = name)",
    ),
    lint(
        "the roles are the design's",
        "alter role takt_migrator rename to takt_other",
        "select name from unnest('{takt_owner,takt_definer,takt_migrator,takt_backup,takt_app,takt_device}'::text[]) as name
         where not exists (select from pg_roles r where r.rolname = name and r.rolbypassrls = (name in ('takt_definer', 'takt_backup')))",
    ),
    lint(
        "session roles own nothing",
        "alter table ncrs owner to takt_app",
        "select c.oid::regclass::text from pg_class c where c.relowner in ('takt_app'::regrole, 'takt_device'::regrole)
         union all select p.oid::regprocedure::text from pg_proc p where p.proowner in ('takt_app'::regrole, 'takt_device'::regrole)
         union all select n.nspname from pg_namespace n where n.nspowner in ('takt_app'::regrole, 'takt_device'::regrole)",
    ),
    lint(
        "session roles bypass nothing and make nothing",
        "alter role takt_device bypassrls",
        "select rolname from pg_roles where rolname in ('takt_app', 'takt_device', 'takt_owner', 'takt_migrator')
           and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)",
    ),
    lint("only the application signs in",
        "alter role takt_owner login", "select rolname from pg_roles where rolname in ('takt_owner', 'takt_definer', 'takt_migrator', 'takt_device', 'takt_backup') and rolcanlogin"),
    lint(
        "the application may become the device, and nobody else",
        "grant takt_owner to takt_app",
        "select m.roleid::regrole::text from pg_auth_members m where m.member in ('takt_app'::regrole, 'takt_device'::regrole)
           and not (m.member = 'takt_app'::regrole and m.roleid = 'takt_device'::regrole and not m.inherit_option and not m.admin_option)",
    ),
    lint(
        "session roles make nothing in our schemas",
        "grant create on schema public to takt_app",
        "select role || ' in ' || s from unnest('{takt_app,takt_device}'::text[]) as role, unnest('{public,app,ts_chunks}'::text[]) as s where has_schema_privilege(role, s, 'create')",
    ),
    lint(
        "a device reads no password and takes nothing away",
        "grant select on users to takt_device",
        "select o.name from ours o where has_table_privilege('takt_device', o.oid, 'delete') and o.name <> 'sync_stream_holds'
         union all select 'users.' || c from unnest('{password_hash,email,failed_logins}'::text[]) as c where has_column_privilege('takt_device', 'users', c, 'select')
         union all select 'device_enrollment_codes' where has_any_column_privilege('takt_device', 'device_enrollment_codes', 'select')",
    ),
];
