//! A wedge scanner: key events to whatever window has the focus, faster than any hand, Enter at the end. And a hand
//! on the keyboard beside it.
use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use super::display::AHEAD;

/// A key every 4 ms, as a common scanner is set: xdotool waits half of what it is told.
const SCANNER_DELAY_MS: &str = "8";
/// A key every 110 ms, as somebody who types well.
const HAND_DELAY_MS: &str = "220";

/// Scanner and keyboard plugged into one display.
pub struct Wedge {
    display: String,
}

impl Wedge {
    /// Plugs them in.
    pub fn at(display: &str) -> Self {
        Self { display: display.to_owned() }
    }

    /// Gives the terminal's window the keyboard; without a window manager nobody else does.
    pub async fn focus(&self, title: &str) -> Result<()> {
        let pattern = format!("^{title}$");
        self.xdotool(&["search", "--sync", "--onlyvisible", "--name", &pattern, "windowfocus", "--sync"])
            .await
    }

    /// Reads a code: its characters, then Enter.
    pub async fn scan(&self, code: &str) -> Result<()> {
        self.xdotool(&["type", "--delay", SCANNER_DELAY_MS, "--args", "1", code, "key", "Return"]).await
    }

    /// Types as a person does.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.xdotool(&["type", "--delay", HAND_DELAY_MS, text]).await
    }

    async fn xdotool(&self, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new("sh");
        command.args(["-c", AHEAD, "sh", "xdotool"]).args(arguments);
        command.env("DISPLAY", &self.display).kill_on_drop(true);
        let output = command.output().await.context("cannot start xdotool")?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(output.status.success(), "xdotool {} failed: {said}", arguments[0]);
        Ok(())
    }
}
