//! Making a database out of a backup: the empty database, TimescaleDB's two steps around `pg_restore`,
//! roles that the cluster lacks, and the new life that every restored database begins.

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

use super::backup::{Membership, Place, Role};

/// What the target says of itself.
#[derive(Debug, sqlx::FromRow)]
pub struct Target {
    /// Major version of PostgreSQL.
    pub postgres: i32,
    /// Who we are there.
    pub user: String,
    /// Whether that is an administrator.
    pub is_superuser: bool,
    /// Versions of TimescaleDB that can be made there.
    pub timescaledb: Vec<String>,
    /// Whether TimescaleDB is loaded.
    pub is_loaded: bool,
}

/// A database that exists already.
#[derive(Debug, sqlx::FromRow)]
pub struct Existing {
    /// Tables, views and functions in it that are not an extension's.
    pub objects: i64,
    /// TimescaleDB's version, if it is there.
    pub timescaledb: Option<String>,
    /// What is noted on it.
    pub comment: Option<String>,
    /// How many connections it takes; -1 is any number.
    pub connections_max: i32,
}

/// Asks the server.
pub async fn target(connection: &mut PgConnection) -> Result<Target, sqlx::Error> {
    let target = sqlx::query_as(
        "select current_setting('server_version_num')::int / 10000 as postgres, current_user::text as user,
           (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
           array(select version from pg_available_extension_versions where name = 'timescaledb') as timescaledb,
           (select rolsuper and current_setting('shared_preload_libraries') ~ 'timescaledb'
              from pg_roles where rolname = current_user) as is_loaded",
    );
    target.fetch_one(connection).await
}

/// Where the server's own programs are, as far as we may know.
pub async fn programs_folder(connection: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    let may = "select has_table_privilege('pg_config', 'select') and has_function_privilege('pg_config()', 'execute')";
    if !sqlx::query_scalar::<_, bool>(may).fetch_one(&mut *connection).await? {
        return Ok(None);
    }
    sqlx::query_scalar("select setting from pg_config where name = 'BINDIR'").fetch_optional(connection).await
}

/// Whether there is a database of this name.
pub async fn exists(connection: &mut PgConnection, database: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(database)
        .fetch_one(connection)
        .await
}

/// What is in the connected database.
pub async fn existing(connection: &mut PgConnection) -> Result<Existing, sqlx::Error> {
    let existing = sqlx::query_as(
        "with ours as (
           select oid from pg_namespace
           where nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and nspname <> 'information_schema'
         ), extended as (
           select classid, objid from pg_depend where deptype = 'e'
         )
         select (select count(*) from pg_class c where relnamespace in (select oid from ours)
             and ('pg_class'::regclass, c.oid) not in (select * from extended))
           + (select count(*) from pg_proc p where pronamespace in (select oid from ours)
             and ('pg_proc'::regclass, p.oid) not in (select * from extended)) as objects,
           (select extversion from pg_extension where extname = 'timescaledb') as timescaledb,
           shobj_description((select oid from pg_database where datname = current_database()), 'pg_database') as comment,
           (select datconnlimit from pg_database where datname = current_database()) as connections_max",
    );
    existing.fetch_one(connection).await
}

