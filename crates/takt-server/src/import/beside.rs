//! Roles and plants of people: not columns of a person's row, but of the same line of a file.

use serde_json::{Value, json};

use super::apply::Ready;
use crate::db::TenantTx;
use crate::db::import::person::{self, Rights};

/// Notes in what a person's rights differ, and what shall be written of them.
pub async fn compare_rights(tx: &mut TenantTx, ready: &mut [Ready]) -> Result<(), sqlx::Error> {
    let ids: Vec<i32> = ready.iter().filter_map(|row| row.id).collect();
    let rights = person::rights(tx, &ids).await?;
    for row in ready.iter_mut() {
        let nothing = Rights::default();
        let has = row.id.and_then(|id| rights.get(&id)).unwrap_or(&nothing);
        let level = said_level(row);
        let differs = [
            ("roles", row.resolved.lists.get("roles").is_some_and(|wanted| sorted(&has.roles) != *wanted)),
            ("plants", row.resolved.lists.get("plants").is_some_and(|wanted| has.plants != *wanted)),
            ("access_level", has.levels.iter().any(|has| level.as_ref().is_some_and(|wanted| wanted != has))),
        ];
        if !row.is_new {
            row.changed.extend(differs.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name));
        }
        let secret = row.changed.iter().any(|name| matches!(*name, "badge" | "pin"));
        for (name, value) in [
            ("roles", json!(row.resolved.lists.get("roles"))),
            ("plants", json!(row.resolved.lists.get("plants"))),
            ("level", json!(level)),
            ("secret", json!(secret)),
        ] {
            row.fields.insert(name.to_owned(), value);
        }
    }
    Ok(())
}

/// Whether there is anything to grant or revoke.
pub fn grants(row: &Ready) -> bool {
    row.is_new
        || row
            .changed
            .iter()
            .any(|name| matches!(*name, "roles" | "plants" | "access_level" | "badge" | "pin"))
}

fn said_level(row: &Ready) -> Option<String> {
    let at =
        super::kinds::named("people")?.columns.iter().position(|column| column.name == "access_level")?;
    row.resolved.record.values[at].as_ref().and_then(Value::as_str).map(str::to_owned)
}

fn sorted(ids: &[i32]) -> Vec<i32> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}
