//! How a database is built and who may do what in it, as lines that two databases can be compared by.
//! Administrators are named differently on every cluster, so they all count as one.

use std::collections::BTreeMap;

use sqlx::PgConnection;

/// Each selects a subject and what is so of it; `ours` are the relations that belong to Takt, `who` names
/// roles, and `rights` writes an access list as sorted text.
const WITH: &str = "with who as (
    select oid, case when rolsuper then 'an administrator' else rolname::text end as name from pg_roles
    union all select 0, 'everybody'
  ), ours as (
    select c.*, format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and n.nspname <> 'information_schema'
      and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and not exists (select from pg_inherits i where i.inhrelid = c.oid)
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  ) ";

/// Writes an access list; `%` stands for the expression.
macro_rules! rights {
    ($acl:literal) => {
        concat!(
            "coalesce((select string_agg(distinct format('%s=%s%s', w.name, lower(a.privilege_type),
               case when a.is_grantable then '*' else '' end), ', ')
             from aclexplode(",
            $acl,
            ") a join who w on w.oid = a.grantee), 'no rights')"
        )
    };
}

/// Owner, row security and rights of every relation.
const RELATIONS: &str = concat!(
    "select 'relation ' || o.name, concat_ws('; ', case o.relkind when 'r' then 'table' when 'p' then 'table'
       when 'v' then 'view' when 'm' then 'view' when 'S' then 'sequence' else o.relkind::text end,
       'owned by ' || (select name from who where oid = o.relowner),
       case when o.relrowsecurity then 'row security' end,
       case when o.relforcerowsecurity then 'forced' end, ",
    rights!(
        "coalesce(o.relacl, acldefault(case when o.relkind = 'S' then 's' else 'r' end::\"char\", o.relowner))"
    ),
    ") from ours o"
);

/// Rights on single columns.
const COLUMN_RIGHTS: &str = concat!(
    "select 'column ' || o.name || '.' || t.attname, ",
    rights!("t.attacl"),
    " from ours o join pg_attribute t on t.attrelid = o.oid where t.attacl is not null and not t.attisdropped"
);

/// Columns, constraints, indexes, triggers, policies and views, as one fingerprint each; without
/// parentheses, of which a restored definition has fewer: `(a and b) and c` comes back as `a and b and c`.
const PARTS: &str = "select what || ' of ' || name, count(*) || ' with fingerprint ' || left(md5(string_agg(
    translate(part, '()', ''), '|' order by part collate \"C\")), 16)
  from (
    select o.name, 'columns' as what, concat_ws(' ', t.attnum - (select count(*) from pg_attribute x
        where x.attrelid = o.oid and x.attisdropped and x.attnum < t.attnum), t.attname,
        format_type(t.atttypid, t.atttypmod), t.attnotnull, t.attidentity, t.attgenerated, pg_get_expr(e.adbin, e.adrelid)) as part
    from ours o join pg_attribute t on t.attrelid = o.oid and t.attnum > 0 and not t.attisdropped
    left join pg_attrdef e on e.adrelid = o.oid and e.adnum = t.attnum
    where o.relkind <> 'S'
    union all
    select o.name, 'constraints', k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.convalidated
    from ours o join pg_constraint k on k.conrelid = o.oid where k.contype not in ('t', 'n')
    union all
    select o.name, 'indexes', pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid
    from ours o join pg_index i on i.indrelid = o.oid
    union all
    select o.name, 'triggers', pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text
    from ours o join pg_trigger g on g.tgrelid = o.oid where not g.tgisinternal
    union all
    select o.name, 'policies', concat_ws(' ', p.polname, p.polcmd, p.polpermissive,
      (select string_agg(w.name, ',' order by w.name) from who w where w.oid = any (p.polroles)),
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    from ours o join pg_policy p on p.polrelid = o.oid
    union all
    select o.name, 'definition', pg_get_viewdef(o.oid) from ours o where o.relkind in ('v', 'm')
  ) as parts
  group by what, name";

/// Functions: body, owner, rights.
const FUNCTIONS: &str = concat!(
    "select 'function ' || p.oid::regprocedure, concat_ws('; ',
       'owned by ' || (select name from who where oid = p.proowner),
       case when p.prosecdef then 'security definer' end,
       'fingerprint ' || left(md5(pg_get_functiondef(p.oid)), 16), ",
    rights!("coalesce(p.proacl, acldefault('f', p.proowner))"),
    ") from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and n.nspname <> 'information_schema' and p.prokind in ('f', 'p')
       and not exists (select from pg_depend d
         where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')"
);

/// Schemas, and the catalogs that were closed.
const SCHEMAS: &str = concat!(
    "select 'schema ' || n.nspname, 'owned by ' || (select name from who where oid = n.nspowner) || '; ' || ",
    rights!("coalesce(n.nspacl, acldefault('n', n.nspowner))"),
    " from pg_namespace n
     where n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and n.nspname <> 'information_schema'
     union all
     select 'catalog ' || c.relname, ",
    rights!("coalesce(c.relacl, acldefault('r', c.relowner))"),
    " from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace
       and c.relname in ('pg_stats', 'pg_stats_ext', 'pg_stats_ext_exprs')
     union all
     select 'rights on new ' || d.defaclobjtype::text || ' of ' || (select name from who where oid = d.defaclrole) || ' in '
         || coalesce((select nspname::text from pg_namespace where oid = d.defaclnamespace), 'any schema'), ",
    rights!("d.defaclacl"),
    " from pg_default_acl d"
);

/// Extensions, and what TimescaleDB keeps of every hypertable.
const HYPERTABLES: &str = "select 'extension ' || extname, case when extname = 'timescaledb' then extversion else 'present' end from pg_extension
  union all
  select format('hypertable %I.%I', h.schema_name, h.table_name),
    concat_ws('; ', 'by ' || string_agg(format('%s every %s µs', d.column_name, d.interval_length), ', ' order by d.id),
      'chunks in ' || h.associated_schema_name,
      (select count(*) from _timescaledb_catalog.chunk c where c.hypertable_id = h.id and not c.dropped) || ' chunks')
  from _timescaledb_catalog.hypertable h
  join _timescaledb_catalog.dimension d on d.hypertable_id = h.id
  group by h.id, h.schema_name, h.table_name, h.associated_schema_name";

/// All of it.
pub async fn read(connection: &mut PgConnection) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let mut facts = BTreeMap::new();
    for part in [RELATIONS, COLUMN_RIGHTS, PARTS, FUNCTIONS, SCHEMAS, HYPERTABLES] {
        let sql = sqlx::AssertSqlSafe(format!("{WITH}{part}"));
        let rows: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut *connection).await?;
        facts.extend(rows);
    }
    Ok(facts)
}
