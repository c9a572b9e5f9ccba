//! How to reach one cluster: its port and passwords, remembered in a file only its owner reads.
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

/// Below the ports Linux hands to outgoing connections.
const PORTS: std::ops::Range<u16> = 15432..16432;
/// The superuser of our clusters.
pub const ADMINISTRATOR: &str = "takt_admin";
/// The role the server runs as: no superuser, bound by row-level security.
pub const APPLICATION: &str = "takt_app";

/// The content of `target/takt/<cluster>.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// TCP port on 127.0.0.1.
    pub port: u16,
    /// Of [`ADMINISTRATOR`].
    pub administrator_password: String,
    /// Of [`APPLICATION`].
    pub application_password: String,
}

impl Connection {
    /// New passwords and a free port.
    pub fn generate() -> Result<Self> {
        Ok(Self {
            port: free_port()?,
            administrator_password: new_password(),
            application_password: new_password(),
        })
    }

    /// `None` when there is no such file.
    pub fn load(file: &Path) -> Result<Option<Self>> {
        match fs::read_to_string(file) {
            Ok(text) => Ok(Some(
                serde_json::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?,
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    /// Written beside and renamed, so that no reader sees half of it.
    pub fn save(&self, file: &Path) -> Result<()> {
        let beside = file.with_extension("json.new");
        let _ = fs::remove_file(&beside);
        let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        new.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        fs::rename(&beside, file).with_context(|| format!("cannot write {}", file.display()))
    }

    /// The administrator's URL of `database`.
    pub fn administrator_url(&self, database: &str) -> Result<Url> {
        self.url(ADMINISTRATOR, &self.administrator_password, database)
    }

    fn url(&self, role: &str, password: &str, database: &str) -> Result<Url> {
        Ok(Url::parse(&format!("postgres://{role}:{password}@127.0.0.1:{}/{database}", self.port))?)
    }
}

/// 122 random bits, safe in URLs and SQL.
pub fn new_password() -> String {
    Uuid::new_v4().simple().to_string()
}

/// A port nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    let start = Uuid::new_v4().as_u128() % (PORTS.len() as u128);
    let from = PORTS.start + u16::try_from(start)?;
    for port in (from..PORTS.end).chain(PORTS.start..from) {
        if is_free(port) {
            return Ok(port);
        }
    }
    bail!("no free TCP port on 127.0.0.1 from {} to {}", PORTS.start, PORTS.end - 1)
}

/// Whether `port` could be listened on.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_saved_connection_is_read_back_and_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cluster.json");
        assert_eq!(Connection::load(&file).unwrap(), None);
        let connection = Connection::generate().unwrap();
        connection.save(&file).unwrap();
        assert_eq!(Connection::load(&file).unwrap(), Some(connection));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_taken_port_is_not_free() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        assert!(!is_free(taken.local_addr().unwrap().port()));
    }
}
