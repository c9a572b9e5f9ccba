//! The catalog as data: tables, columns, keys and checks, so that a new table is covered by itself.
use std::collections::BTreeMap;

use sqlx::PgConnection;
use sqlx::types::Json;

/// Every table of the schema by name; the migration ledger is not part of it.
#[derive(Debug)]
pub struct Catalog {
    pub tables: BTreeMap<String, Table>,
}

#[derive(Debug, serde::Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    pub references: Vec<Reference>,
    pub uniques: Vec<Unique>,
    pub checks: Vec<Check>,
    pub exclusions: Vec<String>,
    pub is_hypertable: bool,
}

#[derive(Debug, serde::Deserialize)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub is_required: bool,
    pub has_default: bool,
    pub is_identity: bool,
    pub is_generated: bool,
}

#[derive(Debug, serde::Deserialize)]
pub struct Reference {
    pub name: String,
    pub columns: Vec<String>,
    pub target: String,
    pub target_columns: Vec<String>,
}

/// A unique index; an expression in it has no column.
#[derive(Debug, serde::Deserialize)]
pub struct Unique {
    pub name: String,
    pub columns: Vec<Option<String>>,
    pub is_primary: bool,
}

#[derive(Debug, serde::Deserialize)]
pub struct Check {
    pub name: String,
    pub columns: Vec<String>,
    pub definition: String,
}

impl Catalog {
    pub async fn read(admin: &mut PgConnection) -> Self {
        let found: Vec<Json<Table>> = sqlx::query_scalar(TABLES).fetch_all(admin).await.unwrap();
        let tables = found.into_iter().map(|Json(table)| (table.name.clone(), table)).collect();
        Self { tables }
    }

    pub fn table(&self, name: &str) -> &Table {
        &self.tables[name]
    }
}

impl Table {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    pub fn has(&self, column: &str) -> bool {
        self.column(column).is_some()
    }

    /// Where the tenant stands in a row; the server's own tables have none.
    pub fn tenant(&self) -> Option<&str> {
        match self.name.as_str() {
            "organizations" => Some("id"),
            _ => self.has("organization_id").then_some("organization_id"),
        }
    }

    /// What names one row.
    pub fn primary(&self) -> Vec<&str> {
        let primary = self.uniques.iter().find(|unique| unique.is_primary);
        let primary = primary.unwrap_or_else(|| panic!("{} has no primary key", self.name));
        primary.columns.iter().flatten().map(String::as_str).collect()
    }

    /// Does a row need a value for this column?
    pub fn needs(&self, column: &str) -> bool {
        self.column(column)
            .is_some_and(|c| c.is_required && !c.has_default && !c.is_identity && !c.is_generated)
    }
}

const TABLES: &str = "
select jsonb_build_object(
  'name', c.relname,
  'is_hypertable', exists (select from timescaledb_information.hypertables h where h.hypertable_schema = 'public' and h.hypertable_name = c.relname),
  'columns', (
    select jsonb_agg(jsonb_build_object(
      'name', a.attname, 'kind', format_type(a.atttypid, a.atttypmod), 'is_required', a.attnotnull,
      'has_default', a.atthasdef, 'is_identity', a.attidentity <> '', 'is_generated', a.attgenerated <> '') order by a.attnum)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'references', coalesce((
    select jsonb_agg(jsonb_build_object(
      'name', k.conname, 'target', k.confrelid::regclass::text,
      'columns', (select jsonb_agg(a.attname order by n) from unnest(k.conkey) with ordinality as x (num, n) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.num),
      'target_columns', (select jsonb_agg(a.attname order by n) from unnest(k.confkey) with ordinality as x (num, n) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.num)) order by k.conname)
    from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]'),
  'uniques', coalesce((
    select jsonb_agg(jsonb_build_object(
      'name', i.indexrelid::regclass::text, 'is_primary', i.indisprimary,
      'columns', (select jsonb_agg(a.attname order by n) from unnest(i.indkey::int2[]) with ordinality as x (num, n) left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.num and x.num > 0)) order by i.indexrelid::regclass::text)
    from pg_index i where i.indrelid = c.oid and i.indisunique), '[]'),
  'checks', coalesce((
    select jsonb_agg(jsonb_build_object(
      'name', k.conname, 'definition', pg_get_constraintdef(k.oid),
      'columns', (select jsonb_agg(a.attname order by n) from unnest(k.conkey) with ordinality as x (num, n) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.num)) order by k.conname)
    from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]'),
  'exclusions', coalesce((select jsonb_agg(k.conname order by k.conname) from pg_constraint k where k.conrelid = c.oid and k.contype = 'x'), '[]'))
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'takt_migrations'
order by c.relname";
