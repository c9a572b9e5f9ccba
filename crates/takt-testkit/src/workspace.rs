//! Where this checkout is and where what it makes goes.
use std::path::PathBuf;

/// The folder of the root `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or(here)
}

/// `target/takt`, home of everything that may be deleted: databases, tools, stations, screenshots.
pub fn state() -> PathBuf {
    root().join("target/takt")
}

/// The canonical schema, as numbered SQL files.
pub fn migrations() -> PathBuf {
    root().join("migrations")
}
