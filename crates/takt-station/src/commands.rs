//! The rest of what a screen may ask: who works here, the jobs, the machine. One method per
//! command, each one call into a use case.

use takt_domain::{EventId, MachineId, OperationId, ReasonId};

use crate::refused::Refused;
use crate::said::{Said, Source};
use crate::scan::understand::LockChange;
use crate::session;
use crate::station::Station;
use crate::view::Refusal;
use crate::view::frame::Theme;
use crate::view::home::HomeView;
use crate::view::report::{PadInput, ReportView};
use crate::{booking, home, machine, pin, production, report};

impl Station {
    /// The home screen.
    pub fn home(&self) -> Result<HomeView, Refusal> {
        self.look_here(|r, here, look| home::home(r, here, &look.locale, look.now))
    }

    /// The report pad of a job.
    pub fn report(&self, operation: OperationId) -> Result<ReportView, Refusal> {
        self.look_here(|r, here, look| report::report(r, here, &look.locale, operation, look.now))
    }

    /// Starts a job, or resumes it.
    pub fn start(&self, operation: OperationId) -> Result<(), Refusal> {
        self.act_and_say(|w, act| production::start(w, act, operation))
    }

    /// Pauses a running job.
    pub fn pause(&self, operation: OperationId, reason: Option<ReasonId>) -> Result<(), Refusal> {
        self.act_and_say(|w, act| production::pause(w, act, operation, reason))
    }

    /// Finishes a job.
    pub fn finish(&self, operation: OperationId) -> Result<(), Refusal> {
        self.act_and_say(|w, act| production::finish(w, act, operation))
    }

    /// Books what stands on the pad.
    pub fn book(&self, operation: OperationId, pad: &PadInput) -> Result<(), Refusal> {
        self.act_and_say(|w, act| booking::book(w, act, operation, pad))
    }

    /// Takes a booking back by counter-entries.
    pub fn undo(&self, booking: EventId) -> Result<(), Refusal> {
        self.act_and_say(|w, act| booking::undo(w, act, booking))
    }

    /// The machine stands.
    pub fn machine_down(&self, machine: MachineId, reason: Option<ReasonId>) -> Result<(), Refusal> {
        self.act_and_say(|w, act| machine::down(w, act, machine, reason))
    }

    /// The machine can run again.
    pub fn machine_up(&self, machine: MachineId, notes: Option<String>) -> Result<(), Refusal> {
        self.act_and_say(|w, act| machine::up(w, act, machine, notes))
    }

    /// The machine is being set up.
    pub fn machine_setup(&self, machine: MachineId) -> Result<(), Refusal> {
        self.act_and_say(|w, act| machine::setup(w, act, machine))
    }

    /// Says why a machine stood.
    pub fn explain_stop(&self, stop: EventId, reason: ReasonId) -> Result<(), Refusal> {
        self.act_and_say(|w, act| machine::explain(w, act, stop, reason))
    }

    /// The PIN of the badge that was read.
    pub fn enter_pin(&self, typed: &str) -> Result<(), Refusal> {
        let (wanted, pepper) = {
            let bench = self.bench();
            let Some(wanted) = bench.pin.clone() else { return Err(Refusal::new("not_found")) };
            (wanted, bench.pepper.clone())
        };
        let Some(verifier) = &wanted.person.pin else { return Err(Refusal::new("not_found")) };
        let right = pin::matches(verifier, typed, pepper.as_deref()).map_err(|why| {
            tracing::error!(%why, "a PIN cannot be checked");
            Refusal::new("internal")
        })?;
        let outcome = self.store().write(|w| {
            let act = self.begin(w)?;
            session::pin_entered(w, &act, &wanted, right)
        });
        match outcome.map_err(Refused::shown)? {
            Ok(said) => {
                self.lock_changed(LockChange::Opened);
                self.say(said, Source::touch());
                Ok(())
            }
            Err(refusal) => {
                self.bench().failed = Some(refusal.clone());
                self.changed();
                Err(refusal)
            }
        }
    }

    /// Somebody thought better of it.
    pub fn cancel_pin(&self) -> Result<(), Refusal> {
        let mut bench = self.bench();
        bench.pin = None;
        bench.failed = None;
        drop(bench);
        self.changed();
        Ok(())
    }

    /// Locks the station; everything stays as it is.
    pub fn lock(&self) -> Result<(), Refusal> {
        let name = self.store().write(|w| {
            let act = self.begin(w)?;
            session::close(w, &act)
        });
        self.lock_changed(LockChange::Opened);
        if let Some(name) = name.map_err(Refused::shown)? {
            self.say(Said::good("signed_out").with("name", name), Source::touch());
        }
        Ok(())
    }

    /// Ends a session that was idle for too long, so that the lock is on record when it happens.
    /// To be called every few seconds; does nothing otherwise.
    pub fn tick(&self) -> Result<(), Refusal> {
        let idle = self.store().read(|r| {
            let Some(here) = crate::here::Here::read(r)? else { return Ok(false) };
            let act = self.begin(r)?;
            Ok::<_, Refused>(r.session()?.is_some() && session::person(r, &here, act.now())?.is_none())
        });
        if !idle.map_err(Refused::shown)? {
            return Ok(());
        }
        let closed = self.store().write(|w| {
            let act = self.begin(w)?;
            session::close(w, &act)
        });
        closed.map(|_| self.lock_changed(LockChange::Opened)).map_err(Refused::shown)
    }

    /// Bright or dark halls.
    pub fn set_theme(&self, theme: Theme) -> Result<(), Refusal> {
        let value = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let set = self.store().write(|w| w.set_preference("theme", value));
        set.map_err(|e| Refused::from(e).shown())
    }

    /// The language of the words until the next badge, and of the station without one.
    pub fn set_locale(&self, locale: &str) -> Result<(), Refusal> {
        let locale: String = locale.chars().take(20).collect();
        let set = self.store().write(|w| w.set_preference("locale", &locale));
        set.map_err(|e| Refused::from(e).shown())?;
        self.bench().locale = Some(locale);
        self.changed();
        Ok(())
    }

    /// What a badge, a PIN or a lock changed at the lock screen.
    pub(crate) fn lock_changed(&self, change: LockChange) {
        let mut bench = self.bench();
        (bench.pin, bench.failed) = match change {
            LockChange::Opened => (None, None),
            LockChange::PinWanted(wanted) => (Some(*wanted), None),
            LockChange::Failed(refusal) => (bench.pin.take(), Some(refusal)),
        };
        if bench.failed.is_none() && bench.pin.is_none() {
            bench.locale = None;
        }
        drop(bench);
        self.changed();
    }
}
