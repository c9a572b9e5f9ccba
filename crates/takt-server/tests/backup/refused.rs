//! What is not restored, and what is left then: nothing, or something that says what it is.

use std::path::{Path, PathBuf};

use sqlx::{Connection, PgConnection};
use takt_server::backup::manifest::{Dump, Manifest, sha256_of};
use takt_server::backup::programs::Programs;
use takt_server::migrate::{Applied, MIGRATIONS};
use takt_server::restore;

use crate::plant::{Plant, number};

/// A backup that can be tampered with.
struct Copy {
    dump: PathBuf,
    manifest: Manifest,
}

impl Copy {
    fn of(plant: &Plant, dump: &Path, manifest: &Manifest, name: &str) -> Self {
        let copy = plant.folder.path().join(name);
        std::fs::copy(dump, &copy).unwrap();
        Self { dump: copy, manifest: manifest.clone() }.written()
    }

    fn written(self) -> Self {
        std::fs::write(Manifest::beside(&self.dump), self.manifest.to_json().unwrap()).unwrap();
        self
    }

    /// With another manifest.
    fn saying(mut self, change: impl FnOnce(&mut Manifest)) -> Self {
        change(&mut self.manifest);
        self.written()
    }

    /// With another file, of which the manifest knows only if told.
    fn holding(mut self, change: impl FnOnce(&mut Vec<u8>), told: bool) -> Self {
        let mut bytes = std::fs::read(&self.dump).unwrap();
        change(&mut bytes);
        std::fs::write(&self.dump, bytes).unwrap();
        if told {
            let (bytes, sha256) = sha256_of(&self.dump).unwrap();
            self.manifest.dump = Dump { bytes, sha256, ..self.manifest.dump };
        }
        self.written()
    }
}

#[tokio::test]
async fn a_backup_that_is_not_whole_is_refused_before_anything_is_made() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let copy = |name: &str| Copy::of(&plant, &backup.dump, &backup.manifest, name);
    let other = |bytes: &mut Vec<u8>| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    };
    let cases = [
        (copy("truncated.dump").holding(|bytes| bytes.truncate(5_000), false), "is truncated: 5000 of"),
        (copy("altered.dump").holding(other, false), "is not the file that was saved"),
        (copy("longer.dump").holding(|bytes| bytes.push(0), false), "is not the file that was saved"),
        (copy("format.dump").saying(|it| it.format = 2), "use a newer takt-server"),
        (
            copy("newer.dump").saying(|it| {
                it.migrations.push(Applied { name: "9999_future.sql".into(), sha256: "0".repeat(64) });
            }),
            "does not know: use a newer takt-server",
        ),
        (copy("history.dump").saying(|it| it.migrations[0].sha256 = "0".repeat(64)), "another history"),
        (
            copy("timescaledb.dump").saying(|it| it.place.timescaledb = "1.0.0".into()),
            "the backup is of TimescaleDB 1.0.0",
        ),
        (copy("postgres.dump").saying(|it| it.place.postgres = 99), "the backup is of PostgreSQL 99"),
        (
            copy("role.dump").saying(|it| {
                it.roles.iter_mut().find(|role| role.name == "takt_definer").unwrap().bypasses_policies =
                    false;
            }),
            "the role takt_definer of this cluster is bypassrls",
        ),
    ];
    let name = plant.other("never");
    for (copy, expected) in cases {
        let refused = format!("{:#}", plant.restore(&copy.dump, &name).await.unwrap_err());
        assert!(refused.contains(expected), "{}: {refused}", copy.dump.display());
        assert!(!plant.has(&name).await, "{}", copy.dump.display());
    }
    let alone = copy("alone.dump").dump;
    std::fs::remove_file(Manifest::beside(&alone)).unwrap();
    let refused = plant.restore(&alone, &name).await.unwrap_err().to_string();
    assert!(refused.contains("no manifest"), "{refused}");
    std::fs::write(Manifest::beside(&alone), "{}").unwrap();
    let refused = format!("{:#}", plant.restore(&alone, &name).await.unwrap_err());
    assert!(refused.contains("is not the manifest"), "{refused}");
    let refused = plant.restore(Path::new("/nowhere/x.dump"), &name).await.unwrap_err().to_string();
    assert!(refused.contains("no file /nowhere/x.dump"), "{refused}");
}

