//! Why the station did not do what it was asked: rules by code, the store's troubles by what a
//! person can do about them.

use std::fmt::Display;

use takt_store::StoreError;

use crate::view::Refusal;

/// A use case was refused, or could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// A rule says no.
    #[error("refused: {}", .0.code)]
    Rule(Refusal),
    /// The database says no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refusal {
    /// A refusal without figures.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), params: std::collections::BTreeMap::new() }
    }

    /// With one more figure for its words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// A rule says no.
pub(crate) fn refuse<T>(code: &str) -> Result<T, Refused> {
    Err(Refused::Rule(Refusal::new(code)))
}

impl Refused {
    /// What the UI shows of it.
    pub(crate) fn shown(self) -> Refusal {
        match self {
            Self::Rule(refusal) => refusal,
            Self::Store(StoreError::StorageFull) => Refusal::new("storage_full"),
            Self::Store(StoreError::EventTooLarge { bytes, max }) => {
                Refusal::new("event_too_large").with("bytes", bytes).with("max", max)
            }
            Self::Store(error) => {
                tracing::error!(%error, "the local database failed");
                Refusal::new("internal").with("what", error)
            }
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Rule(refusal)
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        refused.shown()
    }
}
