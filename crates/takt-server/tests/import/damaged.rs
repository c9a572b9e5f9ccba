//! Whatever a file holds, the answer is a report.

use proptest::prelude::*;
use takt_server::import::kinds::KINDS;
use takt_server::import::report::Ending;

use crate::tenant::{Tenant, folder, told};

#[tokio::test]
async fn files_that_are_none_are_refused_by_name() {
    let tenant = Tenant::new().await;
    let (report, ending) = tenant
        .import(&folder(&[
            ("plants.csv", "code,nam,timezone\nA,A,UTC\n"),
            ("machines.csv", "code,name\nA,A\n"),
            ("units.csv", "code,name,dimension,code\n"),
            ("stock.csv", "x\n"),
            ("old.xlsx", "no workbook"),
            ("README.txt", "left alone"),
        ]))
        .await;
    assert_eq!(ending, Ending::Refused);
    let told = told(&report);
    for (line, wanted) in told.iter().zip([
        "old.xlsx: refused: it is not readable as an Excel workbook (.xlsx): ",
        "stock.csv: refused: there is no kind of that name; expected one of plants, units, shifts, ",
        "plants.csv line 1: refused: \"nam\": plants has no such column; expected of code, name, timezone, ",
        "units.csv line 1: refused: code: the column is there twice",
        "machines.csv line 1: refused: plant: the column is missing: Code of its plant.",
    ]) {
        assert!(line.starts_with(wanted), "{line:?} does not start with {wanted:?}");
    }
    assert_eq!(told.len(), 5, "{told:#?}");
    let (report, _) = tenant.import_path(std::path::Path::new("/nowhere/at-all"), false).await;
    assert!(self::told(&report)[0].starts_with("/nowhere/at-all: refused: "), "{:?}", self::told(&report));
    let (report, _) = tenant.import(&folder(&[])).await;
    assert!(self::told(&report)[0].contains("takt-server import --template"), "{:?}", self::told(&report));
}

#[tokio::test]
async fn hostile_cells_reach_the_database_as_values_only() {
    let tenant = Tenant::new().await;
    let name = "'); drop table plants; --\\\"$1 🦀 \u{202e}{}[]";
    let told = tenant
        .one("plants.csv", &format!("code,name,timezone\nA,\"{}\",UTC\n", name.replace('"', "\"\"")))
        .await;
    assert_eq!(told, ["plants.csv line 2 A: created"]);
    assert_eq!(tenant.text("select plant_name from plants").await, name);
    let told = tenant.one("plants.csv", "code,name,timezone\nA,a\u{1}b,UTC\nB,a\0b,UTC\n").await;
    assert_eq!(
        told,
        [
            "plants.csv line 2 A: refused: name: it holds a control character",
            "plants.csv line 3 B: refused: name: it holds a control character"
        ]
    );
}

/// Cells as somebody may type them into any column.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z0-9][A-Z0-9-]{0,5}",
        "[0-9]{1,12}([.,][0-9]{1,8})?",
        "[a-zA-ZäöüÄß€ ]{0,12}",
        Just(String::new()),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "[0-2][0-9]:[0-9]{2}",
        Just("BERLIN".to_owned()),
        Just("yes".to_owned()),
        "\\PC{0,8}",
    ]
}

#[test]
fn no_rows_make_it_fail_or_leave_anything_behind() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let tenant = runtime.block_on(Tenant::with_examples());
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() });
    let rows = proptest::collection::vec(proptest::collection::vec(cell(), 24), 1..5);
    let case = (0..KINDS.len(), rows, 0..3_usize);
    runner
        .run(&case, |(kind, rows, delimiter)| {
            let kind = KINDS[kind];
            let delimiter = [",", ";", "\t"][delimiter];
            let line = |cells: Vec<String>| {
                cells
                    .iter()
                    .map(|it| format!("\"{}\"", it.replace('"', "\"\"")))
                    .collect::<Vec<_>>()
                    .join(delimiter)
            };
            let header = line(kind.columns.iter().map(|column| column.name.to_owned()).collect());
            let rows: Vec<String> = rows
                .into_iter()
                .map(|row| line(row.into_iter().take(kind.columns.len()).collect()))
                .collect();
            let text = format!("{header}\n{}\n", rows.join("\n"));
            let folder = folder(&[(&format!("{}.csv", kind.name), &text)]);
            let (report, ending) = runtime.block_on(tenant.import_path(folder.path(), true));
            prop_assert_eq!(ending == Ending::Refused, report.refused() > 0);
            Ok(())
        })
        .unwrap();
}
