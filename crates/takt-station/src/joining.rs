//! Joining a plant: by a code that is typed, or scanned.

use takt_scan::Enrolment;

use crate::refused::{Refused, refuse};
use crate::said::Said;
use crate::station::Station;
use crate::view::Refusal;

impl Station {
    /// Redeems a one-time code at a server.
    pub async fn enrol(&self, server: &str, code: &str) -> Result<(), Refusal> {
        tracing::info!(server, length = code.len(), "enrolling");
        Err(Refusal::new("no_network").with("server", server))
    }

    /// A code that names its server was scanned: enrolment goes on by itself.
    pub(crate) fn enrol_scanned(&self, enrolment: &Enrolment) -> Result<Said, Refused> {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return refuse("internal") };
        let (station, server, code) = (self.clone(), enrolment.server_url.clone(), enrolment.code.clone());
        runtime.spawn(async move { station.enrol(&server, &code).await });
        Ok(Said::note("enrolling").with("server", &enrolment.server_url))
    }
}
