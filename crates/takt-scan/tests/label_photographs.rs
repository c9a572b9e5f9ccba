//! Photographs of real labels, read through the door the window uses.
//!
//! They lie beside the checkout (`../shared/data/barcodes`, or `$TAKT_SHARED/data/barcodes`); without them, or
//! without the engine, the suite says so and passes.

#![allow(clippy::unwrap_used)] // Helper functions of tests are tests.

mod photograph_truth;

use photograph_truth::{Photograph, manifest, same, same_but_charset};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use takt_scan::{Symbol, read_image};

/// What zxing-cpp 3.1 alone reads of them.
const CORRECT_MIN: usize = 737;
const MISREADS_MAX: usize = 5;
const THREADS: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Correct,
    Charset,
    Miss,
    Misread,
}

fn photographs_folder() -> Option<PathBuf> {
    let shared = match std::env::var_os("TAKT_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    Some(shared.join("data/barcodes")).filter(|folder| folder.join("manifest.csv").is_file())
}

fn verdict_on(photograph: &Photograph, symbols: &[Symbol]) -> Verdict {
    let Photograph { symbology, expected, also, .. } = photograph;
    let is = |truth: &str, symbol: &Symbol| same(symbology, truth, Some(symbol.format), &symbol.text);
    if symbology == "none" {
        return if symbols.is_empty() { Verdict::Correct } else { Verdict::Misread };
    }
    if symbols.iter().any(|symbol| is(expected, symbol)) {
        Verdict::Correct
    } else if symbols.iter().any(|symbol| same_but_charset(expected, &symbol.text)) {
        Verdict::Charset
    } else if symbols.iter().all(|symbol| also.iter().any(|other| is(other, symbol))) {
        Verdict::Miss
    } else {
        Verdict::Misread
    }
}

/// Verdicts in the manifest's order; two threads take the next photograph in turn.
fn verdicts(folder: &Path, photographs: &[Photograph]) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((n, photograph)) = {
            let n = next.fetch_add(1, Ordering::Relaxed);
            photographs.get(n).map(|photograph| (n, photograph))
        } {
            let bytes = std::fs::read(folder.join(&photograph.file)).unwrap();
            let symbols = read_image(&bytes).unwrap_or_else(|error| panic!("{}: {error}", photograph.file));
            let verdict = verdict_on(photograph, &symbols);
            if verdict == Verdict::Misread {
                let texts: Vec<_> = symbols.iter().map(|it| (it.format, &it.text)).collect();
                println!("misread {}: {:?} for {:?}", photograph.file, texts, photograph.expected);
            }
            done.push((n, verdict));
        }
        done
    };
    let mut all: Vec<(usize, Verdict)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    all.sort_unstable_by_key(|(n, _)| *n);
    all.into_iter().map(|(_, verdict)| verdict).collect()
}

#[test]
fn label_photographs_are_read_at_least_as_well_as_the_engine_alone() {
    if cfg!(not(feature = "zxing")) {
        println!("SKIPPED: the label photographs need the feature `zxing`");
        return;
    }
    let Some(folder) = photographs_folder() else {
        println!(
            "SKIPPED: 849 label photographs; no ../shared/data/barcodes beside the checkout, no TAKT_SHARED"
        );
        return;
    };
    let photographs = manifest(&std::fs::read_to_string(folder.join("manifest.csv")).unwrap());
    assert_eq!(photographs.len(), 849, "the manifest is not the one these limits were measured on");

    let started = Instant::now();
    let verdicts = verdicts(&folder, &photographs);
    let seconds = started.elapsed().as_secs_f64();

    let mut table: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for (photograph, verdict) in photographs.iter().zip(&verdicts) {
        table.entry(&photograph.symbology).or_default()[*verdict as usize] += 1;
    }
    println!("{:18} correct charset miss misread", "symbology");
    for (symbology, [correct, charset, miss, misread]) in &table {
        println!("{symbology:18} {correct:7} {charset:7} {miss:4} {misread:7}");
    }
    let count = |verdict| verdicts.iter().filter(|it| **it == verdict).count();
    let (correct, misread) = (count(Verdict::Correct), count(Verdict::Misread));
    println!("849 photographs: {correct} correct, {misread} misread, {seconds:.1} s");
    assert!(correct >= CORRECT_MIN, "{correct} correct, at least {CORRECT_MIN} are asked for");
    assert!(misread <= MISREADS_MAX, "{misread} misread, at most {MISREADS_MAX} are allowed");
}
