//! The code with which a new station joins a plant.

use super::Refusal;
use std::fmt;

pub(super) const PREFIX: &str = "takt+enrol:";

/// Hexadecimal digits of a SHA-256 fingerprint.
const FINGERPRINT_DIGITS: usize = 64;

/// Where a station enrols and with what.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// `http://` or `https://` address of the server, without `|`.
    pub server_url: String,
    /// The one-time code, without `|`.
    pub code: String,
    /// SHA-256 of the server's certificate as 64 lower-case hexadecimal digits, where it is pinned.
    pub certificate_fingerprint: Option<String>,
}

impl Enrolment {
    /// Reads what follows the prefix.
    pub(super) fn parse(rest: &str) -> Result<Self, Refusal> {
        let mut parts = rest.split('|').map(str::trim);
        let (Some(url), Some(code), fingerprint, None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Refusal::DamagedEnrolment);
        };
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
        if host.is_empty() || url.contains(char::is_whitespace) || code.is_empty() {
            return Err(Refusal::DamagedEnrolment);
        }
        let certificate_fingerprint = fingerprint.map(fingerprint_of).transpose()?;
        Ok(Self { server_url: url.to_owned(), code: code.to_owned(), certificate_fingerprint })
    }
}

/// The text of the code.
impl fmt::Display for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}|{}", self.server_url, self.code)?;
        match &self.certificate_fingerprint {
            Some(fingerprint) => write!(f, "|{fingerprint}"),
            None => Ok(()),
        }
    }
}

/// The one-time code stays out of logs.
impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrolment").field("server_url", &self.server_url).finish_non_exhaustive()
    }
}

/// Written with or without colons, in either case.
fn fingerprint_of(text: &str) -> Result<String, Refusal> {
    let digits: String = text.chars().filter(|&it| it != ':').map(|it| it.to_ascii_lowercase()).collect();
    let whole = digits.len() == FINGERPRINT_DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if whole { Ok(digits) } else { Err(Refusal::DamagedEnrolment) }
}
