//! One transaction: everything, or nothing and every reason.

use takt_server::import::report::{Ending, Style};

use crate::tenant::{Tenant, examples, folder, told};

#[tokio::test]
async fn a_dry_run_says_everything_and_writes_nothing() {
    let tenant = Tenant::new().await;
    let before = tenant.fingerprint().await;
    let (report, ending) = tenant.import_path(examples().path(), true).await;
    assert_eq!(ending, Ending::DryRun);
    assert!(told(&report).iter().all(|line| line.ends_with("created")), "{:#?}", told(&report));
    assert_eq!(tenant.fingerprint().await, before);
}

#[tokio::test]
async fn one_bad_row_and_nothing_is_written() {
    let tenant = Tenant::new().await;
    let before = tenant.fingerprint().await;
    let folder = examples();
    let lines = "work_order,operation,name,work_center\nWO-1001,10,Mill bracket,MILLING\nWO-1001,20,Deburr,DEBURRING\n";
    std::fs::write(folder.path().join("operations.csv"), lines).unwrap();
    let (report, ending) = tenant.import(&folder).await;
    assert_eq!((ending, report.refused()), (Ending::Refused, 1));
    let refused: Vec<String> = told(&report).into_iter().filter(|line| line.contains("refused")).collect();
    assert_eq!(
        refused,
        [
            "operations.csv line 3 WO-1001 20: refused: work_center: there is no work center DEBURRING of work order \
          WO-1001, neither in this import nor in the database"
        ]
    );
    assert_eq!(tenant.fingerprint().await, before);
}

#[tokio::test]
async fn every_refusal_is_listed_also_those_of_the_database() {
    let tenant = Tenant::new().await;
    let mut characteristics = "plan,point,code,name,unit,lower,upper\n".to_owned();
    for n in 0..1_200 {
        // The database alone knows that a limit is above the other.
        let upper = if n % 400 == 7 { "1" } else { "3" };
        characteristics.push_str(&format!("IP-2040,EVERY-50,C{n},Bore {n},mm,2,{upper}\n"));
    }
    let folder = examples();
    std::fs::write(folder.path().join("inspection_characteristics.csv"), characteristics).unwrap();
    let (report, ending) = tenant.import(&folder).await;
    assert_eq!(ending, Ending::Refused);
    let refused: Vec<String> = told(&report).into_iter().filter(|line| line.contains("refused")).collect();
    let says = "refused: upper: the upper limit is above the lower one";
    let wanted = [9, 409, 809].map(|line| {
        format!("inspection_characteristics.csv line {line} IP-2040 1 EVERY-50 C{}: {says}", line - 2)
    });
    assert_eq!(refused, wanted);
}

#[tokio::test]
async fn what_changes_is_said_column_by_column_and_the_rest_stays() {
    let tenant = Tenant::with_examples().await;
    let version = "select row_version::bigint from machines where machine_code = 'MILL-1'";
    assert_eq!(tenant.count(version).await, 1);
    let told = tenant
        .one("machines.csv", "code,plant,work_center,name,location\nMILL-1,BERLIN,MILLING,Mill one,Hall 9\n")
        .await;
    assert_eq!(told, ["machines.csv line 2 MILL-1: changed: name, location"]);
    assert_eq!(tenant.count(version).await, 2);
    assert_eq!(
        tenant.text("select machine_type from machines where machine_code = 'MILL-1'").await,
        "5-axis milling centre"
    );
    let emptied = tenant
        .one("machines.csv", "code,plant,work_center,name,type\nMILL-1,BERLIN,MILLING,Mill one,\n")
        .await;
    assert_eq!(emptied, ["machines.csv line 2 MILL-1: changed: type"]);
    assert_eq!(tenant.text("select machine_type from machines where machine_code = 'MILL-1'").await, "");
}

#[tokio::test]
async fn rows_may_come_in_any_order() {
    let tenant = Tenant::with_examples().await;
    let mut categories = "code,name,parent\n".to_owned();
    for n in (1..=9).rev() {
        let parent = if n == 1 { String::new() } else { format!("C{}", n - 1) };
        categories.push_str(&format!("C{n},Level {n},{parent}\n"));
    }
    let told = tenant.one("material_categories.csv", &categories).await;
    assert!(told.iter().all(|line| line.ends_with("created")), "{told:#?}");
    let deep = "select p.category_code from material_categories c join material_categories p on p.id = c.parent_category_id
                where c.category_code = 'C9'";
    assert_eq!(tenant.text(deep).await, "C8");
}

#[tokio::test]
async fn another_tenants_codes_are_not_there() {
    let tenant = Tenant::new().await;
    tenant
        .run(
            "insert into plants (organization_id, plant_code, plant_name, timezone)
              select id, 'THEIRS', 'x', 'UTC' from organizations where org_code = 'OTHER'",
        )
        .await;
    let told = tenant
        .one("work_centers.csv", "plant,code,name,type,capacity_per_hour\nTHEIRS,A,A,MACHINE,1\n")
        .await;
    assert_eq!(
        told,
        [
            "work_centers.csv line 2 THEIRS A: refused: plant: there is no plant THEIRS, neither in this import nor in the database"
        ]
    );
    let told = tenant.one("plants.csv", "code,name,timezone\nTHEIRS,Ours,UTC\n").await;
    assert_eq!(told, ["plants.csv line 2 THEIRS: created"]);
    assert_eq!(tenant.count("select count(*) from plants where plant_code = 'THEIRS'").await, 2);
}

#[tokio::test]
async fn the_report_is_for_people_or_for_machines() {
    let tenant = Tenant::new().await;
    let mut units = "code,name,dimension\n".to_owned();
    for n in 0..130 {
        units.push_str(&format!("u{n},Unit {n},{}\n", if n < 120 { "NONE" } else { "COUNT" }));
    }
    let (report, ending) = tenant.import(&folder(&[("units.csv", &units), ("notes.csv", "x\n")])).await;
    let mut text = Vec::new();
    report.write(Style::Text, ending, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(text.matches("  refused: dimension: \"NONE\" is not one of COUNT, ").count(), 100, "{text}");
    for wanted in [
        "notes.csv\n  refused: there is no kind of that name; expected one of plants, units, ",
        "  line 2  u0  refused: dimension: \"NONE\" is not one of COUNT, ",
        "  and 20 more refused (all of them: --report json)\n",
        "  line 122  u120  created\n",
        "units.csv        10         0         0       120\n",
        "nothing was written: 121 refused\n",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
    let mut json = Vec::new();
    report.write(Style::Json, ending, &mut json).unwrap();
    let lines: Vec<serde_json::Value> =
        String::from_utf8(json).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1 + 130 + 1);
    assert_eq!(lines[1]["outcome"], "refused");
    assert_eq!((&lines[1]["line"], &lines[1]["reasons"][0]["column"]), (&2.into(), &"dimension".into()));
    assert_eq!(lines[131], serde_json::json!({"written": false, "refused": 121}));
}
