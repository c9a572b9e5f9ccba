//! What is to be made: work orders and their operations. State and counters come from the shop floor and
//! are never imported.

use super::super::kind::{
    Beside, Closed, Column, Kind, NUMBER, Reference, Rule, SECONDS, SHARE, SOME, Stage, Stored, Stored::In,
    Type, Within,
};
use super::place::MODES;
use super::{PLANT, UNIT, reference};

/// What an order is made of, counted in its unit where the order names none.
static MADE: Reference = Reference {
    carries: &[("base_unit_id", "unit_id")],
    ..reference("material", "materials", "material_number")
};
/// Of what it is made.
static BOM: Reference = Reference {
    within: &[Within { column: "bom_version", said_by: "bom_version" }],
    ..reference("bill of materials", "bom_headers", "bom_number")
};
/// An order, and where its operations belong.
static ORDER: Reference = Reference {
    carries: &[("plant_id", "plant_id"), ("status", "order_status")],
    ..reference("work order", "work_orders", "work_order_number")
};
static OPERATION: Reference = Reference {
    is_number: true,
    within: &[Within { column: "work_order_id", said_by: "work_order" }],
    ..reference("operation", "work_order_operations", "operation_number")
};
const OF_ORDER: &[Within] = &[Within { column: "plant_id", said_by: "work_order" }];
static STEP_WORK_CENTER: Reference =
    Reference { within: OF_ORDER, ..reference("work center", "work_centers", "work_center_code") };
static STEP_MACHINE: Reference =
    Reference { within: OF_ORDER, ..reference("machine", "machines", "machine_code") };

const ORDER_TYPES: &[&str] = &["PRODUCTION", "ASSEMBLY"];

pub(super) static ORDERS: Kind = Kind {
    meaning: "Work orders. Released ones come to the terminals. What the shop floor has started is not changed.",
    rules: &[
        Rule {
            name: "work_orders_frozen",
            column: "quantity",
            says: "material, quantity and unit are fixed once an order is released",
        },
        Rule {
            name: "work_orders_planned_end_planned_start_check",
            column: "planned_end",
            says: "it is before planned_start",
        },
        Rule {
            name: "work_orders_release_operations",
            column: "release",
            says: "an order without operations cannot be released: expected at least one of it in operations",
        },
        Rule {
            name: "work_orders_release_materials",
            column: "release",
            says: "its bill of materials could not be exploded",
        },
    ],
    stage: Some(Stage { from: "PLANNED", to: "RELEASED", by_person: false }),
    closed: Some(Closed {
        states: &["COMPLETED", "CANCELLED"],
        above: None,
        says: "the order is closed: nothing of it is changed any more",
    }),
    ..Kind::plain(
        "work_orders",
        "work order",
        "work_orders",
        &["work_order_number"],
        &[
            Column::key("number", Type::Code, In("work_order_number"), "Number of the order.", "WO-1001"),
            Column::required(
                "plant",
                Type::Refers(&PLANT),
                In("plant_id"),
                "Code of the plant that makes it.",
                "BERLIN",
            ),
            Column::required(
                "material",
                Type::Refers(&MADE),
                In("material_id"),
                "Number of what is made.",
                "BRK-2040",
            ),
            Column::required("quantity", SOME, In("planned_quantity"), "How much is made.", "480"),
            Column::optional(
                "unit",
                Type::Refers(&UNIT),
                In("unit_id"),
                "Unit of the quantity; empty = that of the material.",
                "PCS",
            ),
            Column::optional(
                "type",
                Type::Choice(ORDER_TYPES),
                In("order_type"),
                "What it is.",
                "PRODUCTION",
            )
            .or("PRODUCTION"),
            Column::optional("priority", Type::Integer(1, 10), In("priority"), "1 = first … 10 = last.", "5")
                .or("5"),
            Column::optional(
                "planned_start",
                Type::Moment { ends: false },
                In("planned_start"),
                "When it shall start.",
                "2026-11-30T06:00",
            ),
            Column::optional(
                "planned_end",
                Type::Moment { ends: true },
                In("planned_end"),
                "When it is due.",
                "2026-12-02",
            ),
            Column::optional(
                "over_delivery_ratio",
                SHARE,
                In("over_delivery_ratio"),
                "Share by which output may exceed it unflagged.",
                "0.02",
            )
            .or("0"),
            Column::optional(
                "bom",
                Type::Refers(&BOM),
                In("bom_header_id"),
                "Bill of materials that it needs.",
                "BOM-2040",
            ),
            Column::optional("bom_version", NUMBER, Stored::Finds("bom_version"), "Its version.", "1")
                .or("1"),
            Column::optional(
                "release",
                Type::YesNo,
                Stored::Stage,
                "yes = release it to the terminals; no = leave it as it is.",
                "yes",
            )
            .or("no"),
        ],
    )
};

