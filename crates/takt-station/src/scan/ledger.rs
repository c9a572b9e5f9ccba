//! What is kept of a scan: every one, also a refused one; never the content of a badge.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use takt_domain::badge_hash;
use takt_scan::{Meaning, Symbology};
use takt_store::{Reading, Writing};
use takt_wire::payload::{CodeScanned, ScanResolution};

use super::understand::Trace;
use crate::act::Act;
use crate::handover::ITEMS_UNREAD;
use crate::refused::Refused;
use crate::said::Said;
use crate::view::Refusal;
use crate::view::scan::Tone;

/// The same code again within so many seconds is the same scan.
const REPEAT_SECONDS: i64 = 3;
/// The longest content kept, in characters; see `CodeScanned`.
const VALUE_CHARACTERS_MAX: usize = 2_000;
/// What is said of a scan that repeats the last one.
pub(crate) const REPEATED: &str = "repeated_scan";

/// Why nothing was understood, before anything was looked up.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    pub refusal: Refusal,
    pub resolution: ScanResolution,
}

/// A code as it was read; or a picture with none.
#[derive(Clone, Debug)]
pub(crate) struct Scanned {
    pub text: String,
    pub meaning: Result<Meaning, Unread>,
    /// `wedge`, `image`, `typed` or `touch`.
    pub source: String,
    pub symbology: Option<Symbology>,
    pub decode_ms: Option<i32>,
    /// The scanner and the host disagree on the keyboard.
    pub layout_mismatch: bool,
}

impl Scanned {
    /// A text and what it means, from somewhere.
    pub(crate) fn of(text: String, meaning: Result<Meaning, Unread>, source: &str) -> Self {
        let source = source.to_owned();
        Self { text, meaning, source, symbology: None, decode_ms: None, layout_mismatch: false }
    }

    /// The content as people see it: none of a badge, and none of a picture without a code.
    pub(crate) fn shown(&self) -> Option<String> {
        let is_picture = self.source == "image" && self.symbology.is_none();
        (!is_picture && !self.is_secret()).then(|| self.text.clone())
    }

    /// Whether its content must not be kept or shown.
    pub(crate) fn is_secret(&self) -> bool {
        let start: String = self.text.trim_start().chars().take(16).collect::<String>().to_lowercase();
        let keyed = ["bg:", "takt+enrol:"].iter().any(|secret| start.contains(secret));
        keyed || matches!(self.meaning, Ok(Meaning::Badge(_) | Meaning::Enrolment(_)))
    }

    /// What may be kept of its content.
    fn kept(&self, act: &Act<'_>) -> String {
        let organization = act.here.enrolment.organization_id;
        match &self.meaning {
            Ok(Meaning::Badge(content)) => badge_hash(organization, content.expose()),
            _ if self.is_secret() => badge_hash(organization, &self.text),
            _ if self.text.trim().is_empty() => " ".to_owned(),
            // PostgreSQL holds no zero byte in a text.
            _ => self.text.chars().filter(|c| *c != '\0').take(VALUE_CHARACTERS_MAX).collect(),
        }
    }

    fn input(&self) -> &'static str {
        match self.source.as_str() {
            "image" => "CAMERA",
            "wedge" => "WEDGE",
            _ => "MANUAL",
        }
    }

    /// By what a repetition is recognised.
    fn hash(&self, act: &Act<'_>) -> String {
        hex::encode(Sha256::digest(self.kept(act)))
    }
}

/// Whether it is once more the last scan that did something. Two equal readings of a gauge are two
/// readings.
pub(crate) fn is_repeated(r: &Reading<'_>, act: &Act<'_>, scanned: &Scanned) -> Result<bool, Refused> {
    let Some(last) = r.last_scan()? else { return Ok(false) };
    let since = act.now() - last.at;
    let recent = since >= TimeDelta::zero() && since < TimeDelta::seconds(REPEAT_SECONDS);
    Ok(recent && last.code != "reading_taken" && last.value_hash == scanned.hash(act))
}

/// Keeps a scan with what it was understood as.
pub(crate) fn keep(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    scanned: &Scanned,
    trace: &Trace,
    said: &Said,
) -> Result<(), Refused> {
    let refused = said.tone == Tone::Bad;
    let found = if trace.entity.is_some() { ScanResolution::Resolved } else { ScanResolution::NotFound };
    let event = CodeScanned {
        scanned_value: scanned.kept(act),
        symbology: scanned.symbology.map(|symbology| symbology.column_value().to_owned()),
        resolution: trace.resolution.unwrap_or(found),
        entity_type: trace.entity.map(|(kind, _)| kind.to_owned()),
        entity_id: trace.entity.map(|(_, id)| id),
        purpose: trace.purpose.unwrap_or("LOOKUP").to_owned(),
        work_order_id: trace.work_order,
        work_center_id: Some(act.here.work_center_id()),
        input: scanned.input().to_owned(),
        decode_ms: scanned.decode_ms,
        error: refused.then(|| said.code.clone()),
    };
    let actor = trace.actor.or(act.actor());
    let to_come = said.code == ITEMS_UNREAD;
    // To try again what was refused or came too early is no repetition, and a repetition does nothing.
    let did = !refused && !to_come && said.code != REPEATED;
    let code = did.then_some(said.code.as_str());
    w.note_scan(&act.fact_as(act.fresh_event(), actor), &event, &scanned.hash(act), code)?;
    Ok(())
}
