//! Cells of the screens' tables: [`crate::column`]'s ids and instants as the types they stand
//! for, whole messages and exact decimals as JSON text.

use chrono::{DateTime, Utc};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::{Serialize, de::DeserializeOwned};
use takt_domain::{EventId, UserId};

use crate::column::{At, Id};

/// A message or a word as JSON text.
pub(crate) struct Json<T>(pub T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        let text = text.map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// An event's identity.
pub(crate) fn event(row: &Row<'_>, at: usize) -> rusqlite::Result<EventId> {
    row.get::<_, Id>(at).map(|id| EventId(id.0))
}

/// An instant.
pub(crate) fn instant(row: &Row<'_>, at: usize) -> rusqlite::Result<DateTime<Utc>> {
    row.get::<_, At>(at).map(|at| at.0)
}

/// An instant or none.
pub(crate) fn instant_or_none(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    row.get::<_, Option<At>>(at).map(|at| at.map(|at| at.0))
}

/// A person or nobody.
pub(crate) fn user_or_none(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<UserId>> {
    row.get::<_, Option<i32>>(at).map(|user| user.map(UserId))
}

/// A message.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    row.get::<_, Json<T>>(at).map(|json| json.0)
}

/// A message or none.
pub(crate) fn json_or_none<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    row.get::<_, Option<Json<T>>>(at).map(|json| json.map(|json| json.0))
}
