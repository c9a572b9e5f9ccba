//! Starting a cluster's server, and saying why it did not start.
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::account::Account;
use super::binaries::Binaries;
use super::{diagnosis, postmaster};
use crate::process::{last_lines, run};

/// Long enough for a demo cluster to recover after a power cut.
const SECONDS_MAX: u64 = 60;

/// Starts the server of `folder` with `settings` and waits until it accepts connections.
pub fn start(folder: &Path, account: &Account, binaries: &Binaries, settings: &str) -> Result<()> {
    let (data, log) = (folder.join("data"), folder.join("server.log"));
    expect_same_version(&data, binaries)?;
    postmaster::clear_stale(&data)?;
    let file = data.join("takt.conf");
    fs::write(&file, settings)?;
    account.own(&file)?;
    let log_before = fs::metadata(&log).map_or(0, |meta| meta.len());
    let deadline = Instant::now() + Duration::from_secs(SECONDS_MAX);
    loop {
        let mut pg_ctl = account.command(binaries.path("pg_ctl"));
        pg_ctl
            .args(["start", "-s", "-w", "-t", &SECONDS_MAX.to_string()])
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(&log);
        // The server inherits what pg_ctl writes to, and a pipe would never end while it runs.
        pg_ctl.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if pg_ctl.status().context("cannot start pg_ctl")?.success() {
            return Ok(());
        }
        let said = written_since(&log, log_before);
        // Backends of a killed server need a moment to notice.
        if !said.contains("pre-existing shared memory block") || Instant::now() > deadline {
            let what = format!("the database server in {} did not start", folder.display());
            bail!("{}\nIts log ends:\n{}", diagnosis::explain(&what, &said), last_lines(&said, 12));
        }
        sleep(Duration::from_millis(300));
    }
}

fn written_since(log: &Path, bytes: u64) -> String {
    let log = fs::read(log).unwrap_or_default();
    let from = usize::try_from(bytes).unwrap_or(0).min(log.len());
    String::from_utf8_lossy(&log[from..]).into_owned()
}

fn expect_same_version(data: &Path, binaries: &Binaries) -> Result<()> {
    let made_by = fs::read_to_string(data.join("PG_VERSION")).unwrap_or_default();
    let said = run(binaries.tool("postgres").arg("--version"))?.stdout;
    let programs = String::from_utf8_lossy(&said).into_owned();
    let major =
        programs.split_whitespace().nth(2).and_then(|version| version.split('.').next()).unwrap_or("");
    ensure!(
        made_by.trim() == major,
        "{} was made by PostgreSQL {}, but the programs here are {major}. Run `cargo xtask db wipe` to start over",
        data.display(),
        made_by.trim()
    );
    Ok(())
}
