//! The tray of codes to tap instead of scanning: what hangs, lies and sticks around a station.

use serde_json::{Value, json};
use takt_scan::meaning::{LabelKind, encode, operation_value};

use super::{ORGANIZATION, RIVAL};

/// Command cards that a station has at hand.
const COMMANDS: [(&str, &str); 8] = [
    ("24 good", "CMD:GOOD:24"),
    ("1 good", "CMD:GOOD:1"),
    ("Pause", "CMD:PAUSE"),
    ("Finish", "CMD:FINISH"),
    ("Machine down", "CMD:DOWN"),
    ("Machine up", "CMD:UP"),
    ("Inspect", "CMD:INSPECT"),
    ("Hand over", "CMD:HANDOVER"),
];

/// Per plant: `[{kind, label, code}]`.
pub fn trays(document: &Value) -> Vec<(String, Value)> {
    let plants = list(document, "plants").map(|plant| word(plant, "code"));
    plants.map(|plant| (plant.to_owned(), Value::Array(tray(document, plant)))).collect()
}

fn tray(document: &Value, plant: &str) -> Vec<Value> {
    let here = |entry: &&Value| entry["plant"] == plant;
    let mut codes = Vec::new();
    for person in list(document, "people")
        .filter(|person| person["plants"].as_array().is_some_and(|all| all.contains(&json!(plant))))
    {
        codes.push(code("badge", &person_label(person), &format!("BG:{}", word(person, "badge"))));
    }
    for order in list(document, "orders").filter(here) {
        let number = word(order, "number");
        let label = format!("{number} {}", material_name(document, word(order, "material")));
        codes.push(code("work_order", &label, &encode(LabelKind::WorkOrder, number, ORGANIZATION)));
        for step in list(document, "operations").filter(|step| step["order"] == order["number"]) {
            let op = step["number"].as_i64().and_then(|op| i32::try_from(op).ok()).unwrap_or_default();
            let value = operation_value(number, op);
            let label = format!("{value} {}", word(step, "name"));
            codes.push(code("operation", &label, &encode(LabelKind::Operation, &value, ORGANIZATION)));
        }
    }
    for machine in list(document, "machines").filter(here) {
        let label = format!("{} {}", word(machine, "code"), word(machine, "name"));
        codes.push(code("machine", &label, &encode(LabelKind::Machine, word(machine, "code"), ORGANIZATION)));
    }
    for (label, text) in COMMANDS {
        codes.push(code("command", label, text));
    }
    codes.push(code("lot", "Lot 261123-00417", &encode(LabelKind::Lot, "261123-00417", ORGANIZATION)));
    codes.push(code("foreign", "WO-24817 of Rivale GmbH", &encode(LabelKind::WorkOrder, "WO-24817", RIVAL)));
    codes.push(code("unknown", "A pencil's EAN", "4006381333931"));
    codes.push(code("unknown", "A stranger's badge", "BG:XX-0000-0000-0000"));
    codes
}

fn person_label(person: &Value) -> String {
    let role = word(person, "role").to_lowercase().replace('_', " ");
    let pin = person["pin"].as_str().map(|pin| format!(", PIN {pin}")).unwrap_or_default();
    format!("{}, {role}{pin}", word(person, "name"))
}

fn material_name<'a>(document: &'a Value, number: &str) -> &'a str {
    list(document, "materials")
        .find(|material| material["number"] == number)
        .map_or("", |it| word(it, "name"))
}

fn code(kind: &str, label: &str, code: &str) -> Value {
    json!({"kind": kind, "label": label, "code": code})
}

fn list<'a>(document: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    document[name].as_array().into_iter().flatten()
}

fn word<'a>(entry: &'a Value, field: &str) -> &'a str {
    entry[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use takt_scan::meaning::{Meaning, meaning_of};

    use super::*;

    #[test]
    fn every_code_means_what_the_tray_says() {
        let document: Value = serde_json::from_str(include_str!("nordwerk.json")).unwrap();
        let trays = trays(&document);
        assert_eq!(trays.len(), 2);
        for code in trays.iter().flat_map(|(_, codes)| codes.as_array().unwrap()) {
            let meaning = meaning_of(word(code, "code"), ORGANIZATION);
            let fits = match word(code, "kind") {
                "badge" => matches!(meaning, Ok(Meaning::Badge(_))),
                "work_order" => matches!(meaning, Ok(Meaning::WorkOrder { .. })),
                "operation" => matches!(meaning, Ok(Meaning::Operation { .. })),
                "machine" => matches!(meaning, Ok(Meaning::Machine { .. })),
                "command" => matches!(meaning, Ok(Meaning::Command(_))),
                "lot" => matches!(meaning, Ok(Meaning::Lot { .. })),
                "foreign" => meaning.is_err(),
                _ => matches!(meaning, Ok(Meaning::Bare(_) | Meaning::Badge(_))),
            };
            assert!(fits, "{code}");
        }
    }
}
