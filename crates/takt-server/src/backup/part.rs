//! A file that is there whole or not at all: written beside under another name, synced, renamed; and
//! gone again when what it belongs to was not finished.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A file in the making, removed when dropped.
pub struct Part {
    path: PathBuf,
    wanted: PathBuf,
    is_kept: bool,
}

impl Part {
    /// An empty file that only its owner reads, named so that nobody takes it for the wanted one.
    pub fn create(wanted: &Path) -> anyhow::Result<Self> {
        if wanted.exists() {
            bail!("{} is there already", wanted.display());
        }
        let name = wanted.file_name().unwrap_or_default().to_string_lossy();
        let path = wanted.with_file_name(format!(".{name}.part"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        owner_only(&mut options);
        options.open(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path, wanted: wanted.to_owned(), is_kept: false })
    }

    /// Where it is now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Fills it.
    pub fn write(&mut self, content: &[u8]) -> anyhow::Result<()> {
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        file.write_all(content).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// On disk, under its name.
    pub fn put_in_place(&mut self) -> anyhow::Result<()> {
        let sync = OpenOptions::new().write(true).open(&self.path).and_then(|file| file.sync_all());
        sync.with_context(|| format!("cannot write {} to disk", self.path.display()))?;
        fs::rename(&self.path, &self.wanted)
            .with_context(|| format!("cannot rename to {}", self.wanted.display()))?;
        self.path.clone_from(&self.wanted);
        Ok(())
    }

    /// It stays.
    pub fn keep(mut self) -> PathBuf {
        self.is_kept = true;
        self.path.clone()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(file = %self.path.display(), %error, "an unfinished file is left behind");
        }
    }
}

/// A folder that only its owner enters, unless it is there.
pub fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// New names of a folder are on disk when the folder is.
pub fn sync_folder(folder: &Path) -> anyhow::Result<()> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .with_context(|| format!("cannot write {} to disk", folder.display()))?;
    }
    Ok(())
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}
