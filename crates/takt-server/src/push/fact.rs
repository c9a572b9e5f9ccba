//! What an event says, once its payload has been read.

use serde_json::Value;
use takt_wire::envelope::{EVENT_BYTES_MAX, Event};
use takt_wire::payload::{
    CodeScanned, HandoverAcknowledged, HandoverSubmitted, InspectionRecorded, KINDS, MachineStatusChanged,
    NcrDetailed, NcrRaised, Payload, ProductionLogged, ScanResolution, SignIn, StopExplained,
};

/// A payload that could be read, by kind.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Fact {
    Production(ProductionLogged),
    MachineStatus(MachineStatusChanged),
    StopExplained(StopExplained),
    Inspection(InspectionRecorded),
    Ncr(NcrRaised),
    NcrDetail(NcrDetailed),
    Handover(HandoverSubmitted),
    Acknowledgement(HandoverAcknowledged),
    Scan(CodeScanned),
    SignIn(SignIn),
}

/// Why a payload could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It never will be: rejected.
    Malformed {
        /// Why, by code.
        code: &'static str,
        /// Why, in words.
        detail: String,
    },
    /// A newer server may: quarantined.
    Newer,
}

/// Reads the payload of an event.
pub fn read(event: &Event) -> Result<Fact, Unreadable> {
    let malformed = |code, detail: String| Unreadable::Malformed { code, detail };
    if !KINDS.contains(&event.kind.as_str()) {
        return Err(malformed("UNKNOWN_KIND", format!("no kind is called {:?}", cut(&event.kind, 50))));
    }
    if event.version > ProductionLogged::VERSION {
        return Err(Unreadable::Newer);
    }
    if has_nul(&event.payload) || event.stream_key.as_deref().is_some_and(|key| key.contains('\0')) {
        return Err(malformed("SCHEMA", "the text holds a NUL character".to_owned()));
    }
    if event.stream_key.as_deref().is_some_and(|key| key.is_empty() || key.chars().count() > 200) {
        return Err(malformed("SCHEMA", "a stream key has 1 to 200 characters".to_owned()));
    }
    if event.payload.to_string().len() > EVENT_BYTES_MAX {
        return Err(malformed("TOO_LARGE", format!("an event has at most {EVENT_BYTES_MAX} bytes")));
    }
    parse(event).map(tidied).map_err(|error| malformed("SCHEMA", cut(&error.to_string(), 500)))
}

fn parse(event: &Event) -> Result<Fact, serde_json::Error> {
    fn typed<T: Payload>(payload: &Value) -> Result<T, serde_json::Error> {
        T::deserialize(payload)
    }
    let payload = &event.payload;
    Ok(match event.kind.as_str() {
        ProductionLogged::KIND => Fact::Production(typed(payload)?),
        MachineStatusChanged::KIND => Fact::MachineStatus(typed(payload)?),
        StopExplained::KIND => Fact::StopExplained(typed(payload)?),
        InspectionRecorded::KIND => Fact::Inspection(typed(payload)?),
        NcrRaised::KIND => Fact::Ncr(typed(payload)?),
        NcrDetailed::KIND => Fact::NcrDetail(typed(payload)?),
        HandoverSubmitted::KIND => Fact::Handover(typed(payload)?),
        HandoverAcknowledged::KIND => Fact::Acknowledgement(typed(payload)?),
        CodeScanned::KIND => Fact::Scan(typed(payload)?),
        _ => Fact::SignIn(typed(payload)?),
    })
}

/// An empty text is no text; a scan that resolved to nothing in particular is a partial one.
fn tidied(fact: Fact) -> Fact {
    let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    match fact {
        Fact::Production(it) => Fact::Production(ProductionLogged { notes: some(it.notes.clone()), ..it }),
        Fact::MachineStatus(it) => {
            Fact::MachineStatus(MachineStatusChanged { repair_notes: some(it.repair_notes.clone()), ..it })
        }
        Fact::StopExplained(it) => Fact::StopExplained(StopExplained { notes: some(it.notes.clone()), ..it }),
        Fact::Inspection(it) => Fact::Inspection(InspectionRecorded { notes: some(it.notes.clone()), ..it }),
        Fact::Acknowledgement(it) => {
            Fact::Acknowledgement(HandoverAcknowledged { note: some(it.note.clone()), ..it })
        }
        Fact::Scan(it) => {
            let nowhere = it.entity_type.is_none() || it.entity_id.is_none();
            let resolution = match it.resolution {
                ScanResolution::Resolved if nowhere => ScanResolution::Partial,
                other => other,
            };
            Fact::Scan(CodeScanned { resolution, error: some(it.error.clone()), ..it })
        }
        other => other,
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// At most so many characters, none of them NUL: what a text column takes.
pub fn cut(text: &str, chars_max: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(chars_max).collect()
}
