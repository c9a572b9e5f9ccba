//! Values that break a check on one column, read off the check itself.
use serde_json::{Value, json};

use super::catalog::Check;

/// Every value this check should refuse; empty when the check cannot be read.
pub fn values(check: &Check, kind: &str) -> Vec<Value> {
    let [column] = check.columns.as_slice() else { return Vec::new() };
    let definition = check.definition.as_str();
    let mut bad = Vec::new();
    if definition.contains("is_entity_type") {
        bad.push(json!("nothing"));
    }
    if definition.contains(" = ANY (ARRAY[") {
        bad.push(json!("NO SUCH WORD"));
    }
    if definition.contains(" ~ '") {
        bad.push(json!(""));
        bad.push(json!(" !"));
    }
    if definition.contains(" <@ '") {
        bad.push(if kind == "text[]" { json!(["NO SUCH WORD"]) } else { json!([9]) });
    }
    if definition.contains("cardinality(") {
        bad.push(json!([]));
        bad.push(json!([1, 2, 3, 4, 5, 6, 7, 1]));
    }
    if definition.contains("jsonb_typeof(") {
        bad.push(if definition.contains("'array'") { json!({}) } else { json!([]) });
        bad.push(json!("word"));
    }
    if definition.contains(&format!("octet_length({column})")) {
        bad.push(json!(format!("\\x{}", "00".repeat(31))));
    }
    for (operator, bound) in bounds(definition, &format!("char_length({column})")) {
        bad.push(json!("x".repeat(usize::try_from(outside(operator, bound)).unwrap())));
    }
    for (operator, bound) in bounds(definition, &format!("octet_length(({column})::text)")) {
        bad.push(json!("x".repeat(usize::try_from(outside(operator, bound)).unwrap())));
    }
    bad.extend(bounds(definition, column).map(|(operator, bound)| json!(outside(operator, bound))));
    bad
}

/// The nearest whole number the comparison refuses.
fn outside(operator: &str, bound: i64) -> i64 {
    match operator {
        ">=" => bound - 1,
        "<=" => bound + 1,
        _ => bound,
    }
}

/// Every `subject <operator> number` of a definition.
fn bounds<'a>(definition: &'a str, subject: &str) -> impl Iterator<Item = (&'a str, i64)> {
    let start = format!("({subject} ");
    let found: Vec<&str> =
        definition.match_indices(&start).map(|(at, _)| &definition[at + start.len()..]).collect();
    found.into_iter().filter_map(|rest| {
        let (operator, rest) = rest.split_once(' ')?;
        let number: String =
            rest.trim_start_matches('(').chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
        let compares = [">=", ">", "<=", "<"].contains(&operator);
        compares.then(|| number.parse().ok()).flatten().map(|bound| (operator, bound))
    })
}
