//! The demo plant's codes, to tap where there is nothing to scan.

use serde::Deserialize;
use takt_scan::qr_svg;
use takt_store::Reading;
use takt_wire::row::Setting;

use crate::refused::Refused;
use crate::station::Station;
use crate::view::Refusal;
use crate::view::scan::TrayCode;

/// The setting that holds them; only a demo plant has it.
const CODES_KEY: &str = "demo.codes";

/// A code as the setting holds it.
#[derive(Deserialize)]
struct Code {
    kind: String,
    label: String,
    code: String,
}

impl Station {
    /// The codes on the tray; none outside a demo plant.
    pub fn tray(&self) -> Result<Vec<TrayCode>, Refusal> {
        self.look(|r, _| {
            let codes =
                setting(r)?.and_then(|setting| serde_json::from_value::<Vec<Code>>(setting.value).ok());
            Ok(codes.unwrap_or_default().into_iter().filter_map(drawn).collect())
        })
    }
}

/// Whether this is a demo plant.
pub(crate) fn is_there(r: &Reading<'_>) -> Result<bool, Refused> {
    Ok(setting(r)?.is_some())
}

fn setting(r: &Reading<'_>) -> Result<Option<Setting>, Refused> {
    let settings: Vec<Setting> = r.mirror()?;
    let of_tray = settings.into_iter().filter(|setting| setting.setting_key == CODES_KEY);
    Ok(of_tray.max_by_key(|setting| setting.plant_id.is_some()))
}

fn drawn(code: Code) -> Option<TrayCode> {
    let svg = qr_svg(&code.code).ok()?;
    Some(TrayCode { kind: kind(&code.kind).to_owned(), label: code.label, code: code.code, svg })
}

/// The compartment of the tray.
fn kind(kind: &str) -> &str {
    match kind {
        "work_order" => "order",
        "foreign" | "unknown" => "wrong",
        "serial" => "lot",
        other => other,
    }
}
