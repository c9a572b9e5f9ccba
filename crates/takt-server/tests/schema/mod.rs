//! What the schema tests share: the catalog as data, a valid row for every table, and attempts that
//! leave nothing behind.
#![allow(dead_code, reason = "every test file uses a part of it")]
pub mod attack;
pub mod attempt;
pub mod by_hand;
pub mod by_hand_more;
pub mod catalog;
pub mod companion;
pub mod exclusion;
pub mod fitting;
pub mod guard;
pub mod lint;
pub mod names;
pub mod row;
pub mod session;
pub mod state;
pub mod surroundings;
pub mod violation;
pub mod world;

use sqlx::{Connection, PgConnection};
use takt_testkit::TestDatabase;

/// A database of its own, and the administrator's connection to it.
pub struct Ground {
    pub database: TestDatabase,
    pub admin: PgConnection,
    pub catalog: catalog::Catalog,
}

impl Ground {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let mut admin = PgConnection::connect(database.admin_url()).await.unwrap();
        attempt::prepare(&mut admin).await;
        let catalog = catalog::Catalog::read(&mut admin).await;
        Self { database, admin, catalog }
    }

    /// The application role's connection.
    pub async fn app(&self) -> PgConnection {
        PgConnection::connect(self.database.app_url()).await.unwrap()
    }
}

/// Runs statements that give nothing back; more than one at a time is fine.
pub async fn run(connection: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{error}\n{sql}"));
}

/// The first column of every row, as text.
pub async fn texts(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    let found = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(connection).await;
    found.unwrap_or_else(|error| panic!("{error}\n{sql}"))
}

/// One value, as text.
pub async fn text(connection: &mut PgConnection, sql: &str) -> String {
    texts(connection, sql).await.into_iter().next().unwrap_or_else(|| panic!("nothing from {sql}"))
}
