//! How it is judged: inspection plans and their points.

use super::super::kind::{
    COUNT, Column, Kind, Least, NUMBER, Numeric, Reference, Rule, Stage, Stored, Stored::In, Type, Within,
};
use super::{MATERIAL, PERSON, PLANT, WORK_CENTER, reference};

const PLAN_TYPES: &[&str] = &["INCOMING", "FIRST_ARTICLE", "IN_PROCESS", "FINAL", "AUDIT"];
const FREQUENCIES: &[&str] = &[
    "FIRST_PIECE",
    "EVERY_UNIT",
    "PERIODIC_UNITS",
    "PERIODIC_MINUTES",
    "PER_LOT",
    "PER_SHIFT",
    "SAMPLING",
    "FINAL",
    "ON_DEMAND",
];
const METHODS: &[&str] = &["VISUAL", "DIMENSIONAL", "WEIGHT", "FUNCTIONAL", "OTHER"];
const SIGMA: Type = Type::Decimal(Numeric { whole: 2, scale: 2, least: Least::One, most: Some(6) });
const AQL: Type = Type::Decimal(Numeric { whole: 3, scale: 3, least: Least::Zero, most: None });

pub(super) static PLAN: Reference = Reference {
    within: &[Within { column: "revision", said_by: "revision" }],
    ..reference("inspection plan", "inspection_plans", "plan_code")
};
pub(super) static POINT: Reference = Reference {
    within: &[Within { column: "inspection_plan_id", said_by: "plan" }],
    ..reference("inspection point", "inspection_points", "point_code")
};
pub(super) const FROZEN: &str =
    "the plan is approved: points and characteristics are changed by a new revision";

pub(super) static PLANS: Kind = Kind {
    meaning: "Inspection plans by revision. An approved revision is not edited: a change is a new revision. Terminals \
              get approved plans only.",
    rules: &[
        Rule {
            name: "inspection_plans_frozen",
            column: "revision",
            says: "it is approved: what it is for is changed by a new revision",
        },
        Rule {
            name: "inspection_plans_excl",
            column: "effective_from",
            says: "another approved revision holds on some of these days: end it with effective_to",
        },
        Rule {
            name: "inspection_plans_approve_points",
            column: "approved_by",
            says: "a plan is approved with its points, and every point with its characteristics: there are none of them",
        },
        Rule {
            name: "inspection_plans_approve_author",
            column: "approved_by",
            says: "the author of a plan does not approve it: expected another person",
        },
        Rule {
            name: "inspection_plans_effective_to_effective_from_check",
            column: "effective_to",
            says: "it is before effective_from",
        },
    ],
    stage: Some(Stage { from: "DRAFT", to: "APPROVED", by_person: true }),
    ..Kind::plain(
        "inspection_plans",
        "inspection plan",
        "inspection_plans",
        &["plan_code", "revision"],
        &[
            Column::key("code", Type::Code, In("plan_code"), "Code of the plan.", "IP-2040"),
            Column::key("revision", NUMBER, In("revision"), "Its revision.", "1").or("1"),
            Column::required(
                "name",
                Type::Text(200),
                In("plan_name"),
                "Its name.",
                "Mounting bracket, in process",
            ),
            Column::required(
                "type",
                Type::Choice(PLAN_TYPES),
                In("plan_type"),
                "What it is for.",
                "IN_PROCESS",
            ),
            Column::required(
                "effective_from",
                Type::Date,
                In("effective_from"),
                "First day it holds.",
                "2026-01-01",
            ),
            Column::optional(
                "effective_to",
                Type::Date,
                In("effective_to"),
                "Last day it holds; empty = open.",
                "",
            ),
            Column::optional(
                "plant",
                Type::Refers(&PLANT),
                In("plant_id"),
                "Only in this plant; empty = in all.",
                "BERLIN",
            ),
            Column::optional(
                "material",
                Type::Refers(&MATERIAL),
                In("material_id"),
                "Number of what is inspected.",
                "BRK-2040",
            ),
            Column::optional(
                "work_center",
                Type::Refers(&WORK_CENTER),
                In("work_center_id"),
                "Only at this work center of the plant.",
                "MILLING",
            ),
            Column::optional(
                "operation",
                NUMBER,
                In("operation_number"),
                "Only at this operation of an order.",
                "10",
            ),
            Column::optional(
                "control_sigma",
                SIGMA,
                In("control_sigma"),
                "Distance of control limits from the centre.",
                "3",
            )
            .or("3"),
            Column::optional(
                "instructions",
                Type::Text(8000),
                In("instructions"),
                "What the inspector reads.",
                "",
            ),
            Column::optional(
                "approved_by",
                Type::Refers(&PERSON),
                Stored::Stage,
                "Employee number of who approves it with this import; empty = leave it as it is.",
                "1001",
            ),
        ],
    )
};

