//! Taking a backup.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use takt_server::backup::manifest::{Manifest, newest};
use takt_server::backup::programs::Programs;
use takt_server::migrate::{MIGRATIONS, sha256};

use crate::plant::{Plant, number, text};

#[tokio::test]
async fn a_backup_is_two_files_that_only_their_owner_reads() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let beside = Manifest::beside(&backup.dump);
    let mut files = plant.files();
    files.sort();
    assert_eq!(files, [backup.dump.clone(), beside.clone()]);
    for file in &files {
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            file.display()
        );
    }
    let (found, manifest) = newest(plant.folder.path()).unwrap();
    assert_eq!((&found, &manifest), (&backup.dump, &backup.manifest));
    manifest.check(&backup.dump).unwrap();
    assert_eq!(manifest.place.database, plant.database.name());
    assert_eq!(manifest.migrations[0].sha256, sha256(MIGRATIONS[0].sql));
    let logs = number(&plant.sql, "select count(*) from production_logs").await;
    assert!(logs > 0);
    assert_eq!(manifest.tables["public.production_logs"].rows, logs, "chunks count with their hypertable");
    assert!(manifest.tables.len() > 75, "{}", manifest.tables.len());
    assert!(manifest.structure["relation public.work_orders"].contains("forced"));
    assert!(manifest.structure["hypertable public.production_logs"].contains("ts_chunks"));
    assert_eq!(
        manifest.epoch.unwrap().to_string(),
        text(&plant.sql, "select epoch::text from sync_epoch").await
    );
}

#[tokio::test]
async fn who_may_become_takt_backup_may_save_and_the_application_may_not() {
    let plant = Plant::open().await;
    let role = plant.other("saver");
    plant.run(&format!("create role {role} login password 'p@ss/w%' in role takt_backup")).await;
    let (_, place) = plant.database.admin_url().split_once('@').unwrap();
    let url = format!("postgres://{role}:p%40ss%2Fw%25@{place}");
    let programs = Programs {
        folder: Some(text(&plant.sql, "select setting from pg_config where name = 'BINDIR'").await.into()),
    };
    let saved = plant.try_to_back_up(&url, &programs).await;
    let refused = plant.try_to_back_up(plant.database.app_url(), &programs).await;
    plant.run(&format!("drop role {role}")).await;
    assert!(saved.unwrap().manifest.rows() > 0);
    let refused = format!("{:#}", refused.unwrap_err());
    assert!(refused.contains("may become takt_backup"), "{refused}");
    assert_eq!(plant.files().len(), 2);
}

#[tokio::test]
async fn no_password_is_in_an_argument_and_a_failure_leaves_no_file() {
    let plant = Plant::open().await;
    let real = text(&plant.sql, "select setting from pg_config where name = 'BINDIR'").await;
    let bin = tempfile::tempdir().unwrap();
    // The real program, watched; then one that stops half-way.
    let watched = format!("echo \"$@\" >> {}/said; exec {real}/pg_dump \"$@\"", bin.path().display());
    script(bin.path(), &watched);
    let programs = Programs { folder: Some(bin.path().to_owned()) };
    let backup = plant.try_to_back_up(plant.database.admin_url(), &programs).await.unwrap();
    let said = std::fs::read_to_string(bin.path().join("said")).unwrap();
    let password = plant.database.admin_url().split(['@', ':']).nth(2).unwrap();
    assert!(said.contains("--snapshot=") && !said.contains(password), "{said}");
    assert!(!std::fs::read_to_string(Manifest::beside(&backup.dump)).unwrap().contains(password));
    let before = plant.files().len();

    script(
        bin.path(),
        &format!(
            "[ \"$1\" != --version ] || exec {real}/pg_dump --version\n\
             for file; do :; done; echo half > \"$file\"; echo 'pg_dump: error: no space left' >&2; echo 'row 4711' >&2; exit 1"
        ),
    );
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let failed = plant.try_to_back_up(plant.database.admin_url(), &programs).await.unwrap_err();
    let failed = format!("{failed:#}");
    assert!(failed.contains("no space left") && !failed.contains("4711"), "{failed}");
    assert_eq!(plant.files().len(), before);
}

#[tokio::test]
async fn the_newest_backup_is_told_by_its_manifest() {
    let plant = Plant::open().await;
    assert!(newest(plant.folder.path()).unwrap_err().to_string().contains("takt-server backup"));
    let old = plant.back_up().await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let new = plant.back_up().await;
    std::fs::write(plant.folder.path().join("zzz.dump"), "no manifest, no backup").unwrap();
    std::fs::write(plant.folder.path().join(".x.dump.json.part"), "{").unwrap();
    let touched = std::fs::read(&old.dump).unwrap();
    std::fs::write(&old.dump, touched).unwrap();
    assert_eq!(newest(plant.folder.path()).unwrap().0, new.dump);
}

fn script(folder: &Path, body: &str) {
    let path = folder.join("pg_dump");
    std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}
