//! Why: the values of reason lists.

use super::super::kind::{COUNT, Column, Kind, Reference, Rule, Stored::Entry, Stored::In, Type, Within};
use super::{PLANT, reference};

const CLASSES: &[&str] = &["AVAILABILITY", "PERFORMANCE", "PLANNED"];
static LIST: Reference = reference("list", "type_lists", "list_code");
static PARENT: Reference = Reference {
    within: &[Within { column: "type_list_id", said_by: "list" }],
    ..reference("reason", "type_list_values", "value_code")
};

pub(super) static REASONS: Kind = Kind {
    meaning: "Values of the lists SCRAP_REASON, REWORK_REASON, DOWNTIME_REASON, DEFECT_TYPE and the like. A new \
              organization has a set; what it does not use is set to active = no.",
    rules: &[Rule {
        name: "type_list_values_tree",
        column: "parent",
        says: "reasons have two levels: expected a reason that has no parent itself",
    }],
    ..Kind::plain(
        "reasons",
        "reason",
        "type_list_values",
        &["type_list_id", "value_code"],
        &[
            Column::key("list", Type::Refers(&LIST), In("type_list_id"), "Code of the list.", "SCRAP_REASON"),
            Column::key(
                "code",
                Type::Code,
                In("value_code"),
                "Code of the reason, unique in the list.",
                "BURR",
            ),
            Column::required(
                "label",
                Type::Text(100),
                In("value_label"),
                "Word where no other language has one.",
                "Burr",
            ),
            Column::optional("label_en", Type::Text(100), Entry("labels", "en"), "Word in English.", "Burr"),
            Column::optional("label_de", Type::Text(100), Entry("labels", "de"), "Word in German.", "Grat"),
            Column::optional(
                "parent",
                Type::Refers(&PARENT),
                In("parent_value_id"),
                "Code of the reason above it in the same list.",
                "",
            ),
            Column::optional(
                "oee_class",
                Type::Choice(CLASSES),
                Entry("attributes", "oee_class"),
                "Of stop reasons: which loss it is; PLANNED reduces planned time instead.",
                "",
            ),
            Column::optional(
                "plant",
                Type::Refers(&PLANT),
                In("plant_id"),
                "Only in this plant; empty = in all.",
                "",
            ),
            Column::optional("order", COUNT, In("display_order"), "Position in the list.", "25").or("0"),
            Column::optional("active", Type::YesNo, In("is_active"), "Whether it is offered.", "yes")
                .or("yes"),
        ],
    )
};
