//! Records and sync: everything made here with its ticks, and what a person should look at.

use std::collections::BTreeMap;
use std::fmt::Display;

use chrono::TimeDelta;
use takt_domain::shift::Window;
use takt_domain::{EventId, InspectionPointId, MachineId, OperationId, ReasonId, WorkOrderId};
use takt_store::{Ack, OutboxRow, Reading, RecordsWanted};
use takt_wire::payload::{
    CodeScanned, HandoverAcknowledged, HandoverSubmitted, InspectionRecorded, MachineStatusChanged,
    NcrDetailed, NcrRaised, Payload, ProductionLogged, SignIn, StopExplained,
};
use takt_wire::row::{InspectionPoint, Machine, Operation, WorkOrder};

use crate::handover;
use crate::here::{Here, Shifts};
use crate::people;
use crate::reasons::Reasons;
use crate::refused::Refused;
use crate::station::{Look, Station};
use crate::view::Refusal;
use crate::view::records::{ProblemView, RecordFilter, RecordView, RecordsView};

/// Records on a page.
const PAGE: usize = 50;
/// Characters of a SHA-256 in hex: what stands for a badge's content.
const HASH_CHARACTERS: usize = 64;

type Params = BTreeMap<String, String>;

impl Station {
    /// A page of records, newest first, older than `before`.
    pub fn records(&self, filter: RecordFilter, before: Option<EventId>) -> Result<RecordsView, Refusal> {
        let line = self.line();
        self.look_here(|r, here, look| {
            let shifts = Shifts::read(r)?;
            let counted = here.counted(shifts.running(look.now).as_ref(), look.now);
            let wanted = match filter {
                RecordFilter::All => RecordsWanted::All,
                RecordFilter::Unsent => RecordsWanted::Unsent,
                RecordFilter::Problems => RecordsWanted::Problems,
            };
            let rows = r.records(wanted, before, PAGE)?;
            let before = rows.last().filter(|_| rows.len() == PAGE).map(|row| row.event.event_id);
            let words = Words { r, here, shifts, reasons: Reasons::read(r, &look.locale, look.now)? };
            let records = rows.into_iter().map(|row| words.record(row, look));
            Ok(RecordsView {
                sync: self.sync_view(r, &counted)?,
                filter,
                records: records.collect::<Result<_, _>>()?,
                before,
                next_try_at: line.next_try_at,
                failures: line.failures,
                last_error: line.last_error,
            })
        })
    }
}

/// Records made in a window, and how many of them are at the plant: what stands at the top and what
/// a handover reports. Windows go by the corrected clock, records are kept by the terminal's own.
pub(crate) fn made_in(r: &Reading<'_>, window: &Window) -> Result<Ack, Refused> {
    let clock = r.sync_state()?.clock;
    let offset = TimeDelta::milliseconds(clock.map_or(0, |clock| clock.offset_ms));
    Ok(r.made_between(window.starts_at + offset, window.ends_at + offset)?)
}

/// What fills the words of a record.
struct Words<'a> {
    r: &'a Reading<'a>,
    here: &'a Here,
    shifts: Shifts,
    reasons: Reasons,
}

