//! NCRs raised here.

use chrono::{DateTime, Utc};
use takt_store::Reading;

use crate::refused::Refused;
use crate::view::home::NcrToComplete;

pub(crate) fn to_complete(_: &Reading<'_>, _: DateTime<Utc>) -> Result<Vec<NcrToComplete>, Refused> {
    Ok(Vec::new())
}
