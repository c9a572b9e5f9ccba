//! What must hold before a request is answered, and how the schema gets there.

use takt_server::db::Db;
use takt_server::{demo, migrate, startup};
use takt_testkit::TestDatabase;

#[tokio::test]
async fn migrating_twice_is_migrating_once() {
    let database = TestDatabase::empty().await;
    migrate::run(database.admin_url(), true).await.unwrap();
    assert!(startup::check(database.app_url()).await.is_err(), "a dry run leaves nothing behind");
    let (one, two) =
        tokio::join!(migrate::run(database.admin_url(), false), migrate::run(database.admin_url(), false));
    one.unwrap();
    two.unwrap();
    startup::check(database.app_url()).await.unwrap();
    let admin = Db::connect(database.admin_url(), 2).await.unwrap();
    let first = demo::load(&admin).await.unwrap();
    assert_eq!(demo::load(&admin).await.unwrap(), first);
}

#[tokio::test]
async fn it_refuses_powers_that_no_policy_binds() {
    let database = TestDatabase::empty().await;
    migrate::run(database.admin_url(), false).await.unwrap();
    let refused = startup::check(database.admin_url()).await.unwrap_err().to_string();
    assert!(refused.contains("superuser"), "{refused}");
    let pool = sqlx::PgPool::connect(database.admin_url()).await.unwrap();
    let role = format!("takt_test_{}", uuid::Uuid::new_v4().simple());
    let make = format!("create role {role} login bypassrls password 'x'; grant takt_app to {role}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(make)).execute(&pool).await.unwrap();
    let url =
        database.admin_url().split_once('@').map(|(_, rest)| format!("postgres://{role}:x@{rest}")).unwrap();
    let refused = startup::check(&url).await.unwrap_err().to_string();
    let drop = format!("drop role {role}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop)).execute(&pool).await.unwrap();
    assert!(refused.contains("BYPASSRLS"), "{refused}");
}

#[tokio::test]
async fn it_refuses_a_schema_of_another_release() {
    let database = TestDatabase::empty().await;
    migrate::run(database.admin_url(), false).await.unwrap();
    let pool = sqlx::PgPool::connect(database.admin_url()).await.unwrap();
    sqlx::query("insert into takt_migrations values ('9999_future.sql', 'x')").execute(&pool).await.unwrap();
    let refused = startup::check(database.app_url()).await.unwrap_err().to_string();
    assert!(refused.contains("9999_future.sql"), "{refused}");
    assert!(migrate::run(database.admin_url(), false).await.is_err());
    sqlx::query("delete from takt_migrations").execute(&pool).await.unwrap();
    let refused = startup::check(database.app_url()).await.unwrap_err().to_string();
    assert!(refused.contains("migrate"), "{refused}");
}
