//! What a code means here and now, by its kind and the screen it was scanned on.

use takt_domain::{Measure, OperationId, UserId, WorkOrderId, badge_hash};
use takt_scan::Meaning;
use takt_store::Writing;
use takt_wire::payload::ScanResolution;
use takt_wire::row::{Machine, WorkOrder};

use super::{command, order};
use crate::act::Act;
use crate::inspection;
use crate::machine;
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::session::{self, Badge, PinWanted};
use crate::view::Refusal;
use crate::view::scan::Screen;

/// What becomes of a code.
#[derive(Clone, Debug)]
pub(crate) struct Done {
    pub said: Said,
    /// Where to go now.
    pub go: Option<Screen>,
    /// What the lock screen says now, where a badge was read.
    pub lock: Option<LockChange>,
}

/// What a badge changed at the lock screen.
#[derive(Clone, Debug)]
pub(crate) enum LockChange {
    Opened,
    PinWanted(Box<PinWanted>),
    Failed(Refusal),
}

/// What the ledger keeps of a scan; grows while it is understood, so that a refusal keeps it too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    pub resolution: Option<ScanResolution>,
    pub entity: Option<(&'static str, i64)>,
    pub purpose: Option<&'static str>,
    pub work_order: Option<WorkOrderId>,
    /// Who scanned, where a badge says so.
    pub actor: Option<UserId>,
}

impl Done {
    pub(crate) fn stay(said: Said) -> Self {
        Self { said, go: None, lock: None }
    }

    pub(crate) fn go(said: Said, screen: Screen) -> Self {
        Self { go: Some(screen), ..Self::stay(said) }
    }
}

impl Trace {
    /// It resolved to this.
    pub(crate) fn found(&mut self, entity: &'static str, id: i32, purpose: &'static str) {
        self.entity = Some((entity, i64::from(id)));
        self.purpose = Some(purpose);
    }

    /// It is something, but nothing the mirror knows.
    fn partly(&mut self, purpose: &'static str) {
        self.resolution = Some(ScanResolution::Partial);
        self.purpose = Some(purpose);
    }
}

/// Carries out what a code means.
pub(crate) fn understand(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    trace: &mut Trace,
    meaning: &Meaning,
    screen: &Screen,
) -> Result<Done, Refused> {
    if let Meaning::Badge(content) = meaning {
        let hash = badge_hash(act.here.enrolment.organization_id, content.expose());
        return badge(w, act, trace, &hash, screen);
    }
    if act.person.is_none() {
        trace.resolution = Some(ScanResolution::Error);
        return refuse("not_signed_in");
    }
    match meaning {
        Meaning::WorkOrder { order_number } => order::scanned(w, act, trace, order_number, None, screen),
        Meaning::Operation { order_number, operation_number } => {
            order::scanned(w, act, trace, order_number, Some(*operation_number), screen)
        }
        Meaning::Machine { machine_code } => machine_scanned(w, act, trace, machine_code),
        Meaning::Lot { lot_number } => Ok(lot(trace, lot_number)),
        Meaning::Serial { serial_number } => Ok(serial(trace, serial_number)),
        Meaning::Gs1 { serial: Some(number), .. } => Ok(serial(trace, number)),
        Meaning::Gs1 { lot: Some(number), .. } => Ok(lot(trace, number)),
        Meaning::Gs1 { .. } => refuse("unknown_code"),
        Meaning::Command(card) => command::carry_out(w, act, trace, card, screen),
        Meaning::Enrolment(_) => {
            trace.resolution = Some(ScanResolution::Error);
            refuse("already_enrolled")
        }
        Meaning::Bare(text) => bare(w, act, trace, text, screen),
        Meaning::Badge(_) => refuse("internal"),
    }
}

fn badge(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    trace: &mut Trace,
    hash: &str,
    screen: &Screen,
) -> Result<Done, Refused> {
    let at_handover = matches!(screen, Screen::Handover);
    trace.purpose = Some(if at_handover { "HANDOVER" } else { "LOGIN" });
    let mut known = |id: UserId| trace.entity = Some(("user", i64::from(id.0)));
    Ok(match session::badge(w, act, hash, at_handover)? {
        Badge::In(person, said) => {
            known(person.id);
            trace.actor = Some(person.id);
            Done { lock: Some(LockChange::Opened), ..Done::stay(said) }
        }
        Badge::Pin(wanted) => {
            known(wanted.person.id);
            let said = Said::note("pin_wanted").with("name", &wanted.person.full_name);
            Done { lock: Some(LockChange::PinWanted(Box::new(wanted))), ..Done::stay(said) }
        }
        Badge::Refused(person, refusal) => {
            if let Some(person) = person {
                known(person.id);
            }
            Done { lock: Some(LockChange::Failed(refusal.clone())), ..Done::stay(Said::bad(refusal)) }
        }
    })
}

fn machine_scanned(w: &Writing<'_>, act: &Act<'_>, trace: &mut Trace, code: &str) -> Result<Done, Refused> {
    let Some(machine) = machine_by_code(w, code)? else {
        return Err(Refusal::new("unknown_code").with("machine", code).into());
    };
    trace.found("machine", machine.id.0, "LOOKUP");
    if act.machine() != Some(machine.id) {
        return Err(machine::elsewhere(w, &machine)?.into());
    }
    Ok(Done::stay(Said::note("machine_here").with("machine", machine.machine_name)))
}

fn machine_by_code(w: &Writing<'_>, code: &str) -> Result<Option<Machine>, Refused> {
    let machines: Vec<Machine> = w.mirror()?;
    Ok(machines.into_iter().find(|machine| machine.machine_code == code))
}

fn lot(trace: &mut Trace, number: &str) -> Done {
    trace.partly("CONSUMPTION");
    Done::stay(Said::note("lot_seen").with("lot", number))
}

fn serial(trace: &mut Trace, number: &str) -> Done {
    trace.partly("CONSUMPTION");
    Done::stay(Said::note("serial_seen").with("serial", number))
}

/// Text without a grammar: a gauge's reading where one is awaited, else an order or a machine.
fn bare(
    w: &mut Writing<'_>,
    act: &Act<'_>,
    trace: &mut Trace,
    text: &str,
    screen: &Screen,
) -> Result<Done, Refused> {
    if let (Screen::Inspection { operation, point }, Ok(_)) = (screen, Measure::typed(text)) {
        trace.found("work_order_operation", operation.0, "INSPECTION");
        let said = inspection::gauge_read(w, act, *operation, *point, text)?;
        return Ok(Done::stay(said));
    }
    let code = text.to_uppercase();
    let order = order::by_number(w, &code)?;
    let machine = machine_by_code(w, &code)?;
    match (order, machine) {
        (Some(_), Some(_)) => {
            trace.resolution = Some(ScanResolution::Ambiguous);
            Err(Refusal::new("ambiguous_code").with("code", code).into())
        }
        (Some(WorkOrder { work_order_number, .. }), None) => {
            order::scanned(w, act, trace, &work_order_number, None, screen)
        }
        (None, Some(machine)) => machine_scanned(w, act, trace, &machine.machine_code),
        (None, None) => refuse("unknown_code"),
    }
}

/// The job a screen is about, else the one in work here.
pub(crate) fn operation_of(screen: &Screen) -> Option<OperationId> {
    match screen {
        Screen::Report { operation } | Screen::Inspection { operation, .. } => Some(*operation),
        _ => None,
    }
}
