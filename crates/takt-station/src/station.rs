//! The station: one method per thing a screen may ask. Each opens one transaction, makes one call
//! into a use case and says what came of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use chrono::{DateTime, Utc};
use takt_store::{Reading, Store, Writing};
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use crate::act::{Act, Moment};
use crate::bench::Bench;
use crate::clock::{Instant, corrected};
use crate::enrol::Enroller;
use crate::here::Here;
use crate::line::LineState;
use crate::open::Engine;
use crate::people;
use crate::refused::{Refused, refuse};
use crate::rim::Rim;
use crate::said::{Said, Source};
use crate::session;
use crate::view::Refusal;
use crate::view::scan::Echo;

/// Language before a badge, unless set otherwise.
const LOCALE: &str = "en";

/// How a station is set up.
#[derive(Clone, Default)]
pub struct Setup {
    /// Proposed at the first start.
    pub server_proposed: String,
    /// Redeems enrolment codes; none where there is no network by design.
    pub enroller: Option<Enroller>,
    /// Under which PINs are checked, once enrolled.
    pub pin_pepper: Option<Vec<u8>>,
}

/// The terminal without its window. Cheap to clone; every clone is the same station.
#[derive(Clone)]
pub struct Station {
    inner: Arc<Inner>,
}

/// A station that does not keep what it belongs to alive.
pub(crate) struct WeakStation(Weak<Inner>);

struct Inner {
    store: Store,
    rim: Arc<dyn Rim>,
    setup: Setup,
    bench: Mutex<Bench>,
    line: Mutex<LineState>,
    revision: Arc<watch::Sender<u64>>,
    wake: Notify,
    /// Where what takes longer runs; none = nowhere.
    runtime: Option<Handle>,
    engine: Engine,
}

/// What a screen is looked at with: when, where, by whom, in which language.
pub(crate) struct Look {
    pub now: DateTime<Utc>,
    pub here: Option<Here>,
    pub person: Option<takt_wire::row::User>,
    pub locale: String,
}

