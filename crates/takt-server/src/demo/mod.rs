//! The demo plant.
use chrono::{DateTime, Utc};

/// `takt-server demo load`
pub async fn load_and_print(_admin_url: &str, _now: DateTime<Utc>) -> anyhow::Result<()> { anyhow::bail!("not yet") }
