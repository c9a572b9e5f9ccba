//! Texts as they come off labels, cards and wrong things held under the scanner, and what each is taken for.

use proptest::prelude::*;
use rstest::rstest;
use takt_scan::meaning::{Gs1Error, meaning_of_burst, operation_value};
use takt_scan::{Burst, Command, Enrolment, LabelKind, Meaning, Refusal, encode, meaning_of};

const ORG: &str = "ACME";
const FINGERPRINT: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// Printed labels outlive releases: these bytes may never change.
#[test]
fn labels_printed_years_ago_are_still_ours() {
    assert_eq!(encode(LabelKind::WorkOrder, "WO-4711", ORG), "WO:WO-4711*HY93");
    assert_eq!(encode(LabelKind::Operation, "WO-4711/20", ORG), "OP:WO-4711/20*N405");
}

#[test]
fn an_order_number_with_a_slash_keeps_it() {
    let label = encode(LabelKind::Operation, &operation_value("A/B/1", 20), ORG);
    let meaning = Meaning::Operation { order_number: "A/B/1".into(), operation_number: 20 };
    assert_eq!(meaning_of(&label, ORG), Ok(meaning));
}

#[test]
fn the_check_part_is_read_as_a_person_types_it() {
    let label = encode(LabelKind::Machine, "CNC-01", ORG);
    let (value, check) = label.split_at(label.len() - 4);
    let typed = format!("{value}{}", check.to_lowercase().replace('0', "o").replace('1', "l"));
    assert_eq!(meaning_of(&typed, ORG), Ok(Meaning::Machine { machine_code: "CNC-01".into() }));
}

#[test]
fn a_label_of_another_organization_is_refused() {
    let label = encode(LabelKind::WorkOrder, "WO-4711", "GLOBEX");
    assert_eq!(meaning_of(&label, ORG), Err(Refusal::ForeignLabel { kind: LabelKind::WorkOrder }));
}

#[rstest]
#[case("WO:WO-4711")]
#[case("WO:WO-4711*7K2")]
#[case("WO:WO-4711*7K2MM")]
#[case("WO:WO-4711*7K2U")]
#[case("WO:WO-4711*7K2é")]
#[case("WO:*0000")]
#[case("WO:")]
fn a_label_that_is_not_whole_is_damaged(#[case] text: &str) {
    assert_eq!(meaning_of(text, ORG), Err(Refusal::DamagedLabel { kind: LabelKind::WorkOrder }));
}

#[rstest]
#[case("WO-4711")]
#[case("WO-4711/")]
#[case("/20")]
#[case("WO-4711/+20")]
#[case("WO-4711/020")]
#[case("WO-4711/0")]
#[case("WO-4711/99999999999")]
fn an_operation_without_its_number_is_damaged(#[case] value: &str) {
    let label = encode(LabelKind::Operation, value, ORG);
    assert_eq!(meaning_of(&label, ORG), Err(Refusal::DamagedLabel { kind: LabelKind::Operation }));
}

#[test]
fn a_badge_is_secret_also_in_a_debug_print() {
    let meaning = meaning_of(" BG:7f3c-anna\r\n", ORG).unwrap();
    assert!(!format!("{meaning:?}").contains("anna"));
    let Meaning::Badge(content) = meaning else { panic!("no badge") };
    assert_eq!(content.expose(), "7f3c-anna");
    assert_eq!(meaning_of("BG:", ORG), Err(Refusal::DamagedBadge));
}

#[test]
fn each_command_card_says_what_it_does() {
    let good = Command::Good { quantity: "24.5".parse().unwrap() };
    assert_eq!(good.to_string(), "CMD:GOOD:24.5");
    for command in Command::PLAIN.into_iter().chain([good]) {
        assert_eq!(meaning_of(&command.to_string(), ORG), Ok(Meaning::Command(command)));
    }
}

#[rstest]
#[case("GOOD", "")]
#[case("GOOD", "0")]
#[case("GOOD", "-1")]
#[case("GOOD", "+1")]
#[case("GOOD", "1e3")]
#[case("GOOD", "1,5")]
#[case("GOOD", "1.")]
#[case("GOOD", "0.00001")]
#[case("GOOD", "999999999999999")]
#[case("LOCK", "now")]
fn a_command_with_a_wrong_argument_is_refused(#[case] verb: &str, #[case] argument: &str) {
    let refusal = Refusal::CommandArgument { verb: verb.into(), argument: argument.into() };
    assert_eq!(meaning_of(&format!("CMD:{verb}:{argument}"), ORG), Err(refusal));
}

