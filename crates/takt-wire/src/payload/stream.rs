//! Which stream an event belongs to: within it, order holds.

use takt_domain::{EventId, MachineId, OperationId};

/// Everything booked on a routing step.
pub fn operation(id: OperationId) -> String {
    format!("operation:{id}")
}

/// The states of a machine.
pub fn machine(id: MachineId) -> String {
    format!("machine:{id}")
}

/// An inspection and the NCR it raised.
pub fn inspection(uid: EventId) -> String {
    format!("inspection:{uid}")
}

/// A handover and its acknowledgement.
pub fn handover(uid: EventId) -> String {
    format!("handover:{uid}")
}
