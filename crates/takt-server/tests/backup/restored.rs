//! What a restored database is: the one that was saved, in a new life.

use sqlx::PgPool;
use takt_server::db::{Db, server_state};
use takt_server::{backup::programs::Programs, proofs, startup};

use crate::plant::{Plant, number, run, text};

#[tokio::test]
async fn a_restored_database_is_the_one_that_was_saved_in_a_new_life() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let highest = number(&plant.sql, "select max(id)::bigint from work_orders").await;
    plant
        .run("update work_orders set work_order_number = 'WO-99999' where work_order_number = 'WO-24821'")
        .await;
    plant.run("delete from lane_assignments; update users set full_name = 'Somebody Else'").await;

    let name = plant.other("restored");
    let restored = plant.restore(&backup.dump, &name).await.unwrap();
    assert_eq!((restored.database.as_str(), restored.pending.len()), (name.as_str(), 0));
    assert_eq!(restored.notes, [""; 0]);
    let sql = plant.look_into(&name).await;
    assert_eq!(
        number(&sql, "select count(*) from work_orders where work_order_number = 'WO-24821'").await,
        1
    );
    let logs = backup.manifest.tables["public.production_logs"].rows;
    assert_eq!(number(&sql, "select count(*) from production_logs").await, logs);

    let cause = "select cause || ' ' || epoch from sync_epoch order by id desc limit 1";
    assert_eq!(text(&sql, cause).await, format!("RESTORED {}", restored.epoch));
    assert_ne!(Some(restored.epoch), backup.manifest.epoch);
    let app = plant.on(plant.database.app_url(), &name);
    let state = server_state::load(&Db::connect(&app, 2).await.unwrap()).await.unwrap();
    assert_eq!(state.epoch, restored.epoch, "the server goes on in it");
    let next = "with made as (insert into departments (organization_id, plant_id, department_code, department_name)
        select organization_id, id, 'NEW', 'New' from plants limit 1 returning id) select id::bigint from made";
    assert!(number(&sql, next).await > 1_000_000);
    let least = "select min(last_value) from pg_sequences where schemaname = 'public' and sequencename <> 'sync_epoch_id_seq'";
    assert!(number(&sql, least).await >= 1_000_000);
    assert!(
        number(&sql, "select nextval(pg_get_serial_sequence('work_orders', 'id'))").await
            > highest + 1_000_000
    );

    startup::report(&app, proofs::DAYS).await.unwrap();
    policies_hold(&app).await;
    hypertables_work(&sql).await;
    sql.close().await;
    plant.drop(&name).await;
}

#[tokio::test]
async fn a_restored_database_can_be_saved_and_restored_again() {
    let plant = Plant::open().await;
    let first = plant.back_up().await;
    let [one, two] = ["one", "two"].map(|ending| plant.other(ending));
    plant.restore(&first.dump, &one).await.unwrap();
    let url = plant.on(plant.database.admin_url(), &one);
    let second = plant.try_to_back_up(&url, &Programs::default()).await.unwrap();
    assert_eq!(second.manifest.structure, first.manifest.structure);
    let restored = plant.restore(&second.dump, &two).await.unwrap();
    assert_ne!(Some(restored.epoch), second.manifest.epoch);
    for name in [&one, &two] {
        plant.drop(name).await;
    }
}

#[tokio::test]
async fn an_empty_database_that_exists_is_filled_and_opened() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let name = plant.other("waiting");
    plant.run(&format!("create database {name}")).await;
    plant.restore(&backup.dump, &name).await.unwrap();
    startup::check(&plant.on(plant.database.app_url(), &name)).await.unwrap();
    let comment = "select coalesce(shobj_description(oid, 'pg_database'), 'none') from pg_database where datname = current_database()";
    let sql = plant.look_into(&name).await;
    assert_eq!(text(&sql, comment).await, "none");
    sql.close().await;
    plant.drop(&name).await;
}

/// Nothing is seen without a tenant, and no chunk is entered.
async fn policies_hold(app: &str) {
    let app = PgPool::connect(app).await.unwrap();
    assert_eq!(number(&app, "select count(*) from work_orders").await, 0);
    let chunk = text(
        &app,
        "select format('%I.%I', chunk_schema, chunk_name) from timescaledb_information.chunks limit 1",
    )
    .await;
    let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("select from {chunk}"))).execute(&app).await;
    assert!(refused.unwrap_err().to_string().contains("permission denied"));
    let statistics = sqlx::raw_sql("select from pg_stats").execute(&app).await;
    assert!(statistics.unwrap_err().to_string().contains("permission denied"));
    app.close().await;
}

/// A row beyond all chunks makes one, by the plant's own procedure.
async fn hypertables_work(sql: &PgPool) {
    assert!(number(sql, "select app.create_chunks_ahead('100 days')::bigint").await > 0);
    let refused = sqlx::raw_sql("update production_logs set notes = 'x'").execute(sql).await;
    assert!(refused.unwrap_err().to_string().contains("append-only"), "triggers came back");
    run(sql, "select app.apply_policies(); select app.apply_grants()").await;
}
