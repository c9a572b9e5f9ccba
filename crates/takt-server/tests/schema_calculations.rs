//! What the database computes by itself: the dictionary's vectors in generated columns, unit factors, and
//! shifts as true instants over clock changes, midnight and the end of the week.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Helper functions of tests are tests.
mod schema;

use schema::{Ground, row, texts, world};
use serde_json::{Value, json};
use sqlx::PgConnection;

#[tokio::test]
async fn generated_columns_hold_the_vectors_of_the_dictionary() {
    let (mut ground, organization) = office().await;
    let world = world::build(&mut ground.admin, &ground.catalog, "A1", organization).await;
    schema::run(&mut ground.admin, "begin; set local session_replication_role = replica").await;
    for (n, (name, given, computed)) in (0..).zip(performances().into_iter().chain(others())) {
        let table = ground.catalog.table(name);
        let fresh = row::with(&world.fresh(table, 31 + n).unwrap(), &given);
        let stored = row::insert(&mut ground.admin, table, &fresh).await;
        for (column, wanted) in computed.as_object().unwrap() {
            assert_eq!(&stored[column], wanted, "{name}.{column} from {given}");
        }
    }
}

/// Table, columns given, columns computed.
type Vector = (&'static str, Value, Value);

fn performances() -> Vec<Vector> {
    let busy = |down: i64| json!({ "planned_operation_seconds": 28800, "planned_busy_seconds": 28800, "production_seconds": 28800 - down, "down_seconds": down });
    let also = |mut base: Value, more: Value| {
        base.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        base
    };
    vec![
        // 480 min planned, 30 down, 200 made at 2 min, 5 rejected.
        (
            "shift_performances",
            also(
                busy(1800),
                json!({ "ideal_seconds": 24000, "ideal_good_seconds": 23400, "total_quantity": 200, "good_quantity": 195, "scrapped_quantity": 5 }),
            ),
            json!({ "availability_ratio": 0.9375, "performance_ratio": 0.888_889, "quality_ratio": 0.975, "oee_ratio": 0.8125, "is_incomplete": false }),
        ),
        // An unknown ideal cycle is unknown, not 100 %.
        (
            "shift_performances",
            also(busy(0), json!({ "total_quantity": 10, "good_quantity": 10 })),
            json!({ "availability_ratio": 1.0, "performance_ratio": null, "oee_ratio": null, "quality_ratio": 1.0 }),
        ),
        // Nothing planned, nothing made: no ratio, and no division by zero.
        (
            "shift_performances",
            json!({}),
            json!({ "availability_ratio": null, "performance_ratio": null, "quality_ratio": null, "oee_ratio": null,
                    "utilization_ratio": null, "fpy_ratio": null, "attainment_ratio": null, "is_incomplete": false }),
        ),
        // 320 of 320 + 100 minutes; 95 of 100 at the first attempt; 90 of a target of 120.
        (
            "shift_performances",
            json!({ "planned_operation_seconds": 25200, "planned_busy_seconds": 25200, "production_seconds": 19200, "setup_seconds": 3600,
                    "delay_seconds": 2400, "first_pass_inspected": 100, "first_pass_passed": 95, "production_target": 120,
                    "good_quantity": 90, "total_quantity": 90 }),
            json!({ "utilization_ratio": 0.761_905, "fpy_ratio": 0.95, "attainment_ratio": 0.75, "is_incomplete": false }),
        ),
        // Up to 2 % unknown is complete; more is not.
        (
            "shift_performances",
            json!({ "planned_operation_seconds": 1000, "planned_busy_seconds": 1000, "production_seconds": 980, "unknown_seconds": 20 }),
            json!({ "is_incomplete": false }),
        ),
        (
            "shift_performances",
            json!({ "planned_operation_seconds": 1000, "planned_busy_seconds": 1000, "production_seconds": 979, "unknown_seconds": 21 }),
            json!({ "is_incomplete": true }),
        ),
    ]
}

fn others() -> Vec<Vector> {
    vec![
        // Material 225, labour 160, overhead 150 % of labour.
        (
            "work_orders",
            json!({ "material_cost": 225, "labor_cost": 160, "overhead_cost": 240 }),
            json!({ "total_cost": 625.0 }),
        ),
        (
            "project_bom",
            json!({ "quantity_required": 3, "unit_cost": 0.3333 }),
            json!({ "total_cost": 0.9999 }),
        ),
        (
            "project_bom",
            json!({ "quantity_required": 0.5, "unit_cost": 0.0001 }),
            json!({ "total_cost": 0.0001 }),
        ),
        ("project_bom", json!({ "quantity_required": 3 }), json!({ "total_cost": null })),
        ("lot_batches", json!({ "current_quantity": 0 }), json!({ "is_depleted": true })),
        ("lot_batches", json!({ "current_quantity": 0.0001 }), json!({ "is_depleted": false })),
        (
            "shipment_items",
            json!({ "quantity": 2, "packed_quantity": 1.9999 }),
            json!({ "is_packed": false }),
        ),
        ("shipment_items", json!({ "quantity": 2, "packed_quantity": 2 }), json!({ "is_packed": true })),
        // Both days of a validity count; without an end it stays open.
        (
            "bom_headers",
            json!({ "effective_from": "2026-01-01", "effective_to": "2026-01-31" }),
            json!({ "effective": "[2026-01-01,2026-02-01)" }),
        ),
        ("bom_headers", json!({ "effective_from": "2026-01-01" }), json!({ "effective": "[2026-01-01,)" })),
        ("materials", json!({ "material_name": "Welle ÄÖ 7" }), json!({ "material_name_key": "welle äö 7" })),
    ]
}

#[tokio::test]
async fn units_convert_within_their_dimension() {
    let (mut ground, organization) = office().await;
    // Code, value, and the value in the base unit, rounded once at the end.
    let vectors = [
        ("in", "10", "0.2540"),
        ("mm", "1500", "1.5000"),
        ("g", "250", "0.2500"),
        ("h", "1.5", "5400.0000"),
        ("degC", "100", "373.1500"),
        ("degF", "212", "373.1500"),
        ("degF", "-40", "233.1500"),
        ("bar", "6", "600000.0000"),
        ("%", "12.5", "0.1250"),
    ];
    for (code, value, base) in vectors {
        let sql = format!(
            "select round({value} * factor_to_base + offset_to_base, 4)::text from units_of_measure where organization_id = {} and unit_code = '{code}'",
            organization
        );
        assert_eq!(texts(&mut ground.admin, &sql).await, [base], "{value} {code}");
    }
}

#[tokio::test]
async fn the_minutes_of_the_week_wrap_at_midnight_and_on_sunday() {
    let mut ground = Ground::new().await;
    let patterns = [
        ("06:00", "14:00", "1", "{[360,840)}"),
        ("22:00", "06:00", "1", "{[1320,1800)}"),
        ("16:00", "00:00", "5", "{[6720,7200)}"),
        ("22:00", "06:00", "7", "{[0,360),[9960,10080)}"),
        ("22:00", "06:00", "6,7", "{[0,360),[8520,9000),[9960,10080)}"),
        ("00:00", "08:00", "1,7", "{[0,480),[8640,9120)}"),
        ("18:00", "17:59", "7", "{[0,1079),[9720,10080)}"),
    ];
    for (start, end, days, minutes) in patterns {
        let sql = format!("select app.week_minutes('{start}', '{end}', '{{{days}}}')::text");
        assert_eq!(texts(&mut ground.admin, &sql).await, [minutes], "{start}-{end} on {days}");
    }
}

/// Zone, local start and end, business date, first and last instant, hours.
const WINDOWS: &[(&str, &str, &str, &str, &str, &str, &str)] = &[
    ("Europe/Berlin", "06:00", "14:00", "2026-07-01", "2026-07-01 04:00", "2026-07-01 12:00", "8.00"),
    ("Europe/Berlin", "22:00", "06:00", "2026-01-12", "2026-01-12 21:00", "2026-01-13 05:00", "8.00"),
    // The clocks go forward on 29 March, and back on 25 October.
    ("Europe/Berlin", "22:00", "06:00", "2026-03-28", "2026-03-28 21:00", "2026-03-29 04:00", "7.00"),
    ("Europe/Berlin", "22:00", "06:00", "2026-10-24", "2026-10-24 20:00", "2026-10-25 05:00", "9.00"),
    ("Europe/Berlin", "22:00", "06:00", "2026-10-25", "2026-10-25 21:00", "2026-10-26 05:00", "8.00"),
    // 02:30 does not exist on 29 March, and is there twice on 25 October: the standard time counts.
    ("Europe/Berlin", "02:30", "10:30", "2026-03-29", "2026-03-29 01:30", "2026-03-29 08:30", "7.00"),
    ("Europe/Berlin", "02:30", "10:30", "2026-10-25", "2026-10-25 01:30", "2026-10-25 09:30", "8.00"),
    // Sunday's night, and New Year's.
    ("Europe/Berlin", "22:00", "06:00", "2026-01-11", "2026-01-11 21:00", "2026-01-12 05:00", "8.00"),
    ("Europe/Berlin", "22:00", "06:00", "2026-12-31", "2026-12-31 21:00", "2027-01-01 05:00", "8.00"),
    // There the clocks change on 8 March and 1 November; the same local night is another one.
    ("America/New_York", "22:00", "06:00", "2026-01-12", "2026-01-13 03:00", "2026-01-13 11:00", "8.00"),
    ("America/New_York", "22:00", "06:00", "2026-03-07", "2026-03-08 03:00", "2026-03-08 10:00", "7.00"),
    ("America/New_York", "22:00", "06:00", "2026-03-28", "2026-03-29 02:00", "2026-03-29 10:00", "8.00"),
    ("America/New_York", "22:00", "06:00", "2026-10-31", "2026-11-01 02:00", "2026-11-01 11:00", "9.00"),
    ("America/New_York", "16:00", "00:00", "2026-07-01", "2026-07-01 20:00", "2026-07-02 04:00", "8.00"),
    // Half an hour of summer time, and a quarter of an hour beside the full hour.
    ("Australia/Lord_Howe", "22:00", "06:00", "2026-04-04", "2026-04-04 11:00", "2026-04-04 19:30", "8.50"),
    ("Asia/Kathmandu", "06:00", "14:00", "2026-07-01", "2026-07-01 00:15", "2026-07-01 08:15", "8.00"),
];

#[tokio::test]
async fn a_shift_is_its_true_instants_in_the_zone_of_its_plant() {
    let (mut ground, organization) = office().await;
    for (n, (zone, start, end, date, from, to, hours)) in (0..).zip(WINDOWS) {
        let shift = shift(&mut ground.admin, organization, n, zone, (start, end), "{1,2,3,4,5,6,7}").await.1;
        let sql = format!(
            "select to_char(lower(w) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' to ' || to_char(upper(w) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                    || ' = ' || round(extract(epoch from upper(w) - lower(w)) / 3600, 2)
             from app.shift_window({shift}, '{date}') as w"
        );
        let mut app = as_office(&ground, organization).await;
        assert_eq!(
            texts(&mut app, &sql).await,
            [format!("{from} to {to} = {hours}")],
            "{zone} {start}-{end} on {date}"
        );
    }
}

#[tokio::test]
async fn three_shifts_leave_no_gap_over_both_clock_changes_in_two_zones() {
    let (mut ground, organization) = office().await;
    for (n, zone) in [(0, "Europe/Berlin"), (1, "America/New_York")] {
        let (plant, _) =
            shift(&mut ground.admin, organization, n, zone, ("06:00", "14:00"), "{1,2,3,4,5,6,7}").await;
        for (code, start, end) in [("LATE", "14:00", "22:00"), ("NIGHT", "22:00", "06:00")] {
            add_shift(&mut ground.admin, organization, plant, code, (start, end), "{1,2,3,4,5,6,7}").await;
        }
        let mut app = as_office(&ground, organization).await;
        for (first, last) in [("2026-03-01", "2026-04-01"), ("2026-10-20", "2026-11-05")] {
            let make = format!("select app.make_shift_occurrences({plant}, '{first}', '{last}')::text");
            let days =
                texts(&mut app, &format!("select ((date '{last}' - date '{first}' + 1) * 3)::text")).await;
            assert_eq!(texts(&mut app, &make).await, days, "{zone}");
            assert_eq!(texts(&mut app, &make).await, ["0"], "made once");
            let gaps = format!(
                "select (select count(*) from unnest(range_agg(time_window)))::text from shift_occurrences
                 where plant_id = {plant} and business_date between '{first}' and '{last}'"
            );
            assert_eq!(texts(&mut app, &gaps).await, ["1"], "one unbroken span in {zone}");
        }
    }
}

#[tokio::test]
async fn an_occurrence_keeps_its_offsets_and_a_break_over_the_clock_change() {
    let (mut ground, organization) = office().await;
    let (plant, shift) =
        shift(&mut ground.admin, organization, 0, "Europe/Berlin", ("22:00", "06:00"), "{6,7}").await;
    let breaks = r#"[{"start": "23:45", "end": "00:15"}, {"start": "01:45", "end": "03:15"}]"#;
    schema::run(&mut ground.admin, &format!("update shifts set breaks = '{breaks}' where id = {shift}"))
        .await;
    let mut app = as_office(&ground, organization).await;
    let make = format!("select app.make_shift_occurrences({plant}, '2026-10-19', '2026-10-25')::text");
    assert_eq!(texts(&mut app, &make).await, ["2"], "Saturday and Sunday");
    let night = "select business_date || ' ' || zone || ' ' || utc_offset_start_seconds || ' ' || utc_offset_end_seconds || ' '
                   || (select string_agg(to_char(lower(b) at time zone 'UTC', 'HH24:MI') || '-' || to_char(upper(b) at time zone 'UTC', 'HH24:MI'), ',' order by b) from unnest(breaks) as b)
                 from shift_occurrences order by business_date";
    assert_eq!(
        texts(&mut app, night).await,
        [
            "2026-10-24 Europe/Berlin 7200 3600 21:45-22:15,23:45-02:15",
            "2026-10-25 Europe/Berlin 3600 3600 22:45-23:15,00:45-02:15",
        ]
    );
}

async fn office() -> (Ground, i64) {
    let mut ground = Ground::new().await;
    let organization = world::organization(&mut ground.admin, "ALPHA").await;
    (ground, organization)
}

async fn as_office(ground: &Ground, organization: i64) -> PgConnection {
    let mut app = ground.app().await;
    schema::run(&mut app, &format!("set app.current_organization_id = '{}'", organization)).await;
    app
}

/// A plant in a zone with one shift; answers both ids.
async fn shift(
    admin: &mut PgConnection,
    organization: i64,
    n: i64,
    zone: &str,
    hours: (&str, &str),
    days: &str,
) -> (i64, i64) {
    let sql = format!(
        "insert into plants (organization_id, plant_code, plant_name, timezone) values ({}, 'ZONE-{n}', 'zone', '{zone}') returning id::text",
        organization
    );
    let plant = schema::text(admin, &sql).await.parse().unwrap();
    (plant, add_shift(admin, organization, plant, "FIRST", hours, days).await)
}

async fn add_shift(
    admin: &mut PgConnection,
    organization: i64,
    plant: i64,
    code: &str,
    (start, end): (&str, &str),
    days: &str,
) -> i64 {
    let sql = format!(
        "insert into shifts (organization_id, plant_id, shift_code, shift_name, start_time, end_time, days_of_week, effective_from)
         values ({}, {plant}, '{code}', 'shift', '{start}', '{end}', '{days}', '2026-01-01') returning id::text",
        organization
    );
    schema::text(admin, &sql).await.parse().unwrap()
}
