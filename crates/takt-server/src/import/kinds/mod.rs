//! The kinds, one file per subject, in the order in which they build on each other.

mod bom;
mod characteristic;
mod inspection;
mod material;
mod order;
mod person;
mod place;
mod reason;
mod shift;

use super::kind::{Kind, Reference, Within};

/// Every kind, each after those it refers to.
pub const KINDS: &[&Kind] = &[
    &place::PLANTS,
    &material::UNITS,
    &shift::SHIFTS,
    &place::WORK_CENTERS,
    &place::MACHINES,
    &person::PEOPLE,
    &reason::REASONS,
    &material::CATEGORIES,
    &material::MATERIALS,
    &bom::BOMS,
    &bom::BOM_LINES,
    &inspection::PLANS,
    &inspection::POINTS,
    &characteristic::CHARACTERISTICS,
    &order::ORDERS,
    &order::OPERATIONS,
];

/// The kind of a file or sheet.
pub fn named(name: &str) -> Option<&'static Kind> {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// Their names, for messages.
pub fn names() -> String {
    KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ")
}

const fn reference(one: &'static str, table: &'static str, column: &'static str) -> Reference {
    Reference { one, table, column, is_number: false, within: &[], carries: &[] }
}

const IN_PLANT: &[Within] = &[Within { column: "plant_id", said_by: "plant" }];

/// A site.
pub(super) static PLANT: Reference = reference("plant", "plants", "plant_code");
/// An area of the row's plant.
pub(super) static WORK_CENTER: Reference =
    Reference { within: IN_PLANT, ..reference("work center", "work_centers", "work_center_code") };
/// A person.
pub(super) static PERSON: Reference = reference("person", "users", "employee_number");
/// A role.
pub(super) static ROLE: Reference = reference("role", "roles", "role_code");
/// A unit.
pub(super) static UNIT: Reference = reference("unit", "units_of_measure", "unit_code");
/// A material.
pub(super) static MATERIAL: Reference = reference("material", "materials", "material_number");
