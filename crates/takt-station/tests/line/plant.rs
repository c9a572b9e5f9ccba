//! The plant: the real server on port 0 over a database of its own with the demo plant.

use std::net::SocketAddr;

use sqlx::{PgPool, postgres::PgPoolOptions};
use takt_domain::EventId;
use takt_server::{
    admin,
    db::{Db, enrolment::Wanted},
    demo,
    http::{App, Settings, router},
};
use takt_testkit::TestDatabase;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::wire::Wire;

/// A server and its database, reached over a line that can be bad.
pub struct Plant {
    pub sql: PgPool,
    pub wire: Wire,
    admin: Db,
    serving: JoinHandle<()>,
    database: TestDatabase,
}

impl Plant {
    pub async fn open() -> Self {
        let database = TestDatabase::new().await;
        let admin = Db::connect(database.admin_url(), 2).await.unwrap();
        demo::load(&admin).await.unwrap();
        let sql = pool(database.admin_url()).await;
        let (address, serving) = serve(database.app_url()).await;
        Self { sql, wire: Wire::to(address).await, admin, serving, database }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.wire.address)
    }

    /// A one-time code for milling 3 in Lyon.
    pub async fn code(&self) -> String {
        let place = Wanted { plant: "LYON", work_center: "MILLING-3", machine: Some("MILL-3") };
        admin::make_enrolment_code(&self.admin, demo::ORGANIZATION, &place).await.unwrap().0
    }

    pub async fn run(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.sql).await.unwrap();
    }

    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.sql).await.unwrap()
    }

    /// How many lines of production these events became.
    pub async fn lines_of(&self, events: &[EventId]) -> i64 {
        let uids: Vec<_> = events.iter().map(|event| event.0).collect();
        let query = "select count(*) from production_logs where uid = any ($1)";
        sqlx::query_scalar(query).bind(uids).fetch_one(&self.sql).await.unwrap()
    }

    /// Copies the database as it is now, as a backup would.
    pub async fn back_up(&self) -> Backup {
        let name = format!("{}_backup", self.database.name());
        let postgres = pool(&on(self.database.admin_url(), self.database.name(), "postgres")).await;
        let (from, owner) = (self.database.name(), "takt_owner");
        for statement in [
            format!("alter database {from} allow_connections false"),
            format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{from}'"),
            format!("create database {name} template {from} strategy file_copy"),
            format!("alter database {from} allow_connections true"),
        ] {
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&postgres).await;
            done.unwrap_or_else(|error| panic!("{owner}: {error}"));
        }
        Backup { name, postgres }
    }

    /// The server now runs on the backup, in a new epoch.
    pub async fn restore(&mut self, backup: &Backup) {
        let name = self.database.name();
        let restored = pool(&on(self.database.admin_url(), name, &backup.name)).await;
        sqlx::query("select app.start_new_epoch('RESTORED')").execute(&restored).await.unwrap();
        self.serving.abort();
        let (address, serving) = serve(&on(self.database.app_url(), name, &backup.name)).await;
        self.serving = serving;
        self.wire.leads_to(address);
        self.sql = restored;
    }
}

impl Drop for Plant {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A copy of a plant's database.
pub struct Backup {
    name: String,
    postgres: PgPool,
}

impl Backup {
    /// Leaves nothing behind.
    pub async fn remove(self) {
        let statement = format!("drop database if exists {} with (force)", self.name);
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&self.postgres).await.unwrap();
    }
}

async fn serve(app_url: &str) -> (SocketAddr, JoinHandle<()>) {
    let settings = Settings { device_believed: std::time::Duration::ZERO, enrol_failures_max: 1_000 };
    let app = App::open(Db::connect(app_url, 8).await.unwrap(), &settings).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    (address, tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }))
}

async fn pool(url: &str) -> PgPool {
    PgPoolOptions::new().max_connections(3).connect(url).await.unwrap()
}

/// The same server, another database.
fn on(url: &str, name: &str, other: &str) -> String {
    url.replace(&format!("/{name}"), &format!("/{other}"))
        .replace(&format!("dbname={name}"), &format!("dbname={other}"))
}
