//! The attacks that are not about one table: chunks, statistics, roles, functions, the server's own.
use sqlx::PgConnection;

use super::attack::{Attack, Defence};
use super::world::World;
use super::{texts, world};

/// The definer functions an office session's connection may call: what the server asks before it knows
/// the tenant, and its jobs over all tenants. A device session may call none.
pub const DOORS: [&str; 13] = [
    "active_organizations",
    "branding_for_domain",
    "create_chunks_ahead",
    "delete_expired_rows",
    "device_for_auth",
    "drop_expired_chunks",
    "ensure_server_epoch",
    "prune_sync",
    "redeem_enrolment_code",
    "retention",
    "rotate_signing_key",
    "signing_keys",
    "user_for_sign_in",
];

/// Everything a session without special rights must be refused.
pub async fn all(admin: &mut PgConnection, is_device: bool, victim: &World) -> Vec<Attack> {
    let mut attacks = chunks(admin).await;
    attacks.extend(fixed());
    attacks.extend(sequences(admin).await);
    attacks.extend(functions(admin, is_device).await);
    attacks.extend(within_another_tenant(victim));
    attacks
}

fn refused(form: &'static str, statement: String) -> Attack {
    Attack { form, statement, defence: Defence::Refused }
}

async fn chunks(admin: &mut PgConnection) -> Vec<Attack> {
    let chunks = texts(
        admin,
        "select format('%I.%I', chunk_schema, chunk_name) from timescaledb_information.chunks order by 1",
    )
    .await;
    assert!(chunks.len() >= 6, "every hypertable has a chunk to attack: {chunks:?}");
    let one = |chunk: &String| {
        [
            format!("select * from {chunk}"),
            format!("insert into {chunk} select * from {chunk}"),
            format!("update {chunk} set organization_id = organization_id"),
            format!("delete from {chunk}"),
            format!("truncate {chunk}"),
            format!("drop table {chunk}"),
        ]
    };
    chunks.iter().flat_map(one).map(|statement| refused("chunk", statement)).collect()
}

fn fixed() -> Vec<Attack> {
    let catalogs = [
        "pg_stats",
        "pg_stats_ext",
        "pg_stats_ext_exprs",
        "pg_statistic",
        "pg_statistic_ext_data",
        "pg_authid",
    ];
    let own = world::SERVERS_OWN.iter().chain(&["takt_migrations"]);
    let roles = [
        "takt_owner",
        "takt_definer",
        "takt_migrator",
        "takt_backup",
        "takt_admin",
        "pg_read_all_data",
        "pg_read_server_files",
    ];
    let others = [
        "create table public.mine (id int)",
        "create table app.mine (id int)",
        "create table ts_chunks.mine (id int)",
        "create function app.mine() returns int language sql return 1",
        "create or replace function app.org() returns int language sql return 1",
        "create schema mine",
        "set local session_replication_role = replica",
        "set local session authorization takt_owner",
        "select drop_chunks('production_logs', older_than => now())",
        "select set_chunk_time_interval('production_logs', interval '1 year')",
        "select pg_read_file('postgresql.conf')",
        "select pg_ls_dir('.')",
        "copy (select 1) to program 'true'",
        "select lo_import('/etc/hostname')",
        "grant takt_owner to takt_app",
        "alter role takt_app bypassrls",
        "comment on table users is 'mine'",
    ];
    let mut attacks: Vec<Attack> = others.iter().map(|sql| refused("database", (*sql).to_owned())).collect();
    attacks.extend(catalogs.iter().map(|name| refused("statistics", format!("select * from {name}"))));
    attacks.extend(roles.iter().map(|role| refused("become a role", format!("set local role {role}"))));
    for table in own {
        attacks.push(refused(
            "server's own",
            format!("insert into {table} overriding system value select * from {table}"),
        ));
        attacks.push(refused("server's own", format!("delete from {table}")));
        attacks.push(refused("server's own", format!("truncate {table}")));
    }
    attacks.extend(
        world::SERVERS_OWN.iter().map(|table| refused("server's own", format!("select * from {table}"))),
    );
    attacks
}

async fn sequences(admin: &mut PgConnection) -> Vec<Attack> {
    let sequences = texts(admin, "select c.oid::regclass::text from pg_class c where relkind = 'S' and relnamespace = 'public'::regnamespace").await;
    let one = |name: &String| {
        [
            format!("select last_value from {name}"),
            format!("select setval('{name}', 1)"),
            format!("select nextval('{name}')"),
        ]
    };
    sequences.iter().flat_map(one).map(|statement| refused("sequence", statement)).collect()
}

/// Definer functions that are no door, and trigger functions on a table of one's own: they would write
/// another tenant's trail and feed.
async fn functions(admin: &mut PgConnection, is_device: bool) -> Vec<Attack> {
    let triggers = texts(admin, "select p.proname from pg_proc p where p.pronamespace = 'app'::regnamespace and p.prorettype = 'trigger'::regtype").await;
    let forged = |name: &String| {
        format!(
            "create temp table forged (id int, organization_id int, plant_id int, user_id int, row_version int);
             create trigger forge after insert on forged referencing new table as new_rows
               for each statement execute function app.{name}('id')"
        )
    };
    let mut attacks: Vec<Attack> =
        triggers.iter().map(|name| refused("trigger function", forged(name))).collect();
    let definers = texts(
        admin,
        "select p.proname || '|' || coalesce((select string_agg('null::' || format_type(t, null), ', ' order by n)
                                              from unnest(p.proargtypes) with ordinality as a (t, n)), '')
         from pg_proc p where p.pronamespace = 'app'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype",
    )
    .await;
    for definer in &definers {
        let (name, nulls) = definer.split_once('|').unwrap();
        if is_device || !DOORS.contains(&name) {
            attacks.push(refused("definer function", format!("select app.{name}({nulls})")));
        }
    }
    for name in ["apply_triggers()", "apply_policies()", "apply_grants()", "create_organization('X', 'X')"] {
        attacks.push(refused("administrator's function", format!("select app.{name}")));
    }
    attacks
}

/// Functions with the caller's rights find nothing of another tenant.
fn within_another_tenant(victim: &World) -> Vec<Attack> {
    let (plant, shift) = (&victim.rows["plants"]["id"], &victim.rows["shifts"]["id"]);
    let organization = victim.organization;
    let nothing = [
        format!("select 1 where app.shift_window({shift}, '2026-01-05') is not null"),
        format!("select 1 where app.make_shift_occurrences({plant}, '2026-01-05', '2026-01-12') > 0"),
    ];
    let mut attacks: Vec<Attack> =
        nothing.map(|statement| Attack { form: "function", statement, defence: Defence::Nothing }).into();
    attacks.push(refused("function", format!("select app.seed_organization({organization})")));
    attacks
}
