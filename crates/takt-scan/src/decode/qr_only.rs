//! rqrr: QR codes in pure Rust, for builds without a C++ compiler and as the last resort.

mod budget;

use crate::symbol::{Symbol, Symbology};
use budget::Budgeted;
use image::{GrayImage, imageops};
use rqrr::{Point, PreparedImage};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Larger pictures are shrunk to so many pixels first.
const PIXELS_MAX: u32 = 4_000_000;

/// The QR codes rqrr finds, none when the search runs out of its budget.
pub(super) fn read(picture: &GrayImage) -> Vec<Symbol> {
    let pixels = f64::from(picture.width()) * f64::from(picture.height());
    let shrink = (pixels / f64::from(PIXELS_MAX)).sqrt().max(1.0);
    let side = |length: u32| ((f64::from(length) / shrink) as u32).max(1);
    let smaller = match shrink > 1.0 {
        true => imageops::thumbnail(picture, side(picture.width()), side(picture.height())),
        false => picture.clone(),
    };
    // rqrr indexes by fitted geometry, and the budget ends a search by unwinding: either costs the codes of
    // one picture, not the terminal.
    catch_unwind(AssertUnwindSafe(|| codes_in(smaller, shrink))).unwrap_or_default()
}

fn codes_in(picture: GrayImage, shrink: f64) -> Vec<Symbol> {
    let mut prepared = PreparedImage::prepare(Budgeted::new(picture));
    let mut symbols = Vec::new();
    for grid in prepared.detect_grids() {
        let mut bytes = Vec::new();
        if grid.decode_to(&mut bytes).is_ok() {
            let full_size = |at: i32| (f64::from(at) * shrink).round() as i32;
            let quad = grid.bounds.map(|Point { x, y }| (full_size(x), full_size(y)));
            symbols.push(Symbol {
                format: Symbology::Qr,
                text: super::text_of_bytes(&bytes),
                bytes,
                identifier: "]Q1".into(),
                quad,
                angle: angle_of(quad),
            });
        }
    }
    symbols
}

/// The direction of the upper edge in whole degrees.
fn angle_of([left, right, ..]: [(i32, i32); 4]) -> i32 {
    let (dx, dy) = (f64::from(right.0) - f64::from(left.0), f64::from(right.1) - f64::from(left.1));
    dy.atan2(dx).to_degrees().round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::qr_png;
    use image::Luma;
    use std::time::{Duration, Instant};

    #[test]
    fn a_drawn_code_is_read_without_the_engine_also_when_it_has_to_be_shrunk() {
        for scale in [3, 32] {
            let png = qr_png(&"takt ".repeat(100), scale).unwrap();
            let symbols = read(&image::load_from_memory(&png).unwrap().into_luma8());
            assert_eq!(symbols.len(), 1);
            assert_eq!(symbols[0].text, "takt ".repeat(100));
            let (left, top) = symbols[0].quad[0];
            let expected = 4 * scale as i32;
            assert!((left - expected).abs() <= 8 && (top - expected).abs() <= 8, "{left} {top} at {scale}");
        }
    }

    #[test]
    fn a_picture_full_of_finder_patterns_ends_the_search_soon() {
        // Every three of them are a candidate, each tried on a copy of the picture: unbounded, this takes hours.
        let ring = |at: u32| (at % 9).abs_diff(3);
        let picture = GrayImage::from_fn(900, 900, |x, y| {
            let ring = ring(x / 2).max(ring(y / 2));
            Luma([if ring == 2 || ring > 3 { 255 } else { 0 }])
        });
        let started = Instant::now();
        assert_eq!(read(&picture), vec![]);
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    }
}
