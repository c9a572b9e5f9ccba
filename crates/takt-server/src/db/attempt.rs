//! Trying migrations statement by statement, and seeing what each one locks.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Executor, PgConnection, Postgres, Transaction};

/// The strength of a lock on a table, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Reading.
    AccessShare,
    /// Reading rows to be changed.
    RowShare,
    /// Writing rows.
    RowExclusive,
    /// `vacuum`, `create index concurrently`.
    ShareUpdateExclusive,
    /// `create index`.
    Share,
    /// Triggers and foreign keys.
    ShareRowExclusive,
    /// Refreshing.
    Exclusive,
    /// Most of `alter table`.
    AccessExclusive,
}

impl Mode {
    /// As `pg_locks` writes it.
    fn read(text: &str) -> Option<Self> {
        Some(match text.strip_suffix("Lock")? {
            "AccessShare" => Self::AccessShare,
            "RowShare" => Self::RowShare,
            "RowExclusive" => Self::RowExclusive,
            "ShareUpdateExclusive" => Self::ShareUpdateExclusive,
            "Share" => Self::Share,
            "ShareRowExclusive" => Self::ShareRowExclusive,
            "Exclusive" => Self::Exclusive,
            "AccessExclusive" => Self::AccessExclusive,
            _ => return None,
        })
    }

    /// As PostgreSQL's manual writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessShare => "ACCESS SHARE",
            Self::RowShare => "ROW SHARE",
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::Exclusive => "EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// Who must wait while it is held.
    pub fn stops(self) -> &'static str {
        match self {
            Self::AccessShare | Self::RowShare | Self::RowExclusive | Self::ShareUpdateExclusive => "nobody",
            Self::Share | Self::ShareRowExclusive | Self::Exclusive => "writers",
            Self::AccessExclusive => "readers and writers",
        }
    }
}

/// The relations that others may be using: by number, the table each belongs to.
pub struct InUse(BTreeMap<i64, String>);

/// Tables with their indexes and chunks. What a migration makes itself, nobody waits for.
pub async fn in_use(connection: &mut PgConnection) -> Result<InUse, sqlx::Error> {
    let relations: Vec<(i64, String)> = sqlx::query_as(
        "select c.oid::bigint, format('%I.%I', n.nspname, t.relname)
         from pg_class c
         left join pg_index i on i.indexrelid = c.oid
         left join pg_inherits h on h.inhrelid = coalesce(i.indrelid, c.oid)
         join pg_class t on t.oid = coalesce(h.inhparent, i.indrelid, c.oid)
         join pg_namespace n on n.oid = t.relnamespace
         where n.nspname !~ '^(pg_|_timescaledb_|timescaledb_)' and n.nspname <> 'information_schema'",
    )
    .fetch_all(connection)
    .await?;
    Ok(InUse(relations.into_iter().collect()))
}

/// The strongest lock that this transaction holds on each table in use.
pub async fn locks(
    tx: &mut Transaction<'_, Postgres>,
    in_use: &InUse,
) -> Result<BTreeMap<String, Mode>, sqlx::Error> {
    let held: Vec<(i64, String)> = sqlx::query_as(
        "select relation::bigint, mode from pg_locks
         where pid = pg_backend_pid() and granted and locktype = 'relation'
           and database = (select oid from pg_database where datname = current_database())",
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut strongest = BTreeMap::new();
    for (relation, mode) in held {
        let (Some(table), Some(mode)) = (in_use.0.get(&relation), Mode::read(&mode)) else { continue };
        let known = strongest.entry(table.clone()).or_insert(mode);
        *known = mode.max(*known);
    }
    Ok(strongest)
}

/// Runs one statement of a migration.
pub async fn execute(tx: &mut Transaction<'_, Postgres>, statement: &str) -> Result<(), sqlx::Error> {
    tx.execute(AssertSqlSafe(statement.to_owned())).await?;
    Ok(())
}
