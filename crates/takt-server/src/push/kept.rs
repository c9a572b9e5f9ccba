//! An event as receipt and as row in quarantine: what the columns take of something that may be
//! anything.

use takt_wire::push::Verdict;

use super::Incoming;
use super::entry::Applied;
use super::fact::cut;
use super::verdict::{self, Reason};
use crate::db::quarantine::Kept;
use crate::db::receipt::NewReceipt;

/// Lane and number, as in the columns.
pub fn number(item: &Incoming) -> (i16, i64) {
    (i16::from(u8::from(item.event.lane)), item.event.seq)
}

/// The receipt of an applied event.
pub fn receipt_of_applied(it: &Applied<'_>) -> NewReceipt {
    let flagged = !it.flags.is_empty();
    let verdict = if flagged { Verdict::AppliedFlagged } else { Verdict::Applied };
    NewReceipt {
        code: it.flags.first().map(|flag| (*flag).to_owned()),
        flags: it.flags.join(" "),
        target_table: Some(it.table()),
        occurred_at: Some(it.occurred.at),
        ..bare_receipt(it.item, verdict)
    }
}

/// The receipt of an event that is not applied.
pub fn receipt_of_kept(item: &Incoming, verdict: Verdict, reason: &Reason) -> NewReceipt {
    let occurred = item.when.as_ref().ok();
    // A held event is applied later: by what its time rested on must not be forgotten.
    let quality = occurred.map(|it| format!("TIME_{}", it.quality.as_str()));
    NewReceipt {
        code: Some(reason.code.to_owned()),
        flags: quality.unwrap_or_default(),
        occurred_at: occurred.map(|it| it.at),
        ..bare_receipt(item, verdict)
    }
}

fn bare_receipt(item: &Incoming, verdict: Verdict) -> NewReceipt {
    let (lane, seq) = number(item);
    NewReceipt {
        install_id: item.install_id,
        lane,
        seq,
        event_id: item.event.event_id.0,
        event_type: kind(item),
        stream_key: stream(item),
        verdict: verdict::column(verdict),
        code: None,
        flags: String::new(),
        target_table: None,
        occurred_at: None,
    }
}

fn kind(item: &Incoming) -> String {
    let kind = cut(&item.event.kind, 50);
    if kind.is_empty() { "?".to_owned() } else { kind }
}

fn stream(item: &Incoming) -> Option<String> {
    item.event.stream_key.as_deref().map(|key| cut(key, 200)).filter(|key| !key.is_empty())
}

/// The row in quarantine of an event that is not applied.
pub fn row(item: &Incoming, verdict: Verdict, reason: &Reason) -> Kept {
    let (lane, seq) = number(item);
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let said = reason.database.as_ref().map(|said| format!("{}: {said}", reason.detail));
    Kept {
        install_id: item.install_id,
        lane,
        seq,
        event_id: item.event.event_id.0,
        event_type: kind(item),
        event_version: i32::from(item.event.version),
        stream_key: stream(item),
        verdict: verdict::column(verdict),
        code: reason.code.to_owned(),
        detail: some(cut(said.as_ref().unwrap_or(&reason.detail), 2000)),
        sqlstate: reason.sqlstate.clone(),
        waits_for: reason.waits_for,
        raw: serde_json::to_string(&item.event).unwrap_or_else(|_| "null".to_owned()),
        actor: item.event.actor.map(|actor| actor.0),
        occurred_at: item.when.as_ref().ok().map(|it| it.at),
    }
}
