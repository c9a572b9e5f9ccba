//! The terminal's outbox, the plant's rows and the script's ledger, compared event by event. Nothing may be missing,
//! nothing may be there twice, nothing may be there that nobody did, and no other tenant may see any of it.
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use uuid::Uuid;

use super::centre::Centre;
use super::ledger::{KINDS, Ledger, READINGS};
use super::outbox::{self, Event};

/// The trail also keeps what an event changed in other rows; those entries are nobody's event.
const NO_CONSEQUENCE: &str = " and action in ('LOGIN', 'LOGIN_FAILED', 'LOGOUT')";

/// What was found, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Findings {
    /// Events in the outbox, by kind.
    pub events: BTreeMap<String, usize>,
    /// Receipts by verdict.
    pub verdicts: BTreeMap<String, usize>,
    /// Rows of this terminal, by table.
    pub rows: BTreeMap<&'static str, usize>,
    /// Events that have more than one row.
    pub doubled: usize,
    /// One sentence each; none = all is well.
    pub faults: Vec<String>,
}

/// The tenant that works, and the one that must not see it.
pub struct Tenants<'a> {
    pub ours: &'a str,
    pub other: &'a str,
}

/// Compares everything. The terminal may still run.
pub fn compare(centre: &Centre, station: &Path, ledger: &Ledger, tenants: &Tenants<'_>) -> Result<Findings> {
    let events = outbox::read(station)?;
    let mut findings = Findings::default();
    for event in &events {
        *findings.events.entry(event.kind.clone()).or_default() += 1;
    }
    against_ledger(&mut findings, ledger);
    findings.faults.extend(outbox::problems(station)?);
    let waiting = events.iter().filter(|event| !event.acked).count();
    if waiting > 0 {
        findings.faults.push(format!("{waiting} events still wait on the terminal"));
    }
    let device = device(centre, &events)?;
    receipts(centre, device, &events, &mut findings)?;
    for (table, wanted) in wanted(&events)? {
        rows(centre, device, table, &wanted, &mut findings)?;
        privacy(centre, tenants, (table, "uid"), &wanted, &mut findings)?;
    }
    let ids: BTreeSet<Uuid> = events.iter().map(|event| event.id).collect();
    privacy(centre, tenants, ("sync_receipts", "event_id"), &ids, &mut findings)?;
    if findings.rows.get(READINGS).copied().unwrap_or(0) != ledger.readings {
        findings.faults.push(format!("the script took {} readings", ledger.readings));
    }
    sums(centre, device, ledger, &mut findings)?;
    endings(centre, device, ledger, &mut findings)?;
    Ok(findings)
}

fn against_ledger(findings: &mut Findings, ledger: &Ledger) {
    for (kind, _) in KINDS {
        let (found, expected) = (findings.events.get(kind).copied().unwrap_or(0), ledger.expected(kind));
        if found != expected {
            findings
                .faults
                .push(format!("{kind}: {found} events on the terminal, the script did {expected}"));
        }
    }
    for kind in findings.events.keys().filter(|kind| KINDS.iter().all(|(known, _)| known != kind)) {
        findings.faults.push(format!("{kind}: a kind the script knows nothing of"));
    }
}

/// The device that sent the first event.
fn device(centre: &Centre, events: &[Event]) -> Result<i64> {
    let first = events.first().context("the outbox is empty")?;
    let query = format!("select device_id from sync_receipts where event_id = '{}'", first.id);
    Ok(centre.value(&query).context("nothing of this terminal is at the plant")?.parse()?)
}

fn receipts(centre: &Centre, device: i64, events: &[Event], findings: &mut Findings) -> Result<()> {
    let query =
        format!("select event_id, verdict, coalesce(code, '') from sync_receipts where device_id = {device}");
    let mut receipts: BTreeMap<Uuid, usize> = BTreeMap::new();
    for row in centre.rows(&query)? {
        let [event, verdict, code] = row.as_slice() else { continue };
        *receipts.entry(event.parse()?).or_default() += 1;
        *findings.verdicts.entry(verdict.to_lowercase()).or_default() += 1;
        if !verdict.starts_with("APPLIED") {
            findings.faults.push(format!("event {event} is {verdict} {code}"));
        }
    }
    for event in events {
        match receipts.remove(&event.id) {
            Some(1) => {}
            Some(count) => findings.faults.push(format!("{} {}: {count} receipts", event.kind, event.id)),
            None => findings.faults.push(format!("{} {}: no receipt", event.kind, event.id)),
        }
    }
    findings.faults.extend(receipts.keys().map(|id| format!("a receipt for {id}, which nobody sent")));
    let quarantined = centre.rows(&format!(
        "select event_type, verdict, code, coalesce(detail, '') from sync_quarantine where device_id = {device}"
    ))?;
    findings.faults.extend(quarantined.iter().map(|row| format!("in quarantine: {}", row.join(" "))));
    Ok(())
}

