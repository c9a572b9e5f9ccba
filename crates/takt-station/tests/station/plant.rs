//! The plant the tests stand in: Lyon, milling 3, one shift model, orders in every state.

use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use takt_domain::{
    CharacteristicId, DeviceId, Epoch, InspectionPointId, MachineId, OperationId, OrganizationId, PlantId,
    ReasonId, UserId, WorkCenterId, badge_hash,
};
use takt_scan::meaning::{LabelKind, encode, operation_value};
use takt_store::Store;
use takt_store::sync_state::Enrolment;
use takt_wire::pull::RowChange;
use uuid::Uuid;

use super::floor::{PEPPER, start};

pub const ORG: &str = "NORDWERK";
pub const ANNA: UserId = UserId(1);
pub const QUINN: UserId = UserId(2);
pub const RUTH: UserId = UserId(3);
pub const LARS: UserId = UserId(4);

pub const BADGE_ANNA: &str = "BG:anna";
/// Inspector, PIN 2468.
pub const BADGE_QUINN: &str = "BG:quinn";
/// Shift lead.
pub const BADGE_RUTH: &str = "BG:ruth";
/// Shift lead, PIN 1357.
pub const BADGE_LARS: &str = "BG:lars";
pub const BADGE_SUSPENDED: &str = "BG:gone";
pub const BADGE_READER: &str = "BG:reader";

pub const MILL: MachineId = MachineId(7);
pub const OTHER_MILL: MachineId = MachineId(8);

/// Order 1, planned 480, step 30 here after step 20 elsewhere (done).
pub const BRACKET: OperationId = OperationId(130);
/// Order 2, planned 120, whole order here; needs an inspection.
pub const FLANGE: OperationId = OperationId(210);
/// Order 3, step 20 waits for step 10.
pub const WAITING: OperationId = OperationId(320);
/// Order 4 is planned.
pub const PLANNED: OperationId = OperationId(410);
// Order 5 belongs to the wash, order 6 is completed.

pub const SURFACE: ReasonId = ReasonId(11);
pub const TOOL_WEAR: ReasonId = ReasonId(12);
pub const REWORK: ReasonId = ReasonId(21);
pub const JAM: ReasonId = ReasonId(31);
pub const LUNCH: ReasonId = ReasonId(32);
pub const DIMENSION: ReasonId = ReasonId(41);

pub const POINT: InspectionPointId = InspectionPointId(900);
pub const BORE: CharacteristicId = CharacteristicId(901);
pub const BURR: CharacteristicId = CharacteristicId(902);
pub const FINAL_POINT: InspectionPointId = InspectionPointId(950);
pub const GEAR: CharacteristicId = CharacteristicId(951);

/// An order's label.
pub fn order_label(number: &str) -> String {
    encode(LabelKind::WorkOrder, number, ORG)
}

/// An operation's label.
pub fn operation_label(number: &str, operation: i32) -> String {
    encode(LabelKind::Operation, &operation_value(number, operation), ORG)
}

/// A machine's label.
pub fn machine_label(code: &str) -> String {
    encode(LabelKind::Machine, code, ORG)
}

/// Enrols the station and mirrors the plant.
pub fn mirror(store: &Store) {
    let enrolment = Enrolment {
        server_url: "http://127.0.0.1:1".to_owned(),
        device_id: DeviceId(5),
        device_code: "T-5".to_owned(),
        organization_id: OrganizationId(1),
        org_code: ORG.to_owned(),
        organization_name: "Nordwerk".to_owned(),
        plant_id: PlantId(1),
        work_center_id: WorkCenterId(3),
        machine_id: Some(MILL),
    };
    store.write(|w| w.set_enrolment(&enrolment, Epoch(Uuid::from_u128(9)))).unwrap();
    let rows = [people(), places(), orders(), masters(), shifts(), plans()].concat();
    for (tbl, body) in rows {
        put(store, tbl, body, 0);
    }
}

/// Mirrors one row, which contains own events up to an outbox position.
pub fn put(store: &Store, tbl: &str, body: serde_json::Value, own_through: i64) {
    let id = body["id"].as_i64().unwrap();
    let change = RowChange { tbl: tbl.to_owned(), id, body: Some(body) };
    let refused = store.write(|w| w.mirror_put(&change, own_through, 1)).unwrap();
    assert_eq!(refused, None, "{tbl} {id}");
}