#[tokio::test]
async fn a_database_that_differs_from_its_manifest_is_dropped() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let copy = |name: &str| Copy::of(&plant, &backup.dump, &backup.manifest, name);
    let cut = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() * 3 / 4);
    let cases = [
        (
            copy("count.dump").saying(|it| it.tables.get_mut("public.work_orders").unwrap().rows += 1),
            "the restored rows are not those of the backup: public.work_orders",
        ),
        (
            copy("content.dump")
                .saying(|it| it.tables.get_mut("public.users").unwrap().checksum = "1".into()),
            "the restored rows are not those of the backup: public.users",
        ),
        (
            copy("rights.dump").saying(|it| {
                it.structure.get_mut("relation public.users").unwrap().push_str(", takt_app=truncate");
            }),
            "structure or rights differ from the backup's: relation public.users",
        ),
        (copy("cut.dump").holding(cut, true), "pg_restore failed"),
        (copy("end.dump").holding(|bytes| bytes.truncate(bytes.len() - 2_000), true), "pg_restore failed"),
    ];
    let name = plant.other("differs");
    for (copy, expected) in cases {
        let refused = format!("{:#}", plant.restore(&copy.dump, &name).await.unwrap_err());
        assert!(refused.contains(expected), "{}: {refused}", copy.dump.display());
        assert!(refused.contains(&format!("the unfinished database {name} was dropped")), "{refused}");
        assert!(!plant.has(&name).await, "{}", copy.dump.display());
    }
}

#[tokio::test]
async fn a_database_that_is_not_empty_is_left_alone() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let orders = number(&plant.sql, "select count(*) from work_orders").await;
    let admin_url = plant.database.admin_url();
    let here = restore::restore(admin_url, &backup.dump, None, &Programs::default(), MIGRATIONS).await;
    let refused = here.unwrap_err().to_string();
    assert!(refused.contains("is not empty") && refused.contains("--into"), "{refused}");
    assert_eq!(number(&plant.sql, "select count(*) from work_orders").await, orders);
    for wrong in ["postgres", "a b", ""] {
        assert!(plant.restore(&backup.dump, wrong).await.is_err(), "{wrong:?}");
    }
    let app = plant.database.app_url();
    let refused = restore::restore(app, &backup.dump, Some("x"), &Programs::default(), MIGRATIONS).await;
    let refused = format!("{:#}", refused.unwrap_err());
    assert!(refused.contains("takt_app is no administrator"), "{refused}");
}

#[tokio::test]
async fn a_given_database_left_half_restored_says_so_and_lets_nobody_in() {
    let plant = Plant::open().await;
    let backup = plant.back_up().await;
    let name = plant.other("half");
    plant.run(&format!("create database {name}")).await;
    let cut = Copy::of(&plant, &backup.dump, &backup.manifest, "cut.dump")
        .holding(|bytes| bytes.truncate(bytes.len() - 2_000), true);
    let refused = format!("{:#}", plant.restore(&cut.dump, &name).await.unwrap_err());
    assert!(refused.contains(&format!("{name} is left half restored")), "{refused}");
    let application = PgConnection::connect(&plant.on(plant.database.app_url(), &name)).await;
    let kept_out = application.unwrap_err().to_string();
    assert!(kept_out.contains("too many connections"), "{kept_out}");
    let again = plant.restore(&backup.dump, &name).await.unwrap_err().to_string();
    assert!(again.contains("is what a restore left that did not end"), "{again}");
    let tables = plant.look_into(&name).await;
    assert!(number(&tables, "select count(*) from pg_tables where schemaname = 'public'").await > 70);
    tables.close().await;
    plant.drop(&name).await;
}
