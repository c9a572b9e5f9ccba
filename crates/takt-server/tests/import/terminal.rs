//! A terminal that is enrolled in an imported plant finds everything that it needs.

use sqlx::ConnectOptions;
use takt_server::db::{Db, organization};
use takt_server::import;
use takt_server::import::report::Ending;
use takt_wire::row;

use crate::support::{Centre, Terminal};
use crate::tenant::{examples, told};

#[tokio::test]
async fn it_pulls_its_people_orders_and_shifts() {
    let centre = Centre::open().await;
    let admin = Db::connect(centre.sql.connect_options().to_url_lossy().as_str(), 2).await.unwrap();
    let (tx, id) = organization::create(&admin, "OWN", "Own plant").await.unwrap();
    tx.commit().await.unwrap();
    let (report, ending) = import::quietly(&admin, id, examples().path(), false).await.unwrap();
    assert_eq!(ending, Ending::Written, "{:#?}", told(&report));

    let code = centre.code_for("OWN", "BERLIN", "MILLING", Some("MILL-1")).await;
    let terminal = Terminal::redeem(&centre, &code).await;
    let (rows, _) = terminal.pull(&centre, None, 500).await;
    let count = |table: &str| rows.iter().filter(|row| row.tbl == table).count();
    for (table, wanted) in [
        ("plants", 1),
        ("work_centers", 1),
        ("users", 1),
        ("machines", 1),
        ("work_orders", 1),
        ("work_order_operations", 1),
        ("materials", 2),
        ("shifts", 1),
        ("inspection_plans", 1),
        ("inspection_points", 1),
        ("inspection_characteristics", 1),
    ] {
        assert_eq!(count(table), wanted, "{table}");
    }
    assert!(count("shift_occurrences") > 40 && count("type_list_values") > 40);
    for row in &rows {
        row::check(&row.tbl, row.body.as_ref().unwrap()).unwrap();
    }
    let body =
        |table: &str| rows.iter().find(|row| row.tbl == table).and_then(|row| row.body.clone()).unwrap();
    assert_eq!(body("work_orders")["status"], "RELEASED");
    let person = body("users");
    assert_eq!(person["roles"], serde_json::json!(["OPERATOR", "SHIFT_LEAD"]));
    assert_eq!(person["badge_hash"], takt_domain::badge_hash(id, "7K2Q-9XMD-4FTA"));
    assert!(person["pin"].is_object(), "its PIN can be checked offline");
}
