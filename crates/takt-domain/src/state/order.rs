//! The work order: something is to be made.

use crate::ProductionEvent;
use crate::state::transitions;
use crate::words::words;

words! {
    /// States of a work order (`work_orders.status`).
    OrderStatus {
        /// Planned, not yet to be worked on.
        Planned = "PLANNED",
        /// May be started.
        Released = "RELEASED",
        /// At least one operation has started.
        InProgress = "IN_PROGRESS",
        /// Nothing runs on it for now.
        Paused = "PAUSED",
        /// All operations are done.
        Completed = "COMPLETED",
        /// Will not be made.
        Cancelled = "CANCELLED",
    }
}

transitions!(OrderStatus {
    Planned => [Released, Cancelled],
    Released => [InProgress, Planned, Cancelled],
    InProgress => [Paused, Completed, Cancelled],
    Paused => [InProgress, Completed, Cancelled],
    Completed => [],
    Cancelled => [],
});

impl OrderStatus {
    /// The state after something happened on one of its operations: work moves a released or
    /// paused order on; a pause or a completion of one operation says nothing of the others.
    pub fn after(self, event: ProductionEvent) -> Self {
        use ProductionEvent as E;
        match (self, event) {
            (Self::Released | Self::Paused, E::Start | E::Resume | E::Output) => Self::InProgress,
            (Self::Released, E::Complete) => Self::InProgress,
            _ => self,
        }
    }
}
