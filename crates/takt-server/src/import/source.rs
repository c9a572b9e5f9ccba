//! The files of an import: which there are, and what is in them.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::table::{FILE_BYTES_MAX, Sheet, Unreadable};
use super::{csv, kinds, xlsx};

/// Everything that a file or folder holds, and what of it could not be read.
pub fn read(path: &Path) -> (Vec<Sheet>, Vec<Unreadable>) {
    let files = match files(path) {
        Ok(files) => files,
        Err(unreadable) => return (Vec::new(), vec![unreadable]),
    };
    let (mut sheets, mut unreadable) = (Vec::new(), Vec::new());
    for file in files {
        match one(&file) {
            Ok(found) => sheets.extend(found),
            Err(refused) => unreadable.push(refused),
        }
    }
    (sheets, unreadable)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let unreadable =
        |error: std::io::Error| Unreadable::whole(&path.display().to_string(), error.to_string());
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        // `~$…` is what Excel leaves beside an open workbook.
        let name = name(&file);
        if is_wanted(&file) && !name.starts_with("~$") && !name.starts_with('.') && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let says = format!(
            "there is no .csv and no .xlsx in it; takt-server import --template {} makes them",
            path.display()
        );
        return Err(Unreadable::whole(&path.display().to_string(), says));
    }
    Ok(files)
}

fn one(file: &Path) -> Result<Vec<Sheet>, Unreadable> {
    let name = name(file);
    let mut bytes = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
    read.map_err(|error| Unreadable::whole(&name, error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|bytes| bytes > FILE_BYTES_MAX) {
        return Err(Unreadable::whole(&name, "it has more than 64 MiB: split it"));
    }
    match extension(file).as_str() {
        "xlsx" => xlsx::read(&name, &bytes),
        "csv" => {
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let Some(kind) = kinds::named(&stem) else {
                let says = format!("there is no kind of that name; expected one of {}", kinds::names());
                return Err(Unreadable::whole(&name, says));
            };
            Ok(csv::read(&name, kind, &bytes)?.into_iter().collect())
        }
        _ => Err(Unreadable::whole(&name, "expected a folder, a .csv or a .xlsx")),
    }
}

fn is_wanted(file: &Path) -> bool {
    matches!(extension(file).as_str(), "csv" | "xlsx")
}

fn extension(file: &Path) -> String {
    file.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
