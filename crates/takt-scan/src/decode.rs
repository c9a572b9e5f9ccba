//! Still pictures: the bytes of a file to the symbols in it.
//!
//! zxing-cpp reads (feature `zxing`); where it finds nothing, or was not built, rqrr looks for QR codes.

#[cfg(feature = "zxing")]
mod engine;
mod picture;
mod qr_only;

pub use picture::{DECODED_BYTES_MAX, IMAGE_BYTES_MAX, IMAGE_PIXELS_MAX, UnreadableImage};

use crate::symbol::Symbol;
use image::GrayImage;

/// Every symbol in a picture given as the bytes of a PNG, JPEG, GIF, BMP, TIFF or WebP file.
///
/// Of an animation the first frame is looked at. A readable picture without a code is `Ok` and empty.
///
/// # Errors
/// [`UnreadableImage`] says what is wrong with the file; nothing in it can make this panic.
pub fn read_image(bytes: &[u8]) -> Result<Vec<Symbol>, UnreadableImage> {
    Ok(read_gray(&picture::gray_of(bytes)?))
}

/// Every symbol in a gray picture, 0 is black.
pub fn read_gray(picture: &GrayImage) -> Vec<Symbol> {
    #[cfg(feature = "zxing")]
    {
        let symbols = engine::read(picture);
        if !symbols.is_empty() {
            return symbols;
        }
    }
    qr_only::read(picture)
}

/// Bytes of a code as text when nobody states their character set: UTF-8 if they are, else Latin-1.
fn text_of_bytes(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_without_a_character_set_are_utf8_or_latin1() {
        assert_eq!(text_of_bytes("Prüfung".as_bytes()), "Prüfung");
        assert_eq!(text_of_bytes(b"Pr\xfcfung"), "Prüfung");
    }
}
