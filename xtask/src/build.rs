//! Building the pages and the two programs, each only when something changed.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use takt_testkit::process::{run, say};
use takt_testkit::workspace;

/// The same for every build of ours, so that nothing is built twice: a terminal that carries its pages.
pub const FEATURES: [&str; 2] = ["--features", "takt-terminal/custom-protocol"];

/// What the benches are made of: named alike for building and running, so that nothing is built twice.
pub const BENCHED: [&str; 6] = ["-p", "takt-testkit", "-p", "takt-server", "-p", "takt-terminal"];

/// The programs of one shift.
pub struct Programs {
    /// `takt-server`
    pub server: PathBuf,
    /// `takt-terminal`
    pub terminal: PathBuf,
}

/// Builds `ui/dist` unless it was made from exactly these sources.
pub fn pages() -> Result<()> {
    let ui = workspace::root().join("ui");
    let stamp = workspace::state().join("pages.sha256");
    let sources = hash(&ui)?;
    let is_built = ui.join("dist/index.html").exists();
    if is_built && fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        return Ok(());
    }
    say("building the pages");
    run(Command::new("npm").args(["run", "build"]).current_dir(&ui)).context("the pages do not build")?;
    fs::create_dir_all(workspace::state())?;
    fs::write(stamp, sources)?;
    Ok(())
}

/// Builds both programs with cargo's own output, so that a first build is seen to move.
pub fn programs() -> Result<Programs> {
    build(&["-p", "takt-server", "-p", "takt-terminal"])
}

/// The same after `cargo test --workspace`: with the features of its build, of which next to nothing is missing.
pub fn tested_programs() -> Result<Programs> {
    build(&["--workspace", "--bins", "--tests"])
}

/// The same as they are shipped, the empty window and the benches, in one build with one set of features.
pub fn released_programs() -> Result<Programs> {
    build(&[&["--release", "--bins", "--benches", "--examples"], BENCHED.as_slice()].concat())
}

fn build(selected: &[&str]) -> Result<Programs> {
    say("building takt-server and takt-terminal");
    let mut cargo = Command::new("cargo");
    cargo.arg("build").args(selected).args(FEATURES);
    let status = cargo.current_dir(workspace::root()).status().context("cannot start cargo")?;
    ensure!(status.success(), "the programs do not build: see above");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    let folder = target.join(if selected.contains(&"--release") { "release" } else { "debug" });
    Ok(Programs { server: folder.join("takt-server"), terminal: folder.join("takt-terminal") })
}

/// Of everything the pages are made of, by name and content.
fn hash(ui: &Path) -> Result<String> {
    let mut files = Vec::new();
    collect(ui, &mut files)?;
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.strip_prefix(ui)?.as_os_str().as_encoded_bytes());
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        hasher.update(content.len().to_le_bytes());
        hasher.update(content);
    }
    Ok(hex::encode(hasher.finalize()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let is_made = ["node_modules", "dist", "tests"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !is_made {
            collect(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_follows_sources_and_not_what_is_made_of_them() {
        let ui = tempfile::tempdir().unwrap();
        fs::create_dir_all(ui.path().join("src")).unwrap();
        fs::create_dir_all(ui.path().join("dist")).unwrap();
        fs::write(ui.path().join("src/main.ts"), "one").unwrap();
        let first = hash(ui.path()).unwrap();
        fs::write(ui.path().join("dist/index.html"), "made").unwrap();
        assert_eq!(first, hash(ui.path()).unwrap());
        fs::write(ui.path().join("src/main.ts"), "two").unwrap();
        assert_ne!(first, hash(ui.path()).unwrap());
    }
}
