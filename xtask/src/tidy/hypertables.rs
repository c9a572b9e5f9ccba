//! Every query of a hypertable names the time it reads: without a plain bound it opens every chunk there is.
use super::Finding;
use super::rust::{Rust, Token};
use super::tree::Tree;

const HOME: &str = "crates/takt-server/src/";
/// How far behind a table's name its bound may stand; statements are put together from pieces.
const REACH: usize = 800;
/// Each with the column it is partitioned by.
#[rustfmt::skip]
const HYPERTABLES: [(&str, &str); 6] = [
    ("production_logs", "logged_at"), ("qr_code_scans", "scanned_at"), ("inspection_measurements", "measured_at"),
    ("genealogy_records", "occurred_at"), ("audit_logs", "occurred_at"), ("sap_sync_logs", "started_at"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let server = tree.rust().filter(|(file, _)| file.path.starts_with(HOME) && !file.is_test());
    server
        .flat_map(|(file, rust)| {
            let (text, starts) = texts(rust);
            let unbounded = HYPERTABLES.iter().flat_map(|(table, column)| {
                readings(&text, table)
                    .filter(|at| !is_bounded(&text, *at + table.len(), table, column))
                    .collect::<Vec<_>>()
            });
            unbounded
                .map(|at| {
                    let line =
                        starts.iter().rev().find(|(start, _)| *start <= at).map_or(1, |(_, line)| *line);
                    let says =
                        "a query of a hypertable needs a plain bound of its time column (`logged_at >= …`)";
                    Finding::new(file.at(line), says)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// All texts of a file one after the other, and where each begins.
fn texts(rust: &Rust) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    for (token, line) in &rust.tokens {
        if let Token::Text(words) = token
            && !rust.is_test(*line)
        {
            starts.push((text.len(), *line));
            text.push_str(&words.to_ascii_lowercase());
            text.push(' ');
        }
    }
    (text, starts)
}

/// Where a table is read from.
fn readings<'a>(text: &'a str, table: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(table).map(|(at, _)| at).filter(move |at| {
        let ends = text[at + table.len()..].chars().next().is_none_or(|next| !is_word(next));
        let before = text[..*at].trim_end_matches("public.");
        let opens = before.ends_with(char::is_whitespace)
            && ["from", "join", "using"].contains(&before.split_whitespace().next_back().unwrap_or_default());
        ends && opens
    })
}

/// Does `column` meet a comparison before the table is read again?
fn is_bounded(text: &str, from: usize, table: &str, column: &str) -> bool {
    let reach = (from + REACH).min(text.len());
    let reach = (reach..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    let here = &text[from..reach];
    let here = readings(here, table).next().map_or(here, |next| &here[..next]);
    here.match_indices(column).any(|(at, _)| {
        let rest = here[at + column.len()..].trim_start();
        rest.starts_with(['<', '>', '=']) || rest.starts_with("between ")
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, sql: &str) -> Vec<String> {
        let found = check(&Tree::of(&[(path, &format!("fn f() {{\n    q({sql});\n}}"))]));
        found.into_iter().map(|it| it.place).collect()
    }

    #[test]
    fn a_query_without_a_bound_is_found() {
        let here = "crates/takt-server/src/db/x.rs";
        for sql in [
            r#""select * from production_logs where organization_id = app.org()""#,
            r#""select 1 from work_orders w join production_logs l on l.work_order_id = w.id""#,
            r#""select * from production_logs where logged_at >= $1 union all select * from production_logs order by logged_at desc""#,
            r#""delete from audit_logs where organization_id = $1""#,
        ] {
            assert_eq!(findings(here, sql), [format!("{here}:2")], "{sql}");
        }
    }

    #[test]
    fn a_bound_may_stand_in_a_later_piece_and_writing_needs_none() {
        let here = "crates/takt-server/src/db/x.rs";
        for sql in [
            r#""select * from production_logs where logged_at >= $1""#,
            r#""select * from production_logs p where ", step, ".id = p.id and p.logged_at > c.at""#,
            r#""select 1 from qr_code_scans s where s.scanned_at between $1 and $2""#,
            r#""insert into production_logs (logged_at) values ($1)""#,
            r#""production_logs""#,
            r#""select from production_logs_archive""#,
        ] {
            assert_eq!(findings(here, sql), Vec::<String>::new(), "{sql}");
        }
        assert_eq!(
            findings("crates/takt-server/tests/x.rs", r#""select * from audit_logs""#),
            Vec::<String>::new()
        );
    }
}
