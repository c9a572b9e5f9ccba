//! Everything a step of the script has at hand: the window, the scanner, the cable, the plant, and the ledger.
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use takt_testkit::postgres::{Server, free_port};
use tokio::time::Instant;

use super::album::Album;
use super::centre::Centre;
use super::display::Display;
use super::driver::{Seat, Window};
use super::ledger::Ledger;
use super::network::Network;
use super::page::Page;
use super::probe;
use super::wedge::Wedge;
use crate::build::Programs;
use crate::run::plant::{Addresses, Plant};

/// The title of the terminal's window.
const TITLE: &str = "Takt";
/// What the same code at once is understood as, and how long "at once" is.
const REPEATED: &str = "repeated_scan";
const REPEAT: Duration = Duration::from_millis(3_300);

/// One station, one plant.
pub struct Stage {
    pub plant: Plant,
    pub centre: Centre,
    pub network: Network,
    pub album: Album,
    pub ledger: Ledger,
    wedge: Wedge,
    window: Option<Window>,
    seat: Seat,
    display: Display,
    starts: usize,
    last_scan: Option<(String, Instant)>,
}

impl Stage {
    /// Sets the plant up in `database`, and a station that has never been anywhere.
    pub async fn set(
        programs: &Programs,
        server: Server,
        database: &str,
        folder: &Path,
        dark_too: bool,
    ) -> Result<Self> {
        let album = Album::open(folder, dark_too)?;
        let addresses = Addresses::of(&server, database);
        let log = folder.join("server.log");
        let plant = Plant::open(&programs.server, &addresses, free_port()?, log).await?;
        let network = Network::open(plant.port()).await?;
        let display = Display::open(folder).await?;
        let seat = Seat {
            program: programs.terminal.clone(),
            display: display.name().to_owned(),
            folder: folder.to_owned(),
            server: network.url(),
        };
        Ok(Self {
            plant,
            centre: Centre::new(server, database),
            network,
            album,
            ledger: Ledger::default(),
            wedge: Wedge::at(display.name()),
            window: None,
            seat,
            display,
            starts: 0,
            last_scan: None,
        })
    }

    /// Switches the terminal on.
    pub async fn start_terminal(&mut self) -> Result<()> {
        self.starts += 1;
        let log = format!("terminal-{}.log", self.starts);
        let window = Window::open(&self.seat, &log).await?;
        self.window = Some(window);
        self.wedge.focus(TITLE).await?;
        probe::install(self.page()?).await
    }

    /// Pulls its plug.
    pub async fn kill_terminal(&mut self) -> Result<()> {
        self.settle_waits().await?;
        self.window.take().context("there is no terminal to kill")?.kill()
    }

    /// The page of the terminal that runs.
    pub fn page(&self) -> Result<Page<'_>> {
        Ok(Page(self.window.as_ref().context("the terminal is off")?.client()))
    }

    /// The station's folder.
    pub fn station(&self) -> PathBuf {
        self.seat.station()
    }

    /// A code in front of the scanner: nothing is focused first. `echo` is what it must be understood as.
    pub async fn scan(&mut self, code: &str, echo: &str) -> Result<()> {
        if echo != REPEATED {
            self.let_pass(code).await;
        }
        let before = self.last_echo().await?;
        self.wedge.scan(code).await?;
        self.last_scan = Some((code.to_owned(), Instant::now()));
        self.ledger.did("scan", 1);
        self.told(echo, &before).await.with_context(|| format!("scanned {code}"))
    }

    /// Who means the same code a second time takes longer than a scanner that stutters.
    async fn let_pass(&self, code: &str) {
        if let Some((last, at)) = &self.last_scan
            && last == code
        {
            tokio::time::sleep_until(*at + REPEAT).await;
        }
    }

    /// A code before there is a plant to keep it for: nothing is recorded, nothing is echoed.
    pub async fn scan_unkept(&self, code: &str) -> Result<()> {
        self.wedge.scan(code).await
    }

    /// Something is tapped that is answered by an echo.
    pub async fn tap(&mut self, id: &str, echo: &str) -> Result<()> {
        let before = self.last_echo().await?;
        self.page()?.tap(id).await?;
        self.told(echo, &before).await.with_context(|| format!("tapped {id}"))
    }

    /// Types into a field, as a person does.
    pub async fn write(&self, id: &str, text: &str) -> Result<()> {
        self.page()?.tap(id).await?;
        self.wedge.write(text).await
    }

    /// What stands in the strip, to tell the next echo from it.
    pub async fn last_echo(&self) -> Result<(String, String)> {
        let echo = self.page()?.see("echo").await?;
        Ok((echo.data("no").to_owned(), echo.data("echo").to_owned()))
    }

    /// Waits for the next echo, which must be this one.
    pub async fn told(&self, code: &str, before: &(String, String)) -> Result<()> {
        let is_new = |no: &str, echo: &str| no != before.0 || echo != before.1;
        let page = self.page()?;
        let what = format!("the echo {code}");
        let waited = page.see_that(&what, "echo", |seen| {
            seen.data("echo") == code && is_new(seen.data("no"), seen.data("echo"))
        });
        if let Err(error) = waited.await {
            let shown = page.see("echo").await?;
            return Err(error.context(format!("the strip says {:?}: {:?}", shown.data("echo"), shown.text)));
        }
        Ok(())
    }

    /// Bad news stays until it is read: reads it.
    pub async fn read_bad_news(&self) -> Result<()> {
        let page = self.page()?;
        page.tap("echo-read").await?;
        page.gone("bad").await
    }

    /// A picture of the screen.
    pub async fn photo(&mut self, name: &str) -> Result<()> {
        let window = self.window.as_ref().context("the terminal is off")?;
        self.album.take(Page(window.client()), name).await
    }

    /// Moves what the page measured into the ledger.
    pub async fn settle_waits(&mut self) -> Result<()> {
        let window = self.window.as_ref().context("the terminal is off")?;
        probe::harvest(Page(window.client()), &mut self.ledger.waits).await
    }

    /// The screen at the moment something failed, and the last words of server and terminal.
    pub async fn post_mortem(&mut self) -> String {
        let page = self.window.as_ref().map(|window| Page(window.client()));
        let picture = self.album.failure(page, self.display.name()).await;
        let picture =
            picture.map(|path| path.display().to_string()).unwrap_or_else(|| "no screenshot".to_owned());
        let terminal = self.window.as_ref().map(Window::last_words).unwrap_or_default();
        format!("{picture}\n{}\n{terminal}", self.plant.last_words())
    }
}
