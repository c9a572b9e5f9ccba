//! What a backup holds, in JSON beside the dump: enough to know before a restore that the file is
//! whole, and after it that the database is the same.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::backup::{Content, Membership, Place, Role};
use crate::migrate::Applied;

/// Of this file. Only ever raised when an older release could not restore what a newer one wrote.
pub const FORMAT: u32 = 1;
/// Added to the name of the dump.
const ENDING: &str = ".json";
/// Read at once.
const BLOCK: usize = 1 << 20;

/// The file that `pg_dump` wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dump {
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, hex.
    pub sha256: String,
    /// Version of `pg_dump`.
    pub dumped_by: String,
}

/// Everything known of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Release of `takt-server` that took it.
    pub taken_by: String,
    /// The file beside.
    pub dump: Dump,
    /// Where it was taken.
    pub place: Place,
    /// The life of the server that it was taken in.
    pub epoch: Option<Uuid>,
    /// Migrations that its schema has seen.
    pub migrations: Vec<Applied>,
    /// Roles that it names; they belong to the cluster and are not in the dump.
    pub roles: Vec<Role>,
    /// What Takt's roles are in.
    pub memberships: Vec<Membership>,
    /// The last number of every identity.
    pub identities: BTreeMap<String, i64>,
    /// How it was built and who could do what.
    pub structure: BTreeMap<String, String>,
    /// What every table held.
    pub tables: BTreeMap<String, Content>,
}

impl Manifest {
    /// Where the manifest of a dump is.
    pub fn beside(dump: &Path) -> PathBuf {
        let mut name = OsString::from(dump);
        name.push(ENDING);
        PathBuf::from(name)
    }

    /// The manifest of a dump.
    pub fn of(dump: &Path) -> anyhow::Result<Self> {
        ensure!(dump.is_file(), "there is no file {}", dump.display());
        let path = Self::beside(dump);
        ensure!(
            path.is_file(),
            "{} has no manifest beside it ({}): without one nobody can tell whether it is whole",
            dump.display(),
            path.display()
        );
        Self::read(&path)
    }

    /// Reads one.
    fn read(path: &Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let format: Format = serde_json::from_str(&text)
            .with_context(|| format!("{} is not the manifest of a backup", path.display()))?;
        ensure!(
            format.format <= FORMAT,
            "{} has format {}, this release reads up to {FORMAT}: use a newer takt-server",
            path.display(),
            format.format
        );
        serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))
    }

    /// As written.
    pub fn to_json(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Rows in all tables.
    pub fn rows(&self) -> i64 {
        self.tables.values().map(|content| content.rows).sum()
    }

    /// Whether the file is the very one that was written.
    pub fn check(&self, dump: &Path) -> anyhow::Result<()> {
        let (bytes, sha256) = sha256_of(dump)?;
        if bytes < self.dump.bytes {
            bail!("{} is truncated: {bytes} of {} bytes are there", dump.display(), self.dump.bytes);
        }
        ensure!(
            bytes == self.dump.bytes && sha256 == self.dump.sha256,
            "{} is not the file that was saved: its sha256 is {}…, the manifest says {}…",
            dump.display(),
            sha256.get(..12).unwrap_or_default(),
            self.dump.sha256.get(..12).unwrap_or_default()
        );
        Ok(())
    }
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// The newest backup of a folder, by what the manifests say.
pub fn newest(folder: &Path) -> anyhow::Result<(PathBuf, Manifest)> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot look for backups in {}", folder.display()))?;
    let mut found: Option<(PathBuf, Manifest)> = None;
    for entry in entries {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(dump) = name.strip_suffix(ENDING).filter(|dump| dump.ends_with(".dump")) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let manifest = Manifest::read(&path)?;
        if found.as_ref().is_none_or(|(_, newest)| newest.taken_at < manifest.taken_at) {
            found = Some((folder.join(dump), manifest));
        }
    }
    found.with_context(|| {
        format!("there is no backup in {}: take one with `takt-server backup --to {0}`", folder.display())
    })
}

/// Size and SHA-256 of a file.
pub fn sha256_of(path: &Path) -> anyhow::Result<(u64, String)> {
    let cannot = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(cannot)?;
    let (mut bytes, mut hash, mut block) = (0, Sha256::new(), vec![0; BLOCK]);
    loop {
        let read = file.read(&mut block).with_context(cannot)?;
        if read == 0 {
            return Ok((bytes, hex::encode(hash.finalize())));
        }
        bytes += read as u64;
        hash.update(&block[..read]);
    }
}
