//! What a backup says of the database it was taken of, and what a restored one is compared with.
//! A dump and these answers come from one snapshot, read as `takt_backup`, whom no policy binds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

use super::facts;
use crate::migrate::{self, Applied};

/// Whoever logs in, this is who reads.
pub const READER: &str = "takt_backup";

/// Everything that changes how a value is written as text, and a wait that ends.
const SESSION: &str = "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
    set extra_float_digits = 1; set bytea_output = 'hex'; set search_path = pg_catalog;
    set row_security = off; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
    set lock_timeout = '60s'; set role takt_backup";

/// Tables of ours: neither the server's nor an extension's, and chunks counted with their hypertable.
const TABLES: &str = "select format('%I.%I', n.nspname, c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relpersistence = 'p'
      and n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and n.nspname <> 'information_schema'
      and not exists (select from pg_inherits i where i.inhrelid = c.oid)
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1";

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Content {
    /// How many rows.
    pub rows: i64,
    /// Sum of the hashes of its rows, in whatever order.
    pub checksum: String,
}

/// Where the database lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Place {
    /// Its name.
    pub database: String,
    /// Major version of PostgreSQL.
    pub postgres: i32,
    /// Version of TimescaleDB.
    pub timescaledb: String,
    /// The encoding of its text.
    pub encoding: String,
    /// Who sorts: `b`uiltin, `c` (libc) or `i`cu.
    pub locale_provider: String,
    /// By which rules, unless libc does.
    pub locale: Option<String>,
    /// libc's order.
    pub collate: String,
    /// libc's letters.
    pub ctype: String,
}

/// A role that the dump names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// An administrator.
    pub is_superuser: bool,
    /// No policy binds it.
    pub bypasses_policies: bool,
    /// Makes roles.
    pub makes_roles: bool,
    /// Makes databases.
    pub makes_databases: bool,
    /// Has the rights of the roles it is in.
    pub inherits: bool,
}

/// That one role is in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Membership {
    /// Who.
    pub member: String,
    /// In which.
    pub role: String,
    /// Has its rights without asking.
    pub inherit: bool,
    /// May become it.
    pub set: bool,
}

/// Opens a session that reads the same text from the same rows everywhere.
pub async fn reader(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let mut connection = PgConnection::connect_with(options).await?;
    connection.execute(SESSION).await?;
    Ok(connection)
}

/// Freezes the view of this connection and names it for `pg_dump`. Migrations wait until it closes:
/// one that waited for the dump's locks instead would keep everybody waiting behind it.
pub async fn freeze(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    sqlx::query("select pg_advisory_lock_shared($1)").bind(migrate::LOCK).execute(&mut *connection).await?;
    connection.execute("begin isolation level repeatable read read only").await?;
    sqlx::query_scalar("select pg_export_snapshot()").fetch_one(connection).await
}

/// Where this is.
pub async fn place(connection: &mut PgConnection) -> Result<Place, sqlx::Error> {
    let place = sqlx::query_as(
        "select d.datname::text as database, current_setting('server_version_num')::int / 10000 as postgres,
           coalesce((select extversion from pg_extension where extname = 'timescaledb'), '') as timescaledb,
           pg_encoding_to_char(d.encoding)::text as encoding, d.datlocprovider::text as locale_provider,
           d.datlocale as locale, d.datcollate as collate, d.datctype as ctype
         from pg_database d where d.datname = current_database()",
    );
    place.fetch_one(connection).await
}

/// Migrations it has seen.
pub async fn migrations(connection: &mut PgConnection) -> Result<Vec<Applied>, sqlx::Error> {
    migrate::applied(connection).await
}

/// Its present life.
pub async fn epoch(connection: &mut PgConnection) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar("select epoch from public.sync_epoch order by id desc limit 1")
        .fetch_optional(connection)
        .await
}

/// Every table with what it holds.
pub async fn contents(connection: &mut PgConnection) -> Result<BTreeMap<String, Content>, sqlx::Error> {
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut *connection).await?;
    let mut contents = BTreeMap::new();
    for table in tables {
        // The name comes quoted from the catalog; the alias is no column's name.
        let sql = format!(
            "select count(*) as rows,
               coalesce(sum(hashtextextended(takt_row::text collate \"C\", 0)), 0)::text as checksum
             from {table} as takt_row"
        );
        let content = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *connection).await?;
        contents.insert(table, content);
    }
    Ok(contents)
}

/// Every identity with the last number it gave.
pub async fn identities(connection: &mut PgConnection) -> Result<BTreeMap<String, i64>, sqlx::Error> {
    let identities: Vec<(String, i64)> = sqlx::query_as(
        "select format('%I.%I', s.schemaname, s.sequencename), coalesce(s.last_value, 0)
         from pg_sequences s
         join pg_depend d on d.classid = 'pg_class'::regclass and d.deptype = 'i'
           and d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
         join pg_class t on t.oid = d.refobjid
         where s.schemaname = 'public' and t.relname <> 'sync_epoch'",
    )
    .fetch_all(connection)
    .await?;
    Ok(identities.into_iter().collect())
}

/// The roles that own something here or were granted something, and Takt's own.
pub async fn roles(connection: &mut PgConnection) -> Result<Vec<Role>, sqlx::Error> {
    let roles = sqlx::query_as(
        "with named as (
           select d.refobjid as role from pg_shdepend d
           where d.refclassid = 'pg_authid'::regclass
             and d.dbid = (select oid from pg_database where datname = current_database())
           union select c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and n.nspname <> 'information_schema'
             and not exists (select from pg_depend d
               where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
         )
         select r.rolname::text as name, r.rolsuper as is_superuser, r.rolbypassrls as bypasses_policies,
           r.rolcreaterole as makes_roles, r.rolcreatedb as makes_databases, r.rolinherit as inherits
         from pg_roles r
         where r.rolname !~ '^pg_' and (r.oid in (select role from named)
           or r.rolname in ('takt_owner', 'takt_definer', 'takt_backup', 'takt_app', 'takt_device', 'takt_migrator'))
         order by 1",
    );
    roles.fetch_all(connection).await
}

/// What Takt's own roles are in.
pub async fn memberships(connection: &mut PgConnection) -> Result<Vec<Membership>, sqlx::Error> {
    let memberships = sqlx::query_as(
        "select m.rolname::text as member, r.rolname::text as role,
           bool_or(a.inherit_option) as inherit, bool_or(a.set_option) as set
         from pg_auth_members a
         join pg_roles m on m.oid = a.member
         join pg_roles r on r.oid = a.roleid
         where m.rolname in ('takt_owner', 'takt_definer', 'takt_backup', 'takt_app', 'takt_device', 'takt_migrator')
           and (r.rolname in ('takt_owner', 'takt_definer', 'takt_backup', 'takt_app', 'takt_device', 'takt_migrator')
             or r.rolname = 'pg_read_all_data')
         group by 1, 2 order by 1, 2",
    );
    memberships.fetch_all(connection).await
}

/// How it is built and who may do what, subject by subject.
pub async fn structure(connection: &mut PgConnection) -> Result<BTreeMap<String, String>, sqlx::Error> {
    facts::read(connection).await
}
