//! What was judged is carried out: receipts, then what they stand for, then what is kept.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use takt_wire::push::{EventVerdict, Verdict};
use uuid::Uuid;

use super::batch::{Failed, Judged};
use super::entry::{Applied, of_kind};
use super::fact::Fact;
use super::verdict::{self, Reason};
use super::{Incoming, kept};
use crate::db::device::Device;
use crate::db::receipt::{self, NewReceipt};
use crate::db::{
    TenantTx, handover, inspection, machine, ncr, production, quarantine, scan, sign_in, work_order,
};

/// Receipts, effects, and what is kept.
pub async fn carry_out(
    tx: &mut TenantTx,
    device: &Device,
    judged: Judged<'_>,
) -> Result<Vec<EventVerdict>, Failed> {
    let Judged { mut applied, kept: others, times } = judged;
    apply(tx, device, &mut applied, &times).await?;
    let mut verdicts = Vec::new();
    for it in &applied {
        if !it.flags.is_empty() {
            let flag = Some(it.flags[0].to_owned());
            verdicts.push(verdict::told(it.item, Verdict::AppliedFlagged, flag, Some(it.flags.join(" "))));
        }
    }
    for (item, verdict, reason) in &others {
        let row = kept::row(item, *verdict, reason);
        match item.waited {
            Some(id) => quarantine::reasoned(tx, id, &row).await?,
            None => quarantine::keep(tx, device.id, &row).await?,
        }
        let detail = Some(reason.detail.clone());
        verdicts.push(verdict::told(item, *verdict, Some(reason.code.to_owned()), detail));
    }
    give_receipts(tx, device, &[], &others).await?;
    Ok(verdicts)
}

/// Books production in memory, then writes receipts and everything they stand for.
async fn apply(
    tx: &mut TenantTx,
    device: &Device,
    applied: &mut [Applied<'_>],
    times: &HashMap<Uuid, DateTime<Utc>>,
) -> Result<(), Failed> {
    let orders: HashSet<i32> = applied
        .iter()
        .filter_map(
            |it| if let Fact::Production(entry) = &it.fact { Some(entry.work_order_id.0) } else { None },
        )
        .collect();
    let before = work_order::lock(tx, &orders.into_iter().collect::<Vec<_>>()).await?;
    let mut after = before.clone();
    for it in applied.iter_mut() {
        match &it.fact {
            Fact::Production(entry) => it.flags.extend(after.book(entry, it.occurred.at)),
            Fact::Inspection(log) => after.inspected(log),
            _ => {}
        }
    }
    give_receipts(tx, device, applied, &[]).await?;
    work_order::write(tx, &before, &after).await?;
    write(tx, applied, times).await
}

async fn write(
    tx: &mut TenantTx,
    applied: &[Applied<'_>],
    times: &HashMap<Uuid, DateTime<Utc>>,
) -> Result<(), Failed> {
    macro_rules! each {
        ($variant:ident => $write:expr) => {{
            let entries =
                of_kind(applied, |fact| if let Fact::$variant(it) = fact { Some(it) } else { None });
            if !entries.is_empty() {
                $write(tx, &entries).await?;
            }
        }};
    }
    let lines = of_kind(applied, |fact| if let Fact::Production(it) = fact { Some(it) } else { None });
    if !lines.is_empty() {
        production::insert(tx, &lines, times).await?;
    }
    each!(MachineStatus => machine::enter);
    each!(StopExplained => machine::explain);
    each!(Inspection => inspection::insert);
    each!(Ncr => ncr::raise);
    each!(NcrDetail => ncr::detail);
    each!(Handover => handover::submit);
    each!(Acknowledgement => handover::acknowledge);
    each!(Scan => scan::insert);
    each!(SignIn => sign_in::insert);
    for it in applied {
        if let Some(id) = it.item.waited {
            quarantine::replayed(tx, id).await?;
        }
    }
    Ok(())
}

async fn give_receipts(
    tx: &mut TenantTx,
    device: &Device,
    applied: &[Applied<'_>],
    others: &[(&Incoming, Verdict, Reason)],
) -> Result<(), Failed> {
    let receipts: Vec<(NewReceipt, bool)> = applied
        .iter()
        .map(|it| (kept::receipt_of_applied(it), it.item.waited.is_some()))
        .chain(others.iter().map(|(item, verdict, reason)| {
            (kept::receipt_of_kept(item, *verdict, reason), item.waited.is_some())
        }))
        .collect();
    let (waited, fresh): (Vec<_>, Vec<_>) = receipts.into_iter().partition(|(_, waited)| *waited);
    for (receipt, _) in &waited {
        receipt::settle(tx, receipt).await?;
    }
    let fresh: Vec<NewReceipt> = fresh.into_iter().map(|(receipt, _)| receipt).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let written = receipt::insert(tx, device.id, &fresh).await?;
    if written == u64::try_from(fresh.len()).unwrap_or(u64::MAX) { Ok(()) } else { Err(Failed::Overtaken) }
}
