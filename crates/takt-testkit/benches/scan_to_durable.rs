//! A scan until it is durable on the terminal, beside a raw SQLite commit of as many rows and bytes: turn by turn,
//! so that both meet the same disk in the same mood.
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use chrono::Utc;
use rusqlite::{Connection, OpenFlags};
use takt_domain::{BootId, EventId};
use takt_store::{Fact, Stamp, Store, StoreOptions};
use takt_testkit::measure::{Line, conclude};
use takt_testkit::percentile::Sample;
use takt_wire::payload::{CodeScanned, ScanResolution};
use uuid::Uuid;

const WARM_UP: u32 = 100;
const ROUNDS: u32 = 3_000;
/// `sync.md`: p99 at most twice the floor's, and below 25 ms.
const TIMES_FLOOR_MAX: f64 = 2.0;
const P99_MAX: Duration = Duration::from_millis(25);

fn main() -> ExitCode {
    conclude("scan to durable", measure().map(|line| vec![line]))
}

fn measure() -> Result<Line> {
    // Beside the build, on the disk that terminals' databases would share; not in memory.
    let folder = tempfile::tempdir_in(takt_testkit::workspace::root().join("target"))?;
    let store = Store::open(folder.path().join("station.db"), StoreOptions::default())?;
    let before = contents(&folder.path().join("station.db"))?;
    for _ in 0..WARM_UP {
        scan(&store)?;
    }
    let after = contents(&folder.path().join("station.db"))?;
    let rows = (after.rows - before.rows) / i64::from(WARM_UP);
    let bytes = (after.bytes - before.bytes) / i64::from(WARM_UP);
    let floor_file = floor_database(&folder.path().join("floor.db"))?;
    let row = vec![0x5a_u8; usize::try_from(bytes / rows.max(1))?];

    let (mut ours, mut floor) = (Sample::default(), Sample::default());
    for _ in 0..ROUNDS {
        ours.add(timed(|| scan(&store))?);
        floor.add(timed(|| commit(&floor_file, rows, &row))?);
    }
    println!("scan to durable   ours   {}", ours.summary());
    println!("                  floor  {}  (raw commit of {rows} rows, {bytes} bytes)", floor.summary());
    let (times, p99) = (ours.times(&floor, 99), ours.percentile(99));
    Ok(Line {
        measure: "scan to durable, p99".to_owned(),
        ours: format!("{:.2} ms", ours.ms(99)),
        floor: format!("{:.2} ms", floor.ms(99)),
        ratio: format!("{times:.2} times its time"),
        goal: format!("at most {TIMES_FLOOR_MAX}, below {} ms", P99_MAX.as_millis()),
        is_kept: times <= TIMES_FLOOR_MAX && p99 < P99_MAX,
    })
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn scan(store: &Store) -> Result<()> {
    let now = Utc::now();
    let stamp = Stamp {
        device_time: now,
        monotonic_ms: 1,
        boot_id: BootId(Uuid::from_u128(1)),
        clock_offset_ms: Some(3),
        clock_offset_age_ms: Some(60_000),
    };
    let fact = Fact { event_id: EventId(Uuid::now_v7()), at: now, actor: None, stamp };
    let scanned = CodeScanned {
        scanned_value: "WO|NORDWERK|WO-2026-004711|20".to_owned(),
        symbology: Some("QR_CODE".to_owned()),
        resolution: ScanResolution::Resolved,
        entity_type: Some("OPERATION".to_owned()),
        entity_id: Some(4711),
        purpose: "START".to_owned(),
        work_order_id: None,
        work_center_id: None,
        input: "WEDGE".to_owned(),
        decode_ms: Some(4),
        error: None,
    };
    Ok(store.write(|w| w.note_scan(&fact, &scanned, &"5f".repeat(32), Some("operation")))?)
}

fn floor_database(file: &Path) -> Result<Connection> {
    let floor = Connection::open(file)?;
    floor.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    floor.pragma_update(None, "journal_mode", "WAL")?;
    floor.pragma_update(None, "synchronous", "FULL")?;
    floor.execute_batch("create table floor (id integer primary key, content blob not null)")?;
    Ok(floor)
}

fn commit(floor: &Connection, rows: i64, row: &[u8]) -> Result<()> {
    let tx = floor.unchecked_transaction()?;
    for _ in 0..rows {
        tx.prepare_cached("insert into floor (content) values (?1)")?.execute([row])?;
    }
    Ok(tx.commit()?)
}

/// What a database holds, whatever its tables are.
struct Contents {
    rows: i64,
    bytes: i64,
}

fn contents(file: &Path) -> Result<Contents> {
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let names = |sql: &str| -> Result<Vec<String>> {
        let mut statement = database.prepare(sql)?;
        let found = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(found)
    };
    let mut sum = Contents { rows: 0, bytes: 0 };
    for table in names("select name from sqlite_schema where type = 'table'")? {
        let columns = names(&format!("select name from pragma_table_info('{table}')"))?;
        let lengths: Vec<String> =
            columns.iter().map(|column| format!("coalesce(length(cast(\"{column}\" as blob)), 0)")).collect();
        let query = format!("select count(*), coalesce(sum({}), 0) from \"{table}\"", lengths.join(" + "));
        let (rows, bytes): (i64, i64) = database
            .query_row(&query, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .with_context(|| format!("cannot measure {table}"))?;
        sum.rows += rows;
        sum.bytes += bytes;
    }
    Ok(sum)
}
