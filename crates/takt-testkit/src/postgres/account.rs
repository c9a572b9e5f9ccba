//! Which user the database server runs as: PostgreSQL refuses to run as root.
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Debian's fixed ids of `nobody` and `nogroup`, used when the password file does not say otherwise.
const NOBODY: (u32, u32) = (65534, 65534);

/// The user a server's programs run as, and who owns its files.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    switch_to: Option<(u32, u32)>,
}

impl Account {
    /// The owner of `data` when it exists, else `nobody`, if we are root; otherwise simply who we are.
    pub fn for_data(data: &Path) -> Self {
        if !is_root() {
            return Self { switch_to: None };
        }
        let owner = fs::metadata(data).ok().map(|meta| (meta.uid(), meta.gid())).filter(|(uid, _)| *uid != 0);
        Self { switch_to: Some(owner.unwrap_or_else(nobody)) }
    }

    /// A command that runs as this user, from a folder it can read, undisturbed by cargo's library path.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env_remove("LD_LIBRARY_PATH").env("LC_ALL", "C");
        if let Some((uid, gid)) = self.switch_to {
            // The standard library also drops root's supplementary groups here.
            command.uid(uid).gid(gid).env("HOME", "/");
        }
        command
    }

    /// Gives `path` itself to this user.
    pub fn own(&self, path: &Path) -> Result<()> {
        let Some((uid, gid)) = self.switch_to else { return Ok(()) };
        chown(path, Some(uid), Some(gid))
            .with_context(|| format!("cannot give {} to user {uid}", path.display()))
    }

    /// Whether this user can enter `folder`.
    pub fn reaches(&self, folder: &Path) -> bool {
        self.command("test").arg("-x").arg(folder).status().is_ok_and(|status| status.success())
    }
}

/// Whether this process is root.
pub fn is_root() -> bool {
    user_id() == 0
}

/// The user id of this process.
pub fn user_id() -> u32 {
    fs::metadata("/proc/self").map_or(0, |meta| meta.uid())
}

fn nobody() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = users.lines().find_map(|line| {
        let mut fields = line.strip_prefix("nobody:")?.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    ids.unwrap_or(NOBODY)
}
