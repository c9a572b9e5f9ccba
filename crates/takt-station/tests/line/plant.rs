//! The plant: the real server on port 0 over a database of its own with the demo plant.

use std::net::SocketAddr;

use sqlx::{PgPool, postgres::PgPoolOptions};
use takt_domain::EventId;
use takt_server::{
    admin,
    backup::{self, Backup, programs::Programs},
    db::{Db, enrolment::Wanted},
    demo,
    http::{App, Settings, router},
    migrate::MIGRATIONS,
    restore::{self, Restored},
};
use takt_testkit::TestDatabase;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::wire::Wire;

/// A server and its database, reached over a line that can be bad.
pub struct Plant {
    pub sql: PgPool,
    pub wire: Wire,
    admin: Db,
    serving: JoinHandle<()>,
    backups: TempDir,
    database: TestDatabase,
}

impl Plant {
    pub async fn open() -> Self {
        let database = TestDatabase::new().await;
        let admin = Db::connect(database.admin_url(), 2).await.unwrap();
        demo::load(&admin).await.unwrap();
        let sql = pool(database.admin_url()).await;
        let (address, serving) = serve(database.app_url()).await;
        let backups = tempfile::tempdir().unwrap();
        Self { sql, wire: Wire::to(address).await, admin, serving, backups, database }
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

    /// As `takt-server backup` does, while everybody goes on.
    pub async fn back_up(&self) -> Backup {
        let (url, programs) = (self.database.admin_url(), Programs::default());
        backup::take(url, self.backups.path(), &programs, chrono::Utc::now()).await.unwrap()
    }

    /// The database is lost; `takt-server restore` brings it back and the server runs on it.
    pub async fn restore(&mut self, backup: &Backup) -> Restored {
        self.serving.abort();
        self.sql.close().await;
        let (url, programs) = (self.database.admin_url(), Programs::default());
        restore::drop_database(url, self.database.name()).await.unwrap();
        let restored = restore::restore(url, &backup.dump, None, &programs, MIGRATIONS).await.unwrap();
        self.admin = Db::connect(url, 2).await.unwrap();
        self.sql = pool(url).await;
        let (address, serving) = serve(self.database.app_url()).await;
        self.serving = serving;
        self.wire.leads_to(address);
        restored
    }
}

impl Drop for Plant {
    fn drop(&mut self) {
        self.serving.abort();
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
