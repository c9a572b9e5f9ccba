//! Inspections.

use takt_domain::{InspectionPointId, OperationId};
use takt_store::Writing;

use crate::act::Act;
use crate::refused::{Refused, refuse};
use crate::said::Said;

pub(crate) fn gauge_read(
    _: &mut Writing<'_>,
    _: &Act<'_>,
    _: OperationId,
    _: Option<InspectionPointId>,
    _: &str,
) -> Result<Said, Refused> {
    refuse("unknown_code")
}