impl Station {
    /// A station over an open database. Inside a tokio runtime it can also enrol by a scan.
    pub fn new(store: Store, rim: Arc<dyn Rim>, setup: Setup) -> Self {
        let revision = Arc::new(watch::Sender::new(0_u64));
        let seen = Arc::clone(&revision);
        store.on_change(move |_| seen.send_modify(|revision| *revision += 1));
        let bench = Bench { pepper: setup.pin_pepper.clone(), ..Bench::default() };
        let inner = Inner {
            store,
            rim,
            setup,
            bench: Mutex::new(bench),
            line: Mutex::new(LineState::default()),
            revision,
            wake: Notify::new(),
            runtime: Handle::try_current().ok(),
            engine: Engine::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The same station, without keeping it alive.
    pub(crate) fn downgrade(&self) -> WeakStation {
        WeakStation(Arc::downgrade(&self.inner))
    }

    /// Tells of every change that a person can see; the value only grows.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.revision.subscribe()
    }

    /// Asks the sync runner to try now.
    pub fn sync_now(&self) -> Result<(), Refusal> {
        self.inner.wake.notify_one();
        Ok(())
    }

    /// Resolves when somebody asked to sync now.
    pub async fn sync_wanted(&self) {
        self.inner.wake.notified().await;
    }

    /// What the sync runner knows of the line to the plant.
    pub fn line_changed(&self, line: LineState) {
        *lock(&self.inner.line) = line;
        self.changed();
    }

    /// Whether this terminal belongs to a plant.
    pub(crate) fn is_enrolled(&self) -> Result<bool, Refused> {
        self.store().read(|r| Ok(r.enrolment()?.is_some()))
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn setup(&self) -> &Setup {
        &self.inner.setup
    }

    pub(crate) fn runtime(&self) -> Option<&Handle> {
        self.inner.runtime.as_ref()
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    pub(crate) fn bench(&self) -> MutexGuard<'_, Bench> {
        lock(&self.inner.bench)
    }

    pub(crate) fn line(&self) -> LineState {
        lock(&self.inner.line).clone()
    }

    pub(crate) fn revision(&self) -> u64 {
        *self.inner.revision.borrow()
    }

    /// The terminal's own clock.
    pub(crate) fn device_time(&self) -> DateTime<Utc> {
        self.inner.rim.device_time()
    }

    /// Something in memory changed that a person can see.
    pub(crate) fn changed(&self) {
        self.inner.revision.send_modify(|revision| *revision += 1);
    }

    /// Begins an act: asks for the time once, finds out where this is and who is signed in.
    pub(crate) fn begin(&self, r: &Reading<'_>) -> Result<Act<'_>, Refused> {
        let Some(here) = Here::read(r)? else { return refuse("not_enrolled") };
        let moment = self.moment(r)?;
        let person = session::person(r, &here, moment.now)?;
        Ok(Act { moment, here, person, mint: self.inner.rim.as_ref() })
    }

    /// Carries out what the person who is signed in asked for, and says what came of it.
    pub(crate) fn act<T>(
        &self,
        what: impl FnOnce(&mut Writing<'_>, &Act<'_>) -> Result<(T, Option<Said>), Refused>,
    ) -> Result<T, Refusal> {
        let (value, said) = self.store().write(|w| {
            let act = self.begin(w)?;
            if act.person.is_none() {
                return refuse("not_signed_in");
            }
            let done = what(w, &act)?;
            w.touch_session(act.now())?;
            Ok(done)
        })?;
        if let Some(said) = said {
            self.say(said, Source::touch());
        }
        Ok(value)
    }

    /// Carries out something of which only the echo is wanted.
    pub(crate) fn act_and_say(
        &self,
        what: impl FnOnce(&mut Writing<'_>, &Act<'_>) -> Result<Said, Refused>,
    ) -> Result<(), Refusal> {
        self.act(|w, act| Ok(((), Some(what(w, act)?))))
    }

    /// Looks at the database for a screen.
    pub(crate) fn look<T>(
        &self,
        what: impl FnOnce(&Reading<'_>, &Look) -> Result<T, Refused>,
    ) -> Result<T, Refusal> {
        let picked = self.bench().locale.clone();
        let seen = self.store().read(|r| {
            let now = self.moment(r)?.now;
            let here = Here::read(r)?;
            let person = here.as_ref().map(|here| session::person(r, here, now)).transpose()?.flatten();
            let locale = match (picked, &person) {
                (Some(picked), _) => picked,
                (None, Some(person)) => person.locale.clone(),
                (None, None) => r.preference("locale")?.unwrap_or_else(|| LOCALE.to_owned()),
            };
            what(r, &Look { now, here, person, locale })
        });
        seen.map_err(Refused::shown)
    }

    /// Looks at the database for a screen that there is only at a plant.
    pub(crate) fn look_here<T>(
        &self,
        what: impl FnOnce(&Reading<'_>, &Here, &Look) -> Result<T, Refused>,
    ) -> Result<T, Refusal> {
        self.look(|r, look| match &look.here {
            Some(here) => what(r, here, look),
            None => refuse("not_enrolled"),
        })
    }

    /// Says something at the foot of every screen.
    pub(crate) fn say(&self, said: Said, source: Source) -> Echo {
        let at = self.store().read(|r| self.moment(r)).map(|moment| moment.now);
        let at = at.unwrap_or_else(|_: Refused| self.inner.rim.device_time());
        let echo = {
            let mut bench = self.bench();
            bench.echo_no += 1;
            let echo = said.echo(bench.echo_no, source, at);
            bench.echo = Some(echo.clone());
            echo
        };
        self.changed();
        echo
    }

    /// The time by every clock: the terminal's, corrected by what was last measured.
    fn moment(&self, r: &Reading<'_>) -> Result<Moment, Refused> {
        let measured = r.sync_state()?.clock;
        let stamp = Instant::now(self.inner.rim.as_ref()).stamp(measured.as_ref());
        Ok(Moment { now: corrected(&stamp), stamp })
    }
}

impl WeakStation {
    /// None once nobody else holds it.
    pub(crate) fn upgrade(&self) -> Option<Station> {
        self.0.upgrade().map(|inner| Station { inner })
    }
}

impl Look {
    /// Whether the person who looks may record inspections.
    pub(crate) fn inspects(&self) -> bool {
        self.person.as_ref().is_some_and(people::inspects)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
