//! Statements that are tried and taken back: what became of each, without a trace.
use std::fmt;

use sqlx::PgConnection;

/// What PostgreSQL answered to a statement that was then taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It went through and touched or found so many rows.
    Done(u64),
    /// It was refused: SQLSTATE, constraint (without the number a chunk puts before it), message.
    Refused { state: String, rule: String, message: String },
}

impl Answer {
    /// Refused with this SQLSTATE?
    pub fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Refused { state, .. } if state == wanted)
    }

    /// Refused by this constraint?
    pub fn names(&self, wanted: &str) -> bool {
        matches!(self, Self::Refused { rule, .. } if rule == wanted)
    }

    /// A lack of rights, a policy, or one of our own guards that saw nothing of the other tenant.
    pub fn is_closed_door(&self) -> bool {
        matches!(self, Self::Refused { state, .. } if state == "42501" || state.starts_with("TK"))
    }

    /// SQLSTATE and constraint: what a client could tell two refusals apart by.
    pub fn outward(&self) -> String {
        match self {
            Self::Done(rows) => format!("done {rows}"),
            Self::Refused { state, rule, .. } => format!("{state} {rule}"),
        }
    }

    fn parse(answer: &str) -> Self {
        let mut parts = answer.splitn(3, '\u{1f}');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (state, rule, message) = (part(), part(), part());
        if state == "DONE" {
            return Self::Done(message.parse().unwrap());
        }
        Self::Refused { state, rule: without_chunk(&rule), message }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(rows) => write!(f, "done, {rows} rows"),
            Self::Refused { state, rule, message } => write!(f, "{state} {rule}: {message}"),
        }
    }
}

/// On a chunk a constraint is called `12_3_name`.
fn without_chunk(rule: &str) -> String {
    let name = rule.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    if rule.starts_with(|c: char| c.is_ascii_digit()) { name.to_owned() } else { rule.to_owned() }
}

/// The function that tries: with the rights of whoever calls it, each statement in a sub-transaction.
pub async fn prepare(admin: &mut PgConnection) {
    super::run(
        admin,
        "create schema attempt;
         grant usage on schema attempt to takt_app, takt_device;
         create function attempt.one(statement text, at_once boolean) returns text language plpgsql as $$
         declare
           touched bigint;
           state text;
           rule text;
           message text;
         begin
           begin
             execute statement;
             get diagnostics touched = row_count;
             if at_once then
               set constraints all immediate;
             end if;
             raise exception using errcode = 'DONE0', message = touched::text;
           exception when others then
             get stacked diagnostics state = returned_sqlstate, rule = constraint_name, message = message_text;
             if state = 'DONE0' then
               state := 'DONE';
             end if;
             return concat_ws(chr(31), state, rule, message);
           end;
         end $$;
         grant execute on function attempt.one(text, boolean) to takt_app, takt_device;",
    )
    .await;
}

/// Tries statements one after the other in the present session; nothing of them stays.
pub async fn all(connection: &mut PgConnection, statements: &[String]) -> Vec<Answer> {
    tried(connection, statements, false).await
}

/// The same, with deferred constraints checked as if the transaction ended.
pub async fn all_to_commit(connection: &mut PgConnection, statements: &[String]) -> Vec<Answer> {
    tried(connection, statements, true).await
}

async fn tried(connection: &mut PgConnection, statements: &[String], at_once: bool) -> Vec<Answer> {
    let answers: Vec<String> = sqlx::query_scalar(
        "select attempt.one(s.statement, $2) from unnest($1::text[]) with ordinality as s (statement, place) order by s.place",
    )
    .bind(statements)
    .bind(at_once)
    .fetch_all(connection)
    .await
    .unwrap();
    answers.iter().map(|answer| Answer::parse(answer)).collect()
}