type Rows = Vec<(&'static str, serde_json::Value)>;

/// A person who may work here.
pub fn person(id: i32, name: &str, badge: &str, roles: &[&str], pin: Option<&str>) -> serde_json::Value {
    json!({
        "id": id, "full_name": name, "locale": "de", "status": "ACTIVE", "roles": roles,
        "badge_hash": badge_hash(OrganizationId(1), badge), "pin": pin.map(verifier),
        "access_level": "OPERATE",
    })
}

fn verifier(pin: &str) -> serde_json::Value {
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap())
        .hash_password_into(pin.as_bytes(), b"saltsalt", &mut hash)
        .unwrap();
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(PEPPER).unwrap();
    mac.update(&hash);
    let verifier = hex::encode(mac.finalize().into_bytes());
    json!({"params": "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ", "verifier": verifier})
}

fn people() -> Rows {
    let mut suspended = person(6, "Guido Gone", "gone", &["OPERATOR"], None);
    suspended["status"] = json!("SUSPENDED");
    let mut reader = person(7, "Rita Reader", "reader", &["OPERATOR"], None);
    reader["access_level"] = json!("READ");
    vec![
        ("users", person(1, "Anna Meyer", "anna", &["OPERATOR"], None)),
        ("users", person(2, "Quinn Quality", "quinn", &["QC_INSPECTOR"], Some("2468"))),
        ("users", person(3, "Ruth Braun", "ruth", &["SHIFT_LEAD"], None)),
        ("users", person(4, "Lars Keller", "lars", &["SHIFT_LEAD"], Some("1357"))),
        ("users", suspended),
        ("users", reader),
    ]
}

fn places() -> Rows {
    let center = |id: i32, code: &str, name: &str| {
        json!({"id": id, "plant_id": 1, "work_center_code": code, "work_center_name": name,
               "work_center_type": "MACHINING", "is_active": true})
    };
    let machine = |id: i32, center: i32, code: &str| {
        json!({"id": id, "plant_id": 1, "work_center_id": center, "machine_code": code, "machine_name": code,
               "status": "AVAILABLE", "status_since": start() - TimeDelta::hours(8), "is_active": true})
    };
    vec![
        ("plants", json!({"id": 1, "plant_code": "LYON", "plant_name": "Lyon", "timezone": "Europe/Paris"})),
        ("work_centers", center(3, "MILL-3", "Milling 3")),
        ("work_centers", center(4, "WASH", "Wash 1")),
        ("machines", machine(7, 3, "MILL-3")),
        ("machines", machine(8, 4, "WASH-1")),
    ]
}

/// A routing step's row with its counters.
pub fn operation(
    id: i32,
    order: i32,
    number: i32,
    center: i32,
    status: &str,
    good: &str,
) -> serde_json::Value {
    json!({"id": id, "work_order_id": order, "operation_number": number, "operation_name": format!("Step {number}"),
           "work_center_id": center, "status": status, "run_seconds_per_unit": "20",
           "scheduling_mode": "SEQUENTIAL", "requires_inspection": id == FLANGE.0,
           "completed_quantity": good, "scrapped_quantity": "0", "rework_quantity": "0"})
}

fn orders() -> Rows {
    let order = |id: i32, number: &str, status: &str, planned: &str, priority: i32| {
        json!({"id": id, "plant_id": 1, "work_order_number": number, "status": status, "material_id": 50,
               "planned_quantity": planned, "unit_id": 1, "priority": priority, "pack_sizes": [6, 24]})
    };
    let mut waiting = operation(320, 3, 20, 3, "PENDING", "0");
    waiting["predecessor_operation_id"] = json!(310);
    let mut bracket = operation(130, 1, 30, 3, "PENDING", "0");
    bracket["predecessor_operation_id"] = json!(120);
    vec![
        ("work_orders", order(1, "WO-24817", "RELEASED", "480", 1)),
        ("work_order_operations", operation(120, 1, 20, 4, "COMPLETED", "480")),
        ("work_order_operations", bracket),
        ("work_orders", order(2, "WO-24822", "RELEASED", "120", 2)),
        ("work_order_operations", operation(210, 2, 10, 3, "PENDING", "0")),
        ("work_orders", order(3, "WO-24830", "RELEASED", "60", 3)),
        ("work_order_operations", operation(310, 3, 10, 4, "IN_PROGRESS", "0")),
        ("work_order_operations", waiting),
        ("work_orders", order(4, "WO-24840", "PLANNED", "60", 4)),
        ("work_order_operations", operation(410, 4, 10, 3, "PENDING", "0")),
        ("work_orders", order(5, "WO-24850", "RELEASED", "60", 5)),
        ("work_order_operations", operation(510, 5, 10, 4, "PENDING", "0")),
        ("work_orders", order(6, "WO-24860", "COMPLETED", "60", 6)),
        ("work_order_operations", operation(610, 6, 10, 3, "COMPLETED", "60")),
        (
            "materials",
            json!({"id": 50, "material_number": "110-4471", "material_name": "Bracket, left",
                             "tracking_mode": "NONE", "drawing_number": "D-4471 C"}),
        ),
        ("units_of_measure", json!({"id": 1, "unit_code": "PCS", "decimals": 0})),
        ("units_of_measure", json!({"id": 2, "unit_code": "mm", "decimals": 3})),
    ]
}

