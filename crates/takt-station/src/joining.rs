//! Joining a plant: by a code that is typed, or scanned.

use takt_scan::Enrolment;

use crate::refused::{Refused, refuse};
use crate::said::{Said, Source};
use crate::station::Station;
use crate::view::Refusal;

impl Station {
    /// Redeems a one-time code at a server; the mirror of the plant follows by itself.
    pub async fn enrol(&self, server: &str, code: &str) -> Result<(), Refusal> {
        let Some(enroller) = self.setup().enroller.clone() else { return Err(Refusal::new("no_network")) };
        if self.is_enrolled()? {
            return Err(Refusal::new("already_enrolled"));
        }
        {
            let mut bench = self.bench();
            if bench.enrolling {
                return Err(Refusal::new("enrolling"));
            }
            (bench.enrolling, bench.enrol_failed) = (true, None);
        }
        self.changed();
        let outcome = enroller.enrol(server, code).await;
        let failed = outcome.as_ref().err().map(|why| {
            tracing::warn!(%why, "enrolment failed");
            Refusal::new(why.code()).with("server", server).with("detail", why)
        });
        {
            let mut bench = self.bench();
            (bench.enrolling, bench.enrol_failed) = (false, failed.clone());
            if failed.is_none() {
                bench.pepper = enroller.identity.pepper().ok().flatten();
            }
        }
        match (outcome, failed) {
            (Ok(enrolment), _) => {
                self.say(Said::good("enrolled").with("place", enrolment.device_code), Source::touch());
                Ok(())
            }
            (Err(_), failed) => {
                self.changed();
                Err(failed.unwrap_or_else(|| Refusal::new("internal")))
            }
        }
    }

    /// A code that names its server was scanned: enrolment goes on by itself.
    pub(crate) fn enrol_scanned(&self, enrolment: &Enrolment) -> Result<Said, Refused> {
        let Some(runtime) = self.runtime() else { return refuse("no_network") };
        let (station, server, code) = (self.clone(), enrolment.server_url.clone(), enrolment.code.clone());
        // What comes of it stands in the frame: the phase, or why it failed.
        runtime.spawn(async move {
            let _ = station.enrol(&server, &code).await;
        });
        Ok(Said::note("enrolling").with("server", &enrolment.server_url))
    }
}
