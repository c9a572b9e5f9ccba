//! What is measured or judged at an inspection point.

use super::super::kind::{COUNT, Column, Kind, MEASURE, NUMBER, Rule, Stored, Stored::In, Type};
use super::UNIT;
use super::inspection::{FROZEN, PLAN, POINT};

const CHARTS: &[&str] = &["XBAR_R", "XBAR_S", "I_MR", "P", "NP", "C", "U"];

pub(super) static CHARACTERISTICS: Kind = Kind {
    meaning: "What is measured or judged at a checkpoint, with its limits.",
    rules: CHARACTERISTIC_RULES,
    ..Kind::plain(
        "inspection_characteristics",
        "characteristic",
        "inspection_characteristics",
        &["inspection_point_id", "characteristic_code"],
        &[
            Column::key(
                "plan",
                Type::Refers(&PLAN),
                Stored::Finds("inspection_plan_id"),
                "Code of the plan.",
                "IP-2040",
            ),
            Column::key("revision", NUMBER, Stored::Finds("revision"), "Its revision.", "1").or("1"),
            Column::key(
                "point",
                Type::Refers(&POINT),
                In("inspection_point_id"),
                "Code of the point.",
                "EVERY-50",
            ),
            Column::key(
                "code",
                Type::Code,
                In("characteristic_code"),
                "Code of the characteristic, unique at the point.",
                "BORE",
            ),
            Column::required(
                "name",
                Type::Text(200),
                In("characteristic_name"),
                "Its name.",
                "Bore diameter",
            ),
            Column::optional(
                "type",
                Type::Choice(&["VARIABLE", "ATTRIBUTE"]),
                In("characteristic_type"),
                "VARIABLE = measured, ATTRIBUTE = judged by a word.",
                "VARIABLE",
            )
            .or("VARIABLE"),
            Column::optional("unit", Type::Refers(&UNIT), In("unit_id"), "Unit of the readings.", "mm"),
            Column::optional("nominal", MEASURE, In("nominal"), "Target value.", "25"),
            Column::optional(
                "lower",
                MEASURE,
                In("lower_spec"),
                "Lower limit of the specification.",
                "24.97",
            ),
            Column::optional(
                "upper",
                MEASURE,
                In("upper_spec"),
                "Upper limit of the specification.",
                "25.03",
            ),
            Column::optional("lower_control", MEASURE, In("lower_control"), "Lower control limit.", ""),
            Column::optional("upper_control", MEASURE, In("upper_control"), "Upper control limit.", ""),
            Column::optional(
                "decimals",
                Type::Integer(0, 6),
                In("decimals"),
                "Digits after the point that are asked for.",
                "3",
            )
            .or("3"),
            Column::optional(
                "allowed_values",
                Type::Words(100),
                In("allowed_values"),
                "Words to choose from, for ATTRIBUTE.",
                "",
            ),
            Column::optional(
                "accepted_values",
                Type::Words(100),
                In("accepted_values"),
                "Those that conform.",
                "",
            ),
            Column::optional(
                "method",
                Type::Text(255),
                In("measurement_method"),
                "How it is measured.",
                "Caliper, at point B",
            ),
            Column::optional("sequence", COUNT, In("sequence"), "Position at the point.", "10").or("0"),
            Column::optional(
                "track_spc",
                Type::YesNo,
                In("track_spc"),
                "Whether readings feed a control chart.",
                "no",
            )
            .or("no"),
            Column::optional("chart", Type::Choice(CHARTS), In("chart_type"), "Which chart.", ""),
            Column::optional(
                "subgroup_size",
                Type::Integer(2, 25),
                In("subgroup_size"),
                "Readings per subgroup, for XBAR_*.",
                "",
            ),
            Column::optional(
                "critical",
                Type::YesNo,
                In("is_critical"),
                "Whether failing it is critical.",
                "no",
            )
            .or("no"),
        ],
    )
};

const CHARACTERISTIC_RULES: &[Rule] = &[
    Rule { name: "inspection_characteristics_frozen", column: "plan", says: FROZEN },
    Rule {
        name: "inspection_characteristics_lower_spec_upper_spec_check",
        column: "upper",
        says: "the upper limit is above the lower one",
    },
    Rule {
        name: "inspection_characteristics_lower_control_upper_control_check",
        column: "upper_control",
        says: "the upper control limit is above the lower one",
    },
    Rule {
        name: "inspection_characteristics_nominal_lower_spec_check",
        column: "nominal",
        says: "the target lies between the limits",
    },
    Rule {
        name: "inspection_characteristics_characteristic_type_unit_id_check",
        column: "type",
        says: "VARIABLE needs a unit and at least one limit, and no allowed_values",
    },
    Rule {
        name: "inspection_characteristics_characteristic_type_nominal_check",
        column: "type",
        says: "ATTRIBUTE needs accepted_values that are all in allowed_values, and no target and limits",
    },
    Rule {
        name: "inspection_characteristics_track_spc_chart_type_check",
        column: "chart",
        says: "track_spc needs a chart",
    },
    Rule {
        name: "inspection_characteristics_chart_type_subgroup_size_check",
        column: "subgroup_size",
        says: "XBAR_R and XBAR_S need 2 to 25 readings per subgroup",
    },
];
