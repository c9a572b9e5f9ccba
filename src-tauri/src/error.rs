//! Refusals that arise in the window itself, before the station is asked.

use takt_station::view::Refusal;

/// A call that no page of ours makes: the words say which, for the log.
pub fn malformed(what: &str) -> Refusal {
    tracing::error!(what, "a page sent a malformed call");
    Refusal { code: "internal".to_owned(), params: [("what".to_owned(), what.to_owned())].into() }
}
