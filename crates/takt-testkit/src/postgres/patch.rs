//! Making unpacked Debian programs run from a private folder: their own loader, their own libraries.
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::process::run;

/// Unpacks every package in `archives` into `root`.
pub fn unpack(archives: &Path, root: &Path) -> Result<()> {
    fs::create_dir_all(root)?;
    for entry in fs::read_dir(archives)? {
        run(Command::new("dpkg").arg("-x").arg(entry?.path()).arg(root))
            .context("cannot unpack a package: is the disk full?")?;
    }
    Ok(())
}

/// Points every program in `bin` at the loader and libraries below `root`. Both paths are absolute, so a moved
/// folder is patched again.
pub fn patch(bin: &Path, root: &Path) -> Result<()> {
    let (libraries, loader) = library_folder(root)?;
    for program in programs(bin)? {
        run(Command::new("patchelf")
            .arg("--set-interpreter")
            .arg(libraries.join(loader))
            .arg("--force-rpath")
            .arg("--set-rpath")
            .arg(&libraries)
            .arg(&program))
        .context(
            "cannot patch the PostgreSQL programs. Expected: the Debian package patchelf; install it with \
             `apt-get install patchelf`",
        )?;
    }
    Ok(())
}

fn library_folder(root: &Path) -> Result<(PathBuf, &'static str)> {
    let (triplet, loader) = match std::env::consts::ARCH {
        "x86_64" => ("x86_64-linux-gnu", "ld-linux-x86-64.so.2"),
        "aarch64" => ("aarch64-linux-gnu", "ld-linux-aarch64.so.1"),
        other => bail!("no embedded TimescaleDB for {other}: set DATABASE_URL to an existing server"),
    };
    let libraries = root.join("usr/lib").join(triplet);
    if libraries.join(loader).exists() {
        return Ok((libraries, loader));
    }
    Err(anyhow!("{} has no {loader}: remove {} and run again", libraries.display(), root.display()))
}

fn programs(bin: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(bin).with_context(|| format!("cannot read {}", bin.display()))? {
        let path = entry?.path();
        let mut start = [0; 4];
        let is_program =
            path.is_file() && fs::File::open(&path)?.read_exact(&mut start).is_ok() && &start == b"\x7fELF";
        if is_program {
            found.push(path);
        }
    }
    Ok(found)
}
