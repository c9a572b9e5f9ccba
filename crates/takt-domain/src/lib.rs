//! The shop floor's vocabulary and its rules; pure
