//! What checks a PIN offline: the PIN's hash under the device's pepper, never the hash itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;
use takt_wire::row::PinVerifier;

use crate::db::mirror::Mirrored;
use crate::keys::peppered;

/// The body of a row, with the verifier of its PIN if it has one.
pub fn with_verifier(row: Mirrored, pepper: &[u8; 32]) -> Value {
    let mut body = row.body;
    let verifier = row.pin_hash.as_deref().and_then(|phc| verifier(phc, pepper));
    if let (Some(verifier), Value::Object(fields)) = (verifier, &mut body) {
        fields.insert("pin".to_owned(), serde_json::to_value(verifier).unwrap_or_default());
    }
    body
}

/// Splits a PHC string into its parameters with salt, and its hash under the pepper.
fn verifier(phc: &str, pepper: &[u8; 32]) -> Option<PinVerifier> {
    let (params, hash) = phc.rsplit_once('$')?;
    let hash = STANDARD_NO_PAD.decode(hash).ok()?;
    params
        .starts_with("$argon2id$")
        .then(|| PinVerifier { params: params.to_owned(), verifier: hex::encode(peppered(pepper, &hash)) })
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};

    use super::*;

    #[test]
    fn a_terminal_can_check_a_pin_with_it() {
        let params = Params::new(64, 1, 1, Some(32)).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let phc = argon2.hash_password(b"2468").unwrap().to_string();
        let found = verifier(&phc, &[5; 32]).unwrap();
        assert!(!phc.ends_with(&found.verifier) && phc.starts_with(&found.params));

        let salt = STANDARD_NO_PAD.decode(found.params.rsplit_once('$').unwrap().1).unwrap();
        let mut hash = [0; 32];
        argon2.hash_password_into(b"2468", &salt, &mut hash).unwrap();
        assert_eq!(hex::encode(peppered(&[5; 32], &hash)), found.verifier);
        assert_ne!(hex::encode(peppered(&[6; 32], &hash)), found.verifier, "another device's pepper");
    }

    #[test]
    fn what_is_no_argon2id_is_not_told() {
        for phc in ["", "$", "$argon2i$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA", "plain", "$argon2id$x$!!"] {
            assert_eq!(verifier(phc, &[0; 32]), None, "{phc:?}");
        }
    }
}
