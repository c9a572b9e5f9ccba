//! The floor: a database in a folder of its own, a clock that the test moves, and people's acts.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use takt_domain::{BootId, OperationId, UserId};
use takt_station::view::Refusal;
use takt_station::view::frame::{Frame, Phase};
use takt_station::view::report::PadInput;
use takt_station::view::scan::{Echo, ScanAnswer, Screen};
use takt_station::{Rim, Setup, Station};
use takt_store::{RecordsWanted, Store, StoreOptions};
use takt_wire::envelope::Event;
use takt_wire::payload::Payload;
use tempfile::TempDir;
use uuid::Uuid;

use super::plant;

/// Under which the plant's PINs are checked here.
pub const PEPPER: &[u8] = b"a pepper of this device alone";

/// A clock that the test moves.
pub struct Hand(Mutex<DateTime<Utc>>);

impl Rim for Hand {
    fn device_time(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
    fn monotonic_ms(&self) -> i64 {
        (self.device_time() - start()).num_milliseconds()
    }
    fn boot_id(&self) -> BootId {
        BootId(Uuid::from_u128(1))
    }
    fn fresh_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Monday, the early shift has just begun in Lyon.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 5, 0, 0).unwrap()
}

/// A station and the folder it lives in.
pub struct Floor {
    folder: TempDir,
    options: StoreOptions,
    pub hand: Arc<Hand>,
    pub store: Store,
    pub station: Station,
}

impl Floor {
    /// An enrolled station with the plant mirrored, nobody signed in.
    pub fn new() -> Self {
        let floor = Self::empty(StoreOptions::default());
        plant::mirror(&floor.store);
        floor
    }

    /// A station before enrolment.
    pub fn empty(options: StoreOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hand = Arc::new(Hand(Mutex::new(start())));
        let (store, station) = open(folder.path().join("station.db"), &options, &hand);
        Self { folder, options, hand, store, station }
    }

    /// The terminal is switched off and on again.
    pub fn restart(self) -> Self {
        let Self { folder, options, hand, store, station } = self;
        drop((store, station));
        let (store, station) = open(folder.path().join("station.db"), &options, &hand);
        Self { folder, options, hand, store, station }
    }

    /// The same files under other limits.
    pub fn restart_with(mut self, options: StoreOptions) -> Self {
        self.options = options;
        self.restart()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.hand.device_time()
    }

    pub fn pass(&self, seconds: i64) {
        *self.hand.0.lock().unwrap() += TimeDelta::seconds(seconds);
    }

    pub fn minutes(&self, minutes: i64) {
        self.pass(minutes * 60);
    }

    /// Scans a code at home, a while after the last.
    pub fn scan(&self, code: &str) -> ScanAnswer {
        self.scan_at(code, &Screen::Home)
    }

    pub fn scan_at(&self, code: &str, screen: &Screen) -> ScanAnswer {
        self.pass(4);
        self.station.scan_text(code, "typed", screen).unwrap()
    }

    /// What a scan was understood as.
    pub fn echo(&self, code: &str) -> Echo {
        self.scan(code).echo
    }

    /// Signs somebody in who has no PIN.
    pub fn sign_in(&self, badge: &str) {
        let echo = self.echo(badge);
        assert!(matches!(self.phase(), Phase::Open), "{echo:?}");
    }

    pub fn frame(&self) -> Frame {
        self.station.frame()
    }

    pub fn phase(&self) -> Phase {
        self.frame().phase
    }

    pub fn who(&self) -> Option<UserId> {
        self.frame().person.map(|person| person.id)
    }

    pub fn book(&self, operation: OperationId, good: &str) -> Result<(), Refusal> {
        self.pass(1);
        self.station.book(operation, &pad(good))
    }

    /// Every queued event, oldest first.
    pub fn events(&self) -> Vec<Event> {
        let rows = self.store.read(|r| r.records(RecordsWanted::All, None, 100_000)).unwrap();
        rows.into_iter().rev().map(|row| row.event).collect()
    }

    /// Every queued payload of a kind, oldest first.
    pub fn said<P: Payload>(&self) -> Vec<P> {
        let of_kind = self.events().into_iter().filter(|event| event.kind == P::KIND);
        of_kind.map(|event| serde_json::from_value(event.payload).unwrap()).collect()
    }

    /// The plant has taken everything.
    pub fn all_acked(&self) {
        let ids: Vec<_> = self.events().iter().map(|event| event.event_id).collect();
        self.store.write(|w| w.acked(&ids, self.hand.device_time())).unwrap();
    }
}

fn open(path: PathBuf, options: &StoreOptions, hand: &Arc<Hand>) -> (Store, Station) {
    let store = Store::open(path, options.clone()).unwrap();
    let rim: Arc<dyn Rim> = hand.clone();
    let setup = Setup { pin_pepper: Some(PEPPER.to_vec()), ..Setup::default() };
    (store.clone(), Station::new(store, rim, setup))
}

/// Only good pieces.
pub fn pad(good: &str) -> PadInput {
    PadInput { good: good.to_owned(), scrap: Vec::new(), rework: Vec::new(), large_confirmed: false }
}
