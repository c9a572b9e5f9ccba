//! The shop floor's vocabulary and its rules: what a newcomer reads first.
//!
//! Pure: no I/O, no clock, no randomness; time and ids come in as values. Names are those of
//! ISA-95, ISO 22400 and AIAG. Begin with [`id`] and [`quantity`], then [`state`] (what may
//! follow what), [`shift`] (when a shift is), [`progress`] (what remains) and [`spc`].

pub mod availability;
pub mod badge;
pub mod booking;
pub mod handover;
pub mod id;
pub mod inspection;
pub mod kpi;
pub mod lockout;
pub mod progress;
pub mod quantity;
#[cfg(test)]
mod reference;
pub mod role;
pub mod shift;
pub mod spc;
pub mod state;
pub mod words;

pub use badge::badge_hash;
pub use booking::ProductionEvent;
pub use id::*;
pub use inspection::InspectionResult;
pub use progress::Progress;
pub use quantity::{Measure, NumberRefused, Quantity};
pub use state::handover::HandoverStatus;
pub use state::machine::{self, MachineStatus};
pub use state::ncr::{NcrStatus, Severity};
pub use state::operation::{self, OperationStatus, SchedulingMode};
pub use state::order::OrderStatus;
