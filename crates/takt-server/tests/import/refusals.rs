//! Every kind of refusal, with its line and column, in words that say what to do.

use crate::tenant::{Tenant, folder, told};

#[tokio::test]
async fn a_row_is_refused_with_all_its_reasons() {
    let tenant = Tenant::new().await;
    let told = tenant
        .one(
            "plants.csv",
            "code,name,timezone,type,day_starts_at,active\n\
             berlin,,Europe/Bonn,FACTORY,6 Uhr,perhaps\n",
        )
        .await;
    assert_eq!(
        told,
        ["plants.csv line 2 : refused: \
          code: \"berlin\" is not a code: 1 to 50 of A-Z, 0-9 and . _ / -, starting with a letter or digit; \
          name: it is empty; expected text of at most 200 characters; \
          timezone: \"Europe/Bonn\" is not an IANA time zone, e.g. Europe/Berlin; \
          type: \"FACTORY\" is not one of FABRICATION, PRODUCTION, ASSEMBLY, TESTING, WAREHOUSE, R_AND_D; \
          day_starts_at: \"6 Uhr\" is not a time as hours:minutes, e.g. 06:00; \
          active: \"perhaps\" is not yes or no"]
    );
}

#[tokio::test]
async fn numbers_are_refused_rather_than_guessed() {
    let tenant = Tenant::with_examples().await;
    let order = "number;plant;material;quantity\n";
    let told = tenant
        .one(
            "work_orders.csv",
            &format!("{order}WO-1;BERLIN;BRK-2040;1.200\nWO-2;BERLIN;BRK-2040;0\nWO-3;BERLIN;BRK-2040;1,23456\nWO-4;BERLIN;BRK-2040;1 000\n"),
        )
        .await;
    let expected = "a number like 1234.5 with at most 4 digits after the point, above 0";
    assert_eq!(
        told,
        [
            "work_orders.csv line 2 WO-1: refused: quantity: \"1.200\" may be 1.20 or 1200: expected one of these, as nothing in the sheet settles it".to_owned(),
            format!("work_orders.csv line 3 WO-2: refused: quantity: \"0\" is not {expected}"),
            format!("work_orders.csv line 4 WO-3: refused: quantity: \"1,23456\" is not {expected}"),
            format!("work_orders.csv line 5 WO-4: refused: quantity: \"1 000\" is not {expected}"),
        ]
    );
    let settled = tenant
        .one("work_orders.csv", &format!("{order}WO-1;BERLIN;BRK-2040;1,200\nWO-2;BERLIN;BRK-2040;0,5\n"))
        .await;
    assert!(settled.iter().all(|line| line.ends_with("created")), "{settled:#?}");
    assert_eq!(
        tenant.text("select planned_quantity::text from work_orders where work_order_number = 'WO-1'").await,
        "1.2000"
    );
}

#[tokio::test]
async fn references_say_what_they_looked_for_and_what_was_refused_before() {
    let tenant = Tenant::with_examples().await;
    let (report, _) = tenant
        .import(&folder(&[
            ("work_centers.csv", "plant,code,name,type,capacity_per_hour\nBERLIN,TURNING,Turning,MACHINE,-1\n"),
            ("machines.csv", "code,plant,work_center,name\nT1,BERLIN,TURNING,T1\nT2,BERLIN,SAWING,T2\nT3,HAMBURG,SAWING,T3\n"),
            ("material_categories.csv", "code,name,parent\nA,A,B\nB,B,A\n"),
        ]))
        .await;
    assert_eq!(
        told(&report),
        [
            "work_centers.csv line 2 BERLIN TURNING: refused: capacity_per_hour: \"-1\" is not a number like 1234.5 with at most 4 digits after the point, above 0",
            "machines.csv line 2 T1: refused: work_center: work center TURNING is refused itself: work_centers.csv line 2",
            "machines.csv line 3 T2: refused: work_center: there is no work center SAWING of plant BERLIN, neither in this import nor in the database",
            "machines.csv line 4 T3: refused: plant: there is no plant HAMBURG, neither in this import nor in the database",
            "material_categories.csv line 2 A: refused: it and others refer to each other in a circle",
            "material_categories.csv line 3 B: refused: it and others refer to each other in a circle",
        ]
    );
}

#[tokio::test]
async fn a_row_twice_and_a_cell_beside_the_columns_are_refused() {
    let tenant = Tenant::new().await;
    let told =
        tenant.one("plants.csv", "code,name,timezone\nA,A,UTC\nB,B,UTC,left over\nA,Other,UTC\n").await;
    assert_eq!(
        told,
        [
            "plants.csv line 2 A: created",
            "plants.csv line 3 B: refused: \"left over\" stands in a column without a name",
            "plants.csv line 4 A: refused: the same code as in plants.csv line 2: expected each plant once",
        ]
    );
}

