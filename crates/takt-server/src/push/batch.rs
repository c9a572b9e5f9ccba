//! One transaction: receipts first, then effects, then what is kept; all of it or nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use takt_wire::push::{EventVerdict, Verdict};
use uuid::Uuid;

use super::carry::carry_out;
use super::entry::Applied;
use super::fact::{Fact, Unreadable};
use super::judge::{self, Applying, Decision, Knowledge};
use super::kept::{self, number};
use super::sort::sort_out;
use super::verdict::{self, Reason, code};
use super::{Incoming, refers, watermark};
use crate::db::device::{self, Device};
use crate::db::quarantine::Waiting;
use crate::db::receipt::{self, Receipt};
use crate::db::{Db, TenantTx, ncr, quarantine, reference};

/// Why a transaction came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Another session received the same events meanwhile: look again.
    #[error("another session was quicker")]
    Overtaken,
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Takes events of one install; with a `refusal`, keeps them for it instead of applying them.
pub async fn attempt(
    db: &Db,
    device: &Device,
    items: &[Incoming],
    refusal: Option<&Reason>,
) -> Result<Vec<EventVerdict>, Failed> {
    let Some(install) = items.first().map(|item| item.install_id) else { return Ok(Vec::new()) };
    let mut tx = db.device(device).await?;
    receipt::lock_install(&mut tx, install).await?;
    let marks = receipt::watermarks(&mut tx, install).await?;
    let known = known(&mut tx, install, items).await?;
    let sorted = sort_out(items, &known, &marks);
    let mut verdicts = sorted.verdicts;
    for fork in &sorted.forks {
        let reason = Reason::new(code::FORKED, "this number was used for another event before");
        quarantine::keep(&mut tx, device.id, &kept::row(fork, Verdict::Fork, &reason)).await?;
        device::fork_detected(&mut tx, device.id).await?;
    }
    let judged = judge_all(&mut tx, &sorted.fresh, &sorted.below, refusal).await?;
    verdicts.extend(carry_out(&mut tx, device, judged).await?);
    let arrived = items.iter().filter(|item| !sorted.forks.iter().any(|fork| std::ptr::eq(*fork, *item)));
    let moved = watermark::moved(&mut tx, install, &marks, arrived).await?;
    receipt::move_watermarks(&mut tx, device.id, install, &moved).await?;
    tx.check_constraints().await?;
    tx.commit().await?;
    verdicts.sort_by_key(|verdict| (verdict.lane, verdict.seq));
    Ok(verdicts)
}

/// Applies an event that waited, or keeps it with its new reason; true = applied.
pub async fn replay(
    db: &Db,
    device: &Device,
    item: &Incoming,
    refusal: Option<&Reason>,
) -> Result<bool, Failed> {
    let Some(id) = item.waited else { return Ok(false) };
    let mut tx = db.device(device).await?;
    if !quarantine::claim(&mut tx, id).await? {
        return Ok(false);
    }
    let judged = judge_all(&mut tx, &[item], &[], refusal).await?;
    let applied = judged.kept.is_empty();
    carry_out(&mut tx, device, judged).await?;
    tx.check_constraints().await?;
    tx.commit().await?;
    Ok(applied)
}

async fn known(tx: &mut TenantTx, install: Uuid, items: &[Incoming]) -> Result<Vec<Receipt>, sqlx::Error> {
    let numbers: Vec<_> = items.iter().map(number).collect();
    let ids: Vec<_> = items.iter().map(|item| item.event.event_id.0).collect();
    receipt::known(tx, install, &numbers, &ids).await
}

/// What becomes of events: applied, or kept for a reason.
#[derive(Default)]
pub struct Judged<'a> {
    /// What is applied.
    pub applied: Vec<Applied<'a>>,
    /// What is kept, and why.
    pub kept: Vec<(&'a Incoming, Verdict, Reason)>,
    /// When the entries that corrections cite happened.
    pub times: HashMap<Uuid, DateTime<Utc>>,
}

