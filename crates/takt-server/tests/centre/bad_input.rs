//! Whatever is sent, the answer is a clear 4xx.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use takt_domain::ProductionEvent;
use takt_wire::body::pack;
use takt_wire::envelope::Lane;
use takt_wire::path;
use takt_wire::push::{BATCH_BYTES_MAX, Verdict};

use crate::support::{Centre, Floor, Terminal};

#[tokio::test]
async fn bodies_that_are_no_batch_are_refused() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let push = async |body: Vec<u8>| centre.post_bytes(path::PUSH, Some(&terminal.token), body).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes();
    for body in [
        Vec::new(),
        b"{".to_vec(),
        b"null".to_vec(),
        vec![0; 1_000],
        vec![0xff; 10],
        deep,
        b"{\"events\":[]}".to_vec(),
    ] {
        let refused = push(body).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNPROCESSABLE_ENTITY, "envelope_malformed")
        );
    }
    let whole = pack(&terminal.batch(Vec::new())).unwrap();
    assert_eq!(push(whole[..whole.len() / 2].to_vec()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bomb = pack(&"0".repeat(50_000_000)).unwrap();
    assert!(bomb.len() < 100_000);
    let refused = push(bomb).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::PAYLOAD_TOO_LARGE, "batch_too_large"));
    assert_eq!(push(vec![b'x'; BATCH_BYTES_MAX + 1]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let small = centre.post_bytes(path::ENROL, None, vec![b'x'; 100_000]).await;
    assert_eq!(small.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn batches_out_of_bounds_are_refused_whole() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let line = floor.line(ProductionEvent::Output, 1);
    let events: Vec<_> = (0..501).map(|_| terminal.event(floor.operator, "s", &line)).collect();
    let refused = terminal.send(&centre, &terminal.batch(events.clone())).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::PAYLOAD_TOO_LARGE, "batch_too_large"));
    let mut zero = events[0].clone();
    zero.seq = 0;
    assert_eq!(
        terminal.send(&centre, &terminal.batch(vec![zero])).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let mut old = terminal.batch(Vec::new());
    old.protocol = 0;
    assert_eq!(terminal.send(&centre, &old).await.status, StatusCode::UPGRADE_REQUIRED);
    let mut lane = serde_json::to_value(terminal.batch(events[..1].to_vec())).unwrap();
    lane["events"][0]["lane"] = json!(9);
    assert_eq!(terminal.send(&centre, &lane).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_a_terminal_says_of_itself_breaks_nothing() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    for depth in [[i64::MAX, i64::MAX], [i64::MIN, -1], [-5, 2]] {
        let mut batch = terminal.batch(Vec::new());
        batch.depth = [(0, depth[0]), (1, depth[1])].into();
        batch.app_version = "9\u{0}".repeat(500);
        assert_eq!(terminal.send(&centre, &batch).await.status, StatusCode::OK, "{depth:?}");
        assert!(
            centre
                .count("select coalesce(outbox_depth, 0)::bigint from devices where install_id is not null")
                .await
                >= 0
        );
    }
}

#[tokio::test]
async fn odd_events_are_kept_whatever_is_in_them() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut odd = vec![
        terminal.queue(Lane::Work, "", floor.operator, "a", json!(null)),
        terminal.queue(Lane::Work, &"k".repeat(5_000), floor.operator, "b", json!([1, 2])),
        terminal.queue(Lane::Work, "scan\u{0}", floor.operator, "c", json!({"\u{0}": "\u{0}"})),
        terminal.queue(Lane::Work, "scan", floor.operator, &"s".repeat(5_000), json!({})),
        terminal.queue(Lane::Work, "scan", floor.operator, "\u{0}", json!({})),
        terminal.queue(
            Lane::Work,
            "production_log",
            floor.operator,
            "d",
            json!({"notes": "x".repeat(100_000)}),
        ),
        terminal.queue(Lane::Work, "scan", i32::MIN, "e", json!({})),
    ];
    let mut extreme = terminal.event(floor.operator, "f", &floor.line(ProductionEvent::Output, 1));
    extreme.monotonic_ms = i64::MIN;
    extreme.clock_offset_ms = Some(i64::MAX);
    extreme.seq = i64::MAX;
    odd.push(extreme);
    let answer = terminal.push(&centre, odd).await;
    assert!(answer.verdicts.iter().all(|told| told.verdict != Verdict::Applied), "{:?}", answer.verdicts);
    assert_eq!((answer.verdicts.len(), answer.acked[&1]), (8, 7));
    assert_eq!(centre.count("select count(*) from sync_quarantine").await, 8);
}

#[tokio::test]
async fn texts_that_no_column_holds_are_kept_with_the_reason() {
    let centre = Centre::open().await;
    let (floor, mut terminal) = (Floor::of(&centre).await, Terminal::enrol(&centre).await);
    let mut line = floor.line(ProductionEvent::Output, 1);
    line.notes = Some("n".repeat(2_001));
    let long = terminal.event(floor.operator, "a", &line);
    let scan =
        json!({"scanned_value": "x", "resolution": "NOT_FOUND", "purpose": "DANCING", "input": "WEDGE"});
    let scan = terminal.queue(Lane::Audit, "scan", floor.operator, "", scan);
    let fine = terminal.event(floor.operator, "b", &floor.line(ProductionEvent::Output, 1));
    let answer = terminal.push(&centre, vec![long, scan, fine]).await;
    assert_eq!(answer.verdicts.len(), 2);
    assert!(answer.verdicts.iter().all(|told| told.verdict == Verdict::Quarantined), "{:?}", answer.verdicts);
    assert_eq!(centre.count("select count(*) from production_logs where device_id is not null").await, 1);
}

#[tokio::test]
async fn unknown_paths_methods_and_questions_are_refused() {
    let centre = Centre::open().await;
    let terminal = Terminal::enrol(&centre).await;
    let send = async |method: &str, path: &str| {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("authorization", format!("Bearer {}", terminal.token));
        centre.send(request.body(Body::empty()).unwrap()).await
    };
    let missing = send("GET", "/sync/v9/push").await;
    assert_eq!((missing.status, missing.code()), (StatusCode::NOT_FOUND, "not_found"));
    let wrong = send("GET", path::PUSH).await;
    assert_eq!((wrong.status, wrong.code()), (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"));
    let odd = send("GET", "/sync/v1/pull?limit=many").await;
    assert_eq!((odd.status, odd.code()), (StatusCode::UNPROCESSABLE_ENTITY, "envelope_malformed"));
    assert_eq!(send("GET", path::LIVE).await.status, StatusCode::OK);
    assert_eq!(send("GET", path::READY).await.status, StatusCode::OK);
}
