//! How long a long import takes; a measurement, not a promise.

use std::fmt::Write;
use std::time::Instant;

use takt_server::import::report::Ending;

use crate::tenant::{Tenant, folder, told};

#[tokio::test]
#[ignore = "a measurement: run it alone with --ignored --nocapture"]
async fn ten_thousand_orders_of_three_operations() {
    let tenant = Tenant::with_examples().await;
    let mut orders = "number,plant,material,quantity,planned_start,release\n".to_owned();
    let mut operations = "work_order,operation,name,work_center,run_seconds_per_unit\n".to_owned();
    for n in 0..10_000 {
        writeln!(orders, "L-{n},BERLIN,BRK-2040,480,2026-12-01,yes").unwrap();
        for step in [10, 20, 30] {
            writeln!(operations, "L-{n},{step},Step {step},MILLING,78").unwrap();
        }
    }
    let folder = folder(&[("work_orders.csv", &orders), ("operations.csv", &operations)]);
    for round in ["new", "unchanged"] {
        let begun = Instant::now();
        let (report, ending) = tenant.import(&folder).await;
        assert_eq!(
            ending,
            Ending::Written,
            "{:#?}",
            told(&report).iter().find(|line| line.contains("refused"))
        );
        println!("40,000 rows, {round}: {:.1} s", begun.elapsed().as_secs_f64());
    }
}
