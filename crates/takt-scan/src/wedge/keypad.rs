//! Alt + numeric keypad: the layout-independent way of some scanners to send a character by its number.

use super::Stroke;
use super::layout::keypad_digit;

/// Windows code page 1252, 0x80 to 0x9F; the five holes stay control characters, as Windows maps them.
const CP1252_HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// IBM code page 437, 0x80 to 0xFF.
const CP437_HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The digit of a stroke that belongs to an Alt sequence.
pub(super) fn sequence_digit(stroke: &Stroke) -> Option<char> {
    let held = stroke.alt && !stroke.altgr && !stroke.ctrl;
    held.then(|| keypad_digit(&stroke.code)).flatten()
}

/// The characters of digits sent without a break.
///
/// Alt going down again separates two numbers; where that stroke was filtered out, groups of four with a
/// leading zero or groups of three are taken apart.
pub(super) fn characters(digits: &str) -> Vec<char> {
    let length = digits.len();
    let in_fours = length.is_multiple_of(4) && digits.bytes().step_by(4).all(|digit| digit == b'0');
    let group = match length {
        0..=4 => length.max(1),
        _ if in_fours => 4,
        _ if length.is_multiple_of(3) => 3,
        _ => return Vec::new(),
    };
    digits.as_bytes().chunks(group).filter_map(character).collect()
}

/// A leading zero asks for the Windows code page, none for the DOS one; both agree below 128.
fn character(digits: &[u8]) -> Option<char> {
    let number = digits.iter().fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0'));
    match (number, digits[0] == b'0') {
        (0, _) => None,
        (0x80..=0x9f, true) => CP1252_HIGH.get(number as usize - 0x80).copied(),
        (0x80..=0xff, false) => CP437_HIGH.chars().nth(number as usize - 0x80),
        _ => char::from_u32(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("029", "\u{1d}")]
    #[case("29", "\u{1d}")]
    #[case("0029", "\u{1d}")]
    #[case("65", "A")]
    #[case("0228", "ä")]
    #[case("132", "ä")]
    #[case("0128", "€")]
    #[case("255", "\u{a0}")]
    #[case("00650066", "AB")]
    #[case("065066", "AB")]
    #[case("0", "")]
    #[case("06506", "")]
    fn numbers_are_characters_of_the_code_pages_of_windows(#[case] digits: &str, #[case] text: &str) {
        assert_eq!(characters(digits).into_iter().collect::<String>(), text);
    }

    #[test]
    fn code_page_437_is_whole() {
        assert_eq!(CP437_HIGH.chars().count(), 128);
    }
}
