//! Room for records: what is used, what is allowed, and when people are warned.

use rusqlite::Connection;

use crate::{error::StoreError, writing::Writing};

/// Room for records on this terminal, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageUse {
    /// Used by rows; freed pages do not count.
    pub used: u64,
    /// Allowed.
    pub quota: u64,
}

/// How much room is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Below half.
    Ok,
    /// From 50 %.
    Watch,
    /// From 80 %.
    Low,
    /// From 95 %.
    Critical,
    /// New local work is refused.
    Full,
}

impl StorageUse {
    /// Used of allowed, 0 and up.
    #[allow(clippy::cast_precision_loss)]
    pub fn ratio(self) -> f64 {
        if self.quota == 0 { 1.0 } else { self.used as f64 / self.quota as f64 }
    }

    /// What to tell people.
    pub fn level(self) -> Level {
        match self.ratio() {
            full if full >= 1.0 => Level::Full,
            critical if critical >= 0.95 => Level::Critical,
            low if low >= 0.8 => Level::Low,
            watch if watch >= 0.5 => Level::Watch,
            _ => Level::Ok,
        }
    }
}

impl Writing<'_> {
    /// How much room is left, this transaction included.
    pub fn storage(&self) -> Result<StorageUse, StoreError> {
        Ok(StorageUse { used: used(self.conn)?, quota: self.quota_bytes })
    }
}

/// Bytes in pages that hold something.
pub(crate) fn used(conn: &Connection) -> Result<u64, StoreError> {
    let pragma = |name| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let pages = pragma("page_count")? - pragma("freelist_count")?;
    Ok(u64::try_from(pages * pragma("page_size")?).unwrap_or(0))
}
