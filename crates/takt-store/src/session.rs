//! Who is signed in at this terminal, kept so that a restart does not send anybody away.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};
use takt_domain::UserId;
use takt_wire::payload::{SignIn, SignInAction};

use crate::cell::{Json, instant, json};
use crate::column::At;
use crate::{Reading, StoreError, Writing, fact::Fact};

/// The session that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub user: UserId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Their last act.
    pub seen: DateTime<Utc>,
}

impl Reading<'_> {
    /// Who is signed in.
    pub fn session(&self) -> Result<Option<Session>, StoreError> {
        let mut statement = self.conn.prepare_cached("select user_id, since_at, seen_at from session")?;
        let session = statement.query_row([], |row| {
            Ok(Session { user: UserId(row.get(0)?), since: instant(row, 1)?, seen: instant(row, 2)? })
        });
        Ok(session.optional()?)
    }

    /// What is remembered of somebody's wrong PINs.
    pub fn pin_attempts<T: DeserializeOwned>(&self, user: UserId) -> Result<Option<T>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select attempts from pin_failures where user_id = ?1")?;
        Ok(statement.query_row(params![user.0], |row| json(row, 0)).optional()?)
    }
}

impl Writing<'_> {
    /// Stores and queues that somebody signed in; whoever was signed in must have signed out.
    pub fn sign_in(&mut self, fact: &Fact, user: UserId) -> Result<(), StoreError> {
        let said = SignIn { action: SignInAction::Login, user_id: Some(user), error: None };
        self.queue_audit(fact, &said)?;
        self.forget_pin_attempts(user)?;
        self.conn
            .prepare_cached(
                "insert or replace into session (one, user_id, since_at, seen_at) values (1, ?1, ?2, ?2)",
            )?
            .execute(params![user.0, At(fact.at)])?;
        Ok(())
    }

    /// Stores and queues that somebody signed out.
    pub fn sign_out(&mut self, fact: &Fact, user: UserId) -> Result<(), StoreError> {
        let said = SignIn { action: SignInAction::Logout, user_id: Some(user), error: None };
        self.queue_audit(fact, &said)?;
        self.conn.prepare_cached("delete from session")?.execute([])?;
        Ok(())
    }

    /// Queues that somebody was refused, and remembers their wrong PINs where `attempts` are given.
    pub fn sign_in_failed<T: Serialize>(
        &mut self,
        fact: &Fact,
        user: Option<UserId>,
        why: &str,
        attempts: Option<&T>,
    ) -> Result<(), StoreError> {
        let said = SignIn { action: SignInAction::LoginFailed, user_id: user, error: Some(why.to_owned()) };
        self.queue_audit(fact, &said)?;
        if let (Some(user), Some(attempts)) = (user, attempts) {
            self.conn
                .prepare_cached("insert or replace into pin_failures (user_id, attempts) values (?1, ?2)")?
                .execute(params![user.0, Json(attempts)])?;
        }
        Ok(())
    }

    /// Notes that the person who is signed in did something. This terminal's alone.
    pub fn touch_session(&mut self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.conn.prepare_cached("update session set seen_at = ?1")?.execute(params![At(at)])?;
        Ok(())
    }

    fn forget_pin_attempts(&mut self, user: UserId) -> Result<(), StoreError> {
        self.conn.prepare_cached("delete from pin_failures where user_id = ?1")?.execute(params![user.0])?;
        Ok(())
    }
}
