//! Handing a shift over and taking it.

use chrono::{DateTime, Utc};
use takt_domain::EventId;
use takt_store::{Reading, Writing};
use takt_wire::row::User;

use crate::act::Act;
use crate::here::{Here, Shifts};
use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::view::Refusal;
use crate::view::home::HandoverWaiting;

#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub uid: EventId,
}

pub(crate) fn waiting(
    _: &Reading<'_>,
    _: &Here,
    _: &Shifts,
    _: DateTime<Utc>,
) -> Result<Option<HandoverWaiting>, Refused> {
    Ok(None)
}

pub(crate) fn to_take(_: &Reading<'_>, _: &Act<'_>) -> Result<Option<Waiting>, Refused> {
    Ok(None)
}

pub(crate) fn may_take(_: &Reading<'_>, _: &User, _: &Waiting) -> Result<Option<Refusal>, Refused> {
    Ok(None)
}

pub(crate) fn take(_: &mut Writing<'_>, _: &Act<'_>, _: &User, _: EventId) -> Result<Said, Refused> {
    refuse("not_found")
}
