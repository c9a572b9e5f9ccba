//! What proves that this terminal is this terminal: an Ed25519 key that never leaves it, and the
//! pepper of the PIN verifiers, each in a file of its own beside the database and not in it.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer, SigningKey};

/// The key's file in the terminal's folder.
const KEY_FILE: &str = "device.key";
/// The pepper's file.
const PEPPER_FILE: &str = "pin.pepper";

/// Why identity cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file holds something else. It is left as it is: a new key would need a new enrolment.
    #[error("{0} does not hold what it should")]
    Unreadable(PathBuf),
}

/// The terminal's key and secrets.
#[derive(Clone)]
pub struct Identity {
    key: SigningKey,
    folder: PathBuf,
}

impl Identity {
    /// Reads the key, making one at the first start. `fresh` is random.
    pub fn open(folder: &Path, fresh: impl FnOnce() -> [u8; 32]) -> Result<Self, IdentityError> {
        let path = folder.join(KEY_FILE);
        let seed = match read(&path)? {
            Some(text) => decode(&text).and_then(|seed| seed.try_into().ok()),
            None => {
                let seed = fresh();
                write_secret(&path, &STANDARD.encode(seed))?;
                Some(seed)
            }
        };
        let seed: [u8; 32] = seed.ok_or(IdentityError::Unreadable(path))?;
        Ok(Self { key: SigningKey::from_bytes(&seed), folder: folder.to_path_buf() })
    }

    /// The public half, base64.
    pub fn public_key(&self) -> String {
        STANDARD.encode(self.key.verifying_key().as_bytes())
    }

    /// A signature over a server's nonce, base64.
    pub fn sign(&self, nonce: &str) -> String {
        STANDARD.encode(self.key.sign(nonce.as_bytes()).to_bytes())
    }

    /// The pepper of this device's PIN verifiers; none before enrolment.
    pub fn pepper(&self) -> Result<Option<Vec<u8>>, IdentityError> {
        let path = self.folder.join(PEPPER_FILE);
        let Some(text) = read(&path)? else { return Ok(None) };
        decode(&text).map(Some).ok_or(IdentityError::Unreadable(path))
    }

    /// Keeps the pepper the server gave at enrolment, base64.
    pub fn keep_pepper(&self, base64: &str) -> Result<(), IdentityError> {
        let path = self.folder.join(PEPPER_FILE);
        decode(base64).ok_or_else(|| IdentityError::Unreadable(path.clone()))?;
        write_secret(&path, base64)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.trim()).ok()
}

fn read(path: &Path) -> Result<Option<String>, IdentityError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IdentityError::File { path: path.to_path_buf(), error }),
    }
}

/// Whole or not at all, and for this user only.
fn write_secret(path: &Path, text: &str) -> Result<(), IdentityError> {
    let draft = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = private(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&draft, path)?;
        sync_folder(path)
    };
    write().map_err(|error| IdentityError::File { path: path.to_path_buf(), error })
}

#[cfg(unix)]
fn private(path: &Path) -> io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    let _ = std::fs::remove_file(path);
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

/// Elsewhere the folder of the user's own data is private already.
#[cfg(not(unix))]
fn private(path: &Path) -> io::Result<std::fs::File> {
    std::fs::File::create(path)
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, Verifier};

    use super::*;

    #[test]
    fn the_key_survives_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = Identity::open(folder.path(), || [7; 32]).unwrap();
        let again = Identity::open(folder.path(), || [8; 32]).unwrap();
        assert_eq!(first.public_key(), again.public_key());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_signature_verifies_with_the_public_half() {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::open(folder.path(), || [7; 32]).unwrap();
        let signature = Signature::from_slice(&STANDARD.decode(identity.sign("nonce")).unwrap()).unwrap();
        identity.key.verifying_key().verify(b"nonce", &signature).unwrap();
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(KEY_FILE), "nonsense").unwrap();
        let refused = Identity::open(folder.path(), || [7; 32]).err().unwrap();
        assert!(matches!(refused, IdentityError::Unreadable(_)), "{refused}");
        assert_eq!(std::fs::read_to_string(folder.path().join(KEY_FILE)).unwrap(), "nonsense");
    }

    #[test]
    fn the_pepper_is_kept_beside_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::open(folder.path(), || [7; 32]).unwrap();
        assert_eq!(identity.pepper().unwrap(), None);
        identity.keep_pepper("cGVwcGVy").unwrap();
        assert_eq!(identity.pepper().unwrap(), Some(b"pepper".to_vec()));
        assert!(identity.keep_pepper("not base64!").is_err());
    }
}