#[test]
fn a_command_nobody_knows_is_refused_by_name() {
    assert_eq!(meaning_of("CMD:DANCE", ORG), Err(Refusal::UnknownCommand { verb: "DANCE".into() }));
    assert_eq!(meaning_of("CMD:good:1", ORG), Err(Refusal::UnknownCommand { verb: "good".into() }));
}

#[test]
fn an_enrolment_comes_with_or_without_a_fingerprint_and_keeps_its_code_out_of_logs() {
    for certificate_fingerprint in [None, Some(FINGERPRINT.to_owned())] {
        let enrolment = Enrolment {
            server_url: "https://takt.acme.example:8443".into(),
            code: "K7QD-M2XW".into(),
            certificate_fingerprint,
        };
        assert!(!format!("{enrolment:?}").contains("K7QD"));
        assert_eq!(meaning_of(&enrolment.to_string(), ORG), Ok(Meaning::Enrolment(enrolment)));
    }
}

#[rstest]
#[case("")]
#[case("https://a.example")]
#[case("https://a.example|")]
#[case("https://|K7QD")]
#[case("ftp://a.example|K7QD")]
#[case("https://a b.example|K7QD")]
#[case("https://a.example|K7QD|abc")]
#[case("https://a.example|K7QD||")]
fn an_enrolment_that_lacks_something_is_refused(#[case] rest: &str) {
    assert_eq!(meaning_of(&format!("takt+enrol:{rest}"), ORG), Err(Refusal::DamagedEnrolment));
}

#[test]
fn gs1_check_digits_are_verified() {
    let refusal = Err(Refusal::Gs1(Gs1Error::CheckDigit { ai: "01" }));
    assert_eq!(meaning_of("]C10109506000134353", ORG), refusal);
    assert_eq!(meaning_of("0109506000134353\u{1d}10A", ORG), refusal);
}

fn gs1(gtin: Option<&str>, lot: Option<&str>, serial: Option<&str>) -> Result<Meaning, Refusal> {
    let [gtin, lot, serial] = [gtin, lot, serial].map(|it| it.map(str::to_owned));
    Ok(Meaning::Gs1 { gtin, lot, serial })
}

#[test]
fn gs1_element_strings_give_item_lot_and_serial() {
    let gtin = Some("09506000134352");
    assert_eq!(
        meaning_of("]d201095060001343521726033110AB-7\u{1d}21S9", ORG),
        gs1(gtin, Some("AB-7"), Some("S9"))
    );
    assert_eq!(
        meaning_of("\u{1d}010950600013435210AB-7\u{1d}21S9", ORG),
        gs1(gtin, Some("AB-7"), Some("S9"))
    );
    assert_eq!(meaning_of("0109506000134352\u{1d}10AB-7", ORG), gs1(gtin, Some("AB-7"), None));
    assert_eq!(meaning_of("]Q3020950600013435237 12", ORG), Err(Gs1Error::Character { ai: "37" }.into()));
    assert_eq!(meaning_of("]C110AB-7\u{1d}3012", ORG), gs1(None, Some("AB-7"), None));
}

#[rstest]
#[case("]C1", Gs1Error::NoElements)]
#[case("]C19912", Gs1Error::UnknownIdentifier { at: "9912".into() })]
#[case("]C101095060001", Gs1Error::Length { ai: "01" })]
#[case("]C111260\u{1d}10A", Gs1Error::Length { ai: "11" })]
#[case("]C110", Gs1Error::Length { ai: "10" })]
#[case("]C110123456789012345678901", Gs1Error::Length { ai: "10" })]
#[case("]C110Ä", Gs1Error::Character { ai: "10" })]
#[case("]C117261301", Gs1Error::Date { ai: "17" })]
#[case("]C117250229", Gs1Error::Date { ai: "17" })]
#[case("]C110A\u{1d}10B", Gs1Error::Contradiction { ai: "10" })]
fn a_faulty_element_string_is_refused_by_its_first_fault(#[case] text: &str, #[case] fault: Gs1Error) {
    assert_eq!(meaning_of(text, ORG), Err(Refusal::Gs1(fault)));
}

