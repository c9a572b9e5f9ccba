//! What scanners send as key strokes, by brand and by keyboard layout, and what must come out.

use proptest::prelude::*;
use takt_scan::{Stroke, Terminator, split_bursts, text_of, wedge::is_burst};

fn stroke(key: &str, code: &str) -> Stroke {
    Stroke { key: key.into(), code: code.into(), ..Stroke::default() }
}

fn shifted(key: &str, code: &str) -> Stroke {
    Stroke { shift: true, ..stroke(key, code) }
}

fn ctrl(key: &str, code: &str) -> Stroke {
    Stroke { ctrl: true, ..stroke(key, code) }
}

fn alt(digit: char) -> Stroke {
    Stroke { alt: true, ..stroke(&digit.to_string(), &format!("Numpad{digit}")) }
}

/// A US keyboard's key for a character, with the modifier stroke before it as a real scanner sends it.
fn typed(character: char) -> Vec<Stroke> {
    let key = character.to_string();
    match character {
        '\n' => vec![stroke("Enter", "Enter")],
        '\t' => vec![stroke("Tab", "Tab")],
        'a'..='z' => vec![stroke(&key, &format!("Key{}", character.to_ascii_uppercase()))],
        'A'..='Z' => vec![shifted("Shift", "ShiftLeft"), shifted(&key, &format!("Key{character}"))],
        '0'..='9' => vec![stroke(&key, &format!("Digit{character}"))],
        ':' => vec![shifted("Shift", "ShiftLeft"), shifted(":", "Semicolon")],
        '*' => vec![shifted("Shift", "ShiftLeft"), shifted("*", "Digit8")],
        '\u{0}'..='\u{1f}' => {
            let letter = char::from((character as u8) | 0x40);
            vec![ctrl("Control", "ControlLeft"), ctrl(&letter.to_string(), "")]
        }
        _ => vec![stroke(&key, "")],
    }
}

fn all_typed(text: &str) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = text.chars().flat_map(typed).collect();
    for (n, stroke) in strokes.iter_mut().enumerate() {
        stroke.t_ms = 1000.0 + 2.0 * n as f64;
    }
    strokes
}

#[test]
fn a_label_with_its_terminator_is_read_with_its_times() {
    let strokes = all_typed("WO:WO-4711*7K2M\n");
    let burst = text_of(&strokes);
    assert_eq!(burst.text, "WO:WO-4711*7K2M");
    assert_eq!(burst.by_position, None);
    assert_eq!(burst.terminator, Some(Terminator::Enter));
    assert_eq!(burst.gap_ms_max, 2.0);
    assert_eq!(burst.duration_ms, 2.0 * (strokes.len() - 1) as f64);
    assert!(!burst.layout_mismatch && burst.ignored == 0 && is_burst(&strokes));
}

#[test]
fn the_group_separator_arrives_in_each_of_its_disguises() {
    let disguises = [
        vec![ctrl("]", "BracketRight")],
        vec![ctrl("Control", "ControlLeft"), ctrl("+", "BracketRight")], // a German host
        vec![stroke("F8", "F8")],
        vec![stroke("\u{1d}", "")],
        vec![stroke("Alt", "AltLeft"), alt('0'), alt('2'), alt('9')],
        vec![stroke("Alt", "AltLeft"), alt('0'), alt('0'), alt('2'), alt('9')],
    ];
    for disguise in disguises {
        let strokes = [all_typed("10A"), disguise.clone(), all_typed("21B")].concat();
        assert_eq!(text_of(&strokes).text, "10A\u{1d}21B", "{disguise:?}");
    }
}

#[test]
fn alt_numbers_one_after_the_other_are_characters_one_after_the_other() {
    let down = || stroke("Alt", "AltLeft");
    let strokes =
        [down(), alt('6'), alt('5'), down(), alt('0'), alt('2'), alt('2'), alt('8'), down(), alt('1')];
    let strokes = [&strokes[..], &[alt('3')]].concat();
    let burst = text_of(&strokes);
    assert_eq!((burst.text.as_str(), burst.terminator), ("Aä", Some(Terminator::Enter)));
}

