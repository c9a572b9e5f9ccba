//! `tauri-driver`: between WebDriver and the terminal's window. Built once into `target/takt/tools`.
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use takt_testkit::process::{run, say};
use takt_testkit::workspace;

const VERSION: &str = "2.1.0";

/// Where the program is once [`ensure`] was here.
pub fn tauri_driver() -> PathBuf {
    tools().join("bin/tauri-driver")
}

/// Builds it unless this version is there.
pub fn ensure() -> Result<()> {
    let installed = fs::read_to_string(tools().join(".crates.toml")).unwrap_or_default();
    if installed.contains(&format!("\"tauri-driver {VERSION} ")) && tauri_driver().exists() {
        return Ok(());
    }
    say(&format!("building tauri-driver {VERSION}, which drives the window (once, about a minute)"));
    let mut cargo = Command::new("cargo");
    cargo
        .args(["install", "tauri-driver", "--locked", "--debug", "--version", VERSION, "--root"])
        .arg(tools());
    // Its own folder: this may run while the workspace is being built.
    cargo.env("CARGO_TARGET_DIR", tools().join("build")).current_dir(workspace::root());
    run(&mut cargo).context("cannot build tauri-driver: is there a network?")?;
    let _ = fs::remove_dir_all(tools().join("build"));
    Ok(())
}

fn tools() -> PathBuf {
    workspace::state().join("tools")
}
