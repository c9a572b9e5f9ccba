//! Turning what a database server says when it fails into what a person can do about it.
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process::run;

/// `what` failed while `said` was written: followed by what to do, when it is one of the usual mishaps.
pub fn explain(what: &str, said: &str) -> String {
    const KNOWN: [(&str, &str); 7] = [
        ("No space left on device", "The disk is full: free some space and run again."),
        ("could not bind", "Its port is taken by another program: run again, a free one will be chosen."),
        (
            "Address already in use",
            "Its port is taken by another program: run again, a free one will be chosen.",
        ),
        (
            "pre-existing shared memory block",
            "An earlier server is still ending: wait a few seconds and run again.",
        ),
        (
            "/usr/share/zoneinfo",
            "The time zone database is missing: install the Debian package tzdata (`apt-get install tzdata` as root).",
        ),
        ("could not access file \"timescaledb\"", "TimescaleDB is not installed for this server."),
        (
            "Permission denied",
            "A file belongs to another user: did root run this before? Remove target/takt as that user.",
        ),
    ];
    match KNOWN.iter().find(|(sign, _)| said.contains(sign)) {
        Some((_, advice)) => format!("{what}. {advice}"),
        None => what.to_owned(),
    }
}

/// Refuses early when the file system of `folder` has less than `bytes_needed` free.
pub fn expect_space(folder: &Path, bytes_needed: u64) -> Result<()> {
    let output = run(Command::new("df").args(["-B1", "--output=avail"]).arg(folder))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let Some(free) = text.lines().nth(1).and_then(|line| line.trim().parse::<u64>().ok()) else {
        return Ok(());
    };
    ensure!(
        free >= bytes_needed,
        "only {} MB are free at {}; {} MB are needed: free some space and run again",
        free >> 20,
        folder.display(),
        bytes_needed >> 20
    );
    Ok(())
}

/// PostgreSQL reads the machine's time zones from a fixed place.
pub fn expect_time_zones() -> Result<()> {
    ensure!(
        Path::new("/usr/share/zoneinfo/Europe/Berlin").exists(),
        "/usr/share/zoneinfo is missing, and PostgreSQL needs it for time zones. Install the Debian package with \
         `apt-get install tzdata` (as root)"
    );
    Ok(())
}
