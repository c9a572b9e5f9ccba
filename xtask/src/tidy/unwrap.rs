//! Nothing that ships panics because somebody was sure.
use super::Finding;
use super::rust::Token;
use super::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let shipped = tree.rust().filter(|(file, _)| !file.is_test());
    shipped
        .flat_map(|(file, rust)| {
            let calls = rust.tokens.windows(3).filter_map(|tokens| match tokens {
                [(Token::Sign('.'), _), (Token::Word(word), line), (Token::Nothing, _)] => {
                    (word == "unwrap" && !rust.is_test(*line)).then_some(*line)
                }
                _ => None,
            });
            calls.map(|line| {
                Finding::new(file.at(line), "no unwrap outside tests: return the error, or say why not")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unwrap_is_found_also_inside_a_macro() {
        let text = "fn f() {\n    x.unwrap();\n    println!(\"{}\", y.unwrap());\n    z.unwrap_or(1);\n}";
        let places: Vec<_> =
            check(&Tree::of(&[("a.rs", text)])).into_iter().map(|found| found.place).collect();
        assert_eq!(places, ["a.rs:2", "a.rs:3"]);
    }

    #[test]
    fn tests_may_unwrap() {
        let inside =
            "#[test]\nfn a_sentence() { x.unwrap(); }\n#[cfg(test)]\nmod tests { fn g() { x.unwrap(); } }";
        assert_eq!(check(&Tree::of(&[("src/a.rs", inside), ("tests/b.rs", "fn f() { x.unwrap(); }")])), []);
    }

    #[test]
    fn a_module_declared_for_tests_may_unwrap() {
        let declares = ("crates/a/src/lib.rs", "#[cfg(test)]\nmod golden;");
        let tree = Tree::of(&[declares, ("crates/a/src/golden.rs", "fn f() { x.unwrap(); }")]);
        assert_eq!(check(&tree), []);
    }
}
