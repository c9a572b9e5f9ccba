//! Request bodies: JSON under zstd, with a hard cap on what they may inflate to.

use std::io::Read;

use serde::{Serialize, de::DeserializeOwned};

/// Why a body was refused.
#[derive(Debug, thiserror::Error)]
pub enum BodyRefused {
    /// It inflates beyond the cap.
    #[error("the body inflates to more than {0} bytes")]
    TooLarge(usize),
    /// Not zstd, or cut off.
    #[error("the body is not a whole zstd frame: {0}")]
    NotZstd(std::io::Error),
    /// Not the JSON that was expected.
    #[error("the body is not the expected JSON: {0}")]
    NotJson(#[from] serde_json::Error),
}

/// Compression level: the fastest regular one; batches are small.
const LEVEL: i32 = 1;

/// JSON under zstd.
pub fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, BodyRefused> {
    let json = serde_json::to_vec(value)?;
    zstd::bulk::compress(&json, LEVEL).map_err(BodyRefused::NotZstd)
}

/// The other way, never holding more than `inflated_max` bytes.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8], inflated_max: usize) -> Result<T, BodyRefused> {
    let decoder = zstd::stream::read::Decoder::new(bytes).map_err(BodyRefused::NotZstd)?;
    let mut json = Vec::new();
    let room = u64::try_from(inflated_max).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(room).read_to_end(&mut json).map_err(BodyRefused::NotZstd)?;
    if json.len() > inflated_max {
        return Err(BodyRefused::TooLarge(inflated_max));
    }
    Ok(serde_json::from_slice(&json)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_refused_at_the_cap() {
        let bomb = pack(&"0".repeat(1_000_000)).unwrap();
        assert!(bomb.len() < 1_000);
        assert!(matches!(unpack::<String>(&bomb, 10_000), Err(BodyRefused::TooLarge(10_000))));
        assert_eq!(unpack::<String>(&bomb, 2_000_000).unwrap().len(), 1_000_000);
    }

    #[test]
    fn a_cut_frame_is_refused() {
        let whole = pack(&vec![1, 2, 3]).unwrap();
        assert!(unpack::<Vec<i32>>(&whole[..whole.len() - 2], 1_000).is_err());
        assert!(unpack::<Vec<i32>>(b"not zstd", 1_000).is_err());
    }
}
