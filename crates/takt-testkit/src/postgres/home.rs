//! Where the binaries and the clusters live, given who has to reach them.
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use super::account::{Account, user_id};
use crate::process::say;
use crate::workspace;

/// Two folders: ours for locks and passwords, and one the server's user can enter.
#[derive(Debug, Clone)]
pub struct Home {
    /// `target/takt`: readable by whoever runs cargo.
    pub state: PathBuf,
    /// The same folder, or one under `/var/tmp` when the checkout is closed to the server's user.
    pub server: PathBuf,
}

impl Home {
    /// Creates both folders as needed.
    pub fn open() -> Result<Self> {
        Self::at(&workspace::state())
    }

    fn at(state: &Path) -> Result<Self> {
        fs::create_dir_all(state).with_context(|| {
            format!(
                "cannot create {}: check who owns target/ (a run as root leaves files only root can change)",
                state.display()
            )
        })?;
        let state = state.canonicalize()?;
        let server =
            if Account::for_data(&state).reaches(&state) { state.clone() } else { fallback(&state)? };
        Ok(Self { state, server })
    }

    /// Eight digits that tell this checkout from others on the machine.
    pub fn key(&self) -> String {
        key(&self.state)
    }

    /// The lock that serialises work on `name`.
    pub fn lock_file(&self, name: &str) -> PathBuf {
        self.state.join(format!("{name}.lock"))
    }
}

fn fallback(state: &Path) -> Result<PathBuf> {
    let folder = PathBuf::from(format!("/var/tmp/takt-{}", key(state)));
    if !folder.exists() {
        say(&format!("the database's user cannot enter {}: using {}", state.display(), folder.display()));
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let meta = fs::symlink_metadata(&folder)?;
    ensure!(
        meta.is_dir() && meta.uid() == user_id(),
        "{} belongs to another user: remove it, or move the checkout to a folder every user can enter",
        folder.display()
    );
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    Ok(folder)
}

fn key(state: &Path) -> String {
    let mut digits = hex::encode(Sha256::digest(state.as_os_str().as_encoded_bytes()));
    digits.truncate(8);
    digits
}
