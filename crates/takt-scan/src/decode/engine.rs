//! zxing-cpp: every symbology, every rotation.

use crate::symbol::{Symbol, Symbology};
use image::GrayImage;
use zxingcpp::{Barcode, BarcodeFormat, ImageFormat, ImageView, PointI, TextMode};

/// All symbols zxing-cpp finds. A picture it will not take has none: the sizes were checked before.
pub(super) fn read(picture: &GrayImage) -> Vec<Symbol> {
    let reader = zxingcpp::read()
        .try_harder(true)
        .try_rotate(true)
        .try_invert(true)
        .try_downscale(true)
        .text_mode(TextMode::Plain);
    let Ok(view) =
        ImageView::from_slice(picture.as_raw(), picture.width(), picture.height(), ImageFormat::Lum)
    else {
        return Vec::new();
    };
    let barcodes = reader.from(view).unwrap_or_default();
    barcodes.iter().filter(|barcode| barcode.is_valid()).map(symbol_of).collect()
}

fn symbol_of(barcode: &Barcode) -> Symbol {
    let bytes = barcode.bytes();
    // The text crosses as a C string and would end at a zero byte without a word.
    let text = if bytes.contains(&0) { super::text_of_bytes(&bytes) } else { barcode.text() };
    let position = barcode.position();
    let corners = [position.top_left, position.top_right, position.bottom_right, position.bottom_left];
    Symbol {
        format: symbology_of(barcode),
        text,
        bytes,
        identifier: barcode.symbology_identifier(),
        quad: corners.map(|PointI { x, y }| (x, y)),
        angle: barcode.orientation(),
    }
}

/// `format()` is asked only where the family's variants are all in the binding's enum: of Code 39 and ITF
/// the C++ library returns variants that the binding (0.5.3) does not list.
fn symbology_of(barcode: &Barcode) -> Symbology {
    use BarcodeFormat as F;
    match barcode.symbology() {
        F::EANUPC => match barcode.format() {
            F::EAN13 | F::ISBN => Symbology::Ean13,
            F::EAN8 => Symbology::Ean8,
            F::UPCA => Symbology::UpcA,
            F::UPCE => Symbology::UpcE,
            _ => Symbology::Other,
        },
        F::QRCode => match barcode.format() {
            F::MicroQRCode => Symbology::MicroQr,
            F::RMQRCode => Symbology::Rmqr,
            _ => Symbology::Qr,
        },
        F::DataBar => match barcode.format() {
            F::DataBarExp | F::DataBarExpStk => Symbology::DataBarExpanded,
            _ => Symbology::DataBar,
        },
        F::DataMatrix => Symbology::DataMatrix,
        F::PDF417 => Symbology::Pdf417,
        F::Aztec => Symbology::Aztec,
        F::Code128 => Symbology::Code128,
        F::Code39 => Symbology::Code39,
        F::Code93 => Symbology::Code93,
        F::ITF => Symbology::Itf,
        F::Codabar => Symbology::Codabar,
        _ => Symbology::Other,
    }
}
