//! The terminal's configuration: environment variables, read once at start. The only place that
//! names them.

use std::{ffi::OsString, fmt, net::IpAddr, path::PathBuf};

use reqwest::Url;

/// Used when `TAKT_QUOTA_MB` is not set.
const QUOTA_MB_DEFAULT: u64 = 2_048;
/// Less holds no shift's work, more than a terabyte is a typing error.
const QUOTA_MB_RANGE: std::ops::RangeInclusive<u64> = 16..=1_048_576;

/// What the terminal was told at start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where database and keys live: `TAKT_HOME`, else the platform's data folder.
    pub home: PathBuf,
    /// Proposed server: `TAKT_SERVER`.
    pub server: Option<ServerUrl>,
    /// Code to enrol with at the first start, without asking: `TAKT_ENROL_CODE`.
    pub enrol_code: Option<String>,
    /// Bytes the database may use: `TAKT_QUOTA_MB` mebibytes.
    pub quota_bytes: u64,
    /// While this file exists no network is used: `TAKT_NETWORK_CUT`, for tests and training.
    pub network_cut: Option<PathBuf>,
}

/// A variable that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} is {value:?}, expected {expected}")]
pub struct ConfigRefused {
    /// Which variable.
    pub variable: &'static str,
    /// What it holds.
    pub value: String,
    /// What it should hold.
    pub expected: &'static str,
}

impl Config {
    /// Reads the process's environment.
    pub fn from_env() -> Result<Self, ConfigRefused> {
        Self::read(|variable| std::env::var_os(variable))
    }

    /// Reads variables from anywhere; an empty one counts as not set.
    pub fn read(env: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigRefused> {
        let set = |variable: &str| env(variable).filter(|value| !value.is_empty());
        let text =
            |variable: &'static str, expected: &'static str| match set(variable).map(OsString::into_string) {
                None => Ok(None),
                Some(Ok(text)) => Ok(Some(text.trim().to_owned())),
                Some(Err(raw)) => {
                    Err(ConfigRefused { variable, value: raw.to_string_lossy().into_owned(), expected })
                }
            };
        let home = match set("TAKT_HOME") {
            Some(home) => PathBuf::from(home),
            None => data_folder(&set)?,
        };
        if home.is_relative() {
            let value = home.display().to_string();
            return Err(ConfigRefused { variable: "TAKT_HOME", value, expected: "an absolute path" });
        }
        let server = text("TAKT_SERVER", ServerUrl::EXPECTED)?;
        Ok(Self {
            home,
            server: server.map(|url| ServerUrl::parse(&url)).transpose()?,
            enrol_code: text("TAKT_ENROL_CODE", "an enrolment code")?,
            quota_bytes: quota_bytes(text("TAKT_QUOTA_MB", QUOTA_EXPECTED)?)?,
            network_cut: set("TAKT_NETWORK_CUT").map(PathBuf::from),
        })
    }
}

const QUOTA_EXPECTED: &str = "a number of mebibytes from 16 to 1048576";

fn quota_bytes(text: Option<String>) -> Result<u64, ConfigRefused> {
    let Some(text) = text else { return Ok(QUOTA_MB_DEFAULT * 1024 * 1024) };
    match text.parse() {
        Ok(mb) if QUOTA_MB_RANGE.contains(&mb) => Ok(mb * 1024 * 1024),
        _ => Err(ConfigRefused { variable: "TAKT_QUOTA_MB", value: text, expected: QUOTA_EXPECTED }),
    }
}

#[cfg(windows)]
fn data_folder(set: &dyn Fn(&str) -> Option<OsString>) -> Result<PathBuf, ConfigRefused> {
    set("LOCALAPPDATA").map(|folder| PathBuf::from(folder).join("Takt")).ok_or_else(no_home)
}

#[cfg(target_os = "macos")]
fn data_folder(set: &dyn Fn(&str) -> Option<OsString>) -> Result<PathBuf, ConfigRefused> {
    set("HOME").map(|home| PathBuf::from(home).join("Library/Application Support/Takt")).ok_or_else(no_home)
}

#[cfg(not(any(windows, target_os = "macos")))]
fn data_folder(set: &dyn Fn(&str) -> Option<OsString>) -> Result<PathBuf, ConfigRefused> {
    let xdg = set("XDG_DATA_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = || set("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    xdg.or_else(home).map(|folder| folder.join("takt")).ok_or_else(no_home)
}

fn no_home() -> ConfigRefused {
    let expected = "a folder for the terminal's data, as no home folder is known";
    ConfigRefused { variable: "TAKT_HOME", value: String::new(), expected }
}

/// Where a server is: https anywhere, plain http on this machine only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerUrl(Url);

impl ServerUrl {
    const EXPECTED: &str = "an address like https://takt.example.org, or http on this machine";

    /// Reads an address as typed or scanned; without a scheme it is https.
    pub fn parse(text: &str) -> Result<Self, ConfigRefused> {
        let refused = || ConfigRefused {
            variable: "TAKT_SERVER",
            value: text.chars().take(200).collect(),
            expected: Self::EXPECTED,
        };
        let text = text.trim();
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&whole).map_err(|_| refused())?;
        let plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
        let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
        if plain && safe && url.has_host() { Ok(Self(url)) } else { Err(refused()) }
    }

    /// The address of one of its paths.
    pub(crate) fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigRefused> {
        Config::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn nothing_but_a_home_is_needed() {
        let config = read(&[("TAKT_HOME", "/var/lib/takt")]).unwrap();
        assert_eq!(config.home, PathBuf::from("/var/lib/takt"));
        assert_eq!(config.quota_bytes, 2 * 1024 * 1024 * 1024);
        assert_eq!((config.server, config.enrol_code), (None, None));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_platform_says_where_data_lives() {
        assert_eq!(
            read(&[("HOME", "/home/kiosk")]).unwrap().home,
            PathBuf::from("/home/kiosk/.local/share/takt")
        );
        assert_eq!(
            read(&[("HOME", "/h"), ("XDG_DATA_HOME", "/data")]).unwrap().home,
            PathBuf::from("/data/takt")
        );
        assert_eq!(read(&[]).unwrap_err().variable, "TAKT_HOME");
    }

    #[test]
    fn every_bad_value_is_named() {
        let bad = [
            ("TAKT_HOME", "relative/folder"),
            ("TAKT_SERVER", "http://plant.example.org"),
            ("TAKT_SERVER", "ftp://127.0.0.1"),
            ("TAKT_SERVER", "https://user@host"),
            ("TAKT_SERVER", "https://host/path"),
            ("TAKT_QUOTA_MB", "15"),
            ("TAKT_QUOTA_MB", "two"),
            ("TAKT_QUOTA_MB", "-3"),
        ];
        for (variable, value) in bad {
            let refused = read(&[("HOME", "/h"), (variable, value)]).unwrap_err();
            assert_eq!((refused.variable, refused.value.as_str()), (variable, value));
            assert!(refused.to_string().contains(value));
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in ["http://127.0.0.1:8080", "http://[::1]:9", "http://localhost:8080/", "takt.example.org"]
        {
            assert!(ServerUrl::parse(good).is_ok(), "{good}");
        }
        assert_eq!(ServerUrl::parse(" takt.example.org ").unwrap().to_string(), "https://takt.example.org");
    }
}