#[test]
fn a_us_scanner_on_a_german_host_is_read_by_position() {
    // ":" arrives as "Ö", "*" as "(", "Z" as "Y".
    let strokes = [
        shifted("W", "KeyW"),
        shifted("O", "KeyO"),
        shifted("Ö", "Semicolon"),
        shifted("Y", "KeyZ"),
        shifted("(", "Digit8"),
    ];
    let burst = text_of(&strokes);
    assert_eq!(burst.text, "WOÖY(");
    assert_eq!(burst.by_position.as_deref(), Some("WO:Z*"));
}

#[test]
fn a_dead_key_shows_that_the_layouts_differ_and_loses_nothing() {
    // The apostrophe of a US scanner on a US-International host, then a letter it would put an accent on.
    let burst = text_of(&[stroke("Dead", "Quote"), stroke("á", "KeyA"), stroke("b", "KeyB")]);
    assert_eq!(burst.text, "'ab");
    assert!(burst.layout_mismatch);
}

#[test]
fn an_accent_typed_as_dead_key_and_space_is_that_accent() {
    let burst = text_of(&[stroke("a", "KeyA"), stroke("Dead", "Backquote"), stroke("^", "Space")]);
    assert_eq!(burst.text, "a^");
}

#[test]
fn a_keypad_without_numlock_still_gives_digits() {
    let burst = text_of(&[stroke("End", "Numpad1"), stroke("ArrowDown", "Numpad2")]);
    assert_eq!(burst.text, "12");
    assert!(burst.layout_mismatch);
}

#[test]
fn altgr_prints_also_where_windows_reports_it_as_control_and_alt() {
    let at = Stroke { ctrl: true, alt: true, altgr: true, ..stroke("@", "KeyQ") };
    assert_eq!(text_of(&[stroke("AltGraph", "AltRight"), at]).text, "@");
}

#[test]
fn keys_without_text_are_counted_and_left_out() {
    let burst = text_of(&[stroke("a", "KeyA"), stroke("ArrowLeft", "ArrowLeft"), stroke("F5", "F5")]);
    assert_eq!((burst.text.as_str(), burst.ignored), ("a", 2));
}

#[test]
fn two_glued_scans_are_two_and_an_empty_one_is_none() {
    let bursts = split_bursts(&all_typed("BG:secret\n\nWO:1*ABCD\tMC:2"));
    let texts: Vec<_> = bursts.iter().map(|burst| (burst.text.as_str(), burst.terminator)).collect();
    assert_eq!(
        texts,
        [("BG:secret", Some(Terminator::Enter)), ("WO:1*ABCD", Some(Terminator::Tab)), ("MC:2", None)]
    );
    assert!(split_bursts(&[]).is_empty());
}

proptest! {
    #[test]
    fn any_text_typed_comes_back(text in "[^\r]{0,60}", ends in any::<bool>()) {
        let text = text.trim_end_matches(['\n', '\t']);
        let strokes = all_typed(&format!("{text}{}", if ends { "\n" } else { "" }));
        let burst = text_of(&strokes);
        prop_assert_eq!(&burst.text, text);
        prop_assert_eq!(burst.by_position, None);
        prop_assert_eq!(burst.terminator, ends.then_some(Terminator::Enter));
    }

    #[test]
    fn no_strokes_make_it_panic(
        keys in prop::collection::vec(("\\PC{0,3}|Dead|Enter|Alt", "Numpad[0-9]|Key[A-Z]|Quote|Space|", any::<[bool; 4]>(), any::<f64>()), 0..40)
    ) {
        let strokes: Vec<Stroke> = keys
            .into_iter()
            .map(|(key, code, [shift, ctrl, alt, altgr], t_ms)| Stroke { key, code, t_ms, shift, ctrl, alt, altgr })
            .collect();
        let burst = text_of(&strokes);
        prop_assert!(burst.duration_ms >= 0.0 && burst.gap_ms_max >= 0.0);
        split_bursts(&strokes);
        is_burst(&strokes);
    }
}
