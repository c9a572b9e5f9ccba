//! What the database says of its own schema: tables, keys, policies and rights, for the reference under
//! `docs/schema`. Everything comes in an order that is the same on every machine.

use sqlx::{FromRow, PgConnection};

use super::TenantTx;

/// The whole schema.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Catalog {
    pub groups: Vec<Group>,
    pub tables: Vec<Table>,
    pub columns: Vec<Column>,
    pub constraints: Vec<Constraint>,
    pub indexes: Vec<Statement>,
    pub triggers: Vec<Statement>,
    pub references: Vec<Reference>,
    pub policies: Vec<Policy>,
    pub grants: Vec<Grant>,
    pub roles: Vec<Role>,
    pub functions: Vec<Function>,
    /// Names.
    pub extensions: Vec<String>,
    /// Catalogs of statistics that everybody could read.
    pub open_statistics: Vec<String>,
}

/// A group of tables, and the file that shows it.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Group {
    pub file: String,
    pub title: String,
    pub tables: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Table {
    pub name: String,
    pub comment: Option<String>,
    /// Row security is on and binds the owner too.
    pub is_forced: bool,
    /// Column, days per chunk and schema of the chunks, of a hypertable.
    pub partition_column: Option<String>,
    pub chunk_days: Option<i64>,
    pub chunk_schema: Option<String>,
}

/// A column, as `create table` has it.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Column {
    pub tbl: String,
    pub name: String,
    pub kind: String,
    pub is_required: bool,
    pub is_identity: bool,
    pub is_generated: bool,
    /// Its default, or what it is generated from.
    pub expression: Option<String>,
    pub comment: Option<String>,
}

/// A key, a check or an exclusion.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Constraint {
    pub tbl: String,
    pub name: String,
    /// `p`, `u`, `x`, `c` or `f`, as PostgreSQL has it.
    pub kind: String,
    pub definition: String,
    /// Columns it rests on.
    pub columns: Vec<String>,
}

/// What makes an index or a trigger.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Statement {
    pub tbl: String,
    pub definition: String,
}

/// That a row names another one.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Reference {
    pub tbl: String,
    pub target: String,
    /// The column that names the row; the others of the key say within what.
    pub column: String,
    pub is_required: bool,
}

/// A policy.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Policy {
    pub tbl: String,
    pub name: String,
    pub is_permissive: bool,
    pub command: String,
    pub roles: String,
    pub qualifier: Option<String>,
    pub check: Option<String>,
}

/// Rights of a role: on a table, some of its columns, or a schema.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Grant {
    pub object: String,
    pub role: String,
    pub privileges: String,
}

/// One of our roles.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Role {
    pub name: String,
    pub bypasses_policies: bool,
    /// Roles it may act as or inherits from.
    pub member_of: Vec<String>,
}

/// A function of the schema `app`.
#[derive(Clone, Debug, FromRow)]
#[allow(missing_docs)]
pub struct Function {
    pub signature: String,
    pub is_definer: bool,
    pub is_trigger: bool,
    pub callers: Vec<String>,
    pub comment: Option<String>,
}

/// Whether the schema is there at all.
pub async fn is_there(tx: &mut TenantTx) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select to_regprocedure('app.table_groups()') is not null")
        .fetch_one(tx.connection())
        .await
}

/// Reads everything.
pub async fn read(tx: &mut TenantTx) -> Result<Catalog, sqlx::Error> {
    let connection = tx.connection();
    // Names are written out by what the search path does not find.
    sqlx::query("set local search_path = public, pg_catalog").execute(&mut *connection).await?;
    Ok(Catalog {
        groups: all(connection, GROUPS).await?,
        tables: all(connection, TABLES).await?,
        columns: all(connection, COLUMNS).await?,
        constraints: all(connection, CONSTRAINTS).await?,
        indexes: all(connection, INDEXES).await?,
        triggers: all(connection, TRIGGERS).await?,
        references: all(connection, REFERENCES).await?,
        policies: all(connection, POLICIES).await?,
        grants: all(connection, GRANTS).await?,
        roles: all(connection, ROLES).await?,
        functions: all(connection, FUNCTIONS).await?,
        extensions: sqlx::query_scalar(EXTENSIONS).fetch_all(&mut *connection).await?,
        open_statistics: sqlx::query_scalar(OPEN_STATISTICS).fetch_all(connection).await?,
    })
}

async fn all<T>(connection: &mut PgConnection, sql: &'static str) -> Result<Vec<T>, sqlx::Error>
where
    T: for<'r> FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
{
    sqlx::query_as(sql).fetch_all(connection).await
}

const GROUPS: &str = "select file, title, tables from app.table_groups() with ordinality as g (file, title, tables, place) order by place";

/// Tables of ours: the ledger of migrations is the server's.
macro_rules! ours {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select ",
            $columns,
            " from pg_class c ",
            $rest,
            " and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'takt_migrations'"
        )
    };
}

const TABLES: &str = concat!(
    ours!(
        "c.relname::text as name, obj_description(c.oid, 'pg_class') as comment,
         c.relrowsecurity and c.relforcerowsecurity as is_forced, d.column_name::text as partition_column,
         (d.interval_length / 86400000000)::bigint as chunk_days, h.associated_schema_name::text as chunk_schema",
        "left join _timescaledb_catalog.hypertable h on h.schema_name = 'public' and h.table_name = c.relname
         left join _timescaledb_catalog.dimension d on d.hypertable_id = h.id where true"
    ),
    " order by c.relname collate \"C\""
);

