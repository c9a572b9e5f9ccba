//! What a plan may touch: big tables by index, and of a hypertable only the chunks of the time bound.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;

use crate::plans::Plan;
use crate::visits::Visit;

/// Below so many rows reading all of a table is no fault.
const BIG: i64 = 2_000;

pub struct Bounds {
    /// Rows by table, chunks included.
    rows: HashMap<String, i64>,
    /// Where a chunk ends.
    ends: HashMap<String, DateTime<Utc>>,
}

impl Bounds {
    pub async fn read(admin: &PgPool) -> Self {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "select relname::text, reltuples::bigint from pg_class where relkind = 'r'
             and relnamespace in ('public'::regnamespace, 'ts_chunks'::regnamespace)",
        )
        .fetch_all(admin)
        .await
        .unwrap();
        let ends: Vec<(String, DateTime<Utc>)> =
            sqlx::query_as("select chunk_name::text, range_end from timescaledb_information.chunks")
                .fetch_all(admin)
                .await
                .unwrap();
        Self { rows: rows.into_iter().collect(), ends: ends.into_iter().collect() }
    }

    /// Chunks there are.
    pub fn chunks(&self) -> usize {
        self.ends.len()
    }

    /// What of a visit is out of bounds, in words.
    pub fn offences(&self, visit: &Visit) -> Vec<String> {
        let missing =
            visit.asks.iter().filter(|ask| visit.plans.iter().all(|plan| !plan.query.contains(**ask)));
        let missing = missing.map(|ask| format!("{}: nobody asked {ask:?}", visit.name));
        let oldest = Utc::now() - TimeDelta::days(visit.days);
        let of_plan = |plan: &Plan| {
            let query: String =
                plan.query.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect();
            self.of_plan(plan, oldest).into_iter().map(move |what| (what, query.clone())).collect::<Vec<_>>()
        };
        let found = visit.plans.iter().flat_map(of_plan);
        let mut found: Vec<String> =
            found.map(|(what, query)| format!("{}: {what} in {query}", visit.name)).chain(missing).collect();
        found.sort();
        found.dedup();
        found
    }

    fn of_plan(&self, plan: &Plan, oldest: DateTime<Utc>) -> Vec<String> {
        let mut found = Vec::new();
        let mut old = 0;
        for (kind, relation) in plan.scans() {
            if kind == "Seq Scan" && self.rows.get(relation).is_some_and(|rows| *rows >= BIG) {
                found.push(format!("reads all of {}", without_number(relation)));
            }
            old += usize::from(self.ends.get(relation).is_some_and(|end| *end < oldest));
        }
        if old > 0 {
            found.push(format!("reads {old} chunks from before {}", oldest.date_naive()));
        }
        for node in plan.nodes() {
            if let Some(excluded @ 1..) = node["Chunks excluded during startup"].as_u64() {
                found.push(format!("plans {excluded} chunks that it then leaves out"));
            }
        }
        found
    }
}

/// The same fault in sixty chunks is one.
fn without_number(relation: &str) -> &str {
    if relation.starts_with("_hyper_") { "a chunk" } else { relation }
}
