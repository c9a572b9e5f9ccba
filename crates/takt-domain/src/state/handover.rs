//! The handover's states; what is in one is [`crate::handover`].

use crate::state::transitions;
use crate::words::words;

words! {
    /// States of a shift handover (`shift_handovers.status`).
    HandoverStatus {
        /// Being written.
        Draft = "DRAFT",
        /// Handed over, waits for the incoming lead.
        Submitted = "SUBMITTED",
        /// Taken over.
        Acknowledged = "ACKNOWLEDGED",
        /// The incoming lead disagrees.
        Disputed = "DISPUTED",
    }
}

transitions!(HandoverStatus {
    Draft => [Submitted],
    Submitted => [Acknowledged, Disputed],
    Disputed => [Submitted],
    Acknowledged => [],
});