const COLUMNS: &str = concat!(
    ours!(
        "c.relname::text as tbl, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as kind,
         a.attnotnull as is_required, a.attidentity <> '' as is_identity, a.attgenerated <> '' as is_generated,
         pg_get_expr(e.adbin, e.adrelid, true) as expression, col_description(c.oid, a.attnum) as comment",
        "join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         left join pg_attrdef e on e.adrelid = c.oid and e.adnum = a.attnum where true"
    ),
    " order by c.relname collate \"C\", a.attnum"
);

const CONSTRAINTS: &str = concat!(
    ours!(
        "c.relname::text as tbl, k.conname::text as name, k.contype::text as kind,
         pg_get_constraintdef(k.oid, true) as definition,
         array(select a.attname::text from unnest(k.conkey) with ordinality as u (num, place)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num order by u.place) as columns",
        "join pg_constraint k on k.conrelid = c.oid where k.contype in ('p', 'u', 'x', 'c', 'f')"
    ),
    " order by c.relname collate \"C\", position(k.contype::text in 'puxcf'), k.conname collate \"C\""
);

const INDEXES: &str = concat!(
    ours!(
        "c.relname::text as tbl, pg_get_indexdef(i.indexrelid, 0, true) as definition",
        "join pg_index i on i.indrelid = c.oid
         where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))"
    ),
    " order by c.relname collate \"C\", i.indexrelid::regclass::text collate \"C\""
);

const TRIGGERS: &str = concat!(
    ours!(
        "c.relname::text as tbl, pg_get_triggerdef(t.oid, true) as definition",
        // Not those that TimescaleDB puts on its hypertables.
        "join pg_trigger t on t.tgrelid = c.oid where not t.tgisinternal and t.tgname not like 'ts\\_%'"
    ),
    " order by c.relname collate \"C\", t.tgname collate \"C\""
);

const REFERENCES: &str = concat!(
    ours!(
        "c.relname::text as tbl, k.confrelid::regclass::text as target, a.attname::text as \"column\",
         a.attnotnull as is_required",
        "join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[cardinality(k.conkey)]
         where a.attname not in ('organization_id', 'plant_id', 'device_id', 'created_by', 'updated_by')"
    ),
    " order by c.relname collate \"C\", a.attname collate \"C\", k.conname collate \"C\""
);

const POLICIES: &str = concat!(
    ours!(
        "c.relname::text as tbl, p.polname::text as name, p.polpermissive as is_permissive,
         case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end as command,
         coalesce((select string_agg(r.rolname, ', ' order by r.rolname collate \"C\") from pg_roles r where r.oid = any (p.polroles)), 'public') as roles,
         pg_get_expr(p.polqual, c.oid, true) as qualifier, pg_get_expr(p.polwithcheck, c.oid, true) as \"check\"",
        "join pg_policy p on p.polrelid = c.oid where true"
    ),
    " order by c.relname collate \"C\", p.polname collate \"C\""
);

const GRANTS: &str = "
  with given as (
    select 0 as place, 'schema ' || n.nspname as object, x.grantee, x.privilege_type
    from pg_namespace n, aclexplode(n.nspacl) as x where n.nspname in ('public', 'app', 'ts_chunks')
    union all
    select 1, 'table ' || c.relname, x.grantee, x.privilege_type
    from pg_class c, aclexplode(c.relacl) as x
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'takt_migrations'
    union all
    select 2, 'table ' || c.relname, x.grantee,
           x.privilege_type || ' (' || string_agg(a.attname, ', ' order by a.attnum) || ')'
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0, aclexplode(a.attacl) as x
    where c.relnamespace = 'public'::regnamespace group by c.relname, x.grantee, x.privilege_type
  )
  select g.object, r.rolname::text as role, lower(string_agg(distinct g.privilege_type, ', ')) as privileges
  from given g join pg_roles r on r.oid = g.grantee
  where r.rolname in ('takt_app', 'takt_device', 'takt_definer', 'takt_backup')
  group by g.place, g.object, r.rolname
  order by g.place > 0, g.object collate \"C\", r.rolname collate \"C\", g.place";

const ROLES: &str = "
  select r.rolname::text as name, r.rolbypassrls as bypasses_policies,
         array(select distinct m.roleid::regrole::text from pg_auth_members m where m.member = r.oid order by 1) as member_of
  from pg_roles r
  where r.rolname in ('takt_owner', 'takt_definer', 'takt_migrator', 'takt_backup', 'takt_app', 'takt_device')
  order by r.rolname collate \"C\"";

const FUNCTIONS: &str = "
  select p.oid::regprocedure::text as signature, p.prosecdef as is_definer, p.prorettype = 'trigger'::regtype as is_trigger,
         array(select role from unnest('{takt_app,takt_device}'::text[]) as role where has_function_privilege(role, p.oid, 'execute') order by 1) as callers,
         obj_description(p.oid, 'pg_proc') as comment
  from pg_proc p where p.pronamespace = 'app'::regnamespace
  order by p.proname collate \"C\", p.oid::regprocedure::text collate \"C\"";

const EXTENSIONS: &str =
    "select extname::text from pg_extension where extname <> 'plpgsql' order by extname collate \"C\"";

const OPEN_STATISTICS: &str = "
  select name from unnest('{pg_stats,pg_stats_ext,pg_stats_ext_exprs}'::text[]) as name
  where has_table_privilege('takt_app', 'pg_catalog.' || name, 'select')
     or has_table_privilege('takt_device', 'pg_catalog.' || name, 'select')";
