//! The US keyboard: what each key position prints, which scanners assume until told otherwise.

/// `KeyboardEvent.code` of printing keys, plain and with Shift. Letters and digits follow a pattern below.
const US_KEYS: [(&str, char, char); 30] = [
    ("Digit1", '1', '!'),
    ("Digit2", '2', '@'),
    ("Digit3", '3', '#'),
    ("Digit4", '4', '$'),
    ("Digit5", '5', '%'),
    ("Digit6", '6', '^'),
    ("Digit7", '7', '&'),
    ("Digit8", '8', '*'),
    ("Digit9", '9', '('),
    ("Digit0", '0', ')'),
    ("Minus", '-', '_'),
    ("Equal", '=', '+'),
    ("BracketLeft", '[', '{'),
    ("BracketRight", ']', '}'),
    ("Backslash", '\\', '|'),
    ("IntlBackslash", '\\', '|'),
    ("Semicolon", ';', ':'),
    ("Quote", '\'', '"'),
    ("Backquote", '`', '~'),
    ("Comma", ',', '<'),
    ("Period", '.', '>'),
    ("Slash", '/', '?'),
    ("Space", ' ', ' '),
    ("NumpadDecimal", '.', '.'),
    ("NumpadComma", ',', ','),
    ("NumpadAdd", '+', '+'),
    ("NumpadSubtract", '-', '-'),
    ("NumpadMultiply", '*', '*'),
    ("NumpadDivide", '/', '/'),
    ("NumpadEqual", '=', '='),
];

/// `KeyboardEvent.key` of keys that only change what other keys do.
const MODIFIERS: [&str; 13] = [
    "Shift",
    "Control",
    "Alt",
    "AltGraph",
    "CapsLock",
    "NumLock",
    "ScrollLock",
    "Meta",
    "OS",
    "Fn",
    "FnLock",
    "Hyper",
    "Super",
];

/// What the key at this position prints on a US keyboard with NumLock on; `None` if nothing.
pub(super) fn us_character(code: &str, shift: bool) -> Option<char> {
    if let Some(letter) = single(code.strip_prefix("Key").unwrap_or_default()) {
        return Some(if shift { letter } else { letter.to_ascii_lowercase() });
    }
    if let Some(digit) = keypad_digit(code) {
        return Some(digit);
    }
    let (_, plain, shifted) = US_KEYS.iter().find(|(name, ..)| *name == code)?;
    Some(if shift { *shifted } else { *plain })
}

/// The digit of a key of the numeric keypad.
pub(super) fn keypad_digit(code: &str) -> Option<char> {
    single(code.strip_prefix("Numpad")?).filter(char::is_ascii_digit)
}

/// Whether the key only changes what other keys do.
pub(super) fn is_modifier(key: &str) -> bool {
    MODIFIERS.contains(&key)
}

/// The only character of a text, if it has exactly one.
pub(super) fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("KeyY", false, Some('y'))]
    #[case("KeyY", true, Some('Y'))]
    #[case("Semicolon", true, Some(':'))]
    #[case("Numpad7", true, Some('7'))]
    #[case("NumpadEnter", false, None)]
    #[case("ArrowUp", false, None)]
    #[case("", false, None)]
    fn positions_print_as_on_a_us_keyboard(
        #[case] code: &str,
        #[case] shift: bool,
        #[case] printed: Option<char>,
    ) {
        assert_eq!(us_character(code, shift), printed);
    }
}
