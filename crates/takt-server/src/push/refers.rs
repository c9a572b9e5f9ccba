//! What a fact refers to: masters by id, what a terminal made by uid.

use std::collections::{HashMap, HashSet};

use takt_wire::payload::Payload;
use takt_wire::payload::{
    HandoverSubmitted, InspectionRecorded, MachineStatusChanged, NcrRaised, ProductionLogged,
};
use uuid::Uuid;

use super::fact::Fact;

/// A master or order named by id; the same kinds in PostgreSQL's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Master {
    WorkOrder,
    Operation,
    Machine,
    Unit,
    Reason,
    WorkCenter,
    Shift,
    Plan,
    Point,
    Characteristic,
    Material,
}

/// A reference: to which kind, which id, and what must stand above it (an operation's order, a
/// point's plan, a characteristic's point) or which list it must be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Kind.
    pub master: Master,
    /// Id.
    pub id: i32,
    /// The id that must stand above it.
    pub within: Option<i32>,
    /// The list it must be of.
    pub list: Option<&'static str>,
}

/// What the database knows: kind and id, with what stands above it and its list.
pub type Known = HashMap<(Master, i32), (Option<i32>, Option<String>)>;

fn to(master: Master, id: i32) -> Reference {
    Reference { master, id, within: None, list: None }
}
fn within(master: Master, id: i32, above: i32) -> Reference {
    Reference { within: Some(above), ..to(master, id) }
}
fn of_list(id: i32, list: &'static str) -> Reference {
    Reference { list: Some(list), ..to(Master::Reason, id) }
}

/// Every master a fact names.
pub fn references(fact: &Fact) -> Vec<Reference> {
    use Master as M;
    let mut found = Vec::new();
    match fact {
        Fact::Production(it) => {
            found.push(to(M::WorkOrder, it.work_order_id.0));
            found.push(within(M::Operation, it.operation_id.0, it.work_order_id.0));
            found.push(to(M::Unit, it.unit_id.0));
            found.extend(it.machine_id.map(|id| to(M::Machine, id.0)));
            found.extend(it.scrap_reason_id.map(|id| of_list(id.0, "SCRAP_REASON")));
            found.extend(it.rework_reason_id.map(|id| of_list(id.0, "REWORK_REASON")));
            found.extend(it.pause_reason_id.map(|id| of_list(id.0, "DOWNTIME_REASON")));
        }
        Fact::MachineStatus(it) => {
            found.push(to(M::Machine, it.machine_id.0));
            found.extend(it.reason_id.map(|id| of_list(id.0, "DOWNTIME_REASON")));
            found.extend(it.work_order_id.map(|id| to(M::WorkOrder, id.0)));
        }
        Fact::StopExplained(it) => {
            found.push(to(M::Machine, it.machine_id.0));
            found.push(of_list(it.reason_id.0, "DOWNTIME_REASON"));
        }
        Fact::Inspection(it) => {
            found.push(to(M::Plan, it.plan_id.0));
            found.push(within(M::Point, it.point_id.0, it.plan_id.0));
            found.push(to(M::WorkOrder, it.work_order_id.0));
            found.push(within(M::Operation, it.operation_id.0, it.work_order_id.0));
            found.push(to(M::Unit, it.unit_id.0));
            found.extend(it.machine_id.map(|id| to(M::Machine, id.0)));
            let readings = it.readings.iter();
            found.extend(
                readings.map(|reading| within(M::Characteristic, reading.characteristic_id.0, it.point_id.0)),
            );
        }
        Fact::Ncr(it) => {
            found.push(of_list(it.defect_type_id.0, "DEFECT_TYPE"));
            found.push(to(M::Unit, it.unit_id.0));
            found.extend(it.material_id.map(|id| to(M::Material, id.0)));
            found.extend(it.work_order_id.map(|id| to(M::WorkOrder, id.0)));
            found.extend(it.operation_id.map(|id| Reference {
                within: it.work_order_id.map(|order| order.0),
                ..to(M::Operation, id.0)
            }));
        }
        Fact::NcrDetail(it) => found.push(of_list(it.defect_type_id.0, "DEFECT_TYPE")),
        Fact::Handover(it) => {
            found.push(to(M::Shift, it.from_shift_id.0));
            found.push(to(M::Shift, it.to_shift_id.0));
            found.push(to(M::WorkCenter, it.work_center_id.0));
        }
        Fact::Scan(it) => {
            found.extend(it.work_order_id.map(|id| to(M::WorkOrder, id.0)));
            found.extend(it.work_center_id.map(|id| to(M::WorkCenter, id.0)));
        }
        Fact::Acknowledgement(_) | Fact::SignIn(_) => {}
    }
    found
}

/// The first reference that leads nowhere, in words.
pub fn missing(fact: &Fact, known: &Known) -> Option<String> {
    references(fact).into_iter().find_map(|reference| {
        let name = format!("{:?} {}", reference.master, reference.id);
        match known.get(&(reference.master, reference.id)) {
            None => Some(format!("{name} is not known at this plant")),
            Some((above, _)) if reference.within.is_some() && *above != reference.within => {
                Some(format!("{name} does not belong to {}", reference.within.unwrap_or_default()))
            }
            Some((_, list)) if reference.list.is_some() && list.as_deref() != reference.list => {
                Some(format!("{name} is not of the list {}", reference.list.unwrap_or_default()))
            }
            Some(_) => None,
        }
    })
}

/// The distinct ids of all references, by kind.
pub fn wanted<'a>(facts: impl Iterator<Item = &'a Fact>) -> HashMap<Master, Vec<i32>> {
    let distinct: HashSet<(Master, i32)> =
        facts.flat_map(references).map(|reference| (reference.master, reference.id)).collect();
    let mut by_kind: HashMap<Master, Vec<i32>> = HashMap::new();
    for (master, id) in distinct {
        by_kind.entry(master).or_default().push(id);
    }
    by_kind
}

/// The event a fact refers to, and of which kind it must be.
pub fn earlier_event(fact: &Fact) -> Option<(Uuid, &'static str)> {
    match fact {
        Fact::Production(it) => it.corrects.map(|uid| (uid.0, ProductionLogged::KIND)),
        Fact::StopExplained(it) => Some((it.status_uid.0, MachineStatusChanged::KIND)),
        Fact::Ncr(it) => it.inspection_uid.map(|uid| (uid.0, InspectionRecorded::KIND)),
        Fact::NcrDetail(it) => Some((it.ncr_uid.0, NcrRaised::KIND)),
        Fact::Acknowledgement(it) => Some((it.handover_uid.0, HandoverSubmitted::KIND)),
        Fact::MachineStatus(_)
        | Fact::Inspection(_)
        | Fact::Handover(_)
        | Fact::Scan(_)
        | Fact::SignIn(_) => None,
    }
}
