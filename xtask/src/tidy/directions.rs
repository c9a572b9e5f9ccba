//! Which crate may know which: the table of the architecture page, read from `cargo metadata`.
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;
use takt_testkit::process::run;

use super::Finding;

/// Every crate of ours and which of ours it may use. What stands in no line may use anything.
const OURS: [(&str, &[&str]); 8] = [
    ("takt-domain", &[]),
    ("takt-wire", &["takt-domain"]),
    ("takt-sync", &["takt-wire"]),
    ("takt-scan", &["takt-domain"]),
    ("takt-store", &["takt-domain", "takt-wire"]),
    ("takt-station", &["takt-domain", "takt-wire", "takt-sync", "takt-scan", "takt-store"]),
    ("takt-server", &["takt-domain", "takt-wire", "takt-scan"]),
    ("takt-terminal", &["takt-domain", "takt-station"]),
];
const FREE: [&str; 2] = ["takt-testkit", "xtask"];
/// Foreign crates that stand for a border, and who may cross it.
const THEIRS: [(&str, &[&str]); 8] = [
    ("rusqlite", &["takt-store"]),
    ("rusqlite_migration", &["takt-store"]),
    ("sqlx", &["takt-server"]),
    ("axum", &["takt-server"]),
    ("reqwest", &["takt-station"]),
    ("tauri", &["takt-terminal"]),
    ("tauri-build", &["takt-terminal"]),
    ("tokio", &["takt-station", "takt-server", "takt-terminal"]),
];

/// A crate of ours and what it uses outside tests.
#[derive(Debug)]
pub struct Package {
    name: String,
    uses: Vec<String>,
}

/// What cargo says of the workspace at `root`.
pub fn packages(root: &Path) -> Result<Vec<Package>> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).current_dir(root);
    let metadata: Value = serde_json::from_slice(&run(&mut cargo)?.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    Ok(packages.iter().map(package).collect())
}

fn package(metadata: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependencies = metadata["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shipped = dependencies.iter().filter(|dependency| dependency["kind"] != "dev");
    Package {
        name: text(&metadata["name"]),
        uses: shipped.map(|dependency| text(&dependency["name"])).collect(),
    }
}

pub fn check(packages: &[Package]) -> Vec<Finding> {
    packages.iter().filter(|package| !FREE.contains(&package.name.as_str())).flat_map(breaches).collect()
}

fn breaches(package: &Package) -> Vec<Finding> {
    let Some((_, allowed)) = OURS.iter().find(|(name, _)| *name == package.name) else {
        let says = "a new crate needs a decision record and a line in xtask/src/tidy/directions.rs";
        return vec![Finding::new(&package.name, says)];
    };
    let is_ours = |name: &str| FREE.contains(&name) || OURS.iter().any(|(ours, _)| *ours == name);
    let forbidden = package.uses.iter().filter(|used| {
        let theirs = THEIRS.iter().find(|(name, _)| name == used);
        let crosses = theirs.is_some_and(|(_, who)| !who.contains(&package.name.as_str()));
        crosses || (is_ours(used) && !allowed.contains(&used.as_str()))
    });
    forbidden.map(|used| Finding::new(&package.name, format!("may not depend on {used}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, uses: &[&str]) -> Vec<String> {
        let uses = uses.iter().map(|name| (*name).to_owned()).collect();
        check(&[Package { name: name.to_owned(), uses }]).into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn allowed_directions_are_silent() {
        assert!(
            found("takt-station", &["takt-domain", "takt-store", "tokio", "reqwest", "serde"]).is_empty()
        );
        assert!(found("xtask", &["takt-server", "sqlx", "rusqlite"]).is_empty());
    }

    #[test]
    fn a_wrong_direction_is_found() {
        assert_eq!(found("takt-domain", &["takt-wire"]), ["may not depend on takt-wire"]);
        assert_eq!(found("takt-terminal", &["takt-store"]), ["may not depend on takt-store"]);
        assert_eq!(found("takt-server", &["takt-testkit"]), ["may not depend on takt-testkit"]);
    }

    #[test]
    fn a_foreign_crate_beyond_its_border_is_found() {
        assert_eq!(found("takt-station", &["rusqlite"]), ["may not depend on rusqlite"]);
        assert_eq!(found("takt-sync", &["tokio"]), ["may not depend on tokio"]);
        assert_eq!(found("takt-scan", &["tauri"]), ["may not depend on tauri"]);
    }

    #[test]
    fn a_new_crate_is_found() {
        assert_eq!(found("takt-extra", &[]).len(), 1);
    }

    #[test]
    fn only_what_ships_counts() {
        let metadata = serde_json::json!({ "name": "takt-wire", "dependencies": [
            { "name": "takt-testkit", "kind": "dev" }, { "name": "serde", "kind": null }] });
        assert_eq!(package(&metadata).uses, ["serde"]);
    }
}
