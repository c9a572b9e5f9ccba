//! From the start of the program to something on the screen, and the memory of all its processes: the terminal of an
//! enrolled station beside an empty window of the same toolkit, turn by turn. Both are as they are
//! shipped; `cargo xtask bench` makes them.
//!
//! Painted is when the middle of the screen holds text: Xvfb keeps the picture in a file, which is read every few
//! milliseconds, so that nobody's cooperation is needed and neither program is slowed.
#[path = "../plant/mod.rs"]
mod plant;
mod program;
mod screen;
mod seat;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use takt_testkit::TestDatabase;
use takt_testkit::measure::{Line, conclude};
use takt_testkit::percentile::Sample;

use plant::Plant;
use seat::{Seat, Start, is_mirrored};

const ROUNDS: usize = 7;
/// The goal, in MiB.
const MORE_MIB_MAX: f64 = 60.0;

#[tokio::main]
async fn main() -> ExitCode {
    conclude("window", measure().await)
}

async fn measure() -> Result<Vec<Line>> {
    let database = TestDatabase::try_new().await?;
    let plant = Plant::open(&database).await?;
    let folder = tempfile::tempdir()?;
    let station = folder.path().join("station");
    let home = station.to_str().context("a folder with a name")?.to_owned();
    let told = vec![("TAKT_HOME", home), ("TAKT_SERVER", plant.url.clone())];
    let terminal = Seat::make(built("takt-terminal")?, folder.path().join("ours"), told)?;
    let empty = Seat::make(built("examples/empty")?, folder.path().join("floor"), Vec::new())?;
    let code = plant.code().await?;
    let measured = tokio::task::spawn_blocking(move || {
        // The first time caches are cold, and the station enrols and fetches its plant.
        terminal.start(Some(("TAKT_ENROL_CODE", &code)), || is_mirrored(&station))?;
        empty.start(None, || Ok(true))?;
        let (mut ours, mut floor) = (Figures::default(), Figures::default());
        for _ in 0..ROUNDS {
            ours.add(&terminal.start(None, || Ok(true))?);
            floor.add(&empty.start(None, || Ok(true))?);
        }
        anyhow::Ok((ours, floor))
    });
    let (ours, floor) = measured.await??;
    println!("window   ours   {}", ours.summary());
    println!("         floor  {}", floor.summary());
    Ok(lines(&ours, &floor))
}

/// What `cargo xtask bench` builds, wherever cargo puts it: this program lies in `<target>/release/deps`.
fn built(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    Ok(here.ancestors().nth(2).context("run by cargo")?.join(name))
}

/// Every start of one window.
#[derive(Default)]
struct Figures {
    painted: Sample,
    mib: Vec<f64>,
}

impl Figures {
    fn add(&mut self, start: &Start) {
        self.painted.add(start.painted);
        self.mib.push(f64::from(u32::try_from(start.pss_kib).unwrap_or(u32::MAX)) / 1024.0);
        self.mib.sort_by(f64::total_cmp);
    }

    fn median_mib(&self) -> f64 {
        self.mib.get(self.mib.len() / 2).copied().unwrap_or_default()
    }

    fn summary(&self) -> String {
        let (least, most) = (self.mib.first().copied(), self.mib.last().copied());
        let (least, most) = (least.unwrap_or_default(), most.unwrap_or_default());
        format!("{}  PSS {least:.0} to {most:.0} MiB", self.painted.summary())
    }
}

fn lines(ours: &Figures, floor: &Figures) -> Vec<Line> {
    let more = ours.median_mib() - floor.median_mib();
    vec![
        Line {
            measure: "start to first paint, p50".to_owned(),
            ours: format!("{:.0} ms", ours.painted.ms(50)),
            floor: format!("{:.0} ms", floor.painted.ms(50)),
            ratio: format!("{:.2} times its time", ours.painted.times(&floor.painted, 50)),
            goal: String::new(),
            is_kept: true,
        },
        Line {
            measure: "memory of the window (PSS), median".to_owned(),
            ours: format!("{:.0} MiB", ours.median_mib()),
            floor: format!("{:.0} MiB", floor.median_mib()),
            ratio: format!("{more:.0} MiB more"),
            goal: format!("at most {MORE_MIB_MAX:.0} MiB more"),
            is_kept: more <= MORE_MIB_MAX,
        },
    ]
}
