//! squawk reads every migration but the first: what it refuses would stop a plant that is running. The first one
//! meets an empty database and may do anything.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use squawk_linter::{Linter, Rule};
use squawk_syntax::SourceFile;
use takt_testkit::workspace;

use super::step;
use super::tally::Tally;

/// What its other rules advise and the house does otherwise, or in another place.
const NOT_OURS: [Rule; 6] = [
    // Ids are int on purpose; what may outgrow it is bigint in the dictionary.
    Rule::PreferBigintOverInt,
    Rule::PreferBigintOverSmallint,
    // A migration is one transaction that runs once: nothing is half done and tried again.
    Rule::PreferRobustStmts,
    // In a transaction an index cannot be built concurrently; `migrate --on-copy` says how long it locks.
    Rule::RequireConcurrentIndexCreation,
    Rule::RequireConcurrentIndexDeletion,
    Rule::PreferRepack,
];

/// Adds one check per increment.
pub fn run(tally: &mut Tally) {
    step::announce("increments");
    match increments(&workspace::root().join("migrations")) {
        Ok(increments) => {
            println!("{} migrations after the first", increments.len());
            let mut refused = 0;
            for (name, sql) in &increments {
                let found = findings(name, sql);
                refused += usize::from(!found.is_empty());
                for line in found {
                    println!("{line}");
                }
            }
            tally.add("increments", increments.len() - refused, refused);
        }
        Err(error) => {
            tally.check("increments", Err(error));
        }
    }
}

/// Name and content of every migration but the first, in order.
fn increments(folder: &Path) -> Result<Vec<(String, String)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    names.sort();
    let later = names.into_iter().filter(|name| !name.starts_with("0001_"));
    later
        .map(|name| {
            let sql =
                fs::read_to_string(folder.join(&name)).with_context(|| format!("cannot read {name}"))?;
            Ok((name, sql))
        })
        .collect()
}

/// One line per rule that a migration breaks.
fn findings(name: &str, sql: &str) -> Vec<String> {
    let parsed = SourceFile::parse(sql);
    let line = |offset: usize| sql.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
    let mut found: Vec<String> = parsed
        .errors()
        .iter()
        .map(|error| format!("{name}:{}: {} [syntax]", line(error.range().start().into()), error.message()))
        .collect();
    let mut linter = Linter::with_rules(&[], &NOT_OURS);
    linter.settings.assume_in_transaction = true;
    found.extend(linter.lint(&parsed, sql).iter().map(|violation| {
        let help = violation.help.as_deref().map(|help| format!(" {help}")).unwrap_or_default();
        let at = line(violation.text_range.start().into());
        format!("{name}:{at}: {}{help} [{}]", violation.message, violation.code)
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
set local role takt_owner;
set local lock_timeout = '5s';
set local statement_timeout = '60s';
alter table ncrs add column containment text check (char_length(containment) between 1 and 5000);
comment on column ncrs.containment is 'What keeps such pieces from the customer.';
create index ncrs_containment_idx on ncrs (organization_id, containment);
reset role;
select app.apply_triggers();
select app.apply_policies();
select app.apply_grants();
";

    fn rules(sql: &str) -> Vec<String> {
        let rule = |line: String| line.rsplit('[').next().unwrap().trim_end_matches(']').to_owned();
        findings("0002_x.sql", sql).into_iter().map(rule).collect()
    }

    #[test]
    fn an_increment_as_the_readme_wants_it_passes() {
        assert_eq!(findings("0002_x.sql", GOOD), Vec::<String>::new());
    }

    #[test]
    fn what_would_stop_a_running_plant_is_found() {
        let cases = [
            ("alter table ncrs add column height int not null;", "adding-required-field"),
            ("alter table ncrs alter column description type varchar(10);", "changing-column-type"),
            ("alter table ncrs drop column description;", "ban-drop-column"),
            ("drop table ncrs;", "ban-drop-table"),
            ("alter table ncrs rename column severity to gravity;", "renaming-column"),
            ("alter table ncrs add constraint loud check (severity <> 'X');", "constraint-missing-not-valid"),
            (
                "alter table ncrs add constraint who foreign key (organization_id, closed_by) references users (organization_id, id);",
                "adding-foreign-key-constraint",
            ),
            (
                "create index concurrently i on ncrs (organization_id);",
                "ban-concurrent-index-creation-in-transaction",
            ),
            ("alter table ncrs add column at timestamp;", "prefer-timestamp-tz"),
        ];
        for (sql, rule) in cases {
            let found = rules(&format!("{GOOD}{sql}\n"));
            assert!(found.iter().any(|one| one == rule), "{sql}: {found:?}");
        }
        let unbounded = GOOD.replace("set local lock_timeout = '5s';\n", "");
        assert!(rules(&unbounded).iter().any(|one| one == "require-lock-timeout"), "{:?}", rules(&unbounded));
        assert!(rules("alter table;").iter().any(|one| one == "syntax"));
    }

    #[test]
    fn a_finding_says_where() {
        let found = findings("0002_x.sql", &format!("{GOOD}drop table ncrs;\n"));
        assert!(found[0].starts_with("0002_x.sql:11: "), "{found:?}");
    }

    #[test]
    fn only_the_first_migration_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["0001_initial_schema.sql", "0003_b.sql", "0002_a.sql", "README.md"] {
            fs::write(folder.path().join(name), "select 1;").unwrap();
        }
        let names: Vec<String> = increments(folder.path()).unwrap().into_iter().map(|it| it.0).collect();
        assert_eq!(names, ["0002_a.sql", "0003_b.sql"]);
    }
}
