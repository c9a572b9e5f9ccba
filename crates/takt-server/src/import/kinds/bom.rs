//! Of what it is made: bills of materials and their components.

use super::super::kind::{
    Column, Kind, NUMBER, Reference, Rule, SHARE, SOME, Stage, Stored, Stored::In, Type, Within,
};
use super::{MATERIAL, PLANT, UNIT, reference};

const BOM_TYPES: &[&str] = &["PRODUCTION", "ENGINEERING", "PLANNING"];
const ISSUES: &[&str] = &["BACKFLUSH", "MANUAL"];

static BOM: Reference = Reference {
    within: &[Within { column: "bom_version", said_by: "version" }],
    ..reference("bill of materials", "bom_headers", "bom_number")
};

pub(super) static BOMS: Kind = Kind {
    meaning: "Bills of materials by version. A version in force is not edited: a change is a new version.",
    rules: &[
        Rule {
            name: "bom_headers_frozen",
            column: "version",
            says: "it is in force: what it makes is changed by a new version",
        },
        Rule {
            name: "bom_headers_tree",
            column: "material",
            says: "the bill would contain itself or go deeper than 10",
        },
        Rule {
            name: "bom_headers_excl",
            column: "effective_from",
            says: "another bill of this material is in force on some of these days: end it with effective_to",
        },
        Rule {
            name: "bom_headers_effective_to_effective_from_check",
            column: "effective_to",
            says: "it is before effective_from",
        },
    ],
    stage: Some(Stage { from: "DRAFT", to: "ACTIVE", by_person: false }),
    ..Kind::plain(
        "boms",
        "bill of materials",
        "bom_headers",
        &["bom_number", "bom_version"],
        &[
            Column::key("number", Type::Code, In("bom_number"), "Number of the bill.", "BOM-2040"),
            Column::key("version", NUMBER, In("bom_version"), "Its version.", "1").or("1"),
            Column::required("name", Type::Text(200), In("bom_name"), "Its name.", "Mounting bracket 2040"),
            Column::required(
                "material",
                Type::Refers(&MATERIAL),
                In("material_id"),
                "Number of what it makes.",
                "BRK-2040",
            ),
            Column::required("unit", Type::Refers(&UNIT), In("unit_id"), "Unit of the base quantity.", "PCS"),
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
                "base_quantity",
                SOME,
                In("base_quantity"),
                "How much its components make.",
                "1",
            )
            .or("1"),
            Column::optional(
                "type",
                Type::Choice(BOM_TYPES),
                In("bom_type"),
                "What it is for.",
                "PRODUCTION",
            )
            .or("PRODUCTION"),
            Column::optional(
                "plant",
                Type::Refers(&PLANT),
                In("plant_id"),
                "Only in this plant; empty = in all.",
                "",
            ),
            Column::optional(
                "activate",
                Type::YesNo,
                Stored::Stage,
                "yes = put it into force; no = leave it as it is.",
                "yes",
            )
            .or("no"),
        ],
    )
};

pub(super) static BOM_LINES: Kind = Kind {
    meaning: "Components of the bills of materials.",
    rules: &[
        Rule {
            name: "bom_lines_frozen",
            column: "version",
            says: "the bill is in force: its components are changed by a new version",
        },
        Rule {
            name: "bom_lines_unit",
            column: "unit",
            says: "it does not convert to the unit of the component",
        },
        Rule {
            name: "bom_lines_tree",
            column: "component",
            says: "the bill would contain itself or go deeper than 10",
        },
    ],
    ..Kind::plain(
        "bom_lines",
        "component",
        "bom_lines",
        &["bom_header_id", "line_number"],
        &[
            Column::key("bom", Type::Refers(&BOM), In("bom_header_id"), "Number of the bill.", "BOM-2040"),
            Column::key("version", NUMBER, Stored::Finds("bom_version"), "Its version.", "1").or("1"),
            Column::key("line", NUMBER, In("line_number"), "Position in the bill.", "10"),
            Column::required(
                "component",
                Type::Refers(&MATERIAL),
                In("component_material_id"),
                "Number of what is needed.",
                "ALU-6082",
            ),
            Column::required(
                "quantity",
                SOME,
                In("quantity"),
                "How much, per base quantity of the bill.",
                "1.25",
            ),
            Column::required("unit", Type::Refers(&UNIT), In("unit_id"), "Unit of the quantity.", "kg"),
            Column::optional("scrap_ratio", SHARE, In("scrap_ratio"), "Allowance; 0.05 = 5 % more.", "0.05")
                .or("0"),
            Column::optional(
                "operation",
                NUMBER,
                In("operation_number"),
                "Operation that consumes it.",
                "10",
            ),
            Column::optional(
                "phantom",
                Type::YesNo,
                In("is_phantom"),
                "Whether only its own components are stocked.",
                "no",
            )
            .or("no"),
            Column::optional(
                "issue",
                Type::Choice(ISSUES),
                In("issue_method"),
                "BACKFLUSH = consumed by reporting output, MANUAL = issued by hand.",
                "MANUAL",
            )
            .or("MANUAL"),
            Column::optional(
                "designator",
                Type::Text(200),
                In("reference_designator"),
                "Where it goes in the product.",
                "",
            ),
        ],
    )
};