async fn judge_all<'a>(
    tx: &mut TenantTx,
    fresh: &[&'a Incoming],
    below: &[&'a Incoming],
    refusal: Option<&Reason>,
) -> Result<Judged<'a>, sqlx::Error> {
    let mut judged = Judged::default();
    for item in below {
        let reason =
            Reason::new(code::TOO_OLD, "its number was acknowledged before, and it was never received");
        judged.kept.push((item, Verdict::Quarantined, reason));
    }
    if let Some(reason) = refusal {
        judged.kept.extend(fresh.iter().map(|item| (*item, Verdict::Quarantined, reason.clone())));
        return Ok(judged);
    }
    let read = judge::read(fresh);
    let mut knowledge = gather(tx, fresh, &read).await?;
    judged.times = knowledge.earlier.iter().filter_map(|(uid, it)| Some((*uid, it.occurred_at?))).collect();
    let mut applying: Applying = HashMap::new();
    for (item, read) in fresh.iter().zip(read) {
        match (judge::judge(item, read, &knowledge, &applying), &item.when) {
            (Decision::Apply(fact, flags), Ok(occurred)) => {
                let id = item.event.event_id.0;
                applying.insert(id, receipt_of(item, occurred.at));
                judged.times.insert(id, occurred.at);
                judged.applied.push(Applied { item, fact: *fact, occurred: *occurred, flags });
            }
            (Decision::Keep(verdict, reason), _) => {
                if matches!(verdict, Verdict::Quarantined | Verdict::Held) {
                    knowledge.waits(item);
                }
                judged.kept.push((item, verdict, reason));
            }
            (Decision::Apply(..), Err(refused)) => {
                let reason = Reason::new(code::CLOCK_SKEW, refused.to_string());
                judged.kept.push((item, Verdict::Quarantined, reason));
            }
        }
    }
    Ok(judged)
}

/// As if it had been received before: what later events of the batch may refer to.
fn receipt_of(item: &Incoming, at: DateTime<Utc>) -> Receipt {
    let (lane, seq) = number(item);
    Receipt {
        install_id: item.install_id,
        lane,
        seq,
        event_id: item.event.event_id.0,
        event_type: item.event.kind.clone(),
        verdict: verdict::column(Verdict::Applied).to_owned(),
        code: None,
        occurred_at: Some(at),
        target_id: None,
    }
}

async fn gather(
    tx: &mut TenantTx,
    items: &[&Incoming],
    read: &[Result<Fact, Unreadable>],
) -> Result<Knowledge, sqlx::Error> {
    let facts = || read.iter().filter_map(|fact| fact.as_ref().ok());
    let earlier: Vec<Uuid> =
        facts().filter_map(|fact| refers::earlier_event(fact).map(|(uid, _)| uid)).collect();
    let people: HashSet<i32> =
        items.iter().filter_map(|item| item.event.actor.map(|actor| actor.0)).collect();
    let people: Vec<i32> = people.into_iter().collect();
    let streams: HashSet<&str> = items.iter().filter_map(|item| item.event.stream_key.as_deref()).collect();
    let streams: Vec<&str> = streams.into_iter().filter(|stream| !stream.contains('\0')).collect();
    let install = items.first().map_or(Uuid::nil(), |item| item.install_id);
    let earlier =
        if earlier.is_empty() { Vec::new() } else { receipt::known(tx, install, &[], &earlier).await? };
    let reports =
        facts().filter_map(|it| if let Fact::NcrDetail(it) = it { Some(it.ncr_uid.0) } else { None });
    let reports: Vec<Uuid> = reports.collect();
    let open_ncrs = if reports.is_empty() { Vec::new() } else { ncr::open(tx, &reports).await? };
    let kept = earlier.iter().filter(|it| matches!(it.verdict(), Verdict::Quarantined | Verdict::Held));
    let kept: Vec<Uuid> = kept.map(|it| it.event_id).collect();
    let given_up = if kept.is_empty() { Vec::new() } else { quarantine::given_up(tx, &kept).await? };
    let mut waiting: HashMap<String, Vec<Waiting>> = HashMap::new();
    for it in quarantine::waiting(tx, &streams).await? {
        waiting.entry(it.stream_key.clone()).or_default().push(it);
    }
    Ok(Knowledge {
        masters: reference::known(tx, &refers::wanted(facts())).await?,
        actors: if people.is_empty() { HashMap::new() } else { reference::actors(tx, &people).await? },
        earlier: earlier.into_iter().map(|receipt| (receipt.event_id, receipt)).collect(),
        open_ncrs: open_ncrs.into_iter().collect(),
        given_up: given_up.into_iter().collect(),
        waiting,
    })
}