fn masters() -> Rows {
    let reason = |id: i32, list: &str, code: &str, label: &str, class: Option<&str>| {
        json!({"id": id, "list_code": list, "value_code": code, "value_label": label,
               "labels": {"de": format!("{label} (de)")}, "oee_class": class, "display_order": id, "is_active": true})
    };
    vec![
        ("type_list_values", reason(11, "SCRAP_REASON", "SURFACE", "Surface", None)),
        ("type_list_values", reason(12, "SCRAP_REASON", "TOOL_WEAR", "Tool wear", None)),
        ("type_list_values", reason(21, "REWORK_REASON", "BURR", "Burr", None)),
        ("type_list_values", reason(31, "DOWNTIME_REASON", "JAM", "Jam", Some("availability_loss"))),
        ("type_list_values", reason(32, "DOWNTIME_REASON", "LUNCH", "Lunch", Some("planned_stop"))),
        ("type_list_values", reason(41, "DEFECT_TYPE", "DIMENSION", "Dimension", None)),
    ]
}

/// Early 06–14, late 14–22, night 22–06 local, for three days; Paris is an hour ahead in March.
fn shifts() -> Rows {
    let shift = |id: i32, code: &str, name: &str, target: &str| {
        json!({"id": id, "shift_code": code, "shift_name": name, "production_target": target,
               "break_minutes": 0, "is_active": true})
    };
    let mut rows = vec![
        ("shifts", shift(1, "E", "Early", "960")),
        ("shifts", shift(2, "L", "Late", "0")),
        ("shifts", shift(3, "N", "Night", "0")),
    ];
    for day in -1..3_i64 {
        for slot in 0..3_i64 {
            rows.push(("shift_occurrences", occurrence(day, slot)));
        }
    }
    rows
}

fn occurrence(day: i64, slot: i64) -> serde_json::Value {
    let from: DateTime<Utc> = start() + TimeDelta::hours(24 * day + 8 * slot);
    let date: NaiveDate = (start() + TimeDelta::days(day)).date_naive();
    json!({"id": 100 + day * 3 + slot, "shift_id": slot + 1, "business_date": date,
           "starts_at": from, "ends_at": from + TimeDelta::hours(8)})
}

fn plans() -> Rows {
    let plan = |id: i32, code: &str, kind: &str, operation: Option<i32>| {
        json!({"id": id, "plan_code": code, "revision": 3, "plan_name": code, "plan_type": kind,
               "material_id": 50, "work_center_id": 3, "operation_number": operation,
               "effective_from": "2026-01-01"})
    };
    let point = |id: i32, plan: i32, kind: &str, every: Option<i32>, sample: i32, critical: bool| {
        json!({"id": id, "inspection_plan_id": plan, "point_code": format!("P{id}"), "point_name": format!("Point {id}"),
               "sequence": 1, "frequency_type": kind, "frequency_value": every, "sample_size": sample,
               "is_mandatory": true, "is_critical": critical})
    };
    let measured = |id: i32, point: i32, name: &str, low: &str, high: &str| {
        json!({"id": id, "inspection_point_id": point, "characteristic_code": format!("C{id}"), "characteristic_name": name,
               "sequence": 1, "characteristic_type": "VARIABLE", "unit_id": 2, "lower_spec": low, "upper_spec": high,
               "decimals": 3, "is_critical": false})
    };
    vec![
        ("inspection_plans", plan(90, "PLAN-30", "IN_PROCESS", Some(30))),
        ("inspection_points", point(900, 90, "PERIODIC_UNITS", Some(50), 2, true)),
        ("inspection_characteristics", measured(901, 900, "Bore diameter", "24.970", "25.030")),
        (
            "inspection_characteristics",
            json!({"id": 902, "inspection_point_id": 900, "characteristic_code": "BURR",
            "characteristic_name": "Burr", "sequence": 2, "characteristic_type": "ATTRIBUTE", "decimals": 0,
            "allowed_values": ["none", "some"], "accepted_values": ["none"], "is_critical": false}),
        ),
        ("inspection_plans", plan(95, "PLAN-10", "FINAL", Some(10))),
        ("inspection_points", point(950, 95, "ON_DEMAND", None, 1, false)),
        ("inspection_characteristics", measured(951, 950, "Gear diameter", "0.9", "1.1")),
    ]
}
