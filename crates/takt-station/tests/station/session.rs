//! Badges, PINs, lock-out, idleness.

use takt_domain::OrganizationId;
use takt_domain::badge_hash;
use takt_station::view::frame::Phase;
use takt_station::view::scan::Tone;
use takt_wire::payload::{CodeScanned, ScanResolution, SignIn, SignInAction};

use super::floor::Floor;
use super::plant::*;

fn actions(floor: &Floor) -> Vec<SignInAction> {
    floor.said::<SignIn>().into_iter().map(|event| event.action).collect()
}

#[test]
fn a_badge_signs_in_and_its_language_follows() {
    let floor = Floor::new();
    assert_eq!(floor.frame().locale, "en");
    assert!(matches!(floor.phase(), Phase::Locked { pin: None, failed: None }));
    let echo = floor.echo(BADGE_ANNA);
    assert_eq!((echo.code.as_str(), echo.tone, echo.raw), ("signed_in", Tone::Good, None));
    let frame = floor.frame();
    assert_eq!(frame.phase, Phase::Open);
    assert_eq!((frame.locale.as_str(), frame.person.unwrap().initials.as_str()), ("de", "AM"));
    assert_eq!(actions(&floor), [SignInAction::Login]);
    assert_eq!(floor.echo(BADGE_ANNA).code, "already_signed_in");
}

#[test]
fn a_badge_is_kept_by_its_hash_alone() {
    let floor = Floor::new();
    floor.scan(BADGE_ANNA);
    let scan = floor.said::<CodeScanned>().remove(0);
    assert_eq!(scan.scanned_value, badge_hash(OrganizationId(1), "anna"));
    assert_eq!((scan.purpose.as_str(), scan.resolution), ("LOGIN", ScanResolution::Resolved));
    assert_eq!((scan.entity_type.as_deref(), scan.entity_id), (Some("user"), Some(1)));
    let everything = serde_json::to_string(&floor.events()).unwrap();
    assert!(!everything.contains("BG:") && !everything.contains("\"anna\""));
}

#[test]
fn unknown_suspended_and_reading_people_stay_outside() {
    let floor = Floor::new();
    for (badge, code) in
        [("BG:stranger", "unknown_badge"), (BADGE_SUSPENDED, "no_access"), (BADGE_READER, "no_access")]
    {
        let echo = floor.echo(badge);
        assert_eq!((echo.code.as_str(), echo.tone), (code, Tone::Bad));
        let Phase::Locked { failed: Some(failed), .. } = floor.phase() else { panic!("it opened") };
        assert_eq!(failed.code, code);
    }
    assert_eq!(actions(&floor), [SignInAction::LoginFailed; 3]);
    let scans = floor.said::<CodeScanned>();
    assert_eq!(scans[0].resolution, ScanResolution::NotFound);
    assert_eq!(scans[1].error.as_deref(), Some("no_access"));
}

#[test]
fn a_pin_is_asked_for_where_the_person_has_one() {
    let floor = Floor::new();
    assert_eq!(floor.echo(BADGE_QUINN).code, "pin_wanted");
    let Phase::Locked { pin: Some(prompt), .. } = floor.phase() else { panic!("no PIN was asked for") };
    assert_eq!((prompt.name.as_str(), prompt.digits_max), ("Quinn Quality", 6));
    let refused = floor.station.enter_pin("1111").unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["left"].as_str()), ("wrong_pin", "3"));
    floor.station.enter_pin("2468").unwrap();
    assert_eq!(floor.who(), Some(QUINN));
    assert_eq!(actions(&floor), [SignInAction::LoginFailed, SignInAction::Login]);
}

#[test]
fn wrong_pins_lock_also_over_a_restart_and_time_opens_again() {
    let floor = Floor::new();
    floor.scan(BADGE_QUINN);
    let refusals: Vec<String> = (0..4).map(|_| floor.station.enter_pin("0000").unwrap_err().code).collect();
    assert_eq!(refusals, ["wrong_pin", "wrong_pin", "wrong_pin", "locked_out"]);
    assert_eq!(floor.station.enter_pin("2468").unwrap_err().code, "locked_out");
    let tries = floor.said::<SignIn>();
    let last = tries.last().unwrap();
    assert_eq!((tries.len(), last.action), (5, SignInAction::LoginFailed));
    assert_eq!((last.user_id, last.error.as_deref()), (Some(QUINN), Some("locked_out")));
    let floor = floor.restart();
    let echo = floor.echo(BADGE_QUINN);
    assert_eq!(echo.code, "locked_out");
    assert!(echo.params.contains_key("until"));
    floor.pass(60);
    assert_eq!(floor.echo(BADGE_QUINN).code, "pin_wanted");
    floor.station.enter_pin("2468").unwrap();
    assert_eq!(floor.who(), Some(QUINN));
}

