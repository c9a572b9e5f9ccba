//! One-time codes that let a terminal enrol: twelve signs that cannot be misread, known to the
//! database by their hash only.

use sha2::{Digest, Sha256};

/// 32 signs without I, O, 0 and 1.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Signs of a code: 60 bits.
const LENGTH: usize = 12;
/// How long a code may be redeemed.
pub const MINUTES_VALID: i64 = 15;

/// A code from random bytes, as `XXXX-XXXX-XXXX`.
pub fn code(random: [u8; LENGTH]) -> String {
    let signs: Vec<char> = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    signs.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What of a code matters: neither case nor dashes nor blanks.
pub fn plain(code: &str) -> String {
    let signs: String = code.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    signs.to_ascii_uppercase()
}

/// The hash under which a code is known.
pub fn hash(code: &str) -> [u8; 32] {
    Sha256::digest(plain(code)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_dashes_do_not_matter() {
        let code = code([0, 1, 2, 3, 31, 32, 33, 255, 8, 9, 10, 11]);
        assert_eq!(code, "2345-Z23Z-ABCD");
        assert_eq!(hash(&code), hash("2345z23z abcd"));
        assert_ne!(hash(&code), hash("2345z23zabcE"));
    }
}
