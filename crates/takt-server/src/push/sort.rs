//! Which events of a batch are new: told by receipts and watermarks alone.

use std::collections::{HashMap, HashSet};

use takt_wire::push::{EventVerdict, Verdict};
use uuid::Uuid;

use super::Incoming;
use super::kept::number;
use super::verdict::{self, code};
use crate::db::receipt::{Receipt, Watermark};

/// Events by what their receipts say.
#[derive(Default)]
pub struct Sorted<'a> {
    /// Never seen.
    pub fresh: Vec<&'a Incoming>,
    /// Never seen, but below the watermark: an old disk.
    pub below: Vec<&'a Incoming>,
    /// The same number, another event.
    pub forks: Vec<&'a Incoming>,
    /// Of duplicates and forks.
    pub verdicts: Vec<EventVerdict>,
}

/// The same event is a duplicate, whatever its number; the same number is a fork.
pub fn sort_out<'a>(items: &'a [Incoming], known: &[Receipt], marks: &[Watermark]) -> Sorted<'a> {
    let install = items.first().map(|item| item.install_id);
    let by_event: HashMap<Uuid, &Receipt> = known.iter().map(|receipt| (receipt.event_id, receipt)).collect();
    let mut taken: HashMap<(i16, i64), Uuid> = known
        .iter()
        .filter(|receipt| Some(receipt.install_id) == install)
        .map(|receipt| ((receipt.lane, receipt.seq), receipt.event_id))
        .collect();
    let mut seen: HashSet<Uuid> = HashSet::new();
    let mut sorted = Sorted::default();
    for item in items {
        let (id, at) = (item.event.event_id.0, number(item));
        let first = by_event.get(&id);
        if first.is_some() || !seen.insert(id) {
            let mut told =
                verdict::told(item, Verdict::Duplicate, first.and_then(|it| it.code.clone()), None);
            told.first = Some(first.map_or(Verdict::Applied, |it| it.verdict()));
            sorted.verdicts.push(told);
        } else if *taken.entry(at).or_insert(id) != id {
            sorted.verdicts.push(verdict::told(item, Verdict::Fork, Some(code::FORKED.to_owned()), None));
            sorted.forks.push(item);
        } else if marks.iter().any(|mark| mark.lane == at.0 && mark.contiguous_seq >= at.1) {
            sorted.below.push(item);
        } else {
            sorted.fresh.push(item);
        }
    }
    sorted
}
