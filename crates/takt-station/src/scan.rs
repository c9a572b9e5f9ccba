//! The scan bus: every code, however it came, goes one way. It is understood by its kind and the
//! screen, carried out, and kept in the ledger, all in one transaction. A picture without a code is a
//! scan too. Before enrolment nothing is kept: there is no plant yet that a scan could belong to.

mod command;
pub(crate) mod ledger;
pub(crate) mod order;
pub(crate) mod understand;

use std::time::Instant;

use sha2::{Digest, Sha256};
use takt_scan::meaning::{meaning_of, meaning_of_burst};
use takt_scan::wedge::BURST_LENGTH_MAX;
use takt_scan::{Meaning, Symbol, read_image, split_bursts};
use takt_wire::payload::ScanResolution;

use crate::refused::{Refused, refuse};
use crate::said::{Said, Source};
use crate::station::Station;
use crate::view::Refusal;
use crate::view::scan::{ScanAnswer, Screen, Stroke, Tone};
use ledger::{Scanned, Unread};
use understand::{Done, Trace, understand};

/// The most codes taken from one picture, or from one burst of strokes.
const SYMBOLS_MAX: usize = 16;
/// No key has a longer name, in bytes.
const KEY_BYTES_MAX: usize = 64;

impl Station {
    /// Key strokes of a wedge scanner, one answer per code in them.
    pub fn scan_burst(&self, strokes: &[Stroke], screen: &Screen) -> Result<Vec<ScanAnswer>, Refusal> {
        if let Some(refusal) = beyond_any_scanner(strokes) {
            return Ok(vec![self.flooded(strokes, refusal, screen)]);
        }
        let strokes: Vec<takt_scan::Stroke> = strokes.iter().map(stroke).collect();
        let org_code = self.org_code()?;
        let mut answers = Vec::new();
        let bursts = split_bursts(&strokes);
        for burst in bursts.iter().take(SYMBOLS_MAX) {
            let (text, meaning) = meaning_of_burst(burst, &org_code);
            let meaning = meaning.map_err(|why| Unread::of(&why));
            let scanned = Scanned::of(text.to_owned(), meaning, "wedge");
            answers.push(self.take(Scanned { layout_mismatch: burst.layout_mismatch, ..scanned }, screen));
        }
        let left = bursts.len().saturating_sub(SYMBOLS_MAX);
        if left > 0 {
            let unread = Unread::left_out(left);
            answers.push(self.take(Scanned::of("burst".to_owned(), Err(unread), "wedge"), screen));
        }
        Ok(answers)
    }

    /// A code that was typed or tapped; `source` says which.
    pub fn scan_text(&self, text: &str, source: &str, screen: &Screen) -> Result<ScanAnswer, Refusal> {
        let source = if source == "touch" { "touch" } else { "typed" };
        Ok(self.take(self.as_scanned(text, source)?, screen))
    }

    /// The codes in a picture, one answer per code; one that says so where there is none.
    pub fn scan_image(&self, bytes: &[u8], screen: &Screen) -> Result<Vec<ScanAnswer>, Refusal> {
        let begun = Instant::now();
        let symbols = read_image(bytes);
        let ms = i32::try_from(begun.elapsed().as_millis()).ok();
        let picture = |unread: Unread| {
            let text = format!("picture:{}", hex::encode(Sha256::digest(bytes)));
            self.take(Scanned { decode_ms: ms, ..Scanned::of(text, Err(unread), "image") }, screen)
        };
        let symbols = match symbols {
            Ok(symbols) => symbols,
            Err(why) => {
                let refusal = Refusal::new("unreadable_image").with("detail", why);
                return Ok(vec![picture(Unread { refusal, resolution: ScanResolution::Error })]);
            }
        };
        if symbols.is_empty() {
            let refusal = Refusal::new("no_code_in_image");
            return Ok(vec![picture(Unread { refusal, resolution: ScanResolution::NotFound })]);
        }
        let take = |symbol: &Symbol| -> Result<ScanAnswer, Refusal> {
            let scanned = self.as_scanned(&symbol.content(), "image")?;
            Ok(self.take(Scanned { symbology: Some(symbol.format), decode_ms: ms, ..scanned }, screen))
        };
        let mut answers: Vec<ScanAnswer> =
            symbols.iter().take(SYMBOLS_MAX).map(take).collect::<Result<_, _>>()?;
        let left = symbols.len().saturating_sub(SYMBOLS_MAX);
        if left > 0 {
            answers.push(picture(Unread::left_out(left)));
        }
        Ok(answers)
    }

    /// A person has read the echo: it may go.
    pub fn read_echo(&self, no: u64) -> Result<(), Refusal> {
        self.bench().echo.take_if(|echo| echo.no == no);
        self.changed();
        Ok(())
    }

    /// Strokes that no scanner sends: refused whole. Of what they say only the first code is kept,
    /// since a badge behind it could not be told from the rest.
    fn flooded(&self, strokes: &[Stroke], refusal: Refusal, screen: &Screen) -> ScanAnswer {
        let first = strokes.iter().take(BURST_LENGTH_MAX).take_while(|it| is_a_key(it));
        let first: Vec<_> = first.map(stroke).collect();
        let text = split_bursts(&first).into_iter().next().map_or_else(|| "burst".to_owned(), |it| it.text);
        let unread = Unread { refusal, resolution: ScanResolution::Error };
        self.take(Scanned::of(text, Err(unread), "wedge"), screen)
    }

    fn as_scanned(&self, text: &str, source: &str) -> Result<Scanned, Refusal> {
        let meaning = meaning_of(text, &self.org_code()?).map_err(|why| Unread::of(&why));
        Ok(Scanned::of(text.to_owned(), meaning, source))
    }

