//! Every crate and module begins with what it is.
use super::Finding;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let undocumented = tree.rust().filter(|(_, rust)| !rust.documented);
    undocumented
        .map(|(file, _)| Finding::new(file.at(1), "begin with `//!`: what this is and where to begin"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_a_first_sentence_is_found() {
        let tree = Tree::of(&[("a.rs", "//! What it is.\nfn f() {}"), ("b.rs", "/// Of f.\nfn f() {}")]);
        let places: Vec<_> = check(&tree).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["b.rs:1"]);
    }
}
