//! The other way: text to a QR code that a printer or a screen shows.
//!
//! Error correction level M, a quiet zone of four modules, black on white whatever the theme around it.

use fast_qr::{ECL, QRBuilder, QRCode};
use image::{GrayImage, ImageFormat, Luma};
use std::fmt::Write as _;
use std::io::Cursor;
use thiserror::Error;

/// Width of the white border on each side, in modules (ISO/IEC 18004 asks for four).
pub const QUIET_ZONE_MODULES: usize = 4;
/// The largest scale of [`qr_png`], in pixels per module.
pub const PNG_SCALE_MAX: u32 = 32;

/// Why a text cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnprintableLabel {
    /// There is nothing to draw.
    #[error("there is no text to draw")]
    Empty,
    /// More than a QR code of level M holds (2,331 bytes; more when all are digits).
    #[error("{len} bytes are too many for a QR code")]
    TooLong {
        /// Length of the text in bytes.
        len: usize,
    },
    /// Not within 1 to [`PNG_SCALE_MAX`].
    #[error("a scale of {scale} pixels per module is outside 1 to {PNG_SCALE_MAX}")]
    Scale {
        /// The scale asked for.
        scale: u32,
    },
    /// The PNG encoder refused.
    #[error("the picture could not be written: {detail}")]
    Picture {
        /// What the encoder said; for the log.
        detail: String,
    },
}

/// A QR code as a complete SVG document without styles, scripts or colours from outside.
///
/// One user unit is one module; it has no width or height of its own and fills the box it is put in.
///
/// # Errors
/// [`UnprintableLabel::Empty`] or [`UnprintableLabel::TooLong`].
pub fn qr_svg(text: &str) -> Result<String, UnprintableLabel> {
    let code = code_of(text)?;
    let side = code.size + 2 * QUIET_ZONE_MODULES;
    let mut path = String::new();
    for y in 0..code.size {
        for (x, length) in dark_runs(&code, y) {
            let (x, y) = (x + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES);
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#ffffff\"/>\
         <path d=\"{path}\" fill=\"#000000\"/></svg>"
    ))
}

/// A QR code as an 8-bit gray PNG with `scale` pixels per module.
///
/// # Errors
/// [`UnprintableLabel`], each variant says when.
pub fn qr_png(text: &str, scale: u32) -> Result<Vec<u8>, UnprintableLabel> {
    if !(1..=PNG_SCALE_MAX).contains(&scale) {
        return Err(UnprintableLabel::Scale { scale });
    }
    let code = code_of(text)?;
    let side = (code.size + 2 * QUIET_ZONE_MODULES) as u32 * scale;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / scale) as usize, (y / scale) as usize);
        Luma([if is_dark(&code, x, y) { 0 } else { 255 }])
    });
    let mut png = Cursor::new(Vec::new());
    picture
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|error| UnprintableLabel::Picture { detail: error.to_string() })?;
    Ok(png.into_inner())
}

fn code_of(text: &str) -> Result<QRCode, UnprintableLabel> {
    if text.is_empty() {
        return Err(UnprintableLabel::Empty);
    }
    QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| UnprintableLabel::TooLong { len: text.len() })
}

/// Dark modules of one row as (first column, number of columns).
fn dark_runs(code: &QRCode, y: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, module) in code[y].iter().enumerate() {
        match runs.last_mut() {
            _ if !module.value() => {}
            Some((first, length)) if *first + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

/// Whether a module is dark, counted with the quiet zone.
fn is_dark(code: &QRCode, x: usize, y: usize) -> bool {
    let inside = QUIET_ZONE_MODULES..QUIET_ZONE_MODULES + code.size;
    inside.contains(&x) && inside.contains(&y) && code[y - QUIET_ZONE_MODULES][x - QUIET_ZONE_MODULES].value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_is_black_on_white_and_needs_nothing_from_outside() {
        let svg = qr_svg("WO:WO-4711*0000").unwrap();
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
        assert!(!svg.contains("currentColor") && !svg.contains("style"), "{svg}");
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_by_name() {
        assert_eq!(qr_svg(""), Err(UnprintableLabel::Empty));
        assert_eq!(qr_svg(&"a".repeat(2332)), Err(UnprintableLabel::TooLong { len: 2332 }));
        assert!(qr_svg(&"a".repeat(2331)).is_ok());
        assert_eq!(qr_png("a", 0), Err(UnprintableLabel::Scale { scale: 0 }));
        assert_eq!(qr_png("a", 33), Err(UnprintableLabel::Scale { scale: 33 }));
    }
}
