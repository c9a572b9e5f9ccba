//! The plant of a bench: the real server on a port of this process, over a throw-away database with the demo plant.
use std::net::SocketAddr;

use anyhow::Result;
use takt_server::admin;
use takt_server::db::Db;
use takt_server::db::enrolment::Wanted;
use takt_server::demo;
use takt_server::http::{App, Settings, router};
use takt_testkit::TestDatabase;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// As many as `takt-server serve` opens by itself.
const CONNECTIONS_MAX: u32 = 8;

/// A server that serves, ended with the value.
pub struct Plant {
    /// `http://127.0.0.1:…`
    pub url: String,
    admin: Db,
    serving: JoinHandle<()>,
}

impl Plant {
    /// Loads the demo plant and serves it.
    pub async fn open(database: &TestDatabase) -> Result<Self> {
        let admin = Db::connect(database.admin_url(), 2).await?;
        demo::load(&admin).await?;
        let app =
            App::open(Db::connect(database.app_url(), CONNECTIONS_MAX).await?, &Settings::default()).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, service).await {
                println!("the server ended: {error}");
            }
        });
        Ok(Self { url, admin, serving })
    }

    /// A one-time code for milling 3 in Lyon.
    pub async fn code(&self) -> Result<String> {
        let place = Wanted { plant: "LYON", work_center: "MILLING-3", machine: Some("MILL-3") };
        Ok(admin::make_enrolment_code(&self.admin, demo::ORGANIZATION, &place).await?.0)
    }
}

impl Drop for Plant {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
