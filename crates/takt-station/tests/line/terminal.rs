//! A terminal without its window: database, key and runner, in a folder of its own.

use std::{path::Path, sync::Arc, time::Duration};

use takt_domain::{EventId, Quantity};
use takt_station::{
    clock::{Clock, SystemTime},
    enrol::{EnrolRefused, Enroller},
    identity::Identity,
    line::LineState,
    link::Network,
    rim::Rim,
    runner::{Runner, RunnerSetup},
};
use takt_store::{Entry, Store, StoreError, StoreOptions, sync_state::Enrolment};
use takt_wire::{
    envelope::Lane,
    payload::{ProductionEvent, ProductionLogged, stream},
    row::{Operation, User, WorkOrder},
};
use tempfile::TempDir;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::plant::Plant;

/// Longer than any wait of the engine that these tests provoke.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Terminal {
    pub store: Store,
    pub network: Network,
    pub folder: TempDir,
    identity: Identity,
    changed: Arc<Notify>,
    runner: Option<Runner>,
}

impl Terminal {
    pub fn new() -> Self {
        Self::over(tempfile::tempdir().unwrap())
    }

    /// Over a folder that may hold a database already.
    pub fn over(folder: TempDir) -> Self {
        let store = open(folder.path());
        let identity = Identity::open(folder.path(), rand::random).unwrap();
        let changed = Arc::new(Notify::new());
        let ear = Arc::clone(&changed);
        store.on_change(move |_| ear.notify_one());
        Self { store, network: Network::default(), folder, identity, changed, runner: None }
    }

    /// Enrolled, running, and with the whole plant in its mirror.
    pub async fn at(plant: &Plant) -> Self {
        let mut terminal = Self::new();
        terminal.enrol(plant, &plant.code().await).await.unwrap();
        terminal.start();
        terminal
            .until("the plant is mirrored", |t| t.store.read(|r| r.sync_state()).unwrap().mirror_complete)
            .await;
        terminal
    }

    pub async fn enrol(&self, plant: &Plant, code: &str) -> Result<Enrolment, EnrolRefused> {
        self.enroller().enrol(&plant.url(), code).await
    }

    pub fn enroller(&self) -> Enroller {
        Enroller {
            store: self.store.clone(),
            identity: self.identity.clone(),
            network: self.network.clone(),
            rim: Arc::new(SystemTime::new()),
            device_name: "kiosk".into(),
        }
    }

    pub fn start(&mut self) {
        self.start_by(Arc::new(SystemTime::new()));
    }

    /// With these clocks.
    pub fn start_by(&mut self, rim: Arc<dyn Rim>) {
        self.runner = Some(Runner::start(RunnerSetup {
            store: self.store.clone(),
            identity: self.identity.clone(),
            rim,
            network: self.network.clone(),
        }));
    }

    pub fn stop(&mut self) {
        self.runner = None;
    }

    pub fn line(&self) -> LineState {
        self.runner.as_ref().unwrap().line().borrow().clone()
    }

    /// Waits for the line to be as wanted.
    pub async fn line_is(&self, wanted: impl Fn(&LineState) -> bool) -> LineState {
        let mut line = self.runner.as_ref().unwrap().line();
        let state = tokio::time::timeout(PATIENCE, line.wait_for(|line| wanted(line))).await;
        state.unwrap_or_else(|_| panic!("the line stays {:?}", self.line())).unwrap().clone()
    }

    /// Waits for the store to be as wanted.
    pub async fn until(&self, what: &str, wanted: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !wanted(self) {
                self.changed.notified().await;
            }
        };
        let line = || self.runner.as_ref().map(|runner| runner.line().borrow().clone());
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .unwrap_or_else(|_| panic!("never: {what}; {:?}", line()));
    }

    pub async fn everything_is_at_the_plant(&self) {
        self.until("everything is at the plant", |t| t.unsent() == 0).await;
    }

    pub fn unsent(&self) -> u32 {
        self.store.read(|r| r.outbox_counts()).unwrap().unsent
    }

    /// Books one good piece so many times, each in a transaction of its own.
    pub fn book(&self, pieces: usize) -> Vec<EventId> {
        (0..pieces).map(|_| book(&self.store).unwrap()).collect()
    }
}

pub fn open(folder: &Path) -> Store {
    Store::open(folder.join("takt.db"), StoreOptions::default()).unwrap()
}

/// One good piece on the first released order of the mirror.
pub fn book(store: &Store) -> Result<EventId, StoreError> {
    let clock = Clock::new(Arc::new(SystemTime::new()), store.read(|r| r.sync_state())?.clock);
    store.write(|w| {
        let operation = w.mirror::<Operation>()?.into_iter().next().expect("an operation is mirrored");
        let order = w.mirror_one::<WorkOrder>(i64::from(operation.work_order_id.0))?.expect("its order too");
        let operator =
            w.mirror::<User>()?.into_iter().find(|user| user.roles.iter().any(|role| role == "OPERATOR"));
        let line = ProductionLogged {
            event_type: ProductionEvent::Output,
            work_order_id: order.id,
            operation_id: operation.id,
            machine_id: None,
            quantity_good: Quantity::from(1),
            quantity_scrapped: Quantity::ZERO,
            quantity_rework: Quantity::ZERO,
            unit_id: order.unit_id,
            scrap_reason_id: None,
            rework_reason_id: None,
            pause_reason_id: None,
            corrects: None,
            notes: None,
        };
        let entry = Entry {
            lane: Lane::Work,
            stream_key: Some(stream::operation(operation.id)),
            actor: operator.map(|user| user.id),
            stamp: clock.stamp(),
            event_id: EventId(Uuid::now_v7()),
        };
        w.queue(entry, &line)
    })
}
