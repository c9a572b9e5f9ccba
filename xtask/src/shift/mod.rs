//! The scripted shift: the real window under Xvfb, driven by key events like a wedge scanner, compared with
//! PostgreSQL in the end.
use anyhow::{Result, bail};

use crate::build::Programs;

/// Plays the whole shift and prints its table.
pub async fn run(_programs: &Programs) -> Result<()> {
    bail!("the scripted shift cannot be played yet: its script follows the screens")
}
