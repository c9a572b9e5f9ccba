//! The page knows the window at one place only, so that all of it runs in a plain browser too.
use super::Finding;
use super::tree::Tree;

const ALLOWED: &str = "ui/src/lib/ipc/tauri.ts";
/// In two parts, so that this file does not name it.
const PACKAGE: &str = concat!("@tauri", "-apps");

pub fn check(tree: &Tree) -> Vec<Finding> {
    let pages = tree.files().filter(|file| file.path.starts_with("ui/src/") && file.path != ALLOWED);
    pages
        .flat_map(|file| {
            let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains(PACKAGE));
            lines.map(|(index, _)| {
                Finding::new(
                    file.at(index + 1),
                    format!("only {ALLOWED} imports {PACKAGE}: go through the Ipc interface"),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_elsewhere_is_found() {
        let line = format!("import {{ invoke }} from \"{PACKAGE}/api/core\";\n");
        assert_eq!(check(&Tree::of(&[(ALLOWED, &line)])), []);
        let found =
            check(&Tree::of(&[("ui/src/screens/home/HomeScreen.svelte", &format!("<script>\n{line}"))]));
        assert_eq!(found[0].place, "ui/src/screens/home/HomeScreen.svelte:2");
    }
}
