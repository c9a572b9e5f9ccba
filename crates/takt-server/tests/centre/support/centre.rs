//! One server on one database.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use takt_server::db::Db;
use takt_server::db::enrolment::Wanted;
use takt_server::http::{App, Settings, router};
use takt_server::{admin, demo};
use takt_testkit::TestDatabase;
use tower::ServiceExt;

/// A server and its database.
pub struct Centre {
    /// The administrator's view: past every policy.
    pub sql: PgPool,
    router: Router,
    admin: Db,
    database: TestDatabase,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The code of a refusal.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The body of an answer that is none.
    pub fn ok<T: DeserializeOwned>(self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        serde_json::from_value(self.body).unwrap()
    }
}

impl Centre {
    /// With the demo plant loaded, believing nothing of a device longer than the request.
    pub async fn open() -> Self {
        let settings = Settings { device_believed: std::time::Duration::ZERO, enrol_failures_max: 1_000 };
        Self::with(&settings).await
    }

    /// With other settings.
    pub async fn with(settings: &Settings) -> Self {
        let database = TestDatabase::new().await;
        let admin = Db::connect(database.admin_url(), 2).await.unwrap();
        demo::load(&admin).await.unwrap();
        let db = Db::connect(database.app_url(), 8).await.unwrap();
        let app = App::open(db, settings).await.unwrap();
        let sql = PgPoolOptions::new().max_connections(4).connect(database.admin_url()).await.unwrap();
        Self { sql, router: router(app), admin, database }
    }

    /// The application role's URL.
    pub fn app_url(&self) -> String {
        self.database.app_url().to_owned()
    }

    /// A one-time code for milling 3 in Lyon.
    pub async fn code(&self) -> String {
        self.code_for("NORDWERK", "LYON", "MILLING-3", Some("MILL-3")).await
    }

    /// A one-time code for a place.
    pub async fn code_for(
        &self,
        organization: &str,
        plant: &str,
        work_center: &str,
        machine: Option<&str>,
    ) -> String {
        let place = Wanted { plant, work_center, machine };
        admin::make_enrolment_code(&self.admin, organization, &place).await.unwrap().0
    }

    /// Any request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }

    /// A POST of JSON.
    pub async fn post(&self, path: &str, body: &impl serde::Serialize) -> Answer {
        self.post_bytes(path, None, serde_json::to_vec(body).unwrap()).await
    }

    /// A POST of anything.
    pub async fn post_bytes(&self, path: &str, token: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::post(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// One number.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.sql).await.unwrap()
    }

    /// One text; empty when there is no row or nothing in it.
    pub async fn text(&self, query: &'static str) -> String {
        let found: Option<Option<String>> =
            sqlx::query_scalar(query).fetch_optional(&self.sql).await.unwrap();
        found.flatten().unwrap_or_default()
    }

    /// The id of something, by a query.
    pub async fn id(&self, query: &'static str) -> i32 {
        sqlx::query_scalar(query).fetch_one(&self.sql).await.unwrap()
    }

    /// Several statements on one connection.
    pub async fn script(&self, statements: &'static str) {
        sqlx::raw_sql(statements).execute(&self.sql).await.unwrap();
    }

    /// Changes the centre as an administrator would.
    pub async fn run(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.sql).await.unwrap();
    }
}