/// The uids that each table must hold.
fn wanted(events: &[Event]) -> Result<BTreeMap<&'static str, BTreeSet<Uuid>>> {
    let mut wanted: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
    for (kind, table) in KINDS {
        let of_kind = events.iter().filter(|event| event.kind == kind);
        if let Some(table) = table {
            wanted.entry(table).or_default().extend(of_kind.map(|event| event.id));
        }
    }
    let readings = wanted.entry(READINGS).or_default();
    for event in events {
        readings.extend(event.readings()?);
    }
    Ok(wanted)
}

fn rows(
    centre: &Centre,
    device: i64,
    table: &'static str,
    wanted: &BTreeSet<Uuid>,
    findings: &mut Findings,
) -> Result<()> {
    let mut times: BTreeMap<Uuid, usize> = BTreeMap::new();
    let beside = if table == "audit_logs" { NO_CONSEQUENCE } else { "" };
    for row in centre.rows(&format!("select uid from {table} where device_id = {device}{beside}"))? {
        *times.entry(row.concat().parse()?).or_default() += 1;
    }
    findings.rows.insert(table, times.values().sum());
    let missing = wanted.iter().filter(|uid| !times.contains_key(uid)).count();
    let strange = times.keys().filter(|uid| !wanted.contains(uid)).count();
    let doubled = times.values().filter(|times| **times > 1).count();
    findings.doubled += doubled;
    for (count, what) in [(missing, "missing"), (strange, "that nobody made"), (doubled, "doubled")] {
        if count > 0 {
            findings.faults.push(format!("{table}: {count} rows {what}"));
        }
    }
    Ok(())
}

/// The other tenant sees none of the rows, and, so that this says something, ours sees all of them.
fn privacy(
    centre: &Centre,
    tenants: &Tenants<'_>,
    (table, column): (&str, &str),
    uids: &BTreeSet<Uuid>,
    findings: &mut Findings,
) -> Result<()> {
    let uids: Vec<Uuid> = uids.iter().copied().collect();
    let ours = centre.seen_by(centre.tenant(tenants.ours)?, table, column, &uids)?;
    let others = centre.seen_by(centre.tenant(tenants.other)?, table, column, &uids)?;
    if ours < uids.len() {
        findings.faults.push(format!("{table}: {} sees {ours} of its {} rows", tenants.ours, uids.len()));
    }
    if others > 0 {
        findings.faults.push(format!("{table}: {} sees {others} rows of {}", tenants.other, tenants.ours));
    }
    Ok(())
}

/// Pieces booked here add up to what the script booked, and every counter of the orders touched equals its lines.
fn sums(centre: &Centre, device: i64, ledger: &Ledger, findings: &mut Findings) -> Result<()> {
    let booked = centre.value(&format!(
        "select trim_scale(coalesce(sum(quantity_good), 0)) || ' ' || trim_scale(coalesce(sum(quantity_scrapped), 0))
         from production_logs where device_id = {device}"
    ))?;
    let expected = format!("{} {}", ledger.good, ledger.scrap);
    if booked != expected {
        findings
            .faults
            .push(format!("good and scrap at the plant are {booked}, the script booked {expected}"));
    }
    let wrong = centre.rows(&format!(
        "select o.id, o.completed_quantity, o.scrapped_quantity, sum(l.quantity_good), sum(l.quantity_scrapped)
         from work_order_operations o join production_logs l on l.operation_id = o.id
         where o.id in (select operation_id from production_logs where device_id = {device})
         group by o.id, o.completed_quantity, o.scrapped_quantity
         having o.completed_quantity <> sum(l.quantity_good) or o.scrapped_quantity <> sum(l.quantity_scrapped)"
    ))?;
    findings.faults.extend(wrong.iter().map(|row| {
        format!(
            "operation {}: counters {} and {}, its lines say {} and {}",
            row[0], row[1], row[2], row[3], row[4]
        )
    }));
    Ok(())
}

/// Events that change a row that is there have changed it.
fn endings(centre: &Centre, device: i64, ledger: &Ledger, findings: &mut Findings) -> Result<()> {
    let severity = ledger.ncr_severity;
    let other = centre.value(&format!(
        "select count(*) from ncrs where device_id = {device} and severity <> '{severity}'"
    ))?;
    if other != "0" {
        findings.faults.push(format!("{other} NCRs are not {severity} at the plant"));
    }
    let open = centre.value(&format!(
        "select count(*) from shift_handovers where device_id = {device} and (status <> 'ACKNOWLEDGED' or ack_uid is null)"
    ))?;
    if open != "0" {
        findings.faults.push(format!("{open} handovers are not acknowledged at the plant"));
    }
    let unexplained = centre.value(&format!(
        "select count(*) from machine_status_history where device_id = {device} and status = 'DOWN' and reason_id is null"
    ))?;
    if unexplained != "0" {
        findings.faults.push(format!("{unexplained} stops have no reason at the plant"));
    }
    Ok(())
}
