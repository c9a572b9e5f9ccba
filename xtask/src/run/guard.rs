//! Should `cargo xtask run` be killed outright, somebody still has to stop the database.
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use takt_testkit::postgres::{Cluster, Purpose, Server};

/// Waits for our end, then stops the server if it still runs.
const SCRIPT: &str = r#"tail -f --pid="$OURS" /dev/null; kill -INT "$SERVER" 2>/dev/null"#;

/// The watcher; dropping it ends it.
pub struct Guard(Child);

/// Starts watching our database. A server that was given to us is not ours to stop.
pub fn watch() -> Result<Option<Guard>> {
    if Server::is_given() {
        return Ok(None);
    }
    let Some(running) = Cluster::of(Purpose::Demo)?.running() else { return Ok(None) };
    let mut shell = Command::new("sh");
    shell
        .args(["-c", SCRIPT])
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    shell.env("OURS", std::process::id().to_string()).env("SERVER", running.pid.to_string());
    Ok(Some(Guard(shell.spawn().context("cannot watch the database")?)))
}

impl Drop for Guard {
    fn drop(&mut self) {
        let script = format!("kill -s KILL -- -{} 2>/dev/null", self.0.id());
        let _ = Command::new("sh").args(["-c", &script]).status();
        let _ = self.0.wait();
    }
}
