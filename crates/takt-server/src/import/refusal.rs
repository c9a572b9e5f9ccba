//! What the database refuses, in the words of the file.

use sqlx::postgres::PgDatabaseError;

use super::kind::{Kind, Stored};
use super::report::Reason;

/// Why a row was refused, or the error back where it is nobody's row.
pub fn reason(kind: &Kind, error: sqlx::Error) -> Result<Reason, sqlx::Error> {
    let Some(refused) = of_a_row(&error) else { return Err(error) };
    let name = refused.constraint().unwrap_or_default();
    if let Some(rule) = kind.rules.iter().find(|rule| rule.name == name) {
        return Ok(Reason::column(rule.column, rule.says));
    }
    if refused.table() == Some("work_order_materials") && refused.code() == "23502" {
        return Ok(Reason::column(
            "bom",
            "a phantom of its bill of materials has no bill in force on that day",
        ));
    }
    let says = match refused.code() {
        "23505" => "another row has the same".to_owned(),
        "23503" => "it is in use with what it belonged to, or what it names is not there".to_owned(),
        "23514" | "23P01" => format!("the database refuses it by its rule {name}"),
        _ => refused.message().to_owned(),
    };
    Ok(match column(kind, name, refused.column()) {
        Some(column) => Reason::column(column, says),
        None => Reason::row(says),
    })
}

/// Data exceptions, broken constraints and our own guards are a row's; everything else is not.
fn of_a_row(error: &sqlx::Error) -> Option<&PgDatabaseError> {
    let refused = error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?;
    ["22", "23", "TK"].iter().any(|class| refused.code().starts_with(class)).then_some(refused)
}

/// The file column that a constraint's name, or the database, speaks of.
fn column(kind: &Kind, constraint: &str, named: Option<&str>) -> Option<&'static str> {
    let speaks = |stored: &str| named == Some(stored) || constraint.contains(stored);
    let mut columns = kind.columns.iter().filter_map(|column| match column.stored {
        Stored::In(stored) | Stored::Entry(stored, _) if speaks(stored) => Some((stored.len(), column.name)),
        _ => None,
    });
    let first = columns.next()?;
    // `planned_start` speaks of itself, not of `start`.
    Some(columns.fold(first, |best, next| if next.0 > best.0 { next } else { best }).1)
}