/// Makes an empty database that sorts and writes like the old one; nobody but an administrator gets in.
pub async fn create(connection: &mut PgConnection, database: &str, like: &Place) -> Result<(), sqlx::Error> {
    let locale = like.locale.as_deref().map(literal);
    let provider = match (like.locale_provider.as_str(), locale) {
        ("b", Some(locale)) => format!("locale_provider builtin builtin_locale {locale}"),
        ("i", Some(locale)) => format!("locale_provider icu icu_locale {locale}"),
        _ => "locale_provider libc".to_owned(),
    };
    let sql = format!(
        "create database {} template template0 encoding {} {provider} lc_collate {} lc_ctype {} connection limit 0",
        identifier(database),
        literal(&like.encoding),
        literal(&like.collate),
        literal(&like.ctype),
    );
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Closes a database to all but administrators and notes why.
pub async fn close(connection: &mut PgConnection, database: &str, why: &str) -> Result<(), sqlx::Error> {
    let name = identifier(database);
    let sql = format!(
        "alter database {name} with connection limit 0; comment on database {name} is {}",
        literal(why)
    );
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Opens it to everybody, or to as many as before.
pub async fn open(
    connection: &mut PgConnection,
    database: &str,
    connections_max: i32,
) -> Result<(), sqlx::Error> {
    let name = identifier(database);
    let sql = format!(
        "comment on database {name} is null; alter database {name} with connection limit {connections_max}"
    );
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Drops it, whoever is connected.
pub async fn drop(connection: &mut PgConnection, database: &str) -> Result<(), sqlx::Error> {
    let sql = format!("drop database if exists {} with (force)", identifier(database));
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Before `pg_restore`: the extension must be there first, and hold still.
pub async fn prepare(connection: &mut PgConnection, timescaledb: &str) -> Result<(), sqlx::Error> {
    let sql = format!("create extension if not exists timescaledb version {}", literal(timescaledb));
    connection.execute(AssertSqlSafe(sql)).await?;
    connection.execute("select public.timescaledb_pre_restore()").await?;
    Ok(())
}

/// After `pg_restore`.
pub async fn finish(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(options).await?;
    connection.execute("select public.timescaledb_post_restore()").await?;
    connection.execute("analyze").await?;
    connection.close().await
}

/// The roles of these names that the cluster has.
pub async fn roles(connection: &mut PgConnection, names: &[String]) -> Result<Vec<Role>, sqlx::Error> {
    let roles = sqlx::query_as(
        "select rolname::text as name, rolsuper as is_superuser, rolbypassrls as bypasses_policies,
           rolcreaterole as makes_roles, rolcreatedb as makes_databases, rolinherit as inherits
         from pg_roles where rolname = any ($1)",
    );
    roles.bind(names).fetch_all(connection).await
}

/// Which of these may log in.
pub async fn who_logs_in(connection: &mut PgConnection, names: &[&str]) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("select rolname::text from pg_roles where rolcanlogin and rolname = any ($1)")
        .bind(names)
        .fetch_all(connection)
        .await
}

/// Makes a role that cannot log in. Another restore may have been quicker.
pub async fn create_role(connection: &mut PgConnection, role: &Role) -> Result<(), sqlx::Error> {
    let option = |is: bool, name: &str| format!("{}{name}", if is { "" } else { "no" });
    let sql = format!(
        "create role {} nologin nosuperuser {} {} {} {}",
        identifier(&role.name),
        option(role.bypasses_policies, "bypassrls"),
        option(role.makes_roles, "createrole"),
        option(role.makes_databases, "createdb"),
        option(role.inherits, "inherit"),
    );
    match connection.execute(AssertSqlSafe(sql)).await {
        Err(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some("42710" | "23505")) => {
            Ok(())
        }
        result => result.map(|_| ()),
    }
}

/// Puts a role into another as it was.
pub async fn join(connection: &mut PgConnection, wanted: &Membership) -> Result<(), sqlx::Error> {
    let there = sqlx::query_scalar(
        "select exists (select from pg_auth_members a
           where a.member = $1::regrole and a.roleid = $2::regrole and a.inherit_option = $3 and a.set_option = $4)",
    );
    let is_there: bool = there
        .bind(identifier(&wanted.member))
        .bind(identifier(&wanted.role))
        .bind(wanted.inherit)
        .bind(wanted.set)
        .fetch_one(&mut *connection)
        .await?;
    if is_there {
        return Ok(());
    }
    let sql = format!(
        "grant {} to {} with inherit {}, set {}",
        identifier(&wanted.role),
        identifier(&wanted.member),
        wanted.inherit,
        wanted.set
    );
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Gives what a stand-in owns to us, then removes it.
pub async fn replace_stand_in(connection: &mut PgConnection, name: &str) -> Result<(), sqlx::Error> {
    let name = identifier(name);
    let sql = format!("reassign owned by {name} to current_user; drop owned by {name}; drop role {name}");
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Begins a new life: terminals send again what this database may have lost, see every row anew, and no
/// number that was given out after the backup is given out again.
pub async fn start_new_epoch(connection: &mut PgConnection) -> Result<Uuid, sqlx::Error> {
    sqlx::query_scalar("select app.start_new_epoch('RESTORED')").fetch_one(connection).await
}

/// Rows of the feed that carry another transaction than the newest.
pub async fn rows_not_restamped(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    let rows = "select count(*) from public.sync_row where xid <> (select max(xid) from public.sync_row)";
    sqlx::query_scalar(rows).fetch_one(connection).await
}

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_cannot_break_out() {
        assert_eq!(identifier("a\"; drop"), "\"a\"\"; drop\"");
        assert_eq!(literal("it's"), "'it''s'");
    }
}
