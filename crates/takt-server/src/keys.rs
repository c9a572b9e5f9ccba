//! Everything signed by the server: nonces, access tokens, cursors, and the peppers of PIN
//! verifiers. The secret is shared by all server processes through the database; each use has a
//! key of its own, derived by purpose, so that none can stand in for another.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use takt_domain::DeviceId;

/// How long a nonce may be signed.
const NONCE_SECONDS: i64 = 120;
/// How long an access token holds.
pub const TOKEN_MINUTES: i64 = 45;

/// The server's secrets: the first signs, all of them verify.
#[derive(Clone)]
pub struct Keys {
    secrets: Vec<Vec<u8>>,
}

/// A signed text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefused {
    /// Not made by this server, or altered.
    #[error("not signed by this server")]
    Foreign,
    /// Signed by us, too long ago.
    #[error("expired")]
    Expired,
}

/// What a nonce says.
#[derive(Debug, Serialize, Deserialize)]
struct Nonce {
    device: DeviceId,
    until: DateTime<Utc>,
    random: u64,
}

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Whose token it is.
    pub device: DeviceId,
    /// The [`fingerprint`] of the key it was given for.
    pub key: String,
    /// Until when it holds.
    pub until: DateTime<Utc>,
}

impl Keys {
    /// From the secrets in the database, newest first.
    pub fn new(secrets: Vec<Vec<u8>>) -> Self {
        Self { secrets }
    }

    /// A nonce for a device to sign.
    pub fn nonce(&self, device: DeviceId, now: DateTime<Utc>, random: u64) -> String {
        let until = now + TimeDelta::seconds(NONCE_SECONDS);
        self.seal("nonce", &Nonce { device, until, random })
    }

    /// Whether the nonce is ours, young, and this device's.
    pub fn check_nonce(
        &self,
        nonce: &str,
        device: DeviceId,
        now: DateTime<Utc>,
    ) -> Result<(), SignatureRefused> {
        let said: Nonce = self.open("nonce", nonce)?;
        match said {
            Nonce { device: theirs, .. } if theirs != device => Err(SignatureRefused::Foreign),
            Nonce { until, .. } if until < now => Err(SignatureRefused::Expired),
            Nonce { .. } => Ok(()),
        }
    }

    /// An access token for who holds this public key.
    pub fn token(&self, device: DeviceId, key: &[u8], now: DateTime<Utc>) -> (String, DateTime<Utc>) {
        let until = now + TimeDelta::minutes(TOKEN_MINUTES);
        (self.seal("token", &Claims { device, key: fingerprint(key), until }), until)
    }

    /// Whose token it is.
    pub fn check_token(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, SignatureRefused> {
        let claims: Claims = self.open("token", token)?;
        if claims.until < now { Err(SignatureRefused::Expired) } else { Ok(claims) }
    }

    /// Signs a value: `<base64 json>.<base64 mac>`.
    pub fn seal<T: Serialize>(&self, purpose: &str, value: &T) -> String {
        // Only maps with keys that are not text fail to serialise; none is sealed here.
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap_or_default());
        let mac =
            URL_SAFE_NO_PAD.encode(tag(self.signing(), purpose, body.as_bytes()).finalize().into_bytes());
        format!("{body}.{mac}")
    }

    /// Reads what [`Keys::seal`] signed for the same purpose.
    pub fn open<T: DeserializeOwned>(&self, purpose: &str, text: &str) -> Result<T, SignatureRefused> {
        let (body, mac) = text.split_once('.').ok_or(SignatureRefused::Foreign)?;
        let mac = URL_SAFE_NO_PAD.decode(mac).map_err(|_| SignatureRefused::Foreign)?;
        let ours = |secret: &Vec<u8>| tag(secret, purpose, body.as_bytes()).verify_slice(&mac).is_ok();
        if !self.secrets.iter().any(ours) {
            return Err(SignatureRefused::Foreign);
        }
        let json = URL_SAFE_NO_PAD.decode(body).map_err(|_| SignatureRefused::Foreign)?;
        serde_json::from_slice(&json).map_err(|_| SignatureRefused::Foreign)
    }

    /// The pepper of the PIN verifiers sent to one device.
    pub fn pin_pepper(&self, device: DeviceId) -> [u8; 32] {
        tag(self.signing(), "pin-pepper", device.to_string().as_bytes()).finalize().into_bytes().into()
    }

    fn signing(&self) -> &[u8] {
        self.secrets.first().map_or(&[], Vec::as_slice)
    }
}

fn tag(secret: &[u8], purpose: &str, bytes: &[u8]) -> Hmac<Sha256> {
    let mut mac = keyed(secret);
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(bytes);
    mac
}

/// HMAC-SHA256 takes keys of any length; a key it refused would sign nothing that verifies.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&[0; 64].into()))
}

/// What a token says of a public key: enough to tell it from the one before.
pub fn fingerprint(key: &[u8]) -> String {
    hex::encode(&Sha256::digest(key)[..16])
}

/// HMAC-SHA256 of bytes under a pepper.
pub fn peppered(pepper: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    let mut mac = keyed(pepper);
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_token_holds_for_its_time_and_its_server() {
        let keys = Keys::new(vec![vec![7; 32]]);
        let (token, until) = keys.token(DeviceId(3), &[1; 32], at(0));
        let claims = Claims { device: DeviceId(3), key: fingerprint(&[1; 32]), until };
        assert_eq!(keys.check_token(&token, at(60)).unwrap(), claims);
        assert_eq!(keys.check_token(&token, until + TimeDelta::seconds(1)), Err(SignatureRefused::Expired));
        assert_eq!(Keys::new(vec![vec![8; 32]]).check_token(&token, at(0)), Err(SignatureRefused::Foreign));
        let rotated = Keys::new(vec![vec![9; 32], vec![7; 32]]);
        assert!(rotated.check_token(&token, at(60)).is_ok(), "a retired key still verifies");
        for wrong in ["", ".", "a.b", "not a token", &token[1..], &format!("{token}A")] {
            assert_eq!(keys.check_token(wrong, at(0)), Err(SignatureRefused::Foreign), "{wrong:?}");
        }
    }

    #[test]
    fn a_nonce_is_no_token_and_no_other_devices() {
        let keys = Keys::new(vec![vec![7; 32]]);
        let nonce = keys.nonce(DeviceId(3), at(0), 1);
        assert!(keys.check_nonce(&nonce, DeviceId(3), at(119)).is_ok());
        assert_eq!(keys.check_nonce(&nonce, DeviceId(3), at(121)), Err(SignatureRefused::Expired));
        assert_eq!(keys.check_nonce(&nonce, DeviceId(4), at(0)), Err(SignatureRefused::Foreign));
        assert_eq!(keys.check_token(&nonce, at(0)), Err(SignatureRefused::Foreign));
    }
}
