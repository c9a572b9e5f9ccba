//! No names that say nothing.
use super::Finding;
use super::tree::Tree;

#[rustfmt::skip]
const FORBIDDEN: [&str; 11] = [
    "util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "processor", "misc",
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.files().flat_map(|file| {
        let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        parts.filter_map(forbidden).map(|word| Finding::new(&file.path, advice(word))).collect::<Vec<_>>()
    });
    let names = tree.rust().flat_map(|(file, rust)| {
        rust.names
            .iter()
            .filter_map(|(name, line)| Some(Finding::new(file.at(*line), advice(forbidden(name)?))))
    });
    files.chain(names).collect()
}

fn advice(word: &str) -> String {
    format!("\"{word}\" says nothing: use the shop floor's or the standard's word for what it does")
}

fn forbidden(name: &str) -> Option<&'static str> {
    let words = words(name);
    FORBIDDEN.into_iter().find(|word| words.iter().any(|ours| ours == word))
}

/// `snake_case`, `kebab-case` and `CamelCase` alike, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter.is_uppercase() || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_folders_modules_and_types_are_found() {
        let count = |path, text| check(&Tree::of(&[(path, text)])).len();
        assert_eq!(count("crates/a/src/utils.rs", ""), 1);
        assert_eq!(count("ui/src/helpers/Pad.svelte", ""), 1);
        assert_eq!(count("crates/a/src/lib.rs", "mod misc;"), 1);
        assert_eq!(count("crates/a/src/lib.rs", "struct SyncManager;"), 1);
        assert_eq!(count("crates/a/src/lib.rs", "enum OrderService {}"), 1);
    }

    #[test]
    fn words_that_only_contain_one_are_fine() {
        let tree =
            Tree::of(&[("crates/a/src/process.rs", "mod utilisation;\nstruct Commonality;\nfn helper() {}")]);
        assert_eq!(check(&tree), []);
    }
}
