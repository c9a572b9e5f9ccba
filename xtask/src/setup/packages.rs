//! Debian packages: the only thing that needs root.
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use takt_testkit::postgres::{is_root, lock_apt};
use takt_testkit::process::{run, say};

/// What a package is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Compiling the workspace.
    Build,
    /// Providing the embedded TimescaleDB.
    Database,
    /// Driving the real window.
    Window,
    /// The page's own suite.
    Browser,
}

/// A package, what it is needed for, and the sentence that says why.
struct Package(&'static str, Need, &'static str);

#[rustfmt::skip]
const PACKAGES: [Package; 13] = [
    Package("build-essential", Need::Build, "C and C++ compilers for SQLite and the barcode decoder"),
    Package("pkg-config", Need::Build, "finds the window's libraries"),
    Package("cmake", Need::Build, "builds the barcode decoder"),
    Package("libwebkit2gtk-4.1-dev", Need::Build, "the terminal's window"),
    Package("dpkg", Need::Database, "unpacks the embedded TimescaleDB"),
    Package("patchelf", Need::Database, "lets the embedded TimescaleDB run from its own folder"),
    Package("tzdata", Need::Database, "the time zones of plants"),
    Package("xvfb", Need::Window, "a display for the window where there is none"),
    Package("webkit2gtk-driver", Need::Window, "drives the window's page"),
    Package("xdotool", Need::Window, "types like a wedge scanner"),
    Package("x11-utils", Need::Window, "finds the window on its display"),
    Package("imagemagick", Need::Window, "looks at screenshots"),
    Package("chromium", Need::Browser, "the browser of the page's own suite"),
];

/// Installs what is missing for `needs`, or says what to install when we are not root.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Package> =
        PACKAGES.iter().filter(|package| needs.contains(&package.1) && !is_installed(package.0)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.0).collect();
    let reasons =
        missing.iter().map(|Package(name, _, why)| format!("  {name}: {why}")).collect::<Vec<_>>().join("\n");
    if Command::new("apt-get").arg("--version").output().is_err() {
        say(&format!(
            "this is not Debian: please see to it that these, or what they are called here, exist:\n{reasons}"
        ));
        return Ok(());
    }
    if !is_root() {
        bail!(
            "system packages are missing and only root may install them:\n{reasons}\nRun this as root, then come back:\n  \
             apt-get update && apt-get install --no-install-recommends {}",
            names.join(" ")
        );
    }
    say(&format!("installing system packages:\n{reasons}"));
    let _lock = lock_apt()?;
    run(apt_get().arg("update")).context("cannot read the package lists: is there a network?")?;
    run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(&names))
        .context("cannot install the system packages")?;
    Ok(())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.args(["-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]);
    command.env("DEBIAN_FRONTEND", "noninteractive").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn is_installed(package: &str) -> bool {
    let query = Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}\n", package]).output();
    query.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).lines().any(|status| status == "installed")
    })
}
