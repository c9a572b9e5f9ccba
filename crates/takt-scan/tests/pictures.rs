//! Pictures as people drop them: drawn labels, odd colour layouts, broken and oversized files.

#![allow(clippy::unwrap_used)] // Helper functions of tests are tests.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use proptest::prelude::*;
use std::io::Cursor;
use takt_scan::decode::{IMAGE_BYTES_MAX, IMAGE_PIXELS_MAX};
use takt_scan::{Symbology, UnreadableImage, qr_png, read_image};

const TEXT: &str = "WO:WO-4711*7K2M";

fn drawn() -> DynamicImage {
    image::load_from_memory(&qr_png(TEXT, 4).unwrap()).unwrap()
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn assert_read(bytes: &[u8], what: &str) {
    let symbols = read_image(bytes).unwrap();
    assert_eq!(symbols.len(), 1, "{what}");
    assert_eq!((symbols[0].format, symbols[0].text.as_str()), (Symbology::Qr, TEXT), "{what}");
}

#[test]
fn a_drawn_label_is_read_back_with_its_place() {
    let symbols = read_image(&qr_png(TEXT, 4).unwrap()).unwrap();
    assert_eq!(symbols.len(), 1);
    assert_eq!(symbols[0].bytes, TEXT.as_bytes());
    assert_eq!(symbols[0].angle, 0);
    let [(left, top), _, (right, bottom), _] = symbols[0].quad;
    assert!((14..=18).contains(&left) && (14..=18).contains(&top), "{:?}", symbols[0].quad);
    assert!((98..=105).contains(&right) && (98..=105).contains(&bottom), "{:?}", symbols[0].quad);
}

#[test]
fn every_file_format_and_depth_is_read() {
    let picture = drawn();
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP]
    {
        let rgb = DynamicImage::ImageRgb8(picture.to_rgb8());
        assert_read(&written(&rgb, format), &format!("{format:?}"));
    }
    assert_read(&written(&picture, ImageFormat::Tiff), "TIFF");
    assert_read(&written(&DynamicImage::ImageLuma16(picture.to_luma16()), ImageFormat::Png), "16-bit gray");
    assert_read(&written(&DynamicImage::ImageRgba16(picture.to_rgba16()), ImageFormat::Png), "16-bit colour");
}

#[test]
fn black_print_on_a_transparent_ground_is_read() {
    let gray = drawn().to_luma8();
    let picture = RgbaImage::from_fn(gray.width(), gray.height(), |x, y| {
        image::Rgba([0, 0, 0, 255 - gray.get_pixel(x, y).0[0]])
    });
    assert_read(&written(&DynamicImage::ImageRgba8(picture), ImageFormat::Png), "transparent");
}

#[test]
fn the_first_frame_of_an_animation_counts() {
    let mut file = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut file);
        let blank = RgbaImage::from_pixel(drawn().width(), drawn().height(), image::Rgba([255; 4]));
        encoder.encode_frame(image::Frame::new(drawn().to_rgba8())).unwrap();
        encoder.encode_frame(image::Frame::new(blank)).unwrap();
    }
    assert_read(&file, "animated GIF");
}

#[test]
fn a_cmyk_picture_is_read_or_refused_by_name() {
    // A baseline TIFF written by hand: 8-bit CMYK, one strip, the label in the black channel.
    let gray = drawn().to_luma8();
    let ink = |light: &u8| [0, 0, 0, 255 - light];
    let pixels: Vec<u8> = gray.as_raw().iter().flat_map(ink).collect();
    assert_read(&cmyk_tiff(gray.width(), gray.height(), &pixels), "CMYK");
}

fn cmyk_tiff(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let entries: u16 = 9;
    let after_directory = 8 + 2 + u32::from(entries) * 12 + 4;
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend(entries.to_le_bytes());
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(value.to_le_bytes());
    };
    entry(256, 4, 1, width);
    entry(257, 4, 1, height);
    entry(258, 3, 4, after_directory); // bits per sample, stored behind the directory
    entry(259, 3, 1, 1); // not compressed
    entry(262, 3, 1, 5); // separated: CMYK
    entry(273, 4, 1, after_directory + 8);
    entry(277, 3, 1, 4); // samples per pixel
    entry(278, 4, 1, height);
    entry(279, 4, 1, pixels.len() as u32);
    file.extend([0; 4]);
    file.extend([8, 0].repeat(4));
    file.extend(pixels);
    file
}

#[test]
fn a_picture_without_a_code_has_no_symbols() {
    for (width, height) in [(1, 1), (1, 500), (500, 1), (2, 2), (64, 48)] {
        let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([90, 120, 40])));
        assert_eq!(read_image(&written(&picture, ImageFormat::Png)), Ok(vec![]), "{width}×{height}");
    }
}

#[test]
fn what_is_no_picture_is_refused_by_name() {
    assert_eq!(read_image(b""), Err(UnreadableImage::EmptyFile));
    assert_eq!(read_image(b"%PDF-1.7 a drawing"), Err(UnreadableImage::NotAPicture));
    assert_eq!(read_image(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(UnreadableImage::NotAPicture));
    let len = IMAGE_BYTES_MAX + 1;
    assert_eq!(read_image(&vec![0; len]), Err(UnreadableImage::FileTooLarge { len }));
    let heic = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1";
    assert!(matches!(read_image(heic), Err(UnreadableImage::UnsupportedKind { .. })));
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_unread() {
    // A one-pixel PNG whose header says 60,000 × 60,000, checksum made to fit.
    let mut png = written(&DynamicImage::new_luma8(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    let (width, height) = (60_000, 60_000);
    assert!(u64::from(width) * u64::from(height) > IMAGE_PIXELS_MAX);
    assert_eq!(read_image(&png), Err(UnreadableImage::TooManyPixels { width, height }));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[test]
fn a_picture_cut_off_anywhere_never_panics() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff]
    {
        let whole = written(&DynamicImage::ImageRgb8(drawn().to_rgb8()), format);
        let pieces = 40;
        for n in 1..pieces {
            let _ = read_image(&whole[..whole.len() * n / pieces]);
        }
    }
    let png = written(&drawn(), ImageFormat::Png);
    assert!(matches!(read_image(&png[..png.len() / 2]), Err(UnreadableImage::Damaged { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_drawn_is_read(text in "[ -~äöüÄÖÜßéñłę€]{1,120}", scale in 2_u32..6) {
        let symbols = read_image(&qr_png(&text, scale).unwrap()).unwrap();
        prop_assert_eq!(symbols.len(), 1);
        prop_assert_eq!(&symbols[0].text, &text);
    }

    #[test]
    fn flipped_bytes_never_panic(
        format in prop::sample::select(vec![ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Tiff, ImageFormat::WebP, ImageFormat::Bmp]),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut file = written(&DynamicImage::ImageRgb8(drawn().to_rgb8()), format);
        for (at, byte) in flips {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = read_image(&file);
    }
}
