//! The centre of a demo: schema, demo plant, and a server on loopback.
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use takt_testkit::postgres::{Server, free_port, is_free_port};
use takt_testkit::process::{run, say};
use takt_testkit::workspace;

use super::child::Child;

/// Where the demo's station stands.
const PLACE: [&str; 8] =
    ["--organization", "NORDWERK", "--plant", "LYON", "--work-center", "MILLING-3", "--machine", "MILL-3"];
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A database as the administrator and as the server reach it.
pub struct Addresses {
    pub admin_url: String,
    pub app_url: String,
}

impl Addresses {
    /// Of one of a server's databases.
    pub fn of(server: &Server, database: &str) -> Self {
        Self { admin_url: server.admin_url(database), app_url: server.app_url(database) }
    }
}

/// A serving server and how to administer it.
pub struct Plant {
    program: PathBuf,
    admin_url: String,
    port: u16,
    server: Child,
}

impl Plant {
    /// Migrates, loads the demo and serves on `port`.
    pub async fn open(program: &Path, database: &Addresses, port: u16, log: PathBuf) -> Result<Self> {
        let admin_url = database.admin_url.clone();
        say("migrating, loading the demo plant");
        run(administer(program, &admin_url).arg("migrate")).context(
            "cannot migrate the database. One that was made by another state of the schema is replaced with \
             `cargo xtask run --fresh`",
        )?;
        run(administer(program, &admin_url).args(["demo", "load"])).context("cannot load the demo plant")?;
        let mut server = serve(program, &database.app_url, port, log)?;
        let deadline = Instant::now() + START_TIMEOUT;
        while !is_ready(port) {
            if !server.is_running() || Instant::now() > deadline {
                bail!("the server did not start; {}", server.last_words());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let plant = Self { program: program.to_owned(), admin_url, port, server };
        say(&format!("serving on {}", plant.url()));
        Ok(plant)
    }

    /// Where terminals reach it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A new one-time code for the demo's station.
    pub fn enrolment_code(&self) -> Result<String> {
        self.enrolment(&self.url(), 0)
    }

    /// The same as a label that also names the server, at `url`.
    pub fn enrolment_label(&self, url: &str) -> Result<String> {
        self.enrolment(url, 1)
    }

    /// The end of the server's log, for an error message.
    pub fn last_words(&self) -> String {
        self.server.last_words()
    }

    fn enrolment(&self, url: &str, line: usize) -> Result<String> {
        let mut command = administer(&self.program, &self.admin_url);
        command.arg("enrol-code").args(PLACE).args(["--url", url]);
        let output = run(&mut command).context("cannot get an enrolment code")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().nth(line).map(str::to_owned).context("takt-server printed no enrolment code")
    }
}

fn administer(program: &Path, admin_url: &str) -> Command {
    let mut command = Command::new(program);
    command.env("DATABASE_ADMIN_URL", admin_url);
    command
}

fn serve(program: &Path, app_url: &str, port: u16, log: PathBuf) -> Result<Child> {
    Child::start("takt-server", program, log, |command| {
        command.arg("serve").env("DATABASE_URL", app_url).env_remove("DATABASE_ADMIN_URL");
        command.env("TAKT_LISTEN", format!("127.0.0.1:{port}"));
    })
}

/// The same from run to run as long as nobody else takes it: terminals remember where they were enrolled.
pub fn remembered_port() -> Result<u16> {
    let file = workspace::state().join("station-server.port");
    let known = fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
    if let Some(port) = known.filter(|port| is_free_port(*port)) {
        return Ok(port);
    }
    let port = free_port()?;
    fs::write(&file, port.to_string())?;
    Ok(port)
}

/// One plain request; no client is needed for it.
fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
