//! What an answer means for what is stored here.

use std::collections::BTreeMap;

use takt_wire::{
    Epoch, EventId,
    envelope::Lane,
    push::{EventVerdict, PushAnswer, Verdict},
};

use super::{Effect, Sent};

/// The effects of an answer, and whether it says that this disk was cloned or rolled back.
pub(super) fn effects(
    sent: &[Sent],
    answer: &PushAnswer,
    known: Option<Epoch>,
    gaps_seen: &mut BTreeMap<u8, i64>,
) -> (Vec<Effect>, bool) {
    let forks: Vec<EventId> =
        answer.verdicts.iter().filter(|v| v.verdict == Verdict::Fork).map(|v| v.event_id).collect();
    let custody = sent.iter().map(|event| event.event_id).filter(|id| !forks.contains(id)).collect();
    let mut effects = vec![Effect::Acked(custody), Effect::AckedThrough(answer.acked.clone())];
    effects.extend(answer.verdicts.iter().filter(|v| is_problem(v)).cloned().map(Effect::Problem));
    if known.is_some_and(|known| known != answer.epoch) {
        effects.extend(restored(answer.epoch, &answer.acked));
    } else {
        if known.is_none() {
            effects.push(Effect::SetEpoch(answer.epoch));
        }
        let gaps = gaps(sent, answer, gaps_seen);
        if forks.is_empty() && !gaps.is_empty() {
            effects.push(Effect::ResendAfter(gaps));
        }
    }
    if !forks.is_empty() {
        effects.push(Effect::RenewInstall);
    }
    (effects, !forks.is_empty())
}

/// Another lifetime of the server: it has everything up to `after` (nothing of a lane not named).
pub(super) fn restored(epoch: Epoch, after: &BTreeMap<u8, i64>) -> Vec<Effect> {
    let after = Lane::ALL.map(u8::from).map(|lane| (lane, after.get(&lane).copied().unwrap_or(0)));
    vec![Effect::ResendAfter(after.into()), Effect::ResendOlderInstalls, Effect::SetEpoch(epoch)]
}

/// A fork is sent again under a new install id and is a problem only if that is refused too.
fn is_problem(verdict: &EventVerdict) -> bool {
    match verdict.verdict {
        Verdict::Fork => false,
        Verdict::Duplicate => verdict.first.is_some_and(Verdict::is_problem),
        other => other.is_problem(),
    }
}

/// Lanes of which the server misses something before what was sent just now. Each gap is filled
/// once: what was pruned here cannot be sent again, and the server goes on without it.
fn gaps(sent: &[Sent], answer: &PushAnswer, seen: &mut BTreeMap<u8, i64>) -> BTreeMap<u8, i64> {
    let mut first_sent = BTreeMap::new();
    for event in sent {
        let first = first_sent.entry(u8::from(event.lane)).or_insert(event.seq);
        *first = event.seq.min(*first);
    }
    let mut found = BTreeMap::new();
    for (lane, first) in first_sent {
        let has = answer.acked.get(&lane).copied().unwrap_or(0);
        if has < first - 1 && seen.insert(lane, has) != Some(has) {
            found.insert(lane, has);
        }
    }
    found
}