impl Words<'_> {
    fn record(&self, row: OutboxRow, look: &Look) -> Result<RecordView, Refused> {
        let event = row.event;
        let params = self.params(&event.kind, &event.payload, look)?;
        let by = event.actor.map(|actor| people::name(self.r, Some(actor))).transpose()?;
        let offset = TimeDelta::milliseconds(event.clock_offset_ms.unwrap_or(0));
        Ok(RecordView {
            event: event.event_id,
            kind: event.kind,
            params,
            by: by.filter(|name| !name.is_empty()),
            at: event.device_time - offset,
            on_terminal: true,
            at_plant: row.acked_at.is_some(),
            in_erp: None,
            problem: row.problem.map(|problem| ProblemView {
                verdict: word(&problem.verdict),
                code: problem.code.to_lowercase(),
                detail: problem.detail,
            }),
        })
    }

    /// A record whose content this build cannot read is still shown, without figures.
    fn params(&self, kind: &str, payload: &serde_json::Value, look: &Look) -> Result<Params, Refused> {
        let mut params = Params::new();
        let into = &mut params;
        match kind {
            ProductionLogged::KIND => self.with(payload, |it| self.production(into, &it))?,
            MachineStatusChanged::KIND => self.with(payload, |it| self.machine_status(into, &it))?,
            StopExplained::KIND => self.with(payload, |it: StopExplained| {
                self.machine(into, it.machine_id)?;
                self.reason(into, Some(it.reason_id));
                Ok(())
            })?,
            InspectionRecorded::KIND => self.with(payload, |it| self.inspection(into, &it))?,
            NcrRaised::KIND => self.with(payload, |it: NcrRaised| {
                put(into, "quantity", it.quantity_defective);
                self.order(into, it.work_order_id, it.operation_id)
            })?,
            NcrDetailed::KIND => self.with(payload, |it: NcrDetailed| {
                let ncr = self.r.own_ncr(it.ncr_uid)?;
                self.order(into, ncr.as_ref().and_then(|ncr| ncr.raised.work_order_id), None)
            })?,
            HandoverSubmitted::KIND => self.with(payload, |it: HandoverSubmitted| {
                put(into, "shift", self.shifts.name(it.from_shift_id));
                Ok(())
            })?,
            HandoverAcknowledged::KIND => self.with(payload, |it: HandoverAcknowledged| {
                let recent = handover::recent(self.r, self.here, look.now)?;
                if let Some(of) = recent.iter().find(|of| of.is(it.handover_uid)) {
                    put(into, "shift", self.shifts.name(of.from_shift));
                }
                Ok(())
            })?,
            CodeScanned::KIND => self.with(payload, |it: CodeScanned| {
                scan(into, &it);
                Ok(())
            })?,
            SignIn::KIND => self.with(payload, |it: SignIn| {
                put(into, "action", word(&it.action));
                put(into, "name", people::name(self.r, it.user_id)?);
                it.error.iter().for_each(|error| put(into, "error", error));
                Ok(())
            })?,
            _ => {}
        }
        Ok(params)
    }

    fn with<P: Payload>(
        &self,
        payload: &serde_json::Value,
        fill: impl FnOnce(P) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        serde_json::from_value(payload.clone()).map_or(Ok(()), fill)
    }

    fn production(&self, into: &mut Params, it: &ProductionLogged) -> Result<(), Refused> {
        put(into, "event", it.event_type);
        put(into, "good", it.quantity_good);
        put(into, "scrap", it.quantity_scrapped);
        put(into, "rework", it.quantity_rework);
        self.reason(into, it.scrap_reason_id.or(it.rework_reason_id).or(it.pause_reason_id));
        self.order(into, Some(it.work_order_id), Some(it.operation_id))
    }

    fn machine_status(&self, into: &mut Params, it: &MachineStatusChanged) -> Result<(), Refused> {
        put(into, "status", it.status);
        self.reason(into, it.reason_id);
        self.machine(into, it.machine_id)
    }

    fn inspection(&self, into: &mut Params, it: &InspectionRecorded) -> Result<(), Refused> {
        put(into, "result", it.result);
        let InspectionPointId(point) = it.point_id;
        let point: Option<InspectionPoint> = self.r.mirror_one(i64::from(point))?;
        point.iter().for_each(|point| put(into, "name", &point.point_name));
        self.order(into, Some(it.work_order_id), Some(it.operation_id))
    }

    fn order(
        &self,
        into: &mut Params,
        order: Option<WorkOrderId>,
        operation: Option<OperationId>,
    ) -> Result<(), Refused> {
        if let Some(WorkOrderId(id)) = order {
            let row: Option<WorkOrder> = self.r.mirror_one(i64::from(id))?;
            put(into, "order", row.map_or_else(|| id.to_string(), |row| row.work_order_number));
        }
        if let Some(OperationId(id)) = operation {
            let row: Option<Operation> = self.r.mirror_one(i64::from(id))?;
            row.iter().for_each(|row| put(into, "operation", row.operation_number));
        }
        Ok(())
    }

    fn machine(&self, into: &mut Params, MachineId(id): MachineId) -> Result<(), Refused> {
        let row: Option<Machine> = self.r.mirror_one(i64::from(id))?;
        put(into, "machine", row.map_or_else(|| id.to_string(), |row| row.machine_name));
        Ok(())
    }

    fn reason(&self, into: &mut Params, reason: Option<ReasonId>) {
        if let Some(reason) = reason {
            put(into, "reason", self.reasons.label(reason));
        }
    }
}

/// The hash of a badge says nothing to anybody.
fn scan(into: &mut Params, it: &CodeScanned) {
    let hash = it.scanned_value.len() == HASH_CHARACTERS
        && it.scanned_value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !hash {
        put(into, "value", it.scanned_value.chars().take(80).collect::<String>());
    }
    put(into, "resolution", word(&it.resolution));
    put(into, "purpose", &it.purpose);
    it.error.iter().for_each(|error| put(into, "error", error));
}

fn put(into: &mut Params, name: &str, value: impl Display) {
    into.insert(name.to_owned(), value.to_string());
}

/// A word as it is spelled on the wire.
fn word<T: serde::Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
