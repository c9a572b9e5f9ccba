//! `cargo xtask tidy`: the habits of the house that a compiler does not check. One rule per file; each says what
//! it found, where, and what to do instead.
mod borders;
mod directions;
mod docs;
mod hypertables;
mod names;
mod purity;
mod rust;
mod size;
mod statements;
mod tree;
mod unwrap;

use anyhow::{Result, bail};
use takt_testkit::workspace;

use tree::Tree;

/// One breach of one rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// File and line, or the manifest.
    pub place: String,
    /// What is wrong and what to do.
    pub says: String,
}

impl Finding {
    fn new(place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { place: place.into(), says: says.into() }
    }
}

/// A rule's name and everything it found.
pub type Verdict = (&'static str, Vec<Finding>);

/// Every rule against this checkout.
pub fn verdicts() -> Result<Vec<Verdict>> {
    let root = workspace::root();
    let tree = Tree::read(&root)?;
    Ok(vec![
        ("directions between crates", directions::check(&directions::packages(&root)?)),
        ("size of files and functions", size::check(&tree)),
        ("forbidden names", names::check(&tree)),
        ("documentation of modules", docs::check(&tree)),
        ("borders of the page", borders::check(&tree)),
        ("PostgreSQL statements", statements::check(&tree)),
        ("time bounds of hypertables", hypertables::check(&tree)),
        ("pure crates", purity::check(&tree)),
        ("unwrap outside tests", unwrap::check(&tree)),
    ])
}

/// Prints every finding; an error if there is one.
pub fn run() -> Result<()> {
    let verdicts = verdicts()?;
    let count: usize = verdicts.iter().map(report).sum();
    if count > 0 {
        bail!("{count} findings");
    }
    println!("tidy: {} rules hold", verdicts.len());
    Ok(())
}

/// Prints one rule's findings and counts them.
pub fn report((rule, findings): &Verdict) -> usize {
    for finding in findings {
        println!("{}: {} [{rule}]", finding.place, finding.says);
    }
    findings.len()
}
