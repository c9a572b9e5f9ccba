//! The command as an administrator types it.

use std::process::{Command, Output};

use crate::tenant::{Tenant, examples, folder};

fn run(tenant: Option<&Tenant>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_takt-server"));
    command.arg("import").args(arguments).env_remove("DATABASE_ADMIN_URL").env_remove("DATABASE_URL");
    if let Some(tenant) = tenant {
        command.env("DATABASE_ADMIN_URL", tenant.admin_url());
    }
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn templates_need_no_database() {
    let folder = folder(&[]);
    let made = run(None, &["--template", folder.path().to_str().unwrap()]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("takt-import.xlsx"), "{}", text(&made.stdout));
    let again = run(None, &["--template", folder.path().to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
}

#[tokio::test]
async fn the_exit_code_says_whether_everything_was_taken() {
    let tenant = Tenant::new().await;
    let good = examples();
    let path = good.path().to_str().unwrap();
    let dry = run(Some(&tenant), &[path, "--organization", "OWN", "--dry-run"]);
    assert!(dry.status.success(), "{}", text(&dry.stderr));
    assert!(text(&dry.stdout).ends_with("dry run: nothing was written, and nothing stands in the way\n"));
    let written = run(Some(&tenant), &[path, "--organization", "OWN"]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    assert!(text(&written.stdout).ends_with("written\n"), "{}", text(&written.stdout));

    let bad = folder(&[("plants.csv", "code,name,timezone\nB,B,Mars\n")]);
    let refused =
        run(Some(&tenant), &[bad.path().to_str().unwrap(), "--organization", "OWN", "--report", "json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stdout).ends_with("{\"refused\":1,\"written\":false}\n"),
        "{}",
        text(&refused.stdout)
    );
    assert!(text(&refused.stderr).contains("nothing was written: 1 refused"), "{}", text(&refused.stderr));

    let nobody = run(Some(&tenant), &[path, "--organization", "NOBODY"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(text(&nobody.stderr).contains("there is no organization NOBODY"), "{}", text(&nobody.stderr));
    let nowhere = run(None, &[path, "--organization", "OWN"]);
    assert!(text(&nowhere.stderr).contains("--admin-url"), "{}", text(&nowhere.stderr));
}
