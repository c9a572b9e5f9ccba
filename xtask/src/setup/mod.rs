//! What a bare Debian 12 with Rust and node lacks: installed where that is possible, named with the reason where
//! it is not. Asks nothing; when everything is there, it takes a fraction of a second.
mod driver;
mod packages;
mod pages;
mod toolchain;

use anyhow::Result;

pub use driver::tauri_driver;
use packages::Need;

/// Everything a build needs.
pub fn for_build() -> Result<()> {
    packages::ensure(&[Need::Build, Need::Database])?;
    toolchain::expect_node()?;
    pages::ensure()
}

/// A build, and what drives the window by script.
pub fn for_script() -> Result<()> {
    packages::ensure(&[Need::Build, Need::Database, Need::Window])?;
    toolchain::expect_node()?;
    pages::ensure()?;
    driver::ensure()
}

/// Everything a build, every suite and the scripted shift need.
pub fn for_tests() -> Result<()> {
    packages::ensure(&[Need::Build, Need::Database, Need::Window, Need::Browser])?;
    toolchain::expect_node()?;
    toolchain::ensure_components()?;
    pages::ensure()?;
    driver::ensure()
}
