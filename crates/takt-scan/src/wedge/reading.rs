//! Strokes to text, one stroke after the other.

use super::keypad::{characters, sequence_digit};
use super::layout::{is_modifier, single, us_character};
use super::{Burst, Stroke, Terminator};

/// ASCII group separator, which GS1 puts between elements.
const GS: char = '\u{1d}';

/// What the strokes say, all of them taken as one burst.
///
/// Understands GS sent as Ctrl+], F8 or itself, other control characters sent as Ctrl+letter, Alt + keypad
/// numbers, dead keys, and keypads without NumLock. Never fails: what carries no text is counted.
pub fn text_of(strokes: &[Stroke]) -> Burst {
    let mut reading = Reading::default();
    for stroke in strokes {
        reading.take(stroke);
    }
    reading.end_keypad_sequence();
    let gap = |pair: &[Stroke]| finite(pair[1].t_ms - pair[0].t_ms);
    let duration_ms = match (strokes.first(), strokes.last()) {
        (Some(first), Some(last)) => finite(last.t_ms - first.t_ms),
        _ => 0.0,
    };
    Burst {
        by_position: Some(reading.by_position).filter(|text| *text != reading.text),
        text: reading.text,
        terminator: reading.terminators.first().copied(),
        duration_ms,
        gap_ms_max: strokes.windows(2).map(gap).fold(0.0, f64::max),
        layout_mismatch: reading.layout_mismatch,
        ignored: reading.ignored,
    }
}

/// The codes in one run of strokes: two scans in a row arrive glued together, with a terminator between.
pub fn split_bursts(strokes: &[Stroke]) -> Vec<Burst> {
    let ends = |stroke: &Stroke| terminator_of(stroke).is_some();
    strokes.split_inclusive(ends).map(text_of).filter(|burst| !burst.text.is_empty()).collect()
}

/// Times come from outside: a missing or reversed clock is no duration.
fn finite(ms: f64) -> f64 {
    if ms.is_finite() { ms.max(0.0) } else { 0.0 }
}

#[derive(Default)]
struct Reading {
    text: String,
    by_position: String,
    /// Terminators not followed by text so far.
    terminators: Vec<Terminator>,
    /// Digits of an Alt sequence still open.
    keypad: String,
    /// Where in `text` the character of a dead key stands, right after that key.
    dead_at: Option<usize>,
    layout_mismatch: bool,
    ignored: usize,
}

impl Reading {
    fn take(&mut self, stroke: &Stroke) {
        if let Some(digit) = sequence_digit(stroke) {
            self.keypad.push(digit);
            return;
        }
        self.end_keypad_sequence();
        if is_modifier(&stroke.key) {
            return;
        }
        let dead_at = self.dead_at.take();
        if let Some(terminator) = terminator_of(stroke) {
            self.terminators.push(terminator);
        } else if stroke.key == "F8" {
            self.push(GS, GS);
        } else if is_control(stroke) {
            match control_character(stroke) {
                Some(character) => self.push(character, character),
                None => self.ignored += 1,
            }
        } else {
            self.take_text(stroke, dead_at);
        }
    }

    fn take_text(&mut self, stroke: &Stroke, dead_at: Option<usize>) {
        let position = us_character(&stroke.code, stroke.shift).filter(|_| !stroke.altgr);
        match (single(&stroke.key), position, dead_at) {
            // Dead key then space is how a layout with dead keys types the accent itself.
            (Some(accent), Some(' '), Some(at)) if accent != ' ' => {
                self.text.truncate(at);
                self.text.push(accent);
                self.by_position.push(' ');
            }
            // A scanner sends no accents in two strokes: the letter after a dead key is the plain one.
            (Some(key), Some(us), Some(_)) if !key.is_ascii() => self.push(us, us),
            (Some(key), us, _) => self.push(key, us.unwrap_or(key)),
            (None, Some(us), _) => {
                self.push(us, us);
                self.dead_at = (stroke.key == "Dead").then(|| self.text.len() - us.len_utf8());
                self.layout_mismatch = true;
            }
            (None, None, _) => self.ignored += 1,
        }
    }

    fn push(&mut self, by_key: char, by_position: char) {
        for terminator in self.terminators.drain(..) {
            let character = match terminator {
                Terminator::Enter => '\n',
                Terminator::Tab => '\t',
            };
            self.text.push(character);
            self.by_position.push(character);
        }
        self.text.push(by_key);
        self.by_position.push(by_position);
    }

    fn end_keypad_sequence(&mut self) {
        for character in characters(&std::mem::take(&mut self.keypad)) {
            match terminator_character(character) {
                Some(terminator) => self.terminators.push(terminator),
                None => self.push(character, character),
            }
        }
    }
}

fn terminator_of(stroke: &Stroke) -> Option<Terminator> {
    match stroke.key.as_str() {
        "Enter" => Some(Terminator::Enter),
        "Tab" => Some(Terminator::Tab),
        _ if stroke.code == "NumpadEnter" => Some(Terminator::Enter),
        _ if is_control(stroke) => control_character(stroke).and_then(terminator_character),
        key => single(key).and_then(terminator_character),
    }
}

fn terminator_character(character: char) -> Option<Terminator> {
    match character {
        '\r' | '\n' => Some(Terminator::Enter),
        '\t' => Some(Terminator::Tab),
        _ => None,
    }
}

/// Control alone; with Alt it is how Windows reports AltGr, which prints.
fn is_control(stroke: &Stroke) -> bool {
    stroke.ctrl && !stroke.alt && !stroke.altgr
}

/// Ctrl+A to Ctrl+_ are the ASCII control characters; the position decides where the layout has none of them.
fn control_character(stroke: &Stroke) -> Option<char> {
    let control = |character: char| match character {
        '@'..='_' | 'a'..='z' => char::from_u32(u32::from(character) & 0x1f),
        _ => None,
    };
    single(&stroke.key)
        .and_then(control)
        .or_else(|| us_character(&stroke.code, stroke.shift).and_then(control))
}
