//! A workbook says the same as files.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use takt_server::import::kinds::KINDS;
use takt_server::import::report::Ending;
use takt_server::import::template;

use crate::tenant::{Tenant, examples, folder, told};

#[tokio::test]
async fn a_workbook_equals_its_files() {
    let tenant = Tenant::new().await;
    let rows: Vec<(&str, Vec<Vec<String>>)> =
        KINDS.iter().map(|kind| (kind.name, template::examples(kind))).collect();
    let folder = folder(&[]);
    let book = folder.path().join("plant.xlsx");
    std::fs::write(&book, template::workbook(&rows).unwrap()).unwrap();
    let (report, ending) = tenant.import_path(&book, false).await;
    assert_eq!(ending, Ending::Written, "{:#?}", told(&report));
    assert_eq!(report.sheets[0].place, "plant.xlsx, sheet plants");
    let before = tenant.fingerprint().await;
    let (report, _) = tenant.import(&examples()).await;
    assert!(told(&report).iter().all(|line| line.ends_with("unchanged")), "{:#?}", told(&report));
    assert_eq!(tenant.fingerprint().await, before);
}

#[tokio::test]
async fn numbers_and_dates_of_excel_are_what_they_look_like() {
    let tenant = Tenant::with_examples().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("work_orders").unwrap();
    let header = ["number", "plant", "material", "quantity", "planned_start", "planned_end"];
    for (at, name) in (0_u16..).zip(header) {
        sheet.write(0, at, name).unwrap();
    }
    let date = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    let day = ExcelDateTime::from_ymd(2026, 11, 30).unwrap();
    sheet.write(1, 0, 4711).unwrap().write(1, 1, "BERLIN").unwrap().write(1, 2, "BRK-2040").unwrap();
    sheet.write(1, 3, 1.234).unwrap();
    sheet.write_with_format(1, 4, day.clone().and_hms(6, 0, 0).unwrap(), &date).unwrap();
    sheet.write_with_format(1, 5, &day, &date).unwrap();
    // A code that Excel has made a date of.
    sheet.write_with_format(2, 0, &day, &date).unwrap().write(2, 1, "BERLIN").unwrap();
    sheet.write(2, 2, "BRK-2040").unwrap().write(2, 3, "1.234").unwrap();
    let folder = folder(&[]);
    std::fs::write(folder.path().join("orders.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    let (report, _) = tenant.import(&folder).await;
    let told = told(&report);
    assert_eq!(told[0], "orders.xlsx, sheet work_orders line 2 4711: created");
    assert_eq!(
        told[1],
        "orders.xlsx, sheet work_orders line 3 : refused: number: Excel has made a date of it (2026-11-30): set the column to \
         Text and type it again; expected a code: 1 to 50 of A-Z, 0-9 and . _ / -, starting with a letter or digit; quantity: \
         \"1.234\" may be 1.2340 or 1234: expected one of these, as nothing in the sheet settles it"
    );
}
