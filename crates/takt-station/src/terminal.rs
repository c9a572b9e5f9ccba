//! A whole terminal: the station over its database, and the runner that keeps it in agreement
//! with the plant. What a window, or a test without one, opens.

use std::{io, path::PathBuf, sync::Arc};

use takt_store::{Store, StoreError, StoreOptions};

use crate::{
    clock::SystemTime,
    config::{Config, ConfigRefused},
    enrol::Enroller,
    identity::{Identity, IdentityError},
    link::Network,
    rim::Rim,
    runner::{Runner, RunnerSetup},
    station::{Setup, Station},
};

/// The database's file in the terminal's folder.
const DATABASE: &str = "station.db";

/// Why a terminal cannot open. Nothing it found was changed.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// A variable cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigRefused),
    /// The terminal's folder cannot be made.
    #[error("the folder {path} cannot be made: {error}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The threads beside the window cannot be had.
    #[error("no threads: {0}")]
    Threads(io::Error),
    /// The terminal's key cannot be had.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Unopened {
    /// Stable code for the screen.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Config(_) => "config",
            Self::Folder { .. } => "folder",
            Self::Threads(_) => "threads",
            Self::Identity(_) => "identity",
            Self::Store(StoreError::Newer { .. }) => "store_newer",
            Self::Store(StoreError::Corrupt { .. }) => "store_corrupt",
            Self::Store(_) => "store",
        }
    }
}

/// A terminal at work; dropping it ends sync. What was saved is saved.
pub struct Terminal {
    /// What the screens ask.
    pub station: Station,
    _runner: Runner,
}

impl Terminal {
    /// Opens database and keys and starts to sync. Needs a tokio runtime.
    pub fn open(config: &Config) -> Result<Self, Unopened> {
        let path = config.home.clone();
        std::fs::create_dir_all(&path).map_err(|error| Unopened::Folder { path, error })?;
        let identity = Identity::open(&config.home, rand::random)?;
        let options = StoreOptions { quota_bytes: config.quota_bytes, ..StoreOptions::default() };
        let store = Store::open(config.home.join(DATABASE), options)?;
        let rim: Arc<dyn Rim> = Arc::new(SystemTime::new());
        let network = Network::new(config.network_cut.clone());
        let enroller = Enroller {
            store: store.clone(),
            identity: identity.clone(),
            network: network.clone(),
            rim: Arc::clone(&rim),
            device_name: device_name(),
        };
        let setup = Setup {
            server_proposed: config.server.as_ref().map(ToString::to_string).unwrap_or_default(),
            pin_pepper: identity.pepper()?,
            enroller: Some(enroller),
        };
        let station = Station::new(store.clone(), Arc::clone(&rim), setup);
        let mut runner = Runner::start(RunnerSetup { store, identity, rim, network });
        runner.attach(&station);
        enrol_unasked(&station, config)?;
        Ok(Self { station, _runner: runner })
    }
}

/// At a first start with server and code given, nobody needs to be asked.
fn enrol_unasked(station: &Station, config: &Config) -> Result<(), Unopened> {
    let (Some(server), Some(code)) = (&config.server, &config.enrol_code) else { return Ok(()) };
    if station.store().read(|r| r.enrolment())?.is_none() {
        let (station, server, code) = (station.clone(), server.to_string(), code.clone());
        tokio::spawn(async move { station.enrol(&server, &code).await });
    }
    Ok(())
}

/// What the office knows this machine by.
fn device_name() -> String {
    let told = std::fs::read_to_string("/etc/hostname").ok().or_else(|| std::env::var("COMPUTERNAME").ok());
    told.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "terminal".to_owned())
}