    fn org_code(&self) -> Result<String, Refusal> {
        let enrolment = self.store().read(|r| r.enrolment().map_err(Refused::from))?;
        Ok(enrolment.map(|enrolment| enrolment.org_code).unwrap_or_default())
    }

    fn take(&self, scanned: Scanned, screen: &Screen) -> ScanAnswer {
        let source = Source {
            name: scanned.source.clone(),
            raw: scanned.shown(),
            symbology: scanned.symbology.map(|symbology| symbology.as_str().to_owned()),
        };
        match self.carry_out(&scanned, screen) {
            Ok(done) => {
                if let Some(change) = done.lock {
                    self.lock_changed(change);
                }
                self.answer(done.said, source, done.go)
            }
            Err(refused) => self.answer(Said::bad(refused.shown()), source, None),
        }
    }

    /// Before enrolment there is no plant to keep a scan for: only an enrolment code means anything.
    fn carry_out(&self, scanned: &Scanned, screen: &Screen) -> Result<Done, Refused> {
        if !self.is_enrolled()? {
            return match &scanned.meaning {
                Ok(Meaning::Enrolment(enrolment)) => self.enrol_scanned(enrolment).map(Done::stay),
                Ok(_) => refuse("not_enrolled"),
                Err(unread) => Err(unread.refusal.clone().into()),
            };
        }
        self.store().write(|w| {
            let act = self.begin(w)?;
            let mut trace = Trace::default();
            let done = if ledger::is_repeated(w, &act, scanned)? {
                trace.resolution = Some(ScanResolution::Duplicate);
                Done::stay(Said::note(ledger::REPEATED))
            } else {
                let outcome = match &scanned.meaning {
                    Ok(meaning) => understand(w, &act, &mut trace, meaning, screen),
                    Err(unread) => {
                        trace.resolution = Some(unread.resolution);
                        Err(unread.refusal.clone().into())
                    }
                };
                settle(outcome, scanned)?
            };
            ledger::keep(w, &act, scanned, &trace, &done.said)?;
            // A scan at a locked station wakes nobody's session; who a badge signs in has a fresh one.
            if act.person.is_some() {
                w.touch_session(act.now())?;
            }
            Ok(done)
        })
    }

    fn answer(&self, said: Said, source: Source, go: Option<Screen>) -> ScanAnswer {
        ScanAnswer { echo: self.say(said, source), go }
    }
}

/// More strokes than one burst has, or keys that no keyboard has.
fn beyond_any_scanner(strokes: &[Stroke]) -> Option<Refusal> {
    let fits = strokes.len() <= BURST_LENGTH_MAX && strokes.iter().all(is_a_key);
    let length = || strokes.iter().map(|it| it.key.chars().count()).sum::<usize>();
    (!fits).then(|| Refusal::new("too_long").with("length", length()))
}

fn is_a_key(stroke: &Stroke) -> bool {
    stroke.key.len() <= KEY_BYTES_MAX && stroke.code.len() <= KEY_BYTES_MAX
}

/// A rule's refusal is an outcome that is kept; the store's trouble undoes everything.
fn settle(outcome: Result<Done, Refused>, scanned: &Scanned) -> Result<Done, Refused> {
    let done = match outcome {
        Ok(done) => done,
        Err(Refused::Rule(refusal)) => Done::stay(Said::bad(refusal)),
        Err(store) => return Err(store),
    };
    let unclear = ["unknown_code", "damaged_label", "damaged_badge", "control_character"];
    let garbled = done.said.tone == Tone::Bad && unclear.contains(&done.said.code.as_str());
    if garbled && scanned.layout_mismatch {
        return Ok(Done::stay(Said::bad(Refusal::new("keyboard_layout"))));
    }
    Ok(done)
}

impl Unread {
    /// A text without meaning.
    fn of(why: &takt_scan::Refusal) -> Self {
        Self { refusal: unreadable(why), resolution: ScanResolution::Error }
    }

    /// So many codes more than are taken at once.
    fn left_out(left: usize) -> Self {
        let refusal = Refusal::new("codes_left_out").with("taken", SYMBOLS_MAX).with("left", left);
        Self { refusal, resolution: ScanResolution::Partial }
    }
}

/// What a person is told of a text without meaning.
fn unreadable(why: &takt_scan::Refusal) -> Refusal {
    use takt_scan::Refusal as R;
    match why {
        R::Empty => Refusal::new("empty"),
        R::TooLong { len } => Refusal::new("too_long").with("length", len),
        R::ControlCharacter { code, .. } => Refusal::new("control_character").with("code", code),
        R::ForeignLabel { .. } => Refusal::new("foreign_label"),
        R::DamagedLabel { .. } | R::Gs1(_) => Refusal::new("damaged_label"),
        R::DamagedBadge => Refusal::new("damaged_badge"),
        R::UnknownCommand { verb } => Refusal::new("command_unknown").with("verb", cut(verb)),
        R::CommandArgument { verb, argument } => {
            Refusal::new("command_argument").with("verb", cut(verb)).with("argument", cut(argument))
        }
        R::DamagedEnrolment => Refusal::new("damaged_enrolment"),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

fn stroke(stroke: &Stroke) -> takt_scan::Stroke {
    takt_scan::Stroke {
        key: stroke.key.clone(),
        code: stroke.code.clone(),
        t_ms: stroke.t_ms,
        shift: stroke.shift,
        ctrl: stroke.ctrl,
        alt: stroke.alt,
        altgr: stroke.altgr,
    }
}
