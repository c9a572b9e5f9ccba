//! The PostgreSQL programs: the machine's own if they have TimescaleDB, else a private copy.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::diagnosis;
use super::home::Home;
use super::lock::Lock;
use super::{apt, patch};
use crate::process::{run, say};

/// Everything the server loads, so that nothing of the machine's release is mixed in.
#[rustfmt::skip]
const PACKAGES: &[&str] = &[
    "postgresql-17", "postgresql-client-17", "postgresql-17-timescaledb", "libc6", "libgcc-s1", "libstdc++6",
    "libicu76", "libssl3t64", "libpam0g", "libaudit1", "libcap-ng0", "libxml2", "liblzma5", "zlib1g", "libzstd1",
    "liblz4-1", "libldap2", "libsasl2-2", "libgssapi-krb5-2", "libkrb5-3", "libk5crypto3", "libkrb5support0",
    "libcom-err2", "libkeyutils1", "libuuid1", "libxslt1.1", "libreadline8t64", "libtinfo6", "libsystemd0",
    "libcap2", "libselinux1", "libpcre2-8-0", "libpq5", "libedit2", "libbsd0", "libmd0", "libffi8",
    "libgpg-error0", "libgcrypt20", "libxxhash0", "tzdata",
];
const MAJOR: u32 = 17;
/// Room for the download, the unpacked programs and a first cluster.
const BYTES_NEEDED: u64 = 600 << 20;

/// A folder of programs that run on this machine.
#[derive(Debug, Clone)]
pub struct Binaries {
    bin: PathBuf,
}

/// What was made, and for which place: written last, so an interrupted set-up starts over.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stamp {
    root: PathBuf,
    packages: Vec<String>,
}

impl Binaries {
    /// Finds or makes them; quick when they are there.
    pub fn provision(home: &Home) -> Result<Self> {
        if let Some(bin) = installed() {
            return Ok(Self { bin });
        }
        let pg = home.server.join("pg");
        let _lock = Lock::wait(&home.lock_file("pg"), "providing PostgreSQL")?;
        let root = pg.join("root");
        let wanted =
            Stamp { root: root.clone(), packages: PACKAGES.iter().map(|&name| name.into()).collect() };
        let bin = root.join(format!("usr/lib/postgresql/{MAJOR}/bin"));
        let found: Option<Stamp> =
            fs::read_to_string(pg.join("ready.json")).ok().and_then(|text| serde_json::from_str(&text).ok());
        match found {
            Some(found) if found == wanted && bin.join("postgres").exists() => return Ok(Self { bin }),
            Some(found) if found.packages == wanted.packages && bin.join("postgres").exists() => {
                say("the folder of the PostgreSQL programs moved: patching them for the new place");
            }
            _ => fetch(&pg, &root)?,
        }
        patch::patch(&bin, &root)?;
        let binaries = Self { bin };
        run(binaries.tool("postgres").arg("--version"))
            .context("the unpacked PostgreSQL does not run here")?;
        fs::write(pg.join("ready.json"), serde_json::to_string_pretty(&wanted)?)?;
        Ok(binaries)
    }

    /// The path of one program.
    pub fn path(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// A command as the current user, undisturbed by cargo's library path.
    pub fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.path(name));
        command.env_remove("LD_LIBRARY_PATH");
        command
    }
}

fn fetch(pg: &Path, root: &Path) -> Result<()> {
    say(&format!("providing PostgreSQL {MAJOR} with TimescaleDB in {} (once, about 160 MB)", pg.display()));
    if pg.exists() {
        fs::remove_dir_all(pg).with_context(|| format!("cannot clear {}", pg.display()))?;
    }
    fs::create_dir_all(pg)?;
    diagnosis::expect_space(pg, BYTES_NEEDED)?;
    expect_tools()?;
    let staging = pg.join("download");
    let archives = apt::download(&staging, PACKAGES)?;
    say("unpacking");
    patch::unpack(&archives, root)?;
    fs::remove_dir_all(&staging)?;
    Ok(())
}

/// Said before 40 MB are downloaded, not after.
fn expect_tools() -> Result<()> {
    for (program, package) in [("apt-get", "apt"), ("dpkg", "dpkg"), ("patchelf", "patchelf")] {
        if Command::new(program).arg("--version").output().is_err() {
            bail!(
                "{program} is missing; it is needed to provide the embedded TimescaleDB. Install the Debian package \
                 with `apt-get install {package}` (as root), or set DATABASE_URL to an existing server"
            );
        }
    }
    Ok(())
}

/// The newest server on this machine that is new enough and has TimescaleDB.
fn installed() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let usable = versions.flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path();
        let complete = folder.join("lib/timescaledb.so").exists() && folder.join("bin/initdb").exists();
        (version >= MAJOR && complete).then(|| (version, folder.join("bin")))
    });
    usable.max().map(|(_, bin)| bin)
}
