//! The domain and the sync engine decide; they never look at the clock, the disk or the network.
use super::Finding;
use super::rust::{Rust, Token};
use super::tree::Tree;

const PURE: [&str; 2] = ["crates/takt-domain/src/", "crates/takt-sync/src/"];
const ASKING: [(&str, &str); 9] = [
    ("Utc", "now"),
    ("Local", "now"),
    ("SystemTime", "now"),
    ("Instant", "now"),
    ("std", "fs"),
    ("std", "net"),
    ("std", "env"),
    ("std", "process"),
    ("std", "thread"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let pure = tree
        .rust()
        .filter(|(file, _)| !file.is_test() && PURE.iter().any(|folder| file.path.starts_with(folder)));
    pure.flat_map(|(file, rust)| {
        asks(rust).map(|(from, what, line)| {
            let says = format!("{from}::{what} in a pure crate: take it as a value from the caller");
            Finding::new(file.at(line), says)
        })
    })
    .collect()
}

/// Paths of two words, outside tests.
fn asks(rust: &Rust) -> impl Iterator<Item = (&'static str, &'static str, usize)> {
    rust.tokens.windows(4).filter_map(|tokens| {
        let [(Token::Word(from), line), (Token::Sign(':'), _), (Token::Sign(':'), _), (Token::Word(what), _)] = tokens
        else {
            return None;
        };
        let (from, what) = ASKING.into_iter().find(|pair| pair.0 == from && pair.1 == what)?;
        (!rust.is_test(*line)).then_some((from, what, *line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_for_the_time_or_a_file_is_found() {
        let text = "use std::fs;\nfn f() { let now = chrono::Utc::now(); }";
        assert_eq!(check(&Tree::of(&[("crates/takt-domain/src/a.rs", text)])).len(), 2);
        assert_eq!(check(&Tree::of(&[("crates/takt-sync/src/a.rs", text)])).len(), 2);
        assert_eq!(check(&Tree::of(&[("crates/takt-station/src/a.rs", text)])), []);
    }

    #[test]
    fn tests_may_ask() {
        let text = "#[cfg(test)]\nmod tests { fn f() { std::fs::read(\"golden.json\"); } }";
        assert_eq!(check(&Tree::of(&[("crates/takt-domain/src/a.rs", text)])), []);
    }
}
