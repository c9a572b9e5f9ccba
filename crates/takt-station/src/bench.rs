//! What the station holds in memory alone: the last echo, a PIN that is asked for, what the lock
//! screen says. Nothing here is missed after a restart.

use crate::session::PinWanted;
use crate::view::Refusal;
use crate::view::scan::Echo;

/// See the module.
#[derive(Default)]
pub(crate) struct Bench {
    /// What was said last and not yet read.
    pub echo: Option<Echo>,
    /// Number of the last echo.
    pub echo_no: u64,
    /// A badge that also wants a PIN.
    pub pin: Option<PinWanted>,
    /// Why the last badge or PIN was refused.
    pub failed: Option<Refusal>,
    /// The language picked since somebody signed in.
    pub locale: Option<String>,
    /// Under which PINs are checked; lies apart from the database.
    pub pepper: Option<Vec<u8>>,
    /// Enrolment is under way.
    pub enrolling: bool,
    /// Why the last enrolment failed.
    pub enrol_failed: Option<Refusal>,
}
