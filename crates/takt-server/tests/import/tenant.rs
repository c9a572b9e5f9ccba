//! A tenant without rows, and folders of files to import into it.

use std::path::Path;

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use takt_domain::OrganizationId;
use takt_server::db::{Db, organization};
use takt_server::import;
use takt_server::import::report::{Ending, Outcome, Report};
use takt_testkit::TestDatabase;
use tempfile::TempDir;

/// A tenant without rows.
pub struct Tenant {
    /// The administrator's view: past every policy.
    pub sql: PgPool,
    db: Db,
    id: OrganizationId,
    database: TestDatabase,
}

impl Tenant {
    /// On a database of its own, beside a tenant that must stay as it is.
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let db = Db::connect(database.admin_url(), 2).await.unwrap();
        for code in ["OTHER", "OWN"] {
            let (tx, _) = organization::create(&db, code, code).await.unwrap();
            tx.commit().await.unwrap();
        }
        let id = organization::find(&db, "OWN").await.unwrap().unwrap();
        let sql = PgPoolOptions::new().max_connections(2).connect(database.admin_url()).await.unwrap();
        Self { sql, db, id, database }
    }

    /// With the examples of the templates imported.
    pub async fn with_examples() -> Self {
        let tenant = Self::new().await;
        let (report, ending) = tenant.import(&examples()).await;
        assert_eq!(ending, Ending::Written, "{:#?}", told(&report));
        tenant
    }

    /// The administrator's URL.
    pub fn admin_url(&self) -> &str {
        self.database.admin_url()
    }

    /// Imports a folder.
    pub async fn import(&self, folder: &TempDir) -> (Report, Ending) {
        self.import_path(folder.path(), false).await
    }

    /// Imports a folder or file.
    pub async fn import_path(&self, path: &Path, dry_run: bool) -> (Report, Ending) {
        import::quietly(&self.db, self.id, path, dry_run).await.unwrap()
    }

    /// Imports one file and says what became of its rows.
    pub async fn one(&self, name: &str, text: &str) -> Vec<String> {
        let (report, ending) = self.import(&folder(&[(name, text)])).await;
        let told = told(&report);
        assert_eq!(ending == Ending::Refused, told.iter().any(|line| line.contains("refused")), "{told:#?}");
        told
    }

    /// One number.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.sql).await.unwrap()
    }

    /// One text; empty when there is no row or nothing in it.
    pub async fn text(&self, query: &'static str) -> String {
        let found: Option<Option<String>> =
            sqlx::query_scalar(query).fetch_optional(&self.sql).await.unwrap();
        found.flatten().unwrap_or_default()
    }

    /// Changes the database as somebody else would.
    pub async fn run(&self, statements: &'static str) {
        sqlx::raw_sql(statements).execute(&self.sql).await.unwrap();
    }

    /// What every table of the tenant holds that an import may write, version by version.
    pub async fn fingerprint(&self) -> String {
        let mut all = String::new();
        for table in [
            "plants",
            "units_of_measure",
            "shifts",
            "shift_occurrences",
            "work_centers",
            "machines",
            "users",
            "user_roles",
            "user_plant_access",
            "type_list_values",
            "material_categories",
            "materials",
            "bom_headers",
            "bom_lines",
            "inspection_plans",
            "inspection_points",
            "inspection_characteristics",
            "work_orders",
            "work_order_operations",
            "work_order_materials",
            "audit_logs",
            "sync_row",
        ] {
            let query = format!(
                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t"
            );
            let print: String =
                sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&self.sql).await.unwrap();
            all.push_str(&format!("{table} {print}\n"));
        }
        all
    }
}

/// A folder of these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A folder with the templates, filled with their examples.
pub fn examples() -> TempDir {
    let folder = TempDir::new().unwrap();
    for kind in import::kinds::KINDS {
        let text = import::template::csv(kind, &import::template::examples(kind));
        std::fs::write(folder.path().join(format!("{}.csv", kind.name)), text).unwrap();
    }
    folder
}

/// What became of every row, one line each.
pub fn told(report: &Report) -> Vec<String> {
    let unreadable = report.unreadable.iter().map(|it| {
        let line = it.line.map(|line| format!(" line {line}")).unwrap_or_default();
        let column = it.column.as_ref().map(|column| format!("{column}: ")).unwrap_or_default();
        format!("{}{line}: refused: {column}{}", it.place, it.says)
    });
    let rows = report.sheets.iter().flat_map(|sheet| {
        sheet.rows.iter().map(|row| {
            let outcome = match &row.outcome {
                Outcome::Created => "created".to_owned(),
                Outcome::Changed(columns) => format!("changed: {}", columns.join(", ")),
                Outcome::Unchanged => "unchanged".to_owned(),
                Outcome::Refused(reasons) => {
                    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                    format!("refused: {}", reasons.join("; "))
                }
            };
            format!("{} line {} {}: {outcome}", sheet.place, row.line, row.key.join(" "))
        })
    });
    unreadable.chain(rows).collect()
}
