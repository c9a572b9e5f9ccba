//! Making a new cluster on disk.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Result;

use super::account::Account;
use super::binaries::Binaries;
use super::cluster::Purpose;
use super::connection::{ADMINISTRATOR, Connection};
use super::{diagnosis, settings};
use crate::process::{run, say};

/// Made beside and renamed: an interrupted run leaves nothing that looks finished.
pub fn create(
    purpose: Purpose,
    folder: &Path,
    account: &Account,
    connection: &Connection,
    binaries: &Binaries,
) -> Result<()> {
    say(&format!("creating a database cluster in {}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    account.own(folder)?;
    let password_file = folder.join("initial-password");
    fs::write(&password_file, "")?;
    fs::set_permissions(&password_file, fs::Permissions::from_mode(0o600))?;
    fs::write(&password_file, &connection.administrator_password)?;
    account.own(&password_file)?;

    let unfinished = folder.join("data.new");
    let mut initdb = account.command(binaries.path("initdb"));
    // The built-in provider sorts the same on every machine and needs no locale installed.
    initdb.args(["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
    initdb.args(["--auth=scram-sha-256", "--data-checksums"]).arg(format!("--username={ADMINISTRATOR}"));
    initdb.arg(format!("--pwfile={}", password_file.display())).arg("-D").arg(&unfinished);
    if purpose.is_forgetful() {
        initdb.arg("--no-sync");
    }
    run(&mut initdb).map_err(|error| {
        let explained = diagnosis::explain("cannot create a database cluster", &format!("{error:#}"));
        error.context(explained)
    })?;
    fs::remove_file(&password_file)?;
    let main_file = unfinished.join("postgresql.conf");
    fs::write(&main_file, fs::read_to_string(&main_file)? + settings::INCLUDE)?;
    fs::rename(&unfinished, folder.join("data"))?;
    Ok(())
}
