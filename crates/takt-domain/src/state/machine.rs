//! The machine: what a piece of equipment is doing, period after period.

use crate::ProductionEvent;
use crate::state::transitions;
use crate::words::words;

words! {
    /// States of equipment (`machines.status`).
    MachineStatus {
        /// Could run, has nothing to do.
        Available = "AVAILABLE",
        /// Producing.
        Running = "RUNNING",
        /// Has work and waits.
        Idle = "IDLE",
        /// Being set up.
        Setup = "SETUP",
        /// Stopped by a fault or a want; the reason may come later.
        Down = "DOWN",
        /// Taken out for upkeep.
        Maintenance = "MAINTENANCE",
        /// Gone for good.
        Decommissioned = "DECOMMISSIONED",
    }
}

transitions!(MachineStatus {
    Available => [Running, Setup, Down, Maintenance, Decommissioned],
    Running => [Idle, Setup, Down, Available],
    Idle => [Running, Setup, Down, Available],
    Setup => [Running, Idle, Down, Available],
    Down => [Running, Maintenance, Available],
    Maintenance => [Available, Down, Decommissioned],
    Decommissioned => [],
});

impl MachineStatus {
    /// The period that an entry of production opens on the operation's machine: START and RESUME
    /// open RUNNING, PAUSE IDLE, COMPLETE AVAILABLE. `None` where nothing changes, and where the
    /// machine is down or away: a count never ends a stop that nobody said was over.
    pub fn after(self, event: ProductionEvent) -> Option<Self> {
        let next = match event {
            ProductionEvent::Start | ProductionEvent::Resume => Self::Running,
            ProductionEvent::Pause if self == Self::Running => Self::Idle,
            ProductionEvent::Complete => Self::Available,
            _ => return None,
        };
        let stands = matches!(self, Self::Down | Self::Maintenance | Self::Decommissioned);
        (!stands && self.may_become(next).is_ok()).then_some(next)
    }

    /// The state a machine comes up into: RUNNING where its operation is in progress.
    pub fn up(operation_in_progress: bool) -> Self {
        if operation_in_progress { Self::Running } else { Self::Available }
    }
}
