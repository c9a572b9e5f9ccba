//! The pages' packages, as `ui/package-lock.json` lists them.
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use takt_testkit::process::{run, say};
use takt_testkit::workspace;

/// Runs `npm ci` unless `node_modules` is what the lock file says.
pub fn ensure() -> Result<()> {
    let ui = workspace::root().join("ui");
    let wanted = read(&ui.join("package-lock.json")).context("cannot read ui/package-lock.json")?;
    // npm keeps its own list of what it installed.
    let is_installed =
        || read(&ui.join("node_modules/.package-lock.json")).is_ok_and(|found| matches(&wanted, &found));
    if is_installed() {
        return Ok(());
    }
    say("installing the pages' packages (npm ci in ui/)");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&ui);
    run(&mut npm).context("cannot install the pages' packages: is there a network?")?;
    ensure!(is_installed(), "npm ci left out what ui/package-lock.json lists: mend it with `npm install`");
    Ok(())
}

/// Every package is there in the locked version; optional ones of other platforms may be missing.
fn matches(wanted: &Value, installed: &Value) -> bool {
    let (Some(wanted), Some(installed)) = (wanted["packages"].as_object(), installed["packages"].as_object())
    else {
        return false;
    };
    let is_excused = |package: &Value| package["optional"] == true || package["link"] == true;
    let mut named = wanted.iter().filter(|(path, _)| !path.is_empty());
    let complete = named.all(|(path, package)| match installed.get(path) {
        Some(found) => found["version"] == package["version"],
        None => is_excused(package),
    });
    complete && installed.keys().all(|path| wanted.contains_key(path))
}

fn read(file: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_installed_is_compared_with_the_lock_file() {
        let wanted = json!({ "packages": {
            "": { "name": "takt-ui" }, "node_modules/a": { "version": "1.0.0" },
            "node_modules/b": { "version": "2.0.0", "optional": true } } });
        let of = |version: &str| json!({ "packages": { "node_modules/a": { "version": version } } });
        assert!(matches(&wanted, &of("1.0.0")));
        assert!(!matches(&wanted, &of("1.0.1")));
        assert!(!matches(&wanted, &json!({ "packages": {} })));
        let more = json!({ "packages": { "node_modules/a": { "version": "1.0.0" }, "node_modules/c": {} } });
        assert!(!matches(&wanted, &more));
    }
}
