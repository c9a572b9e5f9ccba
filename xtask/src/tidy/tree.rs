//! The files that rules look at.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::rust::Rust;

/// Folders that hold nothing of ours.
const SKIPPED: [&str; 7] = ["target", "node_modules", "dist", ".git", "docs", "icons", "gen"];
const KINDS: [&str; 5] = ["rs", "ts", "js", "mjs", "svelte"];

/// One file of ours.
#[derive(Debug)]
pub struct Source {
    /// Relative to the checkout, with `/`.
    pub path: String,
    /// Its content.
    pub text: String,
    /// Its structure, if it is Rust that parses.
    pub rust: Option<Rust>,
    declared_test: bool,
}

/// Everything there is to check.
#[derive(Debug)]
pub struct Tree {
    files: Vec<Source>,
}

impl Tree {
    /// All source files below `root`.
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect(root, root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self::new(files))
    }

    /// A tree of pairs of path and text, for the rules' own tests.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self::new(
            files.iter().map(|(path, text)| Source::new((*path).to_owned(), (*text).to_owned())).collect(),
        )
    }

    /// Marks the files of modules that are declared for tests only.
    fn new(mut files: Vec<Source>) -> Self {
        let tests: Vec<String> = files.iter().flat_map(Source::test_stems).collect();
        for file in &mut files {
            file.declared_test = tests.iter().any(|stem| {
                let rest = file.path.strip_prefix(stem.as_str());
                rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            });
        }
        Self { files }
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// Every Rust file with its structure.
    pub fn rust(&self) -> impl Iterator<Item = (&Source, &Rust)> {
        self.files.iter().filter_map(|file| Some((file, file.rust.as_ref()?)))
    }
}

impl Source {
    fn new(path: String, text: String) -> Self {
        let rust = path.ends_with(".rs").then(|| Rust::parse(&text)).flatten();
        Self { path, text, rust, declared_test: false }
    }

    /// Whether all of it is test code.
    pub fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        self.declared_test
            || parts.contains(&"tests")
            || parts.last() == Some(&"tests.rs")
            || self.path.contains(".test.")
    }

    /// The paths, without `.rs`, of modules that this file declares for tests only.
    fn test_stems(&self) -> Vec<String> {
        let Some(rust) = &self.rust else { return Vec::new() };
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let own = match name {
            "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
            _ => self.path.trim_end_matches(".rs").to_owned(),
        };
        rust.test_modules.iter().map(|module| format!("{own}/{module}")).collect()
    }

    /// `path:line`
    pub fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(root, &path, files)?;
            }
        } else if path.extension().is_some_and(|kind| KINDS.iter().any(|ours| kind == *ours)) {
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let relative = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push(Source::new(relative, text));
        }
    }
    Ok(())
}
