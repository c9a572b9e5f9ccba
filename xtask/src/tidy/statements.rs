//! PostgreSQL statements live where the tenant transaction is the only executor.
use super::Finding;
use super::rust::Token;
use super::tree::{Source, Tree};

const HOME: &str = "crates/takt-server/src/db/";
/// Before there is a tenant: applying the schema, and asking the server what it is.
const BEFORE_TENANTS: [&str; 2] = ["crates/takt-server/src/migrate.rs", "crates/takt-server/src/startup.rs"];
/// Other speakers of SQL: SQLite, what prepares or measures databases, and what shows the schema to people.
const OTHERS: [&str; 5] = [
    "crates/takt-store/",
    "crates/takt-testkit/",
    "xtask/",
    "crates/takt-server/src/schema_export/",
    "crates/takt-server/benches/",
];
#[rustfmt::skip]
const OPENINGS: [(&str, &str); 11] = [
    ("select ", ""), ("insert ", "into "), ("update ", " set "), ("delete ", "from "), ("with ", " as ("),
    ("create ", "table"), ("alter ", "table"), ("drop ", ""), ("set ", "local "), ("call ", "("), ("copy ", " from"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let elsewhere = tree.rust().filter(|(file, _)| !is_exempt(file));
    elsewhere
        .flat_map(|(file, rust)| {
            let statements = rust.tokens.iter().filter(|(token, line)| match token {
                Token::Text(text) => is_statement(text) && !rust.is_test(*line),
                _ => false,
            });
            statements.map(|(_, line)| {
                Finding::new(file.at(*line), format!("a PostgreSQL statement belongs in {HOME}"))
            })
        })
        .collect()
}

fn is_exempt(file: &Source) -> bool {
    let path = file.path.as_str();
    let others = OTHERS.iter().any(|other| path.starts_with(other));
    path.starts_with(HOME) || BEFORE_TENANTS.contains(&path) || others || file.is_test()
}

/// Lower case as the style wants it; the second word keeps prose out.
fn is_statement(text: &str) -> bool {
    let text = text.trim_start().replace('\n', " ");
    OPENINGS.iter().any(|(first, then)| text.strip_prefix(first).is_some_and(|rest| rest.contains(then)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_outside_its_home_is_found() {
        let text = "fn f() {\n    query!(\"insert into t values ($1)\");\n}";
        assert_eq!(check(&Tree::of(&[("crates/takt-server/src/db/machine.rs", text)])), []);
        let found = check(&Tree::of(&[("crates/takt-server/src/push/apply.rs", text)]));
        assert_eq!(found[0].place, "crates/takt-server/src/push/apply.rs:2");
        assert_eq!(check(&Tree::of(&[("crates/takt-station/src/lib.rs", text)])).len(), 1);
    }

    #[test]
    fn prose_and_tests_are_not_statements() {
        let prose = "fn f() { say(\"update the terminal first\"); say(\"with care\"); }";
        let tests = "#[cfg(test)]\nmod tests { fn f() { q(\"select 1\"); } }";
        assert_eq!(check(&Tree::of(&[("crates/takt-server/src/a.rs", prose)])), []);
        assert_eq!(check(&Tree::of(&[("crates/takt-server/src/a.rs", tests)])), []);
        assert_eq!(check(&Tree::of(&[("crates/takt-server/tests/a.rs", "fn f() { q(\"select 1\"); }")])), []);
    }
}
