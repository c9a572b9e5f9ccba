//! Photographs of real labels, scanned as the window does it: each code found is echoed and kept once.
//!
//! They lie beside the checkout (`../shared/data/barcodes`, or `$TAKT_SHARED/data/barcodes`); without
//! them the suite says so and passes. takt-scan measures how well they are read; here counts what
//! becomes of what was read.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../station/floor.rs"]
#[allow(dead_code)]
mod floor;
#[path = "../station/plant.rs"]
#[allow(dead_code)]
mod plant;

use std::path::{Path, PathBuf};

use floor::Floor;
use takt_scan::read_image;
use takt_station::view::scan::Screen;
use takt_wire::payload::{CodeScanned, Payload, ScanResolution};

/// Of the photographs every so manyth is scanned.
const EVERY: usize = 4;
/// Codes taken of one picture.
const CODES_MAX: usize = 16;
/// Characters of a code that an echo shows.
const SHOWN_MAX: usize = 80;
/// What may be said of a code that this plant does not know.
const OUTCOMES: [&str; 10] = [
    "unknown_code",
    "damaged_label",
    "foreign_label",
    "control_character",
    "empty",
    "too_long",
    "lot_seen",
    "serial_seen",
    "repeated_scan",
    "damaged_badge",
];

fn photographs_folder() -> Option<PathBuf> {
    let shared = match std::env::var_os("TAKT_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    Some(shared.join("data/barcodes")).filter(|folder| folder.join("manifest.csv").is_file())
}

/// The pictures the manifest names; a line that goes on another one's text names none.
fn pictures(folder: &Path) -> Vec<PathBuf> {
    let manifest = std::fs::read_to_string(folder.join("manifest.csv")).unwrap();
    let file = |line: &str| folder.join(line.split(',').next().unwrap_or_default());
    manifest.lines().skip(1).map(file).filter(|file| file.is_file()).collect()
}

#[test]
fn every_code_in_a_photograph_is_echoed_and_kept_once() {
    let Some(folder) = photographs_folder() else {
        println!(
            "SKIPPED: label photographs; no ../shared/data/barcodes beside the checkout, no TAKT_SHARED"
        );
        return;
    };
    let floor = Floor::new();
    floor.sign_in(plant::BADGE_RUTH);
    let (mut scanned, mut codes) = (0, 0);
    for file in pictures(&folder).into_iter().step_by(EVERY) {
        let name = file.display();
        let bytes = std::fs::read(&file).unwrap();
        let symbols = read_image(&bytes).unwrap();
        floor.pass(4);
        let before = scans(&floor).len();
        let answers = floor.station.scan_image(&bytes, &Screen::Home).unwrap();
        let kept = scans(&floor).split_off(before);
        assert_eq!(answers.len(), kept.len(), "{name}: one event for each answer");
        scanned += 1;
        if symbols.is_empty() {
            assert_eq!((kept.len(), kept[0].resolution), (1, ScanResolution::NotFound), "{name}");
            continue;
        }
        assert_eq!(kept.len(), symbols.len().min(CODES_MAX + 1), "{name}: one event for each code");
        for ((symbol, answer), scan) in symbols.iter().take(CODES_MAX).zip(&answers).zip(&kept) {
            let echo = &answer.echo;
            let text = symbol.content();
            let shown: String = text.chars().take(SHOWN_MAX).collect();
            assert_eq!(echo.raw.as_ref(), Some(&shown), "{name}");
            assert_eq!(echo.symbology.as_deref(), Some(symbol.format.as_str()), "{name}");
            assert!(OUTCOMES.contains(&echo.code.as_str()), "{name}: {}", echo.code);
            assert_eq!(scan.symbology.as_deref(), Some(symbol.format.column_value()), "{name}");
            assert_eq!(scan.input, "CAMERA");
            let length = scan.scanned_value.chars().count();
            assert!((1..=2_000).contains(&length) && !scan.scanned_value.contains('\0'), "{name}");
            codes += 1;
        }
    }
    println!("{scanned} photographs scanned, {codes} codes echoed and kept");
    assert!(scanned >= 200 && codes >= 150, "{scanned} photographs, {codes} codes");
    assert_eq!(floor.who(), Some(plant::RUTH), "no label signs anybody in or out");
}

fn scans(floor: &Floor) -> Vec<CodeScanned> {
    let events = floor.events();
    let of_kind = events.into_iter().filter(|event| event.kind == CodeScanned::KIND);
    of_kind.map(|event| serde_json::from_value(event.payload).unwrap()).collect()
}
