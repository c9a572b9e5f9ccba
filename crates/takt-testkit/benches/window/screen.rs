//! A screen of its own, whose picture can be looked at without asking anybody: Xvfb keeps it in a file.
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::program::Program;

/// Size of the screen and of the window on it, in pixels.
const SIZE: (u32, u32) = (1280, 800);
const START_MAX: Duration = Duration::from_secs(15);
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// Fewer colours are a window that has no page yet, or a page that has no text: letters have soft edges.
const COLOURS_MIN: usize = 8;
/// The middle of the screen, every fourth line of it.
const MIDDLE: (std::ops::Range<u64>, std::ops::Range<u64>) = (200..600, 240..1040);
const BYTES_PER_PIXEL: u64 = 4;
/// `Xvfb_screen0` begins as an X window dump: 25 numbers, a name, a table of colours.
const HEADER_NUMBERS: usize = 25;
const BYTES_PER_COLOUR: u64 = 12;

/// A virtual screen, ended with the value.
pub struct Screen {
    /// What `DISPLAY` is set to.
    pub name: String,
    picture: File,
    pixels_at: u64,
    bytes_per_line: u64,
    _server: Program,
}

impl Screen {
    /// Starts Xvfb on a number that it picks itself and waits until it has a picture.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut command = Command::new("Xvfb");
        let size = format!("{}x{}x24", SIZE.0, SIZE.1);
        command.args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-dpi", "96", "-fbdir"]);
        let (log, picture) = (folder.join("screen.log"), folder.join("Xvfb_screen0"));
        // Of the screen before this one.
        let _ = fs::remove_file(&picture);
        let server = Program::start(command.arg(folder), &log)?;
        let deadline = Instant::now() + START_MAX;
        let number = loop {
            if let Some(number) = number_in(&log) {
                break number;
            }
            ensure!(Instant::now() < deadline, "Xvfb does not start; see {}", log.display());
            std::thread::sleep(LOOK_AGAIN);
        };
        let picture = File::open(picture).context("Xvfb keeps no picture")?;
        let mut header = [0_u8; HEADER_NUMBERS * 4];
        picture.read_exact_at(&mut header, 0)?;
        let (numbers, _) = header.as_chunks::<4>();
        let number_at = |place: usize| u64::from(u32::from_be_bytes(numbers[place]));
        let (header_bytes, bytes_per_line, colours) = (number_at(0), number_at(12), number_at(19));
        let pixels_at = header_bytes + colours * BYTES_PER_COLOUR;
        Ok(Self { name: format!(":{number}"), picture, pixels_at, bytes_per_line, _server: server })
    }

    /// Whether something is painted in its middle.
    pub fn shows_content(&self) -> Result<bool> {
        let (lines, columns) = MIDDLE;
        let mut line = vec![0_u8; usize::try_from((columns.end - columns.start) * BYTES_PER_PIXEL)?];
        let mut colours = BTreeSet::new();
        for y in lines.step_by(4) {
            let from = self.pixels_at + y * self.bytes_per_line + columns.start * BYTES_PER_PIXEL;
            self.picture.read_exact_at(&mut line, from)?;
            colours.extend(line.as_chunks::<4>().0.iter().copied());
            if colours.len() >= COLOURS_MIN {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Xvfb writes its number, alone on a line, once it accepts clients.
fn number_in(log: &PathBuf) -> Option<u32> {
    let text = fs::read_to_string(log).ok()?;
    let whole = &text[..=text.rfind('\n')?];
    whole.lines().find_map(|line| line.trim().parse().ok())
}
