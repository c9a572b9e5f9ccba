//! PostgreSQL as it is asked in the end: as the administrator, who sees everything, and as the application in the
//! name of one tenant.
use anyhow::{Context, Result};
use takt_testkit::postgres::Server;
use uuid::Uuid;

/// One database.
pub struct Centre {
    server: Server,
    database: String,
}

impl Centre {
    /// Of a server's databases this one.
    pub fn new(server: Server, database: &str) -> Self {
        Self { server, database: database.to_owned() }
    }

    /// Rows as the administrator sees them.
    pub fn rows(&self, query: &str) -> Result<Vec<Vec<String>>> {
        let rows = self.server.rows_in(&self.database, query)?;
        Ok(rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect())
    }

    /// The one value of a query.
    pub fn value(&self, query: &str) -> Result<String> {
        let rows = self.rows(query)?;
        rows.into_iter().flatten().next().with_context(|| format!("no row for: {query}"))
    }

    /// The id of a tenant.
    pub fn tenant(&self, code: &str) -> Result<i64> {
        Ok(self.value(&format!("select id from organizations where org_code = '{code}'"))?.parse()?)
    }

    /// How many rows with these uids a tenant sees through the application role.
    pub fn seen_by(&self, tenant: i64, table: &str, column: &str, uids: &[Uuid]) -> Result<usize> {
        // One statement string is one transaction, so the context ends with it.
        let query = format!(
            "select set_config('app.current_organization_id', '{tenant}', true);
             select count(*) from {table} where {column} = any({})",
            array(uids)
        );
        let rows = self.server.rows_as_application(&self.database, &query)?;
        let count = rows.last().with_context(|| format!("no count of {table}"))?;
        Ok(count.parse()?)
    }
}

/// As SQL spells it.
fn array(uids: &[Uuid]) -> String {
    let uids: Vec<String> = uids.iter().map(Uuid::to_string).collect();
    format!("'{{{}}}'::uuid[]", uids.join(","))
}
