//! Rust and node: expected to be there, completed where that needs no root.
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use takt_testkit::process::{run, say};

/// What vite asks for.
const NODE_MIN: (u32, u32) = (20, 19);

/// Node and npm, new enough.
pub fn expect_node() -> Result<()> {
    let output = run(Command::new("node").arg("--version"))
        .context("node is missing: install node 20 (20.19 or newer) or 22; the pages are built with it")?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let version = parse(&said).with_context(|| format!("cannot read node's version from {said:?}"))?;
    ensure!(version >= NODE_MIN, "node {said} is too old: {}.{} or newer is needed", NODE_MIN.0, NODE_MIN.1);
    run(Command::new("npm").arg("--version")).context("npm is missing: it comes with node")?;
    Ok(())
}

/// The formatter and the linter, which a minimal Rust lacks.
pub fn ensure_components() -> Result<()> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success()) {
            continue;
        }
        if Command::new("rustup").arg("--version").output().is_err() {
            bail!("{component} is missing: install it the way this machine's Rust was installed");
        }
        say(&format!("adding {component} to the Rust toolchain: the suites check with it"));
        run(Command::new("rustup").args(["component", "add", component]))?;
    }
    Ok(())
}

fn parse(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_are_compared_as_numbers() {
        assert!(parse("v20.19.0").unwrap() >= NODE_MIN);
        assert!(parse("v22.1.0").unwrap() >= NODE_MIN);
        assert!(parse("v20.9.0").unwrap() < NODE_MIN);
        assert_eq!(parse("20"), None);
    }
}
