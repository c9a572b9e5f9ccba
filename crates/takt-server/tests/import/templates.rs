//! The templates: complete, importable with their examples, and safe to repeat.

use takt_server::import::kinds::KINDS;
use takt_server::import::report::{Ending, Outcome};
use takt_server::import::template;
use tempfile::TempDir;

use crate::tenant::{Tenant, examples, told};

#[tokio::test]
async fn filled_with_their_examples_they_import_and_a_second_time_nothing_is_written() {
    let tenant = Tenant::new().await;
    let folder = examples();
    let (report, ending) = tenant.import(&folder).await;
    assert_eq!(ending, Ending::Written, "{:#?}", told(&report));
    assert_eq!(report.sheets.len(), KINDS.len());
    let all_created =
        report.sheets.iter().flat_map(|sheet| &sheet.rows).all(|row| row.outcome == Outcome::Created);
    assert!(all_created, "{:#?}", told(&report));

    let before = tenant.fingerprint().await;
    let (report, ending) = tenant.import(&folder).await;
    assert_eq!(ending, Ending::Written);
    let all_unchanged =
        report.sheets.iter().flat_map(|sheet| &sheet.rows).all(|row| row.outcome == Outcome::Unchanged);
    assert!(all_unchanged, "{:#?}", told(&report));
    assert_eq!(tenant.fingerprint().await, before, "not one version, audit entry or feed entry more");
}

#[tokio::test]
async fn with_their_required_columns_alone_they_import_too() {
    let tenant = Tenant::new().await;
    let folder = TempDir::new().unwrap();
    for kind in KINDS {
        let needed: Vec<usize> = (0..kind.columns.len())
            .filter(|at| {
                let column = &kind.columns[*at];
                // A person without any badge is invited, a characteristic without limits is none.
                let also = matches!(
                    (kind.name, column.name),
                    ("people", "badge") | ("inspection_characteristics", "unit" | "lower")
                ) || matches!((kind.name, column.name), ("inspection_points", "frequency_value"));
                also || column.need != takt_server::import::kind::Need::Optional && column.default.is_none()
            })
            .collect();
        let mut text = needed.iter().map(|at| kind.columns[*at].name).collect::<Vec<_>>().join(";");
        for row in template::examples(kind) {
            text.push('\n');
            text.push_str(&needed.iter().map(|at| row[*at].clone()).collect::<Vec<_>>().join(";"));
        }
        std::fs::write(folder.path().join(format!("{}.csv", kind.name)), text).unwrap();
    }
    let (report, ending) = tenant.import(&folder).await;
    assert_eq!(ending, Ending::Written, "{:#?}", told(&report));
    let (report, _) = tenant.import(&folder).await;
    assert!(told(&report).iter().all(|line| line.ends_with("unchanged")), "{:#?}", told(&report));
}

#[tokio::test]
async fn as_written_they_are_empty_and_import_as_nothing() {
    let folder = TempDir::new().unwrap();
    let files = template::write(folder.path()).unwrap();
    assert_eq!(files.len(), KINDS.len() + 1);
    let again = template::write(folder.path()).unwrap_err().to_string();
    assert!(again.contains("is there already"), "{again}");

    let tenant = Tenant::new().await;
    let before = tenant.fingerprint().await;
    let (report, ending) = tenant.import(&folder).await;
    assert_eq!((ending, told(&report).len()), (Ending::Written, 0));
    assert_eq!(report.sheets.len(), 2 * KINDS.len(), "every kind as a file and as a sheet");
    assert_eq!(tenant.fingerprint().await, before);
}

#[test]
fn every_column_says_what_it_is() {
    for kind in KINDS {
        assert!(!kind.meaning.is_empty() && kind.name.len() <= 31, "{}", kind.name);
        for column in kind.columns {
            assert!(column.meaning.ends_with('.'), "{} {}", kind.name, column.name);
            assert!(column.need == takt_server::import::kind::Need::Optional || !column.example.is_empty());
        }
        for rule in kind.rules {
            assert!(kind.column(rule.column).is_some(), "{} {}", kind.name, rule.name);
        }
    }
}
