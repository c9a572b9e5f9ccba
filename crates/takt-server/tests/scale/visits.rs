//! What terminals and the server itself ask of a database with years in it. Each visit goes through the
//! server's own code.

use chrono::{TimeDelta, Utc};
use takt_server::db::Db;
use takt_server::jobs::{self, Job};
use takt_server::proofs;

use crate::day;
use crate::plans::{self, Plan};
use crate::support::{Centre, Terminal};

/// What one visit asked, and how far back it may look.
pub struct Visit {
    pub name: &'static str,
    /// As `takt_device`, in the plant; else as the office.
    pub is_device: bool,
    /// The oldest row that any of it may read.
    pub days: i64,
    /// What must be among it.
    pub asks: &'static [&'static str],
    pub plans: Vec<Plan>,
}

/// An event may be 90 days late, and is clamped to 5 minutes after its receipt.
const LATE: i64 = 91;

/// A terminal arrives, works a day, and hears of what changed.
pub async fn terminal(centre: &Centre) -> Vec<Visit> {
    let visit = |name, asks, plans| Visit { name, is_device: true, days: LATE, asks, plans };
    let mut terminal = Terminal::enrol(centre).await;
    plans::take();
    let (rows, cursor) = terminal.pull(centre, None, 500).await;
    assert!(rows.len() > 500, "a terminal mirrors {} rows", rows.len());
    let first = plans::take();
    day::work(centre, &mut terminal).await;
    let push = plans::take();
    let (rows, _) = terminal.pull(centre, Some(&cursor), 500).await;
    assert!(!rows.is_empty(), "nothing changed in a day");
    let changes = plans::take();
    vec![
        visit("first pull", &["from work_orders t", "from users t", "from shift_occurrences t"], first),
        visit(
            "push of a day",
            &[
                "from sync_receipts r",
                "insert into sync_receipts",
                "insert into production_logs",
                "insert into inspection_measurements",
                "insert into shift_handovers",
                "insert into machine_status_history",
                "insert into qr_code_scans",
                "from work_orders where",
                "from sync_quarantine",
            ],
            push,
        ),
        visit("pull of what changed", &["from sync_row", "from machines t"], changes),
    ]
}

/// The nightly proofs, and the chunks of tomorrow.
pub async fn night(centre: &Centre) -> Vec<Visit> {
    let db = Db::connect(&centre.app_url(), 2).await.unwrap();
    plans::take();
    let proven = proofs::prove(&db, proofs::DAYS, Utc::now()).await.unwrap();
    proven.iter().for_each(|it| println!("{it}"));
    assert!(proven.iter().all(proofs::Proven::holds), "the five years do not add up");
    let days = (TimeDelta::days(i64::from(proofs::DAYS) + LATE)).num_days();
    let asks = &["from production_logs", "from genealogy_records", "from shift_handovers h"];
    let proofs = Visit { name: "proofs", is_device: false, days, asks, plans: plans::take() };
    jobs::run(&db, Job::Chunks, false, Utc::now()).await.unwrap();
    plans::take();
    vec![proofs]
}