#[tokio::test]
async fn rules_of_the_database_speak_of_columns() {
    let tenant = Tenant::with_examples().await;
    for (file, text, wanted) in [
        (
            "materials.csv",
            "number,name,category,unit,gtin\nM-1,M,PARTS,PCS,04006381333931\n",
            "gtin: another material has this GTIN",
        ),
        (
            "bom_lines.csv",
            "bom,version,line,component,quantity,unit\nBOM-9,1,10,ALU-6082,1,PCS\n",
            "unit: it does not convert to the unit of the component",
        ),
        (
            "bom_lines.csv",
            "bom,version,line,component,quantity,unit\nBOM-9,1,10,BRK-2040,1,PCS\n",
            "component: the bill would contain itself or go deeper than 10",
        ),
        (
            "boms.csv",
            "number,name,material,unit,effective_from,effective_to\nBOM-8,B,BRK-2040,PCS,2026-02-01,2026-01-01\n",
            "effective_to: it is before effective_from",
        ),
        (
            "boms.csv",
            "number,version,name,material,unit,effective_from,activate\nBOM-9,1,B,BRK-2040,PCS,2026-02-01,yes\n",
            "effective_from: another bill of this material is in force on some of these days: end it with effective_to",
        ),
        (
            "work_orders.csv",
            "number,plant,material,quantity,planned_start,planned_end\nW,BERLIN,BRK-2040,1,2026-02-03,2026-02-01\n",
            "planned_end: it is before planned_start",
        ),
        (
            "work_orders.csv",
            "number,plant,material,quantity,planned_start\nW,BERLIN,BRK-2040,1,2026-03-29T02:30\n",
            "planned_start: the clocks of Europe/Berlin never show 2026-03-29 02:30:00: expected a time that they show",
        ),
        (
            "inspection_points.csv",
            "plan,revision,code,name,frequency\nIP-2040,2,P,P,PERIODIC_UNITS\n",
            "frequency_value: PERIODIC_UNITS and PERIODIC_MINUTES need the pieces or minutes between two checks, above 0",
        ),
        (
            "inspection_plans.csv",
            "code,revision,name,type,effective_from,approved_by\nIP-2040,2,P,FINAL,2027-01-01,1001\n",
            "approved_by: a plan is approved with its points, and every point with its characteristics: there are none of them",
        ),
        (
            "inspection_plans.csv",
            "code,name,type,effective_from,work_center\nIP-9,P,FINAL,2027-01-01,MILLING\n",
            "work_center: a work center is looked for within plant: expected it, too",
        ),
        (
            "units.csv",
            "code,name,dimension,factor_to_base\nPCS,Piece,COUNT,2\n",
            "factor_to_base: dimension and factor are fixed once the unit is used",
        ),
        (
            "units.csv",
            "code,name,dimension,base\nSET,Set,COUNT,yes\n",
            "base: the dimension has another base unit already; expected no",
        ),
    ] {
        tenant
            .run("insert into bom_headers (organization_id, bom_number, bom_version, bom_name, material_id, base_quantity, unit_id, effective_from)
                  select m.organization_id, 'BOM-9', 1, 'B', m.id, 1, m.base_unit_id, '2026-02-01' from materials m
                  where material_number = 'BRK-2040' on conflict do nothing;
                  insert into inspection_plans (organization_id, plan_code, revision, plan_name, plan_type, effective_from)
                  select organization_id, plan_code, 2, 'P', 'FINAL', '2027-01-01' from inspection_plans where plan_code = 'IP-2040'
                  on conflict do nothing")
            .await;
        let told = tenant.one(file, text).await;
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].ends_with(&format!("refused: {wanted}")), "{}\nexpected {wanted}", told[0]);
    }
}

#[tokio::test]
async fn every_rule_between_columns_has_words() {
    let tenant = Tenant::new().await;
    let mut wordless = Vec::new();
    for kind in takt_server::import::kinds::KINDS {
        let stored: Vec<&str> = kind
            .columns
            .iter()
            .filter_map(|column| match column.stored {
                takt_server::import::kind::Stored::In(stored) => Some(stored),
                _ => None,
            })
            .collect();
        let rules: Vec<(String, String, Vec<String>)> = sqlx::query_as(
            "select c.conname::text, c.contype::text, array(select a.attname::text from pg_attribute a
               where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname <> 'organization_id')
             from pg_constraint c where c.conrelid = $1::text::regclass and c.contype in ('c', 'u', 'x')",
        )
        .bind(kind.table)
        .fetch_all(&tenant.sql)
        .await
        .unwrap();
        for (name, sort, columns) in rules {
            let ours = columns.iter().filter(|column| stored.contains(&column.as_str())).count();
            let is_key = columns
                .iter()
                .all(|column| column == "id" || column == "plant_id" || kind.key.contains(&column.as_str()));
            // Of one column alone the reader knows; an id is nobody's to choose.
            let speaks = match sort.as_str() {
                "c" => ours > 1,
                "u" => !is_key && !columns.iter().any(|column| column == "id"),
                _ => true,
            };
            if speaks && !kind.rules.iter().any(|rule| rule.name == name) {
                wordless.push(name);
            }
        }
    }
    assert_eq!(wordless, [""; 0]);
}
