//! The plans of what the server really asks: PostgreSQL's auto_explain tells them as notices, statement by
//! statement, with those that triggers and foreign keys run. Nothing is copied into a test.

use std::sync::{Mutex, MutexGuard};

use serde_json::Value;
use sqlx::PgPool;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

/// One executed statement.
#[derive(Clone, Debug)]
pub struct Plan {
    /// As the server sent it.
    pub query: String,
    /// `$1 = '7', …`; none without parameters.
    pub parameters: Option<String>,
    /// The root of its plan.
    pub root: Value,
}

static SEEN: Mutex<Vec<Plan>> = Mutex::new(Vec::new());

fn seen() -> MutexGuard<'static, Vec<Plan>> {
    SEEN.lock().unwrap()
}

/// Every session of the application that begins from now on tells its plans; older ones end.
pub async fn listen(admin: &PgPool) {
    let told = tracing_subscriber::registry().with(Listener);
    tracing::subscriber::set_global_default(told).expect("nobody listens yet");
    sqlx::raw_sql(
        "do $$ begin
           execute format('alter role takt_app in database %I set session_preload_libraries = auto_explain', current_database());
           execute format('alter role takt_app in database %I set auto_explain.log_min_duration = 0', current_database());
           execute format('alter role takt_app in database %I set auto_explain.log_nested_statements = on', current_database());
           execute format('alter role takt_app in database %I set auto_explain.log_format = json', current_database());
           execute format('alter role takt_app in database %I set auto_explain.log_level = notice', current_database());
         end $$;
         select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'takt_app'",
    )
    .execute(admin)
    .await
    .unwrap();
}

/// What was executed since the last time.
pub fn take() -> Vec<Plan> {
    std::mem::take(&mut *seen())
}

struct Listener;

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::postgres::notice" {
            event.record(&mut Reader);
        }
    }
}

struct Reader;

impl Visit for Reader {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message"
            && let Some((_, plan)) = value.split_once("plan:\n")
        {
            let mut plan: Value = serde_json::from_str(plan).expect("auto_explain speaks JSON");
            seen().push(Plan {
                query: plan["Query Text"].as_str().unwrap_or_default().to_owned(),
                parameters: plan["Query Parameters"].as_str().map(str::to_owned),
                root: plan["Plan"].take(),
            });
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl Plan {
    /// Every node, the root first.
    pub fn nodes(&self) -> Vec<&Value> {
        let mut nodes = vec![&self.root];
        let mut at = 0;
        while let Some(node) = nodes.get(at).copied() {
            nodes.extend(node["Plans"].as_array().into_iter().flatten());
            at += 1;
        }
        nodes
    }

    /// The relations it reads and how: `(node type, relation)`.
    pub fn scans(&self) -> Vec<(&str, &str)> {
        let scan = |node: &&Value| node["Node Type"].as_str().is_some_and(|kind| kind.ends_with("Scan"));
        self.nodes()
            .into_iter()
            .filter(scan)
            .filter_map(|node| Some((node["Node Type"].as_str()?, node["Relation Name"].as_str()?)))
            .collect()
    }
}
