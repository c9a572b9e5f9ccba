//! Keyboard-wedge scanners: the key strokes of a burst to the text the scanner sent.
//!
//! The page recognises a burst by [`BURST_RULE`], swallows its strokes and hands them over raw; what they
//! say is decided here. The text is read twice: by the `key` values, right when scanner and host agree on
//! the keyboard layout, and by the positions of the keys on a US keyboard, right when the scanner was left
//! at its factory setting. [`crate::meaning::meaning_of_burst`] chooses.

mod keypad;
mod layout;
mod reading;
mod rule;

pub use reading::{split_bursts, text_of};
pub use rule::{
    BURST_GAP_MS_MAX, BURST_LENGTH_MAX, BURST_LENGTH_MIN, BURST_RULE, BURST_SETTLE_MS, BurstRule, is_burst,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One `keydown` as the browser reports it, auto-repeats left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct Stroke {
    /// `KeyboardEvent.key`: what the host's layout makes of it.
    pub key: String,
    /// `KeyboardEvent.code`: where the key sits.
    pub code: String,
    /// `KeyboardEvent.timeStamp` in milliseconds, from any origin.
    pub t_ms: f64,
    /// Shift is held.
    pub shift: bool,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// `getModifierState("AltGraph")`.
    pub altgr: bool,
}

/// The key with which a scanner ends a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Terminator {
    /// Carriage return or line feed.
    Enter,
    /// Horizontal tab.
    Tab,
}

/// What a run of strokes says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Burst {
    /// The text by the host's layout. A terminator with text after it stays inside as LF or HT.
    pub text: String,
    /// The text by key positions on a US keyboard, where it differs.
    pub by_position: Option<String>,
    /// How the burst ended.
    pub terminator: Option<Terminator>,
    /// From the first to the last stroke, in milliseconds.
    pub duration_ms: f64,
    /// The longest pause between two strokes, in milliseconds.
    pub gap_ms_max: f64,
    /// Dead or unprintable keys stood where a US keyboard prints: the host's layout (or NumLock) does not
    /// fit the scanner. `text` holds what a US keyboard would print there.
    pub layout_mismatch: bool,
    /// Strokes that carry no text and are no modifiers (arrows, function keys).
    pub ignored: usize,
}
