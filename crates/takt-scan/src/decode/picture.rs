//! The bytes of a file to an upright gray picture, or what is wrong with them.

use image::error::LimitErrorKind;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;

/// The largest file taken, in bytes.
pub const IMAGE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// The largest picture taken, in pixels.
pub const IMAGE_PIXELS_MAX: u64 = 40_000_000;
/// The most memory a decoder may take for its output, in bytes: 40 million pixels of 16-bit RGB.
pub const DECODED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Why a file is not a picture that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnreadableImage {
    /// There are no bytes at all.
    #[error("the file is empty")]
    EmptyFile,
    /// More than [`IMAGE_BYTES_MAX`].
    #[error("the file has {len} bytes, at most {IMAGE_BYTES_MAX} are taken")]
    FileTooLarge {
        /// Its length in bytes.
        len: usize,
    },
    /// The bytes begin like no picture format known.
    #[error("the file is not a picture of a known kind")]
    NotAPicture,
    /// A picture, but of a kind or variant this build does not decode (HEIC, AVIF, odd colour layouts).
    #[error("pictures of this kind are not supported ({format}): {detail}")]
    UnsupportedKind {
        /// Usual file name extension of the format.
        format: String,
        /// What the decoder said; for the log.
        detail: String,
    },
    /// More than [`IMAGE_PIXELS_MAX`] pixels.
    #[error("the picture has {width}×{height} pixels, at most {IMAGE_PIXELS_MAX} are taken")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Decoding would take more than [`DECODED_BYTES_MAX`].
    #[error("decoding the picture would take too much memory")]
    TooMuchMemory,
    /// Cut off or corrupt.
    #[error("the picture is damaged or cut off ({format}): {detail}")]
    Damaged {
        /// Usual file name extension of the format.
        format: String,
        /// What the decoder said; for the log.
        detail: String,
    },
}

impl UnreadableImage {
    /// A stable name for the condition, by which the window finds its words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "image_empty",
            Self::FileTooLarge { .. } => "image_file_too_large",
            Self::NotAPicture => "image_not_a_picture",
            Self::UnsupportedKind { .. } => "image_unsupported_kind",
            Self::TooManyPixels { .. } => "image_too_many_pixels",
            Self::TooMuchMemory => "image_too_much_memory",
            Self::Damaged { .. } => "image_damaged",
        }
    }
}

/// The picture in gray, turned upright as its EXIF orientation says, transparency over white.
pub(super) fn gray_of(bytes: &[u8]) -> Result<GrayImage, UnreadableImage> {
    if bytes.is_empty() {
        return Err(UnreadableImage::EmptyFile);
    }
    if bytes.len() > IMAGE_BYTES_MAX {
        return Err(UnreadableImage::FileTooLarge { len: bytes.len() });
    }
    let format = image::guess_format(bytes).map_err(|_| UnreadableImage::NotAPicture)?;
    // Third-party decoders of hostile bytes: a slip in one of them must not take the terminal down.
    catch_unwind(AssertUnwindSafe(|| decoded(bytes, format)))
        .unwrap_or_else(|_| Err(damaged(format, "the decoder gave up")))
}

fn decoded(bytes: &[u8], format: ImageFormat) -> Result<GrayImage, UnreadableImage> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refusal_of(error, format))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > IMAGE_PIXELS_MAX {
        return Err(UnreadableImage::TooManyPixels { width, height });
    }
    if decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(UnreadableImage::TooMuchMemory);
    }
    let orientation = decoder.orientation().map_err(|error| refusal_of(error, format))?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal_of(error, format))?;
    let mut upright = DynamicImage::ImageLuma8(over_white(picture));
    upright.apply_orientation(orientation);
    Ok(upright.into_luma8())
}

/// Gray of what a person sees on paper: black print on a transparent ground is not a black square.
fn over_white(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let picture = picture.into_luma_alpha8();
    let mut gray = GrayImage::new(picture.width(), picture.height());
    for (to, from) in gray.pixels_mut().zip(picture.pixels()) {
        let [light, alpha] = from.0.map(u32::from);
        to.0 = [((light * alpha + 255 * (255 - alpha)) / 255) as u8];
    }
    gray
}

fn refusal_of(error: ImageError, format: ImageFormat) -> UnreadableImage {
    match error {
        ImageError::Unsupported(error) => {
            UnreadableImage::UnsupportedKind { format: name_of(format), detail: error.to_string() }
        }
        ImageError::Limits(error) if error.kind() == LimitErrorKind::InsufficientMemory => {
            UnreadableImage::TooMuchMemory
        }
        error => damaged(format, &error.to_string()),
    }
}

fn damaged(format: ImageFormat, detail: &str) -> UnreadableImage {
    UnreadableImage::Damaged { format: name_of(format), detail: detail.to_owned() }
}

fn name_of(format: ImageFormat) -> String {
    format.extensions_str().first().copied().unwrap_or("unknown").to_owned()
}
