//! How long PostgreSQL thinks about what terminals and leads ask, in a database with five years of chunks.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use takt_testkit::measure::Line;

use crate::plans::{self, Plan};
use crate::support::Centre;
use crate::{reads, visits, world};

/// A tenth of the scale test's lines: planning depends on chunks, not on rows.
const LINES: i64 = 4;
const ROUNDS: usize = 15;
const MS_MAX: f64 = 5.0;
/// The slowest ones that are told.
const TOLD: usize = 8;

pub async fn measure() -> Result<Line> {
    let centre = Centre::open().await;
    world::build(&centre.sql, LINES).await;
    plans::listen(&centre.sql).await;
    let mut visits = visits::terminal(&centre).await;
    visits.push(reads::lead(&centre).await);
    let mut sql = PgConnection::connect(&centre.app_url()).await?;
    let mut times: Vec<(f64, String)> = Vec::new();
    for visit in &visits {
        enter(&mut sql, &centre, visit.is_device).await?;
        for (query, plan) in asked(&visit.plans) {
            let ms = planned(&mut sql, plan).await.with_context(|| format!("cannot plan {query}"))?;
            times.push((ms, format!("{}: {query:.110}", visit.name)));
        }
        sqlx::raw_sql("rollback").execute(&mut sql).await?;
    }
    ensure!(times.len() > 40, "only {} statements were asked", times.len());
    times.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (ms, what) in times.iter().take(TOLD) {
        println!("planning      {ms:6.2} ms  {what}");
    }
    let (slowest, median) = (times[0].0, times[times.len() / 2].0);
    Ok(Line {
        measure: format!("planning of {} statements over 5 years of chunks", times.len()),
        ours: format!("{median:.2} ms, the slowest {slowest:.2} ms"),
        floor: "-".to_owned(),
        ratio: "-".to_owned(),
        goal: format!("medians below {MS_MAX} ms"),
        is_kept: slowest < MS_MAX,
    })
}

/// The server's own statements, each once; what triggers and keys run is planned once a session.
fn asked(plans: &[Plan]) -> BTreeMap<String, &Plan> {
    let own = plans.iter().filter(|plan| plan.query.contains("app.org()") && !plan.query.contains("_rows"));
    own.map(|plan| (plan.query.split_whitespace().collect::<Vec<_>>().join(" "), plan)).collect()
}

async fn enter(sql: &mut PgConnection, centre: &Centre, is_device: bool) -> Result<()> {
    let organization = centre.id("select id from organizations where org_code = 'NORDWERK'").await;
    let plant = centre.id("select id from plants where plant_code = 'LYON'").await;
    let device = centre.id("select max(id) from devices where device_code <> 'BULK'").await;
    let role = if is_device { "set local role takt_device" } else { "" };
    let begin = format!(
        "begin; select set_config('app.current_organization_id', '{organization}', true), set_config('app.current_plant_id', '{plant}', true),
           set_config('app.current_device_id', '{device}', true), set_config('plan_cache_mode', 'force_custom_plan', true); {role}"
    );
    sqlx::raw_sql(AssertSqlSafe(begin)).execute(sql).await?;
    Ok(())
}

/// The median of some plannings with the values it was asked with, in milliseconds.
async fn planned(sql: &mut PgConnection, plan: &Plan) -> Result<f64> {
    let values = plan.parameters.as_deref().map(values).unwrap_or_default();
    let execute = if values.is_empty() {
        "execute asked".to_owned()
    } else {
        format!("execute asked({})", values.join(", "))
    };
    let types: Vec<&str> = values.iter().map(|value| type_of(value)).collect();
    let types = if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
    sqlx::raw_sql(AssertSqlSafe(format!("savepoint one; prepare asked {types} as {}", plan.query)))
        .execute(&mut *sql)
        .await?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let told: Value =
            sqlx::query_scalar(AssertSqlSafe(format!("explain (format json, summary) {execute}")))
                .fetch_one(&mut *sql)
                .await?;
        times.push(told[0]["Planning Time"].as_f64().context("no planning time")?);
    }
    sqlx::raw_sql("rollback to one; deallocate asked").execute(&mut *sql).await?;
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// `$1 = '7', $2 = NULL` without the names.
fn values(parameters: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let mut rest = parameters;
    while let Some((_, value)) = rest.split_once(" = ") {
        let end = end_of(value);
        values.push(&value[..end]);
        rest = &value[end..];
    }
    values
}

/// Where a value ends: a doubled quote within it is part of it.
fn end_of(value: &str) -> usize {
    let Some(text) = value.strip_prefix('\'') else { return value.find(',').unwrap_or(value.len()) };
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '\'' && chars.next_if(|(_, next)| *next == '\'').is_none() {
            return at + 2;
        }
    }
    value.len()
}

/// PostgreSQL finds out by itself, but takes a number beside an int for one.
fn type_of(value: &str) -> &'static str {
    let number: Result<i64, _> = value.trim_matches('\'').parse();
    if number.is_ok_and(|number| i32::try_from(number).is_err()) { "bigint" } else { "unknown" }
}
