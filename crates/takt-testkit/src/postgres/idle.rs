//! The tests' server ends by itself: whoever runs one test binary should not have to stop a database after it.
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// What the watch looks at.
pub struct Watched {
    /// The server's process id.
    pub pid: u32,
    /// How its processes begin their titles.
    pub title: String,
    /// A file touched by everyone who asks for a database.
    pub heartbeat: PathBuf,
    /// Held while the server is started or stopped.
    pub lock: PathBuf,
}

/// Ends with the server, and stops it after ten minutes in which nobody asked for a database and no client is
/// connected. Under the lock it looks again, so that it never stops what a test just found running; the
/// bracketed digit keeps the search from finding itself.
const SCRIPT: &str = r#"
while ! timeout 30 tail -f --pid="$PID" /dev/null; do
  [ -z "$(find "$HEARTBEAT" -mmin -10)" ] || continue
  [ -z "$(grep -lsa "^postgres: $TITLE: .*[1]27\.0\.0\.1(" /proc/[0-9]*/cmdline)" ] || continue
  flock "$LOCK" sh -c '[ -n "$(find "$HEARTBEAT" -mmin -10)" ] || kill -INT "$PID"'
done
"#;

/// Leaves the watch running in the background, in a process group of its own.
pub fn watch(watched: &Watched) -> Result<()> {
    let mut shell = Command::new("sh");
    shell.args(["-c", SCRIPT]).current_dir("/").process_group(0);
    shell.env("PID", watched.pid.to_string()).env("TITLE", &watched.title);
    shell.env("HEARTBEAT", &watched.heartbeat).env("LOCK", &watched.lock);
    shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().context("cannot watch the test database")?;
    Ok(())
}
