//! Checking a PIN offline: argon2id of what was typed, under this device's pepper.

use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use takt_wire::row::PinVerifier;

/// Bytes of the argon2id hash.
const HASH_BYTES: usize = 32;

/// Why a verifier cannot be used: the mirror or this device's secret is not as it should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VerifierUnusable {
    #[error("the parameters of the PIN cannot be read: {0}")]
    Parameters(String),
    #[error("the PIN cannot be hashed: {0}")]
    Hash(argon2::Error),
    #[error("this device has no pepper")]
    PepperMissing,
}

/// Whether this is the person's PIN. Takes some tens of milliseconds, on purpose.
pub(crate) fn matches(
    verifier: &PinVerifier,
    pin: &str,
    pepper: Option<&[u8]>,
) -> Result<bool, VerifierUnusable> {
    let pepper = pepper.ok_or(VerifierUnusable::PepperMissing)?;
    let unreadable = |e: &dyn std::fmt::Display| VerifierUnusable::Parameters(e.to_string());
    let phc = PasswordHash::new(&verifier.params).map_err(|e| unreadable(&e))?;
    let params = Params::try_from(&phc).map_err(|e| unreadable(&e))?;
    let salt = phc.salt.ok_or_else(|| unreadable(&"there is no salt"))?;
    let expected = hex::decode(&verifier.verifier).map_err(|e| unreadable(&e))?;
    let mut hash = [0; HASH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt.as_ref(), &mut hash)
        .map_err(VerifierUnusable::Hash)?;
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(pepper).map_err(|_| VerifierUnusable::PepperMissing)?;
    mac.update(&hash);
    Ok(mac.verify_slice(&expected).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_pin_under_the_right_pepper_matches() {
        let params = "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ";
        let mut hash = [0; HASH_BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap())
            .hash_password_into(b"2468", b"saltsalt", &mut hash)
            .unwrap();
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(b"pepper").unwrap();
        mac.update(&hash);
        let verifier = hex::encode(mac.finalize().into_bytes());
        let verifier = PinVerifier { params: params.to_owned(), verifier };
        assert!(matches(&verifier, "2468", Some(b"pepper")).unwrap());
        assert!(!matches(&verifier, "2469", Some(b"pepper")).unwrap());
        assert!(!matches(&verifier, "2468", Some(b"salt")).unwrap());
        assert!(matches(&verifier, "2468", None).is_err());
    }
}
