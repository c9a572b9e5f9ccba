//! A symbol that was read from a picture, and the names of symbologies.

/// The kinds of bar and matrix code the terminal tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names are the standards' own.
pub enum Symbology {
    Qr,
    MicroQr,
    Rmqr,
    DataMatrix,
    Pdf417,
    Aztec,
    Code128,
    Code39,
    Code93,
    Itf,
    Codabar,
    Ean13,
    Ean8,
    UpcA,
    UpcE,
    DataBar,
    DataBarExpanded,
    Other,
}

impl Symbology {
    /// The term of GS1 and ISO/IEC, as people read it on a specification ("QR Code", "EAN-13").
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Qr => "QR Code",
            Self::MicroQr => "Micro QR Code",
            Self::Rmqr => "rMQR Code",
            Self::DataMatrix => "Data Matrix",
            Self::Pdf417 => "PDF417",
            Self::Aztec => "Aztec Code",
            Self::Code128 => "Code 128",
            Self::Code39 => "Code 39",
            Self::Code93 => "Code 93",
            Self::Itf => "ITF",
            Self::Codabar => "Codabar",
            Self::Ean13 => "EAN-13",
            Self::Ean8 => "EAN-8",
            Self::UpcA => "UPC-A",
            Self::UpcE => "UPC-E",
            Self::DataBar => "GS1 DataBar",
            Self::DataBarExpanded => "GS1 DataBar Expanded",
            Self::Other => "other",
        }
    }

    /// The value of the column `qr_code_scans.symbology`, which knows fewer kinds.
    pub fn column_value(self) -> &'static str {
        match self {
            Self::Qr => "QR_CODE",
            Self::DataMatrix => "DATA_MATRIX",
            Self::Code128 => "CODE128",
            Self::Code39 => "CODE39",
            Self::Ean13 => "EAN13",
            Self::UpcA => "UPC_A",
            _ => "OTHER",
        }
    }
}

/// One code found in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Which kind of code.
    pub format: Symbology,
    /// Its content as text; a GS1 separator stays in it as U+001D.
    pub text: String,
    /// Its content as the bytes in the code, before any guess at their character set.
    pub bytes: Vec<u8>,
    /// The AIM symbology identifier, such as `]C1` for GS1-128; empty when the decoder knows none.
    pub identifier: String,
    /// Corners in pixels of the upright picture: top left, top right, bottom right, bottom left, as seen
    /// by the code itself.
    pub quad: [(i32, i32); 4],
    /// By how many degrees the code is turned clockwise, −180 to 180.
    pub angle: i32,
}

impl Symbol {
    /// The text to look for a meaning in: a GS1 symbol keeps its identifier in front, because nothing else
    /// tells its element string from a number that merely looks like one.
    pub fn content(&self) -> String {
        if crate::meaning::is_gs1_identifier(&self.identifier) {
            format!("{}{}", self.identifier, self.text)
        } else {
            self.text.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_gs1_symbols_keep_their_identifier_in_the_content() {
        let mut symbol = Symbol {
            format: Symbology::Code128,
            text: "10A7".into(),
            bytes: b"10A7".to_vec(),
            identifier: "]C1".into(),
            quad: [(0, 0); 4],
            angle: 0,
        };
        assert_eq!(symbol.content(), "]C110A7");
        symbol.identifier = "]C0".into();
        assert_eq!(symbol.content(), "10A7");
    }
}