pub(super) static POINTS: Kind = Kind {
    meaning: "Checkpoints of the inspection plans: when and how much to inspect.",
    rules: &[
        Rule { name: "inspection_points_frozen", column: "plan", says: FROZEN },
        Rule {
            name: "inspection_points_frequency_type_frequency_value_check",
            column: "frequency_value",
            says: "PERIODIC_UNITS and PERIODIC_MINUTES need the pieces or minutes between two checks, above 0",
        },
        Rule {
            name: "inspection_points_frequency_type_accept_number_check",
            column: "accept_number",
            says: "SAMPLING needs accept_number, and reject_number one above it",
        },
    ],
    ..Kind::plain(
        "inspection_points",
        "inspection point",
        "inspection_points",
        &["inspection_plan_id", "point_code"],
        &[
            Column::key(
                "plan",
                Type::Refers(&PLAN),
                In("inspection_plan_id"),
                "Code of the plan.",
                "IP-2040",
            ),
            Column::key("revision", NUMBER, Stored::Finds("revision"), "Its revision.", "1").or("1"),
            Column::key(
                "code",
                Type::Code,
                In("point_code"),
                "Code of the point, unique in the plan.",
                "EVERY-50",
            ),
            Column::required("name", Type::Text(200), In("point_name"), "Its name.", "Every 50 pieces"),
            Column::required(
                "frequency",
                Type::Choice(FREQUENCIES),
                In("frequency_type"),
                "When it is due.",
                "PERIODIC_UNITS",
            ),
            Column::optional(
                "frequency_value",
                NUMBER,
                In("frequency_value"),
                "Pieces or minutes between two checks, for PERIODIC_*.",
                "50",
            ),
            Column::optional("sample_size", NUMBER, In("sample_size"), "Pieces to inspect.", "3").or("1"),
            Column::optional(
                "accept_number",
                COUNT,
                In("accept_number"),
                "At most so many defects accept the sample, for SAMPLING.",
                "",
            ),
            Column::optional("reject_number", COUNT, In("reject_number"), "So many reject it: one more.", ""),
            Column::optional(
                "aql",
                AQL,
                In("aql"),
                "Acceptable quality level the numbers were read from.",
                "",
            ),
            Column::optional(
                "method",
                Type::Choice(METHODS),
                In("method"),
                "How it is inspected.",
                "DIMENSIONAL",
            )
            .or("DIMENSIONAL"),
            Column::optional("sequence", COUNT, In("sequence"), "Position in the plan.", "10").or("0"),
            Column::optional(
                "mandatory",
                Type::YesNo,
                In("is_mandatory"),
                "Whether an operation is incomplete without it.",
                "yes",
            )
            .or("yes"),
            Column::optional(
                "critical",
                Type::YesNo,
                In("is_critical"),
                "Whether failing it pauses the order.",
                "no",
            )
            .or("no"),
            Column::optional(
                "instructions",
                Type::Text(4000),
                In("instructions"),
                "What the inspector reads.",
                "",
            ),
        ],
    )
};
