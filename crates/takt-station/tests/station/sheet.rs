//! A sheet of paper with codes on it, as a bitmap.

/// Pixels per module.
const SCALE: usize = 4;
/// Codes beside each other.
const COLUMNS: usize = 6;
/// Pixels of paper for each code.
const CELL: usize = 160;

/// A picture of white paper with a QR code for each text.
pub fn sheet(texts: &[String]) -> Vec<u8> {
    let (width, height) = (COLUMNS * CELL, texts.len().div_ceil(COLUMNS).max(1) * CELL);
    let mut pixels = vec![255_u8; width * height * 3];
    for (n, text) in texts.iter().enumerate() {
        let (left, top) = (n % COLUMNS * CELL, n / COLUMNS * CELL);
        for (x, y, length) in dark_runs(&takt_scan::qr_svg(text).unwrap()) {
            for row in 0..SCALE {
                let from = ((top + y * SCALE + row) * width + left + x * SCALE) * 3;
                pixels[from..from + length * SCALE * 3].fill(0);
            }
        }
    }
    bitmap(width, height, &pixels)
}

/// The dark runs of a code drawn as `M{x} {y}h{length}…`.
fn dark_runs(svg: &str) -> Vec<(usize, usize, usize)> {
    let number = |text: &str| text.parse().unwrap();
    let run = |run: &str| {
        let (x, rest) = run.split_once(' ')?;
        let (y, rest) = rest.split_once('h')?;
        Some((number(x), number(y), number(rest.split_once('v')?.0)))
    };
    svg.split('M').skip(1).filter_map(run).collect()
}

/// Top-down, three bytes a pixel.
fn bitmap(width: usize, height: usize, pixels: &[u8]) -> Vec<u8> {
    assert_eq!(width % 4, 0, "rows are padded to four bytes");
    let word = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let mut file = b"BM".to_vec();
    for number in [54 + pixels.len(), 0, 54, 40, width] {
        file.extend(word(number));
    }
    file.extend((-i32::try_from(height).unwrap()).to_le_bytes());
    file.extend([1, 0, 24, 0]);
    for number in [0, pixels.len(), 2_835, 2_835, 0, 0] {
        file.extend(word(number));
    }
    file.extend(pixels);
    file
}
