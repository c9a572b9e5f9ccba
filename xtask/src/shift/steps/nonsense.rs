//! What a floor throws at a scanner: foreign labels, rubbish, unreadable pictures, the same scan twice.
use anyhow::Result;
use serde_json::json;
use takt_scan::{LabelKind, encode, qr_png};

use super::ORGANIZATION;
use crate::shift::stage::Stage;

/// Drops a file onto the window, as from a file manager.
const DROP: &str = "
    const bytes = Uint8Array.from(arguments[0]);
    const files = new DataTransfer();
    files.items.add(new File([bytes], arguments[1], { type: 'image/png' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));";
/// Opens it with the file dialog's own event, since no dialog can be clicked here.
const OPEN: &str = "
    const bytes = Uint8Array.from(arguments[0]);
    const files = new DataTransfer();
    files.items.add(new File([bytes], arguments[1], { type: 'image/png' }));
    const picker = document.querySelector('[data-testid=scan-file]');
    picker.files = files.files;
    picker.dispatchEvent(new Event('change', { bubbles: true }));";
/// What a broken scanner sends: more characters than anything on a label.
const FLOOD: &str = "
    const text = 'A'.repeat(arguments[0]);
    window.__TAURI_INTERNALS__.invoke('scan_text', { text, source: 'typed', screen: { at: 'home' } });";
const FLOOD_CHARACTERS: usize = 10 * 1024 * 1024;

/// A label of the other tenant.
pub async fn foreign(stage: &mut Stage) -> Result<()> {
    stage.scan(&encode(LabelKind::WorkOrder, "WO-24817", "RIVALE"), "foreign_label").await?;
    stage.photo("foreign-label").await?;
    stage.read_bad_news().await
}

/// Rubbish, typed into the strip.
pub async fn typed(stage: &mut Stage) -> Result<()> {
    stage.page()?.tap("scan-type").await?;
    stage.write("scan-text", "%&/ rubbish <b>").await?;
    stage.photo("type-a-code").await?;
    stage.tap("scan-send", "unknown_code").await?;
    stage.ledger.did("scan", 1);
    stage.read_bad_news().await
}

/// The same label twice in a row is one scan and a remark.
pub async fn repeated(stage: &mut Stage) -> Result<()> {
    let lot = encode(LabelKind::Lot, "261123-00417", ORGANIZATION);
    stage.scan(&lot, "lot_seen").await?;
    stage.scan(&lot, "repeated_scan").await
}

/// A picture of a label, dropped; and one that is no picture, opened.
pub async fn pictures(stage: &mut Stage) -> Result<()> {
    let label = encode(LabelKind::Serial, "SN-000417", ORGANIZATION);
    picture(stage, DROP, &qr_png(&label, 6)?, "serial_seen").await?;
    picture(stage, OPEN, b"\x89PNG\r\n\x1a\nand then nothing that is a picture", "unreadable_image").await?;
    stage.ledger.did("scan", 2);
    stage.read_bad_news().await
}

/// Ten million characters.
pub async fn flood(stage: &mut Stage) -> Result<()> {
    let before = stage.last_echo().await?;
    stage.page()?.ask(FLOOD, vec![json!(FLOOD_CHARACTERS)]).await?;
    stage.told("too_long", &before).await?;
    stage.ledger.did("scan", 1);
    stage.read_bad_news().await
}

/// The demo's tray: a code tapped instead of scanned.
pub async fn tray(stage: &mut Stage) -> Result<()> {
    stage.page()?.tap("tray").await?;
    stage.page()?.see("tray-code").await?;
    stage.photo("tray").await?;
    stage.page()?.tap("close").await
}

async fn picture(stage: &mut Stage, how: &str, bytes: &[u8], echo: &str) -> Result<()> {
    let before = stage.last_echo().await?;
    stage.page()?.ask(how, vec![json!(bytes), json!("label.png")]).await?;
    stage.told(echo, &before).await
}
