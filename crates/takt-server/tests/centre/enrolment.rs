//! Becoming a station and staying one.

use axum::http::StatusCode;
use ed25519_dalek::SigningKey;
use takt_domain::{DeviceId, InstallId};
use takt_server::http::Settings;
use takt_wire::enrol::{EnrolAnswer, HelloAnswer, HelloRequest, NonceAnswer, NonceRequest, TokenRequest};
use takt_wire::path;
use uuid::Uuid;

use crate::support::{Centre, Terminal, enrol_request};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}
fn install() -> InstallId {
    InstallId(Uuid::new_v4())
}

#[tokio::test]
async fn a_code_makes_a_device_where_it_was_meant_to_stand() {
    let centre = Centre::open().await;
    let terminal = Terminal::redeem(&centre, &centre.code().await.to_lowercase().replace('-', " ")).await;
    assert_eq!(terminal.place.org_code, "NORDWERK");
    assert!(terminal.place.machine_id.is_some());
    assert_eq!(centre.text("select status from devices").await, "ACTIVE");
    let hello = HelloRequest {
        protocols: (1, 3),
        app_version: "0.1.0".to_owned(),
        install_id: terminal.install,
        epoch: Some(terminal.epoch()),
    };
    let body = serde_json::to_vec(&hello).unwrap();
    let answer = centre.post_bytes(path::HELLO, Some(&terminal.token), body).await.ok::<HelloAnswer>();
    assert_eq!((answer.protocol, answer.device_status.as_str()), (1, "ACTIVE"));
    let old = HelloRequest { protocols: (0, 0), ..hello };
    let body = serde_json::to_vec(&old).unwrap();
    let answer = centre.post_bytes(path::HELLO, Some(&terminal.token), body).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::UPGRADE_REQUIRED, "protocol_too_old"));
}

#[tokio::test]
async fn wrong_used_and_expired_codes_are_told_apart() {
    let centre = Centre::open().await;
    let code = centre.code().await;
    let wrong = centre.post(path::ENROL, &enrol_request("AAAA-BBBB-CCCC", &key(1), install())).await;
    assert_eq!((wrong.status, wrong.code()), (StatusCode::NOT_FOUND, "enrol_code_unknown"));

    let first = install();
    centre.post(path::ENROL, &enrol_request(&code, &key(1), first)).await.ok::<EnrolAnswer>();
    centre.post(path::ENROL, &enrol_request(&code, &key(1), first)).await.ok::<EnrolAnswer>();
    let used = centre.post(path::ENROL, &enrol_request(&code, &key(2), install())).await;
    assert_eq!((used.status, used.code()), (StatusCode::CONFLICT, "enrol_code_used"));
    assert_eq!(centre.count("select count(*) from devices where status = 'ACTIVE'").await, 1);

    let late = centre.code().await;
    centre.run("update device_enrollment_codes set expires_at = now() - interval '1 second' where used_at is null").await;
    let expired = centre.post(path::ENROL, &enrol_request(&late, &key(3), install())).await;
    assert_eq!((expired.status, expired.code()), (StatusCode::GONE, "enrol_code_expired"));
}

#[tokio::test]
async fn of_two_terminals_with_one_code_one_wins() {
    let centre = Centre::open().await;
    let code = centre.code().await;
    let requests: Vec<_> = (1..=6).map(|seed| enrol_request(&code, &key(seed), install())).collect();
    let (a, b, c, d, e, f) = tokio::join!(
        centre.post(path::ENROL, &requests[0]),
        centre.post(path::ENROL, &requests[1]),
        centre.post(path::ENROL, &requests[2]),
        centre.post(path::ENROL, &requests[3]),
        centre.post(path::ENROL, &requests[4]),
        centre.post(path::ENROL, &requests[5]),
    );
    let mut statuses = [a, b, c, d, e, f].map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let centre = Centre::with(&Settings { enrol_failures_max: 3, ..Settings::default() }).await;
    for _ in 0..3 {
        let wrong = centre.post(path::ENROL, &enrol_request("AAAA-BBBB-CCCC", &key(1), install())).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    }
    let code = centre.code().await;
    let refused = centre.post(path::ENROL, &enrol_request(&code, &key(1), install())).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::TOO_MANY_REQUESTS, "busy"));
}

