//! Roles belong to the cluster, not to the database: another cluster may lack them, or have others of
//! the same name with more rights than Takt's may have.

use anyhow::{Context, ensure};
use sqlx::PgConnection;

use crate::backup::manifest::Manifest;
use crate::db::backup::Role;
use crate::db::restore as db;

/// Takt's own roles begin with it; others are somebody else's and are left as they are.
const OURS: &str = "takt_";
/// Who must be able to log in for the server to work.
const APPLICATION: &str = "takt_app";

/// What was made.
#[derive(Default)]
pub struct Made {
    /// Roles that the cluster lacked.
    pub roles: Vec<String>,
    /// Roles that only stand in for administrators of another cluster while the dump is read.
    pub stand_ins: Vec<String>,
}

/// Refuses a cluster whose roles of Takt's names could do more, or less, than they must.
pub async fn refuse_stronger(connection: &mut PgConnection, manifest: &Manifest) -> anyhow::Result<()> {
    let ours = || manifest.roles.iter().filter(|role| role.name.starts_with(OURS) && !role.is_superuser);
    let names: Vec<String> = ours().map(|role| role.name.clone()).collect();
    let here = db::roles(connection, &names).await?;
    for wanted in ours() {
        let Some(found) = here.iter().find(|found| found.name == wanted.name) else { continue };
        ensure!(
            found == wanted,
            "the role {} of this cluster is {}, in the backup it is {}: alter it first",
            wanted.name,
            powers(found),
            powers(wanted)
        );
    }
    Ok(())
}

/// Makes the missing ones, none of which can log in.
pub async fn provide(connection: &mut PgConnection, manifest: &Manifest) -> anyhow::Result<Made> {
    let names: Vec<String> = manifest.roles.iter().map(|role| role.name.clone()).collect();
    let here = db::roles(connection, &names).await?;
    let mut made = Made::default();
    for role in manifest.roles.iter().filter(|role| here.iter().all(|found| found.name != role.name)) {
        let harmless = Role {
            bypasses_policies: role.bypasses_policies && !role.is_superuser,
            makes_roles: role.makes_roles && !role.is_superuser,
            makes_databases: role.makes_databases && !role.is_superuser,
            ..role.clone()
        };
        db::create_role(connection, &harmless)
            .await
            .with_context(|| format!("cannot make the role {}", role.name))?;
        let list = if role.is_superuser { &mut made.stand_ins } else { &mut made.roles };
        list.push(role.name.clone());
    }
    for membership in &manifest.memberships {
        db::join(connection, membership)
            .await
            .with_context(|| format!("cannot grant {} to {}", membership.role, membership.member))?;
    }
    Ok(made)
}

/// What an administrator still has to do.
pub async fn notes(connection: &mut PgConnection, made: &Made) -> anyhow::Result<Vec<String>> {
    let mut notes: Vec<String> = made
        .roles
        .iter()
        .map(|role| format!("the cluster lacked the role {role}: made, without a login"))
        .collect();
    if db::who_logs_in(connection, &[APPLICATION]).await?.is_empty() {
        notes.push(format!(
            "{APPLICATION} cannot log in yet: give it a password with `alter role {APPLICATION} login password …`"
        ));
    }
    Ok(notes)
}

fn powers(role: &Role) -> String {
    let powers = [
        (role.is_superuser, "superuser"),
        (role.bypasses_policies, "bypassrls"),
        (role.makes_roles, "createrole"),
        (role.makes_databases, "createdb"),
        (role.inherits, "inherit"),
    ];
    let named: Vec<_> = powers.into_iter().filter_map(|(has, name)| has.then_some(name)).collect();
    if named.is_empty() { "without powers".to_owned() } else { named.join(", ") }
}
