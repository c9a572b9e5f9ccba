//! The server is gone: its backup comes back on another cluster, which has none of its roles.

use takt_server::backup::programs::Programs;
use takt_server::db::{Db, server_state};
use takt_server::migrate::MIGRATIONS;
use takt_server::{restore, startup};
use takt_testkit::postgres::{Cluster, Purpose};

use crate::plant::{Plant, number, run, text};

const MEMBERSHIPS: &str =
    "select string_agg(format('%s in %s %s %s', m.rolname, r.rolname, a.inherit_option, a.set_option), ', '
      order by m.rolname, r.rolname)
    from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
    where m.rolname like 'takt\\_%' and r.rolname !~ '^takt_test'";

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_without_takts_roles_gets_them() {
    let plant = Plant::open().await;
    // Migrated by an administrator of this cluster whom the other one never had.
    let boss = plant.other("boss");
    plant.run(&format!("create role {boss} superuser; alter table takt_migrations owner to {boss}")).await;
    let backup = plant.back_up().await;
    plant.run(&format!("reassign owned by {boss} to current_user; drop role {boss}")).await;

    let cluster = Cluster::of(Purpose::Spare).unwrap();
    cluster.wipe().unwrap();
    let (connection, _) = cluster.up(|_| Ok(())).unwrap();
    let (name, password) = (plant.other("far"), &connection.application_password);
    let url = connection.administrator_url(&name).unwrap().to_string();
    let restored =
        restore::restore(&url, &backup.dump, None, &Programs::default(), MIGRATIONS).await.unwrap();
    for role in ["takt_owner", "takt_definer", "takt_backup", "takt_device"] {
        let made = restored.notes.iter().any(|note| note.contains(&format!("lacked the role {role}")));
        assert!(made, "{role}: {:?}", restored.notes);
    }
    let sql = sqlx::PgPool::connect(&url).await.unwrap();
    assert_eq!(text(&sql, MEMBERSHIPS).await, text(&plant.sql, MEMBERSHIPS).await);
    let stand_ins = format!("select count(*) from pg_roles where rolname = '{boss}'");
    assert_eq!(number(&sql, &stand_ins).await, 0, "nobody stands in any longer");
    let owner = "select tableowner::text from pg_tables where tablename = 'takt_migrations'";
    assert_eq!(text(&sql, owner).await, "takt_admin");
    let app = url.replace(url.split('@').next().unwrap(), &format!("postgres://takt_app:{password}"));
    startup::check(&app).await.unwrap();
    let state = server_state::load(&Db::connect(&app, 2).await.unwrap()).await.unwrap();
    assert_eq!(state.epoch, restored.epoch, "another cluster is no second change of epoch");

    // What was restored does not depend on who restored it.
    run(&sql, "alter role takt_app nologin").await;
    let again = format!("{name}_again");
    let noted =
        restore::restore(&url, &backup.dump, Some(&again), &Programs::default(), MIGRATIONS).await.unwrap();
    assert!(noted.notes.iter().any(|note| note.contains("takt_app cannot log in yet")), "{:?}", noted.notes);
    run(&sql, "alter role takt_app bypassrls").await;
    let refused = restore::restore(&url, &backup.dump, Some("x"), &Programs::default(), MIGRATIONS).await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("the role takt_app of this cluster is bypassrls"), "{refused}");
    sql.close().await;
    cluster.wipe().unwrap();
}
