//! From pixels and key strokes to symbols, from symbols to meaning; label drawing the other way.
//!
//! What it is: pure functions from what a device delivered to what it says. Four doors:
//!
//! - [`decode`]: the bytes of a picture → the [`Symbol`]s in it;
//! - [`wedge`]: the key strokes of a keyboard-wedge scanner → the text it sent;
//! - [`meaning`]: that text → badge, work order, machine, command card … or a typed refusal;
//! - [`label`]: text → a QR code to print or to show.
//!
//! What it is not: it looks nothing up (whether an order exists is the station's question), hashes no
//! badge, keeps no state between scans, and never panics on what a device delivers.
//!
//! Begin with [`meaning::meaning_of`]; every other door leads there.

pub mod decode;
pub mod label;
pub mod meaning;
mod symbol;
pub mod wedge;

pub use decode::{UnreadableImage, read_image};
pub use label::{UnprintableLabel, qr_png, qr_svg};
pub use meaning::{Command, Enrolment, LabelKind, Meaning, Refusal, encode, meaning_of};
pub use symbol::{Symbol, Symbology};
pub use wedge::{BURST_RULE, Burst, BurstRule, Stroke, Terminator, split_bursts, text_of};
