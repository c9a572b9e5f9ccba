//! The store itself: one writer, readers that never wait for it, and word of every change.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use rusqlite::{Connection, TransactionBehavior};

use crate::{
    error::StoreError,
    install, open,
    reading::Reading,
    storage::{self, StorageUse},
    writing::Writing,
};

/// Read connections kept open between reads.
const READERS_IDLE_MAX: usize = 4;

/// How a store behaves.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// Bytes the database may use before new local work is refused; see [`StoreError::StorageFull`].
    pub quota_bytes: u64,
    /// Pages SQLite itself may use, as on a disk of that size; none = as much as there is.
    pub page_count_max: Option<u32>,
}

impl Default for StoreOptions {
    /// 2 GiB.
    fn default() -> Self {
        Self { quota_bytes: 2 * 1024 * 1024 * 1024, page_count_max: None }
    }
}

/// The station's database. Cheap to clone; every clone is the same database.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

type Listener = Box<dyn Fn(u64) + Send + Sync>;

struct Inner {
    path: PathBuf,
    options: StoreOptions,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    revision: AtomicU64,
    listeners: Mutex<Vec<Listener>>,
}

impl Store {
    /// Opens the database, making it where there is none and bringing its schema up to date.
    ///
    /// A database newer than this build is refused untouched ([`StoreError::Newer`]), a file that
    /// is no database of ours too ([`StoreError::Corrupt`]).
    pub fn open(path: impl AsRef<Path>, options: StoreOptions) -> Result<Self, StoreError> {
        let path = path.as_ref().to_path_buf();
        let mut conn = open::writer(&path)?;
        if let Some(pages) = options.page_count_max {
            conn.pragma_update(None, "max_page_count", pages)?;
        }
        install::ensure(&mut conn)?;
        let inner = Inner {
            path,
            options,
            writer: Mutex::new(conn),
            readers: Mutex::new(Vec::new()),
            revision: AtomicU64::new(0),
            listeners: Mutex::new(Vec::new()),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs `change` in one transaction: everything it did is durable when this returns `Ok`, and
    /// nothing of it exists when it returns `Err`. Listeners hear of it after the commit.
    ///
    /// One writer at a time; calling this from within `change` never returns.
    pub fn write<T, E>(&self, change: impl FnOnce(&mut Writing<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let (outcome, changed) = {
            let mut conn = lock(&self.inner.writer);
            let before = conn.total_changes();
            let tx =
                conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
            let outcome = change(&mut Writing::new(&tx, self.inner.options.quota_bytes))?;
            tx.commit().map_err(StoreError::from)?;
            (outcome, conn.total_changes() != before)
        };
        if changed {
            self.announce();
        }
        Ok(outcome)
    }

    /// Runs `look` on one consistent view of the database; never waits for a writer.
    pub fn read<T, E>(&self, look: impl FnOnce(&Reading<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let idle = lock(&self.inner.readers).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => open::reader(&self.inner.path)?,
        };
        let seen = {
            let view = conn.unchecked_transaction().map_err(StoreError::from)?;
            look(&Reading::new(&view))
        };
        let mut readers = lock(&self.inner.readers);
        if readers.len() < READERS_IDLE_MAX {
            readers.push(conn);
        }
        seen
    }

    /// Grows with every committed change since the store was opened.
    pub fn revision(&self) -> u64 {
        self.inner.revision.load(Ordering::Acquire)
    }

    /// Calls `listener` with the new revision after every commit that changed something, on the
    /// thread that wrote: be quick, and do not write from it. Revisions may arrive out of order.
    pub fn on_change(&self, listener: impl Fn(u64) + Send + Sync + 'static) {
        lock(&self.inner.listeners).push(Box::new(listener));
    }

    /// How much room is left.
    pub fn storage(&self) -> Result<StorageUse, StoreError> {
        let quota = self.inner.options.quota_bytes;
        self.read(|r| storage::used(r.conn).map(|used| StorageUse { used, quota }))
    }

    /// Reads every page and index: takes seconds on a large database, finds any damage.
    pub fn verify(&self) -> Result<(), StoreError> {
        self.read(|r| {
            let said: String = r.conn.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
            if said == "ok" { Ok(()) } else { Err(StoreError::Corrupt(said)) }
        })
    }

    fn announce(&self) {
        let revision = self.inner.revision.fetch_add(1, Ordering::AcqRel) + 1;
        for listener in lock(&self.inner.listeners).iter() {
            listener(revision);
        }
    }
}

/// A panic elsewhere rolled its transaction back: what the lock guards is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
