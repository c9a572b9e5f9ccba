//! What an administrator types.

use std::process::{Command, Output};

use crate::day::a_day;
use crate::support::Centre;

fn takt_server(centre: &Centre, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_takt-server"));
    command.args(arguments).env("DATABASE_URL", centre.app_url()).env_remove("RUST_LOG");
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn check_proves_and_fails_when_a_proof_does() {
    let centre = a_day().await;
    let sound = takt_server(&centre, &["check"]);
    let told = text(&sound.stdout);
    assert!(sound.status.success(), "{told}{}", text(&sound.stderr));
    for word in [
        "PostgreSQL   17.",
        "TimescaleDB  2.",
        " edition)",
        "0001_initial_schema.sql",
        "ready to serve",
        "holds  operation counters",
    ] {
        assert!(told.contains(word), "{word:?} is missing in\n{told}");
    }
    centre
        .script("set session_replication_role = replica; update lot_batches set current_quantity = 1")
        .await;
    let broken = takt_server(&centre, &["check", "--days", "30"]);
    assert_eq!(broken.status.code(), Some(1));
    let (told, error) = (text(&broken.stdout), text(&broken.stderr));
    assert!(told.contains("NORDWERK: lot LOT-77 holds 1; its genealogy says 60"), "{told}");
    assert!(error.contains("1 of 7 proofs do not hold"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_run_by_hand_all_of_them_or_one() {
    let centre = a_day().await;
    let all = takt_server(&centre, &["jobs", "run", "--dry-run"]);
    let told = text(&all.stdout);
    assert!(all.status.success(), "{told}{}", text(&all.stderr));
    for word in
        ["chunks, dry", "shifts, dry", "retention, dry", "proofs, dry", "LYON: ", "tombstones would go"]
    {
        assert!(told.contains(word), "{word:?} is missing in\n{told}");
    }
    let one = text(&takt_server(&centre, &["jobs", "run", "chunks"]).stdout);
    assert!(one.starts_with("chunks\n") && !one.contains("retention"), "{one}");
}