#[tokio::test]
async fn a_token_is_only_for_who_holds_the_key() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let other = Terminal::enrol(&centre).await;
    let device_id = terminal.place.device_id;
    let nonce = centre.post(path::NONCE, &NonceRequest { device_id }).await.ok::<NonceAnswer>().nonce;
    let mut thief = terminal;
    thief.key = other.key.clone();
    assert_eq!(thief.sign_in(&centre).await.status, StatusCode::UNAUTHORIZED);
    for (device_id, nonce, signature) in [
        (device_id, nonce.clone(), "AAAA".to_owned()),
        (device_id, "made up".to_owned(), "AAAA".to_owned()),
        (DeviceId(9_999_999), nonce.clone(), "AAAA".to_owned()),
    ] {
        let refused = centre.post(path::TOKEN, &TokenRequest { device_id, nonce, signature }).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "token_refused"));
    }
    for token in ["", "x", "a.b", &format!("{}x", other.token), &nonce] {
        let refused = centre.post_bytes(path::PUSH, Some(token), Vec::new()).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "token_refused"), "{token}");
    }
}

#[tokio::test]
async fn a_revoked_device_is_refused_and_a_draining_one_may_still_push() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    centre.run("update devices set status = 'DRAINING'").await;
    assert!(terminal.push(&centre, Vec::new()).await.verdicts.is_empty());
    let pulled = terminal.page(&centre, None, 10, 0).await;
    assert_eq!((pulled.status, pulled.code()), (StatusCode::FORBIDDEN, "device_draining"));
    centre.run("update devices set status = 'REVOKED'").await;
    let pushed = terminal.send(&centre, &terminal.batch(Vec::new())).await;
    assert_eq!((pushed.status, pushed.code()), (StatusCode::FORBIDDEN, "device_revoked"));
    assert_eq!(terminal.sign_in(&centre).await.code(), "device_revoked");
}

/// The next code is for the device that was made first.
const FOR_THE_FIRST: &str = "update device_enrollment_codes set device_id = (select min(id) from devices)
    where used_at is null";

#[tokio::test]
async fn a_token_ends_with_the_enrolment_it_was_given_for() {
    for believed in [std::time::Duration::ZERO, std::time::Duration::from_secs(30)] {
        let settings = Settings { device_believed: believed, enrol_failures_max: 1_000 };
        let centre = Centre::with(&settings).await;
        let old = Terminal::enrol(&centre).await;
        old.push(&centre, Vec::new()).await;
        let code = centre.code().await;
        centre.run(FOR_THE_FIRST).await;
        let new = Terminal::redeem(&centre, &code).await;
        assert_eq!(new.place.device_id, old.place.device_id);
        let refused = old.send(&centre, &old.batch(Vec::new())).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNAUTHORIZED, "token_refused"));
        assert_eq!(old.page(&centre, None, 10, 0).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(old.sign_in(&centre).await.status, StatusCode::UNAUTHORIZED, "nor does it get another");
        assert!(new.push(&centre, Vec::new()).await.verdicts.is_empty());
        new.page(&centre, None, 10, 0).await.ok::<takt_wire::pull::PullPage>();
    }
}

#[tokio::test]
async fn what_is_remembered_of_a_device_does_not_refuse_its_new_terminal() {
    let believed = std::time::Duration::from_secs(30);
    let settings = Settings { device_believed: believed, enrol_failures_max: 1_000 };
    let centre = Centre::with(&settings).await;
    let mut terminal = Terminal::enrol(&centre).await;
    terminal.push(&centre, Vec::new()).await;
    // Another process of the server enrolled it again.
    terminal.key = key(9);
    sqlx::query("update devices set public_key = $1")
        .bind(terminal.key.verifying_key().to_bytes().to_vec())
        .execute(&centre.sql)
        .await
        .unwrap();
    terminal.token = terminal.sign_in(&centre).await.ok::<takt_wire::enrol::TokenAnswer>().token;
    assert!(terminal.push(&centre, Vec::new()).await.verdicts.is_empty());
}
