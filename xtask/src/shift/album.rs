//! Screenshots of every screen, light and dark, numbered in the order they were taken.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use super::page::{Page, until};

const PATIENCE: Duration = Duration::from_secs(10);
/// The station keeps the theme; the page follows. This asks the station as the person's menu does.
const SET_THEME: &str =
    "window.__TAURI_INTERNALS__.invoke('set_theme', { theme: arguments[0] }); return null;";
/// The page has drawn what it knows.
const NEXT_FRAME: &str = "
    const done = arguments[arguments.length - 1];
    requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
/// Shots in a row that are looked at for two that are equal.
const SHOTS_MAX: usize = 12;
/// Drawn: the theme is there and nothing moves any more.
const IS_DRAWN: &str = "
    if (document.documentElement.dataset.theme !== arguments[0]) return false;
    return document.getAnimations().every((it) => it.playState !== 'running' || it.effect?.getTiming().iterations === Infinity);";

/// A folder of pictures.
pub struct Album {
    folder: PathBuf,
    dark_too: bool,
    pictures: Vec<PathBuf>,
}

impl Album {
    /// An empty one, in place of what was there.
    pub fn open(folder: &Path, dark_too: bool) -> Result<Self> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "png") {
                fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(Self { folder: folder.to_owned(), dark_too, pictures: Vec::new() })
    }

    /// Takes the screen as it is, and once more dark.
    pub async fn take(&mut self, page: Page<'_>, name: &str) -> Result<()> {
        let number = self.pictures.len() + 1;
        let number = if self.dark_too { number.div_ceil(2) } else { number };
        self.shoot(page, "light", &format!("{number:02}-{name}.png")).await?;
        if self.dark_too {
            set_theme(page, "dark").await?;
            self.shoot(page, "dark", &format!("{number:02}-{name}-dark.png")).await?;
            set_theme(page, "light").await?;
        }
        Ok(())
    }

    /// The moment something failed: through the page, or, where that is gone, from the display itself.
    pub async fn failure(&mut self, page: Option<Page<'_>>, display: &str) -> Option<PathBuf> {
        let path = self.folder.join("failed.png");
        let taken = match page {
            Some(page) => page.0.screenshot().await.ok(),
            None => None,
        };
        if let Some(picture) = taken {
            return fs::write(&path, picture).is_ok().then_some(path);
        }
        let mut import = Command::new("import");
        import.args(["-display", display, "-window", "root"]).arg(&path);
        import.status().is_ok_and(|status| status.success()).then_some(path)
    }

    /// Where they are.
    pub fn pictures(&self) -> &[PathBuf] {
        &self.pictures
    }

    async fn shoot(&mut self, page: Page<'_>, theme: &str, name: &str) -> Result<()> {
        let drawn = || async { Ok((page.ask(IS_DRAWN, vec![json!(theme)]).await? == true).then_some(())) };
        until(&format!("the screen drawn {theme}"), PATIENCE, drawn).await?;
        let path = self.folder.join(name);
        let picture = settled(page).await?;
        fs::write(&path, picture).with_context(|| format!("cannot write {}", path.display()))?;
        self.pictures.push(path);
        Ok(())
    }
}

/// A busy window hands out what it drew some time ago: the picture counts once the next one equals it.
async fn settled(page: Page<'_>) -> Result<Vec<u8>> {
    let mut last = Vec::new();
    for _ in 0..SHOTS_MAX {
        page.0.execute_async(NEXT_FRAME, Vec::new()).await.context("the page does not draw")?;
        let picture = page.0.screenshot().await.context("cannot take a screenshot")?;
        if picture == last {
            break;
        }
        last = picture;
    }
    Ok(last)
}

async fn set_theme(page: Page<'_>, theme: &str) -> Result<()> {
    page.ask(SET_THEME, vec![json!(theme)]).await.map(drop)
}
