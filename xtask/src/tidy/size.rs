//! Nothing longer than can be read at one go.
use super::Finding;
use super::tree::{Source, Tree};

/// Lines of a Rust file without its tests.
const RUST_LINES_MAX: usize = 400;
/// Lines of a function from its signature to its end.
const FUNCTION_LINES_MAX: usize = 70;
/// Lines of a Svelte component.
const SVELTE_LINES_MAX: usize = 250;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.files().filter(|file| !file.is_test()).filter_map(too_long);
    let functions = tree.rust().filter(|(file, _)| !file.is_test()).flat_map(|(file, rust)| {
        rust.functions.iter().filter_map(|(name, lines)| {
            let count = lines.end() + 1 - lines.start();
            (count > FUNCTION_LINES_MAX).then(|| {
                let says =
                    format!("function {name} has {count} lines, at most {FUNCTION_LINES_MAX}: split it");
                Finding::new(file.at(*lines.start()), says)
            })
        })
    });
    files.chain(functions).collect()
}

fn too_long(file: &Source) -> Option<Finding> {
    let (lines, limit) = match (&file.rust, file.path.ends_with(".svelte")) {
        (Some(rust), _) => (file.text.lines().count() - rust.test_lines(), RUST_LINES_MAX),
        (None, true) => (file.text.lines().count(), SVELTE_LINES_MAX),
        (None, false) => return None,
    };
    (lines > limit)
        .then(|| Finding::new(&file.path, format!("{lines} lines without tests, at most {limit}: split it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<Finding> {
        check(&Tree::of(&[(path, text)]))
    }

    #[test]
    fn a_file_over_its_limit_is_found() {
        let line = "const A: u8 = 1;\n";
        assert_eq!(findings("a.rs", &line.repeat(400)), []);
        assert_eq!(findings("a.rs", &line.repeat(401)).len(), 1);
        assert_eq!(findings("A.svelte", &"<p>\n".repeat(250)), []);
        assert_eq!(findings("A.svelte", &"<p>\n".repeat(251)).len(), 1);
    }

    #[test]
    fn tests_do_not_count() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "const A: u8 = 1;\n".repeat(500));
        assert_eq!(findings("a.rs", &tests), []);
    }

    #[test]
    fn a_function_over_its_limit_is_found_at_its_line() {
        let function =
            |lines: usize| format!("\n/// Documentation.\nfn long() {{\n{}}}\n", "go();\n".repeat(lines - 2));
        assert_eq!(findings("a.rs", &function(70)), []);
        assert_eq!(findings("a.rs", &function(71))[0].place, "a.rs:3");
    }
}