pub(super) static OPERATIONS: Kind = Kind {
    meaning: "Steps of the work orders. What has started is not changed.",
    rules: &[Rule {
        name: "work_order_operations_predecessor_operation_id_id_check",
        column: "predecessor",
        says: "an operation does not follow itself",
    }],
    closed: Some(Closed {
        states: &["IN_PROGRESS", "PAUSED", "COMPLETED", "SKIPPED"],
        above: Some(("order_status", &["COMPLETED", "CANCELLED"])),
        says: "it has started, or its order is closed: its plan is not changed any more",
    }),
    carried: &["plant_id"],
    beside: Beside::Sequence,
    ..Kind::plain(
        "operations",
        "operation",
        "work_order_operations",
        &["work_order_id", "operation_number"],
        &[
            Column::key("work_order", Type::Refers(&ORDER), In("work_order_id"), "Number of the order.", "WO-1001"),
            Column::key("operation", NUMBER, In("operation_number"), "Number of the operation, e.g. 10, 20, 30.", "10"),
            Column::required("name", Type::Text(100), In("operation_name"), "Its name.", "Mill bracket"),
            Column::required("work_center", Type::Refers(&STEP_WORK_CENTER), In("work_center_id"), "Where it is done.", "MILLING"),
            Column::optional("machine", Type::Refers(&STEP_MACHINE), In("machine_id"), "On which machine.", "MILL-1"),
            Column::optional("setup_seconds", Type::Integer(0, 31_536_000), In("setup_seconds"), "Planned set-up.", "1800").or("0"),
            Column::optional("run_seconds_per_unit", SECONDS, In("run_seconds_per_unit"), "Planned seconds per unit; feeds the OEE.", "78").or("0"),
            Column::optional("planned_start", Type::Moment { ends: false }, In("planned_start"), "When it shall start.", "2026-11-30T06:00"),
            Column::optional("planned_end", Type::Moment { ends: true }, In("planned_end"), "When it shall be done.", "2026-12-01T14:00"),
            Column::optional("scheduling_mode", Type::Choice(MODES), In("scheduling_mode"),
                "SEQUENTIAL = after its predecessor, OVERLAP = from a share of it on, PARALLEL = with the order.", "SEQUENTIAL")
                .or("SEQUENTIAL"),
            Column::optional("overlap_start_ratio", SHARE, In("overlap_start_ratio"), "Share of the predecessor, for OVERLAP.", "1").or("1"),
            Column::optional("predecessor", Type::Refers(&OPERATION), In("predecessor_operation_id"),
                "Number of the operation before it; empty = the next lower one, unless PARALLEL.", "").keeps(),
            Column::optional("requires_inspection", Type::YesNo, In("requires_inspection"), "Whether it is complete only after an inspection.", "yes")
                .or("no"),
            Column::optional("instructions", Type::Text(8000), In("instructions"), "What the operator reads.", "Clamp A on the datum face."),
        ],
    )
};
