//! What the station says after an act: the echo at the foot of every screen.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::{DateTime, Utc};

use crate::view::Refusal;
use crate::view::scan::{Echo, Tone};

/// The longest part of a code that is shown as read, in characters.
const RAW_CHARACTERS_MAX: usize = 80;

/// What was understood or done, before it has a number and a time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub tone: Tone,
    pub code: String,
    pub params: BTreeMap<String, String>,
}

/// Where an echo comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Source {
    /// `wedge`, `image`, `typed` or `touch`.
    pub name: String,
    /// The code as read; none of a badge.
    pub raw: Option<String>,
    /// Kind of the symbol, where there was one.
    pub symbology: Option<String>,
}

impl Said {
    /// Done.
    pub(crate) fn good(code: &str) -> Self {
        Self { tone: Tone::Good, code: code.to_owned(), params: BTreeMap::new() }
    }

    /// Understood; nothing to do, or a question.
    pub(crate) fn note(code: &str) -> Self {
        Self { tone: Tone::Note, ..Self::good(code) }
    }

    /// Refused.
    pub(crate) fn bad(refusal: Refusal) -> Self {
        Self { tone: Tone::Bad, code: refusal.code, params: refusal.params }
    }

    /// With one more figure for its words.
    pub(crate) fn with(mut self, name: &str, value: impl Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The echo with its number and time.
    pub(crate) fn echo(self, no: u64, source: Source, at: DateTime<Utc>) -> Echo {
        let raw = source.raw.map(|raw| raw.chars().take(RAW_CHARACTERS_MAX).collect());
        Echo {
            no,
            tone: self.tone,
            code: self.code,
            params: self.params,
            raw,
            symbology: source.symbology,
            source: source.name,
            at,
        }
    }
}

impl Source {
    /// A tap on the screen.
    pub(crate) fn touch() -> Self {
        Self { name: "touch".to_owned(), ..Self::default() }
    }
}
