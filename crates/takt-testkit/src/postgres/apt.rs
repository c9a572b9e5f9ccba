//! Fetching Debian packages into a private folder, with the machine's own mirror and nothing installed.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use super::lock::Lock;
use crate::process::{run, say};

/// The Debian release whose PostgreSQL comes with TimescaleDB.
const SUITE: &str = "trixie";
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Held while apt runs: parallel runs can delete each other's archives.
pub type AptLock = Lock;

/// Waits until no other `takt` on this machine runs apt.
pub fn lock_apt() -> Result<AptLock> {
    Lock::wait(Path::new("/var/tmp/takt-apt.lock"), "its package downloads")
}

/// Downloads `packages` as `.deb` files into `folder`/archives and returns that folder.
pub fn download(folder: &Path, packages: &[&str]) -> Result<PathBuf> {
    let _lock = lock_apt()?;
    let mirror = machine_mirror()?;
    let archives = folder.join("archives");
    for part in ["lists/partial", "cache/archives/partial", "archives"] {
        fs::create_dir_all(folder.join(part))?;
    }
    fs::write(folder.join("status"), "")?;
    let source =
        format!("Types: deb\nURIs: {mirror}\nSuites: {SUITE}\nComponents: main\nSigned-By: {KEYRING}\n");
    fs::write(folder.join("private.sources"), source)?;

    let no_network = || {
        format!(
            "cannot fetch PostgreSQL and TimescaleDB from {mirror} (Debian {SUITE}). Expected: a reachable Debian \
             mirror in apt's sources. Check the network or the proxy in /etc/apt, or set DATABASE_URL to an existing \
             server with TimescaleDB"
        )
    };
    say(&format!("reading the package list of Debian {SUITE}"));
    run(apt_get(folder).args(["-q", "update", "-o", "APT::Update::Error-Mode=any"]))
        .with_context(no_network)?;
    say(&format!("downloading {} packages (about 40 MB)", packages.len()));
    run(apt_get(folder).current_dir(&archives).args(["-q", "download"]).args(packages))
        .with_context(no_network)?;
    Ok(archives)
}

fn apt_get(folder: &Path) -> Command {
    let mut command = Command::new("apt-get");
    let folder = folder.display();
    for option in [
        format!("Dir::Etc::sourcelist={folder}/private.sources"),
        "Dir::Etc::sourceparts=/dev/null".to_owned(),
        "Dir::Etc::preferencesparts=/dev/null".to_owned(),
        format!("Dir::State::Lists={folder}/lists"),
        format!("Dir::State::Status={folder}/status"),
        format!("Dir::Cache={folder}/cache"),
        "APT::Sandbox::User=root".to_owned(),
        "Acquire::Retries=3".to_owned(),
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false".to_owned(),
    ] {
        command.arg("-o").arg(option);
    }
    command.env("LC_ALL", "C");
    command
}

/// The Debian archive this machine already uses.
fn machine_mirror() -> Result<String> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    if let Ok(folder) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(folder.flatten().map(|entry| entry.path()));
    }
    files.sort();
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    texts.filter_map(|text| debian_mirror(&text)).next().ok_or_else(|| {
        anyhow!(
            "no Debian archive among apt's sources (/etc/apt/sources.list, /etc/apt/sources.list.d). The embedded \
             TimescaleDB is made of Debian {SUITE} packages: add a Debian mirror, or set DATABASE_URL to an existing server"
        )
    })
}

/// Finds the first archive in one sources file, of either format, that carries a Debian release's main component.
fn debian_mirror(text: &str) -> Option<String> {
    const RELEASES: [&str; 5] = ["bookworm", "trixie", "forky", "stable", "testing"];
    let one_line = text.lines().filter_map(|line| {
        let line = line.trim().strip_prefix("deb ")?;
        let line = line.split_once(']').map_or(line, |(_, rest)| rest);
        let mut words = line.split_whitespace();
        let (uri, suite) = (words.next()?, words.next()?);
        (RELEASES.contains(&suite) && words.any(|word| word == "main")).then(|| uri.to_owned())
    });
    let stanzas = text.split("\n\n").filter_map(|stanza| {
        let field = |name: &str| stanza.lines().find_map(|line| line.strip_prefix(name));
        let has = |name: &str, words: &[&str]| {
            field(name)?.split_whitespace().find(|w| words.contains(w)).map(drop)
        };
        has("Types:", &["deb"])?;
        has("Suites:", &RELEASES)?;
        has("Components:", &["main"])?;
        field("URIs:")?.split_whitespace().next().map(str::to_owned)
    });
    one_line.chain(stanzas).next()
}

#[cfg(test)]
mod tests {
    use super::debian_mirror;

    #[test]
    fn the_mirror_is_found_in_both_formats() {
        let stanza = "Types: deb\n# a comment\nURIs: http://mirror.test/debian\nSuites: bookworm bookworm-updates\nComponents: main\n";
        assert_eq!(debian_mirror(stanza).as_deref(), Some("http://mirror.test/debian"));
        let line = "# x\ndeb [signed-by=/k.gpg] http://mirror.test/debian bookworm main contrib\n";
        assert_eq!(debian_mirror(line).as_deref(), Some("http://mirror.test/debian"));
    }

    #[test]
    fn other_archives_are_passed_over() {
        assert_eq!(debian_mirror("deb https://other.test/apt cloud-sdk-bookworm main\n"), None);
        let security =
            "Types: deb\nURIs: http://mirror.test/s\nSuites: bookworm-security\nComponents: main\n";
        assert_eq!(debian_mirror(security), None);
    }
}