#[test]
fn another_badge_switches_and_a_cancelled_pin_changes_nothing() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.scan(BADGE_QUINN);
    assert!(matches!(floor.phase(), Phase::Locked { pin: Some(_), .. }));
    floor.station.cancel_pin().unwrap();
    assert_eq!(floor.phase(), Phase::Open);
    assert_eq!(floor.who(), Some(ANNA));
    floor.scan(BADGE_RUTH);
    assert_eq!(floor.who(), Some(RUTH));
    assert_eq!(actions(&floor), [SignInAction::Login, SignInAction::Logout, SignInAction::Login]);
}

#[test]
fn idleness_locks_and_a_restart_does_not_send_anybody_away() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.minutes(9);
    let floor = floor.restart();
    assert_eq!(floor.who(), Some(ANNA));
    floor.scan(&order_label("WO-24817"));
    floor.minutes(9);
    assert_eq!(floor.phase(), Phase::Open);
    floor.minutes(1);
    assert!(matches!(floor.phase(), Phase::Locked { .. }));
    assert_eq!(floor.station.pause(BRACKET, None).unwrap_err().code, "not_signed_in");
    assert!(floor.station.home().unwrap().job.is_some(), "nothing running is hidden");
    floor.station.tick().unwrap();
    floor.station.tick().unwrap();
    assert_eq!(actions(&floor), [SignInAction::Login, SignInAction::Logout]);
}

#[test]
fn no_scan_wakes_a_session_that_idleness_has_locked() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.minutes(10);
    for (code, said) in [
        ("BG:stranger", "unknown_badge"),
        (&order_label("WO-24817"), "not_signed_in"),
        (BADGE_QUINN, "pin_wanted"),
    ] {
        assert_eq!(floor.echo(code).code, said);
        floor.station.cancel_pin().unwrap();
        assert!(matches!(floor.phase(), Phase::Locked { pin: None, .. }), "{said} opened it");
        assert_eq!(floor.who(), None);
    }
}

#[test]
fn a_clock_without_its_battery_opens_as_nobody() {
    let floor = Floor::new();
    floor.sign_in(BADGE_ANNA);
    floor.pass(-30);
    assert_eq!(floor.who(), Some(ANNA), "a correction by seconds locks nobody out");
    floor.minutes(-60 * 24 * 365);
    let floor = floor.restart();
    assert!(matches!(floor.phase(), Phase::Locked { .. }));
    assert_eq!(floor.station.home().map(|_| ()), Ok(()));
    floor.sign_in(BADGE_RUTH);
    assert_eq!(floor.who(), Some(RUTH));
}

#[test]
fn a_role_begins_and_ends_by_the_clock_also_offline() {
    let floor = Floor::new();
    let mut anna = person(ANNA.0, "Anna Meyer", "anna", &["OPERATOR"], None);
    let hour = |hours| super::floor::start() + chrono::TimeDelta::hours(hours);
    anna["grants"] = serde_json::json!([{"role": "OPERATOR", "from": hour(-9), "until": null},
                                        {"role": "SHIFT_LEAD", "from": hour(1), "until": hour(2)}]);
    put(&floor.store, "users", anna, 0);
    floor.sign_in(BADGE_ANNA);
    let leads = || floor.frame().person.unwrap().leads;
    assert!(!leads());
    assert_eq!(floor.station.submit_handover().unwrap_err().code, "not_a_lead");
    floor.minutes(60);
    floor.sign_in(BADGE_ANNA);
    assert!(leads());
    floor.minutes(60);
    floor.sign_in(BADGE_ANNA);
    assert!(!leads());
    assert_eq!(floor.station.submit_handover().unwrap_err().code, "not_a_lead");
}

#[test]
fn lock_theme_and_language_are_this_terminals_alone() {
    let floor = Floor::new();
    floor.station.set_locale("es").unwrap();
    floor.station.set_theme(takt_station::view::frame::Theme::Dark).unwrap();
    let floor = floor.restart();
    let frame = floor.frame();
    assert_eq!((frame.locale.as_str(), frame.theme), ("es", takt_station::view::frame::Theme::Dark));
    floor.sign_in(BADGE_ANNA);
    assert_eq!(floor.frame().locale, "de");
    floor.station.lock().unwrap();
    assert_eq!(floor.frame().echo.unwrap().code, "signed_out");
    assert!(floor.frame().person.is_none());
    assert_eq!(floor.events().len(), 3, "a sign-in, its scan and a sign-out");
}
