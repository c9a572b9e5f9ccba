//! Released migrations never change: `migrations/CHECKSUMS` lists them, and this test holds everybody
//! to it. It arms itself: once the changelog or a tag says that a version was released, what it
//! contained must be listed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::sha256;

/// What is wrong with the list, given every migration's content and those that were released.
fn faults(list: &str, files: &BTreeMap<String, String>, released: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut listed = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        match line.split_once("  ") {
            Some((hash, name)) if hash.len() == 64 && listed.insert(name, hash).is_none() => {}
            _ => faults.push(format!("CHECKSUMS: {line:?} is not `sha256  name`, or twice")),
        }
    }
    for (name, hash) in &listed {
        match files.get(*name) {
            None => faults.push(format!("{name} was released and is gone")),
            Some(content) if sha256(content) != **hash => faults.push(format!(
                "{name} was released and is changed: put it back and write an increment instead"
            )),
            Some(_) => {}
        }
    }
    let last = listed.keys().next_back().copied().unwrap_or_default();
    for (name, content) in files.iter().filter(|(name, _)| !listed.contains_key(name.as_str())) {
        if name.as_str() < last || released.contains(name) {
            faults
                .push(format!("{name} is released but not in CHECKSUMS: add `{}  {name}`", sha256(content)));
        }
    }
    faults
}

/// What the changelog says is released: everything, when its newest section is a version; what was there
/// before, when something is unreleased on top of it. The first migration is in every version.
fn released_by(changelog: &str, files: &BTreeMap<String, String>) -> Vec<String> {
    let heads: Vec<(usize, &str)> = changelog
        .lines()
        .enumerate()
        .filter_map(|(index, line)| Some((index, line.strip_prefix("## ")?.trim_matches(['[', ' ']))))
        .collect();
    let is_version = |head: &str| head.starts_with(|c: char| c.is_ascii_digit());
    let Some((at, _)) = heads.iter().find(|(_, head)| is_version(head)) else { return Vec::new() };
    let is_quiet = changelog.lines().take(*at).skip(heads[0].0 + 1).all(|line| line.trim().is_empty());
    files.keys().take(if is_quiet { files.len() } else { 1 }).cloned().collect()
}

/// What the tags of this checkout contain; nothing where there are none, or no git.
fn released_by_tags(root: &Path) -> Vec<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let tags = git(&["tag", "--list", "v[0-9]*"]).unwrap_or_default();
    let of = |tag: &str| git(&["ls-tree", "--name-only", tag, "migrations/"]).unwrap_or_default();
    let names = tags.lines().flat_map(|tag| of(tag).lines().map(str::to_owned).collect::<Vec<_>>());
    names.filter_map(|path| Some(path.strip_prefix("migrations/")?.to_owned())).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files() -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(root().join("migrations")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let sql = names.filter(|name| name.ends_with(".sql"));
    sql.map(|name| (name.clone(), read(&format!("migrations/{name}")))).collect()
}

#[test]
fn released_migrations_are_as_they_were_released() {
    let files = files();
    let mut released = released_by(&read("CHANGELOG.md"), &files);
    released.extend(released_by_tags(&root()));
    assert_eq!(faults(&read("migrations/CHECKSUMS"), &files, &released), [""; 0]);
}

#[test]
fn every_file_is_in_the_binary_and_the_other_way_round() {
    let files = files();
    let in_binary: Vec<_> = super::MIGRATIONS.iter().map(|migration| migration.name).collect();
    assert_eq!(in_binary, files.keys().map(String::as_str).collect::<Vec<_>>());
    for migration in super::MIGRATIONS {
        assert_eq!(migration.sql, files[migration.name]);
    }
}

#[test]
fn a_migration_has_the_same_bytes_on_every_machine() {
    assert!(read(".gitattributes").lines().any(|line| line == "*.sql text eol=lf"));
    for (name, content) in files() {
        assert!(!content.contains('\r'), "{name} has a carriage return");
    }
}

fn three() -> BTreeMap<String, String> {
    ["0001_a.sql", "0002_b.sql", "0003_c.sql"].map(|name| (name.to_owned(), format!("-- {name}\n"))).into()
}

fn listing(names: &[&str]) -> String {
    let lines = names.iter().map(|name| format!("{}  {name}\n", sha256(&three()[*name])));
    format!("# a remark\n\n{}", lines.collect::<String>())
}

#[test]
fn a_listed_file_must_not_change_or_go() {
    let list = listing(&["0001_a.sql"]);
    assert_eq!(faults(&list, &three(), &[]), [""; 0]);
    let mut changed = three();
    changed.insert("0001_a.sql".into(), "-- other\n".into());
    assert!(faults(&list, &changed, &[])[0].contains("0001_a.sql was released and is changed"));
    changed.remove("0001_a.sql");
    assert!(faults(&list, &changed, &[])[0].contains("gone"));
    assert_eq!(faults("0001_a.sql\n", &three(), &[]).len(), 1, "a line without a sum is no line");
    assert_eq!(faults(&listing(&["0001_a.sql", "0001_a.sql"]), &three(), &[]).len(), 1);
}

#[test]
fn below_a_listed_file_everything_is_listed() {
    let found = faults(&listing(&["0002_b.sql"]), &three(), &[]);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("0001_a.sql is released but not in CHECKSUMS"), "{found:?}");
    assert_eq!(faults(&listing(&["0001_a.sql", "0002_b.sql"]), &three(), &[]), [""; 0]);
}

#[test]
fn a_release_arms_the_list() {
    let open = "# Changelog\n\n## Unreleased\n\n- Much.\n";
    assert_eq!(released_by(open, &three()), [""; 0]);
    for released in
        ["# Changelog\n\n## [0.1.0] - 2026-12-01\n\n- Much.\n", "## Unreleased\n\n## 0.1.0\n\n- Much.\n"]
    {
        assert_eq!(released_by(released, &three()).len(), 3, "{released}");
        assert_eq!(faults(&listing(&[]), &three(), &released_by(released, &three())).len(), 3);
    }
    let later = "## Unreleased\n\n- More.\n\n## 0.1.0\n\n- Much.\n";
    assert_eq!(released_by(later, &three()), ["0001_a.sql"]);
}
