//! Identities. Masters and orders carry the centre's integer ids; what a terminal makes carries
//! a UUIDv7 of its own, so that it has an identity before anybody else has heard of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! central_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub struct $name(pub i32);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )*};
}

central_ids! {
    /// A tenant.
    OrganizationId,
    /// A manufacturing site.
    PlantId,
    /// An enrolled terminal.
    DeviceId,
    /// A person.
    UserId,
    /// A place where operations run.
    WorkCenterId,
    /// A piece of equipment.
    MachineId,
    /// An item master.
    MaterialId,
    /// A unit of measure.
    UnitId,
    /// An order to make something.
    WorkOrderId,
    /// A routing step of a work order.
    OperationId,
    /// A value of a tenant's reason list.
    ReasonId,
    /// A shift pattern.
    ShiftId,
    /// An inspection plan revision.
    InspectionPlanId,
    /// A checkpoint of an inspection plan.
    InspectionPointId,
    /// A measurable or judgeable feature.
    CharacteristicId,
}

macro_rules! made_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )*};
}

made_ids! {
    /// One event, everywhere: UUIDv7, minted and stored before the first send.
    EventId,
    /// One local database; a fresh or restored one gets a new id.
    InstallId,
    /// One boot of the machine; monotonic times compare only within it.
    BootId,
    /// A lifetime of the server's database; a restore starts a new one.
    Epoch,
}