#[test]
fn what_has_no_grammar_is_bare_text() {
    for text in ["WO-4711", "4006381333931", "wo:4711", "XX:1", "https://acme.example/1", "Prüfling 7"] {
        assert_eq!(meaning_of(text, ORG), Ok(Meaning::Bare(text.into())));
    }
    assert_eq!(meaning_of("]Q1WO-4711", ORG), Ok(Meaning::Bare("WO-4711".into())));
}

#[test]
fn what_nobody_can_mean_is_refused_by_name() {
    assert_eq!(meaning_of(" \r\n", ORG), Err(Refusal::Empty));
    assert_eq!(meaning_of("]Q1", ORG), Err(Refusal::Empty));
    assert_eq!(meaning_of("a\u{7}b", ORG), Err(Refusal::ControlCharacter { code: 7, at: 1 }));
    assert_eq!(meaning_of("BG:a\u{1d}b", ORG), Err(Refusal::ControlCharacter { code: 29, at: 4 }));
    assert!(meaning_of(&"ä".repeat(2000), ORG).is_ok());
    assert_eq!(meaning_of(&"ä".repeat(2001), ORG), Err(Refusal::TooLong { len: 2001 }));
    let ten_megabytes = "7".repeat(10_000_000);
    assert_eq!(meaning_of(&ten_megabytes, ORG), Err(Refusal::TooLong { len: 10_000_000 }));
}

#[test]
fn key_positions_are_believed_only_where_they_make_a_label() {
    let label = encode(LabelKind::WorkOrder, "ZY-1", ORG);
    let german = label.replace(':', "Ö").replace('*', "(").replace("ZY", "YZ").replace('-', "ß");
    let burst = Burst { text: german, by_position: Some(label.clone()), ..Burst::default() };
    let meaning = Meaning::WorkOrder { order_number: "ZY-1".into() };
    assert_eq!(meaning_of_burst(&burst, ORG), (label.as_str(), Ok(meaning)));

    let bare = Burst { text: "ZY1".into(), by_position: Some("YZ1".into()), ..Burst::default() };
    assert_eq!(meaning_of_burst(&bare, ORG), ("ZY1", Ok(Meaning::Bare("ZY1".into()))));
}

proptest! {
    #[test]
    fn every_label_is_read_back(
        kind in prop::sample::select(LabelKind::ALL.to_vec()),
        value in "\\PC{1,80}",
        number in 1..=i32::MAX,
        org_code in "[A-Z0-9]{1,20}",
    ) {
        let printed = match kind {
            LabelKind::Operation => operation_value(&value, number),
            _ => value,
        };
        let read = match meaning_of(&encode(kind, &printed, &org_code), &org_code) {
            Ok(Meaning::WorkOrder { order_number }) => order_number,
            Ok(Meaning::Machine { machine_code }) => machine_code,
            Ok(Meaning::Lot { lot_number }) => lot_number,
            Ok(Meaning::Serial { serial_number }) => serial_number,
            Ok(Meaning::Operation { order_number, operation_number }) => {
                operation_value(&order_number, operation_number)
            }
            other => panic!("{other:?}"),
        };
        prop_assert_eq!(read, printed);
    }

    #[test]
    fn one_wrong_character_is_noticed(value in "[A-Z0-9-]{1,20}", at in any::<prop::sample::Index>()) {
        let label = encode(LabelKind::Lot, &value, ORG);
        let at = 3 + at.index(value.len());
        let other = if label.as_bytes()[at] == b'Q' { "P" } else { "Q" };
        let wrong = format!("{}{other}{}", &label[..at], &label[at + 1..]);
        prop_assert_eq!(meaning_of(&wrong, ORG), Err(Refusal::ForeignLabel { kind: LabelKind::Lot }));
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), org_code in any::<String>()) {
        let _ = meaning_of(&text, &org_code);
    }

    #[test]
    fn nothing_like_a_label_makes_it_panic(
        text in "(\\]C1|\\]d2|BG:|WO:|OP:|CMD:|CMD:GOOD:|takt\\+enrol:|01|10|\u{1d})[\\*/|:\\.\u{1d}0-9A-Zä]{0,40}"
    ) {
        let _ = meaning_of(&text, ORG);
    }
}
