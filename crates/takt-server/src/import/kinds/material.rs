//! What is counted in what: units, categories, materials.

use super::super::kind::{
    COUNT, Column, Kind, Least, Numeric, QUANTITY, Reference, Rule, Stored::Entry, Stored::In, Type,
};
use super::{PLANT, UNIT, reference};

const DIMENSIONS: &[&str] = &[
    "COUNT",
    "LENGTH",
    "AREA",
    "VOLUME",
    "MASS",
    "TIME",
    "TEMPERATURE",
    "PRESSURE",
    "FORCE",
    "TORQUE",
    "ANGLE",
    "ELECTRICAL",
    "ROUGHNESS",
    "HARDNESS",
    "RATIO",
    "OTHER",
];
const MATERIAL_TYPES: &[&str] = &["RAW", "COMPONENT", "SUBASSEMBLY", "FINISHED", "CONSUMABLE", "TOOL"];
const PROCUREMENTS: &[&str] = &["PURCHASE", "MANUFACTURE", "BOTH"];
const TRACKINGS: &[&str] = &["NONE", "LOT", "SERIAL", "LOT_AND_SERIAL"];
const FACTOR: Type = Type::Decimal(Numeric { whole: 12, scale: 12, least: Least::AboveZero, most: None });

static CATEGORY: Reference = reference("material category", "material_categories", "category_code");

pub(super) static UNITS: Kind = Kind {
    meaning: "Units of measure beyond those that every organization starts with (PCS, kg, g, m, mm, L, h, …).",
    rules: &[
        Rule {
            name: "units_of_measure_frozen",
            column: "factor_to_base",
            says: "dimension and factor are fixed once the unit is used",
        },
        Rule {
            name: "units_of_measure_dimension_key",
            column: "base",
            says: "the dimension has another base unit already; expected no",
        },
        Rule {
            name: "units_of_measure_is_base_factor_to_base_check",
            column: "factor_to_base",
            says: "the factor of a base unit is 1",
        },
    ],
    ..Kind::plain(
        "units",
        "unit",
        "units_of_measure",
        &["unit_code"],
        &[
            Column::key(
                "code",
                Type::Text(20),
                In("unit_code"),
                "Code of the unit; upper and lower case differ.",
                "DZ",
            ),
            Column::required("name", Type::Text(100), In("unit_name"), "Its name.", "Dozen"),
            Column::required(
                "dimension",
                Type::Choice(DIMENSIONS),
                In("dimension"),
                "What it measures.",
                "COUNT",
            ),
            Column::optional(
                "factor_to_base",
                FACTOR,
                In("factor_to_base"),
                "How many base units (PCS, m, kg, s, …) one is.",
                "12",
            )
            .or("1"),
            Column::optional(
                "base",
                Type::YesNo,
                In("is_base"),
                "Whether it is the base unit of its dimension.",
                "no",
            )
            .or("no"),
            Column::optional(
                "decimals",
                Type::Integer(0, 6),
                In("decimals"),
                "Digits after the point that are asked for.",
                "0",
            )
            .or("3"),
            Column::optional(
                "label_de",
                Type::Text(100),
                Entry("labels", "de"),
                "Its name in German.",
                "Dutzend",
            ),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is in use.", "yes")
                .or("yes"),
        ],
    )
};

pub(super) static CATEGORIES: Kind = Kind {
    meaning: "Tree of material categories. Every material belongs to one.",
    rules: &[Rule {
        name: "material_categories_tree",
        column: "parent",
        says: "the categories would form a circle or go deeper than 10",
    }],
    ..Kind::plain(
        "material_categories",
        "material category",
        "material_categories",
        &["category_code"],
        &[
            Column::key("code", Type::Code, In("category_code"), "Code of the category.", "PARTS"),
            Column::required("name", Type::Text(100), In("category_name"), "Its name.", "Machined parts"),
            Column::optional(
                "parent",
                Type::Refers(&CATEGORY),
                In("parent_category_id"),
                "Code of the category above it.",
                "",
            ),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is in use.", "yes")
                .or("yes"),
        ],
    )
};

pub(super) static MATERIALS: Kind = Kind {
    meaning: "What is bought, made, consumed and sold.",
    second_example: &[
        ("number", "ALU-6082"),
        ("name", "Aluminium bar 6082"),
        ("unit", "kg"),
        ("type", "RAW"),
        ("procurement", "PURCHASE"),
        ("gtin", ""),
        ("drawing_number", ""),
        ("standard_cost", "6.80"),
    ],
    rules: &[Rule { name: "materials_gtin_key", column: "gtin", says: "another material has this GTIN" }],
    ..Kind::plain(
        "materials",
        "material",
        "materials",
        &["material_number"],
        &[
            Column::key("number", Type::Code, In("material_number"), "Number of the material.", "BRK-2040"),
            Column::required(
                "name",
                Type::Text(200),
                In("material_name"),
                "Its name.",
                "Mounting bracket 2040",
            ),
            Column::required(
                "category",
                Type::Refers(&CATEGORY),
                In("material_category_id"),
                "Code of its category.",
                "PARTS",
            ),
            Column::required(
                "unit",
                Type::Refers(&UNIT),
                In("base_unit_id"),
                "Unit it is counted in.",
                "PCS",
            ),
            Column::optional(
                "type",
                Type::Choice(MATERIAL_TYPES),
                In("material_type"),
                "What it is.",
                "FINISHED",
            )
            .or("COMPONENT"),
            Column::optional(
                "plant",
                Type::Refers(&PLANT),
                In("plant_id"),
                "Only in this plant; empty = in all.",
                "",
            ),
            Column::optional(
                "procurement",
                Type::Choice(PROCUREMENTS),
                In("procurement_type"),
                "Where it comes from.",
                "MANUFACTURE",
            )
            .or("PURCHASE"),
            Column::optional(
                "tracking",
                Type::Choice(TRACKINGS),
                In("tracking_mode"),
                "Whether terminals ask for a lot or serial.",
                "LOT",
            )
            .or("NONE"),
            Column::optional("gtin", Type::Gtin, In("gtin"), "GS1 number.", "04006381333931"),
            Column::optional(
                "drawing_number",
                Type::Text(100),
                In("drawing_number"),
                "Number of the drawing.",
                "DWG-2040-C",
            ),
            Column::optional("description", Type::Text(2000), In("description"), "What else to know.", ""),
            Column::optional(
                "shelf_life_days",
                COUNT,
                In("shelf_life_days"),
                "Days until a lot expires.",
                "",
            ),
            Column::optional("standard_cost", QUANTITY, In("standard_cost"), "Cost per unit.", "12.40"),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is in use.", "yes")
                .or("yes"),
        ],
    )
};
